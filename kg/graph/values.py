"""Turn what a query found into the values that Python has for it: an answer, or the bytes that a worker gives, comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pyoxigraph as ox

from kg.graph.query import Answer
from kg.graph.worker import Kind

Value = str | bool | int | float | Decimal | date | datetime | None
"""A cell: None where nothing is bound; an IRI, a text and whatever Python has no type for (2024-04, --05-11) is a ``str``."""

_XSD = "http://www.w3.org/2001/XMLSchema#"


def values(answer: Answer) -> tuple[tuple[Value, ...], ...]:
    """Return the rows of an answer as Python values, never shortened; a truth (ASK) is one row with a ``bool``."""
    if answer.kind == "truth":
        return ((answer.truth,),)
    return tuple(tuple(map(_value, row)) for row in answer.terms)


def answered(kind: Kind, content: bytes) -> Answer:
    """Return the answer that a worker gave, in SPARQL 1.1 JSON (rows and truth) or N-Triples (graph)."""
    if kind == "graph":
        facts = dict.fromkeys((fact.subject, fact.predicate, fact.object) for fact in ox.parse(content, ox.RdfFormat.N_TRIPLES))
        return Answer("graph", ("subject", "predicate", "object"), tuple(facts))
    found = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Answer("truth", ("answer",), (), bool(found))
    return Answer("rows", tuple(variable.value for variable in found.variables), tuple(tuple(row) for row in found))


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Triple):
        return str(term)
    if not isinstance(term, ox.Literal) or term.language:
        return term.value
    read = _TYPES.get(term.datatype.value)
    if read is None:
        return term.value
    try:
        return read(term.value)
    except (ValueError, ArithmeticError, KeyError):
        return term.value  # what is no value of its type, or none that Python can hold (the year 12024)


_TYPES: dict[str, Callable[[str], Value]] = {
    _XSD + "integer": int,
    _XSD + "nonNegativeInteger": int,
    _XSD + "positiveInteger": int,
    _XSD + "int": int,
    _XSD + "long": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}
