"""Programs that others wrote, asking and writing as their users do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from serving import TOKEN, Server

PEOPLE = """PREFIX kg: <https://w3id.org/zhengtu/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name WHERE { ?p a kg:Official ; rdfs:label ?name }"""


def names(server: Server) -> set[str]:
    return {row["name"] for row in server.ask(PEOPLE).rows}


# ---------------------------------------------------------------- SPARQLWrapper


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("how", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_reads_rows(reading: Server, form: str, method: str, how: str) -> None:
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(f"{reading.address}sparql", returnFormat=form)
    client.setMethod(method)
    client.setRequestMethod(how)
    client.setQuery(PEOPLE)
    found = client.query().convert()
    if form == "json":
        assert {row["name"]["value"] for row in found["results"]["bindings"]} == names(reading)
    elif form == "xml":
        assert {node.firstChild.data for node in found.getElementsByTagName("literal")} == names(reading)
    else:
        assert all(name in found.decode() for name in names(reading))


def test_sparqlwrapper_reads_a_graph(reading: Server) -> None:
    from SPARQLWrapper import RDFXML, SPARQLWrapper

    client = SPARQLWrapper(f"{reading.address}sparql", returnFormat=RDFXML)
    client.setQuery("CONSTRUCT WHERE { ?p a <https://w3id.org/zhengtu/ontology#Official> }")
    assert len(client.query().convert()) == len(names(reading))


def test_sparqlwrapper_updates(writing: Server) -> None:
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(f"{writing.address}update")
    client.setMethod("POST")
    client.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    client.setQuery("INSERT DATA { GRAPH <urn:x:wrapped> { <urn:x:a> <urn:x:b> 1 } }")
    client.query()
    assert writing.ask("ASK { GRAPH <urn:x:wrapped> { ?s ?p 1 } }").truth


# ---------------------------------------------------------------- rdflib


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_through_its_store(reading: Server, method: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{reading.address}sparql", method=method))
    assert {str(row.name) for row in graph.query(PEOPLE)} == names(reading)
    kind = rdflib.URIRef("https://w3id.org/zhengtu/ontology#Official")
    assert len(list(graph.subjects(rdflib.RDF.type, kind))) == len(names(reading))


def test_rdflib_writes_through_its_store(writing: Server) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    store = SPARQLUpdateStore(f"{writing.address}sparql", f"{writing.address}update", headers={"Authorization": f"Bearer {TOKEN}"})
    graph = rdflib.Graph(store, rdflib.URIRef("urn:x:rdflib"))
    graph.add((rdflib.URIRef("urn:x:a"), rdflib.RDFS.label, rdflib.Literal("甲", lang="zh")))
    assert list(graph.objects(rdflib.URIRef("urn:x:a"))) == [rdflib.Literal("甲", lang="zh")]
    graph.remove((rdflib.URIRef("urn:x:a"), None, None))
    assert not writing.ask("ASK { GRAPH <urn:x:rdflib> { ?s ?p ?o } }").truth


def test_rdflib_reads_a_thing_from_its_address(reading: Server) -> None:
    person = "https://w3id.org/zhengtu/id/person/青岚区/沈牧之"
    graph = rdflib.Graph().parse(person.replace("https://w3id.org/zhengtu/", reading.address))
    assert graph.value(rdflib.URIRef(person), rdflib.RDFS.label) == rdflib.Literal("沈牧之", lang="zh")


# ---------------------------------------------------------------- curl


def curl(*arguments: str) -> bytes:
    command = shutil.which("curl")
    if command is None:
        pytest.skip("no curl on this machine")
    return subprocess.run([command, "-sS", "--fail-with-body", *arguments], check=True, capture_output=True).stdout


def test_curl_asks(reading: Server) -> None:
    for arguments in (
        ("-G", "--data-urlencode", f"query={PEOPLE}"),
        ("--data-urlencode", f"query={PEOPLE}"),
        ("-H", "Content-Type: application/sparql-query", "--data-binary", PEOPLE),
    ):
        told = json.loads(curl(*arguments, f"{reading.address}sparql"))
        assert {row["name"]["value"] for row in told["results"]["bindings"]} == names(reading)


def test_curl_puts_a_file_and_gets_it(writing: Server, tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text('<urn:x:a> <urn:x:name> "甲"@zh .', encoding="utf-8")
    address, shown = f"{writing.address}graphs?graph=urn:x:curl", ("-H", f"Authorization: Bearer {TOKEN}")
    curl("-T", str(file), "-H", "Content-Type: text/turtle", *shown, address)
    curl("-F", f"file=@{file};type=text/turtle", *shown, address)
    assert "甲" in curl("-H", "Accept: text/turtle", address).decode()
    curl("-X", "DELETE", *shown, address)


# ---------------------------------------------------------------- a client for node

SCRIPT = """
import { Readable } from 'node:stream'
import ParsingClient from 'sparql-http-client/ParsingClient.js'
import StreamClient from 'sparql-http-client/StreamClient.js'
const [address, token, query] = process.argv.slice(2)
const headers = { Authorization: `Bearer ${token}` }
const where = { endpointUrl: `${address}sparql`, updateUrl: `${address}update`, storeUrl: `${address}graphs`, headers }
const client = new ParsingClient(where)
const { store, factory } = new StreamClient(where)
const read = async graph => { const found = []; for await (const quad of store.get(graph)) found.push(quad.object.value); return found }
const told = {}
for (const operation of ['get', 'postUrlencoded', 'postDirect']) {
  told[operation] = (await client.query.select(query, { operation })).map(row => row.name.value).sort()
}
told.ask = await client.query.ask('ASK {}')
told.construct = (await client.query.construct('CONSTRUCT WHERE { ?p a <https://w3id.org/zhengtu/ontology#Official> }')).size
await client.query.update('INSERT DATA { GRAPH <urn:x:node> { <urn:x:a> <urn:x:b> 1 } }')
const graph = factory.namedNode('urn:x:node')
told.graph = await read(graph)
await store.put(Readable.from([factory.quad(factory.namedNode('urn:x:s'), factory.namedNode('urn:x:p'), factory.literal('甲'), graph)]), { graph })
told.put = await read(graph)
console.log(JSON.stringify(told))
"""


def test_a_client_for_node_asks_and_writes(writing: Server, tmp_path: Path) -> None:
    """sparql-http-client 3, if npm can install it here (KG_NODE_MODULES names a folder where it is)."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("no node on this machine")
    modules = os.environ.get("KG_NODE_MODULES")
    if modules:
        (tmp_path / "node_modules").symlink_to(modules)
    elif subprocess.run([npm, "install", "--prefix", str(tmp_path), "--no-audit", "--no-fund", "sparql-http-client@3"], capture_output=True).returncode:
        pytest.skip("sparql-http-client cannot be installed on this machine")
    (tmp_path / "client.mjs").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run([node, "client.mjs", writing.address, TOKEN, PEOPLE], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["get"] == told["postUrlencoded"] == told["postDirect"] == sorted(names(writing))
    assert told["ask"] is True
    assert told["construct"] == len(names(writing))
    assert (told["graph"], told["put"]) == (["1"], ["甲"])
