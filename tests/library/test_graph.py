"""A graph opened from Python: questions, search, things with their sentences, and the tools it is handed to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError, QueryTimeout, StoreError
from kg.graph import DEFAULT_BASE
from kg.graph.worker import Workers

SHEN = f"{DEFAULT_BASE}person/青岚区/沈牧之"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_gives_python_values(graph: kg.Graph) -> None:
    table = graph.query(
        """SELECT ?p (COUNT(?p) AS ?n) (SAMPLE(?c) AS ?sure) (SAMPLE(?d) AS ?day) (true AS ?yes) ("2024-04"^^xsd:gYearMonth AS ?month)
           (SAMPLE(?x) AS ?nothing) WHERE { ?t org:member ?p ; kg:confidence ?c ; kg:firstSeen ?d . ?p rdfs:label "纪青禾"@zh
           OPTIONAL { ?p kg:nothing ?x } } GROUP BY ?p"""
    )
    assert table.columns == ("p", "n", "sure", "day", "yes", "month", "nothing")
    assert tuple(table[0]) == (f"{DEFAULT_BASE}person/云溪县/纪青禾", 1, Decimal("0.96"), date(2025, 5, 15), True, "2024-04", None)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ('"2024-02-31"^^xsd:date', "2024-02-31"),
        ('"12024-01-01"^^xsd:date', "12024-01-01"),
        ('"甲"@zh', "甲"),
        ('"007"^^xsd:integer', 7),
        ("1e3", 1000.0),
        ('"x"^^<https://example.org/type>', "x"),
    ],
)
def test_what_python_has_no_value_for_stays_text(graph: kg.Graph, literal: str, value: object) -> None:
    (row,) = graph.query(f"SELECT ({literal} AS ?x) WHERE {{}}")
    assert row.x == value
    assert type(row.x) is type(value)


def test_ask_answers_in_an_if(graph: kg.Graph) -> None:
    assert graph.query("ASK { ?p a kg:Person }")
    assert not graph.query("ASK { ?p a kg:Nothing }")


def test_construct_gives_triples(graph: kg.Graph) -> None:
    table = graph.query(f"CONSTRUCT {{ <{SHEN}> kg:holdsPost ?post }} WHERE {{ <{SHEN}> kg:holdsPost ?post }}")
    assert table.columns == ("subject", "predicate", "object")
    assert table.column("subject") == (SHEN,)


@pytest.mark.parametrize("sparql", ["SELECT ?x", "DROP ALL", "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "甲"])
def test_a_query_that_reads_no_graph_is_refused_in_one_line(graph: kg.Graph, sparql: str) -> None:
    with pytest.raises(QueryError) as told:
        graph.query(sparql)
    assert "\n" not in str(told.value)


def test_a_query_with_a_deadline_gives_the_same_and_one_that_never_ends_is_stopped(graph: kg.Graph) -> None:
    names = "SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"
    assert graph.query(names, timeout=60) == graph.query(names)
    assert graph.query(names, timeout=60, limit=2) == graph.query(names, limit=2) == graph.query(names)[:2]
    assert graph.query("ASK { ?p a kg:Nothing }", timeout=60).truth is False
    with pytest.raises(QueryTimeout):
        graph.query(ENDLESS, timeout=0.5)


def test_a_saved_question_takes_its_parameters_by_name(graph: kg.Graph) -> None:
    (row,) = graph.ask("posts", name="沈牧之")
    assert (row.person, row.post, row.status) == ("沈牧之", "青岚区委书记", "held")
    assert "posts" in graph.questions().column("name")


@pytest.mark.parametrize(("question", "values"), [("nothing", {}), ("posts", {"nobody": "张三"})])
def test_an_unknown_question_or_parameter_is_told(graph: kg.Graph, question: str, values: dict[str, str]) -> None:
    with pytest.raises(QueryError, match="没有"):
        graph.ask(question, **values)


def test_a_value_that_looks_like_sparql_is_a_name_that_nobody_has(graph: kg.Graph) -> None:
    assert len(graph.ask("posts", name='张三" } UNION { ?s ?p ?o } #')) == 0


def test_a_search_finds_every_word_and_the_exact_name_first(graph: kg.Graph) -> None:
    found = graph.search("松涛里 项目")
    assert found[0].label.startswith("松涛里城市更新")
    assert all("松涛里" in row.label + row.others for row in found)
    assert set(graph.search("松涛里", kind="Project").column("class")) == {"Project"}
    assert graph.search("沈牧之")[0].iri == SHEN
    assert len(graph.search("沈", limit=1)) == 1


@pytest.mark.parametrize("words", ['"', "\\", "'} ?s ?p ?o {", "没有的名字", "\U0001f600", "^^<x>"])
def test_words_from_outside_stay_words(graph: kg.Graph, words: str) -> None:
    assert len(graph.search(words)) == 0


def test_no_word_is_told(graph: kg.Graph) -> None:
    with pytest.raises(QueryError):
        graph.search("  ")


def test_every_fact_about_a_person_has_a_sentence_that_stands_in_its_article(graph: kg.Graph) -> None:
    thing = graph.thing("沈牧之")
    assert (thing.iri, thing.kind, thing.total) == (SHEN, "Person", len(thing.facts))
    assert {"holdsPost", "agent", "attendee", "强调", "指出"} <= {fact.relation for fact in thing.facts}
    for fact in thing.facts:
        assert fact.quotes
        for quote in fact.quotes:
            text = graph.article(quote.article).text
            assert text[quote.begin : quote.end] == quote.words != ""
            assert quote.words in quote.sentence
            assert quote.sentence in text


def test_a_statement_keeps_its_words_and_its_occasion(graph: kg.Graph) -> None:
    said = [fact for fact in graph.thing(SHEN).facts if fact.relation == "指出"]
    assert [(fact.subject, fact.text, fact.date) for fact in said] == [
        ("沈牧之", "发展低空经济是培育新质生产力的重要举措,青岚区将一如既往支持企业发展。", "2025-04-21")
    ]


@pytest.mark.parametrize(
    ("name", "relation", "subject", "object_"),
    [
        ("松涛里城市更新项目", "inArea", "松涛里城市更新项目", "青岚区"),
        ("青岚区委书记", "holdsPost", "沈牧之", "青岚区委书记"),
        ("青岚区", "生产总值", "青岚区", ""),
    ],
)
def test_projects_posts_and_areas_have_their_facts_too(graph: kg.Graph, name: str, relation: str, subject: str, object_: str) -> None:
    facts = [fact for fact in graph.thing(name).facts if fact.relation == relation]
    assert (subject, object_) in [(fact.subject, fact.object) for fact in facts]
    assert all(fact.quotes for fact in facts if fact.subject == subject and fact.object == object_)


def test_an_event_tells_who_took_part(graph: kg.Graph) -> None:
    thing = graph.thing("沈牧之会见温如故")
    assert {(fact.relation, fact.object) for fact in thing.facts} >= {("agent", "沈牧之"), ("counterpart", "温如故")}


def test_the_facts_of_a_thing_come_in_pages(graph: kg.Graph) -> None:
    whole = graph.thing(SHEN)
    pages = [graph.thing(SHEN, 2, offset=start).facts for start in range(0, whole.total, 2)]
    assert tuple(fact for page in pages for fact in page) == whole.facts
    posts = graph.thing(SHEN, relation="holdsPost")
    assert [fact.relation for fact in posts.facts] == ["holdsPost"] * posts.total


def test_a_name_that_nobody_or_several_have_is_told(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match="search"):
        graph.thing("没有的人")
    with pytest.raises(QueryError, match="search"):
        graph.thing("https://example.org/nobody")


def test_of_namesakes_the_iris_are_told(tmp_path: Path) -> None:
    for number, (area, post) in enumerate((("青岚区", "区委书记"), ("云溪县", "县委书记"))):
        text = f"{area}召开推进会\n\n本报讯 5月11日,{area}召开推进会。{post}张建国出席并讲话。\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    kg.build([tmp_path / "0.txt", tmp_path / "1.txt"], tmp_path / "output", published="2024-05-12")
    graph = kg.open(tmp_path / "output")
    iris = graph.search("张建国", kind="Person").column("iri")
    assert len(iris) == 2
    with pytest.raises(QueryError) as told:
        graph.thing("张建国")
    assert all(iri in str(told.value) for iri in iris)
    assert {graph.thing(iri).label for iri in iris} == {"张建国"}


@pytest.mark.parametrize("name", ["a:b> ?p ?o . ?x <c:d", 'x" }', "a:\\", "\n", "urn:zhengtu:books"])
def test_a_name_from_outside_never_becomes_a_query(graph: kg.Graph, name: str) -> None:
    for asked in (graph.thing, graph.article):
        with pytest.raises(QueryError):
            asked(name)


def test_articles_are_found_by_words_and_days(graph: kg.Graph) -> None:
    every = graph.articles()
    assert len(every) == len(graph.ask("articles"))
    assert list(every.column("published")) == sorted(every.column("published"), reverse=True)
    assert [row.headline for row in graph.articles("低空经济 沈牧之")] == ["青岚区与远岫科技集团签约 共建低空经济产业园"]
    assert set(graph.articles(since="2025-04-19", until="2025-04").column("published")) == {"2025-04-22"}
    report = graph.article(every[0].article)
    assert report.headline == every[0].headline
    assert report.text.count("\n") > 2 and len(report.things) > 2
    assert graph.article(every[0].article.rpartition("/")[2]) == report


def test_the_sentences_behind_nodes_and_passages(graph: kg.Graph) -> None:
    (row,) = graph.query('SELECT ?s ?passage WHERE { ?s kg:text ?t ; kg:evidence ?passage FILTER (CONTAINS(?t, "一如既往")) }')
    by_node, by_passage = graph.evidence(row.s, row.passage)
    assert by_node.sentence == by_passage.sentence == "他指出,发展低空经济是培育新质生产力的重要举措,青岚区将一如既往支持企业发展。"
    assert len(graph.evidence(SHEN, "nothing", "urn:x> <y")) == 0


def test_things_and_articles_are_escaped_in_a_notebook(tmp_path: Path) -> None:
    page = tmp_path / "页.txt"
    page.write_text("甲区召开<img src=x>推进会\n\n本报讯 5月11日,甲区召开<script>推进会。区委书记张建国出席并讲话。\n", encoding="utf-8")
    kg.build([page], tmp_path / "output<b>", published="2024-05-12")
    graph = kg.open(tmp_path / "output<b>")
    report = graph.article(graph.articles()[0].article)
    for shown in (graph, report, graph.thing("张建国"), graph.articles(), kg.read(page.read_text("utf-8"))):
        html = shown._repr_html_()
        assert not any(tag in html for tag in ("<img", "<script", "<b>"))


def test_a_graph_holds_no_lock_between_questions_and_one_within_with(folder: Path) -> None:
    from kg.graph import Store

    graph = kg.open(folder)
    graph.articles()
    Store(folder).close()
    with graph:
        assert graph.query("ASK { ?s ?p ?o }")
        with pytest.raises(StoreError):
            Store(folder)
    Store(folder).close()
    assert graph.query("ASK { ?s ?p ?o }")


def test_the_next_question_sees_what_a_build_wrote_and_removed(tmp_path: Path) -> None:
    for name, person in (("a", "张建国"), ("b", "李秀英")):
        (tmp_path / f"{name}.txt").write_text(f"甲区召开推进会\n\n本报讯 5月11日,甲区召开推进会。区委书记{person}出席。\n", encoding="utf-8")
    kg.build([tmp_path / "a.txt"], tmp_path / "output", published="2024-05-12")
    graph = kg.open(tmp_path / "output")
    assert len(graph.articles()) == 1
    kg.build([tmp_path / "b.txt"], tmp_path / "output", published="2024-05-12")
    assert len(graph.articles()) == 2
    _, gone = kg.remove(str(tmp_path / "a.txt"), tmp_path / "output")
    assert len(gone) == 1
    assert [row.source for row in graph.articles()] == ["b.txt"]


def test_workers_answer_the_same_as_the_store(folder: Path, graph: kg.Graph) -> None:
    with Workers(folder, workers=1) as workers:
        other = kg.Graph(folder, workers=workers)
        assert other.thing("沈牧之") == graph.thing("沈牧之")
        assert other.search("项目") == graph.search("项目")
        assert other.articles() == graph.articles()
        assert other.ask("posts", name="沈牧之") == graph.ask("posts", name="沈牧之")


def test_a_folder_without_a_graph_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        kg.open(tmp_path)


def test_networkx_and_rdflib_take_the_graph_over(graph: kg.Graph) -> None:
    network = graph.networkx()
    assert network.nodes[SHEN]["label"] == "沈牧之"
    assert "任职" in {told["relation"] for _, _, told in network.out_edges(SHEN, data=True)}
    dataset = graph.rdflib()
    (row,) = dataset.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert int(row.n) == len(graph)
    dataset.close()
