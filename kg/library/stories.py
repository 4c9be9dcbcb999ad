"""What a text says, as values and as a table: readings of its articles come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kg.library.quotes import Cut
from kg.library.table import Table
from kg.model import Article, Event, Evidence, Fact, Indicator, Mention, Reading, Refusal, Statement, Tenure, Triple

COLUMNS: tuple[str, ...] = ("headline", "fact", "subject", "relation", "object", "date", "place", "status", "sentence", "confidence", "rule", "begin", "end")
"""The columns of the table of facts; ``fact`` is the kind of fact, ``relation`` a term of the ontology or the verb of a statement."""


class Story:
    """One article of a page and what it says: ``facts`` as values of ``kg.model``, and the same sorted by kind."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._cut = Cut(reading.article.text)

    @property
    def article(self) -> Article:
        """Return the article: headline, text, day."""
        return self.reading.article

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return every word that names something, with what it names."""
        return self.reading.mentions

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return all facts, in reading order."""
        return self.reading.facts

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Return what looked like a fact and was refused, with the reason."""
        return self.reading.refusals

    @property
    def home(self) -> str | None:
        """Return the area that the story speaks from, if it has one."""
        return self.reading.home

    @property
    def persons(self) -> tuple[str, ...]:
        """Return the persons named, by full name, in reading order."""
        return self.names("Person")

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the full names of the things of a kind (Person, Project, Policy …), in reading order."""
        return tuple(dict.fromkeys(mention.name for mention in self.mentions if mention.kind == kind))

    @property
    def posts(self) -> tuple[Tenure, ...]:
        """Return who holds, held or is to hold which post."""
        return tuple(fact for fact in self.facts if isinstance(fact, Tenure))

    @property
    def events(self) -> tuple[Event, ...]:
        """Return what happened or is announced, with everybody's role."""
        return tuple(fact for fact in self.facts if isinstance(fact, Event))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what somebody is reported to have said: speaker, verb, words."""
        return tuple(fact for fact in self.facts if isinstance(fact, Statement))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the figures."""
        return tuple(fact for fact in self.facts if isinstance(fact, Indicator))

    @property
    def relations(self) -> tuple[Triple, ...]:
        """Return the plain relations between two things."""
        return tuple(fact for fact in self.facts if isinstance(fact, Triple))

    def sentences(self, fact: Fact) -> tuple[str, ...]:
        """Return the sentences of the article that say so."""
        return tuple(dict.fromkeys(self._cut.around(one.span.start, one.span.end) for one in _evidence(fact)))

    def table(self) -> Table:
        """Return the facts as a table of ``COLUMNS``; an event has a row for each part in it."""
        return Table(COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[object, ...]]:
        for fact in self.facts:
            kind = type(fact).__name__
            evidence = _evidence(fact)
            first = min(evidence, key=lambda one: one.span)
            proof = (
                " ".join(self.sentences(fact)), min(one.confidence for one in evidence), " ".join(dict.fromkeys(one.rule for one in evidence)),
                first.span.start, max(one.span.end for one in evidence),
            )  # fmt: skip
            for told in _told(fact):
                yield (self.article.headline, kind, *told, *proof)

    def __repr__(self) -> str:
        return f"<Story {self.article.headline!r}: {len(self.facts)} facts>"

    def _repr_html_(self) -> str:
        """Return headline and facts as HTML for a notebook, everything escaped."""
        return f"<h4>{escape(self.article.headline)}</h4>{self.table()._repr_html_()}"


class Stories(tuple[Story, ...]):
    """The stories of a page, in order; ``table()`` has the facts of all."""

    def __new__(cls, readings: Iterable[Reading]) -> Stories:
        return super().__new__(cls, (Story(reading) for reading in readings))

    def table(self) -> Table:
        """Return the facts of all stories as one table."""
        return Table(COLUMNS, (row for story in self for row in story._rows()))

    def _repr_html_(self) -> str:
        return "".join(story._repr_html_() for story in self)


def _evidence(fact: Fact) -> tuple[Evidence, ...]:
    return fact.evidence if isinstance(fact, Event) else (fact.evidence,)


_Told = tuple[str | None, str, str | None, str | None, str | None, str | None]
"""Subject, relation, object, date, place and status."""


def _told(fact: Fact) -> Iterator[_Told]:
    match fact:
        case Triple():
            yield fact.subject.name, fact.relation, fact.object.name, None, None, None
        case Tenure():
            spell = "/".join((fact.began.start if fact.began else "", fact.ended.start if fact.ended else ""))
            yield fact.person.name, "holdsPost", fact.post.name, spell if spell != "/" else None, None, fact.status
        case Statement():
            yield fact.speaker.name, fact.verb, fact.text, None, None, fact.modality
        case Indicator():
            about = fact.subject or fact.area
            value = f"{fact.change or ''} {fact.value}{fact.unit}".strip()
            yield about.name if about else None, fact.name, value, fact.period.text if fact.period else None, None, None
        case Event():
            date = " ".join(dict.fromkeys(when.start if when.end is None else f"{when.start}/{when.end}" for when in fact.when)) or None
            place = "、".join(dict.fromkeys(place.name for place in fact.places)) or None
            parts = [(role, mention.name) for role, mention in fact.roles] + [("attendeeGroup", group) for group in fact.groups]
            for relation, name in parts or [("", "")]:
                yield fact.names[0] if fact.names else fact.anchor.name, relation or "event", name or None, date, place, fact.status
