"""Servers as users start them, and requests that say exactly what is meant: what the tests of the serve room share."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

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
