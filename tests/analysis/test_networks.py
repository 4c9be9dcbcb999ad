"""GraphML and GEXF: read back, they hold the graph with its classes, days, names and evidence."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from analysis_graphs import HOSTILE, Select, one_meeting, shuffled, told  # type: ignore[import-not-found]

from kg.analysis import export, world
from kg.analysis.networks import for_xml
from kg.analysis.terms import KINDS, RELATIONS
from kg.errors import KgError, OutputError

KG = "https://w3id.org/zhengtu/ontology#"
ORG = "http://www.w3.org/ns/org#"


def read(path: Path) -> nx.MultiDiGraph:
    return nx.read_gexf(path, version="1.3") if path.suffix == ".gexf" else nx.read_graphml(path, force_multigraph=True)


def counted(select: Select, question: str) -> int:
    ((number,),) = select(question)
    return int(number or 0)


@pytest.fixture(scope="module", params=[".gexf", ".graphml"])
def network(request: pytest.FixtureRequest, demo: Select, tmp_path_factory: pytest.TempPathFactory) -> nx.MultiDiGraph:
    path = tmp_path_factory.mktemp("networks") / f"demo{request.param}"
    export(demo, path)
    return read(path)


def test_every_thing_is_a_node_with_its_class_in_both_languages_and_its_chinese_name(demo: Select, network: nx.MultiDiGraph) -> None:
    words = {kind.name: kind.zh for kind in KINDS}
    for kind in words:
        if kind == "Policy":  # a Task is a Policy too, and the narrower class counts
            continue
        there = {(str(iri), str(name)) for iri, name in demo(f"SELECT ?t ?n WHERE {{ ?t a <{KG}{kind}> ; rdfs:label ?n }}")}
        assert there == {(iri, data["label"]) for iri, data in network.nodes(data=True) if data["classId"] == kind}
    assert {data["class"] for _, data in network.nodes(data=True)} <= set(words.values())
    assert Counter(data["class"] for _, data in network.nodes(data=True))["人物"] > 10


def test_every_direct_edge_is_there_as_often_as_the_graph_has_it(demo: Select, network: nx.MultiDiGraph) -> None:
    found = Counter(data["relationId"] for _, _, data in network.edges(data=True))
    for relation in RELATIONS:
        iri = f"{ORG if relation.name == 'postIn' else KG}{relation.name}"
        if relation.name != "metWith":
            question = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s <{iri}> ?o MINUS {{ ?s a <{KG}Indicator> }} }}"
            assert found[relation.name] == counted(demo, question), relation.name
    assert found["chaired"] > 0
    assert {data["label"] for _, _, data in network.edges(data=True) if data["relationId"] == "chaired"} == {"主持"}


def test_the_roles_of_events_are_edges_unless_a_direct_edge_tells_them(network: nx.MultiDiGraph) -> None:
    inspections = {iri for iri, data in network.nodes(data=True) if data["classId"] == "Inspection"}
    assert any(data["relationId"] == "target" for source, _, data in network.edges(data=True) if source in inspections)
    for source, target, data in network.edges(data=True):
        if data["relationId"] == "chair":
            assert not any(other["relationId"] == "chaired" for other in network.get_edge_data(target, source, default={}).values())


def test_every_edge_tells_how_many_articles_say_so_and_its_best_sentence(demo: Select, network: nx.MultiDiGraph) -> None:
    texts = dict(demo(f"SELECT ?a ?t WHERE {{ ?a <{KG}articleText> ?t }}"))
    for source, target, data in network.edges(data=True):
        assert data["weight"] == max(1, data["articles"])
        if data["relationId"] not in ("partOf", "inArea", "jurisdiction"):
            assert data["sentence"] in str(texts[data["article"]]), (source, target, data)
            assert data["headline"]
    heard = [data for _, _, data in network.edges(data=True) if data["relationId"] == "holdsPost" and data["articles"] > 1]
    assert heard


def test_what_is_dated_begins_and_ends_and_things_outlive_their_edges(demo: Select, tmp_path: Path) -> None:
    export(demo, tmp_path / "a.gexf")
    network = read(tmp_path / "a.gexf")
    dated = [(source, target, data) for source, target, data in network.edges(data=True) if "start" in data]
    assert len(dated) > 50
    for source, target, data in dated:
        assert date.fromisoformat(data["start"]) <= date.fromisoformat(data["end"])
        for end in (source, target):
            assert network.nodes[end]["start"] <= data["start"] <= data["end"] <= network.nodes[end]["end"]
    root = ET.parse(tmp_path / "a.gexf").getroot()
    graph = root.find("{http://gexf.net/1.3}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")


def test_an_edge_of_an_event_has_the_day_of_the_event_and_others_that_of_the_article() -> None:
    edges = {(edge.source[-1:], edge.relation): edge for edge in world(one_meeting("张 kg:holdsPost <书记>", "书记 a kg:Post")).edges}
    assert (edges["张", "chaired"].first, edges["张", "chaired"].last) == ("2024-05-11", "2024-05-11")
    assert (edges["张", "holdsPost"].first, edges["张", "holdsPost"].last) == ("2024-05-12", "2024-05-12")


def test_edges_side_by_side_have_kinds_of_their_own_and_classes_their_colours(tmp_path: Path) -> None:
    export(one_meeting("张 kg:spokeAt <推进会>", "推进会 kg:speaker <张>"), tmp_path / "a.gexf")
    root = ET.parse(tmp_path / "a.gexf").getroot()
    edges = [edge for edge in root.iter("{http://gexf.net/1.3}edge") if edge.get("source") == "https://a.example/张"]
    assert {edge.get("kind") for edge in edges} == {"主持", "讲话", "强调"}
    colours = {tuple(colour.get(name) for name in "rgb") for colour in root.iter("{http://gexf.net/1.3/viz}color")}
    assert len(colours) == 4


def test_what_is_only_planned_is_no_node(tmp_path: Path) -> None:
    export(one_meeting("签约 a kg:Event", "签约 kg:status planned", "签约 kg:agent <张>"), tmp_path / "a.graphml")
    assert "https://a.example/签约" not in read(tmp_path / "a.graphml")


def test_who_met_whom_is_one_edge() -> None:
    edges = world(told("张 a kg:Person", "李 a kg:Person", "张 kg:metWith <李>", "李 kg:metWith <张>")).edges
    assert [(edge.relation, edge.articles) for edge in edges] == [("metWith", 1)]


@pytest.mark.parametrize("suffix", [".gexf", ".graphml"])
def test_hostile_names_come_back_as_they_are_but_for_what_xml_forbids(tmp_path: Path, suffix: str) -> None:
    lines = [fact for number, name in enumerate(HOSTILE) for fact in ((f"p{number}", "a", "kg:Person"), (f"p{number}", "rdfs:label", name))]
    others = [(f"p{number}", "skos:altLabel", name + "别") for number, name in enumerate(HOSTILE)]
    export(told(*lines, *others), tmp_path / f"a{suffix}")
    ET.parse(tmp_path / f"a{suffix}")
    network = read(tmp_path / f"a{suffix}")
    for number, name in enumerate(HOSTILE):
        data = network.nodes[f"https://a.example/p{number}"]
        assert data["label"] == for_xml(name)
        assert data["altLabels"] == for_xml(name + "别")
    assert for_xml("甲\x00\ufffe\ud800乙") == "甲\ufffd\ufffd\ufffd乙"


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".csv"])
def test_the_same_graph_gives_the_same_bytes_in_whatever_order_it_answers(demo: Select, tmp_path: Path, suffix: str) -> None:
    export(demo, tmp_path / f"a{suffix}")
    first = (tmp_path / f"a{suffix}").read_bytes()
    for seed in (1, 2):
        export(shuffled(demo, seed), tmp_path / f"b{suffix}")
        assert (tmp_path / f"b{suffix}").read_bytes() == first
    assert date.today().isoformat().encode() not in first


def test_an_export_that_fails_leaves_the_former_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.gexf"
    export(one_meeting(), path)
    before = path.read_bytes()

    def broken(question: str) -> list[tuple[str, ...]]:
        raise KgError("坏了", "broken")

    with pytest.raises(KgError, match="坏了"):
        export(broken, path)
    assert path.read_bytes() == before
    for name in ("none/a.gexf", "none/a.graphml", "none/a.csv"):
        with pytest.raises(OutputError, match=re.escape(str(tmp_path / name))):
            export(one_meeting(), tmp_path / name)
    assert [found.name for found in tmp_path.iterdir()] == ["a.gexf"]


def test_another_suffix_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"\.gexf") as refused:
        export(one_meeting(), tmp_path / "a.xlsx")
    assert "no format" in refused.value.english


def test_an_empty_graph_is_an_empty_network(tmp_path: Path) -> None:
    for suffix in (".gexf", ".graphml"):
        export(lambda question: (), tmp_path / f"a{suffix}")
        assert len(read(tmp_path / f"a{suffix}")) == 0


def test_the_words_for_classes_and_relations_are_those_of_the_picture() -> None:
    from kg.show.terms import LOOKS
    from kg.show.terms import RELATIONS as DRAWN

    assert {look.kind: look.zh for look in LOOKS} == {kind.name: kind.zh for kind in KINDS}
    shown = {relation.name: (relation.zh, relation.en, relation.is_statement) for relation in DRAWN}
    assert all(shown[relation.name] == (relation.zh, relation.en, relation.is_statement) for relation in RELATIONS)
