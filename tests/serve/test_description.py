"""What the server says of itself and of its graph: SPARQL 1.1 Service Description, VoID and DCAT."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, PROV, RDF, VOID
from serving import Server

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")


def described(server: Server, path: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=server.get(path, "text/turtle").text, format="turtle")


def test_the_endpoint_without_a_query_describes_itself_in_rdf(reading: Server) -> None:
    graph = described(reading, "/sparql")
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == rdflib.URIRef(f"{reading.address}sparql")


def test_there_is_a_service_with_an_endpoint_for_queries_and_one_for_updates(writing: Server) -> None:
    graph = described(writing, "/sparql")
    spoken = {(graph.value(service, SD.endpoint), graph.value(service, SD.supportedLanguage)) for service in graph.subjects(RDF.type, SD.Service)}
    assert spoken == {
        (rdflib.URIRef(f"{writing.address}sparql"), SD.SPARQL11Query),
        (rdflib.URIRef(f"{writing.address}update"), SD.SPARQL11Update),
    }


def test_a_server_that_only_reads_does_not_offer_updates(reading: Server) -> None:
    assert (None, None, SD.SPARQL11Update) not in described(reading, "/sparql")


def test_the_formats_are_those_that_are_written(reading: Server) -> None:
    formats = set(described(reading, "/sparql").objects(None, SD.resultFormat))
    assert {FORMATS.SPARQL_Results_JSON, FORMATS.SPARQL_Results_XML, FORMATS.SPARQL_Results_CSV, FORMATS.Turtle, FORMATS["JSON-LD"]} <= formats


def test_only_terms_of_the_vocabulary_are_used(reading: Server) -> None:
    known = {"Service", "Dataset", "Graph", "endpoint", "supportedLanguage", "resultFormat", "defaultDataset", "defaultGraph", "feature", "SPARQL11Query"}
    used = {term for fact in described(reading, "/sparql") for term in fact if str(term).startswith(str(SD))}
    assert {str(term).removeprefix(str(SD)) for term in used} <= known


@pytest.mark.parametrize("media", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"])
@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_a_description_is_written_in_every_format(reading: Server, path: str, media: str) -> None:
    answer = reading.get(path, media)
    assert (answer.status, answer.media) == (200, media)
    form = {"application/ld+json": "json-ld", "application/rdf+xml": "xml", "application/n-triples": "nt"}.get(media, "turtle")
    read = rdflib.Graph().parse(data=answer.text, format=form)
    assert set(read) == set(described(reading, path))


def test_a_browser_at_the_endpoint_is_led_to_the_page(reading: Server) -> None:
    answer = reading.get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (answer.status, answer.headers["location"]) == (303, "query")


def test_void_counts_what_is_there(reading: Server) -> None:
    graph = described(reading, "/.well-known/void")
    (dataset,) = graph.subjects(RDF.type, VOID.Dataset)
    count = reading.ask("SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) WHERE { ?s ?p ?o }").rows[0]
    assert str(graph.value(dataset, VOID.triples)) == count["n"]
    assert str(graph.value(dataset, VOID.distinctSubjects)) == count["m"]
    people = next(graph.subjects(VOID["class"], rdflib.URIRef("https://w3id.org/zhengtu/ontology#Person")))
    expected = reading.ask("SELECT (COUNT(*) AS ?n) WHERE { ?p a kg:Person }").rows[0]["n"]
    assert str(graph.value(people, VOID.entities)) == expected
    assert sum(int(number) for part in graph.objects(dataset, VOID.propertyPartition) for number in graph.objects(part, VOID.triples)) == int(count["n"])


def test_void_says_where_it_comes_from(reading: Server) -> None:
    graph = described(reading, "/.well-known/void")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert graph.value(dataset, VOID.sparqlEndpoint) == rdflib.URIRef(f"{reading.address}sparql")
    assert {title.language for title in graph.objects(dataset, DCTERMS.title)} == {"zh", "en"}
    assert list(graph.objects(dataset, DCTERMS.rights))
    assert graph.value(dataset, DCTERMS.modified) is not None
    run = graph.value(dataset, PROV.wasGeneratedBy)
    assert (run, RDF.type, PROV.Activity) in graph
    agent = graph.value(run, PROV.wasAssociatedWith)
    assert (agent, RDF.type, PROV.SoftwareAgent) in graph
    assert rdflib.Literal("青岚日报", lang="zh") in graph.objects(dataset, DCTERMS.source)


def test_the_licence_is_told_if_it_is_given(demo: Path) -> None:
    from serving import started

    with started(demo, "--licence", "https://creativecommons.org/publicdomain/zero/1.0/") as server:
        graph = described(server, "/.well-known/void")
        assert (None, DCTERMS.license, rdflib.URIRef("https://creativecommons.org/publicdomain/zero/1.0/")) in graph


def test_the_same_graph_is_described_in_the_same_bytes(reading: Server) -> None:
    assert reading.get("/.well-known/void").body == reading.get("/.well-known/void").body
