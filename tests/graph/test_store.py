from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_stories import facts, meeting, told, union  # type: ignore[import-not-found]

from kg.errors import StoreError
from kg.graph import DEFAULT_BASE, Change, Spo, Store, Term, article_iri
from kg.graph.terms import KG, RDF, chinese, iri


def graphs(store: Store) -> dict[Term, set[Spo]]:
    return {graph: store.said_by(graph) for graph in store.articles()}


def everything(store: Store) -> set[str]:
    return {str(quad) for quad in store.oxigraph}


def thing(name: str) -> Spo:
    return (iri(DEFAULT_BASE, f"person/{name}"), RDF.type, KG.Person)


def says(*names: str) -> list[Spo]:
    return [thing(name) for name in names]


A, B, C = (article_iri(DEFAULT_BASE, letter * 16) for letter in "abc")


def test_the_default_graph_holds_every_fact_once_and_a_named_graph_what_an_article_says(store: Store) -> None:
    stories = told(meeting("a.txt"), meeting("b.txt", "柳溪公园"))
    assert store.tell(stories) == Change(added=2)
    assert graphs(store) == {graph: set(said) for graph, said in stories.items()}
    assert facts(store) == union(graphs(store).values())
    assert len(store) == len(facts(store))


def test_telling_again_changes_nothing(store: Store) -> None:
    stories = told(meeting("a.txt"), meeting("b.txt", "柳溪公园"))
    store.tell(stories)
    before = everything(store)
    assert store.tell(stories) == Change()
    assert everything(store) == before


def test_a_graph_says_what_it_was_told_last(store: Store) -> None:
    store.tell({A: says("张建国", "李文芳"), B: says("王志强")})
    assert store.tell({A: says("张建国", "赵立新"), B: (), C: says("李文芳")}) == Change(added=1, replaced=1, removed=1)
    assert graphs(store) == {A: {thing("张建国"), thing("赵立新")}, C: {thing("李文芳")}}
    assert facts(store) == {thing("张建国"), thing("赵立新"), thing("李文芳")}
    assert {str(graph) for graph in store.oxigraph.named_graphs()} == {A, C, "<urn:zhengtu:books>"}


def test_a_fact_that_another_article_says_stays_when_one_is_removed(store: Store) -> None:
    store.tell({A: says("张建国", "李文芳"), B: says("张建国", "王志强")})
    assert store.tell({A: ()}) == Change(removed=1)
    assert facts(store) == {thing("张建国"), thing("王志强")}
    assert store.tell({B: ()}) == Change(removed=1)
    assert everything(store) == set()


def test_a_fact_moves_from_one_article_to_another_in_one_transaction(store: Store) -> None:
    store.tell({A: says("张建国"), B: says("王志强")})
    store.tell({A: says("李文芳"), B: says("张建国")})
    assert facts(store) == {thing("张建国"), thing("李文芳")}


def test_an_event_that_two_articles_tell_stays_while_one_of_them_does(store: Store) -> None:
    event = Term(A[:-1] + "/event/3-9>")
    said = [(event, RDF.type, KG.Meeting)]
    store.tell({A: said, B: said})
    store.tell({A: says("张建国")})
    assert facts(store) == {*said, thing("张建国")}
    store.tell({B: ()})
    assert facts(store) == {thing("张建国")}


def test_changes_in_any_order_lead_to_what_the_graphs_say_now(tmp_path: Path) -> None:
    chance = random.Random(5)
    names = [f"人{number}" for number in range(8)]
    tenures = iri(DEFAULT_BASE, "tenures")
    with Store(tmp_path) as store:
        now: dict[Term, set[Spo]] = {}
        aside: set[Spo] = set()
        for _ in range(40):
            change = {
                article_iri(DEFAULT_BASE, letter): says(*chance.sample(names, chance.randint(0, 4)))
                for letter in chance.sample(["a", "b", "c", "d"], chance.randint(1, 3))
            }
            store.tell(change)
            now |= {graph: set(said) for graph, said in change.items()}
            new = set(says(*chance.sample(names, chance.randint(0, 3))))
            store.amend(tenures, new - aside, aside - new)
            aside = new
            expected = {graph: said for graph, said in now.items() if said}
            assert graphs(store) == expected
            assert store.said_by(tenures) == aside
            assert facts(store) == union([*expected.values(), aside])


