"""Tell an article again with what many articles decided: its raw triples and the groups of its things go in, its graph comes out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from kg.graph.quads import speech_edges
from kg.graph.terms import DCTERMS, KG, RDF, RDFS, SCHEMA, SKOS, Spo, Term, chinese, decimal

_PER_SOURCE = frozenset({DCTERMS.source, SCHEMA.publisher, SCHEMA.url})
_OWN = _PER_SOURCE | {RDF.type, RDFS.label, SCHEMA.headline, SCHEMA.datePublished, KG.sha256, KG.articleText}

_ROLES = tuple(KG.named(role) for role in ("convener", "chair", "speaker", "attendee", "agent", "companion", "counterpart", "target"))
_ACTS = ("signed", "opened", "commended", "appointed")
# The edges between those who take part in an event; those to the event itself go with it.
_BETWEEN: Mapping[Term, tuple[Term, ...]] = {
    KG.named(kind): tuple(KG.named(name) for name in names)
    for kind, names in (
        ("Inspection", ("inspected", "accompanied")), ("Talks", ("metWith", "accompanied")), ("Release", ("issued",)),
        ("Ceremony", _ACTS), ("Appointment", _ACTS),
    )
}  # fmt: skip
_REIFYING = (RDF.subject, RDF.predicate, RDF.object)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a thing of an article is in the graph: its IRI, its label, and for events the confidence of the best report."""

    iri: Term
    label: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an article is beside others: ``links`` to them, and whether it ``gives_way`` to another edition that tells its facts.

    ``wrong`` are words that a correction in the paper took back: what rests on them is not told.
    """

    links: tuple[tuple[Term, Term], ...] = ()
    gives_way: bool = False
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Omissions:
    """What the user took out by hand: facts by their IRI or as triples, and things that are no things."""

    facts: frozenset[Term] = frozenset()
    triples: frozenset[Spo] = frozenset()
    things: frozenset[Term] = frozenset()


@dataclass(frozen=True, slots=True)
class Renaming:
    """What the user renamed by hand: things that are ``joined`` to another, or ``parted`` from their namesake, and labels by final IRI."""

    joined: Mapping[Term, Term] = field(default_factory=dict)
    parted: Mapping[Term, Term] = field(default_factory=dict)
    labels: Mapping[Term, str] = field(default_factory=dict)


def triples_of(text: str) -> list[Spo]:
    """Return triples that were written one a line."""
    found: list[Spo] = []
    for line in text.split("\n"):
        if line:
            subject, predicate, thing = line.split(" ", 2)
            found.append((Term(subject), Term(predicate), Term(thing)))
    return found


def text_of(triples: Iterable[Spo]) -> str:
    """Return triples one a line."""
    return "\n".join(map(" ".join, triples))


def united(tellings: Iterable[str]) -> list[Spo]:
    """Return what an article says that stands in several sources: the first tells, the others add where it was found."""
    first: list[Spo] = []
    for number, text in enumerate(tellings):
        said = triples_of(text)
        if number == 0:
            first = said
        else:
            first += [spo for spo in said if spo[1] in _PER_SOURCE]
    return first


def retold(
    article: Term,
    raw: Iterable[Spo],
    meanings: Mapping[Term, Meaning],
    standing: Standing,
    omissions: Omissions = Omissions(),
    renaming: Renaming = Renaming(),
) -> set[Spo]:
    """Return what the graph of an article says.

    Its things get the IRIs and labels of their groups, their own labels become other names. An article that gives way keeps
    only what it is itself.
    """
    own = {(article, predicate, thing) for predicate, thing in standing.links}
    if standing.gives_way:
        return own | {spo for spo in raw if spo[0] == article and spo[1] in _OWN}
    said = list(raw)
    if standing.wrong:
        said = list(_without(said, Omissions(_resting_on(said, standing.wrong))))
    told = set(_meant(said, meanings, renaming))
    if omissions.facts or omissions.things or omissions.triples:
        told = set(_without(told, omissions))
    return own | told


def _meant(raw: Iterable[Spo], meanings: Mapping[Term, Meaning], renaming: Renaming) -> Iterator[Spo]:
    """Yield triples with the IRIs and labels that their things have in the graph."""
    iris = {**{local: meaning.iri for local, meaning in meanings.items()}, **renaming.parted}
    iris = {local: renaming.joined.get(there, there) for local, there in iris.items()} | {
        local: there for local, there in renaming.joined.items() if local not in iris
    }
    labels = {**{iris[local]: meaning.label for local, meaning in meanings.items()}, **renaming.labels}
    sure = {meaning.iri: meaning.confidence for meaning in meanings.values() if meaning.confidence is not None}
    for subject, predicate, thing in raw:
        there = iris.get(subject, subject)
        if predicate == RDFS.label and there in labels:
            label = chinese(labels[there])
            yield there, RDFS.label, label
            if thing != label:
                yield there, SKOS.altLabel, thing
        elif predicate == RDFS.label and subject in renaming.joined:
            yield there, SKOS.altLabel, thing  # what it was joined to has a label of its own in each article that names it
        elif predicate == KG.adcode and subject in renaming.joined:
            continue  # an area has one code
        elif predicate == SKOS.altLabel and there in labels and thing == chinese(labels[there]):
            continue
        elif predicate == KG.confidence and there in sure:
            if (value := decimal(sure[there] or 0)) is not None:
                yield there, KG.confidence, value
        else:
            yield there, predicate, iris.get(thing, thing)


def _resting_on(said: Collection[Spo], words: Collection[str]) -> frozenset[Term]:
    """Return the facts that have evidence with some words in it."""
    passages = {subject for subject, predicate, thing in said if predicate == KG.quote and any(word in thing for word in words)}
    return frozenset(subject for subject, predicate, thing in said if predicate == KG.evidence and thing in passages)


def _without(said: Collection[Spo], omissions: Omissions) -> Iterator[Spo]:
    """Yield triples without some facts, triples and things, and without what follows from them alone.

    Of a fact that goes the direct edges go that no other fact draws, and its passages; what a meeting said goes with the meeting.
    """
    cells: dict[Term, dict[Term, list[Term]]] = {}
    for subject, predicate, thing in said:
        cells.setdefault(subject, {}).setdefault(predicate, []).append(thing)
    gone = {subject for subject in omissions.facts if subject in cells}
    lost = gone | omissions.things
    gone |= {subject for subject, cell in cells.items() if any(thing in lost for predicate in _BINDING for thing in cell.get(predicate, ()))}
    gone |= {subject for subject, cell in cells.items() if RDF.subject in cell and any(edge in omissions.triples for edge in _edges(cell))}
    following: set[Spo] = set()
    kept: set[Spo] = set()
    passages: set[Term] = set()
    shown: set[Term] = set()
    for subject, cell in cells.items():
        (following if subject in gone else kept).update(_edges(cell))
        (passages if subject in gone else shown).update(cell.get(KG.evidence, ()))
    out = gone | omissions.things | (passages - shown)
    unsaid = (following - kept) | omissions.triples
    for spo in said:
        if spo not in unsaid and spo[0] not in out and spo[2] not in out:
            yield spo


_BINDING = (KG.madeBy, RDF.subject, RDF.object)
"""Without what these lead to a fact says nothing."""


def _edges(cell: Mapping[Term, Collection[Term]]) -> Iterator[Spo]:
    """Yield the direct edges that follow from a fact, given its predicates and objects."""
    if all(predicate in cell for predicate in _REIFYING):
        yield from product(*(cell[predicate] for predicate in _REIFYING))
    if KG.madeBy in cell:
        verbs = {speech_edges().get(json.loads(verb), KG.said) for verb in cell.get(KG.speechVerb, ())}
        yield from product(cell[KG.madeBy], verbs, cell.get(KG.concerns, ()))
    between = {edge for kind in cell.get(RDF.type, ()) for edge in _BETWEEN.get(kind, ())}
    if between:
        actors = {actor for role in _ROLES for actor in cell.get(role, ())}
        yield from ((one, edge, other) for one, edge, other in product(actors, between, actors) if one != other)
