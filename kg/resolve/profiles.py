"""What one story tells of each person: a linked reading goes in, profiles of its persons come out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.link.namesakes import identities
from kg.link.seats import is_foreign, is_leader, seat
from kg.model import Event, Linked, Mention, Reading, Tenure, When
from kg.resolve.values import Holding, PersonProfile

_BEFORE = 8
_COUNTIES = ("区", "县", "旗")
_GIVEN = "posts/appointed"
_HELD = frozenset({"held", "acting"})
_LISTED = frozenset({"、", "和", "及", "和夫人"})
_LEADERS = ("国家领导人", "国家领导同志")
_LED = re.compile("等(?:党和)?国家领导(?:人|同志)")
_GOES_ALONG = re.compile("(?:[等及和][^，。；\n]{0,60})?(?:陪同|参加|出席|随同)")
_WENT_ALONG = re.compile("(?:陪同|参加|出席|就座)[^，。；\n]{0,10}的?(?:还有|有)[:：]?$")
_REACH = 24


def person_profiles(linked: Linked) -> Iterator[PersonProfile]:
    """Yield a profile for each person of a story, in reading order; reporters are no persons of the story.

    ``iri`` is the IRI of the story's own graph. ``before`` are the characters before the first mention; where that stands
    in a list of names, those before the list: 区领导张建国、李伟 → 区领导 for both.
    """
    article = linked.reading.article
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention, entity in linked.entities.items():
        if entity.kind == "Person":
            mentions[entity.iri].append(mention)
    who = identities(linked.reading, (mention for found in mentions.values() for mention in found))
    tenures: dict[str, list[Tenure]] = defaultdict(list)
    for fact in linked.reading.facts:
        if isinstance(fact, Tenure):
            tenures[linked.entities[fact.person].iri].append(fact)
    is_of_country = _is_of_country(linked.reading)
    ends = {mention.span.end: mention.span.start for found in mentions.values() for mention in found}
    beside = _beside_leaders(linked, mentions, tenures)
    for iri, found in sorted(mentions.items(), key=lambda item: min((mention.span, item[0]) for mention in item[1])):
        first = min(found, key=lambda mention: mention.span)
        entity = linked.entities[first]
        yield PersonProfile(
            article=article.id,
            published=article.published,
            iri=iri,
            name=first.name,
            area=who[first].area if tenures[iri] or not is_of_country else None,
            home=linked.reading.home,
            holdings=tuple(_holdings(linked, iri, tenures[iri])),
            before=_before(article.text, first.span.start, ends),
            names=tuple(sorted({entity.label, *entity.alternatives} - {first.name})),
            beside=iri in beside,
        )


def _holdings(linked: Linked, person: str, tenures: Sequence[Tenure]) -> Iterator[Holding]:
    """Yield the posts of a person, each sighting once, with the appointment or removal that tells of it."""
    bodies: dict[str, str] = {}
    for entity in linked.entities.values():
        if entity.kind == "Organization":
            for name in (entity.label, *entity.alternatives):
                bodies.setdefault(name, entity.iri)
    given: dict[str, list[Event]] = defaultdict(list)
    for fact in linked.reading.facts:
        if isinstance(fact, Event) and fact.kind == "Appointment" and fact.status == "happened":
            for iri in {linked.entities[actor].iri for role, actor in fact.roles if role == "target" and actor.kind == "Person"}:
                given[iri].append(fact)
    found: dict[Holding, None] = {}
    for tenure in tenures:
        is_ending, is_beginning = tenure.status == "removed", tenure.status in ("held", "acting") and tenure.evidence.rule == _GIVEN
        event = _telling(given[person], tenure) if is_ending or is_beginning else None
        day = event.when[0] if event is not None and event.when else None
        began = _dated(tenure.began or (day if is_beginning else None))
        ended = _dated(tenure.ended or (day if is_ending else None))
        holding = Holding(
            post=tenure.post.name,
            post_iri=linked.entities[tenure.post].iri,
            status=tenure.status,
            begin=tenure.evidence.span.start,
            end=tenure.evidence.span.end,
            rule=tenure.evidence.rule,
            confidence=tenure.evidence.confidence,
            area=tenure.area,
            body=tenure.body,
            body_iri=bodies.get(tenure.body or ""),
            began=began,
            ended=ended,
            event=linked.entities[event.anchor].iri if event is not None else None,
        )
        found[holding] = None
    yield from found


def _dated(moment: When | None) -> str | None:
    """Return the day of a moment whose year is known."""
    return moment.start if moment is not None and moment.start[:4].isdigit() else None


def _telling(events: Sequence[Event], tenure: Tenure) -> Event | None:
    """Return the appointment that a post was read from: one of whose passages shares words with the post's, the only one else."""
    near = [event for event in events if any(piece.span.overlaps(tenure.evidence.span) for piece in event.evidence)]
    return near[0] if near else events[0] if len(events) == 1 else None


