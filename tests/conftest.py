"""What many tests need: the extractor, made once, and stories made from a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from kg.model import Article, Document

if TYPE_CHECKING:
    from kg.extract import RuleExtractor

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


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages are tested in Chinese unless a test asks for English."""
    monkeypatch.delenv("KG_LANG", raising=False)
    yield
