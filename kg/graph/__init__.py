"""Turn what was read into RDF, keep it in a store, ask it, check it and write it out."""

from kg.graph.check import Report, Violation, check
from kg.graph.dataset import open_dataset
from kg.graph.quads import article_iri, triples
from kg.graph.query import FORMATS, Answer, Question, ask, query, questions, select
from kg.graph.reason import Contradiction, contradictions, forget_reasoning, is_reasoned, reason, wants_reasoning
from kg.graph.store import Change, Contribution, Store
from kg.graph.terms import DEFAULT_BASE, ONTOLOGY, Spo, Term, checked_base, prefixes
from kg.graph.turtle import SUFFIXES, export, keep_names, write_trig, write_turtle

__all__ = [
    "DEFAULT_BASE",
    "FORMATS",
    "ONTOLOGY",
    "SUFFIXES",
    "Answer",
    "Change",
    "Contradiction",
    "Contribution",
    "Question",
    "Report",
    "Spo",
    "Store",
    "Term",
    "Violation",
    "article_iri",
    "ask",
    "check",
    "checked_base",
    "contradictions",
    "export",
    "forget_reasoning",
    "is_reasoned",
    "keep_names",
    "open_dataset",
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
