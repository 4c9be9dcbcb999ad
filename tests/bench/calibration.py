"""Measure how often each rule is right: ``python tests/bench/calibration.py PAGES GOLD [PAGES GOLD …]``; by hand, no test.

Prints the lines of ``ontology/lexicon/confidence.txt`` (rule, right, found), and on standard error what share of the facts
of each band of confidence is right. A fact is right if the annotation has it, optional or not: a tenure by person and
post, an event by kind and a name, role or date, a statement by text, speaker and verb.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent / "quality"
sys.path.insert(0, str(HERE))

from quality_scoring import gold, likeness, plain, plain_post, read  # noqa: E402

from kg.extract import RuleExtractor  # noqa: E402
from kg.extract.confidence import sure  # noqa: E402
from kg.link import link  # noqa: E402
from kg.model import ROLES, Event, Linked, Statement, Tenure  # noqa: E402


def is_right(fact: Any, story: dict[str, Any], linked: Linked) -> bool | None:
    """Tell whether the annotation of its story has a fact; None for a fact that annotations do not hold."""
    match fact:
        case Tenure():
            if fact.status not in ("held", "acting"):
                return None
            entity = linked.entities[fact.post]
            forms = set(map(plain_post, [entity.label, *entity.alternatives]))
            people = [person for person in story["persons"] if plain(person["name"]) == plain(fact.person.name)]
            return any(plain_post(post) in forms for person in people for post in [*person.get("posts", []), *person.get("posts_optional", [])])
        case Event():
            if fact.status != "happened":
                return None
            names = set(map(plain, fact.names))
            dates = {f"{when.start}/{when.end}" if when.end and when.end != when.start else when.start for when in fact.when}
            people = {plain(mention.name) for _, mention in fact.roles}
            return any(
                names & set(map(plain, event["names"]))
                or dates & set(event["dates"])
                or people & {plain(name) for role in ROLES for name in event["roles"].get(role, [])}
                for event in story["events"]
                if event["type"] == fact.kind
            )
        case Statement():
            speaker = linked.entities[fact.speaker]
            by = set(map(plain, [speaker.label, *speaker.alternatives])) | ({"会议"} if fact.speaker.kind == "Meeting" else set())
            return any(
                likeness(fact.text, told["text"]) >= 0.6
                and (told.get("optional") or (told["verb"] == fact.verb and by & set(map(plain, told["by"] if isinstance(told["by"], list) else [told["by"]]))))
                for told in story["statements"]
            )
    return None


def main() -> None:
    """Measure and print."""
    folders = [Path(name) for name in sys.argv[1:]] or [HERE / "pages", HERE / "gold"]
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    bands: dict[float, list[int]] = {}
    extractor = RuleExtractor()
    for pages, answers in zip(folders[::2], folders[1::2], strict=True):
        stories = list(gold(answers))
        for reading in read(pages, extractor):
            story = max(stories, key=lambda story: likeness(reading.article.headline, story["title"]))
            linked = link(reading)
            for fact in reading.facts:
                verdict = is_right(fact, story, linked)
                if verdict is None:
                    continue
                pieces = fact.evidence if isinstance(fact.evidence, tuple) else (fact.evidence,)
                for rule in sorted({piece.rule for piece in pieces}):
                    found[rule] += 1
                    right[rule] += verdict
                evidence = sure(fact).evidence
                confidence = max(piece.confidence for piece in (evidence if isinstance(evidence, tuple) else (evidence,)))
                band = bands.setdefault(int(confidence * 20 + 1e-9) / 20, [0, 0])
                band[0] += verdict
                band[1] += 1
    for rule in sorted(found):
        print(f"{rule}\t{right[rule]}\t{found[rule]}")
    for band, (good, all_) in sorted(bands.items()):
        print(f"confidence {band:.2f} to {band + 0.05:.2f}: {good} of {all_} right ({good / all_:.3f})", file=sys.stderr)


if __name__ == "__main__":
    main()
