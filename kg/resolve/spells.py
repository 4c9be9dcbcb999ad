"""A person's time in each post: the sightings of one person go in, one spell for each stay in a post comes out."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.link.seats import seat
from kg.resolve.values import Group, Holding, PersonProfile, Spell, Status

_SEEN = frozenset({"held", "acting"})
_OVER = frozenset({"former", "removed"})
_DEPUTIZING = re.compile(r"(?:代理|代)(?=(?!表)[^代]{1,6}$)")


@dataclass(frozen=True, slots=True)
class _Sighting:
    """One report that a person holds, held or shall hold a post; ``seen`` is the day it is published."""

    article: str
    seen: str | None
    holding: Holding

    @property
    def order(self) -> tuple[str, str, Holding]:
        return self.seen or "9999", self.article, self.holding

    @property
    def day(self) -> str:
        """Return the day that the sighting is about: of the appointment or removal, else of the report; "" if none is known."""
        return self.holding.ended or self.holding.began or self.seen or ""


def spells(group: Group, profiles: Sequence[PersonProfile]) -> tuple[Spell, ...]:
    """Return the spells of one person, by post and time; ``profiles`` may hold others' too, those who are no members do not count.

    Held and acting are spells of their own, and so is what is only proposed. That a post is former or lost joins the spell
    in which it was held, and dates its end where a removal tells the day; without such a spell it is one by itself. A post
    that is held again after its end is another spell. Nothing ends by silence.
    """
    members = set(group.members)
    posts: dict[str, list[_Sighting]] = defaultdict(list)
    for profile in profiles:
        if profile.member in members:
            for holding in profile.holdings:
                posts[holding.post_iri].append(_Sighting(profile.article, profile.published, holding))
    found = (spell for post in sorted(posts) for spell in _of_post(group, post, sorted(set(posts[post]), key=lambda one: one.order)))
    return tuple(sorted(found, key=lambda spell: (spell.post, spell.began or spell.first_seen or "9999", spell.iri)))


def _of_post(person: Group, post: str, sightings: Sequence[_Sighting]) -> Iterator[Spell]:
    """Yield the spells of one person in one post."""
    endings = [one for one in sightings if one.holding.status == "removed"]
    over = [one for one in sightings if one.holding.status in _OVER]
    held: dict[Status, list[list[_Sighting]]] = {status: _stays(sightings, status, endings) for status in ("held", "acting")}
    loose: list[_Sighting] = []
    for one in over:
        stay = _stay_before(held["held"], one) or _stay_before(held["acting"], one)
        (loose if stay is None else stay).append(one)
    for status, stays in held.items():
        for stay in stays:
            yield _spell(person, post, status, stay)
    for status in ("former", "removed", "proposed"):
        alike = [one for one in (sightings if status == "proposed" else loose) if one.holding.status == status]
        if status == "former" and any(one.holding.status == "removed" for one in loose):
            continue  # joins the removal
        if status == "removed" and alike:
            alike = sorted(loose, key=lambda one: one.order)
        if alike:
            yield _spell(person, post, status, alike)


def _stays(sightings: Sequence[_Sighting], status: Status, endings: Sequence[_Sighting]) -> list[list[_Sighting]]:
    """Return the sightings of a post held, in a list for each stay: a removal that lies between two parts them."""
    stays: list[list[_Sighting]] = []
    for one in sorted((one for one in sightings if one.holding.status == status), key=lambda one: (one.day, one.order)):
        last = stays[-1][-1] if stays else None
        if last is None or any(_is_before(last.day, end.day) and _is_before(end.day, one.day) for end in endings):
            stays.append([])
        stays[-1].append(one)
    return stays


def _stay_before(stays: Sequence[list[_Sighting]], ending: _Sighting) -> list[_Sighting] | None:
    """Return the last stay that began before a post is told of as over; the first where no day tells."""
    begun = [stay for stay in stays if not _is_before(ending.day, stay[0].day)]
    return begun[-1] if begun else None


def _spell(person: Group, post: str, status: Status, sightings: Sequence[_Sighting]) -> Spell:
    mark = hashlib.sha256(f"{sightings[0].holding.post}\n{person.label}".encode("utf-8", "replace")).hexdigest()[:8]
    return _told(person.iri, post, status, sightings, mark)


def _told(person: str, post: str, status: Status, sightings: Sequence[_Sighting], mark: str) -> Spell:
    """Return the spell that sightings tell; its IRI is that of the first, as the article alone would have it."""
    ordered = sorted(sightings, key=lambda one: one.order)
    seen = [one.seen for one in ordered if one.seen is not None and one.holding.status in _SEEN]
    beginnings = [one.holding for one in ordered if one.holding.status in _SEEN and (one.holding.began or one.holding.event)]
    endings = [one.holding for one in ordered if one.holding.status == "removed" or one.holding.ended]
    begun = min(beginnings, key=lambda one: (one.began is None, _early(one.began), one), default=None)
    ended = max(endings, key=lambda one: (one.ended is not None, _late(one.ended)), default=None)
    return Spell(
        iri=f"article/{ordered[0].article}/tenure/{ordered[0].holding.begin}-{ordered[0].holding.end}-{mark}",
        person=person,
        post=post,
        status=status,
        sightings=tuple((one.article, one.holding) for one in ordered),
        first_seen=min(seen, key=_early, default=None),
        last_seen=max(seen, key=_late, default=None),
        began=begun.began if begun is not None else None,
        ended=ended.ended if ended is not None else None,
        began_by=begun.event if begun is not None else None,
        ended_by=ended.event if ended is not None else None,
    )


def seat_of(post: str) -> str | None:
    """Return the single seat that a post is, for the acting holder and the elected one; None for a post that several hold at once.

    >>> seat_of("青岚区代区长"), seat_of("青岚区区长"), seat_of("青岚区副区长")
    ('青岚区区长', '青岚区区长', None)
    """
    found = seat(post)
    return _DEPUTIZING.sub("", found.name) if found.is_single and found.is_anchored else None


def successions(spells: Sequence[Spell]) -> Iterator[tuple[str, str]]:
    """Yield the spells of each predecessor and successor in one single-seat post, in time.

    ``spells`` are those of all holders of the post. Before somebody came whoever was in the post last; nothing is said
    of those whom reports show in it while they show another both before and after. A post only proposed, or only told of as former, does not count:
    nobody knows since when.
    """
    held = sorted((spell for spell in spells if spell.status in (*_SEEN, "removed")), key=lambda spell: (_start(spell) or "", spell.iri))
    clear = [spell for spell in held if not any(_is_within(spell, other) for other in held if other.person != spell.person)]
    for spell in clear:
        start = _start(spell)
        if start is None or spell.status == "removed":
            continue
        others = [other for other in clear if other.person != spell.person]
        if any(_is_before(_start(other) or "", start) and _is_before(start, _end(other) or "") for other in others):
            continue
        gone = [other for other in others if not _is_before(start, _end(other) or "9999") and other.iri != spell.iri and _came_before(other, start)]
        last = max(gone, key=lambda other: (_late(_end(other)), other.iri), default=None)
        if last is None:
            continue
        own = (other for other in clear if other.person == spell.person and other is not spell and _came_before(other, start))
        if not any(_late(_end(last)) <= _late(_end(other)) for other in own):  # he acted before he was elected
            yield last.iri, spell.iri


def _is_within(spell: Spell, other: Spell) -> bool:
    """Tell whether reports show another spell both before and after a whole spell."""
    return _is_before(_start(other) or "", _start(spell) or _end(spell) or "") and _is_before(_end(spell) or "", _end(other) or "")


def _start(spell: Spell) -> str | None:
    return spell.began or spell.first_seen


def _end(spell: Spell) -> str | None:
    return spell.ended or spell.last_seen


def _came_before(spell: Spell, day: str) -> bool:
    """Tell whether a spell began before a day; one that is only told of as lost did."""
    return spell.status == "removed" or _is_before(_start(spell) or "", day)


def _early(day: str | None) -> str:
    """Return the first day of a date that may lack its day or month."""
    return (day or "9999") + "-01-01"[len(day or "9999") - 4 :] if day else "9999-12-31"


def _late(day: str | None) -> str:
    return day + "-12-31"[len(day) - 4 :] if day else ""


def _is_before(one: str, other: str) -> bool:
    """Tell whether a date certainly lies before another; never if one is not known."""
    return bool(one) and bool(other) and _late(one) < _early(other)
