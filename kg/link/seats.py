"""Which posts one person can hold: the names of two posts go in, whether they exclude each other, go together or follow comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.gazetteer import gazetteer
from kg.lexicon import either, rows, surfaces
from kg.link.names import post as normal

_NATIONAL = re.compile(
    r"(?:中共中央|中央|国务院|国务委员|国家|全国|最高人民|中国|外交部|国防部|[一-鿿]{2,10}部(?:部长|副部长)|[一-鿿]{2,4}中央(?:委员会)?[一-鿿]*主席|联合国|中国人民)"
)
_BRANCH_OFFICE = re.compile(r"总局[一-鿿]{2,12}?[省市县区州旗盟]")
_LEVEL = "省市县区州旗盟"
_COMMITTEE = rf"(?:[{_LEVEL}]|自治区)委"
_FIRST = re.compile(rf"(?<!副)(?:[{_LEVEL}]长|自治区(?:人民政府)?主席|{_COMMITTEE}书记|人大常委会(?:党组书记|主任)|政协(?:党组书记|主席)|政府党组书记)$")
_SECOND = re.compile(
    rf"(?:副[{_LEVEL}]长|自治区(?:人民政府)?副主席|{_COMMITTEE}(?:常务|专职)?副书记|{_COMMITTEE}常委|{_COMMITTEE}.{{2,7}}部部长|政法委书记|纪委书记|监委主任"
    rf"|人大常委会(?:党组副书记|副主任)|政协(?:党组)?副(?:主席|书记)|法院(?:党组书记|院长)|检察院(?:党组书记|检察长)|[{_LEVEL}]长助理|政府党组(?:副书记|成员))$"
)
_IN_COMMITTEE = re.compile(r"委(?:(?:常务|专职)?副书记|常委)$")
_MINISTER = re.compile(r"(?<!副)(?:部长|署长|局长|行长|审计长|主任|党组书记|党委书记|主席|书记)$")
_OF_MINISTRY = re.compile(r"(?<!副)(?:部长|署长|局长|行长|审计长)$")
_WITHIN = re.compile(
    r"(?:党组|党委|党工委|工委|党支部|党总支|机关|人民政府|政府|街道办事处|办事处|管委会|管理委员会|村委会|村民委员会|董事会|监事会)+$"
)  # fmt: skip
_VILLAGE = re.compile(r"(?:村|社区)$")
_LEANING = re.compile(rf"[{_LEVEL}镇乡村](?:[委长政人纪监法检]|直|[一-鿿]{{2,8}}局)")
_UNNAMED = re.compile(r"(?:大会|主席团|常委会|新一届|本届|政府|党组|委员会|代表团|公司|集团)")
_TERM = re.compile(r"第?[一二三四五六七八九十]+届")
_COUNTY, _CITY = frozenset("区县旗"), frozenset("市州盟")
_CHINA = "中国"

OFFICES = frozenset({"party", "government", "congress", "consult", "discipline", "court", "procuracy", "mass", "army"})
"""The branches in which a career goes from one body to another."""

_COURTS = frozenset({"court", "procuracy"})
_BRANCH_NAMES = {
    "court": "法院", "procuracy": "检察院", "government": "行政机关", "congress": "人大常委会", "discipline": "纪检监察机关", "firm": "企业",
    "school": "学校", "hospital": "医院", "village": "村（社区）",
}  # fmt: skip


_AREA_FIRST = re.compile(r"([一-鿿]{2,6}?[省市区县旗州盟])(?=委|人民政府|政府|人大|政协|纪委|监委|人民法院|人民检察院|(?:常务)?副?代?理?[省市区县旗州盟]长)")
_NO_AREAS = ("社区", "园区", "片区", "小区", "校区", "院区", "矿区", "开发区", "示范区", "高新区", "保税区", "试验区", "景区", "超市", "城市", "都市")


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as one must know it to tell whose it can be.

    ``name`` is its shorter form; ``area`` the area it is of ("" for the whole country, None if nothing tells); ``unit`` the
    body, its party group and it being one; ``branch`` a row of the lexicon table ``seats``; ``rank`` 1 for the heads of
    the area, 2 for their deputies and the heads of its chief organs, 3 for heads of other bodies, 4 for the rest.
    """

    name: str
    area: str | None
    unit: str
    branch: str
    rank: int
    is_single: bool

    def __lt__(self, other: Seat) -> bool:
        """Compare by name, then by the rest; an area that nothing tells comes first."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, bool, str, str, str, int, bool]:
        return self.name, self.area is not None, self.area or "", self.unit, self.branch, self.rank, self.is_single

    @property
    def is_anchored(self) -> bool:
        """Tell whether the name says where the post is: 青岚区区长, 云溪集团董事长, but not 总经理 or 区长."""
        return self.area is not None or (len(self.unit) > 2 and _UNNAMED.match(self.unit) is None) or self.unit in _known()


def is_national(post: str, area: str | None) -> bool:
    """Tell whether a post is one of the whole country, going by its full name and the area that this begins with.

    >>> is_national("国务院总理", None), is_national("青岚区委组织部部长", "青岚区"), is_national("中央组织部部长", None)
    (True, False, True)
    """
    return area in (None, _CHINA) and (post in _leaders() or (_NATIONAL.match(post) is not None and _BRANCH_OFFICE.search(post) is None))


def is_foreign(area: str) -> bool:
    """Tell whether an area is a country other than ours."""
    return area != _CHINA and area in gazetteer().foreign


@cache
def seat(post: str, area: str | None = None, body: str | None = None) -> Seat:
    """Return what a post's full name tells, with the area and the body that the reading found in it.

    >>> seat("青岚区教育局党组书记", "青岚区").unit, seat("青岚区教育局局长", "青岚区").unit
    ('青岚区教育局', '青岚区教育局')
    >>> seat("青岚区人民法院院长", "青岚区").branch, seat("青岚区副区长", "青岚区").rank
    ('court', 2)
    """
    post = _TERM.sub("", post).replace("中央委员会", "中央") or post
    name = normal(post)  # 中共青岚区委书记 is 青岚区委书记
    where = "" if is_national(post, area) else area or _area_in(name)
    if where is None and _LEANING.match(name):
        return Seat(name, None, "", "other", 4, False)
    head = _head(name)
    unit = _WITHIN.sub("", name.removesuffix(head) or (body or "")) or name.removesuffix(head)
    branch = _branch(name)
    rank = _rank(name, where)
    if branch == "discipline" and rank == 2:
        unit = re.sub(r"[纪监]委(?:监委)?$", "纪委监委", unit)
    if branch == "mass" and "工会" in name:
        unit = name[: name.rindex("工会") + 2]
    if branch == "village":
        unit = _VILLAGE.sub("", unit)
    title = name[-len(head) :] if head else name
    return Seat(name, where, unit, branch, rank, "副" not in title and not name.endswith(surfaces("seats", "many")))


def _area_in(name: str) -> str | None:
    """Return the area that a post's name begins with, known to the gazetteer or not: 青岚区副区长, but not 园区党委书记."""
    found = _AREA_FIRST.match(name)
    return found[1] if found is not None and not found[1].endswith(_NO_AREAS) else None


