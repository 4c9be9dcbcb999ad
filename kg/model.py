"""The values that travel between the rooms; they hold promises, not behaviour."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "Person", "Post", "Organization", "Area", "Place", "Project", "Policy", "Document",
    "Meeting", "Inspection", "Talks", "Ceremony", "Release", "Appointment", "Group", "Journalist",
]  # fmt: skip
"""Class of a thing, as in the ontology (``Group`` is an unnamed collective: kept as text, never a node)."""

EventKind = Literal["Meeting", "Inspection", "Talks", "Ceremony", "Release", "Appointment"]
Role = Literal["convener", "chair", "speaker", "attendee", "agent", "companion", "counterpart", "target"]
Modality = Literal["demand", "plan", "report"]
Polarity = Literal["positive", "negative"]

EVENT_KINDS: tuple[EventKind, ...] = ("Meeting", "Inspection", "Talks", "Ceremony", "Release", "Appointment")
ROLES: tuple[Role, ...] = (
    "convener", "chair", "speaker", "attendee", "agent", "companion", "counterpart", "target",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of characters (code points).

    >>> Span(2, 5).of("甲区召开会议")
    '召开会'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must be forward and non-empty, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A page as it was printed; never cleaned. ``published`` is an ISO date or None."""

    id: str
    text: str
    source: str
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a story that name something. ``span.of(article.text) == text``, always.

    ``name`` is the full form that the words stand for in this story, as one would write it on a form
    (区委 → 管城回族区委, 他 → 张艳敏); it equals ``text`` where the words say all.
    """

    kind: Kind
    text: str
    span: Span
    name: str
    rule: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Anchor:
    """From position ``start`` of the article's text on, characters run parallel to the page from ``raw`` on."""

    start: int
    raw: int


@dataclass(frozen=True, slots=True)
class Article:
    """One report, mended: headline lines, then paragraphs, each ended by one line feed.

    ``text`` holds the headline block first (``headlines``: its lines as spans), then the running text (``body``).
    Credits that stand in the text, such as （记者 甲）, are listed in ``bylines`` and their persons in ``reporters``.
    ``page`` is the whole page where others stand on it too: it tells which 区 a bare 区委 means; nothing else is read from it.
    ``raw(position)`` leads back to the page for every character but the line feeds that join paragraphs.
    """

    id: str
    headline: str
    text: str
    headlines: tuple[Span, ...]
    body: Span | None
    bylines: tuple[Span, ...]
    reporters: tuple[Mention, ...]
    published: str | None
    anchors: tuple[Anchor, ...]
    source: str
    publisher: str | None = None
    url: str | None = None
    page: str = ""

    def raw(self, position: int) -> int:
        """Return the position on the page of the character at ``position`` of the text."""
        if not 0 <= position < len(self.text):
            raise IndexError(f"the text has {len(self.text)} characters, none at {position}")
        anchor = self.anchors[bisect_right(self.anchors, position, key=lambda a: a.start) - 1]
        return anchor.raw + position - anchor.start

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a story; ``span.of(article.text) == text``."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span of dates, each end in ISO form as precise as the text: 2024-04-16, 2024-04, 2024, --05-11."""

    start: str
    end: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so: the stretch of the article, the rule that read it, and how sure the rule is (0 to 1)."""

    article: str
    span: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Triple:
    """A relation of the ontology between two things; ``relation`` is a local name such as ``implements``."""

    subject: Mention
    relation: str
    object: Mention
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person holds a post. ``post.name`` is the full form, ``body`` the organization the post is in, if named.

    ``status``: held, acting; former, proposed, removed are not held and make no ``kg:holdsPost``.
    ``began``/``ended`` only where an appointment or a removal says so.
    """

    person: Mention
    post: Mention
    evidence: Evidence
    status: Literal["held", "acting", "former", "proposed", "removed"] = "held"
    body: str | None = None
    area: str | None = None
    began: When | None = None
    ended: When | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is announced (``status``). ``anchor`` is the words that name it best.

    ``names``: the fullest first, then the other forms the story uses. Roles stand in reading order.
    ``groups``: participants without a name, as text (全区县处级领导干部).
    """

    kind: EventKind
    anchor: Mention
    names: tuple[str, ...]
    roles: tuple[tuple[Role, Mention], ...]
    when: tuple[When, ...]
    places: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]
    groups: tuple[str, ...] = ()
    status: Literal["happened", "planned", "cancelled"] = "happened"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that somebody is reported to have said; never asserted as fact.

    ``speaker`` is a Person, an Organization, or the anchor of the Meeting that speaks; ``at`` is the anchor of the
    event at which it was said, if any. ``span`` is where ``text`` stands, without the lead-in of the speech verb.
    """

    speaker: Mention
    verb: str
    text: str
    span: Span
    evidence: Evidence
    modality: Modality = "report"
    polarity: Polarity = "positive"
    concerns: tuple[Mention, ...] = ()
    tasks: tuple[Mention, ...] = ()
    at: Mention | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: 一季度,全区生产总值同比增长6.5%. ``value`` is a plain decimal, negative for a fall.

    ``change`` is what a change is measured against (同比, 环比, 较年初 …; 增长 where nothing is named), None for a level.
    ``subject`` is the body or project that the figure is of, where one is named.
    """

    name: str
    value: str
    unit: str
    evidence: Evidence
    change: str | None = None
    period: When | None = None
    area: Mention | None = None
    subject: Mention | None = None


Fact = Triple | Tenure | Event | Statement | Indicator
"""The only thing an extractor may yield."""


def mentions_of(fact: Fact) -> Iterator[Mention]:
    """Yield every mention that a fact uses, its anchor included."""
    match fact:
        case Triple():
            yield from (fact.subject, fact.object)
        case Tenure():
            yield from (fact.person, fact.post)
        case Event():
            yield fact.anchor
            yield from (mention for _, mention in fact.roles)
            yield from fact.places
        case Statement():
            yield fact.speaker
            yield from (*fact.concerns, *fact.tasks)
            if fact.at is not None:
                yield fact.at
        case Indicator():
            yield from (mention for mention in (fact.area, fact.subject) if mention is not None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that looked like a fact and was refused, with the reason."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one story says: the things it names and the facts it states.

    ``home`` is the area the story speaks from (管城回族区), None for a national or unplaced story; ``area_aliases`` are the
    short names that the story itself gives its areas (石林县 → 石林彝族自治县).
    """

    article: Article
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    refusals: tuple[Refusal, ...] = ()
    home: str | None = None
    area_aliases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph: made by ``link``, never by an extractor. ``iri`` is relative to the base.

    ``code`` is the administrative code (GB/T 2260) of an Area, where the story tells which area of the name it is.
    ``area`` is the IRI of the area, named in the story, that a body or post belongs to or that a place or project lies in.
    """

    iri: str
    kind: Kind
    label: str
    alternatives: tuple[str, ...] = ()
    code: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A reading whose every mention, the anchors of events included, is tied to a thing of the graph.

    ``entities`` has a key for each mention of ``reading.mentions`` and for each mention that a fact uses.
    """

    reading: Reading
    entities: Mapping[Mention, Entity]
