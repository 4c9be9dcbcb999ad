"""What a hostile world sends: limits hold, the server stays up, the store is as it was, and no stopped query looks like an answer."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from serving import FORM, JSON, Server, started

_TICKS = 20  # hundredths of a second of work that tell an endless query from one that starts

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f"
PATHS = "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d . ?e (!<urn:x>|^!<urn:x>)* ?f }"
HUGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
HUGE_GRAPH = "CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"


def printed(folder: Path) -> dict[str, str]:
    """What the files of a store hold."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted((folder / "store").iterdir()) if file.name != "LOG"}


def busy_children(process: int) -> list[int]:
    """The processes that a process has started and that have worked for a while."""
    children = [int(child) for thread in Path(f"/proc/{process}/task").iterdir() for child in (thread / "children").read_text().split()]
    return [child for child in children if int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11]) > _TICKS]


@pytest.fixture(scope="module")
def strict(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a second for a query; its store is the same afterwards."""
    import shutil

    folder = tmp_path_factory.mktemp("abused") / "output"
    shutil.copytree(demo, folder)
    before = printed(folder)
    with started(folder, "--timeout", "1") as server:
        yield server
        assert server.is_up
    assert printed(folder) == before
    assert not list(folder.glob(".queries-*"))


@pytest.mark.parametrize("query", [ENDLESS, SORTED, PATHS])
def test_an_endless_query_is_stopped_and_is_an_error(strict: Server, query: str) -> None:
    answer = strict.ask(query)
    assert answer.status in (503, 507)
    assert answer.media == "application/problem+json"
    assert json.loads(answer.body)["detail"]
    assert strict.is_up


def test_fifty_endless_queries_at_once_leave_the_server_up(strict: Server) -> None:
    with ThreadPoolExecutor(50) as threads:
        statuses = list(threads.map(lambda number: strict.ask([ENDLESS, SORTED, PATHS][number % 3]).status, range(50)))
    assert set(statuses) <= {503, 507}
    assert strict.is_up


def test_fifty_clients_at_once_are_all_answered(reading: Server) -> None:
    query = "SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"
    expected = reading.ask(query).body
    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(lambda _: reading.ask(query), range(500)))
    assert {answer.status for answer in answers} == {200}
    assert {answer.body for answer in answers} == {expected}


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_a_graph_of_hundreds_of_megabytes_is_refused_whole(strict: Server, accept: str) -> None:
    answer = strict.ask(HUGE_GRAPH, accept)
    assert answer.status in (503, 507)
    assert answer.media == "application/problem+json"
    assert strict.is_up


@pytest.mark.parametrize(("query", "accept"), [(HUGE, JSON), (HUGE, "text/csv")])
def test_an_answer_of_hundreds_of_megabytes_is_refused_whole(reading: Server, query: str, accept: str) -> None:
    answer = reading.ask(query, accept)
    assert answer.status in (503, 507)
    assert answer.media == "application/problem+json"
    assert len(answer.body) < 2000
    assert reading.is_up


def test_an_answer_of_many_megabytes_comes_whole(reading: Server) -> None:
    answer = reading.ask("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 40000", "text/tab-separated-values")
    assert answer.status == 200
    assert len(answer.body) == int(answer.headers["content-length"]) > 4_000_000
    assert answer.text.count("\n") == 40001


def test_a_client_that_leaves_does_not_keep_a_process_busy_for_ever(strict: Server) -> None:
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", strict.port)) as client:
            client.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert strict.ask("ASK {}").status in (200, 503)
    assert strict.is_up


@pytest.mark.parametrize(
    "query",
    ["SELECT * {" + "{" * 100_000 + "}" * 100_000 + "}", "SELECT * {" + "{" * 100_000, "ASK { FILTER(" + "!" * 100_000 + "?)}", "ASK { ?s ?p " + "(" * 100_000],
    ids=["closed", "open", "wrong at its end", "lists"],
)
def test_a_query_nested_a_hundred_thousand_deep_leaves_the_server_up(strict: Server, query: str) -> None:
    answer = strict.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, query)
    assert answer.status in (400, 503, 507)
    assert answer.media == "application/problem+json"
    assert strict.is_up


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the processes of a server")
def test_a_query_whose_process_is_killed_may_be_asked_again(demo: Path) -> None:
    with started(demo, "--timeout", "20") as server, ThreadPoolExecutor() as threads:
        asked = threads.submit(server.ask, ENDLESS)
        while not (busy := busy_children(server.process.pid)):
            time.sleep(0.05)
        os.kill(busy[0], signal.SIGKILL)
        answer = asked.result()
        assert answer.status == 503
        assert answer.headers["retry-after"]
        assert "killed" in json.loads(answer.body)["detail-en"]
        assert server.is_up


# ---------------------------------------------------------------- reaching out


@pytest.fixture
def trap() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine that notes who comes."""
    visitors: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    client, _ = listener.accept()
                except TimeoutError:
                    continue
                visitors.append(client.recv(1000))
                client.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield listener.getsockname()[1], visitors
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:PORT/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { service SILENT <http://127.0.0.1:PORT/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICE#\n<http://127.0.0.1:PORT/sparql>#\n{ ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:PORT/> SELECT * WHERE { SERVICE x:sparql { ?s ?p ?o } }",
        "SELECT * WHERE { BIND(<http://127.0.0.1:PORT/sparql> AS ?where) SERVICE ?where { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o FILTER(1<?o) SERVICE<http://127.0.0.1:PORT/sparql>{ ?a ?b ?c } }",
        "SELECT * FROM <http://127.0.0.1:PORT/data.ttl> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:PORT/data.ttl> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:PORT/data.ttl>",
    ],
)
def test_no_query_reaches_another_address(reading: Server, trap: tuple[int, list[bytes]], query: str) -> None:
    port, visitors = trap
    assert reading.ask(query.replace("PORT", str(port))).status in (400, 403)
    assert visitors == []


