"""What a user corrects by hand holds: in every fact that follows, with author and reason, and gone without a trace when the line is."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.build import Summary, build, remove
from kg.errors import InputError
from kg.graph import DEFAULT_BASE, Store, check, select

PILE = Path(__file__).parents[1] / "pile" / "pages"
HEADER = "id\taction\tthing\tother\tauthor\treason\n"
RESOLUTION = f"<{DEFAULT_BASE}resolution>"

# What must hold of any graph, whatever was corrected; each finds what breaks it.
BROKEN = {
    "a thing without exactly one label": """SELECT ?x (COUNT(DISTINCT ?l) AS ?n) WHERE {
        ?x a ?k FILTER (?k IN (kg:Person, kg:Post, kg:Organization, kg:Area, kg:Place, kg:Project, kg:Policy, kg:Document, kg:Event))
        OPTIONAL { ?x rdfs:label ?l } } GROUP BY ?x HAVING (COUNT(DISTINCT ?l) != 1)""",
    "an edge to a thing that is not told": """SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER (STRSTARTS(STR(?p), STR(kg:)) || STRSTARTS(STR(?p), STR(org:)))
        FILTER (isIRI(?o)) FILTER NOT EXISTS { ?o a ?k } FILTER NOT EXISTS { ?s a kg:Extraction } }""",
    "a statement that nobody makes": "SELECT ?s WHERE { ?s a kg:Statement FILTER NOT EXISTS { ?s kg:madeBy ?who } }",
    "a fact without evidence": """SELECT ?x WHERE { ?x a ?k FILTER (?k IN (kg:Statement, kg:Tenure, kg:Assertion, kg:Event))
        FILTER NOT EXISTS { ?x kg:evidence ?e } }""",
    "a passage that shows nothing": "SELECT ?x WHERE { ?x a kg:Passage FILTER NOT EXISTS { ?f kg:evidence ?x } }",
    "a post that is held without a report": """SELECT ?p ?post WHERE { ?p kg:holdsPost ?post
        FILTER NOT EXISTS { ?a a kg:Assertion ; rdf:subject ?p ; rdf:object ?post }
        FILTER NOT EXISTS { ?e a kg:Appointment ; kg:target ?p } }""",
    "a tenure without a report": """SELECT ?t WHERE { ?t a kg:Tenure ; org:member ?p ; kg:post ?q
        FILTER NOT EXISTS { ?a a kg:Assertion ; rdf:subject ?p ; rdf:object ?q } }""",
    "a decision on what is not there": f"""SELECT ?c ?x WHERE {{ GRAPH {RESOLUTION} {{ ?r a kg:Resolution ; kg:candidate ?c . ?c kg:resolvedTo ?x }}
        FILTER NOT EXISTS {{ ?x a ?k }} }}""",
    "a candidate that became two things": f"SELECT ?c WHERE {{ GRAPH {RESOLUTION} {{ ?c kg:resolvedTo ?a, ?b }} FILTER (?a != ?b) }}",
}


@dataclass(frozen=True)
class Graph:
    """A graph that is corrected, and asked."""

    output: Path

    def ask(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT, sorted; unbound cells are empty."""
        with Store(self.output, reading=True) as store:
            return sorted(tuple(cell or "" for cell in row) for row in select(store, sparql))

    def column(self, sparql: str) -> list[str]:
        return [cell for (cell,) in self.ask(sparql)]

    def correct(self, *lines: str) -> Summary:
        """Keep these lines, build without reading anything, and see that the graph is whole."""
        rows = [f"c{number}\t" + line.replace(" | ", "\t") for number, line in enumerate(lines, 1)]
        (self.output / "corrections.tsv").write_text(HEADER + "".join(f"{row}\t王编\t据任前公示\n" for row in rows), encoding="utf-8")
        summary = build([], self.output)
        self.is_whole()
        return summary

    def is_whole(self) -> None:
        with Store(self.output, reading=True) as store:
            assert {name: list(select(store, question)) for name, question in BROKEN.items()} == {name: [] for name in BROKEN}

    def article(self, headline: str) -> str:
        """Return the id of the first article of a headline."""
        found = self.column(f'SELECT DISTINCT ?a WHERE {{ ?a a kg:Article ; schema:headline "{headline}"@zh ; schema:datePublished ?day }} ORDER BY ?day')
        return found[0].rpartition("/")[2]

    def contents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.output.glob("graph.t*")}

    def persons(self, name: str) -> list[str]:
        """Return the persons of a name, as paths below the base; reporters are left out."""
        found = self.column(f'SELECT DISTINCT ?p WHERE {{ ?p a kg:Person ; rdfs:label|skos:altLabel "{name}"@zh FILTER NOT EXISTS {{ ?p a kg:Journalist }} }}')
        return [one.removeprefix(DEFAULT_BASE) for one in found]

    def values(self, thing: str, path: str) -> list[str]:
        return self.column(f"SELECT DISTINCT ?v WHERE {{ <{DEFAULT_BASE}{thing}> {path} ?v }}")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph without corrections."""
    output = tmp_path_factory.mktemp("corrected") / "output"
    assert not build([PILE], output).refused
    return output


@pytest.fixture(autouse=True)
def _no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes longer than all the rest, and is not what is tested here."""
    monkeypatch.setattr(sys.modules["kg.build.building"], "draw", lambda store, path, lang: path.write_text("drawn", encoding="utf-8"))


