"""Lay a page's lines out: which are headlines, which running text, which credits; where a story begins, where a column broke."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.model import Document
from kg.page import headlines
from kg.page.credits import Credit, Place, is_signature, line_credit, name_list, opening_credit, trailing_credit
from kg.page.furniture import folio_date, pointers, sort
from kg.page.lines import BLANKS, Line, lines

RowKind = Literal["lead", "running", "leaning", "short", "credit", "caption", "end", "onward", "resumed"]
"""``lead``: 本报讯 …; ``leaning``: long, with commas, but without a stop: text or headline; ``end``: a line of the editors or a
rule; ``onward``: 下转第二版; ``resumed``: 上接第一版."""
Part = Literal["headline", "body", "caption", "credit"]

_STOPS = "。！？!?…：:"
_QUOTES = "”’」』）)》】\""
_BULLETS = "□■◎○●◇◆★☆▲△※▪◉"
_ITEM = re.compile(
    r"[▲△■□●○◆◇★☆※◎▪•·◉]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、．.]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[①-⑳❶-❿]|第[一二三四五六七八九十]{1,3}[章节条]|——|【"
)
_LEAD = re.compile(
    r"[“【\[]?本[报報刊台网網][^，。、；：！？（(\s]{0,9}?[讯訊电電][】\]”]?(?![息员])|【[^】]{1,12}[讯訊]】|[^，。、；！？（(\s]{1,18}[讯訊电電消息][】]?[\s　]*[（(][^）)]{0,12}(?:记者|記者|通讯员|通訊員)"
    r"|(?:据)?(?:新华社|新華社|中新社|中新网|新华网|人民网)[^，。；！？]{0,16}[电電]|本[报報][^，。、；：！？（(\s]{0,4}(?:消息|综合消息|综合报道)"
)
_LEAD_MARK = re.compile(r"[讯訊电電]|消息|综合")
_DATED = re.compile(r"(?:\d{1,2}月|[十一二三四五六七八九]{1,2}月)?(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号](?!报)|近日|日前|昨日|昨天|今天|今日|连日来|近期|近段时间|本周|上周|月初|月底|记者从|記者從")
_ADVERB = re.compile(r"(?:近日|日前|(?:昨日|昨天|今日|今天)(?:[上下]午|晚上?)?|连日来|近年来|今年以来|据悉|据了解|目前|随后|会上|会前|会后|当天|当日|同时|此外|下一步|截至[^，]{2,10}|(?:\d{1,4}年)?(?:\d{1,2}月)?\d{1,2}日[^，,]{0,8})[，,]")
_SPOKEN = re.compile(r"(?:强调|強調|指出|要求|表示|提出|认为|認為|介绍|介紹|说|說|希望)[，,：:]")
_SPOKEN_MARKS = ("，", ",", "：", ":")
_CONCLUDING = re.compile(r"(?:参加|參加|出席|陪同|列席|随同)[^，。；]{0,10}。?\Z")
_ROUNDUP = re.compile(r"(?:快讯|简讯|短讯|速览|一览|集锦|短波|联播|要闻回顾|新闻摘要)\Z")
_CAPTION = re.compile(r"(?:[（(]?[▲↑↓←→◀▶△][\s　]*)?(?:图为|圖為|上图|下图|左图|右图|图[①-⑳一二三四\d]|图片为|照片为|资料图[：:])")
_LOOK_AHEAD = 6


@dataclass(slots=True)
class Row:
    """A line of a story, or several that were printed as one, with what it was taken for."""

    kind: RowKind
    text: str
    pieces: list[Line]
    credit: Credit | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a story in its pieces; ``whole``: nothing can go on it, whatever its end looks like."""

    part: Part
    pieces: list[Line]
    credit: Credit | None = None
    whole: bool = False

    @property
    def text(self) -> str:
        """Return its words, the seams closed."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def tail(self) -> str:
        """Return its last words, enough of them to hold a credit."""
        return "".join(piece.text for piece in self.pieces[-4:])

    @property
    def is_open(self) -> bool:
        """Tell whether it breaks off in mid-sentence."""
        return self.part == "body" and not self.whole and not is_closed(self.tail)


@dataclass(slots=True)
class Draft:
    """A story taking shape: the lines of its head, then its paragraphs.

    ``onward``: 下转第二版 was printed; ``signed``: a credit or a line of the editors stood after its text; ``order``: its number on the page.
    """

    head: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    onward: bool = False
    signed: bool = False
    order: int = 0

    @property
    def last(self) -> Paragraph | None:
        """Return the last paragraph, captions aside."""
        return next((paragraph for paragraph in reversed(self.body) if paragraph.part != "caption"), None)

    @property
    def has_text(self) -> bool:
        """Tell whether it has running text."""
        return any(paragraph.part == "body" for paragraph in self.body)


def is_closed(words: str) -> bool:
    """Tell whether a paragraph may end so: with a stop, closing quotes aside.

    >>> is_closed("他说：“好！”"), is_closed("顺利实现“开门")
    (True, False)
    """
    bare = words.rstrip(_QUOTES)
    if not bare or bare[-1] in _STOPS:
        return True
    if words[-1] not in "）)":
        return False
    # …参加会议。（记者 甲）: what stands before the bracket decides
    start = max(words.rfind("（"), words.rfind("("))
    before = words[: max(start, 0)].rstrip(BLANKS).rstrip(_QUOTES)
    return bool(before) and before[-1] in _STOPS


# ------------------------------------------------------------ from lines to rows


def is_lead(line: str) -> bool:
    """Tell whether a line begins as a report does: 本报讯, 新华社北京5月1日电.

    >>> is_lead("【本報訊】（記者 甲）"), is_lead("本报记者获悉")
    (True, False)
    """
    return _LEAD_MARK.search(line, 0, 40) is not None and _LEAD.match(line) is not None


def _kind(line: str) -> RowKind:
    if is_lead(line) or opening_credit(line, 0):
        return "lead"
    if "。" in line or len(line) > 120:
        return "running"
    spoken = any(mark in line for mark in _SPOKEN_MARKS) and _SPOKEN.search(line) is not None
    if is_closed(line):
        return "running" if len(line) > 24 or line[-1] in "：:" or spoken else "short"
    commas = line.count("，") + line.count(",") + line.count("；") + line.count(";")
    if len(line) > 60 and (commas or not any(blank in line for blank in " 　")):
        return "running"
    if spoken or (commas and (len(line) >= 32 or commas > 1 and len(line) >= 20 or _ADVERB.match(line))) or line[-1] in "，、；,;":
        return "leaning"
    return "short"


def _unwrapped(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines, those of a page set in lines of one width put together again."""
    width = _width(page)
    if width is None:
        yield from ([line] for line in page)
        return
    # A new paragraph shows by its indent where the page indents at all; else by a stop at the end of a line.
    indents = sum(line.indent for line in page) > 2
    current: list[Line] = []
    for line in page:
        last = current[-1] if current else None
        if (
            last is not None
            and _measure(last) >= width - 2
            and not line.gap
            and not (indents and line.indent)
            and (indents or not is_closed(last.text))
            and not is_lead(line.text)
            and line_credit(line.text) is None
        ):
            current.append(line)
        else:
            if current:
                yield current
            current = [line]
    if current:
        yield current


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
    broken = sum(not is_closed(line.text) for line in full)
    tight = sum(not line.gap for line in full)
    # lists and verse have lines of one width too, but hardly a comma in them
    prose = sum("，" in line.text or "。" in line.text or "," in line.text for line in full)
    return width if len(full) * 2 > len(page) and 2 * min(broken, prose) >= len(full) and tight * 3 > len(full) * 2 else None


