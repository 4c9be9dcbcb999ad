"""The whole way from a file to a graph, and again."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from kg.build import FILES, Summary, build
from kg.demo import pages
from kg.errors import InputError, OutputError, StoreError
from kg.model import Document
from kg.read import document

FIRST = "甲区召开重点项目推进会\n\n本报讯 5月11日,甲区召开重点项目推进会。区委书记张建国出席并讲话。会议强调，要优化营商环境。\n"
OTHER = "乙县县长李秀英调研丙镇\n\n本报讯 5月12日,乙县县长李秀英来到丙镇中学，调研校园安全工作。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(f"published: 2024-05-12\n\n{FIRST}", encoding="utf-8")
    (pages / "b.txt").write_text(f"published: 2024-05-13\n\n{OTHER}", encoding="utf-8")
    return pages


def contents(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(output.glob("graph.*"))}


def turtle(output: Path) -> str:
    return (output / "graph.ttl").read_text("utf-8")


def test_a_build_leaves_a_store_and_three_files(folder: Path, tmp_path: Path) -> None:
    summary = build([folder], tmp_path / "output")
    assert (summary.articles, summary.added, summary.replaced, summary.removed, summary.unchanged) == (2, 2, 0, 0, 0)
    assert sorted(contents(tmp_path / "output")) == ["graph.html", "graph.trig", "graph.ttl"]
    assert (tmp_path / "output" / "store").is_dir()
    assert "张建国" in turtle(tmp_path / "output")
    assert dict(summary.things)["Person"] == 2
    assert summary.events >= 2
    assert summary.statements >= 1
    assert summary.triples > 50
    assert summary.refused == ()


def test_nothing_but_these_is_left_in_the_folder(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "output")
    assert {path.name for path in (tmp_path / "output").iterdir()} <= {"store", "store.lock", "readings.sqlite", *FILES, "refused.tsv"}


def test_building_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    first = build([folder], tmp_path / "output")
    before = contents(tmp_path / "output")
    second = build([folder], tmp_path / "output")
    assert contents(tmp_path / "output") == before
    assert (second.added, second.replaced, second.removed, second.unchanged) == (0, 0, 0, 2)
    assert (second.articles, second.triples, second.things) == (first.articles, first.triples, first.things)


def test_the_same_input_gives_the_same_bytes_elsewhere(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "one")
    build([folder / "b.txt"], tmp_path / "two")
    build([folder / "a.txt"], tmp_path / "two")
    assert turtle(tmp_path / "one") == turtle(tmp_path / "two")


def test_a_changed_file_replaces_its_own_articles(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "output")
    (folder / "a.txt").write_text(f"published: 2024-05-12\n\n{FIRST.replace('张建国', '王志强')}", encoding="utf-8")
    summary = build([folder], tmp_path / "output")
    assert (summary.articles, summary.unchanged) == (2, 1)
    assert "张建国" not in turtle(tmp_path / "output")
    assert "王志强" in turtle(tmp_path / "output")
    assert "李秀英" in turtle(tmp_path / "output")
    build([folder], tmp_path / "fresh")
    assert turtle(tmp_path / "output") == turtle(tmp_path / "fresh")


def test_a_graph_grows_with_what_is_added(folder: Path, tmp_path: Path) -> None:
    build([folder / "a.txt"], tmp_path / "output")
    summary = build([folder / "b.txt"], tmp_path / "output")
    assert (summary.articles, summary.added) == (2, 1)
    assert "张建国" in turtle(tmp_path / "output")


def test_another_date_is_another_article(folder: Path, tmp_path: Path) -> None:
    (folder / "c.txt").write_text(FIRST, encoding="utf-8")
    build([folder / "c.txt"], tmp_path / "output", published="2023-05-12")
    assert "2023-05-11" in turtle(tmp_path / "output")
    summary = build([folder / "c.txt"], tmp_path / "output", published="2022-05-12")
    assert summary.articles == 1
    assert "2022-05-11" in turtle(tmp_path / "output")
    assert "2023-05-11" not in turtle(tmp_path / "output")


def test_a_date_without_a_year_stays_without_one(folder: Path, tmp_path: Path) -> None:
    (folder / "c.txt").write_text(FIRST, encoding="utf-8")
    build([folder / "c.txt"], tmp_path / "output")
    assert "--05-11" in turtle(tmp_path / "output")


def test_json_lines_are_built_line_by_line(tmp_path: Path) -> None:
    values = [{"title": "甲区召开会议", "published": "2024-05-12", "text": FIRST}, {"title": "", "text": OTHER}]
    content = "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(content))
    summary = build([tmp_path / "a.jsonl.gz"], tmp_path / "output", published="2024-05-13")
    assert summary.articles == 2
    assert "a.jsonl.gz#1" in turtle(tmp_path / "output")
    assert build([tmp_path / "a.jsonl.gz"], tmp_path / "output", published="2024-05-13").unchanged == 2


def test_one_article_in_two_files_is_one_article(folder: Path, tmp_path: Path) -> None:
    (folder / "copy.txt").write_text((folder / "a.txt").read_text("utf-8"), encoding="utf-8")
    assert build([folder], tmp_path / "output").articles == 2
    once = contents(tmp_path / "output")
    assert build([folder], tmp_path / "output").articles == 2
    assert contents(tmp_path / "output") == once


def test_sources_are_told_relative_to_the_parent_of_the_output(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    build(["a.txt"], tmp_path / "output")
    assert '"pages/a.txt"' in turtle(tmp_path / "output")
    assert str(tmp_path) not in turtle(tmp_path / "output")


def test_documents_can_be_built_without_files(tmp_path: Path) -> None:
    summary = build([Document("1", FIRST, "memory/1", "2024-05-12")], tmp_path / "output")
    assert summary.articles == 1


def test_things_live_under_the_base_that_is_asked_for(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "output", base="https://graph.example/")
    assert "https://graph.example/" in turtle(tmp_path / "output")
    assert "w3id.org/zhengtu/id" not in turtle(tmp_path / "output")
    # a graph keeps the base it was built with
    build([folder], tmp_path / "output")
    assert "w3id.org/zhengtu/id" not in turtle(tmp_path / "output")
    with pytest.raises(StoreError, match=r"graph\.example"):
        build([folder], tmp_path / "output", base="https://other.example/")


def test_every_page_of_the_demo_is_built(tmp_path: Path) -> None:
    summary = build([document(text, name) for name, text in pages()], tmp_path / "output")
    assert summary.articles == 7
    assert summary.events >= 7
    kinds = dict(summary.things)
    assert all(kinds.get(kind) for kind in ("Person", "Post", "Organization", "Area", "Place", "Project", "Policy", "Document"))


def test_progress_is_told_document_by_document(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[int, str]] = []
    build([folder], tmp_path / "output", report=lambda ready, about: told.append((ready, about)))
    assert told == [(1, "pages/a.txt"), (2, "pages/b.txt"), (2, "resolution"), (2, "2/2"), (2, "graph.ttl"), (2, "graph.trig"), (2, "graph.html")]


def test_nothing_to_read_writes_nothing(tmp_path: Path) -> None:
    summary = build([tmp_path / "none.txt"], tmp_path / "output")
    assert isinstance(summary, Summary)
    assert len(summary.refused) == 1
    assert not (tmp_path / "output").exists()


def test_an_unknown_tagger_and_a_file_for_a_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="jieba"):
        build([folder], tmp_path / "output", tagger="jieab")
    (tmp_path / "output").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        build([folder], tmp_path / "output")


def test_files_that_are_missing_are_written_again(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "output")
    before = contents(tmp_path / "output")
    (tmp_path / "output" / "graph.ttl").unlink()
    (tmp_path / "output" / "graph.html").write_text("cut o", encoding="utf-8")
    build([folder], tmp_path / "output")
    assert contents(tmp_path / "output") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unwritable to root")
def test_a_folder_that_may_not_be_written_to_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises((OutputError, StoreError)):
        build([folder], tmp_path / "locked" / "output")


def test_the_front_door_reads_builds_and_opens(folder: Path, tmp_path: Path) -> None:
    import kg

    (reading,) = kg.read(FIRST, published="2024-05-12")
    assert any(mention.text == "张建国" for mention in reading.mentions)
    assert kg.build([folder], tmp_path / "output").articles == 2
    dataset = kg.open(tmp_path / "output")
    assert {str(row[0]) for row in dataset.query("SELECT ?l WHERE { ?p a kg:Person ; rdfs:label ?l }")} == {"张建国", "李秀英"}


def test_what_was_refused_stands_in_a_table_with_its_reason(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("published: 2024-05-06\n\n青岚区召开会议\n\n5月6日，青岚区召开会议。会议决定，免去张建国的青岚区水务局局长职务。\n", encoding="utf-8")
    build([page], tmp_path / "output")
    header, *rows = (tmp_path / "output" / "refused.tsv").read_text("utf-8").splitlines()
    assert header.split("\t") == ["source", "headline", "begin", "end", "words", "reason"]
    assert [row.split("\t")[0] for row in rows] == ["page.txt"]
    assert "青岚区水务局局长" in rows[0]
    page.write_text("published: 2024-05-06\n\n青岚区召开会议\n\n5月6日，青岚区召开会议。\n", encoding="utf-8")
    build([page], tmp_path / "output")
    assert (tmp_path / "output" / "refused.tsv").read_text("utf-8").splitlines() == [header]
