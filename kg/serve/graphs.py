"""Answer the SPARQL 1.1 Graph Store HTTP Protocol: a graph is named by the address, its triples come in or go out.

A graph is named by ``?graph=IRI`` or ``?default``, or by its own address below ``/graphs/``.
Source: https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message
from urllib.parse import urljoin
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from kg.graph import READABLE, TRIPLES
from kg.serve.negotiation import chosen
from kg.serve.problems import Problem
from kg.serve.requests import body, in_thread, may_write, media_of, only, parameters, root_of, served, settings_of, sparql_body, wrong_media, wrong_method
from kg.serve.sparql import whole

_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS")
_UPDATE = "application/sparql-update"


async def graphs(request: Request) -> Response:
    """Answer ``/graphs`` and what is below it."""
    method = request.method
    if method not in _METHODS:
        raise wrong_method(request, *_METHODS)
    graph, is_store = _named(request)
    if is_store and method != "POST":
        raise Problem(400, "请用 ?graph=IRI 或 ?default 指明是哪个图。", "say which graph by ?graph=IRI or ?default.")
    if method in ("GET", "HEAD"):
        return await _read(request, graph)
    if settings_of(request).token is None:
        raise wrong_method(request, "GET", "HEAD", "OPTIONS")
    may_write(request)
    if method == "DELETE":
        if not await in_thread(request, served(request).delete, graph):
            raise _missing(graph)
        return Response(status_code=204)
    if method == "PATCH":
        return await _patched(request, graph)
    parts = await _parts(request)
    if is_store:
        graph = urljoin(root_of(request), f"graphs/{uuid4()}")
    is_new = await in_thread(request, served(request).put, graph, parts, keep=method == "POST")
    location = {"Location": graph} if is_store and graph is not None else {}
    return Response(status_code=201 if is_new else 204, headers=location)


def _named(request: Request) -> tuple[str | None, bool]:
    """Return the graph that a request is about (None: the default graph), and whether it is about the whole store."""
    given = parameters(request)
    graph = only(given, "graph")
    is_default = any(name == "default" for name, _ in given)
    raw = request.scope["raw_path"].decode("ascii", "replace")
    path = raw.partition("?")[0].removeprefix("/graphs").lstrip("/")
    if path:
        if graph is not None or is_default:
            raise Problem(400, "图已由地址指明，不能再给 graph 或 default。", "the address names the graph, so graph and default cannot be given too.")
        return f"{root_of(request)}graphs/{path}", False
    if graph is not None and is_default:
        raise Problem(400, "graph 和 default 只能给一个。", "graph and default cannot be given both.")
    if graph is None:
        return None, not is_default
    if not graph or any(sign <= " " or sign in '<>"{}|^`\\' for sign in graph):
        raise Problem(400, "graph 不是 IRI。", "graph is no IRI.")
    absolute = urljoin(f"{root_of(request)}graphs", graph) if ":" not in graph.partition("/")[0] else graph
    return absolute, False


def _missing(graph: str | None) -> Problem:
    return Problem(404, f"没有这个图：{(graph or '')[:200]}", f"there is no such graph: {(graph or '')[:200]}")


async def _read(request: Request, graph: str | None) -> Response:
    media = chosen(request.headers.get("accept"), TRIPLES)
    if media is None:
        raise Problem(406, "图不能写成所要的格式。", "a graph cannot be written in what is asked for.")
    if not await in_thread(request, served(request).has_graph, graph):
        raise _missing(graph)
    return whole(await in_thread(request, served(request).graph, graph, media), {"Vary": "Accept"})


async def _patched(request: Request, graph: str | None) -> Response:
    media, _ = media_of(request.headers.get("content-type"))
    if media != _UPDATE:
        raise wrong_media(media, _UPDATE)
    await in_thread(request, served(request).patch, graph, await sparql_body(request))
    return Response(status_code=204)


async def _parts(request: Request) -> list[tuple[bytes, str]]:
    """Return what was sent: one document, or the files of a form."""
    header = request.headers.get("content-type")
    media, _ = media_of(header)
    content = await body(request, settings_of(request).largest_graph)
    if media != "multipart/form-data":
        # an empty body needs no type
        return [(content, _checked(media or ("text/turtle" if not content.strip() else "")))]
    if request.method != "POST":
        raise wrong_media(media, *READABLE)
    head = f"Content-Type: {header}\r\nMIME-Version: 1.0\r\n\r\n".encode("latin-1", "replace")
    message = message_from_bytes(head + content, policy=policy.HTTP)
    if not message.is_multipart():
        raise Problem(400, "表单读不懂。", "the form cannot be read.")
    parts: list[tuple[bytes, str]] = []
    for part in message.get_payload():
        if isinstance(part, Message):
            payload = part.get_payload(decode=True)
            parts.append((payload if isinstance(payload, bytes) else b"", _checked(part.get_content_type())))
    return parts


def _checked(media: str) -> str:
    if media not in READABLE:
        raise wrong_media(media, *READABLE, "multipart/form-data")
    return media
