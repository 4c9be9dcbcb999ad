"""jieba in Rust (rjieba): cuts like jieba sixteen times as fast; for the sentences in which no name is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import accumulate

import rjieba

from kg.extract.tag import FLAGS, MAYBE, Tagging

_FLAGS = {flag: MAYBE if told == "PER" else told for flag, told in FLAGS.items()}


class JiebaRsTagger:
    """Cut and tag with jieba's dictionary in Rust; it is sure of no person, since that dictionary knows too many."""

    is_slow = False

    def __init__(self) -> None:
        self._jieba = rjieba.Jieba()
        self.name = f"rjieba@{version('rjieba')}"

    def tags(self, sentences: Sequence[str]) -> Iterator[Tagging]:
        """Yield what stands in each sentence."""
        for sentence in sentences:
            tagged = self._jieba.tag(sentence)
            ends = list(accumulate([len(word) for word, _ in tagged]))
            yield Tagging(tuple(zip((0, *ends), ends, [_FLAGS.get(flag, flag) for _, flag in tagged], strict=False)))
