"""Remember what stores elsewhere were sent, in one SQLite file: what is held there is told by name and digest, never by content.

A row without a digest is in doubt: it was about to be sent when it was noted, and nobody said that it arrived.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from kg.errors import StoreError
from kg.shelf.table import TableFile

_TABLES = """
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS noted (place INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (place, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (
    place INTEGER NOT NULL, graph TEXT NOT NULL, subject TEXT NOT NULL, digest BLOB, PRIMARY KEY (place, graph, subject)) WITHOUT ROWID;
CREATE TEMP TABLE met (graph TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (graph, subject)) WITHOUT ROWID;
"""

Key = tuple[str, str]
"""A graph and a subject in it; an empty subject stands for the whole graph, an empty graph for the facts."""


class Ledger(TableFile):
    """What the store of one name was sent, kept in ``folder/pushed.sqlite``; use it with ``with``. All errors are StoreErrors of one line."""

    def __init__(self, folder: Path | str, name: str) -> None:
        super().__init__(Path(folder) / "pushed.sqlite")
        with self._told():
            self._base = sqlite3.connect(self.path, isolation_level=None)
            # rows come in no order: a rollback journal would write every page of the file again and again
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("PRAGMA cache_size = -32768")
            for statement in _TABLES.split(";"):
                self._base.execute(statement)
            self._base.execute("INSERT OR IGNORE INTO place (name) VALUES (?)", (name,))
            self._place = int(self._base.execute("SELECT id FROM place WHERE name = ?", (name,)).fetchone()[0])

    def _failure(self, cause: str) -> StoreError:
        return StoreError(
            f"{self.path}：读写失败（{cause}）。请检查文件夹、权限和磁盘空间；文件坏了可以删除，下次全部重传。",
            f"{self.path}: cannot be read or written ({cause}). Check the folder, its permissions and the space on the disk; "
            "if the file is damaged, delete it, and everything is sent again.",
        )

    # ------------------------------------------------------------ what is known

    def is_known(self, key: Key) -> bool:
        """Tell whether there is a row, be it in doubt."""
        return self._row(key) is not None

    def digest(self, key: Key) -> bytes | None:
        """Return the digest of what was sent; None if nothing was, or if that is in doubt."""
        row = self._row(key)
        return None if row is None else row[0]

    def _row(self, key: Key) -> tuple[bytes | None] | None:
        with self._told():
            found: tuple[bytes | None] | None = self._rows.execute(
                "SELECT digest FROM held WHERE place = ? AND graph = ? AND subject = ?", (self._place, *key)
            ).fetchone()
            return found

    def keys(self, graph: str) -> list[Key]:
        """Return the rows of a graph."""
        with self._told():
            found = self._rows.execute("SELECT graph, subject FROM held WHERE place = ? AND graph = ? ORDER BY subject", (self._place, graph))
            return list(found)

    def noted(self, name: str) -> str | None:
        """Return a note."""
        with self._told():
            row = self._rows.execute("SELECT value FROM noted WHERE place = ? AND name = ?", (self._place, name)).fetchone()
            return None if row is None else str(row[0])

    # ------------------------------------------------------------ changing it

    def note(self, name: str, value: str) -> None:
        """Keep a note."""
        with self._transaction() as rows:
            rows.execute("INSERT OR REPLACE INTO noted VALUES (?, ?, ?)", (self._place, name, value))

    def doubt(self, keys: Iterable[Key]) -> None:
        """Note that something is about to be sent or taken away; durable when it returns."""
        with self._transaction() as rows:
            rows.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?, NULL)", [(self._place, *key) for key in keys])

    def settle(self, arrived: Iterable[tuple[Key, bytes | None]]) -> None:
        """Note the digests of what arrived, None of what was taken away."""
        with self._transaction() as rows:
            for key, digest in arrived:
                if digest is None:
                    rows.execute("DELETE FROM held WHERE place = ? AND graph = ? AND subject = ?", (self._place, *key))
                else:
                    rows.execute("UPDATE held SET digest = ? WHERE place = ? AND graph = ? AND subject = ?", (digest, self._place, *key))

    def clear(self) -> None:
        """Forget what this store was sent."""
        with self._transaction() as rows:
            rows.execute("DELETE FROM held WHERE place = ?", (self._place,))
            rows.execute("DELETE FROM noted WHERE place = ?", (self._place,))

    # ------------------------------------------------------------ what is there no more

    def meet(self, keys: Iterable[Key]) -> None:
        """Remember, for this opening only, what the graph holds."""
        with self._transaction() as rows:
            rows.executemany("INSERT OR IGNORE INTO met VALUES (?, ?)", keys)

    def unmet(self) -> list[Key]:
        """Return the rows that ``meet`` was not told of."""
        with self._told():
            found = self._rows.execute(
                "SELECT graph, subject FROM held h WHERE place = ? AND NOT EXISTS (SELECT 1 FROM met m WHERE m.graph = h.graph AND m.subject = h.subject) "
                "ORDER BY graph, subject",
                (self._place,),
            )
            return list(found)
