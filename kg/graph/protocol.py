"""What the requests of the SPARQL protocols are answered with: whole answers, or one of few ways to be refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.jsonld import document
from kg.graph.media import graph_format
from kg.graph.terms import VOCABULARY_PREFIXES
from kg.graph.turtle import turtle_of


class Malformed(QueryError):
    """What was sent is no SPARQL, or no RDF of its format."""


class Refused(QueryError):
    """A query or update that reaches where it may not: another address, a file, the bookkeeping."""


class Unacceptable(QueryError):
    """The answer cannot be written in any format that was asked for."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its media type, its size in bytes, and its bytes in pieces, to be read once."""

    media: str
    size: int
    body: Iterator[bytes]

    def read(self) -> bytes:
        """Return the bytes that were not read yet."""
        return b"".join(self.body)


def written(triples: Iterable[ox.Triple | ox.Quad], media: str, base: str) -> bytes:
    """Return triples in a format of ``media.TRIPLES``, each once and sorted: the same triples give the same bytes."""
    facts: dict[tuple[str, str, str], ox.Triple] = {}
    for found in triples:
        fact = found.triple if isinstance(found, ox.Quad) else found
        facts[(str(fact.subject), str(fact.predicate), str(fact.object))] = fact
    ordered = [facts[key] for key in sorted(facts)]
    form = graph_format(media)
    if form == ox.RdfFormat.JSON_LD:
        return b"".join(document(((fact.subject, fact.predicate, fact.object) for fact in ordered if not isinstance(fact.subject, ox.Triple)), base))
    if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3):  # Turtle is TriG and N3 too
        return turtle_of(((fact.subject, fact.predicate, fact.object) for fact in ordered), base).encode()
    return ox.serialize(ordered, format=form, prefixes=VOCABULARY_PREFIXES if form == ox.RdfFormat.RDF_XML else None) or b""