@pytest.fixture
def graph(plain: Path, tmp_path: Path) -> Iterator[Graph]:
    """A copy to correct. In the end the lines are taken out again: not a byte of them may be left."""
    shutil.copytree(plain, tmp_path / "output", ignore=shutil.ignore_patterns("*.lock"))
    graph = Graph(tmp_path / "output")
    assert graph.contents() == Graph(plain).contents()
    yield graph
    if (graph.output / "corrections.tsv").exists():
        (graph.output / "corrections.tsv").unlink()
        assert build([], graph.output).unmet == ()
        assert graph.contents() == Graph(plain).contents()


def test_the_graph_without_corrections_is_whole(plain: Path) -> None:
    Graph(plain).is_whole()


# ---------------------------------------------------------------- same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("person/青岚区/赵文博", "person/望江区/赵文博"),
        (f"{DEFAULT_BASE}person/青岚区/赵文博", f"<{DEFAULT_BASE}person/望江区/赵文博>"),
        ("person:青岚区/赵文博", "person:望江区/赵文博"),
        ("person:赵文博@青岚区商务局局长", "person:赵文博@post/望江区商务局局长"),
    ],
    ids=["relative", "whole", "prefixed", "by post"],
)
def test_two_of_one_name_are_one(graph: Graph, one: str, other: str) -> None:
    assert graph.persons("赵文博") == ["person/望江区/赵文博", "person/青岚区/赵文博"]
    assert graph.correct(f"same | {one} | {other}").unmet == ()
    (me,) = graph.persons("赵文博")
    assert graph.values(me, "kg:holdsPost/rdfs:label") == ["望江区商务局局长", "青岚区商务局局长"]
    assert len(graph.values(me, "^org:member")) == 2


@pytest.mark.parametrize("form", ["person/{area}/{name}@{id}", "article/{id}/candidate/{name}", "<" + DEFAULT_BASE + "article/{id}/candidate/{name}>"])
def test_a_person_is_named_by_what_an_article_means(graph: Graph, form: str) -> None:
    villager, officer = graph.article("青岚区：城市书房里书香浓"), graph.article("沈知远到城市书房建设项目调研")
    assert len(graph.persons("李伟")) == 3
    summary = graph.correct(" | ".join(("same", *(form.format(area="青岚区", name="李伟", id=id) for id in (officer, villager)))))
    assert summary.unmet == ()
    assert graph.persons("李伟") == ["person/望江区/李伟", "person/青岚区/李伟"]
    assert any("下了班来坐一坐" in text for text in graph.values("person/青岚区/李伟", "^kg:madeBy/kg:text"))


def test_persons_of_two_names_are_one_with_all_that_both_did(graph: Graph) -> None:
    told = graph.values("person/青岚区/白承安", "^kg:companion"), graph.values("person/青岚区/赵文博", "^kg:companion")
    assert graph.correct("same | person/青岚区/赵文博 | person/青岚区/白承安").unmet == ()
    assert graph.persons("白承安") == graph.persons("赵文博")[1:] == ["person/青岚区/赵文博"]
    assert graph.values("person/青岚区/赵文博", "rdfs:label") == ["赵文博"]
    assert graph.values("person/青岚区/赵文博", "kg:holdsPost/rdfs:label") == ["青岚区商务局局长", "青岚区审计局局长"]
    assert set(graph.values("person/青岚区/赵文博", "^kg:companion")) == {*told[0], *told[1]}
    assert graph.ask('SELECT ?m ?l WHERE { ?t a kg:Tenure ; org:member ?m ; kg:post/rdfs:label ?l . ?m rdfs:label|skos:altLabel "白承安"@zh }') == [
        (f"{DEFAULT_BASE}person/青岚区/赵文博", post) for post in ("青岚区商务局局长", "青岚区审计局局长")
    ]


def test_two_names_in_one_post_have_one_tenure(graph: Graph) -> None:
    # 段秋白 lost the post in the decision that gave it to 程若渔: as one person, he or she just holds it
    assert graph.correct("same | person/望江区/段秋白 | person/望江区/程若渔").unmet == ()
    rows = graph.ask(
        """SELECT ?m ?from ?until ?other WHERE { ?t a kg:Tenure ; org:member ?m ; kg:post/rdfs:label "望江区教育局局长"@zh
           OPTIONAL { ?t schema:validFrom ?from } OPTIONAL { ?t schema:validUntil ?until } OPTIONAL { ?t kg:successor|kg:predecessor ?other } }"""
    )
    assert rows == [(f"{DEFAULT_BASE}person/望江区/段秋白", "2023-12-20", "2023-12-20", "")]


