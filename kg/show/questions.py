"""Ask the graph for a picture: a callable that runs a SELECT goes in, a ``Network`` comes out.

The questions use only the terms of the ontology. Direct edges are drawn; events, statements, tenures and
assertions are asked for what they prove: their passages become the evidence of the edges that follow from them. An edge that no such
node explains takes, from each article whose named graph holds it, the sentence in which both names stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.edges import following, stretch
from kg.show.terms import LOOKS, RELATIONS, relation
from kg.show.values import Article, Edge, Evidence, Network, Node

Select = Callable[[str], Iterable[tuple[str | None, ...]]]
"""Runs a SELECT and yields one tuple a row: IRIs bare, literals by their text, None where unbound."""

KG = "https://w3id.org/zhengtu/ontology#"
ORG = "http://www.w3.org/ns/org#"

_PREFIXES = f"""PREFIX kg: <{KG}>
PREFIX org: <{ORG}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""

_EVENT_KINDS = ("Meeting", "Inspection", "Talks", "Ceremony", "Release", "Appointment")
_ROLES = ("convener", "chair", "speaker", "attendee", "agent", "companion", "counterpart", "target", "place")
_ROLE_ONLY = {*_ROLES, "concerns"}
_EDGES = " ".join("org:postIn" if term.name == "postIn" else f"kg:{term.name}" for term in RELATIONS if term.name not in _ROLE_ONLY)
_CLASSES = " ".join(f"kg:{kind}" for kind in (*(look.kind for look in LOOKS), "Official", "Journalist"))

THINGS = (
    _PREFIXES
    + f"""SELECT ?thing ?class ?label WHERE {{
  VALUES ?class {{ {_CLASSES} }}
  ?thing a ?class ; rdfs:label ?label .
}}"""
)
"""Every thing that can be a node, with its class and its name."""

ALTERNATIVES = (
    _PREFIXES
    + """SELECT ?thing ?name WHERE { ?thing skos:altLabel ?name }"""
)  # fmt: skip
"""The other names of things."""

EDGES = (
    _PREFIXES
    + f"""SELECT ?source ?relation ?target WHERE {{
  VALUES ?relation {{ {_EDGES} }}
  ?source ?relation ?target .
}}"""
)
"""The direct edges, each once, from the default graph."""

SAID_IN = (
    _PREFIXES
    + f"""SELECT ?source ?relation ?target ?article WHERE {{
  VALUES ?relation {{ {_EDGES} }}
  GRAPH ?article {{ ?source ?relation ?target . }}
}}"""
)
"""The same edges, with each article whose named graph holds them."""

ROLES = (
    _PREFIXES
    + f"""SELECT ?event ?role ?actor WHERE {{
  VALUES ?role {{ {" ".join(f"kg:{role}" for role in _ROLES)} }}
  ?event ?role ?actor .
}}"""
)
"""Who did what in an event, and where it was."""

DATES = (
    _PREFIXES
    + """SELECT ?event ?date WHERE { ?event kg:date|kg:startDate ?date }"""
)  # fmt: skip
"""When events happened."""

STATEMENTS = (
    _PREFIXES
    + """SELECT ?statement ?speaker ?verb ?thing WHERE {
  ?statement a kg:Statement ; kg:madeBy ?speaker ; kg:concerns ?thing .
  OPTIONAL { ?statement kg:speechVerb ?verb }
}"""
)
"""Who spoke of what, with which verb."""

TENURES = (
    _PREFIXES
    + """SELECT ?tenure ?person ?post WHERE { ?tenure a kg:Tenure ; org:member ?person ; kg:post ?post }"""
)  # fmt: skip
"""Who holds or held which post."""

ASSERTIONS = (
    _PREFIXES
    + """SELECT ?assertion ?source ?relation ?target WHERE {
  ?assertion a kg:Assertion ; rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target .
}"""
)
"""Edges that a sentence states as they are, without an event around them."""

PASSAGES = (
    _PREFIXES
    + """SELECT ?fact ?passage WHERE { ?fact kg:evidence ?passage }"""
)  # fmt: skip
"""Where events, statements, tenures and assertions stand: the IRI of a passage tells its article, begin and end."""

CONFIDENCES = (
    _PREFIXES
    + """SELECT ?fact ?confidence WHERE { ?fact kg:confidence ?confidence }"""
)  # fmt: skip
"""How sure they are."""

ARTICLES = (
    _PREFIXES
    + """SELECT ?article ?headline ?date ?source ?text WHERE {
  ?article a kg:Article .
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:datePublished ?date }
  OPTIONAL { ?article dcterms:source ?source }
  OPTIONAL { ?article kg:articleText ?text }
}"""
)
"""The articles, with their text."""

MENTIONS = (
    _PREFIXES
    + """SELECT ?article ?thing WHERE { ?article kg:mentions ?thing }"""
)  # fmt: skip
"""Which article names what."""

