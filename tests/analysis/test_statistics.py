"""The graph at a glance: counts that SPARQL confirms, ranks that the invented reports tell, groups that stand together."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from analysis_graphs import Select, one_meeting, shuffled, told  # type: ignore[import-not-found]

from kg.analysis import Measure, Row, Section, as_csv, as_json, heads, lines, stats

KG = "https://w3id.org/zhengtu/ontology#"


def section(select: Select, name: str, top: int = 10) -> Section:
    return next(found for found in stats(select, top) if found.name == name)


def values(found: Section) -> list[tuple[object, ...]]:
    return [(row.name, *row.values) for row in found.rows]


def events(kind: str, *actors: str, role: str = "attendee") -> list[str]:
    """An event of these persons, called after them."""
    name = "".join(actors) + kind
    return [f"{name} a kg:{kind}", *(f"{actor} a kg:Person" for actor in actors), *(f"{name} kg:{role} <{actor}>" for actor in actors)]


def test_the_counts_of_the_demo_are_those_of_sparql(demo: Select) -> None:
    counts = {row.kind: row.values[0] for row in section(demo, "overview").rows}
    for kind, number in counts.items():
        found = next(iter(demo(f"SELECT (COUNT(DISTINCT ?t) AS ?n) WHERE {{ ?t a <{KG}{kind}> }}")))
        narrower = counts["Task"] if kind == "Policy" else 0
        assert number == int(str(found[0])) - int(narrower), kind
    assert (counts["Article"], counts["Person"], counts["Statement"]) == (7, 19, 23)


def test_the_demo_is_told_as_its_pages_tell_it(demo: Select) -> None:
    assert values(section(demo, "publishers")) == [("青岚日报", 4), ("云溪新闻", 2), ("云岭晚报", 1)]
    assert values(section(demo, "span")) == [("报道发表", "2025-04-18", "2025-05-20"), ("事件发生", "2025-04-16", "2025-05-19")]
    assert {row.name for row in section(demo, "officials").rows[:2]} == {"沈牧之", "顾行舟"}
    assert values(section(demo, "visits"))[0] == ("松涛里城市更新项目", 2, 2)
    assert values(section(demo, "bodies"))[0] == ("青岚区政府", 2)
    assert "沈牧之" in section(demo, "communities").rows[0].name
    assert "（青岚区）" in section(demo, "communities").rows[0].name


def test_an_official_is_busy_who_acts_and_not_who_is_acted_upon() -> None:
    select = told(
        *events("Meeting", "张", "李"), *events("Talks", "张", role="agent"), *events("Ceremony", "李", role="target"), "张 a kg:Official", "李 a kg:Official",
        "a1 kg:mentions <张>", "王 a kg:Person", *events("Meeting", "王"),
    )  # fmt: skip
    assert values(section(select, "officials")) == [("张", 2, 1), ("李", 1, 0)]


def test_what_is_only_planned_makes_nobody_busy() -> None:
    select = told("张 a kg:Person", "张 a kg:Official", "会 a kg:Event", "会 kg:attendee <张>", "a1 kg:mentions <张>")
    assert values(section(select, "officials")) == [("张", 0, 1)]


def test_policies_are_ranked_by_statements_then_speakers_then_meetings_and_demands_apart() -> None:
    select = one_meeting(
        "s2 a kg:Statement", "s2 kg:madeBy <李>", "s2 kg:concerns <防汛>", "s2 kg:concerns <清河>", "清河 a kg:Policy", "清河 a kg:Task",
        "s3 a kg:Statement", "s3 kg:madeBy <推进会>", "s3 kg:concerns <防汛>",
    )  # fmt: skip
    assert values(section(select, "policies")) == [("防汛", 3, 3, 1)]
    assert values(section(select, "demands")) == [("清河", 1, 1, 0)]


def test_what_is_visited_counts_inspections_and_visitors() -> None:
    select = told(
        *events("Inspection", "张", "李", role="agent"), *events("Inspection", "张", role="agent"), *events("Talks", "王", role="agent"),
        "湾 a kg:Project", "张李Inspection kg:target <湾>", "张Inspection kg:target <湾>", "王Talks kg:target <湾>",
    )  # fmt: skip
    assert values(section(select, "visits")) == [("湾", 2, 2)]


def test_two_circles_are_two_communities_named_after_their_middle_and_their_area() -> None:
    select = told(
        *events("Meeting", "甲一", "甲二", "甲三"), *events("Talks", "甲一", "甲二", role="agent"),
        *events("Meeting", "乙一", "乙二", "乙三"), *events("Talks", "乙一", "乙二", role="agent"), *events("Ceremony", "甲一", "乙一"),
        *(f"{person} kg:holdsPost <{person}职>" for person in ("甲一", "甲二")),
        *(line for person in ("甲一", "甲二") for line in (f"{person}职 a kg:Post", f"{person}职 kg:jurisdiction <甲区>")), "甲区 a kg:Area",
        "乙一 kg:holdsPost <乙职>", "乙职 a kg:Post", "乙职 kg:jurisdiction <甲区>",
    )  # fmt: skip
    assert values(section(select, "communities")) == [("乙一、乙二、乙三", 3, 2), ("甲一、甲二、甲三（甲区）", 3, 2)]


def test_who_joins_two_circles_is_the_most_central() -> None:
    select = told(*events("Meeting", "甲", "乙", "丙"), *events("Meeting", "丙", "丁", "戊"))
    assert values(section(select, "central"))[0] == ("丙", 0.6667, 4)
    assert values(section(select, "central"))[1] == ("丁", 0.0, 2)


def test_a_roll_of_hundreds_of_names_brings_nobody_together() -> None:
    crowd = [f"人{number}" for number in range(300)]
    select = told(*events("Meeting", *crowd), *events("Meeting", "甲", "乙"))
    assert values(section(select, "communities")) == [("乙、甲", 2, 1)]


def test_each_list_is_as_long_as_asked(demo: Select) -> None:
    found = stats(demo, 3)
    assert all(len(one.rows) <= 3 for one in found if one.name not in ("overview", "span"))
    assert [row.rank for row in section(demo, "officials", 3).rows] == [1, 2, 3]
    with pytest.raises(ValueError, match="at least one"):
        stats(demo, 0)


def test_an_empty_graph_has_empty_sections() -> None:
    found = stats(lambda question: ())
    assert [one.name for one in found] == [
        "overview", "span", "publishers", "officials", "policies", "demands", "visits", "bodies", "communities", "central",
    ]  # fmt: skip
    assert all(row.values[0] in (0, "") for one in found for row in one.rows)


def test_the_figures_do_not_depend_on_the_order_of_the_answers(demo: Select) -> None:
    assert stats(shuffled(demo, 1)) == stats(shuffled(demo, 2)) == stats(demo)


def test_the_figures_do_not_depend_on_the_seed_of_hashes() -> None:
    code = """
