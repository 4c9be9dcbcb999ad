"""What the finders of places and projects share: a site where it stands, the words of its name, and what makes it proper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.extract.scene import Scene
from kg.lexicon import either, surfaces, words
from kg.model import Mention, Span

SiteKind = Literal["Place", "Project"]

# flags of the tagger for words inside an item that make it no name
NO_SITE_HOLDS = frozenset({"v", "d", "ad", "p", "c", "u", "r"})
# flags of the tagger for names
TAGGED_NAMES = frozenset({"LOC", "ORG", "nz", "nw", "PER"})
NAME = re.compile(r"[一-鿿A-Za-z0-9·“”「」#－-]{2,26}")
VILLAGE = re.compile(r"(?:村|社区|镇|乡|街道|县|市|区|省|州|旗|组|屯|寨|嘎查|国)$")
GENERIC_START = re.compile(
    r"^(?:(?:\d+|[一二两三四五六七八九十百千万多]{1,3})[个大座条处家项批类种期级万千百多层片块]|\d+(?!号)|[几各每某这那该本此其等个处座条家的了]|全[国省市区县]|我[国省市区县]|有关|相关|一些|部分|许多|众多|首[个批座条]|第[一二三]"
    r"|新一轮|新型|大型|小型|国家级|省级|市级)"
)
# words that end like a street, a station or a river and name none
NOT_SHORT = re.compile(
    r"(?:[铁富公道思线水网电出退活新老之套门半开让陆海航赶问带销绝财死生]路|[网车电基驿]站|空间站|加油站|充电站|服务站|工作站|监测站|消防站|[山江运冰先母亲]河|[美里河]河?山|盘山路|银山|金山银山|母亲河|江[河湖山]|[河盐]湖|[香]港|自[贸由]港|总站|科考站|[海本全离环外福广德]岛|秦皇岛|贸易港|临港|[深高雪大远荒火]山|长河|毛峰"
    r"|[桥]梁|大楼|[高]楼|[校公家庄果菜茶田花庭乐]园|[城]关|[公]里|[家]里|[礼食]堂|[学课]堂|[一]+街|镇街|街坊|步行街|人山|[这那]里|会议厅|餐厅|客厅|展厅|大厅|办公厅|领事馆|大使馆|使馆|宾馆|图书馆|池塘|鱼塘|灯塔|铁塔|台湾|海湾|港湾)$"
)
NO_CORE = re.compile(r"主要$|间$|全线|控制性|节点|标志性|部分|地区$|不通|第[一二三四五六七八九十]大|[一二三四五六七八九十]大$|^大$|首[个座条]")


@dataclass(frozen=True, slots=True)
class Site:
    """A place or a project where it stands: ``head`` is where the words begin that can stand alone, ``start`` the full name."""

    kind: SiteKind
    start: int
    short: int
    end: int
    rule: str
    confidence: float


@cache
def ending_in(*relations: str) -> re.Pattern[str]:
    """Return the pattern of a name that ends with a word of one of the relations, the longest word first."""
    found = {word for relation in relations for word in surfaces("sites", relation)}
    return re.compile("(?:" + either(found) + ")$")


@cache
def anywhere(*relations: str) -> re.Pattern[str]:
    """Return the pattern of the words of some relations, the longest first."""
    groups: dict[str, list[str]] = {}
    for word in {word for relation in relations for word in surfaces("sites", relation)}:
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    rests = {first: "|".join(sorted(rest, key=lambda word: (-len(word), word))) for first, rest in sorted(groups.items())}
    return re.compile("|".join(f"{re.escape(first)}(?:{rest})" for first, rest in rests.items()))


@cache
def site_words(relation: str) -> frozenset[str]:
    """Return the words of one relation."""
    return frozenset(surfaces("sites", relation))


@cache
def _generic() -> re.Pattern[str]:
    """Return the pattern of words that name nothing, however many stand in a row (重点产业, 城市文化)."""
    return re.compile("(?:" + either(surfaces("sites", "site-generic")) + ")+")


def names_nothing(core: str) -> bool:
    """Tell whether the words before a last word are none, a number of things, or general words only."""
    return not core or GENERIC_START.match(core) is not None or _generic().fullmatch(core) is not None


def item(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """Return an item of a list without the words that belong to the visit, not to the name: …产业园项目现场 → …产业园."""
    text = scene.text
    tail = ending_in("site-tail")
    while end - start > 3 and (match := tail.search(text, start, end)) and match.start() - start >= 2:
        end = match.start()
    while start < end and text[start] in " 　":
        start += 1
    if (dash := text.rfind("——", start, end)) >= 0:
        start = dash + 2
    of = text.find("的", start, end)
    if of > start:
        if ending_in("place-head", "project-head").search(text, start, of):
            end = of
        else:
            start = of + 1
    return start, end


def after_prefix(scene: Scene, start: int, end: int) -> int:
    """Return where the name goes on after the areas and bodies at its beginning."""
    position = start
    while (mention := scene.starting(position, "Area", "Organization")) is not None and mention.span.end <= end:
        if ending_in("site-over-body", "site-over-area").search(mention.text):
            break
        position = mention.span.end
    return position


def short_start(scene: Scene, start: int, end: int, head: int) -> int:
    """Return where the words begin that can stand alone: without the areas in front, if a proper name is left."""
    position = after_prefix(scene, start, end)
    rest = scene.text[position:head]
    if position > start and (len(rest) < 1 or rest in site_words("site-generic") or end - position < 3):
        return start
    if position > start and not scene.is_cut(position) and not VILLAGE.search(scene.text, start, position):
        return start  # 海口 in 海口埠侨批文化街区 is no area
    return position


def kind_of(scene: Scene, start: int, end: int) -> tuple[SiteKind, int] | None:
    """Return the kind of a whole item by its last word, and where that word begins."""
    text = scene.text
    best: tuple[SiteKind, int] | None = None
    for kind, relations in (("Project", ("project-head",)), ("Place", ("place-head",))):
        match = ending_in(*relations).search(text, start, end)
        if match and match.start() > start and (best is None or match.start() < best[1]):
            best = ("Project" if kind == "Project" else "Place", match.start())
    return best


def is_body(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the last word of an item is a body's (医院, 大使馆), not a longer word of a site (报告厅)."""
    body = ending_in("site-body").search(scene.text, start, end)
    site = kind_of(scene, start, end)
    return body is not None and (site is None or site[1] >= body.start())


