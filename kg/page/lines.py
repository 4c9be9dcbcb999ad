"""Cut a page into its printed lines: each without the blanks at its ends, with its place on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BLANKS = (
    " \t\u3000\xa0\xad\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
    "\u202f\u205f\u2060\ufeff\0\x1f"
)
"""What printers and converters leave at the ends of lines: blanks of every width, and marks of no width."""
_BLANKS_AND_ENDS = BLANKS + "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. ``start`` is its place on the page; ``gap``: blank lines stand before it; ``indent``: blanks do."""

    text: str
    start: int
    gap: bool = False
    indent: bool = False

    def cut(self, start: int, end: int) -> Line:
        """Return the part of the line from ``start`` to ``end``, without the blanks at its ends."""
        words = self.text[start:end]
        bare = words.lstrip(BLANKS)
        return Line(bare.rstrip(BLANKS), self.start + start + len(words) - len(bare), self.gap, self.indent)


def lines(page: str) -> Iterator[Line]:
    """Yield the lines of a page that have a character other than a blank.

    >>> [(line.text, line.start) for line in lines("　　甲区召开会议\\n\\n")]
    [('甲区召开会议', 2)]
    """
    start, gap = 0, True
    for printed in page.splitlines(keepends=True):
        bare = printed.lstrip(_BLANKS_AND_ENDS)
        if bare:
            indent = len(printed) - len(bare)
            yield Line(bare.rstrip(_BLANKS_AND_ENDS), start + indent, gap, indent > 0)
            gap = False
        else:
            gap = True
        start += len(printed)
