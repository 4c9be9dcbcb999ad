"""Bytes in many shapes become documents, and what is no news is refused in one line."""

from __future__ import annotations

import gzip
import io
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document
from kg.read import Refused, day, document, documents

PAGE = "甲区召开会议\n\n本报讯 5月11日，甲区召开会议。\n"


def read(*paths: Path | str, **settings: object) -> list[Document | Refused]:
    return list(documents(paths, **settings))  # type: ignore[arg-type]


def only(path: Path, **settings: object) -> Document:
    (found,) = read(path, **settings)
    assert isinstance(found, Document), found
    return found


def refusal(path: Path | str, **settings: object) -> str:
    (found,) = read(path, **settings)
    assert isinstance(found, Refused), found
    return str(found.error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gb2312", "utf-16", "utf-16-le-bom"])
def test_a_page_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    content = b"\xff\xfe" + PAGE.encode("utf-16-le") if encoding == "utf-16-le-bom" else PAGE.encode(encoding)
    (tmp_path / "a.txt").write_bytes(content)
    assert only(tmp_path / "a.txt").text == PAGE


def test_line_ends_of_windows_become_line_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE.replace("\n", "\r\n").encode("gb18030"))
    assert only(tmp_path / "a.txt").text == PAGE


def test_a_header_is_taken_off_and_understood(tmp_path: Path) -> None:
    header = "published: 2024-03-05\nPublisher：甲区日报\nurl: https://news.example/1\nauthor: 某某\n\n"
    (tmp_path / "a.txt").write_text(header + PAGE, encoding="utf-8")
    page = only(tmp_path / "a.txt")
    assert (page.text, page.published, page.publisher, page.url) == (PAGE, "2024-03-05", "甲区日报", "https://news.example/1")


def test_a_first_line_with_a_colon_is_no_header() -> None:
    for first in ("甲区：敢闯敢干", "A区: 敢闯敢干", "“链长制”: 一年间"):
        page = document(f"{first}\n\n{PAGE}", "a.txt")
        assert page.text == f"{first}\n\n{PAGE}"
        assert page.published is None


def test_a_header_without_an_empty_line_after_it_is_a_header_still() -> None:
    page = document(f"published: 2024-03-05\n{PAGE}", "a.txt")
    assert (page.text, page.published) == (PAGE, "2024-03-05")


def test_a_misspelt_key_is_told_with_its_line_and_the_nearest_key() -> None:
    with pytest.raises(InputError, match=r"^a\.txt:2：.*“publishd”.*“published”"):
        document(f"url: https://news.example/1\npublishd: 2024-03-05\n\n{PAGE}", "a.txt")


def test_source_is_the_paper_and_an_address_is_an_address() -> None:
    assert document(f"source: 甲区日报\n\n{PAGE}", "a.txt").publisher == "甲区日报"
    assert document(f"source: https://news.example/1\n\n{PAGE}", "a.txt").url == "https://news.example/1"
    assert document(f"source: 甲区日报\n\n{PAGE}", "a.txt").source == "a.txt"


def test_a_title_that_is_not_on_the_page_is_put_on_top_of_it() -> None:
    assert document(f"title: 今日要闻\n\n{PAGE}", "a.txt").text == f"今日要闻\n\n{PAGE}"
    assert document(f"title: 甲区召开会议\n\n{PAGE}", "a.txt").text == PAGE


def test_the_date_of_the_header_counts_before_the_date_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"published: 2024-03-05\n\n{PAGE}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(PAGE, encoding="utf-8")
    assert only(tmp_path / "a.txt", published="2023-01-01").published == "2024-03-05"
    assert only(tmp_path / "b.txt", published="2023-01-01").published == "2023-01-01"


@pytest.mark.parametrize("words", ["2024-03-05", "2024/3/5", "2024.03.05", "2024年3月5日", "2024-03-05T09:30:00+08:00", " 2024-3-5 "])
def test_a_date_may_be_written_in_several_ways(words: str) -> None:
    assert day(words, "x") == "2024-03-05"