def test_three_names_become_one_step_by_step(graph: Graph) -> None:
    lines = ("same | person/青岚区/白承安 | person/青岚区/邓海山", "same | person/青岚区/赵文博 | person/青岚区/白承安")
    assert graph.correct(*lines).unmet == ()
    assert len({*graph.persons("邓海山"), *graph.persons("白承安"), "person/青岚区/赵文博"}) == 1
    assert len(graph.values("person/青岚区/赵文博", "^org:member")) == 3


def test_two_events_are_one_with_both_reports(graph: Graph) -> None:
    meetings = 'SELECT ?e WHERE { ?e a kg:Meeting ; kg:date "2023-07-11"^^xsd:date ; rdfs:label ?l FILTER (?l IN ("常委会会议"@zh, "青岚区防汛工作会议"@zh)) }'
    one, other = graph.column(meetings)
    assert graph.correct(f"same | {one} | {other}").unmet == ()
    assert len(graph.values(one.removeprefix(DEFAULT_BASE), "kg:reportedIn")) == 2
    assert graph.column(f"SELECT ?x WHERE {{ <{other}> ?p ?x }}") == []


def test_events_of_two_months_are_one(graph: Graph) -> None:
    (one,) = graph.column('SELECT ?e WHERE { ?e rdfs:label "青岚区促消费工作推进会"@zh }')
    (other,) = graph.column('SELECT ?e WHERE { ?e rdfs:label "青岚区防汛工作会议"@zh }')
    assert graph.correct(f"same | {one} | {other}").unmet == ()
    assert len(graph.values(one.removeprefix(DEFAULT_BASE), "kg:reportedIn")) == 2
    assert graph.values(one.removeprefix(DEFAULT_BASE), "skos:altLabel") != []


def test_two_bodies_are_one_and_so_are_their_posts_if_that_is_said(graph: Graph) -> None:
    lines = (
        "same | org/青岚区文化和旅游局 | org/青岚区文化局",
        "same | organization:青岚区文化和旅游局 | org:青岚区旅游局",
        "same | post/青岚区文化和旅游局局长 | post/青岚区文化局局长",
    )
    assert graph.correct(*lines).unmet == ()
    me = "org/青岚区文化和旅游局"
    assert graph.values(me, "rdfs:label") == ["青岚区文化和旅游局"]
    assert {"青岚区文化局", "青岚区旅游局"} <= set(graph.values(me, "skos:altLabel"))
    assert graph.values("org/青岚区文化局", "?p") == []
    posts = graph.column('SELECT DISTINCT ?l WHERE { ?t org:member/rdfs:label "许静秋"@zh ; kg:post/rdfs:label ?l }')
    assert posts == ["青岚区副区长", "青岚区文化和旅游局局长"]


def test_joining_to_something_that_is_not_there_does_nothing_and_is_told(graph: Graph) -> None:
    before = graph.contents()["graph.ttl"]
    summary = graph.correct("same | org/青岗区委 | org/青岚区委", "same | person/青岗区/赵文博 | person/青岚区/赵文博", "same | org/青岚区委 | org/青岗区委")
    assert [one.id for one in summary.unmet] == ["c1", "c2", "c3"]
    assert graph.contents()["graph.ttl"] == before


def test_what_joins_in_a_circle_or_two_kinds_of_things_is_told(graph: Graph) -> None:
    lines = (
        "same | org/青岚区委 | org/青岚区政府",
        "same | org/青岚区政府 | org/青岚区委",
        "same | org/青岚区委 | area/青岚区",
        "same | area/青岚区 | person/青岚区/沈知远",
    )
    summary = graph.correct(*lines)
    assert "c1" not in {one.id for one in summary.unmet}
    assert {"c3", "c4"} <= {one.id for one in summary.unmet}
    assert graph.values("org/青岚区政府", "?p") == []
    assert graph.values("area/青岚区", "rdfs:label") == ["青岚区"]


def test_two_areas_are_one(graph: Graph) -> None:
    assert graph.correct("same | area/松陵区 | area/松陵县").unmet == ()
    assert graph.values("area/松陵区", "rdfs:label") == ["松陵区"]
    assert "松陵县" in graph.values("area/松陵区", "skos:altLabel")
    assert graph.values("area/松陵县", "?p") == []


def test_a_reprint_that_the_program_did_not_see_gives_way(graph: Graph) -> None:
    one, other = graph.article("沈知远走访重点企业"), graph.article("青岚区委书记调研科技创新")
    assert graph.correct(f"same | article/{one} | article:{other}").unmet == ()
    assert graph.values(f"article/{other}", "kg:reprintOf") == [f"{DEFAULT_BASE}article/{one}"]
    assert graph.column("SELECT ?s WHERE { ?s a kg:Statement ; kg:text ?t FILTER (CONTAINS(?t, '做好全链条服务')) }") == []


# ---------------------------------------------------------------- different


