"""Find projects by what is built: lines from one town to another, projects with a long name, what a list of projects announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.edges import edge_pattern, left_edge
from kg.extract.scene import Scene
from kg.extract.siting import TAGGED_NAMES, Site, after_prefix, names_nothing, site_words
from kg.lexicon import words
from kg.model import Mention, Span

_BUILT = re.compile(r"[^，。；\n]{0,20}?(?:合龙|贯通|开工|投产|动工|竣工|通车|投运|封顶|建成|架设|浇筑|施工|(?<!经济)建设(?!者)|吊装|铺轨|转体|完工)")
_WORKS_BEFORE = re.compile(r"(?:工程|节点|项目)(?:——)?$")
_STRUCTURE = re.compile(r"(?:[油气]田群?|桥|隧道|水库|机场|大坝|灌区|枢纽|通道|航道|运河)$")
_LINE_HEAD = re.compile(
    r"高速铁路|高铁|城际铁路|城际|高速公路|高速(?!发展|增长|增|路|行|运|转|旋|推|铁|公|收|服|出|入|口|通)|铁路(?!局|部|集团|公司|总|系统|部门|警|公安|客|建设)"
)
# what follows a line that is called by another word: 长沙高铁南站, 重庆铁路集装箱中心站
_NO_LINE = re.compile(r"口岸|集装箱|大?环线|网|[东西南北]?站|新城|枢纽|物流")
_METRO = re.compile(r"(?:地铁|轨道交通|轻轨)\d{1,2}号线(?:[东西南北]延|[一二三四]期)?(?:工程|项目)?")
_REACTOR = re.compile(r"核电(?:站|基地|厂)?\d{1,2}号机组(?:项目|工程)?")
_INFIX = re.compile(r"(?:沿江|沿海|中线|环线|东线|西线|复线|双线|[东西南北]|（[一-鿿]）)$")
_WORK = re.compile(
    r"(?:项目|工程)(?!师|学|院|局|机械|技术|公司|集团|大学|中心|部(?!分)|经理|组|化|库|类|管理|清单|资金|贷款|包|兵|质量|名称|审批|备案|融资|谋划)"
)
_WORK_MARK = re.compile(r"[\s，。；：！？、,;:!?…■▲●【】《》]|——|(?<!目)的")
_WORK_NAME = re.compile(r"[一-鿿A-Za-z0-9±“”·（）/.－—-]{3,40}")
_BUILDING = re.compile(
    r"开工|动工|投产|建成|竣工|通车|投运|并网|封顶|合龙|贯通|签约|落地|落户|建设|工地|施工|投资|订单|改造|立项|投用|发电|完工|推进|现场|收尾|考察|调研|察看"
)
_MEASURED = re.compile(r"\d+(?:万吨(?:/年)?|千伏|万千瓦|兆瓦|号机组)|[百千]万千瓦|百万吨")
_NO_WORK_HOLDS = re.compile(
    r"[等了将]|“[^”]*$|参与|企业|合作|这|该|一批|^[段省市内首）]|第[一二三四五六七八九十]批|国债|安排|梳理|\d+[个项座处类]|重[大点]$|多个|各类|系列|首[个批]|重大项目|重点项目"
)
_NO_FLAGS = frozenset({"p", "d", "ad", "c", "u", "r", "t", "TIME"})
_ROUTE = re.compile(r"至(?=[一-鿿]{2,6}?(?:站)?(?:±?\d+千伏)?[一-鿿]{0,8}?(?:高铁|铁路|高速|城际|公路|管道|输电|引水|供水))")
_ROUTE_END = re.compile(
    r"(?:至[一-鿿]{2,5}?)+(?:±?\d+千伏)?[一-鿿]{0,8}?(?:(?:高速铁路|高铁|城际铁路|铁路|高速公路|高速|城际|公路|管道)(?:工程|项目|[一-鿿]{0,8}?(?:改造|扩建|延伸|建设)(?:工程|项目))?|(?:输电|引水|供水|输变电)工程)"
)
_NO_ROUTE = re.compile(r"[的间段是将无已正]|首次|开行|沿线")
_ANNOUNCED = re.compile(r"(?:包括|涵盖|分别[是为]|其中有)")
_FIELDS = re.compile(r"等[一-鿿]{0,6}(?:领域|方面|行业|产业|类)")
_LIST_END = re.compile(r"[。；\n]|，(?![^，。；\n]{2,30}、)")
_COUNTED = re.compile(r"(?:项目|工程)[^。\n]{0,40}?\d+个|\d+个[^。\n]{0,16}?(?:项目|工程)|(?:开工|签约)[^。\n]{0,10}?(?:项目|工程)")


def is_being_built(text: str, site: Site) -> bool:
    """Tell whether what is said of a bridge or a tunnel makes it a work in hand: 甲特大桥顺利合龙."""
    if text.startswith("项目", site.end) and _WORK.match(text, site.end):
        return True
    if not _STRUCTURE.search(text, site.start, site.end):
        return False
    return _BUILT.match(text, site.end) is not None or _WORKS_BEFORE.search(text, max(0, site.start - 6), site.start) is not None


def works(scene: Scene) -> Iterator[Site]:
    """Yield the projects that their own words give away, the most telling first."""
    yield from _routes(scene)
    if "号" in scene.text:
        yield from _reactors(scene)
        yield from _metros(scene)
    yield from _long_names(scene)
    yield from _lines(scene)


@cache
def _town_letters() -> frozenset[str]:
    """Return the letters by which lines call their towns (漳汕, 德余): of cities' names and provinces' short forms."""
    names = [line.split("\t")[1] for line in words("areas")]
    short = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台中印尼泰缅越俄匈塞"
    return frozenset("".join(name[:-1] for name in names if name[-1] in "市县") + short) - frozenset(
        "高大国家公地方路速货客合资普重快线为与和的在于由向从自是有了过每各"
    )


def _lines(scene: Scene) -> Iterator[Site]:
    """漳汕高铁, 德余高速, 六安高速公路 — a line called by the letters of its towns, or just after an area."""
    text = scene.text
    letters = _town_letters()
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    for match in _LINE_HEAD.finditer(text):
        head, end = match.span()
        if text[head - 1 : head] in ("公", "高") or _NO_LINE.match(text, end):
            continue
        before = scene.ending(head, "Area")
        if before is not None:
            start = before.span.start + (2 if len(before.text) == 4 and before.text[:2] in _provinces() else 0)
            if (
                head - start in (2, 3)
                and text[before.span.start - 1 : before.span.start] not in ("到", "至")
                and before.name[-1] not in "省国"
                and text[start:head] not in _provinces()
            ):
                yield Site("Project", before.span.start, before.span.start, end, "sites/line", 0.7)
            continue
        infix = _INFIX.search(text, max(0, head - 4), head)
        stop = infix.start() if infix else head
        start = stop
        while start > 0 and stop - start < 3 and text[start - 1] in letters and not any(m.kind == "Area" for m in _ending(scene, start)):
            start -= 1
        edge = edges.search(text, start, stop)
        start = start if edge is None else edge.end()
        if stop - start >= 2 and not names_nothing(text[start:stop]) and scene.is_cut(start) and not _is_word(scene, start, stop):
            yield Site("Project", start, start, end, "sites/line", 0.75)


def _ending(scene: Scene, position: int) -> tuple[Mention, ...]:
    """Return the mention that ends at a position, if any."""
    mention = scene.ending(position)
    return () if mention is None else (mention,)


def _is_word(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the tagger knows a general word among the letters (确保 before 高铁)."""
    position = start
    while position < end and (word := scene.word(position)) is not None:
        if word[1] - word[0] >= 2 and word[2] not in TAGGED_NAMES:
            return True
        position = word[1]
    return False


