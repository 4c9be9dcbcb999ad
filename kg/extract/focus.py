"""Where names may stand: a sentence goes in, how much of it the slow tagger has to see comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.lexicon import rows

_BREAK = re.compile("[，。；,;]")
_ROOM = 8  # characters after a word that announces a name in which the name stands
_ORDINARY = frozenset({"组织", "学校", "部队", "率", "海关"})  # bodies and acts by their shape, mostly common words


def focus(sentence: str) -> int:
    """Return up to where a sentence may name people or bodies; 0 if it does not.

    It does around titles, bodies, and the verbs of events and roles; and before a verb of speech at the head of a
    clause, where the speaker stands. What follows in the sentence is what is said or done, in ordinary words.
    """
    end = 0
    for found in _announcing().finditer(sentence):
        end = found.end() + _ROOM
    speaks = _speaking().search(sentence)
    if speaks is not None:
        end = max(end, speaks.end())
    if not end:
        return 0
    stop = _BREAK.search(sentence, min(end, len(sentence)))
    return len(sentence) if stop is None else stop.end()


@cache
def _announcing() -> re.Pattern[str]:
    """Return what announces a name: a title, a body, an act of people, a part they have in an event."""
    heads = {row.surface for row in rows("posts") if row.relation.split("/")[0] in ("head", "courtesy") or row.relation.startswith("implied:")}
    acts = {row.surface for row in rows("events") if row.relation in ("meet", "talk", "letter", "appoint", "dismiss", "elect", "elected", "inspect")}
    parts = {row.surface for row in rows("events-roles") if row.relation in ("chair", "speaker", "attendee", "companion", "lead")}
    bodies = {row.surface for row in rows("organs") if row.relation == "suffix" and len(row.surface) > 1}
    roles = {row.surface for row in rows("posts") if row.relation == "role-noun"}
    words = _either((heads | acts | parts | bodies) - _ORDINARY)
    return re.compile(f"(?<!习近平)(?:{words})|(?:{_either(roles)})(?=[^，。]{{2,6}}(?:{_either(_verbs())}))|[省市县区][一-鿿]{{1,8}}[局委办院]|[·•・]")


@cache
def _speaking() -> re.Pattern[str]:
    """Return a speaker at the head of a clause, or after a quotation."""
    verbs = _either(_verbs())
    return re.compile(f"(?:^|[。，,：:”])(?!会议|全会|他|她|要)[^，。、：“”]{{1,16}}?(?:{verbs})|”[^，。“”]{{1,20}}(?:{verbs})")


def _verbs() -> set[str]:
    return {row.surface for row in rows("speech") if row.relation.startswith("kg:")}


def _either(words: Iterable[str]) -> str:
    """Return a pattern of words; one that holds another word is needless."""
    short: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(known in word for known in short):
            short.append(word)
    return "|".join(map(re.escape, short))
