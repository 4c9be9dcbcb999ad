"""The values of this room: what articles tell of persons, events and themselves goes in, groups and decisions come out.

IRIs are relative to the base, as in ``kg.model.Entity``; nothing here knows RDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.model import EventKind, Role

Verdict = Literal["same", "different", "undecided"]
Status = Literal["held", "acting", "former", "proposed", "removed"]

Member = tuple[str, str]
"""The id of an article and the IRI that the article alone would give a thing of it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One article says that a person holds, held or shall hold a post.

    ``post`` is the full name of the post, ``post_iri`` and ``body_iri`` are IRIs of the graph. ``began``/``ended`` are ISO
    dates, only where an appointment or removal says so; ``event`` is the IRI of that appointment within the article.
    ``begin``/``end`` are the stretch of the article's text that says so, read by ``rule``.
    """

    post: str
    post_iri: str
    status: Status
    begin: int
    end: int
    rule: str
    confidence: float
    area: str | None = None
    body: str | None = None
    body_iri: str | None = None
    began: str | None = None
    ended: str | None = None
    event: str | None = None

    def __lt__(self, other: Holding) -> bool:
        """Compare field by field; what is not told comes first."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[tuple[bool, str | int | float], ...]:
        values = (getattr(self, name) for name in self.__slots__)
        return tuple((value is not None, value if value is not None else 0) for value in values)


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """What one article tells of one person. ``published`` is an ISO date as precise as it is known.

    ``area`` is where the posts of the article place the person ("" for national posts), ``home`` the area the article
    speaks from, both as names; ``before`` the few characters before the person's first mention (村民, 记者).
    """

    article: str
    published: str | None
    iri: str
    name: str
    area: str | None
    home: str | None
    holdings: tuple[Holding, ...] = ()
    before: str = ""
    names: tuple[str, ...] = ()
    beside: bool = False

    @property
    def member(self) -> Member:
        """Return who this is a profile of."""
        return self.article, self.iri


@dataclass(frozen=True, slots=True)
class EventProfile:
    """What one article tells of one event; ``roles`` and ``places`` by name, ``dates`` in ISO form (a span as ``start/end``)."""

    article: str
    published: str | None
    iri: str
    kind: EventKind
    status: str
    label: str
    names: tuple[str, ...]
    dates: tuple[str, ...]
    roles: tuple[tuple[Role, str], ...]
    places: tuple[str, ...]
    home: str | None
    confidence: float

    @property
    def member(self) -> Member:
        """Return which event this is a profile of."""
        return self.article, self.iri


@dataclass(frozen=True, slots=True)
class EditionProfile:
    """What must be known of an article to tell whether it is printed again; ``text`` is its whole text."""

    article: str
    published: str | None
    publisher: str | None
    source: str
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """What several articles mean as one thing: its IRI, its names, and who it is in each article.

    ``confidence`` is that of the best evidence, for events only.
    """

    iri: str
    label: str
    alternatives: tuple[str, ...]
    members: tuple[Member, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Whether two candidates are one thing, and why.

    ``candidates`` are two members; ``rule`` is the name of the rule (``persons/same-post``), ``reason`` says in Chinese what
    it saw (同名，同为青岚区区长). ``author`` is who decided, where a person did.
    """

    verdict: Verdict
    candidates: tuple[Member, Member]
    rule: str
    reason: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that was decided of a set of profiles: each profile is in exactly one group."""

    groups: tuple[Group, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """A person's time in one post, as all articles tell it (an ``org:Membership``).

    ``first_seen``/``last_seen`` are the earliest and latest day on which a report shows it held; ``began``/``ended`` are told by
    an appointment or a removal, with its event where one is in the graph. ``sightings`` are the articles and holdings
    that prove it. ``iri`` is computed from the first sighting. ``before``/``after`` are the spells of the predecessor and the successor.
    """

    iri: str
    person: str
    post: str
    status: Status
    sightings: tuple[tuple[str, Holding], ...]
    first_seen: str | None = None
    last_seen: str | None = None
    began: str | None = None
    ended: str | None = None
    began_by: str | None = None
    ended_by: str | None = None
