"""The words of plain questions, by what they stand for (``ontology/questions/words.tsv``): 调研 and 考察 are 视察, 哪位 is 谁."""

from __future__ import annotations

from functools import cache

from kg.errors import LexiconError
from kg.lexicon import Row, either, rows


def table(name: str) -> tuple[Row, ...]:
    """Return the rows of ``ontology/questions/NAME.tsv``; LexiconError for a row that is refused, with file, line and remedy."""
    return rows(name, "questions")


@cache
def meanings() -> dict[str, tuple[str, ...]]:
    """Return the words for each meaning, the longest first.

    >>> meanings()["以前"]
    ('之前', '以前')
    """
    found: dict[str, set[str]] = {}
    for row in table("words"):
        found.setdefault(row.relation, set()).add(row.surface)
    return {meaning: tuple(sorted(words, key=lambda word: (-len(word), word))) for meaning, words in found.items()}


def word(meaning: str) -> str:
    """Return a regular expression for the words of one meaning; LexiconError if there are none."""
    if meaning not in meanings():
        raise LexiconError(f"words.tsv: no word has the relation {meaning}. Add a row, or use one of {'、'.join(meanings())}.")
    return f"(?:{either(meanings()[meaning])})"


@cache
def offsets(unit: str) -> dict[str, str]:
    """Return what the words of time stand for, those of one unit: 年, 月, 日 with how many back, 段 with its months.

    >>> offsets("年")["去年"], offsets("段")["上半年"]
    ('-1', '01-06')
    """
    timed = (row for row in table("words") if row.relation.startswith(f"{unit} "))
    return {row.surface: row.relation.partition(" ")[2] for row in timed}
