"""Queries are answered whole or not at all, whatever they cost, and the store is as it was."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import KgError, QueryError, QueryLost, QueryTimeout, QueryTooLarge, StoreError
from kg.graph import Answer, Spo, Store, Term, Workers, answered, query

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
NUMBER = 1500
_POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")


def facts(article: int, number: int) -> set[Spo]:
    """Invented facts of an article."""
    base = "https://w3id.org/zhengtu/id/"
    label, knows = Term("<http://www.w3.org/2000/01/rdf-schema#label>"), Term("<https://w3id.org/zhengtu/ontology#accompanied>")
    found: set[Spo] = set()
    for n in range(number):
        person = Term(f"<{base}person/{article}-{n}>")
        found.add((person, label, Term(f'"张{n}"@zh')))
        found.add((person, knows, Term(f"<{base}person/{article}-{(n * 7 + 1) % number}>")))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of some thousand invented facts; tests read it only."""
    path = tmp_path_factory.mktemp("graph") / "output"
    with Store(path) as store:
        store.tell({Term("<https://w3id.org/zhengtu/id/article/1>"): facts(1, NUMBER), Term("<https://w3id.org/zhengtu/id/article/2>"): facts(2, 3)})
    return path


@pytest.fixture
def workers(folder: Path) -> Iterator[Workers]:
    with Workers(folder, timeout=20, memory=600_000_000) as opened:
        yield opened


