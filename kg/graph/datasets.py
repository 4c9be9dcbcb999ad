"""Say which graphs a query or update reads from: its text and the graphs that a request names come in, the text or the graphs to use go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from kg.graph.guard import Token, resolved, tokens_of


def dataset_of(sparql: str, base: str, prefixes: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs of the FROM and the FROM NAMED clauses of a query as IRIs; what cannot be told is left out.

    >>> dataset_of("PREFIX a: <https://a.example/> SELECT * FROM a:x FROM NAMED <y> { ?s ?p 'FROM <z>' }", "https://b.example/", {})
    (('https://a.example/x',), ('https://b.example/y',))
    """
    known = dict(prefixes)
    default: list[str] = []
    named: list[str] = []
    read = [token for token, depth in _deep(sparql) if depth == 0]
    for number, token in enumerate(read):
        following = read[number + 1 : number + 3]
        if _is(token, "PREFIX") and [one.kind for one in following] == ["name", "iri"]:
            known[following[0].text[:-1]] = urljoin(base, following[1].text[1:-1])
        elif _is(token, "BASE") and following and following[0].kind == "iri":
            base = urljoin(base, following[0].text[1:-1])
        elif _is(token, "FROM") and following:
            is_named = _is(following[0], "NAMED")
            target = following[-1] if is_named else following[0]
            graph = resolved(target.text, known) if target.kind in ("iri", "name") else None
            if graph is not None:
                (named if is_named else default).append(urljoin(base, graph))
    return tuple(default), tuple(named)


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
    read = list(_deep(update))
    written: list[str] = []
    done = 0
    for number, (token, depth) in enumerate(read):
        if depth:
            continue
        if _is(token, "USING") or _is(token, "WITH"):
            raise ValueError(token.text.upper())
        if _is(token, "WHERE"):
            pattern = ""
            if number and _is(read[number - 1][0], "DELETE"):
                end = next((one.end for one, inside in read[number + 2 :] if inside == 0 and one.text == "}"), len(update))
                pattern = update[token.end : end].strip() + " "
            written += (update[done : token.start], pattern, clause, " ")
            done = token.start
    return "".join([*written, update[done:]])


def _is(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word


def _deep(text: str) -> Iterator[tuple[Token, int]]:
    """Yield the tokens, each with the number of braces it stands in; a brace stands outside of what it encloses."""
    depth = 0
    for token in tokens_of(text):
        is_sign = token.kind == "sign"
        depth -= is_sign and token.text == "}"
        yield token, depth
        depth += is_sign and token.text == "{"
