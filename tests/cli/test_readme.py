"""What the README says is run: its commands, and its Python."""

from __future__ import annotations

import gzip
import json
import re
import shlex
from pathlib import Path

import pytest
from serving import started

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
PAGE = "甲区召开重点项目推进会\n\n本报讯 5月11日,甲区召开重点项目推进会。区委书记张建国出席并讲话。\n"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the README speaks of."""
    monkeypatch.chdir(tmp_path)
    for name in ("报纸/5月12日.txt", "pages/a.txt", "5月12日.txt", "稿件.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    record = json.dumps({"title": "甲区召开会议", "published": "2024-05-12", "text": PAGE}, ensure_ascii=False)
    (tmp_path / "联播.jsonl.gz").write_bytes(gzip.compress(record.encode("utf-8")))
    (tmp_path / "问题.rq").write_text("SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name }", encoding="utf-8")
    return tmp_path


def test_the_two_commands_stand_in_the_form_that_ci_takes_them_in() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert "pip install . && kg demo" in lines
    assert "pip install '.[test]' && pytest" in lines


def test_every_command_does_what_it_says(kg, desk: Path) -> None:
    done = 0
    for block in blocks("sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if "serve" in words[1:3]:
                assert serves(words), line
            elif words[:1] == ["kg"] and "--store" not in words:  # those are tried in tests/remote, where stores are started
                arguments = words[1 : words.index(">")] if ">" in words else words[1:]
                answer = kg(*arguments)
                assert answer.status == 0, f"{line}\n{answer.err}"
                done += 1
    assert done > 12


def serves(words: list[str]) -> bool:
    """Whether the server that a line starts answers; it listens at a free port instead of its own."""
    token = words.pop(0).partition("=")[2] if words[0].startswith("KG_TOKEN=") else None
    arguments = words[2:]
    folder = "output"
    for option in ("-o", "--port"):
        if option in arguments:
            place = arguments.index(option)
            folder = arguments[place + 1] if option == "-o" else folder
            del arguments[place : place + 2]
    with started(Path(folder), *arguments, token=token) as server:
        return server.is_up


def test_the_python_runs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chinese, english = blocks("python")
    exec(compile(chinese, "README.md", "exec"), {})
    told = capsys.readouterr().out
    assert "Tenure(" in told and "张建国 区委书记" in told
    assert (desk / "任职.csv").read_text("utf-8-sig").splitlines()[1].startswith("张建国,区委书记,held")
    exec(compile(english, "README.md", "exec"), {})
    assert "要优化营商环境" in capsys.readouterr().out


def test_an_assistant_can_be_told_to_start_what_the_readme_says() -> None:
    (block,) = blocks("json")
    (server,) = json.loads(block)["mcpServers"].values()
    assert [server["command"], *server["args"]] == ["kg", "mcp", "-o", "output"]


def test_the_header_of_a_text_file_is_one() -> None:
    from kg.read import document

    (block,) = blocks("text")
    assert document(block, "README.md").published == "2024-03-05"


def test_the_table_of_corrections_is_one_and_has_a_line_of_each_kind() -> None:
    from kg.resolve import corrections

    (block,) = blocks("tsv")
    assert [one.action for one in corrections(block, "README.md")] == ["same", "different", "label", "drop", "no-name"]
