from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graph_stories import meeting, told  # type: ignore[import-not-found]

from kg.errors import QueryError
from kg.graph import DEFAULT_BASE, Store, article_iri, ask, query, questions, select
from kg.graph.query import Parameter, Question, filled, parse_question
from kg.graph.terms import KG, RDF, RDFS, chinese, iri


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("graph")
    with Store(folder) as store:
        store.tell(told(meeting("a.txt"), meeting("b.txt", "柳溪公园")))
        yield store


def test_the_usual_prefixes_need_not_be_declared(graph: Store) -> None:
    answer = query(graph, "SELECT ?n WHERE { person:张建国 kg:inspected/rdfs:label ?n } ORDER BY ?n")
    assert answer.kind == "rows"
    assert answer.columns == ("n",)
    assert answer.rows == (("春和花园",), ("柳溪公园",))
    assert query(graph, "ASK { <person/张建国> a kg:Official }").truth


def test_graph_reaches_what_single_articles_say(graph: Store) -> None:
    counted = query(graph, "SELECT (COUNT(*) AS ?n) WHERE { person:张建国 kg:holdsPost ?p }").rows
    apart = query(graph, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { person:张建国 kg:holdsPost ?p } }").rows
    assert (counted, apart) == ((("1",),), (("2",),))


def test_a_table_lines_up_chinese_and_shortens_iris(graph: Store) -> None:
    text = query(graph, "SELECT ?p ?n ?x WHERE { ?p a kg:Official ; rdfs:label ?n OPTIONAL { ?p kg:accompanied ?x } } ORDER BY ?n").text("table")
    assert text == (
        "p              n       x\n"
        "-------------  ------  -\n"
        "person:张建国  张建国\n"
        "person:李文芳  李文芳\n"
    )  # fmt: skip


def test_csv_tsv_and_json_are_those_of_sparql(graph: Store) -> None:
    sparql = "SELECT ?p ?n ?c WHERE { VALUES (?p ?n ?c) { (person:甲 \"a,\\\"b\\\"\\n\"@zh 0.5) (person:乙 UNDEF -3) } }"
    answer = query(graph, sparql)
    rows = list(csv.reader(io.StringIO(answer.text("csv"), newline="")))
    base = f"{DEFAULT_BASE}person/"
    assert rows == [["p", "n", "c"], [f"{base}甲", 'a,"b"\n', "0.5"], [f"{base}乙", "", "-3"]]
    for form, format_ in (("tsv", ox.QueryResultsFormat.TSV), ("json", ox.QueryResultsFormat.JSON)):
        parsed = ox.parse_query_results(answer.text(form).encode(), format_)
        assert isinstance(parsed, ox.QuerySolutions)
        assert [tuple(row) for row in parsed] == list(answer.terms)
    assert json.loads(query(graph, "ASK { ?s a kg:Nothing }").text("json")) == {"head": {}, "boolean": False}
    assert query(graph, "ASK {}").rows == (("true",),)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "@SUM(A1)", "-2+3", "\tx"])
def test_csv_holds_no_formula(store: Store, text: str) -> None:
    store.tell({article_iri(DEFAULT_BASE, "a"): [(iri(DEFAULT_BASE, "person/x"), RDFS.label, chinese(text))]})
    assert list(csv.reader(io.StringIO(query(store, "SELECT ?n WHERE { ?s rdfs:label ?n }").text("csv"))))[1] == [f"'{text}"]


def test_a_table_holds_no_control_characters(store: Store) -> None:
    said = chinese("甲\x1b[31m\n乙\u202e\u061c")
    store.tell({article_iri(DEFAULT_BASE, "a"): [(iri(DEFAULT_BASE, "person/x"), RDFS.label, said)]})
    assert query(store, "SELECT ?n WHERE { ?s rdfs:label ?n }").rows == (("甲 [31m 乙",),)


