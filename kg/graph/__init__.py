"""Turn what was read into RDF, keep it in a store, ask it, check it and write it out."""

from kg.graph.areas import area_triples
from kg.graph.check import Report, Violation, check
from kg.graph.dataset import open_dataset
from kg.graph.description import Address, Census
from kg.graph.description import dataset as dataset_description
from kg.graph.description import service as service_description
from kg.graph.media import READABLE, ROWS, TRIPLES
from kg.graph.ontology import Described, described
from kg.graph.ontology import text as ontology_text
from kg.graph.patching import patch
from kg.graph.protocol import Malformed, Refused, Reply, Unacceptable
from kg.graph.quads import article_iri, triples
from kg.graph.query import FORMATS, Answer, Question, ask, query, questions, select
from kg.graph.query import known_prefixes as presets
from kg.graph.reason import Contradiction, contradictions, forget_reasoning, is_reasoned, reason, wants_reasoning
from kg.graph.served import Busy, Served, written_triples
from kg.graph.store import Change, Store
from kg.graph.terms import DEFAULT_BASE, ONTOLOGY, Spo, Term, checked_base, checked_iri, path_iri, prefixes
from kg.graph.turtle import SUFFIXES, export, write_trig, write_turtle

__all__ = [
    "DEFAULT_BASE",
    "FORMATS",
    "ONTOLOGY",
    "READABLE",
    "ROWS",
    "SUFFIXES",
    "TRIPLES",
    "Address",
    "Answer",
    "Busy",
    "Census",
    "Change",
    "Contradiction",
    "Described",
    "Malformed",
    "Question",
    "Refused",
    "Reply",
    "Report",
    "Served",
    "Spo",
    "Store",
    "Term",
    "Unacceptable",
    "Violation",
    "area_triples",
    "article_iri",
    "ask",
    "check",
    "checked_base",
    "checked_iri",
    "contradictions",
    "dataset_description",
    "described",
    "export",
    "forget_reasoning",
    "is_reasoned",
    "ontology_text",
    "open_dataset",
    "patch",
    "path_iri",
    "prefixes",
    "presets",
    "query",
    "questions",
    "reason",
    "select",
    "service_description",
    "triples",
    "wants_reasoning",
    "write_trig",
    "write_turtle",
    "written_triples",
]
