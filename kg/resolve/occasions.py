"""Tell which events of different articles are one happening: profiles go in, groups and the reasons for them come out.

Two events are one only where kind, status and day agree and either a name that not every district has, or those who took
part, speak for it. What merely may be one stays two, with a decision that says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import combinations

from kg.extract.people import is_foreign
from kg.lexicon import either, rows, words
from kg.model import Role
from kg.resolve.values import Decision, EventProfile, Group, Member, Resolution, Verdict

_LONGEST = 14  # days of a span whose single days are looked at
_ENOUGH = 3  # persons who together tell a meeting without a name
_SIMILAR = 0.7  # from here on two names may be two wordings of one
_SURE_NAME = 3  # characters of a Chinese name, of which two bearers hardly meet the same person on one day
_LONGEST_NAME = 4  # characters of a Chinese person's name; what is longer here is a body
_LONGEST_GENERIC = 24  # characters; a longer name tells something, and trying all its parts would take long
_SIGHT = 3  # characters of the shortest name of a sight that may be a part of a longer one
_TITLE = 6  # characters of the shortest title that tells a document

_SILENT = re.compile(r"[\W_]+")
_DOTS = re.compile(r"[·•・‧∙]")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d|--\d\d-\d\d")
_ORDINAL = re.compile(r"第?([一二三四五六七八九十百零〇\d]+次)")
_ACTING = frozenset((
    "Meeting", "Ceremony", "meet", "talk", "letter", "inspect", "go", "hold", "told", "issue", "sign", "launch", "opened",
    "appoint", "dismiss", "elect", "elected",
))  # fmt: skip
_SERIES = "系列"
_SCOPE = re.compile(r"^(?:中共)?(?:全|我|本)?[省市县区旗州盟](?:委员会|委、?[省市县区旗州盟]政府|委|人民政府|政府|人大常委会|人大|政协)?")
_LEVELS = re.compile(r"(?:(?:中共)?(?:委员会|党工委|工委|委|党委|党组)|人民政府|政府|办事处)+$")
_LEVEL = re.compile(r"^(?:[一-鿿]{2,7})?(?:全|我|本)?[省市县区旗州盟](?=委|人民政府|政府|人大|政协|纪委|$)")
_RUN_BY = re.compile(r"(?:党组|第?[一二三四五六七八九十百零〇\d]+(?:次|届))+$")
_BESIDE = re.compile(r"^[同与和向]|举行了?|进行了?|一行")
_JOINT = ("暨", "及", "并", "和")


def block(profile: EventProfile) -> str:
    """Return the kind of an event and its first day, or the day of publication where none is told.

    Events of one block are the likeliest to be one; ``keys`` also finds those of which one article tells the day and another does not.
    """
    return f"{profile.kind}|{next((day for day in _told(profile)), profile.published or '')}"


def keys(profile: EventProfile) -> tuple[str, ...]:
    """Return the keys under which an event is looked up, sorted: two that ``occasions`` decides anything about share at least one."""
    return tuple(sorted(_Happening(profile).keys()))


def occasions(
    profiles: Sequence[EventProfile], *, together: Collection[tuple[Member, Member]] = (), apart: Collection[tuple[Member, Member]] = ()
) -> Resolution:
    """Return which events are one; a pure function of the set of profiles, in which their order never matters.

    ``profiles`` are those of a block or, better, all that share ``keys``, directly or through others; more do no harm.
    ``together`` and ``apart`` are pairs that somebody has decided; they go before all rules, ``apart`` before ``together``.
    """
    return _Pile(profiles, together, apart).resolution()


def _told(profile: EventProfile) -> list[str]:
    """Return the first days that an article tells of an event."""
    return [start for told in profile.dates if _FULL_DAY.fullmatch(start := told.partition("/")[0])]


def _bare(name: str) -> str:
    return _SILENT.sub("", name)


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts by which a foreigner is called too: 若昂·洛伦索 is also 洛伦索."""
    return tuple(part for piece in _DOTS.split(name) if len(part := _bare(piece)) >= 2)


def _shared(mine: Iterable[str], yours: Collection[str]) -> frozenset[str]:
    """Return the names that two sets have in common, in the short form where one has only that."""
    return frozenset(min(one, other, key=len) for one in mine for other in yours if one == other or _is_short(one, other) or _is_short(other, one))


def _is_short(name: str, full: str) -> bool:
    return len(full) > len(name) and bool(_DOTS.search(full)) and name in _parts(full)


