"""Give every mention of a reading its entity, with one IRI for what the story means as one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from kg.extract.gazetteer import gazetteer, level_of
from kg.link import names
from kg.link.areas import chain, lead
from kg.link.codes import code, codes, is_ambiguous
from kg.link.iri import person_iri, segment
from kg.link.namesakes import identities
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
# 青岚区|松涛里; not 青岚区|中心, 青岚县|城
_NAMED_ALONE = re.compile(r"(?!(?:市?中心|[城郊市]区|[城郊]|全境|境内)$)..")
_PRONOUN = re.compile(r"^(?:他|她|其|会议|全会|大会|该|本|这|两国|双方)")


_NAMES: Mapping[str, Callable[[str], str]] = {
    "Organization": names.body, "Post": names.post, "Policy": names.policy, "Document": names.document,
    "Project": names.project, "Place": names.place, "Area": names.area,
}  # fmt: skip
"""The normal form of the names of each kind; those of other kinds are as they stand."""


def link(reading: Reading) -> Linked:
    """Return the reading with an entity for each of its mentions.

    The names of bodies, posts, areas, places, projects, policies and documents are brought into their normal form, so that their
    IRIs and labels agree over articles; areas whose name others bear too, and what is named after them, are told apart by the code.
    Persons are told apart by name, by the area of their posts or of the story, and by posts that nobody holds at once; names that lean on an area the story
    does not tell (区委) stay the story's own, so that two districts never share them.
    """
    mentions = list(dict.fromkeys((*reading.mentions, *reading.article.reporters, *(mention for fact in reading.facts for mention in mentions_of(fact)))))
    told = _Told(reading, mentions)
    groups: dict[str, list[Mention]] = defaultdict(list)
    kinds: dict[str, Kind] = {}
    for mention in mentions:
        kind: Kind = "Project" if mention.kind == "Place" and names.project(mention.name) in told.projects else mention.kind
        iri = told.iri(mention, kind)
        groups[iri].append(mention)
        kinds.setdefault(iri, kind)
    events = {fact.anchor: fact for fact in reading.facts if isinstance(fact, Event)}
    entities: dict[Mention, Entity] = {}
    areas = {names.area(mention.name): told.iri(mention, "Area") for mention in mentions if mention.kind == "Area"}
    if told.home and names.area(told.home) not in areas:  # the story's own area, which it need not name
        areas[names.area(told.home)] = told.area_iri(names.area(told.home))
    for iri, members in groups.items():
        entity = _entity(iri, kinds[iri], members, events, told, areas)
        for member in members:
            entities[member] = entity
    return Linked(reading, entities)


class _Told:
    """What a story tells of the areas that its names lean on."""

    def __init__(self, reading: Reading, mentions: Collection[Mention]) -> None:
        self.reading = reading
        self.home = reading.home or ""
        self.who = identities(reading, (mention for mention in mentions if mention.kind == "Person"))
        self.projects = {names.project(mention.name) for mention in mentions if mention.kind == "Project"}
        self.near = {mention.name for mention in mentions if mention.kind == "Area"} | ({self.home} - {""})
        self.stays_home = bool(self.home) and all(_is_near(mention, self.home) for mention in mentions if mention.kind == "Area")
        self._own = f"article-{reading.article.id}"

    def iri(self, mention: Mention, kind: Kind) -> str:
        """Return the IRI of a mention, relative to the base."""
        if kind in EVENT_KINDS:
            return f"article/{self.reading.article.id}/event/{mention.span.start}-{mention.span.end}"
        folder = "task" if kind == "Policy" and mention.rule.startswith("tasks/") else _FOLDERS[kind]
        name = _normal(kind, mention.name)
        scope = ""
        match kind:
            case "Person":
                return person_iri(mention.name, self.who[mention].area, self.who[mention].post)
            case "Journalist":
                scope = self.reading.article.publisher or self.home
            case "Place" | "Project":
                area, name = self.sited(name)
                scope = self.scope(area) or area
            case "Area":
                scope = self.scope(name)
            case "Organization" | "Post":
                scope = self.body_scope(mention.name, name)
        return f"{folder}/{segment(scope)}/{segment(names.key(name))}" if scope else f"{folder}/{segment(names.key(name))}"

    def sited(self, name: str) -> tuple[str, str]:
        """Return the area that a place or project lies in by its name, else the story's own, and the name without it."""
        found = lead(name)
        if found.area and _NAMED_ALONE.match(found.rest):
            return found.area, found.rest
        if self.home and name.startswith(self.home) and _NAMED_ALONE.match(name[len(self.home) :]):
            return self.home, name[len(self.home) :]
        return names.area(self.home), name

    def leads_away(self, name: str) -> bool:
        """Tell whether a place is named after an area that the story's own does not lie in (漳州核电站)."""
        first = next(gazetteer().find(name), None)
        return first is not None and first.start == 0 and not _is_above(names.area(first.name), self.home)

    def body_scope(self, written: str, name: str) -> str:
        """Return what tells a body or post from its namesakes: the code of an area that others bear the name of too, the article if no area is told."""
        found = lead(name)
        if found.area:
            return self.scope(found.area, names.above(written)) if found.rest else ""
        return self._own if _LEANING.match(name) or name in names.leaning_organs() else ""

    def scope(self, area: str, above: Collection[str] = ()) -> str:
        """Return what tells an area from its namesakes: its code, else the area or the paper that speaks of it; "" if it has none."""
        if not is_ambiguous(area):
            return ""
        article = self.reading.article
        found = code(area, {*self.near, *above} - {area})
        if found is None:
            found = code(area, {area.name for area in gazetteer().find(f"{article.publisher or ''}\n{article.page}")} - {area})
        if found is not None:
            return found
        return self.home if self.home != area and not is_ambiguous(self.home) and self.home else article.publisher or self._own

    def area_iri(self, area: str) -> str:
        """Return the IRI of an area by its name, relative to the base."""
        scope = self.scope(area)
        return f"area/{segment(scope)}/{segment(names.key(area))}" if scope else f"area/{segment(names.key(area))}"

    def code(self, area: str) -> str | None:
        """Return the code of an area, if the story tells which of its name it is."""
        scope = self.scope(area)
        return (scope if scope.isdecimal() else None) if scope else code(area, self.near)


