"""What holds for any text: every character leads back to the page, sentences lose nothing, the same page gives the same articles."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, Document
from kg.page import articles, sentences

_WORDS = [
    "本报讯", "（记者 张三）", "(记者 李四 通讯员 王五)", "5月1日，", "甲区召开会议", "区长赵六出席会议并讲话。", "会议强调，要抓落实",
    "责编：钱七", "02版 要闻 2024年3月5日 星期二", "（下转第二版）", "（上接第一版）", "图为会议现场。 本报记者 孙八 摄", "▲为什么",
    "一、怎么办", "“好！”他说。", "《谁来养老？》", "——甲区侧记", "■总投资3亿元", "新华社北京5月1日电", "记者 周九 通讯员", "吴十 文/图",
    "国内联播快讯", "1.新建学校", "---", "，", "。", "！", "？", "：", "”", "“", "（", "）", "　", " ", "\n", "\n\n", "\r\n", "\r",
    "\x0b", "\u2028", "\x85", "\ufeff", "𠮷", "a", "3.5%", "陈 芳", "来源：甲区融媒", "编辑", "摄", "《", "》",
]  # fmt: skip
_PAGES = st.one_of(st.text(), st.lists(st.sampled_from(_WORDS), max_size=60).map("".join))


def _check(article: Article, page: str, before: int) -> None:
    for place, character in enumerate(article.text):
        if character != "\n":
            assert page[article.raw(place) + before] == character
    assert article.text.endswith("\n") and article.text.strip()
    assert "\r" not in article.text
    assert article.headline.strip()
    assert article.id == hashlib.sha256(f"{article.published or ''}\n{article.text}".encode()).hexdigest()[:16]
    assert [anchor.start for anchor in article.anchors] == sorted({anchor.start for anchor in article.anchors})
    for line in article.text.split("\n")[:-1]:
        assert line == line.strip() != ""
    for span in (*article.headlines, *article.bylines):
        assert span.end <= len(article.text) and "\n" not in span.of(article.text)
    for reporter in article.reporters:
        assert reporter.span.of(article.text) == reporter.text
        assert any(byline.covers(reporter.span) for byline in article.bylines)
    if article.body is not None:
        assert article.body.end == len(article.text)
        assert all(span.end <= article.body.start for span in article.headlines)
    found = list(sentences(article))
    assert "".join(sentence.text for sentence in found) == article.text.replace("\n", "")
    for sentence in found:
        assert sentence.span.of(article.text) == sentence.text
        assert "\n" not in sentence.text
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start


@settings(max_examples=400, deadline=None)
@given(_PAGES)
def test_every_character_of_every_article_leads_back_to_the_page(page: str) -> None:
    found = list(articles(Document("p", page, "p.txt")))
    for article in found:
        _check(article, page, 0)
    if not page.strip():
        assert found == []
    assert found == list(articles(Document("p", page, "p.txt")))


@settings(max_examples=200, deadline=None)
@given(_PAGES, st.text(min_size=1, max_size=20))
def test_a_page_with_a_title_is_at_most_one_article(page: str, title: str) -> None:
    document = Document("p", page, "p.txt", "2024-01-01", title=title)
    words = " ".join(title.split())
    found = list(articles(document))
    if words:
        assert len(found) <= 1
        for article in found:
            assert article.headline == words
    for article in found:
        _check(article, words + "\n" + page, len(words) + 1 if words else 0) if words else _check(article, page, 0)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=60).map("".join))
def test_no_character_of_the_page_stands_in_two_articles(page: str) -> None:
    seen: set[int] = set()
    for article in articles(Document("p", page, "p.txt")):
        for place, character in enumerate(article.text):
            if character != "\n":
                assert article.raw(place) not in seen
                seen.add(article.raw(place))
