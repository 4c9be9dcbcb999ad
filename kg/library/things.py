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
from kg.edges import stretch
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
_QUOTES = 10  # sentences of one fact
_PREFIXES = "PREFIX kg: <https://w3id.org/zhengtu/ontology#>\n"


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of the graph with what proves it, the place that comes first in front.

    ``relation`` is a term of the ontology, the verb of a statement, or the name of a figure; ``text`` the words of a statement or
    the figure. ``date`` is an ISO date as exact as the text, or a span with a slash. ``status`` tells what is no plain fact
    (planned, cancelled, former, proposed, removed); what somebody said is only said. ``confidence`` is from 0 to 1.
    ``iri`` names the node of the graph, if it has one. ``quotes`` are at most ten. What is not known is empty.
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
    held = " && ".join(f"CONTAINS({'LCASE(STR(?name))' if word.upper() != word.lower() else 'STR(?name)'}, {plain(word.lower())})" for word in wanted)
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
            found.sort(key=lambda thing: (-looks[thing].articles, thing))
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
    """Return a thing with some of its facts: at most ``limit`` from ``offset`` on, of one relation if named.

    They stand by the day of the article that told them first, the newest first.
    """
    look = _looks(select, [iri], every=True)[iri]
    drafts = list({(draft.node, draft.relation, draft.subject, draft.object): draft for draft in _drafts(select, iri)}.values())
    if relation is not None:
        nodes = _nodes(select, {draft.node for draft in drafts})
        drafts = [draft for draft in drafts if _whole(draft, nodes[draft.node], iri).relation == relation]
    days = _days(select, drafts)
    drafts.sort(key=lambda draft: (draft.node, draft.relation, draft.subject, draft.object))
    drafts.sort(key=lambda draft: days[draft.node], reverse=True)
    asked = drafts[offset : None if limit is None else offset + limit]
    nodes = _nodes(select, {draft.node for draft in asked})
    facts = _proved(select, [_whole(draft, nodes[draft.node], iri) for draft in asked], nodes)
    return Thing(iri, look.label, look.kind, look.classes, look.others, look.articles, len(drafts), tuple(facts))


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


def articles(select: Select, words: str = "", since: str = "", until: str = "") -> Table:
    """Return the articles whose text holds every one of the words, of the days from ``since`` to ``until``, the newest first."""
    held = " && ".join(f"CONTAINS(STR(?text), {plain(word)})" for word in words.split())
    keys = ("schema:datePublished", "schema:headline", "schema:publisher", "dcterms:source")
    found = {article for (article,) in _pairs(select, f"SELECT ?a WHERE {{ ?a {_ARTICLE} ?text FILTER ({held or 'true'}) }}")}
    told: dict[str, _Node] = defaultdict(lambda: defaultdict(set))
    for key in keys:  # of all articles: to look up thousands one by one takes longer
        for article, value in _pairs(select, f"SELECT ?a ?v WHERE {{ ?a {key} ?v }}"):
            if article in found:
                told[article][key].add(value)
    rows = []
    for article in found:
        day, headline, publisher, source = (min(told[article][key], default="") for key in keys)
        if (not since or day >= since) and (not until or (day and day[: len(until)] <= until)):
            rows.append((day, headline, publisher, source, article))
    rows.sort(key=lambda row: (row[1], row[4]))
    rows.sort(key=lambda row: row[0], reverse=True)
    return Table(("published", "headline", "publisher", "source", "article"), rows)


def evidence(select: Select, iris: Collection[str]) -> Table:
    """Return the sentences behind events, statements, tenures, assertions, figures and passages, by IRI; what has none is left out."""
    told = _nodes(select, iris, ("kg:evidence",))
    stretches = [(iri, place) for iri in iris for passage in sorted(told[iri].get("evidence", {iri})) if (place := stretch(passage)) is not None]
    found = _Articles(select, {place[0] for _, place in stretches})
    quotes = [(iri, found.quote(*place)) for iri, place in stretches]
    rows = ((iri, quote.sentence, quote.words, quote.headline, quote.published, quote.article) for iri, quote in quotes if quote.sentence)
    return Table(("iri", "sentence", "words", "headline", "published", "article"), rows)


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
        for found, name, text in _pairs(select, f"SELECT ?thing ?p ?o WHERE {{ {values} ?thing ?p ?o FILTER (?p IN (rdf:type, rdfs:label, skos:altLabel)) }}"):
            match _local(name):
                case "type":
                    classes[found].add(_local(text))
                case "label":
                    labels[found].add(text)
                case _:
                    others[found].add(text)
        for found, number in _pairs(select, f"SELECT ?thing (COUNT(?a) AS ?n) WHERE {{ {values} ?a kg:mentions ?thing }} GROUP BY ?thing"):
            articles[found] = int(number)
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
    """A fact before its node is looked at: what it joins, by IRI, as far as that is known."""

    node: str
    relation: str = ""
    subject: str = ""
    object: str = ""


