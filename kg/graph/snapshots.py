"""Publish what a store holds: the folder of a graph comes in, a folder of hard links to its files comes out, which later writing leaves as it is."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from kg.errors import StoreError
from kg.graph.inferred import graph_of
from kg.graph.lock import Lock
from kg.graph.reason import is_reasoned
from kg.graph.store import Store

_PREFIX = ".queries-"
_LINKED = ".sst"
_Mark = tuple[bytes, int]


@dataclass(slots=True, eq=False)
class Snapshot:
    """The store as it was: its folder, what the IRIs of its things begin with, the graph of what was inferred (None: nothing that holds)."""

    path: Path
    base: str
    inferred: str | None
    users: int = 0


class Snapshots:
    """The newest snapshot of the graph in a folder; older ones stay as long as somebody uses them.

    A snapshot takes milliseconds and no room beyond what the store itself gives up later. What a process that was killed left behind is swept
    away by the next. With ``live``, and where no hard links can be made, the store itself is given out, and nobody can write until ``close``.
    ``source`` is the store if this process has it open for writing.
    """

    def __init__(self, folder: Path, *, source: Store | None = None, live: bool = False) -> None:
        self.folder = folder
        self._source = source
        self._is_live = live
        self._open: Store | None = None
        self._home: Path | None = None
        self._lock: Lock | None = None
        self._now: Snapshot | None = None
        self._all: list[Snapshot] = []
        self._mark: _Mark = (b"", 0)
        self._number = 0
        self._is_closed = False
        self._mutex = threading.Lock()

    def taken(self) -> Snapshot:
        """Return the newest snapshot for use until ``given_back``; StoreError if there is no graph, or if it is being written and never was read."""
        with self._mutex:
            if self._is_closed:
                raise StoreError(f"{self.folder}：查询已经关闭。", f"{self.folder}: closed to queries.")
            if self._open is None and (self._now is None or (self._source is None and _mark(self.folder / "store") != self._mark)):
                self._renew()
            assert self._now is not None
            self._now.users += 1
            return self._now

    def shared(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot that is in use, for one more to use and give back."""
        with self._mutex:
            snapshot.users += 1
            return snapshot

    def given_back(self, snapshot: Snapshot) -> None:
        """End the use of a snapshot."""
        with self._mutex:
            snapshot.users -= 1
            self._tidy()

    def refresh(self) -> None:
        """Take a new snapshot now."""
        with self._mutex:
            if self._open is None:
                self._renew()

    def close(self) -> None:
        """Remove all snapshots; nobody uses them any more."""
        with self._mutex:
            self._is_closed = True
            if self._open is not None:
                self._open.close()
                self._open = None
            if self._home is not None and self._lock is not None:
                self._lock.release()
                shutil.rmtree(self._home, ignore_errors=True)
                self._home = self._lock = None
            self._all.clear()
            self._now = None

    def _renew(self) -> None:
        if self._source is not None:
            self._publish(self._source)
            return
        try:
            store = Store(self.folder, reading=True)
        except StoreError:
            if self._now is None:
                raise
            return  # it is being written: what it was before goes on to be true
        if self._is_live or not self._publish(store):
            self._open = store
            self._now = _described(store, self.folder / "store")
            return
        store.close()

    def _publish(self, store: Store) -> bool:
        """Make a snapshot of a store that nobody else writes to; False if the file system cannot."""
        files, target = self.folder / "store", None
        try:
            target = self._made_home() / str(self._number + 1)
            if self._source is not None:
                store.flush()
                store.oxigraph.backup(str(target))
            else:
                self._mark = _mark(files)
                target.mkdir()
                for name in _files(files):
                    if name.endswith(_LINKED):
                        os.link(files / name, target / name)
                    else:
                        shutil.copyfile(files / name, target / name)
        except OSError as error:
            if target is not None:
                shutil.rmtree(target, ignore_errors=True)
            if self._source is not None:
                raise StoreError(
                    f"{self.folder}：不能在这里写查询用的快照（{error.strerror or error}）。",
                    f"{self.folder}: no snapshot for queries can be written here ({error.strerror or error}).",
                ) from error
            return False
        self._number += 1
        self._now = _described(store, target)
        self._all.append(self._now)
        self._tidy()
        return True

    def _made_home(self) -> Path:
        """Return the folder of our snapshots; it is locked as long as we live, so that others know what is left over."""
        if self._home is None:
            for other in self.folder.glob(f"{_PREFIX}*"):
                lock = Lock(other / "lock")
                with contextlib.suppress(OSError):
                    if lock.acquire():
                        shutil.rmtree(other, ignore_errors=True)
                        lock.release()
            home = Path(mkdtemp(prefix=_PREFIX, dir=self.folder))
            lock = Lock(home / "lock")
            if not lock.acquire():  # somebody sweeps it away, between two of our lines
                raise OSError(f"{home} is locked")
            self._home, self._lock = home, lock
        return self._home

    def _tidy(self) -> None:
        for old in [snapshot for snapshot in self._all if snapshot.users == 0 and snapshot is not self._now]:
            shutil.rmtree(old.path, ignore_errors=True)
            self._all.remove(old)


def _described(store: Store, path: Path) -> Snapshot:
    base = store.base()
    return Snapshot(path, base, graph_of(base).value if is_reasoned(store) else None)


def _mark(files: Path) -> _Mark:
    """Return what differs when the store was opened for writing: RocksDB makes a new manifest then, names it in CURRENT, and makes and removes files."""
    try:
        return files.joinpath("CURRENT").read_bytes(), files.stat().st_mtime_ns
    except OSError:
        return b"", 0


def _files(files: Path) -> Iterator[str]:
    """Yield the names of the files that make the store."""
    for path in files.iterdir():
        if not path.name.startswith("LO"):  # the log of what was done, and the lock
            yield path.name
