"""The words and colours that classes and relations of the ontology have in tables and in other people's tools."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.edges import Relation, relations
from kg.lexicon import rows


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of the ontology: local name, Chinese and English words for one of it, colour (red, green, blue)."""

    name: str
    zh: str
    en: str
    colour: tuple[int, int, int] = (122, 122, 122)


KINDS: tuple[Kind, ...] = (
    Kind("Person", "人物", "person", (43, 102, 173)),
    Kind("Organization", "机构", "organization", (180, 83, 47)),
    Kind("Post", "职务", "post", (135, 84, 159)),
    Kind("Area", "区域", "area", (86, 101, 122)),
    Kind("Place", "地点", "place", (102, 120, 138)),
    Kind("Project", "项目", "project", (90, 138, 39)),
    Kind("Task", "要求", "demand", (168, 119, 15)),
    Kind("Policy", "政策", "policy", (189, 127, 12)),
    Kind("Document", "文件", "document", (47, 130, 150)),
    Kind("Meeting", "会议", "meeting", (18, 121, 106)),
    Kind("Inspection", "调研", "inspection", (59, 154, 140)),
    Kind("Talks", "会见", "talks", (93, 111, 192)),
    Kind("Ceremony", "仪式", "ceremony", (184, 76, 125)),
    Kind("Release", "发布", "release", (143, 99, 55)),
    Kind("Appointment", "任免", "appointment", (117, 87, 158)),
)
"""The classes whose things are nodes of a network; of two classes of a thing the earlier counts (a Task is a Policy too)."""

EVENTS = frozenset({"Meeting", "Inspection", "Talks", "Ceremony", "Release", "Appointment"})
"""The classes of what happened."""

OTHERS: tuple[Kind, ...] = (
    Kind("Official", "官员", "official"),
    Kind("Journalist", "记者", "journalist"),
    Kind("Event", "事件", "event"),
    Kind("Statement", "表述", "statement"),
    Kind("Tenure", "任职", "tenure"),
    Kind("Indicator", "指标", "indicator"),
    Kind("Article", "报道", "article"),
)
"""Classes that are no nodes of their own in a network."""

RELATIONS: tuple[Relation, ...] = relations(
    "holdsPost inspected convened chaired attended spokeAt accompanied metWith implements issued signed opened commended appointed "
    "emphasized pointedOut required proposed said stated postIn jurisdiction partOf inArea"
)
"""The direct edges between things."""

ROLES: tuple[Relation, ...] = relations("convener chair speaker attendee agent companion counterpart target place")
"""The edges from an event to those who have a part in it."""

OTHER_RELATIONS: tuple[Relation, ...] = (*relations("concerns"), Relation("indicator", "指标", "indicator"), Relation("mentions", "提到", "mentions"))

_KINDS = {kind.name: kind for kind in (*KINDS, *OTHERS)}
_RELATIONS = {relation.name: relation for relation in (*RELATIONS, *ROLES, *OTHER_RELATIONS)}


def kind(name: str) -> Kind:
    """Return the words for a class; one that is not in the tables goes by its local name.

    >>> kind("Meeting").zh
    '会议'
    """
    return _KINDS.get(name, Kind(name, name, name))


def relation(name: str) -> Relation:
    """Return the words for a property; one that is not in the tables goes by its local name."""
    return _RELATIONS.get(name, Relation(name, name, name))


@cache
def speech() -> dict[str, str]:
    """Return which edge each verb of speech stands for, by the lexicon.

    >>> speech()["强调"]
    'emphasized'
    """
    return {row.surface: row.relation.removeprefix("kg:") for row in rows("speech") if row.relation.startswith("kg:")}
