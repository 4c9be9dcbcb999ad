"""Apply the corrections that a user keeps by hand: a table goes in, what it means for blocks and articles comes out.

Who is who among persons and events is decided in blocks, so lines about them are applied there, one after the other, each on what
the lines before it left. All other things are known by their IRI alone, so lines about them rename or leave out what articles say.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from kg.errors import InputError
from kg.graph import Spo, Store, Term, prefixes
from kg.graph.derived import candidate
from kg.graph.quads import assertion_path
from kg.graph.retelling import Meaning, Omissions, Renaming, Standing
from kg.graph.terms import DCTERMS, KG, PROV, RDF, RDFS, SKOS, chinese, iri, plain
from kg.link.iri import segment
from kg.read import decoded
from kg.resolve import Correction, Decision, Group, Holding, Member, PersonProfile, Resolution, Spell, corrections, relative
from kg.shelf import Shelf

FILE = "corrections.tsv"

_Kind = str  # person, event, article, or the folder of another thing
_Pairs = tuple[tuple[tuple[Member, Member], ...], tuple[tuple[Member, Member], ...]]

_SPAN = re.compile(r"\d+-\d+")
_PERSONS = frozenset({"-", "Person", "Official"})

Claims = Sequence[tuple[Member, tuple[str, ...]]]
"""The members of a block, each with the posts that it holds, if it is a person."""


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


@dataclass
class Block:
    """What was decided of a block: its members and the groups that they are in, some of which may hold members of other blocks."""

    claims: Claims
    groups: list[Group]
    decisions: list[Decision]
    away: set[Member] = field(default_factory=set)
    """Members whose group is told of by another block."""


class Hand:
    """The corrections of one user, and which of them have met something.

    ``void`` are the ids of lines that join a thing to one that is not in the graph: they do nothing, see ``reconsider``.
    """

    def __init__(self, given: Sequence[Correction], base: str, shelf: Shelf) -> None:
        self.corrections = tuple(given)
        self._base = base
        self._shelf = shelf
        self._met: set[str] = set()
        self._origins: dict[frozenset[Member], Correction] = {}
        self._kinds = {one.id: self._kind(one) for one in given}
        self._blocks = {one.id: self._blocks_of(one) for one in given}
        known = {one.id for one in given}
        self._void = {id for id in json.loads(shelf.noted("void") or "[]") if id in known}
        self._labels = {self._term(one.thing): one.other for one in given if one.action == "label" and not self._blocks[one.id] and "@" not in one.thing}
        self._triples = {one.id: triple for one in given if one.action == "drop" and (triple := self._triple(one.thing)) is not None}
        self._dropped = {one.id: self._path(one.thing) for one in given if one.action == "drop" and one.id not in self._triples}
        self._no_names = {one.id: (chinese(one.thing), one.other) for one in given if one.action == "no-name"}
        self._joined = self._targets()

    @property
    def digest(self) -> str:
        """Return what changes when the lines do, or when they do something else."""
        told = (self.corrections, sorted(self._void))
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest() if self.corrections else ""

    # ------------------------------------------------------------ what the lines name

    def _term(self, thing: str) -> Term:
        return iri(self._base, relative(thing, self._base))

    def _path(self, thing: str) -> tuple[str, str]:
        """Return the path of a thing below the base, and what stands after ``@``: an article or a post."""
        bare, _, at = relative(thing, self._base).partition("@")
        return self._term(bare)[len(self._base) + 1 : -1], relative(at, self._base).removeprefix("article/")

    def _triple(self, text: str) -> Spo | None:
        words = text.split(None, 2)
        if len(words) != 3:
            return None
        subject, predicate, thing = words
        if thing.startswith('"'):
            value, sign, datatype = thing.rpartition("^^")
            return self._term(subject), self._edge(predicate), Term(f"{value}^^{self._edge(datatype)}" if sign else thing)
        return self._term(subject), self._edge(predicate), self._term(thing)

    def _edge(self, written: str) -> Term:
        bare = written.removeprefix("<").removesuffix(">")
        prefix, _, name = bare.partition(":")
        known = prefixes(self._base)
        return Term(f"<{known[prefix]}{name}>") if prefix in known else Term(f"<{bare}>")

    def _kind(self, one: Correction) -> _Kind:
        """Return what kind of thing a line is about; "" for a line of two things that are of two kinds."""
        if one.action == "no-name":
            return ""
        kind = self._kind_of(one.thing)
        return kind if one.action in ("label", "drop") or self._kind_of(one.other) == kind else ""

    def _kind_of(self, thing: str) -> _Kind:
        parts = self._path(thing)[0].split("/")
        if parts[0] != "article" or len(parts) == 1:
            return parts[0]
        if len(parts) == 2:
            return "article"
        if parts[2] == "candidate":
            return "event" if _SPAN.fullmatch(parts[-1]) else "person"
        return parts[2]  # event, statement, indicator, tenure, assertion

    def _blocks_of(self, one: Correction) -> frozenset[str]:
        """Return the blocks that a line is decided in."""
        match one.action:
            case "same" | "different" if self._kinds[one.id] in ("person", "event"):
                return frozenset(self._blocks_with(one.thing) | self._blocks_with(one.other))
            case "label" if self._kinds[one.id] in ("person", "event"):
                return frozenset(self._blocks_with(one.thing))
            case "drop" if self._kinds[one.id] in ("event", "tenure"):
                return frozenset(self._blocks_with(one.thing))
            case _:
                return frozenset()

    def _blocks_with(self, thing: str) -> set[str]:
        path, _at = self._path(thing)
        kind, parts = self._kind_of(thing), path.split("/")
        if kind == "person":
            name = unquote(parts[-1])
            return {f"person:{name}", f"person:{name.partition('-')[0]}"}
        prefix = "event:" if kind == "event" else "person:"
        return {block for block in self._shelf.blocks_of(parts[1]) if block.startswith(prefix)}

    def blocks(self) -> set[str]:
        """Return the blocks that lines are decided in; they are decided at each build, so that a line that meets nothing is found."""
        return {block for found in self._blocks.values() for block in found}

    def _lines(self, block: str, *actions: str) -> list[Correction]:
        return [one for one in self.corrections if one.action in actions and block in self._blocks[one.id]]

    def _named(self, thing: str, claims: Claims, groups: Iterable[Group]) -> list[Member]:
        """Return the members that a line names, sorted: by the IRI that is in the graph, or by what an article alone calls them."""
        path, at = self._path(thing)
        there = {member: group.iri for group in groups for member in group.members}
        name = unquote(path.rpartition("/")[2])
        exact: list[Member] = []
        own: list[Member] = []
        for member, posts in claims:
            article, local = member
            is_group = path == self._term(there.get(member, local))[len(self._base) + 1 : -1]
            is_own = path in {self._term(local)[len(self._base) + 1 : -1], candidate(self._base, member)[len(self._base) + 1 : -1]}
            if at and at == article:
                (exact if is_group or is_own else []).append(member)
            elif at:
                # the post alone tells which of the name it is: person:李伟@青岚区副区长
                is_anyone = path.count("/") == 1 and unquote(local.rpartition("/")[2]).partition("-")[0] == name
                held = {*posts, *map(segment, posts)}
                if (is_group or is_own or is_anyone) and at.removeprefix("post/") in held:
                    exact.append(member)
            elif is_group:
                exact.append(member)
            elif is_own:
                own.append(member)
        return sorted(exact or own)

    # ------------------------------------------------------------ who is who

    def pairs(self, block: str, claims: Claims, decide: Callable[..., Resolution]) -> _Pairs:
        """Return the pairs of members of a block that must be together and that must be apart.

        ``decide`` tells how they are grouped, given such pairs; it is asked again for each line, so that each may name what
        the lines before it made.
        """
        together: list[tuple[Member, Member]] = []
        apart: list[tuple[Member, Member]] = []
        for one in self._lines(block, "same", "different"):
            groups = decide(together=tuple(together), apart=tuple(apart)).groups
            first, second = (self._named(thing, claims, groups) for thing in (one.thing, one.other))
            if one.action == "same" and first and second:
                new = [(first[0], second[0])]
                together += new
            elif one.action == "different" and first and second:
                # what the second thing is stays one, what it is not may be anybody else
                first = [member for member in first if member not in second]
                new = [(second[0], member) for member in first]
                apart += new
                new += [(second[0], member) for member in second[1:]]
                together += new[len(first) :]
            else:
                new = []
            if new:
                self._met.add(one.id)
                self._origins |= {frozenset(pair): one for pair in new}
        return tuple(together), tuple(apart)

    def join_across(self, blocks: Mapping[str, Block]) -> None:
        """Join groups of different blocks, such as persons of two names, where a line says so; lines about things of one block are done."""
        for one in self.corrections:
            if one.action not in ("same", "different") or one.id in self._met or not self._blocks[one.id]:
                continue
            here, there = (self._found(thing, blocks) for thing in (one.thing, one.other))
            if here is None or there is None:
                continue
            (block, group), (other_block, other) = here, there
            if one.action == "same" and group != other:
                self._join(blocks, group, other)
                pair = group.members[0], other.members[0]
                rule = f"{'persons' if self._kinds[one.id] == 'person' else 'occasions'}/by-hand"
                for name in {block, other_block}:  # each describes its own candidate
                    blocks[name].decisions.append(Decision("same", pair, rule, ""))
                self._origins[frozenset(pair)] = one
            if one.action == "same" or block != other_block:  # things of two blocks are different already
                self._met.add(one.id)

    def _found(self, thing: str, blocks: Mapping[str, Block]) -> tuple[str, Group] | None:
        """Return the group that a line names, and its block."""
        for _, block in sorted(blocks.items()):
            for member in self._named(thing, block.claims, block.groups)[:1]:
                homes = ((name, found) for name, found in blocks.items() if member not in found.away)
                return next(((name, group) for name, found in homes for group in found.groups if member in group.members), None)
        return None

    def _join(self, blocks: Mapping[str, Block], group: Group, other: Group) -> None:
        sure = [one for one in (group.confidence, other.confidence) if one is not None]
        names = {*group.alternatives, *other.alternatives, other.label} - {group.label}
        whole = replace(group, alternatives=tuple(sorted(names)), members=group.members + other.members, confidence=max(sure, default=None))
        for block in blocks.values():
            if group not in block.groups:
                block.away |= {member for member, _ in block.claims if member in other.members}
            block.groups = list(dict.fromkeys(whole if one in (group, other) else one for one in block.groups))

    def label(self, blocks: Mapping[str, Block]) -> None:
        """Give groups the names that lines give them."""
        for one in self.corrections:
            if one.action == "label" and self._blocks[one.id] and (found := self._found(one.thing, blocks)) is not None:
                self._met.add(one.id)
                for block in blocks.values():
                    block.groups = [_called(group, one.other) if group == found[1] else group for group in block.groups]

    def signed(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Return decisions, those that follow from a line with its author and reason."""
        found = []
        for decision in decisions:
            one = self._origins.get(frozenset(decision.candidates)) if decision.rule.endswith("/by-hand") else None
            found.append(decision if one is None else replace(decision, author=one.author, reason=f"人工更正 {one.id}：{one.reason}"))
        return found

    def is_no_name(self, name: str, kind: str) -> bool:
        """Tell whether a word was said to name nothing of a class."""
        kinds = _PERSONS if kind == "Person" else {"-", "Event", kind} if kind[:1].isupper() else {"-", kind}
        return any(one.action == "no-name" and one.thing == name and one.other in kinds for one in self.corrections)

    def dropped_events(self, block: str, found: Block) -> set[Member]:
        """Return the members of a block of events that are no events."""
        gone: set[Member] = set()
        for one in self._lines(block, "drop"):
            members = self._named(one.thing, found.claims, found.groups)
            if members:
                self._met.add(one.id)
                gone.update(members)
        return gone

    # ------------------------------------------------------------ what persons hold

    def held(self, profile: PersonProfile) -> PersonProfile:
        """Return a profile without the posts that were dropped as read, and without posts and bodies that are none."""
        if not self.corrections or not profile.holdings:
            return profile
        kept = []
        for holding in profile.holdings:
            paths = {self._assertion(profile.article, holding, name) for name in (profile.name, *profile.names)}
            if not paths & self._gone_paths and not self._is_gone(holding.post_iri, holding.post, "Post"):
                body = holding.body_iri
                is_none = body is not None and self._is_gone(body, holding.body or "", "Organization")
                kept.append(replace(holding, body=None, body_iri=None) if is_none else holding)
        return profile if tuple(kept) == profile.holdings else replace(profile, holdings=tuple(kept))

    @property
    def _gone_paths(self) -> set[str]:
        return {path for path, at in self._dropped.values() if not at}

    def _is_gone(self, path: str, name: str, kind: str) -> bool:
        tail = unquote(path.rpartition("/")[2])
        return self._term(path)[len(self._base) + 1 : -1] in self._gone_paths or self.is_no_name(name, kind) or self.is_no_name(tail, kind)

    def _assertion(self, article: str, holding: Holding, name: str) -> str:
        return assertion_path(article, holding.begin, holding.end, holding.post, name)

    def holds(self, person: str, profile: PersonProfile) -> PersonProfile:
        """Return a profile without the posts that a person of the graph was said not to hold."""
        lost = {(subject, thing) for subject, predicate, thing in self._triples.values() if predicate == KG.holdsPost}
        me = self._term(person)
        if person and self._term(person)[len(self._base) + 1 : -1] in self._gone_paths:
            return replace(profile, holdings=())
        if not any(subject == me for subject, _ in lost):
            return profile
        return replace(profile, holdings=tuple(holding for holding in profile.holdings if (me, self._term(holding.post_iri)) not in lost))

    def is_dropped(self, spell: Spell) -> bool:
        """Tell whether a tenure was dropped."""
        path = self._term(spell.iri)[len(self._base) + 1 : -1]
        found = [id for id, (dropped, at) in self._dropped.items() if dropped == path and not at]
        self._met.update(found)
        return bool(found)

    def unsaid(self, spell: Spell, names: Collection[str]) -> set[Member]:
        """Return the assertions of articles that a tenure rests on."""
        return {(article, self._assertion(article, holding, name)) for article, holding in spell.sightings for name in names}

    # ------------------------------------------------------------ articles beside others

    def articles(self) -> set[str]:
        """Return the articles that lines are about."""
        return {article for one in self.corrections if self._is_of_articles(one) for article in self._editions(one)}

    def _is_of_articles(self, one: Correction) -> bool:
        return self._kinds[one.id] == "article" and one.action in ("same", "different")

    def _editions(self, one: Correction) -> tuple[str, str]:
        first, second = (self._path(thing)[0].partition("/")[2] for thing in (one.thing, one.other))
        return first, second

    def standings(self, given: Mapping[str, Standing]) -> dict[str, Standing]:
        """Return what articles are beside others, with the lines that say that one is, or is not, another one printed again."""
        found = dict(given)
        for one in self.corrections:
            if not self._is_of_articles(one):
                continue
            first, second = self._editions(one)
            if first == second or not (self._shelf.sources_of(first) and self._shelf.sources_of(second)):
                continue
            self._met.add(one.id)
            before = {article: found.get(article, Standing()) for article in (first, second)}
            for article, other in ((first, second), (second, first)):
                me, it = iri(self._base, f"article/{article}"), iri(self._base, f"article/{other}")
                links = tuple(link for link in before[article].links if link not in ((KG.reprintOf, it), (DCTERMS.replaces, it)))
                gave_way = (KG.reprintOf, it) in before[article].links or (DCTERMS.replaces, me) in before[other].links
                found[article] = replace(before[article], links=links, gives_way=before[article].gives_way and not gave_way)
            if one.action == "same":
                again = found.get(second, Standing())
                found[second] = replace(again, links=tuple(sorted({*again.links, (KG.reprintOf, iri(self._base, f"article/{first}"))})), gives_way=True)
        return found

    # ------------------------------------------------------------ what an article says

    def _targets(self) -> dict[Term, Term]:
        """Return what things are joined to by their IRI alone, through all steps; a line that would lead in a circle does nothing."""
        joined: dict[Term, Term] = {}
        for one in self.corrections:
            if one.action != "same" or one.id in self._void or self._kinds[one.id] in ("person", "event", "article", ""):
                continue
            this, other = self._term(one.thing), self._term(one.other)
            this = joined.get(this, this)
            if this != other and other not in joined and "@" not in one.thing + one.other:
                joined[other] = this
                joined = {old: this if new == other else new for old, new in joined.items()}
        return joined

    def reconsider(self, store: Store) -> bool:
        """Look whether the things that others are joined to are in the graph by themselves; tells whether that changes what the lines do.

        Where it does, all is to be told again.
        """
        found = set().union(*(json.loads(met) for met in self._shelf.results("corrected:")))
        joining = [one for one in self.corrections if one.action == "same" and self._kinds[one.id] not in ("person", "event", "article")]
        told = {self._term(one.other) for one in joining if one.id in found}
        void = set()
        for one in joining:
            this = self._term(one.thing)
            if this not in told and (this in self._joined or not store.says(this, RDFS.label)):
                void.add(one.id)
        if void == self._void:
            return False
        self._void = void
        self._met.clear()
        self._joined = self._targets()
        self._shelf.note("void", json.dumps(sorted(void)))
        return True

    def corrected(self, triples: Collection[Spo]) -> set[Spo]:
        """Return triples that no article says, such as what areas lie in, with what was joined, renamed and dropped by hand."""
        if not self.corrections:
            return set(triples)
        things = {iri(self._base, path) for path, at in self._dropped.values() if not at}
        found: set[Spo] = set()
        for subject, predicate, thing in triples:
            this, other = self._joined.get(subject, subject), self._joined.get(thing, thing)
            if this in things or other in things or (this, predicate, other) in self._triples.values():
                self._met.update(id for id, triple in self._triples.items() if triple == (this, predicate, other))
                continue
            if predicate == RDFS.label and this in self._labels:
                found.add((this, RDFS.label, chinese(self._labels[this])))
                predicate = SKOS.altLabel
            if (predicate == KG.adcode or predicate == RDFS.label) and subject in self._joined:
                if predicate == KG.adcode:
                    continue
                predicate = SKOS.altLabel
            found.add((this, predicate, other))
        return found

    def of(self, article: str, raw: Collection[Spo], meanings: Mapping[Term, Meaning]) -> tuple[Omissions, Renaming]:
        """Return what is left out of an article, and what is named otherwise in it."""
        if not self.corrections:
            return Omissions(), Renaming()
        things = {
            subject
            for subject, predicate, thing in raw
            if predicate == RDFS.label
            for word, kind in self._no_names.values()
            if thing == word and (kind == "-" or (subject, RDF.type, KG.named(kind)) in raw)
        }
        facts: set[Term] = set()
        for path, at in self._dropped.values():
            if not at or at == article:
                (facts if path.startswith("article/") else things).add(iri(self._base, path))
        things |= {meanings[thing].iri for thing in things if thing in meanings}
        parted = {}
        for one in self.corrections:
            if one.action == "different" and self._kinds[one.id] not in ("person", "event", "article", ""):
                path, at = self._part(one)
                if at == article:
                    parted[iri(self._base, path)] = iri(self._base, f"{path}-{article[:8]}")
        return Omissions(frozenset(facts), frozenset(self._triples.values()), frozenset(things)), Renaming(self._joined, parted, self._labels)

    def _part(self, one: Correction) -> tuple[str, str]:
        """Return the thing that is another one in an article only, and that article."""
        path, at = self._path(one.other)
        return (path, at) if at else self._path(one.thing)

    def met_in(self, article: str, raw: Collection[Spo], meanings: Mapping[Term, Meaning]) -> list[str]:
        """Return the ids of the lines that meet something in an article, sorted."""
        if not self.corrections:
            return []
        local = {subject for subject, _, _ in raw}
        there = {meanings[subject].iri if subject in meanings else subject for subject in local}
        there |= {self._joined[subject] for subject in there if subject in self._joined}
        labels: dict[Term, set[Term]] = defaultdict(set)
        for subject, predicate, thing in raw:
            if predicate == RDFS.label:
                labels[thing].add(subject)
        edges = {triple[1] for triple in self._triples.values()}
        meant = set()
        for subject, predicate, thing in raw:
            if predicate in edges:
                this, other = (meanings[one].iri if one in meanings else one for one in (subject, thing))
                meant.add((self._joined.get(this, this), predicate, self._joined.get(other, other)))
        met = []
        for one in self.corrections:
            kind = self._kinds[one.id]
            match one.action:
                case "label":
                    found = self._term(one.thing) in self._labels and self._term(one.thing) in there
                case "drop" if one.id in self._triples:
                    found = self._triples[one.id] in meant
                case "drop":
                    path, at = self._dropped[one.id]
                    found = kind not in ("event", "tenure") and (not at or at == article) and iri(self._base, path) in local | there
                case "no-name":
                    word, name = self._no_names[one.id]
                    found = any(name == "-" or (subject, RDF.type, KG.named(name)) in raw for subject in labels.get(word, ()))
                case "same":
                    found = kind not in ("person", "event", "article", "") and self._term(one.other) in local
                case "different":
                    path, at = self._part(one)
                    found = kind not in ("person", "event", "article", "") and at == article and iri(self._base, path) in local
            if found:
                met.append(one.id)
        return sorted(met)

    # ------------------------------------------------------------ afterwards

    def unmet(self, results: Iterable[str]) -> tuple[Correction, ...]:
        """Return the lines that met nothing; ``results`` are what ``met_in`` found in each article, as JSON."""
        met = self._met.union(*(json.loads(found) for found in results)) - self._void
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
                told |= {(node, KG.candidate, self._candidate(one.thing)), (node, KG.candidate, self._candidate(one.other))}
            else:
                told.add((node, KG.text, chinese(one.thing if one.other == "-" else f"{one.thing} {one.other}")))
        return told

    def _candidate(self, thing: str) -> Term:
        """Return what a line names: what an article means by a thing, or the thing."""
        path, at = self._path(thing)
        return candidate(self._base, (at, path)) if at and self._shelf.sources_of(at) else iri(self._base, path)


def _called(group: Group, name: str) -> Group:
    return replace(group, label=name, alternatives=tuple(sorted({*group.alternatives, group.label} - {name})))
