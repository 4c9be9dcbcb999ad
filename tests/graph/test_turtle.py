from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graph_stories import facts, meeting, told  # type: ignore[import-not-found]
from rdflib.compare import isomorphic

from kg.errors import KgError, OutputError
from kg.graph import DEFAULT_BASE, SUFFIXES, Spo, Store, article_iri, export, write_trig, write_turtle
from kg.graph.runs import Runs
from kg.graph.terms import KG, RDF, RDFS, XSD, Term, chinese, decimal, integer, iri, plain

A, B = (article_iri(DEFAULT_BASE, letter * 16) for letter in "ab")
RDFLIB = {".ttl": "turtle", ".trig": "trig", ".nt": "nt", ".nq": "nquads", ".jsonld": "json-ld", ".rdf": "xml"}
HOSTILE = ['"""\\\\ <script> \u061c', "尾点.", "a b", "'", "%41", "甲·乙", "\\", "-起", "1号", "_", "甲/乙", "?x=1&y#z", "𠮷", "①", "~!$&'()*+,;=@"]


def person(name: str) -> Term:
    from urllib.parse import quote

    return iri(DEFAULT_BASE, "person/" + "".join(sign if sign.isalnum() else quote(sign, safe="").replace(".", "%2E") for sign in name))


def hostile() -> list[Spo]:
    said: list[Spo] = []
    for name in HOSTILE:
        said += [(person(name), RDF.type, KG.Person), (person(name), RDFS.label, chinese(name))]
    for number, value in enumerate((integer(-5), decimal("0.5"), decimal("3"), Term(f'"abc"^^{XSD.integer}'), plain("1"), plain(""))):
        assert value is not None
        said.append((person("数"), Term(f"<https://w3id.org/zhengtu/ontology#p{number}>"), value))
    said.append((Term("<https://example.org/a//b/../c>"), KG.text, Term("<https://w3id.org/zhengtu/id/>")))
    said.append((iri(DEFAULT_BASE, "article/0f#char=1,2"), KG.mentions, Term("<urn:x:y.>")))
    return said


def filled(folder: Path) -> Store:
    store = Store(folder)
    store.tell({**told(meeting("a.txt"), meeting("b.txt", "柳溪公园")), A: hostile()})
    return store


def read(path: Path) -> set[str]:
    """Return the lines of N-Quads that a file says, as Oxigraph reads it."""
    return {str(quad) for quad in ox.parse(path=path)}


def default_graph(store: Store) -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(f"{' '.join(spo)} .\n" for spo in facts(store)), format="nt")


@pytest.mark.parametrize("drafted", [True, False])
def test_turtle_says_what_the_store_says_to_every_reader(tmp_path: Path, drafted: bool) -> None:
    with filled(tmp_path) as store:
        if not drafted:
            store.close()
            store = Store(tmp_path)
        assert (store.draft is not None) == drafted
        write_turtle(store, tmp_path / "graph.ttl")
        assert {tuple(map(str, (quad.subject, quad.predicate, quad.object))) for quad in ox.parse(path=tmp_path / "graph.ttl")} == facts(store)
        assert isomorphic(rdflib.Graph().parse(tmp_path / "graph.ttl"), default_graph(store))
        store.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("drafted", [True, False])
def test_trig_says_what_every_article_says(tmp_path: Path, drafted: bool) -> None:
    with filled(tmp_path) as store:
        if not drafted:
            store.close()
            store = Store(tmp_path)
        write_trig(store, tmp_path / "graph.trig")
        expected = {str(quad) for quad in store.oxigraph if "urn:zhengtu" not in str(quad.graph_name)}
        assert read(tmp_path / "graph.trig") == expected
        dataset = rdflib.Dataset()
        dataset.parse(tmp_path / "graph.trig", format="trig")
        assert sum(1 for _ in dataset.quads()) == len(expected)
        store.close()


