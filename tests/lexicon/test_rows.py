"""Every row of every table of the lexicon proves itself: its example is read, and must say what the row expects.

``expects`` is a list of facts separated by `` ; ``, each ``SUBJECT RELATION OBJECT`` by names:

* ``张建国 a kg:Person`` – a thing (or an event, by any of its names) of this class is found;
* ``张建国 kg:holdsPost 青岚区区长`` – a post that is held; the direct edges of events (``kg:inspected``, ``kg:chaired`` …), of
  statements (``kg:emphasized`` …, to what they are about) and ``kg:implements`` likewise;
* ``推进会 kg:chair 张建国`` – a role of an event, and its ``kg:date``, ``kg:startDate``, ``kg:endDate``, ``kg:place``, ``kg:status``, ``kg:attendeeGroup``;
* ``张建国 said:强调 要优化营商环境。`` – a statement, with the verb that stands in the text;
* ``生产总值 kg:value 6.5`` (``kg:unit``, ``kg:change``, ``kg:period``) – a figure.

``会议`` is any meeting of the story, ``*`` any name; a leading ``! `` says that the fact must not be found. Quotation marks and spaces in names do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from kg.graph import ONTOLOGY, triples
from kg.graph.terms import iri
from kg.lexicon import Row, rows
from kg.link import link
from kg.model import Document, Event, Indicator, Mention, Reading, Statement, Tenure
from kg.page import articles

if TYPE_CHECKING:
    from kg.extract import RuleExtractor

Fact = tuple[str, str, str]

TABLES = sorted(table.name.removesuffix(".tsv") for table in (files("kg.ontology") / "lexicon").iterdir() if table.name.endswith(".tsv"))
ROWS = [pytest.param(row, id=f"{table}/{row.id}") for table in TABLES for row in rows(table)]

BASE = "https://news.example/"
KG = f"<{ONTOLOGY}"


def fold(name: str) -> str:
    return re.sub(r"[\s“”‘’\"'「」『』]", "", name)


def names(mention: Mention) -> set[str]:
    return {mention.text, mention.name}


def facts(reading: Reading) -> Iterator[Fact]:
    """Yield what a reading says, by all names that the story uses; the edges between things are those of the graph."""
    linked = link(reading)
    events = {fact.anchor: fact for fact in reading.facts if isinstance(fact, Event)}
    called: dict[str, set[str]] = defaultdict(set)
    for mention, entity in linked.entities.items():
        called[iri(BASE, entity.iri)] |= names(mention) | {entity.label, *entity.alternatives}
        called[iri(BASE, entity.iri)] |= set(events[mention].names) if mention in events else set()
        called[iri(BASE, entity.iri)] |= {"会议"} if mention.kind == "Meeting" else set()

    def forms(mention: Mention) -> set[str]:
        return called[iri(BASE, linked.entities[mention].iri)]

    for mention in (*reading.mentions, *reading.article.reporters, *events):
        yield from ((name, "a", f"kg:{mention.kind}") for name in forms(mention))
    for one, relation, other in triples(linked, BASE):
        if one in called and other in called and relation.startswith(KG):
            yield from pairs(called[one], relation.removeprefix(KG).removesuffix(">"), called[other])
    for fact in reading.facts:
        match fact:
            case Tenure():
                yield from ((name, "a", "kg:Post") for name in names(fact.post))
                yield from pairs(forms(fact.person), fact.status, names(fact.post))
            case Event():
                yield from told(fact, forms(fact.anchor))
            case Statement():
                yield from ((name, f"said:{fact.verb}", fact.text) for name in forms(fact.speaker))
                for about in (*fact.concerns, *fact.tasks):
                    yield from pairs(forms(fact.speaker), "concerns", forms(about))
                yield from pairs(forms(fact.speaker), "modality", {fact.modality})
                yield from pairs(forms(fact.speaker), "polarity", {fact.polarity})
            case Indicator():
                values = {"value": fact.value, "unit": fact.unit, "change": fact.change, "period": fact.period and fact.period.start}
                yield (fact.name, "a", "kg:Indicator")
                yield from ((fact.name, f"kg:{relation}", value) for relation, value in values.items() if value)


def told(event: Event, called: set[str]) -> Iterator[Fact]:
    """Yield what an event has besides those who take part."""
    for when in event.when:
        yield from pairs(called, "startDate" if when.end else "date", {when.start})
        if when.end:
            yield from pairs(called, "endDate", {when.end})
    yield from pairs(called, "attendeeGroup", set(event.groups))
    yield from pairs(called, "status", {event.status})


def pairs(subjects: set[str], relation: str, objects: set[str]) -> Iterator[Fact]:
    yield from ((one, f"kg:{relation}", other) for one in subjects for other in objects)


def is_said(expected: Fact, found: set[Fact]) -> bool:
    one, relation, other = expected
    return any(relation == r and one in ("*", s) and other in ("*", o) for s, r, o in found)


def expectations(row: Row) -> Iterator[tuple[bool, Fact]]:
    """Yield each fact of ``expects`` and whether it must be found."""
    for words in re.split(r"\s;\s", row.expects):
        bare = words.strip()
        wanted = not bare.startswith("! ")
        parts = bare.removeprefix("! ").split(maxsplit=2)
        assert len(parts) == 3, f"{row.id}: “{words}” is no fact. Write SUBJECT RELATION OBJECT."
        assert re.fullmatch(r"a|kg:\w+|said:\S+", parts[1]), f"{row.id}: {parts[1]} is no relation. Write a, kg:… or said:…."
        yield wanted, (fold(parts[0]), parts[1], fold(parts[2]))


@pytest.mark.parametrize("row", ROWS)
def test_the_example_of_a_row_says_what_the_row_expects(row: Row, extractor: RuleExtractor) -> None:
    text = row.example.replace("\\n", "\n")
    found = {(fold(s), r, fold(o)) for article in articles(Document("row", text, "row.txt", "2024-03-05")) for s, r, o in facts(extractor.reading(article))}
    for wanted, expected in expectations(row):
        if is_said(expected, found) != wanted:
            about = sorted(" ".join(fact) for fact in found)
            pytest.fail("\n".join([f"{'read: ' if not wanted else 'not read: '}{' '.join(expected)}", row.example, *about]), pytrace=False)


def test_ids_are_unique_over_all_tables() -> None:
    seen: dict[str, str] = {}
    for table in TABLES:
        for row in rows(table):
            assert seen.setdefault(row.id, table) == table, f"{row.id} stands in {seen[row.id]} and in {table}"
