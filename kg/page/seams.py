"""Tell whether a short line goes on in the next: a column broke there, or it is a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.lexicon import either, surfaces, words
from kg.page.rows import Row, is_closed, is_item, is_lead, kind, opens_with_adverb, opens_with_day

_HAN = "[㐀-鿿]"
_DANGLES = re.compile(r"(?:[，,、；;“‘《（(「『的和与與及在为為对對向将將把被从從以于於了至]|[“「《（(][^”」》）)]{0,40})\Z")
_DIGITS_GO_ON = re.compile(r"[\d.%％年月日号时万亿千百个名余多户人家项件所处]")
_OCCASION = re.compile(r"(?:工作|推进|座谈|动员|部署|专题|调度|现场|调研|代表|党组|常委)\Z")
_WINDOW = 20_000  # characters on either side of a seam in which its words are looked for


@cache
def _speech() -> str:
    return either(surfaces("speech"))


@cache
def _startless() -> re.Pattern[str]:
    """What no paragraph begins with: marks, 的, 并讲话, a single letter with a comma or a verb of speech behind it."""
    return re.compile(
        r"[，、；：。！？”’」』）》,;!?)们]|的(?![确確])|了(?![解却不如无然望])"
        r"|并(?:讲|講|作|将|將|对|對|就|向|为|為|在|与|與|通|提|宣|致|参|參|主|代|给|要|深|听)"
        rf"|(?![一二三四五六七八九十他她它我你您并但而又也是对]){_HAN}(?:[，。、；：,;”’」』）！？]|(?:{_speech()})[，,：:])"
    )


@cache
def _begun() -> re.Pattern[str]:
    begins = rf"{either(words('page-beginnings'))}|[^，,]{{1,6}}(?:{either(words('page-openings'))})[，,]|\d{{1,4}}[年月日]"
    return re.compile(rf"{begins}|.*(?:{either(words('page-tellers'))}|[·•])")


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(rf"(?:{_speech()}|一行)(?=[，,：:。先来實实走到在])")


def breaks_off(line: str, following: str) -> bool:
    """Tell whether the seam between two lines runs through a sentence beyond doubt.

    >>> breaks_off("扛牢上游责", "任。要长期抓"), breaks_off("聚焦主责主业", "今年以来，……。")
    (True, False)
    """
    if is_closed(line) or is_item(following) or is_lead(following):
        return False
    return bool(_DANGLES.search(line) or _startless().match(following) or (line[-1].isdigit() and _DIGITS_GO_ON.match(following)))


def sounds_begun(line: str, following: str) -> bool:
    """Tell whether a short line sounds like the first words of a paragraph rather than a heading.

    >>> sounds_begun("区长甲一先后来到", "东明街道等处。"), sounds_begun("强担当，善作为", "甲区把作风建设摆在首位。")
    (True, False)
    """
    if is_closed(line) or is_item(line) or is_item(following) or is_lead(following) or opens_with_day(following):
        return False
    if _begun().match(line) or kind(line) == "leaning":
        return True
    # a heading in two halves has them of one length
    halves = list(map(len, re.split("[，,、]", line)))
    return len(halves) > 1 and max(halves) - min(halves) > (1 if "、" in line else 0)


class Seams:
    """The seams between the rows of a page; what the rest of the page says helps to judge them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._starts: list[int] = []
        self._text = ""
        self._speakers: set[str] | None = None

    def breaks_off(self, index: int) -> bool:
        """Tell whether the seam after a short row surely runs through a sentence."""
        row, following = self._around(index)
        if following is None:
            return False
        if breaks_off(row.text, following.text) or opens_with_adverb(row.text):
            return True
        return following.kind != "lead" and not is_closed(row.text) and not is_item(row.text) and self._is_word(index, row.text, following.text)

    def goes_on(self, index: int) -> bool:
        """Tell whether a short row is the first part of a paragraph that goes on in the next row."""
        row, following = self._around(index)
        if following is None:
            return False
        if self.breaks_off(index) or sounds_begun(row.text, following.text):
            return True
        return following.kind != "lead" and not is_closed(row.text) and self._is_speaker(row.text)

    def _around(self, index: int) -> tuple[Row, Row | None]:
        following = self._rows[index + 1] if index + 1 < len(self._rows) else None
        return self._rows[index], following if following is not None and following.pieces else None

    def _is_speaker(self, line: str) -> bool:
        """Tell whether a line begins with somebody who speaks elsewhere on the page."""
        if self._speakers is None:
            self._speakers = {
                row.text[found.start() - length : found.start()]
                for row in self._rows
                for found in _speaks().finditer(row.text)
                for length in (2, 3, 4)
                if found.start() >= length
            }
        return any(line[:length] in self._speakers for length in (2, 3, 4))

    def _is_word(self, index: int, line: str, following: str) -> bool:
        """Tell whether the words on both sides of a seam stand together elsewhere on the page: 现场考 ⏎ 察团一行."""
        if following[0] in "会會" and _OCCASION.search(line):
            return False  # 推进工作 ⏎ 会议强调: 工作会议 is a word, but a paragraph begins with 会议 more often
        if not self._starts:
            length = 0
            for row in self._rows:
                self._starts.append(length)
                length += len(row.text) + 1
            self._text = "\n".join(row.text for row in self._rows)
        start = self._starts[index]
        low, high = max(0, start - _WINDOW), start + _WINDOW
        crossing = (line[-2:] + following[0], line[-1] + following[:2])
        return any(len(seam) == 3 and seam.isalpha() and self._text.find(seam, low, high) >= 0 for seam in crossing)
