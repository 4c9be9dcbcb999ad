"""Cut a page into its printed lines: each without the blanks at its ends, with its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_BLANKS = " \t\u3000\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\ufeff\x00\x1f"


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. ``start`` is its place on the page; ``gap`` tells that blank lines stand before it."""

    text: str
    start: int
    gap: bool

    def cut(self, start: int, end: int) -> Line:
        """Return the part of the line from ``start`` to ``end``, without the blanks at its ends."""
        words = self.text[start:end]
        bare = words.lstrip(_BLANKS)
        return Line(bare.rstrip(_BLANKS), self.start + start + len(words) - len(bare), self.gap)


def lines(page: str) -> Iterator[Line]:
    """Yield the lines of a page that have a character other than a blank.

    >>> [(line.text, line.start) for line in lines("　　甲区召开会议\\n\\n")]
    [('甲区召开会议', 2)]
    """
    last = 0
    for found in _LINE.finditer(page):
        start, words = found.start(), found.group()
        bare = words.lstrip(_BLANKS)
        if not bare:
            continue
        start += len(words) - len(bare)
        between = page.count("\n", last, start) or page.count("\r", last, start)
        yield Line(bare.rstrip(_BLANKS), start, between != 1)
        last = found.end()