def _is_of_country(reading: Reading) -> bool:
    """Tell whether a story is about leaders of the country in a city, and not about those of the city.

    Then its home tells nothing of whoever is named without a post: 习近平总书记在云州市考察，王毅等陪同.
    """
    if reading.home is None or (reading.home.endswith(_COUNTIES) and not reading.home.endswith("行政区")):
        return False
    held = [seat(fact.post.name, fact.area, fact.body) for fact in reading.facts if isinstance(fact, Tenure) and fact.status != "former"]
    return any(is_leader(one) for one in held) and not any(one.area and not is_foreign(one.area) for one in held)


def _beside_leaders(linked: Linked, mentions: Mapping[str, Sequence[Mention]], tenures: Mapping[str, Sequence[Tenure]]) -> set[str]:
    """Return the persons who stand in a list of names, or take part in an event, with a leader of the country who is named with the post.

    A list may be called one of leaders (习近平、李强等党和国家领导人). Those who go along (李伟陪同, 李伟等参加) are beside a leader in
    a story in which one takes part in an event, or that tells of no official of a place.
    """
    held = {iri: [seat(one.post.name, one.area, one.body) for one in told if one.status in _HELD] for iri, told in tenures.items()}
    leaders = {iri for iri, seats in held.items() if any(one.area == "" and is_leader(one) for one in seats)}
    text = linked.reading.article.text
    lists = list(_lists(text, mentions))
    for there, start, end in lists:
        if text[:start].endswith(_LEADERS) or _LED.match(text, end):
            leaders |= there
    if not leaders:
        return set()
    events = [{linked.entities[actor].iri for _, actor in fact.roles if actor.kind == "Person"} for fact in linked.reading.facts if isinstance(fact, Event)]
    are_along = any(leaders & actors for actors in events) or not any(one.area and not is_foreign(one.area) for seats in held.values() for one in seats)
    beside: set[str] = set()
    for there, start, end in lists:
        if are_along and (_GOES_ALONG.match(text, end) or _WENT_ALONG.search(text, max(0, start - _REACH), start)):
            beside |= there
    for there in (*events, *(there for there, _, _ in lists)):
        beside |= {iri for iri in there if there & leaders - {iri}}
    return beside


def _lists(text: str, mentions: Mapping[str, Sequence[Mention]]) -> Iterator[tuple[set[str], int, int]]:
    """Yield who stands in each list of names, and where it begins and ends; a name that stands alone is a list of one."""
    there: set[str] = set()
    start = end = -1
    for span, iri in sorted((mention.span, iri) for iri, found in mentions.items() for mention in found):
        if there and text[end : span.start] not in _LISTED:
            yield there, start, end
            there = set()
        if not there:
            start = span.start
        there.add(iri)
        end = span.end
    if there:
        yield there, start, end


def _before(text: str, start: int, ends: dict[int, int]) -> str:
    """Return the words before a name, or before the list that it stands in."""
    while start and text[start - 1] in "、和及" and start - 1 in ends:
        start = ends[start - 1]
    return re.sub(r"^.*[。！？\n]", "", text[max(0, start - _BEFORE) : start], flags=re.DOTALL)
