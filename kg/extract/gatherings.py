"""Names of meetings and ceremonies: the shape of a sentence comes in, the place of the name and its kind go out."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.tellings import BODY, DAY, PERSON, PLACE, POLICY, POST, PROJECT
from kg.lexicon import either, surfaces
from kg.model import EventKind

_LONGEST = 70
_BEGINS_ANEW = re.compile(
    r"传达|学习(?!考察|交流)|研究|部署(?!会|推进|动员)|听取|审议|审定|贯彻|总结(?!表彰|大会)|安排|强调|指出|要求|讲话|反对|抗议|并|上|期间|，|后|和|的"
)
"""What follows 会议 in a clause without being part of a longer name: 会议传达学习…会议精神."""
_NO_NAME = re.compile(r"\d*[多两几\d]场|[向对就与同将把被]|以(?!色列)|集会|关于召开|反对|抗议|[^，。]{0,12}(?:反对|抗议)")
_ANY = (
    r"(?<=[一-鿿])"
    r"(?<![社工协商学委机都体国议部省晚误理领聚约集教金合联运博贸览易销庙灯乐唱事进究乡友基人展宴酒舞音幕奥亚残青妇侨科文红动交记作法律佛道公帮分支总团党"
    r"不将才就也还可能便定必要时每又再常仍正竟只须])会(?=$|[，。；：、（）”’》\ue009\s]|[在于的并暨上前后期间由召举开闭])"
)
"""A meeting by a name that the lexicon does not list, such as 分析会: what no body, fair, show or verb ends in."""
_THEME = re.compile(r"(?:以|主题为)[^，。；]{1,40}?(?:为主题的?|为题的?|的)")
"""What tells the theme of a gathering before its name: 以“…”为主题的发布会."""
_HELD_BY = re.compile(r"[^，。]*(?:举行|举办|召开|主办|承办)的")
_MENTIONED = re.compile(
    r"精神|部署|要求|决策|公报|闭幕以来|以来|召开以来|期间|成果|决议|决定|安排|筹备|主题|举办地|纪要|宣言|组委会|秘书处|主席团|代表|嘉宾|新闻中心|主席(?!台)|组织"
)
"""What makes a name part of a longer phrase: 会议精神, 大会主席团."""
_REFERRING = re.compile(
    r"(?:(?:(?:简短|隆重|庄严|庄重|盛大|热烈|简朴|简单)而?)+的?|此次|本次|这次|上述|有关|相关|该|一次|了|集中|现场|项目|第[一二三四五六]次(?=大会$|全体大会$))*"
)
_LEADING = (
    rf"(?:本报讯|【[^】]*】|（[^）]*）|[{DAY}\s　■]|近日|日前|昨日|昨天|今天|今日|上午|下午|由[^，。]{{1,40}}?(?:主办|承办|举办|召开|制作|出品|发起|指导)的"
    rf"|为期[^，。]{{1,6}}的|同时|当天|会上|随后|至此|首次|备受关注的)*"
)
_SEASON = (
    r"(?<=[^，。；：]{2})(?:(?<![春佳季环细情时关])节|(?<![春夏秋冬四两雨汛旱花旺淡当应各换年])季|(?<=[览画书艺果影品化])展)"
    r"(?=[”』]?(?:在|于|上午|下午|今|昨|正式|盛大|隆重|$))"
)
"""How a festival or a season ends that the lexicon does not list: 冬捕季在甲县开幕."""
_TRAILING = (
    rf"(?:[{DAY}\s　]|在[^，。]*|于[^，。]{{0,24}}|以[^，。]{{1,12}}(?:形式|方式)|今天|昨天|今日|昨日|近日|日前|上午|下午|晚|当天|胜利|圆满|顺利|隆重|正式"
    r"|成功|同时|如期|盛大|如约|也|（[^）]*）|将|继续)*"
)


@cache
def heads() -> str:
    """Return the last words of meetings and ceremonies as a regular expression; 工作会 is none in 工作会议."""
    words = either([*surfaces("events-nouns", "Meeting"), *surfaces("events-nouns", "Ceremony")])
    return "|".join(word + ("(?![议谈见晤])" if word.endswith("会") else "(?!会)") for word in words.split("|")) + f"|{_ANY}"


@cache
def _head() -> re.Pattern[str]:
    return re.compile(heads())


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"{_LEADING}(?P<name>[^，。；：]{{0,{_LONGEST}}}?(?:{heads()})(?:暨[^，。；：]{{2,24}}?)?[”’]?){_TRAILING}")


@cache
def _early() -> re.Pattern[str]:
    return re.compile(rf"(?:{_LEADING}，)?{_LEADING}(?P<name>[^，。；：]{{0,{_LONGEST}}}?(?:{heads()}))(?=在|圆满|顺利|完成|于|{DAY})")


@cache
def _fair() -> re.Pattern[str]:
    ends = f"{either(surfaces('events-nouns', 'fair'))}|{_SEASON}|{POLICY}"
    other = f"，。；：、{PERSON}{POST}{DAY}"
    counted = rf"[^{other}]{{0,20}}?第[一二三四五六七八九十百\d]+届(?!\D{{0,4}}主席)[^{other}]{{2,16}}?(?<![也还入已又都刚在])(?<!今天|昨天|昨日|今日|主席)"
    return re.compile(rf"{_LEADING}(?P<name>[^，。；：]{{1,50}}?(?:{ends})[”’]?|{counted}){_TRAILING}")


@cache
def _begun() -> re.Pattern[str]:
    things = (
        rf"{PROJECT}[^，。；：]{{0,12}}?|[{BODY}{PLACE}](?![^，。]{{0,12}}(?:项目|工程|[{PLACE}{PROJECT}]))"
        "|项目|工程|活动|计划|行动|基地|园区|中心|示范区|大桥|机场|隧道|水库"
    )
    return re.compile(
        rf"{_LEADING}(?P<name>[^，。；：]{{0,40}}?(?:{things}))(?:一期|二期|首台[^，。]{{0,8}}|[^，。]{{0,4}})?{_TRAILING}(?:一次|正式|全面|全线)*"
    )


def named_after(shape: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the name of a gathering stands that follows a verb: 召开X推进会."""
    while start < end and shape[start] in "了过的":
        start += 1
    if theme := _THEME.match(shape, start, end):
        start = theme.end()
    first = _head().search(shape, start, end)
    if first is None or _NO_NAME.match(shape, start, first.end()):
        return None
    last = first.end()
    while (more := _head().search(shape, last, end)) is not None:
        between = shape[last : more.start()]
        if len(between) > 25 or _BEGINS_ANEW.match(between):
            break
        last = more.end()
    if shape.startswith("”", last) and "“" in shape[start:last]:
        last += 1
    if shape.count("“", start, last) > shape.count("”", start, last):
        return None  # “世界互联网大会领先科技奖”: the words stand inside another name
    return (start, last) if last - start <= _LONGEST else None