def test_a_draft_gives_the_same_bytes_as_the_store(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        for write, name in ((write_turtle, "ttl"), (write_trig, "trig"), (write_turtle, "again.ttl")):
            write(store, tmp_path / f"drafted.{name}")
    with Store(tmp_path, reading=True) as store:
        assert store.draft is None
        for write, name in ((write_turtle, "ttl"), (write_trig, "trig"), (write_turtle, "again.ttl")):
            write(store, tmp_path / f"stored.{name}")
            assert (tmp_path / f"drafted.{name}").read_bytes() == (tmp_path / f"stored.{name}").read_bytes()


_CHANGES: list[Callable[[Store], object]] = [
    lambda store: store.tell({A: ()}),
    lambda store: store.tell({A: [(person("李"), RDF.type, KG.Person)]}),
    lambda store: store.tell(told(meeting("d.txt"))),
    lambda store: store.put(iri(DEFAULT_BASE, "resolution"), [(person("李"), KG.reason, chinese("同名"))]),
    lambda store: store.tell({B: [(person("数"), RDFS.label, chinese("数"))]}),
]


@pytest.mark.parametrize("change", _CHANGES)
def test_a_draft_never_tells_what_the_store_does_not(tmp_path: Path, change: Callable[[Store], object]) -> None:
    with filled(tmp_path) as store:
        write_turtle(store, tmp_path / "before.ttl")
        change(store)
        for write, suffix in ((write_turtle, "ttl"), (write_trig, "trig")):
            write(store, tmp_path / f"one.{suffix}")
    with Store(tmp_path, reading=True) as store:
        for write, suffix in ((write_turtle, "ttl"), (write_trig, "trig")):
            write(store, tmp_path / f"two.{suffix}")
            assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_the_bytes_do_not_depend_on_the_order_of_writing(tmp_path: Path) -> None:
    chance = random.Random(3)
    parts = list(told(*(meeting(f"{number}.txt", f"项目{number}") for number in range(8))).items())
    written = set()
    for number in range(4):
        shuffled = [(graph, chance.sample(said, len(said))) for graph, said in parts]
        chance.shuffle(shuffled)
        with Store(tmp_path / str(number)) as store:
            if number % 2:
                store.tell({B: hostile()})
            for at in range(0, 8, 1 + number):
                store.tell(dict(shuffled[at : at + 1 + number]))
            store.tell({B: ()})
            for suffix in SUFFIXES:
                export(store, tmp_path / f"graph{suffix}")
            written.add(tuple((tmp_path / f"graph{suffix}").read_bytes() for suffix in SUFFIXES))
    assert len(written) == 1


def test_blocks_stand_in_the_order_of_the_ontology_with_the_class_and_the_label_first(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        write_turtle(store, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text("utf-8")
    places = [text.index(f" a kg:{name}") for name in ("Article", "Official", "Place", "Project", "Meeting", "Inspection", "Statement", "Assertion", "Passage")]
    assert places == sorted(places)
    assert (
        "policy:河畅行动 a kg:Policy ;\n"
        '    rdfs:label "河畅行动"@zh ;\n'
        '    skos:altLabel "“河畅行动”"@zh .\n'
    ) in text  # fmt: skip
    assert "_:" not in text


def test_numbers_and_names_are_written_short_where_that_is_safe(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        write_turtle(store, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text("utf-8")
    for line in ("kg:p0 -5", "kg:p1 0.5", 'kg:p2 "3"^^xsd:decimal', 'kg:p3 "abc"^^xsd:integer', 'kg:p4 "1"', "person:1号 a", "<person/-起> a", "<urn:x:y.>"):
        assert line in text
    assert "<https://example.org/a//b/../c>" in text


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_format_is_read_back_by_rdflib(tmp_path: Path, suffix: str) -> None:
    with Store(tmp_path) as store:
        store.tell(told(meeting("a.txt"), meeting("b.txt", "柳溪公园")))
        export(store, tmp_path / f"graph{suffix}")
        expected = default_graph(store)
        articles = {graph[1:-1]: len(store.said_by(graph)) for graph in store.articles()}
    if suffix not in (".trig", ".nq"):
        assert isomorphic(rdflib.Graph().parse(tmp_path / f"graph{suffix}", format=RDFLIB[suffix]), expected)
        return
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(tmp_path / f"graph{suffix}", format=RDFLIB[suffix])
    assert set(dataset.triples((None, None, None))) == set(expected)
    assert {str(graph.identifier): len(graph) for graph in dataset.graphs() if "/article/" in str(graph.identifier)} == articles


def test_lines_are_sorted(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        for name in ("graph.nt", "graph.nq"):
            export(store, tmp_path / name)
            lines = (tmp_path / name).read_bytes().splitlines()
            assert lines == sorted(lines)
            assert b"urn:zhengtu" not in b"".join(lines)


def test_xml_holds_no_control_characters(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.tell({A: [(person("甲"), KG.text, chinese("a\x00\x0bb\x1f")), (person("甲"), KG.rule, plain("\x01"))]})
        export(store, tmp_path / "graph.rdf")
    assert {str(o) for o in rdflib.Graph().parse(tmp_path / "graph.rdf", format="xml").objects()} == {"a\ufffd\ufffdb\ufffd", "\ufffd"}


@pytest.mark.parametrize("name", ["graph", "graph.csv", "graph.ttl.gz"])
def test_an_unknown_suffix_is_told_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with filled(tmp_path / "output") as store, pytest.raises(KgError) as error:
        export(store, tmp_path / name)
    for suffix in SUFFIXES:
        assert suffix in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_a_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        export(store, tmp_path / "GRAPH.TTL")
        export(store, tmp_path / "graph.ttl")
    assert (tmp_path / "GRAPH.TTL").read_bytes() == (tmp_path / "graph.ttl").read_bytes()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(tmp_path / "output") as store:
        target = tmp_path / "graph.ttl"
        target.write_text("old", encoding="utf-8")
        assert store.draft is not None

        def full(_: object) -> object:
            yield b"@prefix"
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(type(store.draft), "facts", full)
        with pytest.raises(OutputError) as error:
            write_turtle(store, target)
        assert "No space left" in str(error.value)
        assert target.read_text("utf-8") == "old"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.ttl", "output"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with filled(tmp_path) as store, pytest.raises(OutputError) as error:
        export(store, tmp_path / "none" / "graph.ttl")
    assert "none" in str(error.value)


def test_an_empty_graph_is_an_empty_file_of_its_format(store: Store, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        export(store, tmp_path / f"graph{suffix}")
        assert sum(1 for _ in ox.parse(path=tmp_path / f"graph{suffix}")) == 0


def test_records_that_do_not_fit_in_memory_come_out_in_the_same_order(tmp_path: Path) -> None:
    chance = random.Random(7)
    records = [(chance.randrange(3), bytes([chance.randrange(256)]), chance.randbytes(chance.randrange(50))) for _ in range(2000)]
    small, large = Runs(tmp_path, run_bytes=10_000), Runs(tmp_path)
    for record in records:
        small.add(record)
        large.add(record)
    assert list(small) == list(large) == list(small) == sorted(records)
    small.close()
    assert list(small) == []
