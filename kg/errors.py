"""Everything this project raises on purpose: one tree, so that one ``except KgError`` is enough."""

from __future__ import annotations


class KgError(Exception):
    """A wrong input of the user's, told in one line: where, what, and what to do.

    ``english`` is the same line for readers of English, if it is not the message itself.
    """

    def __init__(self, message: str, english: str | None = None) -> None:
        super().__init__(message)
        self.english = message if english is None else english

    def __reduce__(self) -> tuple[type[KgError], tuple[object, ...]]:
        return type(self), (str(self), self.english)


class InputError(KgError):
    """A file that cannot be read as news: missing, empty, no text, a wrong date."""


class LexiconError(KgError):
    """A row of the lexicon that is refused; the message names file, line and remedy."""


class StoreError(KgError):
    """The store cannot be opened, locked, read or written."""


class QueryError(KgError):
    """A query that cannot be parsed or evaluated.

    ``place`` is the line and column (from 1) where it goes wrong, ``excerpt`` that line of the query and one with a caret below the place.
    """

    def __init__(self, message: str, english: str | None = None, place: tuple[int, int] | None = None, excerpt: tuple[str, ...] = ()) -> None:
        super().__init__(message, english)
        self.place = place
        self.excerpt = excerpt

    def __reduce__(self) -> tuple[type[KgError], tuple[object, ...]]:
        return type(self), (str(self), self.english, self.place, self.excerpt)


class QueryTimeout(QueryError):
    """A query that was stopped because it took too long."""


class QueryTooLarge(QueryError):
    """A query that was stopped because its answer or the memory it needs is too large."""


class QueryLost(QueryError):
    """A query whose process was ended from outside, or could not be started; it says nothing about the query."""


class OutputError(KgError):
    """A file or folder that cannot be written."""
