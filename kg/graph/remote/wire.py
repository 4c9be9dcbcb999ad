"""Speak HTTP with a store elsewhere: a request goes out, its answer comes back whole, or one line tells what is wrong.

Everything that is sent may be sent twice, so whatever fails in passing is tried again. Credentials go to the address that was given
and to no other, when that address asks for them, and stand in no line that this room writes.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, LocationValueError, SSLError, TimeoutError

from kg.errors import QueryError, StoreError

TIMEOUT = 600.0
"""Seconds that one request may take, its answer included."""

_CONNECT = 10.0
_MOST = 2 << 30  # bytes of an answer
_LONGEST = 120.0  # seconds to wait before a request is sent again
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_FINE = (200, 201, 202, 204)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we are for a store: a user and a password, or a token, or nobody. They are never shown."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def given(cls, environ: Mapping[str, str], user: str = "", password: str = "") -> Credentials:
        """Return what KG_STORE_TOKEN, or KG_STORE_USER and KG_STORE_PASSWORD say, else what stood in the URL.

        Raises StoreError for a token that cannot stand in a header.
        """
        token = environ.get("KG_STORE_TOKEN", "").strip()
        if token and not re.fullmatch(r"[\x21-\x7e]+", token):
            raise StoreError("KG_STORE_TOKEN：里面有不能用的字符。请检查这个变量。", "KG_STORE_TOKEN: holds characters that no token has. Check the variable.")
        user, password = environ.get("KG_STORE_USER", user), environ.get("KG_STORE_PASSWORD", password)
        if ":" in user:
            raise StoreError("KG_STORE_USER：用户名里不能有冒号。", "KG_STORE_USER: a user name has no colon.")
        return cls("", "", token) if token else cls(user, password)

    @property
    def basic(self) -> str:
        """Return the credentials of RFC 7617."""
        return base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    def hidden(self, text: str) -> str:
        """Return a text without whatever it quotes of the credentials."""
        quoted = (self.password, self.token, quote(self.password, safe=""), self.basic if self.user or self.password else "")
        for secret in sorted(filter(None, quoted), key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """Return the media type, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Wire:
    """A connection to the servers of one address. ``pause`` waits some seconds; ``tries`` is how often a request is sent at most."""

    def __init__(self, credentials: Credentials, *, timeout: float = TIMEOUT, tries: int = 6, pause: Callable[[float], None] = time.sleep) -> None:
        self._credentials = credentials
        self._timeout = timeout
        self._tries = tries
        self._pause = pause
        self._scheme: str | None = f"Bearer {credentials.token}" if credentials.token else None
        self._digest: _Digest | None = None
        self._pool = urllib3.PoolManager(retries=False, maxsize=1, headers={"User-Agent": "zhengtu"})

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def send(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        fine: Collection[int] = _FINE,
        tries: int | None = None,
        asking: bool = False,
    ) -> Reply:
        """Return the answer, whose status is one of ``fine``; StoreError in one line if there is none, QueryError for a refused question.

        What fails in passing (a connection that breaks, a status such as 503) is tried again, after as long as the server asks or
        after half a second, a second, two … Nothing follows a redirection: the credentials are for the address that was given.
        """
        tries = self._tries if tries is None else tries
        for attempt in range(1, tries + 1):
            wait = 0.5 * 2 ** (attempt - 1)
            try:
                reply = self._sent(method, url, body, dict(headers or {}))
            except (SSLError, LocationValueError, InvalidHeader) as error:
                raise self._away(url, error) from None
            except HTTPError as error:
                if attempt == tries:
                    raise self._away(url, error) from None
            else:
                if reply.status in fine or reply.status not in _PASSING:
                    return self._judged(url, reply, fine, asking)
                asked = _retry_after(reply.headers.get("Retry-After"))
                if attempt == tries or asked > _LONGEST:
                    raise self._refused(url, reply, asking)
                wait = max(wait, asked)
            self._pause(wait)
        raise AssertionError("the loop returns or raises")

    # ------------------------------------------------------------ one request

    def _sent(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        reply = self._once(method, url, body, headers)
        mine = self._credentials
        if reply.status in (401, 403) and (mine.user or mine.password):
            challenge = _challenge(reply.headers.get("WWW-Authenticate", ""))
            if challenge is not None and (self._digest is None or self._digest.nonce != challenge.nonce):
                self._digest = challenge
                return self._once(method, url, body, headers)
            if challenge is None and self._scheme is None:
                self._scheme = f"Basic {mine.basic}"
                return self._once(method, url, body, headers)
        return reply

    def _once(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        started = time.monotonic()
        if self._digest is not None:
            headers = headers | {"Authorization": self._digest.answer(self._credentials, method, url)}
        elif self._scheme is not None:
            headers = headers | {"Authorization": self._scheme}
        response = self._pool.request(
            method,
            url,
            body=body if body or method in ("POST", "PUT") else None,
            headers=headers | {"User-Agent": "zhengtu", "Accept-Encoding": "identity"},
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            timeout=urllib3.Timeout(connect=min(_CONNECT, self._timeout), read=self._timeout),
        )
        pieces = []
        size = 0
        whole = False
        try:
            while piece := response.read1(1 << 16):
                pieces.append(piece)
                size += len(piece)
                if time.monotonic() - started > self._timeout:
                    raise TimeoutError("the answer takes too long")
                if size > _MOST:
                    raise StoreError(
                        f"{shown(url)}：回答太大（超过 {_MOST >> 30} GiB）。请缩小查询。",
                        f"{shown(url)}: the answer is larger than {_MOST >> 30} GiB. Ask for less.",
                    )
            whole = True
        finally:
            if whole:
                response.release_conn()
            else:
                response.close()
        return Reply(response.status, response.headers, b"".join(pieces))

    # ------------------------------------------------------------ what is wrong

    def _judged(self, url: str, reply: Reply, fine: Collection[int], asking: bool) -> Reply:
        if reply.status in fine:
            return reply
        raise self._refused(url, reply, asking)

    def _refused(self, url: str, reply: Reply, asking: bool) -> StoreError | QueryError:
        place, status = shown(url), reply.status
        if status in (401, 403):
            known = self._credentials != Credentials()
            return StoreError(
                f"{place}：服务器不让进（{status}）。请检查"
                + ("用户名、密码或令牌。" if known else "环境变量 KG_STORE_USER 和 KG_STORE_PASSWORD，或 KG_STORE_TOKEN。"),
                f"{place}: the server lets us in only with the right credentials ({status}). "
                + ("Check user, password or token." if known else "Set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN."),
            )
        if 300 <= status < 400:
            target = shown(reply.headers.get("Location", ""))
            return StoreError(
                f"{place}：服务器指向另一个地址（{target}）。为了不泄露密码，不会跟去；如果对，请把它写给 --store。",
                f"{place}: the server points to another address ({target}). It is not followed; if it is right, name it with --store.",
            )
        told = self._excerpt(reply)
        if asking and 400 <= status < 500 and status not in _PASSING and status not in (404, 405, 410):
            return QueryError(f"服务器不接受这个查询（{status}）：{told}", f"the server refuses the query ({status}): {told}")
        if status in (404, 405, 410):
            return StoreError(
                f"{place}：这里没有 SPARQL 服务（{status}）。请检查 --store 的地址。",
                f"{place}: there is no SPARQL service here ({status}). Check the address after --store.",
            )
        if status == 429 or status == 503:
            return StoreError(f"{place}：服务器忙（{status}）。请过一会儿再试。", f"{place}: the server is busy ({status}). Try again later.")
        return StoreError(f"{place}：服务器出错（{status}）：{told}", f"{place}: the server failed ({status}): {told}")

    def _excerpt(self, reply: Reply) -> str:
        """Return the beginning of what a server says of its refusal, in one line."""
        text = reply.body[:4096].decode("utf-8", "replace")
        if reply.type in ("text/html", "application/xhtml+xml"):
            text = re.sub(r"<[^>]*>", " ", text)
        return " ".join(self._credentials.hidden(text).split())[:200]

    def _away(self, url: str, error: Exception) -> StoreError:
        place = shown(url)
        if isinstance(error, SSLError):
            return StoreError(
                f"{place}：证书或加密不对。请检查地址和服务器的证书。",
                f"{place}: the certificate or the encryption is not right. Check the address and the certificate.",
            )
        if isinstance(error, LocationValueError | InvalidHeader):
            return StoreError(
                f"{place}：地址或回答不合规则。请检查 --store 的地址。",
                f"{place}: the address or the answer breaks the rules of HTTP. Check the address after --store.",
            )
        if isinstance(error, TimeoutError) and not isinstance(error, urllib3.exceptions.ConnectTimeoutError):
            return StoreError(
                f"{place}：服务器在 {self._timeout:g} 秒内没有回答完。请过一会儿再试。",
                f"{place}: the server did not finish its answer within {self._timeout:g} seconds. Try again later.",
            )
        return StoreError(
            f"{place}：连不上，或者连接断了。请检查地址，看服务器是否在运行。",
            f"{place}: cannot be reached, or the connection broke. Check the address, and that the server runs.",
        )


def shown(url: str) -> str:
    """Return an address as it may be shown: without user, password, question or fragment.

    >>> shown("http://me:secret@127.0.0.1:3030/ds?graph=x")
    'http://127.0.0.1:3030/ds'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "?"
    host = f"[{host}]" if ":" in host else host
    place = f"{parts.scheme}://{host}" + (f":{port}" if port else "") if host else ""
    return " ".join((place + parts.path).split())[:200] or "?"


def _retry_after(value: str | None) -> float:
    """Return the seconds that a server asks to wait; RFC 9110 has a number or a date."""
    if value is None:
        return 0.0
    if re.fullmatch(r"\d{1,9}", value.strip(), re.ASCII):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
        return max(0.0, (then - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


# ---------------------------------------------------------------- Digest access authentication, which Virtuoso asks for


class _Digest:
    """The answer to a challenge of RFC 7616 with quality of protection ``auth``, or none."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.nonce = cells["nonce"]
        self._cells = cells
        self._count = 0
        self._hash = hashlib.sha256 if cells.get("algorithm", "MD5").upper() == "SHA-256" else hashlib.md5

    def answer(self, mine: Credentials, method: str, url: str) -> str:
        """Return the header for a request."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        realm = self._cells.get("realm", "")
        first, second = self._digest(f"{mine.user}:{realm}:{mine.password}"), self._digest(f"{method}:{target}")
        told = {"username": mine.user, "realm": realm, "nonce": self.nonce, "uri": target}
        words = [f'{name}="{_escaped(value)}"' for name, value in told.items()]
        if "auth" in [one.strip() for one in self._cells.get("qop", "").split(",")]:
            self._count += 1
            count, own = f"{self._count:08x}", secrets.token_hex(8)
            response = self._digest(f"{first}:{self.nonce}:{count}:{own}:auth:{second}")
            words += ["qop=auth", f"nc={count}", f'cnonce="{own}"']
        else:
            response = self._digest(f"{first}:{self.nonce}:{second}")
        words.append(f'response="{response}"')
        words += [f'opaque="{_escaped(self._cells["opaque"])}"'] if "opaque" in self._cells else []
        words += [f"algorithm={self._cells['algorithm']}"] if "algorithm" in self._cells else []
        return "Digest " + ", ".join(words)

    def _digest(self, text: str) -> str:
        return self._hash(text.encode()).hexdigest()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').encode("ascii", "replace").decode()


def _challenge(header: str) -> _Digest | None:
    """Return the challenge of a server that wants Digest, if it is one that can be answered."""
    found = re.search(r"\bDigest\s+(.*)", header, re.IGNORECASE | re.DOTALL)
    if found is None:
        return None
    cells = {name.lower(): value for name, value in parse_keqv_list([one for one in parse_http_list(found[1]) if "=" in one]).items()}
    if "nonce" not in cells or cells.get("algorithm", "MD5").upper() not in ("MD5", "SHA-256"):
        return None
    return _Digest(cells)
