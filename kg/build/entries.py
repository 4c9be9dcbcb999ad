"""Make of a reading what goes onto the shelf: its triples as the article alone tells them, and the profiles it is found by."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.graph import triples
from kg.graph.retelling import text_of
from kg.link import link
from kg.link.areas import tellings
from kg.model import Linked, Reading
from kg.resolve import EditionProfile, block, event_profiles, notice, person_profiles, sketch, titles, written
from kg.shelf import Entry


def entry(reading: Reading, base: str) -> Entry:
    """Return what the shelf keeps of one reading."""
    article = reading.article
    linked = link(reading)
    return Entry(article.id, article.headline, article.published, article.publisher, text_of(triples(linked, base)), tuple(_profiles(linked)))


def _profiles(linked: Linked) -> Iterator[tuple[str, str]]:
    """Yield the blocks of an article and its profiles in them."""
    article = linked.reading.article
    for person in person_profiles(linked):
        yield f"person:{person.name}", written(person)
    for event in event_profiles(linked):
        yield f"event:{block(event)}", written(event)
    for key in sketch(article.text):
        yield f"sketch:{key}", ""
    edition = EditionProfile(article.id, article.published, article.publisher, article.source, article.headline, article.text)
    said = notice(edition)
    # a correction in the paper is found together with the article whose title it quotes
    for title in titles(edition.headline if said is None else said.headline):
        yield f"sketch:title {title}", ""
    for kind, first, second in tellings(linked):
        yield "context:areas", json.dumps([kind, first, second], ensure_ascii=False)
