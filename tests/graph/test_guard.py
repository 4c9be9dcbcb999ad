"""What a query is and whom it would ask is seen by its words, and none is hidden by strings, comments, names or missing spaces."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph.guard import examined, spread
from kg.graph.terms import VOCABULARY_PREFIXES as PREFIXES

A = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    ("text", "form", "verb"),
    [
        ("SELECT * {}", "select", "SELECT"),
        ("# ask\nPREFIX ask: <a:b> BASE <c:d> sElEcT*{}", "select", "SELECT"),
        ("ASK{}", "ask", "ASK"),
        ("describe<a:b>", "describe", "DESCRIBE"),
        ("DESCRIBEkg:Person", "describe", "DESCRIBE"),
        ("CONSTRUCT WHERE { ?s ?p 'insert' }", "construct", "CONSTRUCT"),
        ("PREFIXx:<a:b>INSERT DATA { x:a x:b x:c }", "update", "INSERT"),
        ("PREFIX select: <a:b> DROP ALL", "update", "DROP"),
        ("with<a:b> delete {} where {}", "update", "WITH"),
        ("# select", None, ""),
        ("'select'", None, ""),
        ("今天谁开会", None, ""),
    ],
)
def test_the_form_is_told_by_the_first_word(text: str, form: str | None, verb: str) -> None:
    request = examined(text, PREFIXES)
    assert (request.form, request.verb) == (form, verb)


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ SERVICE {A} {{}} }}",
        f"ASK {{ service silent\t{A}{{}} }}",
        f"ASK {{ SERVICE # remark\n# another {{\n{A} {{}} }}",
        "ASK { VALUES ?where { <http://127.0.0.1:9/> } SERVICE?where{} }",
        "PREFIX x: <http://127.0.0.1:9/> ASK { SERVICEx:y{} }",
        "PREFIX x: <http://127.0.0.1:9/> ASK { SERVICESILENTx:y{} }",
        "PREFIX x: <http://127.0.0.1:9/> ASK { ?s ?p trueSERVICEx:y{} }",
        "PREFIX x: <http://127.0.0.1:9/> ASK { ?s ?p x:aGRAPH SERVICEx:y{} }",
        f"ASK {{ ?s ?p 1SERVICE{A}{{}} }}",
        f"ASK {{ ?s ?p 1e5SERVICE{A}{{}} }}",
        f"ASK {{ ?s ?p 'a'@en--ltrSERVICE{A}{{}} }}",
        "ASK { SERVICE <http://127.0.0.1:9/\u3000a> {} }",
        f"ASK {{ ?s ?p ?o FILTER(1<?o)SERVICE#>\n{A}{{}} }}",
        f"ASK {{ ?s ?p ?o FILTER(1<'a>')SERVICE{A}{{}}#'\n}}",
        f"ASK {{ ?s ?p ?o FILTER(1<?o#>'''\n)SERVICE{A}{{}}#'''\n}}",
        f'ASK {{ FILTER("\\u0022" = "x") SERVICE {A} {{}} FILTER("" = "x") }}',
        f"ASK {{ ?s ?p x:a\\' . SERVICE {A} {{}} ?s ?p x:b\\' }}",
        f"ASK {{ ?s ?p '''a'' ''''' . SERVICE {A} {{}} }}",
        f"DELETE {{}} INSERT {{}} WHERE {{ SERVICE {A} {{}} }}",
    ],
)
def test_service_is_seen_wherever_it_stands(text: str) -> None:
    request = examined(text, PREFIXES)
    assert request.services
    with pytest.raises(QueryError, match="SERVICE"):
        request.checked(update=request.form == "update")


@pytest.mark.parametrize(
    "text",
    [
        f'ASK {{ ?s ?p "SERVICE {A} {{" }}',
        f"ASK {{ ?s ?p '''a' SERVICE {A} {{''' }} # SERVICE {A} {{",
        "PREFIX service: <a:b> ASK { GRAPH service:a { ?service service:b service:c } }",
        "ASK { GRAPH kg:service { ?s <http://example.org/SERVICE> ?o } GRAPH ?service {} }",
        "PREFIX service: <a:b> ASK FROM service:a { ?s ?p service:silent }",
        "PREFIX load: <a:b> SELECT ?load { ?load load:load 'LOAD <a:b>' }",
    ],
)
def test_what_only_looks_like_service_is_let_through(text: str) -> None:
    assert examined(text, PREFIXES).checked().services == ()


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <a:b> <a:c> 'LOAD' } ;load<http://127.0.0.1:9/>into graph<a:b>",
        "PREFIX x: <http://127.0.0.1:9/> LOADx:y",
        "PREFIX x: <http://127.0.0.1:9/> CLEAR ALL;LOADSILENTx:y",
        "CLEAR GRAPH <#'> ; LOAD <http://127.0.0.1:9/> # '",
    ],
)
def test_load_is_seen_wherever_it_stands(text: str) -> None:
    with pytest.raises(QueryError, match="LOAD"):
        examined(text, PREFIXES).checked(update=True)


def test_an_update_with_names_and_strings_of_load_is_let_through() -> None:
    text = "PREFIX load: <a:b> INSERT DATA { <a:b> load:c 'LOAD <a:b>' . GRAPH load:d { load:e load:f load:g } } ; CLEAR GRAPH load:d"
    assert examined(text).checked(update=True).loads == ()


def test_what_is_allowed_is_allowed_by_its_whole_name() -> None:
    text = "PREFIX x: <http://127.0.0.1:9/> ASK { SERVICE x:sparql {} }"
    assert examined(text).services == ("http://127.0.0.1:9/sparql",)
    assert examined(text).checked(allowed={"http://127.0.0.1:9/sparql"})
    for allowed in (set[str](), {"http://127.0.0.1:9/"}, {"x:sparql"}):
        with pytest.raises(QueryError):
            examined(text).checked(allowed=allowed)
    with pytest.raises(QueryError):
        examined("ASK { SERVICE ?any {} }").checked(allowed={"?any"})


def test_an_update_is_no_query_and_a_query_no_update() -> None:
    with pytest.raises(QueryError, match="DROP"):
        examined("DROP ALL").checked()
    with pytest.raises(QueryError, match="不是更新"):
        examined("ASK {}").checked(update=True)


def test_the_graphs_of_the_dataset_are_resolved() -> None:
    text = "BASE <http://example.org/a/> PREFIX x: <http://example.org/x/> SELECT * FROM x:y FROM NAMED <../b> FROM<file:///etc/passwd> { ?s ?p 'FROM <c:d>' }"
    assert examined(text).graphs == ("http://example.org/x/y", "http://example.org/b", "file:///etc/passwd")


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?n { VALUES ?n { 1 2 3 4 5 6 } } # LIMIT 9",
        "SELECT ?n { VALUES ?n { 1 2 3 4 5 6 } } LIMIT 5",
        "SELECT ?n { VALUES ?n { 1 2 3 4 5 6 } } LIMIT5OFFSET 0",
        "SELECT ?n { VALUES ?n { 1 2 3 4 5 6 } } OFFSET 1",
        "SELECT ?n { { SELECT ?n { VALUES ?n { 1 2 3 4 5 6 } } LIMIT 6 } } ORDER BY DESC(?n)",
        "SELECT ?n {} VALUES ?n { 1 2 3 4 5 6 }",
        "SELECT ?n { VALUES ?n { 1 2 3 4 5 6 } } GROUP BY ?n HAVING (COUNT(*) = 1) VALUES ?n { 1 2 3 4 5 }",
        "SELECT (?n AS ?m) WHERE { VALUES ?n { 1 2 3 4 5 6 } FILTER(?n != 'LIMIT 1') }",
    ],
)
def test_a_limit_is_that_of_the_whole_query(text: str) -> None:
    store = ox.Store()
    whole = [tuple(row) for row in store.query(text)]  # type: ignore[union-attr]
    for limit in (0, 1, 3, 100):
        assert [tuple(row) for row in store.query(examined(text).written(limit))] == whole[:limit]  # type: ignore[union-attr]


def test_a_smaller_limit_of_the_query_itself_stays() -> None:
    assert examined("SELECT * { ?s ?p ?o } LIMIT 2").written(5).count("LIMIT 2") == 1


# ---------------------------------------------------------------- bookkeeping

_HELD = """<http://example.org/s> <http://example.org/p> "told" <http://example.org/g> .
<http://example.org/g> <urn:zhengtu:counts> "true" <urn:zhengtu:books> .
<http://example.org/i> <urn:zhengtu:by> "1" <urn:zhengtu:reasoned> ."""


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?g { GRAPH ?g {} }",
        "SELECT ?g { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?g { ?a ?b ?c } VALUES ?g { <urn:zhengtu:books> }",
        "SELECT ?g { GRAPH?g{ ?s ?p ?o OPTIONAL { ?o ?q ?r } } }",
        "SELECT ?g { OPTIONAL { ?x ?y ?z } { GRAPH ?g { { ?s ?p ?o } UNION { ?s ?p ?o } } } UNION { GRAPH ?g { ?s ?p ?o } } }",
        "SELECT ?g { VALUES ?g { <urn:zhengtu:books> <http://example.org/g> } GRAPH ?g { ?s ?p ?o } }",
        "SELECT (<urn:zhengtu:books> AS ?g) { GRAPH <urn:zhengtu:books> { ?s ?p ?o } }",
        "PREFIX z: <urn:zheng> SELECT (1 AS ?g) { GRAPH z:tu:books { ?s ?p ?o } }",
        "BASE <urn:zhengtu:books> SELECT (1 AS ?g) { GRAPH <> { ?s ?p ?o } }",
        "PREFIX z: <urn:zhengtu:> SELECT (1 AS ?g) { GRAPHz:books { ?s ?p ?o } }",
        "SELECT (1 AS ?g) { FILTER EXISTS { GRAPH <urn:zhengtu:\\u0062ooks> { ?s ?p ?o } } }",
    ],
)
def test_the_bookkeeping_of_the_store_is_not_seen(text: str) -> None:
    store = ox.Store()
    store.load(_HELD.encode(), ox.RdfFormat.N_QUADS)
    seen = {str(row["g"]) for row in store.query(examined(text).written())}  # type: ignore[union-attr, call-overload]
    assert seen <= {"<http://example.org/g>"}