def test_a_graph_can_be_amended_by_some_triples(store: Store) -> None:
    tenures = iri(DEFAULT_BASE, "tenures")
    store.tell({A: says("张建国")})
    store.amend(tenures, set(says("张建国", "李文芳")), set())
    store.amend(tenures, set(says("王志强")), set(says("张建国", "李文芳")))
    assert store.said_by(tenures) == {thing("王志强")}
    assert facts(store) == {thing("张建国"), thing("王志强")}


def test_a_store_can_forget_everything(store: Store) -> None:
    store.tell({A: says("张建国")})
    store.clear()
    assert everything(store) == set()
    assert store.is_empty()


def test_a_graph_that_is_no_article_stays_out_of_the_default_graph(store: Store) -> None:
    resolution = iri(DEFAULT_BASE, "resolution")
    store.tell({A: says("张建国")})
    store.put(resolution, [thing("张建国"), thing("王志强")])
    assert facts(store) == {thing("张建国")}
    store.tell({A: ()})
    assert facts(store) == set()
    store.put(resolution, [thing("李文芳")])
    assert store.said_by(resolution) == {thing("李文芳")}


def test_hostile_text_survives_adding_replacing_and_removing(store: Store) -> None:
    texts = ['"""\\\\ <script> \u061c', "\\u0041\\", "} GRAPH <x:y> { ", "a\nb\r\t\x00\x0b\x7f\u2028", "' ; DROP ALL #"]
    said = [(iri(DEFAULT_BASE, f"person/{text}"), KG.text, chinese(text)) for text in texts]
    store.tell({A: says("张建国")})
    store.tell({A: said})
    assert facts(store) == set(said) == store.said_by(A)
    values = {quad.object.value for quad in store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph()) if isinstance(quad.object, ox.Literal)}
    assert values == set(texts)
    store.tell({A: []})
    assert facts(store) == set()


def test_a_large_batch_is_written_like_a_small_one(store: Store) -> None:
    large = {article_iri(DEFAULT_BASE, f"{number:016x}"): says(*(f"人{number}之{other}" for other in range(40)), "张建国") for number in range(100)}
    assert store.tell(large) == Change(added=100)
    assert len(store) == 4001
    assert graphs(store) == {graph: set(said) for graph, said in large.items()}


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.tell({A: says("张建国")})
    with Store(tmp_path, reading=True) as store:
        assert facts(store) == {thing("张建国")}
        assert store.base() == DEFAULT_BASE


def test_the_base_is_that_of_the_articles(store: Store) -> None:
    assert store.base() == DEFAULT_BASE
    store.tell({article_iri("https://example.org/x/", "a"): says("张建国")})
    assert store.base() == "https://example.org/x/"


# ---------------------------------------------------------------- who may open it


def assert_told(error: pytest.ExceptionInfo[StoreError], folder: Path) -> str:
    for line in (str(error.value), error.value.english):
        assert str(folder) in line
        assert "\n" not in line
    return error.value.english


def test_a_second_writer_and_a_reader_are_refused_while_one_writes(store: Store) -> None:
    for reading in (False, True):
        with pytest.raises(StoreError) as error:
            Store(store.folder, reading=reading)
        if not reading:
            assert "another process" in assert_told(error, store.folder)


def test_readers_read_together_and_keep_writers_out(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.tell({A: says("张建国")})
    with Store(tmp_path, reading=True) as one, Store(tmp_path, reading=True) as other:
        assert facts(one) == facts(other)
        with pytest.raises(StoreError) as error:
            Store(tmp_path)
        assert_told(error, tmp_path)
    Store(tmp_path).close()


def test_another_process_that_writes_is_told(tmp_path: Path) -> None:
    code = "import sys; from kg.graph import Store; s = Store(sys.argv[1]); s.clear(); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        for reading in (False, True):
            with pytest.raises(StoreError) as error:
                Store(tmp_path, reading=reading)
            assert "another process" in assert_told(error, tmp_path)
        other.communicate("", timeout=60)
    Store(tmp_path).close()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreError) as error:
        list(store.articles())
    assert "closed" in assert_told(error, tmp_path)


