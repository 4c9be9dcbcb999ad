"""What a story names becomes things of the graph: one IRI for what is one, two for what is two."""

from __future__ import annotations

from kg.link import link
from kg.link.iri import segment
from kg.model import Anchor, Article, Evidence, Mention, Reading, Span, Tenure

TEXT = "青岚区委书记张建国、区法院院长李伟调研。张建国强调，要推行“链长制”。区委发文，推行链长制。\n"


def story(home: str | None = "青岚区", ident: str = "a1") -> Article:
    return Article(ident, "张建国调研", TEXT, (), Span(0, len(TEXT)), (), (), None, (Anchor(0, 0),), "a.txt")


def words(kind: str, surface: str, name: str | None = None, nth: int = 0, rule: str = "test") -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(surface, start + 1)
    return Mention(kind, surface, Span(start, start + len(surface)), name or surface, rule)  # type: ignore[arg-type]


def reading(*mentions: Mention, home: str | None = "青岚区", facts: tuple[Tenure, ...] = (), ident: str = "a1") -> Reading:
    return Reading(story(ident=ident), mentions, facts, (), home)


def test_a_person_named_twice_is_one_thing() -> None:
    first, second = words("Person", "张建国"), words("Person", "张建国", nth=1)
    linked = link(reading(first, second))
    assert linked.entities[first] == linked.entities[second]
    assert linked.entities[first].iri == "person/青岚区/张建国"


def test_a_person_is_told_from_a_namesake_by_the_area_of_the_post() -> None:
    person, post = words("Person", "张建国"), words("Post", "区委书记", "白石区委书记")
    tenure = Tenure(person, post, Evidence("a1", person.span, "test", 0.9), area="白石区")
    linked = link(reading(person, facts=(tenure,)))
    assert linked.entities[person].iri == "person/白石区/张建国"


def test_a_holder_of_a_national_post_has_no_area() -> None:
    person, post = words("Person", "张建国"), words("Post", "区委书记", "国务院总理")
    tenure = Tenure(person, post, Evidence("a1", person.span, "test", 0.9))
    assert link(reading(person, facts=(tenure,))).entities[person].iri == "person/张建国"


def test_a_policy_with_and_without_quotes_is_one_thing_with_both_spellings() -> None:
    quoted, bare = words("Policy", "“链长制”"), words("Policy", "链长制", nth=1)
    linked = link(reading(quoted, bare))
    assert linked.entities[quoted] == linked.entities[bare]
    assert linked.entities[quoted].label == "链长制"
    assert linked.entities[quoted].alternatives == ("“链长制”",)


def test_a_body_whose_area_no_story_tells_is_the_story_s_own() -> None:
    body = words("Organization", "区委", nth=1)
    here = link(reading(body, home=None, ident="a1")).entities[body]
    there = link(reading(body, home=None, ident="a2")).entities[body]
    assert here.iri != there.iri
    full = words("Organization", "区委", "青岚区委", nth=1)
    assert link(reading(full, ident="a1")).entities[full].iri == link(reading(full, ident="a2")).entities[full].iri == "org/青岚区委"


def test_a_court_bears_its_long_name_and_is_found_by_the_short_one() -> None:
    post = words("Post", "区法院院长", "青岚区法院院长")
    person = words("Person", "李伟")
    tenure = Tenure(person, post, Evidence("a1", person.span, "test", 0.9))
    entity = link(reading(person, facts=(tenure,))).entities[post]
    assert entity.label == "青岚区人民法院院长"
    assert "青岚区法院院长" in entity.alternatives


def test_a_place_that_is_a_project_elsewhere_in_the_story_is_the_project() -> None:
    place, project = words("Place", "张建国"), words("Project", "张建国", nth=1)
    linked = link(reading(place, project))
    assert linked.entities[place] == linked.entities[project]
    assert linked.entities[place].kind == "Project"


def test_names_in_iris_are_letters_digits_and_percent_signs() -> None:
    for name in ("A.B.", "<script>", "甲 乙", "a/b#c?d", "“引号”", "𠮷野", "..", "~"):
        made = segment(name)
        assert all(character.isalnum() or character in "-_%" for character in made), made
        assert not made.endswith(".")


def test_an_area_bears_its_code_where_the_story_tells_which_it_is() -> None:
    here, there = words("Area", "青岚区", "鼓楼区"), words("Area", "区", "开封市", nth=1)
    linked = link(reading(here, there, home=None))
    assert linked.entities[here].code == "410204"
    alone = link(reading(here, home=None)).entities[here]
    assert alone.code is None
    assert alone.iri != linked.entities[here].iri


