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


def person_iri(name: str, area: str | None, post: str | None = None) -> str:
    """Return the IRI of a person of an area; ``post`` tells the person from a namesake there.

    >>> person_iri("李伟", "青岚区"), person_iri("李伟", "青岚区", "青岚区教育局局长")
    ('person/青岚区/李伟', 'person/青岚区/李伟-教育局局长')
    """
    last = segment(bare(name)) + (f"-{segment(post.removeprefix(area or '') or post)}" if post else "")
    return f"person/{segment(area)}/{last}" if area else f"person/{last}"