@pytest.mark.parametrize("words", ["2024-02-30", "2024-13-01", "昨天", "2024", "", "05-03-2024", "2024-03-05 and more"])
def test_what_is_no_date_is_refused_with_file_and_line(words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^--published：.*2024-03-05"):
        day(words, "--published")
    if words:
        (tmp_path / "a.txt").write_text(f"title: 标题\npublished: {words}\n\n{PAGE}", encoding="utf-8")
        assert refusal(tmp_path / "a.txt").startswith(f"{tmp_path / 'a.txt'}:2：")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "没有文字"),
        (b"  \n\n\t\n", "没有文字"),
        (b"published: 2024-03-05\n\n\n", "没有文字"),
        (b"abc\0def", "不是文本文件"),
        (bytes(range(256)) * 4, "不是文本文件"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "DOCX"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    message = refusal(tmp_path / "a.txt")
    assert reason in message
    assert message.startswith(str(tmp_path / "a.txt"))
    assert "\n" not in message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "没有这个文件" in refusal(tmp_path / "none.txt")


def test_a_folder_is_read_below_and_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.TXT", "b/1.txt", ".hidden/x.txt", "picture.jpg", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if not name.endswith("l") else json.dumps({"text": PAGE}), encoding="utf-8")
    assert [d.source for d in read(tmp_path, root=tmp_path) if isinstance(d, Document)] == ["a.TXT", "c.jsonl#1", "b/1.txt", "b/2.txt"]


def test_the_folder_of_the_graph_is_not_walked_into(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "x.txt").write_text(PAGE, encoding="utf-8")
    assert "没有可读的文件" in refusal(tmp_path, skip=tmp_path / "output")


def test_a_folder_without_news_is_told_and_formats_to_come_are_named(tmp_path: Path) -> None:
    assert "没有可读的文件" in refusal(tmp_path)
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    page, refused = read(tmp_path)
    assert isinstance(page, Document)
    assert isinstance(refused, Refused)
    assert "还不会读这种格式" in str(refused.error)


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    assert len(read(tmp_path / "a.txt", tmp_path, tmp_path / "." / "a.txt")) == 1


def test_a_bad_file_does_not_stop_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0\0")
    (tmp_path / "b.txt").write_text(PAGE, encoding="utf-8")
    assert [type(found) for found in read(tmp_path)] == [Refused, Document]


def test_sources_are_relative_to_the_root_with_forward_strokes(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "甲.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "graphs").mkdir()
    assert only(tmp_path / "pages" / "甲.txt", root=tmp_path / "graphs").source == "../pages/甲.txt"


def test_standard_input_is_named_by_what_it_holds() -> None:
    first, second = (read("-", stdin=io.BytesIO(PAGE.encode(code)))[0] for code in ("utf-8", "utf-8"))
    assert isinstance(first, Document)
    assert first == second
    assert first.source.startswith("stdin:")


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n" for value in values)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson"])
def test_json_lines_are_read_plain_and_compressed(name: str, tmp_path: Path) -> None:
    content = lines({"title": "甲区召开会议", "published": "2024-03-05", "text": PAGE}, {"text": "乙县召开会议。", "source": "乙县日报"})
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    first, second = read(tmp_path / name, root=tmp_path, published="2023-01-01")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.source, first.published, first.title, first.text) == (f"{name}#1", "2024-03-05", "甲区召开会议", PAGE)
    assert (second.source, second.published, second.publisher) == (f"{name}#2", "2023-01-01", "乙县日报")


def test_a_bad_line_is_told_with_its_number_and_the_rest_is_read(tmp_path: Path) -> None:
    content = b"{not json}\n\n[1]\n" + lines({"title": "甲"}, {"text": 5}, {"text": PAGE, "published": "某日"}, {"text": " "}, {"text": PAGE})
    (tmp_path / "a.jsonl").write_bytes(content)
    *bad, good = read(tmp_path / "a.jsonl")
    assert isinstance(good, Document)
    told = [str(refused.error) for refused in bad if isinstance(refused, Refused)]
    assert [message.split("：")[0].rsplit(":", 1)[1] for message in told] == ["1", "3", "4", "5", "6", "7"]


def test_a_headline_alone_is_news(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"title": "甲区召开会议", "text": ""}))
    assert only(tmp_path / "a.jsonl").text.strip() == "甲区召开会议"


def test_a_cut_off_gzip_file_keeps_what_came_before_and_is_told(tmp_path: Path) -> None:
    noise = random.Random(1)
    whole = gzip.compress(lines(*({"text": f"{PAGE}{noise.random()}"} for _ in range(2000))))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    *good, last = read(tmp_path / "a.jsonl.gz")
    assert good
    assert isinstance(last, Refused)
    assert "gzip" in str(last.error)


def test_json_lines_are_a_stream(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"text": PAGE}) + b"{broken")
    stream = documents([tmp_path / "a.jsonl"])
    assert isinstance(next(stream), Document)
    assert isinstance(next(stream), Refused)


def test_what_no_file_could_hold_is_marked_one_for_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "\\ud800\\u0000\\u0001\\uffff\\u7532\\u533a"}\n')
    assert only(tmp_path / "a.jsonl").text == "\ufffd\ufffd\ufffd\ufffd甲区"


@given(st.binary(max_size=400))
def test_any_bytes_make_a_document_or_one_line(content: bytes) -> None:
    (found,) = documents(["-"], stdin=io.BytesIO(content))
    if isinstance(found, Refused):
        assert "\n" not in str(found.error)
        assert "\n" not in found.error.english
    else:
        assert found.text.strip()
        found.text.encode("utf-8")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(words: str) -> None:
    try:
        page = document(words, "x")
    except InputError as error:
        assert "\n" not in str(error)
    else:
        page.text.encode("utf-8")


@given(st.lists(st.tuples(st.sampled_from(["published", "url", "title", "Source", "x", "甲"]), st.text(max_size=20))), st.text(max_size=50))
def test_any_header_is_read_or_refused(head: list[tuple[str, str]], body: str) -> None:
    try:
        page = document("\n".join([*(f"{key}: {value}" for key, value in head), "", body]), "x")
    except InputError as error:
        assert str(error).startswith("x")
    else:
        assert page.published is None or day(page.published, "x") == page.published


@given(st.binary(max_size=300))
def test_any_lines_of_json_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes(content)
    for found in documents([path]):
        assert isinstance(found, Document) or "\n" not in str(found.error)
