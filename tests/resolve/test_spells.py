"""Who held which post and when: one spell for each stay, ended by reports and never by silence."""

from __future__ import annotations

from kg.resolve.spells import seat_of, spells, successions
from kg.resolve.values import Group, Holding, PersonProfile, Spell, Status


def seen(article: str, published: str | None, post: str, status: Status = "held", day: str | None = None, event: str | None = None) -> PersonProfile:
    """Return what an article tells of a person's post; ``day`` is that of the appointment or removal."""
    began, ended = (None, day) if status == "removed" else (day, None)
    holding = Holding(post, f"post/{post}", status, 3, 12, "posts/before-name", 0.9, "青岚区", began=began, ended=ended, event=event)
    return PersonProfile(article, published, "person/青岚区/李伟", "李伟", "青岚区", "青岚区", (holding,))


def of(*profiles: PersonProfile, person: str = "李伟") -> tuple[Spell, ...]:
    group = Group(f"person/青岚区/{person}", person, (), tuple(profile.member for profile in profiles))
    return spells(group, profiles)


def test_a_post_seen_in_several_reports_is_one_spell_from_the_first_to_the_last() -> None:
    (spell,) = of(seen("a", "2023-05-01", "青岚区区长"), seen("b", "2022-01-01", "青岚区区长"), seen("c", "2023-01-01", "青岚区区长"))
    assert (spell.first_seen, spell.last_seen, spell.began, spell.ended) == ("2022-01-01", "2023-05-01", None, None)
    assert [article for article, _ in spell.sightings] == ["b", "c", "a"]
    assert spell.iri.startswith("article/b/tenure/3-12-")


def test_the_iri_of_a_spell_is_that_which_the_first_article_alone_gives() -> None:
    (alone,) = of(seen("b", "2022-01-01", "青岚区区长"))
    (spell,) = of(seen("a", "2023-05-01", "青岚区区长"), seen("b", "2022-01-01", "青岚区区长"))
    assert spell.iri == alone.iri


def test_acting_held_and_proposed_are_spells_of_their_own() -> None:
    found = of(seen("a", "2022-01-01", "青岚区区长", "proposed"), seen("b", "2022-02-01", "青岚区区长", "acting"), seen("c", "2022-05-01", "青岚区区长"))
    assert [(spell.status, spell.first_seen) for spell in found if spell.status != "proposed"] == [("acting", "2022-02-01"), ("held", "2022-05-01")]
    (proposed,) = (spell for spell in found if spell.status == "proposed")
    assert (proposed.first_seen, proposed.last_seen) == (None, None)


def test_an_appointment_begins_and_a_removal_ends_a_spell() -> None:
    (spell,) = of(
        seen("a", "2022-01-02", "青岚区区长", day="2022-01-01", event="article/a/event/1-9"),
        seen("b", "2023-01-01", "青岚区区长"),
        seen("c", "2024-03-05", "青岚区区长", "removed", day="2024-03-04", event="article/c/event/1-9"),
    )
    assert (spell.status, spell.began, spell.began_by, spell.ended, spell.ended_by) == (
        "held", "2022-01-01", "article/a/event/1-9", "2024-03-04", "article/c/event/1-9",
    )  # fmt: skip
    assert (spell.first_seen, spell.last_seen) == ("2022-01-02", "2023-01-01")
    assert len(spell.sightings) == 3


def test_a_former_post_joins_the_spell_but_ends_it_on_no_day() -> None:
    (spell,) = of(seen("a", "2022-01-01", "青岚区区长"), seen("b", "2024-01-01", "青岚区区长", "former"))
    assert (spell.status, spell.last_seen, spell.ended) == ("held", "2022-01-01", None)
    (alone,) = of(seen("b", "2024-01-01", "青岚区区长", "former"))
    assert (alone.status, alone.first_seen, alone.last_seen) == ("former", None, None)


def test_a_post_is_never_ended_by_silence() -> None:
    (spell,) = of(seen("a", "2012-01-01", "青岚区区长"), seen("b", "2024-01-01", "青岚区区长"))
    assert spell.ended is None


def test_a_post_held_again_after_a_removal_is_another_spell() -> None:
    first, second = of(
        seen("a", "2020-01-01", "青岚区区长"),
        seen("b", "2021-01-01", "青岚区区长", "removed", day="2021-01-01"),
        seen("c", "2023-01-01", "青岚区区长"),
    )
    assert (first.last_seen, first.ended, second.first_seen, second.ended) == ("2020-01-01", "2021-01-01", "2023-01-01", None)
    assert first.iri != second.iri


def test_dates_that_lack_a_day_or_are_missing_are_compared_with_care() -> None:
    (spell,) = of(seen("a", "2023", "青岚区区长"), seen("b", "2023-06-01", "青岚区区长"), seen("c", None, "青岚区区长"))
    assert (spell.first_seen, spell.last_seen) == ("2023", "2023")
    (undated,) = of(seen("c", None, "青岚区区长"))
    assert (undated.first_seen, undated.last_seen) == (None, None)
    (same_month,) = of(seen("a", "2023-05", "青岚区区长"), seen("b", "2023-05", "青岚区区长", "removed", day="2023-05"), seen("c", "2023-05-09", "青岚区区长"))
    assert same_month.ended == "2023-05"


def test_other_persons_reports_do_not_count() -> None:
    mine, other = seen("a", "2022-01-01", "青岚区区长"), seen("b", "2023-01-01", "青岚区区长")
    (spell,) = spells(Group("person/青岚区/李伟", "李伟", (), (mine.member,)), [mine, other])
    assert spell.last_seen == "2022-01-01"


def test_who_came_after_whom_in_one_seat() -> None:
    first = of(seen("a", "2020-01-01", "青岚区区长"), seen("b", "2021-01-01", "青岚区区长"), person="王强")
    second = of(seen("c", "2021-03-01", "青岚区区长"), seen("d", "2022-01-01", "青岚区区长"), person="李伟")
    third = of(seen("e", "2023-01-01", "青岚区区长"), person="赵敏")
    assert list(successions([*third, *first, *second])) == [(first[0].iri, second[0].iri), (second[0].iri, third[0].iri)]


def test_one_decision_that_removes_one_and_appoints_another_makes_a_succession() -> None:
    gone = of(seen("a", "2024-03-05", "青岚区区长", "removed", day="2024-03-04"), person="王强")
    come = of(seen("a", "2024-03-05", "青岚区区长", day="2024-03-04"), person="李伟")
    assert list(successions([*gone, *come])) == [(gone[0].iri, come[0].iri)]


def test_holders_whose_reports_alternate_do_not_succeed_each_other() -> None:
    one = of(seen("a", "2020-01-01", "青岚区区长"), seen("b", "2022-01-01", "青岚区区长"), person="王强")
    other = of(seen("c", "2021-01-01", "青岚区区长"), person="李伟")
    assert list(successions([*one, *other])) == []


def test_whoever_acted_first_succeeds_once() -> None:
    before = of(seen("a", "2020-01-01", "青岚区区长"), person="王强")
    acting = of(seen("b", "2021-01-01", "青岚区代区长", "acting"), seen("c", "2021-03-01", "青岚区区长"), person="李伟")
    assert seat_of("青岚区代区长") == seat_of("青岚区区长")
    assert list(successions([*before, *acting])) == [(before[0].iri, next(spell.iri for spell in acting if spell.status == "acting"))]


def test_posts_of_several_seats_are_no_single_seat() -> None:
    assert [seat_of(post) for post in ("青岚区副区长", "青岚区委常委", "区长")] == [None, None, None]


