"""The invented pile, built once; ``world`` and ``writing`` beside this file can be imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.build import build
from kg.graph import Store, select

sys.path.insert(0, str(Path(__file__).parent))


@dataclass(frozen=True)
class Pile:
    """The files of the pile and the graph that was built of them."""

    files: tuple[Path, ...]
    output: Path
    store: Store

    def ask(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT of the default graph, sorted; unbound cells are empty."""
        return sorted(tuple(cell or "" for cell in row) for row in select(self.store, sparql))

    def column(self, sparql: str) -> list[str]:
        """Return the only column of a SELECT, sorted."""
        return [cell for (cell,) in self.ask(sparql)]


@pytest.fixture(scope="session")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pile]:
    from writing import write

    folder = tmp_path_factory.mktemp("invented")
    files = tuple(write(folder / "pile"))
    summary = build([folder / "pile"], folder / "output")
    assert not summary.refused
    with Store(folder / "output", reading=True) as store:
        yield Pile(files, folder / "output", store)
