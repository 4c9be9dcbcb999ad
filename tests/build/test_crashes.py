"""Whatever ends a build, and whenever: whole articles only are left, and the next run makes what an uninterrupted one would have made."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("no signals and limits there", allow_module_level=True)

sys.path.insert(0, str(Path(__file__).parent))

from crashing import End, Forge  # type: ignore[import-not-found]

from kg.demo import pages as demo_pages
from kg.errors import StoreError
from kg.graph import Store, query

PAGES = Path(__file__).parents[1] / "quality" / "pages"
KILLS = 50
COUNTS = """
SELECT ?article (COUNT(DISTINCT ?text) AS ?texts) (COUNT(DISTINCT ?passage) AS ?passages) (COUNT(DISTINCT ?statement) AS ?statements) WHERE {
  GRAPH ?article { ?article a kg:Article . { ?article kg:articleText ?text } UNION { ?passage a kg:Passage } UNION { ?statement a kg:Statement } }
} GROUP BY ?article"""

Rows = frozenset[tuple[str, ...]]


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    forge = Forge(tmp_path_factory.mktemp("forge"))
    yield forge
    forge.close()


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some forty pages, each a file; only their beginnings, so that a build is short."""
    folder = tmp_path_factory.mktemp("pile") / "pages"
    folder.mkdir()
    pages = [*demo_pages(), *((page.name, page.read_text("utf-8")) for page in sorted(PAGES.iterdir()))]
    for name, text in pages:
        (folder / name).write_text(text[:150], encoding="utf-8")
    assert len(list(folder.iterdir())) >= 40
    return folder


def desk(folder: Path, pile: Path) -> Path:
    """A folder for the pages and the output side by side, as everywhere: an article tells where its page lies, seen from there."""
    folder.mkdir(exist_ok=True)
    shutil.copytree(pile, folder / "pages")
    return folder


def build(desk: Path, pages: int | None = None) -> list[str]:
    """The command that builds all pages of a desk, or the first few."""
    inputs = [desk / "pages"] if pages is None else sorted((desk / "pages").iterdir())[:pages]
    return ["build", *map(str, inputs), "-o", str(desk / "output"), "--tagger", "none", "--published", "2024-05-01"]


def contents(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in ("graph.ttl", "graph.trig", "graph.html")}


def articles(output: Path) -> Rows:
    """What is in the store, article by article: whether it has its text, how many passages and statements; no store holds nothing."""
    if not (output / "store" / "CURRENT").exists():
        return frozenset()
    try:
        with Store(output, reading=True) as store:
            return frozenset(query(store, COUNTS).rows)
    except StoreError as error:
        assert "never finished" in error.english  # killed while the store itself was made
        return frozenset()


@pytest.fixture(scope="module")
def whole(forge: Forge, pile: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], Rows, float]:
    """The files of an uninterrupted build, its articles, and how long it took."""
    place = desk(tmp_path_factory.mktemp("whole"), pile)
    end = forge.run(build(place))
    assert end.status == 0, end.said
    found = articles(place / "output")
    assert len(found) >= 40
    assert all(int(texts) == 1 for _, texts, _, _ in found)
    return contents(place / "output"), found, end.seconds


def finishes(forge: Forge, place: Path, files: dict[str, bytes]) -> None:
    end: End = forge.run(build(place))
    assert end.status == 0, end.said
    assert {name: content == files[name] for name, content in contents(place / "output").items()} == dict.fromkeys(files, True)


def test_fifty_kills_leave_whole_articles_and_the_next_run_makes_the_same_bytes(
    forge: Forge, pile: Path, tmp_path: Path, whole: tuple[dict[str, bytes], Rows, float]
) -> None:
    files, complete, seconds = whole
    chance = random.Random(4)
    place = desk(tmp_path, pile)
    output = place / "output"
    kills = 0
    sizes: set[int] = set()
    while kills < KILLS:
        shutil.rmtree(output, ignore_errors=True)
        # from scratch, then on with what is left, quicker each time; the next run may finish before the blow falls
        for part in (0.05 + chance.random(), chance.random() / 2, chance.random() / 3, chance.random() / 4, chance.random() / 4, chance.random() / 4):
            end = forge.run(build(place), after=part * seconds)
            found = articles(output)
            assert found <= complete
            if end.status == 0:
                break
            assert end.status == -signal.SIGKILL, end.said
            kills += 1
            sizes.add(len(found))
        finishes(forge, place, files)
        assert not list(output.glob("store/bulk-*.sst"))
        assert {path.name for path in output.iterdir()} <= {"store", "store.lock", "readings.sqlite", "refused.tsv", *files}
    assert len(sizes) > 2, "the kills were to find stores of many sizes"


