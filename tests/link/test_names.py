"""Spellings of one name have one normal form; names that only look alike keep their own."""

from __future__ import annotations

import pytest

from kg.link import names

BODIES = [
    {"青岚区委", "中共青岚区委", "中共青岚区委员会", "中国共产党青岚区委员会", "青岚区委员会", "云州市青岚区委", "海云省云州市青岚区委"},
    {"管城回族区委", "郑州市管城回族区委", "河南省郑州市管城回族区委", "中共管城回族区委"},
    {"青岚区发展和改革局", "青岚区发改局", "云州市青岚区发改局"},
    {"青岚区政府", "青岚区人民政府", "云州市青岚区人民政府"},
    {"青岚区人民法院", "青岚区法院"},
    {"青岚区纪委", "青岚区纪律检查委员会", "中共青岚区纪律检查委员会"},
    {"青岚区人大常委会", "青岚区人民代表大会常务委员会"},
    {"青岚区政协", "政协青岚区委员会", "中国人民政治协商会议青岚区委员会", "中国人民政治协商会议云州市青岚区委员会"},
    {"青岚区团委", "共青团青岚区委", "共青团青岚区委员会"},
    {"青岚区卫生健康委员会", "青岚区卫健委", "青岚区卫生健康委"},
    {"青溪镇党委", "中共青溪镇委员会", "青溪镇委"},
    {"青石街道党工委", "青石街道工委", "中共青石街道工作委员会"},
    {"内蒙古自治区党委", "中共内蒙古自治区委员会"},
    {"全国妇联", "中华全国妇女联合会"},
    {"国家发展和改革委员会", "国家发改委", "国家发展改革委"},
    {"最高人民法院", "最高法"},
    {"东湖开发区管委会", "东湖开发区管理委员会"},
    {"石榴籽幼儿园", "“石榴籽”幼儿园"},
]
POSTS = [
    {"青岚区委书记", "中共青岚区委书记", "青岚区委员会书记", "中共云州市青岚区委员会书记"},
    {"青岚区区长", "青岚区政府区长", "青岚区人民政府区长", "云州市青岚区区长"},
    {"青岚区副区长", "青岚区人民政府副区长"},
    {"青岚区委宣传部部长", "青岚区委宣传部长", "中共青岚区委宣传部部长"},
    {"青岚区人民法院院长", "青岚区法院院长"},
]
POLICIES = [
    {"四挂钩", "“四挂钩”", "“四挂钩”考核机制", "四挂钩考核机制", "「四挂钩」机制"},
    {"乡村振兴", "乡村振兴战略"},
    {"双碳", "“双碳”目标", "“双碳”战略"},
    {"清风行动", "“清风”行动", "“清风行动”"},
    {"万企兴万村", "“万企兴万村”行动"},
    {"链长制", "“链长制”"},
]
APART = [
    (names.body, "青岚区委", "白石区委"),
    (names.body, "最高法院", "最高人民法院"),
    (names.body, "中国援非盟青岚中心", "中国援非洲联盟青岚中心"),
    (names.body, "中国证券监督管理委员会", "中国证券监督管委会"),
    (names.body, "国际法院", "国际人民法院"),
    (names.body, "青岚区委", "青岚区政协"),
    (names.body, "中共中央", "中国共产党"),
    (names.body, "云州市高新区管委会", "高新区管委会"),
    (names.body, "民盟青岚区委员会", "青岚区委"),
    (names.body, "青岚区政府", "青岚区政府办公室"),
    (names.post, "青岚区委书记", "青岚区委副书记"),
    (names.post, "法国外交部部长", "法国部长"),
    (names.policy, "数字经济", "数字经济促进条例"),
    (names.policy, "乡村建设行动", "乡村建设"),
    (names.policy, "三年行动", "三年计划"),
    (names.policy, "新时代“枫桥经验”", "“枫桥经验”"),
    (names.policy, "区域重大战略", "区域重大"),
    (names.policy, "网格化管理制度", "网格化管理"),
    (names.project, "松涛里城市更新项目（一期）", "松涛里城市更新项目（二期）"),
    (names.project, "松涛里城市更新项目", "松涛里城市更新工程"),
    (names.document, "《青岚区水资源管理办法》", "《青岚区水资源管理办法》（试行）"),
]


@pytest.mark.parametrize("spellings", BODIES, ids=min)
def test_spellings_of_one_body_have_one_form(spellings: set[str]) -> None:
    [form] = {names.body(name) for name in spellings}
    assert form in spellings


@pytest.mark.parametrize("spellings", POSTS, ids=min)
def test_spellings_of_one_post_have_one_form(spellings: set[str]) -> None:
    [form] = {names.post(name) for name in spellings}
    assert form in spellings


@pytest.mark.parametrize("spellings", POLICIES, ids=min)
def test_spellings_of_one_policy_have_one_form(spellings: set[str]) -> None:
    [form] = {names.policy(name) for name in spellings}
    assert form in spellings


@pytest.mark.parametrize(("form", "one", "other"), APART)
def test_names_that_only_look_alike_stay_apart(form, one: str, other: str) -> None:  # type: ignore[no-untyped-def]
    assert form(one) != form(other)


@pytest.mark.parametrize("form", [names.body, names.post, names.policy, names.project, names.document, names.area])
def test_a_normal_form_is_its_own_normal_form(form) -> None:  # type: ignore[no-untyped-def]
    for spellings in (*BODIES, *POSTS, *POLICIES):
        for name in spellings:
            assert form(form(name)) == form(name)


def test_an_edition_stays_and_its_brackets_are_written_alike() -> None:
    assert names.document("《青岚区水资源管理办法》（2024年修订版）") == "青岚区水资源管理办法(2024年修订)"
    assert names.document("《青岚区水资源管理办法》(2024修订)") == "青岚区水资源管理办法(2024年修订)"


def test_a_law_is_one_with_and_without_the_name_of_the_state() -> None:
    assert names.document("《中华人民共和国民法典》") == names.document("《民法典》") == "民法典"


def test_a_name_in_latin_letters_keeps_its_spaces() -> None:
    assert names.body("New York Times") == "New York Times"
    assert names.body("青岚 区委") == "青岚区委"


def test_a_minister_of_a_country_is_no_head_of_an_office_of_that_name() -> None:
    assert names.post("法国部长") == "法国部长"


def test_a_company_has_no_jurisdiction() -> None:
    assert [name for name in ("青岚区委", "青岚区教育局", "青岚区人民法院", "青岚区人民医院", "青岚区发展集团", "青岚区实验小学") if names.is_organ(name)] == [
        "青岚区委", "青岚区教育局", "青岚区人民法院",
    ]  # fmt: skip
