"""Write the store to files: sorted, grouped by subject, the same bytes for the same facts, in memory that does not grow."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import KgError, OutputError
from kg.graph.runs import Draft, Record, Runs
from kg.graph.store import SOURCES, Store
from kg.graph.terms import CLASS_ORDER, KG, RDF, RDFS, VOCABULARY_PREFIXES, prefixes

_TYPE = RDF.type.encode()
_LABEL = RDFS.label.encode()
_RANKS = {KG.named(name).encode(): rank for rank, name in enumerate(CLASS_ORDER)}
_LAST = len(CLASS_ORDER)

# A name that can be written after a prefix as it stands: ASCII letters and digits, escapes, and characters from U+3000 to
# U+DFFF, Chinese among them. Other IRIs under the base are written relative to it, all others in full.
_LOCAL = re.compile(rb"(?:[A-Za-z0-9_]|[\xe3-\xed][\x80-\xbf]{2}|%[0-9A-F]{2})(?:[A-Za-z0-9_-]|[\xe3-\xed][\x80-\xbf]{2}|%[0-9A-F]{2})*")
_RELATIVE = re.compile(rb"[a-z]+/")
_BARE_INTEGER = re.compile(rb"-?[0-9]+")
_BARE_DECIMAL = re.compile(rb"-?[0-9]+\.[0-9]+")

def export(store: Store, path: Path | str) -> None:
    """Write the graph in the format that the suffix of ``path`` names; a file of that name is replaced when all is written.

    ``.ttl`` ``.nt`` ``.rdf`` ``.jsonld`` hold the default graph, every fact once; ``.trig`` ``.nq`` also what each article says.
    Raises KgError for another suffix, OutputError if the file cannot be written, StoreError if the store cannot be read.
    """
    path = Path(path)
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        known = " ".join(_WRITERS)
        raise KgError(f"{path.name}：不认识这个后缀。可以用 {known}", f"{path.name}: no format goes with this suffix. Known are {known}")
    writer(store, path)


def write_turtle(store: Store, path: Path | str) -> None:
    """Write the default graph as Turtle: classes in the order of the ontology, then subjects, predicates and objects by IRI."""
    with _replacing(Path(path)) as file:
        short = _shortener(store.base())
        file.write(_prologue(store.base()))
        draft = store.take_draft()
        for _, _, text in _blocks(store, ox.DefaultGraph(), short) if draft is None else _drafted(draft, short):
            file.write(text)


def write_trig(store: Store, path: Path | str) -> None:
    """Write the default graph and then every named graph as TriG, each sorted as in Turtle."""
    with _replacing(Path(path)) as file:
        short = _shortener(store.base())
        file.write(_prologue(store.base()))
        for _, _, text in _blocks(store, ox.DefaultGraph(), short):
            file.write(text)
        for graph in _graphs(store):
            file.write(b"\n" + short(str(graph).encode()) + b" {")
            for _, _, text in _blocks(store, graph, short):
                file.write(text)
            file.write(b"}\n")


def write_lines(store: Store, path: Path | str) -> None:
    """Write sorted N-Triples (the default graph) or, for a name that ends in ``.nq``, sorted N-Quads (all graphs)."""
    path = Path(path)
    with _replacing(path) as file:
        file.writelines(_sorted_lines(store, named=path.suffix.lower() == ".nq"))


def _write_json_ld(store: Store, path: Path) -> None:
    with _replacing(path) as file:
        ox.serialize(_sorted_triples(store), file, ox.RdfFormat.JSON_LD)


def _write_rdf_xml(store: Store, path: Path) -> None:
    with _replacing(path) as file:
        facts = (ox.Triple(fact.subject, fact.predicate, _for_xml(fact.object)) for fact in _sorted_triples(store))
        ox.serialize(facts, file, ox.RdfFormat.RDF_XML, prefixes=VOCABULARY_PREFIXES)


_WRITERS: dict[str, Callable[[Store, Path], None]] = {
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


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside ``path`` that takes its place when all is written; nothing is left of it if that fails."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    except OSError as error:
        cause = error.strerror or str(error)
        raise OutputError(
            f"{path}：写不进去（{cause}）。请检查文件夹、权限和磁盘空间。",
            f"{path}: cannot be written ({cause}). Check the folder, its permissions and the space on the disk.",
        ) from error
    finally:
        beside.unlink(missing_ok=True)


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


def _graphs(store: Store) -> list[ox.NamedNode]:
    """Return the named graphs by IRI, without the store's own bookkeeping."""
    graphs = (graph for graph in store.oxigraph.named_graphs() if isinstance(graph, ox.NamedNode) and graph != SOURCES)
    return sorted(graphs, key=lambda graph: graph.value.encode())


