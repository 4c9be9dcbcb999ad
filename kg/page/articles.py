"""Cut a page into its articles."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Article, Document


def articles(document: Document) -> Iterator[Article]:
    """Yield the articles of a page."""
    raise NotImplementedError
    yield
