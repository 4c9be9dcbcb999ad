"""Tell an article again with what many articles decided: its raw triples and the groups of its things go in, its graph comes out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph.terms import DCTERMS, KG, RDF, RDFS, SCHEMA, SKOS, Spo, Term, chinese, decimal

_PER_SOURCE = frozenset({DCTERMS.source, SCHEMA.publisher, SCHEMA.url})
_OWN = _PER_SOURCE | {RDF.type, RDFS.label, SCHEMA.headline, SCHEMA.datePublished, KG.sha256, KG.articleText}

_ROLES = ("convener", "chair", "speaker", "attendee", "agent", "companion", "counterpart", "target")
_ENDS = frozenset({*(KG.named(role) for role in _ROLES), KG.madeBy, KG.concerns, RDF.subject, RDF.object})
_DIRECT = frozenset(
    KG.named(name)
    for name in (
        "holdsPost", "inspected", "convened", "chaired", "attended", "spokeAt", "accompanied", "metWith", "emphasized", "pointedOut",
        "required", "proposed", "said", "stated", "implements", "issued", "signed", "opened", "commended", "appointed",
    )
)  # fmt: skip


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
    """What the user renamed by hand: IRIs that are another thing, and labels."""

    iris: Mapping[Term, Term] = field(default_factory=dict)
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
        said = list(_without(said, _resting_on(said, standing.wrong), frozenset()))
    told = set(_meant(said, meanings, renaming))
    if omissions.facts or omissions.things:
        told = set(_without(told, omissions.facts & {spo[0] for spo in told}, omissions.things))
    return own | (told - omissions.triples)


def _meant(raw: Iterable[Spo], meanings: Mapping[Term, Meaning], renaming: Renaming) -> Iterator[Spo]:
    """Yield triples with the IRIs and labels that their things have in the graph."""
    iris = {local: meaning.iri for local, meaning in meanings.items()}
    iris = {local: renaming.iris.get(there, there) for local, there in iris.items()} | {
        local: there for local, there in renaming.iris.items() if local not in iris
    }
    labels = {meaning.iri: meaning.label for meaning in meanings.values()}
    labels |= {there: renaming.labels[there] for there in renaming.labels}
    sure = {meaning.iri: meaning.confidence for meaning in meanings.values() if meaning.confidence is not None}
    for subject, predicate, thing in raw:
        there = iris.get(subject, subject)
        if predicate == RDFS.label and there in labels:
            label = chinese(labels[there])
            yield there, RDFS.label, label
            if thing != label:
                yield there, SKOS.altLabel, thing
        elif predicate == RDFS.label and there != subject:
            yield there, SKOS.altLabel, thing  # the thing it was joined to has a label of its own in each article that names it
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


def _without(said: Collection[Spo], facts: Collection[Term], things: Collection[Term]) -> Iterator[Spo]:
    """Yield triples without some facts, what follows from them alone, and without some things."""
    facts = set(facts)
    facts |= {subject for subject, predicate, thing in said if predicate in (KG.madeBy, RDF.subject, RDF.object) and thing in things}
    following: set[tuple[Term, Term]] = set()
    kept: set[tuple[Term, Term]] = set()
    ends: dict[Term, set[Term]] = {}
    for subject, predicate, thing in said:
        if predicate in _ENDS:
            ends.setdefault(subject, set()).add(thing)
    for fact, joined in ends.items():
        pairs = {(one, other) for one in joined for other in joined if one != other}
        if fact in facts:
            following |= pairs
        else:
            kept |= pairs
    following -= kept
    for spo in said:
        subject, predicate, thing = spo
        if subject in facts or thing in facts or subject in things or thing in things:
            continue
        if predicate in _DIRECT and (subject, thing) in following:
            continue
        yield spo
