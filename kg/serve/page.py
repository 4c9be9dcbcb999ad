"""Give out the query page and what it needs, all of it from this package: nothing is fetched from elsewhere."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from html import escape
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from kg.graph import described, presets, questions
from kg.serve.negotiation import language
from kg.serve.problems import Problem
from kg.serve.requests import only, parameters, served, wrong_method

CALM = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What a page may do that only shows text."""

_LIVELY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8"}


@cache
def _files() -> dict[str, tuple[bytes, str, str]]:
    """Return the files of the page by name, each with its type and its tag; no other file can be asked for."""
    found: dict[str, tuple[bytes, str, str]] = {}
    for file in (files("kg.serve") / "static").iterdir():
        kind = next((kind for suffix, kind in _KINDS.items() if file.name.endswith(suffix)), None)
        if kind is not None:
            content = file.read_bytes()
            found[file.name] = (content, kind, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
    return found


async def static(request: Request) -> Response:
    """Answer ``/static/NAME``."""
    if request.method not in ("GET", "HEAD"):
        raise wrong_method(request, "GET", "HEAD", "OPTIONS")
    name = request.path_params["name"]
    if name not in _files():
        raise Problem(404, "没有这个文件。", "there is no such file.")
    content, kind, tag = _files()[name]
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers | {"Content-Type": kind})


async def page(request: Request) -> Response:
    """Answer ``/`` and ``/query``."""
    if request.method not in ("GET", "HEAD"):
        raise wrong_method(request, "GET", "HEAD", "OPTIONS")
    spoken = language(request.headers.get("accept-language"), only(parameters(request), "lang"))
    return Response(_page(spoken, served(request).base, request.scope.get("root_path", "")), headers={
        "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": _LIVELY, "Vary": "Accept-Language",
    })  # fmt: skip


@cache
def _page(lang: str, base: str, root: str) -> str:
    english = lang == "en"
    told = {
        "endpoint": f"{root}/sparql",
        "lang": lang,
        "prefixes": presets(base),
        "terms": [
            {"iri": one.iri, "kind": one.kind, "label": one.english if english else one.label, "meaning": one.meaning} for one in described().values()
        ],
        "questions": [
            {"name": one.name, "label": one.english if english else one.label, "sparql": one.sparql} for one in questions()
        ],
    }  # fmt: skip
    # "<" never stands in the block, so nothing in it can end it
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    title, choose, switch = ("Zhengtu · query", "Saved questions", "中文") if english else ("政图 · 查询", "自带的问题", "English")
    return (
        f'<!doctype html><html lang="{"en" if english else "zh-CN"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{title}</title><link rel="stylesheet" href="{escape(root)}/static/yasgui.min.css">'
        f'<link rel="stylesheet" href="{escape(root)}/static/query.css">'
        f'</head><body><header><h1>{title}</h1><label>{choose} <select id="questions"><option value=""></option></select></label>'
        f'<nav><a href="{escape(root)}/.well-known/void">VoID</a> <a href="?lang={"zh" if english else "en"}">{switch}</a></nav></header>'
        f'<main id="yasgui"></main><script type="application/json" id="told">{data}</script>'
        f'<script src="{escape(root)}/static/yasgui.min.js"></script><script src="{escape(root)}/static/query.js"></script></body></html>\n'
    )


async def picture(request: Request) -> Response:
    """Answer ``/favicon.ico``, which browsers ask for unasked: there is none."""
    return Response(status_code=204)


async def openapi(request: Request) -> Response:
    """Answer ``/openapi.json``."""
    if request.method not in ("GET", "HEAD"):
        raise wrong_method(request, "GET", "HEAD", "OPTIONS")
    from kg import __version__
    from kg.serve.openapi import described_api

    return Response(json.dumps(described_api(__version__), ensure_ascii=False, indent=1), headers={"Content-Type": "application/json"})
