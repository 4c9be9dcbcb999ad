"""Policies are told from slogans, nicknames and other things in quotes."""

from __future__ import annotations

import pytest

from kg.extract.policies import policies
from kg.extract.scene import Scene
from kg.model import Anchor, Article, Span


def scene(text: str) -> Scene:
    text += "\n"
    return Scene(Article("invented", "", text, (), Span(0, len(text)), (), (), None, (Anchor(0, 0),), "invented.txt"))


def names(text: str) -> list[str]:
    """Return the names of the policies of a text, each once."""
    return list(dict.fromkeys(mention.name for mention in policies(scene(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以“千户联百企”活动为引领", ["“千户联百企”活动"]),
        ("落实“一网一格”包联机制，帮助企业", ["“一网一格”包联机制"]),
        ("深入开展“五清”专项行动，确保", ["“五清”专项行动"]),
        ("依托“邻里合伙人”机制，把关爱", ["“邻里合伙人”机制"]),
        ("全面推行“段长制”，提升", ["“段长制”"]),
        ("深化“清廉青溪”建设，做实", ["“清廉青溪”建设"]),
        ("打造“10分钟便民生活圈”。", ["“10分钟便民生活圈”"]),
        ("要用好“三老连心法”，让老党员", ["“三老连心法”"]),
        ("推进文明创建“五大行动”，让文明", ["“五大行动”"]),
        ("严格落实“四不放过”要求", ["“四不放过”"]),
    ],
)
def test_a_quoted_word_is_a_policy_by_its_head_or_its_verb(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "当好企业的“店小二”。",
        "让铁规“长牙”、禁令带电。",
        "让文物“活”起来。",
        "变“输血”为“造血”。",
        "走进“石榴籽”幼儿园。",
        "在“小哥驿站”休息。",
        "“去年说装，今年就装上了。”温玉兰说。",
        "与其“观沧海”系列茶具近似",
        "荣获“青溪工匠”称号",
        "多当「牵线人」，把好项目带回",
        "以“青春与梦想”为主题，会议",
        "开展“利剑”军事演习",
        "“甲区马拉松”活动今天在青溪启动",
    ],
)
def test_nicknames_speech_and_themes_are_no_policies(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推动高质量发展", ["高质量发展"]),
        ("高质量共建“一带一路”合作", ["“一带一路”"]),
        ("共建一带一路合作", ["“一带一路”"]),
        ("坚定恪守一个中国原则", ["一个中国原则"]),
        ("践行新时代“枫桥经验”", ["新时代“枫桥经验”"]),
        ("落实长江“十年禁渔”", ["长江“十年禁渔”"]),
        ("“三个代表”重要思想", ["“三个代表”重要思想"]),
        ("深入学习二十大精神", ["党的二十大精神"]),
        ("国家“十五五”规划", ["“十五五”规划"]),
        ("构建中甲命运共同体", ["中甲命运共同体"]),
        ("五通客运码头", []),
    ],
)
def test_what_everybody_knows_has_one_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_congress_and_plenums_of_a_list_are_named_apart() -> None:
    assert names("学习党的二十大和二十届二中、三中全会精神") == ["党的二十大精神", "党的二十届二中全会精神", "党的二十届三中全会精神"]


def test_the_plenum_of_the_story_is_meant_by_the_plenum() -> None:
    found = [(m.text, m.name) for m in policies(scene("把党的二十届三中全会精神送到身边，推动全会精神入脑入心"))]
    assert found[-1] == ("全会精神", "党的二十届三中全会精神")


def test_the_plenum_of_no_story_is_nothing() -> None:
    assert names("推动全会精神入脑入心") == []


def test_all_forms_of_a_policy_share_the_fullest_name() -> None:
    assert names("召开“五比拼”考评会，通报“五比拼”考核情况，全面落实“五比拼”考核机制，用好五比拼") == ["“五比拼”考核机制"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年，茶业振兴行动扎实推进", ["茶业振兴行动"]),
        ("实施燃气安全专项行动，排查隐患", ["燃气安全专项行动"]),
        ("实施发展战略，推动", []),
        ("开展这项专项行动。", []),
        ("军事行动仍在继续", []),
    ],
)
def test_an_unquoted_campaign_follows_a_verb_of_use(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_an_area_inside_the_name_of_a_policy_is_dropped() -> None:
    story = scene("恪守一个中国原则")
    story.add([story.mention("Area", 4, 6, "test")])
    story.add(policies(story))
    assert [(mention.kind, mention.text) for mention in story.mentions] == [("Policy", "一个中国原则")]


def test_a_policy_inside_a_title_stays_in_the_title() -> None:
    story = scene("印发《推动高质量发展的意见》")
    story.add([story.mention("Document", 2, 14, "test")])
    story.add(policies(story))
    assert [mention.kind for mention in story.mentions] == ["Document"]


def test_a_known_policy_is_found_with_and_without_its_quotes() -> None:
    assert names("支持高质量共建“一带一路”的八项行动，推进“东数西算”工程") == ["“一带一路”", "“东数西算”工程"]
    assert names("学好千万工程经验") == ["“千万工程”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深入开展创新型企业赋能行动，推动发展", ["创新型企业赋能行动"]),
        ("实施数字城市建设行动，深化改革", ["数字城市建设行动"]),
        ("开展大规模救援行动，搜寻失踪人员", []),
        ("开展边防一系列重大行动，维护主权", []),
    ],
)
def test_a_campaign_begins_after_the_verb_that_starts_it(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展履职“服务为民”活动。", ["“服务为民”活动"]),
        ("开展了“千人下乡”农技服务行动。", ["“千人下乡”农技服务行动"]),
        ("树牢“实干为先”理念", ["“实干为先”理念"]),
        ("落实县委“2468”工作思路", ["“2468”工作思路"]),
        ("实施好“青溪云岭合作区”等项目", []),
        ("整治“面子工程”", []),
    ],
)
def test_a_quoted_campaign_takes_its_whole_head(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_the_spirits_of_several_plenums_are_several() -> None:
    assert names("深入贯彻党的二十大和二十届二中、三中全会精神") == ["党的二十大精神", "党的二十届二中全会精神", "党的二十届三中全会精神"]
