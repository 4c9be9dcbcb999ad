"""Invented pages to try the program on: every person, place, firm and event in them is made up."""

from __future__ import annotations

from importlib.resources import files


def pages() -> tuple[tuple[str, str], ...]:
    """Return the name and the text of each page, in order."""
    found = [page for page in files(__name__).iterdir() if page.name.endswith(".txt")]
    return tuple((page.name, page.read_text("utf-8")) for page in sorted(found, key=lambda page: page.name))
