"""News, memory or plan: a verb of a telling comes in, whether it happened lately, long ago or is to come goes out."""

from __future__ import annotations

import re
from datetime import date

from kg.extract.roles import clause_start
from kg.extract.tellings import BODY, HE, PERSON, Telling
from kg.model import When

_PLANNED = re.compile(
    r"将(?=[于在对同向与赴出举召前访会开签发继]|[\ue000-\ue009])|拟(?!定的|任)|定于|计划|即将|预计|筹备|准备|届时|提请|建议|有望|争取|力争|下一步|决定召开|决定于|决定在"
    r"|同意[^，。]*召开|要(?=[召举开出参])|推动召开|确保|期待|期盼|盼望"
)
_PLAN_BEFORE = re.compile(r"计划|将于|将在|拟于|定于")
_PAST = re.compile(
    r"去年|前年|上年|上个月|上月|以来|此前|曾(?!经理)|历次|多次|截至|截止|今年\d{1,2}月(?!\d)(?!份?[^，。]{0,4}日)|不久前|年前|当年|十年|近年|多年|时隔"
    r"|(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|初|末|春(?![季节])|秋(?!季)|，|印发|出台|发布|公布|制定|召开|举行|起|开工|考察|到|在)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!第|度|全|一|新|\d{4})(\d{1,2}月)?")
_PURPOSE = re.compile(r"(?:为|根据|按照|依据|自|截至|从|围绕|对照)")
_VAGUE = re.compile(r"近日|日前|近期|不久前|此前")
_LEAD_LIMIT, _LIMIT = 120, 45
"""How many days may lie between an event and its report: in the first paragraph, elsewhere."""


_HABIT = re.compile(r"每(?:年|月|周|季度|天|日|隔|逢|半年)|常年")
"""每月召开一次会议 is a habit, no happening."""


def is_news(telling: Telling, verb: int, published: str | None, *, is_echo: bool = False) -> bool:
    """Tell whether a verb tells news rather than a memory; an ``is_echo`` story needs a day to be believed."""
    start = clause_start(telling.shape, verb, 0)
    before = telling.shape[:verb]
    days = [day for _, day in telling.days(0, verb)]
    if _HABIT.search(before, start):
        return False
    if _PAST.search(before, start) or _names_other_year(before[start:], published) or (_PAST.search(before[:start]) and not days):
        return False
    limit = _LEAD_LIMIT if telling.paragraph == 0 else _LIMIT
    return all(is_fresh(day, published, limit) for day in days) and bool(days or not is_echo)


def _names_other_year(words: str, published: str | None) -> bool:
    """Tell whether words name a past year, or a month of any year: 2014年3月访问期间"""
    return any(found.group(2) or (published is not None and found.group(1) < published[:4]) for found in _YEAR.finditer(words))


def is_fresh(day: When, published: str | None, limit: int = _LIMIT) -> bool:
    """Tell whether a day lies no more than ``limit`` days before the publication."""
    if published is None or day.start.startswith("-"):
        return True
    return (date.fromisoformat(published[:10]) - date.fromisoformat(day.end or day.start)).days <= limit


def is_planned(telling: Telling, verb: int, published: str | None, name: tuple[int, int] = (0, 0)) -> bool:
    """Tell whether a verb is only announced; words inside the ``name`` of what is held do not count."""
    shape = telling.shape
    start = clause_start(shape, verb, 0)
    for found in _PLANNED.finditer(shape, start, min(verb + 2, len(shape))):
        if found.start() < verb and not name[0] <= found.start() < name[1]:
            return True
    if re.search(rf"[{PERSON}{HE}{BODY}]", shape[start:verb]) is None and _PLAN_BEFORE.search(shape, 0, start):
        return True
    days = [day for _, day in telling.days(0, verb)]
    return bool(published and days and days[-1].start > published)


def day_of(telling: Telling, verb: int) -> list[When]:
    """Return the day on which a verb happens: the last one named before it, unless it belongs to a purpose or 日前 follows."""
    for place, day in reversed(list(telling.days(0, verb))):
        if _VAGUE.search(telling.shape, place, verb):
            return []
        if _PURPOSE.match(telling.shape, clause_start(telling.shape, place, 0)) is None:
            return [day]
    return []
