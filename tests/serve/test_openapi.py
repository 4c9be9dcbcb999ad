"""Requests made from the OpenAPI description of the routes, by the hundred: none breaks the server, and what comes back is what is described."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import FORM, Server

schemathesis = pytest.importorskip("schemathesis")


@pytest.fixture(scope="module")
def api(writing: Server) -> object:
    """The description as the server gives it out."""
    return schemathesis.openapi.from_url(f"{writing.address}openapi.json")


def test_what_is_described_is_what_is_answered(api: object) -> None:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    tried = set()
    for found in api.get_all_operations():
        operation = found.ok()
        tried.add((operation.method.upper(), operation.path))

        @given(case=operation.as_strategy())
        @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def ask(case: object) -> None:
            case.call_and_validate(checks=checks)

        ask()
    assert ("GET", "/sparql") in tried
    assert len(tried) >= 11


@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]),
    path=st.sampled_from(["/sparql", "/update", "/graphs", "/graphs/x", "/.well-known/void", "/query", "/", "/id/x", "/ontology", "/static/x"]),
    query=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60),
    media=st.sampled_from(["", "text/turtle", "application/sparql-query", FORM, "multipart/form-data", "multipart/form-data; boundary=x", "a;b"]),
    accept=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    body=st.binary(max_size=200),
)  # fmt: skip
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_is_an_error_of_the_server(reading: Server, method: str, path: str, query: str, media: str, accept: str, body: bytes) -> None:
    answer = reading.send(method, f"{path}?{query}", {"Content-Type": media, "Accept": accept}, body)
    assert answer.status < 500
    if answer.status >= 400 and method != "HEAD":
        assert answer.media == "application/problem+json"
        assert json.loads(answer.body)["status"] == answer.status


def test_every_route_is_described(reading: Server) -> None:
    told = json.loads(reading.get("/openapi.json").body)
    assert {"/sparql", "/update", "/graphs", "/.well-known/void", "/id/{path}", "/query", "/ontology"} <= set(told["paths"])
