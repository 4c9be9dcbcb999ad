from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import KgError
from kg.graph.terms import KG, checked_base, chinese, decimal, integer, iri, plain, when

BASE = "https://example.org/id/"


def test_a_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError, match="inspectd"):
        _ = KG.inspectd
    with pytest.raises(KgError, match="kg:inspectd"):
        KG.named("kg:inspectd")
    assert KG.named("kg:inspected") == KG.inspected == "<https://w3id.org/zhengtu/ontology#inspected>"


def test_every_term_of_ours_is_in_the_ontology() -> None:
    from importlib.resources import files

    ontology = ox.parse((files("kg.ontology") / "zhengtu.ttl").read_text("utf-8"), ox.RdfFormat.TURTLE)
    declared = {str(triple.subject) for triple in ontology}
    assert {name for name in KG.names if KG.named(name) not in declared} == set()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("person/张建国", "person/张建国"),
        ("person/甲区/张建国", "person/甲区/张建国"),
        ("post/甲区 区长", "post/甲区%20区长"),
        ("org/A.B.", "org/A.B%2E"),
        ("org/..", "org/.%2E"),
        ("org/../x", "org/.%2E/x"),
        ("policy/%E2%80%9C链长制%E2%80%9D", "policy/%E2%80%9C链长制%E2%80%9D"),
        ("policy/100%", "policy/100%25"),
        ('org/<>"{}|^`\\', "org/%3C%3E%22%7B%7D%7C%5E%60%5C"),
        ("org/a\nb\u061c\x00", "org/a%0Ab%D8%9C%00"),
        ("org/\ud800", "org/%3F"),
        ("org/𠮷田", "org/𠮷田"),
        ("article/00ff#char=1,2", "article/00ff#char=1,2"),
    ],
)
def test_what_is_no_letter_or_digit_is_percent_encoded_in_an_iri(path: str, expected: str) -> None:
    made = iri(BASE, path)
    assert made == f"<{BASE}{expected}>"
    assert not made.endswith(".>")
    assert str(ox.NamedNode(made[1:-1])) == made


@pytest.mark.parametrize("text", ['"""\\\\ <script> \u061c', "a\tb\nc\r\x00\x1f\x7f", "\\u0041 \\", "\u2028\u0085\ufeff\ufffe", "𠮷", ""])
def test_literals_are_written_as_the_store_writes_them(text: str) -> None:
    assert chinese(text) == str(ox.Literal(text, language="zh"))
    assert plain(text) == str(ox.Literal(text))


def test_half_of_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert plain("a\ud83d") == '"a\ufffd"'


@pytest.mark.parametrize(
    ("value", "expected"),
    [("6.50", "6.5"), ("-0.0", "0"), ("007", "7"), ("-12", "-12"), ("3.000", "3"), (".5", None), ("1e5", None), ("５", None), ("", None), ("1,000", None)],
)
def test_a_number_is_written_in_its_canonical_form(value: str, expected: str | None) -> None:
    assert decimal(value) == (None if expected is None else f'"{expected}"^^<http://www.w3.org/2001/XMLSchema#decimal>')


def test_confidence_is_a_short_decimal() -> None:
    assert decimal(0.1 + 0.2) == '"0.3"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert decimal(1.0) == '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert integer(12) == '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2024-02-29", "date"), ("2024-04", "gYearMonth"), ("2024", "gYear"), ("--05-11", "gMonthDay"), ("--02-29", "gMonthDay"), ("--05", "gMonth"),
        ("2023-02-29", None), ("2024-13", None), ("--13-01", None), ("昨天", None), ("2024-3-4", None), ("", None), ("２０２４", None),
    ],
)  # fmt: skip
def test_a_date_has_the_datatype_of_its_precision(value: str, datatype: str | None) -> None:
    assert when(value) == (None if datatype is None else f'"{value}"^^<http://www.w3.org/2001/XMLSchema#{datatype}>')


@pytest.mark.parametrize("base", ["", "output", "https://example.org/a b/", "//example.org/", "https://example.org/<x>"])
def test_what_is_no_base_iri_is_refused(base: str) -> None:
    with pytest.raises(KgError, match="https://w3id"):
        checked_base(base)


def test_a_base_ends_in_a_slash_or_hash() -> None:
    assert checked_base("https://example.org/id") == "https://example.org/id/"
    assert checked_base("https://example.org/id#") == "https://example.org/id#"
    assert checked_base("urn:test") == "urn:test/"
