"""The command line: help, wrong usage, and which words come in which language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ("demo", "build", "list", "remove", "query", "ask", "export", "stats", "show", "check")


def test_the_help_lists_every_command_in_order(kg) -> None:
    done = kg("--help")
    assert done.status == 0
    assert done.err == ""
    listed = [line.split()[0] for line in done.out.splitlines() if line.startswith("  ") and line.split()[0] in COMMANDS]
    assert tuple(listed) == COMMANDS


def test_without_arguments_the_help_is_shown(kg) -> None:
    assert kg().out == kg("--help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_gives_an_example(kg, command: str) -> None:
    for language, title in (("zh", "例："), ("en", "Examples:")):
        done = kg(command, "--help", "--lang", language)
        assert done.status == 0
        assert f"  kg {command}" in done.out.split(title)[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_is_whole_in_each_language(kg, command: str) -> None:
    chinese, english = (kg(command, "--help", "--lang", language).out for language in ("zh", "en"))
    assert "Options" not in chinese
    assert "Usage" not in chinese
    assert "‖" not in chinese + english
    assert not any("\u4e00" <= c <= "\u9fff" for c in english.split("Examples:")[0])


def test_the_version_is_that_of_the_distribution(kg) -> None:
    from importlib.metadata import version

    assert kg("--version").out == f"kg {version('zhengtu')}\n"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["biuld"], "“build”"),
        (["exprot", "a.ttl"], "“export”"),
        (["query", "ASK {}", "--fromat", "csv"], "“--format”"),
        (["query", "ASK {}", "--format", "cvs"], "“csv”"),
        (["build", "a.txt", "--tagger", "jieab"], "“jieba”"),
        (["build", "a.txt", "--lang", "zhh"], "“zh”"),
        (["build", "a.txt", "--lang", "fr"], "zh、en"),
        (["build", "a.txt", "--published", "yesterday"], "2024-03-05"),
        (["build", "a.txt", "--published", "2024-02-30"], "2024-03-05"),
        (["build"], "INPUT"),
        (["build", "a.txt", "-o"], "-o"),
        (["build", "a.txt", "--base", "no iri"], "IRI"),
        (["export"], "FILE"),
        (["export", "a.gexff"], ".gexf"),
        (["export", "a", "--format", "neo"], "“neo4j”"),
        (["stats", "--top", "0"], "20"),
        (["stats", "--top", "many"], "20"),
        (["stats", "--format", "cvs"], "“csv”"),
        (["query"], "SPARQL"),
        (["remove"], "ARTICLE|FILE"),
        (["list", "--format", "cvs"], "“csv”"),
        (["build", "a.txt", "--corrections"], "--corrections"),
        (["frobnicate"], "demo"),
    ],
)
def test_wrong_usage_is_one_line_with_what_was_meant(kg, arguments: list[str], hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = kg(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert hint in done.line
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_is_told_in_english_when_asked(kg, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Did you mean 'build'?" in kg("biuld", "--lang", "en").line
    monkeypatch.setenv("KG_LANG", "en")
    assert "Did you mean 'build'?" in kg("biuld").line


def test_help_loads_no_tagger_and_no_store() -> None:
    heavy = ("jieba", "onnxruntime", "rdflib", "pyoxigraph", "pyshacl", "networkx", "pyvis", "numpy", "IPython", "rich")
    code = "import sys; from kg.cli import run; run(['--help']); print(*set(sys.argv[1:]) & set(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_help_survives_any_locale(locale: str) -> None:
    environment = {**os.environ, "LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "kg.cli", "--help"], capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"build" in done.stdout
    assert done.stderr == b""


@pytest.mark.parametrize("code", ["gbk", "cp936", "cp437"])
def test_help_survives_the_consoles_of_windows(code: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": code}
    done = subprocess.run([sys.executable, "-m", "kg.cli", "build", "--help"], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
