"""Names of things become IRIs: a name goes in, a path segment that every RDF tool reads comes out."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_MOST = 80
_QUOTES = re.compile(r"[\s“”‘’「」『』\"'《》〈〉]")


def segment(name: str) -> str:
    """Return a name as a segment of an IRI: letters and digits plain, everything else percent-encoded.

    >>> segment("“链长制”")
    '%E2%80%9C链长制%E2%80%9D'
    >>> segment("A.B.")
    'A%2EB%2E'
    """
    folded = unicodedata.normalize("NFC", name)[:_MOST]
    return "".join(character if character.isalnum() or character in "-_" else _percent(character) for character in folded)


def _percent(character: str) -> str:
    if character == ".":
        return "%2E"
    if character == "~":
        return "%7E"
    return quote(character, safe="", encoding="utf-8", errors="replace")


def bare(name: str) -> str:
    """Return a name without quotes, brackets of titles and spaces, so that spellings of one name are one."""
    return _QUOTES.sub("", name) or name
