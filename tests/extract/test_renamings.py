"""What was renamed, abolished or merged, and which area lies in which, as the text says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.link import link, renamings
from kg.model import Document, Reading, Triple
from kg.page import articles

if TYPE_CHECKING:
    from kg.extract import RuleExtractor


def read(extractor: RuleExtractor, body: str, headline: str = "青岚区召开会议") -> Reading:
    [article] = articles(Document("a", f"{headline}\n\n{body}\n", "a.txt", "2024-05-07"))
    return extractor.reading(article)


def told(extractor: RuleExtractor, body: str) -> set[tuple[str, str, str]]:
    return set(renamings(link(read(extractor, body))))


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        ("近日，国务院批复同意撤销青岚县，设立云州市青岚区。", {("青岚县", "青岚区")}),
        ("5月6日，青岚县撤县设区，设立青岚区。", {("青岚县", "青岚区")}),
        ("经国务院批准，青岚县更名为青岚市，由云州市代管。", {("青岚县", "青岚市")}),
        ("经批准，撤销县级青岚市，设立云州市青岚区。", {("青岚市", "青岚区")}),
        ("经批准，撤销青岚县、白石区，设立新的柳溪区。", {("青岚县", "柳溪区"), ("白石区", "柳溪区")}),
    ],
)
def test_an_abolished_or_renamed_area_leads_to_the_new_one(extractor: RuleExtractor, body: str, pairs: set[tuple[str, str]]) -> None:
    assert told(extractor, body) == {("Area", old, new) for old, new in pairs}


@pytest.mark.parametrize(
    "body",
    [
        "会议明确，将区文化局、区旅游局的职责整合，组建区文化和旅游局，不再保留区文化局、区旅游局。",
        "近日，青岚区文化局与青岚区旅游局合并组建青岚区文化和旅游局。",
    ],
)
def test_merged_bureaus_lead_to_the_new_one(extractor: RuleExtractor, body: str) -> None:
    new = "青岚区文化和旅游局"
    assert told(extractor, body) == {("Organization", "青岚区文化局", new), ("Organization", "青岚区旅游局", new)}


def test_a_bureau_that_gives_only_some_of_its_duties_stays(extractor: RuleExtractor) -> None:
    body = "会议明确，将区民政局的优抚安置职责、区人力资源和社会保障局的军官转业安置职责整合，组建区退役军人事务局。"
    assert told(extractor, body) == set()


def test_a_renamed_bureau_leads_to_its_new_name(extractor: RuleExtractor) -> None:
    assert told(extractor, "近日，青岚区农业局更名为青岚区农业农村局。") == {("Organization", "青岚区农业局", "青岚区农业农村局")}


@pytest.mark.parametrize(
    "body", ["青岚县正申请撤销青岚县，设立青岚区。", "青岚区组建工作专班，区教育局、区公安局参加。", "青岚区设立白石服务区。", "撤销处分，设立专户。"]
)
def test_what_is_hoped_for_or_is_no_renaming_says_nothing(extractor: RuleExtractor, body: str) -> None:
    assert told(extractor, body) == set()


def test_both_names_of_a_renamed_area_are_areas_of_the_story(extractor: RuleExtractor) -> None:
    reading = read(extractor, "近日，国务院批复同意撤销青岚县，设立云州市青岚区。")
    assert {"青岚县", "青岚区"} <= {mention.name for mention in reading.mentions if mention.kind == "Area"}


def test_a_district_written_behind_its_city_lies_in_it(extractor: RuleExtractor) -> None:
    reading = read(extractor, "5月6日，云州市青岚区召开全区重点工作推进会，云州市青岚区委书记张建国主持。", "青岚区召开推进会")
    [fact] = [fact for fact in reading.facts if isinstance(fact, Triple) and fact.relation == "partOf"]
    assert (fact.subject.name, fact.object.name) == ("青岚区", "云州市")
    assert fact.evidence.span.of(reading.article.text) == "云州市青岚区"


def test_where_a_known_district_lies_is_left_to_its_code(extractor: RuleExtractor) -> None:
    reading = read(extractor, "5月6日，郑州市管城回族区召开全区重点工作推进会。", "管城回族区召开推进会")
    assert not any(isinstance(fact, Triple) and fact.relation == "partOf" for fact in reading.facts)


def test_a_former_county_is_read_in_full(extractor: RuleExtractor) -> None:
    reading = read(extractor, "当年，他在崇明县工作。", "一位老人的回忆")
    assert [mention.name for mention in reading.mentions if mention.kind == "Area"] == ["崇明县"]
