"""What ``kg.read`` tells of a text: facts as values, and as a table."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

import kg
from kg.errors import KgError
from kg.library.stories import COLUMNS

PAGE = """青岚区召开重点项目推进会
本报讯 5月11日，青岚区召开重点项目推进会。区委书记张建国出席并讲话，区长李秀英主持会议。
张建国强调，要优化营商环境。
"""


@pytest.fixture(scope="module")
def story() -> kg.Story:
    (story,) = kg.read(PAGE, published="2024-05-12", publisher="甲区日报")
    return story


def test_facts_are_values_by_kind(story: kg.Story) -> None:
    assert (story.article.published, story.article.publisher) == ("2024-05-12", "甲区日报")
    assert story.persons == ("张建国", "李秀英")
    assert {(held.person.name, held.post.name) for held in story.posts} >= {("李秀英", "青岚区区长")}
    (meeting,) = story.events
    assert {(role, mention.name) for role, mention in meeting.roles} >= {("chair", "李秀英"), ("speaker", "张建国")}
    assert meeting.when[0].start == "2024-05-11"
    (said,) = story.statements
    assert (said.speaker.name, said.verb, said.text) == ("张建国", "强调", "要优化营商环境。")
    assert story.sentences(said) == ("张建国强调，要优化营商环境。",)
    assert set(story.facts) == {*story.posts, *story.events, *story.statements, *story.indicators, *story.relations}


def test_every_row_of_the_table_has_its_sentence(story: kg.Story) -> None:
    table = story.table()
    assert table.columns == COLUMNS
    assert {row.fact for row in table} >= {"Tenure", "Event", "Statement"}
    for row in table:
        assert row.sentence
        assert story.article.text[row.begin : row.end]
        assert 0 <= row.confidence <= 1
    parts = {(row.relation, row.object, row.date) for row in table if row.fact == "Event"}
    assert ("chair", "李秀英", "2024-05-11") in parts


def test_a_page_of_two_stories_is_one_table() -> None:
    stories = kg.read(PAGE + "\n\n乙县召开防汛会议\n本报讯 5月12日，乙县召开防汛会议。县长王小明主持会议。\n", published="2024-05-12")
    assert len(stories.table()) == sum(len(story.table()) for story in stories)
    assert "王小明" in stories.table().column("object")


def test_a_header_of_the_text_counts_before_the_arguments() -> None:
    (story,) = kg.read(f"published: 2023-01-02\npublisher: 乙报\n\n{PAGE}", published="2024-05-12", publisher="甲区日报")
    assert (story.article.published, story.article.publisher) == ("2023-01-02", "乙报")


@pytest.mark.parametrize("arguments", [{"text": "  "}, {"text": "甲", "published": "昨天"}, {"text": "甲", "tagger": "nobody"}])
def test_what_cannot_be_read_is_told(arguments: dict[str, str]) -> None:
    with pytest.raises(KgError):
        kg.read(**arguments)


def test_the_front_door_is_a_call_whatever_room_of_its_name_was_loaded_before() -> None:
    code = (
        "from kg.read import documents; import kg.read.sources, kg.build.building, kg; "
        "from kg.read import decoded; import pickle; pickle.dumps(kg.read.__module__); "
        "print(callable(kg.read), callable(kg.build), len(kg.read('甲区召开会议。')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "1"]


def test_a_story_keeps_what_the_extractor_read(story: kg.Story) -> None:
    assert story.reading.facts == story.facts
    assert pickle.loads(pickle.dumps(story.reading)) == story.reading