def test_hiding_the_bookkeeping_takes_nothing_else_away() -> None:
    store = ox.Store()
    store.load(_HELD.encode(), ox.RdfFormat.N_QUADS)
    text = "SELECT ?g ?o { BIND(1 AS ?one) OPTIONAL { GRAPH ?g { ?s ?p ?o FILTER(?o = 'other') } } }"
    assert [tuple(row) for row in store.query(examined(text).written())] == [(None, None)]  # type: ignore[union-attr]
    text = "SELECT ?o { GRAPH <http://example.org/g> { ?s ?p ?o } }"
    assert examined(text).written() == text


# ---------------------------------------------------------------- the words themselves


def test_a_text_with_wide_gaps_has_the_same_words() -> None:
    text = 'SELECT * { ?s kg:a "a  b" . # c  d\n ?s kg:b <e:f> }'
    wide, places = spread(text)
    assert [token.text for token in examined(wide)._tokens] == [token.text for token in examined(text)._tokens]
    for new, old in places:
        assert wide[new] == text[old]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[int]]]:
    """A port of this machine, and who has knocked there."""
    knocked: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    caller, address = server.accept()
                except OSError:
                    return
                knocked.append(address[1])
                caller.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], knocked
        server.shutdown(socket.SHUT_RDWR)


