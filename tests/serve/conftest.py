"""Servers that many tests ask, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import TOKEN, Server, started

from kg.cli import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the tests are skipped, or fail where CI=true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium or no playwright: the query page cannot be tested")
        pytest.skip("no Chromium or no playwright on this machine")
    quiet = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    )
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, headless=True, args=["--headless", *quiet])
        yield chromium
        chromium.close()
