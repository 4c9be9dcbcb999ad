"""Let assistants ask the graph with its sources: a folder comes in, a server of the Model Context Protocol answers on standard input and output."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import KgError

__all__ = ["serve"]


def serve(folder: str | os.PathLike[str], *, timeout: float = 20.0, limit: int = 100) -> None:
    """Serve the graph in a folder over standard input and output until the client leaves; nothing else is written to standard output.

    ``timeout``: seconds for a query; ``limit``: the most rows of an answer. Raises StoreError if there is no graph, KgError if the
    SDK is not installed.
    """
    try:
        from kg.assistant.server import serve as served
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise KgError(
            "kg mcp 要用 MCP 的 Python SDK（mcp 2.3 以上）。请安装：pip install 'zhengtu[mcp]'",
            "kg mcp needs the Python SDK of MCP (mcp 2.3 or later). Install it: pip install 'zhengtu[mcp]'",
        ) from error
    served(Path(folder), timeout, limit)
