"""Turn what was read into RDF, keep it in a store, ask it, check it and write it out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.graph.check import Report, Violation, check
from kg.graph.dataset import open_dataset
from kg.graph.guard import Request, examined
from kg.graph.patching import patch
from kg.graph.query import FORMATS, Answer, Question, ask, query, questions, select
from kg.graph.reason import Contradiction, contradictions, forget_reasoning, is_reasoned, reason, wants_reasoning
from kg.graph.store import Change, Store
from kg.graph.terms import DEFAULT_BASE, ONTOLOGY, Spo, Term, checked_base, prefixes
from kg.graph.turtle import SUFFIXES, export, write_trig, write_turtle
from kg.graph.worker import Result, Workers, answered

if TYPE_CHECKING:
    from kg.graph.areas import area_triples
    from kg.graph.quads import article_iri, triples

__all__ = [
    "DEFAULT_BASE",
    "FORMATS",
    "ONTOLOGY",
    "SUFFIXES",
    "Answer",
    "Change",
    "Contradiction",
    "Question",
    "Report",
    "Request",
    "Result",
    "Spo",
    "Store",
    "Term",
    "Violation",
    "Workers",
    "answered",
    "area_triples",
    "article_iri",
    "ask",
    "check",
    "checked_base",
    "contradictions",
    "examined",
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

# These need the rooms below with all their words, which takes half a second; a query needs none of them.
_LATE = {"area_triples": "areas", "article_iri": "quads", "triples": "quads"}


def __getattr__(name: str) -> object:
    if name in _LATE:
        return getattr(import_module(f"kg.graph.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
