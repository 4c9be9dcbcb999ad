"""Serve the graph over HTTP: a folder comes in; SPARQL, graphs, pages and linked data go out until it is stopped."""

from kg.serve.application import application
from kg.serve.server import serve, token_from
from kg.serve.settings import Settings

__all__ = ["Settings", "application", "serve", "token_from"]
