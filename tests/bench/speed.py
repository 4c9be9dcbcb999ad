"""How fast the whole build is, against jieba's tagger on the same text: run by hand, never by pytest.

    python tests/bench/speed.py corpus.jsonl.gz [characters] [tagger]

Prints characters per CPU second of ``jieba.posseg`` and of ``kg build`` (from the file to graph.html, into a new folder), and
their ratio. CPU seconds, since the machine may be busy with other things; both run in this process, on one thread.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from kg.build import build
from kg.model import Document
from kg.read import documents


def pages(path: str, characters: int) -> Iterator[Document]:
    """Yield the documents of a corpus until they hold so many characters."""
    length = 0

    def is_wanted(document: Document) -> bool:
        nonlocal length
        length += len(document.text)
        return length <= characters

    return takewhile(is_wanted, (found for found in documents([path]) if isinstance(found, Document)))


def main() -> None:
    """Measure and print."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    chosen = list(pages(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300_000))
    characters = sum(len(page.text) for page in chosen)
    print(f"{len(chosen)} articles, {characters:,} characters")

    import jieba.posseg

    jieba.setLogLevel(60)
    list(jieba.posseg.cut("热身"))
    started = time.process_time()
    for page in chosen:
        list(jieba.posseg.cut(page.text))
    posseg = characters / (time.process_time() - started)
    print(f"jieba.posseg  {posseg:10,.0f} characters per CPU second")

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "corpus.jsonl"
        with source.open("w", encoding="utf-8") as lines:
            for page in chosen:
                print(json.dumps({"title": page.title, "published": page.published, "text": page.text}, ensure_ascii=False), file=lines)
        settings = {"tagger": sys.argv[3]} if len(sys.argv) > 3 else {}
        started = time.process_time()
        build([source], Path(folder) / "output", **settings)
        whole = characters / (time.process_time() - started)
    print(f"kg build      {whole:10,.0f} characters per CPU second")
    print(f"ratio         {whole / posseg:10.2f}")


if __name__ == "__main__":
    main()
