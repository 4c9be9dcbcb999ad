"""Find named places and projects: by their last word, by the verb of a visit before a list, by the words that close a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.extract.edges import edge_pattern, left_edge
from kg.extract.scene import Scene
from kg.extract.sights import after_areas, landmarks, sights, streets, tagged, venues, waters
from kg.extract.siting import (
    GENERIC_START,
    NAME,
    NOT_SHORT,
    VILLAGE,
    Site,
    SiteKind,
    after_prefix,
    after_verbs,
    anywhere,
    ending_in,
    is_body,
    is_generic,
    is_nominal,
    is_proper,
    is_rather_a_site,
    item,
    kind_of,
    names_nothing,
    short_start,
    site_words,
    skip_to_area,
)
from kg.extract.works import announced, is_being_built, works
from kg.lexicon import either, surfaces
from kg.model import Mention, Span

# what follows a verb of visiting that is used as a noun (检查组, 调研中，)
_NO_VISIT = re.compile(r"[的、等]|组|团[队一]?|[中时后][，,]|工作|情况|活动|人员|座谈|会议|报告|指导|结束|期间")
# flags of the tagger for words that no site begins with (考察 before a verb or an adverb is no visit)
_NO_SITE_BEGINS = frozenset({"v", "d", "ad", "p", "c", "u", "r"})
_PLACE: SiteKind = "Place"
_END_OF_LIST = re.compile(r"[，。；：！？,;:!?\n（(]")
_BETWEEN = re.compile(r"、|以及|(?<=[一-鿿\w”])(?:和(?![平谐睦顺])|及|(?<!参)与|暨)(?=[一-鿿“])")
_COUNT = r"(?:\d+|[一二两三四五六七八九十几多]+)"
_CLOSED = re.compile(rf"等(?P<tail>.*)|{_COUNT}(?:个|处|家|座|条)(?P<counted>.*)")
_CLOSED_AS_PROJECTS = re.compile(rf"(?:等)?{_COUNT}?(?:个|项|大|批)?(?:重点|重大|重要|在建|新建|民生|省级|市级|产业|建设|招商|签约)*(?:项目|工程|工地|楼盘)")
_BUILDING = re.compile(r"保交楼|保交房|安置房|重点项目|项目建设|开工|施工|楼盘|工地|工程进度")
# what may follow a last word without making it part of another one
_GOES_ON = re.compile(
    r"区|坊|管理|有限|公司|集团|街道|社区|派出所|[镇乡村]|小学|中学|支行|分局|局|委员会|馆长|院长|场长|站长|负责人|主任|建设(?:者|集团|局|公司)|化|的?(?:论坛|大会|会议|活动|峰会)|股份|服务中心|党工委|管委会|联盟|协会|型|级|圈|群|港(?!澳)|总站|\d+多?[项个处座条]"
)
# what happens to one named work: 甲产业基地正式投产
_EVENT = re.compile(r"(?:正式|全面|顺利|今天|昨天|日前|近日|已|建成)*(?:投产|开工|动工|竣工|投用|通车|启用|揭牌|开园|投运|封顶)")
_INVESTED = re.compile(r"总投资|投资额|签约|开工|投产|竣工")
_AGREEMENT = re.compile(r"(?P<project>[^关《》]{4,40}?项目)[一-鿿]{0,8}(?:协议|协议书|合同|备忘录)$")
_THE_PROJECT = re.compile(r"[该本]项目|这一?个?项目")
_PLANNED = re.compile(r"(?:筹建|新建|在建|开工建设|规划建设|投资建设|启动建设|加快建设|正在建设的?)$")


@cache
def _visits() -> re.Pattern[str]:
    """Return the pattern of a verb of visiting, with what may stand between it and the list."""
    return re.compile("(?:" + either(surfaces("sites", "visit")) + r")(?:了|到|在)?(?:位于)?")


def sites(scene: Scene) -> Iterator[Mention]:
    """Yield the named places and projects of the story.

    A name may begin with an area or a body that was found before (福州市三坊七巷, 甲集团乙光伏项目): then the mention covers the
    words that can stand alone and its name is the full one, or, where they cannot, the mention covers all and the contained
    mentions are dropped from the scene.
    """
    found: list[Site] = []

    def take(site: Site) -> None:
        span = Span(site.short, site.end)
        if any(other.short < site.end and site.short < other.end for other in found):
            return
        for mention in scene.within(span, partly=True):
            if mention.kind not in ("Area", "Organization", "Person") or not span.covers(mention.span):
                return
            if mention.span == span and not is_rather_a_site(mention, site.rule):
                return
        found.append(replace(site, kind="Project") if site.kind == "Place" and is_being_built(scene.text, site) else site)

    everywhere = list(landmarks(scene))
    for site in everywhere:
        if site.kind == "Project" or site.end - site.short >= 5:
            take(site)
    for finder in (_visited, _listed, works, venues, _headed):
        for site in finder(scene):
            take(site)
    for site in everywhere:
        take(site)
    for finder in (after_areas, waters, streets, sights):
        for site in finder(scene):
            take(site)
    for site in tuple(_again(scene, found)):
        take(site)
    for site in tagged(scene):
        take(site)
    names, kinds = _names(scene, found)
    yield from _agreed(scene)
    for site in sorted(found, key=lambda site: site.short):
        span = Span(site.short, site.end)
        for mention in tuple(scene.within(span)):
            scene.drop(mention)
        form = span.of(scene.text)
        yield scene.mention(kinds.get(form, site.kind), span.start, span.end, site.rule, name=names[form], confidence=site.confidence)


def _agreed(scene: Scene) -> Iterator[Mention]:
    """签署《甲二期项目投资协议》……该项目计划总投资…… — the project of an agreement, where the story comes back to it."""
    for document in scene.mentions:
        if document.kind != "Document" or (agreed := _AGREEMENT.match(document.name)) is None:
            continue
        again = _THE_PROJECT.search(scene.text, document.span.end)
        if again is not None and scene.is_free(Span(*again.span())):
            yield scene.mention("Project", again.start(), again.end(), "sites/agreed", name=agreed["project"], confidence=0.75)


def _names(scene: Scene, found: list[Site]) -> tuple[dict[str, str], dict[str, SiteKind]]:
    """Return the fullest name and the one kind for the words of each site: one thing has one name in a story."""
    names: dict[str, str] = {}
    kinds: dict[str, SiteKind] = {}
    for site in found:
        form, full = scene.text[site.short : site.end], scene.text[site.start : site.end]
        if len(full) > len(names.get(form, "")):
            names[form] = full
        if kinds.get(form) != "Project":
            kinds[form] = site.kind
    for form in sorted(names, key=len):
        longer = [name for other, name in names.items() if other != form and other.endswith(form) and len(form) >= 4]
        if longer:
            names[form] = max(longer, key=len)
        if form + "项目" in names:
            names[form] = names[form + "项目"]
    return names, kinds


def _again(scene: Scene, found: list[Site]) -> Iterator[Site]:
    """Yield the same words wherever else they stand free in the story."""
    taken = {(site.short, site.end) for site in found}
    forms = {(scene.text[site.short : site.end], site.kind) for site in found if site.end - site.short >= 3}
    for form, kind in sorted(forms, key=lambda entry: (-len(entry[0]), entry)):
        position = scene.text.find(form)
        while position >= 0:
            end = position + len(form)
            if not any(start < end and position < stop for start, stop in taken) and scene.is_free(Span(position, end)):
                taken.add((position, end))
                yield Site(kind, position, position, end, "sites/again", 0.8)
            position = scene.text.find(form, end)


# ---------------------------------------------------------------- lists


def _visited(scene: Scene) -> Iterator[Site]:
    """先后来到甲街、乙公园、丙安置区，… — what stands after a verb of visiting."""
    text = scene.text
    position = 0
    while (match := _visits().search(text, position)) is not None:
        position = match.end()
        stop = _END_OF_LIST.search(text, position)
        end = stop.start() if stop else len(text)
        if end - position < 2 or end - position > 220:
            continue
        word = scene.word(position)
        if word is not None and word[0] == position and word[2] in _NO_SITE_BEGINS:
            continue
        if _NO_VISIT.match(text, position):
            continue
        strong = match[0].startswith(("先后", "来到")) or match[0] == "推介了"
        yield from _items(scene, position, end, "sites/visited", strong=strong)


def _listed(scene: Scene) -> Iterator[Site]:
    """甲产业园、乙基地、丙城市更新等4个项目 — the last words tell what all of them are."""
    text = scene.text
    for match in _closing_words().finditer(text):
        low = max(text.rfind(mark, 0, match.start()) + 1 for mark in "，。；：！？,;:!?\n")
        if match.start() - low < 3:
            continue
        edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
        comma = text.find("、", low, match.start())
        first = left_edge(scene, comma if comma >= 0 else match.start(), edges, least=3, reach=30)
        if first < low:
            first = low
        yield from _items(scene, first, match.end(), "sites/listed", strong=match["places"] is not None)
    for start, end in announced(scene):
        yield from _items(scene, start, end, "sites/announced", strong=True, projects=True)


@cache
def _closing_words() -> re.Pattern[str]:
    """Return the pattern of the words that close a list of sites: 等4个重点项目, 等景点."""
    places = either(surfaces("sites", "list-place"))
    lines = either(surfaces("sites", "list-project"))
    return re.compile(
        rf"等{_COUNT}?(?:[个项大处条座家]|多[个条座处家])?(?:(?:重点|重大|重要|在建|新建|民生|产业|建设|招商|签约)*(?:项目|工程|{lines})|(?:热门|重点|著名|知名|重要|主要|历史|特色)*(?P<places>{places}))"
    )


def _items(scene: Scene, start: int, end: int, rule: str, *, strong: bool, projects: bool = False) -> Iterator[Site]:
    """Yield the sites among the items of a list; ``strong``: what stands around it is said of sites only, ``projects``: of projects only."""
    text = scene.text
    pieces: list[tuple[int, int]] = []
    position = start
    for mark in _BETWEEN.finditer(text, start, end):
        if any(m.span.start < mark.start() < m.span.end for m in scene.within(Span(max(0, mark.start() - 1), mark.end()), partly=True)):
            continue
        pieces.append((position, mark.start()))
        position = mark.end()
    pieces.append((position, end))
    last_start, last_end = pieces[-1]
    closing = ""
    closed = _CLOSED.search(text, last_start, last_end)
    if closed and closed.start() > last_start and not _inside(scene, closed.start()):
        closing = text[closed.start() : last_end]
        pieces[-1] = (last_start, closed.start())
    at_works = bool(re.search(r"(?:项目|施工|建设|工程)(?:建设|施工)?(?:现场|工地)$", text[last_start:last_end]))
    told = projects
    projects = told or bool(_CLOSED_AS_PROJECTS.match(closing)) or (at_works and (len(pieces) == 1 or closing != ""))
    sure: list[Site] = []
    unsure: list[tuple[int, int]] = []
    bodies = 0
    for piece_start, piece_end in pieces:
        if piece_end - piece_start < 2:
            continue
        item_start, item_end = item(scene, piece_start, piece_end)
        if item_end - item_start < 2:
            continue
        covering = scene.ending(item_end, "Area", "Organization", "Person", "Document", "Policy")
        if covering is not None and not (covering.span.start >= item_start and is_rather_a_site(covering, rule)):
            bodies += covering.kind == "Organization"
            continue
        # a first item may still carry words before the name (带队赴甲市考察乙园)
        item_start = _trim_left(scene, item_start, item_end)
        known = kind_of(scene, item_start, item_end)
        if is_body(scene, item_start, item_end):
            bodies += 1
            continue
        if known is None and VILLAGE.search(text, item_start, item_end):
            continue
        if not NAME.fullmatch(text, item_start, item_end):
            continue
        if known:
            kind, head = known
            if piece_start == start:
                item_start = after_verbs(scene, item_start, head)
            if not is_generic(scene, item_start, head, item_end):
                sure.append(Site("Project" if projects else kind, item_start, short_start(scene, item_start, item_end, head), item_end, rule, 0.85))
        else:
            unsure.append((item_start, item_end))
    yield from sure
    if not unsure:
        return
    listed = len(pieces) >= 2
    anchored = bool(sure) or any(after_prefix(scene, item_start, item_end) > item_start for item_start, item_end in unsure)
    invested = _INVESTED.search(text, max(0, start - 120), min(len(text), end + 60)) is not None
    for item_start, item_end in unsure:
        begin = short_start(scene, item_start, item_end, item_end)
        core = text[begin:item_end]
        short_head = ending_in("place-short").search(text, item_start, item_end)
        weak = ending_in("project-weak").search(text, item_start, item_end)
        if core in site_words("site-not") or core in site_words("site-generic") or len(core) < 2 or GENERIC_START.match(core):
            continue
        plain = edge_pattern(("sites", "edge"), ("sites", "visit")).search(core) is None and is_nominal(scene, item_start, item_end)
        if not (short_head or weak or plain):
            continue
        proper = after_prefix(scene, item_start, item_end) > item_start
        if told:
            if len(core) >= 4 and not names_nothing(core):
                yield Site("Project", item_start, begin, item_end, rule, 0.7)
            continue
        if projects and not anchored and not (invested and len(core) >= 6):
            continue
        if projects and weak and len(core) >= 4:
            sort: SiteKind = "Project"
        elif short_head and not NOT_SHORT.search(core) and len(core) >= 3 and not ending_in("edge-inner").search(core[:-1]):
            sort = "Project" if projects else _majority(scene, sure) if core[-1] in "园苑里坊府" else "Place"
        elif bodies and not sure:
            continue  # 甲新材料、乙医疗、丙公司: the others are bodies too
        elif weak and listed and len(core) >= 5 and (sure or proper):
            sort = _PLACE if core.endswith("中心") and not projects else "Project"
        elif listed and ((sure and 3 <= len(core) <= 12) or (strong and 3 <= len(core) <= 10)):
            sort = "Project" if projects else _majority(scene, sure)
        else:
            continue
        yield Site(sort, item_start, begin, item_end, rule, 0.7)


def _inside(scene: Scene, position: int) -> bool:
    """Tell whether a mention found before covers a position from inside."""
    return any(m.span.start < position < m.span.end for m in scene.within(Span(position, position + 1), partly=True))


def _trim_left(scene: Scene, start: int, end: int) -> int:
    """Return where an item begins once words of grammar and people before the name are left out."""
    for mention in scene.within(Span(start, end)):
        if mention.kind not in ("Area", "Organization") and mention.span.end < end:
            start = mention.span.end
    for word in ("位于", "辖区内", "辖区", "我区", "我市", "我县", "部分", "正在建设的", "在建的", "新建"):
        if scene.text.startswith(word, start) and end - start - len(word) >= 3:
            start += len(word)
    return start


def _majority(scene: Scene, sure: list[Site]) -> SiteKind:
    """Return what an item without a telling last word is: like its neighbours, or like what the story is about."""
    projects = sum(site.kind == "Project" for site in sure)
    if sure and projects * 2 != len(sure):
        return "Project" if projects * 2 > len(sure) else "Place"
    return "Project" if len(_BUILDING.findall(scene.text)) >= 3 else "Place"


# ---------------------------------------------------------------- single names


def _after_work(text: str, start: int, head: int, edges: re.Pattern[str]) -> int:
    """Return where a name begins that a work announces: 控制性工程甲特大桥, 节点工程——乙公铁大桥."""
    dash = text.rfind("——", max(0, head - 14), head) + 2
    told = dash >= 4 and text[dash - 4 : dash - 2] in ("工程", "项目", "节点") and head - dash >= 2
    if told and not edges.search(text, dash, head) and not _END_OF_LIST.search(text, dash, head):
        return dash
    work = max(text.rfind(word, start, head) for word in ("工程", "项目"))
    return work + 2 if work >= 0 and head - work >= 4 else start


def _headed(scene: Scene) -> Iterator[Site]:
    """Yield names by their last word wherever they stand; short last words (路, 河) only after an area."""
    text = scene.text
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    named: list[Site] = []
    for match in anywhere("place-head", "project-head").finditer(text):
        head, end = match.span()
        if _GOES_ON.match(text, end) or not scene.is_free(match_span := Span(head, end)):
            continue
        start = left_edge(scene, head, edges, least=0)
        announced_at = _after_work(text, start, head, edges)
        is_announced = announced_at != start or _EVENT.match(text, end) is not None
        start = skip_to_area(scene, announced_at, head)
        core = text[after_prefix(scene, start, head) : head]
        if not 1 <= len(core) <= 14 and after_prefix(scene, start, head) == start:
            continue
        if is_generic(scene, start, head, end) or not NAME.fullmatch(text, start, match_span.end):
            continue
        known = kind_of(scene, start, end)
        if known is None or not (is_announced or is_proper(scene, start, head, scene.text[known[1] : end])):
            continue
        kind: SiteKind = "Project" if _PLANNED.search(text, max(0, start - 6), start) else known[0]
        named.append(Site(kind, start, short_start(scene, start, end, known[1]), end, "sites/head", 0.75))
    for site in named:  # 甲坊遗址 in 甲坊遗址保护工程: the longer name is meant
        if not any(other is not site and other.start <= site.start and site.end < other.end for other in named):
            yield site
