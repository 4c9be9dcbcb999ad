"""The SPARQL 1.1 Protocol, update operation, case by case as https://www.w3.org/TR/sparql11-protocol/#update-operation tells it; and that no update is lost."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from serving import FORM, TOKEN, Server, started

G1, G2, OUT = "http://data.example/one", "http://data.example/two", "http://data.example/out"
DIRECT = "application/sparql-update"


@pytest.fixture
def server(writing: Server) -> Iterator[Server]:
    """A server with two graphs of one fact each; what a test writes beside them is taken away."""
    for number, graph in ((1, G1), (2, G2)):
        writing.send("PUT", f"/graphs?graph={graph}", {"Content-Type": "text/turtle"}, f"<urn:x:a> <urn:x:in> {number} .", token=TOKEN)
    yield writing
    for graph in (G1, G2, OUT):
        writing.send("DELETE", f"/graphs?graph={graph}", token=TOKEN)


def said(server: Server, graph: str) -> list[str]:
    """The numbers that a graph holds."""
    return [row["n"] for row in server.ask(f"SELECT ?n WHERE {{ GRAPH <{graph}> {{ ?s <urn:x:in> ?n }} }} ORDER BY ?n").rows]


COPY = f"INSERT {{ GRAPH <{OUT}> {{ ?s <urn:x:in> ?n }} }} WHERE {{ ?s <urn:x:in> ?n }}"
COPY_NAMED = f"INSERT {{ GRAPH <{OUT}> {{ ?s <urn:x:in> ?n }} }} WHERE {{ GRAPH ?g {{ ?s <urn:x:in> ?n }} }}"


# ---------------------------------------------------------------- the two ways to update


def test_an_update_in_a_form_is_done(server: Server) -> None:
    body = urlencode({"update": f"INSERT DATA {{ GRAPH <{OUT}> {{ <urn:x:a> <urn:x:in> 7 }} }}"})
    answer = server.send("POST", "/update", {"Content-Type": FORM}, body, token=TOKEN)
    assert answer.status in (200, 204)
    assert said(server, OUT) == ["7"]


def test_an_update_as_the_body_is_done(server: Server) -> None:
    assert server.update(f"INSERT DATA {{ GRAPH <{OUT}> {{ <urn:x:a> <urn:x:in> 8 }} }}").status in (200, 204)
    assert said(server, OUT) == ["8"]


def test_several_operations_are_one_update(server: Server) -> None:
    assert server.update(f"CREATE SILENT GRAPH <{OUT}> ; COPY <{G1}> TO <{OUT}> ; ADD <{G2}> TO <{OUT}>").status == 204
    assert said(server, OUT) == ["1", "2"]


def test_an_update_that_fails_half_way_changes_nothing(server: Server) -> None:
    answer = server.update(f"INSERT DATA {{ GRAPH <{OUT}> {{ <urn:x:a> <urn:x:in> 9 }} }} ; CLEAR GRAPH <urn:x:nowhere>")
    assert answer.status >= 400
    assert said(server, OUT) == []


def test_a_relative_iri_is_resolved_against_the_base_of_the_graph(server: Server) -> None:
    assert server.update(f"INSERT DATA {{ GRAPH <{OUT}> {{ <person/x> <urn:x:in> 1 }} }}").status == 204
    rows = server.ask(f"SELECT ?s WHERE {{ GRAPH <{OUT}> {{ ?s ?p ?o }} }}").rows
    assert rows == [{"s": "https://w3id.org/zhengtu/id/person/x"}]


def test_the_projects_prefixes_need_not_be_declared(server: Server) -> None:
    assert server.update(f'INSERT DATA {{ GRAPH <{OUT}> {{ <urn:x:a> rdfs:label "甲"@zh }} }}').status == 204


def test_what_was_written_is_seen_by_the_next_query(server: Server) -> None:
    for number in range(5):
        server.update(f"INSERT DATA {{ GRAPH <{OUT}> {{ <urn:x:a> <urn:x:in> {number} }} }}")
        assert said(server, OUT) == [str(n) for n in range(number + 1)]


# ---------------------------------------------------------------- the dataset


def test_using_graph_uri_is_what_is_read(server: Server) -> None:
    assert server.update(COPY, "?" + urlencode({"using-graph-uri": G1})).status == 204
    assert said(server, OUT) == ["1"]


def test_several_using_graph_uris_are_read_together(server: Server) -> None:
    body = urlencode({"update": COPY, "using-graph-uri": [G1, G2]}, doseq=True)
    assert server.send("POST", "/update", {"Content-Type": FORM}, body, token=TOKEN).status == 204
    assert said(server, OUT) == ["1", "2"]


def test_using_named_graph_uri_is_what_has_a_name(server: Server) -> None:
    assert server.update(COPY_NAMED, "?" + urlencode({"using-named-graph-uri": G2})).status == 204
    assert said(server, OUT) == ["2"]


def test_default_and_named_graphs_are_the_whole_dataset(server: Server) -> None:
    both = f"INSERT {{ GRAPH <{OUT}> {{ ?s <urn:x:in> ?n , ?m }} }} WHERE {{ ?s <urn:x:in> ?n . GRAPH ?g {{ ?s <urn:x:in> ?m }} }}"
    assert server.update(both, "?" + urlencode({"using-graph-uri": G1, "using-named-graph-uri": G2})).status == 204
    assert said(server, OUT) == ["1", "2"]


def test_delete_where_reads_from_the_graph_that_is_named(server: Server) -> None:
    assert server.update(f"DELETE WHERE {{ GRAPH <{G1}> {{ ?s ?p ?o }} }}", "?" + urlencode({"using-named-graph-uri": G2})).status == 204
    assert said(server, G1) == ["1"]


@pytest.mark.parametrize(
    "clause", [f"WITH <{G1}> INSERT {{ ?s a 1 }} WHERE", f"INSERT {{ ?s a 1 }} USING <{G1}> WHERE", f"DELETE {{ ?s a 1 }} USING NAMED <{G1}> WHERE"]
)
def test_a_dataset_in_the_request_and_in_the_update_is_a_conflict(server: Server, clause: str) -> None:
    assert server.update(f"{clause} {{ ?s ?p ?o }}", "?" + urlencode({"using-graph-uri": G2})).status == 400


# ---------------------------------------------------------------- wrong requests


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_an_update_by_another_method_is_refused(server: Server, method: str) -> None:
    assert server.send(method, "/update?update=" + quote(f"DROP GRAPH <{G1}>"), token=TOKEN).status == 405
    assert said(server, G1) == ["1"]


def test_two_updates_are_refused(server: Server) -> None:
    two = "update=CLEAR%20DEFAULT&update=CLEAR%20NAMED"
    assert server.send("POST", "/update", {"Content-Type": FORM}, two, token=TOKEN).status == 400


def test_a_query_sent_as_an_update_is_refused(server: Server) -> None:
    assert server.update("SELECT * WHERE { ?s ?p ?o }").status == 400


def test_a_query_and_an_update_at_once_are_refused(server: Server) -> None:
    both = urlencode({"update": "CLEAR DEFAULT", "query": "ASK {}"})
    assert server.send("POST", "/update", {"Content-Type": FORM}, both, token=TOKEN).status == 400


@pytest.mark.parametrize("media", ["text/plain", "application/sparql-query", ""])
def test_an_update_under_a_wrong_type_or_none_is_refused(server: Server, media: str) -> None:
    headers = {"Content-Type": media} if media else {}
    assert server.send("POST", "/update", headers, f"DROP GRAPH <{G1}>", token=TOKEN).status == 415
    assert said(server, G1) == ["1"]


def test_an_update_that_is_not_utf_8_is_refused(server: Server) -> None:
    body = f'INSERT DATA {{ GRAPH <{OUT}> {{ <urn:x:a> <urn:x:in> "é" }} }}'.encode("latin-1")
    assert server.send("POST", "/update", {"Content-Type": DIRECT}, body, token=TOKEN).status == 400


@pytest.mark.parametrize("update", ["INSERT DATA {", "DELETE", "INSERT DATA { ?s ?p ?o }", "", "FROBNICATE GRAPH <urn:x>"])
def test_what_is_no_update_is_a_bad_request_with_its_reason(server: Server, update: str) -> None:
    answer = server.update(update)
    assert answer.status == 400
    assert json.loads(answer.body)["detail"]


# ---------------------------------------------------------------- who may


def counted(server: Server) -> str:
    """The number of quads that can be seen."""
    return server.ask("SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }").rows[0]["n"]


@pytest.mark.parametrize("shown", [None, "Bearer wrong-token", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", "Bearer 令牌".encode().decode("latin-1")])
def test_without_the_token_nothing_is_written(server: Server, shown: str | None) -> None:
    before = counted(server)
    headers = {} if shown is None else {"Authorization": shown}
    for method, path, media in (("POST", "/update", DIRECT), ("PUT", "/graphs?default", "text/turtle"), ("DELETE", "/graphs?default", "text/turtle")):
        answer = server.send(method, path, {"Content-Type": media, **headers}, "CLEAR ALL" if path == "/update" else "<urn:a> <urn:b> 1 .")
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert counted(server) == before


def test_a_server_that_only_reads_takes_no_update_even_with_a_token(reading: Server) -> None:
    assert reading.update("CLEAR ALL").status == 403
    assert reading.send("PUT", "/graphs?default", {"Content-Type": "text/turtle"}, "<urn:a> <urn:b> 1 .", token=TOKEN).status == 405
    assert reading.ask("ASK { ?s ?p ?o }").truth


def test_it_does_not_start_writable_without_a_token(demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import run

    for token in (None, "", "short"):
        monkeypatch.delenv("KG_TOKEN", raising=False) if token is None else monkeypatch.setenv("KG_TOKEN", token)
        assert run(["serve", "-o", str(demo), "--writable"]) == 1
        told = capsys.readouterr().err
        assert "KG_TOKEN" in told
        assert told.count("\n") == 1


@pytest.mark.parametrize(
    "update", ["LOAD <http://127.0.0.1:{port}/ontology>", "LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:x>", "load\n<http://127.0.0.1:{port}/>"]
)
def test_load_is_refused(server: Server, update: str) -> None:
    before = counted(server)
    assert server.update(update.format(port=server.port)).status == 403
    assert counted(server) == before


def test_service_in_an_update_is_refused(server: Server) -> None:
    update = f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://127.0.0.1:{server.port}/sparql> {{ ?s ?p ?o }} }}"
    assert server.update(update).status == 403


# ---------------------------------------------------------------- the books, the lock, the build


def test_the_bookkeeping_survives_an_update_that_clears_all(demo: Path, tmp_path: Path) -> None:
    """A build afterwards must know what it told before."""
    import shutil

    from kg.graph import Store

    shutil.copytree(demo, tmp_path / "output")
    with Store(tmp_path / "output", reading=True) as store:
        before = store.count_graphs()
    with started(tmp_path / "output", "--writable", token=TOKEN) as server:
        assert server.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }").status == 204
        assert server.update("CLEAR NAMED").status == 204
        assert server.ask("ASK { GRAPH ?g { ?s ?p ?o } }").truth is False
        assert server.update("INSERT DATA { GRAPH <urn:zhengtu:books> { <urn:a> <urn:b> 1 } }").status == 403
        assert server.send("DELETE", "/graphs?graph=urn:zhengtu:books", token=TOKEN).status == 403
    with Store(tmp_path / "output", reading=True) as store:
        assert store.count_graphs() == before > 0
        assert store.stamp() is None


def test_of_400_concurrent_updates_none_is_lost(writing: Server) -> None:
    """Oxigraph's store on the disk loses updates that read and write at once."""
    graph = "http://data.example/counter"
    assert writing.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:x:c> <urn:x:is> 0 }} }}").status == 204
    count = f"WITH <{graph}> DELETE {{ ?c <urn:x:is> ?n }} INSERT {{ ?c <urn:x:is> ?m }} WHERE {{ ?c <urn:x:is> ?n BIND(?n + 1 AS ?m) }}"
    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(lambda _: writing.update(count).status, range(400)))
    assert set(statuses) == {204}
    assert writing.ask(f"SELECT ?n WHERE {{ GRAPH <{graph}> {{ ?c <urn:x:is> ?n }} }}").rows == [{"n": "400"}]