@cache
def _provinces() -> frozenset[str]:
    """Return the provinces and countries by short names: 河南铁路 is no line."""
    return frozenset(
        [line.split("\t")[1][:2] for line in words("areas") if line.split("\t")[1].endswith(("省", "自治区"))]
        + ["中国", "全国", "黑龙江", "内蒙古", "北京", "上海", "天津", "重庆"]
    ) | frozenset(words("countries"))


def _metros(scene: Scene) -> Iterator[Site]:
    """大连地铁4号线工程 — a line of an underground railway by its number."""
    for match in _METRO.finditer(scene.text):
        area = scene.ending(match.start(), "Area")
        yield Site("Project", area.span.start if area else match.start(), match.start(), match.end(), "sites/metro", 0.75)


def _reactors(scene: Scene) -> Iterator[Site]:
    """甲核电2号机组项目 — a unit of a power plant by its number."""
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    for match in _REACTOR.finditer(scene.text):
        start = left_edge(scene, match.start(), edges, least=1, reach=8)
        if match.start() - start >= 2:
            yield Site("Project", start, start, match.end(), "sites/reactor", 0.8)


def _routes(scene: Scene) -> Iterator[Site]:
    """上海至南京至合肥高铁, 甲至乙±800千伏特高压直流输电工程 — a work between two towns."""
    text = scene.text
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    done = 0
    for match in _ROUTE.finditer(text):
        if match.start() < done:
            continue
        route = _ROUTE_END.match(text, match.start())
        start = left_edge(scene, match.start(), edges, least=1, reach=8)
        if route is None or _NO_ROUTE.search(route[0]) or match.start() - start < 2 or text[start : match.start()].isdigit():
            continue
        done = route.end()
        yield Site("Project", start, start, done, "sites/route", 0.75)


