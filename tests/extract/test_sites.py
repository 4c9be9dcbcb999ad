"""Places and projects are found in visits and lists, and what names nothing is left out."""

from __future__ import annotations

import pytest

from kg.extract.scene import Scene
from kg.extract.sites import sites
from kg.model import Anchor, Article, Kind, Span


def scene(text: str, *known: tuple[Kind, str]) -> Scene:
    """Make a story in which some words have been found before."""
    text += "\n"
    story = Scene(Article("invented", "", text, (), Span(0, len(text)), (), (), None, (Anchor(0, 0),), "invented.txt"))
    for kind, words in known:
        start = text.find(words)
        while start >= 0:
            story.add([story.mention(kind, start, start + len(words), "test")])
            start = text.find(words, start + 1)
    return story


def read(text: str, *known: tuple[Kind, str]) -> list[tuple[str, str]]:
    """Return kind and name of the sites of a text, each once."""
    return list(dict.fromkeys((mention.kind, mention.name) for mention in sites(scene(text, *known))))


PERSON: tuple[Kind, str] = ("Person", "张建国")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张建国一行先后来到南岭街、青溪城垣、北学街、青溪文化公园等处,实地查看。", ["南岭街", "青溪城垣", "北学街", "青溪文化公园"]),
        ("检查组实地察看了青溪古镇、云阳书院。", ["青溪古镇", "云阳书院"]),
        ("张建国走访了李家巷、何家湾、二号桥3个片区的老旧小区。", ["李家巷", "何家湾", "二号桥"]),
        ("张建国考察了云阳大道沿线规划和青溪国际家纺城。", ["云阳大道", "青溪国际家纺城"]),
        ("张建国考察了云阳站站台建设情况。", ["云阳站"]),
        ("在西宁安街“骑手之家”，张建国把手套交到骑手手中。", ["西宁安街"]),
        ("会议在青溪会议中心举行。", ["青溪会议中心"]),
        ("青溪河流域水质稳定。", ["青溪河"]),
    ],
)
def test_places_of_a_visit_are_found(text: str, expected: list[str]) -> None:
    assert read(text, PERSON) == [("Place", name) for name in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对云阳里城市更新项目、粮油科技园、青溪体育中心等13个重点项目进行了观摩。", ["云阳里城市更新项目", "粮油科技园", "青溪体育中心"]),
        ("张建国推介了青溪工业新城、云阳湾渔港经济区、青溪侨批文化街区等七个重点项目。", ["青溪工业新城", "云阳湾渔港经济区", "青溪侨批文化街区"]),
        ("张建国来到青溪老工业区搬迁改造、云阳冷链物流园等项目现场。", ["青溪老工业区搬迁改造", "云阳冷链物流园"]),
        ("张建国察看安青河右岸防洪治理工程。", ["安青河右岸防洪治理工程"]),
        ("加快建设青溪河巡河路贯通工程。", ["青溪河巡河路贯通工程"]),
        ("筹建青溪茶文化体验馆，预计今年开门。", ["青溪茶文化体验馆"]),
    ],
)
def test_projects_are_found(text: str, expected: list[str]) -> None:
    assert read(text, PERSON) == [("Project", name) for name in expected]


def test_estates_that_are_being_built_are_projects() -> None:
    text = "张建国先后到云阳城珑园、美景天下、大李庄安置区、渠北安置区,调研安置房建设和保交楼工作。要加快施工进度。"
    assert read(text, PERSON) == [("Project", name) for name in ("云阳城珑园", "美景天下", "大李庄安置区", "渠北安置区")]


def test_a_longer_name_wins_over_the_place_inside_it() -> None:
    assert read("在陈家槽坊遗址保护工程现场，工作人员正在清理。") == [("Project", "陈家槽坊遗址保护工程")]


@pytest.mark.parametrize(
    "text",
    [
        "张建国来到会场。",
        "张建国深入车间、班组了解情况。",
        "张建国调研重点项目建设工作。",
        "张建国先后来到农户家中、田间地头。",
        "全市新建3个公园、5个停车场。",
        "建成一批口袋公园，市场活力增强。",
        "走中国特色发展道路，走好必由之路。",
        "这是通向未来的康庄大道。",
        "加快城市更新步伐，优化市场环境。",
        "最古老的博物馆今天开放。",
        "在女子双人单桨、男子四人单桨等项目上夺冠。",
        "交通、能源、水利等重大项目加快建设。",
        "张建国走访了青溪小学、云阳医院、青溪派出所。",
    ],
)
def test_what_names_nothing_or_a_body_is_no_site(text: str) -> None:
    assert read(text, PERSON) == []


