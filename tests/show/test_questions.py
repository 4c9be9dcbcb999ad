from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph
import pytest

from kg.show import Edge, Evidence, Network, network

BASE = "https://w3id.org/zhengtu/id/"
TEXT = "林若川调研老城更新\n4月17日，区委书记林若川来到东明街，何知秋陪同。林若川强调，要优化营商环境。东明街位于云岭区。\n"

_HEAD = f"""@prefix kg: <https://w3id.org/zhengtu/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix person: <{BASE}person/> . @prefix place: <{BASE}place/> . @prefix area: <{BASE}area/> .
@prefix post: <{BASE}post/> . @prefix body: <{BASE}org/> . @prefix task: <{BASE}task/> .
"""


def _passage(words: str, text: str = TEXT, article: str = "1") -> str:
    begin = text.index(words)
    return f"<{BASE}article/{article}#char={begin},{begin + len(words)}>"


def _passages(*words: str, text: str = TEXT, article: str = "1") -> str:
    return "".join(
        f"{_passage(one, text, article)} a kg:Passage ; kg:inArticle <{BASE}article/{article}> ; "
        f'kg:begin {text.index(one)} ; kg:end {text.index(one) + len(one)} ; kg:quote "{one}"@zh .\n'
        for one in words
    )


_STORY = f"""
<{BASE}article/1> a kg:Article ; schema:headline "林若川调研老城更新"@zh ; schema:datePublished "2024-04-18" ;
  dcterms:source "news/1.txt" ; kg:articleText "{TEXT.encode("unicode_escape").decode()}"@zh ;
  kg:mentions person:1, person:2, place:1, area:1, post:1, body:1 .
person:1 a kg:Person, kg:Official ; rdfs:label "林若川"@zh ; skos:altLabel "若川同志"@zh ; kg:holdsPost post:1 ; kg:inspected place:1 ; kg:emphasized task:1 .
person:2 a kg:Person ; rdfs:label "何知秋"@zh ; kg:accompanied person:1 .
person:3 a kg:Person, kg:Journalist ; rdfs:label "记者甲"@zh .
place:1 a kg:Place ; rdfs:label "东明街"@zh ; kg:inArea area:1 .
area:1 a kg:Area ; rdfs:label "云岭区"@zh .
post:1 a kg:Post ; rdfs:label "云岭区委书记"@zh ; org:postIn body:1 .
body:1 a kg:Organization ; rdfs:label "中共云岭区委员会"@zh .
task:1 a kg:Task, kg:Policy ; rdfs:label "优化营商环境"@zh .
<{BASE}article/1/event/1> a kg:Inspection, kg:Event ; rdfs:label "调研"@zh ; kg:date "2024-04-17" ; kg:agent person:1 ; kg:companion person:2 ;
  kg:target place:1 ; kg:evidence {_passage("来到")} ; kg:confidence 0.8 .
<{BASE}article/1/tenure/1> a kg:Tenure ; org:member person:1 ; kg:post post:1 ; kg:evidence {_passage("区委书记林若川")} ; kg:confidence 0.95 .
<{BASE}article/1/statement/1> a kg:Statement ; kg:madeBy person:1 ; kg:speechVerb "强调" ; kg:text "要优化营商环境。"@zh ; kg:concerns task:1, area:1 ;
  kg:evidence {_passage("要优化营商环境。")} ; kg:confidence 0.9 .
<{BASE}article/1/assertion/1> a kg:Assertion ; rdf:subject place:1 ; rdf:predicate kg:inArea ; rdf:object area:1 ;
  kg:evidence {_passage("东明街位于云岭区")} ; kg:confidence 0.7 .
{_passages("来到", "区委书记林若川", "要优化营商环境。", "东明街位于云岭区")}
"""

Select = Callable[[str], Iterable[tuple[str | None, ...]]]


def _select(*stories: tuple[str, str]) -> Select:
    """A store as the graph room keeps it: each story in its own graph, and everything once in the default graph."""
    store = pyoxigraph.Store()
    for article, story in stories:
        store.load((_HEAD + story).encode(), format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(article))
        store.load((_HEAD + story).encode(), format=pyoxigraph.RdfFormat.TURTLE)

    def select(question: str) -> Iterator[tuple[str | None, ...]]:
        for row in store.query(question):
            yield tuple(None if cell is None else cell.value for cell in row)

    return select


@pytest.fixture
def story() -> Network:
    return network(_select((f"{BASE}article/1", _STORY)))


def _edge(found: Network, source: str, relation: str, target: str) -> Edge:
    [edge] = [edge for edge in found.edges if (edge.source, edge.relation, edge.target) == (BASE + source, relation, BASE + target)]
    return edge


def test_things_have_their_narrowest_class_and_all_their_names(story: Network) -> None:
    things = {node.iri.removeprefix(BASE): node for node in story.nodes}
    assert things["person/1"].kind == "Person" and things["person/1"].label == "林若川" and things["person/1"].alternatives == ("若川同志",)
    assert things["task/1"].kind == "Task"
    assert things["person/1"].articles == (f"{BASE}article/1",)


