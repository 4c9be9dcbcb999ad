"""Traditional characters: an article goes in, the same article in simplified ones comes out, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from kg.model import Article, Mention, Reading, Span

# Characters that only traditional text writes and that hardly a page of it lacks; simplified pages quote one or two.
_MARKS = frozenset("國會區縣書記長這來時個們說學業產發開進點領導議關於為與對經濟東華動務無實際應總體強調爲網頁報聞員場")
_ENOUGH = 12


@cache
def _converter() -> Any:
    import opencc_pyo3

    return opencc_pyo3.OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Folded:
    """An article as the rules read it, and the characters its own text writes otherwise."""

    article: Article
    original: Article
    back: Mapping[str, str]

    def unfold(self, reading: Reading) -> Reading:
        """Return the reading with the article's own spelling in every name and text."""
        if self.article is self.original:
            return reading
        result = _restore(reading, self)
        assert isinstance(result, Reading)
        return replace(result, article=self.original)


def fold(article: Article) -> Folded:
    """Fold traditional characters one by one; a simplified article is left as it is."""
    if _MARKS.isdisjoint(article.text) or sum(1 for character in article.text if character in _MARKS) < min(_ENOUGH, 1 + len(article.text) // 20):
        return Folded(article, article, {})
    simple = "".join(_single(character) for character in article.text)
    back = {new: old for old, new in zip(article.text, simple, strict=True) if old != new}
    same = {old for old, new in zip(article.text, simple, strict=True) if old == new}
    return Folded(
        replace(article, text=simple, headline="".join(map(_single, article.headline))),
        article,
        {new: old for new, old in back.items() if new not in same},
    )


@cache
def _single(character: str) -> str:
    simple = _converter().convert(character)
    return simple if len(simple) == 1 else character


def _restore(value: Any, folded: Folded) -> Any:
    """Rebuild a value of the model with the original spelling."""
    if isinstance(value, Span | Article) or value is None:
        return value
    if isinstance(value, str):
        return "".join(folded.back.get(character, character) for character in value)
    if isinstance(value, tuple):
        return tuple(_restore(item, folded) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {spot.name: _restore(getattr(value, spot.name), folded) for spot in fields(value)
                   if spot.name not in _KEPT}  # fmt: skip
        if isinstance(value, Mention):
            changes["text"] = value.span.of(folded.original.text)
            if value.name == value.span.of(folded.article.text):
                changes["name"] = changes["text"]
        elif hasattr(value, "span") and "text" in changes and len(changes["text"]) == value.span.end - value.span.start:
            changes["text"] = value.span.of(folded.original.text)
        return replace(value, **changes)
    return value


_KEPT = frozenset({"kind", "span", "rule", "confidence", "article", "status", "modality", "polarity", "relation", "start", "end", "headline"})
