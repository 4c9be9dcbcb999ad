"""Tables: how cells are read, written and shown, whatever they hold."""

from __future__ import annotations

import copy
import csv
import io
import pickle
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import KgError, Row, Table

HOSTILE = "<script>alert('甲')</script>&\"\x1b[31m"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_cell_goes_by_place_by_column_and_by_attribute() -> None:
    row = Row(("张建国", 3), ("name", "n"))
    assert (row[0], row["name"], row.name) == ("张建国",) * 3
    assert row == ("张建国", 3)
    with pytest.raises(KeyError):
        row["post"]
    with pytest.raises(AttributeError, match="post"):
        row.post  # noqa: B018


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda row: pickle.loads(pickle.dumps(row))])
def test_a_row_can_be_copied_and_sent_to_another_process(way) -> None:
    row = way(Row((1, None), ("a", "b")))
    assert row.as_dict() == {"a": 1, "b": None}


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="3 columns"):
        Table(("a", "b", "c"), [(1, 2)])


def test_an_unknown_column_is_told_with_those_that_there_are() -> None:
    with pytest.raises(KgError, match="name、n"):
        Table(("name", "n"), ()).column("post")


def test_a_slice_is_a_table() -> None:
    table = Table(("n",), ((n,) for n in range(5)))
    assert isinstance(table[1:3], Table)
    assert table[1:3].column("n") == (1, 2)
    assert table[-1].n == 4


def test_only_an_answer_of_no_and_an_empty_table_are_false() -> None:
    assert Table(("n",), [(0,)])
    assert not Table(("n",), ())
    assert not Table(("answer",), [(False,)], False)
    assert Table(("answer",), [(True,)], True)


def test_csv_keeps_every_value_and_runs_no_formula(tmp_path: Path) -> None:
    table = Table(("名", "值"), [("=1+1", Decimal("-3.50")), ("甲,\"乙\"\n丙", date(2024, 3, 5)), ("@SUM(A1)", None), ("-甲", True)])
    rows = list(csv.reader(io.StringIO(table.to_csv(tmp_path / "表.csv"), newline="")))
    assert rows == [["名", "值"], ["'=1+1", "-3.50"], ["甲,\"乙\"\n丙", "2024-03-05"], ["'@SUM(A1)", ""], ["'-甲", "true"]]
    assert (tmp_path / "表.csv").read_bytes().decode("utf-8-sig") == table.to_csv()


def test_csv_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="写不进去"):
        Table(("n",), ()).to_csv(tmp_path / "nowhere" / "a.csv")


@given(st.lists(st.tuples(st.text(), st.one_of(st.none(), st.text(), st.integers(), st.dates()))))
def test_whatever_stands_in_a_cell_is_text_in_a_notebook(cells: list[tuple[object, ...]]) -> None:
    parser = Tags()
    parser.feed(Table((HOSTILE, "b"), cells)._repr_html_())
    assert parser.tags <= {"table", "thead", "tbody", "tr", "th", "td", "p"}


def test_a_script_is_shown_and_not_run() -> None:
    html = Table(("甲",), [(HOSTILE,)])._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_notebook_shows_a_hundred_rows_and_tells_of_the_rest() -> None:
    html = Table(("n",), ((n,) for n in range(1_234)))._repr_html_()
    assert html.count("<tr>") == 101
    assert "1,134" in html


def test_a_table_in_a_terminal_keeps_to_its_lines_and_columns() -> None:
    lines = str(Table(("名", "n"), [("甲\n乙\x1b[31m", 1), ("丙", 2)])).splitlines()
    assert len(lines) == 3
    assert "\x1b" not in "".join(lines)
    assert lines[2].startswith("丙") and lines[2].endswith("2")


def test_the_same_table_is_equal() -> None:
    assert Table(("n",), [(1,)]) == kg.Table(["n"], [[1]])
