"""Other forms of the names of organs: 区发展和改革局 is also called 区发改局; they help to find a thing, they do not rename it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.lexicon import rows

_SAME = "same-as:"


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """Return the long and the short form of each organ, the longest first."""
    pairs = [(row.surface, row.relation.removeprefix(_SAME)) for row in rows("synonyms") if row.relation.startswith(_SAME)]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def other_forms(name: str) -> Iterator[str]:
    """Yield the other forms of a body's or a post's name.

    >>> list(other_forms("青岚区法院院长")), list(other_forms("青岚区发展和改革局"))
    (['青岚区人民法院院长'], ['青岚区发改局'])
    """
    for long, short in _pairs():
        if long in name:
            yield name.replace(long, short, 1)
            return
    for long, short in _pairs():
        if short in name and long not in name:
            yield name.replace(short, long, 1)
            return
