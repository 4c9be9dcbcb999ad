"""Build, shrink and list a graph: files are read, cut into articles, read for facts, linked, shelved, told to the store, and drawn."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, OutputError, StoreError
from kg.files import replacing
from kg.model import EVENT_KINDS, Article, Document
from kg.read import Refused, count, documents

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kg.extract import RuleExtractor
    from kg.graph import Contradiction, Store
    from kg.graph.query import Asked
    from kg.graph.remote import Pushed, Remote
    from kg.resolve import Correction
    from kg.shelf import Shelf

Report = Callable[[int, str], None]
"""Is told how many documents are done, and which one, or which file, is in hand."""

FILES = ("graph.ttl", "graph.trig", "graph.html")
"""What a build makes from the store."""

TAGGER = "lac"
_PATCHED = 200_000  # touched subjects up to which files are brought up to date and not written anew
_LARGE = 300_000  # facts from which on a few new articles do not make the picture be drawn again
_REFUSED = ("source", "headline", "begin", "end", "words", "reason")
_BATCH = 1024  # articles that are read at a time and written in one transaction
_COUNT = "SELECT ?class (COUNT(?thing) AS ?number) WHERE { ?thing a ?class } GROUP BY ?class"
_THINGS = ("Person", "Post", "Organization", "Area", "Place", "Project", "Policy", "Document", *EVENT_KINDS)
_READERS = ("errors.py", "lexicon.py", "model.py", "page", "extract", "link", "resolve", "graph", "build")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did and what the graph holds now.

    ``articles`` is the number in the graph; ``added``, ``replaced`` and ``removed`` count those of this build, ``unchanged``
    the documents that were known already. ``things`` counts the things of each class. ``refused`` is what was passed over,
    ``unmet`` are the corrections that meet nothing. ``stale`` tells that the picture shows the graph as it was before.
    ``inferred`` is the number of triples that this build inferred, None if it inferred nothing; ``contradictions`` is what they contradict.
    ``pushed`` is what was sent to a store elsewhere, None without one.
    """

    output: Path
    articles: int = 0
    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    things: tuple[tuple[str, int], ...] = ()
    events: int = 0
    statements: int = 0
    triples: int = 0
    seconds: float = 0.0
    refused: tuple[Refused, ...] = field(default=())
    unmet: tuple[Correction, ...] = field(default=())
    stale: bool = False
    inferred: int | None = None
    contradictions: tuple[Contradiction, ...] = ()
    pushed: Pushed | None = None


def build(
    inputs: Iterable[str | os.PathLike[str] | Document],
    output: str | os.PathLike[str] = "output",
    *,
    published: str | None = None,
    base: str | None = None,
    tagger: str = TAGGER,
    corrections: str | os.PathLike[str] | None = None,
    lang: str = "zh",
    reason: bool | None = None,
    remote: Remote | None = None,
    replace: bool = False,
    report: Report | None = None,
) -> Summary:
    """Build the graph in the folder ``output`` from files, folders, ``-`` (standard input) or documents.

    What stands in the graph already stays; a source that changed replaces its own articles, an unchanged one is not read
    again. Writes ``store/``, ``graph.ttl``, ``graph.trig`` and ``graph.html``, each whole or not at all; writes nothing if
    there is nothing to read. ``published`` (an ISO date) dates what does not date itself. ``corrections`` is a table of corrections by
    hand; without it ``corrections.tsv`` of the folder is used, if there is one.
    ``reason`` infers what follows
    by the ontology into the graph ``<base>inferred``, which is then kept up to date by every build until ``reason`` is False.
    ``remote`` is a store elsewhere that is then brought up to date; ``replace`` takes away first what it holds.

    Raises KgError: StoreError if the graph is in use, OutputError if the folder cannot be written, InputError for an unknown tagger.
    """
    started = time.monotonic()
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            f"{folder}：这是文件，不是文件夹。请用 -o 指定另一个文件夹。", f"{folder}: this is a file, not a folder. Name another folder with -o."
        )
    if remote is not None:
        _ = remote.services  # a server that is away is told before anything is read
    table = None if corrections is None else Path(corrections)
    with _no_collections(), _Work(folder, base, tagger, table, report or (lambda ready, about: None)) as work:
        paths: list[str | os.PathLike[str]] = []
        for given in inputs:
            if isinstance(given, Document):
                work.take(given)
            else:
                paths.append(given)
        # paths are told relative to the parent of the output folder
        for found in documents(paths, published=published, root=folder.absolute().parent, skip=folder):
            work.take(found, is_file=True)
        work.finish(lang)
        work.infer(reason)
        work.push(remote, replace)
        return work.summary(time.monotonic() - started)


