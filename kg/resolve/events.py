"""What one article tells of its events: a linked reading goes in, a profile of each event it tells comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Entity, Event, Linked, Mention, When
from kg.resolve.values import EventProfile


def event_profiles(linked: Linked) -> Iterator[EventProfile]:
    """Yield a profile of each event of an article, in reading order, under the IRI that ``kg.graph`` gives it.

    Events that the article only names as speakers are none of its own and are left out, and so are participants without a
    name and those that no other article can mean by the same words (区委 where nothing tells of which district).
    """
    reading = linked.reading
    told: dict[str, list[Event]] = {}
    for fact in reading.facts:
        if isinstance(fact, Event):
            told.setdefault(linked.entities[fact.anchor].iri, []).append(fact)
    for iri, events in told.items():
        first = events[0]
        entity = linked.entities[first.anchor]
        names = tuple(dict.fromkeys(name for event in events for name in (*(event.names or (event.anchor.name,)), entity.label, *entity.alternatives)))
        yield EventProfile(
            article=reading.article.id,
            published=reading.article.published,
            iri=iri,
            kind=first.kind,
            status=first.status,
            label=names[0],
            names=names,
            dates=tuple(dict.fromkeys(_day(when) for event in events for when in event.when)),
            roles=tuple(dict.fromkeys((role, name) for event in events for role, actor in event.roles for name in _shared(linked, (actor,)))),
            places=tuple(dict.fromkeys(_shared(linked, (place for event in events for place in event.places)))),
            home=reading.home,
            confidence=max(0.0, min(1.0, max((piece.confidence for event in events for piece in event.evidence), default=0.0))),
        )


def _day(when: When) -> str:
    return when.start if when.end in (None, when.start) else f"{when.start}/{when.end}"


def _shared(linked: Linked, mentions: Iterable[Mention]) -> Iterator[str]:
    """Yield the names of those that several articles may mean."""
    own = f"/article-{linked.reading.article.id}/"
    for mention in mentions:
        entity: Entity = linked.entities[mention]
        if entity.kind != "Group" and own not in entity.iri:
            yield entity.label