def test_what_one_article_means_is_another_person(graph: Graph) -> None:
    bureau = graph.article("青岚区文化和旅游局挂牌成立")
    assert graph.correct(f"different | person/青岚区/许静秋 | person/青岚区/许静秋@{bureau}").unmet == ()
    old, new = graph.persons("许静秋")
    who = f"SELECT DISTINCT ?p WHERE {{ GRAPH <{DEFAULT_BASE}article/{bureau}> {{ ?p kg:holdsPost ?post ; rdfs:label '许静秋'@zh }} }}"
    assert graph.column(who) == [DEFAULT_BASE + new]
    assert "青岚区文化局局长" in graph.values(old, "kg:holdsPost/rdfs:label")
    assert "青岚区文化局局长" not in graph.values(new, "kg:holdsPost/rdfs:label")


def test_one_in_two_posts_is_two(graph: Graph) -> None:
    assert graph.correct("different | person:周晓岚@青岚区委常委 | person:周晓岚@松陵区委副书记").unmet == ()
    first, second = graph.persons("周晓岚")
    assert not {*graph.values(first, "kg:holdsPost")} & {*graph.values(second, "kg:holdsPost")}


def test_what_lines_made_can_be_named_by_the_next_lines(graph: Graph) -> None:
    apart = "different | person:许静秋@青岚区文化局局长 | person:许静秋@青岚区文化和旅游局局长"
    graph.correct(apart)
    new = next(one for one in graph.persons("许静秋") if "青岚区文化和旅游局局长" in graph.values(one, "kg:holdsPost/rdfs:label"))
    assert graph.correct(apart, f"label | {new} | 许静湫").unmet == ()
    assert graph.persons("许静湫") == [new]
    assert graph.correct(apart, f"same | person/青岚区/白承安 | {new}").unmet == ()
    assert "青岚区文化和旅游局局长" in graph.values("person/青岚区/白承安", "kg:holdsPost/rdfs:label")


def test_one_event_is_two(graph: Graph) -> None:
    daily, evening = graph.article("沈知远走访重点企业"), graph.article("青岚区委书记调研科技创新")
    (visit,) = graph.column('SELECT ?e WHERE { ?e a kg:Inspection ; kg:date "2024-11-05"^^xsd:date }')
    assert graph.correct(f"different | {visit}@{daily} | {visit}@{evening}").unmet == ()
    visits = graph.ask('SELECT ?e ?a WHERE { ?e a kg:Inspection ; kg:date "2024-11-05"^^xsd:date ; kg:reportedIn ?a }')
    assert len({event for event, _ in visits}) == len(visits) == 2


def test_a_body_that_one_article_means_otherwise_is_another_one_there(graph: Graph) -> None:
    meeting = graph.article("青岚区召开防汛工作会议")
    for line in (f"different | org/青岚区政府 | org/青岚区政府@{meeting}", f"different | area/青岚区@{meeting} | area/青岚区"):
        kind, name = line.split(" | ")[1].partition("@")[0].split("/")
        summary = graph.correct(line)
        if kind == "org":  # this report names no government
            assert [one.id for one in summary.unmet] == ["c1"]
            continue
        assert summary.unmet == ()
        assert graph.values(f"{kind}/{name}-{meeting[:8]}", "rdfs:label") == [name]
        assert f"{DEFAULT_BASE}article/{meeting}" not in graph.values(f"{kind}/{name}", "^kg:mentions")
        assert graph.values(f"{kind}/{name}-{meeting[:8]}", "^kg:mentions") == [f"{DEFAULT_BASE}article/{meeting}"]


def test_what_was_taken_for_a_reprint_speaks_for_itself(graph: Graph) -> None:
    again, first = graph.ask("SELECT ?b ?a WHERE { ?b kg:reprintOf ?a ; schema:headline ?h FILTER (CONTAINS(?h, '老旧小区')) }")[0]
    number = len(graph.column("SELECT ?s WHERE { ?s a kg:Statement }"))
    assert graph.correct(f"different | {first} | {again}").unmet == ()
    assert graph.values(again.removeprefix(DEFAULT_BASE), "kg:reprintOf") == []
    assert len(graph.column("SELECT ?s WHERE { ?s a kg:Statement }")) > number


def test_a_newer_edition_that_is_another_report_replaces_nothing(graph: Graph) -> None:
    ((new, old),) = graph.ask("SELECT ?new ?old WHERE { ?new dcterms:replaces ?old }")
    assert graph.correct(f"different | {new} | {old}").unmet == ()
    assert graph.ask("SELECT ?new ?old WHERE { ?new dcterms:replaces ?old }") == []
    assert graph.column(f"SELECT ?s WHERE {{ GRAPH <{old}> {{ ?s a kg:Statement }} }}") != []


# ---------------------------------------------------------------- label


