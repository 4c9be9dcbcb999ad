"""Look at the words of a query or update before it is run: a text comes in, what it asks for and whom it would ask comes out.

Oxigraph has no switch for SERVICE and LOAD, which fetch any address. Its grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar) knows no
words: it reads ``trueSERVICEex:a{`` and ``1<?a)SERVICE#>`` as no lexer of ours would. So a text in which the shape of such a clause stands nowhere is
let through; only where it does, strings, comments and names are told apart, and what could be read in two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from kg.errors import QueryError

Form = Literal["select", "ask", "construct", "describe", "update"]

HIDDEN = "urn:zhengtu:"
"""What the IRIs of graphs begin with that hold the bookkeeping of the store; no query sees them."""

_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*(?:[\r\n]|\Z))*"
_IRI = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
_LOCAL = r"(?:[\w:·\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_TOKEN = re.compile(
    rf"""(?P<gap>[ \t\r\n]+|\#[^\r\n]*)
    |(?P<string>\"{{3}}(?:\"{{0,2}}(?:[^\"\\]|\\.))*\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}}|\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<iri>{_IRI})
    |(?P<variable>[?$]\w[\w·]*)
    |(?P<blank>_:\w(?:[\w·.\-]*[\w·\-])?)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<name>(?:[^\W\d_](?:[\w·.\-]*[\w·\-])?)?:(?:{_LOCAL}(?:\.*{_LOCAL})*)?)
    |(?P<number>[0-9]+)
    |(?P<word>[^\W\d]+)
    |(?P<sign>[\s\S])""",
    re.VERBOSE | re.DOTALL,
)
_TARGET = r"(?:<[^<>]*>|[^ \t\r\n{}<>]+)"
_SERVICE = re.compile(rf"service{_GAP}(?:silent{_GAP})?{_TARGET}{_GAP}\{{", re.IGNORECASE)
_LOAD = re.compile(rf"load{_GAP}(?:silent{_GAP})?(?:<|[^ \t\r\n{{}}<>]*:)", re.IGNORECASE)
_UPDATES = ("insert", "delete", "with", "load", "clear", "drop", "create", "copy", "move", "add")
_QUERIES: tuple[Form, ...] = ("select", "ask", "construct", "describe")


class Token(NamedTuple):
    """A word of a text: its kind (string, iri, variable, blank, tag, name, number, word, sign), its text and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Request:
    """What a text asks for.

    ``form``: what a query asks with, or ``update``; None for neither. ``verb``: its first word, in capitals.
    ``services`` and ``loads``: the IRIs that it would fetch, None for one that cannot be told.
    ``graphs``: the IRIs after FROM, FROM NAMED and USING.
    ``is_ambiguous``: ``<`` could be read in two ways, so a GRAPH may have escaped ``written``.
    """

    text: str
    form: Form | None
    verb: str
    services: tuple[str | None, ...]
    loads: tuple[str | None, ...]
    graphs: tuple[str, ...]
    is_ambiguous: bool
    _tokens: tuple[Token, ...] = field(repr=False)
    _prefixes: Mapping[str, str] = field(repr=False)

    def checked(self, *, allowed: Collection[str] = (), update: bool = False) -> Request:
        """Return the request itself; QueryError if it reaches beyond this graph, or is no query (no update, if ``update``)."""
        if self.form is None:
            raise no_query()
        if not update and self.form == "update":
            raise QueryError(f"查询不能改动图谱（{self.verb}）。", f"{self.verb} is refused: a query does not change the graph.")
        if update and self.form != "update":
            raise QueryError("这不是更新：更新用 INSERT、DELETE 等。", "this is no update: an update says INSERT, DELETE and the like.")
        for word, addresses in (("SERVICE", self.services), ("LOAD", self.loads)):
            if any(address is None or address not in allowed for address in addresses):
                raise QueryError(
                    f"查询不能用 {word}：只查这张图谱，不访问网络，也不读别的文件。",
                    f"{word} is refused: a query reads this graph, no other address and no file.",
                )
        return self

    def written(self, limit: int | None = None) -> str:
        """Return the text to run: the graphs of the bookkeeping are hidden from GRAPH, and a SELECT gives at most ``limit`` rows."""
        changes = [(place, place, said) for place, said in self._hidden()]
        if limit is not None and self.form == "select":
            changes += self._limited(limit)
        text = self.text
        for start, end, said in sorted(changes, reverse=True):
            text = text[:start] + said + text[end:]
        return text

    def _hidden(self) -> Iterator[tuple[int, str]]:
        """Yield what to add behind each GRAPH clause. Naming the other 12,000 graphs instead makes a lookup a thousand times slower."""
        open_: list[str | None] = []  # for each brace that is open: what to say when it closes
        for number, token in enumerate(self._tokens):
            if token.text == "{" and token.kind == "sign":
                open_.append(self._filter(number))
            elif token.text == "}" and token.kind == "sign" and open_ and (said := open_.pop()) is not None:
                yield token.end, said

    def _filter(self, brace: int) -> str | None:
        """Return the filter that belongs behind the group that opens here, if it is one of GRAPH that could be hidden."""
        if brace == 0:
            return None
        target = self._tokens[brace - 1]
        before = self._tokens[brace - 2] if brace > 1 else target
        glued = target.kind == "name" and "graph" in target.text.partition(":")[0].lower()
        if not glued and not (before.kind == "word" and before.text.lower().endswith("graph")):
            return None
        if target.kind == "variable":
            return f" FILTER({target.text} NOT IN ({_BOOKS}))"
        names = [target.text]
        if glued:
            names.append(re.sub(r"^.*?graph", "", target.text, flags=re.IGNORECASE))
        for name in names:
            iri = resolved(name, self._prefixes)
            if iri is not None and (iri.startswith(HIDDEN) or (":" not in iri and HIDDEN in self.text)):
                return " FILTER(false)"
        return None

    def _limited(self, limit: int) -> Iterator[tuple[int, int, str]]:
        """Yield the change that lets the outermost SELECT give no more rows."""
        depth, after, where = 0, False, len(self.text)
        for token, following in zip(self._tokens, (*self._tokens[1:], Token("sign", "", where)), strict=True):
            if token.kind == "sign" and token.text in "{}()":
                depth += 1 if token.text in "{(" else -1
                after = after or (token.text == "}" and depth == 0)
            elif token.kind == "word" and depth == 0 and after:
                if token.text.lower().endswith("limit") and following.kind == "number":
                    if int(following.text) > limit:
                        yield following.start, following.end, str(limit)
                    return
                if token.text.lower().endswith("values"):
                    where = min(where, token.start)
        yield where, where, f"\nLIMIT {limit}\n"


_BOOKS = f"<{HIDDEN}books>, <{HIDDEN}reasoned>"


def examined(sparql: str, prefixes: Mapping[str, str] | None = None, base: str = "") -> Request:
    """Return what a text asks for; words inside strings, IRIs, comments, names and variables do not count.

    ``prefixes`` and ``base`` are known without being declared.
    """
    tokens = tuple(tokens_of(sparql))
    known = dict(prefixes or {})
    first: Token | None = None
    for number, token in enumerate(tokens):
        if declared := _declared(tokens, number):
            known[declared[0]] = _unescaped(declared[1][1:-1])
        elif token.kind == "iri" and number and tokens[number - 1].text.lower() == "base":
            base = _unescaped(token.text[1:-1])
        elif first is None and token.kind in ("word", "name") and not _in_prologue(tokens, number):
            first = token
    word = first.text.lower() if first is not None else ""
    form: Form | None = next((form for form in _QUERIES if word.startswith(form)), None)
    verb = next((verb for verb in (*_QUERIES, *_UPDATES) if word.startswith(verb)), "")
    if form is None and verb:
        form = "update"
    is_ambiguous = any(token.kind == "iri" and _is_ambiguous(token.text) for token in tokens)
    return Request(
        sparql, form, verb.upper(),
        tuple(_fetched(sparql, tokens, known, "service", _SERVICE, is_ambiguous)),
        tuple(_fetched(sparql, tokens, known, "load", _LOAD, is_ambiguous)) if form == "update" else (),
        tuple(urljoin(base, iri) for iri in _dataset(tokens, known)), is_ambiguous, tokens, known,
    )  # fmt: skip


def no_query() -> QueryError:
    """Return the error for a text that asks nothing."""
    return QueryError("这不是查询：查询用 SELECT、ASK、CONSTRUCT 或 DESCRIBE 发问。", "this is no query: a query asks with SELECT, ASK, CONSTRUCT or DESCRIBE.")


def spread(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text with wide gaps between its words, and where each word begins in it and in the text as it was.

    Where Oxigraph looks for a keyword it reads as many characters as that has and reports their end as the place of the error; in a text
    with wide gaps that is still in the word, or behind it.
    """
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for found in _TOKEN.finditer(text):
        piece = found.group()
        if found.lastgroup == "gap":
            piece += " " * _WIDE if piece[0] != "#" else ""
        else:
            places.append((length, found.start()))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), places


_WIDE = 30  # no keyword is as long


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the words of a text."""
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "gap":
            yield Token(str(found.lastgroup), found.group(), found.start())


def _declared(tokens: tuple[Token, ...], number: int) -> tuple[str, str] | None:
    """Return the prefix and the IRI that are declared at a name, as in ``PREFIX ex: <…>`` or ``PREFIXex:<…>``."""
    token = tokens[number]
    if token.kind != "name" or token.text.find(":") != len(token.text) - 1 or number + 1 >= len(tokens) or tokens[number + 1].kind != "iri":
        return None
    if number and tokens[number - 1].text.lower().endswith("prefix"):
        return token.text[:-1], tokens[number + 1].text
    if token.text.lower().startswith("prefix"):
        return token.text[6:-1], tokens[number + 1].text
    return None


def _in_prologue(tokens: tuple[Token, ...], number: int) -> bool:
    """Tell whether a word is PREFIX, BASE or VERSION."""
    return tokens[number].text.lower() in ("prefix", "base", "version") and tokens[number].kind == "word"


def _unescaped(iri: str) -> str:
    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), iri)


