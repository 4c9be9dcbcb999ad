from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.cli import run


def completed(words: str, place: int) -> list[str]:
    """What bash is offered for the word at ``place``."""
    told = os.environ | {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(place), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-m", "kg.cli"], env=told, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.stdout.split()


def test_a_plain_question_is_answered_and_tells_the_saved_one(invented_output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "秦望川视察了哪些项目？", "-o", str(invented_output), "--format", "csv"]) == 0
    told = capsys.readouterr()
    assert "望岚产业园" in told.out and told.out.startswith("person,")
    assert told.err == "问的是：kg ask visits 'name=秦望川' 'kind=项目'\n"


def test_a_plain_question_that_is_not_understood_is_one_line(invented_output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "今天天气怎么样？", "-o", str(invented_output)]) == 1
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("错误：没有看懂") and told.err.count("\n") == 1


def test_questions_are_listed_in_groups(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[0] == "人物" and lines[1].startswith("  career ")
    assert lines.index("职务") < lines.index("调研与项目") < lines.index("报道与依据")


def test_a_missing_value_shows_what_the_question_takes(invented_output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "visits", "-o", str(invented_output)]) == 1
    told = capsys.readouterr().err
    assert "  name  人物的姓名、别名或 IRI（必填）" in told and "例：kg ask visits name=秦望川 kind=项目" in told


def test_a_shell_is_offered_questions_parameters_and_names(invented_output: Path) -> None:
    assert completed("kg ask vis", 2) == ["visits"]
    assert completed(f"kg ask visits -o {invented_output} na", 5) == ["name="]
    assert completed(f"kg ask visits -o {invented_output} name=秦", 5) == ["name=秦望川"]
    assert completed(f"kg ask visits -o {invented_output} name = 秦", 7) == ["秦望川"]


def test_a_shell_is_offered_nothing_where_there_is_no_graph(tmp_path: Path) -> None:
    assert completed(f"kg ask visits -o {tmp_path / 'none'} name=秦", 5) == []


def test_the_library_takes_plain_questions_too(invented_output: Path) -> None:
    table = kg.open(invented_output).ask("秦望川视察了哪些项目")
    assert {row.target for row in table} == {"望岚产业园", "江堤除险加固工程"}
