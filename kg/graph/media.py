"""The formats of answers and graphs by media type: what the SPARQL protocols may send and take."""

from __future__ import annotations

import pyoxigraph as ox

_ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "text/n3": ox.RdfFormat.N3,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
}

ROWS: tuple[str, ...] = tuple(_ROWS)
"""What SELECT and ASK can be answered in, the most wanted first (https://www.w3.org/TR/sparql11-results-json/ and its sisters)."""

TRIPLES: tuple[str, ...] = tuple(_GRAPHS)
"""What CONSTRUCT, DESCRIBE and graphs can be written in, the most wanted first."""

READABLE: tuple[str, ...] = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "text/n3", "application/x-turtle")
"""What a graph can be sent to us in."""


def rows_format(media: str) -> ox.QueryResultsFormat:
    """Return Oxigraph's name of a format of ``ROWS``."""
    return _ROWS[media]


def graph_format(media: str) -> ox.RdfFormat:
    """Return Oxigraph's name of a format of ``TRIPLES`` or ``READABLE``."""
    return _GRAPHS[media]
