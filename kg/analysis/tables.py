"""Write a graph as tables: one of all facts with their evidence for a spreadsheet, or two for the import of Neo4j."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.analysis.questions import local
from kg.analysis.terms import EVENTS, kind, relation
from kg.analysis.values import Edge, Proof, Report, Thing, World
from kg.errors import OutputError
from kg.files import replacing

FACTS: tuple[str, ...] = (
    "subject", "subject_class", "relation", "object", "object_class", "date", "verb", "text", "occasion",
    "sentence", "headline", "published", "publisher", "source", "begin", "end", "confidence", "rule",
    "subject_iri", "relation_id", "object_iri", "occasion_iri", "article_iri", "fact_iri",
)  # fmt: skip
"""The columns of the flat table; ``verb``, ``text`` and ``occasion`` are for what somebody said."""

NODES: tuple[str, ...] = (
    "iri:ID", "label", "altLabels:string[]", "class", "adcode", "first", "last", "articles:int", "published", "publisher", "source", ":LABEL",
)  # fmt: skip
RELATIONSHIPS: tuple[str, ...] = (
    ":START_ID", "label", "weight:int", "first", "last", "sentence", "article", "headline", "begin:int", "end:int", "confidence:float", "rule",
    ":END_ID", ":TYPE",
)  # fmt: skip

CELL = 32_767
"""The most characters that Excel keeps in a cell; it breaks what is longer over several rows."""

_SURROGATE = re.compile("[\ud800-\udfff\x00]")
_LINE_ENDS = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def cell(value: str) -> str:
    """Return a text as a cell that a spreadsheet shows and never runs: https://owasp.org/www-community/attacks/CSV_Injection.

    >>> cell("=1+1"), cell("-5"), cell("5-5")
    ("'=1+1", "'-5", '5-5')
    """
    whole = _SURROGATE.sub("\ufffd", value)
    return (f"'{whole}" if whole[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else whole)[:CELL]


def write_facts(world: World, path: Path) -> None:
    """Write every fact with each sentence that says so, as CSV that Excel opens: UTF-8 with BOM, CRLF.

    Raises OutputError if the file cannot be written.
    """
    rows = sorted(_facts(world), key=_reading_order)
    with replacing(path) as file:
        file.write(b"\xef\xbb\xbf")
        for lines in _lines((FACTS, *(tuple(map(cell, row)) for row in rows)), "\r\n"):
            file.write(lines)


def write_neo4j(world: World, folder: Path) -> None:
    """Write ``nodes.csv`` and ``relationships.csv`` into a folder, as ``neo4j-admin database import`` takes them.

    Things, events and articles are nodes, labelled with their classes; the relationships have the names of the ontology.
    Line ends become spaces, since the import reads one row a line, and ``;`` in an other name becomes ``；``, since it parts names.
    Raises OutputError if the folder or a file cannot be written.
    """
    with _folder(folder), replacing(folder / "nodes.csv") as nodes, replacing(folder / "relationships.csv") as relationships:
        nodes.writelines(_lines((NODES, *(tuple(map(_line, row)) for row in _nodes(world))), "\n"))
        relationships.writelines(_lines((RELATIONSHIPS, *(tuple(map(_line, row)) for row in _relationships(world))), "\n"))


# ---------------------------------------------------------------- facts


def _reading_order(row: tuple[str, ...]) -> tuple[object, ...]:
    """Sort rows as one reads: by the day of the article, the article, and where the sentence stands in it."""
    told = dict(zip(FACTS, row, strict=True))
    return told["published"], told["article_iri"], int(told["begin"] or 0), row


def _facts(world: World) -> Iterator[tuple[str, ...]]:
    kinds = {thing.iri: thing.kind for thing in world.things}
    statements = {saying.proof.fact for saying in world.sayings}

    def row(subject: str, name: str, thing: str, proof: Proof, said: Sequence[str] = ("", "", ""), other: str = "") -> tuple[str, ...]:
        """Return a row; ``said`` are the verb, text and occasion of a statement, ``other`` stands for a thing that is no node."""
        report = world.reports.get(proof.article, Report(proof.article))
        verb, text, occasion = said
        return (
            world.labels.get(subject, ""), kind(kinds[subject]).zh if subject in kinds else "", relation(name).zh,
            other or world.labels.get(thing, ""), kind(kinds[thing]).zh if thing in kinds else "",
            proof.date, verb, text, world.labels.get(occasion, ""),
            proof.sentence, report.headline, report.published, report.publisher, report.source,
            *((str(proof.begin), str(proof.end)) if proof.end else ("", "")), f"{proof.confidence:g}" if proof.confidence >= 0 else "", proof.rule,
            subject, name, thing, occasion, proof.article, proof.fact,
        )  # fmt: skip

    for edge in world.edges:
        for proof in edge.proofs or (Proof(""),):
            # what was said has rows of its own, with its words
            if proof.fact not in statements:
                yield row(edge.source, edge.relation, edge.target, proof)
    for saying in world.sayings:
        yield row(saying.speaker, saying.relation, saying.thing, saying.proof, (saying.verb, saying.text, saying.occasion))
    for figure in world.figures:
        yield row(figure.about, "indicator", "", figure.proof, other=f"{figure.name} {figure.value}")


# ---------------------------------------------------------------- Neo4j


def _nodes(world: World) -> Iterator[tuple[str, ...]]:
    for thing in world.things:
        others = ";".join(name.replace(";", "；") for name in thing.alternatives)
        yield (
            thing.iri, thing.label, others, kind(thing.kind).zh, thing.adcode, thing.first, thing.last, str(thing.articles), "", "", "", _labels(thing),
        )  # fmt: skip
    for report in world.reports.values():
        yield (report.iri, report.headline, "", kind("Article").zh, "", "", "", "", report.published, report.publisher, report.source, "Article")


def _labels(thing: Thing) -> str:
    """Return all classes of a thing, the narrowest first."""
    above = {"Event"} if thing.kind in EVENTS else set()
    return ";".join([thing.kind, *sorted({*thing.classes, *above} - {thing.kind})])


def _relationships(world: World) -> Iterator[tuple[str, ...]]:
    for edge in world.edges:
        yield _relationship(edge, world)
    for article, thing in world.mentions:
        yield (article, relation("mentions").zh, "1", *[""] * 9, thing, "mentions")


def _relationship(edge: Edge, world: World) -> tuple[str, ...]:
    best = edge.proofs[0] if edge.proofs else Proof("")
    headline = world.reports[best.article].headline if best.article in world.reports else ""
    place = (str(best.begin), str(best.end)) if best.end else ("", "")
    sure = f"{best.confidence:g}" if best.confidence >= 0 else ""
    return (
        edge.source, relation(edge.relation).zh, str(edge.articles), edge.first, edge.last, best.sentence, best.article, headline, *place, sure, best.rule,
        edge.target, local(edge.relation),
    )  # fmt: skip


def _line(value: str) -> str:
    return _LINE_ENDS.sub(" ", _SURROGATE.sub("\ufffd", value))


# ---------------------------------------------------------------- writing


def _lines(rows: Iterable[Sequence[Any]], end: str) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    for row in rows:
        writer.writerow(row)
        yield text.getvalue().encode("utf-8")
        text.seek(0)
        text.truncate()


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder if it is not there; it goes again if nothing could be written into it."""
    there = folder.is_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        cause = error.strerror or str(error)
        raise OutputError(
            f"{folder}：建不了这个文件夹（{cause}）。请换一个。", f"{folder}: this folder cannot be made ({cause}). Choose another one."
        ) from error
    try:
        yield
    except OutputError:
        if not there:
            folder.rmdir()
        raise
