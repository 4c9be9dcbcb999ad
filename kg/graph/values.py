"""Turn the terms of an answer into the values that Python has for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

import pyoxigraph as ox

from kg.graph.query import Answer

Value = str | bool | int | float | Decimal | date | datetime | None
"""A cell: None where nothing is bound; an IRI, a text and whatever Python has no type for (2024-04, --05-11) is a ``str``."""

_XSD = "http://www.w3.org/2001/XMLSchema#"


def values(answer: Answer) -> tuple[tuple[Value, ...], ...]:
    """Return the rows of an answer as Python values, never shortened; a truth (ASK) is one row with a ``bool``."""
    if answer.kind == "truth":
        return ((answer.truth,),)
    return tuple(tuple(map(_value, row)) for row in answer.terms)


def texts(answer: Answer) -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of an answer as plain text, as ``select`` does: IRIs bare, literals by their text, None where nothing is bound."""
    for row in answer.terms:
        yield tuple(None if term is None else str(term) if isinstance(term, ox.Triple) else term.value for term in row)


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
