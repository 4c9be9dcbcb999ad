"""Print who is who in a graph: ``python tests/bench/persons.py FOLDER [--top N]``; by hand, no test.

For each of the N names that most articles mention: the nodes that bear it, the articles of each, and its posts in time. Then how
many nodes share their name with another, what the resolution says of such pairs (verdict, rule), and which names have most nodes.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from kg.graph import Store, select

_PERSONS = "SELECT ?person ?label WHERE { ?person a kg:Person ; rdfs:label ?label }"
_MENTIONS = "SELECT ?article ?person WHERE { ?article kg:mentions ?person . ?person a kg:Person }"
_TENURES = """SELECT ?person ?post ?status ?first ?last ?from ?until ?tenure WHERE {
  ?tenure a kg:Tenure ; org:member ?person ; kg:post/rdfs:label ?post ; kg:status ?status .
  OPTIONAL { ?tenure kg:firstSeen ?first } OPTIONAL { ?tenure kg:lastSeen ?last }
  OPTIONAL { ?tenure schema:validFrom ?from } OPTIONAL { ?tenure schema:validUntil ?until } }"""
_EVIDENCE = "SELECT ?tenure (COUNT(?passage) AS ?number) WHERE { ?tenure a kg:Tenure ; kg:evidence ?passage } GROUP BY ?tenure"
_DECISIONS = """SELECT ?verdict ?rule (COUNT(?decision) AS ?number) WHERE {
  GRAPH ?graph { ?decision a kg:Resolution ; kg:verdict ?verdict ; kg:rule ?rule } FILTER(STRSTARTS(?rule, "persons/")) } GROUP BY ?verdict ?rule"""
_PAIRS = """SELECT ?verdict ?rule ?one ?other WHERE { GRAPH ?graph {
  ?decision a kg:Resolution ; kg:verdict ?verdict ; kg:rule ?rule ; kg:candidate/kg:resolvedTo ?one, ?other }
  FILTER(STRSTARTS(?rule, "persons/") && STR(?one) < STR(?other)) }"""


def main() -> None:
    """Print the tables of one graph folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--top", type=int, default=20)
    options = parser.parse_args()
    with Store(options.folder, reading=True) as store:
        labels = {str(person): str(label) for person, label in select(store, _PERSONS)}
        articles: dict[str, set[str]] = defaultdict(set)
        for article, person in select(store, _MENTIONS):
            articles[str(person)].add(str(article))
        proofs = {str(tenure): int(number or 0) for tenure, number in select(store, _EVIDENCE)}
        tenures: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for person, *cells, tenure in select(store, _TENURES):
            tenures[str(person)].append((*(cell or "" for cell in cells), str(proofs.get(str(tenure), 0))))
        decisions = sorted(select(store, _DECISIONS), key=lambda row: (str(row[0]), -int(row[2] or 0)))
        pairs = [tuple(map(str, row)) for row in select(store, _PAIRS)]
    nodes: dict[str, list[str]] = defaultdict(list)
    for person in sorted(labels, key=lambda person: (-len(articles[person]), person)):
        nodes[labels[person]].append(person)
    seen = {label: len(set().union(*(articles[person] for person in bearers))) for label, bearers in nodes.items()}
    for label in sorted(seen, key=lambda label: (-seen[label], label))[: options.top]:
        counts = " ".join(str(len(articles[person])) for person in nodes[label])
        print(f"\n{label}: {seen[label]} articles, {len(nodes[label])} nodes ({counts})")
        for person in nodes[label]:
            if tenures[person]:
                print(f"  {person.rpartition('/person/')[2]}: {len(articles[person])} articles")
            for post, status, first, last, begun, ended, number in sorted(tenures[person], key=lambda row: (-int(row[-1]), row)):
                told = f", told {begun or '?'} to {ended or '?'}" if begun or ended else ""
                print(f"    {post} [{status}] {first} … {last}{told} ({number}×)")
    shared = [label for label, bearers in nodes.items() if len(bearers) > 1]
    titled = [label for label in shared if sum(bool(tenures[person]) for person in nodes[label]) > 1]
    print(f"\n{len(labels)} persons, {len(nodes)} names; {sum(len(nodes[label]) for label in shared)} nodes share {len(shared)} names,", end=" ")
    print(f"{sum(len(nodes[label]) for label in titled)} of them {len(titled)} names with two bearers who hold a post")
    print("\nWhy two nodes of one name are two (decisions between them):")
    reasons = Counter((verdict, rule, bool(tenures[one]) + bool(tenures[other])) for verdict, rule, one, other in pairs)
    print(f"{'verdict':12}{'rule':32}{'both titled':>12}{'one':>8}{'none':>8}")
    for verdict, rule in sorted({key[:2] for key in reasons}):
        print(f"{verdict:12}{rule:32}{reasons[verdict, rule, 2]:12}{reasons[verdict, rule, 1]:8}{reasons[verdict, rule, 0]:8}")
    print("\nAll decisions on persons:")
    for verdict, rule, number in decisions:
        print(f"{verdict or '':12}{rule or '':32}{number or '':>12}")
    print("\nNames with most nodes:")
    for label in sorted(shared, key=lambda label: (-len(nodes[label]), label))[: options.top]:
        counts = Counter(len(articles[person]) for person in nodes[label])
        told = ", ".join(f"{number}×{count}" for count, number in sorted(counts.items(), reverse=True)[:6])
        print(f"  {label}: {len(nodes[label])} nodes, {sum(bool(tenures[person]) for person in nodes[label])} with posts; nodes × articles: {told}")


if __name__ == "__main__":
    main()
