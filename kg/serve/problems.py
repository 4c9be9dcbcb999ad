"""Turn what is wrong into an answer: an error comes in, a problem document with its status goes out.

Source: RFC 9457 (https://www.rfc-editor.org/rfc/rfc9457); the statuses follow the SPARQL 1.1 protocols where they name one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KgError, QueryError, QueryLost, QueryTimeout, QueryTooLarge, StoreError
from kg.graph import Busy, Malformed, Refused, Unacceptable
from kg.serve.negotiation import language


class Problem(KgError):
    """A request that cannot be answered as it is."""

    def __init__(self, status: int, message: str, english: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message, english)
        self.status = status
        self.headers = dict(headers or {})


_STATUSES: tuple[tuple[type[KgError], int], ...] = (
    (Malformed, 400),
    (Refused, 403),
    (Unacceptable, 406),
    (QueryTimeout, 503),
    (QueryLost, 503),
    (Busy, 503),
    (QueryTooLarge, 507),
    (QueryError, 400),
    (StoreError, 503),
    (KgError, 500),
)


def problem(error: KgError, request: Request) -> Response:
    """Return the answer that tells an error; one that will go away by itself says when to try again."""
    status = error.status if isinstance(error, Problem) else next(status for kind, status in _STATUSES if isinstance(error, kind))
    headers = dict(error.headers) if isinstance(error, Problem) else {}
    if isinstance(error, Busy | QueryLost | StoreError):
        headers["Retry-After"] = "5"
    english = language(request.headers.get("accept-language"), None) == "en"
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": error.english if english else str(error)}
    body = json.dumps(told | ({} if english else {"detail-en": error.english}), ensure_ascii=False)
    return Response(body + "\n", status, headers, "application/problem+json")
