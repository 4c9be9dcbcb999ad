"""Tell by which letters names can be found: names go in, the Chinese characters under the first letters of their readings come out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def initials(names: Iterable[str]) -> dict[str, str]:
    """Return for each letter the characters of the names that have a reading in pinyin which begins with it.

    A character with several readings stands under each, since only its word would tell which one is meant (曾 is zeng as a
    family name and ceng elsewhere). Readings: pypinyin, after the Unihan database and 现代汉语词典.

    >>> initials(["曾国强", "A曾"])
    {'c': '曾', 'g': '国', 'j': '强', 'q': '强', 'z': '曾'}
    """
    from pypinyin import Style, pinyin

    found: dict[str, set[str]] = {}
    for character in {character for name in names for character in _CHINESE.findall(name)}:
        for letters in pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]:
            if len(letters) == 1 and "a" <= letters <= "z":
                found.setdefault(letters, set()).add(character)
    return {letter: "".join(sorted(found[letter])) for letter in sorted(found)}
