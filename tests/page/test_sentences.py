"""Where sentences end, and where they only seem to."""

from __future__ import annotations

import pytest

from kg.model import Article, Document
from kg.page import articles, sentences


def _cut(text: str) -> list[str]:
    (article,) = articles(Document("p", f"题目\n\n{text}\n", "p.txt"))
    assert isinstance(article, Article)
    return [sentence.text for sentence in sentences(article)][1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议强调，要抓落实。要抓创新；要抓改革。", ["会议强调，要抓落实。", "要抓创新；要抓改革。"]),
        ("“太方便了！”居民冯启说。", ["“太方便了！”", "居民冯启说。"]),
        ("他说：“要快。要好。”会议由他主持。", ["他说：“要快。", "要好。”", "会议由他主持。"]),
        ("现场响起“加油！”的呼喊声。", ["现场响起“加油！”的呼喊声。"]),
        ("他喊着“冲啊！”，跑向河堤。", ["他喊着“冲啊！”，跑向河堤。"]),
        ("报告《谁来养老？怎么养老？》引起关注。", ["报告《谁来养老？怎么养老？》引起关注。"]),
        ("增长3.5%，达到1.2万元。", ["增长3.5%，达到1.2万元。"]),
        ("真的吗？！他不信。", ["真的吗？！", "他不信。"]),
        ("他说：「要快。」會議結束。", ["他说：「要快。」", "會議結束。"]),
        ("区长出席。（记者 石岚）", ["区长出席。", "（记者 石岚）"]),
        ("（会议由他主持。）区长出席。", ["（会议由他主持。）", "区长出席。"]),
        ("没有句号的一段话，就到这里", ["没有句号的一段话，就到这里"]),
        ("他读《甲区志，没有读完。第二天又读。", ["他读《甲区志，没有读完。", "第二天又读。"]),
    ],
)
def test_a_sentence_ends_with_its_stop_and_the_quotes_that_close_after_it(text: str, expected: list[str]) -> None:
    assert _cut(text) == expected
