"""Where names may stand: a sentence goes in, the stretches that the slow tagger has to see come out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from kg.extract.names import surname_length
from kg.extract.tag import MAYBE
from kg.lexicon import either, rows, words

_BREAK = re.compile("[，。；,;]")
_ROOM = 8  # characters after a word that announces a name in which the name stands
_ROOM_OF_SPEAKER = 20  # characters before a verb of speech in which its speaker stands
_HEAD = re.compile("(?!会议|全会|他|她|要)[^，,。、：:“”]+$")
_ORDINARY = frozenset({"组织", "学校", "部队", "率", "海关"})  # bodies and acts by their shape, mostly common words


def focus(sentence: str, cut: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return the stretches of a sentence that may name people or bodies, in order: whole clauses, none touching another.

    Names stand around titles, bodies, and the verbs of events and roles; before a verb of speech at the head of a
    clause, where the speaker stands; and where the words of a fast cutter (``cut``) hold one that looks like a name. The other
    clauses tell what is said or done, in ordinary words.
    """
    marks = [(start, end) for start, end, flag in cut if flag == MAYBE and _looks_like_a_name(sentence[start:end])]
    for announcing in _announcing():
        marks += [(found.start(), found.end() + _ROOM) for found in announcing.finditer(sentence) if not sentence.endswith("习近平", 0, found.start())]
    speaks = next(_speaking(sentence), None)
    if speaks is not None:
        marks.append(speaks)
    if not marks:
        return []
    marks.sort()
    breaks = [0, *(found.end() for found in _BREAK.finditer(sentence)), len(sentence)]
    stretches: list[tuple[int, int]] = []
    for first, last in marks:
        start = breaks[bisect_right(breaks, first) - 1]
        end = breaks[min(bisect_left(breaks, last + 1), len(breaks) - 1)]
        if stretches and start <= stretches[-1][1]:
            start, before = stretches.pop()
            end = max(end, before)
        stretches.append((start, end))
    return stretches


def _looks_like_a_name(word: str) -> bool:
    return bool(surname_length(word, 0)) and word not in _no_names()


@cache
def _no_names() -> frozenset[str]:
    return words("no-names")


@cache
def _announcing() -> tuple[re.Pattern[str], ...]:
    """Return what announces a name: a title, a body, an act of people, a part they have in an event.

    The first pattern has nothing but words, which are then found by their first characters.
    """
    heads = {row.surface for row in rows("posts") if row.relation.split("/")[0] in ("head", "courtesy") or row.relation.startswith("implied:")}
    acts = {row.surface for row in rows("events") if row.relation in ("meet", "talk", "letter", "appoint", "dismiss", "elect", "elected", "inspect")}
    parts = {row.surface for row in rows("events-roles") if row.relation in ("chair", "speaker", "attendee", "companion", "lead")}
    bodies = {row.surface for row in rows("organs") if row.relation == "suffix" and len(row.surface) > 1}
    roles = {row.surface for row in rows("posts") if row.relation == "role-noun"}
    return (
        re.compile(_least((heads | acts | parts | bodies) - _ORDINARY)),
        re.compile(f"(?:{_least(roles)})(?=[^，。]{{2,6}}(?:{_least(_verbs())}))"),
        re.compile("[省市县区][一-鿿]{1,8}[局委办院]|[·•・]"),
    )


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(_least(_verbs()))


def _speaking(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield a speaker at the head of a clause, or after a quotation, with the verb."""
    for found in _speech().finditer(sentence):
        head = _HEAD.search(sentence, max(0, found.start() - _ROOM_OF_SPEAKER), found.start())
        if head is not None and (head.start() == 0 or sentence[head.start() - 1] in "。，,：:”"):
            yield head.start(), found.end()


def _verbs() -> set[str]:
    return {row.surface for row in rows("speech") if row.relation.startswith("kg:")}


def _least(words: Iterable[str]) -> str:
    """Return a pattern of words; one that holds another word is needless."""
    short: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(known in word for known in short):
            short.append(word)
    return either(short)
