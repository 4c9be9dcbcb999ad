"""A file of SQLite with one owner: it is opened, changed in whole transactions, and closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import StoreError


class TableFile:
    """A connection that is open until ``close``; whoever builds on it says how a failure of the file is told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base: sqlite3.Connection | None = None

    def _failure(self, cause: str) -> StoreError:
        """Return the error of one line for what SQLite says."""
        raise NotImplementedError

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._failure(str(error)) from error

    @property
    def _rows(self) -> sqlite3.Connection:
        if self._base is None:
            raise StoreError(f"{self.path}：已经关闭。请重新打开。", f"{self.path}: is closed. Open it again.")
        return self._base

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Do all of it or nothing."""
        with self._told():
            rows = self._rows
            rows.execute("BEGIN IMMEDIATE")
            try:
                yield rows
                rows.execute("COMMIT")
            finally:
                if rows.in_transaction:
                    rows.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file; it can be closed twice."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