def rows(document: Document) -> tuple[list[Row], str | None]:
    """Return the rows of a page, and the publication date that its running head gives."""
    published: str | None = None
    kept: list[Line | Row] = []
    first = True
    for line in lines(document.text):
        sort_of = sort(line.text, first=first)
        if sort_of == "folio":
            published = published or folio_date(line.text)
        elif sort_of:
            if not first:
                kept.append(Row("end", "", []))
        else:
            first = False
            kept.append(line)
    found: list[Row] = []
    run: list[Line] = []
    for entry in [*kept, Row("end", "", [])]:
        if isinstance(entry, Line):
            run.append(entry)
            continue
        for pieces in _unwrapped(run):
            found.extend(_row(pieces))
        found.append(entry)
        run = []
    return _mended_credits(found[:-1]), published


def _row(pieces: list[Line]) -> Iterator[Row]:
    """Yield the row that some pieces of print make, pointers to other pages and credits of photographs cut off."""
    text = pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)
    position = 0
    for start, end, resumes in pointers(text):
        yield from _plain(_cut(pieces, position, start))
        yield Row("resumed" if resumes else "onward", "", [])
        position = end
    yield from _plain(_cut(pieces, position, len(text)) if position else pieces)


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
    if not pieces:
        return
    text = pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)
    tail = trailing_credit(text)
    if tail is not None and (tail.credit.is_picture or tail.credit.is_editors):
        if tail.credit.is_picture:
            words = _cut(pieces, 0, tail.start)
            if words:
                yield Row("caption", "".join(piece.text for piece in words), words)
            yield Row("caption", text[tail.start :], _cut(pieces, tail.start, len(text)), tail.credit.moved(-tail.start))
        elif tail.start:
            yield from _plain(_cut(pieces, 0, tail.start))
        return
    if _CAPTION.match(text):
        yield Row("caption", text, pieces)
        return
    credit = line_credit(text)
    if credit is not None:
        yield Row("credit", text, pieces, credit)
    else:
        yield Row(_kind(text), text, pieces)