def remove(
    names: Collection[str],
    output: str | os.PathLike[str] = "output",
    *,
    corrections: str | os.PathLike[str] | None = None,
    lang: str = "zh",
    remote: Remote | None = None,
    report: Report | None = None,
) -> tuple[Summary, tuple[str, ...]]:
    """Take files (as they were given, or as ``kg list`` names them) and articles (id or IRI) out of the graph.

    What only they said leaves the graph; a file that is removed is read again when it is built again, an article of a file
    that stays is not. Returns the summary and what was removed. Raises StoreError if there is no graph, InputError for a
    name that is not there; then nothing is changed.
    """
    started = time.monotonic()
    folder = Path(output)
    if not (folder / "store" / "CURRENT").is_file() and not (folder / "readings.sqlite").is_file():
        raise StoreError(f"{folder}：这里没有图谱。", f"{folder}: there is no graph here.")
    table = None if corrections is None else Path(corrections)
    with _no_collections(), _Work(folder, None, TAGGER, table, report or (lambda ready, about: None)) as work:
        removed = work.remove(names)
        work.finish(lang)
        work.infer(None)
        work.push(remote, False)
        return work.summary(time.monotonic() - started), removed


@contextmanager
def _no_collections() -> Iterator[None]:
    """Keep Python from looking for circular garbage among the many small values of a build; ``_write`` does it between batches."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def extent(inputs: Iterable[str | os.PathLike[str] | Document], output: str | os.PathLike[str]) -> int | None:
    """Return how many documents a build of the inputs will meet, about; None if that cannot be known beforehand."""
    given = list(inputs)
    paths = [one for one in given if not isinstance(one, Document)]
    found = count(paths, skip=output)
    return None if found is None else found + len(given) - len(paths)


@cache
def _version() -> str:
    """Return a hash of the code and the lexicon that read: when they change, what was read with the old ones is read again."""
    digest = hashlib.sha256()
    for part in (*(files("kg") / name for name in _READERS), files("kg.ontology") / "lexicon"):
        for name, content in _contents(part):
            digest.update(f"{name}\n".encode() + content)
    return digest.hexdigest()


def _contents(part: Traversable) -> Iterator[tuple[str, bytes]]:
    if part.is_dir():
        for below in sorted(part.iterdir(), key=lambda below: below.name):
            yield from _contents(below)
    elif part.name.endswith((".py", ".tsv", ".txt")):
        yield part.name, part.read_bytes()


class _Work:
    """One change of a graph while it runs: sources are taken onto the shelf in batches, then told to the store."""

    def __init__(self, folder: Path, base: str | None, tagger: str, given: Path | None, report: Report) -> None:
        from kg.build.hand import read
        from kg.extract.tag import TAGGERS
        from kg.graph import Change, checked_base

        if tagger not in TAGGERS:
            raise InputError(
                f"没有“{tagger}”这个模型。可用的有：{'、'.join(TAGGERS)}。", f"There is no tagger {tagger!r}. Choose one of: {', '.join(TAGGERS)}."
            )
        self._folder = folder
        self._wanted = None if base is None else checked_base(base)
        self._base = self._wanted or ""
        self._tagger = tagger
        self._report = report
        self._corrections = read(given, folder)
        self._extractor: RuleExtractor | None = None
        self._store: Store | None = None
        self._shelf: Shelf | None = None
        self._known: dict[str, str] = {}
        self._is_bare = False  # a store whose readings are gone
        self._met: set[str] = set()  # the lines of files that are still there
        self._broken: set[str] = set()
        self._batch: list[_Page] = []
        self._change = Change()
        self._unmet: tuple[Correction, ...] = ()
        self._unchanged = 0
        self._stale = False
        self._ready = 0
        self._refused: list[Refused] = []
        self._inferred: int | None = None
        self._contradictions: tuple[Contradiction, ...] = ()
        self._pushed: Pushed | None = None
        # A graph that is in use, or not where it is said to be, is told before anything is read.
        if (folder / "store").exists() or (folder / "readings.sqlite").exists():
            self.open()

    def __enter__(self) -> _Work:
        return self

    def __exit__(self, *error: object) -> None:
        if self._shelf is not None:
            self._shelf.close()
        if self._store is not None:
            self._store.close()

    def open(self) -> tuple[Store, Shelf]:
        """Open the store, whose lock keeps others out, and the shelf."""
        from kg.graph import DEFAULT_BASE, Store
        from kg.shelf import Shelf

        if self._store is None or self._shelf is None:
            self._store = Store(self._folder)
            self._shelf = Shelf(self._folder)
            self._known = self._shelf.sources()
            there = self._shelf.noted("base")
            if self._known and there is not None and self._wanted not in (None, there):
                raise StoreError(
                    f"{self._folder}：这张图谱的前缀是 {there}，不是 {self._wanted}。请去掉 --base，或者用 -o 指定另一个文件夹。",
                    f"{self._folder}: this graph was built with the base {there}, not {self._wanted}. Leave --base out, or name another folder with -o.",
                )
            self._base = (there if self._known and there else self._wanted) or DEFAULT_BASE
            self._shelf.note("base", self._base)
            self._is_bare = not self._known
            if self._known and self._store.is_empty():
                self._shelf.mark(pending=self._shelf.articles(), dirty=self._shelf.blocks(""))
        return self._store, self._shelf

    def take(self, found: Document | Refused, *, is_file: bool = False) -> None:
        """Take one document in, or note why it is none; ``is_file`` tells that it is read from a file, or is a line of one."""
        from kg.page import articles

        if isinstance(found, Refused):
            self._refused.append(found)
            self._broken.add(self._named(found.source))
            return
        source = _clean(found.source)
        if is_file and "#" in source:
            self._met.add(source)
        content = self._content(found)
        if self._known.get(source) == content:
            self._unchanged += 1
            self._tell(source)
            return
        cut = tuple(articles(found))
        if not cut:
            error = InputError(f"{found.source}：里面没有报道。", f"{found.source}: there is no article in it.")
            self._refused.append(Refused(found.source, error))
        if cut or source in self._known:
            self._batch.append(_Page(source, content, cut))
        if sum(len(page.articles) or 1 for page in self._batch) >= _BATCH:
            self._shelve()

    def _content(self, document: Document) -> str:
        """Return what changes when a document must be read again: its words, what is known of it, or whoever reads."""
        told = (document.text, document.published, document.publisher, document.url, document.title, self._tagger, _version())
        return hashlib.sha256(repr(told).encode("utf-8")).hexdigest()

    def _tell(self, source: str) -> None:
        self._ready += 1
        self._report(self._ready, source)

    def _shelve(self) -> None:
        """Read the articles of the batch and put what they say on the shelf, in one transaction."""
        from kg.build.entries import entry

        if not self._batch:
            return
        store, shelf = self.open()
        if self._is_bare:  # a graph without its readings cannot grow: it is made anew
            store.clear()
            self._is_bare = False
        readings = self._reader.readings(article for page in self._batch for article in page.articles)
        taken = []
        for page in self._batch:
            read = [next(readings) for _ in page.articles]
            taken.append((page.source, page.content, [entry(reading, self._base) for reading in read]))
        shelf.take(taken)
        for page in self._batch:
            self._tell(page.source)
        self._batch.clear()
        del taken
        gc.collect(0)

    def remove(self, names: Collection[str]) -> tuple[str, ...]:
        """Take sources and articles off the shelf; returns what was taken off. Raises InputError for a name that is not there."""
        _, shelf = self.open()
        sources: set[str] = set()
        articles: set[tuple[str, str]] = set()
        shelved = list(shelf.shelved())
        for name in names:
            if not name:
                raise InputError("名称是空的。请给出文件或报道，可以用 kg list 查看。", "A name is empty. Name files or articles; see kg list.")
            bare = name.removeprefix("<").removesuffix(">").removeprefix(self._base).removeprefix("article:").removeprefix("article/")
            of_article = {(one.article, one.source) for one in shelved if one.article == bare}
            of_file = {source for source in self._known if source == name or source.startswith((f"{name}#", f"{name.rstrip('/')}/"))}
            if not of_file:
                given = self._named(name)
                of_file = {source for source in self._known if source == given or source.startswith((f"{given}#", f"{given}/"))}
            if not of_article and not of_file:
                raise InputError(f"{name}：图谱里没有这个文件或这篇报道。可以用 kg list 查看。", f"{name}: no such file or article in the graph. See kg list.")
            sources |= of_file
            articles |= of_article
        shelf.forget(sorted(sources), sorted(articles))
        return (*sorted(sources), *sorted({article for article, _ in articles}))

    def _named(self, path: str) -> str:
        """Return a path as the shelf names it."""
        return _clean(Path(os.path.relpath(Path(path).absolute(), self._folder.absolute().parent)).as_posix())

    def _drop_lines(self) -> None:
        """Take off the shelf the lines that a file of lines no longer has; of one that could not be read to its end, all stay."""
        files = {source.rpartition("#")[0] for source in self._met} - self._broken
        gone = [source for source in self._known if source not in self._met and source.rpartition("#")[0] in files]
        if gone:
            self.open()[1].forget(gone)

    @property
    def _reader(self) -> RuleExtractor:
        if self._extractor is None:
            from kg.extract import RuleExtractor

            self._extractor = RuleExtractor(self._tagger)
        return self._extractor

    def finish(self, lang: str) -> None:
        """Read what is left, tell the store what is on the shelf, and write the files that are made from the store."""
        from kg.build.hand import Hand
        from kg.build.world import World

        self._shelve()
        if self._store is None or self._shelf is None or self._is_bare:
            return
        self._drop_lines()
        hand = Hand(self._corrections, self._base, self._shelf)
        is_settled = False
        while not is_settled:
            world = World(self._shelf, self._store, self._base, hand)
            if not world.is_settled() or self._corrections:
                self._change += world.settle(lambda about: self._report(self._ready, about))
            is_settled = not self._corrections or not hand.reconsider(self._store)
        self._unmet = hand.unmet(self._shelf.results("corrected:"))
        self._sweep()
        self._write_files(lang)
        _write_refusals(self._shelf, self._folder / "refused.tsv")

    def _sweep(self) -> None:
        """Remove the files that a killed build had begun; nobody else writes here while we hold the store."""
        for name in (*FILES, "refused.tsv"):
            for left in self._folder.glob(f".{name}.*"):
                left.unlink(missing_ok=True)

    def _write_files(self, lang: str) -> None:
        """Write what is made from the store, as little of it as its changes ask for."""
        from kg.graph import patch

        (store, _), folder = self.open(), self._folder
        paths = [folder / name for name in FILES]
        turtle, trig, picture = paths
        written = {} if store.stamped is None else json.loads(store.stamped)
        fresh = [path.name for path in paths if path.is_file() and written.get(path.name) == _state(path, lang)]
        changed = bool(store.touched.subjects or store.touched.graphs) or store.stamped is None
        both = turtle.name in fresh and trig.name in fresh
        if changed and both and len(store.touched.subjects) < _PATCHED:
            self._report(self._ready, turtle.name)
            patch(store, turtle, trig, store.touched)
        else:
            for path in (turtle, trig):
                if changed or path.name not in fresh:
                    self._report(self._ready, path.name)
                    write_file(store, path, lang)
        now = {path.name: _state(path, lang) for path in (turtle, trig)}
        # Drawing looks at the whole graph: for a handful of new articles in a large one it would cost far more than all the rest.
        few = picture.is_file() and 0 < len(store.touched.graphs) * 100 < store.count_graphs() and len(store) > _LARGE
        if few:
            self._stale = True
        elif changed or picture.name not in fresh:
            self._report(self._ready, picture.name)
            write_file(store, picture, lang)
        if not few:
            now[picture.name] = _state(picture, lang)
        if now != written or changed:
            store.set_stamp(json.dumps(now))

    def infer(self, reason: bool | None) -> None:
        """Infer what follows if that is asked for, now or once before and it has changed; remove it if it is no longer wanted."""
        from kg import graph

        if self._store is None or self._is_bare:
            return
        if reason is False:
            graph.forget_reasoning(self._store)
        elif graph.wants_reasoning(self._store) or (reason and not graph.is_reasoned(self._store)):
            self._report(self._ready, "inferred")
            self._inferred = graph.reason(self._store)
            self._contradictions = graph.contradictions(self._store)

    def push(self, remote: Remote | None, replace: bool) -> None:
        """Bring a store elsewhere up to date."""
        if remote is not None and self._store is not None:
            from kg.graph.remote import push

            self._pushed = push(self._store, remote, replace=replace, tell=lambda number, about: self._report(self._ready, about))

    def summary(self, seconds: float) -> Summary:
        """Return what was done, and count what the graph holds now."""
        if self._store is None:
            return Summary(self._folder, refused=tuple(self._refused), seconds=seconds)
        counts = dict(_counts(self._store))
        return Summary(
            self._folder,
            articles=counts.get("Article", 0),
            added=self._change.added,
            replaced=self._change.replaced,
            removed=self._change.removed,
            unchanged=self._unchanged,
            things=tuple((kind, counts[kind]) for kind in _THINGS if counts.get(kind)),
            events=sum(counts.get(kind, 0) for kind in EVENT_KINDS),
            statements=counts.get("Statement", 0),
            triples=len(self._store),
            seconds=seconds,
            refused=tuple(self._refused),
            unmet=self._unmet,
            stale=self._stale,
            inferred=self._inferred,
            contradictions=self._contradictions,
            pushed=self._pushed,
        )


@dataclass(frozen=True, slots=True)
class _Page:
    """A document on its way: what the shelf must know of it, and its articles."""

    source: str
    content: str
    articles: tuple[Article, ...]


def _state(path: Path, lang: str) -> list[int | str]:
    """Return what changes when a file does, or the language that it is asked for in."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, lang if path.suffix == ".html" else ""]