def is_generic(scene: Scene, start: int, head: int, end: int) -> bool:
    """Tell whether the words before the last word name nothing: 口袋公园, 3个公园, 全市公园."""
    core = scene.text[after_prefix(scene, start, head) : head]
    if scene.text[start:end] in site_words("site-not") or is_body(scene, start, end) or NO_CORE.search(core):
        return True
    if start < head and after_prefix(scene, start, head) > start:
        return bool(GENERIC_START.match(core)) or (names_nothing(core) and scene.text[head:end] in site_words("site-common"))
    return names_nothing(core)


def after_verbs(scene: Scene, start: int, head: int) -> int:
    """Return where an item begins after the tagger's last verb or particle in front of its last word (引导民企参与甲铁路)."""
    position = start
    while position < head and (word := scene.word(position)) is not None:
        position = word[1]
        inside = start <= word[0] and word[1] <= head
        if inside and word[2] in NO_SITE_HOLDS and scene.text[word[0] : word[1]] not in site_words("edge-inner"):
            start = word[1]
    return start


def is_nominal(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the tagger sees only nouns in an item (nothing tagged counts as nouns)."""
    position = start
    while position < end and (word := scene.word(position)) is not None:
        if word[2] in NO_SITE_HOLDS and word[0] >= start and word[1] <= end:
            return False
        position = word[1]
    return True


def is_rather_a_site(mention: Mention, rule: str) -> bool:
    """Tell whether what was found as a body or an area is visited as a site: a museum, an old town, a resettlement estate."""
    if mention.kind == "Organization":
        return rule in ("sites/visited", "sites/venue") and ending_in("site-over-body").search(mention.text) is not None
    return mention.kind == "Area" and ending_in("site-over-area").search(mention.text) is not None and not is_area(mention.text)


def skip_to_area(scene: Scene, start: int, head: int) -> int:
    """Return the first area or body inside a stretch, if one stands there: what is before it is no part of the name."""
    if start >= head:
        return start
    for mention in scene.within(Span(start, head), partly=True):
        if mention.kind in ("Area", "Organization") and mention.span.start >= start:
            return mention.span.start
    return start


def is_proper(scene: Scene, start: int, head: int, last: str) -> bool:
    """Tell whether a name by its last word alone is proper enough to stand outside lists of visits."""
    prefix = after_prefix(scene, start, head)
    if prefix > start:
        return scene.text[start:prefix] != "中国" or prefix < head
    if scene.text[start:head] in words("landmarks"):
        return True
    word = scene.word(start)
    named = word is not None and word[0] == start and word[2] in TAGGED_NAMES
    return 2 <= head - start <= 10 and (named or last not in site_words("site-loose"))


@cache
def area_names() -> frozenset[str]:
    """Return the administrative areas of China and the regions, with their names cut short (榕江县, 榕江)."""
    full = {line.split("\t")[1] for line in words("areas")}
    short = {name[:-1] for name in full if len(name) >= 3 and name[-1] in "省市县区"} | {name[:2] for name in full if name.endswith(("自治县", "自治州"))}
    return frozenset(full | short | words("regions"))


def is_area(name: str) -> bool:
    """Tell whether a name that ends like a river or a hill is an administrative area (榕江, 黄山)."""
    return name in area_names()
