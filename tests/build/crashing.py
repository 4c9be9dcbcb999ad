"""Builds in processes of their own, to be killed, interrupted or starved of room; all imports are done before the fork, so that they work at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_SERVER = """
import importlib, json, os, resource, signal, sys, time
import kg, kg.cli.commands, kg.cli.help, kg.graph, kg.link, kg.show.layout
from kg.cli import main
from kg.extract import RuleExtractor
from kg.page import articles
from kg.read import document
# Nothing before the fork may open a store: its threads would not live on in the children.
list(RuleExtractor("none").readings(articles(document("本报讯 5月11日,青岚区召开会议。区委书记张建国出席。", "warm.txt"))))
importlib.import_module("kg.build.world")
for room in ("building", "world"):
    sys.modules[f"kg.build.{room}"]._BATCH = 4  # articles that are written at a time: a crash shall find a store half filled
print("ready", flush=True)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        if order["limit"]:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
        sys.argv = ["kg", *order["arguments"]]
        status = 99
        try:
            main()
        except SystemExit as left:
            status = left.code or 0
        finally:
            sys.stderr.flush()
            os._exit(status)
    # Only the parent knows that the process is still its child: a number that has been waited for may be another's by now.
    ended, due = 0, None if order["after"] is None else time.monotonic() + order["after"]
    while not ended and (due is None or time.monotonic() < due):
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0 if ended else 0.002)
    if not ended:
        os.kill(child, order["sends"])
        if order["sends"] == signal.SIGSTOP:
            print("stopped", flush=True)
            sys.stdin.readline()
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    print("ended", os.waitstatus_to_exitcode(status), flush=True)
"""


@dataclass(frozen=True, slots=True)
class End:
    """How a command ended: its exit status (negative: the signal that ended it), what it said, and how long it took."""

    status: int
    said: str
    seconds: float


class Forge:
    """Starts ``kg`` again and again, each time as a fork of one process that has everything loaded."""

    def __init__(self, folder: Path) -> None:
        self._said = folder / "said.txt"
        self._server = subprocess.Popen([sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._read() == "ready"

    def _read(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().strip()

    def run(
        self,
        arguments: Iterable[str | os.PathLike[str]],
        *,
        after: float | None = None,
        sends: int = signal.SIGKILL,
        limit: int = 0,
        stopped: Callable[[], object] | None = None,
    ) -> End:
        """Run a command. ``after`` so many seconds it is sent a signal; no file of its own may grow beyond ``limit`` bytes.

        With ``stopped`` it is held at that moment, ``stopped`` is called, and the command is killed.
        """
        order = {
            "arguments": [os.fspath(one) for one in arguments],
            "said": str(self._said),
            "limit": limit,
            "after": after,
            "sends": sends if stopped is None else signal.SIGSTOP,
        }
        started = time.monotonic()
        self._write(json.dumps(order))
        answer = self._read()
        if answer == "stopped" and stopped is not None:
            stopped()
            self._write("go on")
            answer = self._read()
        word, status = answer.split()
        assert word == "ended"
        return End(int(status), self._said.read_text("utf-8", errors="replace"), time.monotonic() - started)

    def _write(self, line: str) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write(line + "\n")
        self._server.stdin.flush()

    def close(self) -> None:
        """Let the process go."""
        self._server.communicate(timeout=60)
