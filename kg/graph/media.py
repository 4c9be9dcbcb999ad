"""The formats of answers and graphs by media type: what the SPARQL protocols may send and take."""

from __future__ import annotations

import pyoxigraph as ox

ROWS: dict[str, str] = {
    "application/sparql-results+json": "json", "application/sparql-results+xml": "xml", "text/csv": "csv", "text/tab-separated-values": "tsv",
    "application/json": "json", "application/xml": "xml", "text/xml": "xml",
}  # fmt: skip
"""What SELECT and ASK can be answered in, the most wanted first (https://www.w3.org/TR/sparql11-results-json/ and its sisters), each with its short name."""

TRIPLES: dict[str, str] = {
    "text/turtle": "ttl", "application/n-triples": "nt", "application/rdf+xml": "rdf", "application/ld+json": "jsonld", "application/trig": "trig",
    "application/n-quads": "nq", "text/n3": "n3", "application/x-turtle": "ttl", "text/plain": "nt", "application/json": "jsonld", "application/xml": "rdf",
    "text/xml": "rdf",
}  # fmt: skip
"""What CONSTRUCT, DESCRIBE and graphs can be written in, the most wanted first, each with its short name."""

READABLE: tuple[str, ...] = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "text/n3", "application/x-turtle")
"""What a graph can be sent to us in."""


def graph_format(media: str) -> ox.RdfFormat:
    """Return Oxigraph's name of a format of ``TRIPLES``; ValueError for any other."""
    form = ox.RdfFormat.from_extension(TRIPLES.get(media, ""))
    if form is None:
        raise ValueError(media)
    return form
