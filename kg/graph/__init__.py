"""Turn what was read into RDF, keep it in a store, ask it, check it and write it out."""

from kg.graph.areas import area_triples
from kg.graph.check import Report, Violation, check
from kg.graph.dataset import open_dataset
from kg.graph.patching import patch
from kg.graph.quads import article_iri, triples
from kg.graph.query import FORMATS, GROUPS, Answer, Parameter, Question, ask, query, questions, select
from kg.graph.reason import Contradiction, contradictions, forget_reasoning, is_reasoned, reason, wants_reasoning
from kg.graph.store import Change, Store
from kg.graph.terms import DEFAULT_BASE, ONTOLOGY, Spo, Term, checked_base, prefixes
from kg.graph.turtle import SUFFIXES, export, write_trig, write_turtle

__all__ = [
    "DEFAULT_BASE",
    "FORMATS",
    "GROUPS",
    "ONTOLOGY",
    "SUFFIXES",
    "Answer",
    "Change",
    "Contradiction",
    "Parameter",
    "Question",
    "Report",
    "Spo",
    "Store",
    "Term",
    "Violation",
    "area_triples",
    "article_iri",
    "ask",
    "check",
    "checked_base",
    "contradictions",
    "export",
    "forget_reasoning",
    "is_reasoned",
    "open_dataset",
    "patch",
    "prefixes",
    "query",
    "questions",
    "reason",
    "select",
    "triples",
    "wants_reasoning",
    "write_trig",
    "write_turtle",
]
