from __future__ import annotations

import dataclasses

import pytest
from graph_stories import Telling, expanded, meeting, said  # type: ignore[import-not-found]

from kg.errors import KgError
from kg.graph import DEFAULT_BASE, triples
from kg.model import Event, Indicator, Linked, Statement, Tenure, Triple


def told(linked: Linked) -> set[tuple[str, ...]]:
    found = triples(linked, DEFAULT_BASE)
    assert len(found) == len(set(found))
    return set(found)


def of(subject: str, found: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {spo for spo in found if spo[0] == expanded(subject)}


def edges(found: set[tuple[str, ...]], *names: str) -> set[tuple[str, ...]]:
    return {spo for spo in found if spo[1] in {expanded(f"kg:{name}") for name in names}}


def test_an_event_is_told_in_full() -> None:
    story = meeting()
    id_, text = story.reading.article.id, story.reading.article.text
    start = text.index("推进会。")
    event = f"</article/{id_}/event/{start}-{start + 4}>"
    first, second = text.index("甲区在会议中心召开全区推进会。"), text.index("张建国主持会议")
    assert of(event, told(story)) == said(f"""
        {event} rdf:type kg:Meeting
        {event} rdf:type kg:Event
        {event} rdfs:label "全区推进会"@zh
        {event} skos:altLabel "会议"@zh
        {event} kg:reportedIn article:{id_}
        {event} kg:status "happened"
        {event} kg:date "2024-03-04"^^<http://www.w3.org/2001/XMLSchema#date>
        {event} kg:place place:会议中心
        {event} kg:convener area:甲区
        {event} kg:chair person:张建国
        {event} kg:attendee person:李文芳
        {event} kg:speaker person:李文芳
        {event} kg:attendeeGroup "全区科级干部"@zh
        {event} kg:evidence </article/{id_}#char={first},{first + 15}>
        {event} kg:evidence </article/{id_}#char={second},{second + 7}>
        {event} prov:wasGeneratedBy </extraction/VERSION/events/hold>
        {event} prov:wasGeneratedBy </extraction/VERSION/events/chair>
        {event} kg:confidence "0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>
        {event} kg:pointedOut policy:河畅行动
    """)


def test_the_direct_edges_follow_from_the_roles() -> None:
    story = meeting()
    id_, text = story.reading.article.id, story.reading.article.text
    start = text.index("推进会。")
    event = f"</article/{id_}/event/{start}-{start + 4}>"
    names = ("convened", "chaired", "attended", "spokeAt", "accompanied", "inspected", "metWith", "issued", "signed", "opened", "appointed")
    assert edges(told(story), *names) == said(f"""
        area:甲区 kg:convened {event}
        person:张建国 kg:chaired {event}
        person:李文芳 kg:attended {event}
        person:李文芳 kg:spokeAt {event}
        person:王志强 kg:accompanied person:张建国
        person:张建国 kg:inspected project:春和花园
    """)


def test_the_article_is_told_with_what_it_mentions() -> None:
    story = meeting()
    article = story.reading.article
    found = of(f"article:{article.id}", told(story))
    mentioned = said("\n".join(
        f"article:{article.id} {edge} {thing}"
        for edge in ("schema:mentions", "kg:mentions")
        for thing in (
            "area:甲区", "place:会议中心", "person:张建国", "person:李文芳", "person:王志强", "post:甲区区长", "post:甲区区委书记",
            "project:春和花园", "policy:河畅行动",
        )
    ))  # fmt: skip
    assert {spo for spo in found if "mentions" in spo[1]} == mentioned
    text = article.text.replace("\n", "\\n")
    assert found - mentioned == said(f"""
        article:{article.id} rdf:type kg:Article
        article:{article.id} rdfs:label "甲区召开推进会"@zh
        article:{article.id} schema:headline "甲区召开推进会"@zh
        article:{article.id} schema:datePublished "2024-03-06"^^<http://www.w3.org/2001/XMLSchema#date>
        article:{article.id} kg:reporter journalist:陈小燕
        article:{article.id} dcterms:source "news/a.txt"
        article:{article.id} kg:sha256 "{article.sha256}"
        article:{article.id} kg:articleText "{text}"@zh
    """)


def test_things_have_a_class_a_label_and_other_names() -> None:
    found = told(meeting())
    assert of("policy:河畅行动", found) == said("""
        policy:河畅行动 rdf:type kg:Policy
        policy:河畅行动 rdfs:label "河畅行动"@zh
        policy:河畅行动 skos:altLabel "“河畅行动”"@zh
    """)
    assert of("task:优化营商环境", found) == said("""
        task:优化营商环境 rdf:type kg:Task
        task:优化营商环境 rdf:type kg:Policy
        task:优化营商环境 rdfs:label "优化营商环境"@zh
    """)
    assert of("journalist:陈小燕", found) == said("""
        journalist:陈小燕 rdf:type kg:Person
        journalist:陈小燕 rdf:type kg:Journalist
        journalist:陈小燕 rdfs:label "陈小燕"@zh
    """)
    assert ("person:王志强", "kg:Official") not in {(spo[0], spo[2]) for spo in found}
    assert said("person:张建国 rdf:type kg:Official") <= found


def test_a_statement_leads_back_to_its_speaker_its_event_and_its_words() -> None:
    story = meeting()
    id_, text = story.reading.article.id, story.reading.article.text
    start, end = text.index("要持续"), text.index("会议指出")
    held = text.index("推进会。")
    node = f"</article/{id_}/statement/{start}-{end}>"
    passage = f"</article/{id_}#char={start - 6},{end}>"
    found = told(story)
    assert of(node, found) == said(f"""
        {node} rdf:type kg:Statement
        {node} kg:reportedIn article:{id_}
        {node} kg:speechVerb "强调"
        {node} kg:text "要持续优化营商环境。"@zh
        {node} kg:modality "demand"
        {node} kg:polarity "positive"
        {node} kg:madeBy person:李文芳
        {node} kg:madeAt </article/{id_}/event/{held}-{held + 4}>
        {node} prov:wasAttributedTo person:李文芳
        {node} kg:concerns task:优化营商环境
        {node} kg:evidence {passage}
        {node} prov:wasGeneratedBy </extraction/VERSION/speech/verb>
        {node} kg:confidence "0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """)
    assert of(passage, found) == said(f"""
        {passage} rdf:type kg:Passage
        {passage} kg:inArticle article:{id_}
        {passage} kg:begin "{start - 6}"^^<http://www.w3.org/2001/XMLSchema#integer>
        {passage} kg:end "{end}"^^<http://www.w3.org/2001/XMLSchema#integer>
        {passage} kg:quote "李文芳强调，要持续优化营商环境。"@zh
    """)
    assert of("</extraction/VERSION/speech/verb>", found) == said("""
        </extraction/VERSION/speech/verb> rdf:type kg:Extraction
        </extraction/VERSION/speech/verb> kg:rule "speech/verb"
        </extraction/VERSION/speech/verb> kg:extractorVersion "VERSION"
    """)


def test_what_a_meeting_says_is_attributed_to_its_convener() -> None:
    story = meeting()
    id_, text = story.reading.article.id, story.reading.article.text
    start, held = text.index("“河畅"), text.index("推进会。")
    event = f"</article/{id_}/event/{held}-{held + 4}>"
    found = of(f"</article/{id_}/statement/{start}-{start + 11}>", told(story))
    assert {spo[1:] for spo in found if spo[1] in (expanded("kg:madeBy"), expanded("kg:madeAt"), expanded("prov:wasAttributedTo"))} == {
        (expanded("kg:madeBy"), expanded(event)),
        (expanded("kg:madeAt"), expanded(event)),
        (expanded("prov:wasAttributedTo"), expanded("area:甲区")),
    }


def test_the_verb_decides_which_edge_leads_to_the_policy() -> None:
    story = meeting()
    names = ("emphasized", "pointedOut", "required", "proposed", "said")
    held = story.reading.article.text.index("推进会。")
    event = f"</article/{story.reading.article.id}/event/{held}-{held + 4}>"
    assert edges(told(story), *names) == said(f"""
        person:李文芳 kg:emphasized task:优化营商环境
        {event} kg:pointedOut policy:河畅行动
    """)
    own = set(triples(story, DEFAULT_BASE, verbs={}))
    assert {spo[1] for spo in edges(own, *names)} == {expanded("kg:said")}


def test_an_article_asserts_who_holds_a_post() -> None:
    story = meeting()
    id_ = story.reading.article.id
    found = told(story)
    (node,) = {spo[0] for spo in found if spo[1:] == (expanded("rdf:object"), expanded("post:甲区区长"))}
    start = story.reading.article.text.index("甲区区长张建国")
    assert node.startswith(expanded(f"</article/{id_}/assertion/{start}-{start + 7}-")[:-1])
    assert {spo[1:] for spo in found if spo[0] == node} == {spo[1:] for spo in said(f"""
        x: rdf:type kg:Assertion
        x: rdf:subject person:张建国
        x: rdf:predicate kg:holdsPost
        x: rdf:object post:甲区区长
        x: kg:status "held"
        x: kg:evidence </article/{id_}#char={start},{start + 7}>
        x: prov:wasGeneratedBy </extraction/VERSION/posts/before>
        x: kg:confidence "0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """.replace("x:", "person:x"))}  # fmt: skip
    assert said("""
        person:张建国 kg:holdsPost post:甲区区长
        post:甲区区长 kg:jurisdiction area:甲区
    """) <= found


@pytest.mark.parametrize("status", ["former", "proposed", "removed"])
def test_a_post_that_is_not_held_makes_no_official(status: str) -> None:
    story = Telling("甲区通报\n原甲区区长张建国于3月1日去职，转任甲区政府。\n")
    person, post = story.names("Person", "张建国"), story.names("Post", "甲区区长")
    story.names("Organization", "甲区政府")
    tenure = Tenure(person, post, story.seen("甲区区长张建国"), status, body="甲区政府", ended=story.when("3月1日", "2024-03-01"))  # type: ignore[arg-type]
    found = told(story.linked(tenure))
    assert edges(found, "holdsPost") == set()
    assert expanded("kg:Official") not in {spo[2] for spo in found}
    assert {spo[2] for spo in edges(found, "status")} == {f'"{status}"'}
    assert said("post:甲区区长 org:postIn organization:甲区政府") <= found


def test_two_persons_of_one_post_in_one_stretch_have_two_assertions() -> None:
    story = Telling("甲区开会\n甲区副区长张建国、王志强参加。\n")
    post = story.names("Post", "甲区副区长")
    seen = story.seen("甲区副区长张建国、王志强")
    found = told(story.linked(*(Tenure(story.names("Person", name), post, seen) for name in ("张建国", "王志强"))))
    assert len({spo[0] for spo in found if spo[2] == expanded("kg:Assertion")}) == 2


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_no_edge_follows_from_what_did_not_happen(status: str) -> None:
    story = meeting()
    reading = story.reading
    facts = tuple(dataclasses.replace(fact, status=status) if isinstance(fact, Event) else fact for fact in reading.facts)
    found = told(Linked(dataclasses.replace(reading, facts=facts), story.entities))
    assert edges(found, "convened", "chaired", "attended", "spokeAt", "accompanied", "inspected", "pointedOut") == set()
    assert {spo[2] for spo in found} & {expanded("kg:Meeting"), expanded("kg:Inspection")} == set()
    assert len([spo for spo in found if spo[2] == expanded("kg:Event")]) == 2
    assert len(edges(found, "chair", "agent")) == 2
    assert {spo[2] for spo in edges(found, "status")} == {f'"{status}"', '"held"'}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((("2024-03-04", "2024-03-06"),), {("startDate", '"2024-03-04"', "date"), ("endDate", '"2024-03-06"', "date")}),
        ((("2024-03-04", "2024-03-06"), ("2024-04-01", "2024-04-02")), {("startDate", '"2024-03-04"', "date"), ("endDate", '"2024-03-06"', "date")}),
        ((("--05-11", None),), {("date", '"--05-11"', "gMonthDay")}),
        ((("2024-03", None), ("2024", "2024")), {("date", '"2024-03"', "gYearMonth"), ("date", '"2024"', "gYear")}),
        ((("2024-02-31", None),), set()),
    ],
)
def test_the_days_of_an_event_are_as_precise_as_the_text(days: tuple[tuple[str, str | None], ...], expected: set[tuple[str, str, str]]) -> None:
    story = Telling("甲区开会\n3月4日，甲区开会。\n")
    anchor = story.names("Meeting", "开会")
    when = tuple(story.when("3月4日", start, end) for start, end in days)
    found = edges(told(story.linked(Event("Meeting", anchor, ("开会",), (), when, (), (story.seen("甲区开会"),)))), "date", "startDate", "endDate")
    assert {spo[1:] for spo in found} == {(expanded(f"kg:{name}"), f"{value}^^<http://www.w3.org/2001/XMLSchema#{type_}>") for name, value, type_ in expected}


