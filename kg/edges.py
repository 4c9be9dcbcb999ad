"""The direct edges of the graph as text: their words in both languages, which follow from an event, and where a passage stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """A property of the ontology: local name, Chinese and English words for it, and whether it only reports what was said."""

    name: str
    zh: str
    en: str
    is_statement: bool = False


_WORDS: tuple[Relation, ...] = (
    Relation("holdsPost", "任职", "holds post"),
    Relation("inspected", "调研", "inspected"),
    Relation("convened", "召开", "convened"),
    Relation("chaired", "主持", "chaired"),
    Relation("attended", "出席", "attended"),
    Relation("spokeAt", "讲话", "spoke at"),
    Relation("accompanied", "陪同", "accompanied"),
    Relation("metWith", "会见", "met with"),
    Relation("implements", "贯彻落实", "implements"),
    Relation("issued", "发布", "issued"),
    Relation("signed", "签约", "signed"),
    Relation("opened", "启动", "opened"),
    Relation("commended", "表彰", "commended"),
    Relation("appointed", "任免", "appointed"),
    Relation("emphasized", "强调", "emphasized", is_statement=True),
    Relation("pointedOut", "指出", "pointed out", is_statement=True),
    Relation("required", "要求", "required", is_statement=True),
    Relation("proposed", "提出", "proposed", is_statement=True),
    Relation("said", "表示", "said", is_statement=True),
    Relation("stated", "谈", "stated", is_statement=True),
    Relation("concerns", "谈到", "spoke about", is_statement=True),
    Relation("postIn", "所属机构", "post in"),
    Relation("jurisdiction", "辖区", "jurisdiction"),
    Relation("partOf", "隶属", "part of"),
    Relation("replacedBy", "改设为", "replaced by"),
    Relation("inArea", "位于", "in area"),
    Relation("place", "地点", "place"),
    Relation("agent", "主体", "agent"),
    Relation("companion", "陪同者", "companion"),
    Relation("counterpart", "对方", "counterpart"),
    Relation("target", "对象", "target"),
    Relation("convener", "召集者", "convener"),
    Relation("chair", "主持者", "chair"),
    Relation("speaker", "发言者", "speaker"),
    Relation("attendee", "出席者", "attendee"),
)
_BY_NAME = {relation.name: relation for relation in _WORDS}

TO_EVENT: Mapping[str, str] = {"convener": "convened", "chair": "chaired", "attendee": "attended", "speaker": "spokeAt"}
"""The direct edge to an event that follows from each role."""

_TARGETED = ("inspected", "issued", "signed", "opened", "commended", "appointed")


def relations(names: str) -> tuple[Relation, ...]:
    """Return the relations of these local names, separated by spaces, in their order; KeyError for one that has no words.

    >>> [relation.zh for relation in relations("chaired attended")]
    ['主持', '出席']
    """
    return tuple(_BY_NAME[name] for name in names.split())


def following(event: str, roles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield the direct edges (from, local name, to) that can follow from the roles of an event, given as role and actor.

    >>> list(following("e", [("chair", "张三")]))
    [('张三', 'chaired', 'e')]
    """
    actors: Mapping[str, list[str]] = defaultdict(list)
    for role, actor in roles:
        actors[role].append(actor)
    for role, name in TO_EVENT.items():
        for actor in actors[role]:
            yield actor, name, event
    for agent in actors["agent"]:
        for companion in actors["companion"]:
            yield companion, "accompanied", agent
        for counterpart in actors["counterpart"]:
            yield agent, "metWith", counterpart
    for actor in (*actors["agent"], *actors["companion"]):
        for target in actors["target"]:
            for name in _TARGETED:
                yield actor, name, target


def stretch(passage: str) -> tuple[str, int, int] | None:
    """Return the article, begin and end that the IRI of a passage tells; None if it tells none.

    >>> stretch("https://a.example/article/1#char=4,7")
    ('https://a.example/article/1', 4, 7)
    """
    article, _, place = passage.partition("#char=")
    begin, _, end = place.partition(",")
    return (article, int(begin), int(end)) if begin.isdecimal() and end.isdecimal() else None
