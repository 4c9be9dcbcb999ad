"""Taggers: sentences come in, the names that stand in them go out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kg.errors import InputError

Label = Literal["PER", "LOC", "ORG"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A name that a tagger sees in a sentence: ``sentence[start:end]``."""

    label: Label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagging:
    """What a tagger sees in one sentence: names, and where words begin (``starts``, ascending, 0 first)."""

    names: tuple[Tag, ...]
    starts: tuple[int, ...]


class Tagger(Protocol):
    """Sees names of persons, places and bodies; keeps nothing between sentences, prints nothing."""

    @property
    def name(self) -> str:
        """Return the tagger's name with its version, as it stands in the provenance of facts."""
        ...

    def tags(self, sentences: Sequence[str]) -> Iterator[Tagging]:
        """Yield what stands in each sentence; what a sentence yields does not depend on its neighbours."""
        ...


NOTHING = Tagging((), ())


class NoTagger:
    """Sees nothing: the rules alone."""

    name = "none"

    def tags(self, sentences: Sequence[str]) -> Iterator[Tagging]:
        """Yield an empty tagging for each sentence."""
        for _ in sentences:
            yield NOTHING


def _lac() -> Tagger:
    from kg.extract.tag.lac import LacTagger

    return LacTagger()


def _jieba() -> Tagger:
    from kg.extract.tag.jieba import JiebaTagger

    return JiebaTagger()


TAGGERS: Mapping[str, Callable[[], Tagger]] = {"lac": _lac, "jieba": _jieba, "none": NoTagger}
"""The taggers to choose from, by the name that ``--tagger`` takes."""


def tagger(name: str) -> Tagger:
    """Make the tagger of this name.

    Raises InputError for a name that is not in ``TAGGERS``.
    """
    try:
        make = TAGGERS[name]
    except KeyError:
        raise InputError(f"there is no tagger {name!r}; choose one of {', '.join(TAGGERS)}") from None
    return make()
