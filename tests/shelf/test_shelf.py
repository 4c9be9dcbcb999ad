"""The shelf keeps readings whole, remembers what is still to be told, and says in one line what is wrong with its file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.shelf import Entry, Shelf


def entry(article: str, says: str = "<a> <b> <c>", *profiles: tuple[str, str], published: str | None = "2024-05-12", refused: str = "") -> Entry:
    return Entry(article, f"标题{article}", published, "青岚日报", says, profiles, refused)


LI = ("person:李伟", "李伟在甲区")
WANG = ("person:王建军", "王建军在乙县")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def settled(shelf: Shelf) -> None:
    shelf.conclude({}, {})
    assert (shelf.pending(), shelf.dirty()) == ([], [])


def test_what_is_taken_stands_there_after_it_is_opened_again(shelf: Shelf, tmp_path: Path) -> None:
    shelf.take([("a.txt", "v1", [entry("1", "甲\n乙", LI), entry("2")])])
    shelf.close()
    with Shelf(tmp_path, reading=True) as again:
        assert again.sources() == {"a.txt": "v1"}
        assert again.articles() == ["1", "2"]
        assert again.triples("1") == ["甲\n乙"]
        assert again.profiles("person:李伟") == [("1", "李伟在甲区")]
        assert again.blocks_of("1") == ["person:李伟"]
        assert [(one.article, one.source, one.headline, one.publisher) for one in again.shelved()] == [
            ("1", "a.txt", "标题1", "青岚日报"),
            ("2", "a.txt", "标题2", "青岚日报"),
        ]


def test_a_new_article_is_to_be_told_and_its_blocks_are_to_be_decided(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v1", [entry("1", "x", LI, WANG)])])
    assert shelf.pending() == ["1"]
    assert shelf.dirty() == ["person:李伟", "person:王建军"]
    assert shelf.dirty("person:王") == ["person:王建军"]


def test_what_is_read_again_and_is_the_same_touches_nothing(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v1", [entry("1", "x", LI)])])
    settled(shelf)
    shelf.take([("a.txt", "v2", [entry("1", "x", LI)])])
    assert (shelf.pending(), shelf.dirty()) == ([], [])
    assert shelf.sources() == {"a.txt": "v2"}


@pytest.mark.parametrize(
    "changed", [entry("1", "y", LI), entry("1", "x", LI, published=None), entry("1", "x", LI, refused="[]"), entry("1", "x", ("person:李伟", "李伟在丙市"))]
)
def test_what_is_read_otherwise_is_told_again(shelf: Shelf, changed: Entry) -> None:
    shelf.take([("a.txt", "v1", [entry("1", "x", LI)])])
    settled(shelf)
    shelf.take([("a.txt", "v2", [changed])])
    assert shelf.pending() == ["1"]
    assert shelf.dirty() == ["person:李伟"]
    assert shelf.triples("1") == [changed.triples]


def test_the_block_that_a_profile_leaves_is_to_be_decided_too(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v1", [entry("1", "x", LI)])])
    settled(shelf)
    shelf.take([("a.txt", "v2", [entry("1", "x", WANG)])])
    assert shelf.dirty() == ["person:李伟", "person:王建军"]
    assert shelf.profiles("person:李伟") == []


def test_an_article_that_left_its_file_is_to_be_told_as_gone(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v1", [entry("1", "x", LI), entry("2", "y", WANG)])])
    settled(shelf)
    shelf.take([("a.txt", "v2", [entry("2", "y", WANG)])])
    assert (shelf.pending(), shelf.dirty()) == (["1"], ["person:李伟"])
    assert shelf.triples("1") == []
    assert shelf.articles() == ["2"]


def test_an_article_of_two_sources_stays_until_both_are_gone(shelf: Shelf) -> None:
    shelf.take([("b.txt", "v", [entry("1", "from b", LI)]), ("a.txt", "v", [entry("1", "from a", LI)])])
    assert shelf.sources_of("1") == ["a.txt", "b.txt"]
    assert shelf.triples("1") == ["from a", "from b"]
    assert shelf.profiles("person:李伟") == [("1", "李伟在甲区")]  # once
    shelf.forget(["a.txt"])
    assert shelf.triples("1") == ["from b"]
    assert shelf.pending() == ["1"]
    shelf.forget(["b.txt"])
    assert (shelf.articles(), shelf.sources()) == ([], {})


def test_a_single_article_is_forgotten_and_its_source_stays_known(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v", [entry("1", "x", LI), entry("2")])])
    settled(shelf)
    shelf.forget([], [("1", "a.txt")])
    assert shelf.sources() == {"a.txt": "v"}
    assert shelf.articles() == ["2"]
    assert (shelf.pending(), shelf.dirty()) == (["1"], ["person:李伟"])


def test_one_article_twice_in_one_source_is_one(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v", [entry("1", "x", LI), entry("1", "x", LI)])])
    assert shelf.triples("1") == ["x"]
    assert shelf.profiles("person:李伟") == [("1", "李伟在甲区")]


def test_blocks_are_found_by_their_beginning_and_by_the_words_of_their_profiles(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v", [entry("1", "x", LI, WANG, ("event:Meeting|2024-05", "会"), ("person:", "empty"), ("personal", "other"))])])
    assert shelf.blocks("person:") == ["person:", "person:李伟", "person:王建军"]
    assert shelf.blocks("person:", "乙县") == ["person:王建军"]
    assert shelf.blocks("person:", "%") == []


def test_results_and_notes_are_kept_replaced_and_dropped(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v", [entry("1", "x", LI)])])
    shelf.keep({"person:李伟": "first"})
    assert shelf.result("person:李伟") == "first"
    assert shelf.dirty() == ["person:李伟"]  # kept for a run that is cut off, and still to be decided
    shelf.conclude({"person:李伟": "second", "person:王建军": None}, {"base": "b"})
    assert (shelf.result("person:李伟"), shelf.noted("base")) == ("second", "b")
    assert shelf.results("person:") == ["second"]
    assert (shelf.pending(), shelf.dirty()) == ([], [])
    shelf.conclude({"person:李伟": None}, {})
    assert shelf.result("person:李伟") is None
    shelf.note("base", "c")
    assert shelf.noted("base") == "c"
    assert shelf.noted("none") is None


def test_what_fails_halfway_leaves_nothing(shelf: Shelf) -> None:
    def sources():  # type: ignore[no-untyped-def]
        yield "a.txt", "v", [entry("1", "x", LI)]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.take(sources())
    assert (shelf.sources(), shelf.articles(), shelf.pending(), shelf.dirty()) == ({}, [], [], [])
    shelf.take([("a.txt", "v", [entry("1")])])
    assert shelf.articles() == ["1"]


def test_articles_stand_by_day_those_without_one_last(shelf: Shelf) -> None:
    shelf.take([("a.txt", "v", [entry("3", published=None), entry("2", published="2024-05-12"), entry("1", published="2024-05-13")])])
    assert [one.article for one in shelf.shelved()] == ["2", "1", "3"]


def test_what_was_refused_is_told_by_source(shelf: Shelf) -> None:
    shelf.take([("b.txt", "v", [entry("1", refused="[1]")]), ("a.txt", "v", [entry("2", refused="[2]"), entry("3")])])
    assert list(shelf.refused()) == [("a.txt", "标题2", "[2]"), ("b.txt", "标题1", "[1]")]


@pytest.mark.parametrize("name", ["", "'; DROP TABLE reading; --", "甲\n乙", "a\0b", "报纸/#1", "%_", "𠮷"])
def test_any_name_is_only_a_name(shelf: Shelf, name: str) -> None:
    shelf.take([(name, name, [entry(name or "1", name, (f"person:{name}", name))])])
    assert shelf.sources() == {name: name}
    assert shelf.triples(name or "1") == [name]
    assert shelf.profiles(f"person:{name}") == [(name or "1", name)]
    shelf.forget([name])
    assert shelf.articles() == []


def test_a_folder_without_a_shelf_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build") as caught:
        Shelf(tmp_path, reading=True)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "readings.sqlite").exists()


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at" * 40, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "readings.sqlite").write_bytes(content)
    with pytest.raises(StoreError) as caught, Shelf(tmp_path) as shelf:
        shelf.sources()
    assert str(tmp_path / "readings.sqlite") in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "elete it and build again" in caught.value.english


def test_a_shelf_that_is_read_cannot_be_written(tmp_path: Path) -> None:
    with Shelf(tmp_path) as shelf:
        shelf.take([("a.txt", "v", [entry("1")])])
    with Shelf(tmp_path, reading=True) as shelf, pytest.raises(StoreError, match="写不进去"):
        shelf.note("base", "b")


def test_a_shelf_that_is_closed_says_so(shelf: Shelf) -> None:
    shelf.close()
    shelf.close()
    with pytest.raises(StoreError, match="已经关闭"):
        shelf.sources()


def test_what_is_taken_is_on_the_disk_when_take_returns(shelf: Shelf, tmp_path: Path) -> None:
    shelf.take([("a.txt", "v", [entry("1")])])
    with sqlite3.connect(tmp_path / "readings.sqlite") as other:
        assert other.execute("SELECT article FROM reading").fetchall() == [("1",)]
        assert other.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
    assert not list(tmp_path.glob("readings.sqlite-*"))
