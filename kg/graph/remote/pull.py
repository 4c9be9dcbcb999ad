"""Bring a graph from elsewhere here, into a folder of its own, for what needs more than questions: files are written from it as from any store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.remote.remote import Remote
from kg.graph.remote.wire import shown
from kg.graph.store import Store, is_article
from kg.graph.terms import Term


@contextmanager
def pulled(remote: Remote, *, named: bool) -> Iterator[Store]:
    """Give a copy of the remote graph, with the named graphs if that is asked for; it is gone when the block ends.

    Raises StoreError if the server gives fewer facts than it counts.
    """
    # Oxigraph may still be putting a file away when its folder goes: that must not end a command that has its answer
    with TemporaryDirectory(prefix="zhengtu-", ignore_cleanup_errors=True) as folder, Store(Path(folder), drafting=False) as store:
        graphs = remote.graphs()
        facts = list(remote.triples(None))
        with store.writing() as oxigraph:
            oxigraph.bulk_extend(ox.Quad(fact.subject, fact.predicate, fact.object) for fact in facts)
            for graph in graphs if named else ():
                node = ox.NamedNode(graph[1:-1])
                oxigraph.extend(ox.Quad(fact.subject, fact.predicate, fact.object, node) for fact in remote.triples(graph))
        there = remote.count(remote.facts)
        if len(store) != there:
            raise StoreError(
                f"{shown(remote.url)}：只给了 {len(store):,} 条事实，它自己数出 {there:,} 条。请调高服务器对回答长度的限制。",
                f"{shown(remote.url)}: gave {len(store):,} facts and counts {there:,}. Raise the server's limit on the length of an answer.",
            )
        store.count_in(Term(graph) for graph in graphs if is_article(graph))
        yield store
