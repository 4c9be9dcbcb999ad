"""What the story says took the place of what: a linked reading goes in, pairs of names come out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Linked, Triple


def renamings(linked: Linked) -> Iterator[tuple[str, str, str]]:
    """Yield the kind (Area, Organization), the old and the new name of each thing that the story says was replaced; each once, in reading order.

    The names are the labels of the things, so normal forms. Several old names may lead to one new (merged bureaus).
    """
    seen: set[tuple[str, str, str]] = set()
    for fact in linked.reading.facts:
        if isinstance(fact, Triple) and fact.relation == "replacedBy":
            old, new = linked.entities[fact.subject], linked.entities[fact.object]
            told = (new.kind, old.label, new.label)
            if old.iri != new.iri and told not in seen:
                seen.add(told)
                yield told
