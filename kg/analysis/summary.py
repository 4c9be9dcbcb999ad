"""Write the sections of the statistics as tables for people, CSV for spreadsheets or JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from kg.analysis.tables import cell
from kg.analysis.terms import kind
from kg.analysis.values import Measure, Row, Section

COLUMNS: tuple[str, ...] = ("section", "rank", "name", "class", "value", "measure", "iri")
"""The columns of the long table."""


def title(section: Section, lang: str) -> str:
    """Return the title of a section in a language, ``zh`` or ``en``."""
    return section.en if lang == "en" else section.zh


def heads(section: Section, lang: str) -> tuple[str, ...]:
    """Return the heads of the columns of a section, as a person reads it."""
    first = ("", "name", "class") if lang == "en" else ("", "名称", "类")
    return (*(first if _varies(section) else first[:2]), *(_measure(measure, lang) for measure in section.measures))


def lines(section: Section, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a section, as a person reads them."""
    for row in section.rows:
        yield (str(row.rank), _name(row, lang), *((_class(row, lang),) if _varies(section) else ()), *map(_value, row.values))


def _varies(section: Section) -> bool:
    """Tell whether the classes of the rows say more than their names and the title do."""
    return len({row.kind for row in section.rows}) > 1 and any(row.name != kind(row.kind).zh for row in section.rows)


def as_csv(sections: Iterable[Section], lang: str) -> str:
    """Return one long table: a line for each figure. A spreadsheet runs none of its cells."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for section in sections:
        for row in section.rows:
            for measure, value in zip(section.measures, row.values, strict=True):
                said = (title(section, lang), str(row.rank), _name(row, lang), _class(row, lang), _value(value), _measure(measure, lang), row.iri)
                writer.writerow(map(cell, said))
    return text.getvalue()


def as_json(sections: Iterable[Section], lang: str) -> str:
    """Return a list of sections by their names in the program, with titles in a language."""
    told = [
        {
            "section": section.name,
            "title": title(section, lang),
            "measures": {measure.name: _measure(measure, lang) for measure in section.measures},
            "rows": [
                {"rank": row.rank, "name": _name(row, lang), "class": row.kind, "iri": row.iri}
                | {measure.name: value for measure, value in zip(section.measures, row.values, strict=True)}
                for row in section.rows
            ],
        }
        for section in sections
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _name(row: Row, lang: str) -> str:
    return row.english if lang == "en" and row.english else row.name


def _class(row: Row, lang: str) -> str:
    words = kind(row.kind)
    return words.en if lang == "en" else words.zh


def _measure(measure: Measure, lang: str) -> str:
    return measure.en if lang == "en" else measure.zh


def _value(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
