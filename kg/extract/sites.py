"""Find named places and projects: by their last word, by the verb of a visit before a list, by the words that close a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.extract.edges import edge_pattern, left_edge
from kg.extract.scene import Scene
from kg.lexicon import surfaces, words
from kg.model import Mention, Span

_SiteKind = Literal["Place", "Project"]

# what follows a verb of visiting that is used as a noun (检查组, 调研中，)
_NO_VISIT = re.compile(r"[的、等]|组|团[队一]?|[中时后][，,]|工作|情况|活动|人员|座谈|会议|报告|指导|结束|期间")
# flags of the tagger for words that no site begins with (考察 before a verb or an adverb is no visit)
_NO_SITE_BEGINS = frozenset({"v", "d", "ad", "p", "c", "u", "r"})
# flags of the tagger for words inside an item that make it no name
_NO_SITE_HOLDS = frozenset({"v", "d", "ad", "p", "c", "u", "r"})
# flags of the tagger for names
_TAGGED_NAMES = frozenset({"LOC", "ORG", "nz", "nw", "PER"})
_PLACE: _SiteKind = "Place"
_END_OF_LIST = re.compile(r"[，。；：！？,;:!?\n（(]")
_BETWEEN = re.compile(r"、|以及|(?<=[一-鿿\w”])(?:和(?![平谐睦顺])|及|(?<!参)与|暨)(?=[一-鿿“])")
_COUNT = r"(?:\d+|[一二两三四五六七八九十几多]+)"
_CLOSED = re.compile(rf"等(?P<tail>.*)|{_COUNT}(?:个|处|家|座|条)(?P<counted>.*)")
_CLOSED_AS_PROJECTS = re.compile(rf"(?:等)?{_COUNT}?(?:个|项|大|批)?(?:重点|重大|重要|在建|新建|民生|省级|市级|产业|建设|招商|签约)*(?:项目|工程|工地|楼盘)")
_BUILDING = re.compile(r"保交楼|保交房|安置房|重点项目|项目建设|开工|施工|楼盘|工地|工程进度")
_NAME = re.compile(r"[一-鿿A-Za-z0-9·“”「」#－-]{2,26}")
_VILLAGE = re.compile(r"(?:村|社区|镇|乡|街道|县|市|区|省|州|旗|组|屯|寨|嘎查|国)$")
_GENERIC_START = re.compile(
    r"^(?:(?:\d+|[一二两三四五六七八九十百千万多]{1,3})[个大座条处家项批类种期级万千百多层片块]|\d+(?!号)|[几各每某这那该本此其等个处座条家的了]|全[国省市区县]|我[国省市区县]|有关|相关|一些|部分|许多|众多|首[个批座条]|第[一二三]"
    r"|新型|大型|小型|国家级|省级|市级)"
)
# words that end like a street, a station or a river and name none
_NOT_SHORT = re.compile(
    r"(?:[铁公道思线水网电出退活新老之套门半开让陆海航赶问带销绝财死生]路|[网车电基驿]站|空间站|加油站|充电站|服务站|工作站|监测站|消防站|[山江运冰先母亲]河|[美里河]河?山|盘山路|银山|金山银山|母亲河|江[河湖山]|[河盐]湖|[香]港|自[贸由]港|总站|科考站|[海本全]岛"
    r"|[桥]梁|大楼|[高]楼|[校公家庄果菜茶田花庭乐]园|[城]关|[公]里|[家]里|[礼食]堂|[学课]堂|[一]+街|镇街|街坊|步行街|人山|[这那]里|会议厅|餐厅|客厅|展厅|大厅|办公厅|领事馆|大使馆|使馆|宾馆|图书馆|池塘|鱼塘|灯塔|铁塔|台湾|海湾|港湾)$"
)
# what may follow a last word without making it part of another one
_GOES_ON = re.compile(
    r"区|坊|管理|有限|公司|集团|街道|社区|派出所|[镇乡村]|小学|中学|支行|分局|局|委员会|馆长|院长|场长|站长|负责人|主任|建设(?:者|集团|局|公司)|化|的?(?:论坛|大会|会议|活动|峰会)|股份|服务中心|党工委|管委会|联盟|协会|型|级|圈|群"
)
_GOES_ON_SHORT = re.compile(r"[一-鿿]")
_SHORT_MAY_GO_ON = re.compile(r"沿线|沿岸|两侧|两岸|等|和|与|及|举行|举办|的|段|口|交叉|附近|一带|流域|干流|支流|水质|畔|岸|至|到|进行|实地|调研|边|旁|上")
_WATER = re.compile(r"(?P<core>[一-鿿]{1,3})(?P<head>河|江|湖|渠|水库)(?=干流|流域|两岸|沿岸|沿线|水质|畔|岸线|之滨|大堤|防洪|右岸|左岸|治理|水环境)")
_INVESTED = re.compile(r"总投资|投资额|签约|开工|投产|竣工")
_AGREEMENT = re.compile(r"(?P<project>[^关《》]{4,40}?项目)[一-鿿]{0,8}(?:协议|协议书|合同|备忘录)$")
_THE_PROJECT = re.compile(r"[该本]项目|这一?个?项目")
_PLANNED = re.compile(r"(?:筹建|新建|在建|开工建设|规划建设|投资建设|启动建设|加快建设|正在建设的?)$")
_NO_CORE = re.compile(r"全线|控制性|节点|标志性|部分|地区$|不通|第[一二三四五六七八九十]大|[一二三四五六七八九十]大$|^大$|首[个座条]")
_AFTER_AREA = re.compile(
    r"(?:[东西南北]?站|港)(?![一-鿿])|(?:(?![的等和与及至到送])[一-鿿]){1,4}?(?:路|街|巷|河|湖|江|山|岛|桥|站|湾)(?![一-鿿])|(?:(?![的等和与及至到送])[一-鿿]){2,3}(?:路|街|巷|河|湖|桥)(?=沿线|两侧|两岸|段|和|与|至|的)"
)
_NOT_THE_WATER = re.compile(r"[市县区省镇乡村局委]|岛国|经济带|保护法|大桥|特大桥|号|学者|日报|电力|证券|\d")
_STREET = re.compile(r"(?:在|位于|沿着?|途经|穿过|横跨)(?P<name>[一-鿿]{2,5}?(?:大道|大街|路|街|巷))(?=[\d“「，。；、！？]|沿线|两侧|举行|等)")
_VENUE = re.compile(r"在(?P<name>[^，。；：！？、,\n在]{3,24}?)(?:隆重)?(?:举行|召开|举办|开幕|启动|会见|同|接受|揭牌|开馆)")


@dataclass(frozen=True, slots=True)
class _Site:
    """A place or a project where it stands: ``head`` is where the words begin that can stand alone, ``start`` the full name."""

    kind: _SiteKind
    start: int
    short: int
    end: int
    rule: str
    confidence: float


@cache
def _ends(*relations: str) -> re.Pattern[str]:
    """Return the pattern of a name that ends with a word of one of the relations, the longest word first."""
    found = {word for relation in relations for word in surfaces("sites", relation)}
    return re.compile("(?:" + "|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word)))) + ")$")


@cache
def _anywhere(*relations: str) -> re.Pattern[str]:
    """Return the pattern of the words of some relations, the longest first."""
    found = {word for relation in relations for word in surfaces("sites", relation)}
    return re.compile("|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word)))))


@cache
def _words(relation: str) -> frozenset[str]:
    return frozenset(surfaces("sites", relation))


@cache
def _visits() -> re.Pattern[str]:
    """Return the pattern of a verb of visiting, with what may stand between it and the list."""
    return re.compile("(?:" + "|".join(map(re.escape, surfaces("sites", "visit"))) + r")(?:了|到|在)?(?:位于)?")


def sites(scene: Scene) -> Iterator[Mention]:
    """Yield the named places and projects of the story.

    A name may begin with an area or a body that was found before (福州市三坊七巷, 甲集团乙光伏项目): then the mention covers the
    words that can stand alone and its name is the full one, or, where they cannot, the mention covers all and the contained
    mentions are dropped from the scene.
    """
    found: list[_Site] = []

    def take(site: _Site) -> None:
        span = Span(site.short, site.end)
        if any(other.short < site.end and site.short < other.end for other in found):
            return
        for mention in scene.within(span, partly=True):
            if mention.kind not in ("Area", "Organization", "Person") or not span.covers(mention.span):
                return
            if mention.span == span and not _is_rather_a_site(mention, site.rule):
                return
        found.append(site)

    for finder in (_known, _visited, _listed, _venues, _headed, _waters, _streets):
        for site in finder(scene):
            take(site)
    for site in tuple(_again(scene, found)):
        take(site)
    for site in _tagged(scene):
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


def _names(scene: Scene, found: list[_Site]) -> tuple[dict[str, str], dict[str, _SiteKind]]:
    """Return the fullest name and the one kind for the words of each site: one thing has one name in a story."""
    names: dict[str, str] = {}
    kinds: dict[str, _SiteKind] = {}
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


def _again(scene: Scene, found: list[_Site]) -> Iterator[_Site]:
    """Yield the same words wherever else they stand free in the story."""
    taken = {(site.short, site.end) for site in found}
    forms = {(scene.text[site.short : site.end], site.kind) for site in found if site.end - site.short >= 3}
    for form, kind in sorted(forms, key=lambda entry: (-len(entry[0]), entry)):
        position = scene.text.find(form)
        while position >= 0:
            end = position + len(form)
            if not any(start < end and position < stop for start, stop in taken) and scene.is_free(Span(position, end)):
                taken.add((position, end))
                yield _Site(kind, position, position, end, "sites/again", 0.8)
            position = scene.text.find(form, end)


# ---------------------------------------------------------------- one item


def _item(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """Return an item of a list without the words that belong to the visit, not to the name: …产业园项目现场 → …产业园."""
    text = scene.text
    tail = _ends("site-tail")
    while end - start > 3 and (match := tail.search(text, start, end)) and match.start() - start >= 2:
        end = match.start()
    while start < end and text[start] in " 　":
        start += 1
    if (dash := text.rfind("——", start, end)) >= 0:
        start = dash + 2
    of = text.find("的", start, end)
    if of > start:
        if _ends("place-head", "project-head").search(text, start, of):
            end = of
        else:
            start = of + 1
    return start, end


def _prefix(scene: Scene, start: int, end: int) -> int:
    """Return where the name goes on after the areas and bodies at its beginning."""
    position = start
    while (mention := scene.starting(position, "Area", "Organization")) is not None and mention.span.end <= end:
        if _ends("site-over-body", "site-over-area").search(mention.text):
            break
        position = mention.span.end
    return position


def _short(scene: Scene, start: int, end: int, head: int) -> int:
    """Return where the words begin that can stand alone: without the areas in front, if a proper name is left."""
    position = _prefix(scene, start, end)
    rest = scene.text[position:head]
    if position > start and (len(rest) < 1 or rest in _words("site-generic") or end - position < 3):
        return start
    if position > start and not scene.is_cut(position) and not _VILLAGE.search(scene.text, start, position):
        return start  # 海口 in 海口埠侨批文化街区 is no area
    return position


def _kind_of(scene: Scene, start: int, end: int) -> tuple[_SiteKind, int] | None:
    """Return the kind of a whole item by its last word, and where that word begins."""
    text = scene.text
    best: tuple[_SiteKind, int] | None = None
    for kind, relations in (("Project", ("project-head",)), ("Place", ("place-head",))):
        match = _ends(*relations).search(text, start, end)
        if match and match.start() > start and (best is None or match.start() < best[1]):
            best = ("Project" if kind == "Project" else "Place", match.start())
    return best


def _is_body(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the last word of an item is a body's (医院, 大使馆), not a longer word of a site (报告厅)."""
    body = _ends("site-body").search(scene.text, start, end)
    site = _kind_of(scene, start, end)
    return body is not None and (site is None or site[1] >= body.start())


