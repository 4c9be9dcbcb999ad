"""Bring demands into a short normal form: the words of a demand go in, its tasks (优化营商环境) come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.scene import Scene
from kg.extract.wording import demands, plain
from kg.lexicon import surfaces
from kg.model import Mention, Span

SHORTEST, LONGEST = 4, 12
"""Length of a task in characters, quotation marks not counted."""

_CLAUSE = re.compile(r"[^，；：。！？\n]+")
_PART = re.compile(r"[^、]+")
_OBJECT = re.compile(r"[\w“”‘’·—-]+")
_LEANING = re.compile(r"[对与同向在以从到于为把将让使被好了着过地得各这那其该此何]|一[个些下]|如何|怎样")
_GENERIC = re.compile(r"(?:各项|相关|有关|下一步|重点|具体)?(?:工作|任务|措施|事情|问题|情况|准备|方面|要求)+")
_PIVOT = re.compile(r"(?:早日|尽早|真正|更好|更快|得到|成为|走向|走在|变成|不再)")
_REPORTED = re.compile(r"[了过是有]|意义|取得|成效|已经?|事关")
_DANGLING = re.compile(r"(?:的|和|与|及|等|为|在|对|于|以|向|从|到|中|上|下|时|后|前|方面|过程中)$")


@cache
def _verb() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, surfaces("tasks", "task/verb"))))


@cache
def _modifiers() -> re.Pattern[str]:
    listed = "|".join(map(re.escape, surfaces("tasks", "task/modifier")))
    verb = "|".join(map(re.escape, surfaces("tasks", "task/verb")))
    # 加快 is left out before another verb only: 加快完善设施, but 加快施工进度.
    return re.compile(rf"(?:(?:{listed})地?(?=(?:{listed}|{verb})))*")


def tasks(scene: Scene, span: Span) -> Iterator[Mention]:
    """Yield the tasks in the words of a demand: verb and object, without 要, modifiers and purpose.

    ``name`` is the normal form; the same demand has the same name wherever it is made. Words without a verb of the
    lexicon and an object yield nothing.
    """
    text = plain(scene.text)
    seen: set[str] = set()
    has_marker = demands().search(text, span.start, span.end) is not None
    is_demanded = not has_marker
    for clause in _CLAUSE.finditer(text, span.start, span.end):
        start = clause.start()
        marks = list(demands().finditer(text, start, clause.end()))
        if marks:
            is_demanded = True
            start = marks[-1].end()
        if not is_demanded:
            continue
        parts = list(_PART.finditer(text, start, clause.end()))
        for index, part in enumerate(parts):
            alone = index + 1 == len(parts) or _begins(text, parts[index + 1].start(), parts[index + 1].end()) is not None
            found = _task(scene, text, part.start(), part.end(), is_whole=alone)
            if found is not None and found.name not in seen:
                seen.add(found.name)
                yield found


def is_task(words: str) -> bool:
    """Tell whether plain words begin with a demand as a bare verb and object (优化营商环境，…), not with a report."""
    first = _CLAUSE.match(words)
    begin = _begins(words, 0, first.end()) if first else None
    return begin is not None and first is not None and _REPORTED.search(first.group()) is None


def _begins(text: str, start: int, end: int) -> int | None:
    """Return where the verb stands if the words begin with one, modifiers aside."""
    modifiers = _modifiers().match(text, start, end)
    begin = modifiers.end() if modifiers else start
    return begin if _verb().match(text, begin, end) else None


def _task(scene: Scene, text: str, start: int, end: int, *, is_whole: bool) -> Mention | None:
    begin = _begins(text, start, end)
    if begin is None:
        return None
    verb = _verb().match(text, begin, end)
    assert verb is not None
    thing = text[verb.end() : end]
    length = sum(character not in "“”‘’" for character in text[begin:end])
    if not SHORTEST <= length <= LONGEST or len(thing) < (2 if is_whole else 4):
        return None
    if _OBJECT.fullmatch(thing) is None or thing.count("“") != thing.count("”"):
        return None
    if _LEANING.match(thing) or _GENERIC.fullmatch(thing) or _PIVOT.search(thing) or _DANGLING.search(thing):
        return None
    return scene.mention("Policy", begin, end, "tasks/verb-object", confidence=0.8)
