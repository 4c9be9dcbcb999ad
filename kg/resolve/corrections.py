"""Corrections by hand: a table that a user keeps goes in, what it corrects comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from kg.errors import InputError
from kg.model import Kind

Action = Literal["same", "different", "label", "drop", "no-name"]

_HEADER = ("id", "action", "thing", "other", "author", "reason")
_ALONE: tuple[Action, ...] = ("drop", "no-name")
_CLASSES = ("-", *(kind for kind in get_args(Kind) if kind != "Group"), "Official", "Task", "Event")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of ``corrections.tsv``.

    ``same`` and ``different``: ``thing`` and ``other`` are two things. ``label``: ``other`` is the name of ``thing``. ``drop``: ``thing`` is a
    fact, by its IRI or as ``subject predicate object``. ``no-name``: ``thing`` is a word that names nothing, ``other`` the class
    it is not, or ``-``. Things are IRIs, whole, relative to the base (``person/青岚区/李伟``) or with a prefix (``person:李伟``); ``IRI@ARTICLE`` is
    what that article means by it, ``IRI@POST`` whoever holds that post.
    """

    id: str
    action: Action
    thing: str
    other: str
    author: str
    reason: str


def corrections(text: str, name: str) -> tuple[Correction, ...]:
    """Parse a table of corrections; lines that begin with ``#`` are remarks.

    Raises InputError with file and line for a wrong header, an empty cell, an unknown action, or an id used twice.

    >>> lines = "id\\taction\\tthing\\tother\\tauthor\\treason\\nc1\\tno-name\\t于是\\t-\\t王编\\t连词\\n"
    >>> [(one.action, one.thing) for one in corrections(lines, "corrections.tsv")]
    [('no-name', '于是')]
    """
    found: list[Correction] = []
    seen: set[str] = set()
    header = False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        where = f"{name}:{number}"
        if not header:
            header = True
            if cells != _HEADER:
                raise InputError(f"{where}：表头应为 {' '.join(_HEADER)}，用制表符分隔。", f"{where}: the header is {' '.join(_HEADER)}, separated by tabs.")
            continue
        if len(cells) != len(_HEADER):
            raise InputError(
                f"{where}：有 {len(cells)} 格，应有 {len(_HEADER)} 格，用制表符分隔。",
                f"{where}: {len(cells)} cells. A line has {len(_HEADER)}, separated by tabs.",
            )
        for title, cell in zip(_HEADER, cells, strict=True):
            if not cell:
                raise InputError(f"{where}：{title} 是空的。没有内容请写 -。", f"{where}: {title} is empty. Write - where there is nothing.")
        if cells[1] not in get_args(Action):
            known = " ".join(get_args(Action))
            raise InputError(f"{where}：没有“{cells[1]}”这种更正。可用的有：{known}。", f"{where}: there is no action {cells[1]!r}. Known are: {known}.")
        if cells[3] == "-" and cells[1] not in _ALONE:
            raise InputError(f"{where}：other 是空的。{cells[1]} 需要两项。", f"{where}: other is empty. The action {cells[1]} needs both.")
        if cells[1] == "no-name" and cells[3] not in _CLASSES:
            known = " ".join(_CLASSES)
            raise InputError(f"{where}：没有“{cells[3]}”这个类。可用的有：{known}。", f"{where}: there is no class {cells[3]!r}. Known are: {known}.")
        if cells[0] in seen:
            raise InputError(f"{where}：编号 {cells[0]} 用了两次。", f"{where}: the id {cells[0]} is used twice. Ids are unique.")
        seen.add(cells[0])
        found.append(Correction(cells[0], cast("Action", cells[1]), *cells[2:]))
    return tuple(found)


_PREFIXED = re.compile(r"([a-z]+):(?!//)(.+)")
_FOLDERS = {"organization": "org"}


def relative(thing: str, base: str) -> str:
    """Return an IRI as it stands under the base: whole, relative or prefixed as given.

    >>> relative("<https://example.org/id/person/张三>", "https://example.org/id/"), relative("organization:区委", "https://example.org/id/")
    ('person/张三', 'org/区委')
    """
    bare = thing.removeprefix("<").removesuffix(">")
    if bare.startswith(base):
        return bare[len(base) :]
    found = _PREFIXED.fullmatch(bare)
    return bare if found is None else f"{_FOLDERS.get(found[1], found[1])}/{found[2]}"
