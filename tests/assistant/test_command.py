"""``kg mcp`` before a client speaks: what is missing is told in one line, and standard output stays empty."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, code: str = "from kg.cli import main; main()", said: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "KG_LANG"}
    return subprocess.run([sys.executable, "-c", code, *arguments], input=said, capture_output=True, text=True, timeout=120, env=environment)


def test_without_the_sdk_the_command_to_install_it_is_told(folder: Path) -> None:
    code = "import sys; sys.modules['mcp'] = None; from kg.cli import main; main()"
    for language, words in (("zh", "请安装"), ("en", "Install it")):
        done = run("mcp", "-o", str(folder), "--lang", language, code=code)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert "pip install 'zhengtu[mcp]'" in done.stderr and words in done.stderr


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    pytest.importorskip("mcp.server.mcpserver", reason="the SDK of MCP (mcp 2.3 or later) is not installed")
    done = run("mcp", "-o", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "kg build" in done.stderr


def test_the_server_leaves_when_its_client_does(folder: Path) -> None:
    pytest.importorskip("mcp.server.mcpserver", reason="the SDK of MCP (mcp 2.3 or later) is not installed")
    done = run("mcp", "-o", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
