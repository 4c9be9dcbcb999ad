"""Every row of every table of the lexicon proves itself: its example is read, and must say what the row expects (see ``expected.py``)."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from expected import expectations, facts, fold, is_said

from kg.lexicon import Row, rows
from kg.model import Document
from kg.page import articles

if TYPE_CHECKING:
    from kg.extract import RuleExtractor

TABLES = sorted(table.name.removesuffix(".tsv") for table in (files("kg.ontology") / "lexicon").iterdir() if table.name.endswith(".tsv"))
ROWS = [pytest.param(row, id=f"{table}/{row.id}") for table in TABLES for row in rows(table)]


@pytest.mark.parametrize("row", ROWS)
def test_the_example_of_a_row_says_what_the_row_expects(row: Row, extractor: RuleExtractor) -> None:
    text = row.example.replace("\\n", "\n")
    found = {(fold(s), r, fold(o)) for article in articles(Document("row", text, "row.txt", "2024-03-05")) for s, r, o in facts(extractor.reading(article))}
    for wanted, expected in expectations(row.expects, row.id):
        if is_said(expected, found) != wanted:
            about = sorted(" ".join(fact) for fact in found)
            pytest.fail("\n".join([f"{'read: ' if not wanted else 'not read: '}{' '.join(expected)}", row.example, *about]), pytrace=False)


def test_ids_are_unique_over_all_tables() -> None:
    seen: dict[str, str] = {}
    for table in TABLES:
        for row in rows(table):
            assert seen.setdefault(row.id, table) == table, f"{row.id} stands in {seen[row.id]} and in {table}"
