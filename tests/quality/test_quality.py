"""Score the invented pages against what a careful reader found in them; the floors may rise, they do not fall."""

from __future__ import annotations

from pathlib import Path

import pytest
from quality_scoring import Score, gold, read, score

from kg.extract import RuleExtractor

HERE = Path(__file__).parent
FLOORS = {
    kind: float(floor)
    for kind, floor in (line.split("\t") for line in (HERE / "floors.tsv").read_text("utf-8").splitlines()[1:])
}  # fmt: skip


@pytest.fixture(scope="module")
def scored(extractor: RuleExtractor) -> Score:
    return score(list(gold(HERE / "gold")), read(HERE / "pages", extractor))


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_the_invented_pages_are_read_no_worse_than_before(scored: Score, kind: str) -> None:
    count = scored.counts[kind]
    told = f"{kind}: F1 {count.f1:.3f}; missed {count.missed[:8]}; wrong {count.wrong[:8]}"
    assert count.f1 >= FLOORS[kind], told


def test_the_mean_of_all_kinds_is_no_worse_than_before(scored: Score) -> None:
    kinds = [kind for kind in FLOORS if kind not in ("article", "mean")]
    mean = sum(scored.counts[kind].f1 for kind in kinds) / len(kinds)
    assert mean >= FLOORS_MEAN, f"mean F1 {mean:.3f}"


FLOORS_MEAN = sum(floor for kind, floor in FLOORS.items() if kind != "article") / (len(FLOORS) - 1)
