"""The hierarchy of areas and those of former years."""

from __future__ import annotations

import pytest

from kg.extract.gazetteer import gazetteer
from kg.link.areas import area_iri, chain, former, lead, replaced_by, successor


def test_a_district_lies_in_its_city_and_province() -> None:
    assert [name for _, name in chain("410104")] == ["管城回族区", "郑州市", "河南省"]
    assert [name for _, name in chain("310101")] == ["黄浦区", "上海市"]
    assert chain("999901") == ()


def test_a_former_county_lay_in_the_prefecture_of_its_time() -> None:
    assert [name for _, name in chain("542121")] == ["昌都县", "昌都地区", "西藏自治区"]


# from general knowledge: what became of each
@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("襄樊市", "襄阳市"), ("思茅地区", "普洱市"), ("崇明县", "崇明区"), ("莱芜市", "莱芜区"), ("富阳市", "富阳区"), ("临安市", "临安区"),
        ("绍兴县", "柯桥区"), ("芜湖县", "湾沚区"), ("铜陵县", "义安区"), ("开封县", "祥符区"), ("许昌县", "建安区"), ("宜宾县", "叙州区"),
        ("郫县", "郫都区"), ("双流县", "双流区"), ("望城县", "望城区"), ("蓟县", "蓟州区"), ("静海县", "静海区"), ("密云县", "密云区"),
        ("崇文区", "东城区"), ("宣武区", "西城区"), ("卢湾区", "黄浦区"), ("闸北区", "静安区"), ("南汇区", "浦东新区"), ("江东区", "鄞州区"),
        ("江干区", "上城区"), ("下城区", "拱墅区"), ("潞西市", "芒市"), ("吴旗县", "吴起县"), ("潞城市", "潞城区"), ("昌都地区", "昌都市"),
        ("昌都县", "卡若区"), ("毕节地区", "毕节市"), ("文登市", "文登区"), ("增城市", "增城区"), ("从化市", "从化区"), ("大足县", "大足区"),
    ],
)  # fmt: skip
def test_a_former_area_leads_to_the_one_in_its_place(name: str, today: str) -> None:
    [code] = former(name)
    new = replaced_by(name, code)
    assert new is not None
    assert gazetteer().name_of(new) == today


def test_a_renamed_area_keeps_its_code_and_its_old_name_is_former() -> None:
    assert former("襄樊市") == ("420600",)
    assert replaced_by("襄樊市", "420600") == "420600"
    assert replaced_by("襄阳市", "420600") is None


def test_an_area_that_was_divided_has_no_successor() -> None:
    assert successor("130421") is None
    assert former("邯郸县") == ("130421",)


def test_a_name_of_today_is_not_former() -> None:
    assert former("管城回族区") == former("青岚区") == ()


def test_every_successor_is_an_area_of_today() -> None:
    known = gazetteer()
    assert len(known.successors) > 400
    for code, new in known.successors.items():
        assert code not in known.parents
        assert new is None or new in known.parents


def test_an_area_of_an_ambiguous_name_stands_under_its_code() -> None:
    assert area_iri("鼓楼区", "410204") == "area/410204/鼓楼区"
    assert area_iri("管城回族区", "410104") == "area/管城回族区"


@pytest.mark.parametrize(
    ("name", "above", "area", "rest"),
    [
        ("河南省郑州市管城回族区委", ("河南省", "郑州市"), "管城回族区", "委"),
        ("云州市青岚区教育局", ("云州市",), "青岚区", "教育局"),
        ("浙江海宁市委", ("浙江省",), "海宁市", "委"),
        ("上海市民政局", (), "上海市", "民政局"),
        ("郑州市郑东新区管委会", (), "郑州市", "郑东新区管委会"),
        ("云州市社区教育中心", (), "", "云州市社区教育中心"),
        ("云州市高新区管委会", (), "", "云州市高新区管委会"),
        ("东方市场", (), "", "东方市场"),
    ],
)
def test_the_areas_that_a_name_begins_with_are_read_off(name: str, above: tuple[str, ...], area: str, rest: str) -> None:
    found = lead(name)
    assert (found.above, found.area, found.rest) == (above, area, rest)
