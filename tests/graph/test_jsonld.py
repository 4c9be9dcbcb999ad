"""JSON-LD that a person can read and every reader reads the same."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.jsonld import context, document

BASE = "https://w3id.org/zhengtu/id/"
KG = "https://w3id.org/zhengtu/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
FACTS = f"""
<{BASE}person/甲区/张三> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Person> .
<{BASE}person/甲区/张三> <http://www.w3.org/2000/01/rdf-schema#label> "张三"@zh .
<{BASE}person/甲区/张三> <{KG}holdsPost> <{BASE}post/甲区区长> .
<{BASE}article/a1> <{KG}begin> "12"^^<{XSD}integer> .
<{BASE}article/a1> <{KG}confidence> "0.96"^^<{XSD}decimal> .
<{BASE}article/a1> <https://schema.org/datePublished> "2024-05"^^<{XSD}gYearMonth> .
<{BASE}article/a1> <https://schema.org/datePublished> "2024-05-12"^^<{XSD}date> .
<{BASE}article/a1> <https://schema.org/mentions> <{BASE}post/甲区区长> .
"""


def written(text: str) -> str:
    facts = sorted(ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES), key=str)
    return b"".join(document(((fact.subject, fact.predicate, fact.object) for fact in facts), BASE)).decode()


def test_terms_are_bare_names_and_things_are_relative_to_the_base() -> None:
    article, person = json.loads(written(FACTS))["@graph"]
    assert person == {"id": "person/甲区/张三", "type": "Person", "label": "张三", "holdsPost": "post/甲区区长"}
    assert article["begin"] == 12
    assert article["confidence"] == "0.96"
    assert article["datePublished"] == "2024-05-12"
    assert article["schema:datePublished"] == {"@value": "2024-05", "@type": "xsd:gYearMonth"}
    assert article["schema:mentions"] == "post/甲区区长"


def test_the_context_gives_each_name_one_meaning() -> None:
    entries = context(BASE)
    assert entries["holdsPost"] == {"@id": "kg:holdsPost", "@type": "@id"}
    assert entries["label"] == {"@id": "rdfs:label", "@language": "zh"}
    assert entries["Person"] == "kg:Person"
    meanings = [entry["@id"] for entry in entries.values() if isinstance(entry, dict)]
    assert len(meanings) == len(set(meanings))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert written(FACTS) == written("\n".join(reversed(FACTS.splitlines())) + "\n")


_iris = st.sampled_from(
    [
        f"{BASE}person/x",
        f"{BASE}person/%20x#char=1,2",
        f"{BASE}a:b/c",
        f"{BASE}//x",
        f"{BASE}x/../y",
        BASE,
        f"{KG}Person",
        f"{KG}",
        "urn:x:y",
        "http://a.example/?q=1",
    ]
)
_properties = st.sampled_from(
    [f"{KG}holdsPost", f"{KG}begin", f"{KG}text", f"{KG}madeUp", "https://schema.org/mentions", "http://www.w3.org/2000/01/rdf-schema#label", "urn:p"]
)
_words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8)
_literals = st.one_of(
    st.builds(ox.Literal, _words),
    st.builds(lambda words, tag: ox.Literal(words, language=tag), _words, st.sampled_from(["zh", "en"])),
    st.builds(lambda number: ox.Literal(number, datatype=ox.NamedNode(f"{XSD}integer")), st.sampled_from(["0", "007", "-3", "12345678901234567890", "x"])),
    st.builds(lambda words: ox.Literal(words, datatype=ox.NamedNode(f"{XSD}date")), st.sampled_from(["2024-05-12", "?"])),
)
_triples = st.builds(
    lambda s, p, o: ox.Triple(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o) if isinstance(o, str) else o), _iris, _properties, st.one_of(_iris, _literals)
)


@given(st.lists(_triples, max_size=8))
def test_what_is_written_is_read_back_the_same(triples: list[ox.Triple]) -> None:
    text = "".join(f"{fact} .\n" for fact in triples)
    told = written(text)
    expected = {fact.triple for fact in ox.parse(text.encode(), ox.RdfFormat.N_TRIPLES)}
    assert {fact.triple for fact in ox.parse(told.encode(), ox.RdfFormat.JSON_LD)} == expected


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kg.cli import run

    folder = tmp_path_factory.mktemp("jsonld") / "output"
    assert run(["demo", "-o", str(folder)]) == 0
    return folder


def test_an_export_is_read_by_rdflib_as_the_graph_that_it_is(folder: Path) -> None:
    from kg.graph import Store, export

    with Store(folder, reading=True) as store:
        export(store, folder / "all.jsonld")
        export(store, folder / "all.nt")
    read, expected = rdflib.Graph().parse(folder / "all.jsonld"), rdflib.Graph().parse(folder / "all.nt")
    assert len(expected) > 1000
    assert set(read) == set(expected)
