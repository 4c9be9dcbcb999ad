"""Who is who among the bearers of one name: each rule with what it joins and what it leaves apart."""

from __future__ import annotations

import random
import time

import pytest

from kg.resolve.persons import persons
from kg.resolve.values import Holding, PersonProfile, Resolution, Verdict

AREAS = ("青岚县", "青岚区", "松陵县", "云州市", "俄罗斯", "日本")


def holding(post: str) -> Holding:
    """Return a holding of a post; ``原``, ``拟任`` and ``代`` before it tell its status."""
    status, name = ("former", post[1:]) if post.startswith("原") else ("proposed", post[2:]) if post.startswith("拟任") else ("held", post)
    area = next((area for area in AREAS if name.startswith(area)), None)
    return Holding(name, f"post/{name}", status, 0, 9, "posts/before-name", 0.9, area)  # type: ignore[arg-type]


def profile(article: str, published: str | None, *posts: str, name: str = "李伟", home: str | None = "青岚区", before: str = "") -> PersonProfile:
    held = tuple(map(holding, posts))
    is_national = any(post.startswith(("国务院", "中共中央", "全国", "国家")) for post in posts)
    area = "" if is_national else next((one.area for one in held if one.area), home)
    return PersonProfile(article, published, f"person/{area}/{name}" if area else f"person/{name}", name, area, home, held, before)


def parts(resolution: Resolution) -> list[set[str]]:
    """Return the articles of each group."""
    return [{article for article, _ in group.members} for group in resolution.groups]


def verdicts(resolution: Resolution) -> set[tuple[Verdict, str]]:
    return {(decision.verdict, decision.rule.removeprefix("persons/")) for decision in resolution.decisions}


def test_the_same_post_twice_is_one_person() -> None:
    found = persons([profile("a", "2023-01-01", "青岚区区长"), profile("b", "2024-01-01", "青岚区区长")])
    assert parts(found) == [{"a", "b"}]
    assert found.groups[0].iri == "person/青岚区/李伟"
    (decision,) = found.decisions
    assert (decision.verdict, decision.rule, decision.reason) == ("same", "persons/same-post", "同名，同为青岚区区长")
    assert decision.candidates == (("a", "person/青岚区/李伟"), ("b", "person/青岚区/李伟"))


def test_the_short_and_the_long_name_of_a_court_are_one_post() -> None:
    found = persons([profile("a", "2023-01-01", "青岚区人民法院院长"), profile("b", "2024-01-01", "青岚区法院院长")])
    assert parts(found) == [{"a", "b"}]


@pytest.mark.parametrize(
    ("first", "second"),
    [("青岚区区长", "青岚区委书记"), ("青岚区教育局局长", "青岚区水务局局长"), ("青岚区副区长", "青岚区区长"), ("青岚区委副书记", "青岚区人大常委会主任")],
)
def test_posts_that_follow_each_other_are_one_person(first: str, second: str) -> None:
    found = persons([profile("a", "2023-01-01", first), profile("b", "2023-06-01", first), profile("c", "2024-01-01", second)])
    assert parts(found) == [{"a", "b", "c"}]
    assert verdicts(found) <= {("same", "same-post"), ("same", "posts-in-turn"), ("same", "posts-together")}


@pytest.mark.parametrize(
    ("first", "second"), [("青岚区教育局局长", "青岚区水务局局长"), ("青岚区教育局局长", "青岚区法院院长"), ("青岚区区长", "青岚区委书记")]
)
def test_two_seats_that_nobody_holds_at_once_are_two_persons_where_reports_alternate(first: str, second: str) -> None:
    days = ("2023-01-01", "2023-03-01", "2023-05-01", "2023-07-01")
    found = persons([profile(f"{place}", day, (first, second)[place % 2]) for place, day in enumerate(days)])
    assert parts(found) == [{"0", "2"}, {"1", "3"}]
    assert ("different", "posts-exclude") in verdicts(found)
    assert all(name in next(decision.reason for decision in found.decisions if decision.verdict == "different") for name in ("同名", "交错"))


def test_a_bureau_and_a_court_one_after_the_other_stay_undecided() -> None:
    found = persons([profile("a", "2023-01-01", "青岚区教育局局长"), profile("b", "2024-01-01", "青岚区法院院长")])
    assert len(found.groups) == 2
    assert verdicts(found) == {("undecided", "posts-unrelated")}


