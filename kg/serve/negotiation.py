"""Choose what to send: an Accept header and what there is come in, the best of it goes out.

Source: RFC 9110, section 12.5.1 (https://www.rfc-editor.org/rfc/rfc9110#name-accept).
"""

from __future__ import annotations

from collections.abc import Iterable


def accepted(accept: str | None) -> list[tuple[str, float]]:
    """Return the ranges of an Accept header with their weights; what cannot be read is left out, no header accepts everything.

    >>> accepted("text/turtle;q=0.5, */*;q=0.1")
    [('text/turtle', 0.5), ('*/*', 0.1)]
    """
    ranges: list[tuple[str, float]] = []
    for part in ("*/*" if accept is None or not accept.strip() else accept).split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        if media.count("/") == 1:
            ranges.append((media.lower(), weight if weight == weight else 0.0))
    return ranges


def chosen(accept: str | None, offered: Iterable[str]) -> str | None:
    """Return the most wanted of what is offered, the first of equals; None if nothing of it is acceptable.

    >>> chosen("text/*;q=0.3, text/csv", ("text/turtle", "text/csv"))
    'text/csv'
    >>> chosen("image/png", ("text/turtle",))
    """
    ranges = accepted(accept)
    best, most = None, 0.0
    for media in offered:
        weight, narrowness = 0.0, -1
        for wanted, given in ranges:
            rank = 2 if wanted == media else 1 if wanted == media.partition("/")[0] + "/*" else 0 if wanted == "*/*" else -1
            if rank > narrowness:
                weight, narrowness = given, rank
        if weight > most:
            best, most = media, weight
    return best


def language(accept: str | None, asked: str | None) -> str:
    """Return ``en`` if that is asked for or preferred to Chinese, else ``zh``."""
    if asked in ("zh", "en"):
        return asked
    tags = [(tag.strip().lower(), given) for tag, given in accepted_words(accept)]
    english = max((given for tag, given in tags if tag.split("-")[0] == "en"), default=0.0)
    chinese = max((given for tag, given in tags if tag.split("-")[0] == "zh"), default=0.0)
    return "en" if english > chinese else "zh"


def accepted_words(header: str | None) -> list[tuple[str, float]]:
    """Return the words of a weighted header such as Accept-Language with their weights."""
    return [(media.partition("/")[0], weight) for media, weight in accepted(",".join(_ranged(part) for part in (header or "").split(",") if part.strip()))]


def _ranged(part: str) -> str:
    word, sign, rest = part.partition(";")
    return f"{word.strip()}/*{sign}{rest}"
