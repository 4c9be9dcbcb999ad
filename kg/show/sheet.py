"""Write a network as one HTML page that draws itself: no request leaves it, and nothing in a name can run.

What the page holds: the network's data and options as pyvis makes them, every fact with its sentences as JSON, the
vis-network library that pyvis ships, our own style and script, and a policy that forbids everything else.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
import html
import json
import math
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from kg.errors import OutputError
from kg.show.initials import initials
from kg.show.layout import positions
from kg.show.terms import OTHER, look, rank, relation_rank
from kg.show.values import Edge, Evidence, Network, Node

Lang = Literal["zh", "en"]

DRAWN_NODES = 600
"""More nodes than this are not drawn at once; the others are found by search."""
DRAWN_EDGES = 2500
"""Likewise for edges: those with the most evidence are drawn."""
SENTENCES = 6_000_000
"""Characters of evidence that a page may hold before edges keep fewer sentences each."""

_VIS = "lib/vis-9.1.2/vis-network.min.js"
_MOST_EVIDENCE = (8, 4, 2, 1)
_QUOTE = 420
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FULL_WIDTH = re.compile("[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u201c\u201d\U00020000-\U0003ffff]")


def write(network: Network, path: str | os.PathLike[str], *, title: str = "政图", lang: Lang = "zh") -> None:
    """Write the page of a network to ``path``, all or nothing. Raises OutputError if that is impossible."""
    target = Path(path)
    text = page(network, title=title, lang=lang)
    beside = None
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as file:
            beside = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(target)
    except OSError as error:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise OutputError(f"{target}: the picture cannot be written ({error.strerror or error}). Choose a folder that exists and may be written to.") from error


def page(network: Network, *, title: str = "政图", lang: Lang = "zh") -> str:
    """Return a complete HTML page; the same network gives the same page, in whatever order its parts stand.

    ``lang`` is the language it opens in; the page itself can switch. A network of more than ``DRAWN_NODES`` nodes
    opens on its best-connected part.
    """
    here = files("kg.show")
    style = (here / "page.css").read_text("utf-8")
    script = (here / "page.js").read_text("utf-8")
    library = _library()
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    slots = {
        "lang": "en" if lang == "en" else "zh-CN",
        "title": html.escape(_SURROGATE.sub("\ufffd", title)),
        "policy": policy,
        "style": style,
        "data": _json(_data(network, title, lang)),
        "library": library,
        "script": script,
    }
    template = (here / "page.html").read_text("utf-8")
    return _SLOT.sub(lambda slot: slots[slot[1]], template)


def _library() -> str:
    """Return vis-network as pyvis ships it. Raises OutputError where pyvis has another version."""
    found = find_spec("pyvis")  # where it is, without loading it
    path = Path(found.origin).parent / _VIS if found is not None and found.origin else None
    if path is None or not path.is_file():
        raise OutputError(f"pyvis has no {_VIS}: the picture is drawn with vis-network 9.1.2. Install pyvis 0.3.2.")
    return path.read_text("utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _json(value: object) -> str:
    """Return JSON that may stand inside a script element, whatever the names in it are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


# ---------------------------------------------------------------- what the page knows


