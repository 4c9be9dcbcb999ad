"""How sure each rule is: a fact goes in, the same fact with the measured confidence of its rule comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from kg.model import Event, Evidence, Fact, Indicator, Statement, Tenure, Triple


@cache
def measured() -> Mapping[str, float]:
    """Return for each rule the share of what it read that was right, as ``tests/bench/calibration.py`` measured it.

    The share is (right + 4.5) / (found + 5): a rule seen seldom stays near 0.9, what was believed of it before.
    """
    text = (files("kg.ontology") / "lexicon" / "confidence.txt").read_text("utf-8")
    table: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            rule, right, found = line.split("\t")
            table[rule] = round((int(right) + 4.5) / (int(found) + 5), 2)
    return table


_DOUBT = 0.8  # what a rule says of itself below this stands: it saw a sign of doubt in the sentence


def sure(fact: Fact) -> Fact:
    """Return a fact with the measured confidence of the rule that read it; a rule that was not measured keeps its own."""
    match fact:
        case Event():
            return replace(fact, evidence=tuple(map(_sure, fact.evidence)))
        case Triple() | Tenure() | Statement() | Indicator():
            return replace(fact, evidence=_sure(fact.evidence))


def _sure(evidence: Evidence) -> Evidence:
    share = measured().get(evidence.rule)
    if share is None or evidence.confidence < _DOUBT:
        return evidence
    return replace(evidence, confidence=share)
