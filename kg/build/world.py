"""Make one world of many readings: what was taken onto the shelf is decided, and told to the graph.

Each article is told with the things that all articles together mean. What is decided depends on the set of the readings alone,
so that the order in which they came does not matter. It is decided in blocks (all persons of one name, all events of one kind and
day), and only those blocks are decided again that an article touched.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import cast
from urllib.parse import unquote

from kg.build.hand import Block, Claims, Hand
from kg.graph import Change, Spo, Store, Term
from kg.graph.areas import area_triples
from kg.graph.derived import (
    areas_graph,
    decision_triples,
    renamed_events,
    resolution_graph,
    succession_triples,
    tenure_triples,
    tenures_graph,
)
from kg.graph.retelling import Meaning, Standing, retold, united
from kg.graph.terms import DCTERMS, KG, ORG, SCHEMA, iri
from kg.link.areas import chain, replaced_by
from kg.link.codes import codes
from kg.resolve import (
    EditionProfile,
    EventProfile,
    Member,
    PersonProfile,
    Resolution,
    Spell,
    Status,
    corrects,
    editions,
    event,
    notice,
    occasions,
    person,
    persons,
    seat_of,
    spells,
    successions,
)
from kg.shelf import Shelf

_BATCH = 1024
_NO_STANDING = Standing()

Tell = Callable[[str], None]
"""Is told what is in hand."""


_NOTHING = ("", "", None)
"""What a thing is that was taken out by hand."""


@dataclass
class _Found:
    """What was decided of a block: its profiles, who is who, what is no thing, and the tenures of its persons."""

    profiles: Mapping[Member, PersonProfile | EventProfile]
    decided: Block = field(default_factory=lambda: Block((), [], []))
    gone: set[Member] = field(default_factory=set)
    spells: list[Spell] = field(default_factory=list)

    def meanings(self) -> dict[Member, tuple[str, str, float | None]]:
        """Return what the members of the block are in the graph."""
        return {member: (group.iri, group.label, group.confidence) for group in self.decided.groups for member in group.members if member in self.profiles}

    def own(self, member: Member) -> tuple[str, float | None] | tuple[()]:
        """Return the label and the confidence that an article alone gives a member."""
        match self.profiles.get(member):
            case PersonProfile() as one:
                return one.name, None
            case EventProfile() as one:
                return one.label, one.confidence
            case _:
                return ()


class World:
    """The readings of a shelf on their way to a store; ``settle`` does it all and can be cut off at any moment."""

    def __init__(self, shelf: Shelf, store: Store, base: str, hand: Hand) -> None:
        self._shelf = shelf
        self._store = store
        self._base = base
        self._hand = hand
        self._results: dict[str, str | None] = {}
        self._pending: set[str] = set()
        self._meant: dict[str, dict[str, tuple[str, str, float | None]]] = {}  # what a block says of articles: block → key → meaning
        self._standings: dict[str, Standing] = {}
        self._resolution: tuple[set[Spo], set[Spo]] = set(), set()
        self._tenures: tuple[set[Spo], set[Spo]] = set(), set()
        self._posts: set[Term] = set()
        self._notices: dict[str, list[str]] = {}
        self._corrections: dict[str, tuple[tuple[tuple[str, str], ...], str | None]] = {}
        self._foreseen: dict[str, str | None] = {}
        self._renamed: dict[str, str] = {}
        self._above: dict[str, str] = {}

    # ------------------------------------------------------------ the whole

    def is_settled(self) -> bool:
        """Tell whether there is nothing to do."""
        return not self._shelf.pending() and not self._shelf.dirty() and self._shelf.noted("hand") == self._hand.digest

    def settle(self, tell: Tell) -> Change:
        """Decide what is dirty and tell what is pending; returns how many articles were told anew, told otherwise, and taken out."""
        shelf = self._shelf
        if shelf.noted("hand") not in (self._hand.digest, None) or (shelf.noted("hand") is None and self._hand.corrections):
            shelf.mark(pending=shelf.articles(), dirty=(*shelf.blocks("event:"), *shelf.blocks("person:"), *shelf.blocks("sketch:")))
        tell("resolution")
        self._decide_editions()
        self._decide_context()
        shelf.mark(dirty=self._hand.blocks())
        self._decide_events()
        self._decide_persons()
        shelf.mark(pending=self._pending)
        change = self._tell_articles(tell)
        self._tell_derived()
        shelf.conclude(self._results, {"hand": self._hand.digest})
        return change

    # ------------------------------------------------------------ editions

    def _decide_editions(self) -> None:
        """Decide which articles are printed again, corrected, or replaced; what changes touches the blocks of its things."""
        members = {block: [article for article, _ in self._shelf.profiles(block)] for block in self._shelf.dirty("sketch:")}
        touched = {article for block in members for article in (*members[block], *self._former(block))}
        for block, there in members.items():
            self._note(block, json.dumps(there) if len(there) > 1 else None)
        for block in self._shelf.dirty("notice:"):
            notices = self._notices_in(block)
            if notices or self._shelf.result(block) is not None:
                touched |= {article for article, _ in self._shelf.profiles(block)} | set(self._former(block))
                self._note(block, json.dumps(notices) if notices else None)
        done: set[str] = set()
        given: dict[str, Standing] = {}
        for start in sorted(touched | self._hand.articles()):
            if start not in done:
                connected = self._connected(start, members)
                done |= connected
                given |= self._editions_of(connected)
        given = self._hand.standings(given)
        for article in sorted(done):
            self._stand(article, self._with_notices(article, given.get(article, _NO_STANDING)))

    def _former(self, block: str) -> list[str]:
        """Return the articles that a block of a sketch had when it was looked at last."""
        found = self._shelf.result(block)
        return [] if found is None else list(json.loads(found))

    def _connected(self, start: str, members: dict[str, list[str]]) -> set[str]:
        """Return all articles that hang together with one by the keys of their sketches."""
        found = {start}
        todo = [start]
        while todo:
            for block in self._shelf.blocks_of(todo.pop()):
                if block.startswith("sketch:"):
                    if block not in members:
                        members[block] = [article for article, _ in self._shelf.profiles(block)]
                    todo += [article for article in members[block] if article not in found]
                    found.update(members[block])
        return found

    def _edition_profile(self, article: str) -> EditionProfile | None:
        said = united(self._shelf.triples(article))
        if not said:
            return None
        me = self._article(article)
        cells = {predicate: thing for subject, predicate, thing in reversed(said) if subject == me}
        return EditionProfile(
            article,
            _text(cells.get(SCHEMA.datePublished)),
            _text(cells.get(SCHEMA.publisher)),
            _text(cells.get(DCTERMS.source)) or "",
            _text(cells.get(SCHEMA.headline)) or "",
            _text(cells.get(KG.articleText)) or "",
        )

    def _editions_of(self, articles: Collection[str]) -> dict[str, Standing]:
        """Return what each of some articles that hang together is beside the others, where it is anything."""
        if len(articles) < 2:
            return {}
        links: dict[str, list[tuple[Term, Term]]] = defaultdict(list)
        giving_way: set[str] = set()
        for edition in editions([profile for article in sorted(articles) if (profile := self._edition_profile(article)) is not None]):
            giving_way.add(edition.article)
            if edition.relation == "reprint":
                links[edition.article].append((KG.reprintOf, self._article(edition.kept)))
            else:
                links[edition.kept].append((DCTERMS.replaces, self._article(edition.article)))
        return {article: Standing(tuple(sorted(links[article])), article in giving_way) for article in {*links, *giving_way}}

    def _with_notices(self, article: str, standing: Standing) -> Standing:
        """Return what an article is, with the words that a notice in the paper took back, or with the article that it takes them back from."""
        links = list(standing.links)
        wrong: set[str] = set()
        is_notice = False
        for block in self._shelf.blocks_of(article):
            if block.startswith("notice:"):
                for other in self._notices_in(block):
                    said, target = self._correction(other, block)
                    is_notice = is_notice or article == other
                    if article == other and target is not None:
                        links.append((KG.corrects, self._article(target)))
                    elif article == target:
                        wrong.update(words for words, _ in said)
        # a notice quotes what was wrong: it says nothing of the world itself
        return Standing(tuple(sorted(set(links))), standing.gives_way or is_notice, tuple(sorted(wrong)))

    def _notices_in(self, block: str) -> list[str]:
        """Return the notices of correction that look for their article in a block."""
        if block not in self._notices:
            self._notices[block] = [article for article, flag in self._shelf.profiles(block) if flag == "notice"]
        return self._notices[block]

    def _correction(self, article: str, block: str) -> tuple[tuple[tuple[str, str], ...], str | None]:
        """Return the pairs of wrong and right words of a notice, and the article that it puts right."""
        if article not in self._corrections:
            profile = self._edition_profile(article)
            said = None if profile is None else notice(profile)
            there = [found for one, _ in self._shelf.profiles(block) if (found := self._edition_profile(one)) is not None]
            self._corrections[article] = ((), None) if said is None else (said.corrections, corrects(said, there))
        return self._corrections[article]

    def _stand(self, article: str, standing: Standing) -> None:
        """Note what an article is beside others; if that changed, its things are decided again and it is told again."""
        written = None if standing == _NO_STANDING else json.dumps([standing.links, standing.gives_way, standing.wrong], ensure_ascii=False)
        if written == self._shelf.result(f"standing:{article}"):
            return
        self._note(f"standing:{article}", written)
        self._standings[article] = standing
        self._pending.add(article)
        self._shelf.mark(pending=[article], dirty=[block for block in self._shelf.blocks_of(article) if block.startswith(("person:", "event:"))])

    def _standing(self, article: str) -> Standing:
        if article not in self._standings:
            found = self._shelf.result(f"standing:{article}")
            links, gives_way, wrong = ((), False, ()) if found is None else json.loads(found)
            self._standings[article] = Standing(tuple((Term(one), Term(other)) for one, other in links), gives_way, tuple(wrong))
        return self._standings[article]

    # ------------------------------------------------------------ what texts tell of areas

    def _decide_context(self) -> None:
        """Gather which areas were renamed and lie in which; where that changed, persons of these areas are decided again."""
        before: list[list[str]] = json.loads(self._shelf.result("context:areas") or "[]")
        now = sorted({tuple(json.loads(line)) for _, line in self._shelf.profiles("context:areas")})
        if [list(row) for row in now] != before:
            changed = {tuple(row) for row in before} ^ set(now)
            names = {name for row in changed for name in row[1:]}
            self._shelf.mark(dirty={block for name in sorted(names) for block in self._shelf.blocks("person:", f'"{name}"')})
            self._note("context:areas", json.dumps(now, ensure_ascii=False) if now else None)
        self._renamed = {old: new for kind, old, new in now if kind == "renamed"}
        self._above = {lower: higher for kind, lower, higher in now if kind == "above"}

    # ------------------------------------------------------------ events and persons

    def _decide_events(self) -> None:
        self._decide("event:", self._events_of)

    def _decide_persons(self) -> None:
        self._decide("person:", self._persons_of)

    def _decide(self, prefix: str, found_in: Callable[[str], _Found]) -> None:
        """Decide all dirty blocks; those that the user decides on wait for each other."""
        waiting: dict[str, _Found] = {}
        by_hand = self._hand.blocks()
        for block in self._shelf.dirty(prefix):
            found = found_in(block)
            if block in by_hand:
                waiting[block] = found
            else:
                self._close(block, found, found.profiles)
        blocks = {block: found.decided for block, found in waiting.items()}
        self._hand.join_across(blocks)
        profiles = {member: profile for found in waiting.values() for member, profile in found.profiles.items()}
        for found in waiting.values():
            self._tell_spells(found, profiles)
        self._hand.label(blocks)
        for block, found in waiting.items():
            self._close(block, found)

    def _events_of(self, block: str) -> _Found:
        profiles = [event(line) for article, line in self._shelf.profiles(block) if not self._standing(article).gives_way]
        found = _Found(dict(sorted((profile.member, profile) for profile in profiles)))
        found.gone = {profile.member for profile in profiles if self._hand.is_no_name(profile.label, profile.kind)}
        profiles = [profile for profile in profiles if profile.member not in found.gone]
        if profiles:
            self._ask(block, found, [(profile.member, ()) for profile in profiles], partial(occasions, profiles))
        return found

    def _persons_of(self, block: str) -> _Found:
        profiles = [person(line) for article, line in self._shelf.profiles(block) if not self._standing(article).gives_way]
        if any(self._hand.is_no_name(name, "Person") for name in {profile.name for profile in profiles}):
            profiles = []
        profiles = [self._holding(profile) for profile in profiles]
        found = _Found(dict(sorted((profile.member, profile) for profile in profiles)))
        if profiles:
            renamed, above = self._around(profile.area for profile in profiles)
            claims = [(profile.member, tuple(holding.post for holding in profile.holdings)) for profile in profiles]
            self._ask(block, found, claims, partial(persons, profiles, renamed=renamed, above=above))
        return found

    def _ask(self, block: str, found: _Found, claims: Claims, decide: Callable[..., Resolution]) -> None:
        together, apart = self._hand.pairs(block, claims, decide)
        resolution = decide(together=together, apart=apart)
        found.decided = Block(claims, list(resolution.groups), list(resolution.decisions))

    def _holding(self, profile: PersonProfile) -> PersonProfile:
        """Return a profile without what the paper or the user took back: posts, and the events that tell of them."""
        profile = self._hand.held(profile)
        if profile.holdings and (wrong := self._standing(profile.article).wrong):
            text = edition.text if (edition := self._edition_profile(profile.article)) is not None else ""
            kept = tuple(holding for holding in profile.holdings if not any(words in text[holding.begin : holding.end] for words in wrong))
            profile = replace(profile, holdings=kept)
        if self._hand.corrections and any(holding.event for holding in profile.holdings):
            there = self._meanings_of(profile.article)
            gone = {event for event, (iri, _, _) in there.items() if not iri}
            kept = tuple(replace(holding, event=None, began=None, ended=None) if holding.event in gone else holding for holding in profile.holdings)
            profile = replace(profile, holdings=kept)
        return profile

    def _tell_spells(self, found: _Found, profiles: Mapping[Member, PersonProfile | EventProfile]) -> None:
        """Tell the tenures of the persons of a block; of one that two blocks share, only in the block of the first."""
        for group in found.decided.groups:
            if group.members[0] not in found.profiles or group.members[0] in found.decided.away:
                continue
            theirs = [self._hand.holds(group.iri, one) for member in group.members if isinstance(one := profiles[member], PersonProfile)]
            for spell in spells(group, theirs) if theirs else ():
                if self._hand.is_dropped(spell):
                    found.gone |= self._hand.unsaid(spell, {group.label, *group.alternatives, *(one.name for one in theirs)})
                else:
                    found.spells.append(spell)

    def _close(self, block: str, found: _Found, profiles: Mapping[Member, PersonProfile | EventProfile] | None = None) -> None:
        """Settle a block; with ``profiles`` its tenures are told first."""
        if profiles is not None:
            self._tell_spells(found, profiles)
        changed = self._settled(block, found)
        if block.startswith("event:"):  # who began a tenure is told by the event
            self._shelf.mark(dirty={name for article, _ in changed for name in self._shelf.blocks_of(article) if name.startswith("person:")})

    def _around(self, areas: Iterable[str | None]) -> tuple[dict[str, str], dict[str, str]]:
        """Return which of some areas were renamed and what they lie in: what the texts tell, and what is known of China."""
        renamed: dict[str, str] = {}
        above: dict[str, str] = {}
        todo = sorted({area for area in areas if area})
        while todo:
            area = todo.pop()
            new = self._renamed.get(area) or _present(area)
            if new not in (None, area) and area not in renamed:
                renamed[area] = new
                todo.append(new)
            higher = self._above.get(area) or _above(area)
            if higher is not None and area not in above:
                above[area] = higher
                todo.append(higher)
        return renamed, above

    def _settled(self, block: str, found: _Found) -> list[Member]:
        """Compare what was decided of a block with what was decided before; returns the members whose meaning changed."""
        before: dict[str, list[object]] = {}
        subjects: list[list[str]] = [[], []]
        if (noted := self._former_result(block)) is not None:
            before, *subjects = json.loads(noted)
        gone = found.gone | self._hand.dropped_events(block, found.decided)
        now = {
            "\t".join(member): list(meaning)
            for member, meaning in sorted((found.meanings() | dict.fromkeys(gone, _NOTHING)).items())
            if meaning != (member[1], *found.own(member))
        }
        changed = [key for key in before.keys() | now.keys() if before.get(key) != now.get(key)]
        self._pending |= {key.partition("\t")[0] for key in changed}
        decisions = [one for one in self._hand.signed(found.decided.decisions) if not gone & set(one.candidates)]
        decided = self._hand.corrected(decision_triples(self._base, decisions, found.decided.groups, found.profiles))
        held = self._hand.corrected(tenure_triples(self._base, renamed_events(found.spells, self._event_iris(found.spells))))
        nodes = [sorted({spo[0] for spo in decided}), sorted({spo[0] for spo in held})]
        self._replace(self._resolution, resolution_graph(self._base), decided, {*subjects[0], *nodes[0]})
        self._replace(self._tenures, tenures_graph(self._base), held, {*subjects[1], *nodes[1]})
        self._meant[block] = {key: (str(cells[0]), str(cells[1]), cells[2]) for key, cells in now.items()}  # type: ignore[misc]
        self._note(block, json.dumps([now, *nodes], ensure_ascii=False) if now or any(nodes) else None)
        # should this be cut off, the next run must know every node that may have been written
        foreseen = json.dumps([before, sorted({*subjects[0], *nodes[0]}), sorted({*subjects[1], *nodes[1]})], ensure_ascii=False)
        if any(nodes) or any(subjects):
            self._foreseen[block] = foreseen
        return [(article, thing) for article, _, thing in (key.partition("\t") for key in changed)]

    def _former_result(self, block: str) -> str | None:
        return self._results[block] if block in self._results else self._shelf.result(block)

    def _note(self, block: str, found: str | None) -> None:
        self._results[block] = found

    def _event_iris(self, told: Iterable[Spell]) -> dict[str, str]:
        """Return the events of the graph that the events are which began and ended tenures."""
        there: dict[str, str] = {}
        for spell in told:
            for one in (spell.began_by, spell.ended_by):
                if one is not None:
                    article = one.split("/")[1]
                    meaning = self._meanings_of(article).get(one)
                    if meaning is not None:
                        there[one] = meaning[0]
        return there

    def _replace(self, changes: tuple[set[Spo], set[Spo]], graph: Term, target: set[Spo], subjects: Iterable[str]) -> None:
        """Note what must be added to and deleted from a derived graph, so that it says of some nodes what it shall."""
        now = {spo for spo in self._store.said_of(graph, map(Term, sorted(subjects))) if spo[1] not in (KG.predecessor, KG.successor)}
        changes[0].update(target - now)
        changes[1].update(now - target)
        if graph == tenures_graph(self._base):
            touched = {spo[0] for spo in target ^ now}
            self._posts |= {thing for subject, predicate, thing in target | now if predicate == KG.post and subject in touched}

    def _meanings_of(self, article: str) -> dict[str, tuple[str, str, float | None]]:
        """Return what the things of an article are, where that is not what the article alone would call them."""
        found: dict[str, tuple[str, str, float | None]] = {}
        for block in self._shelf.blocks_of(article):
            if block.startswith(("person:", "event:")):
                if block not in self._meant:
                    noted = self._shelf.result(block)
                    cells = {} if noted is None else json.loads(noted)[0]
                    self._meant[block] = {key: (iri, label, sure) for key, (iri, label, sure) in cells.items()}
                for key, meaning in self._meant[block].items():
                    there, _, thing = key.partition("\t")
                    if there == article:
                        found[thing] = meaning
        return found

    # ------------------------------------------------------------ telling

    def _article(self, article: str) -> Term:
        return iri(self._base, f"article/{article}")

    def _tell_articles(self, tell: Tell) -> Change:
        """Tell the graphs of all pending articles, in batches."""
        change = Change()
        pending = self._shelf.pending()
        for start in range(0, len(pending), _BATCH):
            graphs = {self._article(article): self._told(article) for article in pending[start : start + _BATCH]}
            change += self._store.tell(graphs)
            tell(f"{min(start + _BATCH, len(pending))}/{len(pending)}")
        return change

    def _told(self, article: str) -> set[Spo]:
        """Return what the graph of an article shall say; nothing if no source holds it any more."""
        raw = united(self._shelf.triples(article))
        if not raw:
            self._note(f"corrected:{article}", None)
            self._note(f"standing:{article}", None)
            return set()
        decided = self._meanings_of(article)
        meanings = {iri(self._base, thing): Meaning(iri(self._base, there), label, sure) for thing, (there, label, sure) in decided.items() if there}
        omissions, renaming = self._hand.of(article, raw, meanings)
        gone = frozenset(iri(self._base, thing) for thing, (there, _, _) in decided.items() if not there)
        omissions = replace(omissions, facts=omissions.facts | gone)
        met = self._hand.met_in(article, raw, meanings)
        self._note(f"corrected:{article}", json.dumps(met) if met else None)
        return retold(self._article(article), raw, meanings, self._standing(article), omissions, renaming)

    def _tell_derived(self) -> None:
        """Tell the decisions, the tenures with who came before whom, and what the areas lie in."""
        store, base = self._store, self._base
        self._shelf.keep(self._foreseen)
        added, deleted = self._resolution
        by_hand, former = self._hand.provenance(), store.said_of(resolution_graph(base), map(Term, json.loads(self._shelf.result("by-hand") or "[]")))
        self._note("by-hand", json.dumps(sorted({spo[0] for spo in by_hand})) if by_hand else None)
        added, deleted = (added - former) | (by_hand - former), (deleted - by_hand) | (former - by_hand)
        if added or deleted:
            store.put_part(resolution_graph(base), added - deleted, deleted - added)
        added, deleted = self._tenures
        come, gone = self._successions(added, deleted)
        self._amend(tenures_graph(base), added | come, deleted | gone)
        areas = areas_graph(base)
        now = store.said_by(areas)
        target = self._hand.corrected(area_triples(base, sorted((area, code) for area, code in _codes(store.pairs(KG.adcode, besides=areas)))))
        self._amend(areas, target - now, now - target)

    def _successions(self, added: set[Spo], deleted: set[Spo]) -> tuple[set[Spo], set[Spo]]:
        """Return how it changes who came before whom in the seats whose tenures change; 代区长 and 区长 are one seat."""
        graph = tenures_graph(self._base)
        touched = {found for post in self._posts if (found := _seat(post)) is not None}
        if not touched:
            return set(), set()
        of_seat: dict[str, set[Term]] = defaultdict(set)
        for node, post in self._store.joined(graph, KG.post) | {(spo[0], spo[2]) for spo in added if spo[1] == KG.post}:
            if (found := _seat(post)) in touched and found is not None:
                of_seat[found].add(node)
        cells: dict[Term, set[Spo]] = defaultdict(set)
        for spo in added:
            cells[spo[0]].add(spo)
        come: set[Spo] = set()
        gone: set[Spo] = set()
        for name in sorted(of_seat):
            nodes = sorted(of_seat[name])
            said = self._store.said_of(graph, nodes)
            for spo in said - deleted:
                cells[spo[0]].add(spo)
            chained = {spo for spo in said if spo[1] in (KG.predecessor, KG.successor)}
            target = succession_triples(self._base, successions([spell for node in nodes if (spell := _spell(node, self._base, cells[node])) is not None]))
            come |= target - chained
            gone |= chained - target
        return come, gone

    def _amend(self, graph: Term, added: set[Spo], deleted: set[Spo]) -> None:
        if added or deleted:
            self._store.amend(graph, added - deleted, deleted - added)


@lru_cache(maxsize=1 << 14)
def _present(area: str) -> str | None:
    """Return the area of today in the place of a former one, as the gazetteer knows it; None where that is not clear."""
    known = codes(area)
    new = replaced_by(area, known[0]) if len(known) == 1 else None
    return None if new is None else chain(new)[0][1]


@lru_cache(maxsize=1 << 14)
def _above(area: str) -> str | None:
    """Return the area that another lies in, as the gazetteer knows it; None where several bear its name."""
    known = codes(area)
    line = chain(known[0]) if len(known) == 1 else ()
    return line[1][1] if len(line) > 1 else None


def _codes(pairs: Iterable[tuple[Term, Term]]) -> Iterator[tuple[Term, str]]:
    for area, code in pairs:
        yield area, _text(code) or ""


def _text(term: Term | None) -> str | None:
    """Return the text of a literal; the escapes of N-Triples are those of JSON."""
    if term is None:
        return None
    return str(json.loads(term[: term.rindex('"') + 1]))


@lru_cache(maxsize=1 << 16)
def _seat(post: Term) -> str | None:
    """Return the seat that a post of the graph is, without the word that says somebody only acts in it; None if several hold such a post."""
    scope, _, name = unquote(post[1:-1].rpartition("/post/")[2]).rpartition("/")
    found = seat_of(name)
    return None if found is None else f"{scope}/{found}"


def _spell(node: Term, base: str, said: Iterable[Spo]) -> Spell | None:
    """Return a tenure of the graph as a value, without what proves it; None if the node is no tenure any more."""
    cells = {predicate: thing for _, predicate, thing in said}
    if KG.post not in cells or ORG.member not in cells:
        return None

    def path(term: Term) -> str:
        return term[1:-1].removeprefix(base)

    return Spell(
        path(node),
        path(cells[ORG.member]),
        path(cells[KG.post]),
        cast("Status", _text(cells.get(KG.status)) or "held"),
        (),
        *(_text(cells.get(term)) for term in (KG.firstSeen, KG.lastSeen, SCHEMA.validFrom, SCHEMA.validUntil)),
    )