def _without(names: Iterable[str], shared: Collection[str]) -> frozenset[str]:
    return frozenset(name for name in names if not any(name == one or _is_short(one, name) for one in shared))


def _around(day: str, *steps: int) -> Iterator[str]:
    try:
        known = date.fromisoformat(day)
    except ValueError:  # a month only, or no day of the calendar
        return
    for step in steps:
        yield (known + timedelta(days=step)).isoformat()


# ------------------------------------------------------------ words


@cache
def _lines(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in sorted(words(table)))


@cache
def _classes(table: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return the pattern of all words of a table of classes, and the class of each word: its line's first word."""
    known = {word: line[0] for line in _lines(table) for word in line}
    return re.compile(either(known)), known


def _classes_in(table: str, names: Iterable[str]) -> frozenset[str]:
    pattern, known = _classes(table)
    return frozenset(known[found] for name in names for found in pattern.findall(name))


@cache
def _generic() -> re.Pattern[str]:
    """Return the pattern of names that tell no event from another."""
    sittings = {word for line in _lines("occasion-sittings") for word in line}
    acting = {row.surface for row in (*rows("events"), *rows("events-nouns")) if row.relation in _ACTING}
    listed = words("occasion-generic") | sittings | acting
    return re.compile(rf"(?:{either(map(_bare, listed))}|第?[一二三四五六七八九十百零〇\d]+(?:次|届|期|场|批|个)?)*")


def _is_generic(core: str) -> bool:
    return len(core) <= _LONGEST_GENERIC and _generic().fullmatch(core) is not None


@cache
def _worldwide() -> re.Pattern[str]:
    return re.compile(either(words("occasion-worldwide")))


# ------------------------------------------------------------ one event


class _Happening:
    """An event as it is compared; what it takes long to find is found once, when it is asked for."""

    def __init__(self, profile: EventProfile) -> None:
        self.profile = profile
        self.member = profile.member
        self.days = _told(profile)
        self.names = tuple(dict.fromkeys(bare for name in (profile.label, *profile.names) if (bare := _bare(name))))

    @property
    def order(self) -> tuple[str, str, str]:
        """Return its place in the order of reports; what is not dated stands last."""
        return self.profile.published or "9999", self.profile.article, self.profile.iri

    def who(self, *roles: Role) -> frozenset[str]:
        """Return who has one of the roles."""
        return frozenset("·".join(map(_bare, _DOTS.split(name))) for role, name in self.profile.roles if role in roles)

    @cached_property
    def everyone(self) -> frozenset[str]:
        """Return all who have a role, the things acted upon left out."""
        return self.who("convener", "chair", "speaker", "attendee", "agent", "companion", "counterpart")

    @cached_property
    def people(self) -> frozenset[str]:
        """Return all who took part and do not convene."""
        return self.who("chair", "speaker", "attendee", "agent", "companion", "counterpart") - self.who("convener")

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Return who convened it, by what tells one body from another: 青岚区委 and 青岚区政府 convene for 青岚区."""
        return frozenset(_LEVELS.sub("", name.removeprefix("中共")) or name for name in self.who("convener") if not _is_generic(name))

    @cached_property
    def parties(self) -> frozenset[str]:
        """Return who does it, convening or acting; 青岚区政府 acts for 青岚区."""
        return frozenset(_LEVELS.sub("", name) or name for name in self.who("agent", "counterpart", "convener"))

    @cached_property
    def sights(self) -> frozenset[str]:
        """Return what and where it was about, the whole area that the article speaks from left out."""
        home = _bare(self.profile.home or "")
        named = (*self.who("target"), *map(_bare, self.profile.places))
        return frozenset(name.removeprefix(home) for name in named if name not in ("", home))

    @cached_property
    def places(self) -> frozenset[str]:
        """Return where it was."""
        home = _bare(self.profile.home or "")
        return frozenset(place.removeprefix(home) for place in map(_bare, self.profile.places) if place not in ("", home))

    @cached_property
    def cores(self) -> frozenset[str]:
        """Return its names without area and convener, those left out that tell nothing: 青岚区经济工作会议 → 经济工作会."""
        return frozenset(core for name in self.names if (core := self._core(name)) and not _is_generic(core) and _SERIES not in core)

    def _core(self, name: str) -> str:
        owners = sorted({_bare(self.profile.home or ""), *self.who("convener", "chair", "agent")} - {""}, key=lambda owner: (-len(owner), owner))
        for owner in owners:
            name = name.removeprefix(owner)
        name = _SCOPE.sub("", name, count=1)
        return name.removesuffix("议") if name.endswith("会议") else name

    @cached_property
    def main(self) -> str | None:
        """Return its fullest name as one of ``cores``; None where that tells nothing."""
        core = self._core(_bare(self.profile.label))
        return core if core in self.cores else None

    @property
    def name(self) -> str:
        """Return the name that tells it best."""
        return self.main or max(self.cores, key=lambda core: (len(core), core), default="")

    @cached_property
    def sittings(self) -> frozenset[str]:
        """Return the sitting of a body that its fullest name tells (常务会, 党组会), or else those that its other names tell."""
        pattern, known = _classes("occasion-sittings")
        told = [{known[found[-1]]} if (found := pattern.findall(name)) else set() for name in self.names]
        return frozenset(told[0] or {sitting for one in told for sitting in one}) if told else frozenset()

    @cached_property
    def organs(self) -> frozenset[str]:
        """Return which organs of an area hold it, without the area: 政府, 委, 人大常委会."""
        pattern, _ = _classes("occasion-sittings")
        named = [name[: found.start()] for name in self.names if (found := pattern.search(name))]
        return frozenset(organ for name in (*self.who("convener"), *named) if (organ := self._organ(name)) and organ not in words("occasion-generic"))

    def _organ(self, name: str) -> str:
        name = _LEVEL.sub("", name.removeprefix("中共").removeprefix(_bare(self.profile.home or "")))
        return _RUN_BY.sub("", name).replace("人民政府", "政府").replace("委员会", "委")

    @cached_property
    def acts(self) -> frozenset[str]:
        """Return the acts that its names tell (签署, 开工)."""
        return _classes_in("occasion-acts", self.names)

    def is_worldwide(self, cores: Collection[str]) -> bool:
        """Tell whether one of some names is that of one event, whoever tells it."""
        return any(_worldwide().search(name) for name in self.names if self._core(name) in cores)

    def keys(self) -> Iterator[str]:
        """Yield the keys under which it is looked up."""
        named = [*(f"n:{core}" for core in self.cores), *(f"s:{sitting}" for sitting in self.sittings)]
        pairs = [f"p:{'+'.join(sorted(pair))}" for pair in self._pairs()]
        if self.days:
            near = self.days
            alone = [f"a:{part}" for name in self.everyone | self.who("target") for part in {name, *_parts(name)}]
            for day in self._spanned():
                yield from (f"{self.profile.kind}|{day}|{feature}" for feature in named)
        else:
            near = list(_around(self.profile.published or "", -1, 0))
            alone = []
        for day in near:
            yield from (f"{self.profile.kind}|{day}|{feature}" for feature in (*named, *pairs, *alone))

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Yield two who tell the event together."""
        leads, others = self.who("chair", "agent"), self.who("convener", "target", "counterpart")
        for lead, other in (*((lead, other) for lead in leads for other in others), *combinations(self.who("agent", "counterpart"), 2)):
            yield from ((one, two) for one in {lead, *_parts(lead)} for two in {other, *_parts(other)} if one != two)

    def _spanned(self) -> Iterator[str]:
        """Yield the days inside its spans."""
        for told in self.profile.dates:
            start, _, end = told.partition("/")
            for step in range(1, _LONGEST + 1):
                day = next(_around(start, step), "")
                if not end or not day or day > end:
                    break
                yield day


# ------------------------------------------------------------ two events


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What a rule says of two events; of judgements that join, the lowest strength goes first."""

    verdict: Verdict
    rule: str
    reason: str
    strength: int = 9


def _listed(names: Iterable[str]) -> str:
    return "、".join(sorted(names)[:3])


def _on_one_day(one: _Happening, other: _Happening) -> str | None:
    """Return in Chinese why two events are of one day, None if they are not or nobody can tell."""
    if one.days and other.days:
        shared = set(one.days) & set(other.days)
        return f"同在{min(shared)}" if shared else None
    if one.days or other.days:
        dated, bare = (one, other) if one.days else (other, one)
        printed = set(_around(bare.profile.published or "", -1, 0))
        return f"一处{day}，另一处次日或当日见报" if (day := next((day for day in dated.days if day in printed), None)) else None
    days = set(_around(one.profile.published or "", -1, 0, 1))
    return "日期未说明，同日或次日见报" if other.profile.published in days else None


def judge(one: _Happening, other: _Happening) -> _Judgement | None:
    """Judge two events; None where nothing speaks for or against their being one."""
    if one.profile.kind != other.profile.kind or one.profile.status != other.profile.status or one.profile.article == other.profile.article:
        return None
    day = _on_one_day(one, other)
    if day is None:
        return _judge_span(one, other)
    if (against := _contradiction(one, other)) is not None:
        return against if _shared(one.everyone, other.everyone) or one.cores & other.cores else None
    match one.profile.kind:
        case "Meeting":
            return _judge_meeting(one, other, day)
        case "Inspection":
            return _judge_inspection(one, other, day)
        case "Talks":
            return _judge_talks(one, other, day)
        case "Ceremony":
            return _judge_ceremony(one, other, day)
        case "Release":
            return _judge_release(one, other, day)
        case _:
            return _judge_appointment(one, other, day)


def _judge_span(one: _Happening, other: _Happening) -> _Judgement | None:
    """Judge two events of one name of which one lasts for days and the other is of a day among them."""
    within = set(one.days) & set(other._spanned()) or set(other.days) & set(one._spanned())
    if within and one.cores & other.cores and one.profile.kind == "Meeting":
        return _Judgement("undecided", "occasions/day-of-span", f"同名“{max(one.cores & other.cores)}”，{min(within)}在会期之内，可能是其中一次会议")
    return None


def _contradiction(one: _Happening, other: _Happening) -> _Judgement | None:
    """Return what parts two events whoever took part."""
    for mine, yours, word in ((one.acts, other.acts, "act"), (one.sittings, other.sittings, "sitting")):
        if mine and yours and not mine & yours:
            return _Judgement("different", f"occasions/other-{word}", f"一为{_listed(mine)}，一为{_listed(yours)}")
    mine, yours = _ordinals(one), _ordinals(other)
    if mine and yours and not mine & yours:
        return _Judgement("different", "occasions/other-number", f"一为第{_listed(mine)}，一为第{_listed(yours)}")
    return None


def _ordinals(one: _Happening) -> frozenset[str]:
    """Return which time it is by the fullest name, or else by the others: of 三届二次会议第四次全体会议 the last number counts."""
    told = [frozenset(_ORDINAL.findall(name)[-1:]) for name in one.names]
    return (told[0] or frozenset().union(*told)) if told else frozenset()


def _is_same_owner(one: _Happening, other: _Happening) -> bool | None:
    """Tell whether two events are of one body or area; None where nobody can tell."""
    if one.bodies and other.bodies:
        return any(mine.startswith(yours) or yours.startswith(mine) for mine in one.bodies for yours in other.bodies)
    home, other_home = one.profile.home, other.profile.home
    if home and other_home:
        shared = one.cores & other.cores
        return None if home != other_home and (one.is_worldwide(shared) or other.is_worldwide(shared)) else home == other_home
    bodies, area = (one.bodies or other.bodies), home or other_home
    return True if area and any(body.startswith(_bare(area)) for body in bodies) else None


def _is_contained(one: str, other: str) -> bool:
    """Tell whether one name is the other with more before it or with a second occasion after it."""
    short, long = sorted((one, other), key=lambda name: (len(name), name))
    return len(short) >= 4 and (long.endswith(short) or (long.startswith(short) and long[len(short) :].startswith(_JOINT)))


def _are_other(one: str | None, other: str | None) -> bool:
    """Tell whether two names are told and neither is the other or a part of it."""
    return one is not None and other is not None and one != other and not _is_contained(one, other)


def _judge_name(one: _Happening, other: _Happening, day: str) -> _Judgement | None:
    """同名同日 — a name that is not everybody's, and the same body, area or persons behind it."""
    shared = one.cores & other.cores
    if not shared:
        return _judge_sitting(one, other, day) if one.sittings & other.sittings else None
    seen = f"同名“{max(shared, key=lambda word: (len(word), word))}”，{day}"
    chairs, other_chairs = one.who("chair"), other.who("chair")
    if chairs and other_chairs and not _shared(chairs, other_chairs):
        return _Judgement("undecided", "occasions/other-chair", f"{seen}，但主持人一为{_listed(chairs)}，一为{_listed(other_chairs)}")
    if _are_other(one.main, other.main) and not {one.main, other.main} & shared:
        return _Judgement("undecided", "occasions/part-of", f"{seen}，但全称不同：“{one.main}”和“{other.main}”")
    if people := _shared(one.people, other.people):
        return _Judgement("same", "occasions/same-name", f"{seen}，都有{_listed(people)}", 0)
    owner = _is_same_owner(one, other)
    if owner is False:
        return _Judgement("different", "occasions/other-body", f"{seen}，但属于{_owners(one)}和{_owners(other)}")
    if owner and _owners(one) and _owners(other):
        return _Judgement("same", "occasions/same-name", f"{seen}，同属{_owners(one)}", 0)
    if one.people and other.people and one.profile.kind != "Ceremony":
        return _Judgement("undecided", "occasions/other-people", f"{seen}，但一处有{_listed(one.people)}，一处有{_listed(other.people)}")
    if owner or one.is_worldwide(shared) or other.is_worldwide(shared):
        return _Judgement("same", "occasions/same-name", f"{seen}，这样的名称别无二处", 0)
    return _Judgement("undecided", "occasions/name-only", f"{seen}，但不知是否同一地区或单位")


def _judge_sitting(one: _Happening, other: _Happening, day: str) -> _Judgement:
    """同一机构同日的例会 — 区政府常务会 is one on a day; 区政府党组会 and 区人大常委会党组会 are two."""
    seen = f"同为{_listed(one.sittings & other.sittings)}，{day}"
    people, owner = _shared(one.people, other.people), _is_same_owner(one, other)
    if owner is False or (one.organs and other.organs and not one.organs & other.organs):
        return _Judgement(
            "different", "occasions/other-body", f"{seen}，但属于{_owners(one) or _listed(one.organs)}和{_owners(other) or _listed(other.organs)}"
        )
    if _shared(one.who("chair"), other.who("chair")) or (people and owner):
        return _Judgement("same", "occasions/same-sitting", f"{seen}，都有{_listed(people)}", 1)
    if owner and one.organs & other.organs:
        return _Judgement("same", "occasions/same-sitting", f"{seen}，同属{_owners(one) or _listed(one.organs)}", 1)
    return _Judgement("undecided", "occasions/name-only", f"{seen}，但不知是否同一地区或单位")


def _owners(one: _Happening) -> str:
    return _listed(one.bodies) or one.profile.home or ""


def _judge_meeting(one: _Happening, other: _Happening, day: str) -> _Judgement | None:
    if (named := _judge_name(one, other, day)) is not None:
        return named
    chairs, people, bodies = _shared(one.who("chair"), other.who("chair")), _shared(one.people, other.people), one.bodies & other.bodies
    places = _shared_sights(one.places, other.places)
    if not (people or bodies):
        return None
    if one.cores and other.cores:
        contained = any(_is_contained(mine, yours) for mine in one.cores for yours in other.cores)
        if contained and (chairs or (bodies and people)):
            return _Judgement("same", "occasions/longer-name", f"一名是另一名的全称，{day}，都有{_listed(chairs or people)}", 2)
        likeness = max(SequenceMatcher(None, min(mine, yours), max(mine, yours), False).ratio() for mine in one.cores for yours in other.cores)
        if likeness >= _SIMILAR and (chairs or (bodies and people)):
            return _Judgement("undecided", "occasions/similar-name", f"名称相近，{day}，都有{_listed(chairs or people)}，但不知是否同一次会议")
        return _Judgement("different", "occasions/other-name", f"{day}，都有{_listed(people or bodies)}，但名称不同：“{one.name}”和“{other.name}”")
    if bool(one.sittings) != bool(other.sittings):
        if one.cores or other.cores:
            mine, yours = (_listed(event.sittings) or event.name for event in (one, other))
            return _Judgement("different", "occasions/other-name", f"{day}，都有{_listed(people or bodies)}，但一为“{mine}”，一为“{yours}”")
        return _Judgement("undecided", "occasions/general-name", f"{day}，都有{_listed(people or bodies)}，但一处未说明是什么会议")
    owner = bool(bodies) or (_is_same_owner(one, other) is True and bool(one.profile.home))
    others, rest = one.people - one.who("chair"), other.people - other.who("chair")
    beside = _shared(others, rest)
    is_mixed = bool(one.cores) != bool(other.cores)
    if chairs and owner and (beside or places or not (is_mixed or (others and rest))):
        return _Judgement("same", "occasions/same-chair", f"{day}，{_listed(chairs)}主持，同属{_owners(one)}", 3)
    if len(people) >= _ENOUGH and (owner or places) and not is_mixed:
        where = f"同属{_owners(one)}" if owner else f"同在{_listed(places)}"
        return _Judgement("same", "occasions/same-people", f"{day}，都有{_listed(people)}等{len(people)}人，{where}", 4)
    return _Judgement("undecided", "occasions/general-name", f"{day}，都有{_listed(people or bodies)}，但名称笼统，不足以断定是同一次")


def _shared_sights(mine: Iterable[str], yours: Collection[str]) -> frozenset[str]:
    """Return what two events have in common, 东明社区 and 青岚区东明社区 taken as one."""
    return frozenset(min(one, other, key=len) for one in mine for other in yours if one == other or _is_tail(one, other) or _is_tail(other, one))


def _is_tail(name: str, full: str) -> bool:
    return len(name) >= _SIGHT and full.endswith(name)


def _named_sights(one: _Happening, other: _Happening) -> frozenset[str]:
    """Return what one visit went to and the name of the other tells (走访东明社区)."""
    return frozenset(sight for sight in one.sights if len(sight) >= _SIGHT and any(sight in name for name in other.names))


def _judge_inspection(one: _Happening, other: _Happening, day: str) -> _Judgement | None:
    agents = _shared(one.who("agent"), other.who("agent"))
    if not agents:
        return None
    if sights := _shared_sights(one.sights, other.sights) | _named_sights(one, other) | _named_sights(other, one):
        return _Judgement("same", "occasions/same-visit", f"{day}，{_listed(agents)}都到{_listed(sights)}", 1)
    if shared := one.cores & other.cores:
        return _Judgement("same", "occasions/same-visit", f"{day}，{_listed(agents)}，名称同为“{max(shared)}”", 1)
    return _Judgement("undecided", "occasions/general-name", f"{day}，都是{_listed(agents)}，但所到之处没有一处相同")


def _judge_talks(one: _Happening, other: _Happening, day: str) -> _Judgement | None:
    """双方相同 — the same two, whoever is named first; nobody else with them, and nothing that tells another occasion."""
    mine, yours = one.who("agent", "counterpart"), other.who("agent", "counterpart")
    shared = _shared(mine, yours)
    if not shared:
        return None
    more, others = _without(mine, shared), _without(yours, shared)
    if len(shared) >= 2:
        against = _doubt(one, other, shared, more | others)
        return _Judgement("undecided", *against) if against else _Judgement("same", "occasions/same-parties", f"{day}，双方同为{_listed(shared)}", 1)
    if len(mine) >= 2 and len(yours) >= 2:
        parties = f"一为{_listed(more)}，一为{_listed(others)}"
        return _Judgement("different", "occasions/other-party", f"{day}，同为{_listed(shared)}，但对方{parties}")
    if cores := one.cores & other.cores:
        return _Judgement("same", "occasions/same-parties", f"{day}，同为{_listed(shared)}，名称同为“{max(cores)}”", 2)
    return _Judgement("undecided", "occasions/general-name", f"{day}，都有{_listed(shared)}，但一处未说明对方是谁")


def _doubt(one: _Happening, other: _Happening, shared: Collection[str], more: Collection[str]) -> tuple[str, str] | None:
    """Return the rule and the reason why talks of the same two may yet be two: with others, on one side, elsewhere, or with a namesake."""
    seen = f"都有{_listed(shared)}"
    if any(is_foreign(name) or len(name) <= _LONGEST_NAME for name in more):
        return "occasions/more-parties", f"{seen}，但一处还有{_listed(more)}"
    if _are_side_by_side(one, shared) != _are_side_by_side(other, shared):
        return "occasions/more-parties", f"{seen}，但一处是双方，一处是同一方"
    if one.places and other.places and not _shared_sights(one.places, other.places) and _are_other(one.main, other.main):
        return "occasions/other-place", f"{seen}，但一在{_listed(one.places)}，一在{_listed(other.places)}，名称也不同"
    mine, yours = _title(one, shared), _title(other, shared)
    if (
        mine not in yours and yours not in mine and any(len(name) > _SURE_NAME for name in shared)
    ):  # a short foreign name is borne by many (总统 and 总理 of one name)
        return "occasions/other-title", f"{seen}，但一为“{mine}”，一为“{yours}”"
    return None


def _title(one: _Happening, names: Collection[str]) -> str:
    """Return what the fullest name tells of the other side beside its name: 王磊会见甲国总统 → 甲国总统."""
    title = one.main or ""
    for name in sorted(names, key=lambda name: (-len(name), name)):
        title = title.replace(_bare(name), "")
    return _BESIDE.sub("", _classes("occasion-acts")[0].sub("", title))


def _are_side_by_side(one: _Happening, parties: Collection[str]) -> bool:
    """Tell whether the parties stand on one side, as those do who meet somebody together."""
    return len(_shared(parties, one.who("agent"))) >= 2 and not _shared(parties, one.who("counterpart"))


def _judge_ceremony(one: _Happening, other: _Happening, day: str) -> _Judgement | None:
    agents, targets = _shared(one.parties, other.parties), one.who("target") & other.who("target")
    if one.acts & other.acts:
        if len(agents) >= 2:
            return _Judgement("same", "occasions/same-parties", f"{day}，同为{_listed(agents)}{_listed(one.acts & other.acts)}", 1)
        if targets and (agents or _is_same_owner(one, other) is not False):
            return _Judgement("same", "occasions/same-target", f"{day}，同为{_listed(targets)}{_listed(one.acts & other.acts)}", 2)
    if (named := _judge_name(one, other, day)) is not None:
        return named
    people, bodies = _shared(one.people, other.people), one.bodies & other.bodies
    if not (people or bodies):
        return None
    if one.cores and other.cores:
        if any(_is_contained(mine, yours) for mine in one.cores for yours in other.cores):
            return _Judgement("same", "occasions/longer-name", f"一名是另一名的全称，{day}，都有{_listed(people or bodies)}", 2)
        return _Judgement("different", "occasions/other-name", f"{day}，都有{_listed(people or bodies)}，但名称不同：“{one.name}”和“{other.name}”")
    if one.acts & other.acts and len(people) >= 2 and not (_without(one.people, people) and _without(other.people, people)):
        return _Judgement("same", "occasions/same-people", f"{day}，都有{_listed(people)}，同为{_listed(one.acts & other.acts)}", 3)
    return _Judgement("undecided", "occasions/general-name", f"{day}，都有{_listed(people or bodies)}，但名称笼统，不足以断定是同一次")


def _judge_release(one: _Happening, other: _Happening, day: str) -> _Judgement | None:
    agents, targets = _shared(one.who("agent"), other.who("agent")), one.who("target") & other.who("target")
    title = max(targets, key=lambda name: (len(name), name), default="")
    is_unknown = not one.who("agent") or not other.who("agent")
    if title and (agents or (is_unknown and len(title) >= _TITLE)):
        return _Judgement("same", "occasions/same-document", f"{day}，同为《{title}》", 0)
    if not agents:
        return None
    if shared := one.cores & other.cores:
        return _Judgement("same", "occasions/same-name", f"{day}，{_listed(agents)}，名称同为“{max(shared)}”", 1)
    if one.who("target") and other.who("target"):
        return _Judgement("different", "occasions/other-document", f"{day}，同为{_listed(agents)}，但所发不同")
    return _Judgement("undecided", "occasions/general-name", f"{day}，都是{_listed(agents)}，但不知所发是否相同")


def _judge_appointment(one: _Happening, other: _Happening, day: str) -> _Judgement | None:
    targets = _shared(one.who("target", "counterpart"), other.who("target", "counterpart"))
    agents = _shared(one.who("agent"), other.who("agent"))
    shared = one.cores & other.cores
    if not targets:
        return None
    contained = any(_is_contained(mine, yours) for mine in one.cores for yours in other.cores)
    owner, is_vague = _is_same_owner(one, other), not (one.cores and other.cores)
    if owner is not False and (shared or contained or (is_vague and (agents or owner))):
        return _Judgement("same", "occasions/same-appointment", f"{day}，同为{_listed(targets)}，{_listed(one.acts & other.acts) or '任免'}相同", 1)
    return _Judgement("undecided", "occasions/general-name", f"{day}，同为{_listed(targets)}，但不知是否同一职务")


# ------------------------------------------------------------ many events


class _Pile:
    """All events that are decided together, while they are."""

    def __init__(self, profiles: Iterable[EventProfile], together: Iterable[tuple[Member, Member]], apart: Iterable[tuple[Member, Member]]) -> None:
        self.all = sorted((_Happening(profile) for profile in {profile.member: profile for profile in profiles}.values()), key=lambda one: one.order)
        self.rank = {one.member: place for place, one in enumerate(self.all)}
        self.together = self._known(together)
        self.apart = self._known(apart)
        self.group = {place: place for place in range(len(self.all))}
        """For each event the first of its group."""
        self.members = {place: [place] for place in range(len(self.all))}
        self.judged: dict[tuple[int, int], _Judgement | None] = {}
        self.decisions: list[Decision] = []

    def _known(self, pairs: Iterable[tuple[Member, Member]]) -> list[tuple[int, int]]:
        ranks = ((self.rank[one], self.rank[other]) for one, other in pairs if one in self.rank and other in self.rank and one != other)
        return sorted({(min(pair), max(pair)) for pair in ranks})

    def judge(self, one: int, other: int) -> _Judgement | None:
        """Judge two events, the earlier first; each pair is judged once."""
        pair = (min(one, other), max(one, other))
        if pair not in self.judged:
            self.judged[pair] = judge(self.all[pair[0]], self.all[pair[1]])
        return self.judged[pair]

    def decide(self, one: int, other: int, verdict: Verdict, rule: str, reason: str) -> None:
        self.decisions.append(Decision(verdict, (self.all[one].member, self.all[other].member), rule, reason))

    def resolution(self) -> Resolution:
        """Return the groups, the earliest first, and all decisions, sorted."""
        for one, other in self.apart:
            self.decide(one, other, "different", "by-hand", "人工判定：不是同一事件")
        bound = [pair for pair in self.together if pair not in self.apart]
        for one, other in bound:
            if self._may_join(one, other, by_hand=True):
                self._join(one, other)
                self.decide(one, other, "same", "by-hand", "人工判定：同一事件")
        self._join_by_rules({*self.apart, *bound})
        groups = tuple(self._group([self.all[place] for place in sorted(places)]) for _, places in sorted(self.members.items()))
        return Resolution(groups, tuple(sorted(set(self.decisions))))

    def _join_by_rules(self, decided: Collection[tuple[int, int]]) -> None:
        """Join the surest pairs first; a pair whose groups contradict each other stays apart, and the decision says why."""
        found = [(judgement, pair) for pair in self._candidates() if pair not in decided and (judgement := self.judge(*pair)) is not None]
        for judgement, (one, other) in sorted(found, key=lambda item: (item[0].strength, item[1])):
            if judgement.verdict != "same":
                self.decide(one, other, judgement.verdict, judgement.rule, judgement.reason)
            elif self.group[one] == self.group[other] or self._may_join(one, other):
                self._join(one, other)
                self.decide(one, other, "same", judgement.rule, judgement.reason)
            else:
                self.decide(one, other, "undecided", "occasions/contradiction", f"{judgement.reason}；但同组的其他报道与之不合")

    def _candidates(self) -> list[tuple[int, int]]:
        sharing: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.all):
            for key in {*one.keys()}:
                sharing[key].append(place)
        return sorted({pair for places in sharing.values() for pair in combinations(places, 2)})

    def _may_join(self, one: int, other: int, *, by_hand: bool = False) -> bool:
        """Tell whether two groups may become one: no two of one article, and no pair that is parted by a rule or by hand."""
        if self.group[one] == self.group[other]:
            return True
        for mine in self.members[self.group[one]]:
            for yours in self.members[self.group[other]]:
                if (min(mine, yours), max(mine, yours)) in self.apart:
                    return False
                if not by_hand:
                    if self.all[mine].profile.article == self.all[yours].profile.article:
                        return False
                    if (judgement := self.judge(mine, yours)) is not None and judgement.verdict == "different":
                        return False
                    if self.all[mine].days and self.all[yours].days and _on_one_day(self.all[mine], self.all[yours]) is None:
                        return False
        return True

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self.group[one], self.group[other]))
        if first != second:
            for place in self.members[second]:
                self.group[place] = first
            self.members[first] += self.members.pop(second)

    def _group(self, members: Sequence[_Happening]) -> Group:
        label = min({one.profile.label for one in members}, key=lambda name: (-len(name), name))
        names = {name for one in members for name in (one.profile.label, *one.profile.names)} - {label}
        first = members[0].profile
        return Group(first.iri, label, tuple(sorted(names)), tuple(one.member for one in members), max(one.profile.confidence for one in members))
