"""Find places by where they stand: after an area, after a word of place, before what is said of a river; and those everybody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.edges import edge_pattern, left_edge
from kg.extract.scene import Scene
from kg.extract.siting import (
    GENERIC_START,
    NAME,
    NOT_SHORT,
    TAGGED_NAMES,
    VILLAGE,
    Site,
    SiteKind,
    after_prefix,
    ending_in,
    is_area,
    is_body,
    is_generic,
    is_rather_a_site,
    item,
    kind_of,
    names_nothing,
    short_start,
    site_words,
)
from kg.lexicon import first_of, surfaces, words
from kg.model import Span

# what follows the name of a river that is part of another name
_NOT_THE_WATER = re.compile(
    r"[市县区省镇乡村局委杯]|岛国|经济[带区圈]|保护[法区]|航运|号|学者|日报|电力|证券|精神|战役|会战|论坛|峰会|卫视|股份|航空|商会|牌|\d|[一-鿿]{0,6}?(?:集团|公司|大学|学院|医院|银行|预警中心|委员会|舰队|司令部)"
)
_STREET = re.compile(r"(?:在|位于|沿着?|途经|穿过|横跨)(?P<name>[一-鿿]{2,5}?(?:大道|大街|路|街|巷))(?=[\d“「，。；、！？]|沿线|两侧|举行|等)")
_ROAD = re.compile(r"(?:[国省县]道[GSX]?\d{1,4}线?|[GSX]?\d{3}[国省]道)")
_VENUE = re.compile(r"在(?P<name>[^，。；：！？、,\n在]{3,24}?)(?:隆重)?(?:举行|召开|举办|开幕|启动|会见|同|接受|揭牌|开馆|闭幕|启幕|揭幕|开赛|上演|拉开|亮相)")
_WATER = re.compile(
    r"(?P<head>(?P<water>河|江|湖|溪|渠|水库)(?=干流|支流|流域|两岸|沿岸|沿线|水质|水位|水文站|畔|岸线|岸边|之滨|之畔|大堤|堤防|防洪|右岸|左岸|南岸|北岸"
    r"|治理|水环境|滩区|江畔|上游|中游|下游|源头|入海口|绿道|水系)|(?:山|岭)(?=脚下|东麓|西麓|南麓|北麓|南坡|北坡|深处|之巅|一带))"
)
_CORE = re.compile(r"(?!.*[河江湖]$|[山水]$)[㐀-鿿]{1,3}")
_NEAR = re.compile(r"(?:离|距|沿着?|外围|地处|附近|紧邻|毗邻|[上中下]?游|入|跨|临)(?=[㐀-鿿])")
_NO_HILL = re.compile(r"(?:[雪高大深荒群]|火|青|远|两座?)山$")
# where the name of a sight has ended
_AFTER_NAME = re.compile(
    r"[^一-鿿]|[的边畔旁]|里(?!程)|内(?!蒙|外)|上(?![市海游])|中(?![心学医国央])|下(?![辖属])|外(?![交贸地])|举行|举办|游人|游客|市民|正在|等|和|与|至|以及|附近|沿线|一带|周边|今天|昨天|近日|日前|地区|也|都|将|可以|位于|地处"
)
_NO_NAME_HOLDS = re.compile(r"[称之的等和与及在是有将为被对从把以到至了]")
_CHUNK = re.compile(r"[一-鿿]{1,12}")
# the leg of a race (中华龙舟大赛盐城站) and people who stand (坚定站在一起) are no stations
_LEG = re.compile(r"[在立稳]|[^，。]{0,6}?(?:赛|演出|巡演|传递|火炬|签售|现场会|帷幕)")
_RACE = re.compile(r"[赛杯]|锦标|马拉松|巡演|巡游|火炬")
_WHERE = re.compile(r"(?:[东南西北中]|东南|东北|西南|西北)部(?=[一-鿿]{2})")
_COUNTED = re.compile(r"[一二两三四五六七八九十几多数各诸][座条个家处所种]|部?一[难民住]|诸|^一")
# what stands before a sight that is named without its area
_LEAD = re.compile(r"(?:在|走进|来到|走在|漫步|位于|地处|登上|游览|打卡)(?=[一-鿿])")
# flags of the tagger for words that stand in no name, and for what may follow one
_NO_SIGHT_HOLDS = frozenset({"d", "ad", "p", "c", "u", "r", "t", "TIME"})
_MAY_FOLLOW = frozenset({"v", "vd", "d", "ad", "p", "u", "f", "c", "t", "TIME", "m"})
_PLACE: SiteKind = "Place"


@cache
def _landmarks() -> dict[str, tuple[tuple[str, SiteKind], ...]]:
    """Return the places and projects everybody knows by their first two characters, the longest first."""
    found: dict[str, list[tuple[str, SiteKind]]] = {}
    for kind, names in (("Project", surfaces("sites", "project")), ("Place", (*surfaces("sites", "place"), *words("landmarks")))):
        for name in names:
            found.setdefault(name[:2], []).append((name, "Project" if kind == "Project" else "Place"))
    return {key: tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry))) for key, entries in found.items()}


@cache
def _first() -> re.Pattern[str]:
    return first_of(_landmarks())


@cache
def _heads(*relations: str) -> dict[str, tuple[str, ...]]:
    """Return the last words of some relations by their last character, the longest first."""
    found: dict[str, list[str]] = {}
    for word in {word for relation in relations for word in surfaces("sites", relation)}:
        found.setdefault(word[-1], []).append(word)
    return {key: tuple(sorted(heads, key=lambda head: (-len(head), head))) for key, heads in found.items()}


def landmarks(scene: Scene) -> Iterator[Site]:
    """Yield the places and projects that everybody knows, unless they are the beginning of a longer name (黄鹤楼公园)."""
    text = scene.text
    known = _landmarks()
    for begin in _first().finditer(text):
        start = begin.start()
        for name, kind in known.get(text[start : start + 2], ()):
            if not text.startswith(name, start):
                continue
            end = start + len(name)
            longer = kind == "Place" and (_NOT_THE_WATER.match(text, end) or _begins_longer(text, end))
            if not longer and (len(name) >= 3 or (scene.is_cut(start) and text[start - 1 : start] not in ("大", "小", "公"))):
                yield Site(kind, start, start, end, "sites/known", 0.85)
            break


def _begins_longer(text: str, end: int) -> bool:
    """Tell whether the last word of a longer name follows: 西湖 in 西湖景区, 乌江 in 乌江特大桥."""
    heads = _heads("place-head", "project-head")
    return any(text.startswith(head, end) for size in (2, 3, 4, 5) for head in heads.get(text[end + size - 1 : end + size], ()) if len(head) == size)


def venues(scene: Scene) -> Iterator[Site]:
    """活动在甲文化中心举行 — where something is held."""
    text = scene.text
    for match in _VENUE.finditer(text):
        start, end = item(scene, match.start("name"), match.end("name"))
        covering = scene.ending(end)
        if covering is not None and not is_rather_a_site(covering, "sites/venue"):
            continue
        if end - start < 3 or not NAME.fullmatch(text, start, end):
            continue
        known = kind_of(scene, start, end)
        if known is None:
            weak = ending_in("place-short", "project-weak").search(text, start, end)
            core = after_prefix(scene, start, end)
            if weak is None or is_body(scene, start, end) or core == start or weak.start() - core < 2:
                continue
            kind, head = _PLACE, weak.start()
        else:
            kind, head = known
        if not is_generic(scene, start, head, end):
            yield Site(kind, start, short_start(scene, start, end, head), end, "sites/venue", 0.85)


def streets(scene: Scene) -> Iterator[Site]:
    """在西平安街“小哥驿站”，… — a street after a word of place; 国道247线 by its number."""
    for match in _STREET.finditer(scene.text):
        start, end = match.span("name")
        name = match["name"]
        if name in site_words("site-not") or NOT_SHORT.search(name) or GENERIC_START.match(name):
            continue
        if scene.is_free(Span(start, end)):
            yield Site("Place", start, start, end, "sites/street", 0.75)
    if "道" in scene.text:
        for match in _ROAD.finditer(scene.text):
            yield Site("Place", match.start(), match.start(), match.end(), "sites/road", 0.8)


def tagged(scene: Scene) -> Iterator[Site]:
    """Yield what the tagger sees as a location if its last word says what it is, and no area covers it."""
    for start, end, flag in scene.words:
        if flag != "LOC" or end - start < 3 or not scene.is_free(Span(start, end)) or scene.text[start - 1 : start] in ("“", "「"):
            continue
        name = scene.text[start:end]
        if (
            any(pattern.search(name) for pattern in (VILLAGE, NOT_SHORT, GENERIC_START))
            or is_area(name)
            or is_area(name[2:])
            or scene.text.startswith(("西岸", "地块"), end)
        ):
            continue
        if name in site_words("site-not") or _begins_longer(scene.text, end):
            continue
        known = kind_of(scene, start, end)
        if known is None and ending_in("place-short").search(name):
            known = ("Place", end - 1)
        if known is not None and not is_generic(scene, start, known[1], end):
            yield Site(known[0], start, start, end, "sites/tagged", 0.7)


def waters(scene: Scene) -> Iterator[Site]:
    """安昌河右岸, 赤水河流域, 夹金山脚下 — a river or a hill by what is said of it."""
    text = scene.text
    edges = edge_pattern(("sites", "edge"), ("sites", "visit"))
    for match in _WATER.finditer(text):
        head, end = match.span("head")
        start = max(head - 3, left_edge(scene, head, edges, least=1, reach=4))
        if (near := _NEAR.match(text, start, head)) is not None:
            start = near.end()
        core, name = text[start:head], text[start:end]
        if not _CORE.fullmatch(core) or names_nothing(core) or (match["water"] is None and (_NO_HILL.search(name) or is_area(name))):
            continue
        yield Site("Place", start, start, end, "sites/water", 0.75)


def after_areas(scene: Scene) -> Iterator[Site]:
    """重庆园博园, 昆明斗南花市, 苏州平江路 — a sight, a street or a station just after its area."""
    for mention in scene.mentions:
        if mention.kind != "Area":
            continue
        begin = mention.span.end
        if (where := _WHERE.match(scene.text, begin)) is not None:
            begin = where.end()
        chunk = _CHUNK.match(scene.text, begin)
        if chunk is None:
            continue
        stop = _NO_NAME_HOLDS.search(scene.text, begin, chunk.end())
        limit = stop.start() if stop else chunk.end()
        end = _sight_end(scene, begin, limit, "after-area", "place-head")
        if end is None:
            continue
        name = scene.text[begin:end]
        if is_area(name) or is_area(mention.text + name) or mention.text + name in site_words("site-not"):
            continue
        full = mention.span.start if begin == mention.span.end else begin
        yield Site("Place", full, begin if end - begin >= 3 else full, end, "sites/after-area", 0.75)


def _sight_end(scene: Scene, begin: int, limit: int, *relations: str) -> int | None:
    """Return where the sight ends that begins at ``begin``: with the first last word after which a name may end."""
    text = scene.text
    heads = _heads(*relations)
    if text[begin : begin + 1] in ("站", "港") and "after-area" in relations and _is_over(scene, begin + 1) and not _is_leg(text, begin, begin + 1):
        return begin + 1
    for end in range(begin + 2, limit + 1):
        for head in heads.get(text[end - 1], ()):
            core_end = end - len(head)
            if core_end <= begin or not text.startswith(head, core_end):
                continue
            if head == "站" and _is_leg(text, begin, end):
                continue
            if _is_over(scene, end) and _is_sight(scene, begin, core_end, end):
                return end
            break
    return None


def _is_leg(text: str, begin: int, end: int) -> bool:
    """Tell whether what looks like a station is the leg of a race, or somebody who stands."""
    clause = max(text.rfind(mark, 0, begin) for mark in "，。；\n") + 1
    return _LEG.match(text, end) is not None or _RACE.search(text, clause, begin) is not None


def _is_over(scene: Scene, end: int) -> bool:
    """Tell whether a name may end here: before a mark, a word of grammar, or what the tagger sees as a verb."""
    if end >= len(scene.text) or (scene.text[end : end + 2] != "地块" and _AFTER_NAME.match(scene.text, end)):
        return True
    word = scene.word(end)
    return word is not None and word[0] == end and word[2] in _MAY_FOLLOW and scene.text[end : end + 2] != "地块"


def _is_sight(scene: Scene, begin: int, core_end: int, end: int) -> bool:
    """Tell whether the words from ``begin`` to ``end`` may be the name of a sight."""
    text = scene.text
    name, core = text[begin:end], text[begin:core_end]
    if name in site_words("site-not") or NOT_SHORT.search(name) or names_nothing(core) or VILLAGE.search(name) or _COUNTED.search(core):
        return False
    if edge_pattern(("sites", "edge"), ("sites", "visit")).search(core) or is_body(scene, begin, end):
        return False
    position = begin
    while position < end and (word := scene.word(position)) is not None:
        start, stop, flag = word
        if flag in _NO_SIGHT_HOLDS or (flag == "PER" and stop >= end):
            return False
        if flag in ("v", "a", "n") and start < core_end < end <= stop and end - core_end == 1 and stop - start >= 2:
            return False  # 路 in 公路 is no street
        if flag == "v" and stop - start >= 2 and text[start:stop] not in site_words("edge-inner"):
            return False
        position = stop
    return True


def sights(scene: Scene) -> Iterator[Site]:
    """在望湖楼、听松阁、南门老街，游人如织 — sights after a word of place; one alone only if it is no general word."""
    text = scene.text
    for lead in _LEAD.finditer(text):
        begin = lead.end()
        if text[lead.start() - 1 : lead.start()] in ("存", "正", "现", "实"):
            continue
        found: list[tuple[int, int]] = []
        while (chunk := _CHUNK.match(text, begin)) is not None and not any(scene.within(Span(begin, begin + 1), partly=True)):
            stop = _NO_NAME_HOLDS.search(text, begin, chunk.end())
            end = _sight_end(scene, begin, stop.start() if stop else chunk.end(), "after-area", "place-head")
            if end is None:
                break
            found.append((begin, end))
            if text[end : end + 1] != "、":
                break
            begin = end + 1
        for start, end in found:
            if not is_area(text[start:end]) and (len(found) >= 2 or _is_unknown(scene, start, end)):
                yield Site("Place", start, start, end, "sites/sight", 0.7)


def _is_unknown(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the tagger sees a name, or no word that it knows, in what stands before the last character."""
    if end - start < 3 or scene.word(start) is None:
        return False
    position = start
    while position < end - 1 and (word := scene.word(position)) is not None:
        if word[0] < start or (word[1] - word[0] >= 2 and word[2] not in TAGGED_NAMES and not (word[2] == "vn" and end - start == 3)):
            return False
        position = word[1]
    return True
