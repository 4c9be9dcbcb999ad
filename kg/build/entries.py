"""Make of a reading what goes onto the shelf: its triples as the article alone tells them, and the profiles it is found by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.graph import triples
from kg.graph.retelling import text_of
from kg.link import link
from kg.model import Linked, Reading, Triple
from kg.resolve import EditionProfile, block, event_profiles, notice, person_profiles, sketch, written
from kg.shelf import Entry

_ORDER = {"partOf": "above", "replacedBy": "renamed"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIGNS = re.compile(r"\W+")


def entry(reading: Reading, base: str) -> Entry:
    """Return what the shelf keeps of one reading."""
    article = reading.article
    linked = link(reading)
    refused = json.dumps([(one.span.start, one.span.end, one.text, one.reason) for one in reading.refusals], ensure_ascii=False) if reading.refusals else ""
    said = text_of(triples(linked, base))
    return Entry(article.id, article.headline, article.published, article.publisher, said, tuple(_profiles(linked)), refused)


def _profiles(linked: Linked) -> Iterator[tuple[str, str]]:
    """Yield the blocks of an article and its profiles in them."""
    article = linked.reading.article
    for person in person_profiles(linked):
        yield f"person:{person.name}", written(person)
    for event in event_profiles(linked):
        # a month: one article may tell the day of an event and another only be printed the day after
        yield f"event:{_DAY.sub(lambda day: day[0][:7], block(event))}", written(event)
    for key in sketch(article.text):
        yield f"sketch:{key}", ""
    yield from _notices(EditionProfile(article.id, article.published, article.publisher, article.source, article.headline, article.text))
    for fact in linked.reading.facts:
        if isinstance(fact, Triple) and fact.relation in _ORDER and fact.subject.kind == fact.object.kind == "Area":
            yield "context:areas", json.dumps([_ORDER[fact.relation], fact.subject.name, fact.object.name], ensure_ascii=False)


def _notices(edition: EditionProfile) -> Iterator[tuple[str, str]]:
    """Yield the blocks in which a notice of correction and the article that it puts right meet: by the headline, or by the day."""
    said = notice(edition)
    if said is None:
        lines = (edition.headline, *edition.headline.split())
        for title in sorted({_SIGNS.sub("", line) for line in lines}):
            yield f"notice:{title}", ""
        if edition.published is not None:
            yield f"notice:{edition.published}", ""
    elif said.headline_quoted is not None:
        yield f"notice:{_SIGNS.sub('', said.headline_quoted)}", "notice"
    elif said.day is not None:
        yield f"notice:{said.day}", "notice"
