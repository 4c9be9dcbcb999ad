"""How each class and each relation of the ontology looks in the picture: its words, its colour, its shape."""

from __future__ import annotations

from dataclasses import dataclass

from kg.edges import Relation, relations


@dataclass(frozen=True, slots=True)
class Look:
    """A class: Chinese and English name, colours on light and dark ground, outline (SVG path, within -1..1), hollow or full."""

    kind: str
    zh: str
    en: str
    light: str
    dark: str
    path: str
    hollow: bool = False


# Shapes differ as much as colours do, so that the picture can be read without seeing colours.
LOOKS: tuple[Look, ...] = (
    Look("Person", "人物", "People", "#2b66ad", "#6ba3e8", "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z"),
    Look("Post", "职务", "Posts", "#87549f", "#bb8dd3", "M0 -1.12L1.12 0L0 1.12L-1.12 0Z"),
    Look("Organization", "机构", "Organizations", "#b4532f", "#e58a64", "M-.9 -.9H.9V.9H-.9Z"),
    Look("Area", "区域", "Areas", "#56657a", "#9aa9bd", "M0 -1.06L1.01 -.33L.62 .86H-.62L-1.01 -.33Z"),
    Look("Place", "地点", "Places", "#66788a", "#a5b4c4", "M.85 0A.85 .85 0 1 1 -.85 0A.85 .85 0 1 1 .85 0Z", hollow=True),
    Look(
        "Project", "项目", "Projects", "#5a8a27", "#9ccb62",
        "M0 -1.2L.33 -.44L1.14 -.37L.53 .17L.71 .97L0 .55L-.71 .97L-.53 .17L-1.14 -.37L-.33 -.44Z",
    ),
    Look("Policy", "政策", "Policies", "#bd7f0c", "#eab651", "M1.05 0L.53 .91H-.53L-1.05 0L-.53 -.91H.53Z"),
    Look("Task", "要求", "Demands", "#a8770f", "#dcb366", "M.95 0L.48 .82H-.48L-.95 0L-.48 -.82H.48Z", hollow=True),
    Look("Document", "文件", "Documents", "#2f8296", "#6fc1d3", "M-.72 -1H.3L.76 -.54V1H-.72Z"),
    Look("Meeting", "会议", "Meetings", "#12796a", "#4fbfab", "M0 -1.1L1.1 .85H-1.1Z"),
    Look("Inspection", "调研", "Inspections", "#3b9a8c", "#7fd3c5", "M-1.05 -.8H1.05L0 1.05Z"),
    Look("Talks", "会见", "Talks", "#5d6fc0", "#9aa8ee", "M-1 -.85L0 -.28L1 -.85V.85L0 .28L-1 .85Z"),
    Look("Ceremony", "仪式", "Ceremonies", "#b84c7d", "#ea8fb6", "M-.36 -1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z"),
    Look("Release", "发布", "Releases", "#8f6337", "#c99c6c", "M-.85 -1L1.05 0L-.85 1Z"),
    Look("Appointment", "任免", "Appointments", "#75579e", "#ad92d4", "M-.5 -.85H.5L1.05 .85H-1.05Z"),
)  # fmt: skip

OTHER = Look("Thing", "其他", "Other", "#7a7a7a", "#a9a9a9", "M-.8 -.8H.8V.8H-.8Z", hollow=True)

RELATIONS: tuple[Relation, ...] = relations(
    "holdsPost inspected convened chaired attended spokeAt accompanied metWith implements issued signed opened commended appointed "
    "emphasized pointedOut required proposed said stated concerns postIn jurisdiction partOf replacedBy inArea "
    "place agent companion counterpart target convener chair speaker attendee"
)


def look(kind: str) -> Look:
    """Return how a class looks; one that is not in the table looks like ``OTHER``.

    >>> look("Person").zh
    '人物'
    """
    return next((found for found in LOOKS if found.kind == kind), OTHER)


def rank(kind: str) -> int:
    """Return where a class stands in the table, unknown ones last."""
    return next((index for index, found in enumerate(LOOKS) if found.kind == kind), len(LOOKS))


def relation_rank(name: str) -> int:
    """Return where a property stands in the table, unknown ones last."""
    return next((index for index, found in enumerate(RELATIONS) if found.name == name), len(RELATIONS))


def relation(name: str) -> Relation:
    """Return the words for a property; one that is not in the table goes by its local name."""
    return next((found for found in RELATIONS if found.name == name), Relation(name, name, name))
