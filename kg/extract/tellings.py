"""What the narrator tells: a scene comes in, its sentences go out without speech, each mention shrunk to one letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.dates import dates
from kg.extract.pronouns import PRONOUN
from kg.extract.scene import Scene
from kg.extract.wording import plain
from kg.lexicon import surfaces
from kg.model import Kind, Mention, Span, When

# One private letter for each class of thing: rules are then patterns over words and letters.
PERSON, BODY, AREA, PLACE, PROJECT, POLICY, DOCUMENT, POST, DAY, HE, MUTE = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009\ue00a"
_LETTERS: Mapping[Kind, str] = {
    "Person": PERSON,
    "Organization": BODY,
    "Area": AREA,
    "Place": PLACE,
    "Project": PROJECT,
    "Policy": POLICY,
    "Document": DOCUMENT,
    "Post": POST,
}
WHO = f"[{PERSON}{HE}]"
SITE = f"[{BODY}{AREA}{PLACE}{PROJECT}]"

_TITLED = "总书记|主席|总理|总统|首相|国王|第一书记|委员长|总干事|秘书长"
_RESUMES = re.compile(
    rf"[　\s]*(?!要|坚持|希望|必须|既要|正如|为此)(?:[^，。{PERSON}{HE}]{{0,30}}{WHO}(?!{POST}|{_TITLED}|[的将])(?!同志)|(?:{DAY}|随后|之后|会前|会后|"
    rf"会上|会间|会议(?!室)|大会|座谈会|发布会|论坛上|仪式|活动|(?:[^，。“”]{{0,10}}会|论坛)(?:还|同时|现场|正式)*(?:发布|通过|宣读|审议)|当天|当日|当晚|同日|据悉|据了解|期间|临走时|庭审)"
    rf"|[^，。]{{2,10}}(?:结束)?[后前]，|在[^，。]{{1,24}}期间，|在[^，。]{{1,60}}，{WHO}(?!{POST}|{_TITLED})"
    rf"|(?:其他|部分|与会|有关)?[^，。]{{0,12}}(?:代表|负责人|嘉宾|双方)[^，。]{{0,6}}(?:作了|发言|参加|出席|汇报|签))"
)
_HELD = re.compile(r"(?:召开|举行|举办|主持|出席|参加)了?$")
_QUOTE = re.compile("“[^“”]*(?:“[^“”]*”[^“”]*)*(?:”|$)")
_SPOKEN = re.compile("[。！？；，]")


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence, or what stands before its speech.

    ``shape`` is the plain wording with one letter for each mention and each day; ``things`` tells what the letters
    stand for, ``starts`` where each character of the shape stands in the text (one more for the end). ``speech`` is the
    place in the shape of the verb of speech that ends it. Commas of headlines are spaces in print.
    """

    span: Span
    shape: str
    starts: tuple[int, ...]
    things: Mapping[int, Mention | When]
    is_headline: bool
    paragraph: int
    is_first: bool
    speech: int | None

    def span_of(self, start: int, end: int) -> Span:
        """Return the stretch of the text behind a stretch of the shape."""
        last = end - 1
        thing = self.things.get(last)
        return Span(self.starts[start], thing.span.end if thing is not None else self.starts[last] + 1)

    def mentions(self, start: int, end: int, letters: str) -> Iterator[tuple[int, Mention]]:
        """Yield the mentions whose letters stand between two places of the shape, each with its place."""
        for place in range(start, end):
            if self.shape[place] in letters:
                thing = self.things.get(place)
                if isinstance(thing, Mention):
                    yield place, thing

    def days(self, start: int, end: int) -> Iterator[tuple[int, When]]:
        """Yield the days named between two places of the shape."""
        for place in range(start, end):
            if self.shape[place] == DAY:
                thing = self.things[place]
                assert isinstance(thing, When)
                yield place, thing


def _is_meeting(text: str, mention: Mention) -> bool:
    """Tell whether what looks like a body is a meeting: 召开经济工作协商会"""
    if mention.kind != "Organization" or not mention.text.endswith(surfaces("events-nouns", "Meeting")):
        return False
    return not mention.text.endswith("大会") or _HELD.search(text, max(0, mention.span.start - 4), mention.span.start) is not None


def _splits_verb(text: str, mention: Mention) -> bool:
    """Tell whether a name begins inside a verb: 召[开城镇]燃气安全会议."""
    start = mention.span.start
    return text[start] == "开" and start > 0 and text[start - 1] == "召"


@cache
def _speech() -> re.Pattern[str]:
    words = {plain(word) for word in surfaces("speech")} - set(surfaces("events", "told"))
    verbs = "|".join(
        rf"(?<![简名职统俗别小传据听学解]){word}" if len(word) == 1 else re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))
    )
    first = "".join(sorted({word[0] for word in words} | set("并还又也最特强指要表认希号称")))
    return re.compile(
        rf"(?=[{first}])(?:(?:{verbs})(?:[，：]|“(?![^“”]*”的)|{MUTE}(?!的)|$|[。！？](?!.))|(?<=[，{PERSON}{HE}{BODY}])(?:并|还|又|也|最后|特别)*(?:强调|指出|要求|表示|认为|希望|号召|称)(?=[^，。了过的]|$))"
    )