def test_an_area_in_front_makes_the_full_name() -> None:
    story = scene("张建国走访了东明街道李家巷、青石镇云阳大院。", PERSON, ("Area", "东明街道"), ("Area", "青石镇"))
    story.add(sites(story))
    assert [(m.kind, m.text, m.name) for m in story.mentions if m.kind in ("Place", "Area")] == [
        ("Area", "东明街道", "东明街道"),
        ("Place", "李家巷", "东明街道李家巷"),
        ("Area", "青石镇", "青石镇"),
        ("Place", "云阳大院", "青石镇云阳大院"),
    ]


def test_an_area_that_the_name_cannot_do_without_is_dropped() -> None:
    story = scene("张建国来到甲城体育中心、青溪产业园。", PERSON, ("Area", "甲城"))
    story.add(sites(story))
    assert [(m.kind, m.name) for m in story.mentions if m.kind != "Person"] == [("Place", "甲城体育中心"), ("Project", "青溪产业园")]


def test_a_body_in_front_makes_the_full_name_of_a_project() -> None:
    found = read("青蓝集团甲城海上光伏制氢一体化项目启动成功。", ("Organization", "青蓝集团"), ("Area", "甲城"))
    assert found == [("Project", "青蓝集团甲城海上光伏制氢一体化项目")]


def test_one_site_has_one_name_and_one_kind_in_a_story() -> None:
    text = "青石镇冷链物流园计划年内建成。张建国察看了冷链物流园。"
    assert read(text, PERSON, ("Area", "青石镇")) == [("Project", "青石镇冷链物流园")]


def test_a_name_found_once_is_found_again() -> None:
    story = scene("张建国来到云阳里、青溪公园。云阳里的居民说好。", PERSON)
    assert [m.text for m in sites(story)].count("云阳里") == 2


def test_a_person_is_no_part_of_a_site() -> None:
    assert read("张建国青溪湿地公园调研。", PERSON) == [("Place", "青溪湿地公园")]


def test_a_street_named_after_building_keeps_its_name() -> None:
    assert read("张建国来到建设路、青溪公园。", PERSON) == [("Place", "建设路"), ("Place", "青溪公园")]


def test_an_area_that_ends_like_a_hill_is_no_place() -> None:
    assert read("在安徽黄山，游客登高望远。", ("Area", "安徽")) == []


def test_a_site_inside_a_title_stays_in_the_title() -> None:
    assert read("印发《青溪湿地公园规划》。", ("Document", "《青溪湿地公园规划》")) == []


def test_the_project_of_an_agreement_is_found_where_the_story_comes_back_to_it() -> None:
    text = "双方签署《青蓝总部二期项目投资协议》。该项目计划总投资3亿元。"
    assert read(text, ("Document", "《青蓝总部二期项目投资协议》")) == []
    story = scene(text)
    story.add([story.mention("Document", 4, 18, "test", name="青蓝总部二期项目投资协议")])
    assert [(m.kind, m.text, m.name) for m in sites(story)] == [("Project", "该项目", "青蓝总部二期项目")]


def test_bodies_of_a_list_are_no_sites() -> None:
    assert read("张建国先后来到青蓝新材料、云阳医疗、青石公司。", PERSON) == []


def test_a_harbour_named_by_its_area_is_one_place() -> None:
    story = scene("张建国来到甲城港。", PERSON, ("Area", "甲城"))
    story.add(sites(story))
    assert [(m.kind, m.name) for m in story.mentions] == [("Person", "张建国"), ("Place", "甲城港")]


def test_a_project_is_one_with_and_without_the_word_project() -> None:
    text = "张建国先后到锦绣里三期、青溪公园。在锦绣里三期项目施工现场，张建国询问进度。"
    assert read(text, PERSON)[0] == ("Project", "锦绣里三期项目")


def test_signed_projects_of_a_list_need_no_telling_last_word() -> None:
    text = "现场签约项目28个。其中，年产10万吨锂电正极材料项目、甲城智慧物流园二期、海上风电运维母港等5个项目投资超20亿元。"
    assert read(text, ("Area", "甲城")) == [
        ("Project", "年产10万吨锂电正极材料项目"),
        ("Project", "甲城智慧物流园二期"),
        ("Project", "海上风电运维母港"),
    ]


