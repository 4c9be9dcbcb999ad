"""Find who says something: a stretch of a sentence goes in, the lead-ins of its reported speech come out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.extract.pronouns import DEIXIS, PRONOUN, actors, acts, antecedent
from kg.extract.scene import Scene
from kg.extract.wording import YAO, alternatives, is_of, one_of, plain, verbs
from kg.model import Mention, Span

Form = Literal["comma", "clause", "tag"]
"""How the speech follows its verb: 强调，… · 强调要… · “…”张三说。"""


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead-in: it runs from ``start`` to ``content``, where the speech begins. No speaker: somebody without a name."""

    start: int
    verb: Span
    content: int
    form: Form
    speaker: Mention | None
    is_elided: bool = False


_BREAK = re.compile(r"[，；：。！？\n]")
_NOT_CLAUSE = re.compile(r"[了过着的、和与等及书]|进行|下|工程|小学|之|情况|中的|，")
_INTENT = "(?:严格|认真|要|坚决|全面|逐项|逐一|抓好|做好|切实|紧扣|聚焦)*"
_PASSIVE = re.compile(r"(?:并|随后|会前|会后)*(?:受|应|由|对|向|与|同|给|为|经|以|把|将|会见|陪同)")
_COMPANY = re.compile(r"(?:等|一行|同志|先生|女士|教授|院士|、|和|与|及|以及|总书记|主席)")
_REST = "(?P<gap>[^，。]*)$"
_PARENTHESIS = re.compile(r"（[^）]*）")
_PARTY = re.compile(r"(?:总书记|党的|党中央)")
_COUNTED = re.compile(r"(?:了|以下|如下)?[一二两三四五六七八九十\d]*(?:个?方面|点|项|条)?(?:具体|明确|工作|新)?(?:要求|建议|意见|主张|倡议|希望|看法)[：。]")
_HEARER = re.compile(rf"[^，。：；“”要]{{1,12}}(?:[：，](?=“)|，(?={YAO}|[一二]要|必须|务必|不能|不要)|：)")
_SAYING = ("说", "道", "称")
_WINDOW = 400
"""Characters before a verb among which its speaker is looked for."""
_TITLE = re.compile(r"《([^》]{2,60})》")
_STRETCH = re.compile(r"[^，。；：“”！？]+")
_SHORTEST_CLAUSE = 7
"""Fewer characters after 表示 are rather a gesture than a statement."""
_SOMEBODY_MUST = re.compile(rf"[^，。；：“”的了]{{1,16}}?(?:{YAO}|必须|应当)")


@cache
def _adverbial() -> re.Pattern[str]:
    longer = (
        r"(?:在|于)[^，。]{1,40}?(?:中|时|上|后|期间|现场|处|里|会|间)",
        r"\d+月?",
        r"[对就为]此",
        r"代表(?!团)[^，。]{1,20}?(?=在|$)",
        r"接受[^，。]{1,20}采访时",
        r"[一边]边[^，。]{1,12}",
        r"[^的，。会]{1,8}地",
        r"作[^，。]{2,16}时",
        r"主持[^，。]{1,20}(?:时|并)",
    )
    return re.compile(f"(?:{alternatives('adverb')}|{'|'.join(longer)})*")


class Quotes:
    """The stretches of a paragraph that stand in quotation marks; ``opens`` and ``closes`` are the marks' positions."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.spans: list[tuple[int, int]] = []
        stack: list[int] = []
        for found in re.finditer("[“”]", text[start:end]):
            here = start + found.start()
            if found.group() == "“":
                stack.append(here)
            elif stack:
                opened = stack.pop()
                if not stack:
                    self.spans.append((opened, here))
        self._opens = [opened for opened, _ in self.spans]

    def around(self, position: int) -> tuple[int, int] | None:
        """Return the marks around a position (the marks themselves included), or None outside."""
        index = bisect_right(self._opens, position) - 1
        if index >= 0 and position <= self.spans[index][1]:
            return self.spans[index]
        return None

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the marks of the quotations that open from ``start`` to ``end``."""
        return self.spans[bisect_left(self._opens, start) : bisect_left(self._opens, end)]


def leads(scene: Scene, text: str, start: int, end: int, quotes: Quotes, *, is_running: bool) -> Iterator[Lead]:
    """Yield the lead-ins from ``start`` to ``end`` (a sentence or the rest of one), in order.

    ``text`` is the plain text; ``is_running`` tells that somebody else is speaking already, so that 党的二十大提出…
    is part of what they say.
    """
    told = False
    floor = start
    for found in verbs().finditer(text, start, end):
        if found.start() < floor or quotes.around(found.start()) is not None:
            continue
        lead = _lead(scene, text, start, end, found.span(), quotes, told=told, is_running=is_running)
        if lead is not None:
            told = True
            floor = lead.content
            yield lead


