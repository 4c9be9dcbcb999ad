"""The SPARQL 1.1 Protocol, query operation, case by case as https://www.w3.org/TR/sparql11-protocol/#query-operation tells it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from serving import FORM, JSON, TOKEN, Server, started

G1, G2, G3 = "http://data.example/one", "http://data.example/two", "http://data.example/three"
PEOPLE = "SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"
WHERE_IN = "SELECT ?n WHERE { <urn:x:thing> <urn:x:in> ?n } ORDER BY ?n"
WHICH_GRAPHS = "SELECT ?g WHERE { GRAPH ?g { <urn:x:thing> <urn:x:in> ?n } } ORDER BY ?g"


@pytest.fixture(scope="module")
def graphs(writing: Server) -> Iterator[Server]:
    """A server with three graphs: each holds a fact of its own, and one fact that all hold."""
    for number, graph in enumerate((G1, G2, G3), 1):
        text = f"<urn:x:thing> <urn:x:in> {number} ; <urn:x:same> 0 ."
        assert writing.send("PUT", f"/graphs?graph={graph}", {"Content-Type": "text/turtle"}, text, token=TOKEN).status == 201
    yield writing


# ---------------------------------------------------------------- the three ways to ask


def test_a_query_by_get_is_answered(reading: Server) -> None:
    answer = reading.ask(PEOPLE)
    assert (answer.status, answer.media) == (200, JSON)
    assert "沈牧之" in [row["name"] for row in answer.rows]


def test_a_query_in_a_form_is_answered(reading: Server) -> None:
    answer = reading.send("POST", "/sparql", {"Content-Type": FORM, "Accept": JSON}, urlencode({"query": PEOPLE}))
    assert (answer.status, answer.rows) == (200, reading.ask(PEOPLE).rows)


def test_a_query_as_the_body_is_answered(reading: Server) -> None:
    answer = reading.send("POST", "/sparql", {"Content-Type": "application/sparql-query", "Accept": JSON}, PEOPLE)
    assert (answer.status, answer.rows) == (200, reading.ask(PEOPLE).rows)


def test_a_form_may_name_its_charset(reading: Server) -> None:
    answer = reading.send("POST", "/sparql", {"Content-Type": f"{FORM}; charset=UTF-8"}, urlencode({"query": "ASK {}"}))
    assert (answer.status, answer.truth) == (200, True)


def test_head_is_answered_as_get_without_the_body(reading: Server) -> None:
    answer = reading.send("HEAD", f"/sparql?query={quote('ASK {}')}")
    assert (answer.status, answer.body, answer.media) == (200, b"", JSON)


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize("media", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values", "application/json", "application/xml"])
def test_a_select_is_written_in_every_format_of_results(reading: Server, media: str) -> None:
    answer = reading.ask(PEOPLE, media)
    assert (answer.status, answer.media) == (200, media)
    if media.endswith("json"):
        assert json.loads(answer.body)["head"]["vars"] == ["name"]
    elif media.endswith("xml"):
        assert ET.fromstring(answer.body).tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    else:
        assert answer.text.splitlines()[0] == ("name" if media == "text/csv" else "?name")
    assert "沈牧之" in answer.text


@pytest.mark.parametrize("media", [JSON, "application/sparql-results+xml"])
def test_an_ask_is_written_in_json_and_xml(reading: Server, media: str) -> None:
    answer = reading.ask("ASK { ?p a kg:Person }", media)
    assert (answer.status, answer.media) == (200, media)
    assert answer.truth if media == JSON else "<boolean>true</boolean>" in answer.text


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig", "text/n3"])
@pytest.mark.parametrize("query", ["CONSTRUCT { ?p rdfs:label ?n } WHERE { ?p a kg:Person ; rdfs:label ?n }", "DESCRIBE ?p WHERE { ?p a kg:Meeting }"])
def test_a_graph_is_written_in_every_format_of_rdf(reading: Server, media: str, query: str) -> None:
    import rdflib

    answer = reading.ask(query, media)
    assert (answer.status, answer.media) == (200, media)
    reference = rdflib.Graph().parse(data=reading.ask(query, "application/n-triples").text, format="nt")
    form = {"application/ld+json": "json-ld", "application/rdf+xml": "xml", "application/n-triples": "nt", "application/trig": "trig", "text/n3": "n3"}
    read = rdflib.Dataset(default_union=True).parse(data=answer.text, format=form.get(media, "turtle"))
    assert len(reference) > 0
    assert {tuple(fact)[:3] for fact in read} == set(reference)


def test_the_heavier_of_two_formats_is_sent(reading: Server) -> None:
    assert reading.ask(PEOPLE, "text/csv;q=0.4, application/sparql-results+xml;q=0.9").media == "application/sparql-results+xml"


def test_json_and_turtle_are_sent_to_who_takes_everything(reading: Server) -> None:
    assert reading.ask(PEOPLE, "*/*").media == JSON
    assert reading.ask("CONSTRUCT WHERE { ?p a kg:Person }", "*/*").media == "text/turtle"


def test_an_answer_says_that_it_depends_on_accept(reading: Server) -> None:
    assert "Accept" in reading.ask(PEOPLE).headers["vary"]


@pytest.mark.parametrize(("query", "accept"), [(PEOPLE, "text/turtle"), ("CONSTRUCT WHERE { ?p a kg:Person }", "text/csv"), ("ASK {}", "image/png")])
def test_what_cannot_be_written_as_asked_is_not_acceptable(reading: Server, query: str, accept: str) -> None:
    assert reading.ask(query, accept).status == 406


def test_csv_is_what_sparql_says_it_is(reading: Server) -> None:
    assert reading.ask('SELECT ("a,\\"b" AS ?x) (<urn:x:y> AS ?y) {}', "text/csv").body == b'x,y\r\n"a,""b",urn:x:y\r\n'


# ---------------------------------------------------------------- the dataset


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_default_graph_is_named_by_the_request(graphs: Server, way: str) -> None:
    dataset = {"default-graph-uri": G1}
    if way == "get":
        answer = graphs.ask(WHERE_IN, default_graph_uri=G1)
    elif way == "form":
        answer = graphs.send("POST", "/sparql", {"Content-Type": FORM, "Accept": JSON}, urlencode({"query": WHERE_IN, **dataset}))
    else:
        answer = graphs.send("POST", f"/sparql?{urlencode(dataset)}", {"Content-Type": "application/sparql-query", "Accept": JSON}, WHERE_IN)
    assert answer.rows == [{"n": "1"}]


def test_several_default_graphs_are_merged(graphs: Server) -> None:
    assert graphs.ask(WHERE_IN, default_graph_uri=[G1, G3]).rows == [{"n": "1"}, {"n": "3"}]


def test_what_several_default_graphs_say_counts_once(graphs: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s <urn:x:same> ?o }"
    assert graphs.ask(count, default_graph_uri=[G1, G2, G3]).rows == [{"n": "1"}]
    assert graphs.ask(f"SELECT (COUNT(*) AS ?n) FROM <{G1}> FROM <{G2}> WHERE {{ ?s <urn:x:same> ?o }}").rows == [{"n": "1"}]


def test_named_graphs_are_named_by_the_request(graphs: Server) -> None:
    assert graphs.ask(WHICH_GRAPHS, named_graph_uri=[G1, G2]).rows == [{"g": G1}, {"g": G2}]


def test_with_named_graphs_only_the_default_graph_is_empty(graphs: Server) -> None:
    assert graphs.ask("ASK { ?s ?p ?o }", named_graph_uri=G1).truth is False


def test_with_default_graphs_only_no_graph_has_a_name(graphs: Server) -> None:
    assert graphs.ask(WHICH_GRAPHS, default_graph_uri=G1).rows == []


def test_default_and_named_graphs_make_the_whole_dataset(graphs: Server) -> None:
    query = "SELECT ?n ?g WHERE { <urn:x:thing> <urn:x:in> ?n . GRAPH ?g { <urn:x:thing> <urn:x:in> ?m } } ORDER BY ?n ?g"
    answer = graphs.ask(query, default_graph_uri=G3, named_graph_uri=[G1, G2])
    assert answer.rows == [{"n": "3", "g": G1}, {"n": "3", "g": G2}]


def test_the_request_goes_before_from(graphs: Server) -> None:
    query = f"SELECT ?n FROM <{G2}> WHERE {{ <urn:x:thing> <urn:x:in> ?n }}"
    assert graphs.ask(query).rows == [{"n": "2"}]
    assert graphs.ask(query, default_graph_uri=G1).rows == [{"n": "1"}]


@pytest.mark.parametrize("graph", ["http://127.0.0.1:{port}/ontology", "file:///etc/passwd", "urn:zhengtu:books"])
def test_a_graph_that_is_not_there_is_refused_and_not_fetched(graphs: Server, graph: str) -> None:
    graph = graph.format(port=graphs.port)
    assert graphs.ask("SELECT * { ?s ?p ?o }", default_graph_uri=graph).status in (400, 403)
    assert graphs.ask(f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}").status in (400, 403)


def test_without_a_dataset_every_fact_counts_once(reading: Server, demo: Path) -> None:
    from kg.graph import Store, select

    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    with Store(demo, reading=True) as store:
        assert [reading.ask(count).rows[0]["n"]] == [row[0] for row in select(store, count)]


def test_the_bookkeeping_is_not_shown(reading: Server) -> None:
    names = [row["g"] for row in reading.ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows]
    assert any("/article/" in name for name in names)
    assert not any(name.startswith("urn:zhengtu:") for name in names)
    assert reading.ask("ASK { GRAPH <urn:zhengtu:books> { ?s ?p ?o } }").truth is False


# ---------------------------------------------------------------- wrong requests


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_query_by_another_method_is_refused(reading: Server, method: str) -> None:
    answer = reading.send(method, f"/sparql?query={quote('ASK {}')}")
    assert answer.status == 405
    assert "POST" in answer.headers["allow"]


def test_two_queries_are_refused(reading: Server) -> None:
    two = "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"
    assert reading.get(f"/sparql?{two}").status == 400
    assert reading.send("POST", "/sparql", {"Content-Type": FORM}, two).status == 400


def test_a_form_under_a_wrong_type_is_refused(reading: Server) -> None:
    assert reading.send("POST", "/sparql", {"Content-Type": "text/plain"}, urlencode({"query": "ASK {}"})).status == 415


@pytest.mark.parametrize("body", ["ASK {}", urlencode({"query": "ASK {}"})])
def test_a_body_without_a_type_is_refused(reading: Server, body: str) -> None:
    assert reading.send("POST", "/sparql", {}, body).status == 415


def test_a_query_as_the_body_that_is_not_utf_8_is_refused(reading: Server) -> None:
    answer = reading.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, 'ASK { ?s ?p "é" }'.encode("utf-16"))
    assert answer.status == 400


def test_another_charset_is_refused(reading: Server) -> None:
    answer = reading.send("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=UTF-16"}, "ASK {}".encode("utf-16"))
    assert answer.status == 415


def test_parameters_that_are_not_utf_8_are_refused(reading: Server) -> None:
    assert reading.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%E9%22%20%7D").status == 400


@pytest.mark.parametrize("query", ["ASK {", "SELECT", "", "SELECT ?x WHERE { ?x unknown:p ?y }", "SELECT (1 AS ?x) (2 AS ?x) {}", "\x00"])
def test_what_is_no_query_is_a_bad_request_with_its_reason(reading: Server, query: str) -> None:
    answer = reading.ask(query)
    assert answer.status == 400
    assert answer.media == "application/problem+json"
    told = json.loads(answer.body)
    assert told["status"] == 400
    assert told["detail"]


def test_an_update_sent_as_a_query_is_refused(reading: Server) -> None:
    assert reading.ask("INSERT DATA { <urn:x:a> <urn:x:b> 1 }").status == 400


def test_an_update_by_get_is_refused(writing: Server) -> None:
    assert writing.get("/sparql?update=" + quote("CLEAR ALL")).status == 400
    assert writing.get("/update?update=" + quote("CLEAR ALL")).status == 405


def test_a_reason_is_told_in_english_to_who_prefers_it(reading: Server) -> None:
    answer = reading.send("GET", "/sparql?query=ASK", {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.1"})
    assert json.loads(answer.body)["detail"].isascii()
    assert not json.loads(reading.get("/sparql?query=ASK").body)["detail"].isascii()


# ---------------------------------------------------------------- other sites


def test_other_sites_may_not_read_unless_that_is_switched_on(reading: Server) -> None:
    answer = reading.send("GET", f"/sparql?query={quote('ASK {}')}", {"Origin": "https://site.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_cors_names_the_site_that_may_read(demo: Path) -> None:
    with started(demo, "--cors", "https://site.example") as server:
        answer = server.send("GET", f"/sparql?query={quote('ASK {}')}", {"Origin": "https://site.example"})
        assert answer.headers["access-control-allow-origin"] == "https://site.example"
        assert "Origin" in answer.headers["vary"]
        asked = server.send("OPTIONS", "/sparql", {"Origin": "https://site.example", "Access-Control-Request-Method": "POST"})
        assert asked.status == 204
        assert "POST" in asked.headers["access-control-allow-methods"]


def test_another_name_of_the_host_is_refused(reading: Server) -> None:
    """A page of another site whose name points to this machine must not read through the browser."""
    assert reading.send("GET", f"/sparql?query={quote('ASK {}')}", {"Host": "evil.example"}).status == 421
    assert reading.send("GET", f"/sparql?query={quote('ASK {}')}", {"Host": f"localhost:{reading.port}"}).status == 200
