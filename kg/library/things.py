"""Look one thing up in a graph: words or an IRI come in, what is told of it comes out with the sentences that tell it.

Every function takes a ``select`` that runs a SELECT and yields its rows as plain text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from kg.analysis import narrowest
from kg.errors import QueryError
from kg.graph.terms import plain
from kg.library.quotes import Cut, Quote
from kg.library.table import Table

Select = Callable[[str], Iterable[tuple[str | None, ...]]]

FACTS: tuple[str, ...] = ("subject", "relation", "object", "text", "date", "status", "confidence", "sentence", "headline", "published", "article")
"""The columns of the table of facts; one row for each fact, with the first of its sentences."""

_ROLES = ("convener", "chair", "speaker", "attendee", "agent", "companion", "counterpart", "target", "place")
# Edges that no event, statement, tenure or assertion tells, but articles do, or the table of areas.
_PLAIN = ("org:postIn", "kg:jurisdiction", "kg:partOf", "kg:inArea", "kg:replacedBy")
_ARTICLE = "kg:articleText"
_SOME = 400  # IRIs in one VALUES
_CANDIDATES = 5_000  # hits of a search that are looked at closely
_PREFIXES = "PREFIX kg: <https://w3id.org/zhengtu/ontology#>\n"


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of the graph with what proves it, the place that comes first in front.

    ``relation`` is a term of the ontology, the verb of a statement, or the name of a figure; ``text`` the words of a statement or
    the figure. ``date`` is an ISO date as exact as the text, or a span with a slash. ``status`` tells what is no plain fact
    (planned, cancelled, former, proposed, removed); what somebody said is only said. ``confidence`` is from 0 to 1.
    ``iri`` names the node of the graph, if it has one. What is not known is empty.
    """

    subject: str
    relation: str
    object: str
    text: str = ""
    date: str = ""
    status: str = ""
    confidence: float | None = None
    iri: str = ""
    subject_iri: str = ""
    object_iri: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the graph: its names and classes, how many articles mention it, and what is told of it, the newest first.

    ``total`` is how many facts there are; ``facts`` are those that were asked for.
    """

    iri: str
    label: str
    kind: str
    classes: tuple[str, ...]
    others: tuple[str, ...]
    articles: int
    total: int
    facts: tuple[Told, ...]

    def table(self) -> Table:
        """Return the facts as a table of ``FACTS``."""
        return Table(FACTS, map(_row, self.facts))

    def __repr__(self) -> str:
        return f"<Thing {self.label!r} ({self.kind}): {self.total} facts>"

    def _repr_html_(self) -> str:
        """Return names and facts as HTML for a notebook, everything escaped."""
        others = f"<p>{escape('、'.join(self.others))}</p>" if self.others else ""
        left = f"<p>{len(self.facts):,} / {self.total:,}</p>" if len(self.facts) < self.total else ""
        head = f"<h4>{escape(self.label)} <small>{escape(self.kind)}</small></h4>{others}<p><code>{escape(self.iri)}</code></p>"
        return head + self.table()._repr_html_() + left


@dataclass(frozen=True, slots=True)
class Report:
    """One article as it stands in the graph, with the things it mentions (iri, label, class)."""

    iri: str
    headline: str
    text: str
    published: str
    publisher: str
    source: str
    url: str
    things: Table

    def _repr_html_(self) -> str:
        """Return headline, day and text as HTML for a notebook, everything escaped."""
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.text.splitlines())
        return f"<h4>{escape(self.headline)}</h4><p>{escape(f'{self.published} {self.publisher}'.strip())}</p>{lines}"


def search(select: Select, words: str, limit: int, kind: str | None = None) -> Table:
    """Return the things whose name holds every one of the words, the exact name first, then those that most articles mention.

    Raises QueryError if there is no word.
    """
    wanted = words.split()
    if not wanted:
        raise QueryError("请给出要找的词。", "give a word to search for.")
    held = " && ".join(f"CONTAINS(LCASE(STR(?name)), {plain(word.lower())})" for word in wanted)
    whole = " ".join(wanted).lower()
    best: dict[str, tuple[int, int]] = {}
    for thing, name in select(f"SELECT ?thing ?name WHERE {{ ?thing rdfs:label|skos:altLabel ?name FILTER ({held}) }}"):
        if thing is not None and name is not None:
            said = name.lower()
            worth = (0 if said == whole else 1 if said.startswith(whole) else 2, len(said))
            best[thing] = min(worth, best.get(thing, worth))
    found = sorted(best, key=lambda thing: (best[thing], thing))[:_CANDIDATES]
    looks = _looks(select, found)
    found = [thing for thing in found if thing in looks and (kind is None or kind in looks[thing].classes)]
    found.sort(key=lambda thing: (best[thing][0], -looks[thing].articles, best[thing][1], thing))
    rows = ((looks[thing].label, looks[thing].kind, "、".join(looks[thing].others), looks[thing].articles, thing) for thing in found[:limit])
    return Table(("label", "class", "others", "articles", "iri"), rows)


def named(select: Select, name: str) -> str:
    """Return the IRI of the thing that an IRI or a label names; a label counts before an other name.

    Raises QueryError if there is none, or several: then their IRIs are told.
    """
    if is_iri(name):
        if next(iter(select(f"SELECT ?p WHERE {{ <{name}> ?p ?o }} LIMIT 1")), None) is None:
            raise QueryError(f"{name}：图谱里没有它。可以用 search 查找。", f"{name}: it is not in the graph. Try search.")
        return name
    for way in ("rdfs:label", "skos:altLabel"):
        asked = f"SELECT ?thing WHERE {{ VALUES ?name {{ {plain(name)} {plain(name)}@zh }} ?thing {way} ?name }}"
        found = sorted({thing for (thing,) in select(asked) if thing})
        looks = _looks(select, found[:_CANDIDATES])
        found = [thing for thing in found if thing in looks]
        if len(found) > 1:
            some = "、".join(found[:5]) + (" …" if len(found) > 5 else "")
            raise QueryError(
                f"“{name}”在图谱里有 {len(found)} 个，请用 IRI 指明：{some}", f"{len(found)} things are called {name!r}; name one by its IRI: {some}"
            )
        if found:
            return found[0]
    raise QueryError(f"图谱里没有“{name}”。可以用 search 查找。", f"there is no {name!r} in the graph. Try search.")


def is_iri(text: str) -> bool:
    r"""Tell whether a text is an absolute IRI that can stand in a query between < and > (SPARQL 1.1, IRIREF).

    >>> is_iri("https://w3id.org/zhengtu/id/person/张三"), is_iri("张三"), is_iri("a:b> ?p ?o . ?x <c:d")
    (True, False, False)
    """
    return re.fullmatch(r'[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|\\^`]+', text) is not None


def thing(select: Select, iri: str, limit: int | None, offset: int = 0, relation: str | None = None) -> Thing:
    """Return a thing with some of its facts, the newest first: those from ``offset`` on, at most ``limit``, of one relation if named."""
    look = _looks(select, [iri], every=True)[iri]
    drafts = [draft for draft in _drafts(select, iri) if relation is None or draft.relation == relation]
    drafts.sort(key=lambda draft: (draft.way, draft.node, draft.subject, draft.relation, draft.object))
    drafts.sort(key=lambda draft: draft.published, reverse=True)
    asked = drafts[offset : None if limit is None else offset + limit]
    return Thing(iri, look.label, look.kind, look.classes, look.others, look.articles, len(drafts), tuple(_proved(select, asked)))


def report(select: Select, name: str) -> Report:
    """Return an article by its IRI or its id (``kg list``); QueryError if there is none."""
    if is_iri(name):
        which = f"VALUES ?article {{ <{name}> }}"
    else:
        which = f"FILTER (STRENDS(STR(?article), {plain('article/' + name.removeprefix('article:').removeprefix('article/'))}))"
    keys = ("schema:headline", _ARTICLE, "schema:datePublished", "schema:publisher", "dcterms:source", "schema:url")
    wanted = " ".join(f"OPTIONAL {{ ?article {key} ?v{number} }}" for number, key in enumerate(keys))
    asked = f"{_PREFIXES}SELECT ?article {' '.join(f'?v{n}' for n in range(len(keys)))} WHERE {{ ?article a kg:Article . {which} {wanted} }}"
    rows = sorted(tuple(cell or "" for cell in row) for row in select(asked))
    if not rows:
        raise QueryError(f"{name}：图谱里没有这篇报道。可以用 articles 列出。", f"{name}: there is no such article. Try articles.")
    iri, headline, text, published, publisher, source, url = rows[0]
    looks = _looks(select, [found for (found,) in select(f"{_PREFIXES}SELECT ?thing WHERE {{ <{iri}> kg:mentions ?thing }}") if found])
    things = sorted((look.kind, look.label, found) for found, look in looks.items())
    table = Table(("label", "class", "iri"), ((label, kind, found) for kind, label, found in things))
    return Report(iri, headline, text, published, publisher, source, url, table)


# ---------------------------------------------------------------- names and classes


@dataclass(frozen=True, slots=True)
class _Look:
    label: str
    kind: str
    classes: tuple[str, ...]
    others: tuple[str, ...]
    articles: int


def _looks(select: Select, things: Collection[str], *, every: bool = False) -> dict[str, _Look]:
    """Return names and classes of things: of those that a reader would look up (or of ``every`` one)."""
    classes: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, int] = {}
    for values in _values(things):
        for found, name in select(f"SELECT ?thing ?class WHERE {{ {values} ?thing a ?class }}"):
            classes[found or ""].add(_local(name or ""))
        for found, name in select(f"SELECT ?thing ?name WHERE {{ {values} ?thing rdfs:label ?name }}"):
            labels[found or ""].add(name or "")
        for found, name in select(f"SELECT ?thing ?name WHERE {{ {values} ?thing skos:altLabel ?name }}"):
            others[found or ""].add(name or "")
        for found, number in select(f"{_PREFIXES}SELECT ?thing (COUNT(?a) AS ?n) WHERE {{ {values} ?a kg:mentions ?thing }} GROUP BY ?thing"):
            articles[found or ""] = int(number or 0)
    looks = {}
    for one in things:
        kind = narrowest(classes[one]) or next((name for name in ("Journalist", "Article") if name in classes[one]), "")
        if every or (kind and labels[one]):
            label = min(labels[one], key=lambda name: (-len(name), name), default=_local(one))
            names = tuple(sorted(others[one] - {label}))
            looks[one] = _Look(label, kind or min(classes[one], default=""), tuple(sorted(classes[one])), names, articles.get(one, 0))
    return looks


def _values(iris: Collection[str], name: str = "thing") -> Iterator[str]:
    """Yield VALUES of some IRIs at a time."""
    safe = sorted(iri for iri in set(iris) if is_iri(iri))
    for start in range(0, len(safe), _SOME):
        yield f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in safe[start : start + _SOME])} }}"


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


# ---------------------------------------------------------------- facts


@dataclass(slots=True)
class _Draft:
    """A fact before its proof is looked up; things by IRI."""

    way: int
    node: str
    subject: str
    relation: str
    object: str
    text: str = ""
    status: str = ""
    published: str = ""


def _drafts(select: Select, iri: str) -> Iterator[_Draft]:
    """Yield each fact in which a thing has a part."""
    here = f"VALUES ?x {{ <{iri}> }}"
    roles = " ".join(f"kg:{role}" for role in _ROLES)
    plain_edges = " ".join(_PLAIN)
    asked = (
        f"{here} VALUES ?r {{ {roles} }} ?node ?r ?x ; a kg:Event . OPTIONAL {{ ?node kg:status ?status }} BIND (?node AS ?s) BIND (?x AS ?o)",
        f"{here} VALUES ?r {{ {roles} }} ?x ?r ?o ; a kg:Event . OPTIONAL {{ ?x kg:status ?status }} BIND (?x AS ?node) BIND (?x AS ?s)",
        f"{here} {{ ?node org:member ?x }} UNION {{ ?node kg:post ?x }} UNION {{ ?node org:organization ?x }} "
        "?node a kg:Tenure ; org:member ?s ; kg:post ?o . OPTIONAL { ?node kg:status ?status } BIND (kg:holdsPost AS ?r)",
        f"{here} {{ ?node kg:madeBy ?x }} UNION {{ ?node kg:madeAt ?x }} ?node a kg:Statement ; kg:madeBy ?s ; kg:speechVerb ?r ; kg:text ?text . "
        "OPTIONAL { ?node kg:modality ?status } BIND (?none AS ?o)",
        f"{here} ?node kg:concerns ?x ; a kg:Statement ; kg:madeBy ?s ; kg:speechVerb ?r ; kg:text ?text . "
        "OPTIONAL { ?node kg:modality ?status } BIND (?x AS ?o)",
        f"{here} {{ ?node rdf:subject ?x }} UNION {{ ?node rdf:object ?x }} ?node a kg:Assertion ; rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o . "
        "FILTER (?r != kg:holdsPost) OPTIONAL { ?node kg:status ?status }",
        f"{here} {{ ?node <https://schema.org/observationAbout> ?x }} UNION {{ ?node kg:inArea ?x }} ?node a kg:Indicator ; kg:indicatorName ?r . "
        "OPTIONAL { ?node kg:change ?c } OPTIONAL { ?node kg:value ?v } OPTIONAL { ?node kg:unit ?u } "
        'BIND (CONCAT(IF(BOUND(?c), CONCAT(STR(?c), " "), ""), IF(BOUND(?v), STR(?v), ""), IF(BOUND(?u), STR(?u), "")) AS ?text) '
        "BIND (?x AS ?s) BIND (?none AS ?o)",
        f"{here} VALUES ?r {{ {plain_edges} }} ?x ?r ?o . BIND (?x AS ?s)",
        f"{here} VALUES ?r {{ {plain_edges} }} ?s ?r ?x . FILTER NOT EXISTS {{ ?s a kg:Indicator }} BIND (?x AS ?o)",
    )
    for way, where in enumerate(asked):
        told: dict[tuple[str, ...], _Draft] = {}
        dated = "OPTIONAL { ?node kg:evidence/kg:inArticle/schema:datePublished ?published }" if "?node" in where else ""
        for row in select(f"{_PREFIXES}SELECT ?node ?s ?r ?o ?text ?status ?published WHERE {{ {where} {dated} }}"):
            node, subject, relation, other, text, status, published = (cell or "" for cell in row)
            if is_iri(relation):
                relation = _local(relation)
            draft = told.setdefault((node, subject, relation, other), _Draft(way, node, subject, relation, other, text, status))
            draft.published = max(draft.published, published)
        yield from told.values()


def _proved(select: Select, drafts: Collection[_Draft]) -> Iterator[Told]:
    """Add names, dates and sentences to facts."""
    nodes = {draft.node for draft in drafts if draft.node}
    labels: dict[str, str] = {}
    for values in _values({iri for draft in drafts for iri in (draft.subject, draft.object) if iri}):
        for found, name in select(f"SELECT ?thing ?name WHERE {{ {values} ?thing rdfs:label ?name }}"):
            labels[found or ""] = min(name or "", labels.get(found or "", name or ""), key=lambda said: (-len(said), said))
    dates: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    moments = "kg:date kg:startDate kg:endDate schema:validFrom schema:validUntil kg:period kg:confidence"
    passages: dict[str, set[str]] = defaultdict(set)
    for values in _values(nodes, "node"):
        for found, name, date in select(f"{_PREFIXES}SELECT ?node ?p ?d WHERE {{ {values} VALUES ?p {{ {moments} }} ?node ?p ?d }}"):
            dates[found or ""][_local(name or "")].add(date or "")
        occasion = "VALUES ?p { kg:date kg:startDate kg:endDate } ?node kg:madeAt ?at . ?at ?p ?d"
        for found, name, date in select(f"{_PREFIXES}SELECT ?node ?p ?d WHERE {{ {values} {occasion} }}"):
            dates[found or ""][_local(name or "")].add(date or "")
        for found, passage in select(f"{_PREFIXES}SELECT ?node ?e WHERE {{ {values} ?node kg:evidence ?e }}"):
            passages[found or ""].add(passage or "")
    stretches = {passage: stretch for found in passages.values() for passage in found if (stretch := _stretch(passage)) is not None}
    edges = [(draft.subject, draft.relation, draft.object) for draft in drafts if not draft.node]
    saying = _saying(select, edges)
    articles = _Articles(select, {stretch[0] for stretch in stretches.values()} | {article for found in saying.values() for article in found})
    for draft in drafts:
        when = dates.get(draft.node, {})
        quotes = sorted((articles.quote(*stretches[passage]) for passage in passages.get(draft.node, ()) if passage in stretches), key=_order)
        if not draft.node:
            names = labels.get(draft.subject, ""), labels.get(draft.object, "")
            quotes = sorted((articles.naming(article, *names) for article in saying.get((draft.subject, draft.relation, draft.object), ())), key=_order)
        sure = [float(number) for number in when.get("confidence", ())]
        yield Told(
            labels.get(draft.subject, _local(draft.subject)), draft.relation, labels.get(draft.object, _local(draft.object)), draft.text, _date(when),
            draft.status, max(sure) if sure else None, draft.node, draft.subject, draft.object, tuple(quotes),
        )  # fmt: skip


def _saying(select: Select, edges: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], set[str]]:
    """Return the articles that tell plain edges."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for values in _values({subject for subject, _, _ in edges}, "s"):
        asked = f"{_PREFIXES}SELECT ?s ?r ?o ?g WHERE {{ {values} VALUES ?r {{ {' '.join(_PLAIN)} }} GRAPH ?g {{ ?s ?r ?o }} ?g a kg:Article }}"
        for s, r, o, g in select(asked):
            found[s or "", _local(r or ""), o or ""].add(g or "")
    return found


