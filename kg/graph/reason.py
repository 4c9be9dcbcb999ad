"""Write down what follows by the ontology: the default graph comes in, a graph of its own holds what it does not say itself.

The rules are those of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules), applied by owlrl.
A whole graph would take it 7 minutes for 500,000 triples (the package ``reasonable``: 5 s, but 3 GB for two million). Yet each rule that
our ontology sets off needs a single fact, save that a property is transitive. So the reasoner is asked once what follows from one
fact of each property and one thing of each class, and the store applies the answer to all facts alike, in memory that does not grow.

Domains and ranges are left out: whoever writes our graph tells the class of everything, so they add nothing to a graph that is right, and
make a meeting of a place where it is wrong; ``kg check`` reports that instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, groupby
from tempfile import TemporaryFile
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.inferred import graph_of, inferred_by, is_wanted, note, outdate, unwant
from kg.graph.runs import Runs
from kg.graph.store import Store
from kg.graph.terms import KG, RDF


def _node(term: str) -> ox.NamedNode:
    return ox.NamedNode(term[1:-1])


# True of everything, or of nothing that could be there: it tells nothing.
_EMPTY = frozenset(
    {"http://www.w3.org/2002/07/owl#Thing", "http://www.w3.org/2000/01/rdf-schema#Resource", "http://www.w3.org/2002/07/owl#sameAs"}
    | {"http://www.w3.org/2002/07/owl#Nothing", "http://www.w3.org/2000/01/rdf-schema#Literal"}
)
# The words of articles, and where they stand, under three names: that would double what the disk holds.
_TEXTS = frozenset(term[1:-1] for term in (KG.articleText, KG.text, KG.quote, KG.begin, KG.end))
_TYPE = _node(RDF.type)
_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """What follows from one fact, in SPARQL: from ``premise`` (a pattern of ?s and ?o) follows ``conclusion`` (a triple of them)."""

    premise: str
    conclusion: str

    def found(self, store: ox.Store) -> ox.QueryTriples:
        """Find what follows in the default graph and is not said there."""
        _, predicate, thing = self.conclusion.split()
        where = (None, _node(predicate), None if thing.startswith("?") else _node(thing), ox.DefaultGraph())
        # most standard terms are never written by us: then there is nothing to look up
        is_said = next(store.quads_for_pattern(*where), None) is not None
        unless = f"FILTER NOT EXISTS {{ {self.conclusion} }}" if is_said else ""
        return cast("ox.QueryTriples", store.query(f"CONSTRUCT {{ {self.conclusion} }} WHERE {{ {self.premise} {unless} }}"))


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """A thing of two classes that nothing can belong to at once; all three are IRIs."""

    thing: str
    one: str
    other: str


def reason(store: Store) -> int:
    """Let the graph ``<base>inferred`` hold what follows from the default graph by the ontology, and return how many triples that is.

    It repeats nothing that the default graph says, so both together hold every fact once. What follows no longer is taken
    away; once the store is written to, it is no longer offered until this is called again. Raises StoreError if the store cannot be written.
    """
    graph = graph_of(store.base())
    with store.writing() as oxigraph, TemporaryFile(dir=store.folder) as found, closing(Runs(store.folder)) as lines:
        outdate(oxigraph)
        file = cast("IO[bytes]", found)
        for rule in rules():
            rule.found(oxigraph).serialize(file, ox.RdfFormat.N_TRIPLES)
        _sort_in(lines, file, _NEW)
        if any(True for _ in oxigraph.quads_for_pattern(None, None, None, graph)):
            file.seek(0)
            file.truncate()
            oxigraph.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=graph)
            _sort_in(lines, file, _OLD)
        number = _mend(oxigraph, graph, lines)
        note(oxigraph, graph, _version())
        return number


def is_reasoned(store: Store) -> bool:
    """Tell whether the store holds what follows from it as it is now, by the ontology as it is now."""
    return inferred_by(store.oxigraph, graph_of(store.base())) == _version()


def wants_reasoning(store: Store) -> bool:
    """Tell whether what follows has been asked for once, but does not stand there for the store as it is now."""
    return is_wanted(store.oxigraph, graph_of(store.base())) and not is_reasoned(store)


def forget_reasoning(store: Store) -> None:
    """Remove what was inferred; nothing is inferred again until ``reason`` is called. Raises StoreError if the store cannot be written."""
    with store.writing() as oxigraph:
        unwant(oxigraph)


def inferred_graph(store: Store) -> ox.NamedNode:
    """Return the graph of what follows; StoreError if it was never inferred, or does not hold any more."""
    if not is_reasoned(store):
        raise StoreError(
            f"{store.folder}：图谱里没有推理结果，或者已经过时。请先运行 kg build --reason。",
            f"{store.folder}: what follows from the graph is not there, or out of date. Run kg build --reason first.",
        )
    return graph_of(store.base())


def contradictions(store: Store) -> tuple[Contradiction, ...]:
    """Return what is two things at once that the ontology keeps apart, sorted; what is inferred counts too, if it is there."""
    classes: dict[ox.NamedNode, list[ox.NamedNode]] = {}  # what each thing is, of the classes that are kept apart
    graph = graph_of(store.base())
    for each in sorted({one for pair in _apart() for one in pair}, key=str):
        for where in (ox.DefaultGraph(), graph):
            for quad in store.oxigraph.quads_for_pattern(None, _TYPE, each, where):
                if isinstance(quad.subject, ox.NamedNode):
                    classes.setdefault(quad.subject, []).append(each)
    return tuple(
        sorted(
            Contradiction(thing.value, one.value, other.value)
            for thing, several in classes.items()
            if len(several) > 1
            for one, other in combinations(several, 2)
            if (one, other) in _apart()
        )
    )


# ---------------------------------------------------------------- from what was inferred to what is now

_NEW, _OLD = b"+", b"-"


def _sort_in(lines: Runs, file: IO[bytes], mark: bytes) -> None:
    file.seek(0)
    for line in file:
        lines.add((0, line, mark))


def _mend(store: ox.Store, graph: ox.NamedNode, lines: Runs) -> int:
    """Add the new lines that are not among the old ones, delete the old that are not among the new; return the number of new ones."""
    number = 0
    added: list[bytes] = []
    gone: list[bytes] = []
    for line, marked in groupby(lines, key=lambda record: record[1]):
        marks = {mark for _, _, mark in marked}  # rules may agree, so a new line may come twice
        number += _NEW in marks
        if _OLD not in marks:
            added.append(line)
        elif _NEW not in marks:
            gone.append(line)
        if len(added) + len(gone) >= _AT_ONCE:
            _change(store, graph, added, gone)
    _change(store, graph, added, gone)
    return number


def _change(store: ox.Store, graph: ox.NamedNode, added: list[bytes], gone: list[bytes]) -> None:
    if gone:
        store.update(f"DELETE DATA {{ GRAPH {graph} {{ {b''.join(gone).decode()} }} }}")
    if added:
        store.bulk_load(b"".join(added), ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)
    added.clear()
    gone.clear()


# ---------------------------------------------------------------- what the ontology says

_DISJOINT = """
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?one ?other WHERE {
  { ?all a owl:AllDisjointClasses ; owl:members ?list . ?list rdf:rest*/rdf:first ?one , ?other } UNION { ?one owl:disjointWith ?other }
  FILTER(STR(?one) < STR(?other))
}"""
_SAMPLE = "urn:zhengtu:sample:"


@cache
def _ontology() -> bytes:
    return (files("kg.ontology") / "zhengtu.ttl").read_bytes()


@cache
def _version() -> str:
    """Return what changes when other things follow."""
    return hashlib.sha256(_ontology() + files("kg.graph").joinpath("reason.py").read_bytes()).hexdigest()


@cache
def _apart() -> frozenset[tuple[ox.NamedNode, ox.NamedNode]]:
    """Return the pairs of classes that the ontology keeps apart, each by IRI."""
    ontology = ox.Store()
    ontology.load(_ontology(), ox.RdfFormat.TURTLE)
    return frozenset((row[0], row[1]) for row in cast("Iterable[tuple[ox.NamedNode, ox.NamedNode]]", ontology.query(_DISJOINT)))


@cache
def rules() -> tuple[Rule, ...]:
    """Return what owlrl infers from the ontology and one invented fact of each property, one invented thing of each class.

    Each invented fact has things of its own, so nothing follows from two of them, and what follows from one follows from
    every fact of its property. Whether a property is transitive is seen by a chain of two facts.
    """
    import owlrl
    from rdflib import OWL, Graph, Literal, URIRef
    from rdflib import RDF as RDFLIB_RDF

    graph = Graph().parse(data=_ontology().decode(), format="turtle")
    premises: dict[str, str] = {}
    chains: dict[str, str] = {}
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for number, term in enumerate(sorted(node for node in graph.subjects(RDFLIB_RDF.type, kind) if isinstance(node, URIRef))):
            one, chain = f"{_SAMPLE}{kind.fragment}{number}", f"{_SAMPLE}chain{number}"
            if kind == OWL.Class:
                premises[one] = f"?s a <{term}>"
                graph.add((URIRef(f"{one}/s"), RDFLIB_RDF.type, term))
                continue
            premises[one] = f"?s <{term}> ?o"
            graph.add((URIRef(f"{one}/s"), term, URIRef(f"{one}/o") if kind == OWL.ObjectProperty else Literal(one)))
            if kind == OWL.ObjectProperty:
                chains[chain] = one
                graph.add((URIRef(f"{chain}/s"), term, URIRef(f"{chain}/m")))
                graph.add((URIRef(f"{chain}/m"), term, URIRef(f"{chain}/o")))
    given = set(graph)
    # its improved datatypes would stay with rdflib for good, and they know no --05-11
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    for chain, one in chains.items():
        chained = URIRef(premises[one].split()[1][1:-1])
        if (URIRef(f"{chain}/s"), chained, URIRef(f"{chain}/o")) in graph:
            given.discard((URIRef(f"{one}/s"), chained, URIRef(f"{one}/o")))
            premises[one] = f"?s <{chained}>+ ?o"
    found = set()
    for triple in graph:
        one = str(triple[0]).rpartition("/")[0]
        if one in premises and triple not in given:
            names = {f"{one}/s": "?s", f"{one}/o": "?o", one: "?o"}
            subject, predicate, thing = (names.get(str(node), f"<{node}>" if isinstance(node, URIRef) else "") for node in triple)
            repeats = thing == "?o" and any(f"<{text}>" in premises[one] for text in _TEXTS)
            is_domain = triple[1] == RDFLIB_RDF.type and not one.startswith(f"{_SAMPLE}Class")
            if thing and not repeats and not is_domain and not {str(node) for node in triple} & _EMPTY:
                only_things = " FILTER(isIRI(?o))" if subject == "?o" else ""
                found.add(Rule(premises[one] + only_things, f"{subject} {predicate} {thing}"))
    return tuple(sorted(found))