Key = tuple[str, str, str]
_KIND = {"Official": "Person", "Journalist": "Person"}
_ORDER = {look.kind: index for index, look in enumerate(LOOKS)} | {"Task": -1}  # a Task is a Policy too, and the narrower word wins
_BY_VERB = {term.zh: term.name for term in RELATIONS if term.is_statement and term.name not in ("concerns", "stated")}
_STATED = (*sorted(_BY_VERB.values()), "stated")
_END = re.compile(r"[。！？!?][”’」』）)]*|\n")


def network(select: Select) -> Network:
    """Return the whole graph as nodes, edges and articles, in an order that depends on the graph alone.

    Events other than meetings and ceremonies become nodes only where no direct edge tells what they tell. Articles
    that no shown thing comes from are left out. Errors of ``select`` pass through.
    """
    return _Drawing(select).network()


@dataclass(frozen=True, slots=True)
class _Report:
    headline: str
    date: str
    source: str
    text: str


class _Drawing:
    """The answers to the questions, and the joins between them."""

    def __init__(self, select: Select) -> None:
        self.reports: dict[str, _Report] = {}
        for article, headline, date, source, text in _full(select(ARTICLES), 1):
            if article not in self.reports:
                self.reports[article] = _Report(headline, date, source, text)
        self.kinds: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        for thing, name, label in _full(select(THINGS), 3):
            kind = _KIND.get(_local(name), _local(name))
            if thing not in self.kinds or _ORDER[kind] < _ORDER[self.kinds[thing]]:
                self.kinds[thing] = kind
            self.labels[thing] = min(label, self.labels.get(thing, label), key=lambda text: (-len(text), text))
        self.names: dict[str, set[str]] = defaultdict(set)
        for thing, name in _full(select(ALTERNATIVES), 2):
            if name != self.labels.get(thing):
                self.names[thing].add(name)
        self.dates: dict[str, str] = {}
        for event, date in _full(select(DATES), 2):
            self.dates[event] = min(date, self.dates.get(event, date))
        self.mentioned: dict[str, set[str]] = defaultdict(set)
        for article, thing in _full(select(MENTIONS), 2):
            self.mentioned[thing].add(article)
        self.passages: dict[str, set[str]] = defaultdict(set)
        for fact, passage in _full(select(PASSAGES), 2):
            self.passages[fact].add(passage)
        self.confidences: dict[str, float] = {}
        for fact, confidence in _full(select(CONFIDENCES), 2):
            self.confidences[fact] = max(float(confidence), self.confidences.get(fact, 0.0))
        self.roles: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for event, role, actor in sorted(set(_full(select(ROLES), 3))):
            self.roles[event].append((_local(role), actor))
        self.statements = sorted(set(_full(select(STATEMENTS), 2)))
        self.tenures = sorted(set(_full(select(TENURES), 3)))
        self.assertions = sorted(set(_full(select(ASSERTIONS), 4)))
        self.edges: dict[Key, set[Evidence]] = {}
        for source, term, target in sorted(set(_full(select(EDGES), 3))):
            key = source, _local(term), target
            if source in self.kinds and target in self.kinds and not (key[1] == "metWith" and (target, "metWith", source) in self.edges):
                self.edges[key] = set()
        self.said_in: dict[Key, set[str]] = defaultdict(set)
        for source, term, target, article in _full(select(SAID_IN), 4):
            found = self._edge(source, _local(term), target)
            if found:
                self.said_in[found].add(article)

    def network(self) -> Network:
        """Join what was asked."""
        self._prove_by_assertions()
        self._prove_by_tenures()
        self._prove_by_statements()
        self._prove_by_events()
        self._prove_by_articles()
        edges = tuple(self._drawn(key, self.edges[key]) for key in sorted(self.edges))
        near: dict[str, set[str]] = defaultdict(set)
        told: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            near[edge.source].add(edge.target)
            near[edge.target].add(edge.source)
            for evidence in edge.evidence:
                told[edge.source].add(evidence.article)
                told[edge.target].add(evidence.article)
        nodes = []
        for thing in sorted(self.kinds):
            if thing not in near and self.kinds[thing] in _EVENT_KINDS[1:] and self.kinds[thing] != "Ceremony":
                continue
            articles = self.mentioned[thing] | told[thing]
            weight = len(near[thing]) + len(articles) / 4
            nodes.append(
                Node(
                    thing, self.kinds[thing], self.labels[thing], tuple(sorted(self.names[thing])),
                    weight, self.dates.get(thing, ""), tuple(sorted(articles)),
                )
            )  # fmt: skip
        used = {article for node in nodes for article in node.articles}
        articles_shown = tuple(
            Article(article, self.reports[article].headline, self.reports[article].date, self.reports[article].source)
            if article in self.reports
            else Article(article, "")
            for article in sorted(used)
        )
        return Network(tuple(nodes), edges, articles_shown)

    # ------------------------------------------------------------ what proves an edge

    def _prove_by_assertions(self) -> None:
        for assertion, source, term, target in self.assertions:
            found = self._edge(source, _local(term), target)
            if found:
                self._prove(found, assertion)

    def _prove_by_tenures(self) -> None:
        """A tenure proves who holds the post, and what its article says of where the post is."""
        about: dict[str, list[Key]] = defaultdict(list)
        for key in self.edges:
            if key[1] in ("postIn", "jurisdiction"):
                about[key[0]].append(key)
        for tenure, person, post in self.tenures:
            found = self._edge(person, "holdsPost", post)
            if found:
                self._prove(found, tenure)
            told = {passage.partition("#")[0] for passage in self.passages[tenure]}
            for key in about[post]:
                if self.said_in[key] & told:
                    self._prove(key, tenure)

    def _prove_by_statements(self) -> None:
        """A statement proves the edge of its verb; where there is none, it makes one that says: spoke about."""
        for statement, speaker, verb, thing in self.statements:
            if speaker not in self.kinds or thing not in self.kinds or speaker == thing:
                continue
            there = [name for name in (_BY_VERB.get(verb, "said"), "said", *_STATED) if (speaker, name, thing) in self.edges]
            key = (speaker, there[0] if there else "concerns", thing)
            self.edges.setdefault(key, set())
            self._prove(key, statement)

    def _prove_by_events(self) -> None:
        for event, roles in self.roles.items():
            follow = {found for found in (self._edge(*key) for key in following(event, roles)) if found}
            for key in sorted(follow):
                self._prove(key, event)
            kind = self.kinds.get(event)
            if kind is None:
                continue
            for role, actor in roles:
                told = follow and (role != "place" or kind not in ("Meeting", "Ceremony"))
                if not told and actor in self.kinds and actor != event:
                    self.edges.setdefault((event, role, actor), set())
                    self._prove((event, role, actor), event)

    def _prove_by_articles(self) -> None:
        for key, articles in self.said_in.items():
            proved = {evidence.article for evidence in self.edges[key]}
            for article in sorted(articles - proved):
                if article in self.reports:
                    sentence = _sentence_with(self.reports[article].text, self._all_names(key[0]), self._all_names(key[2]))
                    self.edges[key].add(Evidence(article, sentence))

    def _prove(self, key: Key, fact: str) -> None:
        """Add the passages of a fact; of several, those that name an end of the edge which is no event."""
        found = self._evidence(fact)
        ends = [self._all_names(end) for end in (key[0], key[2]) if end != fact]
        naming = [one for one in found if all(any(name in one.sentence for name in names) for names in ends)]
        self.edges[key].update(naming or found)

    def _evidence(self, fact: str) -> list[Evidence]:
        """Return the passages of a fact with their words, in reading order."""
        found = []
        for article, begin, end in sorted(filter(None, map(stretch, self.passages.get(fact, ())))):
            text = self.reports[article].text if article in self.reports else ""
            found.append(Evidence(article, _sentence_around(text, begin, end), text[begin:end], begin, end, self.confidences.get(fact)))
        return found

    def _edge(self, source: str, name: str, target: str) -> Key | None:
        """Return the edge as it is drawn; a meeting of two is drawn once, whichever way it was stored."""
        if (source, name, target) in self.edges:
            return source, name, target
        if name == "metWith" and (target, name, source) in self.edges:
            return target, name, source
        return None

    def _all_names(self, thing: str) -> list[str]:
        return sorted({self.labels[thing], *self.names[thing]}, key=lambda name: (-len(name), name))

    def _drawn(self, key: Key, evidence: Iterable[Evidence]) -> Edge:
        term = relation(key[1])
        order = sorted(evidence, key=lambda one: (self._date(one.article), one.article, one.begin, one.end, one.quote, one.confidence or 0), reverse=True)
        return Edge(key[0], key[2], key[1], term.zh, term.en, tuple(order), term.is_statement)

    def _date(self, article: str) -> str:
        return self.reports[article].date if article in self.reports else ""