def _is_generic(scene: Scene, start: int, head: int, end: int) -> bool:
    """Tell whether the words before the last word name nothing: 口袋公园, 3个公园, 全市公园."""
    core = scene.text[_prefix(scene, start, head) : head]
    if scene.text[start:end] in _words("site-not") or _is_body(scene, start, end) or _NO_CORE.search(core):
        return True
    if start < head and _prefix(scene, start, head) > start:
        return bool(_GENERIC_START.match(core)) or (core == "" and scene.text[head:end] in _words("site-common"))
    return core == "" or core in _words("site-generic") or bool(_GENERIC_START.match(core))


# ---------------------------------------------------------------- lists


def _visited(scene: Scene) -> Iterator[_Site]:
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


def _listed(scene: Scene) -> Iterator[_Site]:
    """甲产业园、乙基地、丙城市更新等4个项目 — the last words tell what all of them are."""
    text = scene.text
    for match in re.finditer(rf"等{_COUNT}?(?:个|项|大|处)?(?:重点|重大|重要|在建|新建|民生|产业|建设|招商|签约)*(?:项目|工程)", text):
        low = max(text.rfind(mark, 0, match.start()) + 1 for mark in "，。；：！？,;:!?\n")
        if match.start() - low < 3:
            continue
        edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
        comma = text.find("、", low, match.start())
        first = left_edge(scene, comma if comma >= 0 else match.start(), edges, least=3, reach=30)
        if first < low:
            first = low
        yield from _items(scene, first, match.end(), "sites/listed", strong=False)


