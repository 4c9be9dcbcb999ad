"""Keep what is written to an empty store ready for its files: triples come in, blocks of Turtle come out without reading back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path

from kg.graph.blocks import Short, block, by_subject, shortener
from kg.graph.runs import Record, Runs
from kg.graph.terms import Spo, Term


class Draft:
    """The facts of a store that was empty when it was opened; reading them from the disk costs far more than keeping them.

    It holds as long as articles are only added. What an article alone says, such as its statements, is written out once;
    what several say is gathered first.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self.base = base
        self._folder = folder
        self._short: Short = shortener(base)
        self._own = Runs(folder)
        self._shared = Runs(folder)
        self._graphs = Runs(folder)
        self._aside: set[Term] = set()
        self.triples: int | None = None

    def add(self, graph: Term, triples: Iterable[Spo]) -> None:
        """Take in what a graph says that counts."""
        self.triples = None
        own = (graph[:-1] + "/", graph[:-1] + "#", graph)
        blocks = []
        for subject, facts in by_subject(triples).items():
            node = subject.encode()
            said = "\n".join(facts).encode()
            written = block(node, said.split(b"\n"), self._short)
            blocks.append(written)
            if subject.startswith(own) and "/event/" not in subject:  # an event may be told by other articles too
                self._own.add(written)
            else:
                self._shared.add((0, node, said))
        self._keep(graph, blocks)

    def add_aside(self, graph: Term, triples: Iterable[Spo]) -> bool:
        """Take in a graph beside the default graph; False, and nothing is taken, if that graph was taken in before."""
        if graph in self._aside:
            return False
        self._aside.add(graph)
        self._keep(graph, [block(subject.encode(), [one.encode() for one in facts], self._short) for subject, facts in by_subject(triples).items()])
        return True

    def _keep(self, graph: Term, blocks: list[Record]) -> None:
        blocks.sort()
        self._graphs.add((0, graph.encode(), b"".join([text for _, _, text in blocks])))

    def facts(self) -> Iterator[bytes]:
        """Yield the blocks of the default graph, in the order of a file; when all are told, ``triples`` is their number."""
        triples = 0
        blocks = Runs(self._folder)
        for node, records in groupby(self._shared, key=lambda record: record[1]):
            said = b"\n".join([text for _, _, text in records])
            blocks.add(block(node, said.split(b"\n"), self._short))
        try:
            for _, _, text in merge(blocks, self._own):
                triples += text.count(b"\n") - 1  # a line before each subject, a line for each of its facts
                yield text
        finally:
            blocks.close()
        self.triples = triples

    def graphs(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each article's graph with its blocks, by IRI."""
        for _, graph, text in self._graphs:
            yield graph, text

    def close(self) -> None:
        """Forget everything."""
        for runs in (self._own, self._shared, self._graphs):
            runs.close()