def named_before(shape: str, start: int, verb: int) -> tuple[int, int] | None:
    """Return where the name of a gathering stands that is the subject of 举行, 召开 …: X推进会在甲区召开."""
    return _clean(shape, _before().fullmatch(shape, start, verb))


def named_early(shape: str, start: int, verb: int) -> tuple[int, int] | None:
    """Return where the name stands if the verb comes a clause later: X会议圆满完成各项议程，10日在甲区闭幕."""
    if not start or re.fullmatch(_TRAILING, shape[start:verb]) is None:
        return None
    return _clean(shape, _early().match(shape, 0, start))


def _clean(shape: str, found: re.Match[str] | None) -> tuple[int, int] | None:
    if found is None:
        return None
    start, end = found.span("name")
    if shape.count("“", start, end) != shape.count("”", start, end):
        return None
    if theme := _THEME.match(shape, start, end):
        start = theme.end()
    held = _HELD_BY.match(shape, start, end)
    start = held.end() if held else start
    return None if _NO_NAME.match(shape, start, end) else (start, end)


def fair_before(shape: str, start: int, verb: int) -> tuple[int, int] | None:
    """Return where the name of a fair, a festival, games stands: 第九届博览会在甲市开幕."""
    found = _fair().fullmatch(shape, start, verb)
    if found is None or re.search(r"距|祝贺|庆祝|迎接|迎来", shape[start:verb]):
        return None
    return found.span("name")


def is_fair(name: str) -> bool:
    """Tell whether a name is that of a fair, a festival, a season: “冷水鱼·冬捕季”."""
    return _fair().fullmatch(name.rstrip("”’」』")) is not None


def begun_before(shape: str, start: int, verb: int) -> tuple[int, int] | None:
    """Return where the name of a project or an activity stands that begins: 甲园正式开工."""
    found = _begun().fullmatch(shape, start, verb)
    return None if found is None else found.span("name")


def noun_of(name: str) -> str:
    """Return the listed word that a name ends in, or that its part before 暨 ends in: 座谈会; empty if there is none."""
    nouns = surfaces("events-nouns", "Meeting") + surfaces("events-nouns", "Ceremony")
    if opening := _AND_OPENING.search(name):
        name = name[: opening.start()]  # 全体会议暨闭幕式
    parts = name.rstrip("”’").split("暨")
    return next((max(found, key=len) for part in reversed(parts) if (found := [word for word in nouns if part.endswith(word)])), "")


def kind_of(name: str) -> EventKind:
    """Return the kind of a gathering by its last word; the opening of a forum is a ceremony of its own."""
    return "Ceremony" if noun_of(name) in surfaces("events-nouns", "Ceremony") else "Meeting"


def is_short(name: str) -> bool:
    """Tell whether a name names nothing by itself: 会议, 座谈会, 此次大会."""
    start = _REFERRING.match(name)
    return _head().fullmatch(name, start.end() if start else 0) is not None or re.fullmatch(rf"..{_ANY}", name) is not None


def is_mentioned(shape: str, end: int) -> bool:
    """Tell whether a name that ends there is only mentioned: 会议精神, 大会主席团."""
    return _MENTIONED.match(shape, end) is not None


def are_apart(one: str, other: str) -> bool:
    """Tell whether two names number their sessions differently: 第五次会议, 第六次会议; 十三届 is 第十三届."""
    mine, others = _ordinals(one), _ordinals(other)
    return any(mine[unit].isdisjoint(others[unit]) for unit in mine.keys() & others.keys())


def _ordinals(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for number, unit in _ORDINAL.findall(name):
        found.setdefault(unit, set()).add(number)
    return found


_AND_OPENING = re.compile(r"(?<=会议)暨(?:开|闭)幕式$")
_WHOLE = re.compile(r"(?:开|闭)幕(?:式|会|大会|会议)")


def is_part(name: str) -> bool:
    """Tell whether a name is that of the opening or the closing session of what the story tells of."""
    return _WHOLE.fullmatch(name) is not None


_ORDINAL = re.compile(r"第?([一二三四五六七八九十百零]+|\d+)([届次轮])(?!性)")