def test_no_shuffle_of_words_reaches_a_port(listener: tuple[int, list[int]]) -> None:
    port, knocked = listener
    address = f"<http://127.0.0.1:{port}/>"
    words = [
        "SERVICE", "service ", "SERVICESILENT", "SILENT ", address, address, "x:a", "x:a", "?s ", "?p ", "?o ", " 1", "true", "'a'", "'", '"', "'''", "<",
        "<?o", ">", "#", "\n", "{", "}", "{}", "{}", "(", ")", ".", " ", "FILTER(1<", "FILTER(?s<", "OPTIONAL", "GRAPH", "BIND(1 AS ?z)", "_:b", "@en", "--ltr",
        "\\'",
        "<a'", "#>", ")", "?s ?p ", "?s ?p 1", "?s ?p true", "?s ?p x:a", "UNION", "MINUS", "<x:", "&&", "\u3000", "VALUES ?z {<a:b>}",
    ]  # fmt: skip
    store = ox.Store()
    store.load(b"<a:b> <a:c> 1 .", ox.RdfFormat.TURTLE)
    chance = random.Random(6)
    asked = tried = 0
    for _ in range(6_000):
        middle = "".join(chance.choices(words, k=chance.randint(0, 4)))
        after = "".join(chance.choices(words, k=chance.randint(0, 3)))
        target = chance.choice([address, "x:a", f" {address}", f"#>\n{address}", f"SILENT{address}", "SILENTx:a"])
        text = f"ASK {{ ?s ?p ?o . {middle}SERVICE{target}{{}}{after} }}"
        request = examined(text, {"x": address[1:-1]})
        is_refused = bool(request.services)
        tried += 1
        if not is_refused:
            try:
                store.query(text, prefixes={"x": address[1:-1]})
            except SyntaxError:
                continue
            except (OSError, ValueError, RuntimeError):
                pytest.fail(f"this reaches out: {text!r}")
            asked += 1
            try:  # in a name, string or comment another word would do as well
                store.query(text.replace("SERVICE", "OTHER").replace("service", "other"), prefixes={"x": address[1:-1]})
            except SyntaxError:
                pytest.fail(f"this is a clause: {text!r}")
    assert knocked == []
    assert tried == 6_000
    assert asked > 3  # some hide the word in a string or comment, and are let through
