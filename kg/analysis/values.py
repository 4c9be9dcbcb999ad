"""The values of this room: the things and edges of a graph with what supports them, as tables and networks need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """One article. ``published`` is an ISO date or empty, ``source`` the file it came from; what is not known is empty."""

    iri: str
    headline: str = ""
    published: str = ""
    publisher: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """One passage that supports a fact: the sentence of an article, and who read it.

    ``begin``..``end`` count code points of the article's text; both are 0 where only the article is known. ``date`` tells when
    it happened, as exactly as the graph does, and is empty if it does not; ``fact`` is the node of the graph that the passage
    belongs to, or empty; ``confidence`` runs from 0 to 1, -1 where nobody has said.
    """

    article: str
    begin: int = 0
    end: int = 0
    sentence: str = ""
    date: str = ""
    rule: str = ""
    confidence: float = -1.0
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node. ``kind`` is the narrowest of its ``classes`` that a network shows; all are local names.

    ``first`` and ``last`` are ISO days that enclose all that is told of it, empty if nothing is dated; ``articles`` is how many
    mention it.
    """

    iri: str
    kind: str
    label: str
    classes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    adcode: str = ""
    first: str = ""
    last: str = ""
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two things, by IRI, with all its proofs, the best first; ``articles`` is how many say so."""

    source: str
    relation: str
    target: str
    proofs: tuple[Proof, ...] = ()
    first: str = ""
    last: str = ""
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement: who said what, with which verb, on which occasion, about which thing; IRIs, or empty.

    ``relation`` is the edge it stands for where the graph draws it, else ``concerns``.
    """

    speaker: str
    relation: str
    thing: str
    verb: str
    text: str
    occasion: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator: its name, what it is of (an IRI, or empty), and its value as it is read: 增长 6.5%."""

    name: str
    about: str
    value: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class World:
    """A whole graph: every edge joins two of its things, every proof of an edge stands in one of its reports.

    ``reports`` are by IRI; ``mentions`` are pairs of an article and a thing; ``labels`` names all that has a name, planned events too.
    """

    things: tuple[Thing, ...]
    edges: tuple[Edge, ...]
    sayings: tuple[Saying, ...] = ()
    figures: tuple[Figure, ...] = ()
    reports: Mapping[str, Report] = field(default_factory=dict)
    mentions: tuple[tuple[str, str], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column of figures counts: local name, Chinese and English words."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section. ``kind`` is the local name of a class, or empty; ``values`` go with the section's measures.

    ``english`` is the name for readers of English where it is a word of ours and not a name.
    """

    rank: int
    name: str
    kind: str
    values: tuple[int | float | str, ...]
    iri: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the statistics, with its title in both languages and a figure of each row for each measure."""

    name: str
    zh: str
    en: str
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.values) != len(self.measures):
                raise ValueError(f"{self.name}: {row.name} has {len(row.values)} values for {len(self.measures)} measures")
