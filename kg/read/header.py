"""A text becomes a document: the ``key: value`` lines on top are taken off and understood, the rest is the page."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from datetime import date

from kg.errors import InputError
from kg.model import Document

_KEYS = ("published", "source", "publisher", "url", "title")
_LINE = re.compile(r"([A-Za-z][A-Za-z_-]*)[ \t]*[:：](.*)")
# Controls, halves of surrogate pairs and non-characters: no RDF/XML or UTF-8 file could hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?(?:[T ]\d{1,2}:\d{2}.*)?")


def document(text: str, source: str, *, published: str | None = None, where: str | None = None) -> Document:
    r"""Return the document that ``text`` is, its header taken off.

    ``published`` holds where the header names no date; ``where`` begins the messages (default: ``source``).
    Raises InputError for an empty text and for a wrong date or key in the header, with the line.

    >>> document("published: 2024-03-05\n\n甲区召开会议\n", "a.txt").published
    '2024-03-05'
    >>> document("甲区：敢闯敢干\n\n甲区召开会议\n", "a.txt").text
    '甲区：敢闯敢干\n\n甲区召开会议\n'
    """
    where = source if where is None else where
    values, page = _header(text, where)
    values.setdefault("published", published)
    return made(page, source, values, where)


def made(page: str, source: str, values: Mapping[str, str | None], where: str) -> Document:
    """Return the document of a page and what is known about it (``published``, ``source``, ``publisher``, ``url``, ``title``).

    ``values["source"]`` is what the paper says (a name or an address), not the file. A title that does not stand on the
    page is put on top of it, so that it too can be led back to the page. Raises InputError for an empty page.
    """
    values = {key: value and _UNWRITABLE.sub("\ufffd", value) for key, value in values.items()}
    title = values.get("title")
    if title and next((line.strip() for line in page.split("\n") if line.strip()), "") != title:
        page = f"{title}\n\n{page}"
    page = _UNWRITABLE.sub("\ufffd", page)
    if not page.strip():
        raise InputError(f"{where}：文件里没有文字。", f"{where}: there is no text in it.")
    url, publisher, origin = values.get("url"), values.get("publisher"), values.get("source")
    if origin and _ADDRESS.match(origin):
        url = url or origin
    else:
        publisher = publisher or origin
    return Document(
        id=hashlib.sha256(page.encode("utf-8")).hexdigest()[:16],
        text=page,
        source=source,
        published=values.get("published"),
        publisher=publisher,
        url=url,
        title=title,
    )


def day(words: str, where: str) -> str:
    """Return a date in ISO form (2024-03-05, also from 2024/3/5 or 2024年3月5日); raises InputError for no date.

    >>> day("2024年3月5日", "--published")
    '2024-03-05'
    """
    found = _DAY.fullmatch(words.strip())
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            pass
    raise InputError(f"{where}：“{_short(words)}”不是日期。请写成 2024-03-05。", f"{where}: {_short(words)!r} is no date. Write it as 2024-03-05.")


def _header(text: str, where: str) -> tuple[dict[str, str | None], str]:
    """Return the values of the header and the text after it; a text without a header is returned whole.

    A header begins in the first line and ends before the first empty one. Only lines with a Latin key make one:
    a headline with a colon (甲区：敢闯敢干) is none.
    """
    lines = text.split("\n")
    ended = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    found = [_LINE.fullmatch(line.strip()) for line in lines[:ended]]
    if not found or None in found:
        # Without an empty line after it a header still counts as far as its keys are ours beyond doubt.
        ended = next((number for number, match in enumerate(found) if match is None or match[1].lower() not in _KEYS), 0)
        found = found[:ended]
    keys = [match[1].lower() for match in found if match]
    if not any(key in _KEYS or difflib.get_close_matches(key, _KEYS, 1, 0.75) for key in keys):
        return {}, text
    values: dict[str, str | None] = {}
    for number, match in enumerate(found, 1):
        assert match is not None
        key, value = match[1].lower(), match[2].strip()
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1, 0.75)
            if near:
                raise InputError(f"{where}:{number}：不认识“{key}”。是不是“{near[0]}”？", f"{where}:{number}: unknown key {key!r}. Did you mean {near[0]!r}?")
            continue
        if key in values:
            raise InputError(f"{where}:{number}：“{key}”写了两次。请留一行。", f"{where}:{number}: {key!r} stands twice. Keep one line.")
        if value:
            values[key] = day(value, f"{where}:{number}") if key == "published" else " ".join(value.split())
    return values, "\n".join(lines[ended + (ended < len(lines) and not lines[ended].strip()) :])


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 30 else flat[:30] + "…"