@pytest.mark.parametrize(
    ("thing", "path"),
    [
        ("org/青岚区委", "org/青岚区委"),
        ("area:望江区", "area/望江区"),
        ("policy/双减", "policy/双减"),
        ("project/望江区/望岚产业园", "project/望江区/望岚产业园"),
        ("person/望江区/李伟", "person/望江区/李伟"),
        ("person:李伟@望江区副区长", "person/望江区/李伟"),
        ("post:望江区副区长", "post/望江区副区长"),
    ],
)
def test_a_thing_gets_the_name_that_the_user_gives_it(graph: Graph, thing: str, path: str) -> None:
    (old,) = graph.values(path, "rdfs:label")
    tenures = graph.column("SELECT ?t WHERE { ?t a kg:Tenure }")
    assert graph.correct(f'label | {thing} | “新”名 "甲" \\').unmet == ()
    assert graph.values(path, "rdfs:label") == ['“新”名 "甲" \\']
    assert old in graph.values(path, "skos:altLabel")
    assert graph.column("SELECT ?t WHERE { ?t a kg:Tenure }") == tenures


def test_an_event_of_two_reports_gets_one_name(graph: Graph) -> None:
    (event,) = graph.column('SELECT ?e WHERE { ?e a kg:Meeting ; kg:date "2024-02-20"^^xsd:date }')
    assert graph.correct(f"label | {event} | 一季度推进会").unmet == ()
    assert graph.values(event.removeprefix(DEFAULT_BASE), "rdfs:label") == ["一季度推进会"]
    assert len(graph.values(event.removeprefix(DEFAULT_BASE), "kg:reportedIn")) == 2


# ---------------------------------------------------------------- drop


def statement(graph: Graph, words: str) -> str:
    (found,) = graph.column(f"SELECT ?s WHERE {{ ?s a kg:Statement ; kg:text ?t FILTER (CONTAINS(?t, '{words}')) }}")
    return found


def test_a_statement_goes_with_the_edges_that_nothing_else_draws(graph: Graph) -> None:
    said = statement(graph, "抢抓晴好天气") if graph.column("SELECT ?s WHERE { ?s kg:text ?t FILTER (CONTAINS(?t, '抢抓晴好天气')) }") else ""
    said = said or statement(graph, "强化企业科技创新主体地位")
    edges = graph.ask(f"SELECT ?who ?p ?what WHERE {{ <{said}> kg:madeBy ?who ; kg:concerns ?what . ?who ?p ?what FILTER (?p != kg:mentions) }}")
    assert edges
    assert graph.correct(f"drop | {said} | -").unmet == ()
    assert graph.column(f"SELECT ?x WHERE {{ {{ <{said}> ?p ?x }} UNION {{ ?x ?p <{said}> }} }}") == []
    for who, edge, what in edges:
        assert graph.ask(f"SELECT ?x WHERE {{ <{who}> <{edge}> <{what}> . BIND (1 AS ?x) }}") == []


def test_an_edge_that_another_statement_draws_stays(graph: Graph) -> None:
    rows = graph.ask(
        """SELECT DISTINCT ?s ?who ?what ?verb WHERE { ?s a kg:Statement ; kg:madeBy ?who ; kg:concerns ?what ; kg:speechVerb ?verb .
           ?t a kg:Statement ; kg:madeBy ?who ; kg:concerns ?what FILTER (?s != ?t) ?who kg:stated|kg:emphasized|kg:pointedOut|kg:required|kg:said ?what }"""
    )
    assert rows
    said, who, what, _ = rows[0]
    assert graph.correct(f"drop | {said} | -").unmet == ()
    assert graph.column(f"SELECT ?p WHERE {{ <{who}> ?p <{what}> }}") != []


@pytest.mark.parametrize("form", ["<{}>", "{}"])
def test_an_event_goes_with_its_edges_and_with_what_it_said(graph: Graph, form: str) -> None:
    (event,) = graph.column('SELECT ?e WHERE { ?e a kg:Meeting ; kg:date "2024-02-20"^^xsd:date }')
    assert graph.column(f"SELECT ?s WHERE {{ ?s kg:madeBy <{event}> }}") != []
    assert graph.correct(f"drop | {form.format(event)} | -").unmet == ()
    assert graph.column(f"SELECT ?x WHERE {{ {{ <{event}> ?p ?x }} UNION {{ ?x ?p <{event}> }} }}") == []
    assert graph.column('SELECT ?e WHERE { ?e a kg:Meeting ; kg:date "2024-02-20"^^xsd:date }') == []


def test_an_event_goes_from_one_report_only(graph: Graph) -> None:
    daily = graph.article("沈知远走访重点企业")
    (visit,) = graph.column('SELECT ?e WHERE { ?e a kg:Inspection ; kg:date "2024-11-05"^^xsd:date }')
    assert graph.correct(f"drop | {visit}@{daily} | -").unmet == ()
    assert graph.values(visit.removeprefix(DEFAULT_BASE), "kg:companion/rdfs:label") == ["李伟"]
    assert len(graph.values(visit.removeprefix(DEFAULT_BASE), "kg:reportedIn")) == 1


