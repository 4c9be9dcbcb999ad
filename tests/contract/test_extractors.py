"""What every extractor promises, whoever it is: the same questions to each tenant."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from kg.demo import pages
from kg.model import EVENT_KINDS, ROLES, Article, Document, Event, Evidence, Span, Statement, Tenure, mentions_of
from kg.page import articles
from kg.read import document

if TYPE_CHECKING:
    from kg.extract import RuleExtractor

TENANTS = ("lac", "jieba", "none")
"""The taggers that the extractor may be given: each makes another tenant."""


@pytest.fixture(scope="module", params=TENANTS)
def tenant(request: pytest.FixtureRequest, extractor: RuleExtractor) -> RuleExtractor:
    from kg.extract import RuleExtractor
    from kg.extract.tag import tagger

    return RuleExtractor(tagger(request.param))


@pytest.fixture(scope="module")
def stories() -> list[Article]:
    """The invented pages, and stories that try an extractor's patience."""
    odd = (
        "。。。！！？\n",
        "“\n",
        "会议强调，\n",
        "他强调，要。他指出：“\n",
        "区委书记、区长、副区长\n",
        "出席会议并讲话\n",
        "强调强调强调指出指出要求要求\n\n会议会议会议会议\n",
        "《》《》“”（）\n",
        "A" * 500 + "\n",
        "甲" * 500 + "。\n",
        "区长张建国" * 60 + "。\n",
        "\U0001f600区委书记张建国\U0001f600出席会议。\n",
    )
    documents = [document(text, name) for name, text in pages()]
    documents += [Document(str(number), text, f"odd/{number}", "2024-03-05") for number, text in enumerate(odd)]
    return [article for page in documents for article in articles(page)]


def evidence_of(fact: object) -> tuple[Evidence, ...]:
    return fact.evidence if isinstance(fact, Event) else (fact.evidence,)  # type: ignore[attr-defined]


def test_the_pages_of_the_demo_say_something(tenant: RuleExtractor, stories: list[Article]) -> None:
    facts = [fact for story in stories[:7] for fact in tenant.reading(story).facts]
    assert {type(fact) for fact in facts} >= {Tenure, Event, Statement}


def test_the_same_story_says_the_same(tenant: RuleExtractor, stories: list[Article]) -> None:
    for story in stories:
        assert tenant.reading(story) == tenant.reading(story)


def test_stories_do_not_leak_into_each_other(tenant: RuleExtractor, stories: list[Article]) -> None:
    alone = [tenant.reading(story) for story in stories]
    backwards = [tenant.reading(story) for story in reversed(stories)]
    assert alone == backwards[::-1]


def test_every_mention_is_words_of_the_story(tenant: RuleExtractor, stories: list[Article]) -> None:
    for story in stories:
        reading = tenant.reading(story)
        for mention in (*reading.mentions, *(m for fact in reading.facts for m in mentions_of(fact))):
            assert mention.span.of(story.text) == mention.text
            assert mention.name.strip()
            assert 0 < mention.confidence <= 1
            assert mention.rule


def test_mentions_stand_apart_or_one_inside_the_other(tenant: RuleExtractor, stories: list[Article]) -> None:
    for story in stories:
        spans = sorted((mention.span for mention in tenant.reading(story).mentions), key=lambda span: (span.start, -span.end))
        for one, other in itertools.combinations(spans, 2):
            assert not one.overlaps(other) or one.covers(other)


def test_every_fact_has_evidence_inside_the_story(tenant: RuleExtractor, stories: list[Article]) -> None:
    for story in stories:
        whole = Span(0, len(story.text))
        for fact in tenant.reading(story).facts:
            assert evidence_of(fact)
            for evidence in evidence_of(fact):
                assert evidence.article == story.id
                assert whole.covers(evidence.span)
                assert evidence.rule
                assert 0 < evidence.confidence <= 1


def test_a_statement_is_words_of_the_story(tenant: RuleExtractor, stories: list[Article]) -> None:
    for story in stories:
        for fact in tenant.reading(story).facts:
            if isinstance(fact, Statement):
                assert fact.span.of(story.text) == fact.text
                assert fact.verb
                assert "\n" not in fact.text


def test_kinds_and_roles_are_those_of_the_ontology(tenant: RuleExtractor, stories: list[Article]) -> None:
    for story in stories:
        for fact in tenant.reading(story).facts:
            if isinstance(fact, Event):
                assert fact.kind in EVENT_KINDS
                assert fact.anchor.kind == fact.kind
                assert all(role in ROLES for role, _ in fact.roles)


def test_an_empty_story_says_nothing(tenant: RuleExtractor) -> None:
    empty = Article("empty", "", "", (), None, (), (), None, (), "empty.txt")
    reading = tenant.reading(empty)
    assert (reading.article, reading.mentions, reading.facts) == (empty, (), ())


def test_nothing_is_printed(tenant: RuleExtractor, stories: list[Article], capfd: pytest.CaptureFixture[str]) -> None:
    for story in stories:
        tenant.reading(story)
    assert capfd.readouterr() == ("", "")


def test_facts_are_those_of_the_reading(tenant: RuleExtractor, stories: list[Article]) -> None:
    assert tuple(tenant.facts(stories[0])) == tenant.reading(stories[0]).facts
