"""Write one subject as Turtle: its predicates and objects come in as N-Triples, a sorted block comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from kg.graph.runs import Record
from kg.graph.terms import CLASS_ORDER, KG, RDF, RDFS, XSD, Spo, Term, prefixes

Short = Callable[[bytes], bytes]
"""Writes a term as short as Turtle can."""

# rdf:type and rdfs:label come first: a digit sorts before the "<" of every other predicate. Before the IRI of a class stands
# its rank as a character, so that of several classes the most telling stands first.
FIRST = ord("!")
LAST = FIRST + len(CLASS_ORDER)
_ORDER = {RDFS.label: "1"}
_RANKED = {KG.named(name): f"0 {chr(FIRST + rank)}{KG.named(name)}" for rank, name in enumerate(CLASS_ORDER)}
_VERBS = {b"0": b"a", b"1": b"rdfs:label"}
_INTEGER, _DECIMAL = XSD.integer.encode(), XSD.decimal.encode()

# A name that can be written after a prefix as it stands: ASCII letters and digits, escapes, and characters from U+3000 to
# U+DFFF, Chinese among them. Other IRIs under the base are written relative to it, all others in full.
_LOCAL = re.compile(rb"(?:[A-Za-z0-9_]|[\xe3-\xed][\x80-\xbf]{2}|%[0-9A-F]{2})(?:[A-Za-z0-9_-]|[\xe3-\xed][\x80-\xbf]{2}|%[0-9A-F]{2})*")
_RELATIVE = re.compile(rb"[a-z]+/")
_BARE_INTEGER = re.compile(rb"-?[0-9]+")
_BARE_DECIMAL = re.compile(rb"-?[0-9]+\.[0-9]+")


def prologue(base: str) -> bytes:
    """Return the declarations at the head of a file: all of them, always in the same order."""
    return "".join([f"@base <{base}> .\n", *(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes(base).items())]).encode()


@lru_cache(maxsize=8)
def shortener(base: str) -> Short:
    """Return the function that writes a term as short as it can be after the prologue of ``base``."""
    spaces = sorted(((f"<{iri}".encode(), f"{prefix}:".encode()) for prefix, iri in prefixes(base).items()), key=lambda item: -len(item[0]))
    home = f"<{base}".encode() if base.endswith("/") else b"-"
    folders = {space[len(home) :]: prefix for space, prefix in spaces if space.startswith(home) and space.endswith(b"/")}

    @lru_cache(maxsize=1 << 16)
    def short(term: bytes) -> bytes:
        if term.startswith(b"<"):
            # most IRIs stand in a folder of the base
            end = term.find(b"/", len(home)) + 1 if term.startswith(home) else 0
            if end and (prefix := folders.get(term[len(home) : end])) is not None and _LOCAL.fullmatch(term, end, len(term) - 1):
                return prefix + term[end:-1]
            for space, prefix in spaces:
                if term.startswith(space):
                    local = term[len(space) : -1]
                    if _LOCAL.fullmatch(local):
                        return prefix + local
                    break
            if term.startswith(home) and _RELATIVE.match(term, len(home)) and b"//" not in term[len(home) :] and b"/." not in term[len(home) :]:
                return b"<" + term[len(home) :]
            return term
        value, _, datatype = term.rpartition(b"^^")
        if not value:
            return term
        if (datatype == _INTEGER and _BARE_INTEGER.fullmatch(value[1:-1])) or (datatype == _DECIMAL and _BARE_DECIMAL.fullmatch(value[1:-1])):
            return value[1:-1]
        return value + b"^^" + short(datatype)

    return short


def by_subject(triples: Iterable[Spo]) -> dict[str, list[str]]:
    """Gather the facts of each subject, each as ``fact`` writes it."""
    subjects: dict[str, list[str]] = {}
    for subject, predicate, thing in triples:
        said = fact(predicate, thing) if predicate == RDF.type else f"{_ORDER.get(predicate, predicate)} {thing}"
        facts = subjects.get(subject)
        if facts is None:
            subjects[subject] = [said]
        else:
            facts.append(said)
    return subjects


def fact(predicate: Term, thing: Term) -> str:
    """Return a predicate and its object, written so that facts sort as they shall stand in the file."""
    if predicate != RDF.type:
        return f"{_ORDER.get(predicate, predicate)} {thing}"
    return _RANKED.get(thing) or f"0 {chr(LAST)}{thing}"


def block(subject: bytes, facts: Iterable[bytes], short: Short) -> Record:
    """Return a subject with its facts (as ``fact`` writes them), sorted, after the rank of its class and its IRI."""
    parts = [b"\n", short(subject)]
    rank = LAST
    last = b""
    join = b" "
    for said in sorted(set(facts)):
        predicate, _, thing = said.partition(b" ")
        if predicate == b"0":
            rank = min(rank, thing[0])
            thing = thing[1:]
        if predicate == last:
            parts.append(b",\n        ")
        else:
            parts += (join, _VERBS.get(predicate) or short(predicate), b" ")
            last, join = predicate, b" ;\n    "
        # most literals are as short as they can be already
        parts.append(thing if thing.endswith((b'"', b"@zh")) else short(thing))
    parts.append(b" .\n")
    return rank, subject, b"".join(parts)
