"""Every row of the tables of plain questions proves itself: its example is asked of the invented pages, and must mean what the row expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.asking import forms, understood
from kg.asking.words import table
from kg.graph import questions, select
from kg.lexicon import Row

if TYPE_CHECKING:
    from kg.graph import Store

ROWS = [pytest.param(row, id=f"{name}/{row.id}") for name in ("forms", "words") for row in table(name)]


@pytest.mark.parametrize("row", ROWS)
def test_the_example_of_a_row_asks_what_the_row_expects(row: Row, invented: Store) -> None:
    meant = understood(row.example, lambda sparql: select(invented, sparql))
    assert " ; ".join(str(one) for one in meant) == row.expects


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.row.id)
def test_a_form_leads_to_its_own_saved_question_and_fills_only_blanks_that_it_has(form: object) -> None:
    from kg.asking import Form

    assert isinstance(form, Form)
    asked = next(one for one in questions() if one.name == form.question)
    assert form.row.expects.split(" ")[0] == form.question
    assert {slot for slot, _ in (*form.slots, *form.fixed)} <= {parameter.name for parameter in asked.parameters}


@pytest.mark.parametrize("row", table("words"), ids=lambda row: row.id)
def test_the_example_of_a_word_holds_the_word(row: Row) -> None:
    assert row.surface in row.example


def test_every_saved_question_has_a_form_but_those_about_the_making_of_the_graph() -> None:
    assert {one.name for one in questions()} - {form.question for form in forms()} == {"decisions"}
