"""The invented pile comes out right, fact by fact: who is who, who held what, what is one thing, what is printed again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from world import CAREERS, DISTRICTS, NAMESAKES, OCCASIONS, RENAMED_ON, Career, Occasion, named, posts
from writing import reports, short

from kg.build import build
from kg.graph import DEFAULT_BASE

if TYPE_CHECKING:
    from conftest import Pile

TENURES = f"<{DEFAULT_BASE}tenures>"
RESOLUTION = f"<{DEFAULT_BASE}resolution>"

PEOPLE = sorted({named(career.person) for career in CAREERS} - NAMESAKES)
ALONE = [career for career in CAREERS if named(career.person) not in NAMESAKES]

# Their reports in the pile, by the day of print and the paper.
COMMITTEE, FLOOD, COUNTY_FLOOD = "青岚区委召开常委会会议 研究乡村振兴工作", "青岚区召开防汛工作会议", "松陵县召开防汛工作会议"
COOPERATION = "青岚区与望江区签署战略合作协议"


def article(pile: Pile, day: str, paper: str, headline: str = "") -> str:
    """Return the IRI of the only article of a day in a paper whose headline begins so."""
    (found,) = pile.column(
        f"""SELECT DISTINCT ?a WHERE {{ ?a a kg:Article ; schema:datePublished "{day}"^^xsd:date ; schema:publisher "{paper}"@zh ; schema:headline ?headline
            FILTER (STRSTARTS(?headline, "{headline}")) }}"""
    )
    return found


def persons(pile: Pile, name: str) -> list[str]:
    """Return all persons of a name; a reporter is none of them."""
    return pile.column(f'SELECT DISTINCT ?p WHERE {{ ?p a kg:Person ; rdfs:label "{name}"@zh FILTER NOT EXISTS {{ ?p a kg:Journalist }} }}')


def holder(pile: Pile, name: str, post: str) -> str:
    """Return the only person of a name who holds or held a post."""
    (found,) = pile.column(f'SELECT DISTINCT ?p WHERE {{ ?p rdfs:label "{name}"@zh ; kg:holdsPost ?post . ?post rdfs:label|skos:altLabel "{post}"@zh }}')
    return found


def tenures(pile: Pile, name: str, post: str, *, acting: bool = False) -> list[str]:
    """Return the tenures of the persons of a name in a post."""
    return pile.column(
        f"""SELECT DISTINCT ?t WHERE {{
            ?t a kg:Tenure ; org:member ?p ; kg:post ?post ; kg:status ?status . ?p rdfs:label "{name}"@zh . ?post rdfs:label|skos:altLabel "{post}"@zh
            FILTER (?status {"=" if acting else "!="} "acting" && ?status != "proposed") }}"""
    )


def tenure(pile: Pile, name: str, post: str, *, acting: bool = False) -> str:
    (found,) = tenures(pile, name, post, acting=acting)
    return found


def values(pile: Pile, thing: str, path: str, graph: str = "") -> list[str]:
    """Return what a path leads to from a thing, in the default graph or in a named one."""
    where = f"<{thing}> {path} ?value"
    return pile.column(f"SELECT DISTINCT ?value WHERE {{ {f'GRAPH {graph} {{ {where} }}' if graph else where} }}")


def verdicts(pile: Pile, first: str, second: str) -> set[str]:
    """Return what was decided of candidates that became one thing and another (or the same) thing."""
    rows = pile.ask(
        f"""SELECT DISTINCT ?verdict WHERE {{ GRAPH {RESOLUTION} {{
            ?r a kg:Resolution ; kg:candidate ?a, ?b ; kg:verdict ?verdict . ?a kg:resolvedTo <{first}> . ?b kg:resolvedTo <{second}> FILTER (?a != ?b) }} }}"""
    )
    return {verdict for (verdict,) in rows}


# ---------------------------------------------------------------- the pile itself


def test_the_pile_is_two_years_of_at_least_sixty_reports_of_three_districts(pile: Pile) -> None:
    days = pile.column("SELECT ?day WHERE { ?a a kg:Article ; schema:datePublished ?day }")
    assert len(days) >= 60
    assert (days[0][:7], days[-1][:7]) == ("2023-01", "2024-12")
    assert {one.district for one in OCCASIONS} == set(DISTRICTS)


def test_every_report_is_one_article_and_the_text_that_two_papers_share_on_one_day_too(pile: Pile) -> None:
    pages = sum(1 for file in pile.files if file.suffix == ".txt")
    lines = sum(1 for report in reports() if report.publisher == "衡川晚报")
    assert pile.column("SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a kg:Article }") == [str(pages + lines - 1)]


@pytest.mark.parametrize("one", OCCASIONS, ids=lambda one: f"{one.day}-{one.district}")
def test_an_occasion_is_one_event_of_its_day_with_those_who_were_there_in_their_posts(pile: Pile, one: Occasion) -> None:
    kind = "Inspection" if one.kind == "visit" else "Meeting"
    for person in one.people:
        held = posts(person, one.day)[-1]
        found = pile.column(
            f"""SELECT DISTINCT ?e WHERE {{ ?e a kg:{kind} ; kg:date "{one.day}"^^xsd:date ; kg:agent|kg:companion|kg:chair|kg:speaker|kg:attendee ?p .
                ?p rdfs:label "{named(person)}"@zh ; kg:holdsPost/(rdfs:label|skos:altLabel) "{held}"@zh }}"""
        )
        assert len(found) == 1, (person, held)


# ---------------------------------------------------------------- who is who


@pytest.mark.parametrize("name", PEOPLE)
def test_whoever_bears_a_name_alone_is_one_person(pile: Pile, name: str) -> None:
    assert len(persons(pile, name)) == 1


def test_only_the_namesakes_share_a_label(pile: Pile) -> None:
    rows = pile.ask(
        """SELECT ?label (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p a kg:Person ; rdfs:label ?label FILTER NOT EXISTS { ?p a kg:Journalist } }
           GROUP BY ?label HAVING (COUNT(DISTINCT ?p) > 1)"""
    )
    assert rows == [("李伟", "3"), ("王建军", "2"), ("赵文博", "2")]


@pytest.mark.parametrize("career", CAREERS, ids=lambda career: f"{career.person}-{career.post}")
def test_everybody_holds_his_posts_on_one_node(pile: Pile, career: Career) -> None:
    me = holder(pile, named(career.person), career.post)
    for other in CAREERS:
        if other.person == career.person:
            assert holder(pile, named(other.person), other.post) == me


def test_two_li_wei_in_two_districts_stay_two(pile: Pile) -> None:
    here, there = holder(pile, "李伟", "青岚区副区长"), holder(pile, "李伟", "望江区副区长")
    assert here != there
    assert verdicts(pile, here, there) == {"different"}


def test_two_wang_jianjun_in_one_district_stay_two_though_they_are_seen_in_turn(pile: Pile) -> None:
    bureau, court = holder(pile, "王建军", "青岚区教育局局长"), holder(pile, "王建军", "青岚区法院院长")
    assert bureau != court
    assert verdicts(pile, bureau, court) == {"different"}


def test_an_article_that_names_both_li_wei_tells_them_apart(pile: Pile) -> None:
    here, there = holder(pile, "李伟", "青岚区副区长"), holder(pile, "李伟", "望江区副区长")
    graph = f"<{article(pile, '2024-04-10', '衡川日报', COOPERATION)}>"
    present = pile.column(f'SELECT DISTINCT ?p WHERE {{ GRAPH {graph} {{ ?e a kg:Ceremony ; kg:attendee ?p }} ?p rdfs:label "李伟"@zh }}')
    assert present == sorted((here, there))
    for words, speaker in (("青岚区将以此次签约为契机", here), ("望江区将全力做好服务保障", there)):
        said = pile.column(f'SELECT DISTINCT ?p WHERE {{ GRAPH {graph} {{ ?s kg:text ?text ; kg:madeBy ?p FILTER (CONTAINS(?text, "{words}")) }} }}')
        assert said == [speaker]


def test_a_villager_with_an_officials_name_is_nobody_of_them(pile: Pile) -> None:
    (villager,) = pile.column('SELECT DISTINCT ?p WHERE { ?s kg:text ?text ; kg:madeBy ?p FILTER (CONTAINS(?text, "下了班来坐一坐")) }')
    assert villager not in (holder(pile, "李伟", "青岚区副区长"), holder(pile, "李伟", "望江区副区长"))
    assert values(pile, villager, "kg:holdsPost") == []
    assert f"{DEFAULT_BASE}Official" not in values(pile, villager, "a")
    assert values(pile, villager, "rdfs:label") == ["李伟"]


def test_a_move_that_an_appointment_tells_leaves_one_person(pile: Pile) -> None:
    me = holder(pile, "周晓岚", "松陵县委副书记")
    assert holder(pile, "周晓岚", "青岚区委宣传部部长") == me
    assert "same" in verdicts(pile, me, me)
    assert "different" not in verdicts(pile, me, me)


def test_a_move_that_nobody_tells_is_undecided_and_leaves_two(pile: Pile) -> None:
    here, there = holder(pile, "赵文博", "青岚区商务局局长"), holder(pile, "赵文博", "望江区商务局局长")
    assert here != there
    assert verdicts(pile, here, there) == {"undecided"}


@pytest.mark.parametrize("name", ["韩子墨", "唐若溪", "孟繁星", "周晓岚"])
def test_officials_stay_themselves_when_their_county_becomes_a_district(pile: Pile, name: str) -> None:
    (me,) = persons(pile, name)
    held = values(pile, me, "kg:holdsPost/rdfs:label")
    assert any(post.startswith("松陵县") for post in held)
    assert any("松陵区" in post for post in held)


def test_every_decision_has_a_verdict_a_reason_and_a_rule(pile: Pile) -> None:
    rows = pile.ask(
        f"""SELECT ?r ?verdict ?reason ?rule (COUNT(DISTINCT ?c) AS ?n) WHERE {{ GRAPH {RESOLUTION} {{
            ?r a kg:Resolution ; kg:candidate ?c
            OPTIONAL {{ ?r kg:verdict ?verdict }} OPTIONAL {{ ?r kg:reason ?reason }} OPTIONAL {{ ?r kg:rule ?rule }} }} }}
            GROUP BY ?r ?verdict ?reason ?rule"""
    )
    assert rows
    assert all(verdict in ("same", "different", "undecided") and reason and rule and number == "2" for _, verdict, reason, rule, number in rows)
    assert len({row[0] for row in rows}) == len(rows)


def test_every_candidate_belongs_to_an_article_and_became_one_thing_of_the_graph(pile: Pile) -> None:
    rows = pile.ask(
        f"""SELECT DISTINCT ?c ?thing WHERE {{ GRAPH {RESOLUTION} {{ ?r kg:candidate ?c OPTIONAL {{ ?c kg:resolvedTo ?thing }} }}
            FILTER NOT EXISTS {{ ?thing rdfs:label ?label }} }}"""
    )
    assert rows == []
    candidates = pile.column(f"SELECT DISTINCT ?c WHERE {{ GRAPH {RESOLUTION} {{ ?r kg:candidate ?c }} }}")
    articles = set(pile.column("SELECT ?a WHERE { ?a a kg:Article }"))
    assert all(one.partition("/candidate/")[0] in articles for one in candidates)
    twice = f"SELECT ?c WHERE {{ GRAPH {RESOLUTION} {{ ?c kg:resolvedTo ?one, ?other }} FILTER (?one != ?other) }}"
    assert pile.column(twice) == []


def test_decisions_stand_in_their_own_graph_only(pile: Pile) -> None:
    assert pile.column("SELECT ?r WHERE { ?r a kg:Resolution }") == []


# ---------------------------------------------------------------- tenures


@pytest.mark.parametrize("career", ALONE, ids=lambda career: f"{career.person}-{career.post}")
def test_a_persons_time_in_a_post_is_one_tenure(pile: Pile, career: Career) -> None:
    me = tenure(pile, career.person, career.post, acting=career.status == "acting")
    assert values(pile, me, "a", TENURES) == values(pile, me, "a")
    assert me in pile.column(f"SELECT ?t WHERE {{ GRAPH {TENURES} {{ ?t a kg:Tenure ; org:member ?p ; kg:post ?post ; kg:status ?status ; kg:evidence ?e }} }}")


@pytest.mark.parametrize("career", ALONE, ids=lambda career: f"{career.person}-{career.post}")
def test_a_tenure_begins_and_ends_only_where_an_appointment_or_removal_says_so(pile: Pile, career: Career) -> None:
    me = tenure(pile, career.person, career.post, acting=career.status == "acting")
    assert values(pile, me, "schema:validFrom") == ([career.since] if career.begun == "told" else [])
    if career.status != "acting":  # whether being elected ends one's time as acting head is a matter of taste
        assert values(pile, me, "schema:validUntil") == ([career.until] if career.ended == "told" else [])
    for path, told, day in (("kg:begunBy", career.begun, career.since), ("kg:endedBy", career.ended, career.until)):
        if career.status != "acting" or path == "kg:begunBy":
            assert values(pile, me, f"{path}/kg:date") == ([day] if told == "told" else [])
            assert len(values(pile, me, path)) == (told == "told")
    for event in (*values(pile, me, "kg:begunBy"), *values(pile, me, "kg:endedBy")):
        assert pile.column(f"SELECT DISTINCT ?e WHERE {{ VALUES ?e {{ <{event}> }} ?e a kg:Appointment }}") == [event]


@pytest.mark.parametrize(
    ("name", "post", "first", "last"),
    [
        ("顾维桢", "青岚区委书记", "2023-01-11", "2023-07-12"),
        ("沈知远", "青岚区区长", "2023-02-08", "2023-08-04"),
        ("沈知远", "青岚区委书记", "2023-09-21", "2024-12-11"),
        ("陆明漪", "青岚区区长", "2024-01-13", "2024-10-16"),
        ("何芷兰", "青岚区委组织部部长", "2023-05-17", "2024-11-06"),
        ("程立", "青岚区公安分局局长", "2023-02-08", "2024-07-10"),
        ("白承安", "青岚区审计局局长", "2023-02-23", "2023-02-23"),
        ("方一鸣", "青岚区旅游局局长", "2023-04-05", "2023-04-05"),
        ("邓海山", "青岚区水利局局长", "2023-07-12", "2023-08-04"),
        ("许静秋", "青岚区文化局局长", "2023-02-10", "2023-02-10"),
        ("许静秋", "青岚区文化和旅游局局长", "2023-06-20", "2024-12-11"),
        ("韩子墨", "松陵县委书记", "2023-01-18", "2024-03-20"),
        ("韩子墨", "松陵区委书记", "2024-05-16", "2024-10-23"),
        ("段秋白", "望江区教育局局长", "2023-05-10", "2023-05-10"),
        ("程若渔", "望江区教育局局长", "2023-12-21", "2024-08-21"),
    ],
)
def test_a_tenure_tells_when_it_was_first_and_last_seen(pile: Pile, name: str, post: str, first: str, last: str) -> None:
    me = tenure(pile, name, post)
    assert (values(pile, me, "kg:firstSeen"), values(pile, me, "kg:lastSeen")) == ([first], [last])


def test_whoever_is_not_heard_of_again_keeps_the_post(pile: Pile) -> None:
    for name, post in (("白承安", "青岚区审计局局长"), ("方一鸣", "青岚区旅游局局长")):
        me = tenure(pile, name, post)
        assert values(pile, me, "kg:status") == ["held"]
        assert values(pile, me, "schema:validUntil|kg:endedBy|kg:successor") == []


def test_the_promoted_head_holds_both_posts_on_one_node_one_after_the_other(pile: Pile) -> None:
    former, present = tenure(pile, "沈知远", "青岚区区长"), tenure(pile, "沈知远", "青岚区委书记")
    assert values(pile, former, "org:member") == values(pile, present, "org:member") == persons(pile, "沈知远")
    assert (values(pile, former, "schema:validUntil"), values(pile, present, "schema:validFrom")) == (["2023-09-28"], ["2023-09-20"])
    assert values(pile, present, "schema:validUntil") == []


def test_the_new_secretary_comes_after_the_old_one(pile: Pile) -> None:
    old, new = tenure(pile, "顾维桢", "青岚区委书记"), tenure(pile, "沈知远", "青岚区委书记")
    assert values(pile, old, "kg:successor") == [new]
    assert values(pile, new, "kg:predecessor") == [old]
    assert values(pile, old, "kg:endedBy") == values(pile, new, "kg:begunBy")


def test_the_new_head_first_acts_and_comes_after_the_promoted_one(pile: Pile) -> None:
    old = tenure(pile, "沈知远", "青岚区区长")
    acting, elected = tenure(pile, "陆明漪", "青岚区代区长", acting=True), tenure(pile, "陆明漪", "青岚区区长")
    assert values(pile, old, "kg:successor/org:member") == persons(pile, "陆明漪")
    assert set(values(pile, old, "kg:successor")) <= {acting, elected}
    assert (values(pile, acting, "schema:validFrom"), values(pile, elected, "schema:validFrom")) == (["2023-09-28"], ["2024-01-12"])


def test_one_decision_ends_and_begins_the_time_of_two_heads_of_a_bureau(pile: Pile) -> None:
    old, new = tenure(pile, "段秋白", "望江区教育局局长"), tenure(pile, "程若渔", "望江区教育局局长")
    assert values(pile, old, "kg:successor") == [new]
    assert values(pile, old, "kg:endedBy") == values(pile, new, "kg:begunBy")
    assert values(pile, old, "kg:endedBy/kg:date") == ["2023-12-20"]


def test_a_removal_without_a_successor_ends_a_tenure_and_begins_none(pile: Pile) -> None:
    me = tenure(pile, "邓海山", "青岚区水利局局长")
    assert values(pile, me, "schema:validUntil") == ["2024-03-28"]
    assert values(pile, me, "kg:successor") == []
    (post,) = values(pile, me, "kg:post")
    assert pile.column(f"SELECT ?t WHERE {{ ?t a kg:Tenure ; kg:post <{post}> }}") == [me]


def test_a_post_of_several_seats_has_no_succession(pile: Pile) -> None:
    several = "VALUES ?name { '青岚区副区长'@zh '松陵县副县长'@zh '望江区副区长'@zh '青岚区委常委'@zh }"
    rows = pile.ask(f"SELECT ?t ?o WHERE {{ {several} ?post rdfs:label|skos:altLabel ?name . ?t kg:post ?post ; kg:successor|kg:predecessor ?o }}")
    assert rows == []


def test_posts_held_at_once_are_tenures_side_by_side(pile: Pile) -> None:
    for name, first, second in (("程立", "青岚区副区长", "青岚区公安分局局长"), ("何芷兰", "青岚区委常委", "青岚区委组织部部长")):
        one, other = tenure(pile, name, first), tenure(pile, name, second)
        assert one != other
        for path in ("org:member", "kg:firstSeen", "kg:lastSeen"):
            assert values(pile, one, path) == values(pile, other, path)
        assert values(pile, one, "schema:validUntil") == values(pile, other, "schema:validUntil") == []


def test_whoever_is_only_proposed_holds_nothing_new(pile: Pile) -> None:
    me = holder(pile, "许静秋", "青岚区文化和旅游局局长")
    assert not any("副区长" in post for post in values(pile, me, "kg:holdsPost/rdfs:label"))
    assert tenures(pile, "许静秋", "青岚区副区长") == []


def test_a_report_shows_the_post_of_its_day(pile: Pile) -> None:
    for day, paper, post in (("2023-02-08", "云州晚报", "青岚区区长"), ("2024-12-11", "云州晚报", "青岚区委书记")):
        graph = f"<{article(pile, day, paper)}>"
        held = pile.column(
            f"""SELECT DISTINCT ?label WHERE {{ GRAPH {graph} {{
                ?a a kg:Assertion ; rdf:subject ?p ; rdf:predicate kg:holdsPost ; rdf:object ?post ; kg:status "held" ; kg:evidence ?e .
                ?p rdfs:label "沈知远"@zh . ?post rdfs:label|skos:altLabel ?label }} }}"""
        )
        assert post in held
        assert ("青岚区区长" in held) != ("青岚区委书记" in held)


def test_tenures_stand_in_no_graph_of_an_article(pile: Pile) -> None:
    assert pile.column("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?t a kg:Tenure } }") == [TENURES.strip("<>")]


# ---------------------------------------------------------------- areas, bodies, policies, projects


def test_the_renamed_county_leads_to_the_district_in_its_place(pile: Pile) -> None:
    rows = pile.ask("SELECT DISTINCT ?old ?new WHERE { ?a a kg:Area ; rdfs:label ?old ; kg:replacedBy ?b . ?b a kg:Area ; rdfs:label ?new }")
    assert rows == [("松陵县", "松陵区")]
    graph = f"<{article(pile, '2024-05-16', '云州日报')}>"
    assert pile.column(f"SELECT ?q WHERE {{ GRAPH {graph} {{ ?a rdf:predicate kg:replacedBy ; kg:evidence/kg:quote ?q }} }}") != []


def test_the_merged_bureaus_lead_to_the_one_in_their_place(pile: Pile) -> None:
    rows = pile.ask("SELECT DISTINCT ?old ?new WHERE { ?a a kg:Organization ; rdfs:label ?old ; kg:replacedBy ?b . ?b a kg:Organization ; rdfs:label ?new }")
    assert rows == [("青岚区文化局", "青岚区文化和旅游局"), ("青岚区旅游局", "青岚区文化和旅游局")]


@pytest.mark.parametrize("name", sorted({name for district in DISTRICTS.values() for _, name in district.names}))
def test_a_district_is_one_area(pile: Pile, name: str) -> None:
    assert len(pile.column(f'SELECT DISTINCT ?a WHERE {{ ?a a kg:Area ; rdfs:label|skos:altLabel "{name}"@zh }}')) == 1


@pytest.mark.parametrize(("district", "city"), [("青岚区", "云州市"), ("松陵区", "云州市"), ("望江区", "衡川市")])
def test_a_district_lies_in_its_city(pile: Pile, district: str, city: str) -> None:
    found = pile.column(f'SELECT DISTINCT ?city WHERE {{ ?a a kg:Area ; rdfs:label "{district}"@zh ; kg:partOf+ ?b . ?b rdfs:label ?city }}')
    assert city in found


def test_the_party_committee_is_one_body_however_it_is_written(pile: Pile) -> None:
    names = "VALUES ?name { '青岚区委'@zh '中共青岚区委'@zh }"
    assert len(pile.column(f"SELECT DISTINCT ?o WHERE {{ {names} ?o a kg:Organization ; rdfs:label|skos:altLabel ?name }}")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("青岚区委书记", "中共青岚区委书记"), ("青岚区区长", "青岚区人民政府区长"), ("青岚区副区长", "青岚区人民政府副区长"), ("青岚区代区长", "青岚区代理区长")],
)
def test_a_post_is_one_however_it_is_written(pile: Pile, one: str, other: str) -> None:
    first, second = (pile.column(f'SELECT DISTINCT ?post WHERE {{ ?post a kg:Post ; rdfs:label|skos:altLabel "{name}"@zh }}') for name in (one, other))
    assert len(first) == 1
    assert first == second


def test_a_policy_is_one_however_it_is_written(pile: Pile) -> None:
    found = pile.column(
        """SELECT DISTINCT ?p WHERE { ?p a kg:Policy ; rdfs:label|skos:altLabel ?name FILTER (CONTAINS(?name, "四挂钩"))
           FILTER NOT EXISTS { ?p a kg:Task } }"""
    )
    assert len(found) == 1
    stressed = pile.column(f"SELECT DISTINCT ?name WHERE {{ ?who kg:stated|kg:emphasized|kg:pointedOut|kg:required <{found[0]}> ; rdfs:label ?name }}")
    assert {"沈知远", "秦望川", "韩子墨", "顾维桢"} & set(stressed)


def test_two_projects_of_one_name_in_two_districts_stay_two(pile: Pile) -> None:
    rows = pile.ask(
        """SELECT DISTINCT ?project ?visitor WHERE { ?p a kg:Person ; rdfs:label ?visitor ; kg:inspected ?project .
           ?project a kg:Project ; rdfs:label|skos:altLabel "城市书房建设项目"@zh FILTER (?visitor IN ("沈知远"@zh, "贺云亭"@zh)) }"""
    )
    assert [visitor for _, visitor in rows].count("沈知远") == [visitor for _, visitor in rows].count("贺云亭") == 1
    assert len({project for project, _ in rows}) == 2
    for project, visitor in rows:
        assert values(pile, project, "kg:inArea/rdfs:label") == ["青岚区" if visitor == "沈知远" else "望江区"]


# ---------------------------------------------------------------- one event in two papers


def meeting(pile: Pile) -> str:
    (found,) = pile.column('SELECT DISTINCT ?m WHERE { ?m a kg:Meeting ; kg:date "2024-02-20"^^xsd:date }')
    return found


def test_a_meeting_in_two_papers_is_one_meeting_with_two_reports(pile: Pile) -> None:
    daily, evening = article(pile, "2024-02-21", "云州日报"), article(pile, "2024-02-21", "云州晚报")
    assert values(pile, meeting(pile), "kg:reportedIn") == sorted((daily, evening))
    assert values(pile, meeting(pile), "kg:chair/rdfs:label") == ["陆明漪"]


def test_what_one_report_of_a_meeting_omits_can_be_asked_for(pile: Pile) -> None:
    daily, evening, here = article(pile, "2024-02-21", "云州日报"), article(pile, "2024-02-21", "云州晚报"), meeting(pile)
    omitted = f"""SELECT DISTINCT ?name WHERE {{ GRAPH <{daily}> {{ <{here}> kg:speaker ?p . ?p rdfs:label ?name }}
        FILTER NOT EXISTS {{ GRAPH <{evening}> {{ <{here}> kg:speaker ?p }} }} }}"""
    assert pile.column(omitted) == ["李伟"]
    omitted = f"""SELECT DISTINCT ?policy WHERE {{
        GRAPH <{daily}> {{ ?s kg:madeAt <{here}> ; kg:concerns ?p . ?p rdfs:label ?policy FILTER (CONTAINS(?policy, "四挂钩")) }}
        FILTER NOT EXISTS {{ GRAPH <{evening}> {{ ?t kg:concerns ?p }} }} }}"""
    assert pile.column(omitted) != []


def test_the_default_graph_tells_of_a_meeting_what_either_report_tells(pile: Pile) -> None:
    assert {"沈知远", "陆明漪", "李伟", "何芷兰"} == set(values(pile, meeting(pile), "kg:attendee/rdfs:label"))
    said = pile.column(f"SELECT DISTINCT ?text WHERE {{ ?s kg:madeAt <{meeting(pile)}> ; kg:text ?text }}")
    assert len(said) == 4


def test_meetings_of_one_day_with_other_business_or_in_another_county_stay_apart(pile: Pile) -> None:
    rows = pile.ask('SELECT DISTINCT ?headline ?m WHERE { ?m a kg:Meeting ; kg:date "2023-07-11"^^xsd:date ; kg:reportedIn/schema:headline ?headline }')
    assert [headline for headline, _ in rows] == sorted((COMMITTEE, FLOOD, COUNTY_FLOOD))
    assert len({event for _, event in rows}) == 3


def test_a_visit_in_two_papers_is_one_visit_with_two_reports(pile: Pile) -> None:
    (visit,) = pile.column('SELECT DISTINCT ?v WHERE { ?v a kg:Inspection ; kg:date "2024-11-05"^^xsd:date }')
    assert values(pile, visit, "kg:reportedIn") == sorted((article(pile, "2024-11-06", "云州日报"), article(pile, "2024-11-06", "云州晚报")))
    assert values(pile, visit, "kg:companion/rdfs:label") == ["何芷兰", "李伟"]


# ---------------------------------------------------------------- printed again


def test_a_reprint_word_for_word_leads_to_the_first(pile: Pile) -> None:
    first, again = article(pile, "2023-04-19", "云州日报"), article(pile, "2023-04-20", "云州晚报")
    assert values(pile, again, "kg:reprintOf") == [first]
    assert values(pile, first, "kg:reprintOf") == []


def test_a_shortened_reprint_leads_to_the_first(pile: Pile) -> None:
    first, again = article(pile, "2024-04-10", "衡川日报"), article(pile, "2024-04-12", "云州晚报")
    assert values(pile, again, "kg:reprintOf") == [first]


def test_a_corrected_edition_replaces_the_older_one(pile: Pile) -> None:
    wrong, right = article(pile, "2024-06-03", "云州日报"), article(pile, "2024-06-04", "云州日报")
    assert values(pile, right, "dcterms:replaces") == [wrong]
    assert values(pile, right, "kg:reprintOf") == []


def test_notices_lead_to_the_reports_that_they_correct(pile: Pile) -> None:
    rows = pile.ask("SELECT ?notice ?old WHERE { ?notice kg:corrects ?old }")
    pairs = (
        (article(pile, "2024-06-05", "云州日报"), article(pile, "2024-06-03", "云州日报")),
        (article(pile, "2024-08-12", "衡川日报"), article(pile, "2024-08-10", "衡川日报")),
    )
    assert rows == sorted(pairs)


def test_reports_that_only_resemble_each_other_are_no_reprints(pile: Pile) -> None:
    assert len(pile.ask("SELECT ?a ?b WHERE { ?a kg:reprintOf ?b }")) == 2
    assert len(pile.ask("SELECT ?a ?b WHERE { ?a dcterms:replaces ?b }")) == 1


@pytest.mark.parametrize(
    "words", ["要把老旧小区改造作为民心工程来抓", "区直有关部门要加强协调", "两区产业互补、人缘相亲", "强化要素保障，健全推进机制", "抢抓晴好天气"]
)
def test_what_is_printed_again_is_said_once(pile: Pile, words: str) -> None:
    assert pile.column(f'SELECT (COUNT(?s) AS ?n) WHERE {{ ?s a kg:Statement ; kg:text ?text FILTER (CONTAINS(?text, "{words}")) }}') == ["1"]


def test_a_visit_that_is_printed_again_is_one_visit(pile: Pile) -> None:
    rows = pile.ask('SELECT DISTINCT ?v ?a WHERE { ?v a kg:Inspection ; kg:date "2023-04-18"^^xsd:date ; kg:reportedIn ?a }')
    assert [report for _, report in rows] == [article(pile, "2023-04-19", "云州日报")]


@pytest.mark.parametrize(("day", "paper"), [("2023-04-20", "云州晚报"), ("2024-04-12", "云州晚报"), ("2024-06-03", "云州日报")])
def test_an_edition_that_gives_way_tells_only_of_itself(pile: Pile, day: str, paper: str) -> None:
    me = article(pile, day, paper)
    assert pile.column(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{me}> {{ ?s ?p ?o }} }}") == [me]
    assert values(pile, me, "schema:headline") != []
    assert values(pile, me, "kg:articleText") != []


def test_the_wrong_figure_and_the_wrong_name_are_gone(pile: Pile) -> None:
    figures = pile.column('SELECT ?value WHERE { ?i a kg:Indicator ; kg:value ?value ; kg:indicatorName ?name FILTER (CONTAINS(?name, "完成投资")) }')
    assert figures == ["16.8", "9.2"]
    assert persons(pile, "孟凡星") == []
    (event,) = pile.column('SELECT DISTINCT ?m WHERE { ?m a kg:Meeting ; kg:date "2024-06-02"^^xsd:date }')
    assert values(pile, event, "kg:speaker") == sorted((*persons(pile, "韩子墨"), *persons(pile, "孟繁星")))


def test_a_figure_that_a_notice_takes_back_is_not_told(pile: Pile) -> None:
    assert pile.column("SELECT ?i WHERE { ?i a kg:Indicator ; kg:value ?value FILTER (?value = 52.3) }") == []
    assert pile.column('SELECT ?s WHERE { ?s a kg:Statement ; kg:text ?text FILTER (CONTAINS(?text, "52.3")) }') == []
    # what the notice does not touch stays told
    assert pile.column('SELECT ?s WHERE { ?s a kg:Statement ; kg:text ?text FILTER (CONTAINS(?text, "要紧盯重点产业链招商")) }') != []


def test_one_text_in_two_papers_of_one_day_is_one_article_of_both(pile: Pile) -> None:
    (me,) = pile.column('SELECT DISTINCT ?a WHERE { ?a schema:headline "松陵县部署夏收夏种工作"@zh }')
    assert values(pile, me, "schema:publisher") == ["云州日报", "云州晚报"]
    assert len(values(pile, me, "dcterms:source")) == 2


def test_no_fact_of_the_default_graph_is_counted_twice(pile: Pile) -> None:
    for kind in ("Statement", "Indicator", "Meeting"):
        (once,) = pile.column(f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ GRAPH ?g {{ ?s a kg:{kind} }} }}")
        assert pile.column(f"SELECT (COUNT(?s) AS ?n) WHERE {{ ?s a kg:{kind} }}") == [once]


# ---------------------------------------------------------------- growing and shrinking


def turtle(output: Path) -> bytes:
    return (output / "graph.ttl").read_bytes()


def test_the_files_in_reverse_order_give_the_same_graph(pile: Pile) -> None:
    output = pile.output.with_name("reversed")
    build(list(reversed(pile.files)), output)
    assert turtle(output) == turtle(pile.output)


def test_the_files_in_ten_runs_give_the_same_graph(pile: Pile) -> None:
    output = pile.output.with_name("ten")
    files = sorted(pile.files, key=lambda file: (file.stem[-1], file.name))  # neither by day nor by paper
    for run in range(10):
        build(files[run::10], output)
    assert turtle(output) == turtle(pile.output)


@pytest.mark.parametrize(
    "name",
    [
        "2023-04-19-云州日报-旧改.txt",  # the first of a reprint: the other one speaks now
        "2024-06-04-云州日报-松陵项目.txt",  # the corrected edition
        "2023-12-01-云州日报-松陵任职.txt",  # the appointment that tells of a move
        "2024-02-21-云州日报-推进会.txt",  # the fuller of two reports
        "衡川晚报.jsonl",
    ],
)
def test_a_removed_file_leaves_the_graph_as_if_it_had_never_been_in(pile: Pile, name: str) -> None:
    from kg.build import remove

    (file,) = (file for file in pile.files if file.name == name)
    shrunk, without = (pile.output.with_name(f"{kind}-{file.stem}") for kind in ("shrunk", "without"))
    shutil.copytree(pile.output, shrunk, ignore=shutil.ignore_patterns("*.lock"))
    remove([os.fspath(file)], shrunk)
    build([other for other in pile.files if other != file], without)
    assert turtle(shrunk) == turtle(without)
    assert turtle(shrunk) != turtle(pile.output)


# ---------------------------------------------------------------- the papers' own way


def test_a_post_is_written_short_in_the_papers_of_its_district() -> None:
    assert [short(post, "青岚区") for post in ("青岚区委书记", "青岚区区长", "青岚区教育局局长")] == ["区委书记", "区长", "区教育局局长"]
    assert short("松陵县副县长", "松陵县") == "副县长"


def test_a_post_has_one_holder_at_a_time_in_the_world() -> None:
    single = [career for career in CAREERS if career.post.endswith(("书记", "区长", "县长", "局长", "院长")) and "副" not in career.post]
    for one in single:
        for other in single:
            if one.post == other.post and one.person < other.person:
                assert (one.until or "9") <= other.since or (other.until or "9") <= one.since
    assert all(career.since <= RENAMED_ON for career in CAREERS)
