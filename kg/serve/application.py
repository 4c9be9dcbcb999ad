"""Put the addresses together: a graph and settings come in, an ASGI application goes out."""

from __future__ import annotations

import anyio
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError
from kg.graph import Served
from kg.serve.graphs import graphs
from kg.serve.page import openapi, page, picture, static
from kg.serve.problems import Problem, problem
from kg.serve.settings import Settings
from kg.serve.sparql import query, update
from kg.serve.things import paths_of, thing, vocabulary
from kg.serve.void import void

_METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
_LARGEST_HEAD = 64 << 10


def application(served: Served, settings: Settings) -> Starlette:
    """Return the application that serves a graph; whoever made the graph closes it."""
    own = [Route(f"{path}{{rest:path}}", thing, methods=_METHODS) for path in paths_of(served.base)]
    app = Starlette(
        routes=[
            Route("/", page, methods=_METHODS),
            Route("/query", page, methods=_METHODS),
            Route("/sparql", query, methods=_METHODS),
            Route("/update", update, methods=_METHODS),
            Route("/graphs", graphs, methods=_METHODS),
            Route("/graphs/{rest:path}", graphs, methods=_METHODS),
            Route("/.well-known/void", void, methods=_METHODS),
            Route("/favicon.ico", picture, methods=_METHODS),
            Route("/openapi.json", openapi, methods=_METHODS),
            Route("/static/{name}", static, methods=_METHODS),
            Route("/ontology", vocabulary, methods=_METHODS),
            *own,
        ],
        exception_handlers={KgError: _told, 404: _unknown, 405: _unknown_method},
    )
    app.state.served = served
    app.state.settings = settings
    app.state.threads = anyio.CapacityLimiter(settings.at_once)
    app.add_middleware(Guard, settings=settings)
    return app


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    return problem(error, request)


async def _unknown(request: Request, error: Exception) -> Response:
    return problem(Problem(404, "这里什么也没有。", "there is nothing here."), request)


async def _unknown_method(request: Request, error: Exception) -> Response:
    known = ", ".join(_METHODS)
    return problem(Problem(405, f"不认识这种请求。可以用 {known}。", f"this method is not known. Use {known}.", {"Allow": known}), request)


class Guard:
    """Stand before every address: refuse strange names of the host, answer the questions of browsers, add the headers that protect.

    A page of another site that has its name point here (DNS rebinding) sends its own name as Host, and is refused.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = self._refused(request) or self._preflight(request)
        sending = self._guarded(send)
        if answer is not None:
            await answer(scope, receive, sending)
        else:
            await self._app(scope, receive, sending)

    def _refused(self, request: Request) -> Response | None:
        if sum(len(name) + len(value) for name, value in request.headers.raw) + len(request.scope["raw_path"]) > _LARGEST_HEAD:
            return problem(Problem(431, "请求头太大。", "the headers are too large.", {"Connection": "close"}), request)
        hosts = self._settings.hosts
        name = request.headers.get("host", "").rpartition("]")[0].lstrip("[") or request.headers.get("host", "").partition(":")[0]
        if hosts is None or name.lower() in hosts:
            return None
        return problem(Problem(421, f"这里不叫“{name[:60]}”。", f"this server is not called {name[:60]!r}."), request)

    def _preflight(self, request: Request) -> Response | None:
        if request.method != "OPTIONS":
            return None
        allowed = {"Allow": "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"}
        if self._settings.origin is not None:
            allowed |= {
                "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, PATCH",
                "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
                "Access-Control-Max-Age": "600",
            }
        return Response(status_code=204, headers=allowed)

    def _guarded(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
                if self._settings.origin is not None:
                    headers["Access-Control-Allow-Origin"] = self._settings.origin
                    headers["Access-Control-Expose-Headers"] = "Location"
                    if self._settings.origin != "*":
                        headers.add_vary_header("Origin")
            await send(message)

        return sending
