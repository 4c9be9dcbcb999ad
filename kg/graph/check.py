"""Check the graph against the SHACL shapes of the ontology: a store goes in, what is wrong comes out."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.store import Store

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong: the message in Chinese and English, the node it is about, the path, and the value if there is one."""

    message: str
    english: str
    node: str
    path: str = ""
    value: str = ""

    def line(self, lang: str = "zh") -> str:
        """Return it in one line."""
        return " ".join(part for part in (self.message if lang == "zh" else self.english, self.node, self.path, self.value) if part)


@dataclass(frozen=True, slots=True)
class Report:
    """Whether the graph conforms, and what is wrong where it does not, sorted."""

    conforms: bool
    violations: tuple[Violation, ...] = ()

    def lines(self, lang: str = "zh") -> tuple[str, ...]:
        """Return the violations, one a line."""
        return tuple(violation.line(lang) for violation in self.violations)


def check(store: Store) -> Report:
    """Check the default graph against ``ontology/shapes.ttl``; the ontology tells what is a subclass of what.

    The graph is held in memory while it is checked: about 1.2 kB a fact.
    """
    from rdflib import Graph

    facts = Graph()
    _fill(facts, store)
    return check_graph(facts)


def check_graph(facts: Graph, shapes: str | None = None) -> Report:
    """Check a graph of rdflib's against the shapes of the ontology, or against ``shapes`` (Turtle)."""
    from pyshacl import validate
    from rdflib import RDF, Graph, URIRef

    ontology = files("kg.ontology")
    shape_graph = Graph().parse(data=(ontology / "shapes.ttl").read_text("utf-8") if shapes is None else shapes, format="turtle")
    terms = Graph().parse(data=(ontology / "zhengtu.ttl").read_text("utf-8"), format="turtle")
    quiet = logging.getLogger("kg.graph.check.shacl")  # pySHACL else writes its findings to stderr
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    conforms, report, _ = validate(facts, shacl_graph=shape_graph, ont_graph=terms, inference="none", advanced=False, meta_shacl=False, logger=quiet)
    if not isinstance(report, Graph):
        raise TypeError("pySHACL gave no report")

    def told(result: Node, name: str) -> str:
        value = report.value(result, URIRef(_SHACL + name))
        return "" if value is None else " ".join(str(value).split())[:200]

    found = set()
    for result in report.subjects(RDF.type, URIRef(_SHACL + "ValidationResult")):
        messages = report.objects(result, URIRef(_SHACL + "resultMessage"))
        by_language = {getattr(message, "language", None): " ".join(str(message).split()) for message in messages}
        english = by_language.get("en") or next((by_language[key] for key in sorted(by_language, key=str)), "")
        path = report.value(result, URIRef(_SHACL + "resultPath"))
        shown = str(path).rpartition("#")[2].rpartition("/")[2] if isinstance(path, URIRef) else ""
        found.add(Violation(by_language.get("zh") or english, english, told(result, "focusNode"), shown, told(result, "value")))
    return Report(bool(conforms), tuple(sorted(found)))


def _fill(facts: Graph, store: Store) -> None:
    """Read the default graph into a graph of rdflib's."""
    data = BytesIO()
    store.oxigraph.dump(data, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    facts.parse(data=data.getvalue(), format="nt")
