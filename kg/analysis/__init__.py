"""Hand a graph on to other tools, and tell what is in it: the answers to a few SELECTs go in, files and figures come out."""

from kg.analysis.export import SUFFIXES, export, export_neo4j
from kg.analysis.networks import network
from kg.analysis.questions import Select, narrowest, world
from kg.analysis.statistics import stats
from kg.analysis.summary import as_csv, as_json, heads, lines, title
from kg.analysis.values import Edge, Figure, Measure, Proof, Report, Row, Saying, Section, Thing, World

__all__ = [
    "SUFFIXES", "Edge", "Figure", "Measure", "Proof", "Report", "Row", "Saying", "Section", "Select", "Thing", "World",
    "as_csv", "as_json", "export", "export_neo4j", "heads", "lines", "narrowest", "network", "stats", "title", "world",
]  # fmt: skip
