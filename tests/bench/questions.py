"""How long each saved question takes on a large graph: ``python tests/bench/questions.py FOLDER [NAME…]``.

FOLDER holds a graph of the broadcasts (tests/quality tells how it is built). Each question is asked with parameters that
are hard for it: whoever is named most, the widest area, a whole year. The median of three runs is printed, in seconds of the processor (a
question runs on one core), the slowest last.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kg.graph import Store, ask, questions

HARD: dict[str, dict[str, str]] = {
    "acting": {"name": "北京市"},
    "agenda": {"name": "北京市", "when": "2023-03"},
    "articles": {},
    "attendance": {"name": "国务院常务会议"},
    "bylines": {},
    "career": {"name": "习近平"},
    "ceremonies": {"when": "2023"},
    "changes": {"when": "2023"},
    "companions": {"name": "习近平"},
    "concurrent": {"name": "蔡奇"},
    "coverage": {"name": "北京市"},
    "decisions": {"name": "习近平"},
    "demands": {"name": "高质量发展"},
    "differences": {"name": "国务院常务会议"},
    "documents": {"name": "国务院"},
    "editions": {},
    "encounters": {"name": "习近平", "other": "蔡奇"},
    "emphases": {"name": "习近平"},
    "evidence": {"name": "蔡奇"},
    "firsts": {"name": "高质量发展"},
    "holders": {"name": "中共中央总书记", "when": "2023-03"},
    "hotspots": {"when": "2023"},
    "indicators": {"area": "中国", "indicator": "国内生产总值"},
    "inspections": {"name": "北京市"},
    "meetings": {"name": "北京市", "when": "2023"},
    "namesakes": {"name": "李强"},
    "origins": {"name": "党的二十大精神"},
    "posts": {"name": "习近平"},
    "projects": {"area": "北京市"},
    "proof": {"name": "王毅", "other": "外交部部长"},
    "renamings": {},
    "rises": {"lower": "市长", "higher": "市委书记"},
    "said": {"name": "习近平", "about": "高质量发展"},
    "search": {"word": "北京"},
    "statements": {"name": "国务院常务会议"},
    "stressed": {"name": "高质量发展"},
    "succession": {"name": "外交部部长"},
    "talks": {"name": "习近平"},
    "timeline": {"name": "北京市"},
    "together": {"name": "习近平"},
    "topics": {"when": "2023"},
    "unvisited": {"since": "2023-06-01"},
    "visits": {"name": "习近平"},
    "whereabouts": {"name": "习近平", "since": "2023-01-01", "until": "2023-12-31"},
}


def times(store: Store, names: set[str]) -> Iterator[tuple[float, str, int]]:
    """Yield the median seconds of the processor, the name and the number of rows of each question."""
    for question in questions():
        if names and question.name not in names:
            continue
        taken: list[float] = []
        for _ in range(3):
            start = time.process_time()
            answer = ask(store, question.name, HARD[question.name])
            taken.append(time.process_time() - start)
        yield statistics.median(taken), question.name, len(answer.rows)


def main() -> None:
    with Store(Path(sys.argv[1]), reading=True) as store:
        found = sorted(times(store, set(sys.argv[2:])))
    for seconds, name, rows in found:
        print(f"{seconds:7.3f} s  {rows:6d} rows  {name} {' '.join(f'{key}={value}' for key, value in HARD[name].items())}")
    print(f"slowest: {found[-1][1]}, {found[-1][0]:.3f} s; over one second: {sum(seconds > 1 for seconds, *_ in found)}")


if __name__ == "__main__":
    main()
