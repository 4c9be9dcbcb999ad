"""A graph grows and shrinks: whatever the way, it is the graph of what is in it, to the byte."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build import Summary, build, remove
from kg.errors import InputError, StoreError
from kg.graph import Store, ask

PILE = Path(__file__).parents[1] / "pile" / "pages"
"""Invented reports that hang together: two papers, reprints, a notice of correction, appointments, namesakes."""

BRIEF = "published: 2024-05-1{day}\n\n甲区召开重点项目推进会\n\n本报讯 5月{day}日,甲区召开重点项目推进会。区委书记{name}出席并讲话。\n"


def contents(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (*output.glob("graph.*"), output / "refused.tsv")}


def turtle(output: Path) -> str:
    return (output / "graph.ttl").read_text("utf-8")


def articles(output: Path) -> list[tuple[str, str, str]]:
    """Return the headline, the file and the id of each article, as ``kg list`` tells them."""
    with Store(output, reading=True) as store:
        answer = ask(store, "articles")
    place = {name: answer.columns.index(name) for name in ("headline", "source", "article")}
    return [(row[place["headline"]], row[place["source"]], row[place["article"]]) for row in answer.rows]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented reports that were written by hand, and some as lines of JSON; tests read them only."""
    folder = tmp_path_factory.mktemp("growing") / "pages"
    (folder / "云州").mkdir(parents=True)
    lines = []
    for number, page in enumerate(sorted(PILE.glob("*.txt"))):
        head, _, text = page.read_text("utf-8").partition("\n\n")
        if number % 4 == 0:
            told = dict(line.split(": ", 1) for line in head.splitlines())
            lines.append(json.dumps({**told, "text": text}, ensure_ascii=False))
        else:
            (folder / ("云州" if "云州" in page.name else "") / page.name).write_text(page.read_text("utf-8"), encoding="utf-8")
    (folder / "衡川.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(pages: Path) -> Path:
    """The graph of all pages, built at once; tests read it only."""
    assert not build([pages], pages.with_name("whole")).refused
    return pages.with_name("whole")


@pytest.fixture
def grown(whole: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the whole graph, beside it: what stands in it is told from there."""
    copy = whole.with_name(f"copy-{abs(hash(request.node.name)):x}")
    shutil.copytree(whole, copy, ignore=shutil.ignore_patterns("*.lock"))
    return copy


Without = Callable[..., dict[str, bytes]]


@pytest.fixture
def without(pages: Path, tmp_path: Path) -> Without:
    """Build all files but some, and return the files of that graph; lines of JSON are left out by their number."""

    def built(*names: str, lines: tuple[int, ...] = ()) -> dict[str, bytes]:
        desk = tmp_path / "desk"
        shutil.copytree(pages, desk / "pages")
        for name in names:
            (desk / "pages" / name).unlink()
        file = desk / "pages" / "衡川.jsonl"
        if lines:
            # an empty line is none, and those after it keep their numbers
            kept = ["" if number in lines else line for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)]
            file.write_text("\n".join(kept) + "\n", encoding="utf-8")
        build([desk / "pages"], desk / "output")
        return contents(desk / "output")

    return built


# ---------------------------------------------------------------- growing


def test_ten_runs_in_any_order_give_the_same_bytes(pages: Path, whole: Path) -> None:
    files = sorted(path for path in pages.rglob("*") if path.is_file())
    for seed in range(2):
        output = whole.with_name(f"ten-{seed}")
        random.Random(seed).shuffle(files)
        for run in range(10):
            build(files[run::10], output)
        assert contents(output) == contents(whole)


def test_building_again_writes_no_file(pages: Path, grown: Path) -> None:
    build([pages], grown)  # the files of a copy are not known to tell what is in the store
    before = {path: path.stat().st_mtime_ns for path in grown.glob("graph.*")}
    summary = build([pages], grown)
    assert {path: path.stat().st_mtime_ns for path in grown.glob("graph.*")} == before
    assert (summary.added, summary.replaced, summary.removed, summary.stale) == (0, 0, 0, False)
    assert summary.unchanged == len(articles(grown))
    assert contents(grown) == contents(grown.with_name("whole"))


def test_a_file_that_changed_replaces_its_own_facts_and_back_again(pages: Path, tmp_path: Path) -> None:
    shutil.copytree(pages, tmp_path / "pages")
    output = tmp_path / "output"
    build([tmp_path / "pages"], output)
    before = contents(output)
    page = tmp_path / "pages" / "云州" / "2024-01-13-云州日报-当选.txt"
    text = page.read_text("utf-8")
    page.write_text(text.replace("陆明漪", "陆明湄"), encoding="utf-8")
    summary = build([tmp_path / "pages"], output)
    assert (summary.added, summary.removed) == (1, 1)  # another text is another article
    assert "陆明湄" in turtle(output)
    build([tmp_path / "pages"], tmp_path / "fresh")
    assert contents(output) == contents(tmp_path / "fresh")
    page.write_text(text, encoding="utf-8")
    build([tmp_path / "pages"], output)
    assert contents(output) == before


def test_lines_that_a_file_no_longer_has_leave_the_graph(tmp_path: Path) -> None:
    lines = [json.dumps({"published": f"2024-05-1{day}", "text": BRIEF.format(day=day, name=name)}, ensure_ascii=False) for day, name in _THREE]
    file, output = tmp_path / "a.jsonl", tmp_path / "output"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert build([file], output).articles == 3
    for kept in (lines[:2], lines[1:2]):
        file.write_text("\n".join(kept), encoding="utf-8")
        summary = build([file], output)
        assert (summary.articles, summary.removed) == (len(kept), 1)
        build([file], tmp_path / f"fresh-{len(kept)}")
        assert contents(output) == contents(tmp_path / f"fresh-{len(kept)}")


_THREE = ((1, "张建国"), (2, "王志强"), (3, "李秀英"))


def test_lines_that_could_not_be_read_this_time_stay(tmp_path: Path) -> None:
    lines = [json.dumps({"published": f"2024-05-1{day}", "text": BRIEF.format(day=day, name=name)}, ensure_ascii=False) for day, name in _THREE]
    file, output = tmp_path / "a.jsonl", tmp_path / "output"
    file.write_text("\n".join(lines), encoding="utf-8")
    build([file], output)
    before = contents(output)
    file.write_text("\n".join([lines[0], lines[1], lines[2][:40]]), encoding="utf-8")
    summary = build([file], output)
    assert len(summary.refused) == 1
    assert contents(output) == before


def test_a_file_that_is_no_longer_there_stays_until_it_is_removed(pages: Path, grown: Path, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(BRIEF.format(day=1, name="张建国"), encoding="utf-8")
    before = contents(grown)
    build([tmp_path / "pages"], grown)
    (tmp_path / "pages" / "a.txt").unlink()
    (tmp_path / "pages" / "b.txt").write_text(BRIEF.format(day=2, name="王志强"), encoding="utf-8")
    build([tmp_path / "pages"], grown)
    assert "张建国" in turtle(grown)
    remove([os.fspath(tmp_path / "pages" / "a.txt"), os.fspath(tmp_path / "pages" / "b.txt")], grown)
    assert contents(grown) == before


# ---------------------------------------------------------------- shrinking


def test_a_file_is_removed_by_its_path_and_by_the_name_that_the_list_tells(grown: Path, without: Without, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("云州/2023-04-19-云州日报-旧改.txt", "云州/2024-06-04-云州日报-松陵项目.txt")
    monkeypatch.chdir(grown.parent / "pages")
    _, gone = remove([names[0], f"pages/{names[1]}"], grown)
    assert gone == tuple(f"pages/{name}" for name in names)
    assert contents(grown) == without(*names)


def test_a_folder_is_removed_with_all_that_is_below(pages: Path, grown: Path, without: Without) -> None:
    names = [path.relative_to(pages).as_posix() for path in (pages / "云州").iterdir()]
    summary, gone = remove(["pages/云州/"], grown)
    assert sorted(gone) == sorted(f"pages/{name}" for name in names)
    assert summary.removed >= len(names) - 1
    assert contents(grown) == without(*names)


@pytest.mark.parametrize("form", ["{id}", "article:{id}", "https://w3id.org/zhengtu/id/article/{id}", "<https://w3id.org/zhengtu/id/article/{id}>"])
def test_an_article_is_removed_by_its_id_and_by_its_iri(grown: Path, without: Without, form: str) -> None:
    (found,) = {article for headline, _, article in articles(grown) if headline == "青岚区召开领导干部会议"}
    source = next(source for _, source, article in articles(grown) if article == found)
    summary, gone = remove([form.format(id=found.rpartition("/")[2].rpartition(":")[2])], grown)
    assert (summary.removed, len(gone)) == (1, 1)
    assert '"青岚区召开领导干部会议"' not in turtle(grown)
    expected = without(source.removeprefix("pages/")) if "#" not in source else without(lines=(int(source.rpartition("#")[2]),))
    assert contents(grown) == expected


def test_an_article_that_was_removed_stays_out_until_its_file_changes(tmp_path: Path) -> None:
    file, output = tmp_path / "a.txt", tmp_path / "output"
    file.write_text(BRIEF.format(day=1, name="张建国"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(BRIEF.format(day=2, name="王志强"), encoding="utf-8")
    build([file, tmp_path / "b.txt"], output)
    article = next(article for _, source, article in articles(output) if source == "a.txt")
    remove([article.rpartition(":")[2]], output)
    assert build([file, tmp_path / "b.txt"], output).articles == 1
    file.write_text(BRIEF.format(day=1, name="张建军"), encoding="utf-8")
    assert build([file, tmp_path / "b.txt"], output).articles == 2


def test_a_file_that_was_removed_comes_back_when_it_is_built_again(pages: Path, grown: Path) -> None:
    before = contents(grown)
    remove(["pages/云州"], grown)
    assert contents(grown) != before
    build([pages], grown)
    assert contents(grown) == before


def test_one_line_of_a_file_of_lines_is_removed(grown: Path, without: Without) -> None:
    _, gone = remove(["pages/衡川.jsonl#2"], grown)
    assert gone == ("pages/衡川.jsonl#2",)
    assert contents(grown) == without(lines=(2,))


def test_a_whole_file_of_lines_is_removed_by_its_name(grown: Path, without: Without) -> None:
    _, gone = remove(["pages/衡川.jsonl"], grown)
    assert len(gone) == 9
    assert contents(grown) == without("衡川.jsonl")


def test_everything_can_be_removed_and_built_again(pages: Path, grown: Path) -> None:
    before = contents(grown)
    summary, _ = remove(["pages"], grown)
    assert (summary.articles, summary.triples) == (0, 0)
    assert articles(grown) == []
    assert "张" not in turtle(grown)
    build([pages], grown)
    assert contents(grown) == before


@pytest.mark.parametrize("name", ["none.txt", "", "pages/云", "0123456789abcdef", "衡川", "pages/衡川.jsonl#99", "https://w3id.org/zhengtu/id/article/"])
def test_a_name_that_is_not_there_is_told_and_changes_nothing(grown: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(grown)
    monkeypatch.chdir(grown.parent / "pages")
    with pytest.raises(InputError, match="kg list"):
        remove(["pages/衡川.jsonl", name], grown)
    assert contents(grown) == before
    assert len(articles(grown)) > 30


def test_nothing_is_removed_from_where_there_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有图谱"):
        remove(["a.txt"], tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- half of a graph


def test_a_store_that_was_deleted_is_told_again_from_the_readings(pages: Path, grown: Path) -> None:
    shutil.rmtree(grown / "store")
    before = contents(grown)
    summary: Summary = build([pages / "衡川.jsonl"], grown)
    assert summary.unchanged == 9
    assert contents(grown) == before


def test_a_store_without_its_readings_is_made_anew_of_what_is_built(pages: Path, grown: Path, without: Without) -> None:
    (grown / "readings.sqlite").unlink()
    build([pages / "云州", *pages.glob("*.txt")], grown)
    assert contents(grown) == without("衡川.jsonl")


def test_a_store_without_its_readings_stays_as_long_as_nothing_is_built(pages: Path, grown: Path) -> None:
    (grown / "readings.sqlite").unlink()
    before, there = contents(grown), articles(grown)
    with pytest.raises(InputError):
        remove(["pages/衡川.jsonl"], grown)
    assert build([pages / "none.txt"], grown).articles == len({article for _, _, article in there})
    assert (contents(grown), articles(grown)) == (before, there)


def test_documents_of_a_program_stay_until_they_are_removed(tmp_path: Path) -> None:
    from kg.model import Document

    for day, name in _THREE:
        build([Document(str(day), BRIEF.format(day=day, name=name), f"feed#{day}", f"2024-05-1{day}")], tmp_path / "output")
    assert [source for _, source, _ in articles(tmp_path / "output")] == ["feed#1", "feed#2", "feed#3"]
    remove(["feed#2"], tmp_path / "output")
    assert [source for _, source, _ in articles(tmp_path / "output")] == ["feed#1", "feed#3"]
