"""Ask the graph: SPARQL or a saved question goes in, an answer comes out that can be written as a table, CSV, TSV, JSON or Turtle."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Literal, Protocol

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.blanks import TYPES, filling, is_iri, is_name
from kg.graph.guard import HIDDEN, examined, spread
from kg.graph.reason import inferred_graph
from kg.graph.store import Store
from kg.graph.terms import DEFAULT_BASE, chinese, prefixes
from kg.graph.turtle import turtle_of

FORMATS: tuple[str, ...] = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "trig", "jsonld")
"""The last four are for what CONSTRUCT and DESCRIBE answer, ``csv`` and ``tsv`` for rows; ``table``, ``md``, ``json`` and ``xml`` go with ASK too."""

# Of the standard terms that are inferred (``kg build --reason``); our own files need no prefix for them.
_STANDARD = {
    "foaf": "http://xmlns.com/foaf/0.1/", "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/", "oa": "http://www.w3.org/ns/oa#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", "opengov": "http://www.w3.org/ns/opengov#",
    "qb": "http://purl.org/linked-data/cube#", "owl": "http://www.w3.org/2002/07/owl#",
}  # fmt: skip

_RDF = ("nt", "trig", "jsonld")

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Kind = Literal["rows", "graph", "truth"]
_Found = ox.QuerySolutions | bool | Iterable[ox.Triple | ox.Quad]


class Elsewhere(Protocol):
    """A graph that is asked over there, such as that of ``kg.graph.remote``."""

    def base(self) -> str:
        """Return the base IRI of the things in it."""

    def found(self, sparql: str, base: str, prefixes: Mapping[str, str], kind: Kind) -> _Found:
        """Return what a query finds whose kind of answer is known."""


Asked = Store | Elsewhere
"""Whatever questions can be put to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found. ``kind``: rows (SELECT), graph (CONSTRUCT, DESCRIBE) or truth (ASK).

    ``columns`` and ``rows`` are what a person reads: literals by their text, IRIs as short as the prefixes allow, an empty
    cell where nothing is bound, no control characters. A graph has the columns subject, predicate and object; a truth one cell.
    """

    kind: Kind
    columns: tuple[str, ...]
    terms: tuple[tuple[_Term | None, ...], ...]
    truth: bool = False
    base: str = DEFAULT_BASE

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the cells to read."""
        if self.kind == "truth":
            return (("true" if self.truth else "false",),)
        short = {iri: prefix for prefix, iri in prefixes(self.base).items()}
        return tuple(tuple(_readable(term, short) for term in row) for row in self.terms)

    def text(self, form: str) -> str:
        """Return the answer in one of ``FORMATS``; QueryError if it cannot be written so."""
        if form in ("table", "md"):
            return (_table if form == "table" else _markdown)(self.columns, self.rows)
        if form not in FORMATS:
            raise QueryError(f"{form}：没有这种格式。可以用 {'、'.join(FORMATS)}。", f"{form}: no such format. Known are {', '.join(FORMATS)}.")
        writers: dict[str, dict[str, Callable[[], str]]] = {
            "rows": {"csv": self._csv, "tsv": self._tsv, "json": self._json, "xml": self._xml},
            "graph": {"csv": self._csv, "tsv": self._tsv, "json": self._json, "ttl": self._turtle, **{name: partial(self._rdf, name) for name in _RDF}},
            "truth": {"json": self._json_truth, "xml": self._xml},
        }
        fitting = writers[self.kind]
        if form in fitting:
            return fitting[form]()
        known = "、".join(("table", "md", *fitting))
        raise QueryError(
            f"{form}：这个查询的结果不能写成这种格式。请用 {known}。",
            f"{form}: the answer to this query cannot be written so. Use {known.replace('、', ', ')}.",
        )

    @classmethod
    def parsed(cls, kind: Literal["rows", "graph", "truth"], text: bytes, base: str) -> Answer:
        """Return an answer that was written as SPARQL's JSON, a graph as N-Triples."""
        if kind == "graph":
            quads = ox.parse(text, ox.RdfFormat.N_TRIPLES)
            return cls("graph", ("subject", "predicate", "object"), tuple((quad.subject, quad.predicate, quad.object) for quad in quads), base=base)
        found = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return cls("truth", ("answer",), (), bool(found), base)
        return cls("rows", tuple(variable.value for variable in found.variables), tuple(tuple(row) for row in found), base=base)

    def _csv(self) -> str:
        """As SPARQL 1.1 has it, but a text that a spreadsheet would run as a formula gets an apostrophe in front."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self.terms:
            writer.writerow([_harmless(_bare(term)) if isinstance(term, ox.Literal) else _bare(term) for term in row])
        return out.getvalue()

    def _tsv(self) -> str:
        lines = ["\t".join(f"?{column}" for column in self.columns)]
        # canonical N-Triples escapes tabs and line ends
        lines += ["\t".join("" if term is None else str(term) for term in row) for row in self.terms]
        return "\n".join(lines) + "\n"

    def _turtle(self) -> str:
        return turtle_of(((row[0], row[1], row[2]) for row in self.terms), self.base)

    def _rdf(self, name: str) -> str:
        triples = (ox.Triple(row[0], row[1], row[2]) for row in self.terms)  # type: ignore[arg-type]
        return (ox.serialize(triples, format=ox.RdfFormat.from_extension(name)) or b"").decode()

    def _xml(self) -> str:
        found = ox.parse_query_results(self._json_truth() if self.kind == "truth" else self._json(), ox.QueryResultsFormat.JSON)
        return (found.serialize(format=ox.QueryResultsFormat.XML) or b"").decode() + "\n"

    def _json_truth(self) -> str:
        return '{"head":{},"boolean":' + ("true" if self.truth else "false") + "}\n"

    def _json(self) -> str:
        import json

        bindings = [{column: _json_term(term) for column, term in zip(self.columns, row, strict=True) if term is not None} for row in self.terms]
        return json.dumps({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False) + "\n"


def query(store: Asked, sparql: str, *, reason: bool = False) -> Answer:
    """Ask a SELECT, CONSTRUCT, DESCRIBE or ASK query of the default graph; ``GRAPH ?article`` reaches what single articles say.

    The project's prefixes need not be declared. Raises QueryError for what is no query, with the place, and for SERVICE
    and updates: a question reads this graph and nothing else. With ``reason`` the default graph holds what was inferred too
    (a FROM of the query is not heeded then); StoreError if nothing was inferred from the store as it is.
    """
    base = store.base()
    found = _run(store, sparql, base, reason=reason)
    try:
        if isinstance(found, bool):
            return Answer("truth", ("answer",), (), found, base)
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            return Answer("rows", columns, tuple(tuple(row) for row in found), base=base)
        # dict.fromkeys: Oxigraph may give a triple twice
        facts = dict.fromkeys((fact.subject, fact.predicate, fact.object) for fact in found)
        return Answer("graph", ("subject", "predicate", "object"), tuple(facts), base=base)
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"查询没有完成：{_line(error)}", f"the query could not be finished: {_line(error)}") from error


def select(store: Asked, sparql: str) -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of a SELECT as plain text: IRIs bare, literals by their text, None where nothing is bound."""
    found = _run(store, sparql, DEFAULT_BASE)
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError("这里要用 SELECT 查询。", "a SELECT query is wanted here.")
    for row in found:
        yield tuple([None if term is None else _bare(term) for term in row])