def test_who_reads_while_others_write_sees_whole_updates(writing: Server) -> None:
    graph = "http://data.example/pair"
    stop = threading.Event()
    seen: set[str] = set()

    def read() -> None:
        while not stop.is_set():
            seen.add(writing.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").rows[0]["n"])

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(20):
        data = " . ".join(f"<urn:x:{number}> <urn:x:p{part}> {part}" for part in range(10))
        assert writing.update(f"DROP SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{ {data} }} }}").status == 204
    stop.set()
    reader.join()
    assert seen <= {"0", "10"}


def test_a_build_waits_while_a_server_may_write_and_not_while_it_only_reads(demo: Path, tmp_path: Path) -> None:
    import shutil

    from kg.errors import StoreError
    from kg.graph import Store

    shutil.copytree(demo, tmp_path / "output")
    with started(tmp_path / "output", "--writable", token=TOKEN), pytest.raises(StoreError):
        Store(tmp_path / "output")
    with started(tmp_path / "output") as server:
        before = int(server.ask("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0]["n"])
        from kg.build import build

        page = tmp_path / "page.txt"
        page.write_text("本报讯 5月11日，云岭区召开推进会。区委书记林若川出席并讲话。", encoding="utf-8")
        assert build([page], tmp_path / "output", published="2024-05-12").added == 1
        assert int(server.ask("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0]["n"]) > before
