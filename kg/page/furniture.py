"""Tell what on a page is no news: folio lines, lines of the editors, rules, pointers to other pages."""

from __future__ import annotations

import re

from kg.page.credits import credit

_WEEKDAY = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日]")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?(?!\d)")
_RULE = re.compile(r"[\W_]+\Z")
_PAGE = re.compile(r"(?:第?\s?[A-Z]?\d{1,3}\s?[版页]?|第[一二三四五六七八九十]{1,3}版|[-—–\s]*\d{1,3}[-—–\s]*|[A-Z]\d{1,2})(?:[\s:：|·]\s*\S{2,8})?\Z")
_FOLIO = re.compile(r"(?:第?\s?[A-Z]?\d{1,2}\s?版?|第[一二三四五六七八九十]{1,3}版)[\s:：|·／/]")
_POINTER = re.compile(
    r"[（(]?\s*[▶►→]*\s*(?:[上紧]接|下转|下轉|上接|轉|转|详见|詳見|见|紧接|文见)\s?(?:本版|今日)?第?\s?(?:[A-Z]?\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Z])\s?[版页][^。，（()）]{0,12}[）)]?\s*"
)
_SOURCE = re.compile(r"[（(]?\s*(?:来源|來源|稿源|转自|轉自|据|據|原载|供稿(?:单位)?|点击量?|阅读量?|浏览(?:次数)?|字号|分享到?|发布(?:时间|日期)|更新时间戳?|电子邮箱|邮箱|投稿邮箱|新闻热线|热线电话|国内统一(?:连续出版物|刊)号|邮发代号|本报地址|总第|二维码)\s?[:：][^。]*\Z")
_SOURCE_SHORT = re.compile(r"[（(](?:据|據|来源|來源)(?:新华社|新華社|人民日报|央视|中新社|新华网|人民网)?[^。，]{0,20}[）)]\Z|[（(](?:完|略|下略|综合|本报综合|图片均为资料图(?:片)?|资料图片?)[）)]\Z")
_HEADER = re.compile(r"(?:published|source|publisher|url|title)\s*[:：]")


def folio_date(line: str) -> str | None:
    """Return the ISO date that a line gives, if it is a true date.

    >>> folio_date("02 要闻 2023年10月27日 星期五 责编:甲乙")
    '2023-10-27'
    """
    found = _DATE.search(line)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def is_folio(line: str) -> bool:
    """Tell whether a line is the running head or foot of a page: number, section, date, weekday."""
    if len(line) > 100 or "。" in line:
        return False
    if _PAGE.match(line):
        return True
    if len(line) <= 60 and _WEEKDAY.search(line) and _DATE.search(line):
        return True
    found = _DATE.search(line)
    if found is None:
        return False
    rest = (line[: found.start()] + line[found.end() :]).strip()
    return len(rest) <= 8 and "，" not in rest or bool(_FOLIO.match(line)) and len(line) <= 60


def is_furniture(line: str) -> bool:
    """Tell whether a line is no part of a story."""
    if len(line) > 120:
        return False
    if _RULE.match(line) and not any(mark in line for mark in "。！？"):
        return True
    if is_folio(line) or _SOURCE.match(line) or _SOURCE_SHORT.match(line):
        return True
    pointer = _POINTER.match(line)
    if pointer and pointer.end() == len(line):
        return True
    return False


def is_editors(line: str) -> bool:
    """Tell whether a line credits only those who made the page: 本版责编 甲 校对 乙."""
    found = credit(line.strip("（()）【】[]□■◎●"))
    return found is not None and found.is_editors


def is_header(line: str) -> bool:
    """Tell whether a line is one of the key: value lines that may begin a text file."""
    return bool(_HEADER.match(line))


def pointers(line: str) -> list[tuple[int, int]]:
    """Return where in a line pointers to another page stand: （下转第二版）."""
    if "版" not in line and "页" not in line:
        return []
    return [found.span() for found in _POINTER.finditer(line) if line[found.start()] in "（(" or found.end() == len(line) or found.start() == 0]
