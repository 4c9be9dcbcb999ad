from __future__ import annotations

import gc
from pathlib import Path

import pytest
import rdflib
from graph_stories import meeting, told  # type: ignore[import-not-found]

from kg.errors import StoreError
from kg.graph import DEFAULT_BASE, ONTOLOGY, Store, open_dataset

KG = rdflib.Namespace(ONTOLOGY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store(tmp_path) as store:
        store.tell(told(meeting("a.txt"), meeting("b.txt", "柳溪公园")))
    return tmp_path


def test_rdflib_reads_each_fact_once_and_each_article_apart(folder: Path) -> None:
    dataset = open_dataset(folder)
    zhang = rdflib.URIRef(f"{DEFAULT_BASE}person/张建国")
    assert len(list(dataset.objects(zhang, KG.holdsPost))) == 1
    articles = [graph for graph in dataset.graphs() if "/article/" in str(graph.identifier)]
    assert [len(list(graph.objects(zhang, KG.inspected))) for graph in articles] == [1, 1]
    rows = dataset.query("SELECT ?n WHERE { person:张建国 kg:inspected/rdfs:label ?n } ORDER BY ?n")
    assert [str(row[0]) for row in rows] == ["春和花园", "柳溪公园"]  # type: ignore[index]
    dataset.close()


def test_nothing_can_be_written(folder: Path) -> None:
    dataset = open_dataset(folder)
    with pytest.raises(RuntimeError):
        dataset.add((KG.a, KG.b, KG.c))
    dataset.close()


@pytest.mark.parametrize("way", ["close", "forget"])
def test_a_dataset_that_is_closed_or_forgotten_lets_others_write(folder: Path, way: str) -> None:
    dataset = open_dataset(folder)
    with pytest.raises(StoreError):
        Store(folder)
    if way == "close":
        dataset.close()
    del dataset
    gc.collect()
    Store(folder).close()


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        open_dataset(tmp_path)
