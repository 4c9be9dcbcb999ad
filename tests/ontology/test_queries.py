"""Saved questions say what they ask, run alike in two engines, and give exact rows.

The questions on the invented pile are in ``tests/graph/test_questions.py``.
"""

from __future__ import annotations

import re

import pyoxigraph
import pytest
from rdflib import Graph

from kg.graph.query import filled as ready
from kg.graph.query import parse_question

Row = tuple[str | None, ...]
HEADER = re.compile(r"# name: (\w+)\n# label: (.+)\n# label-en: (.+)\n# group: \w+\n((?:# param: \w+ \w+!? .+ \| [ -~’]+\n)+)(?:# example: \w+=.+\n)*")
FOUR = ("evidence", "inspections", "posts", "statements")
SAID = "要持续优化营商环境。"
ZHANG_CALLED = "张建国会见赵立新一行"
MEETING_HELD = "甲区召开经济工作会议"
FIRST = "https://w3id.org/zhengtu/id/article/db17850d63515d9a#char="
SECOND = "https://w3id.org/zhengtu/id/article/e3e1f47418bb905d#char="


@pytest.fixture(scope="module")
def store(small: Graph) -> pyoxigraph.Store:
    """The same graph in the engine that the project uses."""
    made = pyoxigraph.Store()
    made.load(small.serialize(format="nt").encode("utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return made


def filled(question: str, name: str | None) -> str:
    """Fill the name of a question in, as a name that the engine looks up."""
    return ready(parse_question(question, "question.rq"), {} if name is None else {"name": name})


@pytest.fixture
def ask(small: Graph, store: pyoxigraph.Store, questions: dict[str, str]):  # type: ignore[no-untyped-def]
    """Ask a saved question of both engines, which must agree to the last row."""

    def asked(question: str, name: str | None = None) -> list[Row]:
        text = filled(questions[question], name)
        found = store.query(text)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        rows = [tuple(None if value is None else value.value for value in row) for row in found]  # type: ignore[union-attr]
        others = [tuple(None if value is None else str(value) for value in row) for row in small.query(text)]  # type: ignore[union-attr, misc]
        assert rows == others
        return rows

    return asked


def test_there_are_at_least_twenty_five_questions(questions: dict[str, str]) -> None:
    assert len(questions) >= 25
    assert set(FOUR) < set(questions)


def test_a_question_begins_with_its_name_labels_and_parameters(questions: dict[str, str]) -> None:
    for question, text in questions.items():
        header = HEADER.match(text)
        assert header is not None, question
        assert header[1] == question
        assert re.search(r"[\u4e00-\u9fff]", header[2]), question
        assert re.fullmatch(r"[ -~“”’\u4e00-\u9fff]+", header[3]), question


def test_a_question_asks_the_default_graph_and_where_it_must_the_graphs_of_articles_and_decisions(questions: dict[str, str]) -> None:
    for question, text in questions.items():
        code = "\n".join(line.split("# ")[0] for line in text.splitlines())
        assert not re.search(r"\b(FROM|SERVICE|NOT\s+EXISTS)\b", code), question
        graphs = set(re.findall(r"\bGRAPH\s+(\S+)", code))
        # what is kept for the store's own books must not be matched by a variable: an article's IRI comes first
        assert graphs == {"differences": {"?report"}, "decisions": {"<resolution>"}}.get(question, set()), question


@pytest.mark.parametrize("question", FOUR)
@pytest.mark.parametrize("name", ["无此人", '"} ?s ?p ?o . {"', "a\\", "两\n行"])
def test_a_name_that_nothing_bears_gives_no_rows(ask, question: str, name: str) -> None:  # type: ignore[no-untyped-def]
    assert ask(question, name) == []


def test_who_inspected_this_project_when_and_with_whom(ask) -> None:  # type: ignore[no-untyped-def]
    visit = "3月5日，张建国调研春和花园项目，甲区副区长王志强陪同。"
    assert ask("inspections", "春和花园") == [
        ("春和花园项目", "--05-12", "--05-13", "调研", "张建国", "5月12日至13日，张建国调研春和花园项目。", ZHANG_CALLED, SECOND + "55,77"),
        ("春和花园项目", "2024-03-05", None, "陪同", "王志强", visit, MEETING_HELD, FIRST + "134,162"),
        ("春和花园项目", "2024-03-05", None, "调研", "张建国", visit, MEETING_HELD, FIRST + "134,162"),
    ]


def test_an_alias_and_the_full_name_ask_the_same(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("inspections", "春和花园") == ask("inspections", "春和花园项目")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("张建国调研春和花园项目", "3月5日，张建国调研春和花园项目，甲区副区长王志强陪同。"),  # a headline: shorter
        ("调研组一行冒雨先后走进了工地、车间、食堂和宿舍，与工人们亲切交谈。", "3月5日，张建国调研春和花园项目，甲区副区长王志强陪同。"),
        ("随后，张建国冒雨走进春和花园项目的工地、车间、食堂和宿舍，与工人们亲切交谈。", None),
    ],
)
def test_of_several_passages_the_one_that_tells_most_is_shown(small: Graph, questions: dict[str, str], text: str, chosen: str | None) -> None:
    graph = Graph()
    graph += small
    graph.update(
        "PREFIX kg: <https://w3id.org/zhengtu/ontology#> INSERT { ?e kg:evidence <https://example.org/other> . "
        "<https://example.org/other> kg:inArticle ?a ; kg:begin 0 ; "
        f"kg:quote '{text}'@zh }} WHERE {{ ?e a kg:Inspection ; kg:companion ?c ; kg:reportedIn ?a }}"
    )
    assert len(graph) == len(small) + 4
    store = pyoxigraph.Store()
    store.load(graph.serialize(format="nt").encode("utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    question = filled(questions["inspections"], "春和花园")
    rows = [str(row.sentence) for row in graph.query(question) if str(row.date).startswith("2024")]  # type: ignore[union-attr]
    assert rows == [chosen or text] * 2
    found = store.query(question)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert [row["sentence"].value for row in found if row["date"].value.startswith("2024")] == rows  # type: ignore[union-attr]


def test_what_a_meeting_stressed_in_which_words(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("statements", "甲区经济工作会议") == [
        ("李文芳", "强调", "持续优化营商环境", SAID, "李文芳强调，" + SAID, "2024-03-04", MEETING_HELD, FIRST + "73,89"),
        ("李文芳", "强调", "“河畅行动”", "“河畅行动”不能松劲。", "“河畅行动”不能松劲。", "2024-03-04", MEETING_HELD, FIRST + "89,100"),
        ("甲区经济工作会议", "要求", "持续优化营商环境", SAID, "会议要求，" + SAID, "2024-03-04", MEETING_HELD, FIRST + "101,116"),
    ]


def test_what_a_person_said_in_which_words(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("statements", "赵立新") == [
        ("赵立新", "表示", "“河畅行动”", "将参与“河畅行动”。", "赵立新表示，将参与“河畅行动”。", "--05-11", ZHANG_CALLED, SECOND + "38,54"),
    ]


def test_who_holds_and_held_a_post(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("posts", "甲区副区长") == [
        ("周海涛", "甲区副区长", "removed", None, "2024-03-06", "2024-03-06", None, "2024-03-05", "1"),
        ("王志强", "甲区副区长", "held", None, "2024-03-06", "2024-03-06", "2024-03-05", None, "2"),
    ]


def test_two_articles_that_tell_of_a_post_are_one_row(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("posts", "张建国") == [("张建国", "甲区区长", "held", "甲区人民政府", "2024-03-06", "2024-03-06", None, None, "2")]


def test_the_posts_of_an_area_and_of_a_body(ask) -> None:  # type: ignore[no-untyped-def]
    assert [row[:3] for row in ask("posts", "甲区")] == [
        ("周海涛", "甲区副区长", "removed"), ("张建国", "甲区区长", "held"), ("李文芳", "甲区区委书记", "held"), ("王志强", "甲区副区长", "held"),
    ]  # fmt: skip
    assert [row[0] for row in ask("posts", "甲区政府")] == ["张建国"]


def test_the_evidence_for_what_is_told_of_a_person(ask) -> None:  # type: ignore[no-untyped-def]
    assert [(row[1], row[2], row[3], row[7]) for row in ask("evidence", "李文芳")] == [
        ("出席", "甲区经济工作会议", "3月4日，甲区在会议中心召开经济工作会议。", FIRST + "11,32"),
        ("讲话", "甲区经济工作会议", "3月4日，甲区在会议中心召开经济工作会议。", FIRST + "11,32"),
        ("担任", "甲区区委书记", "甲区区长张建国主持会议，甲区区委书记李文芳出席并讲话。", FIRST + "32,59"),
        ("强调", SAID, "李文芳强调，" + SAID, FIRST + "73,89"),
        ("强调", "“河畅行动”不能松劲。", "“河畅行动”不能松劲。", FIRST + "89,100"),
    ]


def test_what_is_only_planned_is_no_fact_about_a_person(ask) -> None:  # type: ignore[no-untyped-def]
    facts = [row[2] for row in ask("evidence", "张建国")]
    assert "甲区经济工作会议" in facts
    assert "招商大会" not in facts


def test_without_a_name_everything_is_told(ask) -> None:  # type: ignore[no-untyped-def]
    assert len(ask("inspections")) == 3
    assert len(ask("statements")) == 4
    assert len(ask("posts")) == 5
    assert {row[0] for row in ask("evidence")} == {"张建国", "李文芳", "王志强", "赵立新", "周海涛"}
