"""How fast ten typical queries are on the road of ``kg query``, against bare pyoxigraph and rdflib's own memory: run by hand, never by pytest.

    python tests/bench/queries.py FOLDER [--sample ARTICLES] [--rounds N] [--no-rdflib]

FOLDER is a graph that was built; it is only read. ``--sample`` takes so many of its articles into a store of its own first: rdflib's Dataset needs minutes
and gigabytes for the millions of the whole. Prints CPU seconds and ratios for each query, at last the highest ratio to pyoxigraph and the median to rdflib.

The road of ``kg query`` is the guard, a worker process and the pipe back; all three answer in TSV (rdflib, which has no writer for it, in CSV).
The rounds of pyoxigraph and of the road take turns, and the shortest counts. CPU seconds, since the machine may be busy. rdflib gets one round of two minutes.
"""

from __future__ import annotations

import argparse
import os
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
    "officials by what they visited": """SELECT ?name (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?who kg:inspected ?thing ; rdfs:label ?name }
        GROUP BY ?name ORDER BY DESC(?n) ?name LIMIT 20""",
    "policies at meetings of a month": """SELECT DISTINCT ?day ?meeting ?policy WHERE { ?statement kg:madeAt ?meeting ; kg:concerns ?what . ?what a kg:Policy ;
        rdfs:label ?policy . ?meeting a kg:Meeting ; kg:date ?day FILTER(?day >= "2024-03-01"^^xsd:date && ?day < "2024-04-01"^^xsd:date) } ORDER BY ?day""",
    "posts and the areas above": """SELECT ?post ?area ?above WHERE { ?held a kg:Post ; rdfs:label ?post ; kg:jurisdiction ?where . ?where rdfs:label ?area ;
        kg:partOf+ ?higher . ?higher rdfs:label ?above } ORDER BY ?post ?area ?above LIMIT 1000""",
    "who appears beside whom": """SELECT ?one ?other (COUNT(?event) AS ?n) WHERE { ?event kg:attendee ?a , ?b FILTER(STR(?a) < STR(?b))
        ?a rdfs:label ?one . ?b rdfs:label ?other } GROUP BY ?one ?other ORDER BY DESC(?n) ?one ?other LIMIT 20""",
    "a word in the names": """SELECT ?thing ?name WHERE { ?thing rdfs:label ?name FILTER(CONTAINS(?name, "改革")) } ORDER BY ?name ?thing LIMIT 200""",
    "a pattern in what was said": """SELECT (COUNT(*) AS ?n) WHERE { ?statement kg:text ?text FILTER(REGEX(?text, "高质量.{0,6}发展")) }""",
    "projects nobody has visited": """SELECT ?name WHERE { ?project a kg:Project ; rdfs:label ?name OPTIONAL { ?project kg:status ?status }
        MINUS { ?event a kg:Inspection ; kg:target ?project } } ORDER BY ?name LIMIT 200""",
    "the surest articles": """SELECT ?article (COUNT(*) AS ?n) (AVG(?confidence) AS ?sure) WHERE { ?event kg:reportedIn ?article ; kg:confidence ?confidence }
        GROUP BY ?article ORDER BY DESC(?sure) DESC(?n) ?article LIMIT 20""",
    "the sentences behind posts": """SELECT ?name ?post ?quote WHERE { ?said rdf:predicate kg:holdsPost ; rdf:subject/rdfs:label ?name ;
        rdf:object/rdfs:label ?post ; kg:evidence/kg:quote ?quote FILTER(STRENDS(?post, "局长")) } ORDER BY ?name ?post ?quote LIMIT 500""",
    "visits of each article": """SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?event a kg:Inspection } } GROUP BY ?g ORDER BY DESC(?n) ?g LIMIT 20""",
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


def spent(process: int | None = None) -> float:
    """Return the CPU seconds of this process and of another one; where the system does not tell those (Linux does), the seconds of the clock."""
    if process is None:
        return time.process_time() if sys.platform == "linux" else time.perf_counter()
    # the clock of another process, as clock_getcpuclockid(3) makes it
    return time.process_time() + time.clock_gettime((~process << 3) | 2) if sys.platform == "linux" else time.perf_counter()


def timed(answer: Callable[[], object], process: int | None = None) -> float:
    """Return how many seconds an answer takes."""
    started = spent(process)
    answer()
    return spent(process) - started


def whole(store: ox.Store, sparql: str, settings: dict[str, Any]) -> object:
    """Answer by pyoxigraph alone."""
    found = store.query(sparql, **settings)
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.TSV)


def late(number: int, frame: FrameType | None) -> None:
    """End rdflib's attempt."""
    raise TimeoutError


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--rounds", type=int, default=9)
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
        graph = rdflib.Dataset()
        if not given.no_rdflib:
            with tempfile.NamedTemporaryFile(suffix=".nq") as facts:
                bare.dump(facts.name, ox.RdfFormat.N_QUADS)
                seconds = timed(lambda: graph.parse(facts.name, format="nquads"))
            print(f"{len(graph.default_graph):,} facts in the default graph, {len(bare):,} in all; rdflib loads them in {seconds:.0f} s")
            signal.signal(signal.SIGALRM, late)
        against, behind = [], []
        print(f"{'query':32}{'pyoxigraph':>12}{'kg query':>12}{'ratio':>8}{'rdflib':>12}{'ratio':>8}  bytes")
        for name, sparql in QUERIES.items():
            size = workers.answer(sparql, form="tsv").size
            process = workers._idle[0].process.pid
            whole(bare, sparql, settings)
            rounds = [
                (timed(lambda: whole(bare, sparql, settings)), timed(lambda: workers.answer(sparql, form="tsv").read(), process))  # noqa: B023
                for _ in range(given.rounds)
            ]
            one, other = (min(column) for column in zip(*rounds, strict=True))
            against.append(other / one)
            line = f"{name:32}{one:11.4f}s{other:11.4f}s{other / one:8.2f}"
            if not given.no_rdflib:
                signal.alarm(120)
                started = spent()
                sign = ""
                try:
                    graph.query(sparql, initNs=known).serialize(format="csv")
                except TimeoutError:
                    sign = ">"
                signal.alarm(0)
                seconds = spent() - started
                behind.append(seconds / other)
                line += f"{sign + format(seconds, '.3f'):>11}s{seconds / other:8.1f}"
            print(f"{line}  {size:,}")
        print(f"\nat most {max(against):.2f} times bare pyoxigraph (in the median {statistics.median(against):.2f})")
        if behind:
            print(f"in the median {statistics.median(behind):.0f} times as fast as rdflib")
        command = [sys.executable, "-m", "kg.cli", "query", "ASK {}", "-o", str(folder)]
        before = os.times()
        for _ in range(5):
            subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        seconds = (after.children_user + after.children_system - before.children_user - before.children_system) / 5
        print(f"kg query from start to end, with nothing to do: {seconds:.2f} CPU seconds")


if __name__ == "__main__":
    main()
