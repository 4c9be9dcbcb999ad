"""One happening told by several articles is one event; two happenings of one day stay two, and what may be one is said to be undecided."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link import link
from kg.model import EVENT_KINDS, Anchor, Article, Event, EventKind, Evidence, Mention, Reading, Role, Span, When
from kg.resolve.events import event_profiles
from kg.resolve.occasions import block, keys, occasions
from kg.resolve.values import Decision, EventProfile, Resolution

_NUMBERS = count()
DAY = "2024-03-05"


def told(
    article: str,
    kind: EventKind,
    names: str,
    *roles: tuple[Role, str],
    day: str | None = DAY,
    home: str | None = "青岚区",
    published: str | None = "2024-03-06",
    places: str = "",
    status: str = "happened",
    confidence: float = 0.9,
) -> EventProfile:
    """Return an event as an article tells it; ``names`` and ``places`` are separated by spaces."""
    forms = tuple(names.split())
    start = next(_NUMBERS)
    iri = f"article/{article}/event/{start:05}-{start + 2:05}"
    return EventProfile(
        article, published, iri, kind, status, forms[0], forms, (day,) if day else (), tuple(roles), tuple(places.split()), home, confidence
    )  # fmt: skip


def sizes(found: Resolution) -> list[int]:
    return sorted(len(group.members) for group in found.groups)


def decision(one: EventProfile, other: EventProfile) -> Decision | None:
    """Return what is decided of two events, if anything is."""
    found = occasions([one, other])
    assert len(found.decisions) <= 1
    if found.decisions:
        assert (len(found.groups) == 1) == (found.decisions[0].verdict == "same")
        assert set(keys(one)) & set(keys(other)), "what is decided is found by the keys"
    else:
        assert len(found.groups) == 2
    return found.decisions[0] if found.decisions else None


def verdict(one: EventProfile, other: EventProfile) -> str | None:
    found = decision(one, other)
    return found.verdict if found else None


def rule(one: EventProfile, other: EventProfile) -> str | None:
    found = decision(one, other)
    return found.rule.removeprefix("occasions/") if found else None


# ------------------------------------------------------------ meetings


def test_one_meeting_in_two_papers_is_one_event_with_all_its_names() -> None:
    one = told("a1", "Meeting", "青岚区经济工作会议 会议", ("convener", "青岚区委"), ("chair", "王磊"), confidence=0.8)
    other = told("b1", "Meeting", "全区经济工作会议", ("convener", "青岚区"), ("attendee", "赵一鸣"), confidence=0.95)
    found = occasions([other, one])
    (group,) = found.groups
    assert (group.iri, group.label, group.alternatives) == (one.iri, "青岚区经济工作会议", ("会议", "全区经济工作会议"))
    assert (group.members, group.confidence) == ((one.member, other.member), 0.95)
    (made,) = found.decisions
    assert (made.verdict, made.rule) == ("same", "occasions/same-name") and "经济工作会" in made.reason and "2024-03-05" in made.reason


def test_the_earliest_report_gives_the_iri() -> None:
    late = told("a1", "Meeting", "全区经济工作会议", ("chair", "王磊"), published="2024-03-08")
    early = told("z1", "Meeting", "全区经济工作会议", ("chair", "王磊"), published="2024-03-06")
    assert occasions([late, early]).groups[0].iri == early.iri


def test_meetings_of_one_name_in_two_districts_stay_two() -> None:
    one = told("a1", "Meeting", "全区经济工作会议", ("convener", "青岚区委"))
    other = told("b1", "Meeting", "全区经济工作会议", ("convener", "白石区委"), home="白石区")
    assert (verdict(one, other), rule(one, other)) == ("different", "other-body")
    assert verdict(told("a1", "Meeting", "安全生产工作会议"), told("b1", "Meeting", "安全生产工作会议", home="白石区")) == "different"


def test_meetings_of_one_name_in_two_streets_of_a_district_stay_two() -> None:
    one = told("a1", "Meeting", "安全生产工作会议", ("convener", "东明街道办事处"))
    other = told("b1", "Meeting", "安全生产工作会议", ("convener", "白石路街道办事处"))
    assert verdict(one, other) == "different"


def test_a_meeting_of_one_name_on_another_day_is_another() -> None:
    one, other = (told(f"a{n}", "Meeting", "全区经济工作会议", ("chair", "王磊"), ("convener", "青岚区委"), day=f"2024-03-0{n}") for n in (5, 6))
    assert verdict(one, other) is None


def test_what_is_planned_is_not_what_happened() -> None:
    one = told("a1", "Meeting", "全区经济工作会议", ("chair", "王磊"), status="planned")
    other = told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"))
    assert verdict(one, other) is None


def test_two_events_of_one_article_never_become_one() -> None:
    one, other = (told("a1", "Meeting", "全区经济工作会议", ("chair", "王磊"), ("convener", "青岚区委")) for _ in range(2))
    assert verdict(one, other) is None


def test_two_meetings_of_one_chair_with_other_names_stay_two() -> None:
    one = told("a1", "Meeting", "招商引资工作推进会", ("chair", "王磊"), ("convener", "青岚区委"))
    other = told("b1", "Meeting", "防汛抗旱工作会议", ("chair", "王磊"), ("convener", "青岚区委"))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-name")


def test_a_party_group_and_a_standing_sitting_of_one_day_stay_two() -> None:
    one = told("a1", "Meeting", "区政府党组会议 会议", ("convener", "青岚区政府"), ("chair", "李伟"))
    other = told("b1", "Meeting", "区政府常务会议 会议", ("convener", "青岚区政府"), ("chair", "李伟"))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-sitting")


def test_a_standing_sitting_in_two_papers_is_one() -> None:
    one = told("a1", "Meeting", "区政府常务会议 会议", ("convener", "青岚区政府"), ("chair", "李伟"))
    other = told("b1", "Meeting", "青岚区人民政府第12次常务会议", ("convener", "青岚区人民政府"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-sitting")


def test_a_sitting_and_a_meeting_with_a_name_of_its_own_stay_two() -> None:
    one = told("a1", "Meeting", "区政府常务会议", ("chair", "李伟"))
    other = told("b1", "Meeting", "乡村振兴工作推进会", ("chair", "王磊"), ("attendee", "李伟"))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-name")


def test_sittings_with_other_numbers_stay_two() -> None:
    one = told("a1", "Meeting", "区政府第11次常务会议", ("convener", "青岚区政府"), ("chair", "李伟"))
    other = told("b1", "Meeting", "区政府第12次常务会议", ("convener", "青岚区政府"), ("chair", "李伟"))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-number")


@pytest.mark.parametrize(
    ("mine", "yours"),
    [("青岚区政府", "青岚区人大常委会"), ("青岚区委", "青岚区政协"), ("青岚区人大常委会", "青岚区政协")],
)
def test_party_groups_of_two_organs_of_a_district_stay_two(mine: str, yours: str) -> None:
    one = told("a1", "Meeting", "党组会议", ("convener", mine))
    other = told("b1", "Meeting", "党组会议", ("convener", yours))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-body")


def test_the_committees_of_party_and_congress_are_two() -> None:
    one = told("a1", "Meeting", "区委常委会会议", ("convener", "青岚区委"), ("chair", "王磊"))
    other = told("b1", "Meeting", "区人大常委会第六次会议", ("convener", "青岚区人大常委会"), ("chair", "孙晓岚"))
    assert verdict(one, other) in ("different", None)


def test_a_meeting_without_a_name_is_one_with_that_of_the_same_chair_and_body() -> None:
    one = told("a1", "Meeting", "会议", ("convener", "青岚区委"), ("chair", "王磊"))
    other = told("b1", "Meeting", "工作会议", ("convener", "青岚区委"), ("chair", "王磊"), ("attendee", "赵一鸣"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-chair")


def test_meetings_without_a_name_with_other_people_are_undecided() -> None:
    one = told("a1", "Meeting", "座谈会", ("convener", "青岚区委"), ("chair", "王磊"), ("attendee", "赵一鸣"), ("attendee", "孙晓岚"))
    other = told("b1", "Meeting", "座谈会", ("convener", "青岚区委"), ("chair", "王磊"), ("attendee", "陈涛"), ("attendee", "吴敏"))
    assert (verdict(one, other), rule(one, other)) == ("undecided", "general-name")


def test_a_meeting_without_a_name_and_a_named_one_of_the_same_chair_are_undecided() -> None:
    one = told("a1", "Meeting", "会议", ("convener", "青岚区委"), ("chair", "王磊"))
    other = told("b1", "Meeting", "乡村振兴工作推进会", ("convener", "青岚区委"), ("chair", "王磊"))
    assert verdict(one, other) == "undecided"
    study = told("c1", "Meeting", "区委理论学习中心组学习", ("convener", "青岚区委"), ("chair", "王磊"))
    assert verdict(one, study) == "undecided"


def test_one_shared_person_at_meetings_without_a_name_is_not_enough() -> None:
    one = told("a1", "Meeting", "座谈会", ("attendee", "王磊"))
    other = told("b1", "Meeting", "会议", ("attendee", "王磊"))
    found = decision(one, other)
    assert found is not None and (found.verdict, found.rule) == ("undecided", "occasions/general-name") and "王磊" in found.reason


def test_a_name_and_the_same_with_a_second_occasion_are_one() -> None:
    one = told("a1", "Meeting", "乡村振兴工作推进会", ("convener", "青岚区委"), ("chair", "王磊"))
    other = told("b1", "Meeting", "2024年全区乡村振兴工作推进会", ("convener", "青岚区委"), ("chair", "王磊"))
    assert (verdict(one, other), rule(one, other)) == ("same", "longer-name")
    third = told("c1", "Meeting", "乡村振兴工作推进会暨现场观摩会", ("convener", "青岚区委"), ("chair", "王磊"))
    assert (verdict(one, third), rule(one, third)) == ("same", "longer-name")


def test_names_that_are_alike_are_undecided() -> None:
    one = told("a1", "Meeting", "招商引资重点项目推进会", ("chair", "王磊"), ("convener", "青岚区委"))
    other = told("b1", "Meeting", "招商引资重点项目调度会", ("chair", "王磊"), ("convener", "青岚区委"))
    assert (verdict(one, other), rule(one, other)) == ("undecided", "similar-name")


def test_one_name_with_two_chairs_is_undecided() -> None:
    one = told("a1", "Meeting", "全区安全生产工作会议", ("chair", "王磊"))
    other = told("b1", "Meeting", "全区安全生产工作会议", ("chair", "李伟"))
    assert (verdict(one, other), rule(one, other)) == ("undecided", "other-chair")


def test_a_forum_that_is_one_of_its_kind_is_one_wherever_it_is_told() -> None:
    one = told("a1", "Meeting", "第五届国际湿地论坛", home="青岚区")
    other = told("b1", "Meeting", "第五届国际湿地论坛", home="白石区")
    assert verdict(one, other) == "same"
    assert verdict(told("a1", "Meeting", "湿地保护座谈会", home="青岚区"), told("b1", "Meeting", "湿地保护座谈会", home="白石区")) == "different"


def test_two_groups_that_discuss_the_same_report_stay_two() -> None:
    one = told("a1", "Meeting", "审议政府工作报告 东明代表团审议 审议", ("attendee", "王磊"), home=None)
    other = told("b1", "Meeting", "审议政府工作报告 白石代表团审议 审议", ("attendee", "李伟"), home=None)
    assert verdict(one, other) == "undecided"


def test_a_part_and_the_whole_are_undecided() -> None:
    one = told("a1", "Meeting", "“绿色发展”分论坛 第五届国际湿地论坛", home=None)
    other = told("b1", "Meeting", "第五届国际湿地论坛", home=None)
    whole = told("c1", "Meeting", "“湖泊保护”分论坛 第五届国际湿地论坛", home=None)
    assert verdict(one, whole) == "undecided" and rule(one, whole) == "part-of"
    assert verdict(other, told("d1", "Meeting", "第五届国际湿地论坛", home=None)) == "same"


def test_a_day_within_a_session_is_undecided() -> None:
    one = told("a1", "Meeting", "区第五届人民代表大会第三次会议", day="2024-03-05/2024-03-08")
    other = told("b1", "Meeting", "区第五届人民代表大会第三次会议", day="2024-03-07", published="2024-03-08")
    assert (verdict(one, other), rule(one, other)) == ("undecided", "day-of-span")


# ------------------------------------------------------------ days


def test_a_day_that_one_article_tells_is_compared_with_the_day_of_the_other_paper() -> None:
    one = told("a1", "Meeting", "全区经济工作会议", ("chair", "王磊"))
    assert verdict(one, told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day=None, published="2024-03-06")) == "same"
    assert verdict(one, told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day=None, published="2024-03-05")) == "same"
    assert verdict(one, told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day=None, published="2024-03-07")) is None
    assert verdict(one, told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day=None, published=None)) is None


def test_where_no_day_is_told_the_papers_of_one_and_the_next_day_count() -> None:
    one = told("a1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day=None)
    for published, expected in (("2024-03-05", "same"), ("2024-03-06", "same"), ("2024-03-07", "same"), ("2024-03-08", None), ("2024-03", None)):
        assert verdict(one, told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day=None, published=published)) == expected


def test_a_month_is_no_day() -> None:
    one, other = (told(f"a{n}", "Meeting", "全区经济工作会议", ("chair", "王磊"), day="2024-03", published=None) for n in (1, 2))
    assert verdict(one, other) is None


def test_a_day_without_a_year_is_a_day() -> None:
    one, other = (told(f"a{n}", "Meeting", "全区经济工作会议", ("chair", "王磊"), day="--03-05", published=None) for n in (1, 2))
    assert verdict(one, other) == "same"


def test_a_block_is_kind_and_day() -> None:
    assert block(told("a1", "Meeting", "会议")) == "Meeting|2024-03-05"
    assert block(told("a1", "Talks", "会见", day="2024-03-05/2024-03-07")) == "Talks|2024-03-05"
    assert block(told("a1", "Meeting", "会议", day=None)) == "Meeting|2024-03-06"
    assert block(told("a1", "Meeting", "会议", day=None, published=None)) == "Meeting|"


# ------------------------------------------------------------ visits


def test_one_visit_in_two_papers_is_one_event() -> None:
    one = told("a1", "Inspection", "调研基层治理工作 调研", ("agent", "王磊"), ("target", "东明社区"), ("target", "青岚湿地公园"))
    other = told("b1", "Inspection", "调研", ("agent", "王磊"), ("target", "青岚区东明社区"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-visit")


def test_a_place_that_the_name_of_a_visit_tells_is_a_place_it_went_to() -> None:
    one = told("a1", "Inspection", "调研基层治理工作 调研", ("agent", "王磊"), ("target", "东明社区"))
    other = told("b1", "Inspection", "走访东明社区 走访", ("agent", "王磊"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-visit")


def test_two_visits_of_one_day_to_other_places_are_undecided() -> None:
    one = told("a1", "Inspection", "调研", ("agent", "王磊"), ("target", "东明社区"))
    other = told("b1", "Inspection", "调研", ("agent", "王磊"), ("target", "白石小学"))
    assert (verdict(one, other), rule(one, other)) == ("undecided", "general-name")


def test_visits_of_two_persons_to_one_place_stay_two() -> None:
    one = told("a1", "Inspection", "调研", ("agent", "王磊"), ("target", "东明社区"))
    other = told("b1", "Inspection", "调研", ("agent", "李伟"), ("target", "东明社区"))
    assert verdict(one, other) is None


def test_the_district_itself_is_no_place_that_tells_a_visit() -> None:
    one = told("a1", "Inspection", "调研", ("agent", "王磊"), ("target", "青岚区"), places="青岚区")
    other = told("b1", "Inspection", "调研", ("agent", "王磊"), ("target", "青岚区"))
    assert verdict(one, other) == "undecided"


# ------------------------------------------------------------ talks


def test_talks_of_the_same_two_are_one() -> None:
    one = told("a1", "Talks", "王磊会见客商一行 会见", ("agent", "王磊"), ("counterpart", "周海"), ("companion", "赵一鸣"))
    other = told("b1", "Talks", "会谈", ("agent", "周海"), ("counterpart", "王磊"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-parties")


def test_a_foreigner_is_known_by_the_last_of_his_names() -> None:
    one = told("a1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "若昂·达席尔瓦·洛伦佐"))
    other = told("b1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "洛伦佐"))
    assert verdict(one, other) == "same"


def test_two_bearers_of_one_foreign_name_are_told_apart_by_their_posts() -> None:
    one = told("a1", "Talks", "王磊会见甲国总统 会见", ("agent", "王磊"), ("counterpart", "洛伦佐夫"))
    other = told("b1", "Talks", "王磊同甲国总理会谈 会谈", ("agent", "王磊"), ("counterpart", "洛伦佐夫"))
    assert (verdict(one, other), rule(one, other)) == ("undecided", "other-title")
    assert verdict(one, told("c1", "Talks", "王磊同洛伦佐夫会谈 会谈", ("agent", "王磊"), ("counterpart", "洛伦佐夫"))) == "same"


def test_a_firm_beside_its_head_makes_no_other_talks() -> None:
    one = told("a1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"))
    other = told("b1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"), ("counterpart", "海川建设集团"))
    assert verdict(one, other) == "same"
    third = told("c1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"), ("counterpart", "钱江"))
    assert verdict(one, third) == "undecided"


def test_one_that_tells_no_day_does_not_tie_two_days() -> None:
    one = told("a1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day="2024-03-05", published="2024-03-06")
    between = told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day=None, published="2024-03-06")
    other = told("c1", "Meeting", "全区经济工作会议", ("chair", "王磊"), day="2024-03-06", published="2024-03-07")
    assert verdict(one, between) == verdict(between, other) == "same"
    assert sizes(occasions([one, between, other])) == [1, 2]


def test_talks_with_two_others_stay_two() -> None:
    one = told("a1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"))
    other = told("b1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "钱江"))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-party")


def test_a_meeting_and_a_call_of_the_same_two_stay_two() -> None:
    one = told("a1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"))
    other = told("b1", "Talks", "通电话", ("agent", "王磊"), ("counterpart", "周海"))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-act")


def test_talks_with_nobody_named_are_undecided() -> None:
    one = told("a1", "Talks", "会见", ("agent", "王磊"))
    other = told("b1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"))
    assert verdict(one, other) == "undecided"


def test_talks_with_one_and_a_reception_of_many_are_undecided() -> None:
    one = told("a1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"))
    other = told("b1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海"), ("counterpart", "钱江"), ("counterpart", "郑波"))
    assert (verdict(one, other), rule(one, other)) == ("undecided", "more-parties")


def test_talks_of_two_and_a_meeting_that_both_give_together_are_undecided() -> None:
    one = told("a1", "Talks", "举行会谈", ("agent", "王磊"), ("counterpart", "周海"))
    other = told("b1", "Talks", "会见", ("agent", "王磊"), ("agent", "周海"))
    assert verdict(one, other) == "undecided"


# ------------------------------------------------------------ ceremonies, papers, appointments


def test_a_signing_of_the_same_two_parties_is_one() -> None:
    one = told("a1", "Ceremony", "签署战略合作协议 签署", ("agent", "青岚区政府"), ("agent", "海川集团"))
    other = told("b1", "Ceremony", "战略合作协议签约仪式", ("agent", "海川集团"), ("agent", "青岚区政府"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-parties")


def test_who_holds_a_signing_signs() -> None:
    one = told("a1", "Ceremony", "签署战略合作协议 签署", ("agent", "青岚区政府"), ("agent", "海川集团"))
    other = told("b1", "Ceremony", "战略合作协议签约仪式", ("convener", "海川集团"), ("convener", "青岚区人民政府"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-parties")


def test_signings_with_two_firms_stay_two() -> None:
    one = told("a1", "Ceremony", "签约仪式", ("agent", "青岚区政府"), ("agent", "海川集团"))
    other = told("b1", "Ceremony", "签约仪式", ("agent", "青岚区政府"), ("agent", "远山科技"))
    assert verdict(one, other) == "undecided"


def test_opening_and_closing_of_a_fair_stay_two() -> None:
    one = told("a1", "Ceremony", "第三届青岚湿地文化节开幕 第三届青岚湿地文化节", ("attendee", "王磊"))
    other = told("b1", "Ceremony", "第三届青岚湿地文化节闭幕 第三届青岚湿地文化节", ("attendee", "王磊"))
    assert (verdict(one, other), rule(one, other)) == ("different", "other-act")


def test_the_start_of_one_project_is_one() -> None:
    one = told("a1", "Ceremony", "东明大桥项目开工仪式", ("target", "东明大桥"), ("attendee", "王磊"))
    other = told("b1", "Ceremony", "开工", ("target", "东明大桥"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-target")


def test_a_paper_that_is_issued_is_one_by_its_title() -> None:
    one = told("a1", "Release", "印发《青岚区湿地保护条例》 印发", ("agent", "青岚区政府"), ("target", "青岚区湿地保护条例"))
    other = told("b1", "Release", "发布", ("agent", "青岚区政府"), ("target", "青岚区湿地保护条例"))
    third = told("c1", "Release", "发布", ("agent", "青岚区政府"), ("target", "青岚区停车管理办法"))
    assert (verdict(one, other), rule(one, other)) == ("same", "same-document")
    assert (verdict(one, third), rule(one, third)) == ("different", "other-document")


def test_data_of_one_bureau_and_day_are_undecided() -> None:
    one = told("a1", "Release", "发布数据显示 发布", ("agent", "青岚区统计局"))
    other = told("b1", "Release", "发布", ("agent", "青岚区统计局"))
    assert verdict(one, other) == "undecided"


def test_an_appointment_in_two_papers_is_one_and_a_dismissal_another() -> None:
    one = told("a1", "Appointment", "任命李伟为青岚区副区长 任命", ("agent", "青岚区人大常委会"), ("target", "李伟"))
    other = told("b1", "Appointment", "决定任命李伟为青岚区副区长 任命", ("target", "李伟"))
    third = told("c1", "Appointment", "免去李伟的青岚区教育局局长职务 免去", ("agent", "青岚区人大常委会"), ("target", "李伟"))
    assert verdict(one, other) == "same"
    assert (verdict(one, third), rule(one, third)) == ("different", "other-act")


def test_two_posts_of_one_person_are_undecided() -> None:
    one = told("a1", "Appointment", "任命李伟为青岚区副区长", ("agent", "青岚区人大常委会"), ("target", "李伟"))
    other = told("b1", "Appointment", "任命李伟为青岚区公安分局局长", ("agent", "青岚区人大常委会"), ("target", "李伟"))
    assert verdict(one, other) == "undecided"


def test_events_of_two_kinds_stay_two() -> None:
    found = [told(f"k{kind}", kind, "第五届国际湿地论坛", ("agent", "王磊"), ("target", "东明社区")) for kind in EVENT_KINDS]
    assert sizes(occasions(found)) == [1] * len(EVENT_KINDS)


# ------------------------------------------------------------ many articles


def chain() -> list[EventProfile]:
    """Return a meeting without a name that may be either of two which are certainly two."""
    chair: tuple[tuple[Role, str], ...] = (("chair", "王磊"), ("convener", "青岚区委"), ("attendee", "赵一鸣"))
    return [
        told("a1", "Meeting", "招商引资工作推进会", *chair),
        told("b1", "Meeting", "会议", *chair),
        told("c1", "Meeting", "防汛抗旱工作会议", *chair),
    ]


def test_a_chain_never_ties_two_meetings_that_are_different() -> None:
    one, middle, other = chain()
    assert verdict(one, middle) == verdict(middle, other) == "same" and verdict(one, other) == "different"
    found = occasions([one, middle, other])
    assert sizes(found) == [1, 2]
    assert {decision.verdict for decision in found.decisions} == {"same", "different", "undecided"}
    (blocked,) = [decision for decision in found.decisions if decision.verdict == "undecided"]
    assert blocked.rule == "occasions/contradiction" and blocked.candidates == (middle.member, other.member)


def test_three_papers_that_tell_one_meeting_are_one_group() -> None:
    found = [told(f"{paper}1", "Meeting", "全区经济工作会议", ("chair", "王磊"), ("convener", "青岚区委")) for paper in "abc"]
    assert sizes(occasions(found)) == [3]


def test_of_two_meetings_of_one_article_the_one_of_the_name_is_chosen() -> None:
    named, other = chain()[0], chain()[2]
    paper = told("d1", "Meeting", "招商引资工作推进会", ("chair", "王磊"), ("convener", "青岚区委"))
    beside = told("d1", "Meeting", "会议", ("chair", "王磊"), ("convener", "青岚区委"), ("attendee", "赵一鸣"))
    groups = {frozenset(group.members) for group in occasions([named, other, paper, beside]).groups}
    assert frozenset({named.member, paper.member}) in groups and frozenset({other.member, beside.member}) in groups


def test_what_is_decided_by_hand_goes_before_all_rules() -> None:
    one = told("a1", "Meeting", "全区经济工作会议", ("chair", "王磊"))
    other = told("b1", "Meeting", "全区经济工作会议", ("chair", "王磊"))
    parted = occasions([one, other], apart=[(other.member, one.member)])
    assert sizes(parted) == [1, 1] and [(found.verdict, found.rule) for found in parted.decisions] == [("different", "by-hand")]
    far = told("c1", "Talks", "会见", ("agent", "周海"), day="2023-01-01")
    bound = occasions([one, far], together=[(far.member, one.member)])
    assert sizes(bound) == [2] and [(found.verdict, found.rule) for found in bound.decisions] == [("same", "by-hand")]
    both = occasions([one, other], together=[(one.member, other.member)], apart=[(one.member, other.member)])
    assert sizes(both) == [1, 1]


def test_what_is_parted_by_hand_is_not_tied_by_a_third() -> None:
    one, other, third = (told(f"{paper}1", "Meeting", "全区经济工作会议", ("chair", "王磊")) for paper in "abc")
    assert sizes(occasions([one, other, third], apart=[(one.member, other.member)])) == [1, 2]


def test_pairs_by_hand_of_events_that_are_gone_do_nothing() -> None:
    one = told("a1", "Meeting", "会议")
    assert sizes(occasions([one], together=[(one.member, ("x", "y"))], apart=[(("x", "y"), one.member)])) == [1]


def test_nothing_comes_of_nothing() -> None:
    assert occasions([]) == Resolution((), ())


PILE = [
    *chain(),
    told("d1", "Meeting", "全区经济工作会议", ("chair", "王磊"), ("convener", "青岚区委")),
    told("e1", "Meeting", "全区经济工作会议", ("convener", "青岚区"), day=None),
    told("f1", "Meeting", "全区经济工作会议", ("convener", "白石区委"), home="白石区"),
    told("f1", "Talks", "会见", ("agent", "王磊"), ("counterpart", "周海")),
    told("g1", "Talks", "会谈", ("agent", "周海"), ("counterpart", "王磊")),
    told("g1", "Inspection", "调研", ("agent", "王磊"), ("target", "东明社区")),
    told("h1", "Inspection", "调研", ("agent", "王磊"), ("target", "东明社区"), ("target", "白石小学")),
    told("i1", "Inspection", "调研", ("agent", "王磊"), ("target", "白石小学")),
    told("j1", "Inspection", "调研", ("agent", "王磊"), ("target", "海川大厦")),
]


@given(st.permutations(PILE))
def test_the_order_of_the_events_never_matters(profiles: list[EventProfile]) -> None:
    assert occasions(profiles) == occasions(PILE)


@given(st.sets(st.sampled_from(range(len(PILE)))))
def test_events_that_share_no_key_do_not_touch_each_other(places: set[int]) -> None:
    chosen = [PILE[place] for place in sorted(places)]
    found = occasions(chosen)
    assert sorted(member for group in found.groups for member in group.members) == sorted(profile.member for profile in chosen)
    meetings = occasions([profile for profile in chosen if profile.kind == "Meeting"])
    others = occasions([profile for profile in chosen if profile.kind != "Meeting"])
    assert set(found.groups) == {*meetings.groups, *others.groups} and set(found.decisions) == {*meetings.decisions, *others.decisions}


# ------------------------------------------------------------ profiles

TEXT = "3月5日，青岚区召开经济工作会议，区委书记王磊主持。全体干部参加。\n"


def mention(kind: str, words: str, name: str | None = None) -> Mention:
    start = TEXT.index(words)
    return Mention(kind, words, Span(start, start + len(words)), name or words, "test")  # type: ignore[arg-type]


def reading(home: str | None = "青岚区") -> Reading:
    article = Article("a1", "会议召开", TEXT, (), Span(0, len(TEXT)), (), (), "2024-03-06", (Anchor(0, 0),), "a.txt")
    anchor = mention("Meeting", "经济工作会议", "青岚区经济工作会议")
    who: tuple[tuple[Role, Mention], ...] = (
        ("convener", mention("Area", "青岚区")),
        ("chair", mention("Person", "王磊")),
        ("attendee", mention("Organization", "区委")),
        ("attendee", mention("Group", "全体干部")),
    )
    day = When("2024-03-05", None, "3月5日", Span(0, 4))
    evidence = tuple(Evidence("a1", anchor.span, "test", sure) for sure in (0.7, 0.9))
    event = Event("Meeting", anchor, ("青岚区经济工作会议", "经济工作会议"), who, (day,), (mention("Area", "青岚区"),), evidence)
    return Reading(article, (), (event,), (), home)


def test_a_profile_tells_an_event_by_names_under_the_iri_of_the_graph() -> None:
    (profile,) = event_profiles(link(reading()))
    start = TEXT.index("经济工作会议")
    assert profile.iri == f"article/a1/event/{start}-{start + 6}"
    assert (profile.label, profile.names) == ("青岚区经济工作会议", ("青岚区经济工作会议", "经济工作会议"))
    assert (profile.kind, profile.status, profile.dates, profile.places) == ("Meeting", "happened", ("2024-03-05",), ("青岚区",))
    assert (profile.home, profile.published, profile.confidence) == ("青岚区", "2024-03-06", 0.9)


def test_a_profile_leaves_out_whom_no_other_article_can_mean() -> None:
    (profile,) = event_profiles(link(reading()))
    assert profile.roles == (("convener", "青岚区"), ("chair", "王磊"))
