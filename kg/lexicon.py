"""Read the rows of ``ontology/lexicon/*.tsv``; a row without example or source is refused with file, line and remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import LexiconError

_HEADER = ("id", "surface", "relation", "example", "expects", "source")


@dataclass(frozen=True, slots=True)
class Row:
    """One word of the trade: how it looks, what it stands for, and the sentence that proves it.

    ``expects`` is a list of facts, separated by `` ; ``, that the pipeline must read from ``example``: see
    ``tests/lexicon``.
    """

    id: str
    surface: str
    relation: str
    example: str
    expects: str
    source: str


@cache
def rows(table: str, folder: str = "lexicon") -> tuple[Row, ...]:
    """Return the rows of one table, such as ``speech`` for ``ontology/lexicon/speech.tsv``; ``folder`` is another of ``ontology/``.

    Raises LexiconError for a missing table, a wrong header, a row with an empty cell, or an id used twice.
    """
    name = f"{table}.tsv"
    try:
        text = (files("kg.ontology") / folder / name).read_text("utf-8")
    except FileNotFoundError:
        raise LexiconError(f"{name}: there is no such table in ontology/{folder}") from None
    return parse(text, name)


def parse(text: str, name: str) -> tuple[Row, ...]:
    """Parse a table; lines that begin with ``#`` are remarks."""
    found: list[Row] = []
    seen: set[str] = set()
    header: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if header is None:
            header = cells
            if cells != _HEADER:
                raise LexiconError(f"{name}:{number}: the header is {' '.join(_HEADER)}, separated by tabs.")
            continue
        if len(cells) != len(_HEADER):
            raise LexiconError(f"{name}:{number}: {len(cells)} cells. A row has {len(_HEADER)}, separated by tabs.")
        for title, cell in zip(_HEADER, cells, strict=True):
            if not cell:
                raise LexiconError(f"{name}:{number}: {title} is empty. Every cell has a value.")
        if cells[0] in seen:
            raise LexiconError(f"{name}:{number}: the id {cells[0]} is used twice. Ids are unique in a table.")
        seen.add(cells[0])
        found.append(Row(*cells))
    return tuple(found)


@cache
def surfaces(table: str, relation: str | None = None) -> tuple[str, ...]:
    """Return the surfaces of a table, longest first, only those of ``relation`` if it is given."""
    chosen = {row.surface for row in rows(table) if relation is None or row.relation == relation}
    return tuple(sorted(chosen, key=lambda word: (-len(word), word)))


def either(choices: Iterable[str]) -> str:
    """Return a regular expression that matches one of the words as they stand, the longest where several fit.

    >>> either(["会议", "会", "大会"])
    '会议|大会|会'
    """
    return "|".join(map(re.escape, sorted(set(choices), key=lambda word: (-len(word), word))))


def first_of(pairs: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of the characters that some pairs of characters begin with, before one that is a second character of some.

    Finds all places where a pair may stand, and a few more.
    """
    one, two = ("".join(sorted({re.escape(pair[place]) for pair in pairs})) for place in (0, 1))
    return re.compile(f"[{one}](?=[{two}])")


@cache
def words(table: str) -> frozenset[str]:
    """Return the words of a borrowed list: one a line, ``#`` lines name source, licence and date."""
    name = f"{table}.txt"
    try:
        text = (files("kg.ontology") / "lexicon" / name).read_text("utf-8")
    except FileNotFoundError:
        raise LexiconError(f"{name}: there is no such list in ontology/lexicon") from None
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
