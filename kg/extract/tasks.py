"""Bring demands into a short normal form: the words of a demand go in, its tasks (优化营商环境) come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.scene import Scene
from kg.extract.wording import demands, plain
from kg.lexicon import either, surfaces
from kg.model import Mention, Span

SHORTEST, LONGEST = 4, 12
"""Length of a task in characters, quotation marks not counted."""
_SHORTEST_OBJECT = 2
_LONG_OBJECT = 4

_CLAUSE = re.compile(r"[^，；：。！？\n]+")
_ITEM = re.compile(r"(?:[一二三四五六七八九十]+是|第[一二三四五六]，|首先，|其次，|再次，|最后，|同时，)")
_PART = re.compile(r"[^、]+")
_OBJECT = re.compile(r"[\w“”‘’·—-]+")
_LEANING = re.compile(r"[的对与同向在以从到于为把将让使被好了着过地得各这那其该此何]|一[个些下]|如何|怎样")
_GENERIC = re.compile(r"(?:各项|相关|有关|下一步|重点|具体)?(?:工作|任务|措施|事情|问题|情况|准备|方面|要求)+")
_PIVOT = re.compile(r"才能|来自|[他她我你们为]|等(?!级)|如何|以来|期间|(?:早日|尽早|真正|更好|更快|得到|成为|走向|走在|变成|不再)")
_REPORTED = re.compile(r"[了过是有]|意义|取得|成效|已经?|事关")
_DANGLING = re.compile(r"(?:的|和|与|及|等|为|在|对|于|以|(?<![导方意取流风动走])向|从|到|中|上|下|时|后|前|方面|过程中)$")


@cache
def _verb() -> re.Pattern[str]:
    listed = {word for kind in ("verb", "nominal", "pivot") for word in surfaces("tasks", f"task/{kind}")}
    return re.compile(either(listed))


@cache
def _head() -> re.Pattern[str]:
    return re.compile(either(surfaces("tasks", "task/head")))


@cache
def _modifier() -> re.Pattern[str]:
    listed = either(surfaces("tasks", "task/modifier"))
    return re.compile(f"(?:{listed})地?")


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
        item = _ITEM.match(text, clause.start(), clause.end())
        start = item.end() if item else clause.start()
        marks = list(demands().finditer(text, start, clause.end()))
        if marks:
            is_demanded = True
            start = marks[-1].end()
        if not is_demanded:
            continue
        for part in _parts(text, start, clause.end()):
            found = _task(scene, text, *part)
            if found is not None and found.name not in seen:
                seen.add(found.name)
                yield found


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a clause that can be demands of their own.

    加强领导、强化保障 are two; in 完善学校、道路、医院等设施 the object goes on, so that no part is whole, but
    目标导向 in 坚持目标导向、问题导向 is.
    """
    parts = [part.span() for part in _PART.finditer(text, start, end)]
    if len(parts) == 1 or all(_is_whole(text, *part) for part in parts):
        yield from parts
    elif len({text[part[1] - 2 : part[1]] for part in parts}) == 1:
        yield parts[0]


def _is_whole(text: str, start: int, end: int) -> bool:
    begin = _begins(text, start, end)
    verb = _verb().match(text, begin, end) if begin is not None else None
    return verb is not None and (verb.group() not in surfaces("tasks", "task/nominal") or "的" not in text[begin:end])


def is_task(words: str) -> bool:
    """Tell whether plain words begin with a demand as a bare verb and object (优化营商环境，…), not with a report."""
    item = _ITEM.match(words)
    first = _CLAUSE.match(words, item.end() if item else 0)
    begin = _begins(words, first.start(), first.end()) if first else None
    return begin is not None and first is not None and _REPORTED.search(first.group()) is None


def _begins(text: str, start: int, end: int) -> int | None:
    """Return where the verb stands if the words begin with one, modifiers aside.

    加快 is a modifier before another verb only (加快完善设施), not in 加快施工进度; 发展, 建设 … count as that verb only
    with a longer object (加快发展新质生产力, not 加快发展步伐).
    """
    while (modifier := _modifier().match(text, start, end)) is not None:
        following = _verb().match(text, modifier.end(), end)
        if following is None and _modifier().match(text, modifier.end(), end) is None:
            break
        is_verb = _verb().fullmatch(modifier.group()) is not None
        is_noun = following is not None and following.group() in surfaces("tasks", "task/nominal")
        if is_verb and is_noun and following is not None and (end - following.end() < _LONG_OBJECT or _head().match(text, following.end(), end)):
            break
        start = modifier.end()
    return start if _verb().match(text, start, end) else None


def _task(scene: Scene, text: str, start: int, end: int) -> Mention | None:
    begin = _begins(text, start, end)
    if begin is None:
        return None
    verb = _verb().match(text, begin, end)
    assert verb is not None
    if verb.group() in surfaces("tasks", "task/pivot"):
        # 推动深化经贸合作 demands 深化经贸合作.
        second = _begins(text, verb.end(), end)
        nested = _verb().match(text, second, end) if second is not None else None
        if nested is not None and nested.group() not in surfaces("tasks", "task/nominal"):
            return _task(scene, text, verb.end(), end)
    thing = text[verb.end() : end]
    length = sum(character not in "“”‘’" for character in text[begin:end])
    if not SHORTEST <= length <= LONGEST or len(thing) < _SHORTEST_OBJECT:
        return None
    is_short = len(thing) < _LONG_OBJECT and (begin > start or thing in surfaces("tasks", "task/nominal"))
    if verb.group() in surfaces("tasks", "task/nominal") and (is_short or _head().match(thing)):
        return None
    if _OBJECT.fullmatch(thing) is None or thing.count("“") != thing.count("”"):
        return None
    if _LEANING.match(thing) or _GENERIC.fullmatch(thing) or _PIVOT.search(thing) or _DANGLING.search(thing):
        return None
    return scene.mention("Policy", begin, end, "tasks/verb-object", confidence=0.8)
