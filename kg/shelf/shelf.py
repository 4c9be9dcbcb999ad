"""A table of readings in one SQLite file: the graph can be told again from it without reading a page again.

What is taken in is durable when ``take`` returns. The shelf also remembers what has not been told to the graph yet
(articles that are pending, blocks that are dirty), so that a build that was cut off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.shelf.table import TableFile

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reading (
    article TEXT NOT NULL, source TEXT NOT NULL, headline TEXT NOT NULL, published TEXT, publisher TEXT,
    hash BLOB NOT NULL, triples BLOB NOT NULL, refused TEXT NOT NULL, PRIMARY KEY (article, source));
CREATE INDEX IF NOT EXISTS reading_source ON reading (source);
CREATE TABLE IF NOT EXISTS profile (block TEXT NOT NULL, article TEXT NOT NULL, source TEXT NOT NULL, profile TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS profile_block ON profile (block);
CREATE INDEX IF NOT EXISTS profile_article ON profile (article, source);
CREATE TABLE IF NOT EXISTS pending (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dirty (block TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS result (block TEXT PRIMARY KEY, found TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS noted (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a source as it was read: its triples as lines of text, and its profiles, each under a block.

    A block gathers what must be decided together, such as all profiles of persons of one name. ``refused`` is what looked
    like a fact and was none, as lines.
    """

    article: str
    headline: str
    published: str | None
    publisher: str | None
    triples: str
    profiles: tuple[tuple[str, str], ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Shelved:
    """What stands on the shelf of one article in one source."""

    article: str
    source: str
    headline: str
    published: str | None
    publisher: str | None


class Shelf(TableFile):
    """The readings in ``folder/readings.sqlite``; use it with ``with``. All errors are StoreErrors of one line."""

    def __init__(self, folder: Path | str, *, reading: bool = False) -> None:
        super().__init__(Path(folder) / "readings.sqlite")
        if reading and not self.path.is_file():
            raise StoreError(
                f"{folder}：这里没有图谱。请先用 kg build 建一张，或者指定它所在的文件夹。",
                f"{folder}: there is no graph here. Build one first with kg build, or name the folder it was built in.",
            )
        with self._told():
            place = f"{self.path.absolute().as_uri()}?mode=ro" if reading else self.path.absolute().as_uri()
            self._base = sqlite3.connect(place, uri=True, isolation_level=None)
            if not reading:
                # a rollback journal and a sync at each end: what is committed survives a loss of power
                self._base.execute("PRAGMA journal_mode = DELETE")
                self._base.execute("PRAGMA synchronous = FULL")
                self._base.execute("PRAGMA cache_size = -32768")
                with self._transaction():
                    (version,) = self._base.execute("PRAGMA user_version").fetchone()
                    known = self._base.execute("SELECT 1 FROM sqlite_master WHERE name = 'reading'").fetchone()
                    if known is not None and version != _VERSION:
                        raise StoreError(
                            f"{folder}：这张图谱是别的版本建的。请用 -o 指定一个新文件夹重建。",
                            f"{folder}: this graph was built by another version. Build it again in a new folder with -o.",
                        )
                    self._base.execute(f"PRAGMA user_version = {_VERSION}")
                    for statement in _TABLES.split(";"):
                        self._base.execute(statement)

    def _failure(self, cause: str) -> StoreError:
        if "malformed" in cause or "not a database" in cause:
            return StoreError(
                f"{self.path}：文件已损坏（{cause}）。请删除它后重建。", f"{self.path}: the file is damaged ({cause}). Delete it and build again."
            )
        return StoreError(
            f"{self.path}：写不进去（{cause}）。请检查文件夹、权限和磁盘空间。",
            f"{self.path}: cannot be written ({cause}). Check the folder, its permissions and the space on the disk.",
        )

    # ------------------------------------------------------------ what stands on it

    def sources(self) -> dict[str, str]:
        """Return what each source was when it was read: name → content."""
        with self._told():
            return dict(self._rows.execute("SELECT name, content FROM source ORDER BY name"))

    def shelved(self) -> Iterator[Shelved]:
        """Yield what stands on the shelf, by day, article and source."""
        with self._told():
            found = self._rows.execute(
                "SELECT article, source, headline, published, publisher FROM reading ORDER BY published IS NULL, published, article, source"
            )
            for row in found:
                yield Shelved(*row)

    def refused(self) -> Iterator[tuple[str, str, str]]:
        """Yield the source, the headline and the lines of what was refused in each article, by source and headline."""
        with self._told():
            yield from self._rows.execute("SELECT source, headline, refused FROM reading WHERE refused <> '' ORDER BY source, headline, article")

    def sources_of(self, article: str) -> list[str]:
        """Return the sources that hold an article, sorted."""
        with self._told():
            return [source for (source,) in self._rows.execute("SELECT source FROM reading WHERE article = ? ORDER BY source", (article,))]

    def triples(self, article: str) -> list[str]:
        """Return what was read in an article, once for each of its sources, in their order; nothing if it has none any more."""
        with self._told():
            found = self._rows.execute("SELECT triples FROM reading WHERE article = ? ORDER BY source", (article,))
            return [zlib.decompress(blob).decode() for (blob,) in found]

    def profiles(self, block: str) -> list[tuple[str, str]]:
        """Return the articles and profiles of a block, sorted; of an article in several sources those of the first."""
        with self._told():
            found = self._rows.execute("SELECT article, source, profile FROM profile WHERE block = ? ORDER BY article, source, profile", (block,))
            return list(_of_first_sources(found))

    def blocks_of(self, article: str) -> list[str]:
        """Return the blocks that an article has profiles in, sorted."""
        with self._told():
            found = self._rows.execute("SELECT DISTINCT block FROM profile WHERE article = ? ORDER BY block", (article,))
            return [block for (block,) in found]

    def blocks(self, prefix: str, containing: str = "") -> list[str]:
        """Return all blocks whose name begins with ``prefix``, those of them with a profile that contains some words."""
        with self._told():
            found = self._rows.execute(
                "SELECT DISTINCT block FROM profile WHERE block >= ? AND block < ? AND instr(profile, ?) > 0 ORDER BY block",
                (prefix, prefix + "\U0010ffff", containing),
            ) if containing else self._rows.execute(
                "SELECT DISTINCT block FROM profile WHERE block >= ? AND block < ? ORDER BY block", (prefix, prefix + "\U0010ffff")
            )  # fmt: skip
            return [block for (block,) in found]

    def articles(self) -> list[str]:
        """Return the ids of all articles, sorted."""
        with self._told():
            return [article for (article,) in self._rows.execute("SELECT DISTINCT article FROM reading ORDER BY article")]

    def pending(self) -> list[str]:
        """Return the articles that are to be told again, sorted."""
        with self._told():
            return [article for (article,) in self._rows.execute("SELECT article FROM pending ORDER BY article")]

    def dirty(self, prefix: str = "") -> list[str]:
        """Return the blocks that are to be decided again, sorted."""
        with self._told():
            found = self._rows.execute("SELECT block FROM dirty WHERE block >= ? AND block < ? ORDER BY block", (prefix, prefix + "\U0010ffff"))
            return [block for (block,) in found]

    def result(self, block: str) -> str | None:
        """Return what was noted when a block was decided last."""
        with self._told():
            row = self._rows.execute("SELECT found FROM result WHERE block = ?", (block,)).fetchone()
            return None if row is None else str(row[0])

    def results(self, prefix: str) -> list[str]:
        """Return what was noted of all blocks whose name begins with ``prefix``."""
        with self._told():
            found = self._rows.execute("SELECT found FROM result WHERE block >= ? AND block < ? ORDER BY block", (prefix, prefix + "\U0010ffff"))
            return [text for (text,) in found]

    def noted(self, name: str) -> str | None:
        """Return a note."""
        with self._told():
            row = self._rows.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    # ------------------------------------------------------------ changing it

    def take(self, sources: Iterable[tuple[str, str, Collection[Entry]]]) -> None:
        """Let each source (its name, its content) hold these articles and nothing else, all in one transaction.

        Articles that are new, changed or gone become pending, and the blocks of their profiles dirty.
        """
        with self._transaction() as rows:
            for name, content, entries in sources:
                self._hold(rows, name, entries)
                rows.execute("INSERT INTO source VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content", (name, content))

    def forget(self, sources: Iterable[str], articles: Iterable[tuple[str, str]] = ()) -> None:
        """Take sources off the shelf, and single articles (article, source) out of sources that stay."""
        with self._transaction() as rows:
            for name in sources:
                self._hold(rows, name, ())
                rows.execute("DELETE FROM source WHERE name = ?", (name,))
            for article, name in articles:
                self._drop(rows, article, name)

    def _hold(self, rows: sqlite3.Connection, name: str, entries: Collection[Entry]) -> None:
        before = dict(rows.execute("SELECT article, hash FROM reading WHERE source = ?", (name,)).fetchall())
        for article in before.keys() - {entry.article for entry in entries}:
            self._drop(rows, article, name)
        for entry in entries:
            digest = _digest(entry)
            if before.get(entry.article) == digest:
                continue
            if entry.article in before:
                self._drop(rows, entry.article, name)
            before[entry.article] = digest
            blob = zlib.compress(entry.triples.encode(), 3)
            rows.execute(
                "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (entry.article, name, entry.headline, entry.published, entry.publisher, digest, blob, entry.refused),
            )
            rows.executemany("INSERT INTO profile VALUES (?, ?, ?, ?)", [(block, entry.article, name, profile) for block, profile in entry.profiles])
            rows.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(block,) for block in {block for block, _ in entry.profiles}])
            rows.execute("INSERT OR IGNORE INTO pending VALUES (?)", (entry.article,))

    def _drop(self, rows: sqlite3.Connection, article: str, name: str) -> None:
        rows.execute("INSERT OR IGNORE INTO dirty SELECT DISTINCT block FROM profile WHERE article = ?", (article,))
        rows.execute("INSERT OR IGNORE INTO pending VALUES (?)", (article,))
        rows.execute("DELETE FROM profile WHERE article = ? AND source = ?", (article, name))
        rows.execute("DELETE FROM reading WHERE article = ? AND source = ?", (article, name))

    def mark(self, *, pending: Iterable[str] = (), dirty: Iterable[str] = ()) -> None:
        """Note articles that are to be told again and blocks that are to be decided again."""
        with self._transaction() as rows:
            rows.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(article,) for article in pending])
            rows.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(block,) for block in dirty])

    def note(self, name: str, value: str) -> None:
        """Keep a note."""
        with self._transaction() as rows:
            rows.execute("INSERT INTO noted VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))

    def keep(self, results: Mapping[str, str | None]) -> None:
        """Note what was decided of blocks, None for nothing; the blocks stay dirty."""
        with self._transaction() as rows:
            self._keep(rows, results)

    def conclude(self, results: Mapping[str, str | None], notes: Mapping[str, str]) -> None:
        """Note what was decided and that all is told: nothing is pending or dirty any more."""
        with self._transaction() as rows:
            self._keep(rows, results)
            rows.executemany("INSERT INTO noted VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", list(notes.items()))
            rows.execute("DELETE FROM pending")
            rows.execute("DELETE FROM dirty")

    def _keep(self, rows: sqlite3.Connection, results: Mapping[str, str | None]) -> None:
        for block, found in results.items():
            if found is None:
                rows.execute("DELETE FROM result WHERE block = ?", (block,))
            else:
                rows.execute("INSERT INTO result VALUES (?, ?) ON CONFLICT (block) DO UPDATE SET found = excluded.found", (block, found))


def _digest(entry: Entry) -> bytes:
    """Return what changes when an entry does."""
    told = (entry.headline, entry.published, entry.publisher, entry.triples, entry.profiles, entry.refused)
    return hashlib.sha256(repr(told).encode("utf-8", "replace")).digest()[:16]


def _of_first_sources(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield articles and profiles, of an article in several sources only those of its first one; rows come sorted."""
    first: tuple[str, str] | None = None
    for article, source, profile in rows:
        if first is None or first[0] != article:
            first = article, source
        if first == (article, source):
            yield article, profile
