"""Two holders of one name in one story are two; one holder of several posts stays one."""

from __future__ import annotations

import pytest

from kg.extract import RuleExtractor
from kg.link import link
from kg.model import Document
from kg.page import articles


def persons(extractor: RuleExtractor, text: str) -> list[tuple[str, str]]:
    """Return the words of each mention of a person, with those that stand before it, and the IRI."""
    article = next(iter(articles(Document("story", text, "story.txt", "2024-03-05"))))
    linked = link(extractor.reading(article))
    found = sorted((mention.span, entity.iri) for mention, entity in linked.entities.items() if entity.kind == "Person")
    return [(article.text[max(0, span.start - 2) : span.end], iri) for span, iri in found]


def test_two_li_wei_in_one_list_are_two_and_later_mentions_follow_the_last_one_with_a_title(extractor: RuleExtractor) -> None:
    story = (
        "青岚区会议召开\n3月4日，青岚区教育工作会召开。区教育局局长李伟、区法院院长李伟出席会议。"
        "李伟强调，要公正司法。区教育局局长李伟表示，要办好教育。李伟指出，要重视体育。"
    )
    assert [iri for _, iri in persons(extractor, story)] == [
        "person/青岚区/李伟-教育局局长",
        "person/青岚区/李伟-法院院长",
        "person/青岚区/李伟-法院院长",
        "person/青岚区/李伟-教育局局长",
        "person/青岚区/李伟-教育局局长",
    ]


def test_the_heads_of_two_counties_with_one_name_are_two(extractor: RuleExtractor) -> None:
    story = "两地交流\n3月4日，青岚区区长李伟来到松陵县。松陵县县长李伟陪同。青岚区区长李伟强调，要加强合作。"
    assert [iri for _, iri in persons(extractor, story)] == ["person/青岚区/李伟", "person/松陵县/李伟", "person/青岚区/李伟"]


@pytest.mark.parametrize(
    "story",
    [
        "青岚区大会\n3月4日，青岚区召开大会。区委副书记、区长李伟出席会议。区长李伟强调，要加快发展。",
        "青岚区大会\n3月4日，青岚区召开大会。区委常委李伟出席会议。区委宣传部部长李伟强调，要加快发展。",
        "青岚区大会\n3月4日，青岚区召开大会。副区长李伟出席会议。区公安局局长李伟强调，要加快发展。",
        "青岚区大会\n3月4日，青岚区召开大会。区教育局党组书记李伟出席会议。区教育局局长李伟强调，要加快发展。",
        "云州市大会\n3月4日，云州市召开大会。云州市委常委李伟出席会议。青岚区委书记李伟强调，要加快发展。",
        "青岚区大会\n3月4日，青岚区召开大会。青岚区委书记、原松陵县县长李伟出席会议。李伟强调，要加快发展。",
    ],
)
def test_posts_that_go_together_stay_one_person(extractor: RuleExtractor, story: str) -> None:
    found = persons(extractor, story)
    assert len(found) > 1
    assert len({iri for _, iri in found}) == 1
