"""Answer the SPARQL 1.1 Protocol: a request with a query or an update comes in, its answer goes out.

Source: https://www.w3.org/TR/sparql11-protocol/; a request without a query is answered by the service description
(https://www.w3.org/TR/sparql11-service-description/).
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from kg.graph import ROWS, TRIPLES, Address, Reply, service_description, written_triples
from kg.serve.negotiation import chosen
from kg.serve.problems import Problem
from kg.serve.requests import FORM, all_of, body, fields, in_thread, may_write, media_of, only, parameters, root_of, served, settings_of, sparql_body
from kg.serve.requests import wrong_media as _wrong_media
from kg.serve.requests import wrong_method as _wrong_method

_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"


async def query(request: Request) -> Response:
    """Answer ``/sparql``."""
    given = parameters(request)
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in given):
            raise Problem(400, "更新要用 POST 发到 /update。", "an update is sent to /update by POST.")
        sparql = only(given, "query")
        if sparql is None:
            return _described(request)
    elif request.method == "POST":
        media, _ = media_of(request.headers.get("content-type"))
        if media == FORM:
            given = fields(await body(request, settings_of(request).largest_query))
            if any(name == "update" for name, _ in given):
                raise Problem(400, "更新要发到 /update。", "an update is sent to /update.")
            sparql = only(given, "query")
            if sparql is None:
                raise Problem(400, "没有给出 query。", "there is no query.")
        elif media == _QUERY:
            if any(name in ("query", "update") for name, _ in given):
                raise Problem(400, "查询已经在内容里，地址里不能再有 query。", "the query is in the body, so the address cannot have one too.")
            sparql = await sparql_body(request)
        else:
            raise _wrong_media(media, FORM, _QUERY)
    else:
        raise _wrong_method(request, "GET", "HEAD", "POST", "OPTIONS")
    accept = request.headers.get("accept")
    reply = await in_thread(
        request,
        served(request).ask,
        sparql,
        chosen(accept, ROWS),
        chosen(accept, TRIPLES),
        all_of(given, "default-graph-uri"),
        all_of(given, "named-graph-uri"),
    )
    return whole(reply, {"Vary": "Accept"})


async def update(request: Request) -> Response:
    """Answer ``/update``."""
    if request.method != "POST":
        raise _wrong_method(request, "POST", "OPTIONS")
    may_write(request)
    given = parameters(request)
    media, _ = media_of(request.headers.get("content-type"))
    if media == FORM:
        given = fields(await body(request, settings_of(request).largest_graph))
        sparql = only(given, "update")
        if sparql is None:
            raise Problem(400, "没有给出 update。", "there is no update.")
        if any(name == "query" for name, _ in given):
            raise Problem(400, "query 和 update 不能同时给。", "query and update cannot be given both.")
    elif media == _UPDATE:
        if any(name in ("query", "update") for name, _ in given):
            raise Problem(400, "更新已经在内容里，地址里不能再有 update。", "the update is in the body, so the address cannot have one too.")
        sparql = await sparql_body(request)
    else:
        raise _wrong_media(media, FORM, _UPDATE)
    await in_thread(request, served(request).update, sparql, all_of(given, "using-graph-uri"), all_of(given, "using-named-graph-uri"))
    return Response(status_code=204)


def _described(request: Request) -> Response:
    """Return the service description; a browser is led to the query page."""
    media = chosen(request.headers.get("accept"), (*TRIPLES, "text/html"))
    if media == "text/html":
        return RedirectResponse("query", 303, {"Vary": "Accept"})
    if media is None:
        raise Problem(406, "服务说明不能写成所要的格式。", "the service description cannot be written in what is asked for.")
    settings = settings_of(request)
    where = Address(root_of(request), settings.token is not None, served(request).base, settings.licence)
    content = written_triples(tuple(service_description(where, settings.allowed)), media, where.base)
    return Response(content, headers={"Vary": "Accept", "Content-Type": with_charset(media)})


def whole(reply: Reply, headers: dict[str, str]) -> Response:
    """Return the answer that sends a reply; its length is told beforehand, so that a cut-off answer is never taken for a whole one."""
    return StreamingResponse(reply.body, headers=headers | {"Content-Type": with_charset(reply.media), "Content-Length": str(reply.size)})


def with_charset(media: str) -> str:
    """Return a media type as a header: text says that it is UTF-8.

    >>> with_charset("text/csv")
    'text/csv; charset=utf-8'
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
