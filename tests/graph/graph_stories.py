"""Invented stories whose mentions and facts are put together by hand, and a way to write triples shortly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kg.graph import DEFAULT_BASE, Spo, Store, Term, article_iri, prefixes, triples
from kg.graph.quads import extractor_version
from kg.model import (
    EVENT_KINDS,
    Anchor,
    Article,
    Entity,
    Event,
    Evidence,
    Fact,
    Kind,
    Linked,
    Mention,
    Reading,
    Span,
    Statement,
    Tenure,
    When,
)

FOLDERS = {
    "Person": "person", "Journalist": "journalist", "Organization": "org", "Area": "area", "Place": "place", "Project": "project",
    "Policy": "policy", "Document": "document", "Post": "post", "Group": "group",
}  # fmt: skip


class Telling:
    """A story being put together: words are looked up in its text, each gets its thing."""

    def __init__(self, text: str, published: str | None = "2024-03-06", source: str = "news/a.txt") -> None:
        self.text = text
        self.published = published
        self.source = source
        self.id = hashlib.sha256(f"{published or ''}\n{text}".encode()).hexdigest()[:16]
        self.entities: dict[Mention, Entity] = {}
        self.reporters: list[Mention] = []

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def names(self, kind: Kind, words: str, name: str | None = None, also: tuple[str, ...] = (), rule: str = "names/test") -> Mention:
        span = self.span(words)
        mention = Mention(kind, words, span, name or words, rule)
        path = f"article/{self.id}/event/{span.start}-{span.end}" if kind in EVENT_KINDS else f"{FOLDERS[kind]}/{mention.name}"
        if rule.startswith("tasks/"):
            path = f"task/{mention.name}"
        self.entities[mention] = Entity(path, kind, mention.name, also)
        return mention

    def seen(self, words: str, rule: str = "rules/test", confidence: float = 0.9) -> Evidence:
        return Evidence(self.id, self.span(words), rule, confidence)

    def when(self, words: str, start: str, end: str | None = None) -> When:
        return When(start, end, words, self.span(words))

    def linked(self, *facts: Fact) -> Linked:
        headline, _, _ = self.text.partition("\n")
        head = Span(0, len(headline))
        article = Article(
            self.id, headline, self.text, (head,), Span(head.end + 1, len(self.text)), (), tuple(self.reporters), self.published, (Anchor(0, 0),), self.source
        )
        mentions = tuple(mention for mention in self.entities if mention not in self.reporters)
        return Linked(Reading(article, mentions, facts), self.entities)


def meeting(source: str = "news/a.txt", project: str = "春和花园") -> Linked:
    """A story of a meeting and of an inspection."""
    told = Telling(
        "甲区召开推进会\n3月4日，甲区在会议中心召开全区推进会。甲区区长张建国主持会议，甲区区委书记李文芳出席并讲话。全区科级干部参加会议。\n"
        f"李文芳强调，要持续优化营商环境。会议指出，“河畅行动”不能松劲。\n3月5日，张建国调研{project}，王志强陪同。\n（记者 陈小燕）\n",
        source=source,
    )
    area = told.names("Area", "甲区")
    place = told.names("Place", "会议中心")
    zhang, li, wang = told.names("Person", "张建国"), told.names("Person", "李文芳"), told.names("Person", "王志强")
    mayor, secretary = told.names("Post", "区长", "甲区区长"), told.names("Post", "区委书记", "甲区区委书记")
    site = told.names("Project", project)
    policy = told.names("Policy", "“河畅行动”", "河畅行动", also=("“河畅行动”",))
    task = told.names("Policy", "优化营商环境", rule="tasks/demand")
    told.reporters.append(told.names("Journalist", "陈小燕"))
    held, visit = told.names("Meeting", "推进会。", "全区推进会"), told.names("Inspection", "调研")
    event = Event(
        "Meeting",
        held,
        ("全区推进会", "会议"),
        (("convener", area), ("chair", zhang), ("attendee", li), ("speaker", li)),
        (told.when("3月4日", "2024-03-04"),),
        (place,),
        (told.seen("甲区在会议中心召开全区推进会。", "events/hold"), told.seen("张建国主持会议", "events/chair", 0.8)),
        ("全区科级干部",),
    )
    inspection = Event(
        "Inspection",
        visit,
        ("调研",),
        (("agent", zhang), ("companion", wang), ("target", site)),
        (told.when("3月5日", "2024-03-05"),),
        (),
        (told.seen("张建国调研", "events/inspect"),),
    )
    said, agreed = "要持续优化营商环境。", "“河畅行动”不能松劲。"
    return told.linked(
        Tenure(zhang, mayor, told.seen("甲区区长张建国", "posts/before"), area="甲区"),
        Tenure(li, secretary, told.seen("甲区区委书记李文芳", "posts/before")),
        event,
        Statement(li, "强调", said, told.span(said), told.seen("李文芳强调，" + said, "speech/verb"), "demand", tasks=(task,), at=held),
        Statement(held, "指出", agreed, told.span(agreed), told.seen("会议指出，" + agreed, "speech/verb"), "demand", "negative", concerns=(policy,)),
        inspection,
    )


def expanded(short: str) -> str:
    """Return a term written with prefixes, or as ``</path>`` under the base, as N-Triples; VERSION is that of the extractor."""
    short = short.replace("VERSION", extractor_version())
    if short.startswith('"') or short.startswith("<http"):
        return short
    if short.startswith("</"):
        return f"<{DEFAULT_BASE}{short[2:]}"
    prefix, _, local = short.partition(":")
    return f"<{prefixes(DEFAULT_BASE)[prefix]}{local}>"


def said(lines: str) -> set[tuple[str, ...]]:
    """Return the triples of lines ``subject predicate object``, in prefixed names."""
    return {tuple(expanded(word) for word in line.split(maxsplit=2)) for line in lines.strip().splitlines()}


def told(*stories: Linked) -> dict[Term, tuple[Spo, ...]]:
    """Return the graphs of stories."""
    return {article_iri(DEFAULT_BASE, linked.reading.article.id): triples(linked, DEFAULT_BASE) for linked in stories}


def facts(store: Store) -> set[Spo]:
    """Return the default graph."""
    import pyoxigraph as ox

    quads = store.oxigraph.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}  # type: ignore[misc]


def union(parts: Iterable[Iterable[Spo]]) -> set[Spo]:
    return {spo for part in parts for spo in part}
