"""What the terminal shows: one line for an error, a bar while it works, tables at the end. Data never passes through here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, TextIO

from kg.cli.help import width
from kg.cli.language import say

if TYPE_CHECKING:
    from rich.console import Console


def steady() -> None:
    """Make the streams fit for Chinese: what a console cannot show is replaced, and a pipe on Windows gets UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            legacy = os.name == "nt" and not stream.isatty()
            stream.reconfigure(errors="replace", **({"encoding": "utf-8"} if legacy else {}))


def tell(message: str) -> None:
    """Write one line to standard error; whatever it quotes cannot break the line or steer the terminal."""
    print(shown(message), file=sys.stderr)


def shown(words: str) -> str:
    r"""Return the words with every control character made visible.

    >>> shown("甲\x1b[31m\n乙")
    '甲␛[31m␊乙'
    """
    return "".join(chr(0x2400 + ord(c)) if ord(c) < 0x20 else "\ufffd" if 0x7F <= ord(c) < 0xA0 else c for c in words)


def console(stream: IO[str]) -> Console:
    """Return rich's console on a stream; in a pipe it keeps every column whole."""
    from rich.console import Console

    wide = None if stream.isatty() else 100_000
    return Console(file=stream, highlight=False, emoji=False, markup=False, width=wide, legacy_windows=False if os.name != "nt" else None)


@contextmanager
def progress(title: str, extent: Callable[[], int | None]) -> Iterator[Callable[[int, str], None]]:
    """Draw a bar on standard error while the block runs, if it is a terminal; the block says how far it is.

    ``extent`` counts what there is to do; it is asked only if there is a bar.
    """
    if not sys.stderr.isatty():
        yield lambda ready, about: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    # No spinner: its dots crash the consoles of older Windows.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[about]}"))
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task(title, total=extent(), about="")
        yield lambda ready, about: bar.update(task, completed=ready, about=shown(about)[-40:])


def sheet(rows: Iterable[Sequence[str]], heads: Sequence[str], stream: TextIO) -> None:
    """Write a table; every cell is plain words, whatever it holds."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    headed = any(heads)
    table = Table(box=box.SIMPLE_HEAD if headed else None, show_header=headed, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    console(stream).print(table)


def listing(rows: Sequence[tuple[str, str]], stream: TextIO) -> None:
    """Write names and what they mean in two columns."""
    left = max((width(name) for name, _ in rows), default=0) + 3
    for name, meaning in rows:
        print(f"{name}{' ' * (left - width(name))}{shown(meaning)}".rstrip(), file=stream)


def list_of(words: Sequence[str]) -> str:
    """Return the words as one enumerates them."""
    return say("、", ", ").join(words)