def _run(store: Asked, sparql: str, base: str, *, reason: bool = False) -> _Found:
    known = known_prefixes(base)
    request = examined(sparql, known, base).checked()
    if isinstance(store, Store):
        for graph in request.graphs:
            if graph.startswith(HIDDEN) or not store.oxigraph.contains_named_graph(ox.NamedNode(graph)):
                raise absent(graph)
        # Oxigraph does not remove duplicates from a union of graphs; these two share no triple
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = [ox.DefaultGraph(), inferred_graph(store)] if reason else None
        found = _evaluated(store.oxigraph, request.written(), sparql, base, graphs, store.folder)
        return bool(found) if isinstance(found, ox.QueryBoolean) else found
    if reason:
        raise QueryError("--reason 只能查本地的图谱，不能和 --store 一起用。", "--reason asks the graph on this disk; it does not go with --store.")
    # an empty store tells what is wrong with a query before it goes anywhere, and what kind of answer it has
    found = _evaluated(ox.Store(), sparql, sparql, base, None, "")
    kind: Kind = "truth" if isinstance(found, ox.QueryBoolean) else "rows" if isinstance(found, ox.QuerySolutions) else "graph"
    return store.found(sparql, base, known, kind)


def _evaluated(
    oxigraph: ox.Store, text: str, sparql: str, base: str, graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None, place: object
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return what ``text`` finds; ``sparql`` is the query as it was given, in which errors have their place."""
    known = known_prefixes(base)
    try:
        return oxigraph.query(text, base_iri=base, prefixes=known, default_graph=graphs)
    except SyntaxError as error:
        raise syntax_error(sparql, complaint(sparql, base, known)) from error
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{place}：图谱读不出来（{_line(error)}）。", f"{place}: the graph cannot be read ({_line(error)}).") from error
    except ValueError as error:
        raise QueryError(f"查询有误：{_line(error)}", f"the query is wrong: {_line(error)}") from error


def complaint(sparql: str, base: str, known: dict[str, str], *, is_update: bool = False) -> str:
    """Return what Oxigraph says of the ``spread`` text of a query or update; empty if it takes that."""
    store = ox.Store()
    try:
        (store.update if is_update else store.query)(spread(sparql)[0], base_iri=base, prefixes=known)
    except SyntaxError as error:
        return str(error)
    return ""


def known_prefixes(base: str) -> dict[str, str]:
    """Return the prefixes that a query need not declare."""
    return _STANDARD | prefixes(base)


def absent(graph: str) -> QueryError:
    """Return the error for a graph that is not in the store."""
    return QueryError(
        f"{graph}：图谱里没有这个图。FROM 只能用图谱里的图，不会去读文件或网址。",
        f"{graph}: no such graph in the store. FROM takes a graph of the store; no file and no address is read.",
    )


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


# ---------------------------------------------------------------- where a query goes wrong

_PLACE = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_SHOWN = 72


def syntax_error(sparql: str, told: str) -> QueryError:
    """Return the error that tells where a query or update that cannot be parsed goes wrong, without Oxigraph's list of everything it would have liked.

    ``told`` is what Oxigraph says of it: see ``complaint``.
    """
    wide, places = spread(sparql)
    if not told:  # only what we have added to it makes it wrong
        return QueryError("查询读不懂。请在比较用的“<”两边加上空格。", "the query cannot be read. Put spaces around each < that compares.")
    found = _PLACE.match(told)
    if found is None:
        return QueryError(f"查询有误：{told[:200]}", f"the query is wrong: {told[:200]}")
    reached = len("".join(wide.splitlines(keepends=True)[: int(found[1]) - 1])) + int(found[2]) - 1
    is_cut = reached >= len(wide.rstrip()) and not wide.rstrip().endswith("}")
    position = len(sparql.rstrip()) if is_cut or not places else max((old for new, old in places if new <= reached), default=0)
    line, column = sparql.count("\n", 0, position) + 1, position - sparql.rfind("\n", 0, position)
    text = sparql[position - column + 1 :].split("\n", 1)[0]
    near = text[column - 1 :][:30].strip()
    place, english = f"第 {line} 行第 {column} 字" + (f"“{near}”" if near else "") + "处", f"line {line}, character {column}" + (f" ({near})" if near else "")
    what, cause = next((told for sign, *told in _CAUSES if sign in found[3]), ["读不懂", "this cannot be read"] if near else ["没有写完", "unfinished"])
    return QueryError(f"查询有误：{place}{what}。", f"the query is wrong at {english}: {cause}.", (line, column), _excerpt(text, column))


# What Oxigraph says beside what it would have liked to read.
_CAUSES = (
    ("Prefix not found", "用了没有声明的前缀", "the prefix is not declared"),
    ("contains a variable that is unbound", "之前，SELECT 里有变量没有取值，或者不在 GROUP BY 里", "before it, a variable of SELECT is not bound or grouped"),
    ("overrides an existing variable", "之前，AS 后面的变量已经有了取值", "before it, the variable after AS has a value already"),
    ("IRI parsing failed", "的 IRI 写得不对", "the IRI is not well formed"),
)


def _excerpt(text: str, column: int) -> tuple[str, str]:
    """Return the line, cut to what a terminal shows, and a caret below the place."""
    start = max(0, column - 1 - _SHOWN // 2)
    text = "".join(" " if _CONTROL.match(sign) else sign for sign in text)
    piece, before = text[start : start + _SHOWN], text[start : column - 1]
    return ("…" if start else "") + piece.rstrip(), " " * (_width(before) + bool(start)) + "^"


# ---------------------------------------------------------------- how terms are shown

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]+")


def _bare(term: _Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.Triple) else term.value


def _readable(term: _Term | None, short: Mapping[str, str]) -> str:
    text = _bare(term)
    if isinstance(term, ox.NamedNode):
        cut = max(text.rfind("/"), text.rfind("#")) + 1
        prefix = short.get(text[:cut])
        if prefix is not None and cut < len(text):
            text = f"{prefix}:{text[cut:]}"
    # what comes from outside must not steer a terminal or turn the order of what is read
    return _CONTROL.sub(" ", text).strip() if _CONTROL.search(text) else text


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[+-]?[\d.]+", text) else text


def harmless_csv(text: bytes) -> bytes:
    """Return CSV with an apostrophe before each cell that a spreadsheet would run as a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in csv.reader(io.StringIO(text.decode(), newline="")))
    return out.getvalue().encode()


