"""Whom 他, 她, 其 and 该局 stand for: a position of a story goes in, the mention that the words stand for comes out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.scene import Scene
from kg.extract.wording import one_of, plain, verbs
from kg.model import Mention, Span

PRONOUN = re.compile(r"(?<![其吉利])[他她](?![们国人方乡山者])")
"""他 or 她 for one person (not 他们, 其他, 他人)."""

_REACH, _SENTENCES, _WINDOW = 6, 30, 600
"""How far to look back: paragraphs, sentences, and characters of one sentence."""
DEIXIS = re.compile(r"[该本](公司|集团|企业|局|院|校|县|区|市|镇|乡|街道|村|社区|部|委|中心|协会|学校|医院|大学|项目|园区)")
_CLAUSE = re.compile(r"[^，；：。！？\n]+")
_ACCOMPANIED = re.compile(r"等?(?:的?陪同|的?带领|率领|主持|家)|[^，。；]*下[，。]")
_ROSTER_LIST = re.compile(r"、|和|与|及")


_ADVERBS = "(?:并|还|又|也|先后|随后|会前|会后|再次|专门)*"
_TAILS = frozenset(
    "长记任席理员授士师人事监裁使官民督帅工家手医友匠生表者兵妈爷奶叔伯婶姨嫂哥姐弟妹的岁村县区市局院校司社团厂站队组所室、和与及：；导首"
    "相统王后日午前时上中间里内外晚早晨年月）》"
)
"""Characters in which titles and settings end."""
_LEADING = re.compile(r"[^，。“”]{0,12}(?:要求|强调|指出|提出|希望|号召|勉励|叮嘱|责成)")
"""What an official says rather than a resident."""


def actors(scene: Scene, text: str, start: int, end: int) -> Iterator[tuple[Mention, bool]]:
    """Yield who acts in the clauses from ``start`` to ``end``, in order, each with whether they are just named as present.

    ``text`` is the plain text. The first person of a clause acts, unless a preposition or a verb without a subject
    stands before; 他 is who acted in a clause before. What somebody says is not looked at, nor what stands in quotation
    marks.
    """
    depth = 0
    last: Mention | None = None
    for clause in _CLAUSE.finditer(text, start, end):
        words = clause.group()
        if depth == 0:
            first = next((m for m in scene.within(Span(*clause.span()), "Person") if m.span.start >= clause.start()), None)
            he = PRONOUN.search(text, clause.start(), clause.end())
            place, after = (first.span.start, first.span.end) if first else (clause.end(), clause.end())
            if he is not None and he.start() < place and not text.startswith("的", he.end()):
                first, place, after = last, he.start(), he.end()
            if first is not None and acts(scene, text, clause.start(), place, after):
                last = first
                yield first, _is_roster(words, text[after : clause.end()])
                lead = verbs().search(text, after, clause.end())
                yield first, _is_roster(words, text[after : clause.end()])
                if lead and (lead.end() == clause.end() or text[lead.end()] in "要将“"):
                    return
        depth += words.count("“") - words.count("”")
        depth = max(depth, 0)


def _is_roster(clause: str, after: str) -> bool:
    """Tell whether a clause only lists who was there: 李四参加调研; 甲、乙出席会议 (but 张三出席会议并讲话 acts)."""
    if one_of("roster", after="(?:了?[^，]{0,8})?$").search(clause) is None or "讲话" in clause or "主持" in clause:
        return False
    return "出席" not in clause or _ROSTER_LIST.search(after) is not None


def acts(scene: Scene, text: str, start: int, place: int, after: int) -> bool:
    """Tell whether the person at ``place`` … ``after`` acts in the clause that begins at ``start``.

    What stands before is a title or a setting (区长张三, 16日上午张三); after a verb or a preposition (感谢张三, 在张三陪同下)
    the person is spoken of, and so is the owner of something (张三的母亲).
    """
    before = text[start:place].lstrip("　 ”")
    if text.startswith(("的", "家中", "精神", "思想"), after) or "“" in before:
        return False
    if before.startswith("在"):
        return _ACCOMPANIED.match(text, after) is None
    if one_of("object", before=_ADVERBS).match(before) is not None:
        return False
    if not before or scene.ending(place, "Organization", "Post", "Area", "Place", "Project") is not None:
        return True
    return before[-1] in _TAILS or one_of("adverb", after="$").search(before) is not None


def antecedent(scene: Scene, position: int) -> Mention | None:
    """Return the mention that the words at ``position`` stand for, or None if none can be told.

    他 and 她 stand for the person who acted last in the paragraph, else in the paragraphs before; somebody who was
    only listed as present, or a resident whose voice was quoted before an official demands something, hardly ever.
    该局, 该公司 stand for the last body so called. A name that stands there stands for itself.
    """
    here = next(scene.within(Span(position, position + 1), "Person", "Organization", "Area", "Project", partly=True), None)
    if here is not None and PRONOUN.fullmatch(here.text) is None:
        return here
    text = plain(scene.text)
    deixis = DEIXIS.match(text, position)
    if deixis:
        earlier = list(scene.within(Span(0, position), "Organization", "Area", "Project")) if position else []
        return next((m for m in reversed(earlier) if m.name.endswith(deixis.group(1))), None)
    if text[position] in "他她":
        if PRONOUN.match(text, position) is None:
            return None
    elif text[position] != "其":
        return _short(scene, text, position)
    official = _LEADING.match(text, position + 1) is not None
    fallback: Mention | None = None
    here_or_before = bisect_left(scene.paragraphs, position + 1, key=lambda paragraph: paragraph.start)
    sentences_left = _SENTENCES
    for paragraph in reversed(scene.paragraphs[max(0, here_or_before - _REACH) : here_or_before]):
        if scene.is_credit(paragraph.start):
            continue
        for sentence in reversed(_before(scene, paragraph, position)):
            sentences_left -= 1
            if sentences_left < 0:
                return fallback
            end = min(sentence.end, position)
            found = list(actors(scene, text, max(sentence.start, end - _WINDOW), end))
            for person, present in reversed(found):
                if official and _is_layman(scene, text, person):
                    continue
                if not present:
                    return person
            fallback = fallback or next((person for person, _ in found), None)
    return fallback


def _is_layman(scene: Scene, text: str, person: Mention) -> bool:
    """Tell whether the story introduces the person as a resident, a customer … anywhere."""
    named = (m.span.start for m in scene.mentions if m.kind == "Person" and m.name == person.name)
    return any(one_of("layman", after="$").search(text, max(0, start - 6), start) for start in named)


def _before(scene: Scene, paragraph: Span, position: int) -> list[Span]:
    """Return the last sentences of a paragraph that begin before ``position``."""
    first = bisect_left(scene.sentences, paragraph.start, key=lambda sentence: sentence.span.start)
    last = bisect_left(scene.sentences, min(paragraph.end, position), key=lambda sentence: sentence.span.start)
    return [sentence.span for sentence in scene.sentences[max(first, last - _SENTENCES) : last]]


def _short(scene: Scene, text: str, position: int) -> Mention | None:
    """克莱因 — the last part of a foreign name that the story has told in full before."""
    if position == 0:
        return None
    for person in reversed(list(scene.within(Span(0, position), "Person"))):
        family = re.split("[·•・]", person.name)[-1]
        if family != person.name and text.startswith(plain(family), position):
            return person
    return None