@pytest.mark.parametrize(
    ("kind", "name", "first", "second", "edge"),
    [
        ("Talks", "会见", "张建国", "天元集团", "kg:metWith"),
        ("Release", "印发", "甲区政府", "河道管理办法", "kg:issued"),
        ("Ceremony", "签约仪式", "甲区政府", "天元集团", "kg:signed"),
        ("Ceremony", "项目开工仪式", "张建国", "春和花园", "kg:opened"),
        ("Appointment", "任命", "甲区政府", "张建国", "kg:appointed"),
        ("Appointment", "免去", "甲区政府", "张建国", None),
        ("Ceremony", "升旗仪式", "甲区政府", "春和花园", None),
    ],
)
def test_who_acts_is_joined_with_what_is_acted_upon(kind: str, name: str, first: str, second: str, edge: str | None) -> None:
    text = f"甲区要闻\n张建国、甲区政府、天元集团、春和花园、河道管理办法。{name}举行。\n"
    story = Telling(text)
    kinds = {"张建国": "Person", "甲区政府": "Organization", "天元集团": "Organization", "春和花园": "Project", "河道管理办法": "Document"}
    things = {word: story.names(kinds[word], word) for word in kinds}  # type: ignore[arg-type]
    anchor = story.names(kind, name)  # type: ignore[arg-type]
    other = "counterpart" if kind == "Talks" else "target"
    event = Event(kind, anchor, (name,), (("agent", things[first]), (other, things[second])), (), (), (story.seen(name),))  # type: ignore[arg-type]
    found = edges(told(story.linked(event)), "metWith", "issued", "signed", "opened", "commended", "appointed", "inspected")
    prefix = {"Person": "person", "Organization": "organization", "Project": "project", "Document": "document"}
    ends = [f"{prefix[kinds[word]]}:{word}" for word in (first, second)]
    assert found == (said(f"{ends[0]} {edge} {ends[1]}") if edge else set())