@pytest.mark.parametrize(
    ("first", "second"),
    [("青岚区委副书记", "青岚区区长"), ("青岚区委常委", "青岚区委宣传部部长"), ("青岚区副区长", "青岚区公安局局长"), ("青岚区纪委书记", "青岚区监委主任")],
)
def test_posts_that_go_together_are_one_person_even_where_reports_alternate(first: str, second: str) -> None:
    days = ("2023-01-01", "2023-03-01", "2023-05-01", "2023-07-01")
    found = persons([profile(f"{place}", day, (first, second)[place % 2]) for place, day in enumerate(days)])
    assert len(found.groups) == 1
    assert ("same", "posts-together") in verdicts(found)


def test_two_li_wei_in_two_counties_stay_two() -> None:
    pile = [profile("a", "2023-01-01", "青岚区区长"), profile("b", "2023-02-01", "松陵县县长"), profile("c", "2023-03-01", "青岚区区长")]
    found = persons(pile)
    assert [group.iri for group in found.groups] == ["person/青岚区/李伟", "person/松陵县/李伟"]
    assert ("different", "two-areas") in verdicts(found)
    # one after the other it may be a move that nobody told of
    found = persons(pile[:2])
    assert [group.iri for group in found.groups] == ["person/青岚区/李伟", "person/松陵县/李伟"]
    assert verdicts(found) == {("undecided", "two-areas-in-turn")}


def test_a_similar_career_in_the_city_above_is_undecided_without_a_link() -> None:
    pile = [profile("a", "2022-01-01", "青岚区区长"), profile("b", "2024-01-01", "云州市副市长", home="云州市")]
    found = persons(pile, above={"青岚区": "云州市"})
    assert len(found.groups) == 2
    assert verdicts(found) == {("undecided", "levels")}
    assert verdicts(persons(pile)) == {("undecided", "two-areas-in-turn")}


def test_one_article_that_names_both_posts_links_them() -> None:
    pile = [
        profile("a", "2022-01-01", "青岚区区长"),
        profile("b", "2024-01-01", "原青岚区区长", "云州市副市长"),
        profile("c", "2024-06-01", "云州市副市长", home="云州市"),
    ]
    assert parts(persons(pile)) == [{"a", "b", "c"}]


def test_a_renamed_area_is_the_same_jurisdiction() -> None:
    pile = [profile("a", "2022-01-01", "青岚县副县长", home="青岚县"), profile("b", "2024-01-01", "青岚区区长")]
    assert len(persons(pile).groups) == 2
    found = persons(pile, renamed={"青岚县": "青岚区"})
    assert parts(found) == [{"a", "b"}]
    assert found.groups[0].iri == "person/青岚区/李伟"


def test_a_villager_is_not_the_official_of_that_name() -> None:
    found = persons([profile("a", "2023-01-01", "青岚区区长"), profile("b", "2023-01-02", before="柳河村村民")])
    assert len(found.groups) == 2
    assert verdicts(found) == {("different", "ordinary-word")}
    assert "村民" in found.decisions[0].reason


def test_a_name_alone_in_the_same_district_is_undecided() -> None:
    found = persons([profile("a", "2023-01-01", "青岚区区长"), profile("b", "2023-01-02")])
    assert verdicts(found) == {("undecided", "name-only")}
    assert [group.iri for group in found.groups] == ["person/青岚区/李伟", "person/青岚区/李伟-b"]


def test_leaders_of_the_district_named_without_a_post_are_its_official_of_that_name_in_their_time() -> None:
    official = profile("a", "2023-01-01", "青岚区副区长")
    found = persons([official, profile("b", "2023-03-01", before="区领导")])
    assert verdicts(found) == {("same", "called-leader")}
    assert len(persons([official, profile("b", "2010-03-01", before="区领导")]).groups) == 2
    assert len(persons([official, profile("c", "2023-01-01", "青岚区第一小学校长"), profile("b", "2023-03-01", before="区领导")]).groups) == 3


def test_a_leader_of_the_country_is_known_without_a_post_in_reports_of_the_whole_country_only() -> None:
    pile = [profile("a", "2023-01-01", "国务院副总理", home=None), profile("b", "2023-02-01", home=None), profile("c", "2023-02-01", home="青岚区")]
    found = persons(pile)
    assert parts(found) == [{"a", "b"}, {"c"}]
    assert verdicts(found) == {("same", "leader"), ("undecided", "name-only")}


def test_national_posts_that_go_together_are_one_person() -> None:
    pile = [
        profile("a", "2023-01-01", "国务院副总理", home=None),
        profile("b", "2023-02-01", "中共中央政治局委员", home=None),
        profile("c", "2023-03-01", "国务院副总理", home=None),
    ]
    assert len(persons(pile).groups) == 1


def test_two_bare_names_are_never_one_by_the_name_alone() -> None:
    found = persons([profile("a", "2023-01-01"), profile("b", "2023-01-01")])
    assert len(found.groups) == 2
    assert verdicts(found) == {("undecided", "name-only")}


