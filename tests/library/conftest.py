"""The graph of the demo, built once for the tests of this folder; they read it only."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.demo import pages
from kg.read import document


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("library") / "output"
    kg.build([document(text, f"demo/{name}") for name, text in pages()], output)
    return output


@pytest.fixture
def graph(folder: Path) -> kg.Graph:
    return kg.open(folder)
