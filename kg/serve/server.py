"""Run the server: a folder and an address come in, requests are answered until it is stopped."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import uvicorn

from kg.errors import KgError, OutputError
from kg.graph import Served
from kg.serve.application import application
from kg.serve.settings import Settings

PORT = 7878
_LARGEST_HEAD = 64 << 10
_AT_ONCE = 512


def serve(
    folder: Path | str,
    host: str = "127.0.0.1",
    port: int = PORT,
    settings: Settings | None = None,
    *,
    started: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the graph in a folder until the process is told to stop; ``started`` hears the address once it is listening (port 0: a free one).

    Raises StoreError if there is no graph or it is in use, OutputError if the address cannot be taken.
    """
    settings = settings or Settings()
    if settings.hosts is None and _is_local(host):
        settings = replace(settings, hosts=("127.0.0.1", "localhost", "::1", host.lower()))
    with (
        Served(folder, writable=settings.token is not None, timeout=settings.timeout, largest=settings.largest, allowed=settings.allowed) as served,
        _listening(host, port) as listener,
    ):
        name = f"[{host}]" if ":" in host else host
        started(f"http://{name}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(
            application(served, settings),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            http="h11",
            ws="none",
            h11_max_incomplete_event_size=_LARGEST_HEAD,
            limit_concurrency=_AT_ONCE,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=5,
        )
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn hands the signal on when it has finished
        try:
            with contextlib.suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listener])
        finally:
            signal.signal(signal.SIGTERM, before)


def token_from(environment: dict[str, str] | os._Environ[str]) -> str:
    """Return the token of KG_TOKEN; KgError if there is none, or if it is too short to be a secret."""
    token = environment.get("KG_TOKEN", "").strip()
    if len(token) < 8:
        raise KgError(
            "KG_TOKEN：--writable 需要一个令牌。请在环境变量 KG_TOKEN 里放一个至少 8 个字符的令牌。",
            "KG_TOKEN: --writable needs a token. Put one of at least 8 characters into the environment variable KG_TOKEN.",
        )
    return token


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
    except (OSError, OverflowError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise OutputError(
            f"{host}:{port}：不能在这个地址上服务（{cause}）。请用 --port 换一个端口。", f"{host}:{port}: cannot listen there ({cause}). Name another --port."
        ) from None
    return listener
