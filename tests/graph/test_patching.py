"""Files that are brought up to date are, byte for byte, those that are written whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from graph_stories import meeting, told

from kg.graph import DEFAULT_BASE, Spo, Store, Term, patch, reason, write_trig, write_turtle
from kg.graph.derived import areas_graph, resolution_graph, tenures_graph
from kg.graph.terms import CLASS_ORDER, KG, RDF, RDFS, chinese, iri, plain

NAMES = ("张建国", "李 伟", "A.B.", "“四挂钩”", "a/b", "<b>&\"'", "甲\n乙\\", "%E4", "𠮷", "x" * 70, "-", "1", "阿·买提", "\u3000", "é")
"""Names as a hostile page could print them."""


class Desk:
    """A store with its two files, which are patched after each change and written whole beside them."""

    def __init__(self, folder: Path, base: str = DEFAULT_BASE) -> None:
        self.folder = folder
        self.base = base
        self.turtle, self.trig = folder / "graph.ttl", folder / "graph.trig"

    def write(self) -> None:
        """Write both files whole, and note that they tell what is in the store."""
        with Store(self.folder) as store:
            write_turtle(store, self.turtle)
            write_trig(store, self.trig)
            store.set_stamp("written")

    def change(self, graphs: dict[Term, set[Spo]], aside: dict[Term, set[Spo]] | None = None) -> None:
        """Tell graphs, patch the files, and compare them with what is written whole."""
        with Store(self.folder) as store:
            store.tell(graphs)
            for graph, triples in (aside or {}).items():
                store.put(graph, triples)
            self.compare(store)

    def compare(self, store: Store) -> None:
        patch(store, self.turtle, self.trig, store.touched)
        whole_turtle, whole_trig = self.folder / "whole.ttl", self.folder / "whole.trig"
        write_turtle(store, whole_turtle)
        write_trig(store, whole_trig)
        assert self.turtle.read_bytes() == whole_turtle.read_bytes()
        assert self.trig.read_bytes() == whole_trig.read_bytes()
        store.set_stamp("written")


def article(number: int, base: str = DEFAULT_BASE) -> Term:
    return iri(base, f"article/{number:016x}")


def sayings(chance: random.Random, graph: Term, base: str = DEFAULT_BASE) -> set[Spo]:
    """Return what an article says: a few things of any class and any name, shared with other articles, and some of its own."""
    said: set[Spo] = {(graph, RDF.type, KG.Article), (graph, RDFS.label, chinese(chance.choice(NAMES)))}
    for _ in range(chance.randrange(12)):
        name = chance.choice(NAMES)
        thing = iri(base, f"{chance.choice(('person', 'org', 'area', 'odd'))}/{name}")
        said.add((thing, RDFS.label, chinese(name)))
        for kind in chance.sample(CLASS_ORDER, chance.randrange(3)):
            said.add((thing, RDF.type, KG.named(kind)))
        said.add((graph, KG.mentions, thing))
        said.add((Term(f"{graph[:-1]}/statement/{chance.randrange(9)}>"), KG.text, plain(chance.choice(NAMES))))
    return said


@pytest.mark.parametrize("seed", range(12))
def test_patched_files_are_those_written_whole_after_any_changes(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    desk = Desk(tmp_path / "output")
    with Store(desk.folder) as store:
        store.tell({article(number): sayings(chance, article(number)) for number in range(8)})
        store.put(resolution_graph(DEFAULT_BASE), sayings(chance, iri(DEFAULT_BASE, "resolution/1")))
    desk.write()
    for _ in range(8):
        graphs = {}
        for number in chance.sample(range(14), chance.randrange(1, 6)):
            # added, changed, or (with nothing to say) removed
            graphs[article(number)] = set() if chance.random() < 0.4 else sayings(chance, article(number))
        if chance.random() < 0.4:
            graphs[tenures_graph(DEFAULT_BASE)] = sayings(chance, iri(DEFAULT_BASE, "article/0/tenure/1"))
        if chance.random() < 0.3:
            graphs[areas_graph(DEFAULT_BASE)] = {(iri(DEFAULT_BASE, "area/甲区"), KG.partOf, iri(DEFAULT_BASE, "area/乙市"))}
        aside = {resolution_graph(DEFAULT_BASE): sayings(chance, iri(DEFAULT_BASE, f"resolution/{chance.randrange(3)}"))} if chance.random() < 0.4 else {}
        desk.change(graphs, aside)


def test_stories_that_are_added_changed_and_removed_are_patched(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "output")
    first, second, third = told(meeting()), told(meeting("news/b.txt", "秋实家园")), told(meeting("news/c.txt", "冬青苑"))
    with Store(desk.folder) as store:
        store.tell({graph: set(said) for graph, said in first.items()})
    desk.write()
    desk.change({graph: set(said) for graph, said in {**second, **third}.items()})
    ((graph, said),) = second.items()
    desk.change({graph: {spo for spo in said if spo[1] != RDF.type}})
    desk.change({graph: set() for graph in second})
    assert "秋实家园" not in desk.turtle.read_text("utf-8")
    assert "冬青苑" in desk.trig.read_text("utf-8")


def test_a_graph_that_was_empty_is_filled_and_one_that_is_emptied_keeps_its_head(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "output")
    with Store(desk.folder):
        pass
    desk.write()
    head = desk.turtle.read_bytes()
    chance = random.Random(1)
    desk.change({article(1): sayings(chance, article(1)), article(2): sayings(chance, article(2))})
    assert desk.turtle.read_bytes() != head
    desk.change({article(1): set(), article(2): set()})
    assert desk.turtle.read_bytes() == head


@pytest.mark.parametrize("base", ["https://graph.example/", "https://graph.example/id#"])
def test_another_base_is_patched_too_even_when_nothing_is_left(tmp_path: Path, base: str) -> None:
    desk = Desk(tmp_path / "output", base)
    chance = random.Random(2)
    with Store(desk.folder) as store:
        store.tell({article(1, base): sayings(chance, article(1, base), base)})
    desk.write()
    desk.change({article(2, base): sayings(chance, article(2, base), base)})
    desk.change({article(1, base): set(), article(2, base): set()})
    desk.change({article(3, base): sayings(chance, article(3, base), base)})


def test_the_resolution_graph_alone_may_change(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "output")
    resolution = resolution_graph(DEFAULT_BASE)
    chance = random.Random(3)
    with Store(desk.folder) as store:
        store.tell({article(1): sayings(chance, article(1))})
    desk.write()
    facts = desk.turtle.read_bytes()
    node = iri(DEFAULT_BASE, "resolution/a")
    for verdict in ("same", "different"):
        desk.change({}, {resolution: {(node, RDF.type, KG.Resolution), (node, KG.verdict, plain(verdict))}})
        assert desk.turtle.read_bytes() == facts
        assert f'"{verdict}"' in desk.trig.read_text("utf-8")
    desk.change({}, {resolution: set()})
    assert "resolution" not in desk.trig.read_text("utf-8")


def test_a_thing_that_becomes_another_class_moves_to_its_place(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "output")
    person = iri(DEFAULT_BASE, "person/张建国")
    plainly = {(person, RDF.type, KG.Person), (person, RDFS.label, chinese("张建国"))}
    with Store(desk.folder) as store:
        store.tell({article(1): plainly, article(2): {(iri(DEFAULT_BASE, "org/甲区"), RDF.type, KG.Organization)}})
    desk.write()
    desk.change({article(3): {*plainly, (person, RDF.type, KG.Official)}})
    desk.change({article(3): set()})


def test_what_was_inferred_is_never_patched_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "output")
    with Store(desk.folder) as store:
        store.tell({graph: set(said) for graph, said in told(meeting()).items()})
        reason(store)
    desk.write()
    with Store(desk.folder) as store:
        store.tell({graph: set(said) for graph, said in told(meeting("news/b.txt", "秋实家园")).items()})
        reason(store)
        desk.compare(store)
    assert "inferred" not in desk.trig.read_text("utf-8")
