"""What one story tells of each person: posts with their evidence, the area, and the words before the name."""

from __future__ import annotations

from kg.extract import RuleExtractor
from kg.graph.quads import triples
from kg.link import link
from kg.model import Document
from kg.page import articles
from kg.resolve.profiles import person_profiles
from kg.resolve.values import PersonProfile

BASE = "https://news.example/"


def profiles(extractor: RuleExtractor, text: str) -> dict[str, PersonProfile]:
    """Return the profiles of a story by name; each IRI is one that the story's graph uses."""
    article = next(iter(articles(Document("story", text, "story.txt", "2024-03-05"))))
    linked = link(extractor.reading(article))
    subjects = {subject for subject, _, _ in triples(linked, BASE)}
    found = list(person_profiles(linked))
    assert all(f"<{BASE}{profile.iri}>" in subjects for profile in found)
    return {profile.name: profile for profile in found}


def test_a_titled_person_has_posts_with_their_stretch_of_the_text(extractor: RuleExtractor) -> None:
    found = profiles(extractor, "青岚区大会\n3月4日，青岚区召开大会。区委副书记、区长李伟出席会议。")["李伟"]
    assert (found.area, found.home, found.published, found.iri) == ("青岚区", "青岚区", "2024-03-05", "person/青岚区/李伟")
    assert [(one.post, one.status, one.area) for one in found.holdings] == [("青岚区委副书记", "held", "青岚区"), ("青岚区区长", "held", "青岚区")]
    assert all(one.begin < one.end and one.post_iri == f"post/{one.post}" for one in found.holdings)


def test_an_appointment_dates_a_post_and_a_removal_ends_one(extractor: RuleExtractor) -> None:
    found = profiles(extractor, "任免\n3月4日，青岚区人大常委会会议决定，任命李伟为青岚区副区长，免去王强的青岚区教育局局长职务。")
    (given,), (taken,) = found["李伟"].holdings, found["王强"].holdings
    assert (given.status, given.began, given.ended) == ("held", "2024-03-04", None)
    assert (taken.status, taken.began, taken.ended) == ("removed", None, "2024-03-04")
    assert given.event is not None
    assert given.event == taken.event
    assert given.event.startswith("article/")


def test_the_words_before_a_list_of_names_are_said_of_all(extractor: RuleExtractor) -> None:
    found = profiles(extractor, "青岚区大会\n3月4日，青岚区召开大会。区领导张建国、李伟出席会议。")
    assert [found[name].before.endswith("区领导") for name in ("张建国", "李伟")] == [True, True]
    assert not found["李伟"].holdings


def test_reporters_are_no_persons_of_the_story(extractor: RuleExtractor) -> None:
    found = profiles(extractor, "青岚区大会\n（记者 王明）3月4日，青岚区召开大会。区长李伟出席会议。")
    assert set(found) == {"李伟"}


def test_the_home_of_a_story_of_the_whole_country_tells_nothing_of_bare_names(extractor: RuleExtractor) -> None:
    found = profiles(extractor, "国务院总理张建国在云州市考察\n3月4日，国务院总理张建国来到云州市考察。王强、李伟陪同考察。云州市加快发展。")
    assert found["张建国"].area == ""
    assert found["李伟"].area is None
    local = profiles(extractor, "云州市会议\n3月4日，云州市召开会议。云州市市长张建国出席，王强、李伟参加。云州市加快发展。")
    assert local["李伟"].area == "云州市"
