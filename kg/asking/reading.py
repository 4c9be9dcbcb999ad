"""Read a plain question: a sentence and a graph come in, the saved questions that it asks, with their values, go out."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.asking.days import NEWEST, Days, days, newest_day
from kg.asking.forms import Form, forms
from kg.asking.names import Names, Select, names, nearest
from kg.asking.words import word
from kg.errors import QueryError
from kg.graph import questions
from kg.graph.blanks import CLASSES
from kg.lexicon import either

LONGEST = 160
"""No question is longer, in characters."""

_Slot = Callable[[str], str | None]

_ANY = ".{1,40}?"
_END = re.compile(r"[\s？?。！!，,]+$")
_SPACE = re.compile(r"\s+")


class NotUnderstood(QueryError):
    """A question of no known form, about a name that the graph has not, or about a time that its saved question cannot take."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The saved question that is meant, and the values for its blanks."""

    question: str
    values: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return " ".join([self.question, *(f"{key}={value}" for key, value in self.values)])


def understood(text: str, select: Select) -> tuple[Understood, ...]:
    """Return what a question asks: one saved question, or one for each of several things that a name with its owner can mean.

    Of several readings the first in the order of the forms is taken, one whose words of time belong to a name before one where they tell the time.
    Raises NotUnderstood: the message names what is not known and the nearest that is.
    """
    asked = _END.sub("", _SPACE.sub("", text))
    asked = re.sub(rf"^(?:{word('请问')})+", "", asked)
    if not asked or len(asked) > LONGEST:
        raise NotUnderstood(
            f"问题{'是空的' if not asked else f'太长，最多 {LONGEST} 字'}。请写一句话，如 {forms()[0].row.example}",
            f"the question is {'empty' if not asked else f'longer than {LONGEST} characters'}. Write one sentence such as {forms()[0].row.example}",
        )
    newest = newest_day(iter(select(NEWEST)))
    readings = list(_readings(asked, newest))
    known = names([rest for rest, _ in readings], select)
    too_wide = None

    @cache
    def names_of(kind: str) -> str | None:
        return either(known.of(kind)) or None

    for rest, span in readings:
        for form in forms():
            found = _filled(form, rest, names_of)
            if found is None:
                continue
            times = _times(form, span)
            if times is None:
                too_wide = too_wide or form
                continue
            return tuple(_meant(form, found, times, known))
    if too_wide is not None:
        raise NotUnderstood(
            f"“{too_wide.question}”这个问题不能限于这样一段时间：请问一天、一月或一年，或者不说时间。",
            f"the question {too_wide.question} cannot be limited to such a time: ask for one day, month or year, or without a time.",
        )
    raise _unknown(asked, readings, known, select)


def _readings(asked: str, newest: str) -> Iterator[tuple[str, Days | None]]:
    """Yield the question as it stands, and without its words of time."""
    yield asked, None
    for found in days(asked, newest):
        rest = asked[: found.start] + asked[found.end :]
        yield rest.lstrip("，,的"), found


def _filled(form: Form, text: str, slot: _Slot) -> dict[str, str] | None:
    pattern = form.pattern(lambda kind: _ANY if kind == "string" else slot(kind))
    found = pattern.fullmatch(text) if pattern is not None else None
    return None if found is None else {name: words for name, words in found.groupdict().items() if words}


def _times(form: Form, span: Days | None) -> dict[str, str] | None:
    """Return the values for the words of time; None if the saved question has no place for them."""
    blanks = {parameter.name for question in questions() if question.name == form.question for parameter in question.parameters}
    if span is None:
        return {}
    if "when" in blanks:
        return {"when": span.since} if span.since == span.until else None
    ends = {name: day for name, day in (("since", _first_day(span.since)), ("until", _last_day(span.until))) if day and name in blanks}
    return ends or None


def _first_day(period: str) -> str:
    """Return the first day of a day, month or year.

    >>> _first_day("2024"), _first_day("2024-03"), _first_day("")
    ('2024-01-01', '2024-03-01', '')
    """
    return period + {4: "-01-01", 7: "-01"}.get(len(period), "")


def _last_day(period: str) -> str:
    """Return the last day of a day, month or year.

    >>> _last_day("2024"), _last_day("2024-02"), _last_day("")
    ('2024-12-31', '2024-02-29', '')
    """
    if len(period) == 7:
        return f"{period}-{calendar.monthrange(int(period[:4]), int(period[5:]))[1]:02}"
    return f"{period}-12-31" if len(period) == 4 else period


def _meant(form: Form, found: dict[str, str], times: dict[str, str], known: Names) -> Iterator[Understood]:
    """Yield the question with its values; a name that the graph has only together with its owner is given as IRI, one question for each bearer."""
    choices: list[list[tuple[str, str]]] = [[]]
    for slot, kind in form.slots:
        if slot not in found:
            continue
        name = found[slot]
        bearers = known.who(name, kind) if kind != "string" and name in known.joined else ()
        choices = [[*one, (slot, value)] for one in choices for value in (bearers or (name,))]
    for values in choices:
        yield Understood(form.question, (*values, *form.fixed, *times.items()))


def _unknown(asked: str, readings: list[tuple[str, Days | None]], known: Names, select: Select) -> NotUnderstood:
    """Return the error for a question that no form fits: because of a name, or because of its form."""
    for rest, _ in reversed(readings):
        for form in forms():
            found = _filled(form, rest, lambda kind: _ANY)
            if found is None:
                continue
            for slot, kind in form.slots:
                name = found.get(slot)
                if name and len(name) > 1 and kind != "string" and not known.who(name, kind):
                    near = nearest(name, kind, select)
                    tip = f"是不是：{'、'.join(near)}？" if near else "可以用 kg ask search word=… 查找名称。"
                    hint = f"Did you mean {', '.join(near)}?" if near else "Search for names with kg ask search word=…."
                    chinese, english = CLASSES[kind]
                    return NotUnderstood(f"图谱里没有“{name}”（{chinese}）。{tip}", f"the graph has no {english} {name!r}. {hint}")
    like = sorted(forms(), key=lambda form: (-difflib.SequenceMatcher(None, asked, form.row.example, autojunk=False).ratio(), form.row.id))
    near_forms = "；".join(dict.fromkeys(form.row.example for form in like[:3]))
    return NotUnderstood(
        f"没有看懂“{asked[:40]}”。可以这样问：{near_forms}；或者用 kg ask 列出自带的问题。",
        f"the question {asked[:40]!r} is not understood. Questions of these forms are: {near_forms}; kg ask lists the saved ones.",
    )
