"""What follows from the codes of areas: area nodes go in, the areas above them and the areas in their place come out, as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.terms import DCTERMS, KG, RDF, RDFS, Spo, Term, checked_base, chinese, iri, plain
from kg.link.areas import area_iri, chain, formerly, replaced_by


def area_triples(base: str, areas: Iterable[tuple[Term, str]]) -> tuple[Spo, ...]:
    """Return what the codes of some areas tell: each is ``kg:partOf`` the area above, up to the province, and all those are described.

    ``areas`` are the IRIs of area nodes with their ``kg:adcode``. A former or renamed area is ``kg:replacedBy`` (and
    ``dcterms:isReplacedBy``) the area of today, where one can be told; that is described with the areas above it too. The triples are
    sorted, each once: they depend on the set alone. Unknown codes say nothing. Raises KgError for a base that is no IRI.
    """
    told = _Hierarchy(checked_base(base))
    for node, code in areas:
        told.tell(node, code)
    return tuple(sorted(told.out))


class _Hierarchy:
    """The areas while they are told; each only once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.out: set[Spo] = set()

    def tell(self, node: Term, code: str) -> None:
        """Tell where a node lies and what replaced it; the name is that under which its code gives the node's IRI."""
        line = chain(code)
        if not line:
            return
        name = next((name for name in (line[0][1], *formerly(code)) if iri(self.base, area_iri(name, code)) == node), line[0][1])
        self._lies(node, line[1:])
        self._replaced(node, name, code)

    def _lies(self, node: Term, above: Iterable[tuple[str, str]]) -> None:
        for code, name in above:
            upper = iri(self.base, area_iri(name, code))
            self.out.add((node, KG.partOf, upper))
            self.out.update(_description(upper, name, code))
            self._replaced(upper, name, code)
            node = upper

    def _replaced(self, node: Term, name: str, code: str) -> None:
        new = replaced_by(name, code)
        if new is None:
            return
        line = chain(new)
        successor = iri(self.base, area_iri(line[0][1], new))
        if successor == node:
            return
        self.out.update(((node, KG.replacedBy, successor), (node, DCTERMS.isReplacedBy, successor)))
        self.out.update(_description(successor, line[0][1], new))
        self._lies(successor, line[1:])


def _description(node: Term, name: str, code: str) -> Iterator[Spo]:
    yield node, RDF.type, KG.Area
    yield node, RDFS.label, chinese(name)
    yield node, KG.adcode, plain(code)
