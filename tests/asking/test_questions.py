from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pytest

from kg.asking import NotUnderstood, Understood, understood
from kg.asking.days import days
from kg.graph import ask, select

if TYPE_CHECKING:
    from kg.graph import Store

Ask = Callable[[str], tuple[Understood, ...]]


@pytest.fixture(scope="module")
def meant(invented: Store) -> Ask:
    return lambda text: understood(text, lambda sparql: select(invented, sparql))


@pytest.mark.parametrize(
    ("text", "column", "cells"),
    [
        ("秦望川视察了哪些项目？", "target", {"望岚产业园", "江堤除险加固工程"}),
        ("请问2023年11月谁是青岚区区长", "person", {"陆明漪"}),
        ("有几个李伟", "person", {"李伟"}),
        ("历任青岚区区长是谁", "person", {"沈知远", "陆明漪"}),
        ("林晚舟写过哪些报道", "headline", {"青岚区委书记沈知远调研优化营商环境工作"}),
    ],
)
def test_a_plain_question_gets_the_rows_of_the_saved_one(text: str, column: str, cells: set[str], meant: Ask, invented: Store) -> None:
    (one,) = meant(text)
    answer = ask(invented, one.question, dict(one.values))
    assert {row[answer.columns.index(column)] for row in answer.rows} >= cells


def test_a_meeting_is_known_by_the_body_that_held_it(meant: Ask, invented: Store) -> None:
    (one,) = meant("青岚区委常委会会议强调了什么")
    answer = ask(invented, one.question, dict(one.values))
    assert {row[answer.columns.index("headline")] for row in answer.rows} == {"青岚区委召开常委会会议 研究乡村振兴工作"}


def test_marks_spaces_and_courtesies_change_nothing(meant: Ask) -> None:
    assert meant(" 请问， 秦望川 视察了 哪些项目 ？？".replace("，", "")) == meant("秦望川视察了哪些项目")


def test_this_year_is_the_year_of_the_newest_report(meant: Ask) -> None:
    (one,) = meant("沈知远去年去过哪里")
    assert dict(one.values) == {"name": "沈知远", "since": "2023-01-01", "until": "2023-12-31"}
    assert [(span.since, span.until) for span in days("去年3月", "2020-05-01")] == [("2019-03", "2019-03")]


@pytest.mark.parametrize("text", ["2月30日", "2023年13月", "三百年"])
def test_what_no_calendar_has_is_no_time(text: str) -> None:
    assert [span for span in days(text, "2024-12-18") if text == text[span.start : span.end]] == []


def test_without_a_dated_report_no_time_leans_on_one() -> None:
    assert list(days("今年上半年", "")) == []


def test_a_name_that_is_not_there_is_named_with_the_nearest(meant: Ask) -> None:
    with pytest.raises(NotUnderstood, match=r"图谱里没有“沈知园”（人物）。是不是：.*沈知远"):
        meant("沈知园担任过哪些职务")


def test_a_form_that_is_not_known_shows_the_nearest_forms(meant: Ask) -> None:
    with pytest.raises(NotUnderstood, match=r"没有看懂“秦望川喜欢吃什么”。可以这样问：.+；.+；.+") as raised:
        meant("秦望川喜欢吃什么")
    assert "is not understood" in raised.value.english


def test_a_span_that_a_question_cannot_take_is_said(meant: Ask) -> None:
    with pytest.raises(NotUnderstood, match="“stressed”这个问题不能限于这样一段时间"):
        meant("上半年四挂钩在哪些会议上强调过")


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "？？", "啊" * 10_000, '秦望川" } # 视察了哪些项目', "\\u0022 UNION { ?s ?p ?o }", "🙂🙂🙂是谁",
        "{name:Person}视察了哪些项目", "\ud800是谁", "\x00\x1b[31m",
    ],
)  # fmt: skip
def test_rubbish_is_not_understood_in_one_line(text: str, meant: Ask) -> None:
    with pytest.raises(NotUnderstood) as raised:
        meant(text)
    assert "\n" not in str(raised.value) and "\n" not in raised.value.english


def test_a_name_with_quotes_in_it_reaches_the_store_as_a_name() -> None:
    asked: list[str] = []

    def none(sparql: str) -> Iterable[tuple[str | None, ...]]:
        asked.append(sparql)
        return ()

    with pytest.raises(NotUnderstood):
        understood('甲"}#乙担任过哪些职务', none)
    assert any('"甲\\"}#乙"@zh' in sparql for sparql in asked)
