"""Open the graph for rdflib: a folder goes in, a ``Dataset`` comes out that cannot be written to."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.store import Store
from kg.graph.terms import prefixes

if TYPE_CHECKING:
    import rdflib


def open_dataset(folder: str | os.PathLike[str]) -> rdflib.Dataset:
    """Open the graph that was built in ``folder`` for reading, as it is now; its default graph holds every fact once.

    ``close()``, or forgetting the dataset, lets others write again. Raises StoreError if there is no graph or if it is
    being written; writing to the dataset raises RuntimeError.
    """
    import rdflib
    from oxrdflib.store import OxigraphStore

    store = Store(Path(folder), reading=True)

    class ReadingStore(OxigraphStore):
        """Oxigraph within rdflib, closed with its owner."""

        def close(self, commit_pending_transaction: bool = False) -> None:
            super().close(commit_pending_transaction)
            store.close()

    reading = ReadingStore(store=store.oxigraph)
    base = store.base()
    for prefix, iri in prefixes(base).items():
        reading.bind(prefix, rdflib.URIRef(iri))
    dataset = rdflib.Dataset(store=reading)
    weakref.finalize(dataset, store.close)
    return dataset