def test_service_reaches_an_address_that_is_allowed_by_name_and_no_other(demo: Path, reading: Server, trap: tuple[int, list[bytes]]) -> None:
    port, visitors = trap
    with started(demo, "--allow", f"{reading.address}sparql") as server:
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ SERVICE <{reading.address}sparql> {{ ?p a <https://w3id.org/zhengtu/ontology#Person> }} }}"
        assert int(server.ask(query).rows[0]["n"]) > 0
        assert server.ask(f"SELECT * WHERE {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}").status == 403
        assert visitors == []


def test_json_ld_that_names_a_context_elsewhere_is_not_fetched(writing: Server, trap: tuple[int, list[bytes]]) -> None:
    from serving import TOKEN

    port, visitors = trap
    text = f'{{"@context": "http://127.0.0.1:{port}/context", "@id": "urn:a", "name": 1}}'
    assert writing.send("PUT", "/graphs?graph=urn:x:ld", {"Content-Type": "application/ld+json"}, text, token=TOKEN).status == 400
    xml = f'<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&x;</rdf:RDF>'
    assert writing.send("PUT", "/graphs?graph=urn:x:xml", {"Content-Type": "application/rdf+xml"}, xml, token=TOKEN).status in (201, 204, 400)
    assert visitors == []


# ---------------------------------------------------------------- tricks


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2f..%2fsettings.py", "/static/../settings.py", "/static/%2e%2e/settings.py", "/static/....//settings.py", "/static//etc/passwd",
        "/id/..%2f..%2f..%2fetc%2fpasswd", "/id/../../../etc/passwd", "/id/%2e%2e%2f%2e%2e%2fetc/passwd", "/id/%00", "/id/%ff%fe", "/id/person/%c0%ae%c0%ae/",
        "/graphs/..%2f..%2fstore", "//etc/passwd", "/..%5c..%5cwindows", "/id/%3Cscript%3E", "/id/x%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/id/a%7D%20%7B",
        "/id/person/%E9%9D%92%E5%B2%9A%E5%8C%BA/..%2f%E9%9D%92", "/id/", "/ID/x", "/.git/config", "/store/CURRENT",
    ],
)  # fmt: skip
def test_no_path_leads_out(reading: Server, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        answer = reading.get(path, accept)
        assert answer.status in (400, 404, 406)
        assert b"root:" not in answer.body
        assert b"<script" not in answer.body
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("size", [70_000, 1_000_000])
def test_huge_headers_and_addresses_are_refused(reading: Server, size: int) -> None:
    for request in (
        f"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: localhost\r\nX-Long: {'a' * size}\r\n\r\n",
        f"GET /sparql?query={'a' * size} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n" + "".join(f"X-{n}: {n}\r\n" for n in range(size // 10)) + "\r\n",
    ):
        assert raw(reading, request.encode())[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 431")
    assert reading.is_up


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00\x01\x02\x03\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /sparql HTTP/1.1\r\n\r\n", b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Length: -1\r\n\r\n", b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/sparql-query\r\n\r\nZZ\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_and_forgotten(reading: Server, request_: bytes) -> None:
    answer = raw(reading, request_)
    assert answer == b"" or b" 4" in answer[:13]
    assert reading.is_up


def test_a_query_of_megabytes_is_too_large(reading: Server) -> None:
    long = "ASK { " + "<urn:a> <urn:b> <urn:c> . " * 80_000 + "}"
    assert reading.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, long).status == 413
    assert reading.send("POST", "/sparql", {"Content-Type": FORM}, urlencode({"query": long})).status == 413


def test_a_deep_query_does_not_bring_the_server_down(reading: Server) -> None:
    for query in (
        "SELECT * WHERE " + "{" * 20_000 + "}" * 20_000,
        "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}",
        "ASK { ?s " + "^" * 50_000 + "<urn:p> ?o }",
    ):
        answer = reading.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, query)
        assert answer.status >= 400
    assert reading.is_up


def test_thousands_of_fields_are_too_many(reading: Server) -> None:
    assert reading.send("POST", "/sparql", {"Content-Type": FORM}, "&".join(f"x{n}=1" for n in range(5000))).status == 400


def test_words_of_the_graph_cannot_become_a_script(writing: Server) -> None:
    """A label, an IRI and a value from outside stand on the page as words."""
    from serving import TOKEN

    evil = '</title><script>alert(1)</script>\\" onload=alert(2) x='
    text = f'''<https://w3id.org/zhengtu/id/person/evil> <http://www.w3.org/2000/01/rdf-schema#label> "{evil}"@zh ; <urn:x:"> "{evil}" ;
        <https://w3id.org/zhengtu/ontology#text> "{evil}" ; <urn:x:link> <javascript:alert(3)> , <https://site.example/'onclick=alert(4)> .'''.replace(
        '<urn:x:">', "<urn:x:y>"
    )
    assert writing.send("POST", "/graphs?default", {"Content-Type": "text/turtle"}, text, token=TOKEN).status in (200, 204)
    page = writing.get("/id/person/evil", "text/html")
    assert page.status == 200
    assert "<script" not in page.text
    assert 'href="javascript:' not in page.text
    assert "&lt;script&gt;" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def raw(server: Server, request: bytes) -> bytes:
    """Send bytes as they are, and return the beginning of what comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        try:
            client.sendall(request)
            client.shutdown(socket.SHUT_WR)
            return client.recv(200)
        except OSError:
            return b""
