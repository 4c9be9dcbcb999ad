"""Tell which persons of one name are one: their profiles go in, groups with the reasons of every decision come out.

Never by the name alone: post, area and time decide. Profiles that claim the same are one claim; claims of one post are
joined, then those whose posts go together or follow each other; what nothing joins stays two, different or undecided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import heapify, heappop, heappush
from itertools import combinations
from types import MappingProxyType

from kg.extract.people import is_foreign as is_transcribed
from kg.lexicon import surfaces
from kg.link.iri import person_iri, segment
from kg.link.seats import Seat, clash, fits, follows, heads_province, is_foreign, is_leader, seat
from kg.resolve.values import Decision, Group, Holding, Member, PersonProfile, Resolution, Verdict

_SEEN = frozenset({"held", "acting"})
_NOWHERE: Mapping[str, str] = MappingProxyType({})
_FAR = 5 * 366  # days between two posts beyond which a career is no longer plain
_NEAR = 366  # days between an official's reports and one that names nothing but the name
_OFTEN = 10  # reports that must show a leader before a bare name means the leader against others of the name
_FAR_MORE = 5  # times as many reports as show all others of the name together
_MANY = 40  # bearers of a name beyond whom not every two are told apart one by one
_BY_HAND = "人工指定"
_OFFICIALS = ("领导", "干部", "负责人", "代表", "嘉宾", "人员", "委员")
"""Ends of words for people that officials are called by too."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What two groups of claims are to each other; ``strength`` orders what joins them, the surest first."""

    verdict: Verdict
    rule: str
    reason: str
    strength: int = 9
    gap: int = 0


@dataclass(slots=True)
class _Times:
    """When reports show a post held, in days, and the last day it is told of as over."""

    first: int | None = None
    last: int | None = None
    over: int | None = None

    def see(self, day: int | None, status: str) -> None:
        if day is None:
            return
        if status in _SEEN:
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)
        elif status in ("former", "removed"):
            self.over = day if self.over is None else min(self.over, day)

    def join(self, other: _Times) -> None:
        for day in (other.first, other.last):
            self.see(day, "held")
        self.see(other.over, "former")


@dataclass(slots=True)
class _Claim:
    """All profiles that claim the same of a bearer of the name; the first member stands for it."""

    area: str | None
    members: list[PersonProfile] = field(default_factory=list)
    seats: dict[Seat, _Times] = field(default_factory=dict)

    @property
    def member(self) -> Member:
        return self.members[0].member


class _Person:
    """Claims that are one person so far; ``number`` is that of the earliest."""

    def __init__(self, number: int, claim: _Claim) -> None:
        self.number = number
        self.numbers = {number}
        self.seats = {held: _Times(times.first, times.last, times.over) for held, times in claim.seats.items()}

    @property
    def areas(self) -> set[str | None]:
        return {held.area for held in self.seats}

    def absorb(self, other: _Person) -> None:
        self.number = min(self.number, other.number)
        self.numbers |= other.numbers
        for held, times in other.seats.items():
            self.seats.setdefault(held, _Times()).join(times)


def persons(
    profiles: Sequence[PersonProfile],
    *,
    renamed: Mapping[str, str] = _NOWHERE,
    above: Mapping[str, str] = _NOWHERE,
    together: Collection[tuple[Member, Member]] = (),
    apart: Collection[tuple[Member, Member]] = (),
) -> Resolution:
    """Return who is who among the bearers of one name; a pure function of the set of profiles.

    ``renamed`` maps a former name of an area to the present one, ``above`` an area to the one it lies in. ``together`` and
    ``apart`` are pairs that somebody has decided; they go before all rules, ``apart`` before ``together``.
    """
    if not profiles:
        return Resolution((), ())
    block = _Block(profiles, renamed, above, together, apart)
    block.join_by_hand()
    block.join_same_posts()
    block.join_careers()
    block.place_bare_names()
    block.separate()
    return Resolution(block.groups(), tuple(sorted(set(block.decisions))))