def _mended_credits(page: list[Row]) -> list[Row]:
    """Close the columns that broke inside a credit: （记者 张三 通 ⏎ 讯员 李四）."""
    found: list[Row] = []
    for row in page:
        last = found[-1] if found else None
        if last is not None and row.kind in ("short", "credit") and len(row.text) <= 40 and is_signature(last.text) and len(last.text) <= 80:
            begun = last.kind == "short" or (last.kind == "credit" and row.kind == "short" and (len(row.text) <= 2 or is_signature(row.text[1:])))
            joined = last.text + row.text
            if begun and (credit := line_credit(joined)):
                found[-1] = Row("credit", joined, last.pieces + row.pieces, credit)
                continue
        found.append(row)
    return found


# ------------------------------------------------------------ from rows to stories


class _Page:
    """The rows of a page, with what lies ahead of each."""

    def __init__(self, found: list[Row]) -> None:
        self.rows = found
        self.starts: list[int] = []
        self.parts: list[str] = []
        self.text = ""
        self.speakers: set[str] | None = None
        count = len(found)
        self.next_lead = [count] * (count + 1)
        self.next_credit = [count] * (count + 1)
        for index in range(count - 1, -1, -1):
            row = found[index]
            self.next_lead[index] = index if row.kind == "lead" else self.next_lead[index + 1]
            signs = row.kind == "credit" or (bool(row.text) and row.text[-1] in "）)" and row.kind in ("running", "short") and trailing_credit(row.text) is not None)
            self.next_credit[index] = index if signs else self.next_credit[index + 1]

    def is_running(self, index: int) -> bool:
        """Tell whether a row is running text; a leaning row is, unless a 本报讯 follows before any text."""
        kind = self.rows[index].kind
        return kind in ("lead", "running") or (kind == "leaning" and not self.leads_soon(index + 1))

    def leads_soon(self, index: int) -> bool:
        """Tell whether a 本报讯 follows with nothing but headlines and credits before it."""
        for row in self.rows[index : index + _LOOK_AHEAD]:
            if row.kind == "lead":
                return True
            if row.kind not in ("short", "leaning", "credit", "caption", "end"):
                return False
        return False

    def block(self, index: int) -> int:
        """Return the end of the block of short lines that begins at ``index``."""
        while index < len(self.rows) and self.rows[index].kind in ("short", "leaning") and not self.is_running(index):
            index += 1
        return index

    def breaks_off(self, index: int) -> bool:
        """Tell whether the seam after a short row surely runs through a sentence."""
        if index + 1 >= len(self.rows) or not self.rows[index + 1].pieces:
            return False
        line, rest = self.rows[index].text, self.rows[index + 1].text
        if breaks_off(line, rest) or _ADVERB.match(line):
            return True
        return self.rows[index + 1].kind != "lead" and not is_closed(line) and not _ITEM.match(line) and self._is_word(index, line, rest)

    def goes_on(self, index: int) -> bool:
        """Tell whether a short row is the first part of a paragraph that goes on in the next row."""
        if index + 1 >= len(self.rows) or not self.rows[index + 1].pieces:
            return False
        line, rest = self.rows[index].text, self.rows[index + 1].text
        return self.breaks_off(index) or _sounds_begun(line, rest) or (self._speaks(line) and self.rows[index + 1].kind != "lead" and not is_closed(line))

    def _speaks(self, line: str) -> bool:
        """Tell whether a line begins with somebody who speaks elsewhere on the page."""
        if self.speakers is None:
            self.speakers = set()
            for row in self.rows:
                for found in _SPEAKS.finditer(row.text):
                    self.speakers.update(row.text[found.start() - length : found.start()] for length in (2, 3, 4) if found.start() >= length)
        return any(line[:length] in self.speakers for length in (2, 3, 4))

    def _is_word(self, index: int, line: str, rest: str) -> bool:
        """Tell whether the words on both sides of a seam stand together elsewhere on the page: 现场考 ⏎ 察团一行."""
        if rest.startswith("会") and _OCCASIONS.search(line):
            return False
        if not self.starts:
            for row in self.rows:
                self.starts.append(self.starts[-1] + len(self.parts[-1]) + 1 if self.parts else 0)
                self.parts.append(row.text)
            self.text = "\n".join(self.parts)
        start = self.starts[index]
        low, high = max(0, start - _WINDOW), start + _WINDOW
        return any(self.text.find(words, low, high) >= 0 for words in (line[-2:] + rest[0], line[-1] + rest[:2]) if len(words) == 3 and words.isalpha())

    def text_after(self, index: int) -> int:
        """Return the first row from ``index`` on that is neither a caption nor a line of the editors."""
        while index < len(self.rows) and self.rows[index].kind in ("caption", "end"):
            index += 1
        return index