def test_a_calling_tells_as_a_post_does() -> None:
    found = persons([profile("a", "2023-01-01", before="航天员"), profile("b", "2023-01-02", before="航天员"), profile("c", "2023-01-02", before="村民")])
    assert parts(found) == [{"a", "b"}, {"c"}]


def test_a_leader_abroad_is_one_in_the_country() -> None:
    pile = [profile("a", "2023-01-01", "俄罗斯总统", name="普京", home=None), profile("b", "2023-02-01", "俄罗斯联邦总统", name="普京", home=None)]
    found = persons([*pile, profile("c", "2023-02-03", name="普京", home=None)])
    assert parts(found) == [{"a", "b", "c"}]


def test_two_candidates_of_equal_right_leave_it_undecided() -> None:
    days = ("2022-01-01", "2022-02-01", "2022-03-01", "2022-04-01")
    rivals = [profile(f"{place}", day, ("青岚区教育局局长", "青岚区水务局局长")[place % 2]) for place, day in enumerate(days)]
    found = persons([*rivals, profile("x", "2024-01-01", "青岚区交通局局长")])
    assert parts(found) == [{"0", "2"}, {"1", "3"}, {"x"}]
    assert ("undecided", "two-candidates") in verdicts(found)


def test_what_somebody_decided_goes_before_all_rules() -> None:
    one, other = profile("a", "2023-01-01", "青岚区区长"), profile("b", "2024-01-01", "青岚区区长")
    found = persons([one, other, profile("c", "2024-02-01", "青岚区区长")], apart=[(one.member, other.member)])
    assert {"a"} in parts(found) or {"b"} in parts(found)
    assert len(found.groups) == 2
    assert ("different", "by-hand") in verdicts(found)
    far = profile("d", "2024-01-01", "松陵县县长")
    joined = persons([one, far], together=[(far.member, one.member)])
    assert parts(joined) == [{"a", "d"}]
    assert verdicts(joined) == {("same", "by-hand")}


def test_a_pair_that_names_nobody_here_changes_nothing() -> None:
    pile = [profile("a", "2023-01-01", "青岚区区长"), profile("b", "2024-01-01", "青岚区区长")]
    assert persons(pile, together=[(("x", "person/x"), pile[0].member)], apart=[(("x", "person/x"), ("y", "person/y"))]) == persons(pile)


def test_namesakes_of_one_district_are_told_apart_by_the_post() -> None:
    days = ("2023-01-01", "2023-03-01", "2023-05-01", "2023-07-01")
    found = persons([profile(f"{place}", day, ("青岚区教育局局长", "青岚区法院院长")[place % 2]) for place, day in enumerate(days)])
    assert [group.iri for group in found.groups] == ["person/青岚区/李伟", "person/青岚区/李伟-人民法院院长"]


def test_the_order_of_the_profiles_never_matters() -> None:
    posts = ["青岚区区长", "青岚区委书记", "青岚区教育局局长", "青岚区法院院长", "松陵县县长", "云州市副市长", "国务院副总理"]
    pile = [profile(f"a{place:02}", f"20{20 + place % 5}-0{1 + place % 9}-01", *([posts[place * 5 % 7]] if place % 3 else [])) for place in range(40)]
    wanted = persons(pile, above={"青岚区": "云州市"})
    for seed in range(5):
        random.Random(seed).shuffle(pile)
        assert persons(pile, above={"青岚区": "云州市"}) == wanted


def test_every_profile_is_in_exactly_one_group_and_every_iri_is_used_once() -> None:
    posts = ["青岚区区长", "青岚区教育局局长", "青岚区法院院长", "松陵县县长", "教授"]
    pile = [profile(f"a{place:02}", None if place % 4 == 0 else f"202{place % 5}", *([posts[place % 5]] if place % 2 else [])) for place in range(30)]
    found = persons(pile)
    members = [member for group in found.groups for member in group.members]
    assert sorted(members) == sorted(one.member for one in pile)
    assert len({group.iri for group in found.groups}) == len(found.groups)
    assert not any(group.iri.endswith(".") for group in found.groups)


def test_no_profiles_are_no_persons() -> None:
    assert persons([]) == Resolution((), ())


def test_a_leader_of_nine_thousand_reports_is_decided_in_a_second() -> None:
    sets = [("国务院副总理",), ("中共中央政治局委员",), ("中共中央政治局委员", "国务院副总理"), ()]
    pile = [profile(f"a{place:05}", f"202{place % 4}-{1 + place % 12:02}-{1 + place % 28:02}", *sets[place % 4], home=None) for place in range(9000)]
    started = time.process_time()
    found = persons(pile)
    assert time.process_time() - started < 1
    assert len(found.groups) == 1
    assert len(found.decisions) < 20
