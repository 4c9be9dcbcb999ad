"""``--store URL`` at the terminal: the same words go in, the same come out, wherever the graph is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import Endpoint, Fake, serving  # type: ignore[import-not-found]

from kg.cli import run
from kg.demo import pages


@pytest.fixture
def endpoint() -> Iterator[Fake]:
    with serving(Endpoint()) as fake:
        yield fake


def test_what_is_built_into_a_store_is_asked_there(endpoint: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in pages():
        (tmp_path / name).write_text(text, "utf-8")
    files = [str(tmp_path / name) for name, _ in pages()]
    output = str(tmp_path / "output")
    assert run(["build", *files, "-o", output, "--store", endpoint.url]) == 0
    assert endpoint.url in capsys.readouterr().err
    for words in (
        ["list"],
        ["ask", "posts", "--format", "csv"],
        ["query", "SELECT ?人 WHERE { ?p a kg:Official ; rdfs:label ?人 } ORDER BY ?人"],
        ["query", "CONSTRUCT { ?p a kg:Official } WHERE { ?p a kg:Official }", "--format", "ttl"],
        ["stats", "--format", "json"],
    ):
        assert run([*words, "-o", output]) == 0
        here = capsys.readouterr().out
        assert run([*words, "--store", endpoint.url]) == 0
        assert capsys.readouterr().out == here != ""
    for suffix in ("ttl", "nq", "csv", "gexf"):
        here_file, there_file = tmp_path / f"here.{suffix}", tmp_path / f"there.{suffix}"
        assert run(["export", str(here_file), "-o", output]) == 0
        assert run(["export", str(there_file), "--store", endpoint.url]) == 0
        assert here_file.read_bytes() == there_file.read_bytes()
    assert run(["remove", files[0], "-o", output, "--store", endpoint.url]) == 0
    capsys.readouterr()
    assert run(["list", "--format", "csv", "--store", endpoint.url]) == 0
    assert Path(files[0]).name not in capsys.readouterr().out


def test_a_store_that_is_away_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Endpoint()) as fake:
        url = fake.url.replace("//", "//wir:geheim@")
    for words in (["query", "ASK {}"], ["export", str(tmp_path / "a.ttl")], ["build", str(tmp_path)]):
        assert run([*words, "--store", url]) == 1
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert told.startswith("错误：")
        assert "geheim" not in told


def test_options_of_a_store_need_one(tmp_path: Path) -> None:
    assert run(["build", str(tmp_path), "--store-replace"]) == 2
