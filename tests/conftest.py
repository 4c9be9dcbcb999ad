"""What many tests need: the extractor, made once, and stories made from a few words, a graph of invented pages, and a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.model import Article, Document

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from kg.extract import RuleExtractor
    from kg.graph import Store

Story = Callable[..., Article]


@pytest.fixture(scope="session")
def extractor() -> RuleExtractor:
    """The extractor as ``kg build`` uses it; loading its tagger takes a second, so there is one for all tests."""
    from kg.extract import RuleExtractor

    return RuleExtractor()


@pytest.fixture(scope="session")
def story() -> Story:
    """Make the only article of a page from its text."""
    from kg.page import articles

    def made(text: str, published: str | None = "2024-03-05") -> Article:
        (article,) = articles(Document("invented", text, "invented.txt", published))
        return article

    return made


@pytest.fixture(scope="session")
def invented_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph of the invented pile (``tests/pile``) and of a few pages more, for those who ask; it is only read."""
    from kg.build import build

    home = Path(__file__).parent / "pile"
    if str(home) not in sys.path:
        sys.path.insert(0, str(home))
    from writing import write

    folder = tmp_path_factory.mktemp("asked")
    write(folder / "pages")
    for page in (home / "more").glob("*.txt"):
        (folder / "pages" / page.name).write_bytes(page.read_bytes())
    summary = build([folder / "pages"], folder / "output")
    assert not summary.refused
    return folder / "output"


@pytest.fixture(scope="session")
def invented(invented_output: Path) -> Iterator[Store]:
    """The graph of ``invented_output``, open for reading."""
    from kg.graph import Store

    with Store(invented_output, reading=True) as store:
        yield store


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, one for all tests (Playwright runs once in a process); without one the tests are skipped, or fail where CI=true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium or no playwright: neither the picture nor the query page can be tested")
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


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages are tested in Chinese unless a test asks for English."""
    monkeypatch.delenv("KG_LANG", raising=False)
    yield