def _long_names(scene: Scene) -> Iterator[Site]:
    """哈密十三间房百万千瓦风储一体化项目 — a project with a long name that begins with an area or a body, or tells its size."""
    text = scene.text
    for match in _WORK.finditer(text):
        head, end = match.span()
        low = max(0, head - 36)
        for mark in _WORK_MARK.finditer(text, low, head):
            low = mark.end()
        if head - low < 4:
            continue
        start = _after_edges(text, low, head)
        if head - start < 4:
            continue
        start = next((m.span.start for m in scene.within(Span(start, head), "Area", "Organization")), start)
        core_start = after_prefix(scene, start, head)
        named = core_start > start
        if text.count("”", start, head) > text.count("“", start, head):  # 中国 in “中国复眼”项目
            start = core_start = text.rfind("“", low, start) if "“" in text[low:start] else head
        core = text[core_start:head]
        measured = _MEASURED.search(core) is not None
        if len(core) < 3 or (names_nothing(core) and not measured) or _NO_WORK_HOLDS.search(core) or not _WORK_NAME.fullmatch(text, start, end):
            continue
        if not (named or measured) or not _is_plain(scene, core_start, head):
            continue
        sentence = scene.sentence(start)
        if sentence is None or not _BUILDING.search(sentence.text):
            continue
        yield Site("Project", start, core_start if len(core) >= 4 else start, end, "sites/long-name", 0.75)


def _after_edges(text: str, low: int, head: int) -> int:
    """Return where a name begins after the last word of grammar or verb in front of it; those that stand in names do not count."""
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    inner = site_words("edge-inner")
    start = low
    for edge in edges.finditer(text, low, head):
        if edge[0] not in inner and edge[0] not in ("至", "和", "与"):
            start = edge.end()
    return start


def _is_plain(scene: Scene, start: int, end: int) -> bool:
    """Tell whether no word of grammar stands in a name, as far as the tagger sees."""
    start = max([start, *(found.end() for found in _MEASURED.finditer(scene.text, start, end))])
    position = start
    while position < end and (word := scene.word(position)) is not None:
        if word[0] >= start and word[2] in _NO_FLAGS:
            return False
        position = word[1]
    return True


def announced(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield the lists that name projects one by one: 集中开工项目21个，……包括甲项目、乙基地三期、丙大道改造等。"""
    text = scene.text
    for match in _ANNOUNCED.finditer(text):
        low = text.rfind("。", 0, match.start()) + 1
        if not _COUNTED.search(text, max(low, text.rfind("\n", 0, match.start()) + 1), match.start()):
            continue
        stop = _LIST_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        if "、" in text[match.end() : end] and not _FIELDS.search(text, match.end(), end):
            yield match.end(), end