def _clean(text: str) -> str:
    """Return a text that can be written in UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _write_refusals(shelf: Shelf, path: Path) -> None:
    """Write what looked like a fact and was refused, with the reason, as a table; raises OutputError if it cannot be written."""
    rows = [
        (source, headline, str(begin), str(end), words, reason)
        for source, headline, refused in shelf.refused()
        for begin, end, words, reason in sorted(json.loads(refused))
    ]
    with replacing(path) as table:
        for row in (_REFUSED, *rows):
            table.write(("\t".join(map(_cell, row)) + "\n").encode("utf-8", "replace"))


def _cell(text: str) -> str:
    """Return a text as one cell: no tabs or line ends, and nothing that a spreadsheet would run as a formula."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat[:1] in ("=", "+", "-", "@") else flat


def write_file(store: Store, path: Path, lang: str) -> None:
    """Write one of the files that are made from a store; it replaces the former one when it is whole."""
    from kg.graph import export

    if path.suffix == ".html":
        draw(store, path, lang)
    else:
        export(store, path)


def draw(store: Asked, path: Path, lang: str) -> None:
    """Write the picture of a store as one HTML file."""
    from kg.graph import select
    from kg.show import network, write

    write(network(lambda question: select(store, question)), path, lang="en" if lang == "en" else "zh")


def _counts(store: Store) -> Iterator[tuple[str, int]]:
    """Yield the classes of our vocabulary and how many things of each the graph holds."""
    from kg.graph import select

    for kind, number in select(store, _COUNT):
        if kind is not None and number is not None:
            yield kind.rpartition("#")[2], int(number)