def test_an_inspection_proves_its_edges_and_is_no_node_of_its_own(story: Network) -> None:
    [evidence] = _edge(story, "person/1", "inspected", "place/1").evidence
    assert evidence.sentence == "4月17日，区委书记林若川来到东明街，何知秋陪同。"
    assert (evidence.quote, evidence.begin, evidence.end, evidence.confidence) == ("来到", TEXT.index("来到"), TEXT.index("来到") + 2, 0.8)
    assert [one.quote for one in _edge(story, "person/2", "accompanied", "person/1").evidence] == ["来到"]
    assert not any("event" in node.iri for node in story.nodes)


def test_a_tenure_proves_who_holds_a_post_and_where_it_is(story: Network) -> None:
    assert [one.quote for one in _edge(story, "person/1", "holdsPost", "post/1").evidence] == ["区委书记林若川"]
    assert [one.quote for one in _edge(story, "post/1", "postIn", "org/1").evidence] == ["区委书记林若川"]


def test_a_statement_proves_the_edge_of_its_verb_and_makes_one_for_what_else_it_is_about(story: Network) -> None:
    said = _edge(story, "person/1", "emphasized", "task/1")
    assert said.is_statement and said.zh == "强调" and [one.sentence for one in said.evidence] == ["林若川强调，要优化营商环境。"]
    assert _edge(story, "person/1", "concerns", "area/1").is_statement


def test_an_assertion_proves_its_edge(story: Network) -> None:
    [evidence] = _edge(story, "place/1", "inArea", "area/1").evidence
    assert evidence.sentence == "东明街位于云岭区。" and evidence.confidence == 0.7


def test_an_edge_without_a_fact_takes_the_sentence_that_names_both_ends() -> None:
    bare = _STORY.replace("a kg:Assertion", "a kg:Other")
    assert _edge(network(_select((f"{BASE}article/1", bare))), "place/1", "inArea", "area/1").evidence == (Evidence(f"{BASE}article/1", "东明街位于云岭区。"),)


def test_an_edge_is_told_once_with_the_evidence_of_every_article() -> None:
    text = "林若川来到东明街。\n"
    other = f"""
<{BASE}article/2> a kg:Article ; schema:headline "再访"@zh ; schema:datePublished "2024-05-01" ; kg:articleText "{text.strip()}\\n"@zh .
person:1 a kg:Person ; rdfs:label "林若川"@zh ; kg:inspected place:1 . place:1 a kg:Place ; rdfs:label "东明街"@zh .
<{BASE}article/2/event/1> a kg:Inspection ; rdfs:label "调研"@zh ; kg:agent person:1 ; kg:target place:1 ; kg:evidence {_passage("来到", text, "2")} .
{_passages("来到", text=text, article="2")}
"""
    found = network(_select((f"{BASE}article/1", _STORY), (f"{BASE}article/2", other)))
    evidence = _edge(found, "person/1", "inspected", "place/1").evidence
    assert [one.article.removeprefix(BASE) for one in evidence] == ["article/2", "article/1"]
    assert {article.headline for article in found.articles} == {"林若川调研老城更新", "再访"}


def test_an_inspection_that_no_edge_tells_becomes_a_node_with_its_roles() -> None:
    lonely = _STORY.replace("kg:inspected place:1 ; ", "").replace("kg:accompanied person:1", "a kg:Person")
    found = network(_select((f"{BASE}article/1", lonely)))
    assert _edge(found, "article/1/event/1", "target", "place/1").zh == "对象"
    assert next(node for node in found.nodes if node.iri.endswith("event/1")).date == "2024-04-17"


def test_a_talk_that_is_stored_both_ways_is_one_edge() -> None:
    talk = f"""
person:1 a kg:Person ; rdfs:label "甲"@zh ; kg:metWith person:2 . person:2 a kg:Person ; rdfs:label "乙"@zh ; kg:metWith person:1 .
<{BASE}article/1> a kg:Article ; schema:headline "会见"@zh ; kg:articleText "乙会见甲。"@zh .
<{BASE}article/1/event/1> a kg:Talks ; rdfs:label "会见"@zh ; kg:agent person:2 ; kg:counterpart person:1 ; kg:evidence {_passage("会见", "乙会见甲。")} .
{_passages("会见", text="乙会见甲。")}
"""
    found = network(_select((f"{BASE}article/1", talk)))
    [edge] = found.edges
    assert edge.relation == "metWith" and [one.quote for one in edge.evidence] == ["会见"]


def test_the_order_of_the_answers_does_not_matter() -> None:
    select = _select((f"{BASE}article/1", _STORY))
    assert network(select) == network(lambda question: reversed(list(select(question))))


def test_an_empty_graph_is_an_empty_network() -> None:
    assert network(lambda question: ()) == Network(())
