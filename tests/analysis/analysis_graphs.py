"""Invented graphs that need no store: a function that answers the questions of ``kg.analysis``."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

Rows = Iterable[tuple[str | None, ...]]
Select = Callable[[str], Rows]
BASE = "https://a.example/"
HOSTILE = (
    'a"b\'c', "甲\n乙", "</script><script>alert(1)</script>", "\u202e倒\u202c", "长" * 10_000, "=1+1", "+1", "-1", "@SUM(A1)", "\t制表", "\r回车",
    "]]>&amp;<!--", "甲;乙|丙,丁", "\\", "😀𠮷", "a\x00b\x0bc\ufffe", "\u2028行\u0085", " ", "\x1b[31m",
)  # fmt: skip


def told(*lines: str | tuple[str, str, str], article: str = "a1") -> Select:
    """Questions to an invented graph: ``subject property object`` a line, ``a`` for a class, all of them also told by one article.

    In a line a word in ``<>`` is an IRI under ``BASE``, in a tuple everything is text; every subject without a label is labelled with its own name.
    """
    triples = [(BASE + s, p, o) for s, p, o in (line for line in lines if not isinstance(line, str))]
    for s, p, o in (line.split(" ", 2) for line in (*lines, f"{article} a kg:Article") if isinstance(line, str)):
        triples.append((BASE + s, p, BASE + o[1:-1] if o.startswith("<") else o))
    labelled = {s for s, p, _ in triples if p == "rdfs:label"}
    triples += [(s, "rdfs:label", s.removeprefix(BASE)) for s in dict.fromkeys(s for s, _, _ in triples) if s not in labelled]

    def select(question: str) -> Rows:
        wanted = set(re.search(r"VALUES \?\w+ \{ (.*?) \}", question)[1].split())  # type: ignore[index]
        if "?class" in question:
            return [(s, f"x#{o.removeprefix('kg:')}") for s, p, o in triples if p == "a" and o in wanted]
        found = [(s, f"x#{p.partition(':')[2]}", o) for s, p, o in triples if p in wanted]
        return [(*row, BASE + article) for row in found] if "GRAPH" in question else found

    return select


def one_meeting(*more: str | tuple[str, str, str]) -> Select:
    """An invented graph: one meeting of 甲区 that 张 chairs and 李 attends, in one article, and whatever more is told."""
    text = "甲区召开推进会。张主持会议。李出席。张强调，要做好防汛。"
    return told(
        ("a1", "kg:articleText", text), "a1 schema:headline 甲区召开推进会", "a1 schema:datePublished 2024-05-12", "a1 schema:publisher 甲报",
        "张 a kg:Person", "张 a kg:Official", "李 a kg:Person", "甲区 a kg:Area", "推进会 a kg:Meeting", "推进会 a kg:Event", "防汛 a kg:Policy",
        "推进会 kg:convener <甲区>", "推进会 kg:chair <张>", "推进会 kg:attendee <李>", "推进会 kg:date 2024-05-11",
        "甲区 kg:convened <推进会>", "张 kg:chaired <推进会>", "李 kg:attended <推进会>", "张 kg:emphasized <防汛>",
        "推进会 kg:evidence <a1#char=0,8>", "推进会 kg:evidence <a1#char=8,14>", "推进会 kg:evidence <a1#char=14,18>", "推进会 kg:confidence 0.9",
        "推进会 prov:wasGeneratedBy <rule>", "rule kg:rule events/hold",
        "s1 a kg:Statement", "s1 kg:madeBy <张>", "s1 kg:madeAt <推进会>", "s1 kg:speechVerb 强调", "s1 kg:text 要做好防汛。", "s1 kg:concerns <防汛>",
        "s1 kg:evidence <a1#char=21,27>", "s1 kg:confidence 0.8",
        *(f"a1 kg:mentions <{thing}>" for thing in ("张", "李", "甲区", "防汛")), *more,
    )  # fmt: skip


def shuffled(select: Select, seed: int) -> Select:
    """The same answers in another order."""

    def other(question: str) -> Rows:
        rows = list(select(question))
        random.Random(seed).shuffle(rows)
        return rows

    return other
