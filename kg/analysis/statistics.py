"""Tell what is in a graph: counts, who is busiest, what is stressed most, who stands together with whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from kg.analysis.questions import MOMENTS, PARTS, Select, classes, days, facts, fullest, narrowest
from kg.analysis.terms import EVENTS, KINDS, OTHERS
from kg.analysis.values import Measure, Row, Section

if TYPE_CHECKING:
    import networkx as nx

TOP = 10
_ACTING = ("chair", "speaker", "attendee", "agent", "companion", "counterpart")
_VISITED = ("Project", "Place", "Organization")
_SEED = 20_240_305
_CROWD = 200  # a roll of more names than this brings nobody together
_STEPS = 2_000_000  # nodes and edges that the search for the shortest ways may touch: some seconds
_NAMED = 3  # persons that a community is named after

_EVENTS = Measure("events", "活动", "events")
_ARTICLES = Measure("articles", "报道", "articles")
_PERSONS = Measure("persons", "人物", "persons")
_STATEMENTS = Measure("statements", "表述", "statements")
_SPEAKERS = Measure("speakers", "说话者", "speakers")
_MEETINGS = Measure("meetings", "会议", "meetings")
_NUMBER = Measure("number", "数量", "number")
_FIRST = Measure("first", "最早", "first")
_LAST = Measure("last", "最晚", "last")


def stats(select: Select, top: int = TOP) -> tuple[Section, ...]:
    """Return the graph at a glance, each list at most ``top`` long; the same graph gives the same figures.

    Who acts in an event has a role in it other than being its object. Two persons co-appear where both act in one event;
    the tie of an event of n persons weighs 1/(n-1) (Newman, Phys. Rev. E 64, 016132, 2001), so that each counts it once.
    Communities are those of Louvain's method (Blondel et al., J. Stat. Mech. P10008, 2008). Central is who lies on many
    shortest ways between others (betweenness: Brandes, J. Math. Sociol. 25, 163, 2001), in large graphs estimated from
    a sample of starting points (Brandes and Pich, Int. J. Bifurcation Chaos 17, 2303, 2007). Errors of ``select`` pass through.
    """
    if top < 1:
        raise ValueError(f"a list has at least one line, not {top}")
    graph = _Graph(select)
    network = graph.network()
    return (
        graph.overview(), graph.span(), graph.publishers(top), graph.officials(top), *graph.policies(top), graph.visits(top), graph.bodies(top),
        graph.communities(network, top), graph.central(network, top),
    )  # fmt: skip


class _Graph:
    """What the questions answered, and the counts made of it."""

    def __init__(self, select: Select) -> None:
        self.classes: dict[str, set[str]] = defaultdict(set)
        for thing, name in classes(select):
            self.classes[thing].add(name)
        self.kinds = {thing: kind for thing, names in self.classes.items() if (kind := narrowest(names))}
        self.labels: dict[str, str] = {}
        for thing, _, label in facts(select, "rdfs:label"):
            self.labels[thing] = fullest(label, self.labels.get(thing))
        self.parts: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for event, role, actor in facts(select, *PARTS):
            if self.kinds.get(event) in EVENTS and actor in self.kinds:
                self.parts[event].add((role, actor))
        self.mentioned: Counter[str] = Counter(thing for _, _, thing in set(facts(select, "kg:mentions")))
        articles = [thing for thing, names in self.classes.items() if "Article" in names]
        told: dict[str, dict[str, str]] = {article: {} for article in articles}
        for article, name, text in facts(select, "schema:datePublished", "schema:publisher"):
            if article in told:
                told[article][name] = min(text, told[article].get(name, text))
        self.articles = told
        self.moments = [(node, date) for node, _, date in facts(select, *MOMENTS) if self.kinds.get(node) in EVENTS]
        self.said = [key for key in facts(select, "kg:madeBy", "kg:madeAt", "kg:concerns") if "Statement" in self.classes.get(key[0], ())]
        self.homes = set(facts(select, "kg:holdsPost", "kg:jurisdiction"))
        self.together = {
            event: sorted({actor for role, actor in parts if role in _ACTING and self.kinds[actor] == "Person"}) for event, parts in sorted(self.parts.items())
        }

    # ------------------------------------------------------------ counts

    def overview(self) -> Section:
        """Count the things of each class; officials and journalists are among the persons, demands are not among the policies."""
        counts = Counter(self.kinds.values())
        for name in ("Official", "Journalist", "Statement", "Tenure", "Indicator", "Article"):
            counts[name] = sum(name in names for names in self.classes.values())
        counts["Event"] = sum(counts[name] for name in EVENTS)
        order = ("Article", "Person", "Official", "Journalist", *(kind.name for kind in KINDS if kind.name != "Person"), "Event")
        words = {kind.name: kind for kind in (*KINDS, *OTHERS)}
        rows = [
            Row(rank, words[name].zh, name, (counts[name],), english=words[name].en)
            for rank, name in enumerate((*order, "Statement", "Tenure", "Indicator"), 1)
        ]
        return Section("overview", "总览", "Overview", (_NUMBER,), tuple(rows))

    def span(self) -> Section:
        """Tell the first and last day of the articles and of the events, where a year is known."""
        dates = (
            ("报道发表", "articles published", [said.get("datePublished", "") for said in self.articles.values()]),
            ("事件发生", "events happened", [date for _, date in self.moments]),
        )
        rows = []
        for rank, (zh, en, told) in enumerate(dates, 1):
            bounds = [bound for date in told if (bound := days(date)) is not None]
            first, last = (min(bound[0] for bound in bounds), max(bound[1] for bound in bounds)) if bounds else ("", "")
            rows.append(Row(rank, zh, "", (first, last), english=en))
        return Section("span", "时间范围", "Span of dates", (_FIRST, _LAST), tuple(rows))

    def publishers(self, top: int) -> Section:
        """Count the articles of each publisher; those that name none stand together."""
        counts = Counter(said.get("publisher", "") for said in self.articles.values())
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]
        rows = [Row(rank, name or "（未注明）", "", (number,), english="" if name else "(not told)") for rank, (name, number) in enumerate(ranked, 1)]
        return Section("publishers", "各家报道数", "Articles by publisher", (_ARTICLES,), tuple(rows))

    def officials(self, top: int) -> Section:
        """Rank officials by the events in which they act, then by the articles that mention them."""
        events = Counter(actor for actors in self.together.values() for actor in actors)
        values = {
            person: (events[person], self.mentioned[person])
            for person, names in self.classes.items()
            if "Official" in names and self.kinds.get(person) == "Person" and events[person] + self.mentioned[person]
        }
        return self._ranked("officials", "最忙的官员", "Busiest officials", (_EVENTS, _ARTICLES), values, top)

    def policies(self, top: int) -> tuple[Section, Section]:
        """Rank policies, and apart from them demands, by the statements that concern them, then by who made them and in how many meetings."""
        by: dict[str, set[str]] = defaultdict(set)
        at: dict[str, set[str]] = defaultdict(set)
        statements: dict[str, set[str]] = defaultdict(set)
        for statement, name, thing in self.said:
            if name == "concerns":
                statements[thing].add(statement)
            else:
                if name == "madeBy":
                    by[statement].add(thing)
                if self.kinds.get(thing) == "Meeting":
                    at[statement].add(thing)

        def values(kind: str) -> dict[str, tuple[int, ...]]:
            return {
                thing: (len(found), len({who for one in found for who in by[one]}), len({meeting for one in found for meeting in at[one]}))
                for thing, found in statements.items()
                if self.kinds.get(thing) == kind
            }

        measures = (_STATEMENTS, _SPEAKERS, _MEETINGS)
        return (
            self._ranked("policies", "强调最多的政策", "Most stressed policies", measures, values("Policy"), top),
            self._ranked("demands", "提得最多的要求", "Most frequent demands", measures, values("Task"), top),
        )

    def visits(self, top: int) -> Section:
        """Rank projects, places and bodies by the inspections they were the object of, then by who came."""
        events: Counter[str] = Counter()
        visitors: dict[str, set[str]] = defaultdict(set)
        for event, parts in self.parts.items():
            if self.kinds[event] == "Inspection":
                for thing in {actor for role, actor in parts if role == "target" and self.kinds[actor] in _VISITED}:
                    events[thing] += 1
                    visitors[thing].update(self.together[event])
        values = {thing: (number, len(visitors[thing])) for thing, number in events.items()}
        measures = (Measure("inspections", "调研", "inspections"), _PERSONS)
        return self._ranked("visits", "调研最多的项目和地点", "Most visited projects and places", measures, values, top)

    def bodies(self, top: int) -> Section:
        """Rank organizations by the articles that mention them."""
        values = {thing: (number,) for thing, number in self.mentioned.items() if self.kinds.get(thing) == "Organization"}
        return self._ranked("bodies", "提到最多的机构", "Most named bodies", (_ARTICLES,), values, top)

    def _ranked(self, name: str, zh: str, en: str, measures: tuple[Measure, ...], values: Mapping[str, tuple[int | float, ...]], top: int) -> Section:
        """Return a section of the things with the highest values; equals stand by name, then by IRI."""
        order = sorted(values, key=lambda thing: (*(-value for value in values[thing]), self._name(thing), thing))
        rows = [Row(rank, self._name(thing), self.kinds[thing], values[thing], thing) for rank, thing in enumerate(order[:top], 1)]
        return Section(name, zh, en, measures, tuple(rows))

    def _name(self, thing: str) -> str:
        return self.labels.get(thing, thing)

    # ------------------------------------------------------------ who stands together with whom

    def network(self) -> nx.Graph[str]:
        """Return the network of co-appearance. Its nodes are numbers, since sets of numbers keep their order from run to run."""
        import networkx as nx

        weights: Counter[tuple[str, str]] = Counter()
        for actors in self.together.values():
            if 1 < len(actors) <= _CROWD:
                for pair in combinations(actors, 2):
                    weights[pair] += 1 / (len(actors) - 1)  # type: ignore[assignment]
        persons = sorted({person for pair in weights for person in pair})
        number = {person: index for index, person in enumerate(persons)}
        network = nx.Graph()
        for person in persons:
            network.add_node(number[person], iri=person)
        for first, second in sorted(weights):
            network.add_edge(number[first], number[second], weight=round(weights[first, second], 9))
        return network

    def communities(self, network: nx.Graph[str], top: int) -> Section:
        """Rank communities by their persons; each is named after those who appear most with others of it, and the area of most of their posts."""
        import networkx as nx

        found = nx.community.louvain_communities(network, weight="weight", seed=_SEED) if network.number_of_edges() else []
        iris = network.nodes(data="iri")
        member: dict[str, int] = {}
        named = []
        for index, numbers in enumerate(sorted(map(sorted, found))):
            inside = network.subgraph(numbers)
            ties = {iris[number]: round(sum(inside[number][other]["weight"] for other in sorted(inside[number])), 6) for number in numbers}
            persons = sorted(ties, key=lambda person: (-ties[person], self._name(person), person))
            member.update(dict.fromkeys(persons, index))
            named.append(persons)
        shared: Counter[int] = Counter()
        for actors in self.together.values():
            for index, number in Counter(member[actor] for actor in actors if actor in member).items():
                shared[index] += number > 1
        areas = self._areas()
        order = sorted(range(len(named)), key=lambda index: (-len(named[index]), -shared[index], named[index]))[:top]
        rows = []
        for rank, index in enumerate(order, 1):
            persons = named[index]
            area = _shared(areas[person] for person in persons if person in areas)
            name = "、".join(map(self._name, persons[:_NAMED])) + (f"（{self._name(area)}）" if area else "")
            rows.append(Row(rank, name, "", (len(persons), shared[index]), persons[0]))
        return Section("communities", "常在一起的人", "Communities of co-appearance", (_PERSONS, _EVENTS), tuple(rows))

    def _areas(self) -> dict[str, set[str]]:
        """Return the areas of the posts of each person."""
        of_post: dict[str, set[str]] = defaultdict(set)
        for post, name, area in self.homes:
            if name == "jurisdiction" and self.kinds.get(post) == "Post":
                of_post[post].add(area)
        found: dict[str, set[str]] = defaultdict(set)
        for person, name, post in self.homes:
            if name == "holdsPost" and post in of_post:
                found[person] |= of_post[post]
        return found

    def central(self, network: nx.Graph[str], top: int) -> Section:
        """Rank persons by betweenness, then by how many others they appear with (degree)."""
        import networkx as nx

        size, edges = network.number_of_nodes(), network.number_of_edges()
        sample = min(size, max(16, _STEPS // (size + 2 * edges + 1)))
        between = nx.betweenness_centrality(network, k=sample if sample < size else None, seed=_SEED)
        values = {iri: (round(between[number], 4), network.degree[number]) for number, iri in network.nodes(data="iri")}
        measures = (Measure("betweenness", "介数中心度", "betweenness"), Measure("degree", "同场人数", "degree"))
        return self._ranked("central", "居中的人物", "Central persons", measures, values, top)


def _shared(sets: Iterable[set[str]]) -> str:
    """Return what stands in most of the sets, if it stands in half of them and in two at least; else nothing.

    >>> _shared([{"甲区"}, {"甲区", "乙区"}, {"丙区"}]), _shared([{"甲区"}])
    ('甲区', '')
    """
    told = list(sets)
    counts = Counter(thing for things in told for thing in things)
    found = min(counts, key=lambda thing: (-counts[thing], thing), default="")
    return found if counts[found] >= max(2, len(told) / 2) else ""
