"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve a graph.

    ``token``: who may write shows it; None: nobody writes. ``origin``: the value of Access-Control-Allow-Origin; None: no other site may read.
    ``timeout``: seconds for a query. ``largest``: bytes of an answer. ``largest_query`` and ``largest_graph``: bytes of what is sent to us.
    ``allowed``: addresses that SERVICE and LOAD may name. ``hosts``: the names that a request may call this server by; None: any.
    ``licence``: the IRI of the licence of the graph.
    """

    token: str | None = None
    origin: str | None = None
    timeout: float = 30.0
    largest: int = 64 << 20
    largest_query: int = 1 << 20
    largest_graph: int = 64 << 20
    at_once: int = 64
    allowed: tuple[str, ...] = ()
    hosts: tuple[str, ...] | None = None
    licence: str = ""
