"""Describe the addresses as OpenAPI 3.1, so that programs can be tried and made from it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph import READABLE, ROWS, TRIPLES

_PROBLEMS = {
    "400": "wrong request", "401": "no token or a wrong one", "403": "not allowed", "404": "not there", "405": "method not allowed", "406": "no such format",
    "408": "too slow", "413": "request too large", "415": "unknown content type", "421": "strange Host", "431": "headers too large",
    "503": "stopped or busy", "507": "answer too large",
}  # fmt: skip


def _answers(done: dict[str, object]) -> dict[str, object]:
    told = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return done | {status: {"description": words, "content": told} for status, words in _PROBLEMS.items()}


def _given(name: str, where: str = "query", *, is_list: bool = False, required: bool = False) -> dict[str, object]:
    text: dict[str, object] = {"type": "string"}
    schema = {"type": "array", "items": text} if is_list else text
    return {"name": name, "in": where, "required": required, "schema": schema}


def _content(media: Iterable[str]) -> dict[str, object]:
    return {name: {"schema": {"type": "string"}} for name in media}


def described_api(version: str) -> dict[str, object]:
    """Return the description as a JSON object."""
    rows = {"description": "the answer", "content": _content(tuple(dict.fromkeys((*ROWS, *TRIPLES))))}
    graph = {"description": "the graph", "content": _content(TRIPLES)}
    nothing: dict[str, object] = {"204": {"description": "done"}}
    dataset = [_given("default-graph-uri", is_list=True), _given("named-graph-uri", is_list=True)]
    named = [_given("graph"), _given("default")]
    form = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
    update_form = {"type": "object", "properties": {"update": {"type": "string"}}, "required": ["update"]}
    token: list[dict[str, list[str]]] = [{"token": []}]
    written = _answers({"201": {"description": "made"}} | nothing)
    sent = {"content": _content(READABLE)}
    page = {"description": "a page", "content": _content(("text/html",))}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zhengtu", "version": version},
        "paths": {
            "/sparql": {
                "get": {"parameters": [_given("query"), *dataset], "responses": _answers({"200": rows, "303": {"description": "to the page"}})},
                "post": {
                    "requestBody": {
                        "required": True,
                        "content": {"application/x-www-form-urlencoded": {"schema": form}, "application/sparql-query": {"schema": {"type": "string"}}},
                    },
                    "parameters": dataset,
                    "responses": _answers({"200": rows}),
                },
            },
            "/update": {
                "post": {
                    "security": token,
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/x-www-form-urlencoded": {"schema": update_form},
                            "application/sparql-update": {"schema": {"type": "string"}},
                        },
                    },
                    "parameters": [_given("using-graph-uri", is_list=True), _given("using-named-graph-uri", is_list=True)],
                    "responses": _answers(nothing),
                }
            },
            "/graphs": {
                "get": {"parameters": named, "responses": _answers({"200": graph})},
                "put": {"security": token, "parameters": named, "requestBody": sent, "responses": written},
                "post": {"security": token, "parameters": named, "requestBody": sent, "responses": written},
                "delete": {"security": token, "parameters": named, "responses": _answers(nothing)},
            },
            "/.well-known/void": {"get": {"responses": _answers({"200": graph})}},
            "/ontology": {"get": {"responses": _answers({"200": {"description": "the ontology", "content": _content(("text/turtle",))}})}},
            "/query": {"get": {"parameters": [_given("lang")], "responses": _answers({"200": page})}},
            "/id/{path}": {
                "get": {
                    "parameters": [_given("path", "path", required=True), _given("lang")],
                    "responses": _answers({"200": {"description": "a thing", "content": _content((*TRIPLES, "text/html"))}}),
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Problem": {
                    "type": "object",
                    "required": ["title", "status", "detail"],
                    "properties": {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
                }
            },
        },
    }
