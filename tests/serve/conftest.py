"""Servers that many tests ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import TOKEN, Server, started

from kg.cli import run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the demo; tests read it only."""
    folder = tmp_path_factory.mktemp("served") / "output"
    assert run(["demo", "-o", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def reading(demo: Path) -> Iterator[Server]:
    """A server that only reads."""
    with started(demo) as server:
        yield server


@pytest.fixture(scope="module")
def writing(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that can be written to, on a graph of its own for each file of tests."""
    folder = tmp_path_factory.mktemp("written") / "output"
    shutil.copytree(demo, folder)
    with started(folder, "--writable", token=TOKEN) as server:
        yield server
