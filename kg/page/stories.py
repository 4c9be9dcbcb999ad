"""Gather the rows of a page into stories: where one begins, what belongs to it, where a column broke."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.page import headlines
from kg.page.credits import Credit, name_list, trailing_credit
from kg.page.lines import Line
from kg.page.rows import Row, dated, is_closed, is_item, is_lead, lead_credit
from kg.page.seams import Seams, breaks_off

Part = Literal["headline", "body", "caption", "credit"]

ENOUGH = 4.0
"""How much must speak for a block of short lines being the head of a new story: a credit before it, or two weaker signs."""

_CONCLUDING = re.compile(r"(?:参加|參加|出席|陪同|列席|随同)[^，。；]{0,10}。?\Z")
_ROUNDUP = re.compile(r"(?:快讯|简讯|短讯|速览|一览|集锦|短波|联播|要闻回顾|新闻摘要)\Z")
_TWO_PARTS = re.compile(r"[^\s　]{6,}[\s　]+[^\s　]{6,}\Z")
_LOOK_AHEAD = 6
_RIVALS = 40  # rows ahead in which likelier beginnings of a story are looked for


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
        return self.pieces[0].text if len(self.pieces) == 1 else "".join(piece.text for piece in self.pieces)

    @property
    def tail(self) -> str:
        """Return its last words, enough of them to hold a credit."""
        return self.pieces[0].text if len(self.pieces) == 1 else "".join(piece.text for piece in self.pieces[-4:])

    @property
    def is_open(self) -> bool:
        """Tell whether it breaks off in mid-sentence."""
        return self.part == "body" and not self.whole and not is_closed(self.tail)


@dataclass(slots=True)
class Draft:
    """A story taking shape: the lines of its head, then its paragraphs, which ``add`` takes in.

    ``order``: its number on the page; ``signed``: a credit or a line of the editors stood after its text; ``first`` and ``last``:
    the first paragraph of text and the last paragraph, captions aside; ``headed``: headings stand in its text; ``pictured``: a
    photograph's credit stands in it.
    """

    order: int = 0
    head: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    signed: bool = False
    first: Paragraph | None = None
    last: Paragraph | None = None
    headed: bool = False
    pictured: bool = False

    def add(self, paragraph: Paragraph) -> None:
        """Take in a paragraph behind the others."""
        self.body.append(paragraph)
        self.headed = self.headed or paragraph.whole
        if paragraph.part == "caption":
            self.pictured = self.pictured or paragraph.credit is not None
        else:
            self.last = paragraph
            if paragraph.part == "body" and self.first is None:
                self.first = paragraph

    @property
    def is_report(self) -> bool:
        """Tell whether it begins like a report: 本报讯 …, or with a day."""
        return self.first is not None and (is_lead(self.first.pieces[0].text) or dated(self.first.pieces[0].text, 20))

    @property
    def opens_signed(self) -> bool:
        """Tell whether it names its reporters before its text."""
        return any(paragraph.part == "credit" for paragraph in self.head) or (self.first is not None and lead_credit(self.first.text) is not None)


class _Page:
    """The rows of a page, with what lies ahead of each."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.seams = Seams(rows)
        count = len(rows)
        self.next_lead = [count] * (count + 1)
        self.next_credit = [count] * (count + 1)
        for index in range(count - 1, -1, -1):
            row = rows[index]
            self.next_lead[index] = index if row.kind == "lead" else self.next_lead[index + 1]
            signs = row.kind == "credit" or (row.kind in ("running", "short") and row.text[-1] in "）)" and trailing_credit(row.text) is not None)
            self.next_credit[index] = index if signs else self.next_credit[index + 1]

    def kind(self, index: int) -> str:
        """Return the kind of a row, an empty word behind the last."""
        return self.rows[index].kind if index < len(self.rows) else ""

    def is_running(self, index: int) -> bool:
        """Tell whether a row is running text; a leaning row is, unless a 本报讯 follows before any text."""
        kind = self.kind(index)
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
        while self.kind(index) in ("short", "leaning") and not self.is_running(index):
            index += 1
        return index

    def text_after(self, index: int) -> int:
        """Return the first row from ``index`` on that is neither a caption nor a line of the editors."""
        while self.kind(index) in ("caption", "end"):
            index += 1
        return index


def drafts(rows: Sequence[Row], title: str | None) -> list[Draft]:
    """Return the stories of a page in the order in which they begin; with a title the whole page is one."""
    return _Desk(_Page(rows), title).stories()


