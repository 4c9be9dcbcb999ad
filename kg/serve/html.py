"""Write pages for people: what is known of a thing comes in, HTML goes out in which every word from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import quote

from kg.graph import ONTOLOGY, described

FEW = 3
"""How many sentences a fact is shown with."""

_SHOWN = 40  # facts of a relation that are shown at once


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of an article: what they are, and where they stand."""

    quote: str
    passage: str
    article: str
    headline: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation to another thing (an IRI) or a value, with the sentences that say so."""

    relation: str
    other: str
    label: str = ""
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """All that a page tells of a thing; ``is_cut`` if there is more than that."""

    iri: str
    label: str = ""
    others: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    facts: tuple[Fact, ...] = ()
    inward: tuple[Fact, ...] = ()
    is_cut: bool = False


_WORDS = {
    "facts": ("事实", "Facts"), "inward": ("与它有关", "Said of it elsewhere"), "sentences": ("原句", "Sentences"), "text": ("全文", "Text"),
    "also": ("又称", "also called"), "more": ("没有全部列出，可以用 SPARQL 查询。", "Not all is listed; ask in SPARQL."), "query": ("查询", "Query"),
    "other": ("English", "中文"), "source": ("出处", "source"), "rest": ("其余 {} 条", "{} more"), "quotes": ("原句", "in words"),
}  # fmt: skip


def thing_page(thing: Thing, base: str, lang: str, root: str = "") -> str:
    """Return the page of a thing in Chinese (``zh``) or English (``en``); ``root`` is the path that the server stands under."""
    place = int(lang == "en")
    words = {name: both[place] for name, both in _WORDS.items()}
    title = thing.label or thing.iri.removeprefix(base)
    here = _address(thing.iri, base, root) or ""
    parts = [
        f'<header><h1>{escape(title)}</h1><p class="classes">{" · ".join(escape(name) for name in _named_classes(thing.classes, place))}</p>',
        f'<p class="also">{words["also"]} {escape("、".join(thing.others))}</p>' if thing.others else "",
        f'<p class="iri">{escape(thing.iri)}</p></header>',
        _sentences(thing.sentences, base, root, words["sentences"]),
        _section(thing.facts, base, root, words["facts"], words, place),
        _section(thing.inward, base, root, words["inward"], words, place),
        f"<section><h2>{words['text']}</h2>{''.join(f'<p>{escape(line)}</p>' for line in thing.text.splitlines())}</section>" if thing.text else "",
        f'<p class="more">{words["more"]}</p>' if thing.is_cut else "",
    ]
    switch = f'<a href="{escape(here.partition("#")[0])}?lang={"zh" if place else "en"}">{words["other"]}</a>'
    query = f'<a href="{escape(root)}/query?lang={lang}">{words["query"]}</a>'
    return (
        f'<!doctype html><html lang="{"en" if place else "zh-CN"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{escape(root)}/static/calm.css"></head>'
        f"<body><nav>{query} {switch}</nav><main>{''.join(parts)}</main></body></html>\n"
    )


def _named_classes(classes: Iterable[str], place: int) -> Iterator[str]:
    for iri in classes:
        yield _term(iri, place)


def _term(iri: str, place: int) -> str:
    known = described().get(iri)
    return iri.removeprefix(ONTOLOGY).rpartition("/")[2].rpartition("#")[2] if known is None else known.english if place else known.label


def _address(iri: str, base: str, root: str) -> str | None:
    """Return the link to a thing: its page here if it is under the base, else its own address if that is of the web."""
    if iri.startswith(base):
        return f"{root}/id/{quote(iri[len(base) :], safe='/%:=,~#')}"
    return iri if iri.startswith(("http://", "https://")) else None


def _link(iri: str, label: str, base: str, root: str) -> str:
    address = _address(iri, base, root)
    words = escape(label or iri.removeprefix(base))
    return words if address is None else f'<a href="{escape(address)}">{words}</a>'


def _quoted(sentence: Sentence, base: str, root: str) -> str:
    fragment = sentence.passage.partition("#")[2]
    told = " ".join(piece for piece in (sentence.date, sentence.headline) if piece)
    return f'<blockquote id="{escape(fragment)}">{escape(sentence.quote)}<footer>{_link(sentence.passage, told, base, root)}</footer></blockquote>'


def _sentences(sentences: tuple[Sentence, ...], base: str, root: str, title: str) -> str:
    return f"<section><h2>{title}</h2>{''.join(_quoted(one, base, root) for one in sentences)}</section>" if sentences else ""


def _section(facts: tuple[Fact, ...], base: str, root: str, title: str, words: dict[str, str], place: int) -> str:
    if not facts:
        return ""
    parts = [f"<section><h2>{title}</h2><dl>"]
    for relation, group in groupby(facts, key=lambda fact: fact.relation):
        lines = [_line(fact, base, root, words["quotes"]) for fact in sorted(group, key=lambda fact: (not fact.sentences, fact.label, fact.other))]
        rest = lines[_SHOWN:]
        folded = f"<details><summary>{words['rest'].format(len(rest))}</summary>{''.join(rest)}</details>" if rest else ""
        parts.append(f'<dt title="{escape(relation)}">{escape(_term(relation, place))}</dt><dd>{"".join(lines[:_SHOWN])}{folded}</dd>')
    return "".join([*parts, "</dl></section>"])


def _line(fact: Fact, base: str, root: str, told: str) -> str:
    is_link = fact.other.startswith((base, "http://", "https://"))
    named = _link(fact.other, fact.label, base, root) if is_link else escape(fact.other)
    quotes = "".join(_quoted(one, base, root).replace(" id=", " data-at=", 1) for one in fact.sentences)
    folded = f"<details><summary>{told}</summary>{quotes}</details>" if quotes else ""
    return f'<div class="fact">{named}{folded}</div>'
