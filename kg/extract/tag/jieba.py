"""jieba's part-of-speech tagger: its nr, ns and nt words as names; own tokenizer, silent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from kg.extract.tag import FLAGS, Tagging


class JiebaTagger:
    """Tag with ``jieba.posseg`` over a tokenizer of our own, so that no other user of jieba is touched."""

    is_slow = True

    def __init__(self) -> None:
        import jieba
        import jieba.posseg

        jieba.setLogLevel(logging.ERROR)  # jieba sets its logger to DEBUG on import and prints while it loads
        self._tokenizer = jieba.posseg.POSTokenizer(jieba.Tokenizer())
        self._tokenizer.initialize()
        self.name = f"jieba@{version('jieba')}"

    def tags(self, sentences: Sequence[str]) -> Iterator[Tagging]:
        """Yield what stands in each sentence."""
        for sentence in sentences:
            words: list[tuple[int, int, str]] = []
            position = 0
            for word, flag in self._tokenizer.cut(sentence):
                words.append((position, position + len(word), FLAGS.get(flag, flag)))
                position += len(word)
            yield Tagging(tuple(words))
