"""Ask a graph for itself: a callable that runs a SELECT goes in, streams of facts or the whole ``World`` come out.

There is one shape of question, a list of properties and everything they join; the answers are put together here, which
is many times faster than joins in the query language.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from kg.analysis.terms import EVENTS, KINDS, RELATIONS, ROLES, speech
from kg.analysis.values import Edge, Figure, Proof, Report, Saying, Thing, World
from kg.edges import TO_EVENT, following, stretch
from kg.model import Article
from kg.page import sentences

Select = Callable[[str], Iterable[tuple[str | None, ...]]]
"""Runs a SELECT and yields one tuple a row: IRIs bare, literals by their text, None where unbound."""

_PREFIXES = """PREFIX kg: <https://w3id.org/zhengtu/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""

EDGES = tuple("org:postIn" if relation.name == "postIn" else f"kg:{relation.name}" for relation in RELATIONS)
PARTS = tuple(f"kg:{role.name}" for role in ROLES)
MOMENTS = ("kg:date", "kg:startDate", "kg:endDate")
_CLASSES = (*(f"kg:{kind.name}" for kind in KINDS), "kg:Official", "kg:Journalist", "kg:Event", "kg:Article", "kg:Statement", "kg:Tenure", "kg:Indicator")

_STATED = tuple(relation.name for relation in RELATIONS if relation.is_statement)
_RANK = {kind.name: number for number, kind in enumerate(KINDS)}
_LONGEST = 600  # characters of a sentence that is shown as evidence

Key = tuple[str, str, str]


def facts(select: Select, *properties: str) -> Iterator[Key]:
    """Yield every subject, property (its local name) and object of the properties, from the default graph."""
    question = f"{_PREFIXES}SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ {' '.join(properties)} }} ?s ?p ?o }}"
    for s, p, o in select(question):
        if s is not None and p is not None and o is not None:
            yield s, local(p), o


def classes(select: Select) -> Iterator[tuple[str, str]]:
    """Yield every thing with each of its classes that we know, by local name."""
    question = f"{_PREFIXES}SELECT ?thing ?class WHERE {{ VALUES ?class {{ {' '.join(_CLASSES)} }} ?thing a ?class }}"
    for thing, name in select(question):
        if thing is not None and name is not None:
            yield thing, local(name)


def _told(select: Select) -> Iterator[tuple[Key, str]]:
    """Yield every direct edge with each named graph that holds it."""
    question = f"{_PREFIXES}SELECT ?s ?p ?o ?g WHERE {{ VALUES ?p {{ {' '.join(EDGES)} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    for s, p, o, graph in select(question):
        if s is not None and p is not None and o is not None and graph is not None:
            yield (s, local(p), o), graph


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("https://w3id.org/zhengtu/ontology#chair")
    'chair'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def narrowest(names: Iterable[str]) -> str:
    """Return the class that a network shows of the classes of a thing, or nothing if it shows none.

    >>> narrowest(["Policy", "Task"])
    'Task'
    """
    return min((name for name in names if name in _RANK), key=_RANK.__getitem__, default="")


def fullest(label: str, other: str | None) -> str:
    """Return the longer of two names; of two equally long the first in order."""
    return label if other is None else min(label, other, key=lambda name: (-len(name), name))


_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days(date: str) -> tuple[str, str] | None:
    """Return the first and last day of a date; None where the year is not known.

    >>> days("2024-02"), days("2024"), days("2024-03-05"), days("--05-11")
    (('2024-02-01', '2024-02-29'), ('2024-01-01', '2024-12-31'), ('2024-03-05', '2024-03-05'), None)
    """
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", date)
    if found is None:
        return None
    year, month, day = found.groups()
    if day is not None:
        return date, date
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    leap = month == "02" and int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    return f"{date}-01", f"{date}-{_MONTHS[int(month) - 1] + leap}"


def world(select: Select) -> World:
    """Return the whole graph, in an order that depends on the graph alone. Errors of ``select`` pass through."""
    return _Joining(select).world()


