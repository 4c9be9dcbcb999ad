"""Let one writer, or several readers, at a folder; the operating system lets go when a process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(file: int, shared: bool) -> bool:
        # Windows knows no shared locks here: a reader only makes sure that nobody writes when it opens.
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            if shared:
                msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: int, shared: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Lock:
    """A lock file that is held until ``release``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self, *, shared: bool = False) -> bool:
        """Take the lock without waiting; False if somebody else holds it. Raises OSError if the file cannot be made."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except PermissionError:
            if not shared:
                raise
            file = os.open(self._path, os.O_RDONLY)
        if not _try_lock(file, shared):
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go; the file stays, so that nobody locks a file that is just being deleted."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