def drafts(found: list[Row], title: str | None) -> list[Draft]:
    """Return the stories of a page; with a title the whole page is one."""
    return _Stories(_Page(found), title).told()


class _Stories:
    """The stories of a page while its rows are gone through once."""

    def __init__(self, page: _Page, title: str | None) -> None:
        self.page = page
        self.done: list[Draft] = []
        self.draft = Draft()
        self.titled = title is not None
        self.index = 0
        self.begun = 0
        if title is not None and page.rows:
            self._entitle(title)

    def told(self) -> list[Draft]:
        """Return the stories in the order in which they begin."""
        count = len(self.page.rows)
        while self.index < count:
            self._take(self.page.rows[self.index])
        if self.draft.head or self.draft.body:
            self.done.append(self.draft)
        return sorted(self.done, key=lambda story: story.order)

    def _entitle(self, title: str) -> None:
        """Set the known title as the headline: where it is printed, else before the page."""
        rows = self.page.rows
        printed = next((number for number, row in enumerate(rows[:4]) if row.pieces and "".join(row.text.split()) == "".join(title.split())), -1)
        if printed < 0:
            self.draft.head.append(Paragraph("headline", [Line(title, -len(title) - 1)]))
        for row in rows[: printed + 1]:
            if row.pieces:
                self.draft.head.append(Paragraph("credit" if row.credit else "headline", row.pieces, row.credit))
        self.index = printed + 1

    def _take(self, row: Row) -> None:
        draft, page = self.draft, self.page
        last = draft.last
        open_end = last if last is not None and last.is_open else None
        if row.kind == "end":
            draft.signed = draft.signed or (draft.has_text and open_end is None)
        elif row.kind == "onward":
            draft.onward = True
        elif row.kind == "resumed":
            self._resume()
        elif row.kind == "caption":
            draft.body.append(Paragraph("caption", row.pieces, row.credit))
        elif row.kind == "credit":
            self._sign(row)
        elif not draft.head and not draft.body and self._opens_page(row):
            self._head([row])
        elif page.is_running(self.index) or (open_end is not None and not page.leads_soon(self.index)):
            self._write(row, open_end)
        else:
            end = page.block(self.index)
            self._place(end)
            self.index = end
            return
        self.index += 1

    def _opens_page(self, row: Row) -> bool:
        """Tell whether the first line of a page is its headline although it is as long as text: no stop, and set apart."""
        following = self.page.rows[self.index + 1] if self.index + 1 < len(self.page.rows) else None
        if row.kind not in ("leaning", "running") or "。" in row.text or is_closed(row.text) or len(row.text) > 120 or following is None or not following.pieces:
            return False
        return following.pieces[0].gap and not breaks_off(row.text, following.text)

    def _start(self, head: list[Paragraph]) -> None:
        """Begin a new story."""
        if self.draft.head or self.draft.body:
            self.done.append(self.draft)
        self.begun += 1
        self.draft = Draft(head, order=self.begun)

    def _sign(self, row: Row) -> None:
        draft = self.draft
        following = self.page.text_after(self.index + 1)
        if draft.body:
            draft.body.append(Paragraph("credit", row.pieces, row.credit))
            draft.signed = True
        elif draft.head or following < len(self.page.rows):
            draft.head.append(Paragraph("credit", row.pieces, row.credit))
        else:
            draft.body.append(Paragraph("credit", row.pieces, row.credit))

    def _write(self, row: Row, open_end: Paragraph | None) -> None:
        """Write running text: the rest of a broken paragraph, or a new one."""
        if row.kind == "lead" and self.draft.signed and not self.titled and open_end is None:
            self._start([])
        joins = row.kind != "lead" or (open_end is not None and len(open_end.tail) <= 10 and is_lead(open_end.tail))
        if open_end is not None and joins and (row.text[0] in "·•" or not _ITEM.match(row.text)):
            open_end.pieces.extend(row.pieces)
            last = open_end
        else:
            last = Paragraph("body", row.pieces)
            self.draft.body.append(last)
        # text after a credit begins the story anew: only what follows its last credit counts
        self.draft.signed = last.tail[-1] in "）)生员" and trailing_credit(last.tail) is not None

    def _resume(self) -> None:
        """Go on with the story that was sent to another page; without one a new story begins."""
        draft = self.draft
        if self.titled:
            return
        story = next((story for story in reversed([*self.done, draft]) if story.onward), None)
        if story is None:
            if draft.has_text:
                self._start([])
            return
        story.onward = story.signed = False
        if story is draft:
            return
        if draft.body:
            self.done.append(draft)
        else:
            story.head.extend(draft.head)  # the headline is printed again where the story goes on
        self.done.remove(story)
        self.draft = story

    def _place(self, end: int) -> None:
        """Place a block of short lines: the head of a new story, headings inside this one, or halves of broken paragraphs."""
        draft, page = self.draft, self.page
        block = page.rows[self.index : end]
        if self.titled:
            self._insert(block, end)
        elif not draft.head and not draft.body and _ROUNDUP.search(block[0].text):
            # the name of a column is the headline; what follows are the headings of its parts
            self._head(block[:1])
            self._insert(block[1:], end)
        elif not draft.has_text and not (draft.head and any(paragraph.credit for paragraph in draft.body)):
            self._head(self._headlines(block, end))
            self._insert(block[len(self._headlines(block, end)) :], end)
        elif end < len(page.rows) and page.rows[end].kind == "resumed" and any(story.onward for story in [*self.done, draft]):
            self._start([Paragraph("headline", row.pieces) for row in block])
        elif not self._is_roundup() and promise(page, self.index, end, draft) >= ENOUGH:
            apart = 0
            last = draft.last
            if last is not None and last.tail.endswith(("：", ":")) and len(block) > 1:
                # lines of a list stand before the headline: only what is set apart from them, or the last line, is the head
                apart = max((number for number, row in enumerate(block) if number and row.pieces[0].gap), default=len(block) - 1)
            draft.body.extend(Paragraph("body", row.pieces, whole=True) for row in block[:apart])
            heads = self._headlines(block[apart:], end)
            self._start([])
            self._head(heads)
            self._insert(block[apart + len(heads) :], end)
        else:
            self._insert(block, end)

    def _headlines(self, block: list[Row], end: int) -> list[Row]:
        """Return the headlines of a block, without the first words of the text should a column have broken there."""
        return block[:-1] if len(block) > 1 and self.page.breaks_off(end - 1) else block

    def _head(self, block: list[Row]) -> None:
        """Set the first lines of a story as its head; a line of names alone at their end is a credit."""
        head = self.draft.head
        head.extend(Paragraph("headline", row.pieces) for row in block)
        if len(block) > 1 and (credit := name_list(block[-1].text)):
            head[-1] = Paragraph("credit", block[-1].pieces, credit)

    def _insert(self, block: list[Row], end: int) -> None:
        """Put short lines into the running text: each a paragraph of its own, unless it breaks off and goes on in the next."""
        rows = self.page.rows
        for number, row in enumerate(block):
            place = end - len(block) + number
            credit = name_list(row.text) if place + 1 == len(rows) or rows[place + 1].kind == "end" else None
            if credit is not None and self.draft.last is not None and not self.draft.last.is_open:
                self.draft.body.append(Paragraph("credit", row.pieces, credit))
                continue
            last = self.draft.last
            goes_on = self.page.goes_on(place)
            if last is not None and last.is_open:
                last.pieces.extend(row.pieces)
                last.whole = not goes_on
            else:
                self.draft.body.append(Paragraph("body", row.pieces, whole=not goes_on))

    def _is_roundup(self) -> bool:
        head = (self.done[0] if self.done else self.draft).head
        return bool(head) and _ROUNDUP.search(head[0].text) is not None


