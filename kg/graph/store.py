"""Keep the graph on disk: what graphs say comes in, the default graph holds every fact of those that count once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.draft import Draft
from kg.graph.inferred import outdate
from kg.graph.lock import Lock
from kg.graph.terms import DEFAULT_BASE, Spo, Term

# Our own bookkeeping stands in a named graph, so that it changes in the same transaction as what it tells of.
BOOKS = ox.NamedNode("urn:zhengtu:books")
_BOOKS = Term(str(BOOKS))
_COUNTS = Term("<urn:zhengtu:counts>")
_YES = Term('"true"')
_WRITTEN_AS = Term("<urn:zhengtu:written>")
_LEVEL = Term("<urn:zhengtu:level>")

_READ = ("读不出来", "cannot be read")
_WRITTEN = ("写不进去", "cannot be written")
_OPENED = ("打不开", "cannot be opened")

# Bulk loading writes new files per call and costs half of a transaction per fact; for a handful the files are not worth it.
_BULK_FROM = 5_000


@dataclass(frozen=True, slots=True)
class Change:
    """How many graphs were added, replaced and removed; what was the same already is in none of them."""

    added: int = 0
    replaced: int = 0
    removed: int = 0

    def __add__(self, other: Change) -> Change:
        return Change(self.added + other.added, self.replaced + other.replaced, self.removed + other.removed)


@dataclass(slots=True)
class Touched:
    """What changed since the store was opened: subjects of the default graph, named graphs, and subjects in those of no single article."""

    subjects: set[Term] = field(default_factory=set)
    graphs: set[Term] = field(default_factory=set)
    parts: set[tuple[Term, Term]] = field(default_factory=set)


_Lines = tuple[Term | None, list[str]]
"""A graph (None: the default graph) and triples as text."""


def is_article(graph: Term) -> bool:
    """Tell whether a graph is that of an article."""
    return "/article/" in graph or "#article/" in graph


def _node(term: Term) -> ox.NamedNode:
    return ox.NamedNode(term[1:-1])


class Store:
    """The one owner of the store in ``folder/store``; use it with ``with``.

    One process writes or several read, never both: who comes second gets a StoreError that names the folder. What is told
    at once is one transaction, so a process that dies leaves whole graphs only. All errors are StoreErrors of one line.
    ``drafting`` keeps the facts of a first build ready for its files, so that they are not read back.
    """

    def __init__(self, folder: Path | str, *, reading: bool = False, drafting: bool = True) -> None:
        self.folder = Path(folder)
        self.reading = reading
        self._path = self.folder / "store"
        self._lock = Lock(self.folder / "store.lock")
        self._open: ox.Store | None = None
        self._draft: Draft | None = None
        self._can_draft = False
        self.touched = Touched()
        self.stamped: str | None = None
        self.levels: frozenset[str] = frozenset()
        if reading:
            self._open_for_reading()
        else:
            self._open_for_writing()
        # whether what is written can be kept for the files: only if nothing was there before
        self._can_draft = drafting and not reading and self.is_empty()
        self.stamped = self.stamp()
        # the copies elsewhere that were level with the store when it was opened; what is touched is all they lack
        self.levels = frozenset(_value(quad.object) for quad in self._levels())

    # ------------------------------------------------------------ opening and closing

    def _open_for_reading(self) -> None:
        if not (self._path / "CURRENT").is_file():
            raise StoreError(
                f"{self.folder}：这里没有图谱。请先用 kg build 建一张，或者指定它所在的文件夹。",
                f"{self.folder}: there is no graph here. Build one first with kg build, or name the folder it was built in.",
            )
        try:
            taken = self._lock.acquire(shared=True)
        except OSError:
            taken = True  # a folder that nobody can write to needs no lock
        if not taken:
            raise StoreError(
                f"{self.folder}：另一个进程正在写这张图谱。请等它写完。",
                f"{self.folder}: the graph is being written by another process. Wait until it has finished.",
            )
        with self._told(_READ):
            try:
                self._open = ox.Store.read_only(str(self._path))
            except RuntimeError as error:
                # a build that was killed while it made the store, before or between its tables; the next one goes on from there
                if not any(words in str(error) for words in ("read-write", "Column family not found")):
                    raise
                raise StoreError(
                    f"{self.folder}：图谱还没有建成。请再运行一次 kg build。", f"{self.folder}: the graph was never finished. Run kg build again."
                ) from error

    def _open_for_writing(self) -> None:
        with self._told(_WRITTEN):
            self._path.mkdir(parents=True, exist_ok=True)
            taken = self._lock.acquire()
        if not taken:
            raise StoreError(
                f"{self.folder}：另一个进程正在使用这张图谱。请等它结束，或者指定另一个文件夹。",
                f"{self.folder}: the graph is in use by another process. Wait until it has finished, or name another folder.",
            )
        with self._told(_OPENED):
            if any(self._path.iterdir()) and not (self._path / "CURRENT").is_file():
                raise StoreError(
                    f"{self._path}：这个文件夹里是别的文件，不是图谱。请指定另一个文件夹。",
                    f"{self._path}: this folder holds other files and no graph. Name another folder.",
                )
            for left in self._path.glob("bulk-*.sst"):  # a bulk load that was killed leaves its files behind for ever
                left.unlink()
            self._open = ox.Store(str(self._path))

    @contextmanager
    def _told(self, what: tuple[str, str]) -> Iterator[None]:
        """Turn what the system or Oxigraph says into one line that names the folder; let go of the lock if opening failed."""
        try:
            yield
        except StoreError:
            self.close()
            raise
        except (OSError, RuntimeError, ValueError) as error:
            if self._open is None:
                self.close()
            cause = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
            if "orruption" in cause:
                raise StoreError(
                    f"{self.folder}：图谱已损坏（{cause[:160]}）。请删除 {self._path} 后重建。",
                    f"{self.folder}: the graph is damaged ({cause[:160]}). Delete {self._path} and build it again.",
                ) from error
            raise StoreError(
                f"{self.folder}：图谱{what[0]}（{cause[:160]}）。请检查文件夹、权限和磁盘空间。",
                f"{self.folder}: the graph {what[1]} ({cause[:160]}). Check the folder, its permissions and the space on the disk.",
            ) from error

    def close(self) -> None:
        """Close the store and let go of the lock; a store can be closed twice."""
        self._stop_drafting()
        self._open = None  # Oxigraph closes when the last reference goes
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def oxigraph(self) -> ox.Store:
        """Return the store within, for the neighbours in this room; whoever keeps it keeps the store open."""
        if self._open is None:
            raise StoreError(f"{self.folder}：图谱已经关闭。请重新打开。", f"{self.folder}: the graph is closed. Open it again.")
        return self._open

    # ------------------------------------------------------------ what is in it

    def is_empty(self) -> bool:
        """Tell whether no graph has been told yet."""
        with self._told(_READ):
            return next(self._counting(None), None) is None

    def articles(self) -> Iterator[Term]:
        """Yield the graphs of the articles, in no order."""
        with self._told(_READ):
            for quad in self._counting(None):
                graph = Term(str(quad.subject))
                if is_article(graph):
                    yield graph

    def count_graphs(self) -> int:
        """Return how many graphs count."""
        with self._told(_READ):
            return sum(1 for _ in self._counting(None))

    def said_by(self, graph: Term) -> set[Spo]:
        """Return the triples of one named graph."""
        with self._told(_READ):
            quads = self.oxigraph.quads_for_pattern(None, None, None, _node(graph))
            return {(Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object))) for quad in quads}

    def said_of(self, graph: Term, subjects: Iterable[Term]) -> set[Spo]:
        """Return the triples of one named graph that have one of the subjects."""
        found: set[Spo] = set()
        with self._told(_READ):
            for subject in subjects:
                for quad in self.oxigraph.quads_for_pattern(_node(subject), None, None, _node(graph)):
                    found.add((subject, Term(str(quad.predicate)), Term(str(quad.object))))
        return found

    def says(self, subject: Term, predicate: Term) -> bool:
        """Tell whether the default graph holds a fact with a subject and a predicate."""
        with self._told(_READ):
            return next(self.oxigraph.quads_for_pattern(_node(subject), _node(predicate), None, ox.DefaultGraph()), None) is not None

    def joined(self, graph: Term, predicate: Term) -> set[tuple[Term, Term]]:
        """Return the subjects and objects of a predicate in one named graph."""
        with self._told(_READ):
            found = self.oxigraph.quads_for_pattern(None, _node(predicate), None, _node(graph))
            return {(Term(str(quad.subject)), Term(str(quad.object))) for quad in found}

    def pairs(self, predicate: Term, *, besides: Term) -> set[tuple[Term, Term]]:
        """Return the subjects and objects of a predicate in all named graphs but one."""
        with self._told(_READ):
            found = self.oxigraph.quads_for_pattern(None, _node(predicate), None, None)
            skipped = (ox.DefaultGraph(), _node(besides))
            return {(Term(str(quad.subject)), Term(str(quad.object))) for quad in found if quad.graph_name not in skipped}

    def base(self) -> str:
        """Return the base IRI of the things in the store, told by its articles."""
        first = next(self.articles(), None)
        return DEFAULT_BASE if first is None else first[1:].rpartition("article/")[0]

    def __len__(self) -> int:
        """Return the number of facts of the default graph; Oxigraph counts them one by one, so a draft that has been written out is asked first."""
        if self._draft is not None and self._draft.triples is not None:
            return self._draft.triples
        with self._told(_READ):
            found = self.oxigraph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
            return int(_value(next(iter(found))[0])) if isinstance(found, ox.QuerySolutions) else 0

    def _counting(self, graph: Term | None) -> Iterator[ox.Quad]:
        """Yield the lines of the books that say that a graph counts, those of one graph if it is given."""
        return self.oxigraph.quads_for_pattern(None if graph is None else _node(graph), _node(_COUNTS), None, BOOKS)

    # ------------------------------------------------------------ writing

    def tell(self, graphs: Mapping[Term, Collection[Spo]]) -> Change:
        """Let each graph say these triples and nothing else, in one transaction; a graph that says nothing is removed.

        A fact stays in the default graph as long as any told graph says it. Some hundred articles at a time are cheapest.
        """
        with self._told(_WRITTEN):
            plan = _Plan(self)
            for graph, triples in graphs.items():
                plan.take(graph, triples)
            change = plan.settle()
            self._apply(plan.added, plan.deleted, plan.dropped, plan.fresh)
            return change

    def amend(self, graph: Term, added: Collection[Spo], deleted: Collection[Spo]) -> None:
        """Change a graph that counts by some triples, in one transaction; costs as much as what changes."""
        with self._told(_WRITTEN):
            plan = _Plan(self)
            plan.amend(graph, set(added), set(deleted))
            self._apply(plan.added, plan.deleted, plan.dropped, plan.fresh)

    def put(self, graph: Term, triples: Iterable[Spo]) -> None:
        """Let a named graph (such as how names were resolved) hold these triples, outside the default graph."""
        target = set(triples)
        now = self.said_by(graph)
        self.put_part(graph, target - now, now - target)

    def put_part(self, graph: Term, added: Collection[Spo], deleted: Collection[Spo]) -> None:
        """Change some triples of a named graph outside the default graph."""
        with self._told(_WRITTEN):
            drafted = self._draft is not None and not deleted and self._draft.add_aside(graph, added)
            self._apply([(graph, _bodies(added))], [(graph, _bodies(deleted))], [], drafted=drafted)

    def clear(self) -> None:
        """Forget everything."""
        with self._told(_WRITTEN):
            if next(iter(self.oxigraph.quads_for_pattern(None, None, None, None)), None) is not None:
                self._stop_drafting()
                self.oxigraph.clear()
                self.oxigraph.flush()
                self._can_draft = True
                self.stamped = None  # no file tells any more what is in the store

    def stamp(self) -> str | None:
        """Return what was noted when the files were written that still tell what the store holds; None if it has changed since."""
        with self._told(_READ):
            found = next(self.oxigraph.quads_for_pattern(BOOKS, _node(_WRITTEN_AS), None, BOOKS), None)
            return None if found is None else _value(found.object)

    def set_stamp(self, text: str) -> None:
        """Note what the files are that tell what the store holds."""
        with self._told(_WRITTEN):
            for quad in list(self.oxigraph.quads_for_pattern(BOOKS, _node(_WRITTEN_AS), None, BOOKS)):
                self.oxigraph.remove(quad)
            self.oxigraph.add(ox.Quad(BOOKS, _node(_WRITTEN_AS), ox.Literal(text), BOOKS))
            self.oxigraph.flush()

    def unstamp(self) -> None:
        """Note that the files no longer tell what the store holds."""
        with self._told(_WRITTEN):
            for quad in list(self.oxigraph.quads_for_pattern(BOOKS, _node(_WRITTEN_AS), None, BOOKS)):
                self.oxigraph.remove(quad)

    def count_in(self, graphs: Iterable[Term]) -> None:
        """Let graphs that were written past the books count."""
        with self._told(_WRITTEN):
            self.oxigraph.extend(ox.Quad(_node(graph), _node(_COUNTS), ox.Literal("true"), BOOKS) for graph in graphs)

    def _levels(self) -> Iterator[ox.Quad]:
        """Yield the notes on copies that are level with the store; whatever changes it removes them."""
        with self._told(_READ):
            yield from self.oxigraph.quads_for_pattern(BOOKS, _node(_LEVEL), None, BOOKS)

    def set_level(self, copy: str) -> None:
        """Note that a copy elsewhere (``NAME:NUMBER``) holds what the store holds now; the note lasts until the store changes."""
        with self._told(_WRITTEN):
            for quad in list(self._levels()):
                if _value(quad.object).partition(":")[0] == copy.partition(":")[0]:
                    self.oxigraph.remove(quad)
            self.oxigraph.add(ox.Quad(BOOKS, _node(_LEVEL), ox.Literal(copy), BOOKS))
            self.oxigraph.flush()

    @property
    def draft(self) -> Draft | None:
        """Return the blocks of a first build, if they are all that is in the store."""
        return self._draft

    def _stop_drafting(self) -> None:
        self._can_draft = False
        if self._draft is not None:
            self._draft.close()
            self._draft = None

    @contextmanager
    def writing(self) -> Iterator[ox.Store]:
        """Give the store within to a neighbour in this room who writes beside the articles; what goes wrong is a StoreError."""
        with self._told(_WRITTEN):
            yield self.oxigraph

    def flush(self) -> None:
        """Make sure that what was written survives a loss of power."""
        with self._told(_WRITTEN):
            self.oxigraph.flush()

    def _apply(
        self,
        added: list[_Lines],
        deleted: list[_Lines],
        dropped: list[Term],
        fresh: Collection[tuple[Term, Collection[Spo]]] = (),
        *,
        drafted: bool = False,
    ) -> None:
        """Write in one transaction and make it durable; ``fresh`` are new graphs, which go into their graph and the default graph.

        ``drafted`` tells that the draft has taken in what is added.
        """
        if not (fresh or dropped or any(bodies for _, bodies in (*added, *deleted))):
            return
        self._note_touched(added, deleted, dropped, fresh)
        if (stamp := self.stamp()) is not None:  # the files no longer tell what is in the store
            deleted = [*deleted, (_BOOKS, [f"{_BOOKS} {_WRITTEN_AS} {ox.Literal(stamp)}"])]
        if levels := [f"{_BOOKS} {_LEVEL} {quad.object}" for quad in self._levels()]:
            deleted = [*deleted, (_BOOKS, levels)]
        changes = bool(dropped) or any(bodies for _, bodies in deleted)
        if not drafted and (changes or any(bodies for graph, bodies in added if graph != _BOOKS)):
            self._stop_drafting()
        pieces: list[str] = []
        for graph, bodies in added:
            pieces += [f"{body} {graph or ''} .\n" for body in bodies]
        for graph, triples in fresh:
            pieces += [f"{(body := f'{subject} {predicate} {thing}')} {graph} .\n{body} .\n" for subject, predicate, thing in triples]
        outdate(self.oxigraph)
        if changes:
            updates = [f"DROP SILENT GRAPH {graph}" for graph in dropped]
            updates += [f"DELETE DATA {{ {_data(deleted)} }}"]
            for graph, triples in fresh:
                added += ((graph, _bodies(triples)), (None, _bodies(triples)))
            updates += [f"INSERT DATA {{ {_data(added)} }}"]
            self.oxigraph.update(" ;\n".join(updates))
        else:
            load = self.oxigraph.bulk_load if len(pieces) >= _BULK_FROM else self.oxigraph.load
            # lenient: our own text needs no second look at its IRIs and language tags
            load("".join(pieces).encode(), ox.RdfFormat.N_QUADS, lenient=True)
        self.oxigraph.flush()
        if self._can_draft:
            for graph, triples in fresh:
                if self._draft is None:
                    self._draft = Draft(self.folder, self.base())
                self._draft.add(graph, triples)

    def _note_touched(
        self, added: list[_Lines], deleted: list[_Lines], dropped: list[Term], fresh: Collection[tuple[Term, Collection[Spo]]]
    ) -> None:
        """Remember what changes, if there are files or copies that can be brought up to date."""
        if self.stamped is None and not self.levels:
            return
        for graph, bodies in (*added, *deleted):
            if graph is None:
                self.touched.subjects.update(Term(body.split(" ", 1)[0]) for body in bodies)
            elif bodies and graph != _BOOKS:
                self.touched.graphs.add(graph)
                if not is_article(graph):
                    self.touched.parts.update((graph, Term(body.split(" ", 1)[0])) for body in bodies)
        self.touched.graphs.update(dropped)
        if not all(map(is_article, dropped)):
            self.levels = frozenset()
        for graph, triples in fresh:
            self.touched.graphs.add(graph)
            self.touched.subjects.update(spo[0] for spo in triples)
            if not is_article(graph):
                self.touched.parts.update((graph, spo[0]) for spo in triples)


def _value(term: object) -> str:
    """Return the text of a literal."""
    if not isinstance(term, ox.Literal):
        raise ValueError(f"the bookkeeping of the store holds {term}")
    return term.value


def _bodies(triples: Iterable[Spo]) -> list[str]:
    return [f"{subject} {predicate} {thing}" for subject, predicate, thing in triples]


def _data(lines: list[_Lines]) -> str:
    """Return lines as the data of an update."""
    parts = []
    for graph, bodies in lines:
        if bodies:
            data = " .\n".join(bodies)
            parts.append(f"{data} ." if graph is None else f"GRAPH {graph} {{ {data} }}")
    return "\n".join(parts)


class _Plan:
    """What one transaction changes: lines to add and to delete, graphs to drop."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.added: list[_Lines] = []
        self.deleted: list[_Lines] = []
        self.dropped: list[Term] = []
        self.fresh: list[tuple[Term, Collection[Spo]]] = []
        self._targets: dict[Term, Collection[Spo]] = {}
        self._after: dict[Term, set[Spo]] = {}  # what graphs that were there say afterwards

    def take(self, graph: Term, triples: Collection[Spo]) -> None:
        """Take in what a graph shall say; the last word on a graph counts."""
        self._targets[graph] = triples

    def settle(self) -> Change:
        """Compare what the graphs shall say with what they say, and return what that changes."""
        added = replaced = removed = 0
        gone: dict[Term, set[Spo]] = {}  # what a graph no longer says
        for graph, triples in self._targets.items():
            if next(self.store._counting(graph), None) is None:
                if triples:
                    self.fresh.append((graph, triples))
                    self.added.append((_BOOKS, [f"{graph} {_COUNTS} {_YES}"]))
                    added += 1
                continue
            now = self.store.said_by(graph)
            target = self._after[graph] = set(triples)
            if now == target:
                continue
            new = _bodies(target - now)
            self.added += ((graph, new), (None, new))
            gone[graph] = now - target
            if target:
                self.deleted.append((graph, _bodies(gone[graph])))
                replaced += 1
            else:
                self.dropped.append(graph)
                self.deleted.append((_BOOKS, [f"{graph} {_COUNTS} {_YES}"]))
                removed += 1
        self._forget(gone)
        return Change(added, replaced, removed)

    def amend(self, graph: Term, added: set[Spo], deleted: set[Spo]) -> None:
        """Add and delete some triples of a graph."""
        if next(self.store._counting(graph), None) is None:
            if added:
                self.fresh.append((graph, added))
                self.added.append((_BOOKS, [f"{graph} {_COUNTS} {_YES}"]))
            return
        new = _bodies(added)
        self.added += ((graph, new), (None, new))
        self.deleted.append((graph, _bodies(deleted)))
        self._after[graph] = added
        self._forget({graph: deleted - added})

    def _forget(self, gone: Mapping[Term, set[Spo]]) -> None:
        """Delete from the default graph what no graph says any more."""
        orphans: set[Spo] = set()
        shared: set[Spo] = set()
        for graph, triples in gone.items():
            inner = (graph[:-1] + "/", graph[:-1] + "#", graph)
            for spo in triples:
                (orphans if spo[0].startswith(inner) and "/event/" not in spo[0] else shared).add(spo)
        if shared:
            shared.difference_update(*self._after.values(), *(triples for _, triples in self.fresh))
            known = dict.fromkeys(map(_node, self._after), False)
            orphans |= {spo for spo in shared if not self._is_said_elsewhere(spo, known)}
        self.deleted.append((None, _bodies(orphans)))

    def _is_said_elsewhere(self, spo: Spo, known: dict[ox.NamedNode, bool]) -> bool:
        """Tell whether a graph outside the transaction says a triple; ``known`` remembers which graphs count."""
        (triple,) = ox.parse(f"{spo[0]} {spo[1]} {spo[2]} .".encode(), ox.RdfFormat.N_TRIPLES)
        for quad in self.store.oxigraph.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode):
                if graph not in known:
                    known[graph] = next(self.store._counting(Term(str(graph))), None) is not None
                if known[graph]:
                    return True
        return False
