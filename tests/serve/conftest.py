"""What the tests of the serve room share: servers as users start them, and requests that say exactly what is meant."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from kg.cli import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TOKEN = "an-invented-token"
FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Answer:
    """What a server sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a result in JSON, as plain texts."""
        return [{name: term["value"] for name, term in row.items()} for row in json.loads(self.body)["results"]["bindings"]]

    @property
    def truth(self) -> bool:
        """The answer to an ASK in JSON."""
        found = json.loads(self.body)["boolean"]
        assert isinstance(found, bool)
        return found


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, its process and the folder that it serves."""

    address: str
    process: subprocess.Popen[str]
    folder: Path

    @property
    def port(self) -> int:
        """The port that it listens at."""
        port = urlsplit(self.address).port
        assert port is not None
        return port

    def send(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | str | None = None, *, token: str | None = None) -> Answer:
        """Send one request just as it is said here; the path is not touched."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            shown = {} if token is None else {"Authorization": f"Bearer {token}"}
            connection.request(method, path, body.encode() if isinstance(body, str) else body, {**(headers or {}), **shown})
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str | None = None) -> Answer:
        """GET a path."""
        return self.send("GET", path, {} if accept is None else {"Accept": accept})

    def ask(self, sparql: str, accept: str = JSON, **dataset: str | list[str]) -> Answer:
        """Ask a query by GET."""
        given = {name.replace("_", "-"): value for name, value in dataset.items()}
        return self.get("/sparql?" + urlencode({"query": sparql, **given}, doseq=True), accept)

    def update(self, sparql: str, query: str = "", token: str = TOKEN) -> Answer:
        """Send an update as it is."""
        return self.send("POST", f"/update{query}", {"Content-Type": "application/sparql-update"}, sparql, token=token)

    @property
    def is_up(self) -> bool:
        """Whether it still answers."""
        return self.process.poll() is None and self.ask("ASK {}").truth


Start = Callable[..., "Server"]


@contextmanager
def started(folder: Path, *arguments: str, token: str | None = None) -> Iterator[Server]:
    """A server on a port of its own, as ``kg serve`` starts it."""
    environment = {name: value for name, value in os.environ.items() if name not in ("KG_TOKEN", "KG_LANG")}
    if token is not None:
        environment["KG_TOKEN"] = token
    command = [sys.executable, "-m", "kg.cli", "serve", "-o", str(folder), "--port", "0", "--lang", "en", *arguments]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    try:
        assert line.startswith("serving: "), line + process.stderr.read()
        yield Server(line.split()[1], process, folder)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the demo; tests read it only."""
    folder = tmp_path_factory.mktemp("served") / "output"
    assert run(["demo", "-o", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def reading(demo: Path) -> Iterator[Server]:
    """A server that only reads."""
    with started(demo) as server:
        yield server


@pytest.fixture(scope="module")
def writing(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that can be written to, on a graph of its own for each file of tests."""
    folder = tmp_path_factory.mktemp("written") / "output"
    shutil.copytree(demo, folder)
    with started(folder, "--writable", token=TOKEN) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the tests are skipped, or fail where CI=true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium or no playwright: the query page cannot be tested")
        pytest.skip("no Chromium or no playwright on this machine")
    quiet = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, headless=True, args=["--headless", *quiet])
        yield chromium
        chromium.close()
