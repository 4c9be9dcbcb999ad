"""Relations outside the events: a scene goes in, what a meeting implements and which area or body replaces another comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.scene import Scene
from kg.lexicon import either, surfaces
from kg.model import Event, Evidence, Mention, Span, Triple

_REACH = 40
_COMMA = re.compile("[，,；;]")
_AND = re.compile("[、和与及]")
_BETWEEN = re.compile("[，,、；;]?(?:同意|决定|并|同时|重新)*")
_PROPOSED = re.compile("拟|建议|申请|提议|计划|若|如果|是否")


@cache
def _implementing() -> re.Pattern[str]:
    return re.compile(either(surfaces("relations", "implements")))


@cache
def _changing() -> re.Pattern[str]:
    """Return the words that tell of an area or body that is no more: those before its name, and those after it."""
    before, after, into = (either(surfaces("relations", relation)) for relation in ("abolishes", "merges", "becomes"))
    return re.compile(f"(?P<before>{before})|(?P<into>{into})|(?P<after>{after})")


@cache
def _founding() -> re.Pattern[str]:
    return re.compile(_BETWEEN.pattern + f"(?:{either(surfaces('relations', 'founds'))})")


def relations(scene: Scene, happened: Sequence[Event]) -> Iterator[Triple]:
    """Yield what meetings implement, and which area or body takes the place of which."""
    yield from _implementations(scene, happened)
    yield from _replacements(scene)


def _replacements(scene: Scene) -> Iterator[Triple]:
    """撤销甲县，设立甲区; 甲局与乙局合并，组建丙局; 甲局更名为乙局 — one or several give way to a new one of their kind."""
    for change in _changing().finditer(scene.text):
        sentence = scene.sentence(change.start())
        if sentence is None or _PROPOSED.search(scene.text, sentence.span.start, change.start()):
            continue
        if change.group("before"):
            old = _row(scene, change.end(), 1)
            founded = _founding().match(scene.text, old[-1].span.end) if old else None
        else:
            old = _row(scene, change.start(), -1)
            founded = change if change.group("into") else _founding().match(scene.text, change.end())
        new = scene.starting(founded.end(), "Area", "Organization") if founded is not None else None
        if new is None:
            continue
        for one in old:
            if one.kind == new.kind and one.name != new.name:
                span = Span(min(one.span.start, change.start()), new.span.end)
                yield Triple(one, "replacedBy", new, Evidence(scene.article.id, span, "relations/replaced", 0.9))


def _row(scene: Scene, position: int, step: int) -> list[Mention]:
    """Return the areas or bodies that stand in a row after a position (``step`` 1) or before it (-1), joined by 、 or 和."""
    row: list[Mention] = []
    find = scene.starting if step > 0 else scene.ending
    while (one := find(position, "Area", "Organization")) is not None:
        row.append(one)
        position = one.span.end if step > 0 else one.span.start
        if _AND.match(scene.text, position if step > 0 else position - 1) is None:
            break
        position += step
    return row


def _implementations(scene: Scene, happened: Sequence[Event]) -> Iterator[Triple]:
    """会议传达学习贯彻党的二十大精神 — a meeting implements what it studies, as the sentence that tells of it says."""
    for event in happened:
        if event.kind != "Meeting" or event.status != "happened":
            continue
        for evidence in event.evidence:
            sentence = scene.sentence(evidence.span.start)
            if sentence is not None:
                yield from _implemented(scene, event, sentence.span)


def _implemented(scene: Scene, event: Event, sentence: Span) -> Iterator[Triple]:
    text = scene.text
    for verb in _implementing().finditer(text, sentence.start, sentence.end):
        end = min(sentence.end, verb.end() + _REACH)
        for mention in scene.within(Span(verb.start(), end), "Policy", "Document"):
            if mention.span.start < verb.end() or _COMMA.search(text, verb.end(), mention.span.start):
                continue
            yield Triple(event.anchor, "implements", mention, Evidence(scene.article.id, sentence, "relations/implements", 0.85))
