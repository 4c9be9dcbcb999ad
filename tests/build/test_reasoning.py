"""``kg build --reason``: asked for once, what follows is kept up to date by every later build."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build
from kg.cli import run

STORY = "published: 2024-05-12\n\n青岚区召开重点项目推进会\n\n本报讯 5月11日,青岚区召开重点项目推进会。区委书记张建国出席并讲话。会议强调，要优化营商环境。\n"
PERSONS = "SELECT ?name WHERE { ?p a foaf:Person ; rdfs:label ?name }"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    page = tmp_path / "a.txt"
    page.write_text(STORY, encoding="utf-8")
    return page


def contents(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in output.glob("graph.*")}


def asked(output: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["query", "--reason", PERSONS, "-o", str(output), "--format", "tsv"]) == 0
    return capsys.readouterr().out


def test_the_files_of_a_build_leave_out_what_was_inferred(page: Path, tmp_path: Path) -> None:
    assert build([page], tmp_path / "one").inferred is None
    assert (build([page], tmp_path / "two", reason=True).inferred or 0) > 20
    build([page], tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_later_build_keeps_it_up_to_date_and_an_idle_one_leaves_it(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build([page], tmp_path / "output", reason=True)
    assert "张建国" in asked(tmp_path / "output", capsys)
    assert build([page], tmp_path / "output").inferred is None
    page.write_text(STORY.replace("张建国", "王志强"), encoding="utf-8")
    assert build([page], tmp_path / "output").inferred is not None
    assert "张建国" not in asked(tmp_path / "output", capsys)
    assert "王志强" in asked(tmp_path / "output", capsys)


def test_it_goes_when_it_is_no_longer_wanted_and_a_question_says_so(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build([page], tmp_path / "output", reason=True)
    build([page], tmp_path / "output", reason=False)
    page.write_text(STORY.replace("张建国", "王志强"), encoding="utf-8")
    assert build([page], tmp_path / "output").inferred is None
    for command in (["query", PERSONS], ["export", str(tmp_path / "all.ttl")]):
        capsys.readouterr()
        assert run([*command, "--reason", "-o", str(tmp_path / "output"), "--lang", "en"]) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "all.ttl").exists()


def test_the_command_tells_how_much_was_inferred(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(page), "-o", str(tmp_path / "output"), "--reason"]) == 0
    assert "推理得出" in capsys.readouterr().err
    assert run(["export", str(tmp_path / "all.ttl"), "--reason", "-o", str(tmp_path / "output")]) == 0
    assert "<http://xmlns.com/foaf/0.1/Person>" in (tmp_path / "all.ttl").read_text("utf-8")