def counted(workers: Workers) -> int:
    """Return how many facts are seen."""
    return int(workers.answer(COUNT, form="csv").read().split()[1])


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a store."""
    return {path.name: path.read_bytes() for path in (folder / "store").iterdir()}


# ---------------------------------------------------------------- answers


@pytest.mark.parametrize(
    "sparql",
    [COUNT, "SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?s", "SELECT ?g { GRAPH ?g { ?s rdfs:label '张1'@zh } } ORDER BY ?g", "ASK { ?s a kg:Nothing }"],
)
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_the_answer_is_that_of_the_store(workers: Workers, folder: Path, sparql: str, form: str) -> None:
    with Store(folder, reading=True) as store:
        found = store.oxigraph.query(sparql, prefixes={"kg": "https://w3id.org/zhengtu/ontology#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"})
        assert not isinstance(found, ox.QueryTriples)
        expected = found.serialize(format=ox.QueryResultsFormat.from_extension("srj" if form == "json" else "srx" if form == "xml" else form))
    result = workers.answer(sparql, form=form)
    body = result.read()
    assert body == expected
    assert result.size == len(body)
    assert result.kind == ("truth" if sparql.startswith("ASK") else "rows")


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld", "trig", "nq", "text/turtle", "application/n-triples"])
def test_a_graph_is_written_in_every_format_the_same_each_time(workers: Workers, form: str) -> None:
    sparql = "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l ; kg:accompanied ?o . FILTER(STRSTARTS(STR(?s), STR(person:2-))) }"
    result = workers.answer(sparql, form=form)
    body = result.read()
    assert result.kind == "graph"
    assert body.decode().count("张") == 3
    workers.refresh()
    assert workers.answer(sparql, form=form).read() == body


def test_prefixes_are_known_and_media_types_are_told(workers: Workers) -> None:
    result = workers.answer("SELECT ?l { person:2-0 rdfs:label ?l }", form="application/sparql-results+json")
    assert result.media_type == "application/sparql-results+json"
    assert json.loads(result.read())["results"]["bindings"] == [{"l": {"type": "literal", "value": "张0", "xml:lang": "zh"}}]
    assert result.base == "https://w3id.org/zhengtu/id/"


@pytest.mark.parametrize(("sparql", "form"), [("ASK {}", "ttl"), ("SELECT * {}", "nt"), ("DESCRIBE <a:b>", "csv"), ("ASK {}", "nonsense"), ("ASK {}", "")])
def test_a_format_that_does_not_fit_is_told_before_anything_runs(workers: Workers, sparql: str, form: str) -> None:
    with pytest.raises(QueryError, match="格式"):
        workers.answer(sparql, form=form)


def test_a_limit_cuts_rows_and_triples(workers: Workers) -> None:
    assert len(workers.answer("SELECT ?s { ?s ?p ?o }", form="csv", limit=5).read().splitlines()) == 6
    assert len(workers.answer("CONSTRUCT WHERE { ?s ?p ?o }", form="nt", limit=5).read().splitlines()) == 5
    assert workers.answer("DESCRIBE person:1-1", form="nt", limit=0).read() == b""


def test_a_triple_is_given_once(workers: Workers) -> None:
    body = workers.answer("CONSTRUCT { <a:b> <a:c> ?p } WHERE { ?s ?p ?o }", form="nt").read()
    assert len(body.splitlines()) == 2


def test_the_dataset_can_be_chosen(workers: Workers) -> None:
    article = "https://w3id.org/zhengtu/id/article/2"
    assert b"6" in workers.answer(COUNT, form="csv", default_graphs=[article]).read()
    assert b"0" in workers.answer(COUNT, form="csv", named_graphs=[article]).read()
    graphs = workers.answer("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", form="csv", named_graphs=[article]).read()
    assert graphs.decode().split() == ["g", article]
    assert b"6" in workers.answer(f"SELECT (COUNT(*) AS ?n) FROM <{article}> {{ ?s ?p ?o }}", form="csv").read()


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:9/", "urn:zhengtu:books", "no iri", "article/9"])
def test_a_graph_that_is_not_there_is_refused(workers: Workers, graph: str) -> None:
    for chosen in ({"default_graphs": [graph]}, {"named_graphs": [graph]}):
        with pytest.raises(QueryError, match="没有这个图"):
            workers.answer(COUNT, form="csv", **chosen)
    if " " not in graph:
        for word in ("FROM", "FROM NAMED"):
            with pytest.raises(QueryError, match="没有这个图"):
                workers.answer(f"SELECT * {word} <{graph}> {{ ?s ?p ?o }}", form="csv")


def test_an_error_shows_its_place(workers: Workers) -> None:
    with pytest.raises(QueryError) as caught:
        workers.answer("SELECT ?s WHERE {\n  ?s 会议 ?o .\n}", form="csv")
    assert caught.value.place == (2, 6)
    line, caret = caught.value.excerpt
    assert line == "  ?s 会议 ?o ."
    assert caret == "     ^"
    assert "第 2 行第 6 字" in str(caught.value)
    assert "line 2, character 6" in caught.value.english


def test_a_long_line_is_cut_around_the_place(workers: Workers) -> None:
    with pytest.raises(QueryError) as caught:
        workers.answer("SELECT * { " + "?s ?p '会议' . " * 50 + "?s ?p )" + "?s ?p '会议' . " * 50 + "}", form="csv")
    line, caret = caught.value.excerpt
    assert len(line) < 80
    assert line[line.index(")") :].startswith(")")
    assert len(caret) - 1 == sum(2 if "\u4e00" <= sign <= "\u9fff" else 1 for sign in line[: line.index(")")])


# ---------------------------------------------------------------- what never ends

ENDLESS = {
    "a join that is counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a join that is sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a LIMIT 5",
    "a path of negations": "SELECT (COUNT(*) AS ?n) { ?a (!kg:x|^!kg:x)* ?b . ?c (!kg:x|^!kg:x)* ?d }",
    "a pattern over a join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(a|张)*$')) ?g ?h ?i }",
    "a group for each row": "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d",
    "a question": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) < 0) }",
}


@_POSIX
@pytest.mark.parametrize("sparql", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_stopped(workers: Workers, folder: Path, sparql: str) -> None:
    before = content(folder)
    with pytest.raises((QueryTimeout, QueryTooLarge)):
        workers.answer(sparql, form="json", timeout=1)
    assert counted(workers) == 2 * NUMBER + 6
    assert content(folder) == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory of a process")
def test_memory_is_bounded(workers: Workers) -> None:
    with pytest.raises(QueryTooLarge, match="600,000,000"):
        workers.answer(ENDLESS["a join that is sorted"], form="json", timeout=300)
    assert counted(workers) == 2 * NUMBER + 6


def test_an_answer_that_is_too_large_is_none(folder: Path) -> None:
    with Workers(folder, largest=20_000) as workers:
        for sparql, form in (("SELECT * { ?s ?p ?o }", "csv"), ("CONSTRUCT WHERE { ?s ?p ?o }", "ttl")):
            with pytest.raises(QueryTooLarge, match="20,000"):
                workers.answer(sparql, form=form)
            assert workers.answer(sparql, form=form, limit=10).size < 20_000
        assert counted(workers) == 2 * NUMBER + 6


def test_a_large_answer_comes_in_pieces_and_is_whole(workers: Workers) -> None:
    result = workers.answer("SELECT * { ?s ?p ?o . ?a kg:accompanied ?b FILTER(STRENDS(STR(?a), '00')) }", form="tsv")
    pieces = list(result.body)
    assert len(pieces) > 1
    assert sum(map(len, pieces)) == result.size > 5_000_000
    assert b"".join(pieces).count(b"\n") == 1 + (2 * NUMBER + 6) * 14
    assert list(result.body) == []


# ---------------------------------------------------------------- processes


def processes(workers: Workers) -> list[int]:
    return [worker.process.pid for worker in (*workers._idle, *workers._busy)]


def test_a_process_answers_again_and_again(workers: Workers) -> None:
    counted(workers)
    before = processes(workers)
    for _ in range(5):
        counted(workers)
        with pytest.raises(QueryError):
            workers.answer("SELECT", form="csv")
    assert processes(workers) == before


def test_a_process_answers_again_though_whoever_asks_is_large(folder: Path) -> None:
    code = f"""
