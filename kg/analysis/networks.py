"""Write the things and edges of a graph as GraphML or GEXF, which Gephi, Cytoscape, yEd and networkx open."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.analysis.questions import days
from kg.analysis.terms import kind, relation
from kg.analysis.values import Edge, Thing, World
from kg.files import replacing

# XML 1.0 has no way to write these: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RETURN = re.compile("\r\n?")


def network(world: World) -> nx.MultiDiGraph:
    """Return things as nodes, by IRI, and edges with their best sentence, as networkx has them."""
    network = nx.MultiDiGraph()
    for thing in world.things:
        network.add_node(for_xml(thing.iri), **_told(_of_thing(thing)))
    for number, edge in enumerate(world.edges):
        network.add_edge(for_xml(edge.source), for_xml(edge.target), f"e{number}", **_told(_of_edge(edge, world)))
    return network


def write_graphml(world: World, path: Path) -> None:
    """Write GraphML. Raises OutputError if the file cannot be written."""
    with replacing(path) as file:
        # not write_graphml, which takes lxml where it is installed and then writes other bytes
        nx.write_graphml_xml(network(world), file, named_key_ids=True)


def write_gexf(world: World, path: Path) -> None:
    """Write GEXF 1.3, dynamic: what is dated begins and ends. Raises OutputError if the file cannot be written."""
    network = nx.MultiDiGraph(mode="dynamic")
    for thing in world.things:
        red, green, blue = kind(thing.kind).colour
        looks = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
        network.add_node(for_xml(thing.iri), viz=looks, **_told(_of_thing(thing)), **_spell(thing.first, thing.last))
    for number, edge in enumerate(world.edges):
        told = _told(_of_edge(edge, world)) | _spell(edge.first, edge.last)
        network.add_edge(for_xml(edge.source), for_xml(edge.target), f"e{number}", id=f"e{number}", **told)
    writer = GEXFWriter(version="1.3")
    writer.add_graph(network)
    _finish(writer.xml, _newest(world))
    with replacing(path) as file:
        writer.write(file)


def for_xml(text: str) -> str:
    """Return a text that XML 1.0 can hold: what it forbids becomes U+FFFD, a carriage return a line feed, as any reader would make of it.

    >>> for_xml("甲\\x00乙\\r\\n丙")
    '甲\ufffd乙\\n丙'
    """
    return _RETURN.sub("\n", _NOT_XML.sub("\ufffd", text))


def _of_thing(thing: Thing) -> dict[str, Any]:
    words = kind(thing.kind)
    return {
        "label": thing.label, "class": words.zh, "classId": words.name, "altLabels": " | ".join(thing.alternatives), "adcode": thing.adcode,
        "first": thing.first, "last": thing.last, "articles": thing.articles,
    }  # fmt: skip


def _of_edge(edge: Edge, world: World) -> dict[str, Any]:
    words = relation(edge.relation)
    told: dict[str, Any] = {
        # an edge of no weight is left out by Gephi: one that comes from a table of areas and from no article has 1 all the same
        "label": words.zh, "relation": words.zh, "relationId": words.name, "weight": max(1, edge.articles), "articles": edge.articles,
        "first": edge.first, "last": edge.last,
    }  # fmt: skip
    if edge.proofs:
        best = edge.proofs[0]
        told |= {"sentence": best.sentence, "article": best.article, "headline": world.reports[best.article].headline}
        if best.confidence >= 0:
            told["confidence"] = best.confidence
    return told


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is known, fit for XML."""
    return {name: for_xml(value) if isinstance(value, str) else value for name, value in values.items() if value != ""}


def _spell(first: str, last: str) -> dict[str, str]:
    return {"start": first, "end": last} if first else {}


def _newest(world: World) -> str:
    return max((report.published for report in world.reports.values() if days(report.published)), default="")


def _finish(xml: Any, day: str) -> None:
    """Set what networkx cannot: the day of the newest article instead of today's, and a kind for each edge.

    Without a kind Gephi makes one edge of all those between two things, whatever they say.
    """
    xml.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")  # networkx 3.6 leaves the www out in GEXF 1.3
    meta = xml.find("meta")
    if day:
        meta.set("lastmodifieddate", day)
    else:
        del meta.attrib["lastmodifieddate"]
    meta.find("creator").text = "Zhengtu"
    for edge in xml.iter("edge"):
        edge.set("kind", edge.get("label"))
    # networkx tells the number of each edge twice
    keys = {attribute.get("id") for attribute in xml.iter("attribute") if attribute.get("title") == "networkx_key"}
    for parent in xml.iter():
        if parent.tag in ("attributes", "attvalues"):
            for child in list(parent):
                if child.get("id") in keys or child.get("for") in keys:
                    parent.remove(child)
