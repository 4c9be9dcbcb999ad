"""The flat table of facts and the tables for Neo4j: every fact with its sentence, and no cell that runs or breaks."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from analysis_graphs import HOSTILE, Select, one_meeting, told  # type: ignore[import-not-found]

from kg.analysis import export, export_neo4j, world
from kg.analysis.tables import CELL, FACTS, NODES, RELATIONSHIPS, cell
from kg.errors import OutputError

KG = "https://w3id.org/zhengtu/ontology#"


def rows(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def counted(select: Select, pattern: str) -> int:
    ((number,),) = select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(number or 0)


@pytest.fixture(scope="module")
def facts(demo: Select, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("tables") / "facts.csv"
    export(demo, path)
    return rows(path)


@pytest.fixture(scope="module")
def neo4j(demo: Select, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "deep" / "neo4j"
    export_neo4j(demo, folder)
    return folder


# ------------------------------------------------------------ the flat table


def test_excel_sees_utf_8_and_its_own_line_ends(tmp_path: Path) -> None:
    export(one_meeting(), tmp_path / "a.csv")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf" + ",".join(FACTS).encode() + b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.endswith(b"\r\n")


def test_a_fact_stands_with_its_sentence_its_article_and_how_sure_it_is(tmp_path: Path) -> None:
    export(one_meeting(), tmp_path / "a.csv")
    (chaired,) = [row for row in rows(tmp_path / "a.csv") if row["relation_id"] == "chaired"]
    expected = {
        "subject": "张", "subject_class": "人物", "relation": "主持", "object": "推进会", "object_class": "会议", "date": "2024-05-11",
        "sentence": "张主持会议。", "headline": "甲区召开推进会", "published": "2024-05-12", "publisher": "甲报", "begin": "8", "end": "14",
        "confidence": "0.9", "rule": "events/hold", "subject_iri": "https://a.example/张", "article_iri": "https://a.example/a1",
        "fact_iri": "https://a.example/推进会",
    }  # fmt: skip
    assert expected.items() <= chaired.items()


def test_what_was_said_stands_with_verb_words_and_occasion_and_only_once(tmp_path: Path) -> None:
    export(one_meeting(), tmp_path / "a.csv")
    (said,) = [row for row in rows(tmp_path / "a.csv") if row["object"] == "防汛"]
    expected = {
        "subject": "张", "relation": "强调", "verb": "强调", "text": "要做好防汛。", "occasion": "推进会", "sentence": "张强调，要做好防汛。",
        "date": "2024-05-11", "confidence": "0.8",
    }  # fmt: skip
    assert expected.items() <= said.items()


def test_every_statement_of_the_graph_has_a_row_for_each_thing_it_concerns(demo: Select, facts: list[dict[str, str]]) -> None:
    statements = {iri for (iri,) in demo(f"SELECT ?s WHERE {{ ?s a <{KG}Statement> }}")}
    said = [row for row in facts if row["verb"]]
    assert {row["fact_iri"] for row in said} == statements
    pairs = counted(demo, f"?s a <{KG}Statement> ; <{KG}concerns> ?thing")
    assert sum(row["object"] != "" for row in said) == pairs > 20


def test_every_sentence_stands_in_its_article_where_the_row_says(demo: Select, facts: list[dict[str, str]]) -> None:
    texts = dict(demo(f"SELECT ?a ?t WHERE {{ ?a <{KG}articleText> ?t }}"))
    assert len(facts) > 100
    told = [row for row in facts if row["begin"]]
    # where things lie follows from their names and is told by no sentence
    assert {row["relation"] for row in facts if not row["begin"]} <= {"位于", "辖区", "属于", "上级"}
    assert len(told) > 100
    for row in told:
        text = str(texts[row["article_iri"]])
        assert row["sentence"] in text
        stretch = text[int(row["begin"]) : int(row["end"])]
        assert stretch in row["sentence"] or row["sentence"] in stretch


def test_known_facts_of_the_demo_are_rows(facts: list[dict[str, str]]) -> None:
    told = {(row["subject"], row["relation"], row["object"], row["date"]) for row in facts}
    assert ("陆知秋", "主持", "青岚区一季度经济运行暨重点项目建设推进会", "2025-04-16") in told
    assert ("沈牧之", "调研", "松涛里城市更新项目", "2025-04-17") in told
    assert any(row["relation"] == "指标" and row["object"] == "生产总值 同比 6.5%" and row["subject"] == "青岚区" for row in facts)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_never_begins_a_formula(start: str) -> None:
    assert cell(f"{start}cmd|'/c calc'!A1") == f"'{start}cmd|'/c calc'!A1"
    assert cell(f"甲{start}乙") == f"甲{start}乙"


def test_a_cell_holds_what_excel_can_keep() -> None:
    assert len(cell("长" * 100_000)) == CELL
    assert cell("甲\ud800\x00") == "甲\ufffd\ufffd"


def test_hostile_names_come_back_from_the_flat_table(tmp_path: Path) -> None:
    lines = [("甲报", "a", "kg:Organization"), ("文", "a", "kg:Document")]
    for number, name in enumerate(HOSTILE):
        lines += [(f"p{number}", "a", "kg:Person"), (f"p{number}", "rdfs:label", name), (f"p{number}", "kg:signed", "https://a.example/文")]
    export(told(*lines), tmp_path / "a.csv")
    found = {row["subject_iri"]: row["subject"] for row in rows(tmp_path / "a.csv")}
    for number, name in enumerate(HOSTILE):
        assert found[f"https://a.example/p{number}"] == cell(name)
        assert found[f"https://a.example/p{number}"].removeprefix("'").replace("\ufffd", "\x00") == name.removeprefix("'")


# ------------------------------------------------------------ who holds a post, wherever it is kept


def test_a_holding_is_one_edge_whether_an_assertion_or_a_tenure_tells_it(tmp_path: Path) -> None:
    things = ("书记 a kg:Post", "张 kg:holdsPost <书记>")
    assertion = (
        "h1 a kg:Assertion", "h1 rdf:subject <张>", ("h1", "rdf:predicate", f"{KG}holdsPost"), "h1 rdf:object <书记>",
        "h1 kg:evidence <a1#char=8,9>", "h1 kg:confidence 0.7",
    )  # fmt: skip
    tenure = (
        "t1 a kg:Tenure", "t1 org:member <张>", "t1 kg:post <书记>", "t1 kg:evidence <a1#char=8,9>", "t1 kg:evidence <a1#char=18,19>",
        "t1 schema:validFrom 2020-01", "t1 kg:confidence 0.6",
    )  # fmt: skip
    for more, begins, first in ((assertion, [8], "2024-05-12"), (tenure, [8, 18], "2020-01-01"), ((*assertion, *tenure), [8, 18], "2020-01-01")):
        (edge,) = [edge for edge in world(one_meeting(*things, *more)).edges if edge.relation == "holdsPost"]
        assert [proof.begin for proof in edge.proofs] == begins
        assert (edge.first, edge.last, edge.articles) == (first, "2024-05-12", 1)


def test_an_edge_that_nothing_explains_takes_the_sentence_that_names_both_ends() -> None:
    (edge,) = [edge for edge in world(one_meeting("张 kg:implements <防汛>")).edges if edge.relation == "implements"]
    assert [(proof.sentence, proof.begin, proof.confidence) for proof in edge.proofs] == [("张强调，要做好防汛。", 18, -1.0)]


# ------------------------------------------------------------ Neo4j


def test_the_import_finds_its_headers(neo4j: Path) -> None:
    for name, columns in (("nodes.csv", NODES), ("relationships.csv", RELATIONSHIPS)):
        assert (neo4j / name).read_text("utf-8").split("\n")[0] == ",".join(columns)
    assert NODES[0].endswith(":ID")
    assert {":START_ID", ":END_ID", ":TYPE"} <= set(RELATIONSHIPS)


def test_there_are_as_many_nodes_of_each_label_as_things_of_the_class(demo: Select, neo4j: Path) -> None:
    nodes = rows(neo4j / "nodes.csv", "utf-8")
    assert len({node["iri:ID"] for node in nodes}) == len(nodes)
    labels = Counter(label for node in nodes for label in node[":LABEL"].split(";"))
    for kind in ("Person", "Official", "Journalist", "Organization", "Post", "Area", "Project", "Policy", "Task", "Meeting", "Inspection", "Article"):
        assert labels[kind] == counted(demo, f"?t a <{KG}{kind}>"), kind
    assert labels["Official"] > 5


def test_there_are_as_many_relationships_of_each_type_as_edges_and_each_joins_two_nodes(demo: Select, neo4j: Path) -> None:
    nodes = {node["iri:ID"] for node in rows(neo4j / "nodes.csv", "utf-8")}
    relationships = rows(neo4j / "relationships.csv", "utf-8")
    assert all(row[":START_ID"] in nodes and row[":END_ID"] in nodes for row in relationships)
    types = Counter(row[":TYPE"] for row in relationships)
    for name in ("holdsPost", "chaired", "attended", "emphasized", "required", "inspected", "accompanied", "mentions"):
        assert types[name] == counted(demo, f"?s <{KG}{name}> ?o"), name
        assert types[name] > 0


def test_every_row_of_the_import_is_one_line_and_quoting_keeps_the_names(tmp_path: Path) -> None:
    lines = [("a1", "schema:headline", '他说"好"\r\n第二行')]
    for number, name in enumerate(HOSTILE):
        lines += [(f"p{number}", "a", "kg:Person"), (f"p{number}", "rdfs:label", name), (f"p{number}", "skos:altLabel", name + ";别")]
    export_neo4j(told(*lines), tmp_path / "neo4j")
    text = (tmp_path / "neo4j" / "nodes.csv").read_text("utf-8")
    nodes = rows(tmp_path / "neo4j" / "nodes.csv", "utf-8")
    assert len(text.splitlines()) == len(nodes) + 1
    names = {node["iri:ID"]: node for node in nodes}
    assert names["https://a.example/p0"]["label"] == "a\"b'c"
    assert names["https://a.example/a1"]["label"] == '他说"好" 第二行'
    for number in range(len(HOSTILE)):
        assert len(names[f"https://a.example/p{number}"]["altLabels:string[]"].split(";")) == 1


def test_the_same_graph_gives_the_same_tables(demo: Select, neo4j: Path, tmp_path: Path) -> None:
    from analysis_graphs import shuffled

    export_neo4j(shuffled(demo, 3), tmp_path)
    for name in ("nodes.csv", "relationships.csv"):
        assert (tmp_path / name).read_bytes() == (neo4j / name).read_bytes()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("甲", encoding="utf-8")
    with pytest.raises(OutputError, match="file"):
        export_neo4j(one_meeting(), tmp_path / "file")
    with pytest.raises(OutputError, match="neo4j"):
        export_neo4j(one_meeting(), tmp_path / "file" / "neo4j")
    (tmp_path / "there" / "nodes.csv").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"nodes\.csv"):
        export_neo4j(one_meeting(), tmp_path / "there")
    assert {found.name for found in (tmp_path / "there").iterdir()} <= {"nodes.csv", "relationships.csv"}
