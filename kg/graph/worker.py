"""Answer queries in processes of their own, on a snapshot of the store: what runs too long or grows too large is killed, and the store is not touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.query import _run
from kg.graph.store import Store

Kind = Literal["rows", "truth", "graph"]

MEDIA_TYPES: dict[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "n3": "text/n3",
}
"""The names of the formats and their media types; the first four are for SELECT and ASK, the others for CONSTRUCT and DESCRIBE."""

FITTING: dict[Kind, tuple[str, ...]] = {
    "rows": ("json", "xml", "csv", "tsv"),
    "truth": ("json", "xml", "csv", "tsv"),
    "graph": ("ttl", "nt", "rdf", "jsonld", "trig", "nq", "n3"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """A whole answer: its kind, its media type, its size in bytes, and its bytes in pieces (read once; they lie on the disk if they are many)."""

    kind: Kind
    media_type: str
    size: int
    body: Iterator[bytes]

    def read(self) -> bytes:
        """Return the bytes that were not read yet."""
        return b"".join(self.body)


class Workers:
    """Processes that answer queries on snapshots of the graph in a folder; threads may share it, use it with ``with``.

    ``workers``: how many queries run at once; others wait. ``timeout``: seconds for a query. ``largest``: bytes of an answer.
    ``memory``: bytes that a worker may use. ``allowed_services``: IRIs that SERVICE may name; without them a worker has no network where the system can
    take it away. ``source``: the store, if this process has it open for writing; snapshots are taken from it then, and ``refresh`` tells that it has changed.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        workers: int = 2,
        timeout: float = 30.0,
        largest: int = 100_000_000,
        memory: int = 2_000_000_000,
        allowed_services: Sequence[str] = (),
        source: Store | None = None,
    ) -> None:
        self.folder = Path(folder)
        self.timeout = timeout
        self.largest = largest

    def answer(
        self,
        sparql: str,
        *,
        form: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        timeout: float | None = None,
        limit: int | None = None,
        reason: bool = False,
    ) -> Result:
        """Return the whole answer to a query in a format (``csv`` or ``text/csv``); the project's prefixes need not be declared.

        ``default_graphs`` and ``named_graphs`` are the dataset, if one of them is given (they go before FROM of the query). ``limit`` cuts the rows or triples,
        as LIMIT does. With ``reason`` the default graph holds what was inferred too.
        Raises QueryError (``place``, ``excerpt``) for what is no query or reaches beyond this graph, QueryTimeout and QueryTooLarge if it was stopped,
        StoreError if there is no graph or it is being written and was never read before.
        """
        name = next((name for name, media in MEDIA_TYPES.items() if form in (name, media, media.partition(";")[0])), None)
        with Store(self.folder, reading=True) as store:
            found = _run(store, sparql, store.base())
            if isinstance(found, ox.QueryTriples):
                body = found.serialize(format=ox.RdfFormat.from_extension(name or "ttl"))
                return Result("graph", MEDIA_TYPES[name or "ttl"], len(body or b""), iter([body or b""]))
            if name not in FITTING["rows"]:
                raise QueryError(f"{form}：没有这种格式。", f"{form}: no such format.")
            body = found.serialize(format=ox.QueryResultsFormat.from_extension(name))
            return Result("rows" if isinstance(found, ox.QuerySolutions) else "truth", MEDIA_TYPES[name], len(body or b""), iter([body or b""]))

    def refresh(self) -> None:
        """Answer from now on as the store is now; without it a change is seen by itself, as soon as nobody writes."""

    def close(self) -> None:
        """Stop all workers and remove the snapshot."""

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
