"""The wording of reported speech: a story's text goes in, its plain form and the lexicon's word classes come out."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.lexicon import either, rows, surfaces, words

_PUNCTUATION = dict(zip(",:;?!()「」『』", "，：；？！（）“”‘’", strict=True))


@cache
def _folding() -> dict[int, str]:
    pairs = {line[0]: line[1] for line in sorted(words("variants"))}
    return str.maketrans({**pairs, **_PUNCTUATION})


@lru_cache(maxsize=4)
def plain(text: str) -> str:
    """Return the text with simplified grammar words and Chinese punctuation; every character keeps its position.

    >>> plain("他說,「要學習」")
    '他说，“要学习”'
    """
    return text.translate(_folding())


@cache
def is_of(word: str, kind: str) -> bool:
    """Tell whether a word belongs to a class of the table ``discourse``."""
    return word in surfaces("discourse", kind)


@cache
def alternatives(kind: str) -> str:
    """Return the words of a class of ``discourse`` as a regular expression, longest first."""
    return either(surfaces("discourse", kind))


@cache
def relation(verb: str) -> str:
    """Return the relation of a verb of speech (kg:emphasized …), ``kg:said`` for a word that the table does not have."""
    return next((row.relation for row in rows("speech") if row.surface == verb), "kg:said")


@cache
def one_of(kind: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return the pattern of the words of a class of ``discourse``, with what may stand before and after them."""
    return re.compile(f"{before}(?:{alternatives(kind)}){after}")


@cache
def verbs() -> re.Pattern[str]:
    """Return the pattern that finds a verb of speech in plain text.

    说 is no verb of speech in 小说, 据说 or 说明, nor 称 in 名称: the neighbours decide.
    """
    said = {plain(word) for word in surfaces("speech")}
    listed = either(said)
    guards = (
        r"(?<![小传听据学再来解虽游述话胡劝俗常言])(?=说)",
        r"(?<![名职简统别对宣声号著堪俗人合自])(?=称)",
        r"(?<![证说阐申声指])(?=明确)",
        r"(?![说称明])",
    )
    return re.compile(f"(?:{'|'.join(guards)})(?:{listed})")


YAO = r"(?<![重主需必只纪摘紧机扼概首次险政提])要(?!点(?![燃亮])|领(?![会导跑先])|[求素闻件是塞害员事案略义旨务职津道地])"
"""要 as a verb (must), not as a part of 重要, 要求, 要素 …"""

_GUARDED = {
    "要": YAO,
    "应": r"(?<![对响相适反供效呼顺因])应(?![用对急邀约有付运变答])",
    "须": r"(?<![必无])须(?!知)",
    "需": r"(?<![必急供刚所特军内])需(?!求|要求)",
    "请": r"(?<![邀申聘宴])请(?![求示假教愿柬])",
}


@cache
def demands() -> re.Pattern[str]:
    """Return the pattern of the words that turn a clause into a demand."""
    return re.compile("|".join(_GUARDED.get(word, re.escape(word)) for word in surfaces("discourse", "demand")))
