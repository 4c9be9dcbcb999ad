"""A sound graph conforms; each way of spoiling it is refused in Chinese and in English."""

from __future__ import annotations

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Namespace

SH = Namespace("http://www.w3.org/ns/shacl#")
PREFIXES = """
BASE <https://w3id.org/zhengtu/id/>
PREFIX kg: <https://w3id.org/zhengtu/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
FIRST = "<article/db17850d63515d9a>"
MEETING = "<article/db17850d63515d9a/event/25-31>"
STATEMENT = "?s a kg:Statement ; kg:text '要持续优化营商环境。'@zh ; kg:madeBy <person/李文芳>"
PLANNED = "?e a kg:Event ; kg:status 'planned'"


def messages(graph: Graph, ontology: Graph, shapes: Graph) -> set[str]:
    """Return what a check says of a graph: nothing if it conforms."""
    conforms, report, _ = validate(graph, shacl_graph=shapes, ont_graph=ontology)
    assert isinstance(report, Graph)
    found = {str(message) for result in report.subjects(RDF.type, SH.ValidationResult) for message in report.objects(result, SH.resultMessage)}
    assert conforms == (not found)
    return found


def changed(small: Graph, *updates: str) -> Graph:
    graph = Graph()
    graph += small
    for update in updates:
        before = len(graph), hash(frozenset(graph))
        graph.update(PREFIXES + update)
        assert (len(graph), hash(frozenset(graph))) != before, f"changes nothing: {update}"
    return graph


def test_a_sound_graph_conforms(small: Graph, ontology: Graph, shapes: Graph) -> None:
    assert messages(small, ontology, shapes) == set()


def test_the_shapes_are_sound_shapes(small: Graph, ontology: Graph, shapes: Graph) -> None:
    conforms, _, report = validate(Graph(), shacl_graph=shapes, ont_graph=ontology, meta_shacl=True)
    assert conforms, report


def test_every_message_is_there_in_both_languages(shapes: Graph) -> None:
    speaking = set(shapes.subjects(SH.message, None))
    assert len(speaking) > 50
    for shape in speaking:
        assert sorted(getattr(message, "language", "") for message in shapes.objects(shape, SH.message)) == ["en", "zh"]


def test_every_property_shape_and_query_says_something(shapes: Graph) -> None:
    for shape in {*shapes.objects(None, SH.property), *shapes.objects(None, SH.sparql)}:
        if (None, SH.first, shape) in shapes or any((parent, SH.message, None) in shapes for parent in shapes.subjects(SH.property, shape)):
            continue
        nested = any((None, RDF.first, parent) in shapes for parent in shapes.subjects(SH.property, shape))
        assert nested or (shape, SH.message, None) in shapes


@pytest.mark.parametrize(
    "harmless",
    [
        "INSERT DATA { <person/张建国> skos:altLabel '老张'@zh }",
        f"INSERT DATA {{ {FIRST} dcterms:source 'news/again.txt' }}",
        f"DELETE WHERE {{ {MEETING} kg:date ?d }}",
        f"DELETE {{ ?e kg:date ?d }} INSERT {{ ?e kg:date '2024'^^xsd:gYear }} WHERE {{ {PLANNED} ; kg:date ?d }}",
        f"INSERT {{ ?e kg:attendeeGroup '各界代表'@zh }} WHERE {{ {PLANNED} }}",
        "INSERT DATA { <org/天元集团> kg:partOf <org/甲区人民政府> }",
        # a meeting that the article names and does not report
        "INSERT { <article/db17850d63515d9a/event/0-2> a kg:Event, kg:Meeting ; rdfs:label '甲区党代会'@zh ; kg:evidence ?p ; kg:confidence 0.9 ; "
        "prov:wasGeneratedBy ?r . ?s kg:madeBy <article/db17850d63515d9a/event/0-2> } WHERE "
        "{ ?s a kg:Statement ; kg:polarity 'negative' ; kg:evidence ?p ; prov:wasGeneratedBy ?r }",
    ],
)
def test_what_a_graph_may_also_say_is_not_refused(small: Graph, ontology: Graph, shapes: Graph, harmless: str) -> None:
    assert messages(changed(small, harmless), ontology, shapes) == set()


NO_FACT = "表述不得作为事实断言。"
NO_PERSON = "会议等活动不得同时是人物或机构。"
NO_EVIDENCE = "活动、表述、任职和指标都必须有依据，即报道中的原文片段（kg:evidence）。"
BAD_DATE = "日期必须是有效的 xsd:date、xsd:gYearMonth、xsd:gYear，不知年份的为 xsd:gMonthDay 或 xsd:gMonth。"
BAD_CONFIDENCE = "置信度必须是 0 到 1 之间的一个十进制数。"
ONE_LABEL = "每个事物必须有且只有一个中文名称（rdfs:label @zh）。"
NO_DIRECT_EDGE = "预告或取消的活动不得有直接关系。"
BAD_ROLE = "活动角色只能由人物、机构或区域担任。"

SPOILED = {
    "a statement that is an event too": (f"INSERT {{ ?s a kg:Meeting }} WHERE {{ {STATEMENT} }}", NO_FACT),
    "a statement that somebody inspected": (f"INSERT {{ <person/张建国> kg:inspected ?s }} WHERE {{ {STATEMENT} }}", NO_FACT),
    "a statement with a role": (f"INSERT {{ ?s kg:agent <person/张建国> }} WHERE {{ {STATEMENT} }}", NO_FACT),
    "an event at a statement": (f"INSERT {{ {MEETING} kg:target ?s }} WHERE {{ {STATEMENT} }}", NO_FACT),
    "an assertion of a statement": (f"INSERT {{ ?a rdf:object ?s }} WHERE {{ {STATEMENT} . ?a a kg:Assertion }}", NO_FACT),
    "an event read from a demand": (
        f"INSERT {{ <e> a kg:Event, kg:Ceremony ; rdfs:label '优化'@zh ; kg:reportedIn {FIRST} ; kg:status 'happened' ; kg:confidence 0.9 ; "
        f"prov:wasGeneratedBy <r> ; kg:evidence <article/db17850d63515d9a#char=81,83> . <article/db17850d63515d9a#char=81,83> a kg:Passage ; "
        f"kg:inArticle {FIRST} ; kg:begin 81 ; kg:end 83 ; kg:quote '持续'@zh }} WHERE {{}}",
        "只在要求或打算中说到的活动不得作为已发生的事：https://w3id.org/zhengtu/id/e",
    ),
    "an edge of speech without a statement": (
        "INSERT DATA { <person/王志强> kg:emphasized <policy/河畅行动> }",
        "没有表述支持 https://w3id.org/zhengtu/id/person/王志强 强调过 https://w3id.org/zhengtu/id/policy/河畅行动。",
    ),
    "an edge of speech of which the speaker said nothing": (
        "INSERT DATA { <person/李文芳> kg:said <policy/别的> . <policy/别的> a kg:Policy ; rdfs:label '别的'@zh }",
        "没有表述支持 https://w3id.org/zhengtu/id/person/李文芳 强调过 https://w3id.org/zhengtu/id/policy/别的。",
    ),
    "a statement without evidence": (f"DELETE {{ ?s kg:evidence ?p }} WHERE {{ {STATEMENT} ; kg:evidence ?p }}", NO_EVIDENCE),
    "a statement without speaker": (f"DELETE {{ ?s kg:madeBy ?p }} WHERE {{ {STATEMENT} ; kg:madeBy ?p }}", "表述者必须是人物、会议或机构。"),
    "a statement by a project": (f"INSERT {{ ?s kg:madeBy <project/春和花园> }} WHERE {{ {STATEMENT} }}", "表述者必须是人物、会议或机构。"),
    "a statement attributed to a meeting": (
        f"INSERT {{ ?s prov:wasAttributedTo {MEETING} }} WHERE {{ {STATEMENT} }}",
        "表述只能归于人物、机构或区域；会议不是行动者。",
    ),
    "a statement in an unknown mood": (
        f"DELETE {{ ?s kg:modality ?m }} INSERT {{ ?s kg:modality 'wish' }} WHERE {{ {STATEMENT} ; kg:modality ?m }}",
        "语气只能是 demand、plan 或 report。",
    ),
    "a statement neither positive nor negative": (
        f"DELETE {{ ?s kg:polarity ?m }} WHERE {{ {STATEMENT} ; kg:polarity ?m }}",
        "肯定或否定只能是 positive 或 negative。",
    ),
    "a statement that the article does not contain": (
        "DELETE { ?s kg:text ?t } INSERT { ?s kg:text '从未说过的话。'@zh } WHERE { ?s kg:madeBy <person/赵立新> ; kg:text ?t }",
        "报道中没有这句表述：https://w3id.org/zhengtu/id/article/e3e1f47418bb905d/statement/44-54",
    ),
    "a meeting that is a person": (f"INSERT DATA {{ {MEETING} a kg:Person }}", NO_PERSON),
    "a meeting that is a body": (f"INSERT DATA {{ {MEETING} a kg:Organization }}", NO_PERSON),
    "an event without evidence": (f"DELETE WHERE {{ {MEETING} kg:evidence ?p }}", NO_EVIDENCE),
    "an event with evidence of another article": (
        "DELETE { ?e kg:evidence ?p } INSERT { ?e kg:evidence ?q } WHERE "
        "{ ?e a kg:Talks ; kg:evidence ?p . ?m a kg:Meeting ; kg:evidence ?q }",
        "依据必须出自报道它的那篇报道。",
    ),
    "an event of no article": (f"DELETE WHERE {{ {MEETING} kg:reportedIn ?a }}", "有日期、地点或角色的活动必须见于一篇报道（kg:reportedIn）。"),
    "an event reported in an article without evidence": (
        f"INSERT {{ {MEETING} kg:reportedIn ?b }} WHERE {{ ?b a kg:Article FILTER (?b != {FIRST}) }}",
        "依据必须出自报道它的那篇报道。",
    ),
    "a statement of no article": (f"DELETE {{ ?s kg:reportedIn ?a }} WHERE {{ {STATEMENT} ; kg:reportedIn ?a }}", "表述必须见于一篇报道（kg:reportedIn）。"),
    "an event by no rule": (f"DELETE WHERE {{ {MEETING} prov:wasGeneratedBy ?r }}", "必须注明由哪个版本的抽取器、哪条规则读出（prov:wasGeneratedBy）。"),
    "a day that is no day": (f"INSERT DATA {{ {MEETING} kg:date '2024-02-30'^^xsd:date }}", BAD_DATE),
    "a date that is plain text": (f"INSERT DATA {{ {MEETING} kg:date '3月4日' }}", BAD_DATE),
    "a day of a thirteenth month": (f"INSERT DATA {{ {MEETING} kg:date '--13-01'^^xsd:gMonthDay }}", BAD_DATE),
    "a month that is no month": (f"INSERT DATA {{ {MEETING} kg:date '2024-13'^^xsd:gYearMonth }}", BAD_DATE),
    "an end before the start": (
        f"INSERT DATA {{ {MEETING} kg:startDate '2024-03-04'^^xsd:date ; kg:endDate '2024-03-01'^^xsd:date }}",
        "开始日期晚于结束日期：https://w3id.org/zhengtu/id/article/db17850d63515d9a/event/25-31",
    ),
    "confidence above one": (
        f"DELETE {{ {MEETING} kg:confidence ?c }} INSERT {{ {MEETING} kg:confidence 1.5 }} WHERE {{ {MEETING} kg:confidence ?c }}",
        BAD_CONFIDENCE,
    ),
    "no confidence": (f"DELETE WHERE {{ {MEETING} kg:confidence ?c }}", BAD_CONFIDENCE),
    "a thing with two labels": ("INSERT DATA { <person/张建国> rdfs:label '张建國'@zh }", ONE_LABEL),
    "a thing without label": ("DELETE WHERE { <project/春和花园> rdfs:label ?l }", ONE_LABEL),
    "a thing with a label of no language": ("DELETE { ?x rdfs:label ?l } INSERT { ?x rdfs:label 'X' } WHERE { ?x a kg:Place ; rdfs:label ?l }", ONE_LABEL),
    "a thing whose IRI ends in a dot": ("INSERT DATA { <place/a.> a kg:Place ; rdfs:label '甲'@zh }", "事物的标识必须是 IRI，且不以“.”结尾。"),
    "a role of a policy": (f"INSERT DATA {{ {MEETING} kg:attendee <policy/河畅行动> }}", BAD_ROLE),
    "a role of a place": (f"INSERT DATA {{ {MEETING} kg:convener <place/会议中心> }}", BAD_ROLE),
    "a place that is a person": (f"INSERT DATA {{ {MEETING} kg:place <person/张建国> }}", "活动地点必须是地点、区域、机构或项目。"),
    "an unknown status": (f"INSERT DATA {{ {MEETING} kg:status 'soon' }}", "活动状态只能是 happened、planned 或 cancelled。"),
    "a planned event that somebody attended": (f"INSERT {{ <person/张建国> kg:attended ?e }} WHERE {{ {PLANNED} }}", NO_DIRECT_EDGE),
    "a planned event that demands": (f"INSERT {{ ?e kg:required <task/持续优化营商环境> }} WHERE {{ {PLANNED} }}", NO_DIRECT_EDGE),
    "an inspection that was only planned": (
        "DELETE { ?e kg:status ?s } INSERT { ?e kg:status 'planned' } WHERE { ?e kg:target <document/甲区河道管理办法> ; kg:status ?s }",
        "没有已发生的活动或关系依据支持 https://w3id.org/zhengtu/id/org/甲区人民政府 与 https://w3id.org/zhengtu/id/document/甲区河道管理办法 的关系。",
    ),
    "an inspection without event": (
        "INSERT DATA { <person/李文芳> kg:inspected <project/春和花园> }",
        "没有已发生的活动或关系依据支持 https://w3id.org/zhengtu/id/person/李文芳 与 https://w3id.org/zhengtu/id/project/春和花园 的关系。",
    ),
    "an inspected policy": (
        "INSERT DATA { <person/张建国> kg:inspected <policy/河畅行动> }",
        "调研（kg:inspected）必须从人物指向项目、地点、机构或区域。",
    ),
    "a meeting attended without role": (
        f"INSERT DATA {{ <person/王志强> kg:attended {MEETING} }}",
        "https://w3id.org/zhengtu/id/person/王志强 在活动 https://w3id.org/zhengtu/id/article/db17850d63515d9a/event/25-31 中没有相应的角色。",
    ),
    "an edge of carrying out without assertion": (
        "DELETE WHERE { ?a a kg:Assertion ; rdf:object ?o }",
        "没有关系依据支持 https://w3id.org/zhengtu/id/article/db17850d63515d9a/event/25-31 贯彻落实 https://w3id.org/zhengtu/id/document/乙市河道管理办法。",
    ),
    "a post held after removal": (
        "INSERT DATA { <person/周海涛> kg:holdsPost <post/甲区副区长> }",
        "没有现任的任职支持 https://w3id.org/zhengtu/id/person/周海涛 担任 https://w3id.org/zhengtu/id/post/甲区副区长。",
    ),
    "a post that is a body": ("INSERT DATA { <person/张建国> kg:holdsPost <org/天元集团> }", "担任（kg:holdsPost）必须从人物指向职务。"),
    "a tenure without evidence": ("DELETE { ?t kg:evidence ?p } WHERE { ?t org:member <person/赵立新> ; kg:evidence ?p }", NO_EVIDENCE),
    "a tenure without post": ("DELETE { ?t kg:post ?p } WHERE { ?t org:member <person/赵立新> ; kg:post ?p }", "任职必须有一个职务（kg:post）。"),
    "a tenure that began on no date": (
        "INSERT { ?t schema:validFrom '去年' } WHERE { ?t org:member <person/赵立新> }",
        "就任、离任日期必须是有效日期。",
    ),
    "an indicator without evidence": ("DELETE { ?i kg:evidence ?p } WHERE { ?i a kg:Indicator ; kg:evidence ?p }", NO_EVIDENCE),
    "an indicator whose value is a text": (
        "DELETE { ?i kg:value ?v } INSERT { ?i kg:value '6.5' } WHERE { ?i kg:value ?v }",
        "指标必须有一个十进制数值。",
    ),
    "a passage with other words": (
        "DELETE { ?p kg:quote ?q } INSERT { ?p kg:quote '甲区。'@zh } WHERE { ?e a kg:Release ; kg:evidence ?p . ?p kg:quote ?q }",
        "引文与报道正文该处的文字不同：https://w3id.org/zhengtu/id/article/e3e1f47418bb905d#char=78,97",
    ),
    "a passage without words": (
        "DELETE { ?p kg:quote ?q } INSERT { ?p kg:quote ''@zh } WHERE { ?e a kg:Release ; kg:evidence ?p . ?p kg:quote ?q }",
        "片段必须有非空的引文。",
    ),
    "a passage that ends before it begins": (
        "DELETE { ?p kg:end ?q } INSERT { ?p kg:end 5 } WHERE { ?e a kg:Release ; kg:evidence ?p . ?p kg:end ?q }",
        "片段的起始位置必须是小于结束位置的非负整数。",
    ),
    "a passage in no article": (
        "DELETE { ?p kg:inArticle ?a } WHERE { ?e a kg:Release ; kg:evidence ?p . ?p kg:inArticle ?a }",
        "原文片段必须属于一篇报道（kg:inArticle）。",
    ),
    "a passage under another IRI": (
        "DELETE { ?p kg:begin ?b ; kg:quote ?q } INSERT { ?p kg:begin 79 ; kg:quote '区人民政府印发《甲区河道管理办法》。'@zh } "
        "WHERE { ?e a kg:Release ; kg:evidence ?p . ?p kg:begin ?b ; kg:quote ?q }",
        "片段的 IRI 必须是报道的 IRI 加 #char=起,止：https://w3id.org/zhengtu/id/article/e3e1f47418bb905d#char=78,97",
    ),
    "an article without headline": (f"DELETE WHERE {{ {FIRST} schema:headline ?h }}", "报道必须有一个标题（schema:headline）。"),
    "an article without source": (f"DELETE WHERE {{ {FIRST} dcterms:source ?h }}", "报道必须注明来源文件（dcterms:source）。"),
    "an article without text": (f"DELETE WHERE {{ {FIRST} kg:articleText ?h }}", "报道必须有正文（kg:articleText）。"),
    "an article without hash": (f"DELETE WHERE {{ {FIRST} kg:sha256 ?h }}", "报道必须有正文的 SHA-256 散列值（64 位十六进制小写）。"),
    "an article with the hash of another": (
        "DELETE { ?b kg:sha256 ?k } INSERT { ?b kg:sha256 ?h } "
        f"WHERE {{ {FIRST} kg:sha256 ?h . ?b kg:sha256 ?k FILTER (?b != {FIRST}) }}",
        "散列值与报道正文不符：https://w3id.org/zhengtu/id/article/e3e1f47418bb905d",
    ),
    "an article of no day": (f"INSERT DATA {{ {FIRST} schema:datePublished '昨天' }}", "报道日期必须是 xsd:date。"),
    "an article credited to an official": (f"INSERT DATA {{ {FIRST} kg:reporter <person/张建国> }}", "署名的必须是记者。"),
    "an article that mentions a statement": (f"INSERT {{ {FIRST} schema:mentions ?s }} WHERE {{ {STATEMENT} }}", "报道提到的必须是有名称的事物。"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILED)
def test_a_spoiled_graph_is_refused(small: Graph, ontology: Graph, shapes: Graph, case: str) -> None:
    update, message = SPOILED[case]
    assert message in messages(changed(small, update), ontology, shapes)
