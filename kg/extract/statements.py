"""Read who said what: a story and its events go in, one Statement for each sentence of reported speech comes out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.pronouns import PRONOUN, actors, acts
from kg.extract.scene import Scene
from kg.extract.speech import Lead, Quotes, leads
from kg.extract.tasks import is_task, tasks
from kg.extract.wording import YAO, demands, is_of, one_of, plain, relation
from kg.model import Event, Evidence, Mention, Modality, Polarity, Span, Statement

_BARE = 4  # characters of a meeting's word that means the story's own meeting: 会议, 座谈会
_BULLETS = " 　，—–▲●■◆★•"
SAYS = "说"
"""The verb of a quotation that stands beside a person without a verb of speech."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """Somebody who is speaking: ``is_once`` if only one sentence is theirs, ``is_closed`` after a closing quote."""

    speaker: Mention
    verb: str
    is_once: bool = False
    is_closed: bool = False


_ABOUT = ("Policy", "Project", "Document", "Area", "Place", "Organization")
_LIST = re.compile(
    rf"(?:[一二三四五六七八九十]+(?:要|是)|其[一二三四五六]|第[一二三四五六](?=[，、]|[是要])|(?:首先|其次|再次|同时|最后|此外)?，?[还既更都就也]?(?:{YAO}|必须))"
)
_EVERYBODY = re.compile(rf"(?:全[市区县镇省校院]|各[级部单地乡镇街有相责牵参]|相关)[^，。]{{0,24}}?(?:{YAO}|必须)")
_TIME = re.compile(r"(?:\d+月)?\d+日(?:上午|下午|晚上?|中午|凌晨|清晨|一早)?，|[当次同][日天](?:上午|下午|晚上?)?，?")
_SETTING = re.compile(r"[在随临从沿]|\d")
_WRITTEN = re.compile(r"写着|写有|题词|刻着|印着|挂着|贴着|写下|横幅|标语|主题|题为|名为")
_DECIDES = re.compile("(?:随后|当即|于是|也)?(?:同意|批准|决定|召开|举行|印发|发布|任命|撤销|成立|组织召开)(?:了)?")
_FINAL = "。！？…"
_CLAUSE = re.compile(r"[^，。；：！？]+")
_STRONG = "(?:坚决|坚定|必须|一律|切实|全面)*"
_CLOSING = "(?:了[^，。]{0,10})?[。！]?$"


def statements(scene: Scene, events: Sequence[Event]) -> Iterator[Statement]:
    """Yield what the story says that somebody said, one Statement a sentence, in reading order.

    The sentences after a lead-in stay with its speaker until the paragraph ends or the narrative resumes; a new
    paragraph continues only with 要… and no new speaker.
    """
    text = plain(scene.text)
    carried: _Voice | None = None
    for paragraph in scene.paragraphs:
        if scene.is_credit(paragraph.start):
            continue
        voice = carried if carried and _continues_paragraph(text, paragraph.start) else None
        reader = _Paragraph(scene, text, paragraph, voice)
        for speaker, verb, span in reader.spans():
            yield _statement(scene, text, events, speaker, verb, span)
        carried = reader.voice


def _continues_paragraph(text: str, start: int) -> bool:
    while start < len(text) and text[start] in _BULLETS:
        start += 1
    return _LIST.match(text, start) is not None or _EVERYBODY.match(text, start) is not None


class _Paragraph:
    """One pass over a paragraph; ``voice`` is who speaks at its end."""

    def __init__(self, scene: Scene, text: str, paragraph: Span, voice: _Voice | None) -> None:
        self._scene = scene
        self._text = text
        self._end = paragraph.end
        self._quotes = Quotes(text, paragraph.start, paragraph.end)
        first = bisect_left(scene.sentences, paragraph.start, key=lambda sentence: sentence.span.start)
        last = bisect_left(scene.sentences, paragraph.end, key=lambda sentence: sentence.span.start)
        self._sentences = [sentence.span for sentence in scene.sentences[first:last]]
        self.voice = voice
        self._spoke_of = False
        self._waiting: list[Span] = []
        self._led: tuple[int, int] | None = None

    def spans(self) -> Iterator[tuple[Mention, str, Span]]:
        """Yield speaker, verb and stretch of each sentence that somebody speaks."""
        for sentence in self._sentences:
            start, end = self._skip(sentence.start, sentence.end), sentence.end
            if start < end and self._led is not None and start < self._led[1]:
                yield from self._said(start, min(end, self._led[1]))
                if self._led[1] < end:
                    self._close()
                continue
            self._led = None
            start = yield from self._fronting(start, end)
            if start < end:
                yield from self._sentence(start, end)

    def _fronting(self, start: int, end: int) -> Generator[tuple[Mention, str, Span], None, int]:
        """Keep a quotation that stands before its tag; return where the rest of the sentence begins."""
        fronted = self._fronted(start) if start < end else None
        if fronted is None:
            return start
        self._waiting.append(Span(start, min(end, fronted[1] + 1)))
        if fronted[1] >= end:
            return end
        start = self._skip(fronted[1] + 1, end)
        if start >= end and not self._tag_follows(fronted[1] + 1):
            yield from self._release()
            self._close()
        return start

    def _sentence(self, start: int, end: int) -> Iterator[tuple[Mention, str, Span]]:
        goes_on = self._goes_on(start, end)
        found = list(self._leads(start, end, is_running=goes_on))
        if self._waiting:
            if found and found[0].start <= start:
                self._take(found[0])
            elif not found and (witness := self._witness(start, end)) is not None:
                self.voice = _Voice(witness, SAYS)
            yield from self._release()
            if not found:
                self._close()
        announced = None if found else self._announced(start, end)
        if found:
            yield from self._led_in(found, start, end)
        elif announced is not None:
            self.voice = _Voice(announced[0], SAYS)
            yield from self._quoted(announced[1], end)
        elif goes_on and self.voice is not None:
            yield from self._said(start, end)
        else:
            self.voice = None

    def _led_in(self, found: Sequence[Lead], start: int, end: int) -> Iterator[tuple[Mention, str, Span]]:
        if found[0].is_elided and found[0].speaker is None and self.voice and start < found[0].start:
            yield from self._said(start, found[0].start)
        for lead, following in zip(found, [*found[1:], None], strict=True):
            self._take(lead)
            until = following.start if following else end
            if lead.form == "tag" or lead.content >= until:
                if following is None:
                    self._close()
                continue
            marks = self._quotes.around(lead.content) if self._text[lead.content] == "“" else None
            if following is None and marks is not None and self._text[marks[1] - 1] in _FINAL:
                yield from self._quoted(marks, end)
            else:
                yield from self._said(lead.content, until)

    def _quoted(self, marks: tuple[int, int], end: int) -> Iterator[tuple[Mention, str, Span]]:
        """Yield the first sentence of direct speech; what goes on after ``end`` is kept for the next sentences."""
        yield from self._said(marks[0], end)
        if marks[1] >= end:
            self._led = marks
        else:
            self._close()

    def _release(self) -> Iterator[tuple[Mention, str, Span]]:
        for span in self._waiting:
            yield from self._said(span.start, span.end)
        self._waiting = []

    def _leads(self, start: int, end: int, *, is_running: bool = False) -> Iterator[Lead]:
        return leads(self._scene, self._text, start, end, self._quotes, is_running=is_running)

    def _skip(self, start: int, end: int) -> int:
        while start < end and self._text[start] in _BULLETS:
            start += 1
        return start

    def _fronted(self, start: int) -> tuple[int, int] | None:
        """Return the marks of a quotation that stands before its tag, around or at ``start``."""
        marks = self._quotes.around(start)
        if marks is None or marks[1] == start:
            return None
        text = self._text
        closed = text[marks[1] - 1]
        if closed in _FINAL:
            return marks
        if marks[0] != start:
            return None
        after = self._sentence_end(marks[1])
        tag = self._skip(marks[1] + 1, after)
        found = next(self._leads(tag, after), None) if tag < after else None
        is_tag = found is not None and found.start <= tag and found.speaker is not None and found.form != "clause"
        return marks if is_tag else None

    def _witness(self, start: int, end: int) -> Mention | None:
        """“太方便了！”居民王五竖起大拇指。 — the person who acts right after a quotation without a verb of speech."""
        clause = _CLAUSE.match(self._text, start, end)
        person = next(self._scene.within(Span(*clause.span()), "Person"), None) if clause else None
        if clause is None or person is None or not acts(self._scene, self._text, clause.start(), *_ends(person.span)):
            return None
        return person

    def _announced(self, start: int, end: int) -> tuple[Mention, tuple[int, int]] | None:
        """王五笑得合不拢嘴：“太方便了！” — the person, and the marks of the quotation after the colon."""
        colon = self._text.find("：“", start, end)
        marks = self._quotes.around(colon + 1) if colon > start else None
        if marks is None or self._text[marks[1] - 1] not in _FINAL or _WRITTEN.search(self._text, start, colon):
            return None
        people = [person for person, present in actors(self._scene, self._text, start, colon) if not present]
        return (people[-1], marks) if people else None

    def _sentence_end(self, position: int) -> int:
        return next((s.end for s in self._sentences if s.start <= position < s.end), self._end)

    def _tag_follows(self, position: int) -> bool:
        position = self._skip(position, self._end)
        if position >= self._end or self._text[position] == "“":
            return False
        end = self._sentence_end(position)
        found = next(self._leads(position, end), None)
        return (found is not None and found.start <= position) or (found is None and self._witness(position, end) is not None)

    def _take(self, lead: Lead) -> None:
        if lead.speaker is not None:
            is_once = is_of(self._text[lead.verb.start : lead.verb.end], "speech/once")
            is_once = is_once or (lead.speaker.kind == "Meeting" and len(lead.speaker.text) > _BARE)  # a plenum is quoted, it is not reported
            is_cited = lead.speaker.kind == "Person" and self._text.startswith("总书记", lead.speaker.span.end)
            self.voice = _Voice(lead.speaker, lead.verb.of(self._scene.text), is_once, is_closed=is_cited)
        elif lead.is_elided:
            self.voice = replace(self.voice, verb=lead.verb.of(self._scene.text), is_closed=False) if self.voice else None
        else:
            self.voice = None

    def _close(self) -> None:
        if self.voice is not None:
            self.voice = replace(self.voice, is_closed=True)

    def _goes_on(self, start: int, end: int) -> bool:
        """Tell whether a sentence without a lead-in is still the voice's, not the reporter's."""
        voice, text = self.voice, self._text
        if voice is None or voice.is_once:
            return False
        if text[start] == "“" and voice.is_closed:
            return self._quotes.around(start) is not None
        clause = _CLAUSE.match(text, start, end)
        if voice.is_closed and not _LIST.match(text, start) and not (clause and is_task(clause.group())):
            return False
        if one_of("resume").match(text, start) or _TIME.match(text, start):
            return False
        if one_of("roster", after=_CLOSING).search(text, start, end) or one_of("account", after=_CLOSING).search(text, start, end):
            return False
        return not self._names_somebody(start, end) and not self._a_body_acts(start, end)

    def _a_body_acts(self, start: int, end: int) -> bool:
        """Tell whether a body decides or does something at the beginning of the sentence (党中央同意…), with nothing demanded of it."""
        body = self._scene.starting(start, "Organization")
        if body is None or self.voice is None or body.name == self.voice.speaker.name or demands().search(self._text[start:end]):
            return False
        return _DECIDES.match(self._text, body.span.end) is not None

    def _names_somebody(self, start: int, end: int) -> bool:
        """Tell whether a person acts at the beginning of the sentence, which the voice itself would hardly say."""
        text = self._text
        clause = _CLAUSE.match(text, start, end)
        for _ in range(2):
            if clause is None:
                return False
            if PRONOUN.match(text, clause.start(), clause.end()):
                return not self._spoke_of
            for person in self._scene.within(Span(*clause.span()), "Person"):
                if one_of("honour").match(text, person.span.end):
                    return False
                return acts(self._scene, text, clause.start(), *_ends(person.span)) or self._is_speaker(person)
            if _SETTING.match(text, clause.start()) is None:
                return False
            clause = _CLAUSE.match(text, clause.end() + 1, end) if clause.end() + 1 < end else None
        return False

    def _is_speaker(self, person: Mention) -> bool:
        return self.voice is not None and person.name == self.voice.speaker.name

    def _said(self, start: int, end: int) -> Iterator[tuple[Mention, str, Span]]:
        span = self._trim(start, end)
        if self.voice is not None and span is not None:
            people = self._scene.within(span, "Person")
            self._spoke_of = any(not self._is_speaker(person) and PRONOUN.fullmatch(person.text) is None for person in people) or (
                self._spoke_of and PRONOUN.match(self._text, span.start) is not None
            )
            yield self.voice.speaker, self.voice.verb, span

    def _trim(self, start: int, end: int) -> Span | None:
        """Return the stretch without the quotation marks around it and without loose commas."""
        text = self._text
        changed = True
        while changed and start < end:
            changed = False
            if text[start] in _BULLETS + "：；":
                start, changed = start + 1, True
            elif text[end - 1] in " 　，；：":
                end, changed = end - 1, True
            elif text[start] == "“":
                marks = self._quotes.around(start)
                if marks is None or marks[1] >= end - 1:
                    start, changed = start + 1, True
                elif marks[1] == end - 2 and text[end - 1] in "。！？":
                    start, end, changed = start + 1, marks[1], True
            elif text[end - 1] == "”" and ((marks := self._quotes.around(end - 1)) is None or marks[0] < start):
                end, changed = end - 1, True
        if sum("一" <= character <= "鿿" for character in text[start:end]) < 3:
            return None
        return Span(start, end)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _statement(scene: Scene, text: str, events: Sequence[Event], speaker: Mention, verb: str, span: Span) -> Statement:
    modality = _modality(text[span.start : span.end], verb=plain(verb))
    polarity = _polarity(text[span.start : span.end])
    if speaker.kind == "Meeting":
        at = _meeting(events, speaker)
        who = at or speaker
    else:
        at = _occasion(events, speaker, span)
        who = speaker
    return Statement(
        speaker=who,
        verb=verb,
        text=span.of(scene.text),
        span=span,
        evidence=Evidence(scene.article.id, span, "statements/" + ("meeting" if speaker.kind == "Meeting" else "speaker"), speaker.confidence),
        modality=modality,
        tasks=tuple(tasks(scene, span)) if modality == "demand" and polarity == "positive" else (),
        polarity=polarity,
        concerns=tuple(mention for mention in scene.within(span) if mention.kind in _ABOUT),
        at=at,
    )


def _modality(words: str, *, verb: str) -> Modality:
    """Tell a demand (要…, or what is 要求d, or 优化… at its beginning) from a plan (将…) and a report."""
    if is_of(verb, "speech/demand") or demands().search(words) or (relation(verb) != "kg:said" and is_task(words)):
        return "demand"
    return "plan" if one_of("plan", after="(?![军领来近])").search(words) else "report"


def _polarity(words: str) -> Polarity:
    """Tell whether the first thing demanded (or done) is demanded not to be: 不得…, 绝不…, 坚决反对…"""
    found = demands().search(words)
    first = re.split("[，；。]", words[found.start() :], maxsplit=1)[0] if found else re.split("[，；。]", words, maxsplit=1)[0]
    first = re.sub(r"^(?:要|必须|应当|应|须)", "", first)
    return "negative" if one_of("negation", before=_STRONG).match(first) or (not found and re.search("坚决反对|绝不|决不", first)) else "positive"


def _meeting(events: Sequence[Event], words: Mention) -> Mention | None:
    """Return the anchor of the meeting that the words mean: the last named before, one that is so called if possible."""
    meetings = [event for event in events if event.kind == "Meeting" and event.status == "happened"]
    called = [event for event in meetings if any(name.endswith(words.text) for name in event.names)] if words.text != "会议" else []
    known = called or meetings
    before = [event for event in known if event.anchor.span.start <= words.span.start]
    chosen = max(before, key=lambda event: event.anchor.span.start, default=known[0] if known else None)
    return chosen.anchor if chosen else None


def _occasion(events: Sequence[Event], speaker: Mention, span: Span) -> Mention | None:
    """Return the anchor of the event at which it was said: the last one before that the speaker had a part in."""
    happened = [event for event in events if event.status == "happened" and event.kind not in ("Release", "Appointment")]
    part = [event for event in happened if any(mention.name == speaker.name for _, mention in event.roles)]
    for known in (part, happened):
        before = [event for event in known if event.anchor.span.start <= span.start]
        if before:
            return max(before, key=lambda event: event.anchor.span.start).anchor
    return None


__all__ = ["statements"]
