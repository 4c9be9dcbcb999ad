"""Read a story: an article goes in, what it names and the facts it states come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.extract.rules import RULES_VERSION, RuleExtractor
from kg.model import Article, Fact


class Extractor(Protocol):
    """Reads stories one by one; keeps nothing between them, prints nothing, writes nothing."""

    @property
    def name(self) -> str:
        """Return the name with its version, as it stands in the provenance of facts."""
        ...

    def facts(self, article: Article) -> Iterator[Fact]:
        """Yield the facts of one story."""
        ...


__all__ = ["RULES_VERSION", "Extractor", "RuleExtractor"]
