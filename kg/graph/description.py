"""Describe the graph and its endpoint in RDF: counts and addresses come in, the triples of a description go out.

Sources: SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/), VoID (https://www.w3.org/TR/void/),
DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.graph.media import ROWS, TRIPLES
from kg.graph.terms import DEFAULT_BASE, ONTOLOGY, VOCABULARY_PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_FORMATS = "http://www.w3.org/ns/formats/"
_DCTERMS, _PROV, _RDF, _RDFS, _XSD = (VOCABULARY_PREFIXES[prefix] for prefix in ("dcterms", "prov", "rdf", "rdfs", "xsd"))
_UNIQUE = {
    "application/sparql-results+json": "SPARQL_Results_JSON", "application/sparql-results+xml": "SPARQL_Results_XML", "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV", "text/turtle": "Turtle", "application/n-triples": "N-Triples", "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD", "application/trig": "TriG", "application/n-quads": "N-Quads",
}  # fmt: skip
_TURTLE = "Turtle"

_Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Census:
    """What is counted in a graph. ``classes`` and ``properties`` map IRIs to numbers; ``extractors`` are versions of whoever read.

    ``first`` and ``last`` are the days of the earliest and the latest article, ``modified`` is when the graph was last written (ISO).
    """

    triples: int = 0
    subjects: int = 0
    articles: int = 0
    graphs: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    properties: dict[str, int] = field(default_factory=dict)
    extractors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a graph is served: the root of the server (ends in ``/``), whether it can be written to, and the base of its things."""

    root: str
    writable: bool = False
    base: str = DEFAULT_BASE
    licence: str = ""

    @property
    def sparql(self) -> str:
        """Return the address of the query endpoint."""
        return f"{self.root}sparql"

    @property
    def dataset(self) -> str:
        """Return the IRI of the dataset."""
        return f"{self.root}.well-known/void#dataset"


def _is(subject: str, predicate: str, thing: _Term | str | int) -> ox.Triple:
    if isinstance(thing, int):
        thing = ox.Literal(str(thing), datatype=ox.NamedNode(f"{_XSD}integer"))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(thing) if isinstance(thing, str) else thing)


