from __future__ import annotations

from pathlib import Path

import pytest
from graph_stories import expanded, meeting, told  # type: ignore[import-not-found]

from kg.graph import DEFAULT_BASE, Store, article_iri, check
from kg.graph.terms import KG, RDF, iri


def test_a_story_conforms(store: Store) -> None:
    store.tell(told(meeting("a.txt"), meeting("b.txt", "柳溪公园")))
    report = check(store)
    assert report.lines() == ()
    assert report.conforms


def test_an_empty_graph_conforms(store: Store) -> None:
    assert check(store).conforms


def test_what_is_wrong_is_told_in_one_line_each(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    store.tell(told(meeting("a.txt")))
    nameless = iri(DEFAULT_BASE, "person/无名")
    store.tell({article_iri(DEFAULT_BASE, "b"): [(nameless, RDF.type, KG.Person)]})  # type: ignore[arg-type]
    report = check(store)
    assert not report.conforms
    (violation,) = report.violations
    assert violation.node == nameless[1:-1]
    assert violation.path == "label"
    (line,) = report.lines()
    assert "rdfs:label @zh" in line
    assert "person/无名" in line
    assert report.lines("en")[0].startswith("Every thing has exactly one rdfs:label")
    assert capfd.readouterr() == ("", "")


def test_a_statement_that_became_a_fact_is_found(store: Store, tmp_path: Path) -> None:
    story = meeting("a.txt")
    ((graph, said),) = told(story).items()
    wrong = (expanded("person:张建国"), KG.emphasized, expanded("policy:河畅行动"))
    store.tell({graph: [*said, wrong]})  # type: ignore[list-item]
    assert any("policy/河畅行动" in line or "张建国" in line for line in check(store).lines())