import random
from analysis_graphs import told
from kg.analysis import as_csv, stats
made = random.Random(7)
lines = []
for event in range(120):
    lines.append(f"e{event} a kg:Meeting")
    for person in made.sample(range(60), 4):
        lines += [f"p{person} a kg:Person", f"e{event} kg:attendee <p{person}>"]
print(as_csv(stats(told(*lines)), "zh"))
"""
    here = str(Path(__file__).parent)
    told_by = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([here, *sys.path])},
            capture_output=True, text=True, encoding="utf-8", check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told_by[0] == told_by[1]
    assert "常在一起的人" in told_by[0]


def test_the_long_table_has_a_line_for_each_figure_and_runs_nothing(demo: Select) -> None:
    sections = stats(demo)
    rows = list(csv.DictReader(io.StringIO(as_csv(sections, "zh"), newline="")))
    assert len(rows) == sum(len(one.rows) * len(one.measures) for one in sections)
    first = next(row for row in rows if row["section"] == "调研最多的项目和地点")
    assert (first["rank"], first["name"], first["class"], first["value"], first["measure"]) == ("1", "松涛里城市更新项目", "项目", "2", "调研")
    assert first["iri"].startswith("https://w3id.org/zhengtu/id/project/")
    bad = Section("x", "表", "table", (Measure("n", "数", "n"),), (Row(1, "=1+1", "", (3,)),))
    assert "'=1+1" in as_csv([bad], "zh")


def test_english_tables_have_no_chinese_words_of_ours(demo: Select) -> None:
    for one in stats(demo):
        assert not any("\u4e00" <= c <= "\u9fff" for c in one.en + "".join(heads(one, "en")))
    overview = section(demo, "overview")
    assert not any("\u4e00" <= c <= "\u9fff" for line in lines(overview, "en") for cell in line for c in cell)


def test_json_gives_programs_names_that_do_not_change_with_the_language(demo: Select) -> None:
    chinese, english = (json.loads(as_json(stats(demo), language)) for language in ("zh", "en"))
    assert [one["section"] for one in chinese] == [one["section"] for one in english]
    assert chinese[3]["rows"][0]["events"] == english[3]["rows"][0]["events"] == 3
    assert (chinese[3]["title"], english[3]["title"]) == ("最忙的官员", "Busiest officials")


def test_a_row_has_a_value_for_each_measure() -> None:
    with pytest.raises(ValueError, match="2 values for 1"):
        Section("x", "表", "table", (Measure("n", "数", "n"),), (Row(1, "甲", "", (3, 4)),))