def resolved(text: str, prefixes: Mapping[str, str]) -> str | None:
    """Return the IRI of ``<…>`` or ``ex:a``; None if it cannot be told. A relative one is returned as it is."""
    if text.startswith("<"):
        return _unescaped(text[1:-1])
    prefix, colon, local = text.partition(":")
    if not colon or prefix not in prefixes:
        return None
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def _fetched(text: str, tokens: tuple[Token, ...], prefixes: Mapping[str, str], word: str, shape: re.Pattern[str], is_ambiguous: bool) -> Iterator[str | None]:
    """Yield what the clauses of SERVICE or LOAD name; None where it is no IRI, or where the text could be read in two ways."""
    if shape.search(text) is None:
        return
    if is_ambiguous:
        yield None
        return
    depth = 0
    for number, token in enumerate(tokens):
        if token.kind == "sign":
            depth += (token.text == "{") - (token.text == "}")
        elif token.kind == "word" and re.search(rf"{word}(?:silent)?\Z", token.text, re.IGNORECASE):
            following = list(tokens[number + 1 : number + 3])
            if following and following[0].text.lower() == "silent":
                del following[0]
            target = following[0] if following else None
            yield resolved(target.text, prefixes) if target is not None and target.kind in ("iri", "name") else None
        elif token.kind == "name" and word in token.text.partition(":")[0].lower() and _is_glued(tokens, number, depth, word):
            yield None


