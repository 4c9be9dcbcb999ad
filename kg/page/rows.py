"""Tell what each printed line of a page is: text, headline or heading, credit, caption, or no part of a story at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.lexicon import either, surfaces, words
from kg.model import Document
from kg.page.credits import Credit, Place, is_signature, line_credit, opening_credit, trailing_credit
from kg.page.furniture import folio_date, pointers, sort
from kg.page.lines import BLANKS, Line, lines

RowKind = Literal["lead", "running", "leaning", "short", "credit", "caption", "end", "onward", "resumed"]
"""``lead``: 本报讯 …; ``leaning``: long, with commas, but without a stop: text or headline; ``end``: a line of the editors or a
rule; ``onward``: 下转第二版; ``resumed``: 上接第一版."""

_STOPS = "。！？!?…：:"
_QUOTES = '”’」』）)》】"'
_ITEM = re.compile(
    r"[▲△■□●○◆◇★☆※◎▪•·◉]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、．.]|\d{1,2}[、．]|\d{1,2}\.(?!\d)"
    r"|[①-⑳❶-❿]|第[一二三四五六七八九十]{1,3}[章节条]|——|【"
)
_INSIDE = r"[^，。、；：！？（(\s]"
_LEAD = re.compile(
    rf"[“【\[]?本[报報刊台网網]{_INSIDE}{{0,9}}?[讯訊电電][】\]”]?(?![息员])|【[^】]{{1,12}}[讯訊]】"
    rf"|{_INSIDE}{{1,18}}(?:[讯訊电電]|消息)】?[\s　]*[（(][^）)]{{0,12}}(?:记者|記者|通讯员|通訊員)"
    rf"|据?(?:新华社|新華社|中新社|中新网|新华网|人民网)[^，。；！？]{{0,16}}[电電]|本[报報]{_INSIDE}{{0,4}}(?:消息|综合报道)"
)
_LEAD_MARK = re.compile(r"[讯訊电電]|消息|综合")
_SPOKEN_MARK = re.compile("[，,：:]")
_CAPTION = re.compile(r"(?:[（(]?[▲↑↓←→◀▶△][\s　]*)?(?:图为|圖為|上图|下图|左图|右图|图[①-⑳一二三四\d]|图片为|照片为|资料图[：:])")
_CAPTION_LENGTH = 90  # characters; what is longer and ends with the credit of a photograph is text all the same


@dataclass(slots=True)
class Row:
    """A line of a story, or several that were printed as one, with what it was taken for."""

    kind: RowKind
    text: str
    pieces: list[Line]
    credit: Credit | None = None


@cache
def _days() -> re.Pattern[str]:
    numbered = r"(?:\d{1,2}月|[十一二三四五六七八九]{1,2}月)?(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号](?!报)"
    return re.compile(rf"{numbered}|{either(words('page-days'))}|记者从|記者從")


@cache
def _adverb() -> re.Pattern[str]:
    numbered = r"(?:\d{1,4}年)?(?:\d{1,2}月)?\d{1,2}日[^，,]{0,8}"
    return re.compile(rf"(?:(?:{either(words('page-days'))})(?:[上下]午|晚上?)?|{either(words('page-openings'))}|截至[^，]{{2,10}}|{numbered})[，,]")


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, surfaces('speech')))})[，,：:]")


def dated(line: str, end: int) -> bool:
    """Tell whether a line names a day among its first ``end`` characters, as a report does."""
    return _days().search(line, 0, end) is not None


def opens_with_day(line: str) -> bool:
    """Tell whether a line begins with a day or an opening such as 会上，: a paragraph begins here."""
    return _adverb().match(line) is not None or _days().match(line) is not None


def opens_with_adverb(line: str) -> bool:
    """Tell whether a line begins as only running text does: 近日，…"""
    return _adverb().match(line) is not None


def is_item(line: str) -> bool:
    """Tell whether a line is an item of a list or a marked heading: ▲ 一、 （二） 3. ①."""
    return _ITEM.match(line) is not None


def is_closed(line: str) -> bool:
    """Tell whether a paragraph may end so: with a stop, closing quotes aside.

    >>> is_closed("他说：“好！”"), is_closed("顺利实现“开门")
    (True, False)
    """
    bare = line.rstrip(_QUOTES)
    if not bare or bare[-1] in _STOPS:
        return True
    if line[-1] not in "）)":
        return False
    # …参加会议。（记者 甲）: what stands before the bracket decides
    start = max(line.rfind("（"), line.rfind("("))
    before = line[: max(start, 0)].rstrip(BLANKS).rstrip(_QUOTES)
    return bool(before) and before[-1] in _STOPS


def is_lead(line: str) -> bool:
    """Tell whether a line begins as a report does: 本报讯, 新华社北京5月1日电.

    >>> is_lead("【本報訊】（記者 甲）"), is_lead("本报记者获悉")
    (True, False)
    """
    return _LEAD_MARK.search(line, 0, 40) is not None and _LEAD.match(line) is not None


def lead_credit(text: str) -> Place | None:
    """Return the credit that opens a story: 本报讯（记者 甲）.

    >>> [name.name for name in lead_credit("新华社北京5月1日电（记者张三、李四）近日，……。").credit.names]
    ['张三', '李四']
    """
    lead = _LEAD.match(text) if is_lead(text) else None
    if lead is None:
        return opening_credit(text, 0)
    start = lead.end()
    if text[:start].endswith(("记者", "記者", "通讯员", "通訊員")):
        start = max(text.rfind(mark, 0, start) for mark in "（(")
    return opening_credit(text, start)


def kind(line: str) -> RowKind:
    """Return what a line looks like by itself: ``lead``, ``running``, ``leaning`` or ``short``."""
    if is_lead(line) or opening_credit(line, 0):
        return "lead"
    if "。" in line or len(line) > 120:
        return "running"
    spoken = _SPOKEN_MARK.search(line) is not None and _spoken().search(line) is not None
    if is_closed(line):
        return "running" if len(line) > 24 or line[-1] in "：:" or spoken else "short"
    commas = sum(map(line.count, "，,；;"))
    if len(line) > 60 and (commas or not any(blank in line for blank in " 　")):
        return "running"
    if spoken or line[-1] in "，、；,;":
        return "leaning"
    return "leaning" if commas and (len(line) >= 32 or (commas > 1 and len(line) >= 20) or opens_with_adverb(line)) else "short"


def rows(document: Document) -> tuple[list[Row], str | None]:
    """Return the rows of a page, and the publication date that its running head gives."""
    published: str | None = None
    found: list[Row] = []
    run: list[Line] = []
    first = True
    for line in lines(document.text):
        furniture = sort(line.text, first=first)
        if not furniture:
            first = False
            run.append(line)
        elif furniture == "folio":
            published = published or folio_date(line.text)
        elif not first:
            for pieces in _unwrapped(run):
                found.extend(_row(pieces))
            found.append(Row("end", "", []))
            run = []
    for pieces in _unwrapped(run):
        found.extend(_row(pieces))
    return _mended_credits(found), published


# ------------------------------------------------------------ pages set in lines of one width


def _unwrapped(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines, those of a page set in lines of one width put together again."""
    width = _width(page)
    if width is None:
        for line in page:
            yield [line]
        return
    # A new paragraph shows by its indent where the page indents at all; else by a stop at the end of a line.
    indents = sum(line.indent for line in page) > 2
    current: list[Line] = []
    for line in page:
        if current and not _joins(current[-1], line, width, indents):
            yield current
            current = []
        current.append(line)
    yield current


