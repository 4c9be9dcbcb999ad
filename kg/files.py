"""Write a file whole or not at all: it is written beside its place and takes it when it is finished."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import OutputError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside ``path`` that takes its place when all is written; nothing is left of it if that fails.

    Raises OutputError if it cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        keep_names(path.parent)
    except OSError as error:
        cause = error.strerror or str(error)
        raise OutputError(
            f"{path}：写不进去（{cause}）。请检查文件夹、权限和磁盘空间。",
            f"{path}: cannot be written ({cause}). Check the folder, its permissions and the space on the disk.",
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def keep_names(folder: Path) -> None:
    """See that the names in a folder survive a loss of power; what a file holds does not help if its name is gone."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
