"""What is sent to a real store is there, and is asked there as it is here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from servers import Server  # type: ignore[import-not-found]

from kg.build import build, remove
from kg.errors import KgError, QueryError, StoreError
from kg.graph import Question, Store, ask, export, query, questions
from kg.graph.remote import Pushed, Remote, pulled, push
from kg.graph.terms import Term
from kg.model import Document
from kg.read import document

COUNTS = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT ?class (COUNT(?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY ?class",
    "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?g a kg:Article } }",
    "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?g a kg:Article . ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <tenures> { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <resolution> { ?s ?p ?o } }",
    "ASK { ?p a kg:Official }",
    "CONSTRUCT { ?p a kg:Official } WHERE { ?p a kg:Official }",
)


@pytest.fixture
def remote(server: Server) -> Iterator[Remote]:
    with Remote(server.url, environ=server.environ) as opened:
        yield opened


def pushed(folder: Path, remote: Remote, *, replace: bool = False) -> Pushed:
    with Store(folder) as store:
        return push(store, remote, replace=replace)


def level(folder: Path, remote: Remote) -> bool:
    """Tell whether both hold the same: the facts, and what each graph says."""
    with Store(folder, reading=True) as store, pulled(remote, named=True) as copied:
        here, there = ({_plain(quad) for quad in one.oxigraph if "urn:zhengtu" not in str(quad.graph_name)} for one in (store, copied))
    return here == there


def _plain(quad: ox.Quad) -> tuple[str, ...]:
    """Return a quad by the value of its number: Virtuoso writes 0.90 as 0.9."""
    thing = quad.object
    is_number = isinstance(thing, ox.Literal) and thing.datatype.value.endswith("decimal")
    return str(quad.subject), str(quad.predicate), repr(float(thing.value)) if is_number else str(thing), str(quad.graph_name)


def test_a_server_is_known_by_its_url_alone(server: Server, remote: Remote) -> None:
    assert remote.services.product.lower() == server.name
    for name in ("query", "sparql"):
        if remote.services.query.endswith(name):
            with Remote(f"{server.url}/{name}", environ=server.environ) as same:
                assert same.services == remote.services


def _asks_a_name(question: Question) -> bool:
    # the one article that "namesakes" shows of each is any of several: stores choose differently
    return question.name != "namesakes" and [blank.name for blank in question.parameters if blank.required or blank.name == "name"] == ["name"]


def test_the_pile_is_there_as_it_is_here(server: Server, pile: Path, remote: Remote, tmp_path: Path) -> None:
    folder = shutil.copytree(pile, tmp_path / "output")
    sent = pushed(folder, remote, replace=True)
    assert sent.articles > 50
    with Store(folder, reading=True) as store:
        for sparql in COUNTS:
            assert sorted(query(remote, sparql).rows) == sorted(query(store, sparql).rows), sparql
        if server.name == "virtuoso":
            return  # 7.2 answers some saved questions otherwise, or with an internal error
        names = [name for (name,) in query(store, "SELECT DISTINCT ?n WHERE { ?p a kg:Official ; rdfs:label ?n } ORDER BY ?n LIMIT 8").rows]
        for question in (one for one in questions() if _asks_a_name(one)):
            for name in names:
                assert sorted(ask(remote, question.name, {"name": name}).rows) == sorted(ask(store, question.name, {"name": name}).rows), (question.name, name)


def test_saved_questions_without_a_name_are_answered_alike(server: Server, pile: Path, remote: Remote, tmp_path: Path) -> None:
    if server.name == "virtuoso":
        pytest.skip("Virtuoso 7.2 wants a value in STRLANG, and ends an answer at ResultSetMaxRows")
    folder = shutil.copytree(pile, tmp_path / "output")
    pushed(folder, remote, replace=True)
    with Store(folder, reading=True) as store:
        for question in (one for one in questions() if not any(blank.required for blank in one.parameters)):
            assert ask(remote, question.name).text("tsv") == ask(store, question.name).text("tsv"), question.name
        who = "SELECT ?人 WHERE { ?p a kg:Official ; rdfs:label ?人 } ORDER BY ?人"
        assert query(remote, who).text("csv") == query(store, who).text("csv")


def test_nothing_is_sent_twice(output: Path, remote: Remote) -> None:
    first = pushed(output, remote, replace=True)
    assert first.articles == 7
    again = pushed(output, remote)
    assert (again.articles, again.subjects, again.triples, again.removed) == (0, 0, 0, 0)


def test_a_new_article_costs_what_it_changes(output: Path, remote: Remote) -> None:
    first = pushed(output, remote, replace=True)
    more = document("published: 2024-05-12\n\n本报讯 5月11日，甲区召开推进会。区委书记张建国出席。他强调，要抓好项目建设。\n", "more.txt")
    summary = build([more], output, remote=remote)
    assert summary.pushed is not None
    assert summary.pushed.articles == 1
    assert summary.pushed.triples < first.triples / 5
    assert level(output, remote)


def test_what_is_removed_here_is_removed_there(output: Path, remote: Remote, demo: list[Document]) -> None:
    pushed(output, remote, replace=True)
    summary, _ = remove([demo[0].source], output, remote=remote)
    assert summary.pushed is not None
    assert summary.pushed.removed > 0
    assert level(output, remote)


def test_what_changed_while_nobody_pushed_is_found(output: Path, remote: Remote, demo: list[Document]) -> None:
    pushed(output, remote, replace=True)
    remove([demo[0].source], output)
    build([document("published: 2024-05-12\n\n本报讯 5月11日，甲区召开推进会。区委书记张建国出席。\n", "more.txt")], output)
    sent = pushed(output, remote)
    assert sent.articles >= 1
    assert sent.removed > 0
    assert level(output, remote)


def test_what_was_inferred_is_sent_and_mended(output: Path, remote: Remote, demo: list[Document]) -> None:
    pushed(output, remote, replace=True)
    build(demo[:1], output, reason=True, remote=remote)
    inferred = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <inferred> { ?s ?p ?o } }"
    with Store(output, reading=True) as store:
        assert query(remote, inferred).rows == query(store, inferred).rows != (("0",),)
    build(demo[:1], output, reason=False, remote=remote)
    assert query(remote, inferred).rows == (("0",),)


def test_other_data_is_not_written_over(output: Path, remote: Remote) -> None:
    pushed(output, remote, replace=True)
    (output / "pushed.sqlite").unlink()
    with pytest.raises(StoreError, match="--store-replace"):
        pushed(output, remote)
    before = remote.count(remote.facts)
    sent = pushed(output, remote, replace=True)
    assert sent.articles == 7
    assert remote.count(remote.facts) == before


def test_somebody_else_who_writes_there_is_noticed(output: Path, remote: Remote) -> None:
    pushed(output, remote, replace=True)
    facts = remote.facts
    remote.add(facts, [b"<urn:x> <urn:x> <urn:x> ."])
    build([document("published: 2024-05-12\n\n本报讯 5月11日，甲区召开推进会。区委书记张建国出席。\n", "more.txt")], output)
    with pytest.raises(StoreError, match="别人"):
        pushed(output, remote)
    pushed(output, remote, replace=True)
    assert level(output, remote)


def test_graphs_of_other_people_stay(output: Path, remote: Remote) -> None:
    other = Term("<http://example.org/other>")
    remote.put(other, [b'<http://example.org/a> <http://example.org/b> "\xe4\xb9\x99" .'])
    pushed(output, remote, replace=True)
    assert query(remote, "ASK { GRAPH <http://example.org/other> { ?s ?p ?o } }").truth
    remote.drop([other])


def test_a_file_written_from_there_is_the_file_written_from_here(server: Server, output: Path, remote: Remote, tmp_path: Path) -> None:
    if server.name == "virtuoso":
        pytest.skip("Virtuoso writes numbers in its own way")
    pushed(output, remote, replace=True)
    for suffix in ("ttl", "trig"):
        with Store(output, reading=True) as store, pulled(remote, named=True) as copied:
            export(store, tmp_path / f"here.{suffix}")
            export(copied, tmp_path / f"there.{suffix}")
        assert (tmp_path / f"here.{suffix}").read_bytes() == (tmp_path / f"there.{suffix}").read_bytes()


def test_an_answer_that_the_server_cuts_is_an_error(server: Server, pile: Path, remote: Remote, tmp_path: Path) -> None:
    if server.name != "virtuoso":
        pytest.skip("only Virtuoso ends an answer at a number of rows")
    pushed(Path(shutil.copytree(pile, tmp_path / "output")), remote, replace=True)
    with pytest.raises(QueryError, match="2000"):
        query(remote, "SELECT ?s ?p ?o WHERE { ?s ?p ?o }")


def test_what_is_no_query_is_told_before_it_is_sent(output: Path, remote: Remote) -> None:
    pushed(output, remote, replace=True)
    with pytest.raises(QueryError, match="第 2 行"):
        query(remote, "SELECT ?s WHERE {\n ?s ?p }")
    for wrong in ("DROP ALL", "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"):
        with pytest.raises(QueryError):
            query(remote, wrong)
    assert remote.count(remote.facts) > 0


def test_a_store_without_a_graph_says_so(remote: Remote) -> None:
    remote.clear(None if remote.has_own_default_graph() else Term("<https://w3id.org/zhengtu/id/facts>"))
    with pytest.raises(StoreError, match="没有图谱"):
        query(remote, "ASK { ?s ?p ?o }")


def test_a_wrong_password_is_one_line_without_it(server: Server, output: Path) -> None:
    if server.name != "virtuoso":
        pytest.skip("the others are started without passwords")
    with Remote(server.url, environ={"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "ganz-geheim"}) as wrong, pytest.raises(KgError) as told:
        pushed(output, wrong, replace=True)
    for line in (str(told.value), told.value.english):
        assert "ganz-geheim" not in line
        assert "\n" not in line