class _Desk:
    """Where the rows of a page are gone through once and put into stories."""

    def __init__(self, page: _Page, title: str | None) -> None:
        self.page = page
        self.titled = title is not None
        self.done: list[Draft] = []
        self.onward: list[Draft] = []
        self.draft = Draft()
        self.begun = 0
        self.index = 0
        if title is not None and page.rows:
            self._entitle(title)

    def stories(self) -> list[Draft]:
        """Go through the rows."""
        while self.index < len(self.page.rows):
            self.index = self._take(self.page.rows[self.index])
        return sorted((story for story in [*self.done, self.draft] if story.head or story.body), key=lambda story: story.order)

    def _entitle(self, title: str) -> None:
        """Set the known title as the headline: where it is printed, else before the page."""
        rows = self.page.rows
        known = "".join(title.split())
        printed = next((number for number, row in enumerate(rows[:4]) if row.pieces and "".join(row.text.split()) == known), -1)
        if printed < 0:
            self.draft.head.append(Paragraph("headline", [Line(title, -len(title) - 1)]))
        for row in rows[: printed + 1]:
            if row.pieces:
                self.draft.head.append(Paragraph("credit" if row.credit else "headline", row.pieces, row.credit))
        self.index = printed + 1

    def _take(self, row: Row) -> int:
        """Put a row, or the block of short rows that begins with it, where it belongs; return the next row's number."""
        draft, page = self.draft, self.page
        open_end = draft.last if draft.last is not None and draft.last.is_open else None
        if row.kind == "end":
            draft.signed = draft.signed or (draft.first is not None and open_end is None)
        elif row.kind == "onward":
            self.onward.append(draft)
        elif row.kind == "resumed":
            self._resume()
        elif row.kind == "caption":
            draft.add(Paragraph("caption", row.pieces, row.credit))
        elif row.kind == "credit":
            self._sign(row)
        elif not draft.head and not draft.body and self._opens_page(row):
            self._head([row])
        elif page.is_running(self.index) or (open_end is not None and not page.leads_soon(self.index)):
            self._write(row, open_end)
        else:
            end = page.block(self.index)
            self._place(page.rows[self.index : end], end)
            return end
        return self.index + 1

    def _opens_page(self, row: Row) -> bool:
        """Tell whether the first line of a page is its headline although it is as long as text: no stop, and set apart."""
        following = self.page.rows[self.index + 1] if self.index + 1 < len(self.page.rows) else None
        if following is None or not following.pieces or not following.pieces[0].gap or row.kind not in ("leaning", "running"):
            return False
        return "。" not in row.text and not is_closed(row.text) and len(row.text) <= 120 and not breaks_off(row.text, following.text)

    def _start(self) -> None:
        """Begin a new story."""
        self.done.append(self.draft)
        self.begun += 1
        self.draft = Draft(self.begun)

    def _sign(self, row: Row) -> None:
        """Set a credit: behind the text, or between the headlines and the text."""
        draft = self.draft
        paragraph = Paragraph("credit", row.pieces, row.credit)
        if draft.body or not (draft.head or self.page.kind(self.page.text_after(self.index + 1))):
            draft.signed = bool(draft.body)
            draft.add(paragraph)
        else:
            draft.head.append(paragraph)

    def _write(self, row: Row, open_end: Paragraph | None) -> None:
        """Write running text: the rest of a broken paragraph, or a new one."""
        if row.kind == "lead" and self.draft.signed and not self.titled and open_end is None:
            self._start()
        # 本报讯 ⏎ （记者 甲）: the dateline itself was broken
        joins = row.kind != "lead" or (open_end is not None and len(open_end.tail) <= 10 and is_lead(open_end.tail))
        if open_end is not None and joins and (row.text[0] in "·•" or not is_item(row.text)):
            open_end.pieces.extend(row.pieces)
            last = open_end
        else:
            last = Paragraph("body", row.pieces)
            self.draft.add(last)
        # text behind a credit goes on with the story: only what follows its last credit may begin another
        self.draft.signed = last.tail[-1] in "）)生员" and trailing_credit(last.tail) is not None

    def _resume(self) -> None:
        """Go on with the story that was sent to another page; without one a new story begins."""
        draft = self.draft
        if self.titled:
            return
        if not self.onward:
            if draft.first is not None:
                self._start()
            return
        story = self.onward.pop()
        story.signed = False
        if story is draft:
            return
        if draft.body:
            self.done.append(draft)
        else:
            story.head.extend(draft.head)  # the headline is printed again where the story goes on
        self.done.remove(story)
        self.draft = story

    def _place(self, block: Sequence[Row], end: int) -> None:
        """Place a block of short lines: the head of a new story, headings inside this one, or halves of broken paragraphs."""
        draft = self.draft
        if self.titled:
            self._insert(block, end)
        elif not draft.head and not draft.body and _ROUNDUP.search(block[0].text):
            # the name of a column is the headline; what follows are the headings of its parts
            self._head(block[:1])
            self._insert(block[1:], end)
        elif draft.first is None and not (draft.head and draft.pictured):
            self._begin(block, end)
        elif self.page.kind(end) == "resumed" and self.onward:
            self._start()
            self._head(block)
        elif not self._is_roundup() and promise(self.page, end - len(block), end, draft) >= ENOUGH:
            apart = 0
            if draft.last is not None and draft.last.tail.endswith(("：", ":")) and len(block) > 1:
                # lines of a list stand before the headline: only what is set apart from them, or the last line, is the head
                apart = max((number for number, row in enumerate(block) if number and row.pieces[0].gap), default=len(block) - 1)
            for row in block[:apart]:
                draft.add(Paragraph("body", row.pieces, whole=True))
            self._start()
            self._begin(block[apart:], end)
        else:
            self._insert(block, end)

    def _begin(self, block: Sequence[Row], end: int) -> None:
        """Set the head of a story, without the first words of its text should a column have broken there."""
        heads = len(block) - 1 if len(block) > 1 and self.page.seams.breaks_off(end - 1) else len(block)
        self._head(block[:heads])
        self._insert(block[heads:], end)

    def _head(self, block: Sequence[Row]) -> None:
        """Set lines as headlines; a line of names alone at their end is a credit."""
        head = self.draft.head
        head.extend(Paragraph("headline", row.pieces) for row in block)
        if len(block) > 1 and (credit := name_list(block[-1].text)):
            head[-1] = Paragraph("credit", block[-1].pieces, credit)

    def _insert(self, block: Sequence[Row], end: int) -> None:
        """Put short lines into the running text: each a paragraph of its own, unless it breaks off and goes on in the next."""
        draft = self.draft
        for place, row in enumerate(block, end - len(block)):
            last = draft.last
            goes_on = self.page.seams.goes_on(place)
            if last is not None and last.is_open:
                last.pieces.extend(row.pieces)
                last.whole = not goes_on
            elif last is not None and self.page.kind(place + 1) in ("", "end") and (credit := name_list(row.text)):
                draft.add(Paragraph("credit", row.pieces, credit))
            else:
                draft.add(Paragraph("body", row.pieces, whole=not goes_on))

    def _is_roundup(self) -> bool:
        head = (self.done[0] if self.done else self.draft).head
        return bool(head) and _ROUNDUP.search(head[0].text) is not None


