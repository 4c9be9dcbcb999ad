"""Words of time in a question: a text and the day of the newest report come in, ISO days, months, years and spans of them go out.

今年 and 去年 are told from the newest report of the graph, never from the clock, so that the same question of the same graph has the same answer.
A month without a year is the last one that the reports have reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from kg.asking.words import offsets, word
from kg.graph.blanks import period
from kg.lexicon import either

_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of time in a question: where it stands, and its first and last day, month or year as ISO 8601 has them.

    An open end is empty: ``since`` of 3月以前, ``until`` of 3月以来.
    """

    start: int
    end: int
    since: str
    until: str


def days(text: str, newest: str) -> Iterator[Days]:
    """Yield the stretches of time that stand in a text; ``newest`` is the ISO day of the newest report, or empty.

    What no calendar has (2月30日), and words that no report can settle, yield nothing.

    >>> [(one.since, one.until) for one in days("2024年3月和去年上半年，从11月3日到5日", "2024-12-31")]
    [('2024-03', '2024-03'), ('2023-01', '2023-06'), ('2024-11-03', '2024-11-05')]
    >>> [(one.since, one.until) for one in days("3月以来", "2024-02-10")]
    [('2023-03', '')]
    """
    for found in _stretch().finditer(text):
        one = _first(found, newest)
        if one is None:
            continue
        since, until = one
        if found["to"] is not None:
            other = _last(found, one[0], newest)
            if other is None:
                continue
            since, until = other
        if found["after"] is not None:
            until = ""
        elif found["before"] is not None:
            since, until = "", _day_before(since)
        yield Days(found.start(), found.end(), since, until)


def newest_day(rows: Iterator[tuple[str | None, ...]]) -> str:
    """Return the day of the newest report from what ``NEWEST`` finds; empty if no report has a date."""
    return next((row[0] or "" for row in rows), "")[:10]


NEWEST = "PREFIX schema: <https://schema.org/>\nSELECT (MAX(STR(?day)) AS ?newest) WHERE { ?article schema:datePublished ?day }"


def _point(n: str) -> str:
    """Return the pattern of one day, month, quarter, half or year; ``n`` tells its groups from those of another."""
    return (
        rf"(?:(?P<iso{n}>(?<!\d)(?:19|20)\d{{2}}(?:[-/.]\d{{1,2}}){{1,2}}(?!\d))"
        rf"|(?P<near{n}>{either(offsets('日'))})"
        rf"|(?:(?:(?P<year{n}>(?<!\d){_YEAR})年度?|(?P<leap{n}>{either(offsets('年'))}))的?)?"
        rf"(?:(?P<part{n}>{either(offsets('段'))})"
        rf"|(?:(?P<month{n}>(?<!\d){_NUMBER})月份?|(?P<moon{n}>{either(offsets('月'))}))(?:(?P<day{n}>{_NUMBER})[日号])?"
        rf"|(?<![\d.])(?P<alone{n}>{_NUMBER})[日号](?!楼|线|文件|院))"
        rf"|(?P<whole{n}>(?<!\d){_YEAR})(?:年度?|(?!\d))|(?P<back{n}>{either(offsets('年'))}))"
    )


@cache
def _stretch() -> re.Pattern[str]:
    return re.compile(
        rf"{word('从')}?{_point('')}(?P<to>{word('到')}{_point('2')})?"
        rf"(?:(?P<after>{word('以来')})|(?P<before>{word('以前')})|{word('期间')})?"
    )  # fmt: skip


class _Point(NamedTuple):
    """What one expression says: a year, months and a day; None for what it leaves open."""

    year: int | None
    month: int | None
    last_month: int | None
    day: int | None