def test_with_an_appointment_the_days_go_that_it_tells(graph: Graph) -> None:
    (event,) = graph.column('SELECT ?e WHERE { ?e a kg:Appointment ; rdfs:label "任青岚区委书记"@zh }')
    assert graph.values(event.removeprefix(DEFAULT_BASE), "^kg:begunBy|^kg:endedBy") != []
    assert graph.correct(f"drop | {event} | -").unmet == ()
    told = 'SELECT ?d WHERE { ?t org:member/rdfs:label "沈知远"@zh ; kg:post/rdfs:label "青岚区委书记"@zh ; schema:validFrom|kg:begunBy ?d }'
    assert graph.column(told) == []


def test_what_an_article_says_of_a_post_goes_with_the_tenure(graph: Graph) -> None:
    (said,) = graph.column('SELECT ?a WHERE { ?a a kg:Assertion ; rdf:subject/rdfs:label "白承安"@zh ; rdf:object/rdfs:label "青岚区审计局局长"@zh }')
    assert graph.correct(f"drop | {said} | -").unmet == ()
    assert graph.values("person/青岚区/白承安", "kg:holdsPost|^org:member") == []
    assert graph.persons("白承安") == ["person/青岚区/白承安"]


def test_one_report_of_several_leaves_the_tenure_with_the_others(graph: Graph) -> None:
    rows = graph.ask(
        """SELECT ?a ?day WHERE { ?a a kg:Assertion ; rdf:subject/rdfs:label "沈知远"@zh ; rdf:object/rdfs:label "青岚区委书记"@zh ;
                   kg:evidence/kg:inArticle/schema:datePublished ?day }"""
    )
    last = max(rows, key=lambda row: row[1])[1]
    told = [said for said, day in rows if day == last]
    seen = 'SELECT ?d WHERE { ?t org:member/rdfs:label "沈知远"@zh ; kg:post/rdfs:label "青岚区委书记"@zh ; kg:lastSeen ?d }'
    assert graph.column(seen) == [last]
    assert graph.correct(*(f"drop | {said} | -" for said in told)).unmet == ()
    assert graph.column(seen) == [max(day for _, day in rows if day != last)]


def test_a_tenure_goes_with_all_that_says_so(graph: Graph) -> None:
    (tenure,) = graph.column('SELECT ?t WHERE { ?t a kg:Tenure ; org:member/rdfs:label "沈知远"@zh ; kg:post/rdfs:label "青岚区委书记"@zh }')
    assert graph.correct(f"drop | {tenure} | -").unmet == ()
    assert "青岚区委书记" not in graph.values("person/青岚区/沈知远", "kg:holdsPost/rdfs:label")
    assert graph.values(tenure.removeprefix(DEFAULT_BASE), "?p") == []
    assert graph.column('SELECT ?t WHERE { ?t a kg:Tenure ; org:member/rdfs:label "顾维桢"@zh ; kg:successor ?next }') == []


@pytest.mark.parametrize("edge", ["kg:holdsPost", "<https://w3id.org/zhengtu/ontology#holdsPost>"])
def test_a_fact_is_dropped_as_subject_predicate_and_object(graph: Graph, edge: str) -> None:
    assert graph.correct(f"drop | person:青岚区/何芷兰 {edge} post/青岚区委常委 | -").unmet == ()
    assert graph.values("person/青岚区/何芷兰", "kg:holdsPost/rdfs:label") == ["青岚区委组织部部长"]
    assert graph.values("person/青岚区/何芷兰", "^org:member/kg:post/rdfs:label") == ["青岚区委组织部部长"]


def test_a_literal_is_dropped_too(graph: Graph) -> None:
    (event,) = graph.column('SELECT ?e WHERE { ?e rdfs:label "青岚区促消费工作推进会"@zh }')
    (day,) = graph.column(f"SELECT ?d WHERE {{ <{event}> kg:date ?d }}")
    assert graph.correct(f'drop | {event} kg:date "{day}"^^xsd:date | -').unmet == ()
    assert graph.values(event.removeprefix(DEFAULT_BASE), "kg:date") == []


# ---------------------------------------------------------------- no-name


def test_a_word_that_is_no_person_leaves_no_trace(graph: Graph) -> None:
    assert graph.correct("no-name | 白承安 | Person").unmet == ()
    assert graph.persons("白承安") == []
    assert graph.column("SELECT ?s WHERE { { ?s ?p ?x } UNION { ?x ?p ?s } FILTER (isIRI(?s) && CONTAINS(STR(?s), '白承安')) }") == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("青岚区审计局局长", "Post"), ("青岚区委", "-"), ("松涛里城市更新项目", "Project"),
        ("双减", "Policy"), ("任青岚区委书记", "Appointment"), ("沈知远", "-"),
    ],
)
def test_a_word_that_names_nothing_leaves_the_graph_whole(graph: Graph, word: str, kind: str) -> None:
    assert graph.correct(f"no-name | {word} | {kind}").unmet == ()
    assert graph.column(f'SELECT ?x WHERE {{ ?x rdfs:label "{word}"@zh }}') == []


