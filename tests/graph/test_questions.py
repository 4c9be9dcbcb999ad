"""Every saved question gives its exact answer about the invented pages, and takes nothing for its blanks but what fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph import GROUPS, Store, ask, questions
from kg.graph.blanks import TYPES, filling
from kg.graph.query import Question, filled
from kg.graph.terms import DEFAULT_BASE

Answers = dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]]


def read_answers() -> Answers:
    """Return the columns and rows of ``questions.tsv`` by question."""
    found: Answers = {}
    for line in (Path(__file__).parent / "questions.tsv").read_text("utf-8").splitlines():
        if line.startswith("= "):
            name, *columns = line.removeprefix("= ").split("\t")
            found[name] = (tuple(columns), [])
        elif line and not line.startswith("#"):
            found[name][1].append(tuple(line.split("\t")))
    return found


ANSWERS = read_answers()
QUESTIONS = {question.name: question for question in questions()}


def test_every_question_has_an_answer_to_compare_with_a_group_and_an_example() -> None:
    assert sorted(ANSWERS) == sorted(QUESTIONS)
    for question in questions():
        assert question.group in GROUPS
        assert question.english != question.label
        assert {name for name, _ in question.example} <= {parameter.name for parameter in question.parameters}
        assert all(parameter.note and parameter.english.isascii() is not None for parameter in question.parameters)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_gives_its_exact_answer(invented: Store, name: str) -> None:
    answer = ask(invented, name, dict(QUESTIONS[name].example))
    columns, rows = ANSWERS[name]
    places = [answer.columns.index(column) for column in columns]
    assert [tuple(row[place] for place in places) for row in answer.rows] == rows
    assert rows


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_what_may_stay_open_can_stay_open(invented: Store, name: str) -> None:
    question = QUESTIONS[name]
    needed = {parameter.name for parameter in question.parameters if parameter.required}
    answer = ask(invented, name, {key: value for key, value in question.example if key in needed})
    assert len(answer.rows) >= len(ANSWERS[name][1]) or name == "unvisited"


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_the_text_of_a_question_gives_the_same_whether_a_name_or_its_bearers_are_filled_in(invented: Store, name: str) -> None:
    from kg.graph import query

    question = QUESTIONS[name]
    assert query(invented, filled(question, dict(question.example))).rows == ask(invented, name, dict(question.example)).rows


@pytest.mark.parametrize("value", ["无此名", '" } ?s ?p ?o . {"', "a\\", "两\n行", "<http://example.org/> } #", "VALUES (?name ?who) { (UNDEF UNDEF) }"])
@pytest.mark.parametrize("name", sorted(name for name, one in QUESTIONS.items() if any(p.name == "name" for p in one.parameters)))
def test_a_name_that_nothing_bears_gives_no_rows(invented: Store, name: str, value: str) -> None:
    assert ask(invented, name, dict(QUESTIONS[name].example) | {"name": value}).rows == ()


def test_an_iri_tells_namesakes_apart(invented: Store) -> None:
    both = ask(invented, "career", {"name": "李伟"})
    assert {row[1] for row in both.rows} == {"青岚区副区长", "望江区副区长"}
    for district in ("青岚区", "望江区"):
        for iri in (f"{DEFAULT_BASE}person/{district}/李伟", f"<{DEFAULT_BASE}person/{district}/李伟>", f"person:{district}/李伟"):
            assert [row[1] for row in ask(invented, "career", {"name": iri}).rows] == [f"{district}副区长"]


def test_whoever_was_last_seen_in_a_post_is_presumed_to_hold_it_until_somebody_follows(invented: Store) -> None:
    def holders(post: str, when: str) -> list[tuple[str, str]]:
        answer = ask(invented, "holders", {"name": post, "when": when})
        return [(row[answer.columns.index("person")], row[answer.columns.index("known")]) for row in answer.rows]

    assert holders("青岚区委书记", "2023-08") == [("顾维桢", "见于报道")]
    assert holders("青岚区委书记", "2023-09") == [("顾维桢", "见于报道"), ("沈知远", "见于报道")]
    assert holders("青岚区委书记", "2023-10") == [("沈知远", "见于报道")]
    assert holders("青岚区审计局局长", "2024-05") == [("白承安", "推定")]
    assert holders("青岚区审计局局长", "2022") == []
    assert holders("青岚区水利局局长", "2024-05") == []


def test_an_event_that_has_only_one_report_has_no_differences(invented: Store) -> None:
    assert ask(invented, "differences", {"name": "松陵县防汛工作会议"}).rows == ()


def test_a_person_of_the_name_of_a_class_is_not_meant_by_another(invented: Store) -> None:
    assert ask(invented, "career", {"name": "青岚区"}).rows == ()


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        ("number", "6.50", '"6.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'), ("number", "六", None), ("number", "1 } #", None),
        ("period", "2024", '"2024"'), ("period", "2024-03", '"2024-03"'), ("period", "2024年3月5日", '"2024-03-05"'), ("period", "2024-13", None),
        ("period", "2024-02-30", None), ("period", '2024"', None), ("period", "", None), ("period", "２０２４", None),
        ("date", "2024年3月5日", '"2024-03-05"^^<http://www.w3.org/2001/XMLSchema#date>'), ("date", "去年", None),
        ("class", "项目", "<https://w3id.org/zhengtu/ontology#Project>"), ("class", "Project", "<https://w3id.org/zhengtu/ontology#Project>"),
        ("class", "kg:Meeting", "<https://w3id.org/zhengtu/ontology#Meeting>"), ("class", "kg:Project> } #", None), ("class", "事物", None),
        ("Person", "张三", '"张三"@zh'), ("Person", " 张三 ", '"张三"@zh'), ("Person", "", None), ("Person", '"@zh } #', '"\\"@zh } #"@zh'),
        ("Person", "person:张三", f"<{DEFAULT_BASE}person/张三>"), ("Person", "https://example.org/x", "<https://example.org/x>"),
        ("Person", "mailto:x", '"mailto:x"@zh'), ("Thing", "<https://example.org/ x>", '"<https://example.org/ x>"@zh'),
    ],
)  # fmt: skip
def test_a_value_is_one_term_of_the_type_or_nothing(type_: str, value: str, term: str | None) -> None:
    assert filling(type_, value, DEFAULT_BASE) == term


def test_a_wrong_or_missing_value_is_told_in_one_line_with_what_is_wanted(invented: Store) -> None:
    for values, told in (({"name": "青岚区区长", "when": "三月"}, "2024-03"), ({"when": "2024"}, "缺少 name"), ({"name": ""}, "职务的名称")):
        with pytest.raises(QueryError, match=told) as caught:
            ask(invented, "holders", values)
        assert "\n" not in str(caught.value)
        assert all(ord(sign) < 0x2E80 for sign in caught.value.english.replace("三月", ""))


def test_every_type_says_what_it_wants_in_both_languages() -> None:
    assert all((one.chinese and one.english.isascii()) or "张三" in one.english for one in TYPES.values())


def test_a_blank_is_not_filled_by_the_value_of_another() -> None:
    text = "SELECT * WHERE { VALUES (?name ?who) { (UNDEF UNDEF) } VALUES ?when { UNDEF } }"
    career = QUESTIONS["visits"]
    sparql = filled(Question("q", "问", "q", career.parameters, text), {"name": "VALUES ?when { UNDEF }", "when": "2024"})
    assert sparql == 'SELECT * WHERE { VALUES ?name { "VALUES ?when { UNDEF }"@zh } VALUES ?when { "2024" } }'
