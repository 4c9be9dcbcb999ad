"""Write the store to files: sorted, grouped by subject, the same bytes for the same facts, in memory that does not grow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import KgError
from kg.files import replacing
from kg.graph.blocks import block, by_subject, fact, prologue, shortener
from kg.graph.inferred import BOOKS as REASONED
from kg.graph.inferred import graph_of
from kg.graph.jsonld import document
from kg.graph.reason import inferred_graph
from kg.graph.runs import Runs
from kg.graph.store import BOOKS, Store
from kg.graph.terms import VOCABULARY_PREFIXES, Term


def export(store: Store, path: Path | str, *, reason: bool = False) -> None:
    """Write the graph in the format that the suffix of ``path`` names; a file of that name is replaced when all is written.

    ``.ttl`` ``.nt`` ``.rdf`` ``.jsonld`` hold the default graph, every fact once; ``.trig`` ``.nq`` also what each article says.
    With ``reason`` what was inferred is written too: among the facts, or in a graph of its own where there are graphs.
    Raises KgError for another suffix, OutputError if the file cannot be written, StoreError if the store cannot be read,
    or if nothing was inferred from it as it is.
    """
    path = Path(path)
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        known = " ".join(_WRITERS)
        raise KgError(f"{path.name}：不认识这个后缀。可以用 {known}", f"{path.name}: no format goes with this suffix. Known are {known}")
    writer(store, path, inferred_graph(store) if reason else None)


def write_turtle(store: Store, path: Path | str, more: ox.NamedNode | None = None) -> None:
    """Write the default graph as Turtle: classes in the order of the ontology, then subjects, predicates and objects by IRI.

    ``more`` is a graph whose triples are written among them; it shares none with the default graph.
    """
    with replacing(Path(path)) as file:
        _write_facts(store, file, more)


def write_trig(store: Store, path: Path | str, more: ox.NamedNode | None = None) -> None:
    """Write the default graph and then every named graph as TriG, each sorted as in Turtle; what was inferred only if it is ``more``."""
    with replacing(Path(path)) as file:
        _write_facts(store, file)
        short = shortener(store.base())
        for graph, text in _written_graphs(store, more) if store.draft is None or more is not None else store.draft.graphs():
            file.write(b"\n" + short(graph) + b" {" + text + b"}\n")


def _write_facts(store: Store, file: IO[bytes], more: ox.NamedNode | None = None) -> None:
    file.write(prologue(store.base()))
    if more is not None:
        with closing(_joined_blocks(store, (ox.DefaultGraph(), more))) as blocks:
            file.writelines(text for _, _, text in blocks)
    elif store.draft is not None:
        file.writelines(store.draft.facts())
    else:
        with closing(_blocks(store, ox.DefaultGraph())) as blocks:
            file.writelines(text for _, _, text in blocks)


def _written_graphs(store: Store, more: ox.NamedNode | None) -> Iterator[tuple[bytes, bytes]]:
    for graph in _graphs(store, more):
        with closing(_blocks(store, graph)) as blocks:
            text = b"".join([text for _, _, text in blocks])
        if text:  # Oxigraph remembers a graph that has become empty
            yield str(graph).encode(), text


def write_lines(store: Store, path: Path | str, more: ox.NamedNode | None = None) -> None:
    """Write sorted N-Triples (the default graph) or, for a name that ends in ``.nq``, sorted N-Quads (all graphs).

    What was inferred is written only if it is ``more``.
    """
    path = Path(path)
    with replacing(path) as file:
        file.writelines(_sorted_lines(store, more, named=path.suffix.lower() == ".nq"))


def _write_json_ld(store: Store, path: Path, more: ox.NamedNode | None) -> None:
    with replacing(path) as file:
        facts = ((fact.subject, fact.predicate, fact.object) for fact in _sorted_triples(store, more) if not isinstance(fact.subject, ox.Triple))
        file.writelines(document(facts, store.base()))


def _write_rdf_xml(store: Store, path: Path, more: ox.NamedNode | None) -> None:
    with replacing(path) as file:
        facts = (ox.Triple(fact.subject, fact.predicate, _for_xml(fact.object)) for fact in _sorted_triples(store, more))
        ox.serialize(facts, file, ox.RdfFormat.RDF_XML, prefixes=VOCABULARY_PREFIXES)


_WRITERS: dict[str, Callable[[Store, Path, ox.NamedNode | None], None]] = {
    ".ttl": write_turtle, ".trig": write_trig, ".nt": write_lines, ".nq": write_lines, ".jsonld": _write_json_ld, ".rdf": _write_rdf_xml,
}  # fmt: skip
SUFFIXES: tuple[str, ...] = tuple(_WRITERS)

_Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _for_xml(term: _Object) -> _Object:
    """Return a term that XML can hold: it has no way to write most control characters."""
    if isinstance(term, ox.Literal) and term.language is not None and _NOT_XML.search(term.value):
        return ox.Literal(_NOT_XML.sub("\ufffd", term.value), language=term.language)
    if isinstance(term, ox.Literal) and _NOT_XML.search(term.value):
        return ox.Literal(_NOT_XML.sub("\ufffd", term.value))
    return term


# ---------------------------------------------------------------- files


class _Lines:
    """A file that Oxigraph can write N-Triples to; what it gets are whole lines."""

    def __init__(self, take: Callable[[list[bytes]], None]) -> None:
        self._take = take
        self._rest = b""

    def write(self, data: bytes) -> int:
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        self._take(lines)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def _lines(take: Callable[[list[bytes]], None]) -> IO[bytes]:
    return cast("IO[bytes]", _Lines(take))


# ---------------------------------------------------------------- what is in the store


def _left_out(store: Store, more: ox.NamedNode | None) -> set[ox.NamedNode]:
    """Return the graphs that no file holds: the store's own bookkeeping, and what was inferred if nobody asks for it."""
    return {BOOKS, REASONED, graph_of(store.base())} - {more}


