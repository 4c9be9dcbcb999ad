"""Where a fact stands: a stretch of an article comes in, the sentence around it comes out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kg.model import Article
from kg.page import sentences


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an article that a fact was read from, and the sentence they stand in.

    ``begin``..``end`` count code points of the article's text; both are 0, and ``words`` empty, where only the article is known.
    """

    sentence: str
    words: str
    begin: int
    end: int
    article: str
    headline: str
    published: str


class Cut:
    """A text cut into its sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        article = Article("", "", text, (), None, (), (), None, (), "")
        self._parts = tuple((sentence.span.start, sentence.text) for sentence in sentences(article))
        self._starts = [start for start, _ in self._parts]

    def around(self, begin: int, end: int) -> str:
        """Return the sentence, or sentences, in which a stretch stands.

        >>> Cut("甲区召开会议。张三出席。会议闭幕。").around(7, 9)
        '张三出席。'
        """
        first = max(0, bisect_right(self._starts, begin) - 1)
        return "".join(text for start, text in self._parts[first:] if start < end).strip()

    def naming(self, one: str, other: str) -> tuple[int, int, str] | None:
        """Return the first sentence that holds both words, with its place.

        >>> Cut("甲区召开会议。张三出席。").naming("甲区", "会议")
        (0, 7, '甲区召开会议。')
        """
        for start, text in self._parts:
            if one in text and other in text:
                return start, start + len(text), text.strip()
        return None
