"""A graph of the demo, built once for all tests of the command, and the command itself in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import run


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of standard error."""
        assert self.err.count("\n") == 1, self.err
        return self.err.rstrip("\n")


Kg = Callable[..., Done]


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str]) -> Kg:
    """Run the command with these arguments."""

    def ran(*arguments: object) -> Done:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        return Done(status, *capfd.readouterr())

    return ran


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the demo; tests read it only."""
    folder = tmp_path_factory.mktemp("demo") / "output"
    assert run(["demo", "-o", str(folder)]) == 0
    return folder