def _sentence_around(text: str, begin: int, end: int) -> str:
    """Return the sentence, or sentences, in which a stretch of a text stands.

    >>> _sentence_around("他到了。张建国主持会议。散会。", 4, 7)
    '张建国主持会议。'
    """
    start = 0
    for found in _END.finditer(text, max(0, begin - 600), begin):
        start = found.end()
    if start == 0 and begin > 600:
        start = begin - 120
    stop = _END.search(text, max(begin, end - 1))
    until = stop.end() if stop else len(text)
    return text[start : min(until, end + 600)].strip()


def _sentence_with(text: str, first: Iterable[str], second: Iterable[str]) -> str:
    """Return the first sentence that holds a name of each of two things, or nothing."""
    start = 0
    firsts, seconds = tuple(first), tuple(second)
    for found in (*_END.finditer(text), None):
        sentence = text[start : found.end() if found else len(text)].strip()
        start = found.end() if found else len(text)
        if any(name in sentence for name in firsts) and any(name in sentence for name in seconds):
            return sentence
    return ""


def _full(rows: Iterable[tuple[str | None, ...]], needed: int) -> Iterator[tuple[str, ...]]:
    """Yield rows whose first ``needed`` cells are bound; the other cells become empty text."""
    for row in rows:
        if None not in row:
            yield row  # type: ignore[misc]
        elif None not in row[:needed]:
            yield tuple([cell or "" for cell in row])


def _local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> _local("https://w3id.org/zhengtu/ontology#chair")
    'chair'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
