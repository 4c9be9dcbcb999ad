"""A server that breaks, stalls, lies or points elsewhere costs one line, and never a password."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from fakes import Answer, Endpoint, Fake, Request, serving  # type: ignore[import-not-found]

from kg.build import build, remove
from kg.errors import KgError, QueryError, StoreError
from kg.graph import Store, query, select
from kg.graph.remote import Remote, pulled, push
from kg.graph.remote.address import parsed
from kg.graph.remote.wire import shown
from kg.model import Document
from kg.read import document

SECRET = "sehr-geheim:/@"


def waiting(waits: list[float]) -> Callable[[float], None]:
    return waits.append


def opened(url: str, waits: list[float] | None = None, **more: object) -> Remote:
    return Remote(url, **{"environ": {}, "pause": waiting([] if waits is None else waits), **more})  # type: ignore[arg-type]


def here(folder: Path) -> set[str]:
    with Store(folder, reading=True) as store:
        return {str(quad) for quad in store.oxigraph if "urn:zhengtu" not in str(quad.graph_name)}


def pushed(folder: Path, remote: Remote, *, replace: bool = False) -> None:
    with Store(folder) as store:
        push(store, remote, replace=replace)


# ---------------------------------------------------------------- what passes


@pytest.mark.parametrize("failure", [Answer(drop=0), Answer(500), Answer(502), Answer(503), Answer(drop=9)], ids=["gone", "500", "502", "503", "cut"])
def test_what_fails_in_passing_is_tried_again(failure: Answer) -> None:
    answers = iter([failure, failure])
    waits: list[float] = []
    with serving(lambda request: next(answers, Answer())) as fake, opened(fake.url, waits) as remote:
        assert remote.services.product == "SPARQL"
        assert len(fake.asked) == 3
    assert waits == [0.5, 1.0]


def test_a_busy_server_is_given_the_time_it_asks_for() -> None:
    answers = iter([Answer(429, headers={"Retry-After": "7"}), Answer(503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})])
    waits: list[float] = []
    with serving(lambda request: next(answers, Answer())) as fake, opened(fake.url, waits) as remote:
        assert remote.services.query.startswith(fake.url)
    assert waits == [7.0, 1.0]


def test_a_server_that_asks_for_an_hour_is_left_alone() -> None:
    waits: list[float] = []
    answer = Answer(429, headers={"Retry-After": "3600"})
    with serving(lambda request: answer) as fake, opened(fake.url, waits) as remote, pytest.raises(StoreError, match="429"):
        _ = remote.services
    assert waits == []


def test_a_server_that_never_comes_back_is_one_line() -> None:
    with serving(lambda request: Answer()) as fake:
        url = fake.url
    with opened(url) as remote, pytest.raises(StoreError, match="连不上") as told:
        _ = remote.services
    assert "\n" not in str(told.value) + told.value.english
    assert told.value.english.startswith(f"{url}/sparql: cannot be reached")


def test_an_answer_that_drips_is_ended() -> None:
    answer = Answer(body=b" " * 1000, slow=0.05)
    with serving(lambda request: answer) as fake, opened(fake.url, timeout=0.4) as remote, pytest.raises(StoreError, match=r"0\.4 秒"):
        _ = remote.services


def test_a_server_that_says_nothing_is_ended() -> None:
    silent = threading.Event()

    def answer(request: Request) -> Answer:
        silent.wait(5)
        return Answer()

    with serving(answer) as fake, opened(fake.url, timeout=0.2) as remote, pytest.raises(StoreError, match=r"0\.2 秒"):
        _ = remote.services
    silent.set()


# ---------------------------------------------------------------- what is something else


@pytest.mark.parametrize("answer", [Answer(type="text/html", body=b"<h1>welcome</h1>"), Answer(type="", body=b""), Answer(body=b"\xff\xfe"), Answer(404)])
def test_what_is_no_store_says_so(answer: Answer) -> None:
    with serving(lambda request: answer) as fake, opened(fake.url) as remote, pytest.raises(StoreError, match="--store"):
        _ = remote.services


@pytest.mark.parametrize(
    "body",
    [
        b'{"head":{"vars":["g"]},"results":{"bindings":[{"g":{"type":"uri","value":"http://example.org/article/1"}',
        b'{"head":{"vars":["g"]},"results":{"bindings":[]}} The SPARQL operation has been cancelled',
        b'{"head":{"vars":["g"]},"results":{"bindings":[{"g":{"type":"uri","value":"http://example.org/article/1> } ; DROP ALL #"}}]}}',
        b"[]",
        b"",
    ],
)
def test_an_answer_that_is_cut_off_or_no_json_is_an_error(body: bytes) -> None:
    def answer(request: Request) -> Answer:
        return Answer() if b"ASK" in request.body else Answer(body=body)

    with serving(answer) as fake, opened(fake.url) as remote, pytest.raises(QueryError, match="读不懂"):
        query(remote, "SELECT ?s WHERE { ?s ?p ?o }")


def test_rows_of_another_type_are_not_taken(endpoint: tuple[Endpoint, Fake], output: Path) -> None:
    server, fake = endpoint
    with opened(fake.url) as remote:
        pushed(output, remote)
        for kind in ("text/html", "application/octet-stream", "text/\x7f html"):
            server.fails = lambda request, kind=kind: Answer(type=kind, body=b"<p>") if request.path == "/query" else None  # type: ignore[misc]
            with pytest.raises(StoreError, match="不是查询结果"):
                query(remote, "SELECT ?s WHERE { ?s ?p ?o }")
            with pytest.raises(StoreError, match="不是查询结果"):
                query(remote, "CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_query_that_the_server_refuses_is_told_in_its_words(endpoint: tuple[Endpoint, Fake], output: Path) -> None:
    server, fake = endpoint
    with opened(fake.url) as remote:
        pushed(output, remote)
        server.fails = lambda request: Answer(400, "text/html", b"<b>too\n hard</b>\x1b[2J")
        with pytest.raises(QueryError, match="too hard") as told:
            query(remote, "SELECT ?s WHERE { ?s ?p ?o }")
        assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "ftp://127.0.0.1/",
        "http://",
        "http:///a",
        "http://127.0.0.1:99999",
        "http://a/?query=1",
        "http://a/#b",
        "http://a b/",
        "http://a/\r\nX: y",
        "http://甲/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(StoreError):
        Remote(url, environ={})


# ---------------------------------------------------------------- credentials


def lines(error: KgError) -> str:
    return f"{error} {error.english} {error!r} {error.__cause__!r}"


def test_nobody_who_does_not_ask_is_sent_a_password() -> None:
    environ = {"KG_STORE_USER": "wir", "KG_STORE_PASSWORD": SECRET}
    with serving(lambda request: Answer()) as fake, opened(fake.url, environ=environ) as remote:
        _ = remote.services
    assert all("Authorization" not in request.headers for request in fake.asked)


@pytest.mark.parametrize("place", ["environment", "url"])
def test_who_asks_is_sent_the_password(place: str) -> None:
    expected = "Basic " + b64encode(f"wir:{SECRET}".encode()).decode()

    def answer(request: Request) -> Answer:
        if request.headers.get("Authorization") == expected:
            return Answer()
        return Answer(401, headers={"WWW-Authenticate": 'Basic realm="x"'})

    environ = {"KG_STORE_USER": "wir", "KG_STORE_PASSWORD": SECRET} if place == "environment" else {}
    with serving(answer) as fake:
        url = fake.url if place == "environment" else fake.url.replace("//", "//wir:sehr-geheim%3A%2F%40@")
        with opened(url, environ=environ) as remote:
            assert remote.services.query == f"{fake.url}/sparql"
            assert remote.url == fake.url


def test_a_token_is_sent_as_it_is() -> None:
    with serving(lambda request: Answer()) as fake, opened(fake.url, environ={"KG_STORE_TOKEN": "abc.def"}) as remote:
        _ = remote.services
    assert fake.asked[0].headers["Authorization"] == "Bearer abc.def"
    with pytest.raises(StoreError) as told:
        Remote("http://127.0.0.1", environ={"KG_STORE_TOKEN": "geheim\r\nX: y"})
    assert "geheim" not in lines(told.value)


def test_no_password_follows_to_another_address() -> None:
    environ = {"KG_STORE_TOKEN": "geheim-123"}
    with serving(lambda request: Answer()) as other:

        def answer(request: Request) -> Answer:
            return Answer(307, headers={"Location": other.url.replace("//", "//me:secret@") + "/sparql?token=geheim-123"})

        with serving(answer) as fake, opened(fake.url, environ=environ) as remote, pytest.raises(StoreError, match="另一个地址") as told:
            _ = remote.services
        assert other.asked == []
    assert other.url in str(told.value)
    assert "geheim" not in lines(told.value)
    assert "secret" not in lines(told.value)


def test_the_services_are_of_one_server() -> None:
    with pytest.raises(StoreError, match="同一个服务器"):
        Remote("http://127.0.0.1:1/ds", update="http://127.0.0.2:1/ds/update", environ={})
    with pytest.raises(StoreError, match="同一个服务器"):
        Remote("https://127.0.0.1:1/ds", graphs="http://127.0.0.1:1/ds/data", environ={})


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 500, 503])
def test_a_server_that_repeats_the_password_is_not_quoted(status: int) -> None:
    environ = {"KG_STORE_USER": "wir", "KG_STORE_PASSWORD": SECRET}

    def answer(request: Request) -> Answer:
        if "Authorization" not in request.headers:
            return Answer(401, headers={"WWW-Authenticate": "Basic"})
        told = f"who is {request.headers['Authorization']} with {SECRET} and sehr-geheim%3A%2F%40?"
        return Answer(status, "text/plain", told.encode())

    with serving(answer) as fake, opened(fake.url, environ=environ) as remote, pytest.raises(KgError) as told:
        _ = remote.services
    for secret in (SECRET, "sehr-geheim", b64encode(f"wir:{SECRET}".encode()).decode()):
        assert secret not in lines(told.value)


def test_the_password_of_a_url_is_in_no_line_and_no_file(endpoint: tuple[Endpoint, Fake], output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, fake = endpoint
    url = fake.url.replace("//", "//wir:sehr-geheim@")
    with opened(url) as remote:
        pushed(output, remote)
    for file in output.rglob("*"):
        if file.is_file():
            assert b"sehr-geheim" not in file.read_bytes(), file
    assert shown(url + "/x?a=b") == f"{fake.url}/x"
    assert parsed(url, {})[0] == fake.url
    assert "sehr-geheim" not in repr(parsed(url, {}))


# ---------------------------------------------------------------- a push that breaks goes on


@pytest.fixture
def endpoint() -> Iterator[tuple[Endpoint, Fake]]:
    server = Endpoint()
    with serving(server) as fake:
        yield server, fake


@pytest.mark.parametrize("product", ["oxigraph/0", "somebody/1"])
def test_a_push_that_breaks_anywhere_is_finished_by_the_next(product: str, endpoint: tuple[Endpoint, Fake], output: Path, tmp_path: Path) -> None:
    server, fake = endpoint
    server.product = product
    with opened(fake.url, tries=1, update=f"{fake.url}/update") as remote:
        pushed(output, remote)
        assert server.quads() == here(output)
    wanted = here(output)
    for broken in range(0, len(fake.asked), max(1, len(fake.asked) // 8)):
        folder = tmp_path / f"broken-{broken}"
        shutil.copytree(output, folder)
        for left in folder.glob("pushed.sqlite*"):
            left.unlink()
        server.store = ox.Store()
        fake.asked.clear()

        def fails(request: Request, last: int = broken) -> Answer | None:
            # what arrives is done, but nobody hears of it
            if len(fake.asked) > last:
                server._answer(request)
                return Answer(drop=0)
            return None

        server.fails = fails
        with opened(fake.url, tries=1, update=f"{fake.url}/update") as remote, pytest.raises(KgError):
            pushed(folder, remote)
        server.fails = lambda request: None
        with opened(fake.url, update=f"{fake.url}/update") as remote:
            pushed(folder, remote, replace=_is_refused(folder))
        assert server.quads() == wanted, broken


def _is_refused(folder: Path) -> bool:
    """Tell whether the first push broke before it knew that the store is its own."""
    path = folder / "pushed.sqlite"
    if not path.exists():
        return True
    base = sqlite3.connect(path)
    try:
        return base.execute("SELECT count(*) FROM noted WHERE name = 'facts'").fetchone()[0] == 0
    finally:
        base.close()


def test_what_was_in_doubt_and_is_gone_is_taken_away(endpoint: tuple[Endpoint, Fake], output: Path) -> None:
    server, fake = endpoint
    more = document("published: 2024-05-12\n\n本报讯 5月11日，甲区召开推进会。区委书记张建国出席。\n", "more.txt")
    with opened(fake.url, tries=1) as remote:
        pushed(output, remote)
        before = server.quads()

        def fails(request: Request) -> Answer | None:
            if request.path != "/query":
                server._answer(request)
                return Answer(drop=0)
            return None

        server.fails = fails
        with pytest.raises(StoreError):
            build([more], output, remote=remote)
        server.fails = lambda request: None
        assert server.quads() != before
        remove([more.source], output, remote=remote)
        assert server.quads() == before == here(output)


def test_a_default_graph_that_is_all_graphs_gets_a_graph_for_the_facts(endpoint: tuple[Endpoint, Fake], output: Path) -> None:
    server, fake = endpoint

    def union(request: Request) -> Answer | None:
        form = parse_qs(request.body.decode()) if request.path == "/query" else {}
        if "query" not in form:
            return None
        graphs = [ox.NamedNode(graph) for graph in form.get("default-graph-uri", [])]
        found = server.store.query(form["query"][0], default_graph=graphs or None, use_default_graph_as_union=not graphs)
        if isinstance(found, ox.QueryTriples):
            return Answer(type="application/n-triples", body=found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"", headers={"Server": server.product})
        return Answer(body=found.serialize(format=ox.QueryResultsFormat.JSON) or b"", headers={"Server": server.product})

    server.fails = union
    with opened(fake.url) as remote:
        with Store(output) as store:
            assert push(store, remote).facts == f"{store.base()}facts"
            number = len(store)
        assert list(select(remote, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")) == [(str(number),)]
        assert next(iter(server.store.quads_for_pattern(None, None, None, ox.DefaultGraph())), None) is None
        with pulled(remote, named=True) as copied:
            assert len(copied) == number


def test_a_server_that_is_away_is_told_before_anything_is_read(tmp_path: Path, demo: list[Document]) -> None:
    with serving(lambda request: Answer()) as fake:
        url = fake.url
    with opened(url) as remote, pytest.raises(StoreError, match="连不上"):
        build(demo, tmp_path / "output", remote=remote)
    assert not (tmp_path / "output").exists()