from kg.graph import Workers
large = bytearray(b"x") * 400_000_000
with Workers({str(folder)!r}, memory=600_000_000) as workers:
    for _ in range(2):
        workers.answer("ASK {{}}", form="json")
        print(*(worker.process.pid for worker in workers._idle))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert first == second != ""


@_POSIX
def test_a_process_that_is_killed_is_an_error_and_replaced(workers: Workers) -> None:
    counted(workers)
    (idle,) = processes(workers)
    os.kill(idle, signal.SIGKILL)
    assert counted(workers) == 2 * NUMBER + 6
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(workers.answer, ENDLESS["a question"], form="json")
        while not workers._busy or not all(worker.ends for worker in list(workers._busy)):
            time.sleep(0.01)
        time.sleep(0.1)
        for process in processes(workers):
            os.kill(process, signal.SIGKILL)
        with pytest.raises(QueryLost, match="终止"):
            asked.result()
    assert counted(workers) == 2 * NUMBER + 6


@_POSIX
@pytest.mark.parametrize(
    "deep", ["SELECT * {" + "{" * 100_000 + "}" * 100_000 + "}", "ASK { FILTER(" + "!" * 100_000 + ")}"], ids=["brackets", "nots that end wrongly"]
)
def test_what_is_nested_too_deeply_is_an_error_of_the_query(workers: Workers, deep: str) -> None:
    with pytest.raises(QueryError, match="嵌套太深") as caught:
        workers.answer(deep, form="json")
    assert not isinstance(caught.value, QueryLost)
    assert counted(workers) == 2 * NUMBER + 6


