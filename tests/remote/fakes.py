"""Servers in this process: one whose answers the test writes, and a small SPARQL server that can be made to fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

RESULTS = "application/sparql-results+json"


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answer:
    """What a server answers; ``drop`` closes the connection instead, after this many bytes of the body."""

    status: int = 200
    type: str = RESULTS
    body: bytes = b'{"head":{},"boolean":true}'
    headers: dict[str, str] = field(default_factory=dict)
    drop: int | None = None
    slow: float = 0.0


@dataclass
class Fake:
    """A server whose answers the test writes; it remembers what it was asked."""

    url: str
    asked: list[Request] = field(default_factory=list)


@contextmanager
def serving(answer: Callable[[Request], Answer]) -> Iterator[Fake]:
    fake = Fake("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            request = Request(self.command, self.path, dict(self.headers), self.rfile.read(length))
            fake.asked.append(request)
            told = answer(request)
            if told.drop == 0:
                self.close_connection = True
                return
            self.send_response(told.status)
            for name, value in {"Content-Type": told.type, "Content-Length": str(len(told.body)), **told.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if told.slow:
                for byte in told.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(told.slow)
            else:
                self.wfile.write(told.body[: told.drop])
            if told.drop is not None:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that has left is no news."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Endpoint:
    """A small SPARQL server over a store in memory, as Oxigraph lays its services; ``fails`` may answer in its place."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.fails: Callable[[Request], Answer | None] = lambda request: None
        self.product = "oxigraph/0"

    def __call__(self, request: Request) -> Answer:
        failure = self.fails(request)
        if failure is not None:
            return failure
        answer = self._answer(request)
        answer.headers["Server"] = self.product
        return answer

    def _answer(self, request: Request) -> Answer:
        parts = urlsplit(request.path)
        form = parse_qs(request.body.decode()) if "form" in request.headers.get("Content-Type", "") else {}
        if parts.path == "/query" and "query" in form:
            found = self.store.query(form["query"][0])
            if isinstance(found, ox.QueryTriples):
                return Answer(type="application/n-triples", body=found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
            return Answer(body=found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        if parts.path == "/update" and "update" in form:
            self.store.update(form["update"][0])
            return Answer(204, body=b"")
        if parts.path == "/store":
            graph = parse_qs(parts.query).get("graph")
            node = ox.NamedNode(graph[0]) if graph else ox.DefaultGraph()
            if request.method == "PUT":
                self.store.clear_graph(node)
            if "n-quads" in request.headers["Content-Type"]:
                self.store.load(request.body, ox.RdfFormat.N_QUADS)
            else:
                self.store.load(request.body, ox.RdfFormat.N_TRIPLES, to_graph=node)
            return Answer(204, body=b"")
        return Answer(404, "text/plain", b"no such place")

    def quads(self) -> set[str]:
        return {str(quad) for quad in self.store}