def test_reading_where_no_graph_is_makes_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreError) as error:
            Store(folder, reading=True)
        assert "kg build" in assert_told(error, folder)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError) as error:
        Store(tmp_path)
    assert "other files" in assert_told(error, tmp_path)
    assert [file.name for file in (tmp_path / "store").iterdir()] == ["thesis.docx"]
    (tmp_path / "store" / "thesis.docx").unlink()
    Store(tmp_path).close()


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "output", tmp_path / "output" / "below"):
        with pytest.raises(StoreError) as error:
            Store(folder)
        assert_told(error, folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError) as error:
            Store(tmp_path)
        assert_told(error, tmp_path)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("pattern", ["*.sst", "MANIFEST-*", "CURRENT"])
def test_a_damaged_store_is_told_with_what_to_do(tmp_path: Path, pattern: str) -> None:
    with Store(tmp_path) as store:
        store.tell({A: says(*(f"人{number}" for number in range(5000)))})
    victim = max((tmp_path / "store").glob(pattern), key=lambda file: file.stat().st_size)
    with victim.open("r+b") as file:
        file.truncate(10)
    for reading in (False, True):
        with pytest.raises(StoreError) as error:
            Store(tmp_path, reading=reading)
        assert_told(error, tmp_path)


def test_what_a_killed_bulk_load_leaves_is_cleaned_up(tmp_path: Path) -> None:
    Store(tmp_path).close()
    (tmp_path / "store" / "bulk-123.sst").write_bytes(b"left")
    Store(tmp_path).close()
    assert list((tmp_path / "store").glob("bulk-*.sst")) == []


_FILL = """
import resource, sys
from kg.errors import StoreError
from kg.graph import DEFAULT_BASE, Store, article_iri
from kg.graph.terms import KG, RDF, iri
store = Store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
for n in range(200):
    says = [(iri(DEFAULT_BASE, f"person/{n}-{m}"), RDF.type, KG.Person) for m in range(60)]
    try:
        store.tell({article_iri(DEFAULT_BASE, f"{n:016x}"): says})
    except StoreError as error:
        print(n, error.english, flush=True)
        break
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
def test_a_full_disk_is_told_and_what_was_written_before_stays(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _FILL, str(tmp_path)], capture_output=True, text=True, check=False, timeout=120)
    count, _, message = done.stdout.strip().partition(" ")
    assert str(tmp_path) in message, done.stderr
    with Store(tmp_path) as store:
        assert_only_whole_articles(store, 60)
        assert len(graphs(store)) >= int(count) > 0


_BUILD = """
import sys
from kg.graph import DEFAULT_BASE, Store, article_iri
from kg.graph.terms import KG, RDF, iri
store = Store(sys.argv[1])
start = len(list(store.articles()))
for batch in range(1000):
    parts = {}
    for n in range(start + batch * 10, start + batch * 10 + 10):
        says = [(iri(DEFAULT_BASE, f"person/{n}-{m}"), RDF.type, KG.Person) for m in range(SIZE)]
        parts[article_iri(DEFAULT_BASE, f"{n:016x}")] = says
    store.tell(parts)
    print(start + batch * 10 + 10, flush=True)
"""


def assert_only_whole_articles(store: Store, size: int) -> None:
    found = graphs(store)
    assert {len(said) for said in found.values()} <= {size}
    assert facts(store) == union(found.values())


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("size", [20, 400])  # by transactions, and by bulk loads
def test_a_build_that_is_killed_leaves_whole_articles_only(tmp_path: Path, size: int) -> None:
    chance = random.Random(size)
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", _BUILD.replace("SIZE", str(size)), str(tmp_path)], stdout=subprocess.PIPE, text=True) as build:
            assert build.stdout is not None
            told = 0
            for line in build.stdout:
                told = int(line)
                if chance.random() < 0.3:
                    break
            time.sleep(chance.random() / 50)
            build.send_signal(signal.SIGKILL)
        with Store(tmp_path) as store:
            assert len(graphs(store)) >= told > 0
            assert_only_whole_articles(store, size)
        assert list((tmp_path / "store").glob("bulk-*.sst")) == []
