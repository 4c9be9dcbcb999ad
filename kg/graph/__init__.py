"""Turn what was read into RDF, keep it in a store, ask it, check it and write it out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.graph.check import Report, Violation, check
from kg.graph.dataset import open_dataset
from kg.graph.description import Address, Census
from kg.graph.description import dataset as dataset_description
from kg.graph.description import service as service_description
from kg.graph.guard import Request, examined
from kg.graph.media import READABLE, ROWS, TRIPLES
from kg.graph.ontology import Described, described
from kg.graph.ontology import text as ontology_text
from kg.graph.patching import patch
from kg.graph.protocol import Malformed, Refused, Reply, Unacceptable
from kg.graph.query import FORMATS, GROUPS, Answer, Parameter, Question, ask, query, questions, select
from kg.graph.query import known_prefixes as presets
from kg.graph.reason import Contradiction, contradictions, forget_reasoning, is_reasoned, reason, wants_reasoning
from kg.graph.served import Busy, Served, written_triples
from kg.graph.store import Change, Store
from kg.graph.terms import DEFAULT_BASE, ONTOLOGY, Spo, Term, checked_base, checked_iri, path_iri, prefixes
from kg.graph.turtle import SUFFIXES, export, write_trig, write_turtle
from kg.graph.worker import Result, Workers, answered

if TYPE_CHECKING:
    from kg.graph.areas import area_triples
    from kg.graph.quads import article_iri, triples

__all__ = [
    "DEFAULT_BASE",
    "FORMATS",
    "GROUPS",
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
    "Parameter",
    "Question",
    "Refused",
    "Reply",
    "Report",
    "Request",
    "Result",
    "Served",
    "Spo",
    "Store",
    "Term",
    "Unacceptable",
    "Violation",
    "Workers",
    "answered",
    "area_triples",
    "article_iri",
    "ask",
    "check",
    "checked_base",
    "checked_iri",
    "contradictions",
    "dataset_description",
    "described",
    "examined",
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

# These need the rooms below with all their words, which takes half a second; a query needs none of them.
_LATE = {"area_triples": "areas", "article_iri": "quads", "triples": "quads"}


def __getattr__(name: str) -> object:
    if name in _LATE:
        return getattr(import_module(f"kg.graph.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
