"""Cut a story into sentences without losing a character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Article, Sentence, Span

_SENTENCE = re.compile(r"[^\n。！？!?]+(?:[。！？!?]+[”’」』）)]*|(?=\n)|\Z)|[。！？!?]+[”’」』）)]*")


def sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of a story; a closing quote stays with its sentence, a line end closes one."""
    for found in _SENTENCE.finditer(article.text):
        yield Sentence(found.group(), Span(*found.span()))
