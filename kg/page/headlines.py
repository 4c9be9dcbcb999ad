"""Read a headline block: which of its lines are one broken in two, and which tells what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.lexicon import either, words
from kg.page.credits import has_surname

_OPENERS, _CLOSERS = "“‘「『《〈（(【[", "”’」』》〉）)】]"
_MARKS = "■●◆▲★□○◇△☆※◎▪"
_DANGLING = re.compile(r"(?:[、，,：:和与與及暨的在为為对對向将將把被从從以于於第]|——|签署|簽署|签订|荣获|榮獲|获评|入选|打造)\Z")
_LEANING = re.compile(r"[、，,的和与與及暨等”’」』》）)！？]")
_HOLDS = re.compile(r"(?:召开|召開|举行|舉行|举办|舉辦|出席|参加|參加)(?P<object>[^\s　]*)\Z")
_VISITS = re.compile(r"(?:调研|調研|督导|督導|检查|檢查|视察|视导|考察|推进|推進|部署|审议|审议通过|听取|开展)[^\s　]{2,}\Z")
_OCCASION = re.compile(r"(?:会|會|议|議|活动|活動|仪式|儀式|典礼|学习|學習|论坛|論壇|行动|节|赛|展|班|课|营|培训|演练|调研|座谈|宣讲|接访|运动|月|周|日|夜)\Z")
_TASK = re.compile(r"(?:工作|建设|建設|情况|进展|项目)\Z")
_WORK = re.compile(r"(?:工作|建设|建設|情况|進展|进展|项目|筹备|攻坚|会议|會議|大会|推进会|座谈会|座談會|动员会|部署会)")
_ACTOR = re.compile(
    r"[省市县縣区區旗镇鎮乡鄉州](?:委|政府|政协|人大|长|長|领导|領導|直|纪委|监委|法院|检察院)?|街道|政府|政协|政協|人大|常委会|法院|检察院|管委会|公司|集团|集團|领导|領導|书记|書記|总书记|主席|总理|中央|全国"
)
_MINOR = re.compile(r"(?:出席|主持|参加|參加|到会)(?:会议|会見|活动|仪式|开幕式)?(?:并|並|、)?(?:作)?(?:讲话|講話|致辞|致辭|宣布|部署|点评|发言)?\Z")
_SAYING = re.compile(r"[^\s　]{4,}(?:强调|強調|指出|要求|表示)\Z")
_SPLIT = re.compile(r"[\s　]+")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(either(words("headline-verbs")))


def is_broken(line: str, following: str) -> bool:
    """Tell whether a headline goes on in the next line without a pause.

    >>> is_broken("甲区召开优化营商环境", "工作推进会"), is_broken("甲区召开推进会", "张三出席并讲话")
    (True, False)
    """
    if following.startswith(("——", "--", "──", "—")):
        return True
    depth = sum(line.count(mark) for mark in _OPENERS) - sum(line.count(mark) for mark in _CLOSERS)
    if depth > 0 or _DANGLING.search(line) or _LEANING.match(following):
        return True
    if len(following) > 18:
        return False
    holds = _HOLDS.search(line)
    if holds:
        return not _OCCASION.search(holds["object"]) and _OCCASION.search(following) is not None
    return _VISITS.search(line) is not None and (_WORK.match(following) is not None or (len(following) <= 8 and _TASK.search(following) is not None))


def weight(line: str) -> float:
    """Tell how much a line sounds like what happened, not like a slogan.

    >>> weight("甲区召开经济运行调度会") > weight("咬定目标 大干快上") > weight("■总投资47亿元")
    True
    """
    value = 0.0
    verb = _verbs().search(line)
    actor = _ACTOR.search(line)
    if verb:
        value += 2.0
        if actor and actor.start() < verb.start():
            value += 1.5
        elif 2 <= verb.start() <= 12 and has_surname(line):
            value += 1.0
    elif actor:
        value += 1.0
    if line[0] in _MARKS or line[0] in "—-":
        value -= 5.0
    if _MINOR.search(line):
        value -= 2.0
    parts = [part for part in _SPLIT.split(line) if part]
    if len(parts) > 1 and len(set(map(len, parts))) == 1 and len(parts[0]) <= 9:
        value -= 2.0
    if len(line) < 8:
        value -= 1.0
    if line[-1] in "！!？?":
        value -= 0.5
    return value


def is_mark(character: str) -> bool:
    """Tell whether a character is one of the bullets that printers set before lines."""
    return character in _MARKS


def headline(lines: Sequence[str], gaps: Sequence[bool]) -> str:
    """Return the main headline of a block in one line: the first of those lines that best tell what happened.

    ``gaps`` tells which lines have blank lines before them: where some have, those without one go on the line above.

    >>> headline(["甲乙在调研重点项目时强调", "以项目之进支撑发展之稳"], [False, True])
    '甲乙在调研重点项目时强调 以项目之进支撑发展之稳'
    >>> headline(["咬定目标 大干快上", "甲区召开一季度重点项目建设", "现场观摩点评会", "张三出席并讲话"], [False] * 4)
    '甲区召开一季度重点项目建设现场观摩点评会'
    """
    set_apart = any(gaps[1:])
    whole: list[str] = []
    for index, line in enumerate(lines):
        tight = set_apart and not gaps[index]
        if not whole or is_mark(whole[-1][0]) or is_mark(line[0]):
            whole.append(line)
        elif _SAYING.search(whole[-1]):
            whole[-1] += " " + line
        elif tight or is_broken(whole[-1], line):
            whole[-1] += line
        else:
            whole.append(line)
    return max(whole, key=weight, default="")
