"""A story while it is being read: its sentences, the mentions found so far, and the area it speaks from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.gazetteer import Found
from kg.extract.tag import Tagging
from kg.model import Article, Kind, Mention, Sentence, Span
from kg.page import sentences

_PARAGRAPH = re.compile(r"[^\n]+")


class Scene:
    """Everything the rules may look at while they read one story.

    Finders look at the scene and yield mentions, which ``add`` takes in; a mention that crosses an earlier one is
    dropped, so finders run in the order of their certainty. Positions are code points of ``article.text``.
    """

    def __init__(self, article: Article, taggings: Sequence[Tagging] = ()) -> None:
        self.article = article
        self.text = article.text
        self.sentences: tuple[Sentence, ...] = tuple(sentences(article))
        self.body: Span | None = article.body
        self.paragraphs: tuple[Span, ...] = tuple(
            Span(*found.span()) for found in _PARAGRAPH.finditer(self.text) if self.in_body(found.start())
        )
        self.homes: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        self.areas: tuple[Found, ...] = ()
        self.area_aliases: dict[str, str] = {}
        self.area_ends: dict[int, int] = {}
        self.words: list[tuple[int, int, str]] = [
            (sentence.span.start + start, sentence.span.start + end, flag)
            for sentence, tagging in zip(self.sentences, taggings, strict=False)
            for start, end, flag in tagging.words
        ]
        self._word_starts: list[int] = [start for start, _, _ in self.words]
        self._cuts: frozenset[int] = frozenset(self._word_starts)
        self._starts: list[int] = []
        self._mentions: list[Mention] = []

    # ------------------------------------------------------------ the mentions found so far

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return all mentions in reading order; none crosses another."""
        return tuple(self._mentions)

    def add(self, found: Iterable[Mention]) -> None:
        """Take mentions in, except those that overlap a mention already there."""
        for mention in found:
            if self.is_free(mention.span):
                index = bisect_left(self._starts, mention.span.start)
                self._starts.insert(index, mention.span.start)
                self._mentions.insert(index, mention)

    def drop(self, mention: Mention) -> None:
        """Forget a mention (a later finder knows better)."""
        index = self._mentions.index(mention)
        del self._mentions[index], self._starts[index]

    def is_free(self, span: Span) -> bool:
        """Tell whether no mention touches the span."""
        return next(self.within(span, partly=True), None) is None

    def within(self, span: Span, *kinds: Kind, partly: bool = False) -> Iterator[Mention]:
        """Yield the mentions inside ``span`` (with ``partly``: those that share a character), of ``kinds`` if given."""
        index = bisect_left(self._starts, span.start)
        if partly and index and self._mentions[index - 1].span.end > span.start:
            index -= 1
        while index < len(self._mentions) and self._starts[index] < span.end:
            mention = self._mentions[index]
            if (partly or mention.span.end <= span.end) and (not kinds or mention.kind in kinds):
                yield mention
            index += 1

    def starting(self, position: int, *kinds: Kind) -> Mention | None:
        """Return the mention that starts at ``position``."""
        index = bisect_left(self._starts, position)
        if index < len(self._starts) and self._starts[index] == position:
            mention = self._mentions[index]
            return mention if not kinds or mention.kind in kinds else None
        return None

    def ending(self, position: int, *kinds: Kind) -> Mention | None:
        """Return the mention that ends at ``position``."""
        index = bisect_left(self._starts, position)
        if index and self._mentions[index - 1].span.end == position:
            mention = self._mentions[index - 1]
            return mention if not kinds or mention.kind in kinds else None
        return None

    # ------------------------------------------------------------ the words a tagger cut

    def word(self, position: int) -> tuple[int, int, str] | None:
        """Return the tagger's word (start, end, flag) around a position, None where nothing was tagged."""
        index = bisect_right(self._word_starts, position) - 1
        if index >= 0 and self.words[index][1] > position:
            return self.words[index]
        return None

    def is_cut(self, position: int) -> bool:
        """Tell whether the tagger begins a word at ``position`` (always so where nothing was tagged)."""
        return position in self._cuts or self.word(position) is None

    def word_covers(self, start: int, end: int) -> bool:
        """Tell whether one word of the tagger covers the characters from ``start`` to ``end``."""
        word = self.word(start)
        return word is not None and word[1] >= end

    def starts_verb(self, start: int, end: int) -> bool:
        """Tell whether the words from ``start`` to ``end`` are one verb, so that no name stands there (联合 + 公司)."""
        word = self.word(start)
        return word is not None and word[0] == start and word[1] == end and word[2] == "v"

    def is_act(self, position: int) -> bool:
        """Tell whether the tagger sees a verb at ``position``."""
        word = self.word(position)
        return word is not None and word[2] in ("v", "vn")

    def area_at(self, position: int) -> Found | None:
        """Return the area that begins at ``position``, known or seen."""
        index = bisect_left(self.areas, position, key=lambda found: found.start)
        if index < len(self.areas) and self.areas[index].start == position:
            return self.areas[index]
        return None

    # ------------------------------------------------------------ where a position stands

    def in_body(self, position: int) -> bool:
        """Tell whether a position stands in the running text (not in the headline block)."""
        return self.body is not None and self.body.start <= position < self.body.end

    def is_credit(self, position: int) -> bool:
        """Tell whether a position stands in a credit line such as （记者 甲）."""
        return any(span.start <= position < span.end for span in self.article.bylines)

    def paragraph(self, position: int) -> Span | None:
        """Return the paragraph around a position of the running text."""
        return next((span for span in self.paragraphs if span.start <= position < span.end), None)

    def sentence(self, position: int) -> Sentence | None:
        """Return the sentence around a position."""
        index = bisect_left(self.sentences, position + 1, key=lambda s: s.span.start) - 1
        if index >= 0 and self.sentences[index].span.start <= position < self.sentences[index].span.end:
            return self.sentences[index]
        return None

    # ------------------------------------------------------------ making mentions

    def mention(
        self, kind: Kind, start: int, end: int, rule: str, *, name: str | None = None, confidence: float = 0.9
    ) -> Mention:
        """Make a mention of the words from ``start`` to ``end``; ``name`` is their full form if it differs."""
        span = Span(start, end)
        words = span.of(self.text)
        return Mention(kind, words, span, words if name is None else name, rule, confidence)

    # ------------------------------------------------------------ the area the story speaks from

    def full(self, words: str) -> str:
        """Return the full form of words that lean on the story's own area: 区委 → 管城回族区委; unchanged if none is known.

        ``homes`` maps a level (省 市 州 县 区 旗 镇 乡 街道) to the area of that level that the story is about.
        """
        words = self.spelled(words)
        for level, area in self.homes.items():
            if words.startswith(level) and not words.startswith(area):
                return area + words[len(level) :]
            if words.startswith("我" + level) or words.startswith("全" + level):
                return area + words[len(level) + 1 :]
        return words

    def spelled(self, words: str) -> str:
        """Return words whose area is spelled out as the story does elsewhere: 石林县政协 → 石林彝族自治县政协."""
        for alias, name in self.area_aliases.items():
            if words.startswith(alias):
                return name + words[len(alias) :]
        return words
