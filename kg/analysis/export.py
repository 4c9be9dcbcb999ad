"""Choose the format of an export by its suffix."""

from __future__ import annotations

from pathlib import Path

from kg.analysis.questions import Select, world
from kg.analysis.tables import write_facts, write_neo4j
from kg.errors import KgError

SUFFIXES: tuple[str, ...] = (".graphml", ".gexf", ".csv")


def export(select: Select, path: Path | str) -> None:
    """Write the graph in the format that the suffix of ``path`` names; a file of that name is replaced when all is written.

    ``.graphml`` and ``.gexf`` hold things and events as nodes and the edges between them, each once with its best evidence;
    ``.csv`` every fact with all its evidence, statements and indicators too.
    Raises KgError for another suffix, OutputError if the file cannot be written; errors of ``select`` pass through.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise KgError(f"{path.name}：不认识这个后缀。可以用 {known}", f"{path.name}: no format goes with this suffix. Known are {known}")
    if suffix == ".csv":
        write_facts(world(select), path)
        return
    # networkx takes a while to load
    from kg.analysis.networks import write_gexf, write_graphml

    (write_gexf if suffix == ".gexf" else write_graphml)(world(select), path)


def export_neo4j(select: Select, folder: Path | str) -> None:
    """Write ``nodes.csv`` and ``relationships.csv`` for ``neo4j-admin database import full`` into a folder.

    Raises OutputError if that is impossible; errors of ``select`` pass through.
    """
    write_neo4j(world(select), Path(folder))