def test_construct_and_describe_answer_in_turtle(graph: Store) -> None:
    answer = query(graph, "CONSTRUCT { ?p kg:holdsPost ?post } WHERE { ?p kg:holdsPost ?post }")
    assert answer.kind == "graph"
    assert answer.rows[0][1] == "kg:holdsPost"
    assert {str(s) for s in rdflib.Graph().parse(data=answer.text("ttl"), format="turtle").subjects()} == {
        f"{DEFAULT_BASE}person/{name}" for name in ("张建国", "李文芳")
    }
    described = query(graph, "DESCRIBE person:王志强").text("ttl")
    assert "person:王志强 a kg:Person ;" in described
    assert 'kg:accompanied person:张建国' in described  # fmt: skip


@pytest.mark.parametrize(("sparql", "form"), [("ASK {}", "csv"), ("SELECT * {}", "ttl"), ("ASK {}", "ttl"), ("SELECT * {}", "nt"), ("ASK {}", "")])
def test_a_form_that_does_not_fit_is_told(graph: Store, sparql: str, form: str) -> None:
    with pytest.raises(QueryError):
        query(graph, sparql).text(form)


@pytest.mark.parametrize(
    ("sparql", "place"),
    [
        ("SELECT", "第 1 行第 7 字"),
        ("SELECT *\nWHERE { ?s ?p }", "第 2 行"),
        ("SELECT * WHERE { ?s nope:x ?o }", "前缀"),
        ("ASK { ?s ?p 今天 . }", "第 1 行第 13 字“今天"),
        ("", "SELECT"),
        ("今天谁开会", "SELECT"),
    ],
)
def test_what_is_no_query_is_told_with_the_place(graph: Store, sparql: str, place: str) -> None:
    with pytest.raises(QueryError) as error:
        query(graph, sparql)
    assert place in str(error.value)
    assert "\n" not in str(error.value) + error.value.english


SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { VALUES ?g { <http://127.0.0.1:9/> } SERVICE?g{ ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:9/> ASK { SERVICE # a remark\n x:y\n{ ?s ?p ?o } }",
    "ASK { FILTER(?a<'>') SERVICE <http://127.0.0.1:9/'> {} }",
    "ASK { ?s ?p person:a\\' . SERVICE <http://127.0.0.1:9/> {} ?s ?p person:b\\' }",
    'ASK { FILTER("\\u0022" = "x") SERVICE <http://127.0.0.1:9/> {} FILTER("" = "x") }',
    "ASK { ?s ?p 1SERVICE<http://127.0.0.1:9/>{} }",
]


@pytest.mark.parametrize("sparql", SERVICES)
def test_a_query_reaches_no_other_address(graph: Store, sparql: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        query(graph, sparql)


def test_the_word_service_may_be_asked_for(graph: Store) -> None:
    assert not query(graph, 'ASK { ?service rdfs:label "service" . FILTER(?service != <http://example.org/service>) # service\n }').truth


@pytest.mark.parametrize("sparql", ["INSERT DATA { <a> <b> <c> }", "PREFIX x: <y:z> # no\n DELETE WHERE { ?s ?p ?o }", "LOAD <file:///etc/passwd>", "drop all"])
def test_a_query_changes_nothing(graph: Store, sparql: str) -> None:
    before = len(graph)
    with pytest.raises(QueryError, match="不能改动"):
        query(graph, sparql)
    assert len(graph) == before


def test_select_yields_plain_text(graph: Store) -> None:
    found = list(select(graph, "SELECT ?p ?n ?x WHERE { ?p a kg:Project ; rdfs:label ?n OPTIONAL { ?p kg:inArea ?x } } ORDER BY ?n"))
    assert found == [(f"{DEFAULT_BASE}project/{name}", name, None) for name in ("春和花园", "柳溪公园")]
    with pytest.raises(QueryError):
        list(select(graph, "ASK {}"))


# ---------------------------------------------------------------- saved questions


def test_every_saved_question_can_be_asked_with_and_without_values(graph: Store) -> None:
    assert questions()
    for question in questions():
        assert question.label
        assert query(graph, question.sparql).columns
        needed = {parameter.name for parameter in question.parameters if parameter.required}
        assert needed <= {name for name, _ in question.example}, question.name
        filled = ask(graph, question.name, dict(question.example)).columns
        assert filled == ask(graph, question.name, {name: value for name, value in question.example if name in needed}).columns


def test_a_value_narrows_the_answer(graph: Store) -> None:
    everyone, one = ask(graph, "inspections"), ask(graph, "inspections", {"name": "柳溪公园"})
    assert len(set(everyone.rows)) > len(set(one.rows)) > 0
    assert all("柳溪公园" in row for row in one.rows)


@pytest.mark.parametrize("value", ['" } SERVICE <http://127.0.0.1:9/> {} #', 'x" } # ', "\\", '"""', "a\nb", "{ UNDEF }", "\x00", "VALUES ?name { UNDEF }"])
def test_a_value_is_never_more_than_a_literal(graph: Store, value: str) -> None:
    (question,) = (question for question in questions() if question.name == "posts")
    sparql = filled(question, {"name": value})
    if "SERVICE" not in value:
        assert query(graph, sparql).rows == ()
    graph.oxigraph.query(sparql)


def test_a_value_is_not_filled_by_another_value() -> None:
    text = "# name: two\n# label: 两个\n# param: a string 一\n# param: b string 二\nSELECT * { VALUES ?a { UNDEF } VALUES ?b { UNDEF } }"
    sparql = filled(parse_question(text, "two.rq"), {"a": "VALUES ?b { UNDEF }", "b": '" } UNION { ?s ?p ?o } #'})
    (row,) = ox.Store().query(sparql)  # type: ignore[union-attr, misc]
    assert [term.value for term in row] == ["VALUES ?b { UNDEF }", '" } UNION { ?s ?p ?o } #']


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("integer", "12", "12"), ("integer", "1 } #", None), ("integer", "１２", None),
        ("date", "2024-03-05", '"2024-03-05"^^<http://www.w3.org/2001/XMLSchema#date>'), ("date", "yesterday", None),
        ("iri", "person:张建国", f"<{DEFAULT_BASE}person/张建国>"), ("iri", "http://example.org/> {}", None), ("iri", "x", None),
    ],
)  # fmt: skip
def test_a_value_is_of_the_type_of_its_parameter(type_: str, value: str, expected: str | None) -> None:
    question = Question("q", "问", "q", (Parameter("x", type_, ""),), "SELECT * { VALUES ?x { UNDEF } }")
    if expected is None:
        with pytest.raises(QueryError):
            filled(question, {"x": value})
    else:
        assert filled(question, {"x": value}) == f"SELECT * {{ VALUES ?x {{ {expected} }} }}"


def test_an_unknown_question_or_parameter_is_told_with_the_known_ones(graph: Store) -> None:
    with pytest.raises(QueryError, match="posts"):
        ask(graph, "psots")
    with pytest.raises(QueryError, match="name"):
        ask(graph, "posts", {"nmae": "张建国"})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {}",
        "# name: x\nSELECT * {}",
        "# name: x\n# label: 问\n# param: a string 一\nSELECT * {}",
        "# name: x\n# label: 问\n# param: a word 一\nSELECT * { VALUES ?a { UNDEF } }",
    ],
)
def test_a_question_without_its_head_is_refused_with_its_file(text: str) -> None:
    with pytest.raises(QueryError, match=r"broken\.rq"):
        parse_question(text, "broken.rq")


def test_a_misread_store_is_no_crash(store: Store) -> None:
    store.tell({article_iri(DEFAULT_BASE, "a"): [(iri(DEFAULT_BASE, "person/x"), RDF.type, KG.Person)]})
    store.close()
    with pytest.raises(Exception, match="关闭"):
        query(store, "ASK {}")
