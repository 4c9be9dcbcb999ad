"""Who does it: a telling and the place of a verb come in, the subject of the verb goes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.pronouns import antecedent
from kg.extract.scene import Scene
from kg.extract.tellings import AREA, BODY, DAY, HE, MUTE, PERSON, POST, SITE, WHO, Telling
from kg.lexicon import either, surfaces
from kg.model import Mention

BREAKS = "，；：。！？"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts: persons, else bodies or areas, else a group without a name; nothing at all if the clause has no subject."""

    people: tuple[Mention, ...] = ()
    bodies: tuple[Mention, ...] = ()
    group: str = ""

    def __bool__(self) -> bool:
        return bool(self.people or self.bodies or self.group)


_OBLIQUE = re.compile(
    rf"受[^，。]{{1,40}}?(?:委托|邀请)|应[^，。]{{1,40}}?(?:邀请|之邀)|(?<=[{PERSON}{HE}{POST}并，别员委])代表(?![、，们团])[^，。]{{1,40}}?(?=向|作|致|在|发言|看望|慰问|发布|出席|参加|双方|签|，(?=向|[^，。；]{{2,40}}{PERSON}代表)|$)"
    rf"|(?<!共)同[^，。]{{1,30}}?(?:一道|一起)|向[^，。]{{1,30}}?(?=了解|汇报|通报|介绍|询问|转达|致以|表示|敬献)|(?:为|给)[^，。]{{1,30}}?(?=颁|授|揭|送|作|献)"
    rf"|就[^，。]{{1,60}}?(?=(?<!工)作|进行|听取|开展)|对[^，。]{{1,40}}?(?=进行|作|表示|开展)|围绕[^，。]{{1,40}}?(?=作|进行|开展)|继[^，。]*?后|随[^，。{PERSON}]{{1,10}}(?=来|到|赴)"
)
_MODIFIES = re.compile(
    rf"(?:{POST}|总书记|主席|总理|同志|委员长)?(?:的(?!陪同)|重要(?:讲话|指示|文章|论述)|关于|听取|亲自|提出的|贺信|致[^，]*贺信|家中|家里|所作|夫人(?!{PERSON})|(?:先生|女士)?(?:一行)?的)|"
    rf"(?:{POST}|总书记|主席)?(?:在[^，。]{{1,30}}(?:时的|上的))"
)
_FILLER = re.compile(
    rf"[{DAY}{MUTE}\s　]|(?:今天|昨天|昨日|今日|近日|日前|近期|当天|当日|当晚|同日|随后|之后|然后|最后|会上|会前|会后|会议期间|期间|下午|上午|晚|"
    r"首先|先后|一并|一同|"
    r"一起|共同|联合|分别|还|也|又|并|且|再次|亲切|热情|"
    r"正式|隆重|专程|专门|现场|实地|详细|认真|逐一|随机|继续|深入|及时|最新|今年|组织|统一|主动|集中|应邀|应约|到会|到场|即席|作为[^，。]{1,12}|以[^，。]{1,16}(?:方式|形式)|以视频方式|"
    r"通过[^，。]{1,16}|结合[^，。]{1,16}|“|”|、|等|要|进行|开展|了|的|"
    r"本报讯|【本报讯】|消息)"
)
_LEAD_IN = re.compile(rf"(?:本报讯|【[^】]*】|（[^）]*）|[{DAY}\s　，]|近日|日前|上午|下午|会上|会前|会后|随后|[^，。{PERSON}{BODY}]{{2,12}}[后前]，)*")
_FILLERS = re.compile(rf"(?:{_FILLER.pattern})*")
_FILLER_LAST = re.compile(rf"(?:{_FILLER.pattern})$")
_GROUP_LEAD = re.compile(r"(?:以及|和|及|与(?!会)|由|其中)")
_COLLECTIVE = re.compile(
    rf"(?:负责人|负责同志|干部|代表|委员|成员|人员|嘉宾|领导|院长|检察长|主任|书记|专家|学者|同志|企业家|"
    rf"乡[贤亲]|单位|双方|各方|元首|总理|领导人|部门|人士|群众|职工|师生|官员|使节|记者|观众|居民|[考调督检工察代访]\w*[团组队]|一行|余?人|国家|地区|{POST}|夫妇|常委)等?$"
)
_ENDS_IN_PERSON = re.compile(rf"{WHO}(?:（[^）]{{0,20}}）)?(?:等|一行|夫妇|同志|先生|女士|[^，。]{{0,4}}院士)?(?:[^，。]{{0,6}}(?:领导|负责同志|负责人|人))?$")
_COMPANY = re.compile(
    r"在(?=[^，。；]{0,8}[\ue000-\ue009]|[^，。；]{1,40}[\ue000\ue009])(?P<who>[^。；]{1,120}?)(?:的)?陪同下"
    r"|在(?P<other>[^，。；、在]{2,16}?)的?陪同下"
)


