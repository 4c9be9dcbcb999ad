"""Find where an unquoted name begins: just after the nearest verb, preposition, particle, mark or person before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.scene import Scene
from kg.lexicon import either, surfaces
from kg.model import Span

# Flags of the tagger for words that are no part of a name (vn, a verb used as a noun, may be one)
_NO_PART_OF_A_NAME = frozenset({"v", "vd", "p", "d", "ad", "c", "u", "r", "w", "t", "TIME", "m", "q", "xc"})

# 最古老的博物馆: no name ends its first part like this
_NEVER_BEFORE_A_HEAD = "的了在把被将从给让使等及其该各每个座处条家"

_MARK = re.compile(r"[\s，。；：、！？,;:!?…—■▲●【】《》〈〉“”‘’「」『』（）()/|]")
# Single words of grammar; 和, 为, 以 … also stand inside names (和平路, 华为, 以色列), so they look at their neighbours.
_GRAMMAR = (
    r"[的了在把被让并而则也已又很最是]|将(?!军)|从(?!化|江|台)|再(?!生)|就(?!业)|更(?!新)"
    r"|(?<!同)(?<!共)(?<!饱)和(?![平谐睦顺美田县政林])|以及|[及与]|(?<![华行作认成因])为|以(?![色北南东西])|(?<!一)对(?!外|口)"
    r"|(?<![方志转意导定])向(?![阳])|由|(?<![中初高平同均对]|[优特])等(?!级)|自(?!治|然|由|贸|主|强)|于(?!田|都|洪)|每|各"
)


@cache
def edge_pattern(*tables: tuple[str, str]) -> re.Pattern[str]:
    """Return the pattern of the words after which a name may begin: those of ``tables`` (table, relation) and grammar."""
    return re.compile(either(word for table, relation in tables for word in surfaces(table, relation)) + "|" + _GRAMMAR)


@cache
def _inner() -> frozenset[str]:
    """Return the verbs that stand inside names (改造 in 管网改造工程)."""
    return frozenset(surfaces("sites", "edge-inner"))


def left_edge(scene: Scene, head: int, edges: re.Pattern[str], *, least: int = 1, reach: int = 20) -> int:
    """Return where the name whose last word begins at ``head`` begins itself; ``head`` if nothing stands before it.

    The name has at least ``least`` characters before ``head``, so that 来到建设路 gives 建设路, not 路. People and other
    things found before are never part of it; areas and bodies may be.
    """
    text = scene.text
    low = max(0, head - reach)
    for mark in _MARK.finditer(text, low, head):
        low = mark.end()
    if low >= head or text[head - 1] in _NEVER_BEFORE_A_HEAD:
        return head
    for mention in scene.within(Span(low, head), partly=True):
        if mention.kind not in ("Area", "Organization"):
            low = max(low, mention.span.end)
    best = low
    position = low
    while (found := edges.search(text, position, head)) is not None and found.end() <= head - least:
        best = position = found.end()
    for start, end, flag in _words_before(scene, head if least == 0 else head - least, best):
        if flag in _NO_PART_OF_A_NAME and text[start:end] not in _inner():
            return end
    return best


def _words_before(scene: Scene, position: int, low: int) -> Iterator[tuple[int, int, str]]:
    """Yield the tagger's words that end at or before ``position`` and begin at ``low`` or later, the last first."""
    while position > low and (word := scene.word(position - 1)) is not None:
        if word[1] <= position:
            yield word
        position = word[0]