def test_two_persons_met_each_other() -> None:
    story = Telling("甲区要闻\n张建国会见赵立新。\n")
    one, other = story.names("Person", "张建国"), story.names("Person", "赵立新")
    event = Event("Talks", story.names("Talks", "会见"), ("会见",), (("agent", one), ("counterpart", other)), (), (), (story.seen("会见"),))
    assert edges(told(story.linked(event)), "metWith") == said("""
        person:张建国 kg:metWith person:赵立新
        person:赵立新 kg:metWith person:张建国
    """)


def test_a_relation_has_an_assertion_for_its_evidence() -> None:
    story = Telling("甲区开会\n甲区政府贯彻落实“河畅行动”。\n")
    body, policy = story.names("Organization", "甲区政府"), story.names("Policy", "“河畅行动”", "河畅行动")
    found = told(story.linked(Triple(body, "implements", policy, story.seen("甲区政府贯彻落实“河畅行动”", "implements/verb"))))
    assert said("organization:甲区政府 kg:implements policy:河畅行动") <= found
    (node,) = {spo[0] for spo in found if spo[2] == expanded("kg:Assertion")}
    assert {spo[1]: spo[2] for spo in found if spo[0] == node and "rdf-syntax" in spo[1] and not spo[1].endswith("type>")} == {
        expanded("rdf:subject"): expanded("organization:甲区政府"),
        expanded("rdf:predicate"): expanded("kg:implements"),
        expanded("rdf:object"): expanded("policy:河畅行动"),
    }


