"""Which graphs a query or an update reads from."""

from __future__ import annotations

import pytest

from kg.graph.datasets import dataset_of, with_using


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * { ?s ?p ?o }", (), ()),
        ("SELECT * FROM <urn:a> FROM <urn:b> { ?s ?p ?o }", ("urn:a", "urn:b"), ()),
        ("BASE <http://b.example/x/> SELECT * FROM <a> FROM NAMED <../b> {}", ("http://b.example/x/a",), ("http://b.example/b",)),
        ("PREFIX x: <urn:x:> ASK from x:y {}", ("urn:x:y",), ()),
        ("SELECT * { ?s ?p 'FROM <urn:a>' } # FROM <urn:b>", (), ()),
        ("ASK FROM unknown:y {}", (), ()),
    ],
)
def test_the_clauses_of_a_query_are_read(query: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    assert dataset_of(query, "http://base.example/", {}) == (default, named)


def test_every_operation_of_an_update_reads_from_the_graphs() -> None:
    update = "DELETE { ?s a 1 } INSERT { ?s a 2 } WHERE { ?s a 1 } ; INSERT DATA { <urn:a> a 'WHERE' } ; DELETE WHERE { ?s a 3 }"
    told = with_using(update, ("urn:g",), ("urn:n",))
    assert told.count("USING <urn:g> USING NAMED <urn:n> WHERE") == 2
    assert told.endswith("DELETE { ?s a 3 } USING <urn:g> USING NAMED <urn:n> WHERE { ?s a 3 }")


@pytest.mark.parametrize("update", ["WITH <urn:g> DELETE { ?s a 1 } WHERE { ?s a 1 }", "INSERT { ?s a 1 } USING <urn:g> WHERE { ?s a 1 }"])
def test_an_update_that_says_itself_what_it_reads_is_refused(update: str) -> None:
    with pytest.raises(ValueError, match=r"WITH|USING"):
        with_using(update, ("urn:g",), ())
