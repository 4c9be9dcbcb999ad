"""Compare what the rules read from a story with what a careful reader wrote down: names and dates, never IRIs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extract import RuleExtractor
from kg.link import link
from kg.model import ROLES, Document, Event, Linked, Mention, Reading, Statement, Tenure
from kg.page import articles
from kg.read import documents

ENTITIES = ("Organization", "Area", "Place", "Project", "Policy", "Document")
_DROPPED = re.compile(r"[\s\"'“”‘’「」『』《》〈〉()（）\[\]【】·•・,，.。:：;；!！?？、~～—\-–]")
Names = frozenset[str]


def plain(name: str) -> str:
    """Return only the characters of a name that carry it."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name)).lower()


def plain_post(name: str) -> str:
    """Return a post without the words that its forms vary by."""
    bare = re.sub(r"中国共产党|中共", "", plain(name)).replace("委员会", "委")
    return bare.replace("人民政府", "").replace("政府", "")


def likeness(left: str, right: str) -> float:
    """Return the Dice coefficient of the pairs of characters of two texts (0 to 1)."""
    pairs = [Counter(text[at : at + 2] for at in range(max(1, len(text) - 1))) for text in (plain(left), plain(right))]
    return 2 * sum((pairs[0] & pairs[1]).values()) / max(1, pairs[0].total() + pairs[1].total())


@dataclass
class Count:
    """How much of one kind was wanted, found and right."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 1.0


class Score:
    """The counts of every kind over all stories."""

    def __init__(self) -> None:
        self.counts: dict[str, Count] = defaultdict(Count)

    def match(
        self, kind: str, wanted: Iterable[Any], found: Iterable[Any], same: Callable[[Any, Any], bool], doubtful: Iterable[Any] = ()
    ) -> None:
        """Pair what was wanted with what was found, one to one; what only a doubtful item explains is not counted."""
        count, left, doubtful, wanted = self.counts[kind], list(found), list(doubtful), list(wanted)
        for item in wanted:
            count.wanted += 1
            hit = next((other for other in left if same(item, other)), None)
            if hit is None:
                count.missed.append(str(item)[:80])
                continue
            left.remove(hit)
            count.found += 1
            count.right += 1
        for other in left:
            if not any(same(item, other) for item in [*doubtful, *wanted]):
                count.found += 1
                count.wrong.append(str(other)[:80])


def gold(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the annotated stories of a folder."""
    for file in sorted(folder.glob("*.json")):
        yield json.loads(file.read_text("utf-8"))


def read(folder: Path, extractor: RuleExtractor) -> list[Reading]:
    """Read every story of a folder of pages."""
    pages = [page for page in documents([folder], root=folder) if isinstance(page, Document)]
    return list(extractor.readings(story for page in pages for story in articles(page)))


