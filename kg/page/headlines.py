"""Read a headline block: its lines, some broken in two, and which of them tells what happened."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import words

_OPENERS, _CLOSERS = "“‘「『《〈（(【[", "”’」』》〉）)】]"
_DANGLING = re.compile(r"(?:[、，,：:—和与與及暨的在为為对對向将將把被从從以于於第]|召开|举行|举办|开展|推进|推動|推动|建设|加快|深入|全面)\Z")
_LEANING = re.compile(r"(?:[、，,的和与與及暨”》）)]|等)")
_ACTOR = re.compile(r"(?:[省市县縣区區旗镇鎮乡鄉州]|街道|委|政府|政协|政協|人大|常委会|局|院|公司|集团|集團|领导|領導|书记|書記)")
_SPLIT = re.compile(r"[\s　]+")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words("headline-verbs"), key=lambda word: (-len(word), word)))))


def is_broken(line: str, following: str) -> bool:
    """Tell whether a headline goes on in the next line without a pause."""
    depth = sum(line.count(mark) for mark in _OPENERS) - sum(line.count(mark) for mark in _CLOSERS)
    return depth > 0 or bool(_DANGLING.search(line)) or bool(_LEANING.match(following)) or following.startswith("——")


def weight(line: str) -> float:
    """Tell how much a line sounds like what happened, not like a slogan."""
    value = 0.0
    verb = _verbs().search(line)
    actor = _ACTOR.search(line)
    if verb:
        value += 2.0
    if actor:
        value += 1.5 if verb is None or actor.start() < verb.start() else 0.5
    if line[:1] in "■●◆▲★□○◇△☆※—":
        value -= 5.0
    parts = [part for part in _SPLIT.split(line) if part]
    if len(parts) > 1 and max(map(len, parts)) - min(map(len, parts)) <= 1 and len(parts[0]) <= 9:
        value -= 2.0
    if len(line) < 8:
        value -= 1.0
    if line[-1:] in "！!？?":
        value -= 0.5
    return value


def main(lines: list[str]) -> int:
    """Return the index of the line that tells what happened; the first of several that do so equally well."""
    return max(range(len(lines)), key=lambda index: (weight(lines[index]), -index))
