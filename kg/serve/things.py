"""Resolve the IRIs of things: an address below the base comes in, a page for people or RDF for programs goes out.

Source: Cool URIs for the Semantic Web (https://www.w3.org/TR/cooluris/); the same address answers in all formats, chosen by Accept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from kg.graph import ONTOLOGY, TRIPLES, Served, ontology_text, path_iri
from kg.serve.html import FEW, Fact, Sentence, Thing, thing_page
from kg.serve.negotiation import chosen, language
from kg.serve.page import CALM
from kg.serve.problems import Problem
from kg.serve.requests import in_thread, only, parameters, served, wrong_method
from kg.serve.sparql import whole

_MOST = 600
_ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\\ud800-\udfff]")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS_LABEL, _ALT = "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#altLabel"
_LEFT_OUT = ("https://schema.org/mentions", f"{_RDF}subject", f"{_RDF}predicate", f"{_RDF}object")


def paths_of(base: str) -> tuple[str, ...]:
    """Return the paths that things stand under: ``/id/``, and the path of the base if that is another.

    >>> paths_of("https://w3id.org/zhengtu/id/")
    ('/id/', '/zhengtu/id/')
    """
    path = urlsplit(base).path
    return ("/id/",) if path in ("/id/", "/", "") or base.endswith("#") or not re.fullmatch(r"[\w/~.-]+/", path) else ("/id/", path)


async def thing(request: Request) -> Response:
    """Answer the address of a thing."""
    if request.method not in ("GET", "HEAD"):
        raise wrong_method(request, "GET", "HEAD", "OPTIONS")
    graph = served(request)
    media = chosen(request.headers.get("accept"), (*TRIPLES, "text/html"))
    if media is None:
        raise Problem(406, "不能写成所要的格式。", "it cannot be written in what is asked for.")
    for iri in _named(request, graph.base):
        if await in_thread(request, _is_known, graph, iri):
            break
    else:
        raise Problem(404, "图谱里没有这个 IRI。", "there is no such IRI in the graph.", {"Vary": "Accept"})
    headers = {"Vary": "Accept"}
    if media != "text/html":
        reply = await in_thread(request, graph.ask, _described(iri), None, media)
        return whole(reply, headers)
    spoken = language(request.headers.get("accept-language"), only(parameters(request), "lang"))
    found = await in_thread(request, read, graph, iri)
    content = thing_page(found, graph.base, spoken, request.scope.get("root_path", ""))
    return Response(content, headers={"Vary": "Accept, Accept-Language", "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CALM})


async def vocabulary(request: Request) -> Response:
    """Answer the address of the ontology."""
    if request.method not in ("GET", "HEAD"):
        raise wrong_method(request, "GET", "HEAD", "OPTIONS")
    return Response(ontology_text(), headers={"Content-Type": "text/turtle; charset=utf-8"})


def _named(request: Request, base: str) -> Iterable[str]:
    """Yield the IRIs that an address may stand for: as it is written, and as our own IRIs are written."""
    raw = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0].removeprefix(request.scope.get("root_path", ""))
    rest = next((raw[len(path) :] for path in paths_of(base) if raw.startswith(path)), "")
    try:
        words = _ESCAPED.sub(lambda found: unquote_to_bytes(found.group()).decode("utf-8"), rest)
    except UnicodeDecodeError:
        return
    for iri in dict.fromkeys((base + words, path_iri(base, words))):
        if words and _NO_IRI.search(iri) is None:
            yield iri


def _is_known(graph: Served, iri: str) -> bool:
    return graph.truth(f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }}")


def _described(iri: str) -> str:
    """Return the query for all that is said of a thing, with the sentences it was read from."""
    return f"""CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> . ?passage ?r ?w }} WHERE {{
        {{ <{iri}> ?p ?o }} UNION {{ SELECT ?s ?q WHERE {{ ?s ?q <{iri}> }} LIMIT {_MOST} }} UNION {{ <{iri}> kg:evidence ?passage . ?passage ?r ?w }} }}"""


# ---------------------------------------------------------------- what a page tells


_OUT = """SELECT ?p ?o ?label WHERE {{ <{iri}> ?p ?o OPTIONAL {{ ?o rdfs:label ?label }} }} LIMIT {most}"""
_IN = """SELECT ?p ?s ?label WHERE {{ ?s ?p <{iri}> FILTER(?p NOT IN ({left_out})) OPTIONAL {{ ?s rdfs:label ?label }} }} LIMIT {most}"""
# The sentences for a fact: its assertion's; for a role in an event or a statement, that one's; for what somebody stressed, the statement's.
_SENTENCES = """SELECT DISTINCT ?p ?other ?quote ?passage ?article ?headline ?date WHERE {{
  {{ SELECT DISTINCT ?p ?other ?passage WHERE {{
    {{ ?a rdf:subject <{iri}> ; rdf:predicate ?p ; rdf:object ?other ; kg:evidence ?passage }}
    UNION {{ ?a rdf:object <{iri}> ; rdf:predicate ?p ; rdf:subject ?other ; kg:evidence ?passage }}
    UNION {{ ?other ?p <{iri}> ; kg:evidence ?passage FILTER(!STRSTARTS(STR(?p), STR(rdf:))) }}
    UNION {{ <{iri}> ?p ?other . ?other kg:evidence ?passage }}
    UNION {{ ?said kg:madeBy <{iri}> ; kg:concerns ?other ; kg:evidence ?passage }}
    UNION {{ ?said kg:concerns <{iri}> ; kg:madeBy ?other ; kg:evidence ?passage }}
    UNION {{ ?event kg:agent <{iri}> ; kg:target ?other ; kg:evidence ?passage }}
    UNION {{ ?event kg:target <{iri}> ; kg:agent ?other ; kg:evidence ?passage }}
    UNION {{ <{iri}> kg:evidence ?passage }}
    UNION {{ BIND(<{iri}> AS ?passage) <{iri}> kg:quote ?words }}
  }} LIMIT {most} }}
  ?passage kg:quote ?quote ; kg:inArticle ?article .
  OPTIONAL {{ ?article schema:headline ?headline }} OPTIONAL {{ ?article schema:datePublished ?date }} }}"""


@dataclass(slots=True)
class _Heard:
    """The sentences about a thing, by what else they are about; ``name`` is what the thing is called."""

    name: str = ""
    own: list[Sentence] = field(default_factory=list)
    of: dict[tuple[str, str], list[Sentence]] = field(default_factory=dict)
    near: dict[str, list[Sentence]] = field(default_factory=dict)

    def about(self, relation: str, other: str) -> tuple[Sentence, ...]:
        """Return the sentences for a fact: of those that name the thing first, then by day."""
        known = dict.fromkeys([*self.of.get((relation, other), ()), *self.near.get(other, ())])
        return tuple(sorted(known, key=lambda sentence: (self.name not in sentence.quote, sentence.date, sentence.passage)))[:FEW]


def read(graph: Served, iri: str) -> Thing:
    """Read what a page tells of a thing."""
    left_out = ", ".join(f"<{name}>" for name in _LEFT_OUT)
    out = graph.found(_OUT.format(iri=iri, most=_MOST))
    label = next((row["o"] for row in out if row["p"] == _RDFS_LABEL), next((row["o"] for row in out if row["p"].endswith("/headline")), ""))
    heard = _Heard(label)
    for row in graph.found(_SENTENCES.format(iri=iri, most=2 * _MOST)):
        sentence = Sentence(row["quote"], row["passage"], row["article"], row.get("headline", ""), row.get("date", ""))
        other = row.get("other")
        if other is None:
            heard.own.append(sentence)
        elif "p" in row:
            heard.of.setdefault((row["p"], other), []).append(sentence)
        else:
            heard.near.setdefault(other, []).append(sentence)
    inward = graph.found(_IN.format(iri=iri, most=_MOST, left_out=left_out))
    known = (f"{_RDF}type", _RDFS_LABEL, _ALT, f"{ONTOLOGY}articleText", *_LEFT_OUT)
    return Thing(
        iri,
        label,
        others=tuple(sorted({row["o"] for row in out if row["p"] == _ALT})),
        classes=tuple(sorted({row["o"] for row in out if row["p"] == f"{_RDF}type"})),
        text=next((row["o"] for row in out if row["p"] == f"{ONTOLOGY}articleText"), ""),
        sentences=tuple(sorted(set(heard.own), key=lambda sentence: (sentence.date, sentence.passage))),
        facts=_facts(((row["p"], row["o"], row.get("label", "")) for row in out if row["p"] not in known), heard),
        inward=_facts(((row["p"], row["s"], row.get("label", "")) for row in inward), heard),
        is_cut=len(out) >= _MOST or len(inward) >= _MOST,
    )


def _facts(found: Iterable[tuple[str, str, str]], heard: _Heard) -> tuple[Fact, ...]:
    facts = {(relation, other): Fact(relation, other, label, heard.about(relation, other)) for relation, other, label in sorted(found)}
    return tuple(facts.values())
