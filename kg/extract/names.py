"""Shapes of personal names: characters go in, how long a name they can begin comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import words

DOTS = "·•・‧∙⋅"
_DOT = re.compile(f"[{DOTS}]")
_DOTTED = re.compile(rf"[一-鿿]{{1,10}}(?:[{DOTS}][一-鿿]{{1,10}}){{1,5}}")
_HAN = re.compile(r"[一-鿿〇㐀-䶿\U00020000-\U0003134f]")
_NEVER_INSIDE = frozenset("的了在是着得地们这那哪什么怎吗吧呢啊你我他她它您啥谁就都也还又很更最把被让给跟与或则却并且而及其等各每某")


_MIDDLE = frozenset("得在")  # 牛得草, 龙在田: inside a name, never at its end


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Return the single and the compound surnames."""
    every = words("surnames")
    return frozenset(word for word in every if len(word) == 1), frozenset(word for word in every if len(word) == 2)


@cache
def transcription() -> frozenset[str]:
    """Return the characters that transcribe foreign names."""
    return frozenset("".join(words("transliteration")))


def occurrences(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands in a text, left to right, without overlap."""
    position = text.find(word)
    while position >= 0:
        yield position
        position = text.find(word, position + len(word))


def surname_length(text: str, position: int) -> int:
    """Return 2 for a compound surname at ``position``, 1 for a single one, 0 for none."""
    single, compound = surnames()
    if text[position : position + 2] in compound:
        return 2
    return 1 if text[position : position + 1] in single else 0


def chinese_lengths(text: str, position: int) -> Iterator[int]:
    """Yield the lengths, longest first, of the Chinese names that could begin at ``position``."""
    surname = surname_length(text, position)
    if not surname:
        return
    lengths: tuple[int, ...] = (4, 3) if surname == 2 else (3, 2)
    if surname == 2 and text[position] in surnames()[0]:
        lengths = (4, 3, 2)
    for length in lengths:
        name = text[position : position + length]
        if len(name) == length and all(map(_HAN.match, name)) and not _is_broken(name):
            yield length


def _is_broken(name: str) -> bool:
    """Tell whether a word of grammar stands where a name has none; 得 and 在 may stand in the middle (牛得草, 龙在田)."""
    given = name[1:]
    return bool(_NEVER_INSIDE & set(given[-1])) or bool((_NEVER_INSIDE - _MIDDLE) & set(given))


def is_chinese_shape(name: str) -> bool:
    """Tell whether a word has the shape of a Chinese name: a surname and one or two characters."""
    surname = surname_length(name, 0)
    if surname == 2 and len(name) in (3, 4):
        return True
    return name[:1] in surnames()[0] and len(name) in (2, 3)


def is_transcribed(name: str) -> bool:
    """Tell whether every character of a word transcribes sound (马丁内斯)."""
    return len(name) >= 2 and all(character in transcription() for character in name)


def dotted_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where dotted names may stand."""
    for found in _DOTTED.finditer(text) if _DOT.search(text) else ():
        yield found.span()


def fold_dots(name: str) -> str:
    """Return the name with every dot and hyphen written alike, so that spellings of one name are one."""
    return re.sub("[－—–]", "-", re.sub(rf"[{DOTS}]", "·", name))
