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


def test_a_court_is_found_by_its_long_name_too() -> None:
    post = words("Post", "区法院院长", "青岚区法院院长")
    person = words("Person", "李伟")
    tenure = Tenure(person, post, Evidence("a1", person.span, "test", 0.9))
    entity = link(reading(person, facts=(tenure,))).entities[post]
    assert entity.label == "青岚区法院院长"
    assert "青岚区人民法院院长" in entity.alternatives


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
