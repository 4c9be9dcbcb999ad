"""Relations outside the events: a scene goes in, who implements which policy or document comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.scene import Scene
from kg.model import Event, Evidence, Span, Triple

_IMPLEMENT = re.compile(r"(?:贯彻落实|学习贯彻|贯彻执行|传达学习|深入贯彻|全面贯彻|认真贯彻|落实|贯彻)")


def relations(scene: Scene, happened: Sequence[Event]) -> Iterator[Triple]:
    """会议传达学习贯彻党的二十大精神 — a meeting, or the body that meets, implements what it studies."""
    for event in happened:
        if event.kind != "Meeting" or event.status != "happened":
            continue
        for evidence in event.evidence:
            sentence = scene.sentence(evidence.span.start)
            if sentence is None:
                continue
            for verb in _IMPLEMENT.finditer(scene.text, sentence.span.start, sentence.span.end):
                for mention in scene.within(Span(verb.end(), min(sentence.span.end, verb.end() + 40)), "Policy", "Document"):
                    if "，" in scene.text[verb.end() : mention.span.start] or "," in scene.text[verb.end() : mention.span.start]:
                        break
                    yield Triple(
                        event.anchor, "implements", mention,
                        Evidence(scene.article.id, sentence.span, "relations/implements", 0.85),
                    )  # fmt: skip