def _json_term(term: _Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
            found["datatype"] = term.datatype.value
        return found
    return {"type": "bnode", "value": _bare(term)}


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _table(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    widths = [max([_width(column), *(_width(row[index]) for row in rows)]) for index, column in enumerate(columns)]
    lines = [columns, tuple("-" * width for width in widths), *rows]
    return "".join("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines)


def _markdown(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """Return a table of GitHub's Markdown (https://github.github.com/gfm/#tables-extension-); no cell is read as markup or HTML."""
    lines = [columns, tuple("---" for _ in columns), *(tuple(_MARKUP.sub(r"\\\g<0>", cell).replace("<", "&lt;") for cell in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_MARKUP = re.compile(r"[\\`*_\[\]|&!~$]")


# ---------------------------------------------------------------- saved questions


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank of a question: its name, its type (one of ``blanks.TYPES``), what to fill in, and whether it must be filled."""

    name: str
    type: str
    note: str
    english: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question of ``ontology/queries``: its name, what it asks in Chinese and English, its blanks and its SPARQL.

    ``group`` says what it is about, one of ``GROUPS``; ``example`` fills its blanks from the invented pages.
    """

    name: str
    label: str
    english: str
    parameters: tuple[Parameter, ...]
    sparql: str
    group: str = ""
    example: tuple[tuple[str, str], ...] = ()


GROUPS: dict[str, tuple[str, str]] = {
    "people": ("人物", "people"), "posts": ("职务", "posts"), "visits": ("调研与项目", "visits and projects"), "events": ("会议与活动", "meetings and events"),
    "policies": ("政策与表述", "policies and words"), "figures": ("文件与数据", "documents and figures"), "sources": ("报道与依据", "articles and evidence"),
}  # fmt: skip
"""What questions are about, in the order in which they are listed."""

_HEADER = re.compile(r"#[ \t]*(name|label|label-en|group|param|example):[ \t]*(.*)")
# VALUES ?name { UNDEF } takes a literal; VALUES (?name ?thing) { (UNDEF UNDEF) } the name of a thing or its IRI.
_BLANK = re.compile(r"VALUES\s+(?:\?(\w+)\s*\{\s*UNDEF\s*\}|\(\s*\?(\w+)\s+\?(\w+)\s*\)\s*\{\s*\(\s*UNDEF\s+UNDEF\s*\)\s*\})")


@cache
def questions() -> tuple[Question, ...]:
    """Return the saved questions, by group and name."""
    folder = files("kg.ontology") / "queries"
    found = [parse_question(file.read_text("utf-8"), file.name) for file in folder.iterdir() if file.name.endswith(".rq")]
    return tuple(sorted(found, key=lambda question: (list(GROUPS).index(question.group), question.name)))


def parse_question(text: str, file: str) -> Question:
    """Read a saved question: ``# name:``, ``# label:``, ``# label-en:``, ``# group:``, ``# param: NAME TYPE note | in English`` and
    ``# example: NAME=value`` stand before the query; a type that ends in ``!`` must be filled.

    Raises QueryError if the name or label is missing, or if a parameter has no type or no place: ``VALUES ?NAME { UNDEF }`` or,
    for the name of a thing, ``VALUES (?NAME ?thing) { (UNDEF UNDEF) }``.
    """
    head: dict[str, str] = {}
    parameters: list[Parameter] = []
    examples: list[tuple[str, str]] = []
    for found in _HEADER.finditer(text):
        if found[1] == "param":
            name, _, rest = found[2].partition(" ")
            type_, _, note = rest.partition(" ")
            note, _, english = note.partition(" | ")
            parameters.append(Parameter(name, type_.removesuffix("!"), note.strip(), english.strip(), type_.endswith("!")))
        elif found[1] == "example":
            name, _, value = found[2].partition("=")
            examples.append((name.strip(), value.strip()))
        else:
            head[found[1]] = found[2].strip()
    for wanted in ("name", "label"):
        if not head.get(wanted):
            raise QueryError(f"{file}：缺少一行“# {wanted}: …”。", f"{file}: a line “# {wanted}: …” is missing.")
    group = head.get("group", "sources")
    if group not in GROUPS:
        raise QueryError(f"{file}：group 应是 {'、'.join(GROUPS)}。", f"{file}: group is one of {', '.join(GROUPS)}.")
    blanks = {found[1] or found[2] for found in _BLANK.finditer(text)}
    for parameter in parameters:
        if parameter.type not in TYPES:
            known = "、".join(TYPES)
            raise QueryError(f"{file}：参数 {parameter.name} 的类型应是 {known}。", f"{file}: the type of {parameter.name} is one of {known}.")
        if parameter.name not in blanks:
            place = f"VALUES ?{parameter.name} {{ UNDEF }}"
            raise QueryError(f"{file}：没有给参数 {parameter.name} 留位置：{place}", f"{file}: there is no place for {parameter.name}: {place}")
    return Question(head["name"], head["label"], head.get("label-en", head["label"]), tuple(parameters), text, group, tuple(examples))


def ask(store: Asked, name: str, values: Mapping[str, str] | None = None) -> Answer:
    """Ask a saved question; ``values`` fills its blanks, what is left out stays open.

    Raises QueryError for an unknown question or parameter, for a value that is not of the parameter's type, and for a blank that
    must be filled and is not.
    """
    asked = next((question for question in questions() if question.name == name), None)
    if asked is None:
        known = [question.name for question in questions()]
        raise QueryError(f"{name}：没有这个问题。可以问 {'、'.join(known)}。", f"{name}: no such question. Known are {', '.join(known)}.")
    given, base = values or {}, store.base()
    names = {one.name: one.type for one in asked.parameters if is_name(one.type) and one.name in given and not is_iri(given[one.name], base)}
    return query(store, filled(asked, given, base, {name: _bearers(store, given[name], type_) for name, type_ in names.items()}))


def _bearers(store: Asked, name: str, type_: str) -> tuple[str, ...]:
    """Return the IRIs of what bears a name: Oxigraph plans a query far better from these than from the name."""
    of_class = "" if type_ == "Thing" else f" ; a kg:{type_}"
    sparql = f"SELECT DISTINCT ?thing WHERE {{ VALUES ?name {{ {chinese(name.strip())} }} ?thing rdfs:label|skos:altLabel ?name{of_class} }} ORDER BY ?thing"
    return tuple(f"<{thing}>" for (thing,) in select(store, sparql))


def filled(question: Question, values: Mapping[str, str], base: str = DEFAULT_BASE, things: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """Return the SPARQL of a question with its blanks filled; a value can never become anything but one literal or IRI.

    ``things`` has what is meant by the values that are names, as IRIs in angle brackets; without it the query looks them up.
    """
    types = {parameter.name: parameter.type for parameter in question.parameters}
    terms: dict[str, str] = {}
    for name, value in values.items():
        if name not in types:
            known = "、".join(types) or "没有"
            raise QueryError(
                f"{question.name}：没有参数 {name}。参数：{known}。",
                f"{question.name}: there is no parameter {name}. Parameters: {', '.join(types) or 'none'}.",
            )
        term, wanted = filling(types[name], value, base), TYPES[types[name]]
        if term is None:
            raise QueryError(
                f"{question.name}：{name}={value!r} 不合要求。请给{wanted.chinese}。",
                f"{question.name}: {name}={value!r} will not do. Give {wanted.english}.",
            )
        terms[name] = term
    for parameter in question.parameters:
        if parameter.required and parameter.name not in terms:
            wanted = TYPES[parameter.type]
            raise QueryError(
                f"{question.name}：缺少 {parameter.name}。请给{wanted.chinese}：{parameter.name}=…",
                f"{question.name}: {parameter.name} is missing. Give {wanted.english}: {parameter.name}=…",
            )

    def placed(found: re.Match[str]) -> str:
        if found[1] is not None:
            return f"VALUES ?{found[1]} {{ {terms.get(found[1], 'UNDEF')} }}"
        # a column without a value goes: Oxigraph cannot look up what may be unbound
        term = terms.get(found[2])
        if things is not None and found[2] in things:
            return f"VALUES ?{found[3]} {{ {' '.join(things[found[2]])} }}"
        return "" if term is None else f"VALUES ?{found[3] if term.startswith('<') else found[2]} {{ {term} }}"

    # all blanks at once: a value that looks like a blank must not be filled by another value
    return _BLANK.sub(placed, question.sparql)
