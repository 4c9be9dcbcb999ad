"""Sort more than memory holds: records come in, the same records come out in order."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

Record = tuple[int, bytes, bytes]
"""What is sorted: a rank, a key, and a text."""

_RUN_BYTES = 32 << 20
_HEAD = struct.Struct("<III")


class Runs:
    """Records in order; what does not fit in memory waits in temporary files in ``folder``, each sorted.

    Raises OSError if there is no room for the files.
    """

    def __init__(self, folder: Path | None = None, run_bytes: int = _RUN_BYTES) -> None:
        self._folder = folder
        self._limit = run_bytes
        self._size = 0
        self._records: list[Record] = []
        self._runs: list[IO[bytes]] = []

    def add(self, record: Record) -> None:
        """Take a record in."""
        self._records.append(record)
        self._size += len(record[1]) + len(record[2]) + 150
        if self._size > self._limit:
            self._spill()

    def _spill(self) -> None:
        run = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close()
        run.writelines(_HEAD.pack(rank, len(key), len(text)) + key + text for rank, key, text in sorted(self._records))
        self._runs.append(run)
        self._records, self._size = [], 0

    def __iter__(self) -> Iterator[Record]:
        """Yield all records, smallest first; as often as wanted, but not twice at the same time."""
        self._records.sort()
        return merge(self._records, *map(_read, self._runs)) if self._runs else iter(self._records)

    def close(self) -> None:
        """Forget all records."""
        for run in self._runs:
            run.close()
        self._records, self._runs, self._size = [], [], 0


def _read(run: IO[bytes]) -> Iterator[Record]:
    run.seek(0)
    while head := run.read(_HEAD.size):
        rank, key, text = _HEAD.unpack(head)
        yield rank, run.read(key), run.read(text)
