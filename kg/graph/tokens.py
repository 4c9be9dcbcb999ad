"""Cut SPARQL into its tokens: a text comes in, words, IRIs, names, strings and signs come out with their places.

For finding clauses (FROM, WHERE, GRAPH), never for deciding what is safe: only the grammar knows whether a "<" opens an IRI.
Source: the terminals of SPARQL 1.1, https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

_TOKEN = re.compile(
    r"""(?P<gap>\s+|\#[^\r\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"{3}(?:(?:"|"")?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*(?<!\.))
    |(?P<word>[A-Za-z_]\w*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: what it is (iri, string, variable, name, word, sign), its text, where it begins, and in how many braces it stands."""

    kind: str
    text: str
    start: int
    depth: int

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these key words, in whatever case."""
        return self.kind == "word" and self.text.upper() in words

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query or update; a closing brace has the depth of the one it closes."""
    depth = 0
    for found in _TOKEN.finditer(sparql):
        kind = found.lastgroup or "sign"
        if kind == "gap":
            continue
        text = found.group()
        if kind == "sign" and text == "}":
            depth -= 1
        yield Token(kind, text, found.start(), depth)
        if kind == "sign" and text == "{":
            depth += 1


def dataset_of(sparql: str, base: str, prefixes: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs of the FROM and the FROM NAMED clauses of a query as IRIs; names of unknown prefixes are left out.

    >>> dataset_of("PREFIX a: <https://a.example/> SELECT * FROM a:x FROM NAMED <y> { ?s ?p 'FROM <z>' }", "https://b.example/", {})
    (('https://a.example/x',), ('https://b.example/y',))
    """
    known = dict(prefixes)
    default: list[str] = []
    named: list[str] = []
    read = [token for token in tokens(sparql) if token.depth == 0]
    for number, token in enumerate(read):
        following = read[number + 1 : number + 3]
        if token.is_word("PREFIX") and [one.kind for one in following] == ["name", "iri"]:
            known[following[0].text[:-1]] = urljoin(base, following[1].text[1:-1])
        elif token.is_word("BASE") and following and following[0].kind == "iri":
            base = urljoin(base, following[0].text[1:-1])
        elif token.is_word("FROM") and following:
            is_named = following[0].is_word("NAMED")
            graph = _iri(following[-1] if is_named else following[0], base, known)
            if graph is not None:
                (named if is_named else default).append(graph)
    return tuple(default), tuple(named)


def _iri(token: Token, base: str, known: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, sign, local = token.text.partition(":")
    return known[prefix] + re.sub(r"\\(.)", r"\1", local) if sign and prefix in known else None


def with_using(update: str, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """Return an update whose DELETE and INSERT operations read from these graphs, as ``using-graph-uri`` asks for.

    Raises ValueError if an operation says itself, by USING or WITH, what it reads from: the protocol forbids both at once
    (https://www.w3.org/TR/sparql11-protocol/#update-dataset).

    >>> with_using("INSERT { ?s a 1 } WHERE { ?s a 2 }", ("urn:g",), ())
    'INSERT { ?s a 1 } USING <urn:g> WHERE { ?s a 2 }'
    >>> with_using("DELETE WHERE { ?s a 'WHERE' }", ("urn:g",), ())
    "DELETE { ?s a 'WHERE' } USING <urn:g> WHERE { ?s a 'WHERE' }"
    """
    clause = " ".join([*(f"USING <{graph}>" for graph in default), *(f"USING NAMED <{graph}>" for graph in named)])
    read = list(tokens(update))
    written: list[str] = []
    done = 0
    for number, token in enumerate(read):
        if token.depth:
            continue
        if token.is_word("USING", "WITH"):
            raise ValueError(token.text.upper())
        if token.is_word("WHERE"):
            pattern = ""
            if number and read[number - 1].is_word("DELETE"):
                end = next((one.end for one in read[number + 2 :] if one.depth == 0 and one.text == "}"), len(update))
                pattern = update[token.end : end].strip() + " "
            written += (update[done : token.start], pattern, clause, " ")
            done = token.start
    return "".join([*written, update[done:]])