def test_a_word_is_no_name_of_one_class_only(graph: Graph) -> None:
    summary = graph.correct("no-name | 白承安 | Organization")
    assert [one.id for one in summary.unmet] == ["c1"]
    assert graph.persons("白承安") == ["person/青岚区/白承安"]


# ---------------------------------------------------------------- lines as such


ALL = (
    "same | person/青岚区/赵文博 | person/望江区/赵文博",
    "different | person:周晓岚@青岚区委常委 | person:周晓岚@松陵区委副书记",
    "label | org/青岚区委 | 中共青岚区委",
    "drop | person:青岚区/何芷兰 kg:holdsPost post/青岚区委常委 | -",
    "no-name | 双减 | Policy",
)


def test_the_corrected_graph_keeps_all_rules(graph: Graph) -> None:
    (event,) = graph.column('SELECT ?e WHERE { ?e a kg:Meeting ; kg:date "2024-02-20"^^xsd:date }')
    lines = (
        f"drop | {event} | -",
        "same | person/青岚区/白承安 | person/青岚区/邓海山",
        "same | area/松陵区 | area/松陵县",
        "no-name | 青岚区审计局局长 | Post",
    )
    assert graph.correct(*ALL, *lines).unmet == ()
    with Store(graph.output, reading=True) as store:
        assert check(store).lines("en") == ()


def test_each_line_stands_in_the_resolution_graph_with_author_and_reason(graph: Graph) -> None:
    graph.correct(*ALL)
    rows = graph.ask(
        f"""SELECT ?c ?action ?author ?reason WHERE {{ GRAPH {RESOLUTION} {{
            ?c a kg:Correction ; kg:verdict ?action ; prov:wasAttributedTo ?author ; kg:reason ?reason }} }}"""
    )
    assert rows == [(f"{DEFAULT_BASE}correction/c{number}", line.split(" | ")[0], "王编", "据任前公示") for number, line in enumerate(ALL, 1)]
    decided = graph.ask(
        f"""SELECT DISTINCT ?verdict ?reason WHERE {{ GRAPH {RESOLUTION} {{
            ?r a kg:Resolution ; prov:wasAttributedTo "王编" ; kg:verdict ?verdict ; kg:reason ?reason }} }}"""
    )
    assert decided == [("different", "人工更正 c2：据任前公示"), ("same", "人工更正 c1：据任前公示")]


def test_corrections_stand_in_no_other_graph(graph: Graph) -> None:
    graph.correct(*ALL)
    assert graph.column("SELECT ?c WHERE { ?c a kg:Correction }") == []


def test_nothing_is_read_again(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("an article was read")

    monkeypatch.setattr("kg.extract.RuleExtractor.__init__", never)
    graph.correct(*ALL)
    graph.correct(ALL[2], "same | org/青岚区委 | org/青岚区政府")
    assert graph.values("org/青岚区委", "rdfs:label") == ["中共青岚区委"]


def test_the_same_lines_again_change_nothing(graph: Graph) -> None:
    graph.correct(*ALL)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in graph.output.glob("graph.*")}
    summary = graph.correct(*ALL)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in graph.output.glob("graph.*")} == before
    assert (summary.added, summary.replaced, summary.removed, summary.unmet) == (0, 0, 0, ())


def test_a_line_that_meets_nothing_is_told_at_every_build(graph: Graph) -> None:
    lines = (
        "same | person/青岚区/张三 | person/青岚区/李四",
        "different | person/青岚区/张三 | person/青岚区/张三@0123456789abcdef",
        "label | org/没有的局 | 局",
        "drop | article/0123456789abcdef/event/1-2 | -",
        "drop | person/青岚区/沈知远 kg:holdsPost post/没有的职务 | -",
        "drop | article/0123456789abcdef/tenure/1-2-aaaaaaaa | -",
        "no-name | 没有的名字 | -",
        "label | org/青岚区委@0123456789abcdef | 委",
        "same | article/0123456789abcdef | article/fedcba9876543210",
        "drop | 一 二 三 四 | -",
        "drop | a b | -",
        "label | <> | 空",
        "label | @ | 空",
    )
    for _ in range(2):
        assert [one.id for one in graph.correct(*lines).unmet] == [f"c{number}" for number in range(1, len(lines) + 1)]


def test_a_correction_is_applied_in_any_order_of_files_and_runs(graph: Graph, tmp_path: Path) -> None:
    graph.correct(*ALL)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(graph.output / "corrections.tsv", other)
    files = sorted(PILE.glob("*.txt"), key=lambda file: (file.stem[-1], file.name))
    for run in range(4):
        build(files[run::4], other)
    assert Graph(other).contents()["graph.ttl"] == graph.contents()["graph.ttl"]