def companions(scene: Scene, telling: Telling, start: int, end: int) -> Iterator[Mention]:
    """Yield the persons of 在…陪同下 between two places of the shape; a bare name may be known from elsewhere in the story."""
    for found in _COMPANY.finditer(telling.shape, start, end) if "陪同下" in telling.shape else ():
        if found.group("who") is not None:
            yield from (m for _, m in telling.mentions(*found.span("who"), PERSON))
        elif known := next((m for m in scene.mentions if m.kind == "Person" and m.text == found.group("other")), None):
            span = telling.span_of(*found.span("other"))
            yield scene.mention("Person", span.start, span.end, "events/companion", name=known.name)


def masked(telling: Telling) -> str:
    """Return the shape with all that is no subject blanked: 受…委托, 在…陪同下, 代表…"""
    shape = telling.shape
    if "陪同下" in shape:
        shape = _COMPANY.sub(lambda found: "　" * len(found.group()), shape)
    return _OBLIQUE.sub(lambda found: "　" * len(found.group()), shape)


def clause_start(shape: str, place: int, floor: int) -> int:
    """Return where the clause around a place begins, not before ``floor``."""
    return max(floor, *(shape.rfind(mark, floor, place) + 1 for mark in BREAKS))


def clause_end(shape: str, place: int) -> int:
    """Return where the clause around a place ends."""
    return min((at for mark in BREAKS if (at := shape.find(mark, place)) >= 0), default=len(shape))


def subject(scene: Scene, telling: Telling, mask: str, verb: int, floor: int) -> Subject:
    """Return the subject of the verb at ``verb``, looking back no further than ``floor``.

    区长张建国，副区长李伟出席会议: a clause that only names people belongs to the next one.
    """
    start = clause_start(mask, verb, floor)
    zone_end = _cut_place(mask, start, verb)
    people = list(_people(scene, telling, mask, start, zone_end))
    words = _bare(mask, start, zone_end)
    group = "" if people else _group(telling, mask, *words)
    bodies = () if people else bodies_before(telling, mask, start, zone_end)
    if people or words[0] == words[1] or (group and (not bodies or _GROUP_LEAD.match(mask, words[0]))):
        listed: list[Mention] = []
        groups = [group] if group else []
        while start > floor and mask[start - 1] == "，":
            before = clause_start(mask, start - 1, floor)
            clause = mask[before : start - 1].rstrip("　")
            if not (_ENDS_IN_PERSON.search(clause) or _COLLECTIVE.search(clause)) or _verbs().search(clause):
                break
            found = list(_people(scene, telling, mask, before, start - 1))
            if found:
                listed = found + listed
            elif more := _group(telling, mask, *_bare(mask, before, start - 1)):
                groups.insert(0, more)
            else:
                break
            start = before
        people = listed + people
        group = "，".join(dict.fromkeys(groups))
    if people:
        return Subject(tuple(people), (), group)
    if bodies:
        return Subject((), bodies)
    return Subject(group=group) if group else Subject()


