"""Apply the corrections that a user keeps by hand: a table goes in, what it means for blocks and articles comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from kg.errors import InputError
from kg.graph import Spo, Term, prefixes
from kg.graph.retelling import Meaning, Omissions, Renaming
from kg.graph.terms import KG, PROV, RDF, RDFS, chinese, iri, plain
from kg.link.iri import segment
from kg.read import decoded
from kg.resolve import Correction, Group, Member, Resolution, corrections, relative
from kg.shelf import Shelf

FILE = "corrections.tsv"

_Claims = Sequence[tuple[Member, tuple[str, ...]]]
_Pairs = tuple[tuple[tuple[Member, Member], ...], tuple[tuple[Member, Member], ...]]


def read(path: Path | None, output: Path) -> tuple[Correction, ...]:
    """Read a table of corrections; without a path that of the output folder, if there is one. Raises InputError."""
    if path is None:
        path = output / FILE
        if not path.exists():
            return ()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}：读不了（{error.strerror}）。", f"{path}: cannot be read ({error.strerror}).") from None
    return corrections(decoded(content, str(path)), path.name)


class Hand:
    """The corrections of one user, and which of them have met something."""

    def __init__(self, given: Sequence[Correction], base: str, shelf: Shelf) -> None:
        self.corrections = tuple(given)
        self.digest = hashlib.sha256(repr(self.corrections).encode("utf-8", "replace")).hexdigest() if given else ""
        self._base = base
        self._shelf = shelf
        self._met: set[str] = set()
        self._decided = {one.id for one in given if one.action in ("same", "different") and self._blocks_of(one)}
        self._aliases = {
            self._term(one.other): self._term(one.thing) for one in given if one.action == "same" and one.id not in self._decided
        }
        self._labels = {self._term(one.thing): one.other for one in given if one.action == "label"}
        self._triples = {one.id: triple for one in given if one.action == "drop" and (triple := self._triple(one.thing)) is not None}
        self._facts = {one.id: self._term(one.thing) for one in given if one.action == "drop" and one.id not in self._triples}
        self._no_names = {one.id: (chinese(one.thing), one.other) for one in given if one.action == "no-name"}

    # ------------------------------------------------------------ what the lines name

    def _term(self, thing: str) -> Term:
        return iri(self._base, relative(thing, self._base))

    def _path(self, thing: str) -> tuple[str, str]:
        """Return the path of a thing below the base, and what stands after ``@``: an article or a post."""
        bare, _, at = relative(thing, self._base).partition("@")
        return self._term(bare)[len(self._base) + 1 : -1], relative(at, self._base).removeprefix("article/").removeprefix("post/")

    def _triple(self, text: str) -> Spo | None:
        words = text.split()
        if len(words) != 3:
            return None
        subject, predicate, thing = words
        known = prefixes(self._base)
        prefix, _, name = predicate.removeprefix("<").removesuffix(">").partition(":")
        edge = Term(f"<{known[prefix]}{name}>") if prefix in known else Term(f"<{predicate.removeprefix('<').removesuffix('>')}>")
        return self._term(subject), edge, self._term(thing)

    def _blocks_of(self, one: Correction) -> tuple[str, ...]:
        """Return the blocks in which a line of two things is decided: those that may hold both."""
        return tuple(sorted(self._blocks_with(one.thing) & self._blocks_with(one.other)))

    def _blocks_with(self, thing: str) -> set[str]:
        path, _at = self._path(thing)
        folder, _, rest = path.partition("/")
        if folder == "article" and "/" in rest:
            name = unquote(rest.rpartition("/")[2])
            found = self._shelf.blocks_of(rest.partition("/")[0])
            return {block for block in found if block.startswith("event:") or block == f"person:{name}"}
        if folder == "person":
            name = unquote(path.rpartition("/")[2])
            return {f"person:{name}", f"person:{name.partition('-')[0]}"}
        return set()

    def blocks(self) -> set[str]:
        """Return the blocks that are decided by hand; they are decided at each build, so that a line that meets nothing is found."""
        return {block for one in self.corrections if one.id in self._decided for block in self._blocks_of(one)}

    # ------------------------------------------------------------ who is who

    def pairs(self, claims: _Claims, decide: Callable[[], Resolution]) -> _Pairs:
        """Return the pairs of members of a block that must be together and that must be apart.

        ``claims`` are the members with the posts that each holds, ``decide`` tells how they would be grouped without us.
        """
        mine = [one for one in self.corrections if one.id in self._decided]
        if not mine:
            return (), ()
        there = {member for member, _ in claims}
        names = {unquote(member[1].rpartition("/")[2]) for member in there}
        if not any(unquote(self._path(one.thing)[0].rpartition("/")[2]).partition("-")[0] in names or "/event/" in one.thing for one in mine):
            return (), ()
        groups = decide().groups
        together: list[tuple[Member, Member]] = []
        apart: list[tuple[Member, Member]] = []
        for one in mine:
            first, second = (self._members(thing, claims, groups) for thing in (one.thing, one.other))
            if one.action == "same" and first and second:
                together.append((first[0], second[0]))
                self._met.add(one.id)
            elif one.action == "different":
                first = [member for member in first if member not in second]
                if first and second:
                    apart += [(second[0], member) for member in first]
                    together += [(second[0], member) for member in second[1:]]
                    self._met.add(one.id)
        return tuple(together), tuple(apart)

    def _members(self, thing: str, claims: _Claims, groups: Sequence[Group]) -> list[Member]:
        """Return the members that a line names, sorted."""
        path, at = self._path(thing)
        there = {member: group.iri for group in groups for member in group.members}
        found = []
        for member, posts in claims:
            article, local = member
            candidate = f"article/{article}/candidate/{local.rpartition('/')[2]}"
            named = path in {self._term(one)[len(self._base) + 1 : -1] for one in (local, there.get(member, local), candidate)}
            if named and (not at or at == article or at in posts or at in {segment(post) for post in posts}):
                found.append(member)
        return sorted(found)

    def is_no_name(self, name: str, kind: str) -> bool:
        """Tell whether a word was said to name nothing of a class."""
        return any(one.action == "no-name" and one.thing == name and one.other in ("-", kind) for one in self.corrections)

    def renamed(self, triples: set[Spo]) -> set[Spo]:
        """Return triples with the IRIs that were joined by hand."""
        if not self._aliases:
            return triples
        aliases = self._aliases
        return {(aliases.get(subject, subject), predicate, aliases.get(thing, thing)) for subject, predicate, thing in triples}

    # ------------------------------------------------------------ what an article says

    def of(self, article: str, raw: Collection[Spo], meanings: Mapping[Term, Meaning]) -> tuple[Omissions, Renaming]:
        """Return what is left out of an article, and what is named otherwise in it."""
        if not self.corrections:
            return Omissions(), Renaming()
        things = frozenset(
            subject
            for subject, predicate, thing in raw
            if predicate == RDFS.label
            for word, kind in self._no_names.values()
            if thing == word and (kind == "-" or (subject, RDF.type, KG.named(kind)) in raw)
        )
        things |= {meanings[thing].iri for thing in things if thing in meanings}
        iris = dict(self._aliases)
        for one in self.corrections:
            if one.action == "different" and one.id not in self._decided:
                path, at = self._path(one.other)
                if at == article:
                    iris[iri(self._base, path)] = iri(self._base, f"{path}-{article[:8]}")
        return Omissions(frozenset(self._facts.values()), frozenset(self._triples.values()), things), Renaming(iris, self._labels)

    def met_in(self, article: str, raw: Collection[Spo], meanings: Mapping[Term, Meaning]) -> list[str]:
        """Return the ids of the lines that meet something in an article, sorted."""
        if not self.corrections:
            return []
        local = {subject for subject, _, _ in raw}
        there = {meanings[subject].iri if subject in meanings else subject for subject in local}
        there |= {self._aliases[subject] for subject in there if subject in self._aliases}
        labels = {thing for _, predicate, thing in raw if predicate == RDFS.label}
        meant = {
            (meanings[s].iri if s in meanings else s, p, meanings[o].iri if o in meanings else o)
            for s, p, o in raw
            if any(p == triple[1] for triple in self._triples.values())
        }
        met = []
        for one in self.corrections:
            match one.action:
                case "label":
                    found = self._term(one.thing) in there
                case "drop":
                    found = self._triples[one.id] in meant if one.id in self._triples else self._facts[one.id] in local | there
                case "no-name":
                    found = self._no_names[one.id][0] in labels
                case "same":
                    found = one.id not in self._decided and self._term(one.other) in local | there
                case "different":
                    path, at = self._path(one.other)
                    found = one.id not in self._decided and at == article and iri(self._base, path) in local
            if found:
                met.append(one.id)
        return sorted(met)

    # ------------------------------------------------------------ afterwards

    def unmet(self, results: Iterable[str]) -> tuple[Correction, ...]:
        """Return the lines that met nothing; ``results`` are what ``met_in`` found in each article, as JSON."""
        met = self._met.union(*(json.loads(found) for found in results))
        return tuple(one for one in self.corrections if one.id not in met)

    def provenance(self) -> set[Spo]:
        """Return each line as a resource with its author and reason."""
        told: set[Spo] = set()
        for one in self.corrections:
            node = iri(self._base, f"correction/{segment(one.id)}")
            told |= {
                (node, RDF.type, KG.Correction),
                (node, KG.verdict, plain(one.action)),
                (node, KG.reason, chinese(one.reason)),
                (node, PROV.wasAttributedTo, plain(one.author)),
            }
            if one.action in ("same", "different"):
                told |= {(node, KG.candidate, self._term(one.thing)), (node, KG.candidate, self._term(one.other))}
            else:
                told.add((node, KG.text, chinese(one.thing if one.other == "-" else f"{one.thing} {one.other}")))
        return told
