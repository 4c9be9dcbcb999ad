"""Tell what on a page is no news: running heads, lines of the editors, rules, pointers to other pages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from kg.lexicon import either, words
from kg.page.credits import credit

_DIGITS = "〇零○一二三四五六七八九"
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})(?!\d)\s?日?"
    r"|([一二][九〇零○][〇零○一二三四五六七八九]{2})年(十[一二]?|[一二三四五六七八九])月(三?十[一]?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_SHORT_DATE = re.compile(r"\d{1,2}月\d{1,2}日")
_WEEKDAY = re.compile(r"[（(]?(?:星期|周|週)[一二三四五六日天][）)]?")
_LUNAR = re.compile(
    r"(?:农历|農曆)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\S{0,8}|农历\S{2,8}|[（(]?(?:总|今日|本期|新)?第?\s?\d{1,6}\s?期[）)]?|今日\S{1,3}版"
)
_NUMBER = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?[版页]|第[一二三四五六七八九十]{1,3}版|(?<![\d.])[A-Z]?0?\d{1,2}(?![\d.月日年])")
_PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s?[A-Z]?\d{1,3}\s?[版页]|第[一二三四五六七八九十]{1,3}版|[A-Z]?\d{1,3}\s?[版页]?)[-—–·\s]*\Z")
_CLOCK = re.compile(r"[上下]午|\d[时時:：点]|时间|時間|地点")
_RULE = re.compile(r"[\W_]+\Z")
_POINTER = re.compile(
    r"[（(]?[\s▶►→▲]*(上接|下转|下轉|紧接|转|轉|详见|詳見|见|文见|全文见)\s?(?:今日|本报)?\s?"
    r"(?:第?\s?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Z])\s?[·、]?\s?[版页]|本版)[^。，（()）]{0,12}[）)]?"
)
_ORIGIN = re.compile(
    r"[（(]?\s*(?:来源|來源|稿源|信息来源|转自|轉自|原载|点击量?|阅读量?|浏览(?:次数)?|字号|分享到?|发布(?:时间|日期)|更新时间戳?|电子邮箱|邮箱|投稿邮箱"
    r"|新闻热线|热线电话|国内统一(?:连续出版物|刊)号|邮发代号|本报地址|报社地址|总第|扫码|扫一扫)\s?[:：|｜/][^。]*\Z"
    r"|[（(](?:据|據|来源|來源)[^。，]{2,24}[）)]\Z"
    r"|[（(](?:完|略|下略|综合|本报综合|有删节|图片均为资料图(?:片)?|资料图片?|本栏目由[^。]{2,20})[）)]\Z"
)

Sort = Literal["folio", "editors", "origin", "rule", ""]


def _day(found: re.Match[str]) -> str | None:
    if found[1]:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        year = int("".join(str(_DIGITS.index(digit) - 2 if _DIGITS.index(digit) > 2 else 0) for digit in found[4]))
        month, day = _count(found[5]), _count(found[6])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _count(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    value = _DIGITS.index(ones) - 2 if ones else 0
    return value + (10 * (_DIGITS.index(tens) - 2 if tens else 1) if ten else 0)


def folio_date(line: str) -> str | None:
    """Return the ISO date that a running head gives, if it is a true date.

    >>> folio_date("02 要闻 2023年10月27日 星期五 责编:甲乙"), folio_date("二〇二三年十月二十七日")
    ('2023-10-27', '2023-10-27')
    """
    found = _DATE.search(line)
    return _day(found) if found else None


@cache
def _sections() -> frozenset[str]:
    return words("page-sections")


@cache
def _editors() -> re.Pattern[str]:
    choices = either(words("page-editors"))
    return re.compile(rf"[（(【]?\s*(?:{choices})(?:[:：\s　/|｜]|\Z)")


def is_folio(line: str, *, first: bool) -> bool:
    """Tell whether a line is the running head or foot of a page: number, section, date, weekday.

    ``first`` tells that no story has begun yet: only there a date alone is a head; elsewhere it signs a notice.
    """
    if len(line) > 90 or "。" in line or "，" in line:
        return False
    if _PAGE_NUMBER.match(line):
        return True
    if line in _sections():
        return first
    dated = _DATE.search(line) or _SHORT_DATE.search(line)
    weekday = _WEEKDAY.search(line)
    if weekday and weekday.end() - weekday.start() >= len(line) - 1:
        return True
    numbered = _NUMBER.match(line)
    if not dated:
        # 02版 要闻: without a date only a section may stand beside the number
        parts = line[numbered.end() :].strip(" 　:：|｜·/-—") if numbered else ""
        return bool(parts) and parts in _sections()
    if _CLOCK.search(line) or not (weekday or numbered or first):
        return False
    rest = _rest(line)
    if not weekday and not numbered:
        # at the head of a page a day stands alone or beside the paper's name; 2024年5月1日起施行 is a headline
        return _DATE.search(line) is not None and len(rest) <= 10 and (not rest or rest.endswith(("报", "報", "版", "刊", "新闻", "融媒")))
    return len(rest) <= (14 if weekday else 8)


def _rest(line: str) -> str:
    """Return what stands in a line beside the parts of a running head."""
    for part in (_DATE, _SHORT_DATE, _WEEKDAY, _LUNAR, _NUMBER):
        line = part.sub(" ", line)
    editors = _editors().search(line)
    position = editors.start() if editors else len(line)
    return "".join(word for word in line[:position].split() if word not in _sections())


def sort(line: str, *, first: bool) -> Sort:
    """Tell what kind of furniture a line is; an empty word for a line of a story."""
    if len(line) > 120 or "。" in line:
        return ""
    if _RULE.match(line):
        return "" if any(mark in line for mark in "！？…”") else "rule"
    if line[0] not in "（(来來稿信转轉原点阅浏字分发更电邮投新热国本报总扫" or not _ORIGIN.match(line):
        if is_folio(line, first=first):
            return "folio"
    else:
        return "origin"
    head = _editors().match(line)
    if head and "。" not in line and len(line) <= 60:
        found = credit(line.strip("（()）【】[] "))
        if found is None or found.is_editors or not found.roles:
            return "editors"
    return ""


def pointers(line: str) -> list[tuple[int, int, bool]]:
    """Return where pointers to another page stand in a line, and whether they say that a story goes on from there.

    >>> pointers("（上接第一版）确保落实。"), pointers("确保落(下转03版)")
    ([(0, 7, True)], [(3, 10, False)])
    """
    if "版" not in line and "页" not in line:
        return []
    found: list[tuple[int, int, bool]] = []
    for match in _POINTER.finditer(line):
        closed = line[match.start()] in "（(" and line[match.end() - 1] in "）)"
        if closed or match.end() == len(line) or (match.start() == 0 and match[1] == "上接"):
            found.append((match.start(), match.end(), match[1] in ("上接", "紧接")))
    return found