def _read(found: re.Match[str], n: str, newest: str) -> _Point | None:
    """Return what an expression says, the words that lean on the newest report settled."""

    def group(name: str) -> str | None:
        return found[f"{name}{n}"]

    now = _as_day(newest)
    if (iso := group("iso")) is not None:
        year, month, *day = (int(number) for number in re.split(r"[-/.]", iso))
        return _Point(year, month, month, day[0] if day else None)
    leaning = any(group(name) is not None for name in ("near", "leap", "back", "moon"))
    if leaning and now is None:
        return None
    if (near := group("near")) is not None and now is not None:
        then = now + timedelta(int(offsets("日")[near]))
        return _Point(then.year, then.month, then.month, then.day)
    if (back := group("back")) is not None and now is not None:
        return _Point(now.year + int(offsets("年")[back]), None, None, None)
    if (whole := group("whole")) is not None:
        return _Point(_number(whole), None, None, None)
    year_ = _number(written) if (written := group("year")) is not None else None
    if (leap := group("leap")) is not None and now is not None:
        year_ = now.year + int(offsets("年")[leap])
    if (part := group("part")) is not None:
        one, other = (int(number) for number in offsets("段")[part].split("-"))
        return _Point(year_, one, other, None)
    if (alone := group("alone")) is not None:
        return _Point(year_, None, None, _number(alone))
    day_ = _number(written) if (written := group("day")) is not None else None
    if (moon := group("moon")) is not None and now is not None:
        if year_ is not None:
            return None
        year_, month = divmod(now.year * 12 + now.month - 1 + int(offsets("月")[moon]), 12)
        return _Point(year_, month + 1, month + 1, day_)
    month = _number(group("month") or "")
    return _Point(year_, month, month, day_)


def _first(found: re.Match[str], newest: str) -> tuple[str, str] | None:
    """Return the first and last day, month or year of the first expression."""
    point = _read(found, "", newest)
    if point is None:
        return None
    now = _as_day(newest)
    year, month, last, day = point
    if year is None:
        if now is None:
            return None
        if month is None:  # a day alone
            year, month, last = now.year, now.month, now.month
            if day is not None and day > now.day:
                year, month = divmod(year * 12 + month - 2, 12)
                month = last = month + 1
        else:
            year = now.year if (month, day or 1) <= (now.month, now.day) else now.year - 1
            if found["to"] is not None and (end := _read(found, "2", newest)) is not None and end.year is not None:
                # 从11月到今年2月: the last such month before the end
                year = end.year if (month, day or 1) <= (end.month or 12, end.day or 31) else end.year - 1
    return _iso(year, month, last, day)


def _last(found: re.Match[str], since: str, newest: str) -> tuple[str, str] | None:
    """Return ``since`` and the last day, month or year of the second expression, which leans on the first: the next such day after it."""
    point = _read(found, "2", newest)
    if point is None:
        return None
    year, month, last, day = point
    begun, begun_month = int(since[:4]), int(since[5:7] or 1)
    if year is None:
        if month is None:
            month = last = begun_month
            if found["month"] is None and found["moon"] is None and found["iso"] is None:
                return None
        year = begun if (month, day or 31) >= (begun_month, int(since[8:10] or 1)) else begun + 1
    until = _iso(year, month, last, day)
    if until is None:
        return None
    # 从11月到2月 without years: the end is not after the newest report
    if until[1] > newest[: len(until[1])] and found["year"] is None and found["leap"] is None and found["iso"] is None and year > begun:
        return (f"{begun - 1}{since[4:]}", f"{year - 1}{until[1][4:]}")
    return (since, until[1]) if since[: len(until[1])] <= until[1] else None


def _iso(year: int, month: int | None, last: int | None, day: int | None) -> tuple[str, str] | None:
    """Return ISO forms as exact as what is known; None for what no calendar has."""
    if month is None or last is None:
        return (f"{year:04}", f"{year:04}") if day is None else None
    one, other = (period(f"{year:04}-{number:02}" + (f"-{day:02}" if day is not None else "")) for number in (month, last))
    return None if one is None or other is None else (one, other)


def _day_before(since: str) -> str:
    """Return the last day, month or year before one, as exact as it is."""
    if len(since) == 4:
        return f"{int(since) - 1:04}"
    if len(since) == 7:
        year, month = divmod(int(since[:4]) * 12 + int(since[5:]) - 2, 12)
        return f"{year:04}-{month + 1:02}"
    return (date.fromisoformat(since) - timedelta(1)).isoformat()


def _as_day(newest: str) -> date | None:
    whole = newest + "0000-12-31"[len(newest) :] if len(newest) in (4, 7) else newest
    try:
        return date.fromisoformat(whole)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return the number that digits or Chinese numerals write.

    >>> _number("十二"), _number("二十"), _number("二〇二四"), _number("31")
    (12, 20, 2024, 31)
    """
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    return int("".join(str(_DIGITS[sign]) for sign in text))