@_POSIX
def test_a_process_does_not_outlive_who_asks(folder: Path) -> None:
    code = f"""
from kg.graph import Workers
workers = Workers({str(folder)!r}, timeout=600)
workers.answer("ASK {{}}", form="json")
print(workers._idle[0].process.pid, flush=True)
workers.answer({ENDLESS["a question"]!r}, form="json")
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as asking:
        assert asking.stdout is not None
        worker = int(asking.stdout.readline())
        asking.kill()
    for _ in range(500):
        try:
            os.kill(worker, 0)
            stat = Path(f"/proc/{worker}/stat")
            if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":  # nobody is there to bury it
                break
        except ProcessLookupError:
            break
        time.sleep(0.02)
    else:
        pytest.fail("the process goes on")
    with Workers(folder) as workers:  # and what it left is swept away
        counted(workers)
        assert len(list(folder.glob(".queries-*"))) == 1
    assert list(folder.glob(".queries-*")) == []


def test_twenty_queries_at_once_all_get_their_own_answer(workers: Workers) -> None:
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(workers.answer, f"SELECT ?l {{ person:1-{n} rdfs:label ?l }}", form="csv") for n in range(20)]
        assert [one.result().read().decode().split() for one in asked] == [["l", f"张{n}"] for n in range(20)]
    assert len(processes(workers)) <= 2


def test_endless_queries_take_no_turn_for_ever(workers: Workers) -> None:
    with ThreadPoolExecutor(6) as pool:
        endless = [pool.submit(workers.answer, ENDLESS["a question"], form="json", timeout=0.5) for _ in range(4)]
        short = [pool.submit(counted, workers) for _ in range(2)]
        assert [one.result() for one in short] == [2 * NUMBER + 6] * 2
        for one in endless:
            assert isinstance(one.exception(), QueryTimeout)


def test_closing_stops_what_runs(folder: Path) -> None:
    workers = Workers(folder, timeout=600)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(workers.answer, ENDLESS["a question"], form="json")
        while not workers._busy:
            time.sleep(0.01)
        workers.close()
        assert isinstance(asked.exception(), KgError)
    with pytest.raises(KgError):
        workers.answer(COUNT, form="csv")
    assert list(folder.glob(".queries-*")) == []


# ---------------------------------------------------------------- while the graph changes


def test_a_snapshot_stays_while_somebody_writes_and_is_renewed_after(tmp_path: Path) -> None:
    first, other = (Term(f"<https://w3id.org/zhengtu/id/article/{n}>") for n in (1, 2))
    with Store(tmp_path / "output") as store:
        store.tell({first: facts(1, 50)})
    with Workers(tmp_path / "output") as workers:
        assert counted(workers) == 100
        with Store(tmp_path / "output") as store:
            assert counted(workers) == 100
            store.tell({other: facts(2, 7000)})
            assert counted(workers) == 100
            store.oxigraph.optimize()
            assert counted(workers) == 100
        assert counted(workers) == 14_100
        assert len([path for path in next((tmp_path / "output").glob(".queries-*")).iterdir() if path.is_dir()]) == 1
    assert {path.name for path in (tmp_path / "output").iterdir()} == {"store", "store.lock"}


def test_a_graph_that_is_written_and_was_never_read_is_told(tmp_path: Path) -> None:
    with Store(tmp_path / "output") as store, Workers(tmp_path / "output") as workers:
        store.tell({Term("<https://w3id.org/zhengtu/id/article/1>"): facts(1, 5)})
        with pytest.raises(StoreError, match="正在写"):
            workers.answer(COUNT, form="csv")
    with Workers(tmp_path / "none") as workers, pytest.raises(StoreError, match="kg build"):
        workers.answer(COUNT, form="csv")
    assert not (tmp_path / "none").exists()


def test_who_writes_itself_tells_when_to_look_again(tmp_path: Path) -> None:
    graph = Term("<https://w3id.org/zhengtu/id/article/1>")
    with Store(tmp_path / "output") as store, Workers(tmp_path / "output", source=store) as workers:
        store.tell({graph: facts(1, 5)})
        assert counted(workers) == 10
        store.tell({graph: facts(1, 6)})
        assert counted(workers) == 10
        workers.refresh()
        assert counted(workers) == 12


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the root of a system writes everywhere")
def test_a_folder_that_cannot_be_written_can_be_asked(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        with Workers(folder) as workers:
            assert counted(workers) == 2 * NUMBER + 6
    finally:
        folder.chmod(0o755)


# ---------------------------------------------------------------- beyond this graph


def test_nobody_outside_is_asked_unless_it_is_allowed(folder: Path) -> None:
    answer = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"outside"}}]}}'
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/sparql"

        def serve() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(65536)
                head = f"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n\r\n"
                caller.sendall(head.encode() + answer)

        thread = threading.Thread(target=serve)
        thread.start()
        sparql = f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}"
        with Workers(folder) as workers, pytest.raises(QueryError, match="SERVICE"):
            workers.answer(sparql, form="csv")
        with Workers(folder, allowed_services=[address]) as workers:
            assert workers.answer(sparql, form="csv").read().split() == [b"x", b"outside"]
            with pytest.raises(QueryError, match="SERVICE"):
                workers.answer(sparql.replace("/sparql", "/other"), form="csv")
        thread.join()


# ---------------------------------------------------------------- for somebody at a terminal


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md"])
def test_a_single_query_is_answered_as_in_this_process(folder: Path, form: str) -> None:
    sparql = "SELECT ?s ?l ?none { ?s rdfs:label ?l } ORDER BY ?s LIMIT 20"
    found = answered(folder, sparql, form)
    text = found.text(form) if isinstance(found, Answer) else b"".join(found).decode()
    with Store(folder, reading=True) as store:
        expected = query(store, sparql).text(form)
    assert json.loads(text) == json.loads(expected) if form == "json" else text.strip() == expected.strip()


def test_what_a_spreadsheet_would_run_is_disarmed(tmp_path: Path) -> None:
    graph, label = Term("<https://w3id.org/zhengtu/id/article/1>"), Term("<http://www.w3.org/2000/01/rdf-schema#label>")
    words = ['"=1+1"', '"@SUM(A1)"', '"-5"', '"a,=b"', '"x\\n=y"']
    with Store(tmp_path / "output") as store:
        store.tell({graph: {(graph, label, Term(word)) for word in words}})
    found = answered(tmp_path / "output", "SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "csv")
    assert not isinstance(found, Answer)
    assert b"".join(found).decode().split("\r\n") == ["l", "-5", "'=1+1", "'@SUM(A1)", '"a,=b"', '"x\n=y"', ""]