def _data(network: Network, title: str, lang: Lang) -> dict[str, Any]:
    degree: dict[str, int] = defaultdict(int)
    for edge in network.edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
    nodes = sorted(network.nodes, key=lambda node: (-(node.weight or degree[node.iri]), node.iri))
    edges = sorted(network.edges, key=lambda edge: (edge.source, edge.target, edge.relation, edge.zh, edge.en, repr(edge.evidence)))
    articles = sorted(network.articles, key=lambda article: (article.date, article.iri), reverse=True)

    number = {node.iri: index for index, node in enumerate(nodes)}
    report = {article.iri: index for index, article in enumerate(articles)}
    kinds = sorted({node.kind for node in nodes}, key=lambda kind: (rank(kind), kind))
    relations = sorted({(edge.relation, edge.zh, edge.en, edge.is_statement) for edge in edges}, key=lambda found: (relation_rank(found[0]), found))
    kind_number = {kind: index for index, kind in enumerate(kinds)}
    relation_number = {found: index for index, found in enumerate(relations)}
    base = _base([node.iri for node in nodes])
    most = _most_evidence(edges)
    sentences: dict[str, int] = {}

    def told(evidence: Evidence) -> list[object]:
        sentence, begin, end = _clipped(evidence)
        where = sentences.setdefault(sentence, len(sentences))
        sure = -1 if evidence.confidence is None else round(evidence.confidence * 100)
        return [report.get(evidence.article, -1), where, begin, end, sure]

    ends = [(number[edge.source], number[edge.target]) for edge in edges]
    facts = [
        [
            source,
            target,
            relation_number[edge.relation, edge.zh, edge.en, edge.is_statement],
            curve,
            len(edge.evidence),
            [told(one) for one in edge.evidence[:most]],
        ]
        for edge, (source, target), curve in zip(edges, ends, _curves(ends), strict=True)
    ]
    chosen = _best_connected(len(nodes), ends)
    drawn = _drawn_edges(ends, [len(edge.evidence) for edge in edges], set(chosen))
    picture = _picture(nodes, chosen, edges, ends, drawn, facts)
    return {
        "title": title,
        "lang": lang,
        "base": base,
        "kinds": [_kind(kind) for kind in kinds],
        "relations": [{"name": name, "zh": zh, "en": en, "said": said} for name, zh, en, said in relations],
        "nodes": [
            [
                node.iri.removeprefix(base), kind_number[node.kind], node.label, list(node.alternatives),
                node.date, [report[article] for article in sorted(node.articles) if article in report],
            ]
            for node in nodes
        ],
        "edges": facts,
        "sentences": list(sentences),
        "articles": [[article.headline, article.date, article.source] for article in articles],
        "initials": initials(name for node in nodes for name in (node.label, *node.alternatives)),
        "picture": picture,
    }  # fmt: skip


def _kind(kind: str) -> dict[str, Any]:
    found = look(kind)
    named = {"zh": kind, "en": kind} if found is OTHER else {"zh": found.zh, "en": found.en}
    return {"name": kind, **named, "light": found.light, "dark": found.dark, "path": found.path, "hollow": found.hollow}