def service(where: Address, services: tuple[str, ...] = ()) -> Iterator[ox.Triple]:
    """Yield the description of the endpoint: what it speaks, which formats it writes and reads, where its dataset is described.

    ``services`` are the addresses that SERVICE may name.
    """
    me = f"{where.sparql}#service"
    yield _is(me, f"{_RDF}type", f"{_SD}Service")
    yield _is(me, f"{_SD}endpoint", where.sparql)
    yield _is(me, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query")
    if services:
        yield _is(me, f"{_SD}feature", f"{_SD}BasicFederatedQuery")
    for media in (*ROWS, *TRIPLES):
        if media in _UNIQUE:
            yield _is(me, f"{_SD}resultFormat", f"{_FORMATS}{_UNIQUE[media]}")
    yield _is(me, f"{_SD}defaultDataset", where.dataset)
    yield _is(where.dataset, f"{_RDF}type", f"{_SD}Dataset")
    yield _is(where.dataset, f"{_SD}defaultGraph", f"{where.dataset}-default")
    yield _is(f"{where.dataset}-default", f"{_RDF}type", f"{_SD}Graph")
    if where.writable:
        writer = f"{where.root}update#service"
        yield _is(writer, f"{_RDF}type", f"{_SD}Service")
        yield _is(writer, f"{_SD}endpoint", f"{where.root}update")
        yield _is(writer, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Update")
        yield _is(writer, f"{_SD}feature", f"{_SD}EmptyGraphs")
        for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD"):
            yield _is(writer, f"{_SD}inputFormat", f"{_FORMATS}{name}")


def dataset(where: Address, census: Census, version: str) -> Iterator[ox.Triple]:
    """Yield the description of the graph: what it holds, how much, under which licence, read by whom from what."""
    me, document = where.dataset, f"{where.root}.well-known/void"
    yield _is(document, f"{_RDF}type", f"{_VOID}DatasetDescription")
    yield _is(document, f"{_FOAF}primaryTopic", me)
    for kind in (f"{_VOID}Dataset", f"{_DCAT}Dataset"):
        yield _is(me, f"{_RDF}type", kind)
    for words, language in (("政图：时政新闻的知识图谱", "zh"), ("Zhengtu: a knowledge graph of official news", "en")):
        yield _is(me, f"{_DCTERMS}title", ox.Literal(words, language=language))
    for words, language in (
        ("从时政新闻读出的人物、职务、活动、项目、政策与表述，每一条事实都能回到它的原句。", "zh"),
        ("Persons, posts, events, projects, policies and statements read from official news; every fact leads back to its sentence.", "en"),
    ):
        yield _is(me, f"{_DCTERMS}description", ox.Literal(words, language=language))
    if where.licence:
        yield _is(me, f"{_DCTERMS}license", where.licence)
    for words, language in (("原文和原句的权利属于各报道的发布者。", "zh"), ("The articles and sentences belong to those who published them.", "en")):
        yield _is(me, f"{_DCTERMS}rights", ox.Literal(words, language=language))
    for word in census.publishers:
        yield _is(me, f"{_DCTERMS}source", ox.Literal(word, language="zh"))
    yield from _counts(me, where, census)
    yield from _distributions(me, where)
    run = f"{document}#run"
    yield _is(me, f"{_PROV}wasGeneratedBy", run)
    yield _is(run, f"{_RDF}type", f"{_PROV}Activity")
    yield _is(run, f"{_PROV}used", f"{ONTOLOGY.rstrip('#')}")
    if census.modified:
        moment = ox.Literal(census.modified, datatype=ox.NamedNode(f"{_XSD}dateTime"))
        yield _is(me, f"{_DCTERMS}modified", moment)
        yield _is(run, f"{_PROV}endedAtTime", moment)
    for number in census.extractors or (version,):
        agent = f"{document}#zhengtu-{number}"
        yield _is(run, f"{_PROV}wasAssociatedWith", agent)
        yield _is(agent, f"{_RDF}type", f"{_PROV}SoftwareAgent")
        yield _is(agent, f"{_RDFS}label", ox.Literal(f"zhengtu {number}"))


def _counts(me: str, where: Address, census: Census) -> Iterator[ox.Triple]:
    yield _is(me, f"{_VOID}triples", census.triples)
    yield _is(me, f"{_VOID}entities", census.subjects)
    yield _is(me, f"{_VOID}distinctSubjects", census.subjects)
    yield _is(me, f"{_VOID}documents", census.articles)
    yield _is(me, f"{_VOID}classes", len(census.classes))
    yield _is(me, f"{_VOID}properties", len(census.properties))
    yield _is(me, f"{_VOID}vocabulary", ONTOLOGY)
    yield _is(me, f"{_VOID}uriSpace", ox.Literal(where.base))
    for kind, count, numbers, about in (
        ("class", "entities", census.classes, "classPartition"),
        ("property", "triples", census.properties, "propertyPartition"),
    ):
        for place, (iri, number) in enumerate(sorted(numbers.items())):
            part = f"{where.root}.well-known/void#{kind}-{place + 1}"
            yield _is(me, f"{_VOID}{about}", part)
            yield _is(part, f"{_VOID}{kind}", iri)
            yield _is(part, f"{_VOID}{count}", number)
    if census.first and census.last:
        period = f"{where.root}.well-known/void#period"
        yield _is(me, f"{_DCTERMS}temporal", period)
        yield _is(period, f"{_RDF}type", f"{_DCTERMS}PeriodOfTime")
        for name, day in (("startDate", census.first), ("endDate", census.last)):
            yield _is(period, f"{_DCAT}{name}", ox.Literal(day, datatype=ox.NamedNode(f"{_XSD}date")))


def _distributions(me: str, where: Address) -> Iterator[ox.Triple]:
    yield _is(me, f"{_VOID}sparqlEndpoint", where.sparql)
    yield _is(me, f"{_VOID}feature", f"{_FORMATS}{_TURTLE}")
    access = f"{where.root}.well-known/void#sparql"
    yield _is(me, f"{_DCAT}distribution", access)
    yield _is(access, f"{_RDF}type", f"{_DCAT}Distribution")
    yield _is(access, f"{_DCAT}accessURL", where.sparql)
    yield _is(access, f"{_DCAT}accessService", f"{where.sparql}#service")
    yield _is(f"{where.sparql}#service", f"{_RDF}type", f"{_DCAT}DataService")
    yield _is(f"{where.sparql}#service", f"{_DCAT}endpointURL", where.sparql)
    yield _is(f"{where.sparql}#service", f"{_DCAT}servesDataset", me)
