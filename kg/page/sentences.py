"""Cut a story into sentences without losing a character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Article, Sentence, Span

# A stop ends a sentence, with the quotes that close after it. It does not where a title in 《》 goes on, nor where the sentence
# goes on after the closing quote: 现场响起“加油！”的呼喊声。
_SENTENCE = re.compile(
    r"(?:[^\n。！？!?《]++"
    r"|《[^》\n]{0,80}+》"
    r"|《"
    r"|[。！？!?]++[”’」』）)》\"]++(?=[，、；：,;的地等和与及之])"
    r"|[！？!?]++(?=[，、；,;])"
    r")*+"
    r"(?:[。！？!?]++[”’」』）)》\"]*+)*+"
)


def sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences of a story; a closing quote stays with its sentence, a line end closes one."""
    for found in _SENTENCE.finditer(article.text):
        if found.end() > found.start():
            yield Sentence(found.group(), Span(*found.span()))