def test_a_relation_that_the_ontology_does_not_know_is_an_error() -> None:
    story = Telling("甲区开会\n张建国到甲区政府。\n")
    fact = Triple(story.names("Person", "张建国"), "visited", story.names("Organization", "甲区政府"), story.seen("张建国"))
    with pytest.raises(KgError, match="visited"):
        triples(story.linked(fact), DEFAULT_BASE)


def test_two_figures_of_one_stretch_are_two_nodes() -> None:
    story = Telling("甲区经济\n一季度，甲区生产总值同比增长6.5%，投资下降3%。\n")
    seen, area = story.seen("甲区生产总值同比增长6.5%，投资下降3%"), story.names("Area", "甲区")
    period = story.when("一季度", "一季度")
    found = told(
        story.linked(Indicator("生产总值", "6.50", "%", seen, "同比", period, area), Indicator("投资", "-3", "%", seen), Indicator("进口", "约三成", "%", seen))
    )
    nodes = {spo[0] for spo in found if spo[2] == expanded("kg:Indicator")}
    assert len(nodes) == 2
    assert {spo[2] for spo in edges(found, "value")} == {f'"{value}"^^<http://www.w3.org/2001/XMLSchema#decimal>' for value in ("6.5", "-3")}
    assert {spo[2] for spo in edges(found, "period")} == {'"一季度"@zh'}
    assert {spo[2] for spo in edges(found, "inArea")} == {expanded("area:甲区")}


