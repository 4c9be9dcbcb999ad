"""What the commands do with a graph, and where they write: data to standard output, the rest to standard error."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

PEOPLE = "SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PAGE = "甲区召开重点项目推进会\n\n本报讯 5月11日,甲区召开重点项目推进会。区委书记张建国出席并讲话。\n"


def test_demo_tells_what_to_open_and_what_to_ask(kg, tmp_path: Path) -> None:
    done = kg("demo", "-o", tmp_path / "output")
    assert (done.status, done.out) == (0, "")
    assert str(tmp_path / "output" / "graph.html") in done.err
    for command in ("kg ask", "kg query", "kg check"):
        assert f"  {command}" in done.err


def test_the_questions_that_demo_suggests_have_answers(kg, graph: Path) -> None:
    for question in (["inspections", "name=松涛里城市更新项目"], ["statements", "name=沈牧之"]):
        done = kg("ask", *question, "-o", graph, "--format", "csv")
        assert done.status == 0
        assert len(done.out.splitlines()) > 1


def test_build_shows_a_table_on_standard_error(kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    done = kg("build", tmp_path / "a.txt", "-o", tmp_path / "output")
    assert (done.status, done.out) == (0, "")
    rows = dict(line.split(maxsplit=1) for line in done.err.splitlines() if line.strip())
    assert rows["报道"].startswith("1（新增 1）")
    assert rows["人物"].strip() == "1"
    assert {"事件合计", "表述", "三元组", "用时", "写到"} <= set(rows)
    english = kg("build", tmp_path / "a.txt", "-o", tmp_path / "output", "--lang", "en").err
    assert "1 (1 unchanged)" in english
    assert "triples" in english


def test_build_reads_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "build", "-", "-o", str(tmp_path / "output"), "--published", "2024-05-12"]
    done = subprocess.run(command, input=PAGE.encode("gb18030"), capture_output=True, check=False)
    assert done.returncode == 0
    turtle = (tmp_path / "output" / "graph.ttl").read_text("utf-8")
    assert "张建国" in turtle
    assert "2024-05-11" in turtle
    assert "stdin:" in turtle


def test_a_query_answers_in_every_format(kg, graph: Path) -> None:
    rows = list(csv.reader(io.StringIO(kg("query", PEOPLE, "-o", graph, "--format", "csv").out)))
    names = [row[0] for row in rows[1:]]
    assert rows[0] == ["name"]
    assert "沈牧之" in names
    found = json.loads(kg("query", PEOPLE, "-o", graph, "--format", "json").out)
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == names
    assert kg("query", PEOPLE, "-o", graph, "--format", "tsv").out.splitlines()[0] == "?name"
    table = kg("query", PEOPLE, "-o", graph)
    assert [line.strip() for line in table.out.splitlines()[2:]] == names
    assert table.err == ""


def test_a_query_answers_as_markdown_and_xml(kg, graph: Path) -> None:
    lines = kg("query", PEOPLE, "-o", graph, "--format", "md").out.splitlines()
    assert lines[:2] == ["| name |", "| --- |"]
    assert "| 沈牧之 |" in lines
    root = ElementTree.fromstring(kg("query", PEOPLE, "-o", graph, "--format", "xml").out)
    assert "沈牧之" in [node.text for node in root.iter("{http://www.w3.org/2005/sparql-results#}literal")]
    assert kg("query", "ASK { ?p a kg:Person }", "-o", graph).out.split() == ["answer", "------", "true"]


@pytest.mark.parametrize("form", ["ttl", "nt", "trig", "jsonld", "xml"])
def test_what_a_query_constructs_is_read_by_rdflib(kg, graph: Path, form: str) -> None:
    import rdflib

    done = kg("query", "CONSTRUCT { ?p rdfs:label ?name } WHERE { ?p a kg:Person ; rdfs:label ?name }", "-o", graph, "--format", form)
    data = rdflib.Dataset() if form == "trig" else rdflib.Graph()
    found = data.parse(data=done.out, format={"jsonld": "json-ld", "ttl": "turtle"}.get(form, form))
    names = {str(fact[2]) for fact in (found.default_graph if isinstance(found, rdflib.Dataset) else found)}
    assert names == set(kg("query", PEOPLE, "-o", graph, "--format", "csv").out.split()[1:])


def test_no_cell_of_markdown_is_markup(kg, graph: Path) -> None:
    out = kg("query", "SELECT ('a|b' AS ?x) ('<img src=x>*_`' AS ?y) {}", "-o", graph, "--format", "md").out
    assert out.splitlines()[2] == r"| a\|b | &lt;img src=x>\*\_\` |"


def test_a_limit_cuts_the_rows_and_a_time_out_stops_the_query(kg, graph: Path) -> None:
    whole = kg("query", PEOPLE, "-o", graph, "--format", "csv").out.splitlines()
    assert kg("query", PEOPLE, "-o", graph, "--format", "csv", "--limit", "2").out.splitlines() == whole[:3]
    before = sorted(path.name for path in graph.iterdir())
    done = kg("query", ENDLESS, "-o", graph, "--timeout", "0.5")
    assert (done.status, done.out) == (1, "")
    assert "0.5 秒" in done.line
    assert sorted(path.name for path in graph.iterdir()) == before
    for option, value in (("--timeout", "0"), ("--timeout", "soon"), ("--limit", "-1"), ("--limit", "all")):
        assert kg("query", PEOPLE, "-o", graph, option, value).status == 2


def test_an_error_in_a_query_is_shown_in_its_line(kg, graph: Path) -> None:
    done = kg("query", "SELECT ?n WHERE {\n  ?人 rdfs:label ?n\n  FILTER(?n = 张三)\n  }", "-o", graph)
    assert (done.status, done.out) == (1, "")
    told, line, caret = done.err.splitlines()
    assert "第 3 行" in told
    assert line == "    FILTER(?n = 张三)"
    assert caret.strip() == "^"
    assert "\x1b" not in kg("query", "SELECT \x1b[31m WHERE {}", "-o", graph).err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT between processes")
def test_an_interrupted_query_leaves_nothing_behind(graph: Path) -> None:
    before = sorted(path.name for path in graph.iterdir())
    command = [sys.executable, "-m", "kg.cli", "query", ENDLESS, "-o", str(graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        children: list[str] = []
        while not children and process.poll() is None:
            time.sleep(0.05)
            found = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            children = found.read_text().split() if found.exists() else ["0"]
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.count("\n") == 1
    assert not any(Path(f"/proc/{child}").exists() for child in children if child != "0")
    assert sorted(path.name for path in graph.iterdir()) == before


def test_a_query_comes_from_a_file_or_from_standard_input(kg, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = kg("query", PEOPLE, "-o", graph).out
    (tmp_path / "q.rq").write_text("# 谁？\n" + PEOPLE, encoding="utf-8")
    assert kg("query", "-f", tmp_path / "q.rq", "-o", graph).out == expected
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PEOPLE.encode())))
    assert kg("query", "-", "-o", graph).out == expected
    missing = kg("query", "-f", tmp_path / "none.rq", "-o", graph)
    assert (missing.status, missing.out) == (1, "")
    assert "none.rq" in missing.line


def test_ask_lists_the_questions_with_their_parameters(kg) -> None:
    chinese, english = kg("ask").out, kg("ask", "--lang", "en").out
    assert "posts" in chinese
    assert "[name=…]" in chinese
    assert "职务" in chinese
    assert not any("\u4e00" <= c <= "\u9fff" for c in english)


def test_a_value_is_data_never_part_of_the_query(kg, graph: Path) -> None:
    for value in ('" } UNION { ?s ?p ?o', "\\", "}\n#", "沈牧之\u2028?", "\U0001f600"):
        done = kg("ask", "posts", f"name={value}", "-o", graph, "--format", "csv")
        assert done.status == 0
        assert len(done.out.splitlines()) == 1


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf"])
def test_every_export_is_read_by_rdflib_with_the_same_facts(kg, graph: Path, tmp_path: Path, suffix: str) -> None:
    import rdflib

    done = kg("export", tmp_path / f"a{suffix}", "-o", graph)
    assert (done.status, done.out) == (0, "")
    form = {".ttl": "turtle", ".trig": "trig", ".nt": "nt", ".nq": "nquads", ".jsonld": "json-ld", ".rdf": "xml"}[suffix]
    data = rdflib.Dataset().parse(tmp_path / f"a{suffix}", format=form)
    found = (data.default_graph if suffix in (".trig", ".nq") else data) if isinstance(data, rdflib.Dataset) else data
    number = int(kg("query", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "-o", graph, "--format", "tsv").out.split("\n")[1].strip('"').split('"')[0])
    assert len(found) == number


@pytest.mark.parametrize("arguments", [["network.gexf"], ["network.graphml"], ["facts.csv"], ["neo4j/"], ["neo4j", "--format", "neo4j"]])
def test_other_tools_get_their_files(kg, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    done = kg("export", *arguments, "-o", graph)
    assert (done.status, done.out) == (0, "")
    assert arguments[0] in done.line
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    names = {"nodes.csv", "relationships.csv"} if "neo4j" in arguments[0] else {arguments[0]}
    assert {path.name for path in written} == names
    assert any("沈牧之" in path.read_text("utf-8") for path in written)


def test_stats_tell_what_is_in_the_graph_in_every_format_and_language(kg, graph: Path) -> None:
    table = kg("stats", "-o", graph)
    assert (table.status, table.err) == (0, "")
    lines = [line.split() for line in table.out.splitlines()]
    assert ["最忙的官员"] in lines
    assert ["1", "沈牧之", "3", "3"] in lines
    rows = list(csv.DictReader(io.StringIO(kg("stats", "-o", graph, "--format", "csv").out)))
    assert {"section": "最忙的官员", "rank": "1", "name": "沈牧之", "value": "3", "measure": "活动"}.items() <= rows[29].items()
    english = kg("stats", "-o", graph, "--lang", "en", "--top", "2").out
    assert "Busiest officials" in english
    assert "最忙" not in english
    found = json.loads(kg("stats", "-o", graph, "--format", "json", "--top", "1").out)
    assert [len(section["rows"]) for section in found if section["section"] == "officials"] == [1]


def test_stats_and_exports_of_no_graph_are_one_line(kg, tmp_path: Path) -> None:
    for arguments in (["stats"], ["export", tmp_path / "a.gexf"], ["export", f"{tmp_path}/neo4j/"]):
        done = kg(*arguments, "-o", tmp_path / "none")
        assert (done.status, done.out) == (1, "")
        assert "none" in done.line
    assert list(tmp_path.iterdir()) == []


def test_show_draws_the_graph_again(kg, graph: Path, tmp_path: Path) -> None:
    done = kg("show", tmp_path / "a.html", "-o", graph)
    assert (done.status, done.out) == (0, "")
    assert (tmp_path / "a.html").read_bytes() == (graph / "graph.html").read_bytes()


def test_check_finds_nothing_wrong_with_the_demo(kg, graph: Path) -> None:
    done = kg("check", "-o", graph)
    assert (done.status, done.out) == (0, "")


def test_check_tells_what_is_wrong(kg, tmp_path: Path) -> None:
    from kg.graph import Store
    from kg.graph.terms import Term

    with Store(tmp_path / "output") as store:
        graph = Term("<https://w3id.org/zhengtu/id/article/1>")
        kind = Term("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
        store.tell({graph: [(Term("<https://w3id.org/zhengtu/id/article/1/event/1-2>"), kind, Term("<https://w3id.org/zhengtu/ontology#Meeting>"))]})
    done = kg("check", "-o", tmp_path / "output")
    assert done.status == 1
    assert "event/1-2" in done.out
    assert "不合规则" in done.line


def test_a_reader_that_stops_early_is_no_error(graph: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "query", "SELECT * WHERE { ?s ?p ?o . ?a ?b ?c } LIMIT 20000", "-o", str(graph), "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT between processes")
def test_an_interrupted_build_says_so_in_one_line_and_leaves_a_whole_graph(kg, tmp_path: Path) -> None:
    lines = [json.dumps({"text": PAGE.replace("张建国", f"张建{'国军民'[n % 3]}") + f"第{n}篇。"}, ensure_ascii=False) for n in range(3000)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "kg.cli", "build", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "output")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        while not (tmp_path / "output" / "store" / "CURRENT").exists() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.count("\n") == 1
    assert "已中断" in err
    assert kg("query", PEOPLE, "-o", tmp_path / "output").status == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("settings", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_sees_a_bar_and_colours_only_if_it_wants_them(tmp_path: Path, settings: dict[str, str]) -> None:
    import pty

    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg.cli", "build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "output")]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **settings}
    environment.pop("CI", None)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, stdin=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:
                break
            if not block:
                break
            seen += block
        assert process.stdout is not None
        assert process.stdout.read() == b""
        assert process.wait() == 0
    os.close(ours)
    shown = seen.decode("utf-8")
    assert "报道" in shown
    if settings.get("TERM") != "dumb":
        assert "正在读" in shown
    if settings:
        assert "\x1b[3" not in shown.replace("\x1b[3J", "")