@cache
def _heads() -> re.Pattern[str]:
    words = {row.surface for row in rows("posts") if row.relation.split("/")[0] in ("head", "aide")}
    return re.compile(rf"(?:{either(surfaces('posts', 'modifier'))})*(?:{either(words)})(?:{either(surfaces('posts', 'suffix'))})?$")


def _head(name: str) -> str:
    """Return the title at the end of a post's name: 副局长, 党组书记."""
    found = _heads().search(name)
    return found.group() if found else ""


def names_body(words: str) -> bool:
    """Tell whether the words of a title say which body it is in: 区法院院长, but not 院长."""
    return len(_head(words)) < len(words)


@cache
def _known() -> frozenset[str]:
    return frozenset(surfaces("organs", "known")) | gazetteer().names.keys()


@cache
def _leaders() -> frozenset[str]:
    """Return the posts of the leaders of the country, by the names that their short titles stand for."""
    return frozenset(row.relation.removeprefix("implied:") for row in rows("posts") if row.relation.startswith("implied:"))


@cache
def _branches() -> tuple[tuple[str, str], ...]:
    return tuple((row.surface, row.relation.removeprefix("branch:")) for row in rows("seats") if row.relation.startswith("branch:"))


def _branch(name: str) -> str:
    return next((branch for word, branch in _branches() if word in name), "other")


@cache
def _apart() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(row.surface.split("/")) for row in rows("seats") if row.relation == "apart")


def _rank(name: str, area: str | None) -> int:
    if area is not None and is_foreign(area):
        return 2
    if area == "":
        return 1 if name in _leaders() else 2 if _MINISTER.search(name) else 3
    if _FIRST.search(name):
        return 1
    if _SECOND.search(name):
        return 2
    return 4 if "副" in _head(name) or name.endswith(surfaces("seats", "many")) else 3


def is_leader(seat: Seat) -> bool:
    """Tell whether a post is so high that its holder is named without it: a leader of the country, or one abroad."""
    return seat.area is not None and ((seat.area == "" and seat.rank == 1) or (is_foreign(seat.area) and seat.branch == "government"))


def heads_province(seat: Seat) -> bool:
    """Tell whether a post is the highest of a province: its party secretary or governor, or the head of its congress."""
    return bool(seat.area) and seat.rank == 1 and any(code.endswith("0000") for code in gazetteer().codes.get(seat.area or "", ()))


