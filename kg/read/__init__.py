"""Read files, folders and standard input into documents; what cannot be read is told, and the rest goes on."""

from kg.read.decoding import decoded
from kg.read.header import day, document
from kg.read.sources import Refused, count, documents

__all__ = ["Refused", "count", "day", "decoded", "document", "documents"]