def test_a_body_is_one_thing_however_two_articles_write_its_name() -> None:
    one = words("Organization", "区委", "中共青岚区委员会", nth=1)
    two = words("Organization", "区委", "云州市青岚区委", nth=1)
    here, there = link(reading(one, ident="a1")).entities[one], link(reading(two, home=None, ident="a2")).entities[two]
    assert (here.iri, here.label) == (there.iri, there.label) == ("org/青岚区委", "青岚区委")
    assert "中共青岚区委员会" in here.alternatives


def test_a_bureau_in_short_and_in_full_is_one_thing() -> None:
    one, two = words("Organization", "区委", "青岚区发改局", nth=1), words("Organization", "区法院", "青岚区发展和改革局")
    linked = link(reading(one, two))
    assert linked.entities[one] == linked.entities[two]
    assert linked.entities[one].label == "青岚区发展和改革局"


def test_the_committees_of_two_districts_of_one_name_stay_two() -> None:
    body = words("Organization", "区委", "鼓楼区委", nth=1)
    iris = set()
    for city in ("开封市", "南京市"):
        near = words("Area", "区", city, nth=1)
        iris.add(link(reading(body, near, home=None)).entities[body].iri)
    assert iris == {"org/410204/鼓楼区委", "org/320106/鼓楼区委"}


def test_the_city_in_a_body_s_own_name_tells_which_district_it_is_of() -> None:
    body, post = words("Organization", "区委", "开封市鼓楼区委", nth=1), words("Post", "区委书记", "中共开封市鼓楼区委书记")
    linked = link(reading(body, post, home=None))
    assert linked.entities[body].iri == "org/410204/鼓楼区委"
    assert linked.entities[post].iri == "post/410204/鼓楼区委书记"


def test_a_town_that_begins_with_the_word_for_a_town_is_no_leaning_name() -> None:
    body = words("Organization", "区委", "镇江市委", nth=1)
    assert link(reading(body, home=None)).entities[body].iri == "org/镇江市委"


def test_a_department_that_names_no_area_is_the_story_s_own() -> None:
    body = words("Organization", "区委", "宣传部", nth=1)
    assert link(reading(body, home=None)).entities[body].iri == "org/article-a1/宣传部"


def test_a_project_is_one_with_and_without_its_area_and_the_word_project() -> None:
    one, two = words("Project", "调研", "青岚区松涛里城市更新项目"), words("Project", "发文", "“松涛里”城市更新")
    linked = link(reading(one, two))
    assert linked.entities[one] == linked.entities[two]
    assert (linked.entities[one].iri, linked.entities[one].label) == ("project/青岚区/松涛里城市更新项目", "松涛里城市更新项目")


def test_a_province_in_short_and_in_full_is_one_area() -> None:
    short = words("Area", "区", "河南", nth=1)
    entity = link(reading(short)).entities[short]
    assert (entity.iri, entity.label, entity.code) == ("area/河南省", "河南省", "410000")


def test_a_former_county_is_an_area_of_its_own_with_its_code() -> None:
    area = words("Area", "区", "崇明县", nth=1)
    entity = link(reading(area)).entities[area]
    assert (entity.iri, entity.code) == ("area/崇明县", "310230")


def test_bodies_and_posts_lead_to_the_area_that_their_names_begin_with() -> None:
    area = words("Area", "青岚区")
    body, post = words("Organization", "区委", "青岚区委", nth=1), words("Post", "区委书记", "青岚区委书记")
    other = words("Organization", "发文", "白石区委")
    linked = link(reading(area, body, post, other))
    assert linked.entities[body].area == linked.entities[post].area == linked.entities[area].iri
    assert linked.entities[other].area is None


def test_a_place_is_not_put_into_the_story_s_area_when_the_story_names_another() -> None:
    area, place = words("Area", "青岚区"), words("Place", "发文", "柳溪公园")
    assert link(reading(area, place)).entities[place].area == linked_area(area)
    other = words("Area", "区", "白石区", nth=2)
    assert link(reading(area, place, other)).entities[place].area is None


def linked_area(area: Mention) -> str:
    return link(reading(area)).entities[area].iri


def test_an_academy_of_the_state_has_no_area_and_a_foreign_ministry_has() -> None:
    china, france = words("Area", "青岚区", "中国"), words("Area", "区", "法国", nth=1)
    academy, ministry = words("Organization", "区委", "中国科学院"), words("Organization", "发文", "法国外交部")
    linked = link(reading(china, france, academy, ministry))
    assert linked.entities[academy].area is None
    assert linked.entities[ministry].area == "area/法国"


def test_a_place_named_after_another_area_is_not_put_into_the_story_s() -> None:
    area, place = words("Area", "青岚区"), words("Place", "发文", "漳州核电站")
    assert link(reading(area, place)).entities[place].area is None
