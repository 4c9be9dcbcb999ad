"""Read requests within their limits: a request comes in, its parameters and bytes go out."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar
from urllib.parse import parse_qsl

import anyio
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request

from kg.graph import Served
from kg.serve.problems import Problem
from kg.serve.settings import Settings

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 1000
_HEARD_OUT = 16 << 20  # whoever sends only so much too much is heard out: most programs read no answer before they have sent all
_P = ParamSpec("_P")
_T = TypeVar("_T")


def settings_of(request: Request) -> Settings:
    """Return what the server was told."""
    settings: Settings = request.app.state.settings
    return settings


def served(request: Request) -> Served:
    """Return the graph that is served."""
    graph: Served = request.app.state.served
    return graph


async def in_thread(request: Request, call: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
    """Run a call that blocks in a thread; so many run at once, the others wait as long as a query may take."""
    limiter: anyio.CapacityLimiter = request.app.state.threads
    return await run_sync(lambda: call(*arguments, **named), limiter=limiter)


def fields(text: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form or a query string; Problem if it is not UTF-8 or has too many."""
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Problem(400, "请求的参数不是 UTF-8。", "the parameters are not UTF-8.") from None
    except ValueError:
        raise Problem(400, "请求的参数读不懂或太多。", "the parameters cannot be read, or are too many.") from None


def parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of the address."""
    return fields(request.scope["query_string"])


def only(given: Sequence[tuple[str, str]], name: str) -> str | None:
    """Return the one value of a parameter, None if there is none; Problem if there are several."""
    values = [value for key, value in given if key == name]
    if len(values) > 1:
        raise Problem(400, f"{name} 只能给一个。", f"{name} can be given once only.")
    return values[0] if values else None


def all_of(given: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    """Return all values of a parameter."""
    return tuple(value for key, value in given if key == name)


def media_of(header: str | None) -> tuple[str, dict[str, str]]:
    """Return the media type of a Content-Type header in small letters, and its parameters.

    >>> media_of('text/Turtle; charset="UTF-8"')
    ('text/turtle', {'charset': 'UTF-8'})
    """
    media, *rest = (header or "").split(";")
    found = (piece.partition("=") for piece in rest)
    return media.strip().lower(), {name.strip().lower(): value.strip().strip('"') for name, sign, value in found if sign}


async def body(request: Request, most: int) -> bytes:
    """Return the body of a request; Problem if it is larger than ``most`` bytes or comes too slowly."""
    declared = request.headers.get("content-length", "0")
    if re.fullmatch(r"\d{1,18}", declared, re.ASCII) and int(declared) > most + _HEARD_OUT:
        raise _too_large(most)
    pieces: list[bytes] = []
    size = 0
    try:
        with anyio.fail_after(settings_of(request).timeout + 30):
            async for piece in request.stream():
                size += len(piece)
                if size > most + _HEARD_OUT:
                    raise _too_large(most)
                if size <= most:
                    pieces.append(piece)
    except TimeoutError:
        raise Problem(408, "请求的内容来得太慢。", "the body of the request came too slowly.", {"Connection": "close"}) from None
    except ClientDisconnect:
        raise Problem(400, "请求没有发完。", "the request was not sent to its end.") from None
    if size > most:
        raise _too_large(most)
    return b"".join(pieces)


def _too_large(most: int) -> Problem:
    size = f"{most >> 20} MB" if most >> 20 else f"{most} B"
    return Problem(413, f"请求的内容超过 {size}。", f"the body of the request is larger than {size}.", {"Connection": "close"})


async def sparql_body(request: Request) -> str:
    """Return a body that is SPARQL; Problem if it is not UTF-8."""
    charset = media_of(request.headers.get("content-type"))[1].get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, f"SPARQL 要用 UTF-8，不是 {charset[:20]}。", f"SPARQL is sent in UTF-8, not in {charset[:20]}.")
    try:
        return (await body(request, settings_of(request).largest_query)).decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(400, "请求的内容不是 UTF-8。", "the body of the request is not UTF-8.") from None


def may_write(request: Request) -> None:
    """Let who shows the token pass; Problem for everyone else. Source: RFC 6750."""
    token = settings_of(request).token
    if token is None:
        raise Problem(403, "这个服务只读。要写入请用 kg serve --writable 启动。", "this server is read-only. Start it with kg serve --writable to write.")
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        wanted = {"WWW-Authenticate": 'Bearer realm="kg"'}
        raise Problem(401, "写入要出示令牌：Authorization: Bearer …", "writing needs a token: Authorization: Bearer …", wanted)
    if not hmac.compare_digest(shown.strip().encode("utf-8", "replace"), token.encode()):
        refused = {"WWW-Authenticate": 'Bearer realm="kg", error="invalid_token"'}
        raise Problem(401, "令牌不对。", "the token is wrong.", refused)


def wrong_method(request: Request, *allowed: str) -> Problem:
    """Return the problem of a method that an address does not know."""
    known = ", ".join(allowed)
    return Problem(405, f"这里不接受 {request.method[:20]}。可以用 {known}。", f"{request.method[:20]} is not accepted here. Use {known}.", {"Allow": known})


def wrong_media(media: str, *known: str) -> Problem:
    """Return the problem of a body of a type that an address does not know."""
    told = ", ".join(known)
    return Problem(415, f"不认识内容类型“{media[:60]}”。可以用 {told}。", f"{media[:60]!r} is no content type known here. Use {told}.", {"Accept-Post": told})


def root_of(request: Request) -> str:
    """Return the address of this server as the request calls it, with a slash at its end."""
    return str(request.base_url)
