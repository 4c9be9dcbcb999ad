"""jieba in Rust (rjieba): cuts like jieba sixteen times as fast; for the sentences in which no name is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version

import rjieba

from kg.extract.tag import FLAGS, MAYBE, Tagging


class JiebaRsTagger:
    """Cut and tag with jieba's dictionary in Rust; it is sure of no person, since that dictionary knows too many."""

    is_slow = False

    def __init__(self) -> None:
        self._jieba = rjieba.Jieba()
        self.name = f"rjieba@{version('rjieba')}"

    def tags(self, sentences: Sequence[str]) -> Iterator[Tagging]:
        """Yield what stands in each sentence."""
        for sentence in sentences:
            words: list[tuple[int, int, str]] = []
            position = 0
            for word, flag in self._jieba.tag(sentence):
                end = position + len(word)
                flag = FLAGS.get(flag, flag)
                words.append((position, end, MAYBE if flag == "PER" else flag))
                position = end
            yield Tagging(tuple(words))
