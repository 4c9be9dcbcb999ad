"""Keep what was read: the readings of sources go in, by article, by block and by source they come out again."""

from kg.shelf.ledger import Key, Ledger
from kg.shelf.shelf import Entry, Shelf, Shelved

__all__ = ["Entry", "Key", "Ledger", "Shelf", "Shelved"]
