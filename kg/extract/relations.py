"""Relations outside the events: a scene goes in, which meeting implements which policy or document comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.scene import Scene
from kg.lexicon import either, surfaces
from kg.model import Event, Evidence, Span, Triple

_REACH = 40
_COMMA = re.compile("[，,；;]")


@cache
def _implementing() -> re.Pattern[str]:
    return re.compile(either(surfaces("relations", "implements")))


def relations(scene: Scene, happened: Sequence[Event]) -> Iterator[Triple]:
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