def _items(scene: Scene, start: int, end: int, rule: str, *, strong: bool) -> Iterator[_Site]:
    """Yield the sites among the items of a list; ``strong``: the words before it are said of sites only."""
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
    projects = bool(_CLOSED_AS_PROJECTS.match(closing)) or (at_works and (len(pieces) == 1 or closing != ""))
    sure: list[_Site] = []
    unsure: list[tuple[int, int]] = []
    bodies = 0
    for piece_start, piece_end in pieces:
        if piece_end - piece_start < 2:
            continue
        item_start, item_end = _item(scene, piece_start, piece_end)
        if item_end - item_start < 2:
            continue
        covering = scene.ending(item_end, "Area", "Organization", "Person", "Document", "Policy")
        if covering is not None and not (covering.span.start >= item_start and _is_rather_a_site(covering, rule)):
            bodies += covering.kind == "Organization"
            continue
        # a first item may still carry words before the name (带队赴甲市考察乙园)
        item_start = _trim_left(scene, item_start, item_end)
        known = _kind_of(scene, item_start, item_end)
        if _is_body(scene, item_start, item_end):
            bodies += 1
            continue
        if known is None and _VILLAGE.search(text, item_start, item_end):
            continue
        if not _NAME.fullmatch(text, item_start, item_end):
            continue
        if known:
            kind, head = known
            if piece_start == start:
                item_start = _after_verbs(scene, item_start, head)
            if not _is_generic(scene, item_start, head, item_end):
                sure.append(_Site("Project" if projects else kind, item_start, _short(scene, item_start, item_end, head), item_end, rule, 0.85))
        else:
            unsure.append((item_start, item_end))
    yield from sure
    if not unsure:
        return
    listed = len(pieces) >= 2
    anchored = bool(sure) or any(_prefix(scene, item_start, item_end) > item_start for item_start, item_end in unsure)
    invested = _INVESTED.search(text, max(0, start - 120), min(len(text), end + 60)) is not None
    for item_start, item_end in unsure:
        begin = _short(scene, item_start, item_end, item_end)
        core = text[begin:item_end]
        short_head = _ends("place-short").search(text, item_start, item_end)
        weak = _ends("project-weak").search(text, item_start, item_end)
        if core in _words("site-not") or core in _words("site-generic") or len(core) < 2 or _GENERIC_START.match(core):
            continue
        plain = edge_pattern(("sites", "edge"), ("sites", "visit")).search(core) is None and _is_nominal(scene, item_start, item_end)
        if not (short_head or weak or plain):
            continue
        proper = _prefix(scene, item_start, item_end) > item_start
        if projects and not anchored and not (invested and len(core) >= 6):
            continue
        if projects and weak and len(core) >= 4:
            sort: _SiteKind = "Project"
        elif short_head and not _NOT_SHORT.search(core) and len(core) >= 3 and not _ends("edge-inner").search(core[:-1]):
            sort = "Project" if projects else _majority(scene, sure) if core[-1] in "园苑里坊府" else "Place"
        elif bodies and not sure:
            continue  # 甲新材料、乙医疗、丙公司: the others are bodies too
        elif weak and listed and len(core) >= 5 and (sure or proper):
            sort = _PLACE if core.endswith("中心") and not projects else "Project"
        elif listed and ((sure and 3 <= len(core) <= 12) or (strong and 3 <= len(core) <= 10)):
            sort = "Project" if projects else _majority(scene, sure)
        else:
            continue
        yield _Site(sort, item_start, begin, item_end, rule, 0.7)


