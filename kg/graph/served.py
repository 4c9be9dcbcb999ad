"""Let many ask a graph at once, and write to it one after the other: requests of the SPARQL protocols come in, answers go out.

Sources: SPARQL 1.1 Protocol and SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg.errors import KgError, QueryError, StoreError
from kg.graph.datasets import dataset_of, with_using
from kg.graph.guard import examined
from kg.graph.inferred import BOOKS as REASONED
from kg.graph.inferred import outdate
from kg.graph.media import ROWS, TRIPLES, graph_format
from kg.graph.protocol import Malformed, Refused, Reply, Unacceptable, written
from kg.graph.query import complaint, syntax_error
from kg.graph.query import known_prefixes as presets
from kg.graph.store import BOOKS, Store
from kg.graph.worker import Workers

_OURS = "urn:zhengtu:"
_SORTED = 2 << 20  # larger graphs are written as they come


class Busy(QueryError):
    """Others are writing and have not finished in time; nothing was changed."""


class Served:
    """The graph in a folder, shared by threads; use it with ``with``.

    ``timeout``: seconds for a query, and for waiting to write. ``largest``: bytes of an answer. ``allowed``: addresses that SERVICE and LOAD may name.
    With ``writable`` the store is this process's alone. Raises StoreError if there is no graph or it is in use.
    """

    def __init__(self, folder: Path | str, *, writable: bool = False, timeout: float = 30.0, largest: int = 64 << 20, allowed: Sequence[str] = ()) -> None:
        self.folder = Path(folder)
        self.writable = writable
        self.timeout = timeout
        self.allowed = tuple(allowed)
        self.version = 0
        """Grows whenever something is written here."""
        self._writer = threading.Lock()
        self._flusher = threading.Lock()
        self._refresher = threading.Lock()
        self._flushed = self._seen = 0
        if not (self.folder / "store" / "CURRENT").is_file():
            raise StoreError(
                f"{self.folder}：这里没有图谱。请先用 kg build 建一张，或者用 -o 指定它所在的文件夹。",
                f"{self.folder}: there is no graph here. Build one first with kg build, or name its folder with -o.",
            )
        self._store = Store(folder, drafting=False) if writable else None
        at_once = min(8, max(2, os.cpu_count() or 2))
        self._workers = Workers(folder, workers=at_once, timeout=timeout, largest=largest, allowed_services=self.allowed, source=self._store)
        try:
            self.base = self._workers.answer("ASK {}", form="json").base
        except KgError:
            self.close()
            raise

    def close(self) -> None:
        """Stop what is being asked, and let go of the graph."""
        self._workers.close()
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Served:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # ------------------------------------------------------------ asking

    def ask(self, sparql: str, rows: str | None, triples: str | None, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Reply:
        """Answer a query in the media type ``rows`` (SELECT, ASK) or ``triples`` (CONSTRUCT, DESCRIBE); None where none is acceptable.

        Raises Malformed, Refused, Unacceptable, QueryTimeout, QueryTooLarge, and QueryError for the rest.
        """
        dataset = [tuple(map(checked_graph, graphs)) for graphs in (default_graphs, named_graphs)]
        known = presets(self.base)
        asked = examined(sparql, known, self.base)
        self._refuse_foreign(asked.services, "SERVICE")
        if not any(dataset) and len(asked.graphs) > 1:
            dataset = list(dataset_of(sparql, self.base, known))
        is_graph = asked.form in ("construct", "describe")
        media = triples if is_graph else rows
        if media is None and asked.form is not None:
            raise Unacceptable(f"{asked.verb} 的结果不能写成所要的格式。", f"what {asked.verb} answers cannot be written in what is asked for.")
        media = media or "application/sparql-results+json"
        form = "nt" if is_graph else ROWS[media]
        if self.version != self._seen:
            self._refresh()
        found = self._workers.answer(sparql, form=form, default_graphs=dataset[0], named_graphs=dataset[1])
        if not is_graph or TRIPLES[media] in ("nt", "nq"):
            return Reply(media, found.size, found.body)
        facts = ox.parse(b"".join(found.body), ox.RdfFormat.N_TRIPLES)
        if found.size > _SORTED and TRIPLES[media] != "jsonld":
            body = ox.serialize((fact.triple for fact in facts), format=graph_format(media)) or b""
        else:
            body = written(facts, media, self.base)
        return Reply(media, len(body), iter([body]))

    def _refresh(self) -> None:
        """Let queries see what was written; never between two steps of a writing that will soon be done."""
        with self._refresher:
            if self.version == self._seen:
                return
            is_quiet = self._writer.acquire(timeout=2)
            try:
                reached = self.version
                self._workers.refresh()
                self._seen = reached
            finally:
                if is_quiet:
                    self._writer.release()

    def _refuse_foreign(self, addresses: Sequence[str | None], word: str) -> None:
        for address in addresses:
            if address not in self.allowed:
                told = address or "?"
                raise Refused(
                    f"不能用 {word}（{told[:80]}）：只用这张图谱，不访问网络和文件。",
                    f"{word} ({told[:80]}) is refused: this graph is all that can be reached, no other address and no file.",
                )

    def found(self, sparql: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT as plain texts by variable; what is not bound is left out."""
        reply = self.ask(sparql, "application/sparql-results+json", None)
        return [{name: term["value"] for name, term in row.items()} for row in json.loads(reply.read())["results"]["bindings"]]

    def truth(self, sparql: str) -> bool:
        """Return the answer to an ASK."""
        return bool(json.loads(self.ask(sparql, "application/sparql-results+json", None).read())["boolean"])

    def modified(self) -> str:
        """Return when the graph on the disk was last written, in UTC."""
        moment = max((file.stat().st_mtime for file in (self.folder / "store").glob("*.sst")), default=(self.folder / "store").stat().st_mtime)
        return datetime.fromtimestamp(int(moment), UTC).isoformat().replace("+00:00", "Z")

    # ------------------------------------------------------------ the graph store protocol

    def has_graph(self, graph: str | None) -> bool:
        """Tell whether a graph is there, be it empty; None is the default graph, which always is."""
        if graph is None:
            return True
        return self.truth(f"ASK {{ GRAPH <{checked_graph(graph)}> {{ }} }}")

    def graph(self, graph: str | None, media: str) -> Reply:
        """Return all a graph says, in a format of ``media.TRIPLES``."""
        pattern = "?s ?p ?o" if graph is None else f"GRAPH <{checked_graph(graph)}> {{ ?s ?p ?o }}"
        return self.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", None, media)

    def put(self, graph: str | None, parts: Sequence[tuple[bytes, str]], *, keep: bool = False) -> bool:
        """Let a graph say what the parts (bytes and media type) say together, besides what it says already if ``keep``.

        Returns whether the graph is new. One transaction: either all of it is written or nothing. Raises Malformed for what is no RDF.
        """
        name = None if graph is None else checked_graph(graph)
        base = name or self.base
        data = "".join(" .\n".join(_read(body, media, base, number)) + " .\n" for number, (body, media) in enumerate(parts) if body.strip())
        data = data if data.strip(" .\n") else ""
        into = data if name is None else f"GRAPH <{name}> {{ {data} }}"
        clear = "" if keep else ("CLEAR SILENT DEFAULT ;" if name is None else f"DROP SILENT GRAPH <{name}> ;")
        create = "" if name is None else f"CREATE SILENT GRAPH <{name}> ;"

        def act(store: ox.Store) -> bool:
            is_new = name is not None and not store.contains_named_graph(ox.NamedNode(name))
            store.update(f"{clear} {create} INSERT DATA {{ {into} }}")
            return is_new

        return self._write(act)

    def delete(self, graph: str | None) -> bool:
        """Remove a graph (the default graph is emptied); returns whether it was there."""
        name = None if graph is None else checked_graph(graph)

        def act(store: ox.Store) -> bool:
            if name is not None and not store.contains_named_graph(ox.NamedNode(name)):
                return False
            store.update("CLEAR DEFAULT" if name is None else f"DROP SILENT GRAPH <{name}>")
            return True

        return self._write(act)

    def patch(self, graph: str | None, update: str) -> None:
        """Change one graph by an update in which it is the default graph and the only one. Raises Refused if the update reaches for others."""
        name = None if graph is None else checked_graph(graph)
        self._checked(update)
        place = ox.DefaultGraph() if name is None else ox.NamedNode(name)

        def act(store: ox.Store) -> bool:
            alone = ox.Store()
            before = {fact.triple for fact in store.quads_for_pattern(None, None, None, place)}
            alone.bulk_extend(ox.Quad(fact.subject, fact.predicate, fact.object) for fact in before)
            alone.update(update, base_iri=name or self.base, prefixes=presets(self.base))
            if any(True for _ in alone.named_graphs()):
                raise Refused("PATCH 只能改动这一个图。", "PATCH changes this one graph only.")
            after = {fact.triple for fact in alone.quads_for_pattern(None, None, None, ox.DefaultGraph())}
            if name is not None:
                store.add_graph(ox.NamedNode(name))
            # blank nodes keep their names, so that both sides can be compared; one lock stands around both steps
            for fact in before - after:
                store.remove(ox.Quad(fact.subject, fact.predicate, fact.object, place))
            store.extend(ox.Quad(fact.subject, fact.predicate, fact.object, place) for fact in after - before)
            return True

        self._write(act, update)

    # ------------------------------------------------------------ writing

    def update(self, sparql: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> None:
        """Run an update, whole or not at all; it reads from the graphs given, if there are any.

        Raises Malformed, Refused for LOAD and SERVICE, Busy if others write for too long.
        """
        self._checked(sparql)
        graphs = tuple(map(checked_graph, default_graphs)), tuple(map(checked_graph, named_graphs))
        if any(graphs):
            try:
                sparql = with_using(sparql, *graphs)
            except ValueError as error:
                raise Malformed(
                    f"更新里已有 {error}，不能再给 using-graph-uri。", f"the update has {error} itself, so using-graph-uri cannot be given too."
                ) from None

        def act(store: ox.Store) -> bool:
            store.update(sparql, base_iri=self.base, prefixes=presets(self.base))
            return True

        self._write(act, sparql)

    def _checked(self, update: str) -> None:
        asked = examined(update, presets(self.base), self.base)
        self._refuse_foreign(asked.services, "SERVICE")
        self._refuse_foreign(asked.loads, "LOAD")
        if asked.form != "update":
            raise Malformed("这不是更新：更新用 INSERT、DELETE 等。", "this is no update: an update says INSERT, DELETE and the like.")
        if f"<{_OURS}" in update.lower():
            raise Refused(f"{_OURS} 是程序自己的账目，不能改动。", f"{_OURS} holds the program's own books and cannot be changed.")

    def _write(self, act: Callable[[ox.Store], bool], sparql: str = "") -> bool:
        """Write under the one lock: Oxigraph itself loses updates that meet on the disk. Returns when the disk has it."""
        if not self._writer.acquire(timeout=self.timeout):
            raise Busy("别的写入还没有结束，这一次没有写。请稍后再试。", "others are still writing, so nothing was written. Try again later.")
        try:
            if self._store is None:
                raise Refused("这张图谱只供阅读。", "this graph is for reading only.")
            with self._store.writing() as store:
                outdate(store)
                books = self._books(store)
                try:
                    done = act(store)
                except SyntaxError:
                    told = syntax_error(sparql, complaint(sparql, self.base, presets(self.base), is_update=True))
                    raise Malformed(str(told), told.english, told.place, told.excerpt) from None
                kept = self._books(store)
                if kept != books:
                    for quad in kept - books:
                        store.remove(quad)
                    store.extend(books - kept)
                self._store.unstamp()
            self.version += 1
            mine = self.version
        finally:
            self._writer.release()
        with self._flusher:  # one flush serves all who wrote before it
            if self._flushed < mine:
                reached = self.version
                self._store.flush()
                self._flushed = reached
        return done

    def _books(self, store: ox.Store) -> set[ox.Quad]:
        return {quad for graph in (BOOKS, REASONED) for quad in store.quads_for_pattern(None, None, None, graph)}


def checked_graph(graph: str) -> str:
    """Return the IRI of a graph; raises Malformed if it is none, Refused if it is one of the program's own."""
    try:
        ox.NamedNode(graph)
    except ValueError:
        raise Malformed(f"{graph[:80]}：不是绝对 IRI。", f"{graph[:80]}: not an absolute IRI.") from None
    if graph.lower().startswith(_OURS):
        raise Refused(f"{graph[:80]}：是程序自己的账目。", f"{graph[:80]}: belongs to the program's own books.")
    return graph


def _read(body: bytes, media: str, base: str, number: int) -> list[str]:
    """Return the triples of a text as N-Triples without their dots; blank nodes of different parts are different."""
    try:
        return [
            f"{_apart(fact.subject, number)} {fact.predicate} {_apart(fact.object, number)}"
            for fact in ox.parse(body, graph_format(media), base_iri=base, without_named_graphs=True)
        ]
    except (SyntaxError, ValueError, OSError) as error:
        cause = " ".join(str(error).split())[:200]
        raise Malformed(f"不是合格的 {media}：{cause}", f"no valid {media}: {cause}") from None


def _apart(term: object, number: int) -> str:
    return f"_:p{number}{term.value}" if isinstance(term, ox.BlankNode) else str(term)


def written_triples(triples: Sequence[ox.Triple], media: str, base: str) -> bytes:
    """Return triples of a description in a format of ``media.TRIPLES``."""
    return written(triples, media, base)
