"""Read files, folders and standard input into documents; what cannot be read is told, and the rest goes on."""

from kg.read.header import day, document
from kg.read.sources import Refused, documents

__all__ = ["Refused", "day", "document", "documents"]
