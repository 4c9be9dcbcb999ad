"""Zhengtu 政图: official Chinese news into an RDF graph.

``read`` tells what a text says, ``build`` makes a graph of files, ``remove`` takes some out again, ``open`` opens one for questions:

>>> import kg
>>> for reading in kg.read("本报讯 5月11日，甲区召开推进会。区委书记张建国出席。", published="2024-05-12"):
...     print(reading.article.published)
2024-05-12
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The rooms of these names are loaded here, before the functions below take their places as attributes of the package;
# both load nothing heavy. ``from kg.read import documents`` goes on working.
import kg.build
import kg.read  # noqa: F401
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.build import Report as Progress
    from kg.build import Summary
    from kg.extract import RuleExtractor
    from kg.library import Graph, Quote, Report, Row, Stories, Story, Table, Thing, Told
    from kg.model import Document

__all__ = [
    "Graph", "KgError", "Quote", "Report", "Row", "Stories", "Story", "Table", "Thing", "Told",
    "__version__", "build", "open", "read", "remove",
]  # fmt: skip


def read(text: str, *, published: str | None = None, publisher: str | None = None, tagger: str = "lac") -> Stories:
    """Return what each article of a page says: a tuple of stories, with persons, posts, events and statements as values.

    ``published`` is the ISO date of the page and ``publisher`` its paper, for what the text itself does not tell; ``.table()`` has
    all facts as a table, each with its sentence. Nothing is stored.
    Raises KgError for an empty text, a wrong date or an unknown tagger.

    >>> (story,) = read("青岚区召开推进会\\n本报讯 5月11日，青岚区召开推进会。区委书记张建国强调，要优化营商环境。", published="2024-05-12")
    >>> story.persons, [(said.speaker.name, said.verb, said.text) for said in story.statements]
    (('张建国',), [('张建国', '强调', '要优化营商环境。')])
    >>> [(row.subject, row.relation, row.object) for row in story.table() if row.fact == "Tenure"]
    [('张建国', 'holdsPost', '青岚区委书记')]
    """
    from dataclasses import replace

    from kg.library import Stories
    from kg.page import articles
    from kg.read import day, document

    date = None if published is None else day(published, "published")
    page = document(text, "text", published=date)
    page = replace(page, publisher=page.publisher or publisher)
    return Stories(_extractor(tagger).readings(articles(page)))


@cache
def _extractor(tagger: str) -> RuleExtractor:
    """Return the extractor with a tagger, made once: loading the model takes a second."""
    from kg.extract import RuleExtractor

    return RuleExtractor(tagger)


def build(
    inputs: Iterable[str | os.PathLike[str] | Document],
    output: str | os.PathLike[str] = "output",
    *,
    published: str | None = None,
    base: str | None = None,
    tagger: str = "lac",
    lang: str = "zh",
    reason: bool | None = None,
    corrections: str | os.PathLike[str] | None = None,
    report: Progress | None = None,
) -> Summary:
    """Build the graph in the folder ``output`` from files, folders, ``-`` or documents: see ``kg.build.build``."""
    from kg.build import build as built

    return built(
        inputs, output, published=published, base=base, tagger=tagger, lang=lang, reason=reason, corrections=corrections, report=report
    )  # fmt: skip


def remove(
    names: Collection[str],
    output: str | os.PathLike[str] = "output",
    *,
    corrections: str | os.PathLike[str] | None = None,
    lang: str = "zh",
) -> tuple[Summary, tuple[str, ...]]:
    """Take files or articles out of the graph in ``output``, and with them whatever only they said: see ``kg.build.remove``."""
    from kg.build import remove as removed

    return removed([names] if isinstance(names, str) else names, output, corrections=corrections, lang=lang)


def open(folder: str | os.PathLike[str] = "output") -> Graph:
    """Open the graph that was built in ``folder`` for questions: SPARQL, saved questions, search, things with their evidence.

    Raises StoreError if there is none, or if it is being written.
    """
    from kg.library import Graph

    return Graph(folder)


def _join_ontology() -> None:
    """Make ``kg.ontology`` importable in a checkout, where it lies beside the package; an installation has it inside.

    Without this, ``python`` started in the folder of the checkout would find a package that lacks its tables.
    """
    package = Path(__file__).parent
    beside = package.parent / "ontology" / "__init__.py"
    if (package / "ontology").exists() or not beside.exists():
        return
    spec = spec_from_file_location("kg.ontology", beside, submodule_search_locations=[str(beside.parent)])
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules.setdefault("kg.ontology", module)
        spec.loader.exec_module(module)


_join_ontology()


_VALUES = ("Graph", "Quote", "Report", "Row", "Stories", "Story", "Table", "Thing", "Told")


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("zhengtu")
    if name in _VALUES:  # for annotations and isinstance; loaded when first named, since the graph brings its store along
        import kg.library

        return getattr(kg.library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