class _Block:
    """All that is known of the bearers of one name while it is being decided."""

    def __init__(
        self,
        profiles: Sequence[PersonProfile],
        renamed: Mapping[str, str],
        above: Mapping[str, str],
        together: Collection[tuple[Member, Member]],
        apart: Collection[tuple[Member, Member]],
    ) -> None:
        self.renamed = renamed
        self.above = {_present(low, renamed): _present(high, renamed) for low, high in above.items()}
        ordered = sorted({profile.member: profile for profile in profiles}.values(), key=_order)
        self.name = ordered[0].name
        self.is_transcribed = is_transcribed(self.name)
        known = {profile.member for profile in ordered}
        self.together = sorted({_pair(one, other) for one, other in together if one in known and other in known and one != other})
        self.apart = sorted({_pair(one, other) for one, other in apart if one in known and other in known and one != other})
        self.rank = {profile.member: place for place, profile in enumerate(ordered)}
        self.claims = self._claims(ordered)
        self.of_member = {profile.member: number for number, claim in enumerate(self.claims) for profile in claim.members}
        self.barred: dict[int, set[int]] = defaultdict(set)
        for one, other in self.apart:
            self.barred[self.of_member[one]].add(self.of_member[other])
            self.barred[self.of_member[other]].add(self.of_member[one])
        self.people = [_Person(number, claim) for number, claim in enumerate(self.claims)]
        """Who each claim belongs to."""
        self.decisions: list[Decision] = []

    # ------------------------------------------------------------ claims

    def _claims(self, ordered: Iterable[PersonProfile]) -> list[_Claim]:
        """Put profiles that claim the same together; those without a post, and those that somebody decided on, stay alone."""
        alone = {member for pair in (*self.apart, *self.together) for member in pair}
        claims: dict[object, _Claim] = {}
        seen: dict[tuple[str, str | None, str | None, str | None], Seat] = {}
        for profile in ordered:
            held = []
            for holding in profile.holdings:
                key = (holding.post, holding.area, holding.body, profile.home)
                if key not in seen:
                    seen[key] = self._seat(holding)
                held.append((seen[key], holding.status))
            anchored = frozenset((found, status) for found, status in held if found.is_anchored)
            area = _present(profile.area, self.renamed)
            own: object = profile.member if profile.member in alone or not anchored else None
            claim = claims.setdefault((area, anchored, own), _Claim(area))
            claim.members.append(profile)
            day = _day(profile.published)
            for found, status in anchored:
                claim.seats.setdefault(found, _Times()).see(day, status)
        return list(claims.values())

    def _seat(self, holding: Holding) -> Seat:
        """Return a holding's post under the present name of its area."""
        area = _present(holding.area, self.renamed)
        post, body = holding.post, holding.body
        if area is not None and holding.area is not None and area != holding.area:
            post = _moved(post, holding.area, area)
            body = None if body is None else _moved(body, holding.area, area)
        found = seat(post, area, body)
        if self.is_transcribed and found.area == "":  # 外交部长拉夫罗夫: not ours; whose, the story does not say
            return replace(found, area=None)
        return found

    # ------------------------------------------------------------ joining

    def may_join(self, one: _Person, other: _Person) -> bool:
        """Tell whether nobody has said that members of the two are different persons."""
        if not self.barred:
            return True
        return not any(self.barred[number] & other.numbers for number in one.numbers & self.barred.keys())

    def join(self, one: _Person, other: _Person, rule: str, reason: str, witnesses: tuple[Member, Member] | None = None) -> None:
        """Make the second person one with the first, and note why."""
        self.decide("same", witnesses or (self.member(one), self.member(other)), rule, reason)
        self.absorb(one, other)

    def absorb(self, one: _Person, other: _Person) -> None:
        """Count all claims of the second person to the first."""
        one.absorb(other)
        for number in other.numbers:
            self.people[number] = one

    def member(self, person: _Person) -> Member:
        """Return the earliest member of a person."""
        return self.claims[person.number].member

    def decide(self, verdict: Verdict, pair: tuple[Member, Member], rule: str, reason: str) -> None:
        """Note a decision; the earlier of the two stands first."""
        first, second = sorted(pair, key=self.rank.__getitem__)
        self.decisions.append(Decision(verdict, (first, second), f"persons/{rule}", reason))

    def join_by_hand(self) -> None:
        """Join what somebody has said is one; keep what somebody has said is two."""
        for one, other in self.apart:
            self.decide("different", (one, other), "by-hand", f"{_BY_HAND}：不是同一人")
        for one, other in self.together:
            first, second = self.people[self.of_member[one]], self.people[self.of_member[other]]
            if first is second:
                self.decide("same", (one, other), "by-hand", f"{_BY_HAND}：同一人")
            elif self.may_join(first, second):
                self.join(first, second, "by-hand", f"{_BY_HAND}：同一人", (one, other))

    def join_same_posts(self) -> None:
        """同名同职 — claims of the same post of the same area or body are one person.

        So are the profiles of one claim, for which one decision stands.
        """
        for claim in self.claims:
            if len(claim.members) > 1:
                post = min(claim.seats, key=_seat_order).name
                self.decide("same", (claim.member, claim.members[-1].member), "same-post", f"同名，同为{post}")
        holders: dict[Seat, list[int]] = defaultdict(list)
        for number, claim in enumerate(self.claims):
            for held in sorted(claim.seats):
                if held.branch == "delegate" and not held.area:
                    continue  # thousands sit in the national congresses: that is no more than the name
                for earlier in holders[held]:
                    one, other = self.people[earlier], self.people[number]
                    if one is other:
                        break
                    if self.may_join(one, other):
                        self.join(one, other, "same-post", f"同名，同为{held.name}", (self.claims[earlier].member, claim.member))
                        break
                else:
                    holders[held].append(number)

    def join_careers(self) -> None:
        """Join, the surest first, persons whose posts go together or follow each other, unless two rivals would fit as well."""
        near: dict[int, dict[int, _Judgement]] = defaultdict(dict)
        for one, other in self._neighbours(self._titled()):
            near[one][other] = near[other][one] = self.judge(self.people[one], self.people[other])
        waiting = [
            (found.strength, found.gap, one, other) for one, known in near.items() for other, found in known.items() if one < other and found.verdict == "same"
        ]
        heapify(waiting)
        put_off: list[tuple[int, int, int, int]] = []
        while waiting:
            strength, gap, one, other = heappop(waiting)
            found = near[one].get(other)
            if found is None or (found.verdict, found.strength, found.gap) != ("same", strength, gap):
                continue  # judged anew since
            if self._has_rival(one, other, near):
                put_off.append((strength, gap, one, other))
                continue
            self.join(self.people[one], self.people[other], found.rule, found.reason)
            others = (near.pop(one).keys() | near.pop(other).keys()) - {one, other}
            for third in sorted(others):
                near[third].pop(one, None)
                near[third].pop(other, None)
                joined = self.people[one].number
                near[third][joined] = near[joined][third] = again = self.judge(self.people[one], self.people[third])
                if again.verdict == "same":
                    heappush(waiting, (again.strength, again.gap, *_numbers(joined, third)))
            for pair in put_off:  # what stood in their way may have gone
                heappush(waiting, pair)
            put_off = []

    def _titled(self) -> list[_Person]:
        """Return the persons with a post, the earliest first."""
        return [person for number, person in enumerate(self.people) if person.number == number and person.seats]

    def _neighbours(self, people: Sequence[_Person]) -> list[tuple[int, int]]:
        """Return the pairs of persons who have an area, or areas one in the other, in common."""
        of_area: dict[str | None, list[int]] = defaultdict(list)
        for person in people:
            for area in person.areas:
                of_area[area].append(person.number)
        found = {_numbers(one, other) for numbers in of_area.values() for one, other in combinations(numbers, 2)}
        for area, numbers in of_area.items():
            for high in self._over(area):
                found |= {_numbers(one, other) for one in numbers for other in of_area.get(high, ()) if one != other}
        return sorted(found)

    def _over(self, area: str | None) -> Iterator[str]:
        """Yield the areas that an area lies in, up to the whole country; none for one abroad."""
        if not area or is_foreign(area):
            return
        seen = {area}
        low: str | None = self.above.get(area)
        while low is not None and low not in seen:
            yield low
            seen.add(low)
            low = self.above.get(low)
        yield ""

    def _has_rival(self, one: int, other: int, near: Mapping[int, Mapping[int, _Judgement]]) -> bool:
        """Tell whether one of the two would as well be a third who is certainly not the other."""
        strength = near[one][other].strength
        for mine, yours in ((one, other), (other, one)):
            for third, found in near[mine].items():
                if third != yours and found.verdict == "same" and found.strength <= strength:
                    against = near[yours].get(third)
                    if against is not None and against.verdict == "different":
                        return True
        return False

    # ------------------------------------------------------------ judging

    def judge(self, one: _Person, other: _Person) -> _Judgement:
        """Return whether two persons with posts are one: what excludes counts before what joins, what joins before doubt."""
        if not self.may_join(one, other):
            return _Judgement("different", "by-hand", f"{_BY_HAND}：不是同一人")
        joins: list[_Judgement] = []
        doubts: list[_Judgement] = []
        for mine, ours in sorted(one.seats.items()):
            for yours, theirs in sorted(other.seats.items()):
                found = self._judge_posts(mine, ours, yours, theirs)
                if found is None:
                    continue
                if found.verdict == "different":
                    return found
                (joins if found.verdict == "same" else doubts).append(found)
        best = min(joins, key=lambda found: (found.strength, found.gap, found.reason), default=None)
        if best is not None:
            return best
        if doubts:
            return doubts[0]
        return self._judge_areas(one, other)

    def _judge_posts(self, mine: Seat, ours: _Times, yours: Seat, theirs: _Times) -> _Judgement | None:
        """Judge by one post of each; None if the two posts tell nothing of each other."""
        if mine.area != yours.area:
            return self._judge_levels(mine, ours, yours, theirs)
        meeting = _overlap(ours, theirs)
        if meeting and (why := clash(mine, yours)) is not None and mine.area is not None:
            return _Judgement("different", "posts-exclude", f"同名，但{why}，而两职见报的时间交错")
        gap = _gap(ours, theirs)
        if (why := fits(mine, yours)) is not None and (gap or 0) <= _FAR:
            return _Judgement("same", "posts-together", f"同名，{why}", 1, gap or 0)
        if meeting or mine.area is None:
            return _Judgement("undecided", "posts-unrelated", f"同名，见报时间交错，但看不出{mine.name}和{yours.name}是否为同一人的职务")
        if gap is None:
            return _Judgement("undecided", "no-dates", f"同名，但不知{mine.name}和{yours.name}孰先孰后")
        before, after = (mine, yours) if _starts(ours) <= _starts(theirs) else (yours, mine)
        if (why := follows(before, after)) is not None and gap <= _FAR:
            return _Judgement("same", "posts-in-turn", f"同名，先后任职：{why}", 2, gap)
        return _Judgement("undecided", "posts-unrelated", f"同名，先后见报，但看不出{before.name}是否转任{after.name}")

    def _judge_levels(self, mine: Seat, ours: _Times, yours: Seat, theirs: _Times) -> _Judgement | None:
        """Judge two posts of different areas: one may lie in the other; nothing joins them."""
        low, high = (mine, yours) if self._lies_in(mine.area, yours.area) else (yours, mine)
        if not self._lies_in(low.area, high.area):
            return None
        where = high.area or "全国"
        if high.area == "" and is_leader(high) and heads_province(low) and not _overlap(ours, theirs):
            gap = _gap(ours, theirs)
            if gap is not None and gap <= _FAR:
                return _Judgement("same", "leader-of-province", f"同名，先后任职：{low.name}和{high.name}，省级正职常任党和国家领导人", 3, gap)
        if _overlap(ours, theirs) and mine.is_single and yours.is_single and not {mine.branch, yours.branch} & {"side", "delegate", "calling", "mass"}:
            return _Judgement("different", "levels-exclude", f"同名，但{low.name}和{high.name}是两级单位的正职，而见报的时间交错")
        return _Judgement("undecided", "levels", f"同名，{low.area}属{where}，但没有报道说{low.name}就是{high.name}")

    def _judge_areas(self, one: _Person, other: _Person) -> _Judgement:
        """Judge persons whose posts are in areas that have nothing to do with each other, or in no known one."""
        here, there = (next((held for held in sorted(person.seats, key=_seat_order)), None) for person in (one, other))
        if here is None or there is None or here.area is None or there.area is None:
            return _Judgement("undecided", "no-area", "同名，但不知任职的地区，无从判断")
        if self.is_transcribed or (is_foreign(here.area) and is_foreign(there.area)):
            return _Judgement("undecided", "two-countries", f"同名，但一为{here.name}，一为{there.name}，没有报道把两者连起来")
        ours, theirs = one.seats[here], other.seats[there]
        if not _overlap(ours, theirs) and _gap(ours, theirs):
            return _Judgement("undecided", "two-areas-in-turn", f"同名，先后为{here.name}和{there.name}，没有报道说是转任")
        return _Judgement("different", "two-areas", f"同名，但一为{here.name}，一为{there.name}，{here.area or '全国'}和{there.area or '全国'}互不隶属")

    def _lies_in(self, low: str | None, high: str | None) -> bool:
        """Tell whether an area lies in another; every area at home lies in the whole country."""
        return low != high and any(high == over for over in self._over(low))

    # ------------------------------------------------------------ names without a post

    def place_bare_names(self) -> None:
        """Decide on those who are named without a post that tells them from a namesake, each by itself.

        The words before the name, the area and the day decide; whoever nothing tells stays apart from everybody.
        """
        officials = self._titled()
        shown = {id(one): sum(len(self.claims[number].members) for number in one.numbers) for one in officials}  # numbers change as people join
        told: set[tuple[int, str, str | None]] = set()
        called: dict[tuple[str, str | None], int] = {}
        doubtful: list[tuple[int, _Person | None, _Judgement]] = []
        for number, claim in enumerate(self.claims):
            person = self.people[number]
            if person.seats or len(person.numbers) > 1:
                continue
            profile = claim.members[0]
            found, judged = self._judge_bare(profile, claim.area, officials, shown)
            calling = "·" if "·" in self.name else _called(profile.before, surfaces("seats", "known-by"))
            earlier = called.setdefault((calling, claim.area), number) if calling is not None else number
            if found is not None and judged.verdict == "same" and self.may_join(found, person):
                # a thousand reports that name a leader so are one decision
                key = (id(found), judged.rule, claim.area)
                if key in told:
                    self.absorb(found, person)
                else:
                    told.add(key)
                    self.join(found, person, judged.rule, judged.reason)
            elif earlier != number and self.may_join(self.people[earlier], person):
                self.join(
                    self.people[earlier],
                    person,
                    "same-calling",
                    "全名相同，同地或同为全国报道" if calling == "·" else f"同名，同称{calling}",
                    (self.claims[earlier].member, claim.member),
                )
            elif calling is None or earlier == number:
                doubtful.append((number, found, judged))
            elif found is not None and judged.verdict != "same":
                self.decide(judged.verdict, (self.member(found), claim.member), judged.rule, judged.reason)
        self._place_companions(doubtful, called, shown)

    def _place_companions(
        self, doubtful: Sequence[tuple[int, _Person | None, _Judgement]], called: Mapping[tuple[str, str | None], int], shown: Mapping[int, int]
    ) -> None:
        """习近平和彭丽媛 — decide on those beside a leader: whom many reports know by one calling, and no other of the name, is meant."""
        known = {self.people[number].number: (self.people[number], calling) for (calling, _), number in called.items() if calling != "·"}
        often = {place: len(person.numbers) for place, (person, _) in known.items() if not person.seats}
        best = max(often, key=lambda place: (often[place], -place), default=None)
        others = sum(often.values()) - often.get(best or 0, 0) + sum(shown.values())
        is_known = best is not None and often[best] >= max(_OFTEN, _FAR_MORE * others)
        joined = False
        for number, found, judged in doubtful:
            claim, person = self.claims[number], self.people[number]
            if best is not None and is_known and claim.members[0].beside and judged.verdict != "different":
                one, calling = known[best]
                if one is person:
                    continue
                if self.may_join(one, person) and self.people[number].number == number:
                    if joined:
                        self.absorb(one, person)
                    else:
                        joined = True
                        self.join(one, person, "beside-leader", f"同名，此处与领导人在一起，而以此名见于报道的{calling}只有一人")
                    continue
            if found is not None and judged.verdict != "same":
                self.decide(judged.verdict, (self.member(found), claim.member), judged.rule, judged.reason)
            elif found is None and number:
                self.decide("undecided", (self.claims[0].member, claim.member), judged.rule, judged.reason)

    def _judge_bare(
        self, profile: PersonProfile, area: str | None, officials: Sequence[_Person], shown: Mapping[int, int]
    ) -> tuple[_Person | None, _Judgement]:
        """Return which official a name without a post may mean, if any, and whether it does; ``shown`` is how many reports tell a post of each."""
        here = [one for one in officials if area is not None and area in one.areas]
        likeliest = next(iter(here or officials), None)
        if likeliest is None:
            return None, _Judgement("undecided", "name-only", "只有姓名相同，没有职务可据")
        post = min(likeliest.seats, key=_seat_order).name
        ordinary = _called(profile.before, surfaces("posts", "role-noun"))
        if ordinary is not None and not ordinary.endswith(_OFFICIALS):
            return likeliest, _Judgement("different", "ordinary-word", f"同名，但此处称“{ordinary}”，不是{post}")
        day = _day(profile.published)
        if ordinary is not None and ordinary.endswith("领导") and len(here) == 1 and _is_near(here[0], day, _NEAR):
            return here[0], _Judgement("same", "called-leader", f"同名，此处称“{ordinary}”，同期{area}任职的同名者只有{post}")
        if area is None or self.is_transcribed or profile.beside:
            leader = self._leader(officials, shown)
            is_meant = area is None or self.is_transcribed or all(one is leader for one in here)
            if leader is not None and is_meant and _is_near(leader, day, _FAR):
                post = min(leader.seats, key=_seat_order).name
                where = "不称职务" if area is None or not profile.beside else "不称职务而与领导人在一起"
                return leader, _Judgement("same", "leader", f"同名，此处{where}，而同期以此名见于全国报道的只有{post}")
        where = f"同在{area}，" if here else ""
        return likeliest, _Judgement("undecided", "name-only", f"同名，{where}但此处没有职务可以证明就是{post}")

    def _leader(self, officials: Sequence[_Person], shown: Mapping[int, int]) -> _Person | None:
        """Return the one whom a report of the whole country means by the name alone; None if it might mean two.

        That is the only leader of the name, or the one whom far more reports show than all others, who are then likely misread.
        """
        leaders = [one for one in officials if any(is_leader(held) for held in one.seats)]
        if not leaders and self.is_transcribed:
            leaders = list(officials)
        if not leaders and officials:
            leaders = [one for one in officials if any(held.area == "" and held.rank <= 2 for held in one.seats)]
            leaders = leaders if len(officials) == 1 else []
        if len(leaders) < 2:
            return next(iter(leaders), None)
        first = max(leaders, key=lambda one: shown[id(one)])
        others = sum(shown[id(one)] for one in leaders if one is not first)
        return first if shown[id(first)] >= max(_OFTEN, _FAR_MORE * others) else None

    # ------------------------------------------------------------ the outcome

    def separate(self) -> None:
        """Say of every two persons with posts why they are two.

        Of more than forty, those whose areas have nothing to do with each other are told from the first and from the one
        before only, lest a common name fill the graph.
        """
        titled = self._titled()
        near = set(self._neighbours(titled))
        for place, other in enumerate(titled):
            for earlier, one in enumerate(titled[:place]):
                is_near = (one.number, other.number) in near
                if not is_near and len(titled) > _MANY and 0 < earlier < place - 1:
                    continue
                judged = self.judge(one, other) if is_near or not self.may_join(one, other) else self._judge_areas(one, other)
                if judged.rule == "by-hand":
                    continue  # said already, of the members that were named
                if judged.verdict == "same":
                    judged = _Judgement("undecided", "two-candidates", f"{judged.reason}；但另有同名者同样可能")
                self.decide(judged.verdict, (self.member(one), self.member(other)), judged.rule, judged.reason)

    def groups(self) -> tuple[Group, ...]:
        """Return the persons, the earliest first, with IRIs that tell them apart."""
        people = [person for number, person in enumerate(self.people) if person.number == number]
        iris = self._iris(people)
        found = []
        for person in people:
            profiles = sorted((profile for number in person.numbers for profile in self.claims[number].members), key=_order)
            names = {name for profile in profiles for name in profile.names} - {self.name}
            found.append(Group(iris[person.number], self.name, tuple(sorted(names)), tuple(profile.member for profile in profiles)))
        return tuple(found)

    def _iris(self, people: Iterable[_Person]) -> dict[int, str]:
        """Return the IRI of each person, from the earliest report that tells a post, if any does.

        Of several in one area the first official keeps the plain one; the others are told apart by post, or by report.
        """
        iris: dict[int, str] = {}
        taken: set[str] = set()
        for person in sorted(people, key=lambda person: (not person.seats, person.number)):
            claim = self.claims[min((number for number in person.numbers if self.claims[number].seats), default=person.number)]
            found = person_iri(self.name, claim.area)
            if found in taken and claim.seats:
                found = person_iri(self.name, claim.area, min(claim.seats, key=_seat_order).name)
            if found in taken:
                found += f"-{segment(claim.members[0].article)}"
            while found in taken:  # one report that tells of two, without a post
                found += "-2"
            taken.add(found)
            iris[person.number] = found
        return iris


