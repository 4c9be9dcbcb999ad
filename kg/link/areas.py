"""The hierarchy and the history of areas: a code or a name goes in, the areas above, the successor, the leading area come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.gazetteer import gazetteer
from kg.extract.homes import is_no_area
from kg.link.codes import codes
from kg.link.iri import segment

_MOST = 12
# 云州市青岚区教育局, 海云省云州市青岚区委: of a city that the gazetteer does not know, and a district of it
_UNKNOWN = re.compile(r"(?:[一-鿿]{2,5}省)?(?P<city>[一-鿿]{2,4}?[市州])(?P<area>[一-鿿]{2,6}?(?:自治县|[区县旗]))(?![域间块划位级城情内外])(?=[一-鿿])")
_WORDS_INSIDE = re.compile(r"[省市县区的和在与及]")
_FUNCTIONAL = re.compile(r"新区$|高新|经开|开发|园|功能|合作|综合|航空港")
# 东方市|场监督管理局, 上海市|民, 青岚区|域
_GOES_ON = re.compile(r"[场民容域间块级花](?!政|族|宗|建|主|兵|办|盟|革|进|用|间艺)")


@dataclass(frozen=True, slots=True)
class Lead:
    """How a name begins: the areas above, the area itself ("" if it does not begin with one), and what follows.

    ``code`` is the area's code where the names alone tell it.
    """

    above: tuple[str, ...]
    area: str
    rest: str
    code: str | None = None


def chain(code: str) -> tuple[tuple[str, str], ...]:
    """Return an area and the areas it lies in, upwards to the province, as codes with names; empty for an unknown code.

    The areas above a former area are those of its time.

    >>> chain("410104")
    (('410104', '管城回族区'), ('410100', '郑州市'), ('410000', '河南省'))
    >>> chain("542121")
    (('542121', '昌都县'), ('542100', '昌都地区'), ('540000', '西藏自治区'))
    """
    known = gazetteer()
    found: list[tuple[str, str]] = []
    here: str | None = code
    while here is not None and here != "-":
        try:
            found.append((here, known.name_of(here)))
        except KeyError:
            return ()
        here = _above(here)
    return tuple(found)


def _above(code: str) -> str | None:
    known = gazetteer()
    if code in known.parents:
        return known.parents[code]
    for above in (code[:4] + "00", code[:2] + "0000"):
        if above != code and (above in known.parents or above in known.successors):
            return above
    return None


def successor(code: str) -> str | None:
    """Return the code of the area of today in the place of a former one; None for an area of today and where none can be told.

    >>> successor("310230"), successor("410104"), successor("130421")
    ('310151', None, None)
    """
    return gazetteer().successors.get(code)


def former(name: str) -> tuple[str, ...]:
    """Return the codes of the former areas of a name that no area of today bears; a renamed area has the code of today's.

    >>> former("崇明县"), former("襄樊市"), former("管城回族区")
    (('310230',), ('420600',), ())
    """
    return tuple(gazetteer().former.get(name, ()))


def formerly(code: str) -> tuple[str, ...]:
    """Return the names, no area's of today, that an area bore under a code.

    >>> formerly("420600")
    ('襄樊市',)
    """
    return tuple(name for name, found in sorted(gazetteer().former.items()) if code in found)


def replaced_by(name: str, code: str) -> str | None:
    """Return the code of the area in the place of the one that bore ``name`` under ``code``; None if it stands today.

    >>> replaced_by("襄樊市", "420600"), replaced_by("襄阳市", "420600"), replaced_by("崇明县", "310230")
    ('420600', None, '310151')
    """
    known = gazetteer()
    if code in known.successors:
        return known.successors[code]
    return code if code in known.former.get(name, ()) else None


def area_iri(name: str, code: str | None) -> str:
    """Return the IRI, relative to the base, of an area whose code is known: that of its name, under its code if others bear the name too."""
    if code is not None and len(codes(name)) > 1:
        return f"area/{segment(code)}/{segment(name)}"
    return f"area/{segment(name)}"


@lru_cache(maxsize=1 << 14)
def lead(name: str) -> Lead:
    """Return how a name begins: 河南省郑州市管城回族区委 with 管城回族区, in 河南省 and 郑州市.

    Of a city that the gazetteer does not know, a district written behind it is believed (云州市青岚区教育局).

    >>> lead("郑州市管城回族区委"), lead("开封市鼓楼区委").code, lead("东方市场")
    (Lead(above=('郑州市',), area='管城回族区', rest='委', code='410104'), '410204', Lead(above=(), area='', rest='东方市场', code=None))
    """
    position, areas, candidates = 0, list[str](), tuple[str, ...]()
    while (step := _next(name, position, candidates)) is not None:
        candidates = step[1]
        position += len(step[0])
        areas.append(step[0])
    if not areas:
        unknown = _UNKNOWN.match(name)
        if unknown is not None and not _is_doubtful(unknown["city"], unknown["area"]):
            return Lead((unknown["city"],), unknown["area"], name[unknown.end() :])
        return Lead((), "", name)
    *above, area = (gazetteer().full.get(area, area) for area in areas)
    return Lead(tuple(above), area, name[position:], candidates[0] if len(candidates) == 1 else None)


def _is_doubtful(city: str, area: str) -> bool:
    return (
        is_no_area(city)
        or is_no_area(area)
        or _WORDS_INSIDE.search(city[:-1]) is not None
        or _WORDS_INSIDE.search(area[:-1]) is not None
        or _FUNCTIONAL.search(area) is not None
        or len(area) < 3
    )


def _next(name: str, position: int, above: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """Return the longest area of county level or above that begins at ``position``, with the codes it may have; below one of ``above`` if there are any."""
    known = gazetteer()
    for length in range(min(_MOST, len(name) - position), 1, -1):
        word = name[position : position + length]
        if word not in known.names or word in known.foreign:
            continue
        found = tuple(code for code in codes(word) if len(code) == 6 and (not above or _is_below(code, above)))
        if not found:
            continue
        after = position + length
        if word in known.full:  # 浙江海宁市: a short form only leads an area in full
            following = _next(name, after, found)
            if following is None or following[0] in known.full:
                continue
        elif _GOES_ON.match(name, after):
            continue
        return word, found
    return None


def _is_below(code: str, above: tuple[str, ...]) -> bool:
    return any(upper in above for upper, _ in chain(code)[1:])