def test_a_figure_tells_the_span_of_its_period_and_the_project_it_is_of() -> None:
    story = Telling("甲区经济\n一季度，东明科技园完成投资3亿元。\n")
    period = dataclasses.replace(story.when("一季度", "2024-01"), end="2024-03")
    found = told(story.linked(Indicator("投资", "3", "亿元", story.seen("完成投资3亿元"), None, period, None, story.names("Project", "东明科技园"))))
    assert {spo[2] for spo in edges(found, "period")} == {'"2024-01/2024-03"'}
    abouts = [spo[2] for spo in found if spo[1] == "<https://schema.org/observationAbout>"]
    assert len(abouts) == 1
    assert "东明科技园" in abouts[0]


def test_an_unnamed_group_is_text_and_no_thing() -> None:
    story = Telling("甲区开会\n各部门负责人表示，坚决落实。\n")
    group, anchor = story.names("Group", "各部门负责人"), story.names("Meeting", "开会")
    words = "坚决落实。"
    found = told(
        story.linked(
            Event("Meeting", anchor, ("开会",), (("attendee", group),), (), (), (story.seen("开会"),)),
            Statement(group, "表示", words, story.span(words), story.seen("各部门负责人表示，坚决落实。")),
        )
    )
    assert edges(found, "attendee", "madeBy", "mentions", "attended") == set()
    assert {spo[2] for spo in edges(found, "attendeeGroup")} == {'"各部门负责人"@zh'}


def test_hostile_names_stay_text() -> None:
    name = '"""\\\\ <script> \u061c.'
    story = Telling(f"甲区开会\n{name}出席。\n")
    story.names("Organization", name)
    found = told(story.linked())
    (node,) = {spo[0] for spo in found if spo[2] == expanded("kg:Organization")}
    assert node == f"<{DEFAULT_BASE}org/%22%22%22%5C%5C%20%3Cscript%3E%20%D8%9C%2E>"
    assert (node, expanded("rdfs:label"), '"\\"\\"\\"\\\\\\\\ <script> \u061c."@zh') in found


def test_an_area_with_a_code_tells_its_code() -> None:
    story = Telling("甲区开会\n甲区开会。\n")
    area = story.names("Area", "甲区")
    story.entities[area] = dataclasses.replace(story.entities[area], code="999901")
    assert {spo[2] for spo in edges(told(story.linked()), "adcode")} == {'"999901"'}


def test_the_base_can_be_chosen() -> None:
    found = triples(meeting(), "https://example.org/news")
    assert all(spo[0].startswith("<https://example.org/news/") for spo in found)
    with pytest.raises(KgError):
        triples(meeting(), "not a base")


def test_a_meeting_that_only_speaks_has_its_words_as_evidence() -> None:
    story = Telling("甲区开会\n党的甲中全会指出，要实干。\n")
    story.names("Meeting", "甲中全会")
    found = told(story.linked())
    node = next(spo[0] for spo in found if spo[2] == expanded("kg:Meeting"))
    assert any(spo[0] == node and spo[1] == expanded("kg:evidence") for spo in found)
    assert not any(spo[0] == node and spo[1] == expanded("kg:reportedIn") for spo in found)