def clash(first: Seat, second: Seat) -> str | None:
    """Return why nobody holds two posts of one area at the same time, in Chinese; None if somebody may.

    >>> clash(seat("青岚区教育局局长", "青岚区"), seat("青岚区法院院长", "青岚区"))
    '法院和行政机关的职务不由一人同时担任'
    >>> clash(seat("青岚区副区长", "青岚区"), seat("青岚区公安局局长", "青岚区"))
    """
    branches = frozenset((first.branch, second.branch))
    if first.name == second.name or (first.unit and first.unit == second.unit) or branches & {"side", "delegate", "calling"}:
        return None
    if branches in _apart():
        one, other = (_BRANCH_NAMES[branch] for branch in sorted(branches))
        return f"{one}和{other}的职务不由一人同时担任"
    if (first.area is not None and is_foreign(first.area)) or branches & {"mass", "other"} or branches == {"firm"}:
        return None
    if first.area == "":
        both = first.rank == second.rank == 2 and all(_OF_MINISTRY.search(one.name) for one in (first, second))
        return f"{first.name}和{second.name}是两个部门的正职" if both else None
    if first.is_single and second.is_single and not (first.rank == second.rank == 1 and branches == {"party", "congress"}):
        return f"{first.name}和{second.name}是两个单位的正职"
    if abs(first.rank - second.rank) > 2:
        return f"{first.name}和{second.name}级别悬殊"
    return None


def fits(first: Seat, second: Seat) -> str | None:
    """Return why two posts of one area are often held by one person at one time, in Chinese; None if nothing says so.

    >>> fits(seat("青岚区委副书记", "青岚区"), seat("青岚区区长", "青岚区"))
    '青岚区委副书记和青岚区区长常由一人兼任'
    """
    branches = frozenset((first.branch, second.branch))
    together = f"{first.name}和{second.name}常由一人兼任"
    if branches & {"calling", "delegate"} or clash(first, second) is not None:
        return None
    if first.unit and first.unit == second.unit:
        return f"{first.name}和{second.name}在同一单位"
    if first.area is not None and is_foreign(first.area):
        return f"同为{first.area}的职务"
    if "side" in branches:
        return together if branches & OFFICES and not branches & _COURTS else None
    if first.area == "":
        is_state = not branches & {"firm", "school", "hospital", "village"}
        is_high = min(first.rank, second.rank) <= 2 and abs(first.rank - second.rank) <= 1
        return "同为中央和国家机关职务" if is_state and is_high else None
    if not branches <= OFFICES or first.area is None:
        return None
    high, low = sorted((first, second), key=lambda one: (one.rank, one.is_single))
    if high.rank == low.rank == 1 or ("mass" in branches and high.rank == 2):
        return together
    if low.rank > 3 or branches & _COURTS:
        return None
    if any(_IN_COMMITTEE.search(one.name) for one in (first, second)):
        return together
    if high.rank == 2 and (low.name.endswith("公安局局长") or branches in ({"party", "consult"}, {"consult", "government"})):
        return together
    return None


def follows(first: Seat, second: Seat) -> str | None:
    """Return why one person may well go from one post to another of the same area, in Chinese; None if nothing says so.

    >>> follows(seat("青岚区区长", "青岚区"), seat("青岚区委书记", "青岚区"))
    '由青岚区区长到青岚区委书记'
    >>> follows(seat("青岚区教育局局长", "青岚区"), seat("青岚区法院院长", "青岚区"))
    """
    branches = frozenset((first.branch, second.branch))
    career = f"由{first.name}到{second.name}"
    if branches & {"calling", "delegate"}:
        return None
    if first.unit and first.unit == second.unit:
        return career
    if not branches <= OFFICES or (branches & _COURTS and not branches <= _COURTS):
        return None
    return career if first.area is not None and abs(first.rank - second.rank) <= 1 else None


def elsewhere(first: Seat, second: Seat) -> str | None:
    """Return why nobody holds posts of two areas at once: both are counties, or both cities; None if somebody may.

    >>> elsewhere(seat("青岚区区长", "青岚区"), seat("松陵县县长", "松陵县"))
    '青岚区和松陵县互不隶属'
    >>> elsewhere(seat("云州市副市长", "云州市"), seat("青岚区委书记", "青岚区"))
    """
    if not first.area or not second.area or first.area == second.area:
        return None
    if not (first.is_single and second.is_single) and not {first.branch, second.branch} <= OFFICES:
        return None  # a delegate of one may be an official of the other
    tiers = frozenset((first.area[-1], second.area[-1]))
    if is_foreign(first.area) or is_foreign(second.area) or not (tiers <= _COUNTY or tiers <= _CITY):
        return None
    return f"{first.area}和{second.area}互不隶属"
