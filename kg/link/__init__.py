"""Tie what a story names to things of the graph: a reading goes in, every mention comes out with its entity."""

from kg.link.entities import link
from kg.link.renamings import renamings

__all__ = ["link", "renamings"]
