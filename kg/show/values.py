"""The values a picture is made of: things, relations between them, and the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One report as the picture names it: ``date`` is an ISO date or empty, ``source`` the file it came from."""

    iri: str
    headline: str
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence of an article (its IRI) that says so, and the words in it that count.

    ``quote`` stands at ``begin``..``end`` (code points) of the article's text; ``sentence`` is what to read around
    it, or empty where only the article is known. ``confidence`` runs from 0 to 1; None where nobody has said.
    """

    article: str
    sentence: str
    quote: str = ""
    begin: int = 0
    end: int = 0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph; ``kind`` is the local name of its class, ``articles`` the reports that name it.

    ``weight`` is how much it matters (0: let the picture count its relations); ``date`` is for events, ISO or empty.
    """

    iri: str
    kind: str
    label: str
    alternatives: tuple[str, ...] = ()
    weight: float = 0.0
    date: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two things, by IRI; ``relation`` is the local name of the property, ``zh``/``en`` its labels.

    ``is_statement`` tells what somebody said of something (drawn dashed) from what happened.
    """

    source: str
    target: str
    relation: str
    zh: str
    en: str
    evidence: tuple[Evidence, ...] = ()
    is_statement: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """All that a picture shows. Every edge joins two of its nodes; no IRI stands for two nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    articles: tuple[Article, ...] = ()

    def __post_init__(self) -> None:
        known = {node.iri for node in self.nodes}
        if len(known) != len(self.nodes):
            raise ValueError("two nodes of a network have the same IRI")
        for edge in self.edges:
            if edge.source not in known or edge.target not in known:
                raise ValueError(f"an edge {edge.relation} leads to a thing that is no node: {edge.source} → {edge.target}")