def test_a_target_that_leaves_and_comes_back_takes_its_joint_with_it(graph: Graph, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("published: 2024-12-20\n\n青岚区司法局召开会议\n\n本报讯 12月19日,青岚区司法局召开会议。\n", encoding="utf-8")
    graph.correct()
    before = graph.contents()
    build([page], graph.output)
    (target,) = (one for one in graph.column("SELECT ?o WHERE { ?o a kg:Organization }") if "司法" in one)
    line = f"same | {target} | org/青岚区文化局"
    assert graph.correct(line).unmet == ()
    assert graph.values("org/青岚区文化局", "?p") == []
    summary, _ = remove(["page.txt"], graph.output)
    assert [one.id for one in summary.unmet] == ["c1"]
    graph.is_whole()
    assert graph.values("org/青岚区文化局", "rdfs:label") == ["青岚区文化局"]
    assert build([page], graph.output).unmet == ()
    assert graph.values("org/青岚区文化局", "?p") == []
    remove(["page.txt"], graph.output)
    graph.correct()
    assert graph.contents() == before


def test_hostile_words_break_nothing(graph: Graph) -> None:
    words = ('"', "\\", "<x>", "}}", "' OR 1=1", "𠮷", "%", "person/%E4%B8", "=1+1", "\u3000", "@@", "a@b@c", "article/x/event/", "article//", "x" * 500)
    lines = [f"{action} | {word}x | {word}y" for word in words for action in ("same", "different", "label")]
    lines += [line for word in words for line in (f"drop | {word}x | -", f"drop | {word}x {word}y {word}z | -", f"no-name | {word}x | -")]
    assert len(graph.correct(*lines).unmet) == len(lines)


@pytest.mark.parametrize("name", ['"', "\\", "<x>", "=1+1", "𠮷", "a@b", "%"])
def test_any_words_can_be_a_label(graph: Graph, name: str) -> None:
    assert graph.correct(f"label | org/青岚区委 | {name}").unmet == ()
    assert graph.values("org/青岚区委", "rdfs:label") == [name]


# ---------------------------------------------------------------- the file


Refusal = Callable[[str], str]


@pytest.fixture
def refusal(graph: Graph) -> Refusal:
    """Keep a table that is wrong, and return the line that tells it; the graph stays as it was."""

    def told(content: str) -> str:
        (graph.output / "corrections.tsv").write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            build([], graph.output)
        for message in (str(caught.value), caught.value.english):
            assert "\n" not in message
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.english.replace("王编", ""))
        return caught.value.english

    return told


@pytest.mark.parametrize(
    ("content", "where", "words"),
    [
        ("id\taction\n", "corrections.tsv:1", "header"),
        (HEADER + "c1\tsame\ta\n", "corrections.tsv:2", "3 cells"),
        (HEADER + "\n# remark\nc1\tmerge\ta\tb\t王编\tr\n", "corrections.tsv:4", "same different label drop no-name"),
        (HEADER + "c1\tsame\ta\t-\t王编\tr\n", "corrections.tsv:2", "needs both"),
        (HEADER + "c1\tdrop\ta\t-\t王编\t\n", "corrections.tsv:2", "reason is empty"),
        (HEADER + "c1\tdrop\ta\t-\t\tr\n", "corrections.tsv:2", "author is empty"),
        (HEADER + "c1\tdrop\ta\t-\t王编\tr\nc1\tdrop\tb\t-\t王编\tr\n", "corrections.tsv:3", "used twice"),
        (HEADER + "c1\tno-name\ta\tPersn\t王编\tr\n", "corrections.tsv:2", "Person"),
    ],
)
def test_a_wrong_line_is_told_with_file_and_line(refusal: Refusal, content: str, where: str, words: str) -> None:
    line = refusal(content)
    assert where in line
    assert words in line


def test_a_table_that_is_missing_or_no_text_is_told(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.tsv"):
        build([], graph.output, corrections=tmp_path / "none.tsv")
    (tmp_path / "bad.tsv").write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match=r"bad\.tsv"):
        build([], graph.output, corrections=tmp_path / "bad.tsv")


@pytest.mark.parametrize(
    "write", [lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.replace("\n", "\r\n").encode(), lambda text: text.encode("gb18030")]
)
def test_tables_as_spreadsheets_write_them_are_read(graph: Graph, write: Callable[[str], bytes]) -> None:
    (graph.output / "corrections.tsv").write_bytes(write(HEADER + "c1\tlabel\torg/青岚区委\t中共青岚区委\t王编\t全称\n"))
    assert build([], graph.output).unmet == ()
    assert graph.values("org/青岚区委", "rdfs:label") == ["中共青岚区委"]


def test_an_empty_table_corrects_nothing(graph: Graph) -> None:
    before = graph.contents()
    for content in ("", HEADER, "# nothing yet\n"):
        (graph.output / "corrections.tsv").write_text(content, encoding="utf-8")
        assert build([], graph.output).unmet == ()
        assert graph.contents() == before


def test_another_table_can_be_named(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(HEADER + "c1\tlabel\torg/青岚区委\t中共青岚区委\t王编\t全称\n", encoding="utf-8")
    graph.correct("label | org/青岚区委 | 区委")
    assert build([], graph.output, corrections=tmp_path / "mine.tsv").unmet == ()
    assert graph.values("org/青岚区委", "rdfs:label") == ["中共青岚区委"]