# ------------------------------------------------------------ what speaks for a new story


def promise(page: _Page, index: int, end: int, draft: Draft) -> float:
    """Return how much speaks for the short rows from ``index`` to ``end`` being the head of a new story."""
    value = _signs(page, index, end, draft)
    if value < ENOUGH and not draft.signed and page.next_credit[end] < page.next_lead[end] and draft.opens_signed:
        # Two credits in one story: somewhere between them the next one begins, at the likeliest of the short lines.
        return value + 6.0 if all(other <= value for other in _rivals(page, end, draft)) else 0.0
    return value


def _rivals(page: _Page, index: int, draft: Draft) -> Iterator[float]:
    last = min(page.next_credit[index], index + _RIVALS)
    while index < last:
        end = page.block(index)
        if end > index:
            yield _signs(page, index, end, draft)
        index = max(end, index + 1)


def _signs(page: _Page, index: int, end: int, draft: Draft) -> float:
    """Add up the signs of a new story: what stands before the block, how it sounds, what follows it."""
    block = page.rows[index:end]
    following = page.text_after(end)
    if following == len(page.rows):
        return 0.0
    after = page.rows[following]
    if is_item(block[0].text) and not block[0].text.startswith("【") and after.kind != "lead":
        return 0.0
    announced = after.kind in ("lead", "credit")
    if not block[0].pieces[0].gap and draft.head and draft.body and draft.body[0].pieces[0].gap and not announced and not draft.signed:
        return 0.0  # a page that sets its first headline apart by blank lines sets the others apart too
    previous = draft.last.tail if draft.last is not None else ""
    main = max((row.text for row in block), key=headlines.weight)
    value = 4.0 if draft.signed else 0.0
    if after.kind == "lead":
        value += 6.0
    elif after.kind == "credit":
        value += 5.0 if page.is_running(page.text_after(following + 1)) else 0.0
    elif len(block) == 1 and page.seams.goes_on(end - 1):
        value -= 5.0 if page.seams.breaks_off(end - 1) else 1.0
    if len(block) > 1 and not previous.endswith(("：", ":")):
        value += 2.0
    if _CONCLUDING.search(previous):
        value += 1.5
    value += _sound(main, after.text)
    if not announced and not draft.signed:
        # a feature has headings of its own; a short report that began with 本报讯 hardly ever
        value -= (0.0 if draft.is_report else 1.5) + (1.0 if draft.headed else 0.0)
    return value


def _sound(main: str, following: str) -> float:
    """Return how much a line sounds like a headline above the text that follows it."""
    weight = headlines.weight(main)
    share = _share(main, following[:200]) if len(main) >= 8 else 0.0
    value = 2.0 if weight >= 3 else 1.0 if weight > 1 else 0.0
    value += 3.0 if share >= 0.65 else 2.0 if share >= 0.5 else 0.0
    value += 1.5 if main.startswith("【") or _TWO_PARTS.match(main) else 0.0
    value += 1.0 if len(main) >= 12 else -2.0 if len(main) <= 8 else 0.0
    return value + (2.0 if dated(following, 40) else 0.0)


def _share(line: str, text: str) -> float:
    """Return the share of a line's pairs of characters that a text has too."""
    pairs = {line[place : place + 2] for place in range(len(line) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs)
