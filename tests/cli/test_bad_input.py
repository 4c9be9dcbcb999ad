"""Bad input of every kind: one clear line, an exit status that is not 0, nothing half-written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PAGE = "published: 2024-05-12\n\n甲区召开重点项目推进会\n\n本报讯 5月11日,甲区召开重点项目推进会。区委书记张建国出席并讲话。\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "没有文字"),
        (b"\n \n", "没有文字"),
        (b"\x00\x01\x02\x03binary", "不是文本"),
        (b"%PDF-1.4 ...", "PDF"),
        ("published: 5月11日\n\n甲区召开会议。".encode(), "不是日期"),
        (b"published: 2024-02-30\n\n\xe7\x94\xb2", "不是日期"),
    ],
)
def test_a_file_that_is_no_news_is_told_and_nothing_is_written(kg, tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    done = kg("build", path, "-o", tmp_path / "output")
    assert done.status == 1
    assert str(path) in done.line
    assert reason in done.line
    assert not (tmp_path / "output").exists()


def test_a_missing_file_is_told(kg, tmp_path: Path) -> None:
    done = kg("build", tmp_path / "none.txt", "-o", tmp_path / "output")
    assert done.status == 1
    assert "没有这个文件" in done.line
    assert not (tmp_path / "output").exists()


def test_a_folder_without_texts_is_told(kg, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    done = kg("build", tmp_path / "pages", "-o", tmp_path / "output")
    assert done.status == 1
    assert "没有可读的文件" in done.line
    assert not (tmp_path / "output").exists()


def test_a_good_file_beside_a_bad_one_is_built_and_the_bad_one_is_named_at_the_end(kg, page: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\0\0\0")
    done = kg("build", tmp_path / "bad.txt", page, "-o", tmp_path / "output")
    assert done.status == 1
    assert "bad.txt" in done.err.rstrip("\n").split("\n")[-1]
    assert "张建国" in (tmp_path / "output" / "graph.ttl").read_text("utf-8")


def test_a_bad_file_leaves_the_graph_as_it_was(kg, page: Path, tmp_path: Path) -> None:
    assert kg("build", page, "-o", tmp_path / "output").status == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "output").glob("graph.*")}
    (tmp_path / "bad.txt").write_bytes(b"\0\0\0")
    assert kg("build", tmp_path / "bad.txt", "-o", tmp_path / "output").status == 1
    assert {path.name: path.read_bytes() for path in (tmp_path / "output").glob("graph.*")} == before


def test_an_output_folder_that_is_a_file_is_told(kg, page: Path, tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine", encoding="utf-8")
    for output in (tmp_path / "output", tmp_path / "output" / "below"):
        done = kg("build", page, "-o", output)
        assert done.status == 1
        assert str(tmp_path / "output") in done.line
    assert (tmp_path / "output").read_text("utf-8") == "mine"


def test_a_store_that_another_process_writes_is_told(kg, page: Path, tmp_path: Path) -> None:
    assert kg("build", page, "-o", tmp_path / "output").status == 0
    before = (tmp_path / "output" / "graph.ttl").read_bytes()
    code = "import sys; from kg.graph import Store; store = Store(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "output")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        for command in (["build", page], ["query", "ASK {}"], ["check"], ["show"], ["export", tmp_path / "a.ttl"]):
            done = kg(*command, "-o", tmp_path / "output")
            assert done.status == 1
            assert str(tmp_path / "output") in done.line
        other.communicate("", timeout=30)
    assert (tmp_path / "output" / "graph.ttl").read_bytes() == before
    assert not (tmp_path / "a.ttl").exists()
    assert kg("query", "ASK {}", "-o", tmp_path / "output").status == 0


@pytest.mark.parametrize("command", [["query", "ASK {}"], ["ask", "posts"], ["export", "a.ttl"], ["show"], ["check"]])
def test_a_graph_that_is_not_built_yet_is_told_with_what_to_do(kg, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = kg(*command, "-o", "nowhere")
    assert done.status == 1
    assert "nowhere" in done.line
    assert "kg build" in done.line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sparql", ["SELECT", "SELECT * WHERE { ?s ?p }", "DELETE WHERE { ?s ?p ?o }", "SELECT * WHERE { ?s nope:x ?o }", ""])
def test_a_query_that_is_none_is_told(kg, graph: Path, sparql: str) -> None:
    done = kg("query", sparql, "-o", graph)
    assert done.status in (1, 2)
    assert done.out == ""
    first, *excerpt = done.err.splitlines()
    assert first.startswith(("错误：", "用法不对："))
    assert excerpt == [] or (excerpt[0].strip() in sparql and excerpt[1].strip() == "^")


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.xlsx"])
def test_an_export_of_an_unknown_suffix_is_told(kg, graph: Path, tmp_path: Path, name: str) -> None:
    done = kg("export", tmp_path / name, "-o", graph)
    assert done.status in (1, 2)
    assert ".ttl" in done.line
    assert list(tmp_path.iterdir()) == []


def test_an_export_into_a_folder_that_is_none_is_told(kg, graph: Path, tmp_path: Path) -> None:
    for command in (["export", tmp_path / "none" / "a.ttl"], ["show", tmp_path / "none" / "a.html"]):
        done = kg(*command, "-o", graph)
        assert done.status == 1
        assert "none" in done.line


def test_a_saved_question_that_is_not_there_is_told_with_the_nearest(kg, graph: Path) -> None:
    done = kg("ask", "post", "-o", graph)
    assert done.status == 2
    assert "posts" in done.line


def test_a_value_that_a_question_does_not_take_is_told(kg, graph: Path) -> None:
    for value in ("nam=x", "name"):
        done = kg("ask", "posts", value, "-o", graph)
        assert done.status == 2
        assert "name" in done.line


def test_a_file_name_cannot_break_the_line(kg, tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x1b[31m.txt"
    path.write_bytes(b"")
    done = kg("build", path, "-o", tmp_path / "output")
    assert done.status == 1
    assert "\x1b" not in done.line
