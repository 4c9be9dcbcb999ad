"""Taggers: sentences come in, the names that stand in them go out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Tagging:
    """The words of one sentence as (start, end, flag), in order, without gaps; empty where nothing was tagged.

    Flags are LAC's: PER, LOC, ORG, TIME, and parts of speech (n v vn p c u d r m q t f s w …).
    """

    words: tuple[tuple[int, int, str], ...]


NOTHING = Tagging(())
MAYBE = "nr"
"""The flag of a word that a fast cutter takes for a person's name, often wrongly."""

FLAGS: Mapping[str, str] = {
    "nr": "PER", "nrfg": "PER", "nrt": "PER", "ns": "LOC", "nt": "ORG",
    "uj": "u", "ul": "u", "uz": "u", "uv": "u", "ud": "u", "ug": "u", "x": "w", "eng": "nz", "df": "d", "rr": "r", "rz": "r",
}  # fmt: skip
"""jieba's part-of-speech flags that LAC writes otherwise."""


class Tagger(Protocol):
    """Cuts sentences into words and sees names of persons, places and bodies; keeps nothing between sentences, prints nothing."""

    @property
    def name(self) -> str:
        """Return the tagger's name with its version, as it stands in the provenance of facts."""
        ...

    @property
    def is_slow(self) -> bool:
        """Tell whether sentences without names had better be cut by a faster tagger."""
        ...

    def tags(self, sentences: Sequence[str]) -> Iterator[Tagging]:
        """Yield what stands in each sentence; what a sentence yields does not depend on its neighbours."""
        ...


class NoTagger:
    """Sees nothing: the rules alone."""

    name = "none"
    is_slow = False

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


def _jieba_rs() -> Tagger:
    from kg.extract.tag.jiebars import JiebaRsTagger

    return JiebaRsTagger()


TAGGERS: Mapping[str, Callable[[], Tagger]] = {"lac": _lac, "jieba": _jieba, "rjieba": _jieba_rs, "none": NoTagger}
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
