"""Short invented stories at which extractors of this genre fall; each says exactly what is to be read.

The stories stand in the ``.txt`` files beside this one:

* ``[class]`` opens a class, ``> words`` a trap; the lines after it are the story (``\\\\n`` is a line end, its first line the headline).
* ``@ 2025-01-03`` – the day of the paper, ``-`` for none; 2024-03-05 (a Tuesday) unless told.
* ``= 张建国 青岚区区长 ; 李志远`` – all persons with all posts that they hold; ``?`` before a name or post: readers may differ.
* ``% Meeting Inspection`` – the kinds of all events that happened.
* ``" 张建国 强调 要压实责任。`` – one of all statements; a lone ``"`` – there is none.
* ``! Organization 青岚区政府`` – all things of a class by name.
* ``+ FACT``, ``- FACT`` – a fact that must, or must not, be read: see ``expected.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from expected import expectations, facts, fold, is_said

from kg.model import Document, Event, Reading, Statement, Tenure
from kg.page import articles

if TYPE_CHECKING:
    from kg.extract import RuleExtractor

FILES = sorted(Path(__file__).parent.glob("*.txt"))
SIGNS = "@=%\"!+-"


@dataclass(frozen=True, slots=True)
class Trap:
    """A story and what is to be read of it, each line under its sign."""

    id: str
    text: str
    lines: tuple[tuple[str, str], ...]
    published: str | None = field(default="2024-03-05")

    def under(self, sign: str) -> list[str]:
        return [words for mark, words in self.lines if mark == sign]


def traps(path: Path) -> Iterator[Trap]:
    """Yield the traps of one file."""
    heading = ""
    for block in re.split(r"^(?=[>\[])", path.read_text("utf-8"), flags=re.MULTILINE):
        lines = [line.rstrip() for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines and lines[0].startswith("["):
            heading = lines[0].strip("[]")
        elif lines:
            marked = tuple((line[0], line[1:].strip()) for line in lines[1:] if line[0] in SIGNS)
            text = "\n".join(line.replace("\\n", "\n") for line in lines[1:] if line[0] not in SIGNS)
            day = next((words for sign, words in marked if sign == "@"), "2024-03-05")
            yield Trap(f"{heading}: {lines[0][1:].strip()}", text, marked, None if day == "-" else day)


TRAPS = [trap for path in FILES for trap in traps(path)]


def post(name: str) -> str:
    """Fold the two ways in which the body of a post is written."""
    return fold(name).replace("委员会", "委").replace("人民政府", "").replace("政府", "")


def bare(name: str) -> str:
    """Fold a name with or without its brackets."""
    return fold(name).strip("《》")


def persons(reading: Reading) -> dict[str, set[str]]:
    """Return the persons of a story and the posts that they hold."""
    held: dict[str, set[str]] = {fold(mention.name): set() for mention in reading.mentions if mention.kind == "Person"}
    for fact in reading.facts:
        if isinstance(fact, Tenure) and fact.status in ("held", "acting"):
            held.setdefault(fold(fact.person.name), set()).add(post(fact.post.name))
    return held


def complaints(trap: Trap, readings: list[Reading]) -> Iterator[str]:
    """Yield what was read wrongly, one line each."""
    for line in trap.under("="):
        wanted: dict[str, set[tuple[str, bool]]] = {}
        optional: set[str] = set()
        for words in filter(None, (part.split() for part in line.split(" ; "))):
            wanted[fold(words[0].removeprefix("?"))] = {(post(name.removeprefix("?")), name[0] == "?") for name in words[1:]}
            optional |= {fold(words[0][1:])} if words[0][0] == "?" else set()
        found: dict[str, set[str]] = {}
        for reading in readings:
            for name, posts in persons(reading).items():
                found.setdefault(name, set()).update(posts)
        yield from (f"no person: {name}" for name in found.keys() - wanted.keys())
        yield from (f"not read: {name}" for name in wanted.keys() - found.keys() - optional)
        for name in wanted.keys() & found.keys():
            yield from (f"not held: {name} {title}" for title in found[name] - {title for title, _ in wanted[name]})
            yield from (f"not read: {name} {title}" for title, is_optional in wanted[name] if not is_optional and title not in found[name])
    events = [fact for reading in readings for fact in reading.facts if isinstance(fact, Event) and fact.status == "happened"]
    for line in trap.under("%"):
        if sorted(line.split()) != sorted(event.kind for event in events):
            yield f"events: {' '.join(f'{event.kind}({event.names[0]})' for event in events) or 'none'}, not {line or 'none'}"
    said = {
        ("会议" if fact.speaker.kind == "Meeting" else fold(fact.speaker.name), fact.verb, fold(fact.text).rstrip("；"))
        for reading in readings
        for fact in reading.facts
        if isinstance(fact, Statement)
    }
    if trap.under('"'):
        expected = {(fold(one), verb, fold(text).rstrip("；")) for one, verb, text in (line.split(maxsplit=2) for line in trap.under('"') if line)}
        yield from (f"not said: {' '.join(statement)}" for statement in said - expected)
        yield from (f"not read: {' '.join(statement)}" for statement in expected - said)
    for line in trap.under("!"):
        kind, *names = line.split()
        read = {bare(mention.name) for reading in readings for mention in reading.mentions if mention.kind == kind}
        yield from (f"no {kind}: {name}" for name in read - {bare(name.removeprefix("?")) for name in names})
        yield from (f"not read: {name} a {kind}" for name in names if name[0] != "?" and bare(name) not in read)
    every = {(fold(s), r, fold(o)) for reading in readings for s, r, o in facts(reading)}
    for sign in "+-":
        for line in trap.under(sign):
            for _, fact in expectations(line, trap.id):
                if is_said(fact, every) != (sign == "+"):
                    yield f"{'not read' if sign == '+' else 'read'}: {' '.join(fact)}"


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_a_trap_is_not_fallen_into(trap: Trap, extractor: RuleExtractor) -> None:
    readings = [extractor.reading(article) for article in articles(Document("trap", trap.text, "trap.txt", trap.published))]
    if wrong := list(complaints(trap, readings)):
        pytest.fail("\n".join([trap.text, *wrong]), pytrace=False)


def test_every_trap_says_what_is_expected() -> None:
    assert len({trap.id for trap in TRAPS}) == len(TRAPS) >= 170
    for trap in TRAPS:
        assert trap.text and any(sign != "@" for sign, _ in trap.lines), trap.id
