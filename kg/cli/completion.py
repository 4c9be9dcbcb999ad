"""What a shell offers while a saved question is typed: the beginning of a word comes in, names and values that go on with it come out.

Nothing is ever printed from here, and a graph that is missing or busy only means that nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import KgError

_SIGN = "="


def question_names(incomplete: str) -> list[tuple[str, str]]:
    """Return the names of saved questions that begin so, each with what it asks."""
    from kg.graph import questions

    return [(one.name, one.label) for one in questions() if one.name.startswith(incomplete)]


def question_values(ctx: Any, incomplete: str) -> list[str]:
    """Return the parameters of the question that begin so, or behind ``key=`` the names in the graph that do.

    bash parts words at ``=``, so the key may be one of the words before.
    """
    from kg.graph import questions

    asked = next((one for one in questions() if one.name == ctx.params.get("name")), None)
    if asked is None:
        return []
    key, sign, begun = incomplete.partition(_SIGN)
    before = [str(word) for word in ctx.params.get("values") or ()]
    if not sign and before[-1:] == [_SIGN]:
        key, begun, head = before[-2] if len(before) > 1 else "", incomplete, ""
    elif sign and not key and before:
        key, head = before[-1], _SIGN
    elif sign:
        head = f"{key}{_SIGN}"
    else:
        return [f"{one.name}{_SIGN}" for one in asked.parameters if one.name.startswith(incomplete)]
    kind = next((one.type for one in asked.parameters if one.name == key), "")
    return [head + value for value in _values(kind, begun, Path(ctx.params.get("output") or "output"))]


def _values(kind: str, begun: str, folder: Path) -> Iterator[str]:
    """Yield what can stand in a blank: names of the graph for the name of a thing, class names for a class."""
    from kg.asking import beginnings
    from kg.graph import Store, select
    from kg.graph.blanks import CLASSES, is_name

    if kind == "class":
        yield from (chinese for chinese, _ in CLASSES.values() if chinese.startswith(begun))
    elif is_name(kind):
        try:
            with Store(folder, reading=True) as store:
                yield from beginnings(begun, kind, lambda sparql: select(store, sparql))
        except KgError:
            return
