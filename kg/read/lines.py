"""JSON lines become documents, one at a time: the file is never held in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from kg.errors import InputError
from kg.model import Document
from kg.read.decoding import decoded
from kg.read.header import day, made

_LONGEST = 16 * 2**20  # bytes of one line; a longer one is no news item, and would fill the memory


def records(stream: IO[bytes], source: str, *, published: str | None, where: str) -> Iterator[Document | InputError]:
    """Yield the document of each line, or the reason why it is none; empty lines are passed over.

    A line is an object with ``text`` (which may be empty where there is a title) and, if known, ``title``,
    ``published``, ``publisher`` (or ``source``), ``url``.
    """
    number = 0
    while line := stream.readline(_LONGEST + 1):
        number += 1
        place = f"{where}:{number}"
        if len(line) > _LONGEST:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LONGEST)
            yield InputError(f"{place}：这一行超过 16 MB。请拆开。", f"{place}: this line is longer than 16 MB. Split it.")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            try:
                yield _record(line, f"{source}#{number}", published, place)
            except InputError as error:
                yield error


def _record(line: bytes, source: str, published: str | None, where: str) -> Document:
    try:
        value = json.loads(decoded(line, where))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise InputError(
            f'{where}：这一行不是 JSON 对象。应为 {{"title": …, "published": …, "text": …}}。',
            f'{where}: this line is no JSON object. Expected {{"title": …, "published": …, "text": …}}.',
        )
    values = {key: _words(value, key, where) for key in ("title", "published", "publisher", "source", "url")}
    text = value.get("text")
    if not isinstance(text, str):
        raise InputError(f"{where}：缺少“text”，或者它不是字符串。", f'{where}: "text" is missing or no string.')
    told = values["published"]
    values["published"] = published if told is None else day(told, where)
    return made(text.replace("\r\n", "\n").replace("\r", "\n"), source, values, where)


def _words(value: dict[str, object], key: str, where: str) -> str | None:
    words = value.get(key)
    if words is not None and not isinstance(words, str):
        raise InputError(f"{where}：“{key}”应为字符串。", f"{where}: {key!r} must be a string.")
    return " ".join(words.split()) or None if words else None
