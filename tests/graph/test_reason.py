"""What follows by the ontology stands in a graph of its own: all of it, nothing twice, never out of date."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import StoreError
from kg.graph import (
    DEFAULT_BASE,
    Contradiction,
    Spo,
    Store,
    Term,
    article_iri,
    contradictions,
    export,
    forget_reasoning,
    is_reasoned,
    query,
    reason,
    wants_reasoning,
)
from kg.graph.terms import KG, RDF, chinese, iri, when

A = article_iri(DEFAULT_BASE, "a" * 16)
INFERRED = Term(f"<{DEFAULT_BASE}inferred>")
SEM, FOAF, SCHEMA = "http://semanticweb.cs.vu.nl/2009/11/sem/", "http://xmlns.com/foaf/0.1/", "https://schema.org/"


def thing(path: str) -> Term:
    return iri(DEFAULT_BASE, path)


def term(address: str) -> Term:
    return Term(f"<{address}>")


LI, POST, MEETING, TASK = thing("person/李文芳"), thing("post/青岚区区长"), thing("article/aaaaaaaaaaaaaaaa/event/1-5"), thing("task/优化营商环境")
TOWN, DISTRICT, CITY = thing("area/柳溪镇"), thing("area/青岚区"), thing("area/云州市")
SAID: list[Spo] = [
    (LI, RDF.type, KG.Person), (LI, RDF.type, KG.Official), (LI, KG.holdsPost, POST), (LI, KG.emphasized, TASK), (POST, RDF.type, KG.Post),
    (MEETING, RDF.type, KG.Meeting), (MEETING, KG.chair, LI), (MEETING, KG.attendee, LI), (MEETING, KG.date, when("2024-03-05") or Term("")),
    (TASK, RDF.type, KG.Task), (LI, KG.metWith, thing("person/赵立新")), (thing("person/赵立新"), RDF.type, KG.Person),
    (TOWN, RDF.type, KG.Area), (DISTRICT, RDF.type, KG.Area), (CITY, RDF.type, KG.Area), (TOWN, KG.partOf, DISTRICT), (DISTRICT, KG.partOf, CITY),
]  # fmt: skip


def said(store: Store, triples: Iterable[Spo] = SAID) -> Store:
    store.tell({A: list(triples)})
    return store


def inferred(store: Store) -> set[Spo]:
    return store.said_by(INFERRED)


def default(store: Store) -> set[Spo]:
    quads = store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {(Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object))) for quad in quads}


@pytest.mark.parametrize(
    "triple",
    [
        (LI, RDF.type, term(f"{FOAF}Person")), (LI, RDF.type, term(f"{SCHEMA}Person")), (MEETING, RDF.type, term(f"{SCHEMA}Event")),
        (MEETING, RDF.type, KG.Event), (MEETING, RDF.type, term(f"{SEM}Event")), (TASK, RDF.type, KG.Policy),
        (LI, KG.stated, TASK), (MEETING, term(f"{SEM}hasActor"), LI), (LI, term("http://www.w3.org/ns/org#holds"), POST),
        (MEETING, term(f"{SEM}hasTimeStamp"), when("2024-03-05")),
        (POST, term("http://www.w3.org/ns/org#heldBy"), LI), (thing("person/赵立新"), KG.metWith, LI),
        (TOWN, KG.partOf, CITY), (TOWN, term("http://purl.org/dc/terms/isPartOf"), CITY),
    ],
)  # fmt: skip
def test_superclasses_superproperties_inverses_and_chains_of_areas_follow(store: Store, triple: Spo) -> None:
    assert reason(said(store)) == len(inferred(store))
    assert triple in inferred(store)


def test_nothing_that_is_said_is_inferred_again(store: Store) -> None:
    said(store, [*SAID, (LI, KG.stated, TASK)])
    reason(store)
    assert inferred(store)
    assert inferred(store) & default(store) == set()


def test_the_default_graph_stays_as_it_is(store: Store) -> None:
    before = default(said(store))
    reason(store)
    assert default(store) == before == set(SAID)


def test_what_tells_nothing_is_not_inferred(store: Store) -> None:
    reason(said(store, [*SAID, (MEETING, KG.text, chinese("会议")), (LI, term("http://www.w3.org/ns/org#holds"), POST)]))
    for subject, predicate, found in inferred(store):
        assert subject.startswith(f"<{DEFAULT_BASE}")
        assert "owl#" not in predicate + found
        assert "#Resource" not in found
        assert found != chinese("会议")


def closure(triples: Iterable[Spo]) -> set[Spo]:
    """All that owlrl infers from the ontology and the triples about the things under our base, but for what tells nothing."""
    graph = rdflib.Graph().parse(data=(files("kg.ontology") / "zhengtu.ttl").read_text("utf-8"), format="turtle")
    graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    found = set()
    for s, p, o in graph:
        if isinstance(s, rdflib.URIRef) and s.startswith(DEFAULT_BASE) and not isinstance(o, rdflib.BNode) and "owl#" not in str(p) + str(o):
            node = ox.Literal(o, datatype=ox.NamedNode(o.datatype) if o.datatype else None) if isinstance(o, rdflib.Literal) else ox.NamedNode(str(o))
            found.add((Term(f"<{s}>"), Term(f"<{p}>"), Term(str(ox.Literal(str(o), language=o.language) if getattr(o, "language", None) else node))))
    return found


def test_it_is_all_that_the_reasoner_infers_from_the_whole_graph(store: Store) -> None:
    small = ox.parse((Path(__file__).parents[1] / "ontology" / "small.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    triples = {*SAID, *((Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object))) for quad in small)}
    reason(said(store, triples))
    texts = {"isString", "articleBody", "text", "anchorOf", "beginIndex", "endIndex"}
    missing = {spo for spo in closure(triples) - default(store) - inferred(store) if spo[1][1:-1].rpartition("#")[2].rpartition("/")[2] not in texts}
    assert missing == set()
    assert inferred(store) <= closure(triples)


def test_the_ontology_uses_no_rule_that_needs_two_facts_but_for_chains() -> None:
    """``reason`` asks what follows from single facts; who adds such an axiom to the ontology must teach it more."""
    text = (files("kg.ontology") / "zhengtu.ttl").read_text("utf-8")
    for axiom in ("FunctionalProperty", "propertyChainAxiom", "hasKey", "intersectionOf", "someValuesFrom", "allValuesFrom", "hasValue", "Cardinality"):
        assert axiom not in text


# ------------------------------------------------------------ never out of date


def test_a_store_that_is_written_to_offers_no_inferences_until_they_are_mended(store: Store) -> None:
    reason(said(store))
    assert is_reasoned(store)
    said(store, [*SAID, (LI, KG.said, TASK)])
    assert not is_reasoned(store)
    assert wants_reasoning(store)
    with pytest.raises(StoreError) as error:
        query(store, "ASK {}", reason=True)
    assert "--reason" in error.value.english
    reason(store)
    assert is_reasoned(store)
    assert not wants_reasoning(store)


def test_what_follows_no_longer_is_taken_away_and_what_is_said_now_too(store: Store, tmp_path: Path) -> None:
    reason(said(store))
    changed = [spo for spo in SAID if spo[1] not in (KG.holdsPost, KG.partOf)] + [(LI, KG.stated, TASK)]
    reason(said(store, changed))
    with Store(tmp_path / "anew") as anew:
        reason(said(anew, changed))
        assert inferred(store) == inferred(anew)
    assert (LI, KG.stated, TASK) not in inferred(store)
    assert not any("heldBy" in predicate or "partOf" in predicate for _, predicate, _ in inferred(store))


def test_writing_the_same_again_leaves_the_inferences(store: Store) -> None:
    reason(said(store))
    said(store)
    assert is_reasoned(store)


def test_reasoning_again_gives_the_same(store: Store) -> None:
    number = reason(said(store))
    before = inferred(store)
    assert reason(store) == number == len(before)
    assert inferred(store) == before


def test_what_is_no_longer_wanted_is_gone(store: Store) -> None:
    reason(said(store))
    forget_reasoning(store)
    assert inferred(store) == set()
    assert not is_reasoned(store)
    assert not wants_reasoning(store)
    assert not any("reasoned" in str(graph) for graph in store.oxigraph.named_graphs())


def test_an_empty_store_infers_nothing(store: Store) -> None:
    assert reason(store) == 0


# ------------------------------------------------------------ who sees it


def test_a_question_sees_it_on_demand_only(store: Store) -> None:
    reason(said(store))
    persons = "SELECT ?p WHERE { ?p a foaf:Person }"
    assert query(store, persons).rows == ()
    assert sorted(query(store, persons, reason=True).rows) == [("person:李文芳",), ("person:赵立新",)]
    (count,) = query(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", reason=True).rows
    assert int(count[0]) == len(SAID) + len(inferred(store))


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf"])
def test_a_file_holds_it_on_demand_only(store: Store, tmp_path: Path, suffix: str) -> None:
    said(store)
    one, other, third = (tmp_path / f"{name}{suffix}" for name in ("one", "other", "third"))
    export(store, one)
    number = reason(store)
    export(store, other)
    assert other.read_bytes() == one.read_bytes()
    assert "foaf" not in other.read_text("utf-8")
    export(store, third, reason=True)
    form = ox.RdfFormat.from_extension(suffix[1:])
    assert form is not None
    plain, more = ([*ox.parse(file.read_bytes(), form)] for file in (one, third))
    assert len(more) - len(plain) == number
    graphs = {str(quad.graph_name) for quad in more}
    assert (INFERRED in graphs) == (suffix in (".trig", ".nq"))
    assert not any("urn:zhengtu" in graph for graph in graphs)


def test_the_same_facts_give_the_same_bytes(store: Store, tmp_path: Path) -> None:
    reason(said(store, SAID[::-1]))
    with Store(tmp_path / "other") as other:
        said(other, SAID[:3])
        reason(other)
        reason(said(other))
        for place, suffix in ((store, "a"), (other, "b")):
            for form in ("ttl", "trig"):
                export(place, tmp_path / f"{suffix}.{form}", reason=True)
    for form in ("ttl", "trig"):
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


def test_what_is_two_things_at_once_is_told(store: Store) -> None:
    reason(said(store, [*SAID, (LI, RDF.type, KG.Meeting)]))
    assert contradictions(store) == (Contradiction(LI[1:-1], KG.Event[1:-1], KG.Person[1:-1]),)


def test_a_sound_graph_has_no_contradictions(store: Store) -> None:
    reason(said(store))
    assert contradictions(store) == ()
