"""Events: a scene with its mentions comes in; meetings, inspections, talks, ceremonies, releases and appointments go out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from kg.extract.gatherings import (
    are_apart,
    begun_before,
    fair_before,
    heads,
    is_fair,
    is_mentioned,
    is_part,
    is_short,
    kind_of,
    named_after,
    named_before,
    named_early,
    noun_of,
)
from kg.extract.occasions import Occasion, bare, likeness
from kg.extract.roles import BREAKS, Subject, bodies_before, clause_end, clause_start, companions, leading, masked, subject
from kg.extract.scene import Scene
from kg.extract.tellings import AREA, BODY, DAY, DOCUMENT, HE, MUTE, PERSON, PLACE, POLICY, PROJECT, SITE, WHO, Telling, tellings
from kg.extract.tense import day_of, is_fresh, is_news, is_planned
from kg.extract.triggers import triggers
from kg.extract.visits import goals
from kg.extract.wording import plain
from kg.lexicon import either, surfaces
from kg.model import Event, EventKind, Mention, Role, Span, When


def events(scene: Scene) -> Iterator[Event]:
    """Yield what happened according to the story, in reading order; one event for each happening, however often it is told."""
    reader = _Reader(scene)
    for telling in tellings(scene):
        reader.read(telling)
    yield from reader.events()


_NEAR = re.compile(r"近日|日前|昨|今天|今日|今晚|连日|近期|日电|本周|上周|连续")


@cache
def _marker() -> re.Pattern[str]:
    """Return how a clause begins that hooks its event to the one told before: 会后, 仪式结束后, 推介会上."""
    return re.compile(
        r"(?:会前|会后|会上|会间|休会|随后|之后|当天|当日|当晚|同日|临走|其间|其后|会见结束|会议(?:召开|开始|结束)?[前后]|庭审中|[^，。]{0,10}"
        r"(?:会见|会谈|活动|座谈|考察|调研|签约|通话|庭|大会开始|磋商|检阅|访问|典礼|" + heads() + r")(?:结束|开始|召开|举行)?[前后上中])"
    )


_DURING = re.compile(r"[^，。]{1,16}期间")
_MEANWHILE = re.compile(r"[^，。]{0,8}(?:会|会议|大会|论坛|全会|培训|学习)(?:期间|间|前|召开前)")
"""What happens around a meeting that the story then goes on with."""



def _is_meanwhile(shape: str, verb: int) -> bool:
    """Tell whether a verb is told beside a meeting: 李伟出席座谈会，并在会前会见了…"""
    return any(_MEANWHILE.match(shape, start) is not None for start in (0, clause_start(shape, verb, 0)))


_JOURNEY = re.compile(r"[^，。]{0,8}(?:考察|调研|视察|走访|检查|招商|督导|督查|观摩|活动|行程)期间|其间|期间")
_ECHO = re.compile(r"引发|反响|评论员|快评|时评|述评|综述|社论|解读|微视频|纪录片")
_ROUNDUP = re.compile(r"快讯|简讯|速览|一览|集锦|短波|联播")
_OUTSIDE = re.compile(r"(?:在?(?:会场|展馆|主会场|场馆|会议室)外|场外|会外|临别|临走|告别|采访中|会议间隙)")
"""What happens around a gathering is not said there: 会场外，护鸟员…"""
_TALKED = re.compile(
    r"(?:在?(?:随后|之后)?(?:召开|举行)?的?)?"
    r"(?P<what>[^，。、；]{0,8}?(?:座谈会|汇报会|交流会|反馈会|推进会|现场会|点评会|会商会|协商会|调度会))上(?=，|[\ue000-\ue009])"
)
"""How a sitting is first told of after a visit: 座谈会上，…"""
_GUESTS = re.compile(r"了?(?:客人|来宾|外宾|来访客人|代表团|[^，。]{0,4}一行)")
"""Who is met or looks about without being named again."""
_HEADS = re.compile(r"两国(?:元首|领导人|总理|外长)|双方(?:领导人|元首)")
_UNVEILED = re.compile("揭牌|揭幕|剪彩|揭彩|奠基|培土")
_APPEAL = re.compile(r"了?[“]?(?P<paper>[^，。；：“”的等、]{2,24}?(?:倡议书?|宣言|共识|公约|承诺书|倡议(?=”)))(?=$|[”，。])")
_SITTING = re.compile(r"(?:会上|会议|大会|[^，。；]{0,8}?(?:论坛|峰会|[研讨年]会))(?:上|还|同时|现场)*(?:通过|审议|发布|宣读)")
_AT_MEETING = re.compile(r"(?P<what>(?:会上|会议|大会|[^，。；]{0,8}?(?:论坛|峰会|[研讨年]会|会议)))上?(?:还|同时|现场|共同|集中|正式)*$")
_OPENED = re.compile(rf"(?P<what>[{BODY}{PLACE}])[”’]?(?:正式|集中)?(?:揭牌|揭幕|启用|落成|奠基|开业|开馆|开园|开工|投用|成立)(?:仪式|大会|活动|典礼|$)")
_VENUE = re.compile(
    r"(?P<venue>[\ue001-\ue004]?[^，。；、在\ue000-\ue009]{0,10}?(?:会堂|礼堂|会议中心|会展中心|文化中心|体育中心|会议厅|报告厅|广场|体育馆|体育场|文化园|公园|剧院|剧场|宾馆|酒店|饭店|陵园|会客厅|博物馆|纪念馆|文化馆|图书馆|码头|火车站|高铁站))"
    r"(?:内|前|里)?(?:胜利|隆重|正式|盛大|圆满|如期)*"
)
_SQUARE = re.compile(r"在(?P<name>[^，。；、在]{2,24}?(?:广场|公园|礼堂|剧院|剧场|体育馆|文化馆|大院|会堂))(?:上|内|里)?$")
_ROOM = re.compile(r"[^，。、]{0,8}?(?:会议室|会议厅|会议中心|会堂|大厅|礼堂|报告厅|多功能厅)")
_ABBREVIATED = {"京": "北京", "沪": "上海", "津": "天津", "渝": "重庆"}


class _Reader:
    """Reads one story, sentence by sentence; what it holds is the story so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.published = scene.article.published
        self.occasions: list[Occasion] = []
        self.current: Occasion | None = None
        self.meeting: Occasion | None = None
        self.topic = Subject()
        self.absent: set[str] = set()
        self.since = 0
        self.dateline: list[When] = []
        self.named: list[When] = []
        self.named_in = -1
        self.clock = 0
        self.is_roundup = _ROUNDUP.search(scene.article.headline) is not None
        self.is_echo = _ECHO.search(scene.article.headline) is not None
        self.taken: list[tuple[int, int]] = []
        self.company: list[Mention] = []
        self.acting = Subject()
        self.mask = ""
        self.floor = 0
        self.begun = -1
        self.handlers: Mapping[str, Callable[[Telling, re.Match[str]], None]] = {
            "chair": self._chair, "hold": self._hold, "opened": self._hold, "companion": self._companion, "present": self._attend,
            "attendee": self._attend, "lead": self._lead, "meet": self._meet, "talk": self._talk, "inspect": self._inspect,
            "trip": self._trip,
            "go": self._go, "letter": self._letter, "sign": self._sign, "dismiss": self._appoint, "elected": self._elected,
            "appoint": self._appoint, "office": self._office, "teach": self._teach, "deliberate": self._deliberate, "issue": self._issue,
            "launch": self._launch, "work": self._speak, "speaker": self._speak,
            "tell": self._speak,
        }  # fmt: skip

    # ------------------------------------------------------------ a sentence

    def read(self, telling: Telling) -> None:
        """Read one telling."""
        shape = telling.shape
        self.mask = masked(telling)
        self.taken = []
        self.company = list(companions(self.scene, telling, 0, len(shape)))
        self.acting = Subject()
        self.leaders: tuple[Mention, ...] = ()
        self.presiding: tuple[Mention, ...] = ()
        self.visited: list[Mention] = []
        self.towns: list[Mention] = []
        self.reached: list[Mention] = []
        self.floor = 0
        self.waiting: list[tuple[Role, tuple[Mention, ...]]] = []
        seen = False
        if self.is_roundup and self._is_title(telling):
            telling = replace(telling, is_headline=True)
            self.since, self.current, self.meeting, self.topic, self.named = len(self.occasions), None, None, Subject(), []
        if telling.paragraph == 0 and not self.dateline and not self.is_roundup:
            self.dateline = [day for _, day in telling.days(0, len(shape)) if is_fresh(day, self.published)][:1]
        if _OUTSIDE.match(shape):
            self.meeting = None
        self._refer(telling)
        for found in triggers().finditer(shape):
            if any(start <= found.start() < end for start, end in self.taken):
                continue
            self._act(telling, found)
            seen = True
        if self.presiding and self.meeting is not None:
            self.meeting.give("chair", *self.presiding)
            self.meeting.give("attendee", *self.presiding)
        opened = self.current
        if self.waiting and opened is not None and opened.kind in ("Meeting", "Ceremony") and opened.evidence[0][0] == telling.span_of(0, len(shape)):
            for role, people in self.waiting:  # 李伟致辞，王芳出席开通仪式: the ceremony is told after who spoke at it
                opened.give(role, *people)
                opened.give("attendee", *people)
        self._sites(telling)
        self._begun(telling)
        if telling.speech is not None:
            self._says(telling)
        elif not seen:
            self.topic = subject(self.scene, telling, self.mask, len(shape.rstrip(BREAKS)), 0) if len(shape) < 60 else self.topic
        if self.acting:
            self.topic = self.acting
        if not telling.is_headline:
            named = [day for _, day in telling.days(0, len(shape)) if is_fresh(day, self.published) and self._is_past(day)][-1:]
            if named:
                self.named, self.named_in = named, telling.paragraph

    def _is_past(self, day: When) -> bool:
        return self.published is None or day.start.startswith("-") or day.start <= self.published

    def _is_title(self, telling: Telling) -> bool:
        """Tell whether a paragraph is the title of one of the stories of a news roundup."""
        words = telling.span.of(self.scene.text)
        return telling.is_headline or (telling.is_first and len(words) < 50 and re.search(r"[。！？：]", words) is None)

    def _known(self, *kinds: EventKind) -> list[Occasion]:
        """Return the occasions so far, of a roundup only those of the story at hand."""
        return [o for o in self.occasions[self.since :] if o.kind in kinds]

    def _act(self, telling: Telling, found: re.Match[str]) -> None:
        kind = found.lastgroup
        assert kind is not None
        if (
            kind == "hold"
            and telling.shape[found.start() : found.end()] in ("进行", "开展")
            and not named_after(telling.shape, found.end(), clause_end(telling.shape, found.end()))
        ):
            return  # 进行检查: the next verb tells it
        self.handlers[kind](telling, found)
        self.floor = max(self.floor, found.end(), *(end for start, end in self.taken if start >= found.start()))

    def _subject(self, telling: Telling, verb: int, *, near: bool = False) -> Subject:
        """Return the subject of a verb; a clause without one carries the subject on (``near``: in its sentence only)."""
        if self.acting and clause_start(telling.shape, verb, 0) < self.floor:
            return self.acting  # 到甲局调研: what stands between two verbs of one clause is no subject
        found = subject(self.scene, telling, self.mask, verb, self.floor)
        if found:
            self.acting = found
            return found
        if self.acting or self.floor or near:
            return self.acting
        self.acting = leading(self.scene, telling, self.mask, verb)
        return self.acting or (self.topic if not telling.is_headline else found)

    def _is_news(self, telling: Telling, verb: int) -> bool:
        return is_news(telling, verb, self.published, is_echo=self.is_echo)

    def _is_planned(self, telling: Telling, verb: int, name: tuple[int, int] = (0, 0)) -> bool:
        return is_planned(telling, verb, self.published, name)

    def _locate(self, telling: Telling, start: int, end: int) -> list[Mention]:
        """Return the places of 在… between two places of the shape."""
        found: list[Mention] = []
        for at in re.finditer(
            rf"(?:在|(?<![关对由位处基至大小等属低高善勇终敢])于)(?P<where>[^，。；]*?)(?=举行|召开|举办|主持|会见|会谈|会晤|同|与|集体|亲切|分别|出席|考察|调研|视察|开幕|闭幕|落幕|进行|{DAY}|$|，)",
            telling.shape[start:end],
        ):
            words = at.group("where")
            if re.search(r"期间|陪同|时$|之际|下$|上$|中$|后$|前$|就$", words):
                continue
            s, e = at.span("where")
            found += self._spots(telling, start + s, start + e)
            short = re.fullmatch(r"([京沪津渝])", words.strip())
            if short:
                spot = telling.starts[start + s]
                found.append(self.scene.mention("Area", spot, spot + 1, "events/place", name=_ABBREVIATED[short.group(1)]))
        return found

    def _spots(self, telling: Telling, start: int, end: int) -> Iterator[Mention]:
        """Yield the places named in 在…; an area that the next name includes is no place of its own."""
        named = list(telling.mentions(start, end, SITE))
        last = -1
        for index, (place, spot) in enumerate(named):
            after = named[index + 1] if index + 1 < len(named) and named[index + 1][0] == place + 1 else None
            if place <= last or (after is not None and spot.name in after[1].name and not spot.name.endswith(("镇", "乡", "街道"))):
                continue
            room = _ROOM.match(telling.shape, place + 1, end) if spot.kind == "Organization" else None
            if room or (after is not None and spot.kind == "Organization" and _ROOM.fullmatch(after[1].text)):
                last = room.end() - 1 if room else place + 1
                span = telling.span_of(place, last + 1)
                yield self.scene.mention("Place", span.start, span.end, "events/room")
            else:
                yield spot
        if all(spot.kind == "Area" for _, spot in named) and (hall := _VENUE.fullmatch(telling.shape, start, end)):
            span = telling.span_of(*hall.span("venue"))
            yield self.scene.mention("Place", span.start, span.end, "events/venue", confidence=0.7)

    # ------------------------------------------------------------ occasions

    def _open(self, telling: Telling, kind: EventKind, start: int, end: int, rule: str) -> Occasion:
        """Begin an occasion whose best words stand between two places of the shape."""
        span = telling.span_of(start, end)
        words = span.of(self.scene.text)
        occasion = Occasion(kind, span.start, Mention(kind, words, span, words, f"events/{rule}", 0.85), self.scene.text)
        self.occasions.append(occasion)
        return occasion

    def _touch(self, occasion: Occasion, telling: Telling, verb: int, rule: str, start: int | None = None, end: int | None = None) -> Occasion:
        """Note that a telling speaks of an occasion: evidence, day, hook; it is the current one from now on."""
        occasion.evidence.append((telling.span_of(0, len(telling.shape)), f"events/{rule}"))
        days = day_of(telling, verb)
        if not telling.is_headline:
            if not occasion.is_told and start is not None and end is not None:
                span = telling.span_of(start, end)
                occasion.anchor = Mention(occasion.kind, span.of(self.scene.text), span, span.of(self.scene.text), f"events/{rule}", 0.85)
            marked = _marker().match(telling.shape) or _marker().match(telling.shape, clause_start(telling.shape, verb, 0))
            if not days and not occasion.days and occasion.kind != "Release":
                if marked and not _DURING.match(telling.shape):
                    occasion.on(*self._day_before(occasion))
                elif self.named_in == telling.paragraph and not occasion.is_told:
                    occasion.on(*self.named)  # 10日上午，大桥通车。李伟主持通车仪式
            if days or marked or _NEAR.search(telling.shape[:verb]) or telling.paragraph == 0 or _DURING.match(telling.shape):
                occasion.is_hooked = True
            occasion.is_told = True
            occasion.paragraph = telling.paragraph
        else:
            occasion.is_hooked = True
        occasion.on(*days)
        self.clock += 1
        occasion.touched = self.clock
        self.current = occasion
        if occasion.kind == "Meeting":
            self.meeting = occasion
        elif occasion.kind in ("Inspection", "Talks") and occasion.is_told and not _is_meanwhile(telling.shape, verb):
            self.meeting = None
        return occasion

    def _day_before(self, occasion: Occasion) -> list[When]:
        """Return the day of what was told last before an occasion, else the last day that the narrator named."""
        dated = [o for o in self.occasions[self.since :] if o is not occasion and o.days and not o.is_planned]
        return max(dated, key=lambda o: o.touched).days if dated else self.named

    def _latest(self, *kinds: EventKind) -> Occasion | None:
        return next((o for o in reversed(self._known(*kinds))), None)

    # ------------------------------------------------------------ names of meetings and ceremonies

    def _full(self, telling: Telling, start: int, end: int, held_by: tuple[Mention, ...]) -> str:
        """Return the name as one would write it alone: 甲区召开推进会 → 甲区推进会."""
        name = telling.span_of(start, end).of(self.scene.text).strip().replace("\n", "")
        if (
            held_by
            and (held_by[-1].kind == "Area" or re.match(r"第|\d|[一二三四五六七八九十]+届", name))
            and held_by[-1].name not in name
            and held_by[-1].text not in name
        ):
            return held_by[-1].text + name
        return name

    def _gathering(self, telling: Telling, start: int, end: int, verb: int, held_by: tuple[Mention, ...], rule: str, *, is_held: bool) -> Occasion | None:
        """Return the meeting or ceremony named between two places of the shape, known or new."""
        shape = telling.shape
        words = telling.span_of(start, end).of(self.scene.text).replace("\n", "")
        kind = kind_of(shape[start:end])
        known = [o for o in self._known(kind) if not o.is_planned]
        if is_short(shape[start:end]) or is_part(shape[start:end]):
            whole = self.current
            if is_part(shape[start:end]) and whole is not None and whole.kind in ("Meeting", "Ceremony") and whole.is_told:
                return self._touch(whole, telling, verb, rule)
            same = [
                o
                for o in known
                if shape[end - 2 : end] in ("会议", "大会", "仪式", "活动") or any(bare(n).endswith(bare(words)[-3:]) for n in (*o.named, *o.called))
            ]
            after_all = is_held and (shape.startswith("会前") or telling.is_headline)
            occasion = same[-1] if same else (known[-1] if known and (not is_held or after_all or not known[-1].is_told) else None)
            if occasion is not None and is_held and occasion.is_told and self._days_differ(occasion, telling, verb):
                occasion = None
            if (
                occasion is None
                and not is_held
                and (kind != "Ceremony" or end - start < 3 or self.named_in != telling.paragraph or shape[end - 1 : end] != "式")
            ):
                return None  # 出席开班式并讲话 tells a ceremony, 出席仪式 does not
            if occasion is None:
                occasion = self._open(telling, kind, start, end, rule)
                occasion.name(self._full(telling, start, end, ()))
            occasion.name(words, short=any(not is_short(plain(n)) for n in occasion.named))
            return self._touch(occasion, telling, verb, rule, start, end)
        full = self._full(telling, start, end, held_by)
        occasion = self._alike(known, full, telling, verb)
        if occasion is None:
            titled = [o for o in self._known("Meeting", "Ceremony") if not o.is_told and not o.is_planned]
            occasion = self._alike(titled, full, telling, verb)
            if occasion is not None:
                occasion.kind = kind
        if occasion is None:
            occasion = self._open(telling, kind, start, end, rule)
        fresh = not occasion.is_told
        occasion.name(full)
        if words != full:
            occasion.name(words)
        return self._touch(occasion, telling, verb, rule, *((start, end) if fresh else (None, None)))

    def _days_differ(self, occasion: Occasion, telling: Telling, verb: int) -> bool:
        days = day_of(telling, verb)
        return bool(days and occasion.days) and not any(d.start <= days[0].start <= (d.end or d.start) for d in occasion.days)

    def _alike(self, known: list[Occasion], name: str, telling: Telling, verb: int) -> Occasion | None:
        """Return the occasion that bears this name, or one so like it that it is the same."""
        best: Occasion | None = None
        best_score = 0.0
        for occasion in known:
            names = occasion.named or occasion.called
            score = max((likeness(name, n) for n in names), default=0.0)
            if any(are_apart(name, n) for n in names):
                continue
            if not occasion.is_told and (last := noun_of(name)) and len(last) > 2 and any(noun_of(n) == last for n in names):
                score = max(score, 0.45)  # the press conference of the headline is the one told first
            if all(is_short(plain(n)) for n in names) and (last := noun_of(plain(names[0]))) and bare(name).endswith(last):
                score = max(score, 0.9)  # 举行隆重的仪式 … 纪念仪式由李伟主持
            needed = 0.45 if not occasion.is_told else 0.8
            if score >= needed and score > best_score and not (occasion.is_told and self._days_differ(occasion, telling, verb)):
                best, best_score = occasion, score
        return best

    # ------------------------------------------------------------ meetings and ceremonies

    def _hold(self, telling: Telling, found: re.Match[str]) -> None:
        """甲区召开推进会 · 推进会在甲区召开."""
        shape = telling.shape
        verb, after = found.span()
        if not self._is_news(telling, verb):
            return
        start = clause_start(shape, verb, 0)
        stop = clause_end(shape, after)
        right = named_after(shape, after, stop) if found.lastgroup == "hold" else None
        left = named_before(shape, start, verb)
        if right and is_mentioned(shape, right[1]):
            right = None
        if left is None and right is None:
            left = named_early(shape, start, verb)
        if left is None and right is None:
            if found.lastgroup == "opened":
                self._fair(telling, start, verb, after)
            return
        if right and re.search(r"会[见谈晤]$", shape[right[0] : right[1]]):
            return
        held_by: tuple[Mention, ...] = ()
        chairs: tuple[Mention, ...] = ()
        groups = ""
        if right and left is None:
            who = self._subject(telling, verb, near=True)
            if not who and not self.floor:
                who = leading(self.scene, telling, self.mask, verb) or (Subject() if telling.is_headline else Subject((), self.topic.bodies))
            held_by, chairs, groups = who.bodies, who.people, who.group
            if shape.startswith("的", after):
                chairs = ()  # 向在甲市举办的论坛致贺信
            if not held_by and not chairs and (home := self._home(telling, groups)):
                held_by = (home,)
            if not held_by and shape.startswith("的", after) and (host := re.search(rf"在(?P<who>{BODY})[^，。{BODY}{AREA}]*$", shape[start:verb])):
                held_by = tuple(m for _, m in telling.mentions(start + host.start("who"), start + host.end("who"), BODY))
        name = left or right
        assert name is not None
        if self._is_planned(telling, verb, name):
            self._plan(telling, name, held_by, verb)
            self.taken.append((start if left else verb, stop if right else after))
            return
        if left is not None and held_by == ():
            held_by = self._hosts(telling, start, left) or self._namers(telling, left)
        occasion = self._gathering(telling, name[0], name[1], verb, held_by if right and left is None else (), "hold", is_held=True)
        if occasion is None:
            return
        if left and right:
            occasion.name(telling.span_of(*right).of(self.scene.text), short=True)
        for place in (left, right):
            if place:
                self.taken.append(place)
        before = [] if telling.is_headline else occasion.who("convener")
        is_vague = bool(before) and all(m.kind == "Area" and not self.scene.in_body(m.span.start) for m in before)
        if held_by and is_vague and all(body.kind == "Organization" and body.name.startswith(before[0].name) for body in held_by):
            occasion.roles = [(r, m) for r, m in occasion.roles if r != "convener"]  # 甲县 of the headline was 甲县发展和改革局
        occasion.give("convener", *held_by)
        occasion.give("attendee", *chairs)
        if occasion.kind == "Meeting":
            occasion.holders += chairs
        for invited in re.finditer(r"(?<!应)邀请(?P<who>[^。；]*?)(?:担任|参加|出席|列席|参与|旁听|走进|到场|到会|发言|授课)", shape[after:]):
            occasion.give("attendee", *(m for _, m in telling.mentions(after + invited.start("who"), after + invited.end("who"), PERSON)))
        spots = [p for p in self._locate(telling, left[1] if left else 0, verb) if p not in held_by]
        if not spots:
            spots = self._here(telling, start, verb)
        occasion.at(*(spots or ([] if left else self._there(telling, verb))))
        if occasion.kind == "Ceremony":
            occasion.give("target", *(m for _, m in telling.mentions(name[0], name[1], PROJECT)))
            if opened := _OPENED.search(shape, name[0], name[1]):
                occasion.give("target", *(m for _, m in telling.mentions(*opened.span("what"), f"{BODY}{PLACE}")))
            if welcome := re.match(r"，?欢迎(?P<guest>[^，。]*)", shape[name[1] :]):
                occasion.named = ["欢迎仪式" if words == "仪式" else words for words in occasion.named]
                occasion.give("attendee", *(m for _, m in telling.mentions(name[1], name[1] + welcome.end(), PERSON)))

    def _here(self, telling: Telling, start: int, verb: int) -> list[Mention]:
        """Return the place of 甲广场上锣鼓喧天，仪式在这里举行 · 甲陵园举行仪式."""
        shape = telling.shape
        if re.search(r"在(?:这里|此|此间)(?:隆重|正式|如期)*$", shape[start:verb]):
            return [m for _, m in telling.mentions(0, start, SITE)][-1:]
        met = re.search(r"(?:会聚|汇聚|齐聚|相聚|聚集|云集)(?:在|到|于)?(?P<where>[^，。；]{1,16})，$", shape[:start])
        if met:  # 各界人士会聚甲堂，举行仪式
            spots = list(self._spots(telling, *met.span("where")))
            if all(spot.kind == "Area" for spot in spots) and re.search(r"[堂馆园厅碑陵塔寺宫]$|广场$|剧院$|遗址$", met.group("where")):
                span = telling.span_of(*met.span("where"))
                return [self.scene.mention("Place", span.start, span.end, "events/venue", confidence=0.7)]
            if spots:
                return spots
        own = re.search(rf"(?<!在){PLACE}(?=[{DAY}]?(?:今天|昨天|隆重|正式|也)*$)", shape[start:verb])
        return [m for _, m in telling.mentions(start + own.start(), start + own.end(), PLACE)] if own else []

    def _hosts(self, telling: Telling, start: int, name: tuple[int, int]) -> tuple[Mention, ...]:
        """Return the bodies of 由甲局、乙局主办的 before a name."""
        host = re.search(r"由(?P<who>[^，。；]{1,60}?)(?:联合|共同)?(?:主办|举办|召开)", telling.shape[start : name[1]])
        return tuple(m for _, m in telling.mentions(start + host.start("who"), start + host.end("who"), BODY)) if host else ()

    def _namers(self, telling: Telling, name: tuple[int, int]) -> tuple[Mention, ...]:
        """Return the body that a meeting's own name begins with: 十四届全国人大常委会第三十三次委员长会议."""
        thing = telling.things.get(name[0])
        if isinstance(thing, Mention) and thing.kind == "Organization" and re.match(r"第|[一二三四五六七八九十]+届", telling.shape[name[0] + 1 :]):
            return (thing,)
        return ()

    def _home(self, telling: Telling, words: str) -> Mention | None:
        """Return the area that 我区, 全市 stand for."""
        found = re.search(r"[我全][省市县区州旗镇乡]$", words)
        if found is None or self.scene.full(found.group()) == found.group():
            return None
        at = self.scene.text.find(found.group(), telling.span.start, telling.span.end)
        return self.scene.mention("Area", at, at + 2, "events/home", name=self.scene.full(found.group())) if at >= 0 else None

    def _fair(self, telling: Telling, start: int, verb: int, after: int) -> None:
        """第九届博览会在甲市开幕."""
        found = fair_before(telling.shape, start, verb)
        if found is None or self._is_planned(telling, verb):
            return
        name = telling.span_of(*found).of(self.scene.text)
        spots = self._locate(telling, found[1], verb)
        if not (day_of(telling, verb) or telling.is_headline or telling.paragraph == 0 or spots):
            return
        if telling.shape[found[1] - 1] == POLICY and not is_fair(plain(name)):
            return
        occasion = self._alike(self._known("Ceremony"), name, telling, verb) or self._open(telling, "Ceremony", *found, "fair")
        occasion.name(name + telling.shape[verb:after])
        occasion.name(name, short=True)
        self._touch(occasion, telling, verb, "fair", *found)
        occasion.is_hooked = True
        occasion.give("convener", *self._hosts(telling, start, found))
        if not spots and (square := _SQUARE.search(telling.shape[found[1] : verb])):
            span = telling.span_of(found[1] + square.start("name"), found[1] + square.end("name"))
            spots = [self.scene.mention("Place", span.start, span.end, "events/venue", confidence=0.7)]
        occasion.at(*spots)

    def _plan(self, telling: Telling, name: tuple[int, int], held_by: tuple[Mention, ...], verb: int) -> None:
        """Note a meeting that is only announced."""
        if is_short(telling.shape[name[0] : name[1]]) or not day_of(telling, verb):
            return
        kind = kind_of(telling.shape[name[0] : name[1]])
        full = self._full(telling, *name, held_by)
        if any(o.kind == kind and likeness(full, n) >= 0.8 for o in self.occasions for n in o.named):
            return
        occasion = self._open(telling, kind, *name, "plan")
        occasion.is_planned = occasion.is_hooked = True
        occasion.name(full)
        occasion.give("convener", *held_by)
        occasion.on(*day_of(telling, verb))
        occasion.at(*self._locate(telling, 0, verb))
        occasion.evidence.append((telling.span_of(0, len(telling.shape)), "events/plan"))

    def _object(self, telling: Telling, found: re.Match[str], rule: str) -> Occasion | None:
        """Return the occasion that a role verb speaks of: 主持会议, 出席推进会, 参加调研, 参加上述活动; else the current one."""
        shape = telling.shape
        verb, after = found.span()
        stop = clause_end(shape, after)
        words = shape[after:stop]
        tail = re.match(
            r"(?:了)?(?:此次|本次|这次|有关|相关|上述)?(?P<what>会见|会谈|调研|考察|视察|走访|慰问|看望|参观|检查|督导|督查|活动|执法检查|观摩|演出|晚会|节目|演练)(?:活动)?$",
            words,
        )
        if tail:
            self.taken.append((after, stop))
            what = tail.group("what")
            if what in ("会见", "会谈"):
                return self._latest("Talks")
            if what in ("演出", "晚会", "节目", "演练"):
                return self._latest("Ceremony")
            if what == "活动":
                told = [o for o in self.occasions[self.since :] if o.is_told and not o.is_planned]
                return next((o for o in told if o.kind in ("Talks", "Inspection")), told[0] if told else None)
            return self._latest("Inspection")
        name = named_after(shape, after, stop)
        if name is None:
            if words and not re.match(r"(?:了|并|，|$)", words) and not re.match(r"学习|[^，。]{0,6}(?:报告|讲座|党课|宣讲|辅导|授课|听证|评议|论证)$", words):
                return None
            if self.current is not None and not self.current.is_told and not telling.is_headline:
                return None
            return self.current
        if is_mentioned(shape, name[1]):
            return None
        self.taken.append(name)
        held = re.match(r"[^，。]*?(?:举行|召开|举办)的", shape[name[0] : name[1]])
        spots = self._locate(telling, name[0], name[0] + held.end() - 3) if held else []
        if held:
            name = (name[0] + held.end(), name[1])
        if shape.startswith("的", name[1]):
            return self._alike([o for o in self._known("Meeting", "Ceremony") if o.is_told], shape[name[0] : name[1]], telling, verb)
        if self._is_planned(telling, verb) or not self._is_news(telling, verb) or shape[:verb].endswith("结束"):
            return None
        if re.search(r"抵达|赴|前往|启程|离开|为|应[^，]*邀请", shape[:verb]) and not is_short(shape[name[0] : name[1]]) and _abroad().search(shape[:verb]):
            return None
        occasion = self._gathering(telling, *name, verb, (), rule, is_held=shape[verb:after].endswith(("召开", "举行")))
        if occasion is not None:
            occasion.at(*spots)
        return occasion

    def _teach(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国到甲镇讲授专题党课 — a lesson is a meeting at which one speaks."""
        shape = telling.shape
        verb, after = found.span()
        stop = clause_end(shape, after)
        lesson = re.match(r"[^，。；]*?课", shape[after:stop])
        if lesson is None or not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        who = self._subject(telling, verb)
        name = (after + len(re.match(r"(?:一|两|几)?[堂节场次]?", shape[after:]).group()), after + lesson.end())  # type: ignore[union-attr]
        self.taken.append((after, name[1]))
        if not who.people:
            who = leading(self.scene, telling, self.mask, verb)  # 张建国以“…”为题，为师生上思政课
        if not who.people or name[0] >= name[1]:
            return
        known = self._alike(self._known("Meeting"), shape[name[0] : name[1]], telling, verb)
        occasion = self._touch(known or self._open(telling, "Meeting", *name, "teach"), telling, verb, "teach", *name)
        occasion.name(telling.span_of(*name).of(self.scene.text))
        occasion.give("speaker", *who.people)
        occasion.give("attendee", *who.people)
        occasion.at(*(self._locate(telling, 0, verb) or self.reached[-1:]))

    def _deliberate(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国参加甲镇代表团审议 · 张建国来到甲镇代表团，同代表们一起审议工作报告 — a delegation sits."""
        shape = telling.shape
        verb, after = found.span()
        if not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        sitting = next((place for place, m in telling.mentions(0, after, BODY) if m.name.endswith(("代表团", "团组", "组"))), None)
        who = self._subject(telling, verb)
        if not who.people:
            who = leading(self.scene, telling, self.mask, verb)
        if sitting is None or not who.people:
            return
        start = sitting if sitting > verb else after - 2
        stop = after if sitting > verb else clause_end(shape, after)
        self.taken.append((verb, stop))
        known = next((o for o in self._known("Meeting") if any(o.has(p.name) for p in who.people) and any("审议" in n or "讨论" in n for n in o.named)), None)
        if known is not None and self._days_differ(known, telling, verb):
            known = None
        occasion = self._touch(known or self._open(telling, "Meeting", start, stop, "deliberate"), telling, verb, "deliberate", start, stop)
        occasion.name(telling.span_of(start, stop).of(self.scene.text))
        occasion.name(shape[after - 2 : after], short=True)
        occasion.give("attendee", *who.people)

    def _there(self, telling: Telling, verb: int) -> list[Mention]:
        """Return where somebody has gone in the same sentence to hold a meeting: 来到甲镇，主持召开座谈会; none after 深入调研."""
        if not self.reached or not re.search(r"(?:召开|举行|举办|主持)", telling.shape[verb : verb + 4]):
            return []
        return self.reached[-1:]

    def _chair(self, telling: Telling, found: re.Match[str]) -> None:
        """区长张建国主持会议 · 会议由张建国主持."""
        verb = found.start()
        who = self._subject(telling, verb)
        if telling.shape.startswith("下", found.end()):  # 在李伟主持下，会议召开: the meeting is told after
            self.presiding = tuple(m for _, m in telling.mentions(clause_start(telling.shape, verb, 0), verb, PERSON))
            return
        before = re.search(r"(?P<what>[^，。；]*?)由(?P<who>[^，。；]*)$", telling.shape[:verb])
        if before and re.search(rf"{WHO}|[一二三四五六七八九十]位|负责", before.group("who")) is None and len(before.group("who")) > 2:
            who = Subject()  # 典礼由电视台主持人方晴主持: one whom no rule has found, nobody told before
        occasion: Occasion | None
        if before and (name := named_before(telling.shape, clause_start(telling.shape, verb, 0), before.end("what"))):
            occasion = self._gathering(telling, *name, verb, (), "chair", is_held=False)
        else:
            occasion = self._object(telling, found, "chair")
        if occasion is None or occasion.kind not in ("Meeting", "Ceremony"):
            occasion = self.meeting if occasion is not None and occasion.kind not in ("Meeting", "Ceremony") else occasion
        if occasion is None:
            return
        people = who.people
        occasion.give("chair", *people)
        occasion.give("attendee", *people)
        if not occasion.places:
            occasion.at(*(self._locate(telling, 0, verb) or self._there(telling, verb)))

    def _attend(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国、李伟出席会议 · 出席会议的还有张建国."""
        verb = found.start()
        also = re.compile(r"[^，。]{0,12}的[^，。]{0,10}有(?P<who>[^。]*)").match(telling.shape, found.end())
        if also:
            who = Subject(tuple(m for _, m in telling.mentions(*also.span("who"), PERSON)))
            occasion = self.current
            if occasion is not None and occasion.kind in ("Meeting", "Ceremony"):
                occasion.give("attendee", *who.people)
            return
        before = self.acting
        who = self._subject(telling, verb)
        if before.people and who.people and re.match(r"并?[与同和]", telling.shape[clause_start(telling.shape, verb, 0) : verb]):
            who = Subject(tuple(p for p in before.people if p not in who.people) + who.people)  # 李伟致辞，并与王芳一道揭牌
        unveils = found.lastgroup == "present" and _UNVEILED.search(telling.shape, verb, found.end()) is not None
        occasion = self._object(telling, found, "attend")
        if unveils and who.people:
            if (occasion is None or occasion.kind not in ("Meeting", "Ceremony")) and (occasion := self._unveil(telling, found)) is None:
                return
            if occasion.kind == "Ceremony":
                occasion.give("agent", *who.people)
        if occasion is None or (not self.acting and re.match(r"[^，。]{1,20}的", telling.shape[found.end() :])):
            return  # 参加仪式的人士: who they are stands after
        role: Role = "attendee" if occasion.kind in ("Meeting", "Ceremony", "Release", "Appointment") else "companion"
        occasion.give(role, *(p for p in who.people if not occasion.has(p.name, "agent", "counterpart") or role == "attendee"))
        occasion.group(who.group)
        if not occasion.places and occasion.kind != "Inspection" and day_of(telling, verb):
            occasion.at(*self._locate(telling, 0, verb))

    def _unveil(self, telling: Telling, found: re.Match[str]) -> Occasion | None:
        """Return the ceremony that is told by who unveils: 张建国、李志远为甲书屋揭牌."""
        verb, after = found.span()
        dated = day_of(telling, verb) or (self.named if self.named_in == telling.paragraph else [])
        if not dated or not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return None
        occasion = self._touch(self._open(telling, "Ceremony", verb, after, "unveil"), telling, verb, "unveil", verb, after)
        occasion.is_hooked = True
        occasion.on(*dated)
        what = telling.shape[after - 2 : after]
        thing = re.match(rf"为(?P<name>[^，。；]{{1,20}}?){what}", telling.shape[verb:after])
        if thing is None:
            occasion.name(what)
            return occasion
        named = [m for _, m in telling.mentions(verb, after, f"{BODY}{PLACE}{PROJECT}")]
        words = thing.group("name")
        if not named and words.isalpha():  # 为书屋揭牌: what the story called “东明书屋” before
            before = Span(0, telling.span.start)
            named = [m for m in self.scene.within(before, "Place", "Project", "Organization") if plain(m.text).endswith(words)][-1:]
        occasion.give("target", *named)
        occasion.name((named[0].name if named else words) + what)
        occasion.name(what, short=True)
        return occasion

    def _speak(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国讲话 · 李伟作报告 · 会议听取了王芳作的报告."""
        shape = telling.shape
        verb = found.start()
        if re.search(r"委托[^，。]*$", shape[:verb]) and re.search(r"委托", self.mask[:verb]) is not None:
            return
        is_chained = found.lastgroup != "work" and bool(self.acting) and clause_start(shape, verb, 0) < self.floor
        own = self.acting if is_chained else subject(self.scene, telling, self.mask, verb, self.floor)
        if found.lastgroup == "tell" and not own.people and not own.bodies:
            return
        if found.lastgroup == "tell" and re.search(r"听取|听|了解", shape[clause_start(shape, verb, 0) : verb]):
            return
        who = own if own else self.acting
        if own:
            self.acting = own
        occasion = self.current if self.current is not None and self.current.kind in ("Meeting", "Ceremony") else self.meeting
        if occasion is None or (not occasion.is_told and not telling.is_headline):
            if own.people and found.lastgroup == "speaker":
                self.waiting.append(("speaker", own.people))
            return
        occasion.give("speaker", *who.people)
        occasion.give("attendee", *who.people)
        if not who.people and who.bodies and occasion.kind == "Meeting" and all(b.kind == "Organization" for b in who.bodies) and not telling.is_headline:
            if re.search(rf"{BODY}[^，。]{{0,3}}$", shape[:verb]):
                occasion.give("speaker", *who.bodies)
        elif who.group and not who.people:
            occasion.group(who.group)
        occasion.evidence.append((telling.span_of(0, len(shape)), "events/speak"))

    def _says(self, telling: Telling) -> None:
        """张建国强调 — who says something at a meeting spoke there."""
        shape = telling.shape
        verb = telling.speech
        assert verb is not None
        if MUTE in shape[:verb] and re.search(rf"{MUTE}[^，。]*$", shape[:verb]):
            who = subject(self.scene, telling, self.mask, verb, self.mask.rfind(MUTE, 0, verb) + 1)
            occasion = self.meeting
            if occasion is not None and any(occasion.has(p.name) for p in who.people):
                occasion.give("speaker", *(p for p in who.people if occasion.has(p.name)))
            return
        who = subject(self.scene, telling, self.mask, verb, self.floor) or self.acting
        if not who and verb - clause_start(shape, verb, 0) <= 2:
            who = leading(self.scene, telling, self.mask, verb)  # 李伟承认管理有漏洞，表示将整改
        if not who.people and self.meeting is not None and re.search(rf"{BODY}(?:有关负责人|相关负责人)?$", shape[:verb]) and who.bodies:
            if self.meeting.kind == "Meeting" and any("发布会" in n for n in self.meeting.named):
                self.meeting.give("speaker", *who.bodies)
            return
        held = self.current
        if self.meeting is None and held is not None and held.kind == "Ceremony" and held.is_told and not held.is_planned:
            held.give("speaker", *(p for p in who.people if held.has(p.name, "attendee") and p.name not in self.absent))
            return
        if self.meeting is None or not self.meeting.is_told or self.meeting.is_planned or re.search(r"批示|指示|贺信|回信|来信|会见|考察", shape[:verb]):
            return
        if shape.startswith("告诉", verb):
            return  # a reporter asks beside the meeting
        people = [p for p in who.people if p.name not in self.absent]
        self.meeting.give("speaker", *people)
        self.meeting.give("attendee", *people)

    def _begun(self, telling: Telling) -> None:
        """此次开工项目涵盖…；其中，甲园、乙路等8个项目… — what a ceremony began."""
        occasion = next(
            (o for o in self.occasions if o.kind == "Ceremony" and o.is_told and any(re.search(r"开工|签约|启动|奠基|揭牌", n) for n in o.named)), None
        )
        if occasion is None or telling.is_headline:
            return
        if re.search(r"(?:此次|本次|这次|当天|集中|同日)(?:集中)?(?:开工|签约|启动|奠基|揭牌)的?[^，。]{0,8}项目", telling.shape):
            self.begun = telling.paragraph
        elif self.begun != telling.paragraph or not telling.shape.startswith("其中"):
            return
        occasion.give("target", *(m for _, m in telling.mentions(0, len(telling.shape), PROJECT)))

    # ------------------------------------------------------------ inspections

    def _visit(self, telling: Telling, verb: int, who: Subject, rule: str, start: int, end: int) -> Occasion | None:
        """Return the inspection that a verb tells, known or new."""
        if not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return None
        names = {p.name for p in (*who.people, *who.bodies)}
        during = _DURING.match(telling.shape) is not None and _JOURNEY.match(telling.shape) is None
        for occasion in reversed(self._known("Inspection")):
            agents = {m.name for m in occasion.who("agent")}
            same = bool(agents & names) or not names or not agents or not occasion.is_told or all(name.endswith(("组", "團", "团", "队")) for name in names)
            here = occasion.evidence[-1][0] == telling.span_of(0, len(telling.shape))
            if same and not (during and occasion.is_told and not here) and not (occasion.is_told and self._days_differ(occasion, telling, verb)):
                return self._touch(occasion, telling, verb, rule, start, end)
        if not who:
            return None
        occasion = self._touch(self._open(telling, "Inspection", start, end, rule), telling, verb, rule, start, end)
        if not occasion.is_hooked and rule == "inspect" and (beside := self._beside(who)):
            occasion.is_hooked = True
            occasion.on(*beside.days)
        return occasion

    def _beside(self, who: Subject) -> Occasion | None:
        """Return the ceremony of the story that people attend who then look about without a day of their own."""
        last = self._latest("Ceremony")
        return last if last is not None and last.is_hooked and last.is_told and last.days and any(last.has(p.name, "attendee") for p in who.people) else None

    def _go(self, telling: Telling, found: re.Match[str]) -> None:
        """先后来到甲园、乙街 — a visit only if the sentence or the story inspects."""
        shape = telling.shape
        verb, after = found.span()
        who = self._subject(telling, verb)
        stop = clause_end(shape, after)
        sites, towns = goals(self.scene, telling, after, stop)
        self.reached += sites + towns
        if not sites and not towns and re.match(r"(?:项目|施工|工程|建设)?(?:现场|工地)", shape[after:stop]) and (project := self._project(telling)):
            sites = [project]
        occasion = self.current if self.current is not None and self.current.kind == "Inspection" and self.current.is_told else None
        if (occasion is not None and who and {p.name for p in who.people} & {m.name for m in occasion.who("agent")}) or (
            occasion is not None and not who.people
        ):
            assert occasion is not None
            if self._is_news(telling, verb) and not self._is_planned(telling, verb) and not self._days_differ(occasion, telling, verb):
                occasion.give("target", *sites)
                occasion.at(*towns)
                occasion.evidence.append((telling.span_of(0, len(shape)), "events/go"))
                return
        titled = self._latest("Inspection")
        if titled is not None and not titled.is_told and not telling.is_headline and {p.name for p in who.people} & {m.name for m in titled.who("agent")}:
            told = self._visit(telling, verb, who, "go", verb, stop)  # 李伟慰问教师, says the headline; 4日，李伟来到甲校，…
            if told is titled:
                told.give("target", *self.visited, *sites)
                told.at(*self.towns, *towns)
                self.visited, self.towns = [], []
                return
        self.visited += sites
        self.towns += towns

    def _project(self, telling: Telling) -> Mention | None:
        """Return the project of the story, whose site 现场 is: the first that the running text names."""
        return next((m for m in self.scene.mentions if m.kind == "Project" and self.scene.in_body(m.span.start) and m.span.start < telling.span.start), None)

    def _inspect(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国到甲园调研 · 察看了甲园、乙街 · 对甲园进行观摩."""
        shape = telling.shape
        verb, after = found.span()
        start = clause_start(shape, verb, 0)
        if re.search(r"(?:时的|重要讲话|重要指示)", shape[verb : clause_end(shape, after)]) or re.search(
            r"[的组]$|致以|监督$|送[去上]|转达|(?:部署|安排|加强|疏于|强化)[^，。]*$|表示[^，。]*[祝感慰问候贺谢诚亲热烈崇高]", shape[start:verb]
        ):
            return
        if re.search(r"哀悼|逝世|病重|遗体|以其他方式", shape):
            return
        if re.match(r"(?:活动|工作)?(?:组|小组|期间|基础|结果|情况|发现|活动的|时，)", shape[after:]) and not re.match(r"时，", shape[after:]):
            return
        if re.search(r"(?:采取|通过|采用|以)[^，。]*$", shape[start:verb]) and re.match(r"[^，。]*(?:方式|形式|办法)", shape[after:]):
            return
        who = self._subject(telling, verb)
        if re.match(r"了?(?:演练|演出|比赛|表演|展演|节目|仪式)(?:活动)?(?=$|[，。；])", shape[after:]):
            shown = self._latest("Ceremony")
            if shown is not None and shown.is_told:
                shown.give("attendee", *who.people)  # 观摩演练: it is attended
            return
        if not who.people and who.group and not _group_acts().search(who.group) and not self._latest("Inspection"):
            return
        if (
            not who.people
            and who.bodies
            and (all(b.kind == "Area" for b in who.bodies) or not (_goes_out().search(shape[:after]) or who.bodies[0].name.endswith(("组", "团", "队"))))
        ):
            return
        stop = clause_end(shape, after)
        self.taken += [m.span() for m in re.compile(r"[调视督检察走慰看参]\w").finditer(shape, after, after)]
        sites, towns = goals(self.scene, telling, after, self._next_verb(shape, after, stop))
        named = shape[after:stop]
        aim = re.search(r"(?:对|到|赴|来|去|在|深入|走进|来到|前往)(?P<aim>[^，。；]*)$", shape[start:verb])
        if aim:
            more, towns2 = goals(self.scene, telling, start + aim.start("aim"), start + aim.end("aim"))
            sites, towns = more + sites, towns2 + towns
        elif start and (purpose := re.search(r"对(?P<aim>[^，。；]*)$", shape[start:verb])):
            sites += goals(self.scene, telling, start + purpose.start("aim"), start + purpose.end("aim"))[0]
        occasion = self._visit(telling, verb, who, "inspect", verb, self._end_of_object(shape, after, stop))
        if occasion is None:
            return
        if who.people and not telling.is_headline and all(m.kind != "Person" and not self.scene.in_body(m.span.start) for m in occasion.who("agent")):
            occasion.roles = [(r, m) for r, m in occasion.roles if r != "agent"]  # 甲区政协视察 in the headline was the person told here
        occasion.give("agent", *who.people)
        if not who.people and who.group and not occasion.who("agent"):
            occasion.give("agent", *self.leaders)
            talks = self._latest("Talks")
            if talks is not None and not self.leaders and re.match("(?:外国|来访)?(?:客人|来宾|外宾)", who.group):
                occasion.give("agent", *talks.who("counterpart"))
        if not who.people and not occasion.who("agent"):
            occasion.give("agent", *(b for b in who.bodies if b.kind == "Organization"))
        occasion.give("target", *self.visited, *sites)
        occasion.at(*self.towns, *towns)
        self.visited, self.towns = [], []
        occasion.give("companion", *(c for c in self.company if not occasion.has(c.name, "agent")))
        self.company = []
        if who.group and not who.people:
            occasion.group(who.group)
        if self._end_of_object(shape, after, stop) >= after + 2 and len(named) < 60:
            occasion.name(telling.span_of(verb, self._end_of_object(shape, after, stop)).of(self.scene.text).replace("\n", ""))
        occasion.name(telling.span_of(verb, after).of(self.scene.text), short=True)

    def _trip(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国率团赴甲市、乙市开展招商活动 — a journey on business inspects where it goes."""
        if self.towns or self.visited or re.search(rf"(?:赴|到|前往|在)[^，。；]*{SITE}", telling.shape[: found.start()]):
            self._inspect(telling, found)
            words = telling.span_of(*found.span()).of(self.scene.text)
            if self.current is not None and words in self.current.called:
                self.current.called.remove(words)
                self.current.named.insert(0, words)

    def _end_of_object(self, shape: str, after: int, stop: int) -> int:
        cut = re.search(r"并|时$|时(?=强调|指出|表示|要求)|期间|后$|等处|，", shape[after:stop])
        return after + cut.start() if cut else stop

    def _next_verb(self, shape: str, after: int, stop: int) -> int:
        found = triggers().search(shape, after, stop)
        return found.start() if found is not None and found.lastgroup not in ("launch", "hold", "opened", "tell", "speaker", "work", "sign") else stop

    def _sites(self, telling: Telling) -> None:
        """在甲园施工现场，张建国… — the place where an inspection goes on."""
        for found in re.finditer(r"(?:^|；)在(?P<where>[^，。；]{1,60})，", telling.shape):
            self._site(telling, found)

    def _site(self, telling: Telling, found: re.Match[str]) -> None:
        occasion = self.current
        people = {m.name for _, m in telling.mentions(found.end(), len(telling.shape), PERSON)}
        if occasion is not None and occasion.kind == "Meeting" and found.start() == 0:
            # a sitting in between ends where who goes about is named at the next site
            visit = self._latest("Inspection")
            occasion = visit if visit is not None and people & {m.name for m in visit.who("agent")} else occasion
        if occasion is None or occasion.kind != "Inspection" or not occasion.is_told or telling.is_headline:
            return
        if re.search(r"(?:期间|时|后|前|下|上|中|基础|之际|方面|同时)$", found.group("where")):
            return
        who = subject(self.scene, telling, self.mask, telling.speech or len(telling.shape), found.end()) if telling.speech else None
        agents = {m.name for m in occasion.who("agent")}
        if who is not None and who.people and not {p.name for p in who.people} & agents:
            return
        if telling.speech is None and people and not people & agents and HE not in telling.shape:
            return
        sites, towns = goals(self.scene, telling, *found.span("where"))
        occasion.give("target", *sites)
        occasion.at(*towns)
        if sites or towns:
            occasion.evidence.append((telling.span_of(0, len(telling.shape)), "events/sites"))

    def _lead(self, telling: Telling, found: re.Match[str]) -> None:
        """由李伟带队 · 张建国率考察团."""
        shape = telling.shape
        verb, after = found.span()
        who = self._subject(telling, verb)
        visit = self.current
        if shape[verb:after] in ("带队", "率队") and visit is not None and visit.kind == "Inspection" and visit.is_told and who.people:
            visit.give("agent", *who.people)
            return
        if who.people:
            self.leaders = who.people  # 由李伟带队，检查组到甲园检查: the group is told after
            led = next((t.start() for t in triggers().finditer(shape, after) if t.lastgroup in ("inspect", "go", "hold", "chair")), len(shape))
            if shape[verb:after] in ("带领", "率"):
                self.taken.append((after, min(led, clause_end(shape, after))))
                self.floor = self.taken[-1][1]

    def _companion(self, telling: Telling, found: re.Match[str]) -> None:
        """李伟陪同考察 · 李伟参加调研 · 李伟陪同王芳考察了甲园 · 陪同调研的有李伟."""
        shape = telling.shape
        verb, after = found.span()
        also = re.compile(r"[^，。]{0,12}的[^，。]{0,10}有(?P<who>[^。]*)").match(shape, after)
        visit = self._latest("Inspection", "Talks")
        if also and visit is not None:
            self.taken.append((after, also.start("who")))
            visit.give("companion", *(m for _, m in telling.mentions(*also.span("who"), PERSON) if not visit.has(m.name, "agent", "counterpart")))
            visit.evidence.append((telling.span_of(0, len(shape)), "events/companion"))
            return
        who = self._subject(telling, verb)
        stop = clause_end(shape, after)
        if shape.startswith(("一同", "一起", "一道", "共同"), verb) and not shape.endswith("参加", 0, after):
            visit = self.current if self.current is not None and self.current.kind == "Inspection" and self.current.is_told else None
            if visit is None or not who.people or any(visit.has(p.name, "agent") for p in who.people) or any(goals(self.scene, telling, after, stop)):
                return self._inspect(telling, found)
        guests = [m for place, m in telling.mentions(after, stop, PERSON)]
        if guests:
            self.company += list(who.people)
            self.acting = Subject(tuple(guests))
            last = max(place for place, _ in telling.mentions(after, stop, PERSON))
            self.floor = max(self.floor, last + 1 + len(re.match(r"(?:一行|等|先生|女士|夫妇)*", shape[last + 1 :]).group()))  # type: ignore[union-attr]
            return
        if re.match(rf"[^，。]{{0,12}}(?:{heads()})", shape[after:stop]):
            return self._attend(telling, found)
        talks = self._latest("Talks")
        if talks is not None and talks is self.current and who.people and any(goals(self.scene, telling, after, stop)):
            self.company += list(who.people)  # 会见李伟一行，并陪同考察了甲园: the guests look at it
            self.acting = Subject(tuple(talks.who("counterpart")))
            self.floor = after
            return
        tail = re.match(r"(?:了)?(?:上述|有关|相关)?(?:调研|考察|视察|走访|慰问|看望|参观|检查|督导|督查|执法检查|活动|会见|会谈|观摩)*", shape[after:stop])
        if tail:
            self.taken.append((after, after + tail.end()))
        occasion = self._latest("Talks") if "会见" in shape[verb:stop] or "会谈" in shape[verb:stop] or "在座" in shape[verb:after] else self._visited()
        if occasion is None or not who.people:
            self.company += list(who.people)
            return
        occasion.give("companion", *(p for p in who.people if not occasion.has(p.name, "agent", "counterpart")))
        occasion.group(who.group)
        occasion.evidence.append((telling.span_of(0, len(shape)), "events/companion"))

    def _visited(self) -> Occasion | None:
        """Return the visit that somebody accompanies: the one told last."""
        if self.current is not None and self.current.kind in ("Inspection", "Talks") and self.current in self.occasions[self.since :]:
            return self.current
        return self._latest("Inspection", "Talks")

    # ------------------------------------------------------------ talks

    def _exchange(self, telling: Telling, verb: int, after: int, who: Subject, others: list[Mention], rule: str, words: str) -> Occasion | None:
        """Return the talks between two sides, known or new."""
        if not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return None
        names = {p.name for p in who.people} | {b.name for b in who.bodies}
        partners = {o.name for o in others}
        for occasion in self._known("Talks"):
            agents = {m.name for m in occasion.who("agent")}
            known = {m.name for m in occasion.who("counterpart")}
            same = rule == "talk" and occasion.evidence[-1][0] == telling.span_of(0, len(telling.shape))  # 拜访甲商会，与会长李伟座谈
            if (
                (agents & names or not names)
                and (same or not known or not partners or known & partners or not occasion.is_told)
                and not (occasion.is_told and self._days_differ(occasion, telling, verb))
            ):
                if not occasion.is_told and others:
                    occasion.roles = [(r, m) for r, m in occasion.roles if r != "counterpart" or m.kind == "Person"]
                if same or not occasion.is_told or known & partners or not partners:
                    return self._touch(occasion, telling, verb, rule, verb, after)
            if agents & partners and (known & names or rule == "letter"):
                return None
        if not names:
            return None
        return self._touch(self._open(telling, "Talks", verb, after, rule), telling, verb, rule, verb, after)

    def _meet(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国在甲厅会见李伟一行."""
        shape = telling.shape
        verb, after = found.span()
        start = clause_start(shape, verb, 0)
        if re.search(r"(?:参加|出席|在|的|了)$", shape[start:verb]):
            return
        who = self._subject(telling, verb)
        stop = self._guests_end(shape, after)
        self.taken.append((after, stop))
        others = [m for _, m in telling.mentions(after, stop, PERSON)]
        if not others and _GUESTS.match(shape, after):
            come = re.compile(rf"{PERSON}(?=一行|率[^，]*[团队]|来[^，。]{{0,12}}(?:访问|考察|出席|参访))")
            others = [m for guest in come.finditer(shape, 0, start) for _, m in telling.mentions(*guest.span(), PERSON)]
        if not others and shape.startswith("接待", verb):
            return
        people = tuple(p for p in who.people if not any(p.name == o.name for o in others))
        if not people:
            return
        who = Subject(people, (), who.group)
        apart = re.search(r"分别$", shape[start:verb]) is not None and len(others) > 1
        for other in [[o] for o in others] if apart else [others]:
            self._meeting_of(telling, verb, after, who, other, stop, "meet", apart)

    def _meeting_of(self, telling: Telling, verb: int, after: int, who: Subject, others: list[Mention], stop: int, rule: str, apart: bool = False) -> None:
        shape = telling.shape
        occasion = self._exchange(telling, verb, after, who, others, rule, shape[verb:after])
        if occasion is None:
            return
        occasion.give("agent", *(who.people or who.bodies))
        occasion.give("counterpart", *others)
        if apart and others:
            occasion.anchor = Mention("Talks", others[0].text, others[0].span, others[0].name, f"events/{rule}", 0.8)
        bodies = [m for _, m in telling.mentions(after, stop, BODY)]
        if not others and bodies and re.search(rf"{BODY}(?:一行|成员|代表)?$", shape[after:stop]):
            occasion.give("counterpart", bodies[-1])
        elif not others and stop > after:
            occasion.group(re.sub(r"^(?:了|勉励|祝贺|慰问|鼓励)*", "", telling.span_of(after, stop).of(self.scene.text)).strip())
            fuller = occasion.groups[-1:]
            occasion.groups = [words for words in occasion.groups if words in fuller or not any(words in other for other in fuller)]
        if occasion.who("counterpart"):
            occasion.groups = [words for words in occasion.groups if words in (who.group,)]
        agent = (who.people or who.bodies)[0].name if (who.people or who.bodies) else ""
        verb_words = shape[verb:after]
        if telling.is_headline:
            occasion.name(telling.span_of(clause_start(shape, verb, 0), stop).of(self.scene.text).strip())
        elif not occasion.named:
            partners = "、".join(o.name for o in occasion.who("counterpart"))
            occasion.name(f"{agent}同{partners}{verb_words}" if rule == "talk" and partners else agent + verb_words + partners)
        occasion.name(verb_words, short=True)
        occasion.at(*self._locate(telling, 0, verb))
        if "拜" in verb_words:
            occasion.at(*self.reached)
            self.reached = []
        occasion.give("companion", *(c for c in self.company if not occasion.has(c.name)))

    def _guests_end(self, shape: str, after: int) -> int:
        stop = clause_end(shape, after)
        cut = re.search(r"并(?=参观|共同|出席|见证|同|就|向|讲话)|时(?:强调|指出|表示|$|，)", shape[after:stop])
        return after + cut.start() if cut else stop

    def _talk(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国同李伟举行会谈."""
        shape = telling.shape
        verb, after = found.span()
        start = clause_start(shape, verb, 0)
        if re.search(r"(?:参加|出席)$", shape[start:verb]):
            return
        between = re.search(r"(?<!共)[同与和](?P<who>[^，。；]*)$", shape[start:verb])
        if between is None:
            return
        cut = start + between.start()
        # 国家主席甲和夫人乙同丙会谈: the last 同 parts the sides
        for other in re.finditer(r"(?<!共)[同与]", shape[start:verb]):
            cut = start + other.start()
        others = [m for _, m in telling.mentions(cut, verb, PERSON)]
        who = self._subject(telling, cut)
        if not who.people and others:
            who = subject(self.scene, telling, self.mask, cut, start)  # 与李伟在东明宾馆举行会谈: 举行 was read before
        if others and any(p.name == o.name for p in who.people for o in others):
            who = Subject(tuple(p for p in who.people if all(p.name != o.name for o in others)), who.bodies, who.group)
        if not who.people or (not others and shape[verb:after] == "座谈"):
            return
        if not others and not telling.is_headline and not re.search(rf"[{BODY}{AREA}]", shape[cut:verb]):
            return
        self._meeting_of(telling, verb, after, who, others, after, "talk")

    def _letter(self, telling: Telling, found: re.Match[str]) -> None:
        """张建国致电李伟 · 同李伟互致贺电 · 向李伟致贺电."""
        shape = telling.shape
        verb, after = found.span()
        start = clause_start(shape, verb, 0)
        if re.search(r"(?:的|收到|在)$", shape[start:verb]):
            return
        side = re.search(r"[向同与给](?P<who>[^，。；向同与给]*?)$", shape[start:verb])
        if side and re.search(r"[会坛节展赛周动展]$", side.group("who")):
            self.absent.update(p.name for p in self._subject(telling, start + side.start()).people)
            return
        cut = start + side.start() if side else verb
        others = [m for _, m in telling.mentions(cut, verb, PERSON)]
        stop = clause_end(shape, after)
        if not others:
            others = [m for _, m in telling.mentions(after, stop, PERSON)]
        who = subject(self.scene, telling, self.mask, cut, start) or self._subject(telling, cut)
        self.taken.append((after, stop))
        self.absent.update(p.name for p in who.people)
        if not who.people:
            return
        self._meeting_of(telling, verb, after, Subject(who.people), others, stop if not side else after, "letter")

    # ------------------------------------------------------------ papers, signatures, beginnings

    def _sign(self, telling: Telling, found: re.Match[str]) -> None:
        """甲区与乙区签署协议."""
        shape = telling.shape
        verb, after = found.span()
        if not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        start = clause_start(shape, verb, 0)
        stop = clause_end(shape, after)
        if re.match(r"了?[^，。]{0,80}(?:命令|令|条例|法案|法律|法令|决定|提案)(?:$|，|。|状)", shape[after:]):
            return
        if not re.search(rf"协议|文件|备忘录|合同|协定|声明|条约|书|项目|{DOCUMENT}|文本|$", shape[after:stop]):
            return
        seen = re.search(r"(?:共同)?见证[^，。]*$", shape[start:verb])
        witness = seen is not None
        before = self.acting
        who = self._subject(telling, start + seen.start() if seen else verb)
        if before.people and re.match(r"并?[与同和]", shape[start:verb]):
            who = Subject(before.people + who.people)  # 张建国主持仪式，并与李伟代表双方签约
        if re.search(r"项目(?:集中|成功|现场|正式|集体)*$", shape[start:verb]):
            who = Subject()  # 甲园、乙路等五个项目签约
        marked = bool(_marker().match(shape) or day_of(telling, verb) or telling.is_headline or telling.paragraph == 0 or _DURING.match(shape))
        sitting = self.current if self.current is not None and self.current.kind in ("Meeting", "Ceremony") and self.current.is_told else None
        if sitting is not None and (len(who.people) > 1 or re.search(r"代表[^，。]*$", shape[start:verb])):
            marked = True  # 会议审议通过…。甲与乙分别代表双方签订合同
        known = next((o for o in reversed(self._known("Ceremony")) if any(re.search(r"签约|签署|签订|签字", n) for n in (*o.named, *o.called))), None)
        if (not marked and known is None) or (not who and not marked):
            return
        occasion = known if known is not None and not self._days_differ(known, telling, verb) else self._open(telling, "Ceremony", verb, stop, "sign")
        occasion.name(telling.span_of(verb, stop).of(self.scene.text).replace("\n", ""))
        occasion.name(shape[verb:after], short=True)
        self._touch(occasion, telling, verb, "sign", verb, stop)
        papers = [m for _, m in telling.mentions(after, stop, DOCUMENT)] or self._paper(telling, after, stop)
        if not papers and re.search(r"项目(?:集中|成功|现场|正式|集体)*$", shape[start:verb]):
            papers = [m for _, m in telling.mentions(start, verb, PROJECT)]
        occasion.give("target", *papers)
        if sitting is not None and not telling.is_headline:
            occasion.is_hooked = True
            if not occasion.days:
                occasion.on(*sitting.days)
        if self.meeting is not None and self.meeting.is_told:
            self.meeting.give("attendee", *who.people)
        if sitting is not None and sitting.kind == "Meeting" and sitting is self.meeting:
            self.current = sitting  # 会上，双方签订协议。李伟主持会议
        if witness or any(kind_of(plain(n)) == "Ceremony" and plain(n).endswith("式") for n in (*occasion.named, *occasion.called)):
            occasion.give("attendee", *who.people)
        if not witness:
            talks = self._latest("Talks")
            occasion.give("agent", *(who.people or who.bodies or (talks.who("agent", "counterpart") if talks is not None and _HEADS.match(who.group) else ())))
        if who.group and not who.people:
            occasion.group(who.group)

    def _paper(self, telling: Telling, start: int, end: int) -> list[Mention]:
        """Return the paper that the story named before and that short words stand for: 签订集体合同."""
        words = telling.shape[start:end].lstrip("了")
        if not 3 <= len(words) <= 12 or not words.isalpha() or not telling.span.start:
            return []
        named = (m for m in self.scene.within(Span(0, telling.span.start), "Document") if words in plain(m.name))
        return list(named)[-1:]

    def _launch(self, telling: Telling, found: re.Match[str]) -> None:
        """甲项目今天开工."""
        shape = telling.shape
        verb, after = found.span()
        start = clause_start(shape, verb, 0)
        if self.current is not None and self.current.kind == "Ceremony" and self.current.is_told and not telling.is_headline:
            both = re.search(r"[与和同](?P<who>[^，。]*?)(?:共同|一起|一道)[^，。]*$", shape[start:verb])  # 并与李伟共同为园区揭牌
            if both:
                partners = [m for _, m in telling.mentions(start + both.start("who"), start + both.end("who"), PERSON)]
                self.current.give("attendee", *partners)
                if _UNVEILED.match(shape, verb):
                    self.current.give("agent", *self._subject(telling, start + both.start()).people, *partners)
        named = begun_before(shape, start, verb)
        if named is None or telling.is_headline or not day_of(telling, verb) or not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        if not re.match(r"建设|运行|成立|[，。；]|$|成功", shape[after:]):
            return
        s, e = named
        known = self._latest("Ceremony")
        occasion = known if known is not None and not self._days_differ(known, telling, verb) else self._open(telling, "Ceremony", s, after, "launch")
        occasion.name(telling.span_of(s, e).of(self.scene.text).strip() + shape[verb:after])
        occasion.name(shape[verb:after], short=True)
        self._touch(occasion, telling, verb, "launch", s, after)
        occasion.give("target", *(m for _, m in telling.mentions(s, e, f"{PROJECT}{BODY}{PLACE}")))
        occasion.at(*self._locate(telling, start, verb))

    def _issue(self, telling: Telling, found: re.Match[str]) -> None:
        """甲局印发《办法》 · 甲局公布，… · 《办法》由甲局印发."""
        shape = telling.shape
        verb, after = found.span()
        if not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        start = clause_start(shape, verb, 0)
        stop = clause_end(shape, after)
        papers = [m for _, m in telling.mentions(after, stop, DOCUMENT)]
        news = re.match(
            r"(?:了|的)?(?:最新)?[^，。；]{0,30}?(?:数据|报告|指数|名单|公告|通知|消息|标准|规划|方案|意见|办法|条例|白皮书|清单|目录|公报|规定|措施|政策)|$",
            shape[after:stop],
        )
        who = self._subject(telling, verb, near=True)
        if not papers and (called := _APPEAL.match(shape, after, stop)):
            papers = self._appeal(telling, *called.span("paper"))
        if shape.startswith("的", after):
            who = Subject((), bodies_before(telling, self.mask, start, verb))
        passive = [m for _, m in telling.mentions(start, verb, DOCUMENT)]
        if not papers and passive and not who.people:
            papers = passive
        hooked = bool(day_of(telling, verb) or _NEAR.search(shape[:verb]) or telling.is_headline)
        followed = False
        if shape.endswith("发表", 0, after) and not any(re.search(r"(?:声明|公报|宣言|白皮书|联合文告)》?$", m.name) for m in papers):
            return
        if not hooked and papers and re.match(rf"了?《?{DOCUMENT}", shape[after:]):
            hooked = followed = self._follows(telling, start, verb, who)
        agents = list(who.people) if papers and who.people and telling.paragraph <= 0 else list(who.bodies)
        if not agents and papers == passive and (by := re.search("由(?![^由]*由)", shape[start:verb])):
            agents = [m for _, m in telling.mentions(start + by.end(), verb, BODY)]  # 《办法》由甲局、乙局于6月联合印发
        sits = _AT_MEETING.search(shape, start, verb) is not None or (start == verb and _SITTING.match(shape) is not None)
        sat = bool(papers and not agents and sits and any(o.is_told for o in self._known("Meeting", "Ceremony")))
        if not (papers or news) or not (hooked or sat) or re.search(r"据[^，。]*$", shape[:verb]):
            return
        sides = who.group if papers and re.search(r"双方|两国|各方", who.group) else ""
        alone = bool(passive and papers == passive and not agents and re.search(rf"{DOCUMENT}》?[^，。{DOCUMENT}]{{0,16}}$", shape[start:verb]))
        if not (agents or sides or alone or sat) or (not papers and not re.search(rf"[{BODY}]", shape[:verb])):
            return
        if alone and stop > after:
            return  # 《办法》印发实施后: only what ends there is told
        if not papers and any(a.kind == "Area" for a in agents) and not telling.is_headline:
            return
        talks = self._latest("Talks")
        known = next(
            (
                o
                for o in self._known("Release")
                if not o.is_told or {m.name for m in o.who("agent")} & {a.name for a in agents} or {m.name for m in o.who("target")} & {p.name for p in papers}
            ),
            None,
        )
        occasion = known or self._open(telling, "Release", verb, stop, "issue")
        current, meeting = self.current, self.meeting
        self._touch(occasion, telling, verb, "issue", verb, stop)
        if current is not None and current.kind == "Meeting":
            self.current, self.meeting = current, meeting
        if known is not None and telling.paragraph >= 0 and all(m.kind == "Area" for m in occasion.who("agent")):
            occasion.roles = [(r, m) for r, m in occasion.roles if r != "agent"]
        occasion.give("agent", *agents)
        occasion.give("target", *papers)
        occasion.is_hooked = occasion.is_hooked or followed or sat
        if sat and not occasion.days and current is not None:
            occasion.on(*current.days)
        if sides:
            occasion.group(sides)
            if not occasion.days and talks is not None:
                occasion.on(*talks.days)
        self.taken.append((after, stop))
        if papers or stop > after:
            occasion.name(telling.span_of(verb, stop).of(self.scene.text).replace("\n", ""))
        occasion.name(shape[verb:after], short=True)

    def _appeal(self, telling: Telling, start: int, end: int) -> list[Mention]:
        """Return the paper of 发布东明倡议, which has no 《》."""
        span = telling.span_of(start, end)
        return [self.scene.mention("Document", span.start, span.end, "events/appeal", confidence=0.7)]

    def _follows(self, telling: Telling, start: int, verb: int, who: Subject) -> bool:
        """Tell whether a paper without a day is news: two sides issue it after their talks, or the story has just told of another."""
        shape = telling.shape
        if re.search(r"双方|两国|各方", who.group):
            return self._latest("Talks") is not None
        if not any(body.kind == "Organization" for body in who.bodies) or re.search(r"先后|相继|陆续|已|曾|修订|年|依据|根据|按照", shape[start:verb]):
            return False
        last = self._latest("Release")
        return last is not None and last.is_told and last.paragraph in (telling.paragraph, telling.paragraph - 1)

    def _appoint(self, telling: Telling, found: re.Match[str]) -> None:
        """决定任命李伟为甲区副区长."""
        shape = telling.shape
        verb, after = found.span()
        stop = clause_end(shape, after)
        people = [m for _, m in telling.mentions(after, stop, PERSON)]
        if not people or not re.search(r"为|职务|任|$", shape[after:stop]) or not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        who = self._subject(telling, verb, near=True)
        while more := re.match(rf"，(?:其他)?(?=[^，。]*{PERSON})[{PERSON}、和]+(?:同志)?(?:为|任)", shape[stop:]):  # 选举甲为区长，乙、丙为副区长
            people += [m for _, m in telling.mentions(stop, stop + more.end(), PERSON)]
            stop = clause_end(shape, stop + 1)
        self.taken.append((after, stop))
        self._appointed(telling, verb, stop, people, who)

    def _office(self, telling: Telling, found: re.Match[str]) -> None:
        """甲市委决定：李伟任甲区委书记，王芳不再担任甲区委书记."""
        shape = telling.shape
        verb, after = found.span()
        if re.search(r"决定|宣布(?![^，。]{0,8}(?:开始|开幕|启动|开工))|经[^，。]*(?:研究|批准|同意|通过)", shape[:verb]) is None:
            return
        if not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        start = clause_start(shape, verb, 0)
        decides = re.search(rf"(?P<who>[{BODY}{AREA}])[^，。]{{0,6}}(?:研究)?(?:决定|批准)|宣布(?:了)?(?P<of>[{BODY}{AREA}])[^，。：]*决定", shape[:verb])
        place = -1 if decides is None else decides.start("who") if decides.group("who") else decides.start("of")
        who = telling.things.get(place)
        by = (who,) if isinstance(who, Mention) and who.kind == "Organization" else ()
        self._appointed(telling, verb, clause_end(shape, after), [m for _, m in telling.mentions(start, verb, PERSON)], Subject((), by))

    def _elected(self, telling: Telling, found: re.Match[str]) -> None:
        """李伟当选甲国总统."""
        shape = telling.shape
        verb, after = found.span()
        if not self._is_news(telling, verb) or self._is_planned(telling, verb):
            return
        if re.match(r"[^，。]*(?:后|时|以来|的消息|之际|致[电信]|贺[电信])", shape[after:]):
            return
        if re.search(r"祝贺|庆祝|恭喜|就|自|欢迎|向", shape[clause_start(shape, verb, 0) : verb]) or re.search(r"致[电信]|贺[电信]", shape[:verb]):
            return
        who = self._subject(telling, verb)
        if who.people and (day_of(telling, verb) or telling.is_headline):
            self._appointed(telling, verb, clause_end(telling.shape, after), list(who.people), Subject())

    def _appointed(self, telling: Telling, verb: int, stop: int, people: list[Mention], who: Subject) -> None:
        occasion = self._latest("Appointment")
        if occasion is None:
            occasion = self._open(telling, "Appointment", verb, stop, "appoint")
        meeting = self._latest("Meeting")
        self._touch(occasion, telling, verb, "appoint", verb, stop)
        occasion.give("agent", *who.bodies)
        if meeting is not None and meeting.is_told and not telling.is_headline:
            self.current = self.meeting = meeting
            if not occasion.days:
                occasion.on(*meeting.days)
            if not occasion.who("agent"):
                occasion.give("agent", *meeting.who("convener"))
        if not occasion.who("agent"):
            occasion.give("agent", *who.bodies, *(p for p in who.people if p.name not in {x.name for x in people}))
        if not occasion.days and not telling.is_headline:
            occasion.on(*self.dateline)
        occasion.give("target", *people)
        occasion.name(telling.span_of(verb, stop).of(self.scene.text).replace("\n", ""))
        act = re.match(r"[一-鿿]{2}", telling.shape[verb:stop].removeprefix("决定"))  # 任 alone names nothing
        if act is not None:
            occasion.name(act.group(), short=True)
        occasion.is_hooked = True

    # ------------------------------------------------------------ the end

    def _refer(self, telling: Telling) -> None:
        """会上, 座谈会上, 会议指出 — the story turns back to its meeting."""
        meeting = self._latest("Meeting")
        if meeting is None or not meeting.is_told:
            self._sit(telling)
            return
        named = re.match(rf"(?:{DAY}，)?(?P<what>[^，。、]{{1,8}}?(?:{heads()}))上", telling.shape)
        if named and any(bare(named.group("what")) in bare(n) for n in meeting.named):
            self.meeting = self.current = meeting
            return
        found = re.match(
            rf"(?:{DAY}，)?(?P<what>会上|会议|大会|全会|(?:{heads()}))(?=上|由|听取|指出|强调|要求|认为|审议|以|还|，|传达|期间|开始|结束|号召|决定|讨论)",
            telling.shape,
        )
        if found or re.match(r"会上", telling.shape):
            if found and found.group("what") not in ("会上",) and kind_of(found.group("what")) == "Meeting":
                meeting.name(telling.span_of(*found.span("what")).of(self.scene.text), short=True)
            self.meeting = self.current = meeting

    def _sit(self, telling: Telling) -> None:
        """座谈会上，李伟介绍了情况 — the meeting that a visit ends in."""
        sat = _TALKED.match(telling.shape)
        visit = self.current
        if sat is None or visit is None or visit.kind not in ("Inspection", "Talks") or not visit.is_told or visit not in self.occasions[self.since :]:
            return
        if visit.kind == "Talks" and any("座谈" in name for name in (*visit.named, *visit.called)):
            return  # 同李伟等座谈: that is the meeting itself
        occasion = self._open(telling, "Meeting", *sat.span("what"), "sit")
        occasion.name(telling.span_of(*sat.span("what")).of(self.scene.text))
        self._touch(occasion, telling, sat.start("what"), "sit", *sat.span("what"))
        occasion.is_hooked = True
        occasion.on(*visit.days)

    def events(self) -> Iterator[Event]:
        """Yield the events of the story."""
        article = self.scene.article
        for occasion in sorted(self.occasions, key=lambda o: o.anchor.span.start):
            if not occasion.is_hooked or not self._stands(occasion):
                continue
            if not occasion.who("chair"):
                occasion.give("chair", *occasion.holders)
            yield occasion.event(article.id)

    def _stands(self, occasion: Occasion) -> bool:
        """Tell whether enough is known of an occasion to tell it."""
        if occasion.kind == "Inspection":
            return bool(occasion.who("agent") or (occasion.groups and (occasion.days or occasion.who("target"))))
        if occasion.kind == "Talks":
            return bool(occasion.who("agent") and (occasion.who("counterpart") or occasion.groups or any(len(name) > 5 for name in occasion.named)))
        if occasion.kind == "Ceremony":
            return bool(occasion.roles or occasion.groups or occasion.places or any(len(name) > 4 and not is_short(plain(name)) for name in occasion.named))
        if occasion.kind == "Release":
            return bool(occasion.who("agent", "target"))
        return True


@cache
def _group_acts() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(surfaces('events-nouns', 'group'))}|委员|代表|领导|人员|干部|乡贤|乡亲|同志|记者团|组)")


@cache
def _goes_out() -> re.Pattern[str]:
    return re.compile(r"[到赴来]|对[^，。]*(?:进行|开展)|深入|走进|组成|组织|视察|开展|前往|检查组|考察团|调研组")


@cache
def _abroad() -> re.Pattern[str]:
    return re.compile("抵达|赴|前往|启程|离开|乘专机|乘包机")
