"""Tell what the ontology says of its terms: nothing comes in, labels and kinds go out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True, slots=True)
class Described:
    """A term of the ontology: what it is (class or property), and its name and meaning in Chinese and English."""

    iri: str
    kind: str
    label: str
    english: str
    meaning: str = ""


@cache
def loaded() -> ox.Store:
    """Return the ontology in memory; nobody writes to it."""
    store = ox.Store()
    store.load(text().encode(), ox.RdfFormat.TURTLE)
    return store


def text() -> str:
    """Return the ontology as it is written."""
    return (files("kg.ontology") / "zhengtu.ttl").read_text("utf-8")


@cache
def described() -> dict[str, Described]:
    """Return the terms that have a label, by IRI."""
    found: dict[str, Described] = {}
    answers = loaded().query(
        f"""PREFIX owl: <{_OWL}> PREFIX rdfs: <{_RDFS}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?term (MIN(?k) AS ?kind) (MIN(?z) AS ?zh) (MIN(?e) AS ?en) (MIN(?c) AS ?meaning) WHERE {{
          VALUES (?type ?k) {{ (owl:Class "class") (owl:ObjectProperty "property") (owl:DatatypeProperty "property") (owl:AnnotationProperty "property") }}
          ?term a ?type FILTER isIRI(?term)
          OPTIONAL {{ ?term rdfs:label ?z FILTER (LANG(?z) = "zh") }} OPTIONAL {{ ?term rdfs:label ?e FILTER (LANG(?e) = "en") }}
          OPTIONAL {{ ?term skos:definition ?c FILTER (LANG(?c) = "zh") }} }} GROUP BY ?term ORDER BY ?term"""
    )
    for row in answers if isinstance(answers, ox.QuerySolutions) else ():
        iri, kind, label, english, meaning = (term.value if isinstance(term, ox.NamedNode | ox.Literal) else "" for term in row)
        if label or english:
            found[iri] = Described(iri, kind, label or english, english or label, meaning)
    return found
