"""The ontology, the shapes and a small invented graph, parsed once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph

ONTOLOGY = files("kg.ontology")


def parsed(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


@pytest.fixture(scope="session")
def ontology() -> Graph:
    return parsed((ONTOLOGY / "zhengtu.ttl").read_text("utf-8"))


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return parsed((ONTOLOGY / "shapes.ttl").read_text("utf-8"))


@pytest.fixture(scope="session")
def small() -> Graph:
    """What the default graph holds after two articles; not to be changed: take a copy."""
    return parsed((Path(__file__).parent / "small.ttl").read_text("utf-8"))


@pytest.fixture(scope="session")
def questions() -> dict[str, str]:
    """The saved questions by file name."""
    folder = ONTOLOGY / "queries"
    return {entry.name.removesuffix(".rq"): entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".rq")}
