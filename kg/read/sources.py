"""Paths become documents: files, folders with all that is in them, ``-`` for standard input."""

from __future__ import annotations

import gzip
import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kg.errors import InputError
from kg.model import Document
from kg.read.decoding import decoded
from kg.read.header import document
from kg.read.lines import records

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_PAGES = (".txt", ".text", ".txt.gz", ".text.gz")
_LATER = (".pdf", ".doc", ".docx", ".wps", ".htm", ".html")  # news all the same: never passed over in silence
_LARGEST = 64 * 2**20  # bytes of one page; more is a corpus, which belongs into JSON lines


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, folder or line that was passed over, and why; ``error`` is the line that tells it."""

    source: str
    error: InputError


def documents(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    root: str | os.PathLike[str] = ".",
    skip: str | os.PathLike[str] | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Document | Refused]:
    """Yield what the paths hold, in their order (folders: all files below, sorted); nothing stops at a bad one.

    ``published`` dates what does not date itself. ``Document.source`` is the path relative to ``root``.
    ``skip`` is a folder that is not walked into: the graph's own. A file that is named twice is read once.
    """
    seen: set[str] = set()
    for path in paths:
        if os.fspath(path) == "-":
            yield from _standard_input(sys.stdin.buffer if stdin is None else stdin, published)
            continue
        for file in _files(Path(path), None if skip is None else Path(skip)):
            if isinstance(file, Refused):
                yield file
            elif (place := os.path.realpath(file)) not in seen:
                seen.add(place)
                yield from _file(file, _relative(file, root), published)


def count(paths: Iterable[str | os.PathLike[str]], *, skip: str | os.PathLike[str] | None = None) -> int | None:
    """Return how many documents ``documents`` will yield, about; None if that cannot be known (standard input, a broken file)."""
    number = 0
    for path in paths:
        if os.fspath(path) == "-":
            return None
        for file in _files(Path(path), None if skip is None else Path(skip)):
            if isinstance(file, Refused):
                continue
            if not file.name.lower().endswith(_LINES):
                number += 1
                continue
            try:
                with _opened(file) as stream:
                    while block := stream.read(2**20):
                        number += block.count(b"\n")
            except (OSError, EOFError, zlib.error):
                return None
    return number


def _files(path: Path, skip: Path | None) -> Iterator[Path | Refused]:
    """Yield the files of news that a path stands for; a file that is named is taken whatever its suffix."""
    where = str(path)
    if not path.is_dir():
        yield path
        return
    found = False
    closed: list[OSError] = []
    for folder, below, names in os.walk(path, onerror=closed.append):
        here = Path(folder)
        below[:] = sorted(name for name in below if not name.startswith(".") and (skip is None or not _is_same(here / name, skip)))
        for name in sorted(names):
            if name.startswith("."):
                continue
            lower = name.lower()
            if lower.endswith(_LINES + _PAGES):
                found = True
                yield here / name
            elif lower.endswith(_LATER):
                yield Refused(str(here / name), _unreadable_yet(str(here / name)))
    for error in closed:
        yield Refused(str(error.filename), _unread(str(error.filename), error))
    if not found and not closed:
        yield Refused(
            where,
            InputError(
                f"{where}：这个文件夹里没有可读的文件（.txt、.jsonl、.jsonl.gz）。",
                f"{where}: there is no file to read in this folder (.txt, .jsonl, .jsonl.gz).",
            ),
        )


def _file(path: Path, source: str, published: str | None) -> Iterator[Document | Refused]:
    where, lower = str(path), path.name.lower()
    try:
        if lower.endswith(_LATER):
            raise _unreadable_yet(where)
        with _opened(path) as stream:
            if lower.endswith(_LINES):
                for record in records(stream, source, published=published, where=where):
                    yield Refused(where, record) if isinstance(record, InputError) else record
            else:
                yield document(decoded(_whole(stream, where), where), source, published=published, where=where)
    except InputError as error:
        yield Refused(where, error)
    except FileNotFoundError:
        yield Refused(where, InputError(f"{where}：没有这个文件。", f"{where}: there is no such file."))
    except (gzip.BadGzipFile, zlib.error, EOFError):
        yield Refused(where, InputError(f"{where}：gzip 文件损坏或不完整。", f"{where}: the gzip file is damaged or cut off."))
    except OSError as error:
        yield Refused(where, _unread(where, error))


def _standard_input(stream: IO[bytes], published: str | None) -> Iterator[Document | Refused]:
    where = "-"
    try:
        content = _whole(stream, where)
        source = "stdin:" + hashlib.sha256(content).hexdigest()[:16]
        yield document(decoded(content, where), source, published=published, where=where)
    except InputError as error:
        yield Refused(where, error)


def _opened(path: Path) -> IO[bytes]:
    """Open a file of bytes; what is compressed is unpacked, whatever its suffix says of the rest."""
    if path.name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def _whole(stream: IO[bytes], where: str) -> bytes:
    content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise InputError(
            f"{where}：文件超过 64 MB。请拆开，或者改成 JSON 行（.jsonl）。",
            f"{where}: the file is larger than 64 MB. Split it, or make it JSON lines (.jsonl).",
        )
    return content


def _unread(where: str, error: OSError) -> InputError:
    why = error.strerror or str(error)
    return InputError(f"{where}：读不了（{why}）。", f"{where}: cannot be read ({why}).")


def _unreadable_yet(where: str) -> InputError:
    return InputError(
        f"{where}：还不会读这种格式。请先另存为纯文本（.txt，UTF-8）。",
        f"{where}: this format is not read yet. Save it as plain text (.txt, UTF-8) first.",
    )


def _relative(path: Path, root: str | os.PathLike[str]) -> str:
    try:
        relative = os.path.relpath(path, root)
    except ValueError:  # another drive of a Windows machine
        relative = os.path.abspath(path)  # noqa: PTH100  (resolve() would follow links: the user's own name of the file counts)
    return os.fsencode(relative.replace(os.sep, "/")).decode("utf-8", "replace")


def _is_same(path: Path, other: Path) -> bool:
    return os.path.realpath(path) == os.path.realpath(other)
