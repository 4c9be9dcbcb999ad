"""Profiles as text for the shelf: a profile goes in, one line comes out, and back."""

from __future__ import annotations

import json
from typing import Any

from kg.resolve.values import EventProfile, Holding, PersonProfile


def written(profile: PersonProfile | EventProfile) -> str:
    """Return a profile as one line of JSON.

    >>> person(written(PersonProfile("1", "2024-01-02", "person/青岚区/李伟", "李伟", "青岚区", None))).area
    '青岚区'
    """
    return json.dumps(_values(profile), ensure_ascii=False, separators=(",", ":"))


def _values(value: object) -> object:
    if isinstance(value, tuple):
        return [_values(part) for part in value]
    slots = getattr(type(value), "__slots__", None)
    if slots is not None:
        return [_values(getattr(value, name)) for name in slots]
    return value


def person(text: str) -> PersonProfile:
    """Return the profile of a person."""
    article, published, iri, name, area, home, holdings, before, names, beside = json.loads(text)
    return PersonProfile(article, published, iri, name, area, home, tuple(Holding(*holding) for holding in holdings), before, tuple(names), beside)


def event(text: str) -> EventProfile:
    """Return the profile of an event."""
    cells: list[Any] = json.loads(text)
    article, published, iri, kind, status, label, names, dates, roles, places, home, confidence = cells
    pairs = tuple((role, name) for role, name in roles)
    return EventProfile(article, published, iri, kind, status, label, tuple(names), tuple(dates), pairs, tuple(places), home, confidence)