# ------------------------------------------------------------ what speaks for a new story

ENOUGH = 4.0
"""How much must speak for a block of short lines being the head of a new story."""

_DANGLES = re.compile(r"(?:[，,、；;“‘《（(「『的和与與及在为為对對向将將把被从從以于於了至]|[“「《（(][^”」》）)]{0,40})\Z")
_STARTLESS = re.compile(
    r"[，、；：。！？”’」』）》,;!?)们]|的(?![确確])|了(?![解却不如无然望])|并(?:讲|講|作|将|將|对|對|就|向|为|為|在|与|與|通|提|宣|致|参|參|主|代|给|要|深|听)"
    r"|(?![一二三四五六七八九十他她它我你您并但而又也是对])[㐀-鿿](?:[，。、；：,;”’」』）！？]|(?:表示|指出|强调|強調|介绍|介紹|说|說|要求|认为|認為)[，,：:])"
)
_NUMBER_GOES_ON = re.compile(r"[\d.%％年月日号时万亿千百个名余多户人家项件]")
_TELLS = re.compile(
    r"一行|先后|先後|来到|來到|首先|随后|分别|分別|代表|陪同|带领|带队|深入|负责人|负责同志|书记|書記|主任|[省市区县區縣镇鎮乡鄉局院][长長]|董事[长長]|理事[长長]|经理|經理"
    r"|委员|委員|主席|[部组組会會校馆站队][长長]|村民|居民|[·•]"
)
_OPENS = re.compile(r"要|[^，,]{1,6}(?:会上|仪式上|活动中|现场)[，,]|据|據|由|经(?!济|验|典|纪|贸)|截至|按照|根据|检查组|調研組|调研组|考察团|代表团|与会|會議|会议|会上|[他她]|我[区市县]|昨|当[天日]|\d{1,4}[年月日]")
_SPEAKS = re.compile(r"(?:说|說|表示|指出|强调|強調|要求|介绍|介紹|一行|提出|认为|認為|希望|坦言|告诉)(?=[，,：:。先来實实走到在])")
_TWO_PARTS = re.compile(r"[^\s　]{6,}[\s　]+[^\s　]{6,}\Z")
_OCCASIONS = re.compile(r"(?:工作|推进|座谈|动员|部署|专题|调度|现场|调研|代表|党组|常委)\Z")
_WINDOW = 20_000  # characters on either side of a seam in which its words are looked for


