"""The graph of the demo, built once, and the server as a client starts it; without the SDK these tests are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.demo import pages
from kg.read import document


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("assistant") / "output"
    kg.build([document(text, f"demo/{name}") for name, text in pages()], output)
    return output
