"""A graph in a SPARQL 1.1 store elsewhere: questions go there and come back as if the graph were here, changes are sent in batches."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Literal
from urllib.parse import quote, urlencode, urljoin

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.remote.address import FORM, RESULTS, Services, ask_form, located, parsed
from kg.graph.remote.wire import TIMEOUT, Credentials, Reply, Wire, shown
from kg.graph.terms import KG, Term

_LINES = "application/n-triples"
_QUADS = "application/n-quads"
_JSON = (RESULTS, "application/json")
_TRIPLES = {_LINES: ox.RdfFormat.N_TRIPLES, "text/plain": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE}
_PAGE = 1_000  # triples that are asked of Virtuoso at a time; it ends an answer at 10,000 rows or at what it is told
_TRIES = 3  # of a question: whoever asks waits

_SOME_ARTICLES = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g a {KG.Article} }} }} LIMIT 1000"
_DERIVED = ("facts", "resolution", "tenures", "areas", "inferred")
_PROBE = Term("<urn:zhengtu:probe>")
# the bytes of one update; Virtuoso compiles each into a procedure, and refuses long ones
_UPDATE = {"Virtuoso": 40_000}
_UPDATE_OTHERS = 500_000


class Remote:
    """The graph at a URL; use it with ``with``. Nothing is sent before the first question or change.

    ``update`` and ``graphs`` are the services to change it, where the table of ``address`` does not know them. Credentials stand in
    ``environ`` (KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN) or in the URL; no line and no file repeats them.
    Raises StoreError for a URL that is none, and for a server that is away, refuses, or speaks something else.
    """

    def __init__(
        self,
        url: str,
        *,
        update: str | None = None,
        graphs: str | None = None,
        environ: Mapping[str, str] = os.environ,
        timeout: float = TIMEOUT,
        tries: int = 6,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url, credentials = parsed(url, environ)
        self._update = None if update is None else self._beside(update)
        self._graphs = None if graphs is None else self._beside(graphs)
        self._is_known = credentials != Credentials()
        self._wire = Wire(credentials, timeout=timeout, tries=tries, pause=pause)
        self._services: Services | None = None
        self._told: tuple[str, Term | None] | None = None
        self._cap: int | None = None

    def _beside(self, url: str) -> str:
        """Return the URL of another service; it must be of the same server, since it is sent the same credentials."""
        place, _ = parsed(url, {})
        if place.split("/")[2] != self.url.split("/")[2] or place.split(":")[0] != self.url.split(":")[0]:
            raise StoreError(
                f"{place}：和 --store 不是同一个服务器。密码只发给一个服务器。",
                f"{place}: is of another server than --store. Credentials are sent to one server only.",
            )
        return place

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def services(self) -> Services:
        """Return where it is asked and changed; the server is asked what it is first."""
        if self._services is None:
            self._services = located(self.url, self._wire, update=self._update, graphs=self._graphs, known=self._is_known)
        return self._services

    # ------------------------------------------------------------ asking

    def base(self) -> str:
        """Return the base IRI of the things in the graph, told by one of its articles; StoreError if there is none."""
        return self._there()[0]

    @property
    def facts(self) -> Term | None:
        """Return the graph that holds the facts, if the default graph does not."""
        return self._there()[1]

    def _there(self) -> tuple[str, Term | None]:
        """Return the base IRI, and the graph that holds the facts where the default graph does not."""
        if self._told is None:
            found = (graph for row in self._select(_SOME_ARTICLES) if (graph := _graph(row[0])) is not None)
            base = next((base for graph in found if (base := _base_of(graph)) is not None), None)
            if base is None:
                raise StoreError(
                    f"{shown(self.url)}：这里没有图谱。请先运行 kg build … --store 建一张。",
                    f"{shown(self.url)}: there is no graph here. Build one first with kg build … --store.",
                )
            facts = Term(f"<{base}facts>")
            apart = self._is_true(f"ASK {{ GRAPH {facts} {{ ?s ?p ?o }} }}")
            self._told = base, facts if apart else None
        return self._told

    def found(
        self, sparql: str, base: str, prefixes: Mapping[str, str], kind: Literal["rows", "graph", "truth"]
    ) -> ox.QuerySolutions | bool | Iterator[ox.Quad]:
        """Return what a query finds, whose kind is known; QueryError if the server refuses it or cuts the answer."""
        _, facts = self._there()
        return self._answer(_whole(sparql, base, prefixes), kind, facts, named=() if facts is None else _named(sparql, base, prefixes))

    def count(self, facts: Term | None) -> int:
        """Return how many facts there are in the default graph, or in the graph that stands for it."""
        where = "?s ?p ?o" if facts is None else f"GRAPH {facts} {{ ?s ?p ?o }}"
        (row,) = self._select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}")
        return int(row[0].value) if isinstance(row[0], ox.Literal) else -1

    def triples(self, graph: Term | None) -> Iterator[ox.Quad]:
        """Yield the triples of a graph, those of the facts for None."""
        facts = self._there()[1]
        where = "?s ?p ?o" if graph is None else f"GRAPH {graph} {{ ?s ?p ?o }}"
        # where the server ends its answers at a number of rows, it is asked page by page; no two pages share a triple
        page = _PAGE - 1 if self.services.product == "Virtuoso" else None
        start = 0
        while True:
            within = where if page is None else f"SELECT ?s ?p ?o WHERE {{ {where} }} LIMIT {page} OFFSET {start}"
            found = self._answer(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {within} }}", "graph", facts if graph is None else None)
            number = 0
            if not isinstance(found, bool | ox.QuerySolutions):
                for quad in found:
                    number += 1
                    yield quad
            if page is None or number == 0:
                return
            start += page

    def graphs(self) -> list[Term]:
        """Return the named graphs of ours, sorted."""
        base, facts = self._there()
        found = self._select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted({graph for row in found if (graph := _graph(row[0])) is not None and graph.startswith(f"<{base}") and graph != facts})

    def _select(self, sparql: str, *, cut: bool = False) -> ox.QuerySolutions:
        found = self._answer(sparql, "rows", None, cut=cut)
        if not isinstance(found, ox.QuerySolutions):
            raise self._strange("")
        return found

    def _is_true(self, sparql: str) -> bool:
        return self._answer(sparql, "truth", None) is True

    def _answer(
        self, sparql: str, kind: Literal["rows", "graph", "truth"], facts: Term | None, *, cut: bool = False, named: Iterable[str] = ()
    ) -> ox.QuerySolutions | bool | Iterator[ox.Quad]:
        accept = f"{_LINES}, text/turtle;q=0.5" if kind == "graph" else RESULTS
        form = ask_form(sparql, [] if facts is None else [("default-graph-uri", facts[1:-1]), *(("named-graph-uri", graph) for graph in named)])
        reply = self._wire.send("POST", self.services.query, form, {"Content-Type": FORM, "Accept": accept}, tries=_TRIES, asking=True)
        most = reply.headers.get("X-SPARQL-MaxRows", "").strip()
        self._cap = int(most) if most.isdecimal() else self._cap  # Virtuoso tells it only with rows that it cut
        if kind == "graph":
            if reply.type not in _TRIPLES:
                raise self._strange(reply.type)
            return self._quads(reply)
        if reply.type not in _JSON:
            raise self._strange(reply.type)
        return self._truth(reply) if kind == "truth" else self._solutions(reply, cut)

    def _quads(self, reply: Reply) -> Iterator[ox.Quad]:
        try:
            found = list(ox.parse(reply.body, _TRIPLES[reply.type]))
        except (SyntaxError, ValueError):
            raise self._cut() from None
        if self._cap is None and self.services.product == "Virtuoso" and len(found) >= _PAGE:
            self._learn_cap(len(found))
        self._whole_number(len(found))
        return iter(found)

    def _learn_cap(self, number: int) -> None:
        """Find out whether the server ends an answer before some number of rows: it tells so with rows, and keeps it with triples."""
        self._select(f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {number + 1}", cut=True)

    def _truth(self, reply: Reply) -> bool:
        try:
            found = json.loads(reply.body)
            if isinstance(found.get("boolean"), bool):
                return bool(found["boolean"])
            # Virtuoso answers ASK with a row
            (row,) = found["results"]["bindings"]
            (cell,) = row.values()
            return str(cell["value"]) in ("1", "true")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise self._cut() from None

    def _solutions(self, reply: Reply, cut: bool) -> ox.QuerySolutions:
        try:
            # a first reading to the end: an answer that was cut off must not give its beginning
            number = sum(1 for _ in self._parsed(reply.body))
            if not cut:
                self._whole_number(number)
            return self._parsed(reply.body)
        except (SyntaxError, ValueError, KeyError, TypeError):
            raise self._cut() from None

    @staticmethod
    def _parsed(body: bytes) -> ox.QuerySolutions:
        found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QuerySolutions):
            raise ValueError("no rows")
        return found

    def _whole_number(self, number: int) -> None:
        """See that the server did not end its answer at a number of its own."""
        if self._cap is not None and number >= self._cap:
            raise QueryError(
                f"服务器只给前 {self._cap} 行，答案不全。请缩小查询，或者调高它的 ResultSetMaxRows。",
                f"the server gives the first {self._cap} rows only, so the answer is not whole. Ask for less, or raise its ResultSetMaxRows.",
            )

    def _cut(self) -> QueryError:
        return QueryError(
            f"{shown(self.url)}：回答不完整或读不懂。请缩小查询，或过一会儿再试。",
            f"{shown(self.url)}: the answer is cut off or cannot be read. Ask for less, or try again later.",
        )

    def _strange(self, kind: str) -> StoreError:
        told = re.sub(r"[^\w/+.-]", "", kind)[:60]
        return StoreError(
            f"{shown(self.url)}：回答的不是查询结果（{told or '没有类型'}）。请检查 --store 的地址。",
            f"{shown(self.url)}: the answer is no result of a query ({told or 'without a type'}). Check the address after --store.",
        )

    # ------------------------------------------------------------ changing

    def has_own_default_graph(self) -> bool:
        """Tell whether the default graph is a graph of its own, and not all named graphs together; a triple is written and taken away."""
        if not self.services.is_apart:
            return False
        self.update(f"INSERT DATA {{ GRAPH {_PROBE} {{ {_PROBE} {_PROBE} {_PROBE} }} }}")
        try:
            return not self._is_true(f"ASK {{ {_PROBE} {_PROBE} {_PROBE} }}")
        finally:
            self.update(f"DROP SILENT GRAPH {_PROBE}")

    def is_empty(self, facts: Term | None) -> bool:
        """Tell whether there are no facts."""
        where = "?s ?p ?o" if facts is None else f"GRAPH {facts} {{ ?s ?p ?o }}"
        return not self._is_true(f"ASK {{ {where} }}")

    def clear(self, facts: Term | None) -> None:
        """Take away the graphs of articles, those that were derived from them, and the facts; other people's named graphs stay."""
        before: set[Term] = set()
        while found := {graph for row in self._select(_SOME_ARTICLES) if (graph := _graph(row[0])) is not None} - before:
            bases = {base for graph in found if (base := _base_of(graph)) is not None}
            self.drop([*sorted(found), *(Term(f"<{base}{name}>") for base in sorted(bases) for name in _DERIVED)])
            before = found
        self.update("CLEAR SILENT DEFAULT" if facts is None else f"DROP SILENT GRAPH {facts}")

    def put(self, graph: Term, lines: Iterable[bytes]) -> None:
        """Let a named graph hold these lines of N-Triples and nothing else."""
        body = b"".join(line + b"\n" for line in lines)
        if self.services.graphs is None:
            self.update(f"DROP SILENT GRAPH {graph}", *self._insertions(graph, body.splitlines()))
        else:
            self._wire.send("PUT", f"{self.services.graphs}?graph={quote(graph[1:-1], safe='')}", body, {"Content-Type": _LINES})

    def add(self, graph: Term | None, lines: Iterable[bytes]) -> None:
        """Add lines of N-Triples to a graph, the default graph for None."""
        if self.services.graphs is None:
            self.update(*self._insertions(graph, lines))
        else:
            where = "default" if graph is None else f"graph={quote(graph[1:-1], safe='')}"
            body = b"".join(line + b"\n" for line in lines)
            self._wire.send("POST", f"{self.services.graphs}?{where}", body, {"Content-Type": _LINES})

    def add_quads(self, quads: bytes) -> None:
        """Add N-Quads, if the services take them."""
        if self.services.graphs is None:
            raise ValueError("these services take no quads")
        # Oxigraph: by its bulk loader, not in one transaction; what was cut off is sent again
        place = self.services.graphs + ("?no_transaction" if self.services.product == "Oxigraph" else "")
        self._wire.send("POST", place, quads, {"Content-Type": _QUADS})

    def drop(self, graphs: Iterable[Term]) -> None:
        """Take named graphs away, whether they are there or not."""
        self.update(*(f"DROP SILENT GRAPH {graph}" for graph in graphs))

    def replace(self, graph: Term | None, subjects: Iterable[str], lines: Iterable[bytes]) -> None:
        """Let a graph say of some subjects these lines and nothing else."""
        name = "" if graph is None else f"GRAPH {graph} "
        there = [f"{subject} ?p ?o" for subject in subjects]
        deletions = [f"DELETE WHERE {{ {name}{{ {one} }} }}" if name else f"DELETE WHERE {{ {one} }}" for one in there]
        self.update(*deletions, *self._insertions(graph, lines))

    def _insertions(self, graph: Term | None, lines: Iterable[bytes]) -> Iterator[str]:
        """Yield updates that add lines, none of them too long."""
        batch: list[str] = []
        size = 0
        for line in lines:
            batch.append(line.decode())
            size += len(line)
            if size > self._most:
                yield _insertion(graph, batch)
                batch, size = [], 0
        if batch:
            yield _insertion(graph, batch)

    @property
    def _most(self) -> int:
        return _UPDATE.get(self.services.product, _UPDATE_OTHERS)

    def update(self, *operations: str) -> None:
        """Send the operations of SPARQL Update, in order, several in one request; each may be carried out twice."""
        batch: list[str] = []
        size = 0
        for operation in operations:
            if batch and size + len(operation) > self._most:
                self._send_update(batch)
                batch, size = [], 0
            batch.append(operation)
            size += len(operation)
        if batch:
            self._send_update(batch)

    def _send_update(self, operations: list[str]) -> None:
        self._wire.send("POST", self.services.update, urlencode({"update": " ;\n".join(operations)}).encode(), {"Content-Type": FORM, "Accept": "*/*"})


