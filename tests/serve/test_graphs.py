"""The SPARQL 1.1 Graph Store HTTP Protocol, case by case as https://www.w3.org/TR/sparql11-http-rdf-update/ tells it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from serving import TOKEN, Answer, Server

TURTLE = {"Content-Type": "text/turtle"}
ONE = '<urn:x:jane> <urn:x:name> "Jane" .'
TWO = '<urn:x:john> <urn:x:name> "John" .'


def named(graph: str) -> str:
    """The address of a graph that is named indirectly."""
    return f"/graphs?graph={quote(graph, safe='')}"


def put(server: Server, path: str, text: str = ONE, media: str = "text/turtle") -> Answer:
    return server.send("PUT", path, {"Content-Type": media}, text, token=TOKEN)


def names(server: Server, path: str) -> set[str]:
    """The names that a graph tells."""
    answer = server.get(path, "application/n-triples")
    assert answer.status == 200
    return {line.split('"')[1] for line in answer.text.splitlines() if "<urn:x:name>" in line}


@pytest.fixture(params=["indirect", "direct"])
def path(request: pytest.FixtureRequest, writing: Server) -> str:
    """The address of a graph that is not there yet."""
    number = request.node.name.encode().hex()[:60]
    return named(f"http://data.example/{number}") if request.param == "indirect" else f"/graphs/{number}"


def test_put_of_a_new_graph_makes_it(writing: Server, path: str) -> None:
    assert put(writing, path).status == 201
    assert names(writing, path) == {"Jane"}


def test_put_of_a_graph_that_is_there_replaces_it(writing: Server, path: str) -> None:
    put(writing, path)
    assert put(writing, path, TWO).status in (200, 204)
    assert names(writing, path) == {"John"}


def test_put_of_nothing_makes_an_empty_graph(writing: Server, path: str) -> None:
    assert put(writing, path, "").status == 201
    answer = writing.get(path, "application/n-triples")
    assert (answer.status, answer.body) == (200, b"")


def test_put_of_what_is_not_its_type_changes_nothing(writing: Server, path: str) -> None:
    put(writing, path)
    assert put(writing, path, ONE, "application/rdf+xml").status == 400
    assert put(writing, path, "<a").status == 400
    assert names(writing, path) == {"Jane"}


@pytest.mark.parametrize("media", ["image/png", "text/csv", "application/n-quads"])
def test_put_of_an_unknown_type_is_refused(writing: Server, path: str, media: str) -> None:
    assert put(writing, path, ONE, media).status == 415


def test_post_adds_to_a_graph(writing: Server, path: str) -> None:
    put(writing, path)
    assert writing.send("POST", path, TURTLE, TWO, token=TOKEN).status in (200, 204)
    assert names(writing, path) == {"Jane", "John"}


def test_post_to_a_graph_that_is_not_there_makes_it(writing: Server, path: str) -> None:
    assert writing.send("POST", path, TURTLE, TWO, token=TOKEN).status == 201
    assert names(writing, path) == {"John"}


def test_post_of_a_form_adds_every_file(writing: Server, path: str) -> None:
    put(writing, path)
    xml = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:"><rdf:Description rdf:about="urn:x:max">'
        "<x:name>Max</x:name></rdf:Description></rdf:RDF>"
    )
    parts = [("one.ttl", "text/turtle; charset=utf-8", TWO), ("two.rdf", "application/rdf+xml", xml)]
    body = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {media}\r\n\r\n{text}\r\n' for name, media, text in parts
    )
    answer = writing.send("POST", path, {"Content-Type": "multipart/form-data; boundary=edge"}, f"{body}--edge--\r\n", token=TOKEN)
    assert answer.status in (200, 204)
    assert names(writing, path) == {"Jane", "John", "Max"}


def test_a_form_with_one_wrong_file_adds_nothing(writing: Server, path: str) -> None:
    put(writing, path)
    parts = "".join(f"--edge\r\nContent-Disposition: form-data; name=f\r\nContent-Type: text/turtle\r\n\r\n{text}\r\n" for text in (TWO, "<a"))
    answer = writing.send("POST", path, {"Content-Type": "multipart/form-data; boundary=edge"}, f"{parts}--edge--\r\n", token=TOKEN)
    assert answer.status == 400
    assert names(writing, path) == {"Jane"}


def test_blank_nodes_of_two_documents_are_not_one(writing: Server, path: str) -> None:
    put(writing, path, '_:b <urn:x:name> "A" .')
    writing.send("POST", path, TURTLE, '_:b <urn:x:name> "B" .', token=TOKEN)
    subjects = {line.split()[0] for line in writing.get(path, "application/n-triples").text.splitlines()}
    assert len(subjects) == 2


def test_delete_removes_a_graph(writing: Server, path: str) -> None:
    put(writing, path)
    assert writing.send("DELETE", path, token=TOKEN).status in (200, 204)
    assert writing.get(path).status == 404


def test_delete_of_a_graph_that_is_not_there_is_not_found(writing: Server, path: str) -> None:
    assert writing.send("DELETE", path, token=TOKEN).status == 404


def test_get_of_a_graph_that_is_not_there_is_not_found(writing: Server, path: str) -> None:
    assert writing.get(path).status == 404


def test_head_is_get_without_the_body(writing: Server, path: str) -> None:
    assert writing.send("HEAD", path).status == 404
    put(writing, path)
    answer = writing.send("HEAD", path, {"Accept": "text/turtle"})
    assert (answer.status, answer.media, answer.body) == (200, "text/turtle", b"")
    assert int(answer.headers["content-length"]) > 0


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_a_graph_can_be_had_in_every_format_and_put_back(writing: Server, path: str, media: str) -> None:
    put(writing, path, ONE + TWO)
    answer = writing.get(path, media)
    assert (answer.status, answer.media) == (200, media)
    assert put(writing, path, answer.text, media).status in (200, 204)
    assert names(writing, path) == {"Jane", "John"}


def test_a_format_that_we_cannot_write_is_not_acceptable(writing: Server, path: str) -> None:
    put(writing, path)
    assert writing.get(path, "image/png").status == 406


def test_patch_changes_one_graph(writing: Server, path: str) -> None:
    put(writing, path)
    update = 'DELETE { ?p <urn:x:name> "Jane" } INSERT { ?p <urn:x:name> "Janet" } WHERE { ?p <urn:x:name> "Jane" }'
    assert writing.send("PATCH", path, {"Content-Type": "application/sparql-update"}, update, token=TOKEN).status in (200, 204)
    assert names(writing, path) == {"Janet"}


def test_patch_reaches_no_other_graph(writing: Server, path: str) -> None:
    put(writing, path)
    update = "INSERT DATA { GRAPH <http://data.example/other> { <urn:x:a> <urn:x:b> 1 } }"
    assert writing.send("PATCH", path, {"Content-Type": "application/sparql-update"}, update, token=TOKEN).status in (403, 422)
    assert writing.get(named("http://data.example/other")).status == 404


def test_patch_by_anything_but_an_update_is_refused(writing: Server, path: str) -> None:
    assert writing.send("PATCH", path, TURTLE, ONE, token=TOKEN).status == 415


# ---------------------------------------------------------------- the whole store, the default graph, names


def test_post_to_the_store_makes_a_graph_and_tells_its_address(writing: Server) -> None:
    answer = writing.send("POST", "/graphs", TURTLE, ONE, token=TOKEN)
    assert answer.status == 201
    made = answer.headers["location"]
    assert names(writing, urlsplit(made).path) == {"Jane"}
    assert names(writing, named(made)) == {"Jane"}
    again = writing.send("POST", "/graphs", TURTLE, ONE, token=TOKEN)
    assert again.headers["location"] != made


def test_the_default_graph_is_added_to_and_had(writing: Server) -> None:
    assert writing.send("POST", "/graphs?default", TURTLE, '<urn:x:d> <urn:x:name> "Default" .', token=TOKEN).status in (200, 204)
    assert writing.ask("ASK { <urn:x:d> ?p ?o }").truth
    assert "Default" in writing.get("/graphs?default", "application/n-triples").text


def test_the_default_graph_is_replaced_and_emptied_and_still_there(writing: Server) -> None:
    kept = writing.get("/graphs?default", "application/n-triples").text
    assert put(writing, "/graphs?default", TWO).status in (200, 204)
    assert names(writing, "/graphs?default") == {"John"}
    assert writing.send("DELETE", "/graphs?default", token=TOKEN).status in (200, 204)
    assert writing.get("/graphs?default", "application/n-triples").body == b""
    assert put(writing, "/graphs?default", kept, "application/n-triples").status in (200, 204)
    assert writing.get("/graphs?default", "application/n-triples").text == kept


def test_relative_iris_are_relative_to_the_graph(writing: Server) -> None:
    put(writing, named("http://data.example/folder/graph"), "<thing> <urn:x:p> 1 .")
    assert "<http://data.example/folder/thing>" in writing.get(named("http://data.example/folder/graph"), "application/n-triples").text


@pytest.mark.parametrize(
    "path", ["/graphs", "/graphs?graph=http://a.example/&default", "/graphs?graph=a&graph=b", "/graphs?graph=", "/graphs?graph=%00", "/graphs/x?default"]
)
def test_a_graph_that_is_not_named_well_is_a_bad_request(writing: Server, path: str) -> None:
    assert writing.get(path).status in (400, 404)
    assert put(writing, path).status == 400


def test_an_unknown_method_is_refused_with_those_that_are_known(writing: Server) -> None:
    answer = writing.send("FROBNICATE", "/graphs?default", token=TOKEN)
    assert answer.status == 405
    assert "PUT" in answer.headers["allow"]


def test_a_server_that_only_reads_gives_graphs_out(reading: Server) -> None:
    article = reading.ask("SELECT ?a WHERE { ?a a kg:Article } LIMIT 1").rows[0]["a"]
    assert "kg:Article" in reading.get(named(article), "text/turtle").text
