"""The whole house in one sentence: files are read, cut into articles, read for facts, linked, stored, and drawn."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, OutputError
from kg.model import EVENT_KINDS, Document
from kg.read import Refused, documents

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kg.extract import RuleExtractor
    from kg.graph import Contribution, Store

Report = Callable[[int, str], None]
"""Is told how many documents are done, and which is being read."""

TAGGER = "lac"
_BATCH = 200  # documents in one transaction of the store
_READERS = ("errors.py", "lexicon.py", "model.py", "page", "extract", "link", "graph")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did and what the graph holds now.

    ``articles`` is the number in the graph; ``added``, ``replaced`` and ``removed`` count those of this build, ``unchanged``
    the documents that were known already. ``things`` counts the things of each class. ``refused`` is what was passed over.
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


def build(
    inputs: Iterable[str | os.PathLike[str] | Document],
    output: str | os.PathLike[str] = "output",
    *,
    published: str | None = None,
    base: str | None = None,
    tagger: str = TAGGER,
    lang: str = "zh",
    report: Report | None = None,
) -> Summary:
    """Build the graph in the folder ``output`` from files, folders, ``-`` (standard input) or documents.

    What stands in the graph already stays; a source that changed replaces its own articles, an unchanged one is not read
    again. Writes ``store/``, ``graph.ttl``, ``graph.trig`` and ``graph.html``, each whole or not at all; writes nothing if
    there is nothing to read. ``published`` (an ISO date) dates what does not date itself.

    Raises KgError: StoreError if the graph is in use, OutputError if the folder cannot be written, InputError for an unknown tagger.
    """
    started = time.monotonic()
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            f"{folder}：这是文件，不是文件夹。请用 -o 指定另一个文件夹。", f"{folder}: this is a file, not a folder. Name another folder with -o."
        )
    with _Build(folder, base, tagger, report or (lambda ready, about: None)) as work:
        for document in _documents(inputs, folder, published):
            work.take(document)
        work.finish(lang)
        return work.summary(time.monotonic() - started)


def _documents(inputs: Iterable[str | os.PathLike[str] | Document], folder: Path, published: str | None) -> Iterator[Document | Refused]:
    """Yield the documents among the inputs as they are, and read the rest; paths are told relative to the parent of ``folder``."""
    paths: list[str | os.PathLike[str]] = []
    for given in inputs:
        if isinstance(given, Document):
            yield given
        else:
            paths.append(given)
    yield from documents(paths, published=published, root=folder.absolute().parent, skip=folder)


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


class _Build:
    """One build while it runs: opens the store with the first thing to write, and writes in batches."""

    def __init__(self, folder: Path, base: str | None, tagger: str, report: Report) -> None:
        from kg.extract.tag import TAGGERS
        from kg.graph import Change

        if tagger not in TAGGERS:
            raise InputError(f"没有“{tagger}”这个模型。可用的有：{'、'.join(TAGGERS)}。", f"There is no tagger {tagger!r}. Choose one of: {', '.join(TAGGERS)}.")
        self._folder = folder
        self._base = base
        self._tagger = tagger
        self._report = report
        self._extractor: RuleExtractor | None = None
        self._store: Store | None = None
        self._known: dict[str, str] = {}
        self._batch: list[Contribution] = []
        self._change = Change()
        self._unchanged = 0
        self._ready = 0
        self._refused: list[Refused] = []
        # A graph that is in use is told before anything is read.
        if (folder / "store").exists():
            self._open()

    def __enter__(self) -> _Build:
        return self

    def __exit__(self, *error: object) -> None:
        if self._store is not None:
            self._store.close()

    # ------------------------------------------------------------ reading

    def take(self, found: Document | Refused) -> None:
        """Read one document, or note why it is none."""
        if isinstance(found, Refused):
            self._refused.append(found)
            return
        content = self._content(found)
        if self._known.get(found.source) == content:
            self._unchanged += 1
        else:
            contribution = self._contribution(found, content)
            if contribution is None:
                return
            self._batch.append(contribution)
            if len(self._batch) >= _BATCH:
                self._write()
        self._ready += 1
        self._report(self._ready, found.source)

    def _content(self, document: Document) -> str:
        """Return what changes when a document must be read again: its words, what is known of it, or whoever reads."""
        told = (document.text, document.published, document.publisher, document.url, document.title, self._tagger, self._base, _version())
        return hashlib.sha256(repr(told).encode("utf-8")).hexdigest()

    def _contribution(self, document: Document, content: str) -> Contribution | None:
        from kg.graph import DEFAULT_BASE, Contribution, article_iri, triples
        from kg.link import link
        from kg.page import articles

        base = self._base or DEFAULT_BASE
        said = {}
        for article in articles(document):
            said[article_iri(base, article.id)] = triples(link(self._reader.reading(article)), base)
        if not said:
            error = InputError(f"{document.source}：里面没有报道。", f"{document.source}: there is no article in it.")
            self._refused.append(Refused(document.source, error))
            if document.source not in self._known:
                return None
        return Contribution(document.source, content, said)

    @property
    def _reader(self) -> RuleExtractor:
        if self._extractor is None:
            from kg.extract import RuleExtractor
            from kg.extract.tag import tagger

            self._extractor = RuleExtractor(tagger=tagger(self._tagger))
        return self._extractor

    # ------------------------------------------------------------ writing

    def _open(self) -> Store:
        from kg.graph import Store

        self._store = Store(self._folder)
        self._known = self._store.sources()
        return self._store

    def _write(self) -> None:
        if self._batch:
            self._change += (self._store or self._open()).write(self._batch)
            self._batch.clear()

    def finish(self, lang: str) -> None:
        """Write what is left, and the files that are made from the store."""
        self._write()
        if self._store is not None:
            write_files(self._store, self._folder, lang)

    def summary(self, seconds: float) -> Summary:
        """Return what was done, and count what the graph holds now."""
        if self._store is None:
            return Summary(self._folder, refused=tuple(self._refused), seconds=seconds)
        counts = {name: number for name, number in _counts(self._store)}
        events = sum(counts.get(kind, 0) for kind in EVENT_KINDS)
        return Summary(
            self._folder,
            articles=counts.get("Article", 0),
            added=self._change.added,
            replaced=self._change.replaced,
            removed=self._change.removed,
            unchanged=self._unchanged,
            things=tuple((kind, counts[kind]) for kind in _THINGS if counts.get(kind)),
            events=events,
            statements=counts.get("Statement", 0),
            triples=len(self._store),
            seconds=seconds,
            refused=tuple(self._refused),
        )
