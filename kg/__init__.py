"""Zhengtu 政图: official Chinese news into an RDF graph.

``read`` tells what a text says, ``build`` makes a graph of files, ``open`` opens one for queries:

>>> import kg
>>> for reading in kg.read("本报讯 5月11日，甲区召开推进会。区委书记张建国出席。", published="2024-05-12"):
...     print(reading.article.published)
2024-05-12
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

# The rooms of these names are loaded here, before the functions below take their places as attributes of the package;
# both load nothing heavy. ``from kg.read import documents`` goes on working.
import kg.build
import kg.read  # noqa: F401
from kg.errors import KgError

if TYPE_CHECKING:
    import rdflib

    from kg.build import Report, Summary
    from kg.model import Document, Reading

__all__ = ["KgError", "__version__", "build", "open", "read"]


def read(text: str, *, published: str | None = None, tagger: str = "lac") -> tuple[Reading, ...]:
    """Return what each article of a page says: the things it names and the facts it states.

    ``published`` is the ISO date of the page, for what the text itself does not date. Nothing is stored.
    Raises KgError for an empty text, a wrong date or an unknown tagger.
    """
    from kg.extract import RuleExtractor
    from kg.page import articles
    from kg.read import day, document

    date = None if published is None else day(published, "published")
    extractor = RuleExtractor(tagger)
    return tuple(extractor.reading(article) for article in articles(document(text, "text", published=date)))


def build(
    inputs: Iterable[str | os.PathLike[str] | Document],
    output: str | os.PathLike[str] = "output",
    *,
    published: str | None = None,
    base: str | None = None,
    tagger: str = "lac",
    lang: str = "zh",
    reason: bool | None = None,
    report: Report | None = None,
) -> Summary:
    """Build the graph in the folder ``output`` from files, folders, ``-`` or documents: see ``kg.build.build``."""
    from kg.build import build as built

    return built(inputs, output, published=published, base=base, tagger=tagger, lang=lang, reason=reason, report=report)


def open(folder: str | os.PathLike[str] = "output") -> rdflib.Dataset:
    """Open the graph that was built in ``folder`` as rdflib's ``Dataset``, for reading.

    Raises StoreError if there is none, or if it is being written.
    """
    from kg.graph import open_dataset

    return open_dataset(folder)


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


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version

        return version("zhengtu")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