def score(stories: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> Score:
    """Score readings against annotated stories; both are paired by headline."""
    result = Score()
    left = list(readings)
    for story in stories:
        reading = max(left, key=lambda reading: likeness(reading.article.headline, story["title"]), default=None)
        result.counts["article"].wanted += 1
        if reading is None or likeness(reading.article.headline, story["title"]) < 0.5:
            result.counts["article"].missed.append(story["title"])
            continue
        left.remove(reading)
        result.counts["article"].found += 1
        result.counts["article"].right += 1
        _story(result, story, link(reading))
    result.counts["article"].found += len(left)
    return result


def _story(result: Score, story: dict[str, Any], linked: Linked) -> None:
    facts = linked.reading.facts
    named = _named(linked)
    shared = lambda left, right: bool(left & right)  # noqa: E731
    reporters = [frozenset({plain(mention.name)}) for mention in {m.name: m for m in linked.reading.article.reporters}.values()]
    result.match("reporter", [frozenset({plain(name)}) for name in story.get("reporters", [])], reporters, shared)
    people = [(frozenset(map(plain, [person["name"], *person.get("alt", [])])), bool(person.get("optional"))) for person in story["persons"]]
    doubtful = [names for names, optional in people if optional] + [frozenset({plain(name)}) for name in story.get("reporters", [])]
    result.match("person", [names for names, optional in people if not optional], named["Person"], shared, doubtful)
    things = [(item["type"], frozenset(map(plain, [item["name"], *(item.get("alt") or [])])), bool(item.get("optional"))) for item in story["entities"]]
    for kind in ENTITIES:
        certain = [names for type_, names, optional in things if type_ == kind and not optional]
        result.match(kind.lower(), certain, named[kind], shared, [names for _, names, optional in things if optional])
    aliases = [names for names, _ in people] + [names for _, names, _ in things]
    _posts(result, story, linked)
    _events(result, story, linked, aliases)
    _statements(result, story, linked, facts, aliases)


def _labels(linked: Linked, mention: Mention) -> Names:
    entity = linked.entities[mention]
    return frozenset(map(plain, [entity.label, *entity.alternatives]))


def _named(linked: Linked) -> dict[str, list[Names]]:
    found: dict[str, dict[str, Names]] = defaultdict(dict)
    for mention, entity in linked.entities.items():
        if not entity.iri.startswith("task/") and mention.kind != "Journalist":
            found[entity.kind][entity.iri] = _labels(linked, mention)
    return defaultdict(list, {kind: list(things.values()) for kind, things in found.items()})


def _posts(result: Score, story: dict[str, Any], linked: Linked) -> None:
    wanted = [(plain(person["name"]), plain_post(post)) for person in story["persons"] for post in person.get("posts", [])]
    doubtful = [(plain(person["name"]), plain_post(post)) for person in story["persons"] for post in person.get("posts_optional", [])]
    known = {plain(person["name"]) for person in story["persons"]}
    held: dict[tuple[str, str], tuple[Names, Names]] = {}
    for fact in linked.reading.facts:
        if isinstance(fact, Tenure) and fact.status in ("held", "acting"):
            names, entity = _labels(linked, fact.person), linked.entities[fact.post]
            if names & known:
                held[plain(fact.person.name), entity.iri] = names, frozenset(map(plain_post, [entity.label, *entity.alternatives]))
    result.match("post", sorted(set(wanted)), held.values(), lambda item, other: item[0] in other[0] and item[1] in other[1], doubtful)


def _wide(names: Iterable[str], aliases: Sequence[Names]) -> Names:
    own = frozenset(map(plain, names))
    return own.union(*(alias for alias in aliases if alias & own))


def _date(event: Event) -> list[str]:
    return [f"{when.start}/{when.end}" if when.end and when.end != when.start else when.start for when in event.when]


def _events(result: Score, story: dict[str, Any], linked: Linked, aliases: Sequence[Names]) -> None:
    left = [fact for fact in linked.reading.facts if isinstance(fact, Event) and fact.status == "happened"]
    shared = lambda one, other: bool(one & other)  # noqa: E731

    def parts(event: Event, role: str) -> list[Names]:
        return list({_labels(linked, mention) for name, mention in event.roles if name == role})

    for wanted in sorted(story["events"], key=lambda event: bool(event.get("optional"))):
        names = frozenset(map(plain, wanted["names"]))
        roles = {role: [_wide([name], aliases) for name in wanted["roles"].get(role, [])] for role in ROLES}

        def nearness(event: Event, names: Names = names, roles: dict[str, list[Names]] = roles, dates: Any = wanted["dates"]) -> int:
            known = sum(1 for role in ROLES for one in roles[role] if any(one & other for other in parts(event, role)))
            return 2 * bool(names & set(map(plain, event.names))) + known + bool(set(dates) & set(_date(event)))

        rivals = [event for event in left if event.kind == wanted["type"]]
        event = max(rivals, key=nearness, default=None)
        if wanted.get("optional"):
            if event is not None and nearness(event) > 0:
                left.remove(event)
            continue
        result.match("event", [wanted["type"]], [] if event is None else [event.kind], lambda one, other: one == other)
        if event is not None:
            left.remove(event)
        result.match(
            "event-date", wanted["dates"], [] if event is None else _date(event), lambda one, other: one == other, wanted.get("dates_optional", [])
        )
        places = [] if event is None else list({_labels(linked, mention) for mention in event.places})
        wide = [_wide([name], aliases) for name in wanted["places"]]
        result.match("event-place", wide, places, shared, [_wide([name], aliases) for name in wanted.get("places_optional", [])])
        doubtful = [_wide([name], aliases) for name in wanted["roles"].get("optional", [])]
        for role in ROLES:
            result.match("event-role", roles[role], [] if event is None else parts(event, role), shared, doubtful)
    for event in left:
        result.match("event", [], [event.kind], lambda one, other: one == other)


def _statements(result: Score, story: dict[str, Any], linked: Linked, facts: Iterable[Any], aliases: Sequence[Names]) -> None:
    told = []
    for fact in facts:
        if isinstance(fact, Statement):
            by = _labels(linked, fact.speaker) | ({"会议"} if fact.speaker.kind == "Meeting" else set())
            told.append((by, fact.verb, fact.text))
    sure = [(_wide(item["by"] if isinstance(item["by"], list) else [item["by"]], aliases), item["verb"], item["text"])
            for item in story["statements"] if not item.get("optional")]  # fmt: skip
    doubtful = [((), item["verb"], item["text"]) for item in story["statements"] if item.get("optional")]
    said = lambda one, other: likeness(one[2], other[2]) >= 0.6  # noqa: E731
    result.match("statement", sure, told, said, doubtful)
    result.match("statement-attributed", sure, [item for item in told if not any(said(one, item) for one in doubtful)],
                 lambda one, other: said(one, other) and bool(one[0] & other[0]) and one[1] == other[1])  # fmt: skip


__all__ = ["Count", "Score", "gold", "plain", "read", "score"]