def breaks_off(line: str, following: str) -> bool:
    """Tell whether the seam between two lines runs through a sentence beyond doubt.

    >>> breaks_off("扛牢上游责", "任。要长期抓"), breaks_off("聚焦主责主业", "今年以来，……。")
    (True, False)
    """
    if is_closed(line) or _ITEM.match(following) or is_lead(following):
        return False
    return bool(_DANGLES.search(line) or _STARTLESS.match(following) or (line[-1].isdigit() and _NUMBER_GOES_ON.match(following)))


def _sounds_begun(line: str, following: str) -> bool:
    """Tell whether a short line sounds like the first words of a paragraph rather than a heading."""
    if is_closed(line) or _ITEM.match(line) or _ITEM.match(following) or is_lead(following) or _ADVERB.match(following) or _DATED.match(following):
        return False
    if _OPENS.match(line) or _TELLS.search(line) or _kind(line) == "leaning":
        return True
    halves = re.split("[，,、]", line)
    # 强担当，善作为 is a heading: its halves are of one length
    return len(halves) > 1 and max(map(len, halves)) - min(map(len, halves)) > (1 if "、" in line else 0)


def promise(page: _Page, index: int, end: int, draft: Draft, *, rivals: bool = True) -> float:
    """Return how much speaks for the short lines from ``index`` to ``end`` being the head of a new story."""
    block = page.rows[index:end]
    first, last = block[0].text, block[-1].text
    following = page.text_after(end)
    if following == len(page.rows) or (_ITEM.match(first) and not first.startswith("【") and page.rows[following].kind != "lead"):
        return 0.0
    after = page.rows[following]
    previous = draft.last.tail if draft.last else ""
    main = max((row.text for row in block), key=headlines.weight)
    value = 0.0
    if after.kind == "lead":
        value += 6.0
    elif after.kind == "credit":
        beyond = page.text_after(following + 1)
        value += 5.0 if beyond < len(page.rows) and page.is_running(beyond) else 0.0
    elif len(block) == 1 and page.goes_on(end - 1):
        value -= 5.0 if page.breaks_off(end - 1) else 1.0
    value += 4.0 if draft.signed else 0.0
    value += 2.0 if len(block) > 1 and not previous.endswith(("：", ":")) else 0.0
    value += 2.0 if _DATED.search(after.text[:40]) else 0.0
    share = _share(main, after.text[:200]) if len(main) >= 8 else 0.0
    value += 3.0 if share >= 0.65 else 2.0 if share >= 0.5 else 0.0
    if not block[0].pieces[0].gap and draft.head and draft.last and draft.body[0].pieces[0].gap:
        if after.kind not in ("lead", "credit") and not draft.signed:
            return 0.0  # a page that sets its first headline apart by blank lines sets the others apart too
        value -= 2.0
    value += 1.5 if _CONCLUDING.search(previous) else 0.0
    weight = headlines.weight(main)
    value += 2.0 if weight >= 3 else 1.0 if weight > 1 else 0.0
    value += 1.5 if main.startswith("【") or _TWO_PARTS.match(main) else 0.0
    value += 1.0 if len(main) >= 12 else -2.0 if len(main) <= 8 else 0.0
    if after.kind not in ("lead", "credit") and not draft.signed:
        # a feature has headings of its own; a short report that began with 本报讯 hardly ever
        value -= 0.0 if _is_report(draft) else 1.5
        value -= 1.0 if any(paragraph.whole for paragraph in draft.body) else 0.0
    if rivals and value < ENOUGH and not draft.signed and page.next_credit[end] < page.next_lead[end] and _opens_signed(draft):
        # Two credits in one story: somewhere between them the next one begins, at the likeliest of the short lines.
        return value + 6.0 if all(other <= value for other in _rivals(page, end, draft)) else 0.0
    return value


