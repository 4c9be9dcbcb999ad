"""Occasions: what the sentences of a story say about one happening is gathered here, and goes out as one Event."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.extract.wording import plain
from kg.model import Event, EventKind, Evidence, Mention, Role, Span, When

_ROW = re.compile(r"[、和与及，][^、，。；]{2,12}")  # between two names of a row stands the title of the second
_SILENT = re.compile(r"[\s“”‘’「」『』《》〈〉\"'、，,。·•・()（）\-—–―~～]")


def bare(name: str) -> str:
    """Return a name without marks, in the plain wording, for comparing."""
    return _SILENT.sub("", plain(name))


def likeness(one: str, other: str) -> float:
    """Return how much two names share, 0 to 1, by their characters; 1 where one contains the other."""
    a, b = bare(one), bare(other)
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return 1.0
    shared = sum((Counter(a) & Counter(b)).values())
    return shared / min(len(a), len(b))


@dataclass(slots=True)
class Occasion:
    """One happening while the story is being read. ``named`` are full names, ``called`` the short forms used for it."""

    kind: EventKind
    start: int
    anchor: Mention
    text: str
    """The text of the story."""
    named: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    roles: list[tuple[Role, Mention]] = field(default_factory=list)
    days: list[When] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    evidence: list[tuple[Span, str]] = field(default_factory=list)
    holders: tuple[Mention, ...] = ()
    """Persons who held it: they chaired it if nobody else did."""
    touched: int = 0
    """When the story last spoke of it: how many tellings of events came before."""
    paragraph: int = -1
    """The last paragraph that told of it."""
    is_planned: bool = False
    is_told: bool = False
    """Whether the running text tells it (not only the headline)."""
    is_hooked: bool = False
    """Whether a day, a headline or a place in a chain of events vouches that it is this story's news."""

    def give(self, role: Role, *who: Mention) -> None:
        """Give a role; nobody has the same role twice, but two of one name in a row are two (甲区副区长李伟、乙区副区长李伟)."""
        before = {m.name for r, m in self.roles if r == role}
        given: list[Mention] = []
        for one in who:
            same = next((m for m in reversed(given) if m.name == one.name), None)
            in_row = same is not None and one.kind == "Person" and _ROW.fullmatch(self.text, same.span.end, one.span.start) is not None
            if one.name and one.name not in before and (same is None or in_row):
                given.append(one)
        self.roles += [(role, one) for one in given]

    def who(self, *roles: Role) -> list[Mention]:
        """Return who has one of the roles, in reading order."""
        return [m for r, m in self.roles if r in roles]

    def has(self, name: str, *roles: Role) -> bool:
        """Tell whether somebody of this name has one of the roles (any, if none is given)."""
        return any(m.name == name and (not roles or r in roles) for r, m in self.roles)

    def at(self, *places: Mention) -> None:
        """Add places, each once."""
        for place in places:
            if not any(place.name == p.name for p in self.places):
                self.places.append(place)

    def on(self, *days: When) -> None:
        """Add days, each once; days inside a span that is already known add nothing."""
        for day in days:
            if not any(d.start <= day.start and (day.end or day.start) <= (d.end or d.start) for d in self.days):
                self.days.append(day)

    def name(self, name: str, *, short: bool = False) -> None:
        """Add a name, each once."""
        names = self.called if short else self.named
        if name and name not in self.named and name not in names:
            names.append(name)

    def group(self, words: str) -> None:
        """Add participants without a name."""
        if words and words not in self.groups:
            self.groups.append(words)

    def when(self) -> tuple[When, ...]:
        """Return the days as one date or one span from the first to the last."""
        days = sorted(self.days, key=lambda d: d.start)
        if len(days) < 2:
            return tuple(days)
        first, last = days[0], max(days, key=lambda d: d.end or d.start)
        end = last.end or last.start
        return (When(first.start, end if end != first.start else None, first.text, first.span),)

    def event(self, article: str) -> Event:
        """Return the event."""
        names = list(self.named)
        if self.kind == "Meeting":
            names.sort(key=lambda name: -len(name))
        elif self.kind == "Ceremony":
            names.sort(key=lambda name: (not plain(name).endswith(("仪式", "式", "典礼")), -len(name)))
        names += [n for n in self.called if n not in names]
        names = names or [self.anchor.name]
        anchor = Mention(self.kind, self.anchor.text, self.anchor.span, names[0], self.anchor.rule, self.anchor.confidence)
        seen: list[Evidence] = []
        for span, rule in self.evidence:
            if not any(e.span == span for e in seen):
                seen.append(Evidence(article, span, rule, self.anchor.confidence))
        return Event(
            self.kind, anchor, tuple(names), tuple(self.roles), self.when(), tuple(self.places), tuple(seen), tuple(self.groups),
            "planned" if self.is_planned else "happened",
        )  # fmt: skip
