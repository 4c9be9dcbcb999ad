"""Sort more than memory holds: records come in, the same records come out in order."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from tempfile import TemporaryFile
from typing import IO

from kg.graph.terms import Spo

Record = tuple[int, bytes, bytes]
"""What is sorted: a rank, a key, and a text."""

_RUN_BYTES = 32 << 20
_HEAD = struct.Struct("<III")


class Runs:
    """Records in order; what does not fit in memory waits in temporary files, each sorted."""

    def __init__(self, run_bytes: int = _RUN_BYTES) -> None:
        self._limit = run_bytes
        self._size = 0
        self._records: list[Record] = []
        self._runs: list[IO[bytes]] = []

    def add(self, record: Record) -> None:
        """Take a record in; raises OSError if there is no room for temporary files."""
        self._records.append(record)
        self._size += len(record[1]) + len(record[2]) + 150
        if self._size > self._limit:
            self._spill()

    def _spill(self) -> None:
        run = TemporaryFile()  # noqa: SIM115 - closed when all is read
        run.writelines(_HEAD.pack(rank, len(key), len(text)) + key + text for rank, key, text in sorted(self._records))
        run.seek(0)
        self._runs.append(run)
        self._records, self._size = [], 0

    def sorted(self) -> Iterator[Record]:
        """Yield all records, smallest first; they can be had once."""
        records, runs = sorted(self._records), self._runs
        self._records, self._runs, self._size = [], [], 0
        try:
            yield from merge(records, *map(_read, runs)) if runs else records
        finally:
            for run in runs:
                run.close()


def _read(run: IO[bytes]) -> Iterator[Record]:
    while head := run.read(_HEAD.size):
        rank, key, text = _HEAD.unpack(head)
        yield rank, run.read(key), run.read(text)


class Draft:
    """The facts of a store that was empty, kept aside while they are written, so that they need not be read back.

    Reading a fact from the disk costs more than keeping it.
    """

    def __init__(self) -> None:
        self._runs = Runs()

    def add(self, triples: Iterable[Spo]) -> None:
        """Take in the triples of one article."""
        subjects: dict[str, list[str]] = {}
        for subject, predicate, thing in triples:
            facts = subjects.get(subject)
            if facts is None:
                subjects[subject] = [f"{predicate} {thing}"]
            else:
                facts.append(f"{predicate} {thing}")
        for node, said in subjects.items():
            self._runs.add((0, node.encode(), "\n".join(said).encode()))

    def subjects(self) -> Iterator[tuple[bytes, list[bytes]]]:
        """Yield each subject once, with its facts as ``predicate object``; they can be had once."""
        for node, records in groupby(self._runs.sorted(), key=lambda record: record[1]):
            first, *more = [text for _, _, text in records]
            facts = first.split(b"\n")
            for text in more:
                facts += text.split(b"\n")
            yield node, list(dict.fromkeys(facts))