@pytest.mark.parametrize("name", ["甲都历史文化区", "更新路公园", "再生水公园"])
def test_a_word_of_grammar_inside_a_name_does_not_cut_it(name: str) -> None:
    assert read(f"张建国来到{name}、云阳书院。", PERSON)[0] == ("Place", name)


AREA: tuple[Kind, str] = ("Area", "青岚市")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在青岚市望云阁，游人如织。", "青岚市望云阁"),
        ("青岚市南溪花市的年宵花热销。", "青岚市南溪花市"),
        ("受降雨影响，来自青岚市站的列车停运。", "青岚市站"),
        ("来到青岚市平桥路，听一曲评弹。", "青岚市平桥路"),
        ("在青岚市北部云岭山，积雪很厚。", "云岭山"),
    ],
)
def test_a_sight_just_after_its_area_is_a_place(text: str, expected: str) -> None:
    assert read(text, AREA) == [("Place", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "中华龙舟大赛青岚市站的比赛今天开赛。",
        "青岚市人民坚定地站在一起。",
        "青岚市一家购物中心今天开业。",
        "青岚市主要商圈人气旺。",
        "青岚市多座大桥。",
        "青岚市高楼林立。",
    ],
)
def test_what_names_no_sight_after_an_area_is_left_out(text: str) -> None:
    assert read(text, AREA) == []


def test_a_list_of_sights_after_a_word_of_place_is_read() -> None:
    assert read("在望湖楼、听松阁、南门老街，游人如织。") == [("Place", "望湖楼"), ("Place", "听松阁"), ("Place", "南门老街")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清溪河水位回落。", "清溪河"),
        ("村子在云岭山脚下。", "云岭山"),
        ("青岩溪两岸稻浪翻滚。", "青岩溪"),
        ("国道947线发生塌方。", "国道947线"),
    ],
)
def test_a_river_a_hill_and_a_road_are_known_by_what_is_said_of_them(text: str, expected: str) -> None:
    assert read(text) == [("Place", expected)]


def test_a_landmark_that_begins_a_longer_name_is_not_cut_off() -> None:
    assert read("人们来到黄鹤楼公园。") == [("Place", "黄鹤楼公园")]
    assert read("长江航运繁忙，长江之滨游人多。") == [("Place", "长江")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天，青岩至云阳高铁开工建设。", "青岩至云阳高铁"),
        ("青岩至云阳±900千伏特高压直流输电工程加快建设。", "青岩至云阳±900千伏特高压直流输电工程"),
        ("工人们正在建设云湾核电3号机组项目。", "云湾核电3号机组项目"),
        ("今天，漳汕高铁全线铺轨。", "漳汕高铁"),
        ("今天，控制性工程云溪特大桥顺利合龙。", "云溪特大桥"),
        ("在青岚市绿岭新能源汽车项目工地，工人加紧施工。", "青岚市绿岭新能源汽车项目"),
        ("今天，900万吨/年二氧化碳封存示范项目开工。", "900万吨/年二氧化碳封存示范项目"),
        ("青岚市地铁9号线工程开建。", "青岚市地铁9号线工程"),
    ],
)
def test_works_in_hand_are_projects(text: str, expected: str) -> None:
    assert read(text, AREA) == [("Project", expected)]


@pytest.mark.parametrize(
    "text",
    ["青岚市学好用好“百村工程”经验。", "他是青岚市建设项目经理。", "确保高铁安全。", "青岚市重大工程加快建设。", "包括新材料、新能源等领域，签约项目9个。"],
)
def test_works_that_name_nothing_are_left_out(text: str) -> None:
    assert read(text, AREA) == []


def test_projects_that_a_count_announces_are_read_one_by_one() -> None:
    found = read("集中开工项目9个，包括星海年产9万吨负极材料项目、海岭电池基地三期、月湖大道快速化改造等。")
    assert found == [("Project", "星海年产9万吨负极材料项目"), ("Project", "海岭电池基地三期"), ("Project", "月湖大道快速化改造")]


def test_a_quoted_project_keeps_its_quote() -> None:
    assert read("“青岚市天幕”项目开工建设。", ("Area", "青岚市")) == [("Project", "“青岚市天幕”项目")]


def test_what_goes_into_service_is_one_named_work() -> None:
    assert read("云海锂电产业基地正式投产。") == [("Project", "云海锂电产业基地")]
