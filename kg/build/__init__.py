"""The whole house in one sentence: files are read, cut into articles, read for facts, linked, shelved, told, and drawn."""

from kg.build.building import FILES, TAGGER, Report, Summary, build, draw, extent, remove, write_file

__all__ = ["FILES", "TAGGER", "Report", "Summary", "build", "draw", "extent", "remove", "write_file"]
