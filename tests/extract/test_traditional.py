"""A page in traditional characters is read as one in simplified ones, and keeps its own spelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.extract.traditional import fold
from kg.model import Article, Event, Statement, Tenure

if TYPE_CHECKING:
    from kg.extract import RuleExtractor

PAGE = (
    "青嵐區召開重點項目推進會\n\n本報訊（記者 陳小滿）五月六日上午，青嵐區召開重點項目推進會。青嵐區委書記張建國出席並講話，"
    "區委副書記、區長歐陽明主持會議。\n\n張建國強調，要優化營商環境，提升服務效率。\n"
)


@pytest.fixture(scope="module")
def reading(extractor: RuleExtractor, story: Callable[..., Article]):  # type: ignore[no-untyped-def]
    return extractor.reading(story(PAGE, published="2024-05-08"))


def test_simplified_text_is_left_alone(story: Callable[..., Article]) -> None:
    article = story("青岚区召开会议\n\n5月6日，青岚区召开会议。\n")
    assert fold(article).article is article


def test_folding_keeps_every_position(story: Callable[..., Article]) -> None:
    article = story(PAGE)
    folded = fold(article)
    assert len(folded.article.text) == len(article.text)
    assert "青岚区" in folded.article.text
    assert "青嵐區" not in folded.article.text


def test_mentions_are_words_of_the_page_as_it_is_spelled(reading) -> None:  # type: ignore[no-untyped-def]
    for mention in reading.mentions:
        assert mention.span.of(reading.article.text) == mention.text
    assert "歐陽明" in {mention.name for mention in reading.mentions if mention.kind == "Person"}


def test_posts_are_told_in_full_in_the_page_s_own_characters(reading) -> None:  # type: ignore[no-untyped-def]
    held = {(fact.person.name, fact.post.name) for fact in reading.facts if isinstance(fact, Tenure)}
    assert held == {("張建國", "青嵐區委書記"), ("歐陽明", "青嵐區委副書記"), ("歐陽明", "青嵐區區長")}


def test_the_meeting_and_its_date_are_read(reading) -> None:  # type: ignore[no-untyped-def]
    (event,) = [fact for fact in reading.facts if isinstance(fact, Event)]
    assert event.kind == "Meeting"
    assert [when.start for when in event.when] == ["2024-05-06"]
    assert {(role, mention.name) for role, mention in event.roles} >= {("chair", "歐陽明"), ("speaker", "張建國"), ("convener", "青嵐區")}


def test_what_was_said_keeps_its_spelling(reading) -> None:  # type: ignore[no-untyped-def]
    (said,) = [fact for fact in reading.facts if isinstance(fact, Statement)]
    assert (said.speaker.name, said.verb, said.text) == ("張建國", "強調", "要優化營商環境，提升服務效率。")
    assert {task.name for task in said.tasks} == {"優化營商環境", "提升服務效率"}
