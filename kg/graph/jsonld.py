"""Write facts as JSON-LD that a person can read: the ontology's terms are bare names, things are named relative to the base.

Facts come in subject by subject; the same facts give the same bytes. Source: https://www.w3.org/TR/json-ld11/ (the document that is
written uses what version 1.0 knows already, so that every reader takes it).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

import pyoxigraph as ox

from kg.graph.ontology import loaded
from kg.graph.terms import ONTOLOGY, VOCABULARY_PREFIXES

_Node = ox.NamedNode | ox.BlankNode
_Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_XSD = VOCABULARY_PREFIXES["xsd"]
_STRING, _INTEGER = f"{_XSD}string", f"{_XSD}integer"
_TYPE = f"{VOCABULARY_PREFIXES['rdf']}type"
_OWL = "http://www.w3.org/2002/07/owl#"
_LINK, _CHINESE = "@id", "@zh"
# Terms of other vocabularies that our graph writes, and what their values mostly are.
_BORROWED = {
    "dcterms:isReplacedBy": _LINK, "dcterms:replaces": _LINK, "dcterms:source": "", "org:member": _LINK, "org:organization": _LINK, "org:postIn": _LINK,
    "prov:wasAttributedTo": _LINK, "prov:wasGeneratedBy": _LINK, "rdf:object": _LINK, "rdf:predicate": _LINK, "rdf:subject": _LINK,
    "rdfs:label": _CHINESE, "schema:datePublished": "xsd:date", "schema:headline": _CHINESE, "schema:mentions": _LINK,
    "schema:observationAbout": _LINK, "schema:publisher": _CHINESE, "schema:url": "", "schema:validFrom": "xsd:date", "schema:validUntil": "xsd:date",
    "skos:altLabel": _CHINESE,
}  # fmt: skip
_RELATIVE = re.compile(r"[a-z]+/[^:?]+")


@cache
def _terms() -> dict[str, tuple[str, str]]:
    """Return for each property its name in the document and what its values mostly are: links, Chinese words, or a datatype."""
    found: dict[str, tuple[str, str]] = {}
    store = loaded()
    names: set[str] = set(_classes().values())
    asked = f"""SELECT ?p ?kind (MIN(STR(?r)) AS ?range) WHERE {{
                VALUES ?kind {{ <{_OWL}ObjectProperty> <{_OWL}DatatypeProperty> }} ?p a ?kind
                OPTIONAL {{ ?p <{VOCABULARY_PREFIXES["rdfs"]}range> ?r FILTER isIRI(?r) }}
                FILTER STRSTARTS(STR(?p), "{ONTOLOGY}") }} GROUP BY ?p ?kind ORDER BY ?p"""
    answers = store.query(asked)
    for row in answers if isinstance(answers, ox.QuerySolutions) else ():
        iri, kind, range_ = (term.value if isinstance(term, ox.NamedNode | ox.Literal) else "" for term in row)
        name = iri.removeprefix(ONTOLOGY)
        form = _LINK if kind.endswith("ObjectProperty") else f"xsd:{range_.removeprefix(_XSD)}" if range_.startswith(_XSD) and range_ != _STRING else ""
        found[iri] = (name, _CHINESE if range_.endswith("langString") else form)
        names.add(name)
    for short, form in _BORROWED.items():
        prefix, _, name = short.partition(":")
        found[VOCABULARY_PREFIXES[prefix] + name] = (short if name in names else name, form)
    return found


@cache
def _classes() -> dict[str, str]:
    store = loaded()
    classes = store.quads_for_pattern(None, ox.NamedNode(_TYPE), ox.NamedNode(f"{_OWL}Class"), None)
    own = sorted(quad.subject.value for quad in classes if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ONTOLOGY))
    return {iri: iri.removeprefix(ONTOLOGY) for iri in own}


def context(base: str) -> dict[str, object]:
    """Return the context: the base, the prefixes, the classes, and the properties with what their values mostly are."""
    entries: dict[str, object] = {"@base": base, "id": "@id", "type": "@type", **VOCABULARY_PREFIXES}
    entries.update({name: f"kg:{name}" for name in _classes().values()})
    for iri, (name, form) in sorted(_terms().items(), key=lambda item: item[1]):
        entry = {"@id": _short(iri)}
        if form == _CHINESE:
            entry["@language"] = "zh"
        elif form:
            entry["@type"] = form
        entries[name] = entry
    return entries


@cache
def _prefixes() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((iri, prefix) for prefix, iri in VOCABULARY_PREFIXES.items()), key=lambda one: -len(one[0])))


def _short(iri: str) -> str:
    for space, prefix in _prefixes():
        if iri.startswith(space) and len(iri) > len(space) and not iri.startswith("//", len(space)):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def _named(node: _Node, base: str) -> str:
    """Return how a thing is named: relative to the base, with a prefix, or in full."""
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    if base.endswith("/") and node.value.startswith(base):
        path = node.value[len(base) :]
        if _RELATIVE.fullmatch(path) and "//" not in path and "/." not in path:
            return path
    return _short(node.value)


def _words(term: ox.Literal) -> dict[str, object]:
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value} if term.datatype.value == _STRING else {"@value": term.value, "@type": _short(term.datatype.value)}


def _value(term: _Object, form: str, base: str) -> tuple[bool, object]:
    """Return a value, and whether it is what the values of its property mostly are."""
    if isinstance(term, ox.Triple):
        raise ValueError("JSON-LD cannot hold a triple term")
    if not isinstance(term, ox.Literal):
        return (True, _named(term, base)) if form == _LINK else (False, {"id": _named(term, base)})
    if term.language:
        return (True, term.value) if form == _CHINESE and term.language == "zh" else (False, _words(term))
    datatype = term.datatype.value
    if form.startswith("xsd:") and datatype == _XSD + form[4:]:
        is_number = datatype == _INTEGER and re.fullmatch(r"0|-?[1-9]\d{0,14}", term.value, re.ASCII)
        return True, int(term.value) if is_number else term.value
    return (True, term.value) if not form and datatype == _STRING else (False, _words(term))


def node(subject: _Node, facts: Iterable[tuple[ox.NamedNode, _Object]], base: str) -> dict[str, object]:
    """Return the object of a subject: its classes, its label, then its properties by name, each with its values in order."""
    gathered: dict[str, list[object]] = {}
    classes: list[str] = []
    for predicate, thing in facts:
        if predicate.value == _TYPE and isinstance(thing, ox.NamedNode):
            classes.append(_classes().get(thing.value) or _short(thing.value))
            continue
        name, form = _terms().get(predicate.value, (_short(predicate.value), "?"))
        fits, value = _value(thing, form, base)
        values = gathered.setdefault(name if fits else _short(predicate.value), [])
        if value not in values:
            values.append(value)
    found: dict[str, object] = {"id": _named(subject, base)}
    if classes:
        found["type"] = _alone(sorted(set(classes)))
    for name in sorted(gathered, key=lambda name: (name != "label", name)):
        found[name] = _alone(sorted(gathered[name], key=lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True)))
    return found


def _alone(values: list[object] | list[str]) -> object:
    return values[0] if len(values) == 1 else values


def document(triples: Iterable[tuple[_Node, ox.NamedNode, _Object]], base: str) -> Iterator[bytes]:
    """Yield the pieces of a document, one object a subject; the triples of a subject must come one after another."""
    head = json.dumps(context(base), ensure_ascii=False, indent=2).replace("\n", "\n  ")
    yield f'{{\n  "@context": {head},\n  "@graph": ['.encode()
    before = "\n"
    for subject, said in groupby(triples, key=lambda triple: triple[0]):
        entries = node(subject, ((predicate, thing) for _, predicate, thing in said), base)
        lines = ",\n      ".join(f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}" for name, value in entries.items())
        yield f"{before}    {{\n      {lines}\n    }}".encode()
        before = ",\n"
    yield b"\n  ]\n}\n"
