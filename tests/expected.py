"""The grammar of expected facts, which rows of the lexicon and traps share: a reading goes in, what it says comes out as triples of names.

``expects`` is a list of facts separated by `` ; ``, each ``SUBJECT RELATION OBJECT`` by names:

* ``张建国 a kg:Person`` – a thing (or an event, by any of its names) of this class is found;
* ``张建国 kg:holdsPost 青岚区区长`` – a post that is held; the direct edges of events (``kg:inspected``, ``kg:chaired`` …), of
  statements (``kg:emphasized`` …, to what they are about) and ``kg:implements`` likewise;
* ``推进会 kg:chair 张建国`` – a role of an event, and its ``kg:date``, ``kg:startDate``, ``kg:endDate``, ``kg:place``, ``kg:status``, ``kg:attendeeGroup``;
* ``张建国 said:强调 要优化营商环境。`` – a statement, with the verb that stands in the text;
* ``生产总值 =同比 6.5%`` – a figure that is a change, ``总投资 = 3.2亿元`` one that is a level;
  ``生产总值 kg:value 6.5`` (``kg:unit``, ``kg:change``, ``kg:period``, ``kg:inArea``, ``kg:about``) – a part of a figure.

``会议`` is any meeting of the story, ``*`` any name; a leading ``! `` says that the fact must not be found. Quotation marks and spaces in names do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.graph import ONTOLOGY, triples
from kg.graph.terms import iri
from kg.link import link
from kg.model import Event, Indicator, Mention, Reading, Statement, Tenure

Fact = tuple[str, str, str]

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
                yield (fact.name, f"={fact.change or ''}", fact.value + fact.unit)
                for relation, of in (("inArea", fact.area), ("about", fact.subject)):
                    yield from pairs({fact.name}, relation, forms(of) if of else set())
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


def expectations(expects: str, where: str) -> Iterator[tuple[bool, Fact]]:
    """Yield each fact of ``expects`` and whether it must be found; ``where`` tells a mistake's place."""
    for words in re.split(r"\s;\s", expects):
        bare = words.strip()
        wanted = not bare.startswith("! ")
        parts = bare.removeprefix("! ").split(maxsplit=2)
        assert len(parts) == 3, f"{where}: “{words}” is no fact. Write SUBJECT RELATION OBJECT."
        assert re.fullmatch(r"a|kg:\w+|said:\S+|=\S*", parts[1]), f"{where}: {parts[1]} is no relation. Write a, kg:…, said:… or =…."
        yield wanted, (fold(parts[0]), parts[1], fold(parts[2]))
