"""Tell the persons of one story apart: a reading goes in, the area and number of each person's mention come out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.link.seats import Seat, clash, elsewhere, is_foreign, names_body, seat
from kg.model import Mention, Reading, Tenure

_HELD = frozenset({"held", "acting"})
_TITLE = "posts/before-name"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is meant among the bearers of a name in one story.

    ``area`` is the area of the first post that tells one ("" for the whole country), else the story's, None if neither
    is told; ``post`` tells two bearers of the name in one area apart, None where there is only one.
    """

    area: str | None
    post: str | None = None


def identities(reading: Reading, persons: Iterable[Mention]) -> dict[Mention, Identity]:
    """Return who each mention of a person means.

    All mentions of a name are one person, unless the story gives the name two posts that nobody holds at once, each with
    its body: 区教育局局长李伟、区法院院长李伟. Then a mention without a post means the one named last before it.
    """
    tenures: dict[str, list[Tenure]] = defaultdict(list)
    for fact in reading.facts:
        if isinstance(fact, Tenure):
            tenures[fact.person.name].append(fact)
    bearers = {name: _Bearers(told) for name, told in tenures.items()}
    found: dict[Mention, Identity] = {}
    for mention in persons:
        named = bearers.get(mention.name)
        area, post = named.of(mention) if named is not None else (None, None)
        found[mention] = Identity((reading.home or None) if area is None else area, post)
    return found


class _Bearers:
    """The persons of one name in one story."""

    def __init__(self, tenures: Iterable[Tenure]) -> None:
        titled: dict[Mention, list[Tenure]] = defaultdict(list)
        for tenure in tenures:
            titled[tenure.person].append(tenure)
        self._groups: list[list[Tenure]] = []
        self._starts: list[int] = []
        self._at: list[int] = []
        for mention in sorted(titled, key=lambda mention: mention.span):
            self._starts.append(mention.span.start)
            self._at.append(self._place(titled[mention]))
        self._areas = [next((area for tenure in group if (area := _area(tenure)) is not None), None) for group in self._groups]

    def of(self, mention: Mention) -> tuple[str | None, str | None]:
        """Return the area of the bearer that a mention means, and the first post where there are several in the area."""
        place = self._at[max(0, bisect_right(self._starts, mention.span.start) - 1)]
        area = self._areas[place]
        return area, self._groups[place][0].post.name if self._areas.count(area) > 1 else None

    def _place(self, told: list[Tenure]) -> int:
        """Return who can hold these posts too: one who holds one of them already, else the one named last; a new bearer if nobody can."""
        names = {tenure.post.name for tenure in told}
        known = [place for place, group in enumerate(self._groups) if any(tenure.post.name in names for tenure in group)]
        for place in (*known, *reversed(self._at), *reversed(range(len(self._groups)))):
            if not _exclude(self._groups[place], told):
                self._groups[place] += told
                return place
        self._groups.append(list(told))
        return len(self._groups) - 1


def _area(tenure: Tenure) -> str | None:
    return seat(tenure.post.name, tenure.area, tenure.body).area


def _exclude(group: Iterable[Tenure], told: Iterable[Tenure]) -> bool:
    """Tell whether one of the posts on either side keeps its holder from holding one of the other side."""
    ours, theirs = _told(group), _told(told)
    return any((clash(one, other) if one.area == other.area else elsewhere(one, other)) is not None for one in ours for other in theirs)


def _told(tenures: Iterable[Tenure]) -> list[Seat]:
    """Return the posts at home that are told as a title with its body.

    A body that is only understood may be misread, and a post told after the name may be of another time.
    """
    titles = [tenure for tenure in tenures if tenure.status in _HELD and tenure.evidence.rule == _TITLE and names_body(tenure.post.text)]
    seats = [seat(tenure.post.name, tenure.area, tenure.body) for tenure in titles]
    return [held for held in seats if held.area and not is_foreign(held.area) and held.rank < 4]