def _is_near(mention: Mention, home: str) -> bool:
    """Tell whether an area is the story's own, one above it, or below county level; a story that names others may lead to places there."""
    name = names.area(mention.name)
    if name == home or level_of(name) in ("镇", "乡", "街道", "村", "域"):
        return True
    return _is_above(name, home)


def _is_above(name: str, home: str) -> bool:
    return name == home or any(name in (upper for _, upper in chain(candidate)) for candidate in codes(home))


def _normal(kind: Kind, name: str) -> str:
    form = _NAMES.get(kind)
    return name if form is None else form(name)


def _entity(
    iri: str, kind: Kind, members: Iterable[Mention], events: Mapping[Mention, Event], told: _Told, areas: Mapping[str, str]
) -> Entity:
    members = list(members)
    event = next((events[member] for member in members if member in events), None)
    if event is not None:
        label, *others = event.names or (event.anchor.name,)
        return Entity(iri, kind, label, tuple(dict.fromkeys(other for other in others if other != label)))
    label, area = _normal(kind, members[0].name), ""
    if kind in ("Place", "Project"):
        written = [told.sited(_normal(kind, member.name)) for member in members]
        label = written[0][1]
        is_told = any(label != _normal(kind, member.name) for member in members)
        area = written[0][0] if is_told or (told.stays_home and not told.leads_away(label)) else ""
    elif kind in ("Organization", "Post"):
        area = lead(label).area or max((area for area in areas if label.startswith(area) and label != area), key=len, default="")
        if area == "中国" or (gazetteer().names.get(area) in ("国", "域") and not (kind == "Post" or names.is_organ(label))):
            area = ""  # 中国科学院, 非洲联盟
    words = [word for member in members for word in (member.name, member.text) if not _PRONOUN.match(word) or kind == "Document"]
    if kind in ("Organization", "Post"):
        words += names.other_forms(label)
        words += [short + member.name[len(full) :] for member in members for short, full in told.reading.area_aliases if member.name.startswith(full)]
    number = told.code(label) if kind == "Area" else None
    return Entity(iri, kind, label, tuple(sorted({word for word in words if word != label})), number, areas.get(area))