def _bare(mask: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of the shape without the adverbs, days and marks at its ends."""
    first = _FILLERS.match(mask, start, end)
    start = first.end() if first else start
    while end > start and (last := _FILLER_LAST.search(mask, start, end)) is not None and last.group():
        end = last.start()
    return start, max(start, end)


def leading(scene: Scene, telling: Telling, mask: str, verb: int) -> Subject:
    """Return who acts in the first clause of a sentence whose later clauses name no subject: 甲局组成检查组，对…进行检查"""
    first = _LEAD_IN.match(mask)
    start = first.end() if first else 0
    stop = min(clause_end(mask, start), verb)
    people = tuple(_people(scene, telling, mask, start, _cut_place(mask, start, stop)))
    if people:
        return Subject(people)
    thing = telling.things.get(start)
    if isinstance(thing, Mention) and thing.kind == "Organization" and stop > start + 1 and mask[start + 1] not in "的、和":
        return Subject((), (thing,))
    return Subject()


def _cut_place(mask: str, start: int, verb: int) -> int:
    """Return where the subject's zone ends: before 在… if no person follows it."""
    at = mask.find("在", start, verb)
    while at >= 0:
        if re.search(WHO, mask[at:verb]) is None and re.search(r"[现存实自正内潜健]$", mask[start:at]) is None:
            return at
        at = mask.find("在", at + 1, verb)
    return verb


def _people(scene: Scene, telling: Telling, mask: str, start: int, end: int) -> Iterator[Mention]:
    for place in range(start, end):
        if mask[place] == PERSON:
            thing = telling.things[place]
            assert isinstance(thing, Mention)
            if _MODIFIES.match(mask, place + 1, max(end, place + 1)) is None or (mask.startswith("所作", place + 1) and end > place + 3):
                yield thing
        elif mask[place] == HE and (place == start or mask[place - 1] in f"，{DAY}　后前，并"):
            thing = telling.things[place]
            if mask.startswith("的", place + 1):
                continue
            assert isinstance(thing, Mention)
            found = antecedent(scene, thing.span.start)
            if found is not None and found.kind == "Person":
                yield Mention("Person", thing.text, thing.span, found.name, "pronoun", 0.7)


def bodies_before(telling: Telling, mask: str, start: int, end: int) -> tuple[Mention, ...]:
    """Return the bodies or areas that stand right before ``end``, lists included: 甲局、乙局联合"""
    bare = end
    while bare > start:
        shorter = _FILLER_LAST.search(mask, start, bare)
        if shorter is None or not shorter.group() or mask[bare - 1] in f"{BODY}{AREA}":
            break
        bare = shorter.start()
    found: list[Mention] = []
    place = bare - 1
    others = re.search(rf"(?<=[{BODY}{AREA}])等?(?:\d+|[一二三四五六七八九十]+|多)?个?(?:部门|单位|部委|地区|国家)$", mask[start:bare])
    if others:
        place = start + others.start() - 1
    while place >= start and mask[place] in f"{BODY}{AREA}":
        thing = telling.things[place]
        assert isinstance(thing, Mention)
        found.insert(0, thing)
        if place - 2 >= start and mask[place - 1] in "、和与及同":
            place -= 2
        else:
            break
    return tuple(found)


@cache
def _verbs() -> re.Pattern[str]:
    words = ["组成", "成立", "组建", "派出"]
    words += [w for rel in ("hold", "meet", "talk", "sign", "issue", "accompany") for w in surfaces("events", rel)]
    words += [w for rel in ("chair", "speaker", "attendee", "companion") for w in surfaces("events-roles", rel)]
    return re.compile(either(words))


def _group(telling: Telling, mask: str, start: int, end: int) -> str:
    """Return what is left of a clause before its verb, if it names a group of people without names."""
    lead = _GROUP_LEAD.match(mask, start, end)
    start = lead.end() if lead else start
    if not 2 <= end - start <= 60 or _COLLECTIVE.search(mask, start, end) is None:
        return ""
    return "".join(thing.text if (thing := telling.things.get(place)) is not None else telling.shape[place] for place in range(start, end)).strip("　 ")


__all__ = ["SITE", "Subject", "clause_end", "clause_start", "companions", "masked", "subject"]