def _lead(
    scene: Scene, text: str, start: int, end: int, verb: tuple[int, int], quotes: Quotes, *, told: bool, is_running: bool
) -> Lead | None:
    first, last = verb
    word = text[first:last]
    noun = is_of(word, "speech/noun")
    form: Form
    spoken = last + 1 if text[last : last + 1] in _SAYING and text[last + 1 : last + 2] in "，：“" else last
    content = spoken
    after = text[spoken] if spoken < end else "。"
    if after in "，：" or (after == "“" and _is_sentence_quote(text, spoken, quotes)):
        form = "comma"
        content = spoken if after == "“" else spoken + 1
        while content < end and text[content] in " 　":
            content += 1
    elif counted := _COUNTED.match(text, last, end):
        # 提出三点要求：一是… — the demands follow, in this sentence or in the next.
        form = "comma"
        noun = False
        content = counted.end()
    elif after in "。！？":
        form = "tag"
    elif is_of(word, "speech/clause") and (hearer := _HEARER.match(text, last, end)):
        # 叮嘱大家：“…”, 叮嘱大家，要…
        form = "clause"
        content = hearer.end()
    elif _is_modal(text, last) or _takes_clause(text, word, last, end):
        form = "clause"
    else:
        return None
    begin = _clause(text, start, first, quotes)
    if form == "tag" and noun and text[begin - 1] != "”":
        return None
    speaker = _speaker(scene, text, begin, first, noun=noun, form=form, is_running=is_running or told)
    if speaker == "none":
        return None
    if speaker == "elided":
        if form == "tag" or (form == "clause" and (told or is_running)) or (told and after not in "，：") or is_of(word, "speech/once"):
            return None
        if told and noun and text[begin - 1] not in "；，。":
            return None
        named = None if told else subject(scene, text, start, begin)
        if named is None and not told and not (is_running and form == "comma"):
            return None
        return Lead(begin, Span(first, last), content, form, named, is_elided=True)
    if speaker == "unnamed":
        if form == "clause" or (told and text[begin - 1] not in "；。”") or (told and form != "comma"):
            return None
        return Lead(begin, Span(first, last), content, form, None)
    assert isinstance(speaker, Mention)
    if (told or is_running) and _is_inner(text, begin, first, speaker):
        return None
    if told and text[begin - 1] == "，":
        return None
    return Lead(begin, Span(first, last), content, form, speaker)


def _is_modal(text: str, position: int) -> bool:
    """Tell whether 要, 将, 愿 … stand here, or 各部门要 …; 要求 and 将军 do not count."""
    return one_of("modal", after="(?![求军])").match(text, position) is not None or re.compile("各[级部单地乡镇]").match(text, position) is not None


def _takes_clause(text: str, word: str, position: int, end: int) -> bool:
    """Tell whether what is said follows without a comma: 希望各位…, 强调各单位要…, 表示双方合作前景广阔."""
    if _NOT_CLAUSE.match(text, position):
        return False
    if is_of(word, "speech/clause"):
        return True
    if _SOMEBODY_MUST.match(text, position, end):
        return True
    rest = _STRETCH.match(text, position, end)
    if not is_of(word, "speech/that") or rest is None or len(rest.group()) < _SHORTEST_CLAUSE:
        return False
    return one_of("gesture").match(text, position) is None and one_of("gesture", after="$").search(rest.group()) is None


def _is_inner(text: str, begin: int, verb: int, speaker: Mention) -> bool:
    """Tell whether the words are rather quoted by who is speaking: 习近平总书记指出, 党的二十大强调."""
    if one_of("honour").match(text, speaker.span.end) is not None:
        return True
    return _PARTY.match(text, begin, verb) is not None


def _is_sentence_quote(text: str, opened: int, quotes: Quotes) -> bool:
    marks = quotes.around(opened)
    return marks is not None and text[marks[1] - 1] in "。！？…"


def _clause(text: str, start: int, verb: int, quotes: Quotes) -> int:
    """Return where the clause begins in which the verb stands: after the last mark outside quotation marks."""
    begin = start = max(start, verb - _WINDOW)
    for mark in _BREAK.finditer(text, start, verb):
        marks = quotes.around(mark.start())
        if marks is None and not _in_parenthesis(text, start, mark.start()):
            begin = mark.end()
    for opened, closed in quotes.between(begin, verb):
        if begin <= opened and closed < verb and (text[closed - 1] in "。！？…，" or opened == start):
            begin = closed + 1
    while begin < verb and text[begin] in " 　":
        begin += 1
    return begin