_Node = dict[str, set[str]]
"""What is told of a node, by the local name of the property."""


def _drafts(select: Select, iri: str) -> Iterator[_Draft]:
    """Yield each fact in which a thing has a part. There are no joins: Oxigraph plans them as if every name were rare."""
    here = f"<{iri}>"
    roles = f"VALUES ?r {{ {' '.join(f'kg:{role}' for role in _ROLES)} }}"
    for node, role in _pairs(select, f"SELECT ?node ?r WHERE {{ {roles} ?node ?r {here} }}"):
        yield _Draft(node, _local(role), node, iri)
    for other, role in _pairs(select, f"SELECT ?o ?r WHERE {{ {roles} {here} ?r ?o }}"):
        yield _Draft(iri, _local(role), iri, other)
    tenures = ("org:member", "kg:post", "org:organization")
    for node in dict.fromkeys(node for way in tenures for (node,) in _pairs(select, f"SELECT ?node WHERE {{ ?node {way} {here} }}")):
        yield _Draft(node, "holdsPost")
    for node in dict.fromkeys(node for way in ("kg:madeBy", "kg:madeAt") for (node,) in _pairs(select, f"SELECT ?node WHERE {{ ?node {way} {here} }}")):
        yield _Draft(node)
    for (node,) in _pairs(select, f"SELECT ?node WHERE {{ ?node kg:concerns {here} }}"):
        yield _Draft(node, object=iri)
    for way in ("rdf:subject", "rdf:object"):
        asked = f"SELECT ?node ?r WHERE {{ ?node {way} {here} ; rdf:predicate ?r FILTER (?r != kg:holdsPost) }}"
        for node, relation in _pairs(select, asked):  # a tenure tells who holds a post, with all its sentences
            yield _Draft(node, _local(relation))
    figures = set()
    for way in ("<https://schema.org/observationAbout>", "kg:inArea"):
        for (node,) in _pairs(select, f"SELECT ?node WHERE {{ ?node {way} {here} ; kg:value ?value }}"):
            figures.add(node)
    for node in figures:
        yield _Draft(node, subject=iri)
    edges = f"VALUES ?r {{ {' '.join(_PLAIN)} }}"
    for relation, other in _pairs(select, f"SELECT ?r ?o WHERE {{ {edges} {here} ?r ?o }}"):
        yield _Draft("", _local(relation), iri, other)
    for relation, other in _pairs(select, f"SELECT ?r ?s WHERE {{ {edges} ?s ?r {here} }}"):
        if other not in figures:
            yield _Draft("", _local(relation), other, iri)


def _pairs(select: Select, sparql: str) -> Iterator[tuple[str, ...]]:
    for row in select(_PREFIXES + sparql):
        yield tuple(cell or "" for cell in row)


def _days(select: Select, drafts: Collection[_Draft]) -> dict[str, str]:
    """Return the day of the article that each node is named after."""
    asked = "SELECT ?article ?day WHERE { ?article schema:datePublished ?day }"
    articles = {article or "": day or "" for article, day in select(asked)} if drafts else {}
    return {draft.node: articles.get(_ARTICLE_OF.sub("", draft.node), "") for draft in drafts}


_ARTICLE_OF = re.compile(r"(?<=/article/)([^/#]+)[/#].*", re.DOTALL)
_TOLD = (
    "org:member", "kg:post", "kg:madeBy", "kg:madeAt", "kg:speechVerb", "kg:text", "kg:modality", "kg:status", "rdf:subject", "rdf:predicate", "rdf:object",
    "kg:indicatorName", "kg:change", "kg:value", "kg:unit", "kg:period", "kg:date", "kg:startDate", "kg:endDate", "schema:validFrom", "schema:validUntil",
    "kg:confidence", "kg:evidence",
)  # fmt: skip


def _nodes(select: Select, nodes: Collection[str], properties: Collection[str] = _TOLD) -> dict[str, _Node]:
    told: dict[str, _Node] = defaultdict(lambda: defaultdict(set))
    for values in _values(nodes, "node"):
        for node, name, value in _pairs(select, f"SELECT ?node ?p ?o WHERE {{ {values} ?node ?p ?o FILTER (?p IN ({', '.join(properties)})) }}"):
            told[node][_local(name)].add(value)
    return told


