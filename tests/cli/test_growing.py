"""``kg list``, ``kg remove`` and corrections at the terminal: what they show, and with which exit status."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

FIRST = "published: 2024-05-12\n\n青岚区召开重点项目推进会\n\n本报讯 5月11日,青岚区召开重点项目推进会。区委书记张建国出席并讲话。\n"
OTHER = "published: 2024-05-13\n\n乙县县长李秀英调研丙镇\n\n本报讯 5月12日,乙县县长李秀英来到丙镇中学，调研校园安全工作。\n"
HEADER = "id\taction\tthing\tother\tauthor\treason\n"


@pytest.fixture
def desk(kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pages and their graph, where the user stands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "pages" / "b.txt").write_text(OTHER, encoding="utf-8")
    assert kg("build", "pages").status == 0
    return tmp_path


def listed(kg, *arguments: object) -> list[dict[str, str]]:
    done = kg("list", "--format", "csv", *arguments)
    assert (done.status, done.err) == (0, "")
    return list(csv.DictReader(io.StringIO(done.out)))


def test_the_list_tells_day_headline_file_and_article(kg, desk: Path) -> None:
    rows = listed(kg)
    assert [(row["published"], row["headline"], row["source"]) for row in rows] == [
        ("2024-05-12", "青岚区召开重点项目推进会", "pages/a.txt"),
        ("2024-05-13", "乙县县长李秀英调研丙镇", "pages/b.txt"),
    ]
    assert all("article" in row["article"] for row in rows)
    assert "青岚区召开重点项目推进会" in kg("list").out


def test_a_file_is_removed_with_one_line_on_what_is_left(kg, desk: Path) -> None:
    done = kg("remove", "pages/a.txt")
    assert (done.status, done.out) == (0, "")
    assert "pages/a.txt" in done.err
    assert "还有 1 篇" in done.err
    assert [row["source"] for row in listed(kg)] == ["pages/b.txt"]
    assert kg("query", 'ASK { ?p rdfs:label "张建国"@zh }').out.endswith("false\n")


def test_an_article_is_removed_by_what_the_list_shows(kg, desk: Path) -> None:
    article = listed(kg)[0]["article"]
    assert kg("remove", article, "--lang", "en").err.startswith("removed: ")
    assert len(listed(kg)) == 1


def test_a_wrong_name_is_one_line_and_removes_nothing(kg, desk: Path) -> None:
    for name in ("pages/c.txt", "", "\x1b[31m\n"):
        done = kg("remove", "pages/a.txt", name)
        assert done.status == 1
        assert "kg list" in done.line
    assert len(listed(kg)) == 2


def test_without_a_graph_both_say_so(kg, tmp_path: Path) -> None:
    for arguments in (["list"], ["remove", "a.txt"]):
        done = kg(*arguments, "-o", tmp_path / "none")
        assert done.status == 1
        assert "没有图谱" in done.line
    assert list(tmp_path.iterdir()) == []


def test_a_correction_is_applied_by_the_next_build(kg, desk: Path) -> None:
    (desk / "output" / "corrections.tsv").write_text(f"{HEADER}c1\tlabel\tarea/青岚区\t青岚区（试点）\t王编\t全称\n", encoding="utf-8")
    assert kg("build", "pages").status == 0
    assert "青岚区（试点）" in (desk / "output" / "graph.ttl").read_text("utf-8")
    # a file that another build names goes before the one in the folder
    (desk / "mine.tsv").write_text(HEADER, encoding="utf-8")
    assert kg("build", "pages", "--corrections", "mine.tsv").status == 0
    assert "青岚区（试点）" not in (desk / "output" / "graph.ttl").read_text("utf-8")


@pytest.mark.parametrize(("language", "words"), [("zh", "没有对应的内容"), ("en", "meets nothing")])
def test_a_correction_that_meets_nothing_is_a_line_and_status_1(kg, desk: Path, language: str, words: str) -> None:
    (desk / "output" / "corrections.tsv").write_text(f"{HEADER}c7\tdrop\tarticle/1/event/1-2\t-\t王编\t误读\n", encoding="utf-8")
    for command in (["build", "pages"], ["build", "pages"]):
        done = kg(*command, "--lang", language)
        assert done.status == 1
        (line,) = (line for line in done.err.splitlines() if "c7" in line)
        assert words in line
    assert [line for line in kg("remove", "pages/b.txt", "--lang", language).err.splitlines() if "c7" in line]


@pytest.mark.parametrize("command", [["build", "pages"], ["remove", "pages/a.txt"]])
def test_a_wrong_table_is_one_line_with_its_place_and_changes_nothing(kg, desk: Path, command: list[str]) -> None:
    (desk / "output" / "corrections.tsv").write_text(f"{HEADER}c1\tmerge\ta\tb\t王编\t误读\n", encoding="utf-8")
    before = (desk / "output" / "graph.ttl").read_bytes()
    done = kg(*command)
    assert done.status == 1
    assert "corrections.tsv:2" in done.line
    assert (desk / "output" / "graph.ttl").read_bytes() == before
    assert "mine.tsv" in kg(*command, "--corrections", "mine.tsv").line


def test_what_the_last_corrections_did_is_told_with_the_answer_to_who_decided(kg, desk: Path) -> None:
    (desk / "output" / "corrections.tsv").write_text(f"{HEADER}c1\tlabel\tarea/青岚区\t青岚区（试点）\t王编\t见批复\n", encoding="utf-8")
    kg("build", "pages")
    question = "SELECT ?who ?why WHERE { GRAPH ?g { ?c a kg:Correction ; prov:wasAttributedTo ?who ; kg:reason ?why } }"
    assert list(csv.DictReader(io.StringIO(kg("query", question, "--format", "csv").out))) == [{"who": "王编", "why": "见批复"}]