def _insertion(graph: Term | None, lines: Iterable[str]) -> str:
    data = "\n".join(lines)
    return f"INSERT DATA {{ {data} }}" if graph is None else f"INSERT DATA {{ GRAPH {graph} {{ {data} }} }}"


def _graph(node: object) -> Term | None:
    """Return the graph that a server names, if that is an IRI: it goes back into updates."""
    if not isinstance(node, ox.NamedNode):
        return None
    try:
        return Term(str(ox.NamedNode(node.value)))
    except ValueError:
        return None


def _base_of(article: Term) -> str | None:
    """Return what stands before ``article/`` in the IRI of an article."""
    head, sign, _ = article[1:-1].rpartition("article/")
    return head if sign else None


def _named(sparql: str, base: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return the graphs that a query names; a server that is told its default graph must be told them too, but then knows no others."""
    if re.search(r"(?i)\bgraph\s*[?$]", sparql):
        return []
    found = []
    for name in re.findall(r"(?i)\bgraph\s*(<[^<>\s]*>|[\w-]*:[^\s{}]+)", sparql):
        prefix, _, local = name.partition(":")
        found.append(urljoin(base, name[1:-1]) if name.startswith("<") else prefixes.get(prefix, f"{prefix}:") + local)
    return sorted(set(found))


def _whole(sparql: str, base: str, prefixes: Mapping[str, str]) -> str:
    """Return a query with the prefixes that it uses and does not declare, and a base, on its first line: the lines keep their numbers."""
    own = {name.lower() for name in re.findall(r"(?i)\bprefix\s+([\w-]*)\s*:", sparql)}
    used = [f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if name not in own and f"{name}:" in sparql]
    return f"BASE <{base}> {''.join(used)}{sparql}"