def _graphs(store: Store, more: ox.NamedNode | None) -> list[ox.NamedNode]:
    """Return the named graphs by IRI."""
    hidden = _left_out(store, more)
    graphs = (graph for graph in store.oxigraph.named_graphs() if isinstance(graph, ox.NamedNode) and graph not in hidden)
    return sorted(graphs, key=lambda graph: graph.value.encode())


def _sorted_lines(store: Store, more: ox.NamedNode | None, *, named: bool) -> Iterator[bytes]:
    runs = Runs(store.folder)

    def take(lines: list[bytes]) -> None:
        for line in lines:
            if not line.endswith(hidden):
                runs.add((0, line, b""))

    hidden = tuple(f" {graph} .".encode() for graph in _left_out(store, more)) if named else b"\n"
    if named:
        store.oxigraph.dump(_lines(take), ox.RdfFormat.N_QUADS)
    else:
        for graph in (ox.DefaultGraph(), more):
            if graph is not None:
                store.oxigraph.dump(_lines(take), ox.RdfFormat.N_TRIPLES, from_graph=graph)
    with closing(runs):
        for _, line, _ in runs:
            yield line + b"\n"


def _sorted_triples(store: Store, more: ox.NamedNode | None) -> Iterator[ox.Quad]:
    with TemporaryFile() as lines:
        lines.writelines(_sorted_lines(store, more, named=False))
        lines.seek(0)
        yield from ox.parse(lines, ox.RdfFormat.N_TRIPLES)


# ---------------------------------------------------------------- Turtle


def turtle_of(triples: Iterable[tuple[object, object, object]], base: str) -> str:
    """Return triples of Oxigraph's terms, such as a query constructs, as Turtle, sorted as the files are."""
    short = shortener(base)
    subjects = by_subject((Term(str(subject)), Term(str(predicate)), Term(str(thing))) for subject, predicate, thing in triples)
    blocks = sorted(block(subject.encode(), [one.encode() for one in said], short) for subject, said in subjects.items())
    return (prologue(base) + b"".join([text for _, _, text in blocks])).decode()


def _blocks(store: Store, graph: ox.NamedNode | ox.DefaultGraph) -> Runs:
    """Return the blocks of a graph, one a subject. The store keeps the triples of a subject together, so one is in hand at a time."""
    runs = Runs(store.folder)
    short = shortener(store.base())
    subject = ""
    facts: list[bytes] = []

    def take(lines: list[bytes]) -> None:
        nonlocal subject, facts
        for line in lines:
            node, predicate, thing = line.decode().split(" ", 2)
            if node != subject:
                if facts:
                    runs.add(block(subject.encode(), facts, short))
                subject, facts = node, []
            facts.append(fact(Term(predicate), Term(thing[:-2])).encode())

    store.oxigraph.dump(_lines(take), ox.RdfFormat.N_TRIPLES, from_graph=graph)
    if facts:
        runs.add(block(subject.encode(), facts, short))
    return runs


def _joined_blocks(store: Store, graphs: Iterable[ox.NamedNode | ox.DefaultGraph]) -> Runs:
    """Return the blocks of several graphs together, one a subject."""
    blocks = Runs(store.folder)
    short = shortener(store.base())

    def take(lines: list[bytes]) -> None:
        for line in lines:
            subject, _, said = line.partition(b" ")
            gathered.add((0, subject, said))

    with closing(Runs(store.folder)) as gathered:
        for graph in graphs:
            store.oxigraph.dump(_lines(take), ox.RdfFormat.N_TRIPLES, from_graph=graph)
        for subject, records in groupby(gathered, key=lambda record: record[1]):
            facts = []
            for _, _, said in records:
                predicate, _, thing = said.decode().partition(" ")
                facts.append(fact(Term(predicate), Term(thing[:-2])).encode())
            blocks.add(block(subject, facts, short))
    return blocks
