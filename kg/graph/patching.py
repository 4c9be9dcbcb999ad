"""Bring files up to date with a store that has changed a little: old files and what was touched go in, new files come out.

A file has one block for each subject, in order; only the blocks of touched subjects are written anew, the rest is copied. The
bytes are those that writing the whole file would give.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.files import replacing
from kg.graph.blocks import FIRST, LAST, block, fact, prologue, shortener
from kg.graph.store import Store, Touched
from kg.graph.terms import CLASS_ORDER, Term, prefixes
from kg.graph.turtle import write_trig, write_turtle

_Key = tuple[int, bytes]
_Edits = list[tuple[int, int, bytes]]
"""Stretches of the old file and the bytes that take their place."""

_BLOCK = re.compile(rb"\n\n")
_SECTION = re.compile(rb"^(\S+) \{\n", re.MULTILINE)
_RANKS = {b"kg:" + name.encode(): FIRST + rank for rank, name in enumerate(CLASS_ORDER)}


def patch(store: Store, turtle: Path, trig: Path, touched: Touched) -> None:
    """Write ``graph.ttl`` and ``graph.trig`` anew from their former selves; ``touched`` tells what changed since they were written.

    Where the IRIs have another base than before (the last article is gone, or the first has come) all is written.
    Raises OutputError if a file cannot be written.
    """
    base = store.base()
    if not all(_begins(path, prologue(base)) for path in (turtle, trig)):
        write_turtle(store, turtle)
        write_trig(store, trig)
        return
    with _opened(turtle) as old:
        edits = _edits_of_facts(old, store, touched, base)
        with _opened(trig) as old_trig:
            start = len(old)
            graphs = _edits_of_graphs(old_trig, start, store, touched, base)
            with replacing(trig) as file:
                _write(file, old, edits, 0, len(old))
                _write(file, old_trig, graphs, start, len(old_trig))
        with replacing(turtle) as file:
            _write(file, old, edits, 0, len(old))


def _begins(path: Path, head: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(head)) == head


@contextmanager
def _opened(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield content


def _write(file: IO[bytes], old: mmap.mmap, edits: _Edits, start: int, end: int) -> None:
    for begin, stop, text in edits:
        _copy(file, old, start, begin)
        file.write(text)
        start = stop
    _copy(file, old, start, end)


def _copy(file: IO[bytes], old: mmap.mmap, start: int, end: int) -> None:
    for at in range(start, end, 1 << 24):
        file.write(old[at : min(end, at + (1 << 24))])


# ---------------------------------------------------------------- the default graph


def _edits_of_facts(old: mmap.mmap, store: Store, touched: Touched, base: str) -> _Edits:
    """Return what changes in the blocks of the default graph."""
    start = len(prologue(base))
    # a block begins with its empty line, one character after the line end that the pattern begins with
    starts = [start, *(found.start() + 1 for found in _BLOCK.finditer(old, start))] if len(old) > start else []
    ends = [*starts[1:], len(old)]
    expanded = _expander(base)

    def key(number: int) -> _Key:
        return _key(old[starts[number] + 1 : ends[number]], expanded)

    short = shortener(base)
    edits: _Edits = []
    for subject in touched.subjects:
        node = subject.encode()
        for rank in range(FIRST, LAST + 1):
            number = _bisect(len(starts), key, (rank, node))
            if number < len(starts) and key(number) == (rank, node):
                edits.append((starts[number], ends[number], b""))
                break
        facts = [
            fact(Term(str(quad.predicate)), Term(str(quad.object))).encode()
            for quad in store.oxigraph.quads_for_pattern(ox.NamedNode(subject[1:-1]), None, None, ox.DefaultGraph())
        ]
        if facts:
            rank, _, text = block(node, facts, short)
            number = _bisect(len(starts), key, (rank, node))
            place = starts[number] if number < len(starts) else len(old)
            edits.append((place, place, _sortable(rank, node, text)))
    return _joined(edits)


def _sortable(rank: int, node: bytes, text: bytes) -> bytes:
    """Return a block after its key, so that blocks for one place can be sorted."""
    return b"%02d" % rank + node + b"\0" + text


def _joined(edits: _Edits) -> _Edits:
    """Return edits in order; what is put in at one place stands before what is taken out there, sorted by its key."""
    return [(begin, stop, text.partition(b"\0")[2] if text else b"") for begin, stop, text in sorted(edits, key=lambda edit: (edit[0], edit[1], edit[2]))]


def _key(text: bytes, expanded: Callable[[bytes], bytes]) -> _Key:
    """Return the rank of the class and the IRI of a block's subject."""
    subject, verb, thing = (*text.split(None, 3), b"", b"")[:3]
    rank = _RANKS.get(thing.rstrip(b",;"), LAST) if verb == b"a" else LAST
    return rank, expanded(subject)


def _expander(base: str) -> Callable[[bytes], bytes]:
    """Return the function that writes a shortened IRI in full."""
    spaces = {prefix.encode(): iri.encode() for prefix, iri in prefixes(base).items()}

    def expanded(term: bytes) -> bytes:
        if term.startswith(b"<"):
            return term if re.match(rb"<[A-Za-z][A-Za-z0-9+.-]*:", term) else b"<" + base.encode() + term[1:]
        prefix, _, local = term.partition(b":")
        return b"<" + spaces[prefix] + local + b">"

    return expanded


def _bisect(count: int, key: Callable[[int], _Key | bytes], target: _Key | bytes) -> int:
    """Return the first place whose key is not below the target."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if key(middle) < target:  # type: ignore[operator]
            low = middle + 1
        else:
            high = middle
    return low


# ---------------------------------------------------------------- the named graphs


def _edits_of_graphs(old: mmap.mmap, start: int, store: Store, touched: Touched, base: str) -> _Edits:
    """Return what changes in the sections of the named graphs."""
    heads = list(_SECTION.finditer(old, start))
    starts = [head.start() - 1 for head in heads]
    ends = [*starts[1:], len(old)]
    expanded = _expander(base)
    names: Sequence[bytes] = [expanded(head[1]) for head in heads]
    short = shortener(base)
    edits: _Edits = []
    for graph in touched.graphs:
        node = graph.encode()
        number = _bisect(len(names), names.__getitem__, node)
        there = number < len(names) and names[number] == node
        begin = starts[number] if number < len(starts) else len(old)
        text = b"".join(_blocks_of(store, graph, short))
        if text:
            text = node + b"\0\n" + short(node) + b" {" + text + b"}\n"
        edits.append((begin, ends[number] if there else begin, text))
    return [(begin, stop, text.partition(b"\0")[2]) for begin, stop, text in sorted(edits, key=lambda edit: (edit[0], edit[2] or b"\xff"))]


def _blocks_of(store: Store, graph: Term, short: Callable[[bytes], bytes]) -> Iterable[bytes]:
    subjects: dict[str, list[bytes]] = {}
    for subject, predicate, thing in store.said_by(graph):
        subjects.setdefault(subject, []).append(fact(predicate, thing).encode())
    return [text for _, _, text in sorted(block(subject.encode(), facts, short) for subject, facts in subjects.items())]
