"""A table of Python values: columns and rows come in, and can be read, looped over, written as CSV and shown in a notebook."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, overload

from kg.errors import QueryError
from kg.files import replacing

_SHOWN = 100  # rows that a notebook shows
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Row(tuple[Any, ...]):
    """A row: a tuple whose cells also go by the name of their column.

    >>> row = Row(("张建国", 3), ("name", "n"))
    >>> row[0], row["n"], row.name, row.as_dict()
    ('张建国', 3, '张建国', {'name': '张建国', 'n': 3})
    """

    columns: tuple[str, ...]

    def __new__(cls, cells: Iterable[Any], columns: Sequence[str]) -> Row:
        row = super().__new__(cls, tuple(cells))
        row.columns = tuple(columns)
        if len(row) != len(row.columns):
            raise ValueError(f"a row of {len(row)} cells does not fit {len(row.columns)} columns")
        return row

    def __getitem__(self, key: Any) -> Any:
        """Return a cell by its place or by the name of its column; KeyError if there is no such column."""
        if isinstance(key, str):
            if key not in self.columns:
                raise KeyError(key)
            return super().__getitem__(self.columns.index(key))
        return super().__getitem__(key)

    def __getattr__(self, name: str) -> Any:
        if name == "columns" or name not in self.columns:
            raise AttributeError(f"this row has no column {name!r}")
        return self[name]

    def __reduce__(self) -> tuple[type[Row], tuple[tuple[Any, ...], tuple[str, ...]]]:
        return Row, (tuple(self), self.columns)

    def as_dict(self) -> dict[str, Any]:
        """Return the cells by column."""
        return dict(zip(self.columns, self, strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; a cell is a ``str``, ``date``, ``Decimal``, ``int`` …, or None where nothing is known.

    ``truth`` is what an ASK query answers, so that ``if graph.query("ASK …")`` means what it says; any other table is true if it
    has rows.

    >>> table = Table(("name", "n"), (("张建国", 3), ("李秀英", 1)))
    >>> [name for name, n in table if n > 1], len(table), table.column("n"), table[1].name
    (['张建国'], 2, (3, 1), '李秀英')
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truth: bool | None = None

    def __init__(self, columns: Iterable[str], rows: Iterable[Iterable[Any]], truth: bool | None = None) -> None:
        names = tuple(columns)
        object.__setattr__(self, "columns", names)
        object.__setattr__(self, "rows", tuple(Row(row, names) for row in rows))
        object.__setattr__(self, "truth", truth)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.truth is None else self.truth

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Table: ...

    def __getitem__(self, place: int | slice) -> Row | Table:
        """Return a row, or a table of the rows of a slice."""
        return Table(self.columns, self.rows[place]) if isinstance(place, slice) else self.rows[place]

    def column(self, name: str) -> tuple[Any, ...]:
        """Return the cells of a column; QueryError if there is none of this name."""
        if name not in self.columns:
            known = "、".join(self.columns)
            raise QueryError(f"没有“{name}”这一列。有 {known}。", f"there is no column {name!r}. There are {known.replace('、', ', ')}.")
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)

    def dicts(self) -> list[dict[str, Any]]:
        """Return each row by column, as ``pandas.DataFrame(table.dicts())`` and ``json`` take them."""
        return [row.as_dict() for row in self.rows]

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str:
        """Return the table as CSV, and write it to ``path`` if one is given (UTF-8 with a byte order mark, as Excel wants it).

        A text that a spreadsheet would run as a formula gets an apostrophe in front
        (https://owasp.org/www-community/attacks/CSV_Injection). Raises OutputError if the file cannot be written.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(map(_cell, self.columns))
        writer.writerows([_cell(cell) for cell in row] for row in self.rows)
        text = out.getvalue()
        if path is not None:
            with replacing(Path(path)) as file:
                file.write(b"\xef\xbb\xbf" + text.encode("utf-8", "replace"))
        return text

    def __str__(self) -> str:
        """Return the table as text in columns."""
        lines = [self.columns, *([_line(cell) for cell in row] for row in self.rows)]
        widths = [max(_width(line[place]) for line in lines) for place in range(len(self.columns))]
        return "\n".join("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)

    def _repr_html_(self) -> str:
        """Return the table as HTML for a notebook: everything escaped, at most a hundred rows."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(_text(cell))}</td>" for cell in row) + "</tr>" for row in self.rows[:_SHOWN])
        more = len(self.rows) - _SHOWN
        rest = f"<p>… 另有 {more:,} 行 / {more:,} more rows</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def _line(cell: Any) -> str:
    """Return a cell as one line of plain words: it cannot break the line or steer a terminal."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") else sign for sign in _text(cell))


def _cell(cell: Any) -> str:
    text = _text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