def _whole(draft: _Draft, told: _Node, iri: str) -> _Draft:
    """Return a draft with what its node tells filled in; of several speakers the thing that was asked for counts first."""

    def one(name: str) -> str:
        return iri if iri in told.get(name, ()) else min(told.get(name, ()), default="")

    if "speechVerb" in told:
        return _Draft(draft.node, one("speechVerb"), one("madeBy"), draft.object)
    if "indicatorName" in told:
        return _Draft(draft.node, one("indicatorName"), draft.subject, "")
    if "predicate" in told:
        return _Draft(draft.node, draft.relation, one("subject"), one("object"))
    if draft.relation == "holdsPost":
        return _Draft(draft.node, draft.relation, one("member"), one("post"))
    return draft


def _proved(select: Select, drafts: Collection[_Draft], nodes: dict[str, _Node]) -> Iterator[Told]:
    """Add names, dates and sentences to facts."""
    labels = _labels(select, {iri for draft in drafts for iri in (draft.subject, draft.object)})
    occasions = _nodes(select, {at for draft in drafts for at in nodes[draft.node].get("madeAt", ())}, ("kg:date", "kg:startDate", "kg:endDate"))
    passages = {
        draft.node: sorted(place for passage in nodes[draft.node].get("evidence", ()) if (place := stretch(passage)) is not None) for draft in drafts
    }
    saying = _saying(select, [(draft.subject, draft.relation, draft.object) for draft in drafts if not draft.node])
    proving = {place[0] for found in passages.values() for place in found[:_QUOTES]}
    articles = _Articles(select, proving | {article for found in saying.values() for article in found[:_QUOTES]})
    for draft in drafts:
        told, found = nodes[draft.node], passages[draft.node]
        quotes = [articles.quote(*place) for place in found[:_QUOTES]]
        if not draft.node:
            found_in = saying.get((draft.subject, draft.relation, draft.object), [])
            names = labels.get(draft.subject, ""), labels.get(draft.object, "")
            quotes = [articles.naming(article, *names) for article in found_in[:_QUOTES]]
        moments: _Node = {name: set(days) for name, days in told.items()}
        for at in told.get("madeAt", ()):
            for name, days in occasions[at].items():
                moments.setdefault(name, set()).update(days)
        figure = [min(told.get(name, ()), default="") for name in ("change", "value", "unit")]
        yield Told(
            labels.get(draft.subject, _local(draft.subject)), draft.relation, labels.get(draft.object, _local(draft.object)),
            min(told.get("text", ()), default="") or f"{figure[0]} {figure[1]}{figure[2]}".strip(), _date(moments),
            min(told.get("status", ()) or told.get("modality", ()), default=""),
            max(map(float, told.get("confidence", ())), default=None), draft.node, draft.subject, draft.object, tuple(sorted(quotes, key=_order)),
        )  # fmt: skip


def _labels(select: Select, things: Collection[str]) -> dict[str, str]:
    """Return the fullest label of each thing."""
    told = _nodes(select, things, ("rdfs:label",))
    return {thing: min(told[thing]["label"], key=lambda name: (-len(name), name)) for thing in told}


def _saying(select: Select, edges: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], list[str]]:
    """Return the articles that tell plain edges."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for values in _values({subject for subject, _, _ in edges}, "s"):
        for s, r, o, g in _pairs(select, f"SELECT ?s ?r ?o ?g WHERE {{ {values} GRAPH ?g {{ ?s ?r ?o FILTER (?r IN ({', '.join(_PLAIN)})) }} }}"):
            if _IN_ARTICLE.search(g):
                found[s, _local(r), o].add(g)
    return {edge: sorted(articles) for edge, articles in found.items()}


_IN_ARTICLE = re.compile(r"[/#]article/[^/#]+\Z")


class _Articles:
    """The articles that prove some facts; each text is cut once."""

    def __init__(self, select: Select, iris: Collection[str]) -> None:
        self._said: dict[str, dict[str, str]] = defaultdict(dict)
        self._cuts: dict[str, Cut] = {}
        for values in _values(iris, "article"):
            keys = f"{_ARTICLE}, schema:headline, schema:datePublished"
            for iri, key, text in _pairs(select, f"SELECT ?article ?p ?o WHERE {{ {values} ?article ?p ?o FILTER (?p IN ({keys})) }}"):
                self._said[iri][_local(key)] = text

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
