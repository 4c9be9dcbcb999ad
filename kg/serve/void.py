"""Describe the graph at ``/.well-known/void``: counts are asked of it, a VoID and DCAT description goes out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.graph import ONTOLOGY, TRIPLES, Address, Census, Served, dataset_description, written_triples
from kg.serve.negotiation import chosen
from kg.serve.problems import Problem
from kg.serve.requests import in_thread, root_of, served, settings_of, wrong_method
from kg.serve.sparql import with_charset

_CLASSES = "SELECT ?name (COUNT(*) AS ?number) WHERE { ?thing a ?name } GROUP BY ?name"
_PROPERTIES = "SELECT ?name (COUNT(*) AS ?number) WHERE { ?thing ?name ?value } GROUP BY ?name"
_SUBJECTS = "SELECT (COUNT(*) AS ?number) WHERE { SELECT DISTINCT ?thing WHERE { ?thing a ?class } }"
_GRAPHS = "SELECT (COUNT(*) AS ?number) WHERE { GRAPH ?graph { } }"
_EXTRACTORS = "SELECT DISTINCT ?name WHERE { ?extraction kg:extractorVersion ?name } ORDER BY ?name"
_PUBLISHERS = "SELECT DISTINCT ?name WHERE { ?article a kg:Article ; schema:publisher ?name } ORDER BY ?name"
_DAYS = "SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE { ?article a kg:Article ; schema:datePublished ?day }"


async def void(request: Request) -> Response:
    """Answer ``/.well-known/void``."""
    from kg import __version__

    if request.method not in ("GET", "HEAD"):
        raise wrong_method(request, "GET", "HEAD", "OPTIONS")
    media = chosen(request.headers.get("accept"), TRIPLES)
    if media is None:
        raise Problem(406, "说明不能写成所要的格式。", "the description cannot be written in what is asked for.")
    graph, settings = served(request), settings_of(request)
    counted = await in_thread(request, _counted, request, graph)
    where = Address(root_of(request), settings.token is not None, graph.base, settings.licence)
    content = written_triples(tuple(dataset_description(where, counted, __version__)), media, where.base)
    return Response(content, headers={"Vary": "Accept", "Content-Type": with_charset(media)})


def _counted(request: Request, graph: Served) -> Census:
    """Return what is counted in the graph; it is counted again only when the graph has changed."""
    kept: tuple[object, Census] | None = getattr(request.app.state, "census", None)
    now = (graph.version, graph.modified())
    if kept is None or kept[0] != now:
        kept = request.app.state.census = (now, census(graph))
    return kept[1]


def census(graph: Served) -> Census:
    """Count what is in a graph."""
    properties = {row["name"]: int(row["number"]) for row in graph.found(_PROPERTIES)}
    classes = {row["name"]: int(row["number"]) for row in graph.found(_CLASSES)}
    days = next(iter(graph.found(_DAYS)), {})
    return Census(
        triples=sum(properties.values()),
        subjects=int(graph.found(_SUBJECTS)[0]["number"]),
        articles=classes.get(f"{ONTOLOGY}Article", 0),
        graphs=int(graph.found(_GRAPHS)[0]["number"]),
        classes=classes,
        properties=properties,
        extractors=tuple(row["name"] for row in graph.found(_EXTRACTORS)),
        publishers=tuple(row["name"] for row in graph.found(_PUBLISHERS)),
        first=days.get("first", ""),
        last=days.get("last", ""),
        modified=graph.modified(),
    )
