"""Bytes become text: byte order mark, then strict UTF-8, then GB18030; what is no text is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata

from kg.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, DOCX"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_UNUSUAL = re.compile(r"[^\t-\r -~·‘-”…—、-〗一-龥！-～]")  # all but what Chinese text is mostly made of
_SAMPLE = 20_000  # characters looked at to tell text from noise
_NOISE = 0.05  # share of control, private and unassigned characters that no news page has


def decoded(content: bytes, where: str) -> str:
    r"""Return the text of ``content``, its line ends turned into line feeds.

    Raises InputError, which begins with ``where``, for what is no text.

    >>> decoded("甲区\r\n".encode("gb18030"), "a.txt")
    '甲区\n'
    """
    for magic, format in _FORMATS:
        if content.startswith(magic):
            raise InputError(
                f"{where}：这是 {format} 文件，不是文本。请先另存为纯文本（UTF-8）。",
                f"{where}: this is a {format} file, not text. Save it as plain text (UTF-8) first.",
            )
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _strictly(content[len(mark) :], encoding)
            break
    else:
        text = _strictly(content, "utf-8")
        if text is None:
            text = _strictly(content, "gb18030")
    if text is None or "\0" in text or _is_noise(text):
        raise InputError(
            f"{where}：这不是文本文件（既不是 UTF-8，也不是 GB18030）。请先另存为纯文本。",
            f"{where}: this is no text (neither UTF-8 nor GB18030). Save it as plain text first.",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_noise(text: str) -> bool:
    """Tell whether a text holds more odd characters than a printed page would."""
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") for c in _UNUSUAL.findall(sample))
    return odd > _NOISE * len(sample)
