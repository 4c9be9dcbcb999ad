"""Stores to speak with, started by the tests, and graphs to send; ``servers`` beside this file can be imported."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build import build
from kg.demo import pages
from kg.model import Document
from kg.read import document

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "pile"))

from servers import SERVERS, Server, started  # type: ignore[import-not-found]


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each of the servers that are installed; a test takes away what is there by ``replace``."""
    yield from started(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session")
def demo() -> list[Document]:
    """The invented pages of ``kg demo``."""
    return [document(text, f"demo/{name}") for name, text in pages()]


@pytest.fixture(scope="session")
def _built(demo: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "output"
    build(demo, folder)
    return folder


@pytest.fixture
def output(_built: Path, tmp_path: Path) -> Path:
    """A graph of the invented pages, in a folder that a test may change."""
    return Path(shutil.copytree(_built, tmp_path / "output"))


@pytest.fixture(scope="session")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the invented pile."""
    from writing import write  # type: ignore[import-not-found]

    folder = tmp_path_factory.mktemp("invented")
    write(folder / "pile")
    build([folder / "pile"], folder / "output")
    return folder / "output"
