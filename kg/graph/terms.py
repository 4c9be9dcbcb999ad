"""The prefixes, terms and literals of the graph, as N-Triples text: names come in, ``<…>`` and ``"…"@zh`` go out.

A term is kept as its canonical N-Triples text from here to the store: building and loading text costs half as much as
building objects for each term, and equal terms are equal strings.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NewType
from urllib.parse import quote

from kg.errors import KgError

Term = NewType("Term", str)
"""An IRI or literal in canonical N-Triples, as Oxigraph writes it."""

Spo = tuple[Term, Term, Term]
"""Subject, predicate and object."""

DEFAULT_BASE = "https://w3id.org/zhengtu/id/"
ONTOLOGY = "https://w3id.org/zhengtu/ontology#"


class Vocabulary:
    """The terms of one namespace that we use; a misspelt one is an error.

    >>> Vocabulary("https://example.org/ns#", "Person").Person
    '<https://example.org/ns#Person>'
    >>> Vocabulary("https://example.org/ns#", "Person").Persn
    Traceback (most recent call last):
    AttributeError: https://example.org/ns# has no term Persn
    """

    def __init__(self, iri: str, names: str) -> None:
        self.iri = iri
        self._terms = {name: Term(f"<{iri}{name}>") for name in names.split()}
        self.__dict__.update(self._terms)

    def __getattr__(self, name: str) -> Term:
        raise AttributeError(f"{self.iri} has no term {name}")

    def named(self, name: str) -> Term:
        """Return the term of a name that comes from outside, such as a relation of the lexicon; KgError if there is none."""
        try:
            return self._terms[name.removeprefix("kg:")]
        except KeyError:
            raise KgError(f"{name}：本体中没有这个词（{self.iri}）。", f"{name}: no such term in {self.iri}. The ontology lists them.") from None

    @property
    def names(self) -> frozenset[str]:
        """Return the local names."""
        return frozenset(self._terms)


KG = Vocabulary(
    ONTOLOGY,
    # classes
    "Person Official Journalist Organization Post Area Place Project Policy Task Document "
    "Event Meeting Inspection Talks Ceremony Release Appointment "
    "Statement Indicator Tenure Article Passage Assertion Extraction Resolution Correction "
    # names and belonging
    "adcode partOf replacedBy inArea jurisdiction "
    # direct edges
    "holdsPost inspected convened chaired attended spokeAt accompanied metWith "
    "emphasized pointedOut required proposed said stated implements issued signed opened commended appointed mentions "
    # events
    "reportedIn date startDate endDate place convener chair speaker attendee agent companion counterpart target attendeeGroup status "
    # statements
    "madeBy madeAt speechVerb text concerns modality polarity "
    # tenures and indicators
    "post firstSeen lastSeen indicatorName value unit change period "
    # where it comes from
    "evidence confidence inArticle begin end quote rule extractorVersion reporter sha256 articleText "
    # which names are one thing
    "candidate verdict reason resolvedTo reprintOf corrects "
    # whose time in a post began and ended by what, and who came before
    "begunBy endedBy predecessor successor",
)
RDF = Vocabulary("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type subject predicate object")
RDFS = Vocabulary("http://www.w3.org/2000/01/rdf-schema#", "label")
SKOS = Vocabulary("http://www.w3.org/2004/02/skos/core#", "altLabel")
SCHEMA = Vocabulary("https://schema.org/", "headline datePublished mentions publisher url validFrom validUntil observationAbout")
DCTERMS = Vocabulary("http://purl.org/dc/terms/", "source replaces isReplacedBy")
ORG = Vocabulary("http://www.w3.org/ns/org#", "member organization postIn")
PROV = Vocabulary("http://www.w3.org/ns/prov#", "wasGeneratedBy wasAttributedTo")
XSD = Vocabulary("http://www.w3.org/2001/XMLSchema#", "date gYearMonth gYear gMonthDay gMonth integer decimal anyURI")

VOCABULARY_PREFIXES: dict[str, str] = {
    "kg": KG.iri, "dcterms": DCTERMS.iri, "org": ORG.iri, "prov": PROV.iri, "rdf": RDF.iri, "rdfs": RDFS.iri,
    "schema": SCHEMA.iri, "skos": SKOS.iri, "xsd": XSD.iri,
}  # fmt: skip
"""Prefixes of the terms; ``prefixes(base)`` adds those of the things."""

# organization and not org: that prefix is the W3C's.
_FOLDERS = {
    "article": "article/", "person": "person/", "journalist": "journalist/", "organization": "org/", "area": "area/", "place": "place/", "project": "project/",
    "policy": "policy/", "task": "task/", "document": "document/", "post": "post/", "extraction": "extraction/",
}  # fmt: skip

CLASS_ORDER: tuple[str, ...] = (
    "Article", "Official", "Journalist", "Person", "Organization", "Post", "Area", "Place", "Project", "Task", "Policy", "Document",
    "Meeting", "Inspection", "Talks", "Ceremony", "Release", "Appointment", "Event", "Statement", "Indicator", "Tenure",
    "Assertion", "Passage", "Extraction", "Resolution", "Correction",
)  # fmt: skip
"""The order of the blocks of a Turtle file; of two classes of a thing the earlier counts."""


def prefixes(base: str) -> dict[str, str]:
    """Return all prefixes, those of the things under ``base`` included."""
    return VOCABULARY_PREFIXES | {prefix: base + folder for prefix, folder in _FOLDERS.items()}


def checked_base(base: str) -> str:
    """Return a base IRI that ends in ``/`` or ``#``; KgError if it is no absolute IRI."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+", base):
        raise KgError(f"{base}：不是可用的前缀。请给一个绝对 IRI，如 {DEFAULT_BASE}", f"{base}: not a base IRI. Give an absolute one such as {DEFAULT_BASE}")
    return base if base.endswith(("/", "#")) else base + "/"


