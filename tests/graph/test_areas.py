"""The derived graph of areas: what their codes alone tell."""

from __future__ import annotations

import random

from kg.graph.areas import area_triples
from kg.graph.terms import DCTERMS, KG, RDF, RDFS, Spo, Term, chinese, iri, plain

BASE = "https://example.org/id/"


def area(path: str) -> Term:
    return iri(BASE, f"area/{path}")


def told(*areas: tuple[str, str]) -> tuple[Spo, ...]:
    return area_triples(BASE, [(area(path), code) for path, code in areas])


def test_a_district_is_part_of_its_city_and_that_of_its_province() -> None:
    found = told(("管城回族区", "410104"))
    assert [spo for spo in found if spo[1] == KG.partOf] == [
        (area("管城回族区"), KG.partOf, area("郑州市")),
        (area("郑州市"), KG.partOf, area("河南省")),
    ]


def test_the_areas_above_are_described_with_class_label_and_code() -> None:
    found = told(("管城回族区", "410104"))
    assert {
        (area("郑州市"), RDF.type, KG.Area), (area("郑州市"), RDFS.label, chinese("郑州市")), (area("郑州市"), KG.adcode, plain("410100")),
        (area("河南省"), RDF.type, KG.Area), (area("河南省"), RDFS.label, chinese("河南省")), (area("河南省"), KG.adcode, plain("410000")),
    } <= set(found)  # fmt: skip


def test_a_former_county_is_replaced_by_its_district() -> None:
    found = told(("崇明县", "310230"))
    assert (area("崇明县"), KG.replacedBy, area("崇明区")) in found
    assert (area("崇明县"), DCTERMS.isReplacedBy, area("崇明区")) in found
    assert (area("崇明区"), KG.adcode, plain("310151")) in found
    assert (area("崇明区"), KG.partOf, area("上海市")) in found


def test_a_renamed_city_is_replaced_by_itself_under_its_new_name() -> None:
    assert (area("襄樊市"), KG.replacedBy, area("襄阳市")) in told(("襄樊市", "420600"))
    assert not any(spo[1] == KG.replacedBy for spo in told(("襄阳市", "420600")))


def test_the_areas_above_a_former_county_are_replaced_too() -> None:
    found = told(("昌都县", "542121"))
    assert (area("昌都县"), KG.partOf, area("昌都地区")) in found
    assert (area("昌都县"), KG.replacedBy, area("卡若区")) in found
    assert (area("昌都地区"), KG.replacedBy, area("昌都市")) in found
    assert (area("卡若区"), KG.partOf, area("昌都市")) in found


def test_two_districts_of_one_name_lie_in_their_own_cities() -> None:
    found = told(("410204/鼓楼区", "410204"), ("320106/鼓楼区", "320106"))
    assert (area("410204/鼓楼区"), KG.partOf, area("开封市")) in found
    assert (area("320106/鼓楼区"), KG.partOf, area("南京市")) in found


def test_an_unknown_code_says_nothing() -> None:
    assert told(("青岚区", "999901")) == ()


def test_the_order_of_the_areas_does_not_matter() -> None:
    areas = [("管城回族区", "410104"), ("崇明县", "310230"), ("襄樊市", "420600"), ("410204/鼓楼区", "410204")]
    first = told(*areas)
    random.Random(3).shuffle(areas)
    assert told(*areas, *areas) == first
