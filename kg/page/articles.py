"""Cut a page into its articles, each mended, and every character of them with its way back to the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.model import Anchor, Article, Document, Mention, Span
from kg.page import headlines
from kg.page.credits import Credit, credit, has_surname
from kg.page.furniture import folio_date, is_editors, is_folio, is_furniture, is_header, pointers
from kg.page.lines import Line, lines

Part = Literal["headline", "body", "credit"]

_STOPS = "。！？!?…：:"
_CLOSERS = "”’」』）)》】\""
_BULLETS = "□■◎○●◇◆★☆▲△※▪"
_ITEM = re.compile(r"[▲△■□●○◆◇★☆※◎▪•]|[（(]?[一二三四五六七八九十]{1,3}[、．.）)]|[（(]?\d{1,2}[、．.）)]\D|[①-⑳]|第[一二三四五六七八九十]+[章节条]|——|【")
_LEAD = re.compile(
    r"【?本[报報刊台网][^，。（(\s]{0,8}?[讯訊]】?|【[^】]{2,12}[讯訊]】|(?:据)?(?:新华社|新華社|中新社|人民网|中新网|新华网)[^，。]{0,16}电|本[报報][^，。]{0,10}消息"
)
_DATED = re.compile(r"(?:\d{1,2}月)?\d{1,2}日|近日|日前|昨日|昨天|今天|今日|连日来|近期|十[一二]?月|[一二三四五六七八九]月")
_SPOKEN = re.compile(r"(?:强调|強調|指出|要求|表示|提出|认为|認為|介绍|介紹|说|說|希望)[，,：:]")
_BRACKETED = re.compile(r"[（(]([^（）()]{2,100})[）)]\Z")
_TRAILING = re.compile(r"(?<=[。！？”])[\s　]+((?:本报|本報|记者|記者|通讯员|通訊員|文/图|图/文|文|图)[^。！？]{2,60})\Z")
_ROUNDUP = re.compile(r"快讯|简讯|速览|一览|要闻回顾|集锦|短波")


@dataclass(slots=True)
class _Paragraph:
    part: Part
    pieces: list[Line]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Draft:
    headline: list[_Paragraph] = field(default_factory=list)
    body: list[_Paragraph] = field(default_factory=list)


def is_closed(line: str) -> bool:
    """Tell whether a paragraph may end here: a stop, closing quotes aside."""
    bare = line.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _STOPS or not bare


def _is_running(line: str) -> bool:
    """Tell whether a line is running text rather than a headline."""
    if "。" in line or len(line) > 60 or _LEAD.match(line):
        return True
    if is_closed(line):
        return len(line) > 24 or line[-1] in "：:" or _SPOKEN.search(line) is not None
    commas = line.count("，") + line.count(",")
    return (len(line) >= 32 and commas > 0) or (commas > 1 and len(line) >= 20) or _SPOKEN.search(line) is not None


def _credit(line: str) -> Credit | None:
    """Read a line as a credit of a story; None if it is none."""
    bare = line.strip(_BULLETS + " 　")
    bracketed = _BRACKETED.match(bare)
    found = credit(bracketed.group(1) if bracketed else bare)
    if found is None or not found.names:
        return None
    if "reporter" in found.roles or "hand" in found.roles or "editor" in found.roles:
        return found
    if bracketed or line[0] in _BULLETS:
        return found if all(len(name.name) > 4 or has_surname(name.name) for name in found.names) else None
    return None


def _tidy(document: Document) -> Iterator[Line | str]:
    """Yield the lines that belong to stories, and the publication dates of folio lines (as text)."""
    head = True
    for line in lines(document.text):
        if head and is_header(line.text):
            continue
        head = False
        if is_furniture(line.text):
            if is_folio(line.text) and (date := folio_date(line.text)):
                yield date
            continue
        if is_editors(line.text):
            continue
        position = 0
        for start, end in pointers(line.text):
            if (part := line.cut(position, start)).text:
                yield part
            position = end
        if position == 0:
            yield line
        elif (part := line.cut(position, len(line.text))).text:
            yield part


def articles(document: Document) -> Iterator[Article]:
    """Yield the articles of a page in reading order; a page without text yields none."""
    published = document.published
    found: list[Line] = []
    for line in _tidy(document):
        if isinstance(line, Line):
            found.append(line)
        elif published is None:
            published = line
    for draft in _drafts(found, document.title):
        yield _article(draft, document, published)


def _drafts(page: list[Line], title: str | None) -> Iterator[_Draft]:
    draft = _Draft()
    if title and title.strip():
        title = " ".join(title.split())
        if page and page[0].text == title:
            draft.headline.append(_Paragraph("headline", [page.pop(0)]))
        else:
            draft.headline.append(_Paragraph("headline", [Line(title, -len(title) - 1, False)]))
    single = bool(draft.headline)
    index = 0
    signed = False
    while index < len(page):
        line = page[index]
        found = _credit(line.text)
        if found is not None:
            if draft.body:
                signed = True
                draft.body.append(_Paragraph("credit", [line]))
            else:
                draft.headline.append(_Paragraph("credit", [line]))
            index += 1
            continue
        if _is_running(line.text) or (draft.body and draft.body[-1].part == "body" and not is_closed(draft.body[-1].text) and not _starts_story(page, index)):
            last = draft.body[-1] if draft.body else None
            if last and last.part == "body" and not is_closed(last.text) and not _LEAD.match(line.text) and not _ITEM.match(line.text):
                last.pieces.append(line)
            else:
                draft.body.append(_Paragraph("body", [line]))
            index += 1
            continue
        end = index
        while end < len(page) and not _is_running(page[end].text) and _credit(page[end].text) is None:
            end += 1
        block = page[index:end]
        if not draft.body:
            draft.headline += [_Paragraph("headline", [piece]) for piece in block]
        elif not single and _begins(draft, block, page, end, signed):
            yield draft
            draft, signed = _Draft([_Paragraph("headline", [piece]) for piece in block]), False
        else:
            draft.body += [_Paragraph("body", [piece]) for piece in block[:-1]]
            draft.body.append(_Paragraph("body", [block[-1]]))
            if end < len(page) and not _is_heading(block[-1].text) and _credit(page[end].text) is None:
                draft.body[-1].pieces.append(page[end])
                end += 1
            elif end < len(page) and _credit(page[end].text) is None:
                draft.body.append(_Paragraph("body", [page[end]]))
                end += 1
        index = end
    if draft.headline or draft.body:
        yield draft


def _starts_story(page: list[Line], index: int) -> bool:
    for line in page[index + 1 : index + 5]:
        if _LEAD.match(line.text):
            return True
        if _is_running(line.text) or is_closed(line.text):
            return False
    return False


def _is_heading(line: str) -> bool:
    return _ITEM.match(line) is not None or ("，" not in line and "," not in line)


def _begins(draft: _Draft, block: list[Line], page: list[Line], end: int, signed: bool) -> bool:
    """Tell whether the lines of ``block`` are the headline of a new article."""
    if _ITEM.match(block[0].text):
        return False
    value = 0
    if end < len(page):
        following = page[end].text
        value += 5 if _LEAD.match(following) or _credit(following) else 2 if _DATED.search(following[:40]) else 0
    value += 3 if signed else 0
    value += 2 if len(block) > 1 and not draft.body[-1].text.endswith(("：", ":")) else 0
    value += 1 if headlines.weight(block[0].text) > 1 else 0
    value += 1 if len(block[0].text) >= 12 else 0
    if not signed and end < len(page) and _is_signed(draft) and _signs_later(page, end):
        value += 3
    return value >= 4


def _is_signed(draft: _Draft) -> bool:
    first = draft.body[0].text
    return any(paragraph.part == "credit" for paragraph in draft.headline) or bool(_LEAD.match(first) and any(_leading(first)))


def _signs_later(page: list[Line], index: int) -> bool:
    for line in page[index:]:
        if _LEAD.match(line.text):
            return False
        if _credit(line.text):
            return True
    return False


# ------------------------------------------------------------ from a draft to an article


def _leading(text: str) -> Iterator[tuple[int, int, Credit]]:
    """Yield the credit that opens a story: 本报讯（记者 甲）."""
    lead = _LEAD.match(text)
    if lead is None:
        return
    rest = lead.end()
    while rest < len(text) and text[rest] in " 　":
        rest += 1
    if text[rest : rest + 1] in ("（", "("):
        close = min((text.find(mark, rest) for mark in "）)" if text.find(mark, rest) > 0), default=-1)
        if close > 0 and (found := credit(text[rest + 1 : close])) and found.reporters:
            yield rest, rest + 1, found


def _trailing(text: str) -> Iterator[tuple[int, int, Credit]]:
    tail = text[-110:]
    if tail[-1:] in "）)":
        bracketed = re.search(r"[（(]([^（）()]{2,100})[）)]\Z", tail)
        if bracketed and (found := _credit(bracketed.group())):
            yield len(text) - len(tail) + bracketed.start(), len(text) - len(tail) + bracketed.start(1), found
    else:
        plain = _TRAILING.search(tail)
        if plain and (found := credit(plain.group(1))) and found.reporters:
            yield len(text) - len(tail) + plain.start(1), len(text) - len(tail) + plain.start(1), found


def _article(draft: _Draft, document: Document, published: str | None) -> Article:
    text, anchors, headline_spans, bylines, reporters = [], [], [], [], []
    length = 0
    body_start = None
    heads: list[str] = []
    running = [index for index, paragraph in enumerate(draft.body) if paragraph.part == "body"]
    for number, paragraph in enumerate([*draft.headline, *draft.body]):
        start = length
        if number == len(draft.headline):
            body_start = start
        for piece in paragraph.pieces:
            anchors.append(Anchor(length, piece.start))
            text.append(piece.text)
            length += len(piece.text)
        words = paragraph.text
        text.append("\n")
        found: list[tuple[int, int, int, Credit]] = []
        if paragraph.part == "headline":
            headline_spans.append(Span(start, length))
            heads.append(words)
        elif paragraph.part == "credit":
            whole = _credit(words)
            if whole:
                bare = words.lstrip(_BULLETS + " 　")
                offset = len(words) - len(bare) + (1 if _BRACKETED.match(bare) else 0)
                found.append((0, len(words), offset, whole))
        else:
            index = number - len(draft.headline)
            if running and index == running[0]:
                found += [(a, b + _width(words, b), b, c) for a, b, c in _leading(words)]
            if running and index == running[-1]:
                found += [(a, len(words), b, c) for a, b, c in _trailing(words)]
        for begin, end, offset, whole in found:
            if not whole.reporters:
                continue
            bylines.append(Span(start + begin, start + end))
            for name in whole.reporters:
                span = Span(start + offset + name.start, start + offset + name.end)
                reporters.append(Mention("Journalist", words[offset + name.start : offset + name.end], span, name.name, "page/credit"))
        length += 1
    joined = "".join(text)
    return Article(
        id=hashlib.sha256(f"{published or ''}\n{joined}".encode()).hexdigest()[:16],
        headline=_headline(heads) or _first_words(joined),
        text=joined,
        headlines=tuple(headline_spans),
        body=Span(body_start, length) if body_start is not None and body_start < length else None,
        bylines=tuple(bylines),
        reporters=tuple(reporters),
        published=published,
        anchors=tuple(anchors),
        source=document.source,
        publisher=document.publisher,
        url=document.url,
    )


def _width(words: str, start: int) -> int:
    return min((words.find(mark, start) for mark in "）)" if words.find(mark, start) > 0), default=len(words) - 1) - start + 1


def _headline(heads: list[str]) -> str:
    whole: list[str] = []
    for line in heads:
        if whole and headlines.is_broken(whole[-1], line):
            whole[-1] += line
        else:
            whole.append(line)
    return whole[headlines.main(whole)] if whole else ""


def _first_words(text: str) -> str:
    return re.split(r"[。！？\n]", text.strip(), maxsplit=1)[0][:40]
