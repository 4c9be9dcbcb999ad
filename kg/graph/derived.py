"""Write down what follows from many articles: decisions and spells go in, the triples of the derived graphs come out."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from kg.graph.quads import extractor_version
from kg.graph.terms import KG, ORG, PROV, RDF, RDFS, SCHEMA, Spo, Term, chinese, decimal, iri, plain, when
from kg.resolve import Decision, Group, Member, Spell


def resolution_graph(base: str) -> Term:
    """Return the graph that holds the decisions; it is not part of the default graph."""
    return iri(base, "resolution")


def tenures_graph(base: str) -> Term:
    """Return the graph that holds the tenures; it is part of the default graph."""
    return iri(base, "tenures")


def areas_graph(base: str) -> Term:
    """Return the graph that holds what areas lie in; it is part of the default graph."""
    return iri(base, "areas")


def candidate(base: str, member: Member) -> Term:
    """Return the IRI of what one article means by a thing of it."""
    article, thing = member
    return iri(base, f"article/{article}/candidate/{thing.rpartition('/')[2]}")


def decision_triples(base: str, decisions: Iterable[Decision], groups: Iterable[Group], members: Container[Member] | None = None) -> set[Spo]:
    """Return the decisions, their candidates, and the things that these are; with ``members`` only these are described."""
    there = {member: (group.iri, group.label) for group in groups for member in group.members}
    told: set[Spo] = set()
    for decision in decisions:
        first, second = decision.candidates
        name = hashlib.sha256("\n".join((*first, *second, decision.rule, decision.author or "")).encode("utf-8", "replace")).hexdigest()[:16]
        node = iri(base, f"resolution/{name}")
        told |= {(node, RDF.type, KG.Resolution), (node, KG.verdict, plain(decision.verdict)), (node, KG.reason, chinese(decision.reason))}
        told.add((node, KG.rule, plain(decision.rule)))
        if decision.author:
            told.add((node, PROV.wasAttributedTo, plain(decision.author)))
        for member in (first, second):
            this = candidate(base, member)
            told.add((node, KG.candidate, this))
            if members is not None and member not in members:
                continue  # of another block, which describes it
            told.add((this, KG.inArticle, iri(base, f"article/{member[0]}")))
            if member in there:
                thing, label = there[member]
                told |= {(this, KG.resolvedTo, iri(base, thing)), (this, RDFS.label, chinese(label))}
    return told


def tenure_triples(base: str, spells: Iterable[Spell]) -> set[Spo]:
    """Return the tenures with their dates and the passages that prove them."""
    told: set[Spo] = set()
    for spell in spells:
        node = iri(base, spell.iri)
        told |= {
            (node, RDF.type, KG.Tenure),
            (node, ORG.member, iri(base, spell.person)),
            (node, KG.post, iri(base, spell.post)),
            (node, KG.status, plain(spell.status)),
        }
        bodies = sorted({holding.body_iri for _, holding in spell.sightings if holding.body_iri is not None})
        if bodies:
            told.add((node, ORG.organization, iri(base, bodies[0])))
        moments = (
            (KG.firstSeen, spell.first_seen),
            (KG.lastSeen, spell.last_seen),
            (SCHEMA.validFrom, spell.began),
            (SCHEMA.validUntil, spell.ended),
        )
        for term, moment in moments:
            if moment is not None and (day := when(moment)) is not None:
                told.add((node, term, day))
        for term, event in ((KG.begunBy, spell.began_by), (KG.endedBy, spell.ended_by)):
            if event is not None:
                told.add((node, term, iri(base, event)))
        for article, holding in spell.sightings:
            told.add((node, KG.evidence, iri(base, f"article/{article}#char={holding.begin},{holding.end}")))
            told.add((node, PROV.wasGeneratedBy, iri(base, f"extraction/{extractor_version()}/{holding.rule}")))
        if (sure := decimal(max(holding.confidence for _, holding in spell.sightings))) is not None:
            told.add((node, KG.confidence, sure))
    return told


def succession_triples(base: str, pairs: Iterable[tuple[str, str]]) -> set[Spo]:
    """Return who came before whom in a post: pairs of a tenure and the one after it."""
    told: set[Spo] = set()
    for first, second in pairs:
        told.add((iri(base, first), KG.successor, iri(base, second)))
        told.add((iri(base, second), KG.predecessor, iri(base, first)))
    return told


def renamed_events(spells: Iterable[Spell], there: Mapping[str, str]) -> list[Spell]:
    """Return spells with the events that began and ended them as the graph names them."""
    return [
        replace(spell, began_by=there.get(spell.began_by or "", spell.began_by), ended_by=there.get(spell.ended_by or "", spell.ended_by))
        for spell in spells
    ]
