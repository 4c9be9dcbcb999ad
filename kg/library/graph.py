"""A graph on disk, opened for questions: SPARQL, saved questions, words and names come in, tables and values come out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.graph import Answer, Store, open_dataset, select
from kg.graph import query as queried
from kg.graph import questions as saved
from kg.graph.guard import examined
from kg.graph.query import filled as with_blanks_filled
from kg.graph.values import texts, values
from kg.graph.worker import Workers
from kg.library import things
from kg.library.table import Table
from kg.library.things import Report, Thing

if TYPE_CHECKING:
    import networkx
    import rdflib


class Graph:
    """The graph that was built in a folder, for reading; ``kg.open`` makes it.

    Each question opens the store and closes it again (some hundredths of a second), so that a build can run between two questions
    and the next one sees what it wrote. Within ``with`` the store stays open: all questions are asked of the same graph, faster,
    and whoever wants to write waits. If ``workers`` are given, they answer: processes that can be stopped, also while a build runs.
    Every method raises StoreError if the graph is gone, damaged or just being written.
    """

    def __init__(self, folder: str | os.PathLike[str] = "output", *, workers: Workers | None = None) -> None:
        self.folder = Path(folder)
        self._workers = workers
        self._held: Store | None = None
        with self._store():
            pass  # tell now that there is no graph, not at the first question

    def __enter__(self) -> Graph:
        if self._held is None:
            self._held = Store(self.folder, reading=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; the next question opens it again."""
        held, self._held = self._held, None
        if held is not None:
            held.close()

    @contextmanager
    def _store(self) -> Iterator[Store]:
        if self._held is not None:
            yield self._held
        else:
            with Store(self.folder, reading=True) as store:
                yield store

    @contextmanager
    def _select(self) -> Iterator[things.Select]:
        """Give what runs a SELECT: the workers, if there are some, else the store."""
        if (workers := self._workers) is not None:
            yield lambda sparql: texts(_answer(workers, sparql, False, None, None))
        else:
            with self._store() as store:
                yield lambda sparql: select(store, sparql)

    # ------------------------------------------------------------ questions

    def query(self, sparql: str, *, reason: bool = False, timeout: float | None = None, limit: int | None = None) -> Table:
        """Ask in SPARQL; the project's prefixes need not be declared.

        SELECT gives a table of its variables, CONSTRUCT and DESCRIBE one of subject, predicate and object, ASK one whose
        truth is the answer: ``if graph.query("ASK { … }")``. ``reason`` takes in what was inferred (``kg build --reason``).
        With ``timeout`` (seconds) the query runs in a process of its own that is killed when the time is over (QueryTimeout);
        without, nothing stops a query that never ends. ``limit`` keeps the first rows.
        Raises QueryError, with the place, for what is no query, and for whatever would write or reach elsewhere.
        """
        if self._workers is not None:
            answer = _answer(self._workers, sparql, reason, timeout, limit)
        elif timeout is not None:
            with Workers(self.folder, workers=1, timeout=timeout, live=True) as workers:
                answer = _answer(workers, sparql, reason, timeout, limit)
        else:
            with self._store() as store:
                answer = queried(store, sparql, reason=reason)
        return Table(answer.columns, values(answer)[:limit], answer.truth if answer.kind == "truth" else None)

    def ask(self, question: str, /, **filled: str | int | date) -> Table:
        """Ask a saved question by its name (``questions()``), its parameters filled: ``graph.ask("posts", name="张三")``.

        A plain question in Chinese will do as well: ``graph.ask("张三担任过哪些职务")``; of several things that it can mean all are asked.
        Raises QueryError for an unknown question or parameter, for a value that does not fit, and for a sentence that is not understood.
        """
        if filled or question in {one.name for one in saved()} or question.isascii():
            return self.query(self.sparql(question, **filled))
        from kg.asking import understood

        with self._select() as select:
            meant = understood(question, select)
        tables = [self.query(self.sparql(one.question, **dict(one.values))) for one in meant]
        return tables[0] if len(tables) == 1 else Table(tables[0].columns, dict.fromkeys(row for table in tables for row in table.rows))

    def sparql(self, question: str, /, **filled: str | int | date) -> str:
        """Return the SPARQL of a saved question with its parameters filled, each as one literal or IRI; QueryError as in ``ask``."""
        known = {one.name: one for one in saved()}
        if question not in known:
            raise QueryError(f"{question}：没有这个问题。可以问 {'、'.join(known)}。", f"{question}: no such question. Known are {', '.join(known)}.")
        return with_blanks_filled(known[question], {name: str(value) for name, value in filled.items()})

    def questions(self) -> Table:
        """Return the saved questions: name, what they ask in Chinese and English, parameters."""
        rows = ((one.name, one.label, one.english, "、".join(f"{p.name} ({p.type})" for p in one.parameters)) for one in saved())
        return Table(("name", "label", "english", "parameters"), rows)

    def search(self, words: str, limit: int = 20, *, kind: str | None = None) -> Table:
        """Return the things whose names hold all the words: label, class, other names, how many articles mention it, IRI.

        ``kind`` keeps one class (Person, Project …). Raises QueryError if there is no word.
        """
        with self._select() as asked:
            return things.search(asked, words, limit, kind)

    def thing(self, name: str, limit: int | None = 200, *, offset: int = 0, relation: str | None = None) -> Thing:
        """Return the thing of this IRI or name with what is told of it, the newest first, each fact with its sentences.

        ``limit`` facts from ``offset`` on (None: all), those of one ``relation`` if given. Raises QueryError if nothing has this
        name, or several things have: then their IRIs are told, to choose one.
        """
        with self._select() as asked:
            return things.thing(asked, things.named(asked, name), limit, offset, relation)

    def articles(self, words: str = "", *, since: str = "", until: str = "") -> Table:
        """Return the articles, the newest first: day, headline, publisher, file, IRI; with ``words`` those whose text holds them all.

        ``since`` and ``until`` are ISO dates (2024-03-05, 2024-03, 2024), both included.
        """
        with self._select() as asked:
            return things.articles(asked, words, since, until)

    def evidence(self, *iris: str) -> Table:
        """Return the sentences that events, statements, tenures, figures or passages were read from: IRI, sentence, words, article."""
        with self._select() as asked:
            return things.evidence(asked, iris)

    def article(self, name: str) -> Report:
        """Return an article by IRI or id, with its text and the things it mentions; QueryError if there is none."""
        with self._select() as asked:
            return things.report(asked, name)

    # ------------------------------------------------------------ other tools

    def networkx(self) -> networkx.MultiDiGraph:
        """Return things and events as nodes and what joins them as edges, as ``kg export network.gexf`` writes them."""
        from kg.analysis import network, world

        with self._select() as asked:
            return network(world(asked))

    def rdflib(self) -> rdflib.Dataset:
        """Return the graph as rdflib's ``Dataset``, read from the disk; it keeps the store open until it is closed or forgotten."""
        return open_dataset(self.folder)

    # ------------------------------------------------------------ looks

    def __len__(self) -> int:
        """Return the number of triples; each fact counts once."""
        with self._store() as store:
            return len(store)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<Graph {str(self.folder)!r}>"

    def _repr_html_(self) -> str:
        """Return a small table for a notebook: how many of each class."""
        counted = self.query("SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class")
        ours = Table(("class", "n"), ((name.rpartition("#")[2], n) for name, n in counted if name.startswith("https://w3id.org/zhengtu/ontology#")))
        return f"<h4>{escape(str(self.folder))}</h4>{ours._repr_html_()}"


def _answer(workers: Workers, sparql: str, reason: bool, timeout: float | None, limit: int | None) -> Answer:
    form = "nt" if examined(sparql).form in ("construct", "describe") else "json"
    result = workers.answer(sparql, form=form, timeout=timeout, limit=limit, reason=reason)
    return Answer.parsed(result.kind, result.read(), result.base)
