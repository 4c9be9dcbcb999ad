"""Every term is explained in both languages, every term in use is defined, and a reasoner finds sense in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from kg.graph.terms import KG as WRITTEN
from kg.model import EVENT_KINDS, ROLES

KG = Namespace("https://w3id.org/zhengtu/ontology#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = Namespace("https://schema.org/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
OA = Namespace("http://www.w3.org/ns/oa#")
QB = Namespace("http://purl.org/linked-data/cube#")
OPENGOV = Namespace("http://www.w3.org/ns/opengov#")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
ID = "https://w3id.org/zhengtu/id/"


def terms(graph: Graph) -> set[URIRef]:
    return {term for term in graph.subjects(RDF.type, None) if isinstance(term, URIRef) and term.startswith(KG)}


def closed(*graphs: Graph) -> Graph:
    """Return all that follows by the rules of OWL RL."""
    together = Graph()
    for graph in graphs:
        together += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(together)
    return together


@pytest.fixture(scope="module")
def reasoned(ontology: Graph, small: Graph) -> Graph:
    return closed(ontology, small)


def languages(graph: Graph, term: URIRef, property: URIRef) -> list[str | None]:
    return sorted(getattr(value, "language", None) or "" for value in graph.objects(term, property))


# ------------------------------------------------------------ what is stated


def test_the_ontology_has_a_version_a_licence_and_a_description_in_both_languages(ontology: Graph) -> None:
    (header,) = ontology.subjects(RDF.type, OWL.Ontology)
    dcterms = Namespace("http://purl.org/dc/terms/")
    assert header == URIRef("https://w3id.org/zhengtu/ontology")
    assert str(ontology.value(header, OWL.versionInfo)) == "0.1.0"
    assert ontology.value(header, dcterms.license) is not None
    assert languages(ontology, header, dcterms.description) == ["en", "zh"]


def test_every_term_has_one_label_and_one_definition_in_each_language(ontology: Graph) -> None:
    for term in terms(ontology):
        assert languages(ontology, term, RDFS.label) == ["en", "zh"], term
        assert languages(ontology, term, SKOS.definition) == ["en", "zh"], term


def test_every_term_has_a_chinese_example(ontology: Graph) -> None:
    for term in terms(ontology):
        assert languages(ontology, term, SKOS.example) == ["zh"], term


def test_no_two_terms_of_one_sort_share_a_label(ontology: Graph) -> None:
    for sort in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [label for term in terms(ontology) if (term, RDF.type, sort) in ontology for label in ontology.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels)), sorted(labels)


def test_every_term_is_a_class_or_a_property_of_one_sort(ontology: Graph) -> None:
    sorts = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    for term in terms(ontology):
        assert len(sorts & set(ontology.objects(term, RDF.type))) == 1, term


def test_the_kinds_and_roles_that_travel_are_terms(ontology: Graph) -> None:
    assert {KG[kind] for kind in EVENT_KINDS} <= set(ontology.subjects(RDFS.subClassOf, KG.Event))
    assert {KG[role] for role in ROLES} <= set(ontology.subjects(RDFS.subPropertyOf, SEM.hasActor))


def used(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in re.findall(r"(?<![\w:])kg:([A-Za-z0-9]+)", text)}


def test_every_term_that_a_shape_a_question_or_the_small_graph_uses_is_defined(ontology: Graph, questions: dict[str, str], small: Graph) -> None:
    defined = {term.removeprefix(KG) for term in terms(ontology)}
    assert used([(files("kg.ontology") / "shapes.ttl").read_text("utf-8"), *questions.values()]) <= defined
    in_data = {node for triple in small for node in triple if isinstance(node, URIRef) and node.startswith(KG)}
    assert {node.removeprefix(KG) for node in in_data} <= defined


def test_every_term_that_the_graph_writes_is_defined(ontology: Graph) -> None:
    assert WRITTEN.names <= {term.removeprefix(KG) for term in terms(ontology)}


def test_every_relation_of_the_lexicon_is_defined(ontology: Graph) -> None:
    tables = [entry for entry in (files("kg.ontology") / "lexicon").iterdir() if entry.name.endswith(".tsv")]
    assert tables
    relations = {cell for table in tables for line in table.read_text("utf-8").splitlines() for cell in line.split("\t")[2:3] if cell.startswith("kg:")}
    assert {relation.removeprefix("kg:") for relation in relations} <= {term.removeprefix(KG) for term in terms(ontology)}


# ------------------------------------------------------------ what follows


def thing(path: str) -> URIRef:
    return URIRef(ID + path)


@pytest.mark.parametrize(
    ("subject", "above"),
    [
        (KG.Official, FOAF.Person), (KG.Person, SCHEMA.Person), (KG.Organization, ORG.Organization), (KG.Post, ORG.Post), (KG.Area, SCHEMA.AdministrativeArea),
        (KG.Place, SCHEMA.Place), (KG.Project, SCHEMA.Project), (KG.Task, SKOS.Concept), (KG.Document, SCHEMA.CreativeWork),
        (KG.Meeting, SEM.Event), (KG.Talks, SCHEMA.Event), (KG.Statement, PROV.Entity), (KG.Indicator, QB.Observation),
        (KG.Article, SCHEMA.NewsArticle), (KG.Passage, OA.SpecificResource), (KG.Tenure, ORG.Membership),
    ],
)  # fmt: skip
def test_a_class_lies_below_its_standard_class(reasoned: Graph, subject: URIRef, above: URIRef) -> None:
    assert (subject, RDFS.subClassOf, above) in reasoned


@pytest.mark.parametrize(
    ("subject", "above"),
    [
        (KG.emphasized, KG.stated), (KG.pointedOut, KG.stated), (KG.required, KG.stated), (KG.proposed, KG.stated), (KG.said, KG.stated),
        (KG.mentions, SCHEMA.mentions), (SCHEMA.mentions, KG.mentions), (KG.post, OPENGOV.post), (KG.holdsPost, ORG.holds),
        (KG.begin, NIF.beginIndex), (KG.end, NIF.endIndex), (KG.quote, NIF.anchorOf), (KG.inArticle, OA.hasSource),
    ],
)  # fmt: skip
def test_a_property_lies_below_its_standard_property(reasoned: Graph, subject: URIRef, above: URIRef) -> None:
    assert (subject, RDFS.subPropertyOf, above) in reasoned


def test_standard_questions_find_our_facts_after_reasoning(reasoned: Graph) -> None:
    zhang, meeting = thing("person/张建国"), thing("article/db17850d63515d9a/event/25-31")
    assert (zhang, RDF.type, FOAF.Person) in reasoned
    assert (meeting, RDF.type, SCHEMA.Event) in reasoned
    assert (meeting, RDF.type, SEM.Event) in reasoned
    assert {zhang, thing("person/李文芳"), thing("area/甲区")} <= set(reasoned.objects(meeting, SEM.hasActor))
    assert (thing("post/甲区区长"), ORG.heldBy, zhang) in reasoned
    assert (thing("person/李文芳"), KG.stated, thing("task/持续优化营商环境")) in reasoned


def test_reasoning_finds_no_contradiction(reasoned: Graph) -> None:
    assert list(reasoned.subject_objects(ERROR)) == []


def added_types(reasoned: Graph, small: Graph) -> set[tuple[Node, Node]]:
    names = "Person Organization Area Place Project Policy Document Post Event Statement Article Passage"
    ours = {KG[name] for name in names.split()}
    told = set(small.subject_objects(RDF.type))
    return {(s, o) for s, o in reasoned.subject_objects(RDF.type) if o in ours and str(s).startswith(ID) and (s, o) not in told}


def test_domains_and_ranges_derive_no_class_that_the_graph_did_not_tell(reasoned: Graph, small: Graph) -> None:
    assert added_types(reasoned, small) == set()


def test_a_planned_meeting_is_not_attended_by_reasoning(reasoned: Graph) -> None:
    (planned,) = reasoned.subjects(RDFS.label, next(label for label in reasoned.objects(None, RDFS.label) if str(label) == "招商大会"))
    assert list(reasoned.subjects(KG.attended, planned)) == []


@pytest.mark.parametrize(("kind", "other"), [("Meeting", "Person"), ("Inspection", "Organization"), ("Statement", "Ceremony"), ("Passage", "Article")])
def test_what_is_two_things_at_once_is_a_contradiction(ontology: Graph, kind: str, other: str) -> None:
    both = Graph()
    both.add((thing("x"), RDF.type, KG[kind]))
    both.add((thing("x"), RDF.type, KG[other]))
    assert list(closed(ontology, both).subject_objects(ERROR)) != []
