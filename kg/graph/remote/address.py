"""Find the services of a store: one URL comes in, those to ask, to update and to put graphs come out.

What is known of the products stands in one table; a server that is not in it is asked by SPARQL alone, or is told its services.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

from kg.errors import KgError, StoreError
from kg.graph.remote.wire import Credentials, Reply, Wire, shown

FORM = "application/x-www-form-urlencoded"
RESULTS = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Services:
    """Where a store is asked, updated (SPARQL 1.1 Protocol) and handed graphs (Graph Store Protocol; None: by updates).

    ``takes_quads``: it takes N-Quads for several graphs at once. ``is_apart``: its default graph is never one of its own.
    """

    product: str
    query: str
    update: str
    graphs: str | None
    takes_quads: bool = False
    is_apart: bool = True


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a product lays its services under one URL; ``signs`` are how it names itself in its headers."""

    product: str
    signs: tuple[str, ...]
    query: str
    update: str
    graphs: str | None
    takes_quads: bool = False
    is_apart: bool = True

    def under(self, root: str) -> Services:
        """Return the services under a URL."""

        def place(name: str) -> str:
            return f"{root}/{name}" if name else root

        graphs = None if self.graphs is None else place(self.graphs)
        return Services(self.product, place(self.query), place(self.update), graphs, self.takes_quads, self.is_apart)


_LAYOUTS = (
    _Layout("Oxigraph", ("oxigraph",), "query", "update", "store", takes_quads=True),
    _Layout("Fuseki", ("apache jena fuseki", "fuseki"), "sparql", "update", "data", takes_quads=True),
    _Layout("Virtuoso", ("virtuoso",), "sparql", "sparql", "sparql-graph-crud", is_apart=False),
)
_VIRTUOSO_AUTH = _Layout("Virtuoso", ("virtuoso",), "sparql", "sparql-auth", "sparql-graph-crud-auth", is_apart=False)
# the protocol of RDF4J, which GraphDB speaks too; it is told by its path
_RDF4J = _Layout("RDF4J", (), "", "statements", "rdf-graphs/service")
_UNKNOWN = _Layout("SPARQL", (), "sparql", "update", None)

# the last words of URLs of services, of which the others stand beside
_SERVICES = ("query", "sparql", "sparql-auth", "update", "store", "data", "graphs", "statements")


def parsed(url: str, environ: Mapping[str, str]) -> tuple[str, Credentials]:
    """Return the URL without what it says of credentials, and the credentials; StoreError for what is no URL of a store.

    >>> parsed("http://me:secret@127.0.0.1:3030/ds/", {})[0]
    'http://127.0.0.1:3030/ds'
    """
    wrong = StoreError(
        f"{shown(url)}：不是图谱服务的地址。请写成 http://127.0.0.1:7878 或 https://主机/路径。",
        f"{shown(url)}: is no address of a store. Write it as http://127.0.0.1:7878 or https://host/path.",
    )
    if not url.isascii() or not url.isprintable() or " " in url:
        raise wrong
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise wrong
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = urlunsplit((parts.scheme, f"{host}:{port}" if port else host, parts.path.rstrip("/"), "", ""))
    return place, Credentials.given(environ, unquote(parts.username or ""), unquote(parts.password or ""))


def ask_form(sparql: str, graphs: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return a query as a form, the one way of the protocol that every server takes."""
    return urlencode([("query", sparql), *graphs]).encode()


def located(url: str, wire: Wire, *, update: str | None = None, graphs: str | None = None, known: bool = False) -> Services:
    """Return the services of the store at a URL, by asking it; ``update`` and ``graphs`` say what it does not tell.

    ``known`` tells that there are credentials, which Virtuoso takes at services of their own. Raises StoreError if nothing there answers a query.
    """
    first: KgError | None = None
    for place in _candidates(url):
        try:
            reply = wire.send("POST", place, ask_form("ASK {}"), {"Content-Type": FORM, "Accept": RESULTS}, tries=3)
        except KgError as error:
            if not _says_no_service(error):
                raise
            first = first or error
            continue
        if reply.type in (RESULTS, "application/json") and reply.body.lstrip().startswith(b"{"):
            return _settled(place, reply, update, graphs, known)
        first = first or StoreError(
            f"{shown(place)}：这里回答的不是 SPARQL 结果，而是 {reply.type or '别的内容'}。请检查 --store 的地址。",
            f"{shown(place)}: answers with {reply.type or 'something else'} and not with SPARQL results. Check the address after --store.",
        )
    raise first or StoreError(f"{shown(url)}：没有回答。", f"{shown(url)}: no answer.")


def _says_no_service(error: KgError) -> bool:
    """Tell whether a server answered, but has nothing at this path."""
    return any(f"({status})" in error.english for status in (400, 404, 405, 406, 410, 415, 501))


def _candidates(url: str) -> Iterator[str]:
    """Yield where a query may be answered."""
    root, last = _root(url)
    if last in ("query", "sparql", "sparql-auth"):
        yield url
    elif last:
        yield from (f"{root}/sparql", f"{root}/query", root)
    else:
        yield from (f"{url}/sparql", f"{url}/query", url)


def _root(url: str) -> tuple[str, str]:
    """Return the URL that services stand under, and the name of the service that it was the URL of."""
    head, _, last = url.rpartition("/")
    return (head, last) if last in _SERVICES and "://" in head else (url, "")


def _settled(place: str, reply: Reply, update: str | None, graphs: str | None, known: bool) -> Services:
    root, last = _root(place)
    signs = reply.headers.get("Server", "").lower() + (" fuseki" if "Fuseki-Request-Id" in reply.headers else "")
    found = next((layout for layout in _LAYOUTS if any(sign in signs for sign in layout.signs)), None)
    if found is not None and found.product == "Virtuoso" and known:
        found = _VIRTUOSO_AUTH
    if found is None:
        found = _RDF4J if "/repositories/" in place else _UNKNOWN
    services = found.under(root)
    return Services(
        services.product,
        place if last or found is _UNKNOWN else services.query,
        update or services.update,
        graphs or services.graphs,
        services.takes_quads and not graphs,
        services.is_apart,
    )
