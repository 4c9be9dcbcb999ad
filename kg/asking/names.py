"""Find the names of a graph in a text: all that a question may hold comes in, who or what bears which of it goes out.

Every function takes a ``select`` that runs a SELECT and yields its rows as plain text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.graph.terms import ONTOLOGY, chinese, plain

Select = Callable[[str], Iterable[tuple[str | None, ...]]]

LONGEST = 60
"""No name in a question is looked for that is longer."""

_PREFIXES = (
    f"PREFIX kg: <{ONTOLOGY}>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    "PREFIX org: <http://www.w3.org/ns/org#>\n"
)
_SHORTEST = 2
_SOME = 1_000  # names or IRIs in one VALUES
_COMPARED = 300  # labels that are compared sign by sign


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a graph that stand in a text, each with the IRIs of its bearers and their classes."""

    bearers: Mapping[str, Mapping[str, frozenset[str]]]
    joined: Collection[str] = ()
    """Those that are said together with the name of whom they belong to."""

    def of(self, kind: str) -> Iterator[str]:
        """Yield the names that something of a class bears, the longest first; ``Thing`` is any class."""
        for name in sorted(self.bearers, key=lambda one: (-len(one), one)):
            if self.who(name, kind):
                yield name

    def who(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the IRIs of what bears a name and is of a class."""
        return tuple(sorted(iri for iri, classes in self.bearers.get(name, {}).items() if kind == "Thing" or kind in classes))


def names(texts: Collection[str], select: Select) -> Names:
    """Return the names that stand in some texts.

    Also those that are said together with whom they belong to: 青岚区委常委会会议 for a 常委会会议 that 青岚区委 convened, 青岚区的区长.
    """
    pieces = sorted({text[start:end] for text in texts for start in range(len(text)) for end in range(start + _SHORTEST, min(len(text), start + LONGEST) + 1)})
    bearers: dict[str, dict[str, set[str]]] = {}
    for begin in range(0, len(pieces), _SOME):
        values = " ".join(chinese(piece) for piece in pieces[begin : begin + _SOME])
        found = select(f"{_PREFIXES}SELECT ?name ?thing ?class WHERE {{ VALUES ?name {{ {values} }} ?thing rdfs:label|skos:altLabel ?name ; a ?class }}")
        for name, thing, kind in found:
            if name and thing and kind and kind.startswith(ONTOLOGY):
                bearers.setdefault(name, {}).setdefault(thing, set()).add(kind.removeprefix(ONTOLOGY))
    known = Names({name: {iri: frozenset(kinds) for iri, kinds in things.items()} for name, things in bearers.items()})
    joined = _joined(texts, known, select)
    return Names({**known.bearers, **joined}, joined)


def _joined(texts: Collection[str], known: Names, select: Select) -> dict[str, dict[str, frozenset[str]]]:
    """Return the names that follow the name of whom they belong to."""
    pairs: set[tuple[str, str, str]] = set()
    owners = [name for name in known.bearers if known.who(name, "Organization") or known.who(name, "Area")]
    owned = [name for name in known.bearers if known.who(name, "Event") or known.who(name, "Post")]
    for owner in owners:
        for name in owned:
            for joined in (owner + name, f"{owner}的{name}"):
                if joined not in known.bearers and any(joined in text for text in texts):
                    pairs.add((joined, owner, name))
    found: dict[str, dict[str, frozenset[str]]] = {}
    for joined, owner, name in sorted(pairs):
        owns = [*known.who(owner, "Organization"), *known.who(owner, "Area")]
        for kind, path in (("Event", "kg:convener|kg:convener/kg:jurisdiction"), ("Post", "kg:jurisdiction|org:postIn")):
            things = known.who(name, kind)
            for begin in range(0, len(things), _SOME):
                values = " ".join(f"<{thing}>" for thing in things[begin : begin + _SOME])
                rows = select(
                    f"{_PREFIXES}SELECT DISTINCT ?thing WHERE {{ VALUES ?thing {{ {values} }} ?thing {path} ?owner . "
                    f"FILTER (?owner IN ({', '.join(f'<{iri}>' for iri in owns)})) }}"
                )
                for (thing,) in rows:
                    if thing:
                        found.setdefault(joined, {})[thing] = known.bearers[name][thing]
    return found


def nearest(name: str, kind: str, select: Select, most: int = 3) -> tuple[str, ...]:
    """Return the names in the graph that are most like one that is not in it; only such of a class."""
    signs = sorted(set(name) - set("的区县市省委"))[:12] or sorted(set(name))[:12]
    held = " || ".join(f"CONTAINS(STR(?name), {plain(sign)})" for sign in signs) or "false"
    of_class = "" if kind == "Thing" else f" ; a kg:{kind}"
    rows = select(f"{_PREFIXES}SELECT DISTINCT ?name WHERE {{ ?thing rdfs:label|skos:altLabel ?name{of_class} . FILTER ({held}) }}")
    told = {row[0] for row in rows if row[0]}
    shared = sorted(told, key=lambda one: (-len(set(one) & set(name)), abs(len(one) - len(name)), one))[:_COMPARED]
    return tuple(difflib.get_close_matches(name, shared, most, 0.34))


def beginnings(words: str, kind: str, select: Select, most: int = 50) -> tuple[str, ...]:
    """Return the names of things of a class that begin with some words, in order: what a shell offers while one types.

    Names with spaces or with signs that a shell reads are left out: a report must not be able to write a command.
    """
    of_class = "" if kind == "Thing" else f" ; a kg:{kind}"
    rows = select(
        f"{_PREFIXES}SELECT DISTINCT ?name WHERE {{ ?thing rdfs:label|skos:altLabel ?name{of_class} . FILTER STRSTARTS(STR(?name), {plain(words)}) }}"
    )
    return tuple(sorted({row[0] for row in rows if row[0] and _HARMLESS.fullmatch(row[0])})[:most])


_HARMLESS = re.compile(r"[\w·—（）、：“”《》〔〕.-]{1,60}")
