"""jieba's part-of-speech tagger: its nr, ns and nt words as names; own tokenizer, silent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version

from kg.extract.tag import Tagging

_FLAGS: Mapping[str, str] = {
    "nr": "PER", "nrfg": "PER", "nrt": "PER", "ns": "LOC", "nt": "ORG",
    "uj": "u", "ul": "u", "uz": "u", "uv": "u", "ud": "u", "ug": "u", "x": "w", "eng": "nz", "df": "d", "rr": "r", "rz": "r",
}  # fmt: skip
"""jieba's part-of-speech flags that LAC writes otherwise."""


class JiebaTagger:
    """Tag with ``jieba.posseg`` over a tokenizer of our own, so that no other user of jieba is touched."""

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
                words.append((position, position + len(word), _FLAGS.get(flag, flag)))
                position += len(word)
            yield Tagging(tuple(words))