def test_ctrl_c_is_one_line_and_status_130_and_the_next_run_goes_on(
    forge: Forge, pile: Path, tmp_path: Path, whole: tuple[dict[str, bytes], Rows, float]
) -> None:
    files, complete, seconds = whole
    chance = random.Random(130)
    place = desk(tmp_path, pile)
    interrupted = 0
    for _ in range(9):
        end = forge.run(build(place), after=(0.05 + chance.random() * 0.4) * seconds, sends=signal.SIGINT)
        assert articles(place / "output") <= complete
        if end.status == 0:
            shutil.rmtree(place / "output")
            continue
        interrupted += 1
        assert (end.status, end.said.count("\n")) == (130, 1), end.said
        assert "已中断" in end.said
    assert interrupted > 2
    finishes(forge, place, files)


@pytest.mark.parametrize("limit", [1_000, 3_000, 30_000, 100_000, 400_000])
def test_a_file_that_cannot_grow_is_told_in_one_line_and_what_was_there_stays(
    forge: Forge, pile: Path, tmp_path: Path, whole: tuple[dict[str, bytes], Rows, float], limit: int
) -> None:
    files, complete, _ = whole
    place = desk(tmp_path, pile)
    before: Rows = frozenset()
    if limit > 1_000:
        assert forge.run(build(place, 8)).status == 0
        before = articles(place / "output")
        assert before
    end = forge.run(build(place), limit=limit)
    assert end.status == 1, end.said
    (line,) = end.said.splitlines()
    assert str(place) in line
    assert before <= articles(place / "output") <= complete
    finishes(forge, place, files)


def mounted(kind: str, source: str, folder: Path, options: str) -> bool:
    folder.mkdir(exist_ok=True)
    try:
        return subprocess.run(["mount", "-t", kind, "-o", options, source, str(folder)], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def mount(kind: str, source: str, folder: Path, options: str) -> Iterator[Path]:
    """A file system of the test's own; skips where none can be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not mounted(kind, source, folder, options):
        pytest.skip(f"cannot mount {kind} here")
    with unmounting(folder):
        yield folder


@contextlib.contextmanager
def unmounting(folder: Path) -> Iterator[Path]:
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_in_one_line_and_the_next_run_finishes_when_there_is_room(
    forge: Forge, pile: Path, tmp_path: Path, whole: tuple[dict[str, bytes], Rows, float]
) -> None:
    files, complete, _ = whole
    with mount("tmpfs", "tmpfs", tmp_path / "disk", "size=24m") as disk:
        place = desk(disk, pile)
        assert forge.run(build(place, 8)).status == 0
        before = articles(place / "output")
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - 300_000)))
        end = forge.run(build(place))
        assert end.status == 1, end.said
        assert len(end.said.splitlines()) == 1, end.said
        ballast.unlink()
        assert before <= articles(place / "output") <= complete
        finishes(forge, place, files)


def test_after_a_power_cut_what_a_finished_build_told_is_there(forge: Forge, pile: Path, tmp_path: Path, whole: tuple[dict[str, bytes], Rows, float]) -> None:
    """The backing file of a file system, copied without a sync, is the disk after the power is gone."""
    files, complete, seconds = whole
    chance = random.Random(220)
    image = tmp_path / "disk.img"
    with image.open("wb") as file:
        file.truncate(64 << 20)
    try:
        made = subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("cannot make an ext4 file system here")
    with mount("ext4", str(image), tmp_path / "disk", "loop") as disk:
        place = desk(disk, pile)
        told: list[float | None] = []
        for part in (0.4 + chance.random() / 4, 0.9, None, None):  # None: when the build has told that it is done
            shutil.rmtree(place / "output", ignore_errors=True)
            os.sync()
            after = tmp_path / "after.img"
            if part is None:
                end = forge.run(build(place))
                shutil.copy(image, after)
                assert end.status == 0, end.said
            else:
                forge.run(build(place), after=part * seconds, stopped=lambda: shutil.copy(image, tmp_path / "after.img"))
            # A copy takes a moment in which the system goes on writing, so now and then it is of no one moment; that is not the disk's state.
            if not mounted("ext4", str(after), tmp_path / "after", "loop"):
                continue
            with unmounting(tmp_path / "after") as left:
                told.append(part)
                found = articles(left / "output")
                assert found <= complete
                if part is None:
                    assert found == complete
                    assert {name: content == files[name] for name, content in contents(left / "output").items()} == dict.fromkeys(files, True)
                finishes(forge, left, files)
        assert None in told