def _sorted_lines(store: Store, *, named: bool) -> Iterator[bytes]:
    runs = Runs()

    def take(lines: list[bytes]) -> None:
        for line in lines:
            if not line.endswith(bookkeeping):
                runs.add((0, line, b""))

    bookkeeping = f" {SOURCES} .".encode() if named else b"\n"
    if named:
        store.oxigraph.dump(_lines(take), ox.RdfFormat.N_QUADS)
    else:
        store.oxigraph.dump(_lines(take), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    for _, line, _ in runs.sorted():
        yield line + b"\n"


def _sorted_triples(store: Store) -> Iterator[ox.Quad]:
    with TemporaryFile() as lines:
        lines.writelines(_sorted_lines(store, named=False))
        lines.seek(0)
        yield from ox.parse(lines, ox.RdfFormat.N_TRIPLES)


# ---------------------------------------------------------------- Turtle


def turtle_of(triples: Iterable[tuple[object, object, object]], base: str) -> str:
    """Return triples of Oxigraph's terms, such as a query constructs, as Turtle, sorted as the files are."""
    short = _shortener(base)
    subjects: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for subject, predicate, thing in triples:
        verb = str(predicate).encode()
        subjects.setdefault(str(subject).encode(), []).append((_PREDICATE_ORDER.get(verb, verb), str(thing).encode()))
    blocks = sorted(_block(subject, pairs, short) for subject, pairs in subjects.items())
    return (_prologue(base) + b"".join(text for _, _, text in blocks)).decode()


def _prologue(base: str) -> bytes:
    return "".join([f"@base <{base}> .\n", *(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes(base).items())]).encode()


def _shortener(base: str) -> Callable[[bytes], bytes]:
    """Return the function that writes an IRI or typed literal as short as Turtle can, prefixed where its name is plain."""
    spaces = sorted(((f"<{iri}".encode(), f"{prefix}:".encode()) for prefix, iri in prefixes(base).items()), key=lambda item: -len(item[0]))

    home = f"<{base}".encode() if base.endswith("/") else b"-"

    @lru_cache(maxsize=1 << 16)
    def short(term: bytes) -> bytes:
        if term.startswith(b"<"):
            for space, prefix in spaces:
                if term.startswith(space):
                    local = term[len(space) : -1]
                    if _LOCAL.fullmatch(local):
                        return prefix + local
                    break
            if term.startswith(home) and _RELATIVE.match(term, len(home)) and b"//" not in term[len(home) :] and b"/." not in term[len(home) :]:
                return b"<" + term[len(home) :]
            return term
        value, _, datatype = term.rpartition(b"^^")
        if not value:
            return term
        if (datatype == _INTEGER and _BARE_INTEGER.fullmatch(value[1:-1])) or (datatype == _DECIMAL and _BARE_DECIMAL.fullmatch(value[1:-1])):
            return value[1:-1]
        return value + b"^^" + short(datatype)

    return short


_INTEGER = b"<http://www.w3.org/2001/XMLSchema#integer>"
_DECIMAL = b"<http://www.w3.org/2001/XMLSchema#decimal>"


def _blocks(store: Store, graph: ox.NamedNode | ox.DefaultGraph, short: Callable[[bytes], bytes]) -> Iterator[Record]:
    """Yield the blocks of a graph, one a subject, in the order of the file."""
    runs = Runs()
    blocks = _Blocks(runs, short)
    store.oxigraph.dump(_lines(blocks.take), ox.RdfFormat.N_TRIPLES, from_graph=graph)
    blocks.end()
    return runs.sorted()


def _drafted(draft: Draft, short: Callable[[bytes], bytes]) -> Iterator[Record]:
    """Yield the blocks of the default graph without reading the store."""
    runs = Runs()
    for subject, facts in draft.subjects():
        pairs = [fact.split(b" ", 1) for fact in facts]
        runs.add(_block(subject, [(_PREDICATE_ORDER.get(predicate, predicate), thing) for predicate, thing in pairs], short))
    return runs.sorted()


class _Blocks:
    """Make blocks of N-Triples lines. The store keeps the triples of a subject together, so one subject is in hand at a time."""

    def __init__(self, runs: Runs, short: Callable[[bytes], bytes]) -> None:
        self._runs = runs
        self._short = short
        self._subject = b" "
        self._pairs: list[tuple[bytes, bytes]] = []

    def take(self, lines: list[bytes]) -> None:
        """Take in whole lines."""
        subject, pairs = self._subject, self._pairs
        for line in lines:
            node, predicate, thing = line.split(b" ", 2)
            if node != subject:
                if pairs:
                    self._runs.add(_block(subject, pairs, self._short))
                subject, pairs = node, []
            pairs.append((_PREDICATE_ORDER.get(predicate, predicate), thing[:-2]))
        self._subject, self._pairs = subject, pairs

    def end(self) -> None:
        """Take in that no more lines come."""
        if self._pairs:
            self._runs.add(_block(self._subject, self._pairs, self._short))


# A digit sorts before the "<" of every other predicate.
_PREDICATE_ORDER = {_TYPE: b"0", _LABEL: b"1"}
_VERBS = {b"0": b"a", b"1": b"rdfs:label"}


def _block(subject: bytes, pairs: list[tuple[bytes, bytes]], short: Callable[[bytes], bytes]) -> Record:
    """Return a subject with its predicates and objects, sorted, and the rank of its class."""
    pairs.sort()
    parts = [b"\n", short(subject)]
    rank = _LAST
    last = b""
    join = b" "
    for predicate, thing in pairs:
        if predicate == b"0":
            rank = min(rank, _RANKS.get(thing, _LAST))
        if predicate == last:
            parts.append(b",\n        ")
        else:
            parts += (join, _VERBS.get(predicate) or short(predicate), b" ")
            last, join = predicate, b" ;\n    "
        # most literals are as short as they can be already
        parts.append(thing if thing.endswith((b'"', b"@zh")) else short(thing))
    parts.append(b" .\n")
    return rank, subject, b"".join(parts)
