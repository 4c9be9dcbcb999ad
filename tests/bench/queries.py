"""How fast ten typical queries are on the road of ``kg query``, against bare pyoxigraph and rdflib's own memory: run by hand, never by pytest.

    python tests/bench/queries.py FOLDER [--sample ARTICLES] [--rounds N] [--no-rdflib]

FOLDER is a graph that was built; it is only read. ``--sample`` takes so many of its articles into a store of its own first: rdflib needs a minute
and a gigabyte for a million triples. Prints seconds and ratios for each query, and at the end the highest ratio to pyoxigraph and the median to rdflib.

The road of ``kg query`` is the guard, a worker process and the pipe back; all three answer in TSV (rdflib, which has no writer for it, in CSV).
The rounds of pyoxigraph and of the road take turns, and the median counts: the machine may be busy with other things. rdflib gets one round, and two minutes.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

import pyoxigraph as ox
import rdflib

from kg.graph import Store, Workers
from kg.graph.query import known_prefixes

QUERIES = {
    "people by visits": """SELECT ?name (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event a kg:Inspection ; kg:agent ?who . ?who rdfs:label ?name }
        GROUP BY ?name ORDER BY DESC(?n) ?name LIMIT 20""",
    "visits with day and place": """SELECT ?day ?name ?where WHERE { ?event a kg:Inspection ; kg:agent/rdfs:label ?name ; kg:target/rdfs:label ?where .
        OPTIONAL { ?event kg:date ?day } } ORDER BY ?day ?name ?where LIMIT 1000""",
    "meetings of a month": """SELECT ?event ?label ?day WHERE { ?event a kg:Meeting ; rdfs:label ?label ; kg:date ?day
        FILTER(?day >= "2024-03-01"^^xsd:date && ?day < "2024-04-01"^^xsd:date) } ORDER BY ?day ?event""",
    "who was beside whom": """SELECT ?one ?other (COUNT(?event) AS ?n) WHERE { ?event a kg:Inspection ; kg:agent ?a ; kg:companion ?b .
        ?a rdfs:label ?one . ?b rdfs:label ?other } GROUP BY ?one ?other ORDER BY DESC(?n) ?one ?other LIMIT 50""",
    "what is said of policies": """SELECT ?policy (COUNT(?statement) AS ?n) WHERE { ?statement a kg:Statement ; kg:concerns ?what .
        ?what a kg:Policy ; rdfs:label ?policy } GROUP BY ?policy ORDER BY DESC(?n) ?policy LIMIT 30""",
    "posts and bodies": """SELECT ?name ?post ?body WHERE { ?tenure a kg:Tenure ; org:member/rdfs:label ?name ; kg:post/rdfs:label ?post .
        OPTIONAL { ?tenure org:organization/rdfs:label ?body } } ORDER BY ?name ?post ?body""",
    "words in a headline": """SELECT ?article ?headline WHERE { ?article schema:headline ?headline FILTER(CONTAINS(?headline, "会议")) } ORDER BY ?article""",
    "words in what was said": """SELECT (COUNT(*) AS ?n) WHERE { ?statement a kg:Statement ; kg:text ?text FILTER(REGEX(?text, "高质量.{0,6}发展")) }""",
    "areas upwards": """SELECT ?name ?above WHERE { ?area a kg:Area ; rdfs:label ?name ; kg:partOf+ ?higher . ?higher rdfs:label ?above }
        ORDER BY ?name ?above LIMIT 2000""",
    "evidence of the visits": """CONSTRUCT { ?event a kg:Inspection ; kg:evidence ?passage . ?passage kg:quote ?quote }
        WHERE { ?event a kg:Inspection ; kg:evidence ?passage . ?passage kg:quote ?quote }""",
}  # fmt: skip


def sampled(folder: Path, number: int, target: Path) -> None:
    """Make a store of some articles of a graph, taken evenly."""
    with Store(folder, reading=True) as store, Store(target, drafting=False) as made:
        graphs = sorted(store.articles())
        for graph in islice(graphs, 0, None, max(1, len(graphs) // number)):
            made.tell({graph: store.said_by(graph)})
        for aside in ("tenures", "areas"):
            graph = type(graphs[0])(f"<{store.base()}{aside}>")
            made.tell({graph: store.said_by(graph)})


def timed(answer: Callable[[], object]) -> float:
    """Return how many seconds an answer takes."""
    started = time.perf_counter()
    answer()
    return time.perf_counter() - started


def whole(store: ox.Store, sparql: str, settings: dict[str, Any]) -> object:
    """Answer by pyoxigraph alone."""
    found = store.query(sparql, **settings)
    return found.serialize(format=ox.RdfFormat.N_TRIPLES if isinstance(found, ox.QueryTriples) else ox.QueryResultsFormat.TSV)  # type: ignore[arg-type]


def late(number: int, frame: FrameType | None) -> None:
    """End rdflib's attempt."""
    raise TimeoutError


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-rdflib", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder: Path = given.folder
        if given.sample:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            sampled(given.folder, given.sample, folder)
        held = stack.enter_context(Store(folder, reading=True))
        known = known_prefixes(held.base())
        settings: dict[str, Any] = {"base_iri": held.base(), "prefixes": known}
        bare = ox.Store.read_only(str(folder / "store"))
        workers = stack.enter_context(Workers(folder, workers=1, timeout=600, live=True))
        graph = rdflib.Graph()
        if not given.no_rdflib:
            with tempfile.NamedTemporaryFile(suffix=".nt") as facts:
                bare.dump(facts.name, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
                seconds = timed(lambda: graph.parse(facts.name, format="nt"))
            print(f"{len(graph):,} triples; rdflib loads them in {seconds:.0f} s")
            signal.signal(signal.SIGALRM, late)
        against, behind = [], []
        print(f"{'query':28}{'pyoxigraph':>12}{'kg query':>12}{'ratio':>8}{'rdflib':>12}{'ratio':>8}  bytes")
        for name, sparql in QUERIES.items():
            form = "nt" if sparql.startswith("CONSTRUCT") else "tsv"
            size = workers.answer(sparql, form=form).size
            whole(bare, sparql, settings)
            rounds = [
                (timed(lambda: whole(bare, sparql, settings)), timed(lambda: workers.answer(sparql, form=form).read()))  # noqa: B023
                for _ in range(given.rounds)
            ]
            one, other = (statistics.median(column) for column in zip(*rounds, strict=True))
            against.append(other / one)
            line = f"{name:28}{one:11.4f}s{other:11.4f}s{other / one:8.2f}"
            if not given.no_rdflib:
                signal.alarm(120)
                started = time.perf_counter()
                sign = ""
                try:
                    graph.query(sparql, initNs=known).serialize(format="nt" if form == "nt" else "csv")
                except TimeoutError:
                    sign = ">"
                signal.alarm(0)
                seconds = time.perf_counter() - started
                behind.append(seconds / other)
                line += f"{sign + format(seconds, '.3f'):>11}s{seconds / other:8.1f}"
            print(f"{line}  {size:,}")
        print(f"\nat most {max(against):.2f} times bare pyoxigraph (in the median {statistics.median(against):.2f})")
        if behind:
            print(f"in the median {statistics.median(behind):.0f} times as fast as rdflib")
        command = [sys.executable, "-m", "kg.cli", "query", "ASK {}", "-o", str(folder)]
        starts = [timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5)]
        print(f"kg query from start to end, with nothing to do: {min(starts):.2f} s")


if __name__ == "__main__":
    main()
