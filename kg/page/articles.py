"""Cut a page into its articles, each mended, and every character of them with its way back to the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from kg.model import Anchor, Article, Document, Mention, Span
from kg.page.credits import Credit, trailing_credit
from kg.page.headlines import headline
from kg.page.rows import lead_credit, rows
from kg.page.stories import Draft, Paragraph, drafts

_STOP = re.compile(r"[。！？\n]")
_LONGEST = 40  # characters of the label of a story that has no headline


def articles(document: Document) -> Iterator[Article]:
    """Yield the articles of a page in the order in which they begin; a page without text yields none.

    A document with a title is one article. Where the title is not printed on the page, it is the first line of the text all the
    same, and ``raw`` counts it backwards from the page: -1 is its line end, -2 its last character.

    >>> page = Document("p", "甲区召开会议\\n\\n会议强调,要抓落\\n\\n实。\\n(记者 张三)\\n", "a.txt")
    >>> [article.text for article in articles(page)]
    ['甲区召开会议\\n会议强调,要抓落实。\\n(记者 张三)\\n']
    """
    found, printed = rows(document)
    published = document.published or printed
    title = " ".join(document.title.split()) if document.title else ""
    stories = drafts(found, title or None)
    page = document.text if len(stories) > 1 else ""
    for draft in stories:
        yield _article(draft, document, published, title, page)


def _kept(draft: Draft) -> Iterator[Paragraph]:
    """Yield the paragraphs of a story; the credit of a photograph counts only where there is no story but the photograph.

    The reporter who took it (记者 甲 摄) counts also where the story names no other.
    """
    alone = draft.first is None
    unsigned = not alone and not draft.opens_signed and all(paragraph.part != "credit" for paragraph in draft.body) and not _closes_signed(draft)
    for paragraph in draft.body:
        if paragraph.part != "caption" or paragraph.credit is None:
            yield paragraph
        elif alone or (unsigned and "reporter" in paragraph.credit.roles):
            yield Paragraph("credit", paragraph.pieces, paragraph.credit)


def _closes_signed(draft: Draft) -> bool:
    """Tell whether the text of a story ends with a credit."""
    return draft.last is not None and trailing_credit(draft.last.tail) is not None


def _article(draft: Draft, document: Document, published: str | None, title: str, page: str) -> Article:
    parts: list[str] = []
    anchors: list[Anchor] = []
    heads: list[Span] = []
    bylines: list[Span] = []
    reporters: dict[str, Mention] = {}
    length = 0
    body = [*_kept(draft)]
    begin = None
    texts = [index for index, paragraph in enumerate(body) if paragraph.part == "body"]
    for index, paragraph in enumerate([*draft.head, *body], -len(draft.head)):
        if index == 0:
            begin = length
        start = length
        for piece in paragraph.pieces:
            anchors.append(Anchor(length, piece.start))
            parts.append(piece.text)
            length += len(piece.text)
        parts.append("\n")
        if paragraph.part == "headline":
            heads.append(Span(start, length))
        for low, high, credit in _credits(paragraph, first=bool(texts) and index == texts[0], last=bool(texts) and index == texts[-1]):
            bylines.append(Span(start + low, start + high))
            for name in credit.reporters:
                span = Span(start + name.start, start + name.end)
                words = paragraph.text[name.start : name.end]
                reporters.setdefault(name.name, Mention("Journalist", words, span, name.name, "page/credit"))
        length += 1
    text = "".join(parts)
    return Article(
        id=hashlib.sha256(f"{published or ''}\n{text}".encode()).hexdigest()[:16],
        headline=title or _headline(draft) or _label(text),
        text=text,
        headlines=tuple(heads),
        body=Span(begin, length) if begin is not None else None,
        bylines=tuple(bylines),
        reporters=tuple(reporters.values()),
        published=published,
        anchors=tuple(anchors),
        source=document.source,
        publisher=document.publisher,
        url=document.url,
        page=page,
    )


def _credits(paragraph: Paragraph, *, first: bool, last: bool) -> Iterator[tuple[int, int, Credit]]:
    """Yield the credits in a paragraph that name reporters: it may be one, begin with one, or end with one."""
    if paragraph.part == "credit" and paragraph.credit is not None:
        if paragraph.credit.reporters:
            yield 0, len(paragraph.text), paragraph.credit
        return
    if paragraph.part != "body":
        return
    words = paragraph.text
    if first and (opening := lead_credit(words)):
        yield opening.start, opening.end, opening.credit
    closing = trailing_credit(words)
    if closing is not None and closing.credit.reporters and (last or "reporter" in closing.credit.roles):
        yield closing.start, closing.end, closing.credit


def _headline(draft: Draft) -> str:
    lines = [paragraph for paragraph in draft.head if paragraph.part == "headline"]
    return headline([line.text for line in lines], [line.pieces[0].gap for line in lines])


def _label(text: str) -> str:
    """Return what a story without a headline is called: its first sentence, or as much of it as a line holds."""
    return _STOP.split(text.strip(), maxsplit=1)[0][:_LONGEST] or text.strip()[:_LONGEST]
