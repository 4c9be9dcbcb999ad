"""Print how well annotated pages are read: ``python tests/bench/quality.py [PAGES GOLD] [--errors N]``; by hand, no test."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "quality"
sys.path.insert(0, str(HERE))

from quality_scoring import gold, read, score  # noqa: E402

from kg.extract import RuleExtractor  # noqa: E402


def main() -> None:
    """Print a table of F1 by kind, and with ``--errors`` what was missed and what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="?", type=Path, default=HERE / "pages")
    parser.add_argument("gold", nargs="?", type=Path, default=HERE / "gold")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--tagger", default="lac")
    options = parser.parse_args()
    result = score(list(gold(options.gold)), read(options.pages, RuleExtractor(options.tagger)))
    print(f"{'kind':22}{'gold':>6}{'found':>7}{'right':>7}{'F1':>8}")
    for kind, count in result.counts.items():
        print(f"{kind:22}{count.wanted:6}{count.found:7}{count.right:7}{count.f1:8.3f}")
    kinds = [kind for kind, count in result.counts.items() if kind != "article" and count.wanted]
    print(f"{'mean':22}{sum(result.counts[kind].f1 for kind in kinds) / len(kinds):28.3f}")
    for kind, count in result.counts.items():
        for word, told in (("missed", count.missed), ("wrong", count.wrong)):
            for line in told[: options.errors]:
                print(f"{kind} {word}: {line}")


if __name__ == "__main__":
    main()
