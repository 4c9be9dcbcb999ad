"""The server as an assistant meets it: the SDK's own client starts ``kg mcp`` and speaks to it over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp.server.mcpserver", reason="the SDK of MCP (mcp 2.3 or later) is not installed")

from mcp import Client, StdioServerParameters

import kg
from kg.graph import DEFAULT_BASE

TOOLS = {"search_things", "read_thing", "list_questions", "ask_question", "query_graph", "list_articles", "read_article"}
SHEN = f"{DEFAULT_BASE}person/青岚区/沈牧之"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

Session = Callable[[Client], Awaitable[Any]]


def speak(folder: Path, session: Session, *options: str) -> Any:
    """Start the server, let the client speak, and return what the session returns."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from kg.cli import main; main()", "mcp", "-o", str(folder), *options],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )

    async def spoken() -> Any:
        async with Client(server, read_timeout_seconds=120) as client:
            return await session(client)

    return asyncio.run(spoken())


async def called(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool and return what it found; the text that a client without schemas reads is the same."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    """Call a tool that must refuse, and return what it tells."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error, result.content
    assert "Traceback" not in result.content[0].text
    return result.content[0].text


def test_every_tool_is_described_in_both_languages_and_only_reads(folder: Path) -> None:
    async def session(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = speak(folder, session)
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        chinese, english = tool.description.split("\n")
        assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)
        assert english.isascii() or "…" in english
        assert tool.annotations.read_only_hint is True
        assert tool.input_schema["type"] == "object"
    assert "kg:evidence" in instructions


def test_an_assistant_finds_a_person_and_reads_what_is_told_with_its_sentences(folder: Path) -> None:
    async def session(client: Client) -> None:
        found = await called(client, "search_things", words="沈牧之", kind="Person")
        assert [row["iri"] for row in found["rows"]] == [SHEN]
        first = await called(client, "read_thing", name=SHEN, limit=4)
        assert (first["label"], first["class"], len(first["facts"]), first["next_offset"]) == ("沈牧之", "Person", 4, 4)
        rest = await called(client, "read_thing", name="沈牧之", offset=4)
        assert len(rest["facts"]) == first["total"] - 4 and "next_offset" not in rest
        for fact in first["facts"] + rest["facts"]:
            for source in fact["sources"]:
                article = await called(client, "read_article", article=source["article"])
                assert source["sentence"] in article["text"]
                assert (source["headline"], source["published"]) == (article["headline"], article["published"])
            assert fact["sources"]
        posts = await called(client, "read_thing", name=SHEN, relation="holdsPost")
        assert [fact["object"] for fact in posts["facts"]] == ["青岚区委书记"]

    speak(folder, session)


def test_saved_questions_are_listed_and_asked(folder: Path) -> None:
    async def session(client: Client) -> None:
        listed = await called(client, "list_questions")
        assert {"articles", "posts"} <= {row["name"] for row in listed["rows"]}
        answer = await called(client, "ask_question", question="posts", values={"name": "沈牧之"})
        assert [(row["person"], row["post"]) for row in answer["rows"]] == [("沈牧之", "青岚区委书记")]
        said = await called(client, "ask_question", question="statements", values={"name": "沈牧之"}, limit=1)
        assert len(said["rows"]) == 1 and said["truncated"]
        assert [source["iri"] for source in said["sources"]] == [said["rows"][0]["passage"]]
        assert "没有" in await refused(client, "ask_question", question="nothing")
        assert "limit" in await refused(client, "ask_question", question="posts", values={"limit": 3})
        assert "没有" in await refused(client, "ask_question", question="posts", values={"question": "x"})

    speak(folder, session)


def test_a_query_brings_the_sentences_of_the_nodes_it_selects(folder: Path) -> None:
    async def session(client: Client) -> None:
        answer = await called(client, "query_graph", sparql="SELECT ?statement ?text WHERE { ?statement kg:text ?text } ORDER BY ?text", limit=3)
        assert answer["columns"] == ["statement", "text"]
        assert len(answer["rows"]) == 3 and answer["truncated"]
        assert {source["iri"] for source in answer["sources"]} == {row["statement"] for row in answer["rows"]}
        assert all(source["sentence"] and source["headline"] and source["article"] for source in answer["sources"])
        assert await called(client, "query_graph", sparql="ASK { ?p a kg:Person }") == {"answer": True}
        built = await called(client, "query_graph", sparql=f"CONSTRUCT WHERE {{ <{SHEN}> kg:holdsPost ?post }}")
        assert [row["subject"] for row in built["rows"]] == [SHEN]

    speak(folder, session)


def test_articles_are_listed_and_read_in_pages(folder: Path) -> None:
    async def session(client: Client) -> None:
        first = await called(client, "list_articles", limit=2)
        assert len(first["articles"]) == 2 and first["next_offset"] == 2
        rest = await called(client, "list_articles", offset=2)
        assert len(rest["articles"]) == first["total"] - 2
        found = await called(client, "list_articles", words="低空经济", since="2025-04", until="2025-04-30")
        (article,) = found["articles"]
        whole = await called(client, "read_article", article=article["article"])
        end = await called(client, "read_article", article=article["article"], offset=100)
        assert whole["text"][100:] == end["text"]
        assert "沈牧之" in {thing["label"] for thing in whole["things"]}

    speak(folder, session)


HOSTILE = [
    ("search_things", {"words": ""}),
    ("search_things", {"words": "甲" * 100_000}),
    ("search_things", {"words": 3}),
    ("search_things", {"words": "甲", "limit": 0}),
    ("search_things", {"words": "甲", "limit": -1}),
    ("search_things", {"words": "甲", "kind": "Nothing"}),
    ("search_things", {}),
    ("read_thing", {"name": ""}),
    ("read_thing", {"name": "a:b> ?p ?o . ?x <c:d"}),
    ("read_thing", {"name": 'x" } UNION { ?s ?p ?o } #'}),
    ("read_thing", {"name": "urn:zhengtu:books"}),
    ("read_thing", {"name": SHEN, "offset": 10**30}),
    ("read_article", {"article": "../../etc/passwd"}),
    ("read_article", {"article": "file:///etc/passwd"}),
    ("list_articles", {"since": "gestern"}),
    ("list_articles", {"until": "2024-05\n"}),
    ("ask_question", {"question": "posts", "values": {"name": {"a": "b"}}}),
    ("ask_question", {"question": "../posts"}),
    ("query_graph", {"sparql": ""}),
    ("query_graph", {"sparql": "SELECT ?x WHERE {"}),
    ("query_graph", {"sparql": "SELECT * " + "{" * 5_000}),
    ("query_graph", {"sparql": "x" * 30_000}),
    ("query_graph", {"sparql": "DROP ALL"}),
    ("query_graph", {"sparql": "INSERT DATA { <a:a> <a:b> <a:c> }"}),
    ("query_graph", {"sparql": "LOAD <file:///etc/passwd>"}),
    ("query_graph", {"sparql": "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}),
    ("query_graph", {"sparql": "ASK {}", "limit": 10**9}),
    ("no_such_tool", {}),
]


def test_hostile_arguments_are_errors_of_the_tool_and_the_server_goes_on(folder: Path) -> None:
    async def session(client: Client) -> list[str]:
        told = [await refused(client, tool, **arguments) for tool, arguments in HOSTILE]
        assert (await called(client, "search_things", words="沈牧之"))["rows"]
        return told

    for words in speak(folder, session):
        assert len(words) < 3_000


def test_the_bookkeeping_of_the_store_is_never_shown(folder: Path) -> None:
    async def session(client: Client) -> None:
        graphs = await called(client, "query_graph", sparql="SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", limit=100)
        assert not any("urn:zhengtu" in row["g"] for row in graphs["rows"])

    speak(folder, session)


def test_a_query_that_never_ends_is_stopped_and_the_server_goes_on(folder: Path) -> None:
    async def session(client: Client) -> None:
        waiting = asyncio.create_task(refused(client, "query_graph", sparql=ENDLESS))
        assert (await called(client, "list_questions"))["rows"]
        assert "--timeout" in await waiting
        assert (await called(client, "query_graph", sparql="ASK {}"))["answer"] is True

    speak(folder, session, "--timeout", "1.5")


def test_no_answer_is_longer_than_a_client_can_read(folder: Path) -> None:
    async def session(client: Client) -> None:
        long = 'SELECT (REPLACE("' + "甲" * 1_000 + '", "甲", "' + "乙" * 100 + '") AS ?x) ?s WHERE { ?s ?p ?o }'
        answer = await called(client, "query_graph", sparql=long, limit=100)
        assert answer["truncated"] and answer["rows"]
        assert len(json.dumps(answer, ensure_ascii=False)) < 70_000
        assert all(len(row["x"]) < 2_000 for row in answer["rows"])
        capped = await called(client, "query_graph", sparql="SELECT * WHERE { ?s ?p ?o }", limit=10_000)
        assert len(capped["rows"]) <= 100

    speak(folder, session)


def test_a_build_can_run_while_the_server_is_up_and_is_seen_afterwards(tmp_path: Path) -> None:
    page = "青岚区召开推进会\n\n本报讯 5月11日,青岚区召开推进会。区委书记张建国出席并讲话。\n"
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    (tmp_path / "b.txt").write_text(page.replace("推进会", "座谈会").replace("张建国", "李秀英"), encoding="utf-8")
    kg.build([tmp_path / "a.txt"], tmp_path / "output", published="2024-05-12")

    async def session(client: Client) -> None:
        assert (await called(client, "list_articles"))["total"] == 1
        await asyncio.to_thread(kg.build, [tmp_path / "b.txt"], tmp_path / "output", published="2024-05-12")
        assert (await called(client, "list_articles"))["total"] == 2
        assert (await called(client, "search_things", words="李秀英"))["rows"]

    speak(tmp_path / "output", session)


@pytest.fixture
def wire(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The server with nobody's client in between."""
    code = "from kg.cli import main; main()"
    command = [sys.executable, "-c", code, "mcp", "-o", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_nothing_but_the_protocol_stands_on_standard_output_whatever_comes_in(wire: subprocess.Popen[bytes]) -> None:
    first = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": first}),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        "no json",
        '{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "search_things", "arguments": {"words": "\\ud800甲"}}}',
        '{"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "search_things", "arguments": {"words": "\\u0000"}}}',
        json.dumps({"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "query_graph", "arguments": {"sparql": "ASK {}"}}}),
        json.dumps({"jsonrpc": "2.0", "id": 5, "method": "no/such/method"}),
        json.dumps({"jsonrpc": "2.0", "id": 6, "method": "tools/list"}),
    ]
    assert wire.stdin is not None and wire.stdout is not None
    wire.stdin.write("\n".join(lines).encode() + b"\n\xff\xfe\n")
    wire.stdin.flush()
    answered: dict[Any, Any] = {}
    while not {1, 3, 4, 5, 6} <= set(answered):
        said = json.loads(wire.stdout.readline())
        assert said["jsonrpc"] == "2.0"
        answered[said.get("id")] = said
    assert answered[4]["result"]["structuredContent"] == {"answer": True}
    assert "error" in answered[5]
    assert {tool["name"] for tool in answered[6]["result"]["tools"]} == TOOLS
    wire.stdin.close()
    assert wire.wait(60) == 0
    assert wire.stdout.read() == b""
