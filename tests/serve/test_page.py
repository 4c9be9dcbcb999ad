"""The query page in a real browser: it works offline, asks this server only, and completes from our own ontology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from serving import Server

from kg.graph import questions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def opened(browser: Browser, reading: Server) -> Iterator[tuple[Page, list[str], list[str]]]:
    """The page, what it asked for, and what it complained of."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{reading.address}query")
    page.wait_for_function("window.queryPage")
    yield page, asked, wrong
    context.close()


def ask(page: Page, sparql: str) -> None:
    """Put a query into the editor and run it."""
    page.evaluate("sparql => queryPage.yasgui.getTab().getYasqe().setValue(sparql)", sparql)
    with page.expect_response(lambda response: response.url.endswith("/sparql")) as waited:
        page.evaluate("queryPage.yasgui.getTab().query()")
    assert waited.value.status == 200


def test_a_query_is_answered_in_the_table(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, wrong = opened
    ask(page, "SELECT ?name WHERE { ?p a kg:Official ; rdfs:label ?name }")
    page.wait_for_selector(".yasr table td")
    assert "沈牧之" in page.inner_text(".yasr")
    assert wrong == []


def test_nothing_but_this_server_is_asked(opened: tuple[Page, list[str], list[str]], reading: Server) -> None:
    page, asked, wrong = opened
    ask(page, "SELECT * WHERE { ?s ?p ?o } LIMIT 20")
    page.wait_for_selector(".yasr table td")
    page.wait_for_timeout(500)
    assert {url for url in asked if not url.startswith((reading.address, "data:", "blob:"))} == set()
    assert wrong == []


def test_the_saved_questions_are_there_and_run(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    labels = page.locator("#questions option").all_inner_texts()
    assert labels[1:] == [question.label for question in questions()]
    page.select_option("#questions", label=labels[1])
    assert page.evaluate("queryPage.yasgui.getTab().getYasqe().getValue()") == questions()[0].sparql
    with page.expect_response(lambda response: response.url.endswith("/sparql")) as waited:
        page.evaluate("queryPage.yasgui.getTab().query()")
    assert waited.value.status == 200


@pytest.mark.parametrize(("typed", "offered"), [("kg:holds", "kg:holdsPost"), ("任职", "kg:Tenure")])
def test_terms_are_completed_from_the_ontology(opened: tuple[Page, list[str], list[str]], typed: str, offered: str) -> None:
    page, _, wrong = opened
    page.evaluate("() => { const yasqe = queryPage.yasgui.getTab().getYasqe(); yasqe.setValue('SELECT * WHERE { ?p '); yasqe.focus(); yasqe.setCursor(0, 99) }")
    page.keyboard.insert_text(typed)
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints li")
    assert any(offered in line for line in page.locator(".CodeMirror-hints li").all_inner_texts())
    assert wrong == []


def test_a_completion_declares_its_prefix(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, wrong = opened
    page.evaluate("() => { const yasqe = queryPage.yasgui.getTab().getYasqe(); yasqe.setValue('SELECT * WHERE { ?p '); yasqe.focus(); yasqe.setCursor(0, 99) }")
    page.keyboard.insert_text("holdsPost")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints li")
    page.keyboard.press("Enter")
    told = page.evaluate("queryPage.yasgui.getTab().getYasqe().getValue()")
    assert "?p kg:holdsPost" in told
    assert "PREFIX kg: <https://w3id.org/zhengtu/ontology#>" in told
    assert wrong == []


def test_the_page_speaks_chinese_and_is_switched_to_english(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    assert page.inner_text("h1") == "政图 · 查询"
    page.click("nav a[href*='lang=en']")
    page.wait_for_function("window.queryPage")
    assert page.inner_text("h1") == "Zhengtu · query"
    assert questions()[0].english in page.locator("#questions option").all_inner_texts()


def test_an_error_is_shown_in_words(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    page.evaluate("queryPage.yasgui.getTab().getYasqe().setValue('SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }')")
    page.evaluate("queryPage.yasgui.getTab().query().catch(() => {})")
    page.wait_for_selector(".yasr .error, .yasr .errorResult, .yasr_results [class*=error]")
    assert "SERVICE" in page.inner_text(".yasr")


def test_the_policy_of_the_page_forbids_other_sites(reading: Server) -> None:
    policy = reading.get("/query", "text/html").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "script-src 'self';" in policy


def test_a_thing_is_read_and_walked_through(opened: tuple[Page, list[str], list[str]], reading: Server) -> None:
    page, asked, wrong = opened
    page.goto(f"{reading.address}id/person/青岚区/沈牧之")
    assert page.inner_text("h1") == "沈牧之"
    page.click("text=青岚区委书记")
    page.wait_for_selector("h1:has-text('青岚区委书记')")
    page.locator("a", has_text="沈牧之").first.click()
    page.wait_for_selector("h1:has-text('沈牧之')")
    assert {url for url in asked if not url.startswith((reading.address, "data:", "blob:"))} == set()
    assert wrong == []


def test_static_files_are_not_sent_twice(reading: Server) -> None:
    first = reading.get("/static/yasgui.min.js")
    assert first.status == 200
    again = reading.send("GET", "/static/yasgui.min.js", {"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