def tellings(scene: Scene) -> Iterator[Telling]:
    """Yield what a story tells in its own voice, headline lines first; speech and what follows in its voice is left out."""
    text = plain(scene.text)
    article = scene.article
    end = scene.body.end if scene.body is not None else len(text)
    days = (
        [when for when in dates(scene.text, Span(0, end), article.published) if len(when.start.lstrip("-")) in (5, 10) and when.start.count("-") > 1]
        if end
        else []
    )
    for line in article.headlines:
        yield _telling(scene, text, line, days, (), -1, True)
    number = place = 0
    for paragraph in scene.paragraphs:
        if scene.is_credit(paragraph.start):
            continue
        muted = [Span(*found.span()) for found in _QUOTE.finditer(text, paragraph.start, paragraph.end) if _is_speech(text, found, paragraph)]
        speaks = False
        first = True
        while place < len(scene.sentences) and scene.sentences[place].span.start < paragraph.start:
            place += 1
        while place < len(scene.sentences) and scene.sentences[place].span.start < paragraph.end:
            sentence = scene.sentences[place]
            place += 1
            if not paragraph.covers(sentence.span):
                continue
            if any(span.covers(sentence.span) for span in muted):
                speaks = False
                continue
            today = [when for when in days if sentence.span.covers(when.span)]
            telling = _telling(scene, text, sentence.span, today, muted, number, first)
            first = False
            if speaks and _RESUMES.match(telling.shape) is None:
                continue
            speaks = telling.speech is not None
            yield telling
        number += 1


_NOUN = re.compile(
    r"(?:(?:听取|听了|按照|根据|依据|达到|符合|落实|征求|收集|吸纳|提供|接受)[^，。；：后时并]*(?:介绍|建议|要求|通报|评价|倡议|承诺|期望|期待|解释|回应|决定)"
    r"|(?:意见|工作|政策|对策|书面|宝贵|合理化|[的条点提出项类])建议|(?:工作|[的项条类出提体确])要求)$"
)
"""A clause that ends in a noun, which elsewhere is a verb of speech: 听取意见建议，按照工作要求，."""


def _is_noun(shape: str, found: re.Match[str]) -> bool:
    start = max(shape.rfind(mark, 0, found.start()) for mark in "，。；：") + 1
    return _NOUN.search(shape, start, found.start() + 2) is not None


def _is_speech(text: str, found: re.Match[str], paragraph: Span) -> bool:
    """Tell whether a quotation is somebody's words rather than a name in quotation marks."""
    if _SPOKEN.search(found.group()) is None:
        return found.start() > paragraph.start and text[found.start() - 1] == "："
    return True


def _telling(scene: Scene, text: str, span: Span, days: Sequence[When], muted: Sequence[Span], paragraph: int, first: bool) -> Telling:
    """Return the telling of one sentence."""
    pieces: list[str] = []
    starts: list[int] = []
    things: dict[int, Mention | When] = {}
    found: list[Mention | When] = [m for m in scene.within(span) if m.kind in _LETTERS and not _is_meeting(text, m) and not _splits_verb(text, m)]
    found += [when for when in days if span.covers(when.span) and not any(m.span.overlaps(when.span) for m in found)]
    for he in PRONOUN.finditer(text, span.start, span.end) if "他" in text[span.start : span.end] or "她" in text[span.start : span.end] else ():
        if scene.is_free(Span(*he.span())):
            found.append(Mention("Person", scene.text[he.start() : he.end()], Span(*he.span()), "", "pronoun"))
    found.sort(key=lambda thing: thing.span.start)
    quotes = [m for m in muted if m.overlaps(span)]
    here = span.start

    def copy(until: int) -> None:
        nonlocal here
        if not quotes and here < until:
            pieces.append(text[here:until].replace(" ", "，").replace("　", "，") if paragraph < 0 else text[here:until])
            starts.extend(range(here, until))
            here = until
            return
        while here < until:
            quoted = next((m for m in quotes if m.start <= here < m.end), None)
            if quoted is not None:
                pieces.append(MUTE)
                starts.append(here)
                here = min(quoted.end, until)
                continue
            stop = min((m.start for m in quotes if here < m.start < until), default=until)
            words = text[here:stop]
            pieces.append(words.replace(" ", "，").replace("　", "，") if paragraph < 0 else words)
            starts.extend(range(here, stop))
            here = stop

    for thing in found:
        if thing.span.start < here or any(m.covers(thing.span) for m in quotes):
            continue
        # 同甲区区长李伟会谈: a title that has swallowed the word before it gives it back
        copy(thing.span.start + (isinstance(thing, Mention) and thing.kind == "Post" and text[thing.span.start] in "同与和向由为给请"))
        things[len(starts)] = thing
        starts.append(here)
        if isinstance(thing, When):
            pieces.append(DAY)
        else:
            pieces.append(HE if not thing.name else _LETTERS[thing.kind])
        here = thing.span.end
    copy(span.end)
    starts.append(span.end)
    shape = "".join(pieces)
    spoken = next((found for found in _speech().finditer(shape) if not _is_noun(shape, found)), None)
    if spoken is None:
        return Telling(span, shape, tuple(starts), things, paragraph < 0, paragraph, first, None)
    cut = spoken.end() - (1 if spoken.group()[-1] in f"，：“。！？{MUTE}" else 0)
    return Telling(span, shape[:cut], tuple(starts[: cut + 1]), {k: v for k, v in things.items() if k < cut}, paragraph < 0, paragraph, first, spoken.start())
