"""Answer one request of the SPARQL 1.1 Protocol: a query with its dataset and wanted formats comes in, the bytes of the answer go out.

Source: https://www.w3.org/TR/sparql11-protocol/ (query operation). Nothing here knows of HTTP; the room ``serve`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import QueryError, QueryTooLarge
from kg.graph.jsonld import document
from kg.graph.media import graph_format, rows_format
from kg.graph.query import presets, refused_words, syntax_of
from kg.graph.terms import DEFAULT_BASE, VOCABULARY_PREFIXES
from kg.graph.tokens import dataset_of
from kg.graph.turtle import turtle_of


class Malformed(QueryError):
    """What was sent is no SPARQL, or no RDF of its format."""


class Refused(QueryError):
    """A query or update that reaches where it may not: another address, a file, the bookkeeping."""


class Unacceptable(QueryError):
    """The answer cannot be written in any format that was asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """A query and how it is to be answered.

    ``rows`` is the media type for SELECT and ASK, ``triples`` that for CONSTRUCT and DESCRIBE; None where none is acceptable.
    ``default_graphs`` and ``named_graphs``, if there are any, are the dataset, whatever the query says by FROM.
    ``limit`` is the most bytes of an answer. ``allowed`` are the addresses that SERVICE may name.
    """

    sparql: str
    rows: str | None = "application/sparql-results+json"
    triples: str | None = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    limit: int = 64 << 20
    base: str = DEFAULT_BASE
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its media type and its bytes, whole."""

    media: str
    body: bytes


class _Limited:
    """A file that takes no more than so many bytes."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _Full
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


class _Full(OSError):
    """The answer reached its limit."""


def answer(store: ox.Store, request: Request) -> Reply:
    """Answer a request from a store whose every graph may be seen.

    Raises Malformed, Refused, Unacceptable, QueryTooLarge, or QueryError if the evaluation fails.
    """
    refuse_foreign(request.sparql, request.allowed)
    try:
        found = _evaluated(store, request)
        if isinstance(found, ox.QueryTriples):
            return _graph(found, request)
        if request.rows is None:
            raise Unacceptable(
                "这个查询的结果是一张表（SELECT、ASK），不能写成所要的格式。",
                "the answer to this query is rows (SELECT, ASK) and cannot be written in what is asked for.",
            )
        out = _Limited(request.limit)
        found.serialize(cast("IO[bytes]", out), rows_format(request.rows))
        return Reply(request.rows, b"".join(out.parts))
    except SyntaxError as error:
        raise Malformed(*syntax_of(error, request.sparql)) from None
    except _Full:
        raise QueryTooLarge(*_too_large(request.limit)) from None
    except (OSError, RuntimeError, ValueError) as error:
        cause = " ".join(str(error).split())[:200]
        raise QueryError(f"查询没有完成：{cause}", f"the query could not be finished: {cause}") from error


def _too_large(limit: int) -> tuple[str, str]:
    size = f"{limit >> 20} MB" if limit >> 20 else f"{limit} B"
    return f"结果超过 {size}，没有给出。请加 LIMIT 或缩小范围。", f"the answer is larger than {size}; nothing of it is given. Add a LIMIT or ask for less."


def refuse_foreign(sparql: str, allowed: Iterable[str] = ()) -> None:
    """Raise Refused for SERVICE and LOAD with an address that is not among the allowed."""
    known = set(allowed)
    for word, address in refused_words(sparql):
        if address.strip("<>") not in known:
            raise Refused(
                f"不能用 {word}（{address[:80]}）：只读写这张图谱，不访问网络和文件。",
                f"{word} ({address[:80]}) is refused: this graph is all that can be reached, no other address and no file.",
            )


def _evaluated(store: ox.Store, request: Request) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    default, named = request.default_graphs, request.named_graphs
    if not default and not named:
        default, named = dataset_of(request.sparql, request.base, presets(request.base))
    if not default and not named:
        return store.query(request.sparql, base_iri=request.base, prefixes=presets(request.base))
    graphs = [ox.NamedNode(graph) for graph in default]
    others = [ox.NamedNode(graph) for graph in named]
    if len(set(graphs)) > 1:
        # a dataset's default graph is the merge of graphs, a set; Oxigraph would count a fact once for each graph that has it
        store, graphs = _merged(store, graphs, others), [ox.NamedNode(_MERGED)]
    return store.query(
        request.sparql,
        base_iri=request.base,
        prefixes=presets(request.base),
        default_graph=list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph](graphs),
        named_graphs=list[ox.NamedNode | ox.BlankNode](others),
    )


_MERGED = "urn:zhengtu:merged"


def _merged(store: ox.Store, graphs: list[ox.NamedNode], others: list[ox.NamedNode]) -> ox.Store:
    """Return a store in memory in which one graph holds what several say, beside the named graphs of the dataset."""
    merged = ox.Store()
    for graph in graphs:
        facts = store.quads_for_pattern(None, None, None, graph)
        merged.bulk_extend(ox.Quad(fact.subject, fact.predicate, fact.object, ox.NamedNode(_MERGED)) for fact in facts)
    for graph in others:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return merged


def _graph(found: Iterable[ox.Triple], request: Request) -> Reply:
    if request.triples is None:
        raise Unacceptable(
            "这个查询的结果是一张图（CONSTRUCT、DESCRIBE），不能写成所要的格式。",
            "the answer to this query is a graph (CONSTRUCT, DESCRIBE) and cannot be written in what is asked for.",
        )
    return Reply(request.triples, written(found, request.triples, request.base, request.limit))


def written(triples: Iterable[ox.Triple | ox.Quad], media: str, base: str, limit: int) -> bytes:
    """Return triples in a format of ``media.TRIPLES``, sorted, each once; raises QueryTooLarge beyond ``limit`` bytes."""
    # Oxigraph may give a triple twice. A triple of text is never shorter than what it costs in the end, save for prefixes.
    facts: dict[tuple[str, str, str], ox.Triple] = {}
    for size, fact in _growing(triples):
        if size > 4 * limit:
            raise QueryTooLarge(*_too_large(limit))
        facts[(str(fact.subject), str(fact.predicate), str(fact.object))] = fact
    ordered = [facts[key] for key in sorted(facts)]
    form = graph_format(media)
    if form == ox.RdfFormat.JSON_LD:
        body = b"".join(document(((fact.subject, fact.predicate, fact.object) for fact in ordered if not isinstance(fact.subject, ox.Triple)), base))
    elif form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3):  # Turtle is TriG and N3 too
        body = turtle_of(((fact.subject, fact.predicate, fact.object) for fact in ordered), base).encode()
    else:
        body = ox.serialize(ordered, format=form, prefixes=VOCABULARY_PREFIXES if form == ox.RdfFormat.RDF_XML else None) or b""
    if len(body) > limit:
        raise QueryTooLarge(*_too_large(limit))
    return body


def _growing(triples: Iterable[ox.Triple | ox.Quad]) -> Iterator[tuple[int, ox.Triple]]:
    """Yield each triple with the size of the text so far."""
    size = 0
    for found in triples:
        fact = found.triple if isinstance(found, ox.Quad) else found
        size += len(str(fact))
        yield size, fact