def _after_verbs(scene: Scene, start: int, head: int) -> int:
    """Return where an item begins after the tagger's last verb or particle in front of its last word (引导民企参与甲铁路)."""
    position = start
    while position < head and (word := scene.word(position)) is not None:
        position = word[1]
        inside = start <= word[0] and word[1] <= head
        if inside and word[2] in _NO_SITE_HOLDS and scene.text[word[0] : word[1]] not in _words("edge-inner"):
            start = word[1]
    return start


def _is_nominal(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the tagger sees only nouns in an item (nothing tagged counts as nouns)."""
    position = start
    while position < end and (word := scene.word(position)) is not None:
        if word[2] in _NO_SITE_HOLDS and word[0] >= start and word[1] <= end:
            return False
        position = word[1]
    return True


def _is_rather_a_site(mention: Mention, rule: str) -> bool:
    """Tell whether what was found as a body or an area is visited as a site: a museum, an old town, a resettlement estate."""
    if mention.kind == "Organization":
        return rule in ("sites/visited", "sites/venue") and _ends("site-over-body").search(mention.text) is not None
    return mention.kind == "Area" and _ends("site-over-area").search(mention.text) is not None and not _is_area(mention.text)


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


def _majority(scene: Scene, sure: list[_Site]) -> _SiteKind:
    """Return what an item without a telling last word is: like its neighbours, or like what the story is about."""
    projects = sum(site.kind == "Project" for site in sure)
    if sure and projects * 2 != len(sure):
        return "Project" if projects * 2 > len(sure) else "Place"
    return "Project" if len(_BUILDING.findall(scene.text)) >= 3 else "Place"


# ---------------------------------------------------------------- single names


def _known(scene: Scene) -> Iterator[_Site]:
    """Yield the places and projects that everybody knows."""
    text = scene.text
    for kind in ("Project", "Place"):
        for match in _anywhere(kind.lower()).finditer(text):
            start, end = match.span()
            if kind == "Place" and (_NOT_THE_WATER.match(text, end) or text.startswith("天南海北", start - 1)):
                continue
            yield _Site("Project" if kind == "Project" else "Place", start, start, end, "sites/known", 0.85)


def _venues(scene: Scene) -> Iterator[_Site]:
    """活动在甲文化中心举行 — where something is held."""
    text = scene.text
    for match in _VENUE.finditer(text):
        start, end = _item(scene, match.start("name"), match.end("name"))
        covering = scene.ending(end)
        if covering is not None and not _is_rather_a_site(covering, "sites/venue"):
            continue
        if end - start < 3 or not _NAME.fullmatch(text, start, end):
            continue
        known = _kind_of(scene, start, end)
        if known is None:
            weak = _ends("place-short", "project-weak").search(text, start, end)
            core = _prefix(scene, start, end)
            if weak is None or _is_body(scene, start, end) or core == start or weak.start() - core < 2:
                continue
            kind, head = _PLACE, weak.start()
        else:
            kind, head = known
        if not _is_generic(scene, start, head, end):
            yield _Site(kind, start, _short(scene, start, end, head), end, "sites/venue", 0.85)


def _headed(scene: Scene) -> Iterator[_Site]:
    """Yield names by their last word wherever they stand; short last words (路, 河) only after an area."""
    text = scene.text
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    named: list[_Site] = []
    for match in _anywhere("place-head", "project-head").finditer(text):
        head, end = match.span()
        if _GOES_ON.match(text, end) or not scene.is_free(match_span := Span(head, end)):
            continue
        start = left_edge(scene, head, edges, least=0)
        start = _skip_to_area(scene, start, head)
        core = text[_prefix(scene, start, head) : head]
        if not 1 <= len(core) <= 14 and _prefix(scene, start, head) == start:
            continue
        if _is_generic(scene, start, head, end) or not _NAME.fullmatch(text, start, match_span.end):
            continue
        known = _kind_of(scene, start, end)
        if known is None or not _is_proper(scene, start, head, scene.text[known[1] : end]):
            continue
        kind: _SiteKind = "Project" if _PLANNED.search(text, max(0, start - 6), start) else known[0]
        named.append(_Site(kind, start, _short(scene, start, end, known[1]), end, "sites/head", 0.75))
    for site in named:  # 甲坊遗址 in 甲坊遗址保护工程: the longer name is meant
        if not any(other is not site and other.start <= site.start and site.end < other.end for other in named):
            yield site
    for mention in scene.mentions:
        if mention.kind != "Area":
            continue
        short = _AFTER_AREA.match(text, mention.span.end)
        if short is None or _is_area(short[0]) or _is_area(mention.text + short[0]) or _GENERIC_START.match(short[0]):
            continue
        word = scene.word(short.end() - 1)
        if (word is None or word[2] != "PER") and short[0][:-1] not in _words("site-generic") and not _NOT_SHORT.search(short[0]):
            begin = short.start() if short.end() - short.start() >= 3 else mention.span.start
            yield _Site("Place", mention.span.start, begin, short.end(), "sites/after-area", 0.75)


def _skip_to_area(scene: Scene, start: int, head: int) -> int:
    """Return the first area or body inside a stretch, if one stands there: what is before it is no part of the name."""
    if start >= head:
        return start
    for mention in scene.within(Span(start, head), partly=True):
        if mention.kind in ("Area", "Organization") and mention.span.start >= start:
            return mention.span.start
    return start


def _is_proper(scene: Scene, start: int, head: int, last: str) -> bool:
    """Tell whether a name by its last word alone is proper enough to stand outside lists of visits."""
    prefix = _prefix(scene, start, head)
    if prefix > start:
        return scene.text[start:prefix] != "中国" or prefix < head
    word = scene.word(start)
    named = word is not None and word[0] == start and word[2] in _TAGGED_NAMES
    return 2 <= head - start <= 10 and (named or last not in _words("site-loose"))


def _streets(scene: Scene) -> Iterator[_Site]:
    """在西平安街“小哥驿站”，… — a street after a word of place."""
    for match in _STREET.finditer(scene.text):
        start, end = match.span("name")
        name = match["name"]
        if name in _words("site-not") or _NOT_SHORT.search(name) or _GENERIC_START.match(name):
            continue
        if scene.is_free(Span(start, end)):
            yield _Site("Place", start, start, end, "sites/street", 0.75)


def _tagged(scene: Scene) -> Iterator[_Site]:
    """Yield what the tagger sees as a location if its last word says what it is, and no area covers it."""
    for start, end, flag in scene.words:
        if flag != "LOC" or end - start < 3 or not scene.is_free(Span(start, end)) or scene.text[start - 1 : start] in ("“", "「"):
            continue
        name = scene.text[start:end]
        if any(pattern.search(name) for pattern in (_VILLAGE, _NOT_SHORT, _GENERIC_START)) or _is_area(name) or scene.text.startswith("西岸", end):
            continue
        if name in _words("site-not"):
            continue
        known = _kind_of(scene, start, end)
        if known is None and _ends("place-short").search(name):
            known = ("Place", end - 1)
        if known is not None and not _is_generic(scene, start, known[1], end):
            yield _Site(known[0], start, start, end, "sites/tagged", 0.7)


@cache
def _area_names() -> frozenset[str]:
    """Return the administrative areas of China and the regions, with their names cut short (榕江县, 榕江)."""
    full = {line.split("\t")[1] for line in words("areas")}
    return frozenset(full | {name[:-1] for name in full if len(name) >= 3 and name[-1] in "省市县区"} | words("regions"))


def _is_area(name: str) -> bool:
    """Tell whether a name that ends like a river or a hill is an administrative area (榕江, 黄山)."""
    return name in _area_names()


def _waters(scene: Scene) -> Iterator[_Site]:
    """安昌河右岸, 赤水河流域 — a river by what is said of it."""
    text = scene.text
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    for match in _WATER.finditer(text):
        start = max(match.start(), left_edge(scene, match.start("head"), edges, least=1))
        core = text[start : match.start("head")]
        if 1 <= len(core) <= 3 and core not in _words("site-generic") and not _GENERIC_START.match(core):
            yield _Site("Place", start, start, match.end("head"), "sites/water", 0.75)
