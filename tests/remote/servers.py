"""Start stores on 127.0.0.1; one that is not installed is skipped, with what to install.

``oxigraph`` and ``virtuoso-t`` are looked up on the PATH; ``KG_TEST_FUSEKI`` names the jar of jena-fuseki-server.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import urllib3

SERVERS = ("oxigraph", "fuseki", "virtuoso")


@dataclass(frozen=True)
class Server:
    """A store that runs: its URL, and who we are there."""

    name: str
    url: str
    environ: Mapping[str, str] = field(default_factory=dict)


def _port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _oxigraph(folder: Path) -> tuple[list[str], Server]:
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        pytest.skip("oxigraph is not installed (pip install oxigraph)")
    port = _port()
    return [program, "serve", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"], Server("oxigraph", f"http://127.0.0.1:{port}")


def _fuseki(folder: Path) -> tuple[list[str], Server]:
    jar, java = os.environ.get("KG_TEST_FUSEKI", ""), shutil.which("java")
    if java is None or not Path(jar).is_file():
        pytest.skip("Fuseki is not installed (KG_TEST_FUSEKI names its jar; java on the PATH)")
    port = _port()
    return [java, "-jar", jar, "--localhost", f"--port={port}", "--update", "--mem", "/ds"], Server("fuseki", f"http://127.0.0.1:{port}/ds")


_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
MaxClientConnections = 4
[SPARQL]
ResultSetMaxRows = 2000
"""


def _virtuoso(folder: Path) -> tuple[list[str], Server]:
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (virtuoso-t on the PATH)")
    port = _port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=_port(), http=port), "utf-8")
    # the user and password that every new database of Virtuoso begins with
    server = Server("virtuoso", f"http://127.0.0.1:{port}", {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"})
    return [program, "+configfile", "virtuoso.ini", "+foreground"], server


_COMMANDS = {"oxigraph": _oxigraph, "fuseki": _fuseki, "virtuoso": _virtuoso}


def started(name: str, folder: Path) -> Iterator[Server]:
    """Start a server, give it when it answers, and stop it."""
    command, server = _COMMANDS[name](folder)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _await(server.url, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    pool = urllib3.PoolManager(retries=False)
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"the server of {url} has stopped")
        try:
            pool.request("GET", url, timeout=2.0, redirect=False)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the server of {url} does not answer")