def _in_parenthesis(text: str, start: int, position: int) -> bool:
    return text.rfind("（", start, position) > text.rfind("）", start, position)


def _speaker(scene: Scene, text: str, begin: int, verb: int, *, noun: bool, form: Form, is_running: bool) -> Mention | Literal["none", "elided", "unnamed"]:
    if begin >= verb:
        return "elided"
    words = text[begin:verb]
    if words.startswith("据"):
        begin += 1
        words = words[1:]
        if not words:
            return "unnamed"
    if words.startswith("我") and is_running:
        return "none"
    if one_of("basis", before=_INTENT).match(words):
        return "none"
    strict = noun or form == "clause"
    named = _person(scene, text, begin, verb)
    if named is None and _is_adverbial(words) and (words[0] in "在代" or next(scene.within(Span(begin, verb), "Organization"), None) is None):
        return "elided"
    if named is not None:
        mention, gap = named
        if gap.startswith(("的", "家属", "母亲", "父亲", "妻子")) and not re.match("的?(?:话|名字)", gap):
            return "unnamed" if not strict else "none"
        if strict and not _is_adverbial(gap):
            return "none"
        return mention
    meeting = None
    for found in one_of("meeting").finditer(text, begin, verb):
        meeting = found
    if meeting is not None and scene.ending(meeting.end(), "Organization", "Document") is None:
        if _is_adverbial(text[meeting.end() : verb]) or (not strict and text[meeting.end()] == "在"):
            return scene.mention("Meeting", _meeting_start(text, begin, meeting), meeting.end(), "statements/meeting")
        if text[meeting.end() : verb] in ("上", "上还"):
            return "elided"
    body = _body(scene, text, begin, verb, strict=strict)
    if body is not None:
        return body
    title = _TITLE.match(text, begin, verb)
    if title is not None and _is_adverbial(text[title.end() : verb]):
        return _issuer(scene, title.group(1), begin) or "unnamed"
    author = _author(scene, text, begin, verb)
    if author is not None:
        return author
    unnamed = one_of("unnamed", after=_REST).search(words)
    if unnamed and (not strict or _is_adverbial(unnamed.group("gap"))):
        return "unnamed"
    if strict or not _could_be_somebody(words):
        return "none"
    return "unnamed"


def _author(scene: Scene, text: str, begin: int, verb: int) -> Mention | None:
    """文章强调, 贺信指出, 总书记指出 — the person whose article or letter the story has named before."""
    script = one_of("script").match(text, begin, verb)
    if script is None or not _is_adverbial(text[script.end() : verb]):
        return None
    if script.group() == "总书记":
        person = next((m for m in scene.mentions if m.kind == "Person" and text.startswith("总书记", m.span.end)), None)
    else:
        place = text.find(script.group())
        sentence = scene.sentence(place)
        assert sentence is not None
        before = list(scene.within(Span(sentence.span.start, max(place, sentence.span.start + 1)), "Person"))
        person = before[0] if before and "评论员" not in sentence.text and place < begin else None
    if person is None:
        return None
    return scene.mention("Person", *script.span(), "statements/author", name=person.name, confidence=0.6)


def _issuer(scene: Scene, title: str, begin: int) -> Mention | None:
    """《若干措施》提出 — the body (the first of several) that the story says has issued the text, else nobody."""
    text = plain(scene.text)
    for issued in one_of("issue").finditer(text, 0, begin):
        sentence = scene.sentence(issued.start())
        if sentence is None or not scene.in_body(issued.start()) or title not in text[sentence.span.start : sentence.span.end]:
            continue
        if sentence.span.start == issued.start():
            continue
        bodies = list(scene.within(Span(sentence.span.start, issued.start()), "Organization"))
        while len(bodies) > 1 and text[bodies[-2].span.end : bodies[-1].span.start] in ("、", "和"):
            del bodies[-1]
        if bodies:
            return replace(bodies[-1], rule="statements/issuer", confidence=0.6)
    return None


def _could_be_somebody(words: str) -> bool:
    return len(words) <= 30 and not re.match(r"[要把将使让令]", words)


def _is_adverbial(gap: str) -> bool:
    return _adverbial().fullmatch(_PARENTHESIS.sub("", gap)) is not None


