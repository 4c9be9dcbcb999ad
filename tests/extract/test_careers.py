"""Posts that change hands, and areas that only their organs name: who loses a post by 其, where a story with 中共青岚区委 is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Event, Tenure

if TYPE_CHECKING:
    from conftest import Story

    from kg.extract import RuleExtractor

MOVE = "松陵县召开领导干部会议\n\n本报讯 11月30日，松陵县召开领导干部会议，宣布云州市委决定：周晓岚同志任松陵县委副书记，免去其青岚区委常委、宣传部部长职务。\n"


def tenures(extractor: RuleExtractor, story: Story, text: str) -> set[tuple[str, str, str]]:
    return {(fact.person.name, fact.status, fact.post.name) for fact in extractor.facts(story(text)) if isinstance(fact, Tenure)}


def test_whoever_is_given_a_post_loses_the_former_one_by_its_pronoun(extractor: RuleExtractor, story: Story) -> None:
    assert tenures(extractor, story, MOVE) == {
        ("周晓岚", "held", "松陵县委副书记"),
        ("周晓岚", "removed", "青岚区委常委"),
        ("周晓岚", "removed", "青岚区委宣传部部长"),
    }


def test_an_appointment_has_no_name_of_one_character(extractor: RuleExtractor, story: Story) -> None:
    (appointment,) = (fact for fact in extractor.facts(story(MOVE)) if isinstance(fact, Event) and fact.kind == "Appointment")
    assert appointment.names == ("任松陵县委副书记",)


def test_a_county_that_only_its_committee_names_is_the_home_of_its_story(extractor: RuleExtractor, story: Story) -> None:
    text = "韩子墨调研养老服务工作\n\n本报讯 3月19日，松陵县委书记韩子墨到龙门镇调研养老服务工作。副县长孟繁星陪同调研。\n"
    assert extractor.reading(story(text)).home == "松陵县"
    assert ("孟繁星", "held", "松陵县副县长") in tenures(extractor, story, text)


def test_the_party_is_no_part_of_an_area(extractor: RuleExtractor, story: Story) -> None:
    text = "中共青岚区委九届八次全会召开\n\n本报讯 9月19日，中共青岚区委九届八次全会召开。中共青岚区委书记沈知远主持会议并讲话。\n"
    reading = extractor.reading(story(text))
    assert reading.home == "青岚区"
    assert not any(mention.name.startswith("中共") for mention in reading.mentions if mention.kind == "Area")


JOINT = "两区签署协议\n\n本报讯 4月9日，青岚区与望江区战略合作签约仪式在望江区举行。青岚区副区长李伟、望江区副区长李伟出席仪式。青岚区副区长李伟致辞。\n"


def test_a_post_in_another_district_that_the_story_names_has_that_district_as_its_area(extractor: RuleExtractor, story: Story) -> None:
    areas = {(fact.post.name, fact.area) for fact in extractor.facts(story(JOINT)) if isinstance(fact, Tenure)}
    assert areas == {("青岚区副区长", "青岚区"), ("望江区副区长", "望江区")}


def test_two_of_one_name_in_a_row_both_attend(extractor: RuleExtractor, story: Story) -> None:
    events = [fact for fact in extractor.facts(story(JOINT)) if isinstance(fact, Event)]
    assert ["李伟", "李伟"] in [[mention.name for role, mention in event.roles if role == "attendee"] for event in events]
