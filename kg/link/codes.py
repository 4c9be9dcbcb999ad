"""The administrative codes of areas: a name and the areas named beside it go in, the code of GB/T 2260 comes out."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.gazetteer import gazetteer


def codes(name: str) -> tuple[str, ...]:
    """Return the codes of all areas of this name, short forms of provinces and prefectures included; of former areas if none of today bears it."""
    known = gazetteer()
    full = known.full.get(name, name)
    return tuple(known.codes.get(full) or known.former.get(full) or ())


def code(name: str, near: Collection[str]) -> str | None:
    """Return the code of an area: the only one of its name, or the one whose province, city or county the story names too.

    >>> code("管城回族区", ()), code("鼓楼区", ()), code("鼓楼区", {"开封市"})
    ('410104', None, '410204')
    """
    candidates = codes(name)
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    fitting = [candidate for candidate in candidates if any(above in near for above in _above(candidate))]
    return fitting[0] if len(fitting) == 1 else None


def is_ambiguous(name: str) -> bool:
    """Tell whether several areas bear this name (鼓楼区, 城关镇)."""
    return len(codes(name)) > 1


def _above(candidate: str) -> tuple[str, ...]:
    """Return the names, full and short, of the areas that an area lies in."""
    known = gazetteer()
    names: list[str] = []
    parent = known.parents.get(candidate, "-")
    while parent != "-":
        name = known.name_of(parent)
        names.append(name)
        names += [short for short, full in known.full.items() if full == name]
        parent = known.parents.get(parent, "-")
    return tuple(names)
