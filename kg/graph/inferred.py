"""Keep the books on what was inferred from a store: which graph holds it and by which rules; that note ends when the store changes.

The notes stand in a graph of their own. The graph of the inferences is never part of the default graph.
"""

from __future__ import annotations

import pyoxigraph as ox

BOOKS = ox.NamedNode("urn:zhengtu:reasoned")
_BY = ox.NamedNode("urn:zhengtu:by")
_WANTED = ox.NamedNode("urn:zhengtu:wanted")


def graph_of(base: str) -> ox.NamedNode:
    """Return the graph that holds what was inferred."""
    return ox.NamedNode(f"{base}inferred")


def inferred_by(store: ox.Store, graph: ox.NamedNode) -> str | None:
    """Return the version of the rules that a graph was inferred by; None if it does not hold what follows from the store as it is."""
    noted = next(store.quads_for_pattern(graph, _BY, None, BOOKS), None)
    return noted.object.value if noted is not None and isinstance(noted.object, ox.Literal) else None


def is_wanted(store: ox.Store, graph: ox.NamedNode) -> bool:
    """Tell whether a graph shall be inferred again whenever the store has changed."""
    return next(store.quads_for_pattern(graph, _WANTED, None, BOOKS), None) is not None


def note(store: ox.Store, graph: ox.NamedNode, version: str) -> None:
    """Note that a graph holds, as of now, what the rules of this version infer, and that it shall go on doing so."""
    store.extend([ox.Quad(graph, _WANTED, ox.Literal("true"), BOOKS), ox.Quad(graph, _BY, ox.Literal(version), BOOKS)])
    store.flush()


def outdate(store: ox.Store) -> None:
    """Take the note back, and see that it is gone from the disk; whoever is about to change the store calls this first.

    The graph itself is left until it is inferred again: taking away half a million triples takes 20 s, mending them one.
    """
    if noted := list(store.quads_for_pattern(None, _BY, None, BOOKS)):
        for quad in noted:
            store.remove(quad)
        store.flush()


def unwant(store: ox.Store) -> None:
    """Remove what was inferred and every note of it."""
    outdate(store)
    for noted in list(store.quads_for_pattern(None, _WANTED, None, BOOKS)):
        if isinstance(noted.subject, ox.NamedNode):
            store.remove_graph(noted.subject)
    store.remove_graph(BOOKS)
    store.flush()
