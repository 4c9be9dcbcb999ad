"""The IRIs of things resolve: pages for people, RDF for programs, nothing for what is not there."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import quote

import pytest
import rdflib
from serving import Server

BASE = "https://w3id.org/zhengtu/id/"
PERSON = "person/青岚区/沈牧之"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def links(page: str) -> list[str]:
    """Where a page leads."""
    parser = _Links()
    parser.feed(page)
    return parser.found


def at(path: str) -> str:
    return "/id/" + quote(path, safe="/%")


def test_a_browser_gets_a_page(reading: Server) -> None:
    answer = reading.get(at(PERSON), BROWSER)
    assert (answer.status, answer.media) == (200, "text/html")
    assert "Accept" in answer.headers["vary"]
    for words in ("沈牧之", "官员", "担任", "青岚区委书记"):
        assert words in answer.text
    assert f"{BASE}{PERSON}" in answer.text


def test_a_fact_is_shown_with_its_sentence(reading: Server) -> None:
    sentence = reading.ask(
        f"SELECT ?q WHERE {{ ?a rdf:subject <{BASE}{PERSON}> ; rdf:predicate kg:holdsPost ; kg:evidence/kg:quote ?q }} ORDER BY ?q LIMIT 1"
    ).rows[0]["q"]
    assert sentence in reading.get(at(PERSON), BROWSER).text


def test_of_the_sentences_of_an_event_the_one_that_names_the_thing_comes_first(reading: Server) -> None:
    page = reading.get(at(PERSON), BROWSER).text
    attended = page[page.index("出席</dt>") :]
    assert attended[attended.index("<blockquote") :].partition(">")[2].startswith("区委书记沈牧之出席并讲话。")


@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"])
def test_a_program_gets_rdf(reading: Server, media: str) -> None:
    answer = reading.get(at(PERSON), media)
    assert (answer.status, answer.media) == (200, media)
    form = {"application/ld+json": "json-ld", "application/rdf+xml": "xml", "application/n-triples": "nt"}.get(media, "turtle")
    graph = rdflib.Graph().parse(data=answer.text, format=form)
    assert graph.value(rdflib.URIRef(BASE + PERSON), rdflib.RDFS.label) == rdflib.Literal("沈牧之", lang="zh")


def test_a_program_that_takes_everything_gets_turtle(reading: Server) -> None:
    assert reading.get(at(PERSON), "*/*").media == "text/turtle"


def test_json_ld_has_a_readable_context(reading: Server) -> None:
    import json

    told = json.loads(reading.get(at(PERSON), "application/ld+json").body)
    assert told["@context"]["holdsPost"] == {"@id": "kg:holdsPost", "@type": "@id"}
    me = next(node for node in told["@graph"] if node["id"] == PERSON)
    assert me["label"] == "沈牧之"
    assert "Person" in me["type"]


def test_the_path_of_the_base_resolves_too(reading: Server) -> None:
    assert reading.get("/zhengtu" + at(PERSON), BROWSER).status == 200


def test_a_thing_that_is_not_there_is_not_found(reading: Server) -> None:
    for path in ("person/nobody", "", "person/青岚区/沈牧", "person/青岚区/沈牧之/"):
        assert reading.get(at(path), BROWSER).status == 404
        assert reading.get(at(path), "text/turtle").status == 404


def test_what_cannot_be_written_as_asked_is_not_acceptable(reading: Server) -> None:
    assert reading.get(at(PERSON), "image/png").status == 406


def test_a_thing_cannot_be_written_to(reading: Server) -> None:
    assert reading.send("PUT", at(PERSON), {"Content-Type": "text/turtle"}, "<a> <b> <c> .").status == 405


def test_the_page_is_in_english_for_who_asks(reading: Server) -> None:
    for answer in (reading.get(at(PERSON) + "?lang=en", BROWSER), reading.send("GET", at(PERSON), {"Accept": BROWSER, "Accept-Language": "en"})):
        assert "holds post" in answer.text.lower()
        assert "担任" not in answer.text
        assert '<html lang="en">' in answer.text


def test_an_article_tells_its_text_and_its_sentences(reading: Server) -> None:
    row = reading.ask("SELECT ?a ?h ?t WHERE { ?a a kg:Article ; schema:headline ?h ; kg:articleText ?t } ORDER BY ?a LIMIT 1").rows[0]
    page = reading.get(at(row["a"].removeprefix(BASE)), BROWSER).text
    assert row["h"] in page
    assert row["t"].splitlines()[-1] in page


def test_every_link_of_every_page_leads_to_a_page(reading: Server) -> None:
    """Walk from one person through the whole demo."""
    waiting, seen = [at(PERSON)], set()
    while waiting and len(seen) < 150:
        path = waiting.pop().partition("#")[0]
        if path in seen or not path.startswith("/id/"):
            continue
        seen.add(path)
        answer = reading.get(path, BROWSER)
        assert answer.status == 200, path
        waiting += [link for link in links(answer.text) if "?lang=" not in link]
    assert len(seen) == 150


def test_the_ontology_is_given_out(reading: Server) -> None:
    graph = rdflib.Graph().parse(data=reading.get("/ontology").text, format="turtle")
    assert (rdflib.URIRef("https://w3id.org/zhengtu/ontology#holdsPost"), None, None) in graph
