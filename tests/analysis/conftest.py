"""The graph of the demo, built once; ``analysis_graphs`` beside this file can be imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph import Store
from kg.graph import select as asked

sys.path.insert(0, str(Path(__file__).parent))
if TYPE_CHECKING:
    from analysis_graphs import Select  # type: ignore[import-not-found]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Select]:
    """Questions to the graph of the demo."""
    from kg.build import build
    from kg.demo import pages
    from kg.read import document

    folder: Path = tmp_path_factory.mktemp("demo") / "output"
    build([document(text, f"demo/{name}") for name, text in pages()], folder)
    with Store(folder, reading=True) as store:
        yield lambda question: asked(store, question)
