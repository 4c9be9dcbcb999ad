"""Use the project from Python: a folder or a text comes in, questions are answered with tables and values that need no other package."""

from kg.library.graph import Graph
from kg.library.quotes import Quote
from kg.library.stories import Stories, Story
from kg.library.table import Row, Table
from kg.library.things import Report, Thing, Told

__all__ = ["Graph", "Quote", "Report", "Row", "Stories", "Story", "Table", "Thing", "Told"]