class _Articles:
    """The articles that prove some facts; each text is cut once."""

    def __init__(self, select: Select, iris: Collection[str]) -> None:
        self._said: dict[str, dict[str, str]] = defaultdict(dict)
        self._cuts: dict[str, Cut] = {}
        for values in _values(iris, "article"):
            keys = f"{_ARTICLE} schema:headline schema:datePublished"
            for iri, key, text in select(f"{_PREFIXES}SELECT ?article ?p ?o WHERE {{ {values} VALUES ?p {{ {keys} }} ?article ?p ?o }}"):
                self._said[iri or ""][_local(key or "")] = text or ""

    def _cut(self, article: str) -> Cut:
        if article not in self._cuts:
            self._cuts[article] = Cut(self._said[article].get("articleText", ""))
        return self._cuts[article]

    def quote(self, article: str, begin: int, end: int) -> Quote:
        """Return a stretch of an article with its sentence."""
        cut, said = self._cut(article), self._said[article]
        return Quote(cut.around(begin, end), cut.text[begin:end], begin, end, article, said.get("headline", ""), said.get("datePublished", ""))

    def naming(self, article: str, one: str, other: str) -> Quote:
        """Return the first sentence of an article that names two things, or the bare article."""
        begin, end, sentence = self._cut(article).naming(one, other) or (0, 0, "")
        said = self._said[article]
        return Quote(sentence, sentence, begin, end, article, said.get("headline", ""), said.get("datePublished", ""))


def _order(quote: Quote) -> tuple[bool, str, str, int]:
    return not quote.sentence, quote.published, quote.article, quote.begin


def _stretch(passage: str) -> tuple[str, int, int] | None:
    """Return the article, begin and end that the IRI of a passage tells (RFC 5147); None if it tells none."""
    article, _, place = passage.partition("#char=")
    begin, _, end = place.partition(",")
    return (article, int(begin), int(end)) if begin.isdecimal() and end.isdecimal() else None


def _date(when: dict[str, set[str]]) -> str:
    days = sorted(when.get("date", ())) or sorted(when.get("period", ()))
    for first, last in (("startDate", "endDate"), ("validFrom", "validUntil")):
        spell = "/".join((min(when.get(first, ()), default=""), max(when.get(last, ()), default="")))
        if spell != "/":
            days.append(spell)
    return " ".join(days)


def _row(told: Told) -> tuple[object, ...]:
    first = told.quotes[0] if told.quotes else None
    proof = (first.sentence, first.headline, first.published, first.article) if first else (None,) * 4
    return (told.subject, told.relation, told.object or None, told.text or None, told.date or None, told.status or None, told.confidence, *proof)
