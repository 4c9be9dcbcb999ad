"""Keep the graph on disk: what articles say comes in, the default graph holds every fact once, a named graph each article."""

from __future__ import annotations

import hashlib
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
from kg.graph.terms import DCTERMS, DEFAULT_BASE, SCHEMA, Spo, Term, plain

# Our own bookkeeping stands in a named graph, so that it changes in the same transaction as what it tells of.
SOURCES = ox.NamedNode("urn:zhengtu:sources")
_SOURCES = Term(str(SOURCES))
_PATH = Term("<urn:zhengtu:path>")
_CONTENT = Term("<urn:zhengtu:content>")
_ARTICLE = Term("<urn:zhengtu:article>")
_NODES = {term: ox.NamedNode(term[1:-1]) for term in (_PATH, _CONTENT, _ARTICLE)}

_READ = ("读不出来", "cannot be read")
_WRITTEN = ("写不进去", "cannot be written")
_OPENED = ("打不开", "cannot be opened")

# Bulk loading writes new files per call and costs half of a transaction per fact; for a handful the files are not worth it.
_BULK_FROM = 5_000
# What the node of an article says about where it was found: two sources of one article both stay.
_PER_SOURCE = frozenset({DCTERMS.source, SCHEMA.publisher, SCHEMA.url})


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one source says: the articles of a file, each with its triples.

    ``articles`` maps the IRI of an article's graph (as a term) to its triples. ``content`` is any text that changes when
    the source must be read again, such as a hash of the file and of the reader's version.
    """

    source: str
    content: str
    articles: Mapping[Term, Collection[Spo]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """How many articles a batch added, replaced and removed; what was the same already is in none of them."""

    added: int = 0
    replaced: int = 0
    removed: int = 0

    def __add__(self, other: Change) -> Change:
        return Change(self.added + other.added, self.replaced + other.replaced, self.removed + other.removed)


_Lines = tuple[Term | None, list[str]]
"""A graph (None: the default graph) and triples as text."""


def _source_node(source: str) -> Term:
    return Term(f"<urn:sha256:{hashlib.sha256(source.encode('utf-8', 'replace')).hexdigest()}>")


def _node(term: Term) -> ox.NamedNode:
    return ox.NamedNode(term[1:-1])


class Store:
    """The one owner of the store in ``folder/store``; use it with ``with``.

    One process writes or several read, never both: who comes second gets a StoreError that names the folder. A batch is
    one transaction, so a process that dies leaves whole articles only. All errors are StoreErrors of one line.
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
        if reading:
            self._open_for_reading()
        else:
            self._open_for_writing()
        # whether what is written can be kept for the files: only if nothing was there before
        self._can_draft = drafting and not reading and next(self._kept(None, _PATH), None) is None

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
                # a build that was killed while it made the store; the next one goes on from there
                if "read-write" not in str(error):
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

    def sources(self) -> dict[str, str]:
        """Return what each source was when it was read: path → ``content``."""
        with self._told(_READ):
            paths = {quad.subject: quad.object for quad in self._kept(None, _PATH)}
            content = {quad.subject: quad.object for quad in self._kept(None, _CONTENT)}
            return {_value(path): _value(content[node]) for node, path in paths.items() if node in content}

    def articles(self, source: str | None = None) -> Iterator[Term]:
        """Yield the graphs of the articles, those of one source only if it is given, in no order."""
        with self._told(_READ):
            seen: set[Term] = set()
            for quad in self._kept(None if source is None else _source_node(source), _ARTICLE):
                graph = Term(str(quad.object))
                if graph not in seen:
                    seen.add(graph)
                    yield graph

    def said_by(self, graph: Term) -> set[Spo]:
        """Return the triples of one named graph."""
        with self._told(_READ):
            quads = self.oxigraph.quads_for_pattern(None, None, None, _node(graph))
            return {(Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object))) for quad in quads}

    def base(self) -> str:
        """Return the base IRI of the things in the store, told by its articles."""
        first = next(self.articles(), None)
        return DEFAULT_BASE if first is None or "article/" not in first else first[1:].rpartition("article/")[0]

    def __len__(self) -> int:
        """Return the number of facts of the default graph; Oxigraph counts them one by one, so a draft that has been written out is asked first."""
        if self._draft is not None and self._draft.triples is not None:
            return self._draft.triples
        with self._told(_READ):
            found = self.oxigraph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
            return int(_value(next(iter(found))[0])) if isinstance(found, ox.QuerySolutions) else 0

    def _kept(self, subject: Term | None, predicate: Term, graph: Term | None = None) -> Iterator[ox.Quad]:
        """Yield lines of the bookkeeping."""
        return self.oxigraph.quads_for_pattern(
            None if subject is None else _node(subject), _NODES[predicate], None if graph is None else _node(graph), SOURCES
        )

    # ------------------------------------------------------------ writing

    def replace(self, source: str, articles: Mapping[Term, Collection[Spo]], content: str = "") -> Change:
        """Let a source say these articles and nothing else; no articles at all forgets what it said."""
        return self.write([Contribution(source, content, articles)])

    def forget(self, sources: Iterable[str]) -> Change:
        """Remove sources with all that only they said, in one transaction."""
        return self._commit([Contribution(source, "") for source in sources], forget=True)

    def write(self, batch: Iterable[Contribution]) -> Change:
        """Let each source of a batch say its articles and nothing else, in one transaction.

        A fact that another article still says stays in the default graph. A batch of some hundred articles is cheapest.
        """
        return self._commit(list(batch), forget=False)

    def put(self, graph: Term, triples: Iterable[Spo]) -> None:
        """Let a named graph that is no article (such as how names were resolved) hold these triples, outside the default graph."""
        with self._told(_WRITTEN):
            target, now = set(triples), self.said_by(graph)
            self._apply([(graph, _bodies(target - now))], [(graph, _bodies(now - target))], [])

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

    def _commit(self, batch: list[Contribution], *, forget: bool) -> Change:
        with self._told(_WRITTEN):
            plan = _Plan(self)
            for contribution in batch:
                plan.take(contribution, forget=forget)
            change = plan.settle()
            self._apply(plan.added, plan.deleted, plan.dropped, plan.fresh)
            return change

    def _apply(self, added: list[_Lines], deleted: list[_Lines], dropped: list[Term], fresh: Collection[tuple[Term, Collection[Spo]]] = ()) -> None:
        """Write in one transaction and make it durable; ``fresh`` are new articles, which go into their graph and the default graph."""
        is_new = not dropped and not any(bodies for _, bodies in deleted) and all(graph == _SOURCES for graph, bodies in added if bodies)
        if not is_new:
            self._stop_drafting()
        pieces: list[str] = []
        for graph, bodies in added:
            pieces += [f"{body} {graph or ''} .\n" for body in bodies]
        for graph, triples in fresh:
            pieces += [f"{(body := f'{subject} {predicate} {thing}')} {graph} .\n{body} .\n" for subject, predicate, thing in triples]
        if pieces or not is_new:
            outdate(self.oxigraph)
        if dropped or any(bodies for _, bodies in deleted):
            updates = [f"DROP SILENT GRAPH {graph}" for graph in dropped]
            updates += [f"DELETE DATA {{ {_data(deleted)} }}"]
            for graph, triples in fresh:
                added += ((graph, _bodies(triples)), (None, _bodies(triples)))
            updates += [f"INSERT DATA {{ {_data(added)} }}"]
            self.oxigraph.update(" ;\n".join(updates))
        elif pieces:
            load = self.oxigraph.bulk_load if len(pieces) >= _BULK_FROM else self.oxigraph.load
            # lenient: our own text needs no second look at its IRIs and language tags
            load("".join(pieces).encode(), ox.RdfFormat.N_QUADS, lenient=True)
        else:
            return
        self.oxigraph.flush()
        if self._can_draft:
            for graph, triples in fresh:
                if self._draft is None:
                    self._draft = Draft(self.folder, self.base())
                self._draft.add(graph, triples)


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
    """What one batch changes: lines to add and to delete, graphs to drop."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.added: list[_Lines] = []
        self.deleted: list[_Lines] = []
        self.dropped: list[Term] = []
        self.fresh: list[tuple[Term, Collection[Spo]]] = []
        self._told: dict[Term, Collection[Spo]] = {}  # what a batch says of a graph
        self._claims: dict[Term, set[Term]] = {}  # the sources of a graph, after the batch
        self._left: dict[Term, set[Term]] = {}  # the sources that no longer say a graph
        self._after: dict[Term, set[Spo]] = {}  # what graphs that were there say after the batch
        self._paths: dict[Term, str] = {}

    def take(self, contribution: Contribution, *, forget: bool) -> None:
        """Take in one source; the last word of a batch on a source counts."""
        source = _source_node(contribution.source)
        self._paths[source] = contribution.source
        now = {Term(str(quad.object)) for quad in self.store._kept(source, _ARTICLE)}
        for graph in now - contribution.articles.keys():
            self._claimed(graph).discard(source)
            self._left.setdefault(graph, set()).add(source)
        for graph, triples in contribution.articles.items():
            self._claimed(graph).add(source)
            if graph in self._told:  # one article in two files of a batch
                triples = {*triples, *(spo for spo in self._told[graph] if spo[1] in _PER_SOURCE)}
            self._told[graph] = triples
        self._keep_books(source, contribution, now, forget=forget)

    def _claimed(self, graph: Term) -> set[Term]:
        if graph not in self._claims:
            self._claims[graph] = {Term(str(quad.subject)) for quad in self.store._kept(None, _ARTICLE, graph)}
        return self._claims[graph]

    def _keep_books(self, source: Term, contribution: Contribution, now: set[Term], *, forget: bool) -> None:
        before = {(source, _ARTICLE, article) for article in now}
        for predicate in (_PATH, _CONTENT):
            before |= {(source, predicate, Term(str(quad.object))) for quad in self.store._kept(source, predicate)}
        after: set[Spo] = set()
        if not forget:
            after = {(source, _ARTICLE, article) for article in contribution.articles}
            after |= {(source, _PATH, plain(contribution.source)), (source, _CONTENT, plain(contribution.content))}
        self.added.append((_SOURCES, _bodies(after - before)))
        self.deleted.append((_SOURCES, _bodies(before - after)))

    def settle(self) -> Change:
        """Compare what the graphs shall say with what they say, and return what that changes."""
        added = replaced = removed = 0
        gone: dict[Term, set[Spo]] = {}  # what a graph no longer says
        for graph, claims in self._claims.items():
            if not any(True for _ in self.store._kept(None, _ARTICLE, graph)):
                self.fresh.append((graph, self._told[graph]))
                added += 1
                continue
            now = self.store.said_by(graph)
            target = self._after[graph] = self._target(graph, claims, now)
            if now == target:
                continue
            new = _bodies(target - now)
            self.added += ((graph, new), (None, new))
            gone[graph] = now - target
            if claims:
                self.deleted.append((graph, _bodies(gone[graph])))
                replaced += 1
            else:
                self.dropped.append(graph)
                removed += 1
        self._forget(gone)
        return Change(added, replaced, removed)

    def _target(self, graph: Term, claims: set[Term], now: set[Spo]) -> set[Spo]:
        """Return what a graph shall say after the batch."""
        if not claims:
            return set()
        left = {plain(self._paths[source]) for source in self._left.get(graph, ())}
        told = self._told.get(graph)
        kept = now if told is None else {spo for spo in now if spo[1] in _PER_SOURCE} if len(claims) > 1 else set()
        kept = {spo for spo in kept if not (spo[0] == graph and spo[1] == DCTERMS.source and spo[2] in left)}
        return kept if told is None else kept | set(told)

    def _forget(self, gone: Mapping[Term, set[Spo]]) -> None:
        """Delete from the default graph what no article says any more."""
        orphans: set[Spo] = set()
        shared: set[Spo] = set()
        for graph, triples in gone.items():
            inner = (graph[:-1] + "/", graph[:-1] + "#", graph)
            for spo in triples:
                (orphans if spo[0].startswith(inner) or spo[2].startswith(inner) else shared).add(spo)
        if shared:
            shared.difference_update(*self._after.values(), *(triples for _, triples in self.fresh))
            articles = dict.fromkeys(map(_node, self._after), False)
            orphans |= {spo for spo in shared if not self._is_said_elsewhere(spo, articles)}
        self.deleted.append((None, _bodies(orphans)))

    def _is_said_elsewhere(self, spo: Spo, articles: dict[ox.NamedNode, bool]) -> bool:
        """Tell whether an article outside the batch says a triple; ``articles`` remembers which graphs are such articles."""
        (triple,) = ox.parse(f"{spo[0]} {spo[1]} {spo[2]} .".encode(), ox.RdfFormat.N_TRIPLES)
        for quad in self.store.oxigraph.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode):
                if graph not in articles:
                    articles[graph] = any(True for _ in self.store._kept(None, _ARTICLE, Term(str(graph))))
                if articles[graph]:
                    return True
        return False