def _rivals(page: _Page, index: int, draft: Draft) -> Iterator[float]:
    last = min(page.next_credit[index], index + 40)
    while index < last:
        if page.rows[index].kind == "short":
            end = max(page.block(index), index + 1)
            yield promise(page, index, end, draft, rivals=False)
            index = end
        else:
            index += 1


def _opens_signed(draft: Draft) -> bool:
    """Tell whether a story names its reporters before its text."""
    if any(paragraph.part == "credit" for paragraph in draft.head):
        return True
    first = next((paragraph for paragraph in draft.body if paragraph.part == "body"), None)
    return first is not None and lead_credit(first.text) is not None


def _is_report(draft: Draft) -> bool:
    """Tell whether a story begins like a report: 本报讯 …, or with a day."""
    first = next((paragraph.pieces[0].text for paragraph in draft.body if paragraph.part == "body"), "")
    return is_lead(first) or _DATED.search(first, 0, 20) is not None


def lead_credit(words: str) -> Place | None:
    """Return the credit that opens a story: 本报讯（记者 甲）.

    >>> [name.name for name in lead_credit("新华社北京5月1日电（记者张三、李四）近日，……。").credit.names]
    ['张三', '李四']
    """
    lead = _LEAD.match(words) if is_lead(words) else None
    if lead is None:
        return opening_credit(words, 0)
    start = lead.end()
    if words[:start].endswith(("记者", "記者", "通讯员", "通訊員")):
        start = max(words.rfind(mark, 0, start) for mark in "（(")
    return opening_credit(words, start)


def _share(line: str, text: str) -> float:
    """Return the share of a line's pairs of characters that a text has too."""
    pairs = {line[place : place + 2] for place in range(len(line) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs)