def checked_iri(text: str) -> str:
    """Return an absolute IRI as it is; KgError if it is none."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+", text):
        raise KgError(f"{text}：不是绝对 IRI。", f"{text}: not an absolute IRI.")
    return text


# Everything but letters, digits and the few marks that our own paths use; a percent sign must begin an escape; a
# segment never ends in a dot (readers lose the dot of a prefixed name, and dot segments vanish when IRIs are resolved).
_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^\w\-~.:%#=,/]|\.(?=/|#|$)|[\ufff0-\uffff]")


def _escaped(found: re.Match[str]) -> str:
    return "%2E" if found.group() == "." else quote(found.group(), safe="", errors="replace")


@lru_cache(maxsize=1 << 16)
def iri(base: str, path: str) -> Term:
    """Return the IRI of a path under a base; what is neither letter nor digit is percent-encoded, unless it is so already.

    >>> iri("https://example.org/id/", "person/张 三.")
    '<https://example.org/id/person/张%20三%2E>'
    """
    return Term(f"<{base}{_UNSAFE.sub(_escaped, path)}>")


def path_iri(base: str, path: str) -> str:
    """Return the IRI of a path under a base as bare text, such as an address of the web gives it.

    >>> path_iri("https://example.org/id/", "person/张 三")
    'https://example.org/id/person/张%20三'
    """
    return iri(base, path)[1:-1]


# As canonical N-Triples wants it; lone surrogates are no characters and cannot be written in UTF-8 at all.
_ESCAPES = {n: f"\\u{n:04X}" for n in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | dict.fromkeys(range(55296, 57344), "�")
_ESCAPES |= {ord(raw): escape for raw, escape in zip('\b\t\n\f\r"\\', ("\\b", "\\t", "\\n", "\\f", "\\r", '\\"', "\\\\"), strict=True)}
_NEEDS_ESCAPE = re.compile(r"[\x00-\x1f\"\\\x7f\ud800-\udfff\ufffe\uffff]")


def _body(value: str) -> str:
    return value.translate(_ESCAPES) if _NEEDS_ESCAPE.search(value) else value


def plain(value: str) -> Term:
    r"""Return a string literal.

    >>> print(plain('a "b"'))
    "a \"b\""
    """
    return Term(f'"{_body(value)}"')


def chinese(value: str) -> Term:
    """Return a literal in Chinese.

    >>> print(chinese("会议"))
    "会议"@zh
    """
    return Term(f'"{_body(value)}"@zh')


_DECIMAL = re.compile(r"([+-]?)0*(\d+)(?:\.(\d*?)0*)?")


@lru_cache(maxsize=1 << 12)
def decimal(value: float | str) -> Term | None:
    """Return an ``xsd:decimal`` in its canonical form; None for what is no plain decimal number.

    >>> print(decimal("006.50"))
    "6.5"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """
    found = _DECIMAL.fullmatch(value if isinstance(value, str) else f"{value:.4f}")
    if found is None or not found.group().isascii():
        return None
    sign, whole, fraction = found.groups()
    number = f"{whole}.{fraction}" if fraction else whole
    return Term(f'"{"-" if sign == "-" and number != "0" else ""}{number}"^^{XSD.decimal}')


_INTEGER_TAIL = f'"^^{XSD.integer}'


def integer(value: int) -> Term:
    """Return an ``xsd:integer``."""
    return Term(f'"{value}{_INTEGER_TAIL}')


_WHENS = (
    (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), XSD.date),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII), XSD.gYearMonth),
    (re.compile(r"\d{4}", re.ASCII), XSD.gYear),
    (re.compile(r"--\d\d-\d\d", re.ASCII), XSD.gMonthDay),
    (re.compile(r"--(?:0[1-9]|1[0-2])", re.ASCII), XSD.gMonth),
)


@lru_cache(maxsize=1 << 12)
def when(value: str) -> Term | None:
    """Return a date as precise as it is given (day, month, year, or day or month of an unknown year); None if there is no such day.

    >>> print(when("--05-11"))
    "--05-11"^^<http://www.w3.org/2001/XMLSchema#gMonthDay>
    """
    for pattern, datatype in _WHENS:
        if pattern.fullmatch(value):
            if datatype in (XSD.date, XSD.gMonthDay):
                try:
                    date.fromisoformat(value if datatype == XSD.date else "2000" + value[1:])
                except ValueError:
                    return None
            return Term(f'"{value}"^^{datatype}')
    return None