def _present(area: str | None, renamed: Mapping[str, str]) -> str | None:
    """Return the present name of an area, which may have been renamed more than once."""
    seen: set[str] = set()
    while area is not None and area in renamed and area not in seen:
        seen.add(area)
        area = renamed[area]
    return area


def _moved(name: str, former: str, present: str) -> str:
    return present + name.removeprefix(former) if name.startswith(former) else name


def _order(profile: PersonProfile) -> tuple[str, str, str]:
    return profile.published or "9999", profile.article, profile.iri


def _pair(one: Member, other: Member) -> tuple[Member, Member]:
    return (one, other) if one <= other else (other, one)


def _numbers(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one <= other else (other, one)


def _seat_order(held: Seat) -> tuple[int, bool, str]:
    return held.rank, not held.is_single, held.name


def _day(published: str | None) -> int | None:
    """Return an ISO date as a number of days, the middle of what it leaves open; None if there is no year."""
    parts = (published or "").split("-")
    try:
        year, month, day = (*map(int, parts), *(7, 1)[len(parts) - 1 :]) if len(parts) < 3 else map(int, parts[:3])
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _overlap(ours: _Times, theirs: _Times) -> bool:
    """Tell whether reports show two posts held in turn, so that neither came after the other."""
    if ours.first is None or ours.last is None or theirs.first is None or theirs.last is None:
        return False
    return (ours.first < theirs.last and theirs.first < ours.last) or (ours.first, ours.last) == (theirs.first, theirs.last)


def _starts(times: _Times) -> int:
    return min(day for day in (times.first, times.over, times.last) if day is not None)


def _gap(ours: _Times, theirs: _Times) -> int | None:
    """Return the days between the times of two posts, 0 where they touch; None if a time is not known."""
    spans = []
    for times in (ours, theirs):
        days = [day for day in (times.first, times.last, times.over) if day is not None]
        if not days:
            return None
        spans.append((min(days), max(days)))
    (first, last), (start, end) = spans
    return max(0, start - last, first - end)


def _is_near(person: _Person, day: int | None, reach: int) -> bool:
    """Tell whether a day lies in the time of a person's posts, or not far from it."""
    days = [seen for times in person.seats.values() for seen in (times.first, times.last) if seen is not None]
    return day is not None and bool(days) and min(days) - reach <= day <= max(days) + reach


def _called(before: str, words: Iterable[str]) -> str | None:
    """Return the word, the longest first, that stands right before a name."""
    return next((word for word in words if before.endswith(word)), None)
