"""Give every mention of a reading its entity, with one IRI for what the story means as one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from kg.link.codes import code, is_ambiguous
from kg.link.iri import bare, person_iri, segment
from kg.link.namesakes import Identity, identities
from kg.link.synonyms import other_forms
from kg.model import (
    EVENT_KINDS,
    Entity,
    Event,
    Kind,
    Linked,
    Mention,
    Reading,
    mentions_of,
)

_FOLDERS: Mapping[str, str] = {
    "Person": "person", "Journalist": "journalist", "Post": "post", "Organization": "org", "Area": "area",
    "Place": "place", "Project": "project", "Policy": "policy", "Document": "document", "Group": "group",
}  # fmt: skip
_LEANING = re.compile(r"^(?:[省市县区州旗盟镇乡村本该我各]|街道|项目|公司|集团|学校|医院|总|副)")
_PRONOUN = re.compile(r"^(?:他|她|其|会议|全会|大会|该|本|这|两国|双方)")


def link(reading: Reading) -> Linked:
    """Return the reading with an entity for each of its mentions.

    Persons are told apart by name, by the area of their posts or of the story, and by posts that nobody holds at once; names that lean on an area the story
    does not tell (区委) stay the story's own, so that two districts never share them.
    """
    mentions = list(dict.fromkeys((*reading.mentions, *reading.article.reporters, *(mention for fact in reading.facts for mention in mentions_of(fact)))))
    projects = {bare(mention.name) for mention in mentions if mention.kind == "Project"}
    who = identities(reading, (mention for mention in mentions if mention.kind == "Person"))
    near = {mention.name for mention in mentions if mention.kind == "Area"}
    if reading.home:
        near.add(reading.home)
    groups: dict[str, list[Mention]] = defaultdict(list)
    kinds: dict[str, Kind] = {}
    for mention in mentions:
        kind: Kind = "Project" if mention.kind == "Place" and bare(mention.name) in projects else mention.kind
        iri = _iri(reading, mention, kind, who, near)
        groups[iri].append(mention)
        kinds.setdefault(iri, kind)
    events = {fact.anchor: fact for fact in reading.facts if isinstance(fact, Event)}
    entities: dict[Mention, Entity] = {}
    for iri, members in groups.items():
        entity = _entity(iri, kinds[iri], members, events, near, reading.area_aliases)
        for member in members:
            entities[member] = entity
    return Linked(reading, entities)


def _iri(reading: Reading, mention: Mention, kind: Kind, who: Mapping[Mention, Identity], near: Collection[str]) -> str:
    if kind in EVENT_KINDS:
        return f"article/{reading.article.id}/event/{mention.span.start}-{mention.span.end}"
    folder = "task" if kind == "Policy" and mention.rule.startswith("tasks/") else _FOLDERS[kind]
    name = segment(bare(mention.name))
    home = reading.home or ""
    match kind:
        case "Person":
            return person_iri(mention.name, who[mention].area, who[mention].post)
        case "Journalist":
            scope = reading.article.publisher or home
        case "Place" | "Project":
            scope = "" if home and mention.name.startswith(home) else home
        case "Area" if is_ambiguous(mention.name):
            found = code(mention.name, near)
            scope = found or home or f"article-{reading.article.id}"
        case "Organization" | "Post":
            scope = f"article-{reading.article.id}" if _LEANING.match(mention.name) else ""
        case _:
            scope = ""
    return f"{folder}/{segment(scope)}/{name}" if scope else f"{folder}/{name}"


def _entity(
    iri: str, kind: Kind, members: Iterable[Mention], events: Mapping[Mention, Event], near: Collection[str], aliases: Collection[tuple[str, str]]
) -> Entity:
    members = list(members)
    event = next((events[member] for member in members if member in events), None)
    if event is not None:
        label, *others = event.names or (event.anchor.name,)
        return Entity(iri, kind, label, tuple(dict.fromkeys(other for other in others if other != label)))
    name = members[0].name
    label = bare(name) if kind in ("Policy", "Document") else name
    if kind in ("Organization", "Post"):
        members += [replace(member, name=other) for member in members for other in other_forms(member.name)]
        members += [replace(member, name=short + member.name[len(full) :]) for member in members for short, full in aliases if member.name.startswith(full)]
    words = (word for member in members for word in (member.name, member.text) if not _PRONOUN.match(word) or kind == "Document")
    number = code(name, near) if kind == "Area" else None
    return Entity(iri, kind, label, tuple(sorted({word for word in words if word != label})), number)