def _joins(last: Line, line: Line, width: int, indents: bool) -> bool:
    if _measure(last) < width - 2 or line.gap or (line.indent if indents else is_closed(last.text)):
        return False
    return not is_lead(line.text) and line_credit(line.text) is None


def _measure(line: Line) -> int:
    """Return how much room a line takes; an indent takes two characters."""
    return len(line.text) + 2 * line.indent


def _width(page: Sequence[Line]) -> int | None:
    """Return the width of a page whose lines are set in one width, in characters; None for any other page."""
    if len(page) < 6:
        return None
    lengths = sorted(map(_measure, page))
    width = lengths[len(lengths) * 3 // 4]
    if not 10 <= width <= 60:
        return None
    full = [line for line in page if width - 2 <= _measure(line) <= width + 2]
    if len(full) * 2 <= len(page) or sum(not line.gap for line in full) * 3 <= len(full) * 2:
        return None
    broken = sum(not is_closed(line.text) for line in full)
    # lists and verse have lines of one width too, but hardly a comma in them
    prose = sum("，" in line.text or "。" in line.text or "," in line.text for line in full)
    return width if 2 * min(broken, prose) >= len(full) else None


# ------------------------------------------------------------ from lines to rows


def _row(pieces: list[Line]) -> Iterator[Row]:
    """Yield the rows that some pieces of print make, pointers to other pages cut out."""
    text = _text(pieces)
    position = 0
    for start, end, resumes in pointers(text):
        yield from _plain(_cut(pieces, position, start))
        yield Row("resumed" if resumes else "onward", "", [])
        position = end
    yield from _plain(_cut(pieces, position, len(text)) if position else pieces)


def _text(pieces: list[Line]) -> str:
    return pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)