def _is_ambiguous(iri: str) -> bool:
    """Tell whether Oxigraph might read ``<…>`` as a comparison that leaves its brackets, or opens a string or comment."""
    return re.match(r"<[A-Za-z][\w+.-]*://", iri, re.ASCII) is None and any(sign in iri for sign in ")'#")


def _is_glued(tokens: tuple[Token, ...], number: int, depth: int, word: str) -> bool:
    """Tell whether a name such as ``SERVICEex:a`` may be a clause: one of SERVICE has a group behind it, one of LOAD stands outside of groups."""
    before = tokens[number - 1] if number else None
    if before is not None and before.kind == "word" and before.text.lower().endswith(_TAKES_NAME):
        return False  # it is the name that such a word needs
    if word == "load":
        return depth == 0 and _declared(tokens, number) is None
    return number + 1 < len(tokens) and tokens[number + 1].text == "{"


_TAKES_NAME = ("graph", "from", "named", "with", "into", "using", "to", "add", "move", "copy", "silent", "drop", "clear", "create")


def _dataset(tokens: tuple[Token, ...], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield what FROM, FROM NAMED and USING name."""
    for number, token in enumerate(tokens[:-1]):
        if token.kind == "word" and token.text.lower().endswith(("from", "using", "named")):
            target = tokens[number + 1]
            if target.kind in ("iri", "name") and (iri := resolved(target.text, prefixes)) is not None:
                yield iri
