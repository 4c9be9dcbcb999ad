"""Whom 他, 她, 其 and 该公司 stand for, in invented stories."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.pronouns import antecedent
from kg.extract.scene import Scene

Meant = Callable[[str, str], str | None]


@pytest.fixture
def meant(scene_of: Callable[[str], Scene]) -> Meant:
    def name(text: str, words: str) -> str | None:
        scene = scene_of(text)
        found = antecedent(scene, scene.text.rindex(words))
        return found.name if found else None

    return name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张建国来到青岚科技园，他详细询问进度。", "张建国"),
        ("张建国来到青岚科技园。他详细询问进度。", "张建国"),
        ("张建国一行来到青岚科技园。他详细询问进度。", "张建国"),
        ("区长张建国与园长王秀兰亲切交谈。他说，孩子是小使者。", "张建国"),
        ("张建国会见卡尔·伯格曼。他表示，合作前景广阔。", "张建国"),
        ("张建国来到现场，李志远陪同。他强调，要实干。", "张建国"),
        ("张建国、李志远来到现场。李志远说，进展顺利。他要求，要抓紧。", "李志远"),
        ("张建国强调，李志远要抓好落实。他要求，要抓紧。", "张建国"),
        ("张建国指出，形势向好。\n他强调，要实干。", "张建国"),
        ("张建国走进居民王秀兰家中。“暖和！”王秀兰说。他要求，要管好炉子。", "张建国"),
        ("受张建国委托，李志远汇报工作。他说，进展顺利。", "李志远"),
        ("会议由张建国主持，李志远讲话。他强调，要实干。", "李志远"),
        ("李志远出席会议。他强调，要实干。", "李志远"),
        ("董事长李志远致信张建国主席，回顾张建国来访的经历。他表示，感谢支持。", "李志远"),
    ],
)
def test_he_is_who_acted_last(text: str, name: str, meant: Meant) -> None:
    assert meant(text, "他") == name


def test_she_is_found_across_paragraphs(meant: Meant) -> None:
    assert meant("王秀兰介绍了情况。\n“好。”她说。", "她") == "王秀兰"


@pytest.mark.parametrize("text", ["张建国来了。他们走了。", "张建国来了。其他人走了。", "青岚区召开会议。他指出，要实干。"])
def test_nobody_is_meant(text: str, meant: Meant) -> None:
    assert meant(text, "他") is None


def test_its_company_is_the_last_one_called_so(meant: Meant) -> None:
    assert meant("蓝海公司今年扩产。该公司负责人介绍情况。", "该公司") == "蓝海公司"


def test_its_bureau_is_not_a_company(meant: Meant) -> None:
    assert meant("青岚区财政局来到蓝海公司。该局负责人介绍情况。", "该局") == "青岚区财政局"


def test_the_last_part_of_a_foreign_name_is_the_person(meant: Meant) -> None:
    assert meant("张建国会见卡尔·伯格曼一行。伯格曼表示感谢。", "伯格曼") == "卡尔·伯格曼"


def test_a_name_stands_for_itself(meant: Meant) -> None:
    assert meant("张建国来到青岚科技园。", "张建国") == "张建国"


def test_a_word_that_is_no_pronoun_stands_for_nobody(meant: Meant) -> None:
    assert meant("张建国来到青岚科技园。", "来到") is None