def _cut(pieces: list[Line], start: int, end: int) -> list[Line]:
    """Return the part of some pieces from ``start`` to ``end``, counted over all of them."""
    found: list[Line] = []
    offset = 0
    for piece in pieces:
        low, high = max(start - offset, 0), min(end - offset, len(piece.text))
        if low < high and (part := piece.cut(low, high)).text:
            found.append(part)
        offset += len(piece.text)
    return found


def _plain(pieces: list[Line]) -> Iterator[Row]:
    """Yield the rows of some pieces without pointers; the credits of photographs become rows of their own, those of editors none."""
    if not pieces:
        return
    text = _text(pieces)
    tail = trailing_credit(text)
    if tail is not None and tail.credit.is_editors:
        yield from _plain(_cut(pieces, 0, tail.start))
    elif tail is not None and tail.credit.is_picture:
        before = _cut(pieces, 0, tail.start)
        if before:
            yield _captioned(before)
        yield Row("caption", text[tail.start :], _cut(pieces, tail.start, len(text)), tail.credit.moved(-tail.start))
    elif _CAPTION.match(text):
        yield Row("caption", text, pieces)
    elif credit := line_credit(text):
        yield Row("credit", text, pieces, credit)
    else:
        yield Row(kind(text), text, pieces)


def _captioned(pieces: list[Line]) -> Row:
    """Return the row before the credit of a photograph: a caption, unless it is a report whose last word is that credit."""
    text = _text(pieces)
    return Row(kind(text) if is_lead(text) or len(text) > _CAPTION_LENGTH else "caption", text, pieces)


def _mended_credits(page: list[Row]) -> list[Row]:
    """Close the columns that broke inside a credit: （记者 张三 通 ⏎ 讯员 李四）."""
    found: list[Row] = []
    for row in page:
        if row.kind in ("short", "credit") and len(row.text) <= 40 and found and (joined := _joined_credit(found[-1], row)):
            found[-1] = joined
        else:
            found.append(row)
    return found


def _joined_credit(last: Row, row: Row) -> Row | None:
    if last.kind not in ("short", "credit") or len(last.text) > 80 or not is_signature(last.text):
        return None
    if last.kind == "credit" and (row.kind == "credit" or (len(row.text) > 2 and not is_signature(row.text[1:]))):
        return None
    text = last.text + row.text
    credit = line_credit(text)
    return Row("credit", text, last.pieces + row.pieces, credit) if credit else None
