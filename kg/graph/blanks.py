"""Fill the blanks of saved questions: a type and a value from outside go in, one RDF term of that type comes out, or None.

Whatever the value holds, it becomes a single literal or IRI, so that it cannot add anything to the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.graph.terms import KG, ONTOLOGY, chinese, decimal, plain, prefixes, when

CLASSES: dict[str, tuple[str, str]] = {
    "Thing": ("事物", "thing"), "Person": ("人物", "person"), "Post": ("职务", "post"), "Organization": ("机构", "body"), "Area": ("行政区", "area"),
    "Place": ("地点", "place"), "Project": ("项目", "project"), "Policy": ("政策", "policy"), "Document": ("文件", "document"),
    "Event": ("活动", "event"), "Meeting": ("会议", "meeting"), "Inspection": ("调研", "inspection"), "Talks": ("会见", "talks"),
    "Ceremony": ("仪式", "ceremony"), "Release": ("发布", "release"), "Appointment": ("任免", "appointment"), "Journalist": ("记者", "journalist"),
}  # fmt: skip
"""The classes whose names a blank may ask for, in Chinese and English; ``Thing`` takes the name of anything."""


@dataclass(frozen=True, slots=True)
class Type:
    """What may be filled in: how it is made a term, and how a person is told what is wanted."""

    term: Callable[[str, str], str | None]
    chinese: str
    english: str


def is_name(type_: str) -> bool:
    """Tell whether a blank of this type takes the name of something in the graph.

    >>> is_name("Person"), is_name("period")
    (True, False)
    """
    return type_ in CLASSES


def is_iri(value: str, base: str) -> bool:
    """Tell whether the value of a name is the IRI of one thing: in full, in angle brackets, or with a prefix of the graph."""
    return _iri(value, base) is not None and (value.startswith(("<", base, "http://", "https://")) or value.partition(":")[0] in prefixes(base))


def filling(type_: str, value: str, base: str) -> str | None:
    """Return the term of a value, in SPARQL; None if the value is not of the type.

    >>> filling("period", "2024年3月", "https://example.org/")
    '"2024-03"'
    >>> filling("Person", 'A" } #', "https://example.org/")
    '"A\\\\" } #"@zh'
    >>> filling("Person", "person:张三", "https://example.org/")
    '<https://example.org/person/张三>'
    """
    return TYPES[type_].term(value, base)


def period(value: str) -> str | None:
    """Return a day, month or year as ISO 8601 has it; None for anything else.

    >>> period("2024年3月5日"), period("2024-3"), period("2024"), period("三月")
    ('2024-03-05', '2024-03', '2024', None)
    """
    found = _PERIOD.fullmatch(value.strip())
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return year + (f"-{int(month):02}" if month else "") + (f"-{int(day):02}" if day else "")


_PERIOD = re.compile(r"(\d{4})(?:[年/-]0?(\d{1,2})(?:[月/-]0?(\d{1,2})日?)?)?[年月]?", re.ASCII)


def _iri(value: str, base: str) -> str | None:
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    for prefix, iri in ({"kg": ONTOLOGY} | prefixes(base)).items():
        if bare.startswith(f"{prefix}:"):
            bare = iri + bare[len(prefix) + 1 :]
    try:
        return str(ox.NamedNode(bare))
    except ValueError:
        return None


def _name(value: str, base: str) -> str | None:
    if not value.strip():
        return None
    return _iri(value, base) if is_iri(value, base) else chinese(value.strip())


def _class(value: str, base: str) -> str | None:
    known = {name: one for one, (name, _) in CLASSES.items()} | {one.lower(): one for one in CLASSES}
    found = known.get(value) or known.get(value.removeprefix("kg:").lower())
    return KG.named(found) if found is not None and found != "Thing" else None


def _period(value: str, base: str) -> str | None:
    found = period(value)
    return None if found is None else plain(found)


def _date(value: str, base: str) -> str | None:
    return when(period(value) or value)


TYPES: dict[str, Type] = {
    "string": Type(lambda value, base: plain(value), "一段文字", "some text"),
    "integer": Type(lambda value, base: value if re.fullmatch(r"[+-]?\d{1,18}", value, re.ASCII) else None, "整数，如 10", "a whole number such as 10"),
    "number": Type(lambda value, base: decimal(value), "数，如 6.5", "a number such as 6.5"),
    "date": Type(_date, "日期，如 2024-03-05", "a date such as 2024-03-05"),
    "period": Type(_period, "日、月或年，如 2024-03-05、2024-03、2024", "a day, month or year such as 2024-03-05, 2024-03 or 2024"),
    "iri": Type(_iri, "IRI，如 person:张三", "an IRI such as person:张三"),
    "class": Type(_class, "种类，如 项目、会议、Project", "a class such as Project or Meeting"),
} | {
    name: Type(_name, f"{chinese_}的名称、别名或 IRI", f"the name, another name or the IRI of a{'n' if english[0] in 'aeiou' else ''} {english}")
    for name, (chinese_, english) in CLASSES.items()
}  # fmt: skip
"""The types of blanks."""
