"""Turn what one story says into RDF: Linked in, the triples of its named graph out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import unquote

from kg.graph.terms import DCTERMS, KG, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, Spo, Term, checked_base, chinese, decimal, integer, iri, plain, when
from kg.lexicon import rows
from kg.link.names import is_organ
from kg.model import EVENT_KINDS, Entity, Event, Evidence, Indicator, Linked, Mention, Role, Span, Statement, Tenure, Triple, When

# A thing bears its class and the classes above it within our own vocabulary, so that a plain query needs no reasoner.
_CLASSES: dict[str, tuple[Term, ...]] = {
    "Person": (KG.Person,), "Journalist": (KG.Person, KG.Journalist), "Organization": (KG.Organization,), "Post": (KG.Post,),
    "Area": (KG.Area,), "Place": (KG.Place,), "Project": (KG.Project,), "Policy": (KG.Policy,), "Document": (KG.Document,),
    **{kind: (KG.named(kind), KG.Event) for kind in EVENT_KINDS},
}  # fmt: skip
_ROLES: dict[Role, Term] = {
    "convener": KG.convener, "chair": KG.chair, "speaker": KG.speaker, "attendee": KG.attendee,
    "agent": KG.agent, "companion": KG.companion, "counterpart": KG.counterpart, "target": KG.target,
}  # fmt: skip
# The direct edge from whoever has the role to the event.
_TO_EVENT: dict[tuple[str, Role], tuple[Term, frozenset[str]]] = {
    ("Meeting", "convener"): (KG.convened, frozenset({"Organization", "Area"})),
    ("Meeting", "chair"): (KG.chaired, frozenset({"Person", "Organization"})),
    **{(kind, "attendee"): (KG.attended, frozenset({"Person", "Organization"})) for kind in ("Meeting", "Ceremony")},
    **{(kind, "speaker"): (KG.spokeAt, frozenset({"Person", "Organization"})) for kind in ("Meeting", "Ceremony")},
}
_ACTORS = frozenset({"Person", "Organization", "Area"})
# The direct edges between those who have two roles: whose kinds, which edge, whose kinds.
_BETWEEN: dict[str, tuple[tuple[Role, frozenset[str], Term, Role, frozenset[str]], ...]] = {
    "Inspection": (("agent", frozenset({"Person"}), KG.inspected, "target", frozenset({"Project", "Place", "Organization", "Area"})),),
    "Talks": (
        ("agent", frozenset({"Person"}), KG.metWith, "counterpart", frozenset({"Person", "Organization"})),
        ("counterpart", frozenset({"Person"}), KG.metWith, "agent", frozenset({"Person", "Organization"})),
    ),
    "Release": (("agent", frozenset({"Organization"}), KG.issued, "target", frozenset({"Document"})),),
}
_ACCOMPANIED = frozenset({"Inspection", "Talks"})
_ACTS: dict[str, Term | None] = {
    "sign": KG.signed, "launch": KG.opened, "commend": KG.commended,
    "appoint": KG.appointed, "elect": KG.appointed, "elected": KG.appointed, "dismiss": None,
}  # fmt: skip
_HELD = frozenset({"held", "acting"})


@cache
def speech_edges() -> Mapping[str, Term]:
    """Return the edge that each verb of the lexicon table ``speech`` draws from a speaker to a policy: 强调 → kg:emphasized."""
    return {row.surface: KG.named(row.relation) for row in rows("speech") if row.relation.startswith("kg:")}


@cache
def act_edges() -> tuple[tuple[str, Term | None], ...]:
    """Return the edge that a word in the name of a ceremony or appointment draws from agents to targets: 签约 → kg:signed.

    None for a word that draws none (免去). The words are those of the lexicon table ``events``; longer ones stand first.
    """
    found = {row.surface: _ACTS[row.relation] for row in rows("events") if row.relation in _ACTS}
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def extractor_version() -> str:
    """Return the version of this package, as its installation tells it."""
    try:
        return version("zhengtu")
    except PackageNotFoundError:
        return "0"


def article_iri(base: str, article: str) -> Term:
    """Return the IRI of an article, which is also that of its named graph."""
    return iri(base, f"article/{article}")


def triples(linked: Linked, base: str, verbs: Mapping[str, Term] | None = None) -> tuple[Spo, ...]:
    """Return everything that one story says, each triple once, in reading order.

    ``base`` is the IRI under which things live; ``verbs`` tells the edge that a verb of speech draws (default: the
    lexicon's). Raises KgError for a base that is no IRI and for a relation that the ontology does not know.
    """
    told = _Telling(linked, checked_base(base), speech_edges() if verbs is None else verbs)
    told.tell()
    return tuple(dict.fromkeys(told.out))


def assertion_path(article: str, begin: int, end: int, post: str, person: str) -> str:
    """Return the path below the base of what an article says of a person's post; the hash is of both names: 副区长甲、乙 are two, read from one stretch."""
    return f"article/{article}/assertion/{begin}-{end}-{_short_hash(post, person)}"


def _short_hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:8]