def _person(scene: Scene, text: str, begin: int, verb: int) -> tuple[Mention, str] | None:
    """Return the person who acts in the clause, with the words between them and the verb."""
    people = list(scene.within(Span(begin, verb), "Person"))
    he = PRONOUN.search(text, begin, verb)
    if he and not any(m.span.start <= he.start() for m in people):
        meant = antecedent(scene, he.start())
        if meant is None:
            return None
        stands = scene.mention("Person", he.start(), he.end(), "pronouns/antecedent", name=meant.name, confidence=0.8)
        return stands, text[he.end() : verb]
    for index, person in enumerate(people):
        before = text[begin : person.span.start]
        gap = text[person.span.end : verb]
        if _PASSIVE.match(before) or (before.startswith("在") and re.match(r"[^，]{0,3}(?:陪同下|主持下|带领下|看来)", gap)):
            continue
        if gap.startswith("的") and index + 1 < len(people):
            continue
        if PRONOUN.fullmatch(person.text):
            meant = antecedent(scene, person.span.start)
            if meant is not None and meant.name != person.name:
                person = scene.mention("Person", *_ends(person), "pronouns/antecedent", name=meant.name, confidence=0.8)
        for other in people[index + 1 :]:
            between = text[person.span.end : other.span.start] if other.span.start > person.span.end else ""
            if between and _COMPANY.match(between) and "在" not in between and "对" not in between:
                gap = text[other.span.end : verb]
        while True:
            company = _COMPANY.match(gap)
            if company is None:
                break
            gap = gap[company.end() :]
        return person, gap
    return None


def _ends(mention: Mention) -> tuple[int, int]:
    return mention.span.start, mention.span.end


def _body(scene: Scene, text: str, begin: int, verb: int, *, strict: bool) -> Mention | None:
    deixis = DEIXIS.match(text, begin, verb)
    meant = antecedent(scene, begin) if deixis is not None and _is_adverbial(text[deixis.end() : verb]) else None
    if deixis is not None and meant is not None and meant.kind == "Organization":
        return scene.mention("Organization", *deixis.span(), "pronouns/antecedent", name=meant.name, confidence=0.8)
    for body in scene.within(Span(begin, verb), "Organization"):
        before = text[begin : body.span.start]
        gap = text[body.span.end : verb]
        if _PASSIVE.match(before) or before.startswith("在") or gap.startswith(("的", "在京召开")):
            continue
        short = one_of("unnamed", after=_REST).search(gap)
        if _is_adverbial(gap) or (short and _is_adverbial(short.group("gap")) and len(gap) <= 16) or (not strict and len(gap) <= 24 and "、" not in gap):
            return body
    for team in one_of("team").finditer(text, begin, verb):
        if _is_adverbial(text[team.end() : verb]) and scene.is_free(Span(team.start(), team.end())):
            return scene.mention("Organization", team.start(), team.end(), "statements/team", confidence=0.7)
    return None


def subject(scene: Scene, text: str, start: int, end: int) -> Mention | None:
    """Return who acts in the words from ``start`` to ``end``: a person, the meeting, or a body."""
    if start >= end:
        return None
    start = max(start, end - _WINDOW)
    people = [person for person, _ in actors(scene, text, start, end)]
    if people:
        return people[-1]
    he = PRONOUN.search(text, start, end)
    if he and acts(scene, text, start, *he.span()) and (meant := antecedent(scene, he.start())) is not None:
        return scene.mention("Person", *he.span(), "pronouns/antecedent", name=meant.name, confidence=0.8)
    for clause in re.finditer(r"[^，；。：\n]+", text[start:end]):
        begin = start + clause.start()
        meeting = one_of("meeting").match(text, begin)
        if meeting and scene.starting(begin, "Organization") is None:
            return scene.mention("Meeting", _meeting_start(text, begin, meeting), meeting.end(), "statements/meeting")
        body = scene.starting(begin, "Organization")
        if body is not None:
            return body
    return None


_PLENUM = re.compile(
    r"(?:党的|中共|中国共产党)?"
    r"(?:第?[一二三四五六七八九十]+届(?:中央(?:委员会|纪委)?)?(?:第?[一二三四五六七八九十]+[中次])?|党的[一二三四五六七八九十]+)$"
)


def _meeting_start(text: str, begin: int, meeting: re.Match[str]) -> int:
    """Return where the name of a plenum or congress begins that another story held: 党的二十届三中|全会."""
    session = _PLENUM.search(text, begin, meeting.start())
    return session.start() if session else meeting.start()