class _Joining:
    """The answers to the questions, and the joins between them."""

    def __init__(self, select: Select) -> None:
        self.classes: dict[str, set[str]] = defaultdict(set)
        for thing, name in classes(select):
            self.classes[thing].add(name)
        self.kinds = {thing: kind for thing, names in self.classes.items() if (kind := narrowest(names))}
        self.labels: dict[str, str] = {}
        self.names: dict[str, set[str]] = defaultdict(set)
        self.codes: dict[str, str] = {}
        for thing, name, text in facts(select, "rdfs:label", "skos:altLabel", "kg:adcode"):
            if name == "label":
                self.labels[thing] = fullest(text, self.labels.get(thing))
            elif name == "altLabel":
                self.names[thing].add(text)
            else:
                self.codes[thing] = min(text, self.codes.get(thing, text))
        self.kinds = {thing: kind for thing, kind in self.kinds.items() if thing in self.labels}
        self._ask_articles(select)
        self._ask_nodes(select)
        self._ask_edges(select)
        self._cuts: dict[str, tuple[tuple[int, str], ...]] = {}

    def _ask_articles(self, select: Select) -> None:
        articles: dict[str, dict[str, str]] = {thing: {} for thing, names in self.classes.items() if "Article" in names}
        for article, name, text in facts(select, "schema:headline", "schema:datePublished", "schema:publisher", "dcterms:source", "kg:articleText"):
            if article in articles:
                articles[article][name] = min(text, articles[article].get(name, text))
        self.texts = {article: said.pop("articleText", "") for article, said in articles.items()}
        self.reports = {
            article: Report(article, said.get("headline", ""), said.get("datePublished", ""), said.get("publisher", ""), said.get("source", ""))
            for article, said in articles.items()
        }
        self.mentions = sorted({(s, o) for s, _, o in facts(select, "kg:mentions") if s in articles and o in self.kinds})
        self.mentioned: dict[str, set[str]] = defaultdict(set)
        for article, thing in self.mentions:
            self.mentioned[thing].add(article)

    def _ask_nodes(self, select: Select) -> None:
        """Ask for what belongs to events, statements, tenures, assertions and indicators."""
        rules = {extraction: rule for extraction, _, rule in facts(select, "kg:rule")}
        self.passages: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
        self.confidences: dict[str, float] = {}
        self.rules: dict[str, set[str]] = defaultdict(set)
        for fact, name, text in facts(select, "kg:evidence", "kg:confidence", "prov:wasGeneratedBy"):
            if name == "evidence":
                if (found := stretch(text)) is not None and found[0] in self.reports:
                    self.passages[fact].add(found)
            elif name == "confidence":
                self.confidences[fact] = max(float(text), self.confidences.get(fact, 0.0))
            elif text in rules:
                self.rules[fact].add(rules[text])
        self.moments: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for node, name, text in facts(select, *MOMENTS, "schema:validFrom", "schema:validUntil"):
            self.moments[node][name].add(text)
        self.parts: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for event, role, actor in facts(select, *PARTS):
            if self.kinds.get(event) in EVENTS and actor in self.kinds:
                self.parts[event].add((role, actor))
        self.said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for node, name, value in facts(select, "kg:madeBy", "kg:madeAt", "kg:speechVerb", "kg:text", "kg:concerns"):
            self.said[node][name].add(value)
        self.held: dict[str, dict[str, str]] = defaultdict(dict)
        for node, name, value in facts(select, "org:member", "kg:post", "rdf:subject", "rdf:predicate", "rdf:object"):
            self.held[node][name] = min(value, self.held[node].get(name, value))
        self.measured: dict[str, dict[str, str]] = defaultdict(dict)
        for node, name, value in facts(select, "kg:indicatorName", "kg:value", "kg:unit", "kg:change", "kg:period", "kg:inArea", "schema:observationAbout"):
            if "Indicator" in self.classes.get(node, ()):
                self.measured[node][name] = min(value, self.measured[node].get(name, value))

    def _ask_edges(self, select: Select) -> None:
        self.edges: dict[Key, dict[tuple[str, int, int], Proof]] = {}
        for key in sorted(set(facts(select, *EDGES))):
            # who met whom stands in the graph both ways
            if key[0] in self.kinds and key[2] in self.kinds and not (key[1] == "metWith" and key[::-1] in self.edges):
                self.edges[key] = {}
        self.told: dict[Key, set[str]] = defaultdict(set)
        for key, article in _told(select):
            found = self._edge(*key)
            if found is not None and article in self.reports:
                self.told[found].add(article)

    def world(self) -> World:
        """Join what was asked."""
        self._prove_by_held()
        sayings = tuple(self._sayings())
        self._prove_by_events()
        self._prove_by_articles()
        edges = tuple(self._joined(key) for key in sorted(self.edges))
        return World(
            tuple(self._things(edges)), edges, sayings, tuple(self._figures()), {iri: self.reports[iri] for iri in sorted(self.reports)},
            tuple(self.mentions), self.labels,
        )  # fmt: skip

    # ------------------------------------------------------------ what proves an edge

    def _prove_by_held(self) -> None:
        """Assertions prove the edge they tell; a tenure proves who holds the post, and what its articles say of where the post is."""
        about: dict[str, list[Key]] = defaultdict(list)
        for key in self.edges:
            if key[1] in ("postIn", "jurisdiction"):
                about[key[0]].append(key)
        for node in sorted(self.held):
            told = self.held[node]
            if "predicate" in told:
                source, name, target = told.get("subject", ""), local(told["predicate"]), told.get("object", "")
            else:
                source, name, target = told.get("member", ""), "holdsPost", told.get("post", "")
            found = self._edge(source, name, target)
            if found is not None:
                self._prove(found, node, "")
            if name == "holdsPost":
                articles = {article for article, _, _ in self.passages.get(node, ())}
                for key in about[target]:
                    if self.told[key] & articles:
                        self._prove(key, node, "")

    def _sayings(self) -> Iterator[Saying]:
        verbs = speech()
        for node in sorted(self.said):
            if "Statement" not in self.classes.get(node, ()):
                continue
            said = self.said[node]
            verb, text = (min(said[name], default="") for name in ("speechVerb", "text"))
            occasion = min(said["madeAt"], default="")
            date = self._date(occasion)
            proofs = [self._proof(node, passage, date) for passage in sorted(self.passages.get(node, ()))]
            best = proofs[0] if proofs else Proof("", fact=node, date=date)
            for speaker in sorted(said["madeBy"]) or [""]:
                for thing in sorted(said["concerns"]) or [""]:
                    likely = (verbs.get(verb, "said"), "said", *_STATED)
                    drawn = next((name for name in likely if (speaker, name, thing) in self.edges), "")
                    if drawn:
                        self._prove((speaker, drawn, thing), node, date)
                    yield Saying(speaker, drawn or "concerns", thing, verb, text, occasion, best)

    def _prove_by_events(self) -> None:
        for event in sorted(self.parts):
            parts = sorted(self.parts[event])
            date = self._date(event)
            drawn = {found for key in following(event, parts) if (found := self._edge(*key)) is not None}
            for role, actor in parts:
                told = TO_EVENT.get(role)
                if actor != event and (told is None or (actor, told, event) not in self.edges):
                    self.edges.setdefault((event, role, actor), {})
                    drawn.add((event, role, actor))
            for found in sorted(drawn):
                self._prove(found, event, date)

    def _prove_by_articles(self) -> None:
        """An edge that no node explains takes, from each article that tells it, the sentence in which both names stand."""
        for key, articles in self.told.items():
            proofs = self.edges[key]
            for article in sorted(articles - {proof.article for proof in proofs.values()}):
                begin, end, sentence = self._naming(article, key[0], key[2])
                proofs[article, begin, end] = Proof(article, begin, end, sentence)

    def _prove(self, key: Key, fact: str, date: str) -> None:
        """Add the passages of a fact; of several, those that name most ends of the edge, or at least whoever it goes out from."""
        found = [self._proof(fact, passage, date) for passage in sorted(self.passages.get(fact, ()))]
        if len(found) > 1:
            ends = [self._all_names(end) for end in (key[0], key[2]) if end != fact]
            naming = [[any(name in proof.sentence for name in names) for names in ends] for proof in found]
            most = max((sum(named), named[0]) for named in naming)
            found = [proof for proof, named in zip(found, naming, strict=True) if (sum(named), named[0]) == most]
        proofs = self.edges[key]
        for proof in found:
            place = proof.article, proof.begin, proof.end
            if place not in proofs or _better(proof) < _better(proofs[place]):
                proofs[place] = proof

    def _proof(self, fact: str, passage: tuple[str, int, int], date: str) -> Proof:
        sentence = self._sentence(*passage)
        return Proof(*passage, sentence, date, " ".join(sorted(self.rules.get(fact, ()))), self.confidences.get(fact, -1.0), fact)

    def _edge(self, source: str, name: str, target: str) -> Key | None:
        """Return the edge as it is kept; a meeting of two is kept once, whichever way it was stored."""
        if (source, name, target) in self.edges:
            return source, name, target
        if name == "metWith" and (target, name, source) in self.edges:
            return target, name, source
        return None

    # ------------------------------------------------------------ sentences and dates

    def _cut(self, article: str) -> tuple[tuple[int, str], ...]:
        if article not in self._cuts:
            self._cuts[article] = _sentences(self.texts.get(article, ""))
        return self._cuts[article]

    def _sentence(self, article: str, begin: int, end: int) -> str:
        """Return the sentence, or sentences, in which a stretch of an article stands."""
        cut = self._cut(article)
        first = max(0, bisect_right(cut, (begin, chr(0x10FFFF))) - 1)
        said = [text for start, text in cut[first:] if start < end]
        return "".join(said)[:_LONGEST].strip()

    def _naming(self, article: str, first: str, second: str) -> tuple[int, int, str]:
        """Return the place and words of the first sentence that names both things, or nothing."""
        one, other = self._all_names(first), self._all_names(second)
        for start, text in self._cut(article):
            if any(name in text for name in one) and any(name in text for name in other):
                return start, start + len(text), text[:_LONGEST].strip()
        return 0, 0, ""

    def _all_names(self, thing: str) -> set[str]:
        return {self.labels[thing], *self.names.get(thing, ())}

    def _date(self, node: str) -> str:
        """Return when an event was: a day, several, or a span with a slash, as exactly as it is told."""
        told = self.moments.get(node)
        if not told:
            return ""
        spans = [f"{min(told['startDate'])}/{max(told['endDate'])}"] if told["startDate"] and told["endDate"] else []
        return " ".join([*sorted(told["date"]), *spans])

    def _joined(self, key: Key) -> Edge:
        proofs = sorted(self.edges[key].values(), key=_better)
        articles = {proof.article for proof in proofs} | self.told.get(key, set())
        bounds = [bound for proof in proofs for bound in self._bounds(proof)]
        bounds += [bound for article in articles - {proof.article for proof in proofs} for bound in self._published(article)]
        for fact in {proof.fact for proof in proofs if proof.fact in self.held}:
            moments = self.moments.get(fact, {})
            bounds += [bound for name in ("validFrom", "validUntil") for date in moments.get(name, ()) if (bound := days(date))]
        first, last = _hull(bounds)
        return Edge(*key, tuple(proofs), first, last, len(articles))

    def _bounds(self, proof: Proof) -> list[tuple[str, str]]:
        """Return the days of a proof: of the event, or else of the article."""
        found = [bound for date in re.split("[ /]", proof.date) if (bound := days(date)) is not None]
        return found or self._published(proof.article)

    def _published(self, article: str) -> list[tuple[str, str]]:
        bound = days(self.reports[article].published) if article in self.reports else None
        return [bound] if bound is not None else []

    # ------------------------------------------------------------ things and figures

    def _things(self, edges: Iterable[Edge]) -> Iterator[Thing]:
        bounds: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for edge in edges:
            if edge.first:
                bounds[edge.source].append((edge.first, edge.last))
                bounds[edge.target].append((edge.first, edge.last))
        for thing in sorted(self.kinds):
            kind, label = self.kinds[thing], self.labels[thing]
            told = bounds[thing]
            if kind in EVENTS:
                told += [bound for date in re.split("[ /]", self._date(thing)) if (bound := days(date)) is not None]
            else:
                told += [bound for article in self.mentioned[thing] for bound in self._published(article)]
            first, last = _hull(told)
            articles = self.mentioned[thing] | {article for article, _, _ in self.passages.get(thing, ())}
            others = tuple(sorted(self.names[thing] - {label}))
            yield Thing(thing, kind, label, tuple(sorted(self.classes[thing])), others, self.codes.get(thing, ""), first, last, len(articles))

    def _figures(self) -> Iterator[Figure]:
        for node in sorted(self.measured):
            told = self.measured[node]
            value = f"{told.get('change', '')} {told.get('value', '')}{told.get('unit', '')}".strip()
            about = told.get("observationAbout") or told.get("inArea", "")
            for passage in sorted(self.passages.get(node, ())):
                yield Figure(told.get("indicatorName", ""), about, value, self._proof(node, passage, told.get("period", "")))


def _better(proof: Proof) -> tuple[float, str, int, int, str]:
    """Sort proofs: the surest first, then by where they stand."""
    return -proof.confidence, proof.article, proof.begin, proof.end, proof.fact


def _hull(bounds: Iterable[tuple[str, str]]) -> tuple[str, str]:
    told = list(bounds)
    return (min(first for first, _ in told), max(last for _, last in told)) if told else ("", "")


def _sentences(text: str) -> tuple[tuple[int, str], ...]:
    """Return the sentences of a text, each with where it begins."""
    article = Article("", "", text, (), None, (), (), None, (), "")
    return tuple((sentence.span.start, sentence.text) for sentence in sentences(article))
