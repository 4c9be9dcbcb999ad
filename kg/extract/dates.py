"""Dates: the words of a story that say when, and the day of publication, come in; dates in ISO form go out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from kg.model import Span, When

_DIGITS = str.maketrans("０１２３４５６７８９週號當", "0123456789周号当")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})"
_DASH = r"\s?(?:至|到|[—–―－~～─-]{1,2})\s?"
_CLOCK = r"(?:上午|下午|晚上|晚间|夜间|凌晨|清晨|早上|早晨|早间|中午|傍晚|深夜|晚|夜|早)?"
_LEAP = r"(?P<years>去年|今年|明年|前年|上年|本年)"
_HEAD = rf"(?:(?P<year>{_YEAR})年|{_LEAP})?(?:(?P<month>{_NUMBER})月|(?P<months>本月|上月|上个月|下月|下个月|当月))?"

# A look at the next two characters keeps the long expression from being tried at every one.
_START = (
    r"(?=[\d〇○零一二三四五六七八九十廿卅][\d〇○零一二三四五六七八九十廿卅月日年号季至到\s—–―－~～─-]"
    r"|[去今明前上本昨后後大周星礼当當同次翌第北首下这這][年月日天晚晨早夜周個个半一二三四五六七八九十1-9季期地京述前上拜]"
    r"|[“\"]十)"
)
_EXPRESSION = re.compile(
    _START
    + "(?:"
    + "|".join(
        (
            # 4月16日至17日, 16—18日, 2023年5月11日
            rf"(?P<days>(?:当地时间|當地時間|北京时间)?{_HEAD}(?<![\d.·第近每满逾约])(?P<day>{_NUMBER})(?P<unit>[日号]?)"
            rf"{_CLOCK}(?:{_DASH}(?:(?P<year2>{_YEAR})年)?(?:(?P<month2>{_NUMBER})月)?(?P<day2>{_NUMBER})(?P<unit2>[日号])"
            rf"{_CLOCK})?(?<![\d一二三四五六七八九十廿卅]))",
            # “十四五”期间
            r"(?P<plan>[“\"]?十(?P<five>[一二三四五六])五[”\"]?(?:期间|期間|时期|時期|末))",
            # 一季度, 第三季度, 前三季度, 上半年, 前8个月
            rf"(?P<part>(?:(?P<pyear>{_YEAR})年|(?P<pyears>去年|今年|明年|前年))?(?:第?(?P<quarter>[一二三四1-4])季度?(?!节|節)"
            rf"|[前首](?P<quarters>[二三两兩2-3])季度?|(?P<half>[上下])半年|前(?P<first>{_NUMBER})个?個?月))",
            # 1~4月, 今年1至8月份, 2024年3月
            rf"(?P<moon>(?:(?P<myear>{_YEAR})年|(?P<myears>去年|今年|明年|前年|上年))?(?<![\d.])(?:(?P<m1>{_NUMBER})月?份?{_DASH})?"
            rf"(?P<m2>{_NUMBER})月份?)",
            r"(?P<lunar>(?<!十)(?:上月|上个月|本月|下月|下个月)份?)",
            # 2021—2025年, 2023年, 去年
            rf"(?P<annual>(?<!\d)(?:(?P<y1>{_YEAR})年?{_DASH})?(?P<y2>{_YEAR})年|(?P<yy>去年|今年|明年|前年))",
            # 昨日上午, 今天（8月21日）
            r"(?P<near>(?P<step>大前|前|昨|今|明|后|後)(?:日|天|晚|晨|早|夜)(?![本然生])"
            rf"{_CLOCK}(?:\s?[（(](?P<nmonth>{_NUMBER})月(?P<nday>{_NUMBER})[日号][)）])?)",
            # 上周五, 星期三
            r"(?P<week>(?<![每逢])(?P<shift>上上|上|本|这|這|下)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![年岁歲期]))",
            # 当天下午, 同日, 次日
            rf"(?P<same>(?:当天|当日|当晚|同日|同天|同一天|(?P<next>次日|翌日|第二天)){_CLOCK})",
        )
    )
    + ")"
)
_FUTURE = re.compile(r"将|將|拟于|擬於|计划|定于|定於|预计|即将|届时|下一|起施行|起实施|起执行|日前完|月底前|末前|年底前|明年")
_CLAUSE = re.compile(r"[，。；！？,;!?\n]")
_STEPS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "後": 2}
_LEAPS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_HINTS = re.compile(r"[日号月年天晚晨早夜周期季當当同次翌週號]")


@lru_cache(maxsize=4)
def _plain(text: str) -> str:
    return text.translate(_DIGITS)


def dates(text: str, span: Span, published: str | None, known: str | None = None) -> Iterator[When]:
    """Yield the dates that the words inside ``span`` state, in reading order, in ISO form as precise as the words.

    ``published`` (an ISO date or None) settles years, 昨日 and 10日上午. ``known`` is the last day that the story has named
    before the span; later 当天, 次日 and 10日 lean on it, as they lean on days inside the span. Words that fix no day
    or period (近日, 会前, 春节前夕) yield nothing, neither do days that no calendar has.

    >>> [when.start for when in dates("5月9日开会，10日上午调研。", Span(0, 14), None)]
    ['--05-09', '--05-10']
    """
    if _HINTS.search(text, span.start, span.end) is None:
        return
    plain = _plain(text)
    today = _day(published)
    anchor = _day(known) or _open_day(known)
    coming: tuple[date, int] | None = None
    for found in _EXPRESSION.finditer(plain, span.start, span.end):
        group = found.lastgroup
        ahead = _is_ahead(plain, found)
        read: tuple[str, str | None] | None = None
        if found["days"] is not None:
            read, day = _read_days(plain, found, today, anchor, ahead)
            if ahead and day is not None and day != anchor:
                coming = day, found.end()  # 首批将于4月20日发放: a day to come is no 当天 beyond its sentence
            else:
                anchor = day
        elif found["near"] is not None:
            read = _read_near(found, today)
            anchor = _day(read[0]) or anchor if read else anchor
        elif found["week"] is not None:
            read = _read_week(found, today, ahead)
            anchor = _day(read[0]) or anchor if read else anchor
        elif found["same"] is not None:
            near = coming is not None and not any(mark in plain[coming[1] : found.start()] for mark in "。！？\n")
            read = _read_same(found, coming[0] if near and coming is not None else anchor)
        elif group:
            read = _read_period(found, today, ahead)
        if read is not None:
            yield When(read[0], read[1], text[found.start() : found.end()], Span(*found.span()))


# A day without a year is kept as a date of the year 4, a leap year no story speaks of.
_OPEN = 4


def _read_days(text: str, found: re.Match[str], today: date | None, anchor: date | None, ahead: bool) -> tuple[tuple[str, str | None] | None, date | None]:
    """Read 4月16日至17日 and return it with the day that 当天 now stands for."""
    nothing = None, anchor
    month, months = found["month"], found["months"]
    bare = month is None and months is None
    if bare and (found["years"] or found["year"] or "号" in (found["unit"], found["unit2"])):
        return nothing  # 12号院, 2023年5日
    if not found["unit"] and found["day2"] is None:
        return nothing
    day = _number(found["day"])
    if bare and not _stands_for_a_day(text, found):
        return nothing
    first: date | None
    if found["year"] and month:
        first = _make(int(_year(found["year"])), _number(month), day)
        news = first is not None and (today is None or abs((today - first).days) <= 31)
    elif months is not None:
        base = today or (anchor if months == "当月" else None)
        first = None if base is None else _shift_month(base, {"上": -1, "下": 1}.get(months[0], 0), day)
        news = True
    elif month is not None:
        leap = found["years"]
        if leap and today is None and leap not in ("今年", "本年"):
            return nothing
        if leap and today is not None:
            first = _make(today.year + _LEAPS[leap], _number(month), day)
        else:
            first = _nearest_year(_number(month), day, today, anchor, ahead)
        news = not leap or leap in ("今年", "本年")
    else:
        first = _nearest_month(day, today, anchor, ahead)
        news = True
    if first is None:
        return nothing
    last = first
    if found["day2"] is not None:
        end = _end_of_span(found, first)
        if end is None or end < first:
            return nothing
        last = end
    return (_iso(first), _iso(last) if last != first else None), (first if news else anchor)


def _stands_for_a_day(text: str, found: re.Match[str]) -> bool:
    """Tell whether 10日 without a month is a day of the month and no stretch of days (10日内, 三日)."""
    before = text[max(0, found.start() - 1) : found.start()]
    after = text[found.end() : found.end() + 2]
    if after[:1] in {"内", "內", "游", "遊", "均", "圆", "元", "后", "後", "龄", "历", "间", "間"} or after == "以来":
        return False
    if before and before in "近每第连連续續前这這那满滿逾超约約共期了数數余多年·/":
        return False
    if after[:1] == "本" and after not in ("本报", "本台", "本报", "本社"):
        return False
    words = found.group()
    if any(c in _NUMERALS or c in "十廿卅" for c in words):
        return len(found["day"]) > 1 and (found["day2"] is not None or not words.endswith("日"))
    return True


def _end_of_span(found: re.Match[str], first: date) -> date | None:
    """Return the last day of 2月28日至3月2日."""
    year = int(_year(found["year2"])) if found["year2"] else first.year
    month = _number(found["month2"]) if found["month2"] else first.month
    day = _number(found["day2"])
    end = _make(year, month, day)
    if end is not None and end < first and not found["year2"]:
        end = _make(year + 1, month, day) if found["month2"] else _shift_month(first, 1, day)
    return end


def _nearest_year(month: int, day: int, today: date | None, anchor: date | None, ahead: bool) -> date | None:
    """Return the day nearest to the publication: 12月29日 told on 2 January was last year.

    A day to come counts twice as far as a day gone by, unless the clause speaks of plans.
    """
    if today is None and (anchor is None or anchor.year == _OPEN):
        return _make(_OPEN, month, day)
    base = today or anchor
    assert base is not None
    choices = [_make(year, month, day) for year in (base.year - 1, base.year, base.year + 1)]
    return min((c for c in choices if c), key=lambda c: _distance(c, base, ahead), default=None)


def _nearest_month(day: int, today: date | None, anchor: date | None, ahead: bool) -> date | None:
    """Return the day of the month nearest to the day named before, if that is fresh, else to the publication."""
    if today is None and anchor is None:
        return None
    if anchor is not None:
        choices = [_shift_month(anchor, shift, day) for shift in (-1, 0, 1) if anchor.year != _OPEN or shift or day]
        near = min((c for c in choices if c), key=lambda c: abs((c - anchor).days), default=None)
        if today is None:
            return near
        if near is not None and abs((near - anchor).days) <= 7 and 0 <= (today - anchor).days <= 45 and near <= today:
            return near
    assert today is not None
    choices = [_shift_month(today, shift, day) for shift in (-1, 0, 1)]
    return min((c for c in choices if c), key=lambda c: _distance(c, today, ahead), default=None)


def _distance(choice: date, base: date, ahead: bool) -> float:
    days = (choice - base).days
    if ahead:
        return days if days >= 0 else -2 * days
    return 2 * days if days >= 0 else -days


def _read_near(found: re.Match[str], today: date | None) -> tuple[str, str | None] | None:
    """Read 昨日 and 今天（8月21日）; the day in brackets wins."""
    if found["nday"] is not None:
        told = _nearest_year(_number(found["nmonth"]), _number(found["nday"]), today, None, False)
        return (_iso(told), None) if told else None
    if today is None:
        return None
    return _iso(today + timedelta(days=_STEPS[found["step"]])), None


def _read_week(found: re.Match[str], today: date | None, ahead: bool) -> tuple[str, str | None] | None:
    """Read 上周五, 本周三; a bare 周三 is the last one, or the next if the clause speaks of plans."""
    if today is None:
        return None
    weekday = "一二三四五六日".index(found["weekday"].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    shift = found["shift"]
    if shift is None:
        back = (today.weekday() - weekday) % 7
        day = today - timedelta(days=back) if not ahead else today + timedelta(days=(7 - back) % 7)
    else:
        day = monday + timedelta(days=weekday + 7 * {"上上": -2, "上": -1, "下": 1}.get(shift, 0))
    return _iso(day), None


def _read_same(found: re.Match[str], anchor: date | None) -> tuple[str, str | None] | None:
    """Read 当天 and 次日, which lean on the day named before."""
    if anchor is None:
        return None
    return _iso(anchor + timedelta(days=1) if found["next"] else anchor), None


def _read_period(found: re.Match[str], today: date | None, ahead: bool) -> tuple[str, str | None] | None:
    """Read months, quarters, years and five-year plans."""
    if found["plan"] is not None:
        end = 1955 + 5 * (10 + _NUMERALS[found["five"]])
        return str(end - 4), str(end)
    if found["lunar"] is not None:
        if today is None:
            return None
        shift = {"上": -1, "本": 0, "下": 1}[found["lunar"][0]]
        return _shift_month(today, shift, 1, clip=True).isoformat()[:7], None  # type: ignore[union-attr]
    if found["annual"] is not None:
        if found["yy"]:
            return None if today is None else (str(today.year + _LEAPS[found["yy"]]), None)
        first, last = found["y1"], _year(found["y2"])
        return (_year(first), last) if first and _year(first) < last else (last, None)
    if found["part"] is not None:
        year, named = _period_year(found["pyear"], found["pyears"], today)
        start, end = _part_of_year(found)
    else:
        year, named = _period_year(found["myear"], found["myears"], today)
        end = _number(found["m2"])
        start = _number(found["m1"]) if found["m1"] else end
    if not 1 <= start <= end <= 12 or (named and year is None):
        return None
    if year is None:
        return (f"--{start:02}", f"--{end:02}" if end != start else None) if found["moon"] else None
    if not named and today is not None and found["moon"]:
        middle = _nearest_year(end, 15, today, None, ahead)
        year = middle.year if middle else year
    return f"{year}-{start:02}", f"{year}-{end:02}" if end != start else None


def _part_of_year(found: re.Match[str]) -> tuple[int, int]:
    """Return the first and the last month of 三季度, 前三季度, 上半年, 前8个月."""
    if found["quarter"]:
        quarter = _number(found["quarter"])
        return 3 * quarter - 2, 3 * quarter
    if found["quarters"]:
        return 1, 3 * _number(found["quarters"])
    if found["half"]:
        return (1, 6) if found["half"] == "上" else (7, 12)
    return 1, _number(found["first"])


def _period_year(year: str | None, leap: str | None, today: date | None) -> tuple[int | None, bool]:
    """Return the year and whether the words name it."""
    if year:
        return int(_year(year)), True
    if today is None:
        return None, leap is not None and leap != "今年"
    return today.year + (_LEAPS[leap] if leap else 0), leap is not None


def _is_ahead(text: str, found: re.Match[str]) -> bool:
    """Tell whether the clause around the words speaks of what is to come."""
    left = text.rfind("\n", max(0, found.start() - 24), found.start()) + 1 or max(0, found.start() - 24)
    for mark in _CLAUSE.finditer(text, left, found.start()):
        left = mark.end()
    right = _CLAUSE.search(text, found.end(), found.end() + 24)
    return _FUTURE.search(text, left, right.start() if right else found.end() + 24) is not None


def _number(words: str) -> int:
    """Return 1 to 99 of 11, 十一, 廿四; 0 for what is no number."""
    if words.isdigit():
        return int(words)
    words = words.replace("廿", "二十").replace("卅", "三十")
    if "十" not in words:
        return _NUMERALS.get(words, 0)
    tens, _, ones = words.partition("十")
    return 10 * _NUMERALS.get(tens or "一", 0) + (_NUMERALS.get(ones, 99) if ones else 0)


def _year(words: str) -> str:
    """Return a year in digits: 二〇二四 → 2024."""
    return "".join(str(_NUMERALS.get(c, c)) for c in words)


def _make(year: int, month: int, day: int) -> date | None:
    if 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def _shift_month(base: date, shift: int, day: int, clip: bool = False) -> date | None:
    """Return ``day`` of the month ``shift`` months away from ``base``."""
    month = base.month - 1 + shift
    return _make(base.year + month // 12, month % 12 + 1, 1 if clip else day)


def _day(words: str | None) -> date | None:
    """Return the day of an ISO date; None for anything less precise or malformed."""
    if words is None or words.startswith("-"):
        return None
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def _open_day(words: str | None) -> date | None:
    if words is None or re.fullmatch(r"--\d\d-\d\d", words) is None:
        return None
    return _make(_OPEN, int(words[2:4]), int(words[5:7]))


def _iso(day: date) -> str:
    """Return a date in ISO form, without the year where none is known."""
    return day.strftime("--%m-%d") if day.year <= _OPEN + 1 else day.isoformat()
