"""Texts are found with and without 《》, and short forms stand for the full title."""

from __future__ import annotations

import pytest

from kg.extract.documents import documents
from kg.extract.scene import Scene
from kg.model import Anchor, Article, Span


def read(text: str) -> list[tuple[str, str]]:
    """Return the words and the full name of every document of a text."""
    text += "\n"
    scene = Scene(Article("invented", "", text, (), Span(0, len(text)), (), (), None, (Anchor(0, 0),), "invented.txt"))
    return [(mention.text, mention.name) for mention in documents(scene)]


def names(text: str) -> list[str]:
    """Return the full names, each once."""
    return list(dict.fromkeys(name for _, name in read(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲区印发《甲区工业奖补办法(试行)》。", ["甲区工业奖补办法(试行)"]),
        ("会议通过《青溪河条例（草案）》和《云阳湖规划》。", ["青溪河条例（草案）", "云阳湖规划"]),
        ("双方签订《〈甲乙公约〉第二议定书》。", ["〈甲乙公约〉第二议定书"]),
        ("审议《〈《防止污染公约》议定书〉修正案》。", ["〈《防止污染公约》议定书〉修正案"]),
        ("作题为《持之以恒 护航发展》的报告。", ["持之以恒 护航发展"]),
        ("话剧《青溪往事》上演。", ["青溪往事"]),
    ],
)
def test_a_title_in_brackets_is_a_document_without_its_brackets(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", ["据《甲市日报》报道。", "《青溪晚报》记者来访。", "在《求是》杂志发表文章。", "接受《每日讯报》采访。"])
def test_a_newspaper_is_no_document(text: str) -> None:
    assert read(text) == []


def test_a_report_that_ends_like_a_newspaper_is_a_document() -> None:
    assert names("市水利局发布《青溪河水质公报》。") == ["青溪河水质公报"]


def test_a_bracket_that_is_never_closed_names_nothing() -> None:
    assert read("甲区印发《若干措施，自即日起施行。") == []


@pytest.mark.parametrize(
    "text",
    [
        "印发《甲区支持制造业若干措施(试行)》(以下简称《若干措施》)。《若干措施》共20条。",
        "印发《甲区支持制造业若干措施(试行)》（以下简称“若干措施”）。“若干措施”共20条。",
        "印发《甲区支持制造业若干措施(试行)》。《若干措施》共20条。",
        "《若干措施》共20条。这是《甲区支持制造业若干措施(试行)》的要求。",
    ],
)
def test_a_short_form_stands_for_the_full_title(text: str) -> None:
    assert names(text) == ["甲区支持制造业若干措施(试行)"]


def test_a_short_form_keeps_its_own_words() -> None:
    assert read("《甲河保护条例》（以下简称《条例》）施行。《条例》规定")[-1] == ("《条例》", "甲河保护条例")


def test_a_draft_and_the_law_are_one_text() -> None:
    assert names("审议《海上交通法（修订草案）》。《海上交通法》施行多年。") == ["海上交通法（修订草案）"]


def test_a_short_form_without_a_full_title_stands_for_itself() -> None:
    assert names("《意见》提出十条举措。") == ["意见"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议审议了学前照护法草案。", ["学前照护法草案"]),
        ("关于渔港法修订草案修改情况的汇报", ["渔港法修订草案"]),
        ("关于提请审议对外投资法修正案草案、茶业法草案、渔业法草案的3个议案", ["对外投资法修正案草案", "茶业法草案", "渔业法草案"]),
        ("听取了关于风险应对管理法草案修改情况的汇报", ["风险应对管理法草案"]),
        ("审议渔港修正草案不成文", []),
        ("关于提请审议关于召开一次会议的决定草案的议案", ["关于召开一次会议的决定草案"]),
        ("审议了关于批准该议案的决议草案代拟稿", ["关于批准该议案的决议草案代拟稿"]),
        ("将该条例草案提请审议", []),
    ],
)
def test_a_draft_is_named_without_brackets(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_report_on_a_draft_names_both() -> None:
    assert names("张建国作的关于渔港法草案审议结果的报告") == ["渔港法草案", "关于渔港法草案审议结果的报告"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("听取了关于个别代表的代表资格的报告。", ["关于个别代表的代表资格的报告"]),
        ("表决通过关于召开区人大五次会议的决定。", ["关于召开区人大五次会议的决定"]),
        ("会议研究推动茶业发展的若干意见，部署工作。", ["推动茶业发展的若干意见"]),
        ("大家纷纷谈到关于生活的意见。", []),
        ("会议经表决，通过了渔港法、修订后的茶业法。", ["渔港法", "茶业法"]),
        ("会议通过了这个办法。", []),
        ("学习政府工作报告和民法典。", ["政府工作报告", "民法典"]),
    ],
)
def test_reports_decisions_and_laws_are_named_without_brackets(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_an_empty_story_names_no_document() -> None:
    assert read("") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岚区出台了犬类管理实施细则，建立机制。", ["犬类管理实施细则"]),
        ("近日发布云阳片区“青岚粮仓”核心区建设专项规划，提出行动。", ["云阳片区“青岚粮仓”核心区建设专项规划"]),
        ("青岚区出台一系列管理办法，鼓励创新。", []),
        ("青岚区出台相关实施方案。", []),
        ("推动中瓦自由贸易协定顺利实施。", ["中瓦自由贸易协定"]),
        ("双方签署中瓦关于建立绿色伙伴关系的联合声明。", ["中瓦关于建立绿色伙伴关系的联合声明"]),
        ("中方发表联合声明。", []),
        ("向商户发放民法典和消费者权益保护法宣传手册。", ["民法典", "消费者权益保护法"]),
        ("青岚土石方有限公司法定代表人到场。", []),
        ("完善外商投资法律制度。", []),
    ],
)
def test_what_is_issued_and_treaties_and_laws_are_named(text: str, expected: list[str]) -> None:
    assert names(text) == expected