def _base(iris: Sequence[str]) -> str:
    """Return what all IRIs begin with, up to a slash.

    >>> _base(["https://a.example/id/person/1", "https://a.example/id/post/1"])
    'https://a.example/id/'
    """
    if len(iris) < 2:
        return ""
    first, last = min(iris), max(iris)
    length = next((index for index, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[: first.rfind("/", 0, length) + 1]


def _most_evidence(edges: Iterable[Edge]) -> int:
    """Return how many sentences an edge may keep so that the page does not outgrow a browser."""
    edges = list(edges)
    for most in _MOST_EVIDENCE:
        kept = {one.sentence or one.quote for edge in edges for one in edge.evidence[:most]}
        if sum(min(len(sentence), _QUOTE) for sentence in kept) <= SENTENCES:
            break
    return most


def _clipped(evidence: Evidence) -> tuple[str, int, int]:
    """Return the sentence, cut around the words that count if it is very long, and where they stand in it."""
    sentence = evidence.sentence or evidence.quote
    begin = sentence.find(evidence.quote) if evidence.quote and evidence.quote != sentence else -1
    if begin < 0:
        return sentence, 0, 0
    end = begin + len(evidence.quote)
    if len(sentence) > _QUOTE and len(evidence.quote) < _QUOTE:
        side = (_QUOTE - len(evidence.quote)) // 2
        start, stop = max(0, begin - side), min(len(sentence), end + side)
        before, after = "…" if start else "", "…" if stop < len(sentence) else ""
        return before + sentence[start:stop] + after, begin - start + len(before), end - start + len(before)
    return sentence, begin, end


# ---------------------------------------------------------------- what is drawn


def _best_connected(count: int, ends: Sequence[tuple[int, int]]) -> list[int]:
    """Return the nodes to draw: all, or what is left when the least connected are taken away one after another.

    Nodes without any edge are drawn only where all are.
    """
    if count <= DRAWN_NODES:
        return list(range(count))
    near: list[set[int]] = [set() for _ in range(count)]
    for source, target in ends:
        if source != target:
            near[source].add(target)
            near[target].add(source)
    left = {node for node in range(count) if near[node]}
    # Nodes are numbered by importance, so of two with as many neighbours the less important goes first.
    heap = [(len(near[node]), -node) for node in left]
    heapq.heapify(heap)
    while len(left) > DRAWN_NODES:
        known, negative = heapq.heappop(heap)
        node = -negative
        if node not in left or known != len(near[node]):
            continue
        left.remove(node)
        for other in near[node]:
            near[other].discard(node)
            heapq.heappush(heap, (len(near[other]), -other))
    return sorted(left)


def _drawn_edges(ends: Sequence[tuple[int, int]], evidence: Sequence[int], chosen: set[int]) -> list[int]:
    """Return the edges to draw between the chosen nodes: all, or one for each node and then those with most evidence."""
    inside = [index for index, (source, target) in enumerate(ends) if source in chosen and target in chosen]
    if len(inside) <= DRAWN_EDGES:
        return inside
    order = sorted(inside, key=lambda index: (-evidence[index], index))
    met: set[int] = set()
    first = []
    for index in order:
        if not met.issuperset(ends[index]):
            first.append(index)
            met.update(ends[index])
    taken = set(first)
    return sorted((first + [index for index in order if index not in taken])[:DRAWN_EDGES])


def _curves(ends: Sequence[tuple[int, int]]) -> list[int]:
    """Return how far each edge bends, in hundredths, to the right of its way (left if negative): parallel edges differ."""
    together: Mapping[tuple[int, int], list[int]] = defaultdict(list)
    for index, (source, target) in enumerate(ends):
        together[min(source, target), max(source, target)].append(index)
    bends = [0] * len(ends)
    for (low, _), group in together.items():
        for turn, index in enumerate(group):
            bend = 7 if len(group) == 1 else round(100 * (turn - (len(group) - 1) / 2) * min(0.22, 0.9 / len(group)))
            bends[index] = bend if ends[index][0] == low else -bend
    return bends


def _size(neighbours: int) -> int:
    """Return the radius of a node in pixels."""
    return round(min(6.5 + 2.35 * math.sqrt(max(neighbours - 1, 0)), 19.0))


def _picture(
    nodes: Sequence[Node],
    chosen: Sequence[int],
    edges: Sequence[Edge],
    ends: Sequence[tuple[int, int]],
    drawn: Sequence[int],
    facts: Sequence[Sequence[object]],
) -> dict[str, Any]:
    """Return nodes, edges and options as pyvis makes them for vis-network from a networkx graph."""
    import networkx as nx
    from pyvis.network import Network as Vis

    near: dict[int, set[int]] = defaultdict(set)
    for index in drawn:
        source, target = ends[index]
        near[source].add(target)
        near[target].add(source)
    size = {node: _size(len(near[node])) for node in chosen}
    local = {node: index for index, node in enumerate(chosen)}
    boxes = [_box(nodes[node].label, size[node], len(near[node])) for node in chosen]
    placed = positions(boxes, [(local[ends[index][0]], local[ends[index][1]]) for index in drawn])

    graph = nx.MultiDiGraph()
    for node, (x, y) in zip(chosen, placed, strict=True):
        graph.add_node(node, label=nodes[node].label or nodes[node].iri, shape="custom", color=look(nodes[node].kind).light, size=size[node], x=x, y=y)
    for index in drawn:
        source, target = ends[index]
        width = round(1 + 0.45 * min(len(edges[index].evidence), 8) ** 0.5, 2)
        graph.add_edge(source, target, key=index, id=index, weight=width, dashes=edges[index].is_statement, curve=facts[index][3])
    vis = Vis(directed=True)
    vis.from_nx(graph)
    vis.set_options(json.dumps(_OPTIONS))
    # pyvis lists nodes as edges meet them; the page wants them by importance.
    return {"nodes": sorted(vis.nodes, key=lambda node: int(node["id"])), "edges": sorted(vis.edges, key=lambda edge: int(edge["id"])), "options": vis.options}


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "multiselect": False, "keyboard": False},
    "nodes": {"labelHighlightBold": False},
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}, "hoverWidth": 0.8, "selectionWidth": 0.8, "selfReference": {"size": 16}},
}


def _box(label: str, radius: int, neighbours: int) -> tuple[float, float]:
    """Return the room of a node and its label beneath, in pixels; labels run over two lines of nine Chinese characters at most.

    A hub gets room around it, so that its edges can be told apart where they end.
    """
    wide = sum(1.0 if _FULL_WIDTH.match(character) else 0.56 for character in label[:40])
    lines = 1 if wide <= 9 else 2
    across = min(wide, 9.5 if wide <= 9 else max(wide / 2 + 0.5, 5), 10) * 13
    around = 9 * math.sqrt(max(neighbours - 3, 0))
    return max(across, radius * 2.0) + around, radius * 2.0 + lines * 17 + around * 1.6
