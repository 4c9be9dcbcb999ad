from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import OutputError
from kg.show import Article, Edge, Evidence, Network, Node, page, write
from kg.show.terms import LOOKS

from .conftest import BASE, iri

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Show = Callable[..., "Page"]

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "'\"`${alert(3)}",
    "javascript:alert(4)",
    "甲\u202e乙\u2066丙",
    "长" * 10_000,
    'href="javascript:alert(5)"',
    "{{library}}{{script}}",
    "\ud800 half a character",
    "a\u2028b\u2029c\x00d",
)


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Open a network in the browser; the test fails if the page asks for anything, complains, or opens a dialog."""
    trouble: list[str] = []
    contexts = []

    def opened(network: Network, *, width: int = 1400, height: int = 900, dark: bool = False, fragment: str = "", **options: Any) -> Page:
        path = tmp_path / "graph.html"
        write(network, path, **options)
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce")
        contexts.append(context)
        tab = context.new_page()
        own = (path.as_uri(), "blob:")
        tab.on("request", lambda request: None if request.url.startswith(own) else trouble.append(request.url[:200]))
        tab.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        tab.goto(path.as_uri() + fragment)
        tab.wait_for_function("window.picture && document.querySelector('#canvas canvas')")
        tab.wait_for_timeout(150)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def _data(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return dict(json.loads(found[1]))


def _click(tab: Page, name: str) -> None:
    at = tab.evaluate("name => picture.where(name)", iri(name))
    tab.mouse.click(at["x"], at["y"])
    tab.wait_for_timeout(400)


def _panel(tab: Page) -> str:
    return tab.inner_text("#panel")


# ---------------------------------------------------------------- the file


def test_the_same_network_gives_the_same_bytes_in_any_order(district: Network) -> None:
    turned = Network(district.nodes[::-1], district.edges[::-1], district.articles[::-1])
    assert page(district, title="图", lang="zh") == page(turned, title="图", lang="zh")


def test_every_edge_is_kept_even_between_the_same_two_things(district: Network) -> None:
    data = _data(page(district))
    assert len(data["edges"]) == len(district.edges) == len(data["picture"]["edges"])
    ends: dict[frozenset[int], list[tuple[int, int, int]]] = {}
    for source, target, _, curve, *_ in data["edges"]:
        ends.setdefault(frozenset((source, target)), []).append((source, target, curve))
    beside = [group for group in ends.values() if len(group) > 1]
    assert beside
    for group in beside:
        # a bend to the right of one way is a bend to the left of the other
        low = min(group[0][:2])
        assert len({curve if source == low else -curve for source, _, curve in group}) == len(group)


def test_physics_is_off_and_every_drawn_node_has_its_position(district: Network) -> None:
    picture = _data(page(district))["picture"]
    assert picture["options"]["physics"]["enabled"] is False
    assert len({(node["x"], node["y"]) for node in picture["nodes"]}) == len(district.nodes)


def test_statements_are_dashed_and_what_happened_is_not(district: Network) -> None:
    data = _data(page(district))
    said = {relation["name"]: relation["said"] for relation in data["relations"]}
    assert said["emphasized"] and not said["inspected"]
    for edge in data["picture"]["edges"]:
        assert edge["dashes"] == data["relations"][data["edges"][edge["id"]][2]]["said"]


def test_the_page_names_no_address_on_the_net_outside_its_data_and_library(district: Network) -> None:
    text = page(district)
    own = re.sub(r"<script.*?</script>", "", text, flags=re.S)
    assert "http" not in own.replace("http-equiv", "")
    assert "default-src 'none'" in own and "unsafe" not in own


def test_every_class_has_a_shape_and_a_colour_of_its_own() -> None:
    assert len({(look.path, look.hollow) for look in LOOKS}) == len({look.light for look in LOOKS}) == len({look.dark for look in LOOKS}) == len(LOOKS)


def test_names_cannot_leave_the_element_that_holds_the_data() -> None:
    nodes = tuple(Node(f"{BASE}x/{index}", "Person", text) for index, text in enumerate(HOSTILE))
    text = page(Network(nodes), title=HOSTILE[1])
    assert "alert(2)</script>" not in text
    assert text.count("</script>") == 3
    labels = {node[2] for node in _data(text)["nodes"]}
    assert set(HOSTILE) == labels
    text.encode("utf-8")


def test_a_page_can_be_written_where_the_locale_is_not_utf8(district: Network, tmp_path: Path) -> None:
    path = tmp_path / "图.html"
    write(district, path, title="云岭区")
    text = path.read_bytes().decode("utf-8")
    assert "<title>云岭区</title>" in text
    assert [found.name for found in tmp_path.iterdir()] == ["图.html"]


def test_a_folder_that_is_missing_is_one_line(district: Network, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written") as told:
        write(district, tmp_path / "missing" / "graph.html")
    assert "\n" not in str(told.value)


def test_an_empty_network_is_a_page_too() -> None:
    assert _data(page(Network(())))["nodes"] == []


def test_an_edge_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="no node"):
        Network((Node("a", "Person", "甲"),), (Edge("a", "b", "metWith", "会见", "met with"),))


def test_a_long_sentence_is_cut_around_the_words_that_count() -> None:
    sentence = "前" * 5000 + "张建国来到东明街" + "后" * 5000
    edge = Edge("a", "b", "inspected", "调研", "inspected", (Evidence("r", sentence, "张建国来到东明街", 5000, 5008),))
    data = _data(page(Network((Node("a", "Person", "张建国"), Node("b", "Place", "东明街")), (edge,), (Article("r", "报道"),))))
    [_, where, begin, end, _] = data["edges"][0][5][0]
    assert data["sentences"][where][begin:end] == "张建国来到东明街"
    assert len(data["sentences"][where]) < 600


def test_a_large_graph_opens_on_its_best_connected_part() -> None:
    core = [Node(f"{BASE}core/{index}", "Person", f"核心{index}") for index in range(30)]
    leaves = [Node(f"{BASE}leaf/{index}", "Place", f"外围{index}") for index in range(700)]
    edges = [Edge(a.iri, b.iri, "metWith", "会见", "met with") for i, a in enumerate(core) for b in core[i + 1 :]]
    edges += [Edge(core[index % 30].iri, leaf.iri, "inspected", "调研", "inspected") for index, leaf in enumerate(leaves)]
    data = _data(page(Network((*core, *leaves), tuple(edges))))
    drawn = {data["nodes"][node["id"]][0] for node in data["picture"]["nodes"]}
    assert len(drawn) == 600
    assert {f"core/{index}" for index in range(30)} <= drawn
    assert len(data["nodes"]) == 730 and len(data["edges"]) == len(edges)


# ---------------------------------------------------------------- in the browser


def test_every_node_and_edge_that_is_given_is_drawn(show: Show, district: Network) -> None:
    tab = show(district)
    assert sorted(tab.evaluate("picture.nodes()")) == sorted(node.iri for node in district.nodes)
    assert sorted(tab.evaluate("picture.edges()")) == sorted([edge.source, edge.relation, edge.target] for edge in district.edges)
    assert tab.inner_text("#status") == f"{len(district.nodes)} 个节点 · {len(district.edges)} 条关系"
    shades = """(() => { const canvas = document.querySelector('#canvas canvas');
      return new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size; })()"""
    assert tab.evaluate(shades) > 50


def test_labels_touch_neither_each_other_nor_a_node_of_another(show: Show, district: Network) -> None:
    for width, height in ((1400, 900), (390, 844)):
        tab = show(district, width=width, height=height)
        labels, circles = tab.evaluate("picture.labels()"), tab.evaluate("picture.circles()")
        assert len(labels) >= (45 if width == 1400 else 15)
        for index, one in enumerate(labels):
            for other in labels[index + 1 :]:
                assert one["r"] <= other["l"] or other["r"] <= one["l"] or one["b"] <= other["t"] or other["b"] <= one["t"], (one, other)
            for circle in circles:
                if circle["iri"] != one["iri"]:
                    assert not (one["l"] < circle["x"] < one["r"] and one["t"] < circle["y"] < one["b"]), (one, circle)


def test_the_legend_counts_and_hides_a_class(show: Show, district: Network) -> None:
    tab = show(district)
    people = [node for node in district.nodes if node.kind == "Person"]
    entry = tab.locator("#kinds button", has_text="人物")
    assert entry.locator("b").inner_text() == str(len(people))
    entry.click()
    left = tab.evaluate("picture.nodes()")
    assert len(left) == len(district.nodes) - len(people)
    assert not {node.iri for node in people} & set(left)
    assert all(source in left and target in left for source, _, target in tab.evaluate("picture.edges()"))
    tab.locator("#kinds button", has_text="人物").click()
    assert len(tab.evaluate("picture.nodes()")) == len(district.nodes)


def test_a_relation_can_be_hidden_and_seen_alone(show: Show, district: Network) -> None:
    tab = show(district)
    inspected = sum(edge.relation == "inspected" for edge in district.edges)
    tab.locator("#relations button", has_text="调研").click()
    assert len(tab.evaluate("picture.edges()")) == len(district.edges) - inspected
    tab.locator("#relations button", has_text="调研").click()
    tab.locator("#relations button", has_text="调研").dblclick()
    assert {relation for _, relation, _ in tab.evaluate("picture.edges()")} == {"inspected"}


def test_a_span_of_time_leaves_what_its_reports_tell_and_stays_in_the_link(show: Show, district: Network) -> None:
    tab = show(district)
    days = sorted(article.date for article in district.articles)
    tab.fill("#since", days[-1])
    tab.locator("#since").dispatch_event("change")
    left = {article.iri for article in district.articles if article.date >= days[-1]}
    wanted = {node.iri for node in district.nodes if left & set(node.articles)}
    assert set(tab.evaluate("picture.nodes()")) == wanted and len(wanted) < len(district.nodes)
    assert len(tab.evaluate("picture.edges()")) == sum(any(one.article in left for one in edge.evidence) for edge in district.edges)
    assert f"since={days[-1]}" in tab.url
    tab.reload()
    assert set(tab.evaluate("picture.nodes()")) == wanted and tab.input_value("#since") == days[-1]
    tab.click("[data-do=widen]")
    assert len(tab.evaluate("picture.nodes()")) == len(district.nodes) and "since" not in tab.url


def test_the_small_fry_can_be_hidden_and_come_back_when_searched(show: Show, district: Network) -> None:
    tab = show(district)
    near: dict[str, set[str]] = {}
    for edge in district.edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    tab.select_option("#least", "3")
    assert set(tab.evaluate("picture.nodes()")) == {iri for iri, others in near.items() if len(others) >= 3}
    tab.fill("#query", "柳溪公园")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel h2") == "柳溪公园" and tab.input_value("#least") == "0"


def test_a_link_with_a_broken_range_opens_the_whole(show: Show, district: Network) -> None:
    tab = show(district, fragment="#&since=javascript:alert(1)&until=2024-99&least=-3&x")
    assert len(tab.evaluate("picture.nodes()")) == len(district.nodes)


def test_search_finds_a_person(show: Show, district: Network) -> None:
    tab = show(district)
    tab.keyboard.press("/")
    tab.keyboard.type("若川")
    assert tab.locator("#hits li").first.inner_text().startswith("林若川")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#panel h2") == "林若川"
    assert "#n=" in tab.url


def test_search_finds_names_by_the_initials_of_their_pinyin(show: Show, district: Network) -> None:
    tab = show(district)
    tab.fill("#query", "lrc")
    assert tab.locator("#hits li").first.inner_text().startswith("林若川")
    tab.fill("#query", "SGB")
    assert "双过半" in tab.locator("#hits li").first.inner_text()
    tab.fill("#query", "lrx")
    assert "林若川" not in tab.inner_text("#hits")


def test_search_finds_a_sentence_and_says_when_there_is_nothing(show: Show, district: Network) -> None:
    tab = show(district)
    tab.fill("#query", "实地察看工程进度")
    assert "原文" in tab.inner_text("#hits")
    tab.fill("#query", "绝无此名")
    assert tab.inner_text("#hits") == "没有找到"


def test_a_click_on_a_node_shows_its_facts_with_sentence_and_report(show: Show, district: Network) -> None:
    tab = show(district)
    _click(tab, "林若川")
    assert tab.inner_text("#panel h2") == "林若川"
    text = _panel(tab)
    assert "4月17日，区委书记林若川先后来到东明街、柳溪公园" in text
    assert "林若川调研老城更新和安置房建设工作" in text and "2024-04-18" in text
    groups = [heading.split("\n")[0] for heading in tab.locator("#panel h3").all_inner_texts()]
    assert "调研 →" in groups and "← 陪同" in groups
    assert "东明街" in tab.locator("#panel mark").all_inner_texts()


def test_a_click_on_an_edge_shows_its_sentence(show: Show, district: Network) -> None:
    tab = show(district)
    data = _data(page(district))
    names = [node[2] for node in data["nodes"]]
    index = next(i for i, edge in enumerate(data["edges"]) if names[edge[0]] == "林若川" and names[edge[1]] == "西河路")
    at = tab.evaluate("index => picture.onEdge(index)", index)
    tab.mouse.click(at["x"], at["y"])
    tab.wait_for_timeout(300)
    assert tab.inner_text("#panel h2") == "调研"
    assert "西河路" in _panel(tab) and "实地察看工程进度" in _panel(tab)
    assert "#e=" in tab.url


def test_a_link_opens_the_page_on_what_it_names(show: Show, district: Network) -> None:
    assert show(district, fragment="#n=thing/沈望舒").inner_text("#panel h2") == "沈望舒"
    assert "强调" in show(district, fragment="#e=thing/林若川~emphasized~thing/文旅融合").inner_text("#panel h2")
    assert "最短路径" in show(district, fragment="#p=沈望舒~文旅融合").inner_text("#panel h2")
    assert show(district, fragment="#n=%E0%A4%A").inner_text("#panel h2") == "概览"


def test_keys_walk_the_neighbours_and_escape_returns(show: Show, district: Network) -> None:
    tab = show(district, fragment="#n=thing/沈望舒")
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#panel .here").count() >= 1
    there = tab.locator("#panel .here").first.inner_text()
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(150)
    assert tab.inner_text("#panel h2") == there
    tab.go_back()
    tab.wait_for_timeout(150)
    assert tab.inner_text("#panel h2") == "沈望舒"
    tab.keyboard.press("Escape")
    assert tab.inner_text("#panel h2") == "概览"


def test_hostile_names_are_shown_and_do_nothing(show: Show) -> None:
    nodes = [Node(f"{BASE}x/{text[:20].encode('utf-8', 'replace').hex()}", "Person", text, (text[::-1],)) for text in HOSTILE]
    hub = Node("javascript:alert(6)", "Policy", "中心")
    articles = tuple(Article(f"{BASE}article/{index}", text, text[:30], text) for index, text in enumerate(HOSTILE))
    edges = tuple(
        Edge(node.iri, hub.iri, f"r{index}", text, text, (Evidence(articles[index].iri, text + "。", text, 0, len(text), 0.5),), index % 2 == 0)
        for index, (node, text) in enumerate(zip(nodes, HOSTILE, strict=True))
    )
    tab = show(Network((*nodes, hub), edges, articles), title=HOSTILE[0])
    assert tab.inner_text("h1") == HOSTILE[0]
    for text in ("<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>"):
        tab.fill("#query", text)
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(100)
        assert tab.inner_text("#panel h2") == text
        assert text in tab.inner_text("#panel blockquote")
        at = tab.evaluate("name => picture.where(name)", f"{BASE}x/{text[:20].encode().hex()}")
        tab.mouse.move(at["x"], at["y"])
        tab.wait_for_timeout(100)
    tab.fill("#query", "中心")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(100)
    text = _panel(tab)
    assert "[U+202E]" in text and "\u202e" not in text
    for language in ("en", "zh"):
        tab.click("nav [data-do=lang]")
        assert tab.get_attribute("html", "lang") == {"en": "en", "zh": "zh-CN"}[language]
    assert tab.locator("#panel img, #panel script, #panel a, #hits img, aside img").count() == 0
    with tab.expect_download() as saved:
        tab.click("nav [data-do=png]")
    assert "/" not in saved.value.suggested_filename


def test_the_page_speaks_english_on_request(show: Show, district: Network) -> None:
    tab = show(district, lang="en")
    assert "nodes" in tab.inner_text("#status") and "People" in tab.inner_text("#kinds")
    tab.click("nav [data-do=lang]")
    assert "个节点" in tab.inner_text("#status") and "人物" in tab.inner_text("#kinds")


def test_dark_follows_the_system_and_the_button(show: Show, district: Network) -> None:
    tab = show(district, dark=True)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    dark = tab.evaluate(ground)
    tab.click("nav [data-do=theme]")
    assert tab.evaluate("document.documentElement.dataset.theme") == "light"
    assert tab.evaluate(ground) != dark


def test_a_telephone_has_everything_without_scrolling_sideways(show: Show, district: Network) -> None:
    tab = show(district, width=390, height=844)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.locator("#legend").is_hidden()
    tab.click("[data-do=legend]")
    assert tab.locator("#legend").is_visible()
    tab.keyboard.press("Escape")
    assert tab.locator("#legend").is_hidden()
    _click(tab, "林若川")
    assert tab.inner_text("#panel h2") == "林若川"
    box = tab.locator("#panel").bounding_box()
    assert box and box["y"] > 400 and box["width"] == 390


def test_what_a_large_graph_leaves_out_is_found_by_search_and_drawn(show: Show) -> None:
    core = [Node(f"{BASE}core/{index}", "Person", f"核心{index}") for index in range(25)]
    leaves = [Node(f"{BASE}leaf/{index}", "Place", f"外围{index}") for index in range(620)]
    edges = [Edge(a.iri, b.iri, "metWith", "会见", "met with") for i, a in enumerate(core) for b in core[i + 1 :]]
    edges += [Edge(core[index % 25].iri, leaf.iri, "inspected", "调研", "inspected") for index, leaf in enumerate(leaves)]
    tab = show(Network((*core, *leaves), tuple(edges)))
    assert "600" in tab.inner_text("#part") and "645" in tab.inner_text("#part")
    drawn = set(tab.evaluate("picture.nodes()"))
    away = next(leaf for leaf in leaves if leaf.iri not in drawn)
    tab.fill("#query", away.label)
    assert "未绘出" in tab.locator("#hits li").first.inner_text()
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(100)
    assert tab.inner_text("#panel h2") == away.label
    assert away.iri in tab.evaluate("picture.nodes()")
    assert away.iri in {target for _, _, target in tab.evaluate("picture.edges()")}


def test_the_picture_is_saved_as_png(show: Show, district: Network, tmp_path: Path) -> None:
    tab = show(district, title="云岭区")
    with tab.expect_download() as saved:
        tab.click("nav [data-do=png]")
    assert saved.value.suggested_filename == "云岭区.png"
    saved.value.save_as(tmp_path / "saved.png")
    assert (tmp_path / "saved.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_node_without_relations_is_drawn_in_a_small_graph(show: Show, district: Network) -> None:
    alone = Node(f"{BASE}thing/alone", "Place", "独处之地")
    tab = show(replace(district, nodes=(*district.nodes, alone)))
    assert alone.iri in tab.evaluate("picture.nodes()")
    tab.fill("#query", "独处")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(100)
    assert "没有与其他节点的关系" in _panel(tab)
