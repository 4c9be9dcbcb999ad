"""Bring a copy elsewhere up to date: the store goes in, what the copy lacks is sent in batches, and the ledger remembers what arrived.

The graph of an article is sent whole. The facts and the graphs that were derived from all articles are sent by subject, so that a
new article costs no more than what it changes. Everything may be sent twice: a push that was cut off is done again and goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.inferred import BOOKS as REASONED
from kg.graph.inferred import graph_of, inferred_by
from kg.graph.remote.remote import Remote
from kg.graph.remote.wire import shown
from kg.graph.store import BOOKS, Store, is_article
from kg.graph.terms import Term
from kg.shelf import Key, Ledger

Tell = Callable[[int, str], None]
"""Is told how many triples were sent, and what is in hand."""

_BATCH = 8 << 20  # bytes of triples in hand
_UNITS = 20_000


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: how many graphs of articles and subjects of other graphs were sent, triples in all, and how many were taken away.

    ``facts`` is the graph that holds the facts where the store has no default graph of its own, else None.
    """

    url: str
    articles: int = 0
    subjects: int = 0
    triples: int = 0
    removed: int = 0
    facts: str | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is sent or left alone as one: a graph of an article, or what another graph says of a subject; no lines: it is there no more."""

    graph: str
    subject: str
    lines: tuple[bytes, ...]

    @property
    def key(self) -> Key:
        return self.graph, self.subject

    @property
    def digest(self) -> bytes | None:
        """Return the digest of the lines, in whatever order they come; None if there are none."""
        return hashlib.blake2b(b"\n".join(sorted(self.lines)), digest_size=12).digest() if self.lines else None

    @property
    def size(self) -> int:
        return sum(map(len, self.lines)) + len(self.subject)


def push(store: Store, remote: Remote, *, replace: bool = False, tell: Tell = lambda number, about: None) -> Pushed:
    """Let the remote store hold what the store holds, and send only what changed since the last push to that URL.

    ``store`` is open for writing. The first push wants a store without facts; ``replace`` takes away what is there (facts and graphs of ours)
    and sends everything. Raises StoreError if the server is away, refuses, or holds something else than was sent; what has arrived
    by then is known, and the next push goes on from there.
    """
    with Ledger(store.folder, remote.url) as ledger:
        return _Push(store, remote, ledger, tell).run(replace)


class _Push:
    def __init__(self, store: Store, remote: Remote, ledger: Ledger, tell: Tell) -> None:
        self._store = store
        self._remote = remote
        self._ledger = ledger
        self._tell = tell
        self._facts: Term | None = None
        self._batch: list[tuple[_Unit, bool]] = []  # with whether it was ever sent
        self._size = 0
        self._articles = self._subjects = self._triples = self._removed = 0

    def run(self, replace: bool) -> Pushed:
        store, ledger = self._store, self._ledger
        self._tell(0, shown(self._remote.url))
        self._begin(replace)
        level = ledger.noted("level")
        is_whole = level is None or level not in store.levels
        for unit in self._everything() if is_whole else self._touched():
            self._take(unit)
        if is_whole:
            for key in ledger.unmet():
                self._take(_Unit(*key, ()))
        self._send()
        if is_whole:
            self._prove()
        if is_whole or self._has_changed:
            self._conclude()
        facts = None if self._facts is None else self._facts[1:-1]
        return Pushed(shown(self._remote.url), self._articles, self._subjects, self._triples, self._removed, facts)

    def _begin(self, replace: bool) -> None:
        """See that the store is ours to fill."""
        ledger, remote = self._ledger, self._remote
        known = ledger.noted("facts")
        if known is None or replace:
            facts = None if remote.has_own_default_graph() else Term(f"<{self._store.base()}facts>")
            if replace:
                remote.clear(facts)
                ledger.clear()
            elif not remote.is_empty(facts):
                raise StoreError(
                    f"{shown(remote.url)}：里面已经有别的数据，不是从这个文件夹传去的。请换一个空的库，或者用 --store-replace 清掉再传。",
                    f"{shown(remote.url)}: already holds data that did not come from this folder. Name an empty store, or empty it with --store-replace.",
                )
            known = facts or ""
            ledger.note("facts", known)
        self._facts = Term(known) if known else None

    @property
    def _has_changed(self) -> bool:
        touched = self._store.touched
        return bool(touched.subjects or touched.graphs)

    def _conclude(self) -> None:
        """Note, here and in the store, that the copy is level with it."""
        number = int(self._ledger.noted("number") or 0) + 1
        now = f"{hashlib.sha256(self._remote.url.encode()).hexdigest()[:16]}:{number}"
        self._ledger.note("number", str(number))
        self._ledger.note("level", now)
        self._store.set_level(now)

    def _prove(self) -> None:
        """Count what has arrived."""
        there, here = self._remote.count(self._facts), len(self._store)
        if there != here:
            self._ledger.note("level", "")
            raise StoreError(
                f"{shown(self._remote.url)}：传完后有 {there:,} 条事实，应有 {here:,} 条。是不是别人也在写？可以用 --store-replace 重传。",
                f"{shown(self._remote.url)}: holds {there:,} facts after the push and should hold {here:,}. "
                "Does somebody else write there? Send all again with --store-replace.",
            )

    # ------------------------------------------------------------ what there is

    def _everything(self) -> Iterator[_Unit]:
        oxigraph = self._store.oxigraph
        hidden = self._hidden()
        graphs = [Term(str(graph)) for graph in oxigraph.named_graphs() if graph not in hidden]
        yield from self._met(self._by_subject(""))
        for graph in graphs:
            yield from self._met(self._by_subject(graph) if not is_article(graph) else iter([_Unit(graph, "", tuple(self._lines(graph)))]))

    def _hidden(self) -> set[object]:
        """Return the graphs that are nobody's business: our books, and what was inferred from an earlier state."""
        inferred = graph_of(self._store.base())
        return {BOOKS, REASONED} | (set() if inferred_by(self._store.oxigraph, inferred) is not None else {inferred})

    def _met(self, units: Iterator[_Unit]) -> Iterator[_Unit]:
        """Yield the units and note that they are there."""
        met: list[Key] = []
        for unit in units:
            met.append(unit.key)
            if len(met) >= 50_000:
                self._ledger.meet(met)
                met.clear()
            yield unit
        self._ledger.meet(met)

    def _touched(self) -> Iterator[_Unit]:
        """Yield what changed since the store was opened, as it is now."""
        touched = self._store.touched
        for subject in sorted(touched.subjects):
            yield self._of("", subject)
        for graph, subject in sorted(touched.parts):
            yield self._of(graph, subject)
        for graph in sorted(filter(is_article, touched.graphs)):
            yield _Unit(graph, "", tuple(self._lines(graph)))
        # what was inferred is mended past the books of what is touched
        inferred = Term(str(graph_of(self._store.base())))
        there = [] if ox.NamedNode(inferred[1:-1]) in self._hidden() else list(self._by_subject(inferred))
        yield from there
        for key in set(self._ledger.keys(inferred)) - {unit.key for unit in there}:
            yield _Unit(*key, ())

    def _of(self, graph: str, subject: str) -> _Unit:
        where = ox.NamedNode(graph[1:-1]) if graph else ox.DefaultGraph()
        found = self._store.oxigraph.quads_for_pattern(ox.NamedNode(subject[1:-1]), None, None, where)
        return _Unit(graph, subject, tuple(f"{subject} {quad.predicate} {quad.object} .".encode() for quad in found))

    def _by_subject(self, graph: str) -> Iterator[_Unit]:
        """Yield what a graph says, a unit for each subject; the store keeps the triples of a subject together."""
        for subject, lines in groupby(self._lines(graph), key=lambda line: line[: line.index(b" ")]):
            yield _Unit(graph, subject.decode(), tuple(lines))

    def _lines(self, graph: str) -> Iterator[bytes]:
        where = ox.NamedNode(graph[1:-1]) if graph else ox.DefaultGraph()
        for quads in _portions(self._store.oxigraph.quads_for_pattern(None, None, None, where)):
            text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
            yield from cast("bytes", text).splitlines()

    # ------------------------------------------------------------ sending

    def _take(self, unit: _Unit) -> None:
        """Let a unit wait for its batch, unless it is there already."""
        is_known = self._ledger.is_known(unit.key)
        if self._ledger.digest(unit.key) == unit.digest and (is_known is bool(unit.lines)):
            return
        self._batch.append((unit, is_known))
        self._size += unit.size
        if self._size > _BATCH or len(self._batch) >= _UNITS:
            self._send()

    def _send(self) -> None:
        """Send what waits; until it has arrived, it is in doubt."""
        batch, self._batch, self._size = self._batch, [], 0
        if not batch:
            return
        self._ledger.doubt(sorted(unit.key for unit, _ in batch))
        fresh = [unit for unit, is_known in batch if not is_known]
        changed = [unit for unit, is_known in batch if is_known]
        if self._remote.services.takes_quads and self._remote.services.graphs is not None:
            if fresh:
                self._remote.add_quads(b"".join(self._quads(fresh)))
        else:
            self._send_apart(fresh, new=True)
        self._send_apart(changed, new=False)
        self._ledger.settle([(unit.key, unit.digest) for unit, _ in batch])
        for unit, _ in batch:
            self._articles += bool(unit.lines) and not unit.subject
            self._subjects += bool(unit.lines) and bool(unit.subject)
            self._removed += not unit.lines
            self._triples += len(unit.lines)
        self._tell(self._triples, shown(self._remote.url))

    def _quads(self, units: Iterable[_Unit]) -> Iterator[bytes]:
        for unit in units:
            graph = self._named(unit.graph)
            for line in unit.lines:
                yield line + b"\n" if graph is None else line[:-1] + f"{graph} .\n".encode()

    def _named(self, graph: str) -> Term | None:
        """Return the graph over there that a graph here is."""
        return Term(graph) if graph else self._facts

    def _send_apart(self, units: Iterable[_Unit], *, new: bool) -> None:
        """Send each graph of an article by itself, and of the others each graph's subjects."""
        whole = [unit for unit in units if not unit.subject]
        for unit in whole:
            if unit.lines:
                self._remote.put(Term(unit.graph), unit.lines)
        self._remote.drop(Term(unit.graph) for unit in whole if not unit.lines)
        parts = sorted((unit for unit in units if unit.subject), key=lambda unit: unit.graph)
        for graph, found in groupby(parts, key=lambda unit: unit.graph):
            of_graph = list(found)
            lines = (line for unit in of_graph for line in unit.lines)
            if new:
                self._remote.add(self._named(graph), lines)
            else:
                self._remote.replace(self._named(graph), [unit.subject for unit in of_graph], lines)


def _portions(quads: Iterator[ox.Quad]) -> Iterator[list[ox.Quad]]:
    portion: list[ox.Quad] = []
    for quad in quads:
        portion.append(quad)
        if len(portion) >= 10_000:
            yield portion
            portion = []
    if portion:
        yield portion