class _Telling:
    """One story while its triples are written down; ``out`` collects them, some of them perhaps twice."""

    def __init__(self, linked: Linked, base: str, verbs: Mapping[str, Term]) -> None:
        self.linked = linked
        self.base = base
        self.verbs = verbs
        self.article = linked.reading.article
        self.facts = linked.reading.facts
        self.path = f"article/{self.article.id}"
        self.me = iri(base, self.path)
        self.out: list[Spo] = []
        self.events = {linked.entities[fact.anchor].iri: fact for fact in self.facts if isinstance(fact, Event)}
        self.tasks = {linked.entities[task].iri for fact in self.facts if isinstance(fact, Statement) for task in fact.tasks}
        self.tasks |= {entity.iri for entity in linked.entities.values() if entity.iri.startswith("task/")}
        self.holders = {linked.entities[fact.person].iri for fact in self.facts if isinstance(fact, Tenure) and fact.status in _HELD}
        self.named_areas = {entity.iri for entity in linked.entities.values() if entity.kind == "Area"}
        self.passages: set[Span] = set()
        self.rules: set[str] = set()
        self.indicators: set[Span] = set()

    def tell(self) -> None:
        """Write down the article, the things it names and the facts it states."""
        self.tell_article()
        self.tell_things()
        for fact in self.facts:
            if isinstance(fact, Statement):
                self.tell_statement(fact)
            elif isinstance(fact, Event):
                self.tell_event(fact)
            elif isinstance(fact, Tenure):
                self.tell_tenure(fact)
            elif isinstance(fact, Triple):
                self.tell_triple(fact)
            else:
                self.tell_indicator(fact)

    # ------------------------------------------------------------ names

    def node(self, mention: Mention) -> Term | None:
        """Return the IRI of what is mentioned; None for an unnamed group, which is no thing of the graph."""
        if mention.kind == "Group":
            return None
        return iri(self.base, self.linked.entities[mention].iri)

    def nodes(self, mentions: Iterable[Mention]) -> list[tuple[Mention, Term]]:
        """Return mentions with their IRIs, unnamed groups left out."""
        return [(mention, node) for mention in mentions if (node := self.node(mention)) is not None]

    def kind(self, mention: Mention) -> str:
        """Return the class of the thing that a mention is tied to."""
        kind = self.linked.entities[mention].kind
        return "Person" if kind == "Journalist" else kind

    def named(self, name: str | None, kinds: tuple[str, ...]) -> Term | None:
        """Return the IRI of the thing of the story that has a name."""
        if name is None:
            return None
        for entity in self.linked.entities.values():
            if entity.kind in kinds and (entity.label == name or name in entity.alternatives):
                return iri(self.base, entity.iri)
        return None

    # ------------------------------------------------------------ the article and its things

    def tell_article(self) -> None:
        article, me, add = self.article, self.me, self.out.append
        headline = chinese(article.headline)
        add((me, RDF.type, KG.Article))
        add((me, RDFS.label, headline))
        add((me, SCHEMA.headline, headline))
        if article.published is not None and (day := when(article.published)) is not None:
            add((me, SCHEMA.datePublished, day))
        if article.publisher:
            add((me, SCHEMA.publisher, chinese(article.publisher)))
        if article.url:
            add((me, SCHEMA.url, plain(article.url)))
        for _, node in self.nodes(article.reporters):
            add((me, KG.reporter, node))
        add((me, DCTERMS.source, plain(article.source)))
        add((me, KG.sha256, plain(article.sha256)))
        add((me, KG.articleText, chinese(article.text)))

    def tell_things(self) -> None:
        """Describe each thing once, and say that the article mentions it if the running text does."""
        add = self.out.append
        credited = {self.linked.entities[reporter].iri for reporter in self.article.reporters}
        read = {self.linked.entities[mention].iri for mention in self.linked.reading.mentions if mention.kind not in ("Group", "Journalist")}
        described: set[str] = set()
        for mention, entity in self.linked.entities.items():
            if entity.iri in described or entity.iri in self.events or entity.kind == "Group":
                continue
            described.add(entity.iri)
            node = iri(self.base, entity.iri)
            self.tell_thing(node, entity)
            if entity.kind in EVENT_KINDS:  # a meeting that only speaks here (党的二十届三中全会指出): its words are its evidence
                self.tell_evidence(node, Evidence(self.article.id, mention.span, mention.rule, mention.confidence))
            # a demand in its short form (优化营商环境) is made by a speaker and not named by the article; a reporter only signs
            if entity.iri not in self.tasks and (entity.iri in read or entity.iri not in credited):
                add((self.me, SCHEMA.mentions, node))
                add((self.me, KG.mentions, node))

    def tell_thing(self, node: Term, entity: Entity) -> None:
        add = self.out.append
        if entity.iri in self.tasks:
            add((node, RDF.type, KG.Task))
        for term in _CLASSES[entity.kind]:
            add((node, RDF.type, term))
        if entity.iri in self.holders:
            add((node, RDF.type, KG.Official))
        add((node, RDFS.label, chinese(entity.label)))
        for name in entity.alternatives:
            if name != entity.label:
                add((node, SKOS.altLabel, chinese(name)))
        if entity.area is not None:
            governs = entity.kind == "Post" or (entity.kind == "Organization" and is_organ(entity.label))
            area = iri(self.base, entity.area)
            add((node, KG.jurisdiction if governs else KG.inArea, area))
            if entity.area not in self.named_areas:  # the story's own area, where it does not name it
                self.named_areas.add(entity.area)
                add((area, RDF.type, KG.Area))
                add((area, RDFS.label, chinese(unquote(entity.area.rpartition("/")[2]))))
        if entity.code is not None and len(entity.code) == 6:  # GB/T 2260 has no townships
            add((node, KG.adcode, plain(entity.code)))

    # ------------------------------------------------------------ where it comes from

    def tell_evidence(self, node: Term, *evidence: Evidence) -> None:
        """Lead a fact back to its passages and to the rules that read it; its confidence is that of its best evidence."""
        add = self.out.append
        for piece in evidence:
            add((node, KG.evidence, self.passage(piece.span)))
            add((node, PROV.wasGeneratedBy, self.extraction(piece.rule)))
        if evidence and (sure := decimal(max(0.0, min(1.0, max(piece.confidence for piece in evidence))))) is not None:
            add((node, KG.confidence, sure))

    def passage(self, span: Span) -> Term:
        node = Term(f"{self.me[:-1]}#char={span.start},{span.end}>")
        if span not in self.passages:
            self.passages.add(span)
            self.out += (
                (node, RDF.type, KG.Passage),
                (node, KG.inArticle, self.me),
                (node, KG.begin, integer(span.start)),
                (node, KG.end, integer(span.end)),
                (node, KG.quote, chinese(span.of(self.article.text))),
            )
        return node

    def extraction(self, rule: str) -> Term:
        node = iri(self.base, f"extraction/{extractor_version()}/{rule}")
        if rule not in self.rules:
            self.rules.add(rule)
            self.out += (
                (node, RDF.type, KG.Extraction),
                (node, KG.rule, plain(rule)),
                (node, KG.extractorVersion, plain(extractor_version())),
            )
        return node

    # ------------------------------------------------------------ events

    def tell_event(self, event: Event) -> None:
        add = self.out.append
        entity = self.linked.entities[event.anchor]
        node = iri(self.base, entity.iri)
        happened = event.status == "happened"
        # what is only announced is an Event with a status, and not yet a Meeting: whoever counts meetings counts those that were held
        for term in _CLASSES[event.kind] if happened else (KG.Event,):
            add((node, RDF.type, term))
        names = event.names or (event.anchor.name,)
        add((node, RDFS.label, chinese(names[0])))
        for name in dict.fromkeys((*names[1:], entity.label, *entity.alternatives)):
            if name != names[0]:
                add((node, SKOS.altLabel, chinese(name)))
        add((node, KG.reportedIn, self.me))
        add((node, KG.status, plain(event.status)))
        self.tell_moments(node, event.when)
        for _, place in self.nodes(event.places):
            add((node, KG.place, place))
        for role, actor in event.roles:
            who = self.node(actor)
            if who is None:
                add((node, KG.attendeeGroup, chinese(actor.name)))
            else:
                add((node, _ROLES[role], who))
        for group in event.groups:
            add((node, KG.attendeeGroup, chinese(group)))
        self.tell_evidence(node, *event.evidence)
        if happened:
            self.tell_edges(node, event)

    def tell_moments(self, node: Term, moments: Iterable[When]) -> None:
        """Tell the days of an event; of several spans only the first, since an event begins and ends once."""
        spanned = False
        for moment in moments:
            start = when(moment.start)
            end = when(moment.end) if moment.end is not None else start
            if start is None or end is None:
                continue
            if start == end:
                self.out.append((node, KG.date, start))
            elif not spanned:
                spanned = True
                self.out += ((node, KG.startDate, start), (node, KG.endDate, end))

    def tell_edges(self, node: Term, event: Event) -> None:
        """Draw the direct edges that follow from the roles of an event that happened."""
        add = self.out.append
        roles = [(role, self.kind(actor), who) for role, actor in event.roles if (who := self.node(actor)) is not None]
        for role, kind, who in roles:
            edge, kinds = _TO_EVENT.get((event.kind, role), (None, frozenset()))
            if edge is not None and kind in kinds:
                add((who, edge, node))
        between = _BETWEEN.get(event.kind, ())
        if event.kind in _ACCOMPANIED:
            between += (("companion", frozenset({"Person"}), KG.accompanied, "agent", frozenset({"Person"})),)
        if event.kind in ("Ceremony", "Appointment"):
            act = next((edge for word, edge in act_edges() if any(word in name for name in event.names)), None)
            if act is not None:
                targets = frozenset({"Person"}) if act == KG.appointed else frozenset(_CLASSES)
                between += (("agent", _ACTORS, act, "target", targets),)
        for first, first_kinds, edge, second, second_kinds in between:
            for role, kind, who in roles:
                if role == first and kind in first_kinds:
                    for other_role, other_kind, whom in roles:
                        if other_role == second and other_kind in second_kinds and whom != who:
                            add((who, edge, whom))

    # ------------------------------------------------------------ statements

    def tell_statement(self, said: Statement) -> None:
        add = self.out.append
        node = iri(self.base, f"{self.path}/statement/{said.span.start}-{said.span.end}")
        speaker = self.node(said.speaker)
        add((node, RDF.type, KG.Statement))
        add((node, KG.reportedIn, self.me))
        add((node, KG.speechVerb, plain(said.verb)))
        add((node, KG.text, chinese(said.text)))
        add((node, KG.modality, plain(said.modality)))
        add((node, KG.polarity, plain(said.polarity)))
        occasion = self.node(said.at) if said.at is not None else None
        can_state = False
        if speaker is not None:
            add((node, KG.madeBy, speaker))
            event = self.events.get(self.linked.entities[said.speaker].iri)
            if event is not None:
                # a Meeting is no prov:Agent: its convener answers for what it says
                for role, actor in event.roles:
                    if role == "convener" and (convener := self.node(actor)) is not None:
                        add((node, PROV.wasAttributedTo, convener))
                occasion = occasion or speaker
                can_state = event.status == "happened"
            elif (kind := self.kind(said.speaker)) in _ACTORS:
                add((node, PROV.wasAttributedTo, speaker))
                can_state = kind != "Area"
        if occasion is not None:
            add((node, KG.madeAt, occasion))
        edge = self.verbs.get(said.verb, KG.said)
        for mention, thing in self.nodes((*said.concerns, *said.tasks)):
            add((node, KG.concerns, thing))
            if speaker is not None and can_state and self.linked.entities[mention].kind == "Policy":
                add((speaker, edge, thing))
        self.tell_evidence(node, said.evidence)

    # ------------------------------------------------------------ tenures, other edges, indicators

    def tell_tenure(self, tenure: Tenure) -> None:
        """Tell that the article says who holds a post; the tenure itself is made of what all articles say."""
        person, post = self.node(tenure.person), self.node(tenure.post)
        if person is None or post is None:
            return
        add = self.out.append
        span = tenure.evidence.span
        node = iri(self.base, assertion_path(self.article.id, span.start, span.end, tenure.post.name, tenure.person.name))
        add((node, RDF.type, KG.Assertion))
        add((node, RDF.subject, person))
        add((node, RDF.predicate, KG.holdsPost))
        add((node, RDF.object, post))
        add((node, KG.status, plain(tenure.status)))
        if (body := self.named(tenure.body, ("Organization",))) is not None:
            add((post, ORG.postIn, body))
        if (area := self.named(tenure.area, ("Area",))) is not None:
            add((post, KG.jurisdiction, area))
        if tenure.status in _HELD:
            add((person, KG.holdsPost, post))
        self.tell_evidence(node, tenure.evidence)

    def tell_triple(self, fact: Triple) -> None:
        subject, edge, thing = self.node(fact.subject), KG.named(fact.relation), self.node(fact.object)
        if subject is None or thing is None:
            return
        span = fact.evidence.span
        node = iri(self.base, f"{self.path}/assertion/{span.start}-{span.end}-{_short_hash(subject, edge, thing)}")
        self.out += (
            (subject, edge, thing),
            (node, RDF.type, KG.Assertion),
            (node, RDF.subject, subject),
            (node, RDF.predicate, edge),
            (node, RDF.object, thing),
        )
        self.tell_evidence(node, fact.evidence)

    def tell_indicator(self, figure: Indicator) -> None:
        value = decimal(figure.value)
        if value is None:
            return
        add = self.out.append
        span = figure.evidence.span
        path = f"{self.path}/indicator/{span.start}-{span.end}"
        if span in self.indicators:  # two figures of one stretch are two nodes
            path += "-" + _short_hash(figure.name, figure.value, figure.unit, figure.change or "")
        self.indicators.add(span)
        node = iri(self.base, path)
        add((node, RDF.type, KG.Indicator))
        add((node, KG.reportedIn, self.me))
        add((node, KG.indicatorName, chinese(figure.name)))
        add((node, KG.value, value))
        add((node, KG.unit, chinese(figure.unit)))
        if figure.change is not None:
            add((node, KG.change, chinese(figure.change)))
        if figure.period is not None:
            start, end = figure.period.start, figure.period.end
            add((node, KG.period, plain(f"{start}/{end}") if end else when(start) or chinese(figure.period.text)))
        if figure.area is not None and (area := self.node(figure.area)) is not None:
            add((node, KG.inArea, area))
        if figure.subject is not None and (thing := self.node(figure.subject)) is not None:
            add((node, SCHEMA.observationAbout, thing))
        self.tell_evidence(node, figure.evidence)
