"""Read a credit: 记者 甲 通讯员 乙 → the persons credited with the story, each with their place in the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.lexicon import words

Role = Literal["reporter", "editor", "picture", "hand", ""]
"""What a person is credited with: ``hand`` is 文 or 图 standing alone, ``picture`` is 摄, the empty role is none."""

_HAN = r"[㐀-鿿〇\U00020000-\U0003ffff]"
_DOTS = "·•‧・．"
_PICTURE = ("摄", "攝", "供图", "供圖", "资料图", "资料图片", "摄制", "翻拍")
_HAND = ("文", "图", "圖", "文/图", "图/文", "文/摄", "文、图")
_NO_NAME = frozenset(
    "本报 本報 本台 本刊 本网 综合 綜合 报讯 完 略 摘编 整理 消息 讯 电 供稿 来稿 新华社 新華社 中新社 人民日报 央视新闻 试行 下同 左 右 中 上 下 左一 右一 左二 右二 转载 来源 据悉 待续 节选"
    " 供稿单位 资料 题图 漫画 掌声 热烈鼓掌".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person in a credit: where the name stands in the words read, and the name without the blanks in it."""

    start: int
    end: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Credit:
    """The persons of a credit in reading order, those of editors included, and whether any role was named."""

    names: tuple[Name, ...]
    roles: frozenset[Role]

    @property
    def is_picture(self) -> bool:
        """Tell whether it credits nothing but a photograph."""
        return "picture" in self.roles and "hand" not in self.roles

    @property
    def is_editors(self) -> bool:
        """Tell whether it credits those who made the page only."""
        return self.roles == {"editor"}

    @property
    def reporters(self) -> tuple[Name, ...]:
        """Return the persons who made the story."""
        return tuple(name for name in self.names if name.role != "editor")


@cache
def _roles() -> dict[str, Role]:
    found: dict[str, Role] = {}
    found.update(dict.fromkeys(words("page-editors"), "editor"))
    found.update(dict.fromkeys(words("page-reporters"), "reporter"))
    found.update(dict.fromkeys(_PICTURE, "picture"))
    found.update(dict.fromkeys(_HAND, "hand"))
    return found


def _longest_first(choices: list[str]) -> str:
    return "|".join(map(re.escape, sorted(choices, key=lambda word: (-len(word), word))))


@cache
def _token() -> re.Pattern[str]:
    inside = _longest_first([word for word in _roles() if len(word) > 1 and "/" not in word and "、" not in word])
    alone = _longest_first(["文/图", "图/文", "文/摄", "文、图", "文", "图", "圖", "摄", "攝"])
    return re.compile(
        rf"(?P<between>[\s　、，,;；/|｜:：\\&＆+＋—\-]+)"
        rf"|(?P<role>{inside}|(?:(?<!{_HAN})(?:{alone})(?!{_HAN})))"
        rf"|(?P<dotted>{_HAN}{{1,10}}(?:[{_DOTS}]{_HAN}{{1,10}})+)"
        rf"|(?P<plain>{_HAN}+?)(?={inside}|[摄攝](?!{_HAN})|(?!{_HAN}))"
        rf"|(?P<shot>[摄攝])"
    )


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(words("page-bodies"))


@cache
def _surnames() -> frozenset[str]:
    return words("surnames") | words("surnames-traditional")


def has_surname(name: str) -> bool:
    """Tell whether a name begins as a Chinese name does.

    >>> has_surname("欧阳秉正"), has_surname("综合")
    (True, False)
    """
    return name[0] in _surnames() or name[:2] in _surnames()


def _shares(run: str) -> tuple[int, ...] | None:
    """Cut a run of letters into names of two or three letters, each with a surname: 张三李四王小五 → 2, 2, 3."""
    if not run:
        return ()
    best: tuple[int, ...] | None = None
    for length in (3, 2, 4):
        if len(run) < length or not has_surname(run) or (length == 4 and run[:2] not in _surnames()):
            continue
        rest = _shares(run[length:])
        if rest is not None and (best is None or len(rest) + 1 < len(best)):
            best = (length, *rest)
    return best


def _names(run: str) -> tuple[int, ...] | None:
    """Return the lengths of the names that make up a run of letters; () for a body, None for no name at all."""
    if run in _NO_NAME or (len(run) > 2 and run.endswith(_bodies())):
        return ()
    if len(run) <= 3:
        return (len(run),)
    if len(run) == 4:
        halves = run[:2] not in _surnames() and has_surname(run) and has_surname(run[2:])
        return (2, 2) if halves else (4,)
    return _shares(run) if len(run) <= 12 else None


def credit(text: str) -> Credit | None:
    """Read words as a credit; None if they are none.

    >>> [(name.name, name.role) for name in credit("记者 陈 芳 通讯员 张小明李四 编辑 王五").names]
    [('陈芳', 'reporter'), ('张小明', 'reporter'), ('李四', 'reporter'), ('王五', 'editor')]
    >>> credit("会议强调，要抓落实。") is None
    True
    """
    if len(text) > 120:
        return None
    found: list[Name] = []
    roles: set[Role] = set()
    role: Role = ""
    position = 0
    token = _token()
    while position < len(text):
        match = token.match(text, position)
        if match is None:
            return None
        kind, start, position = match.lastgroup, match.start(), match.end()
        if kind == "role" or kind == "shot":
            role = _roles()[match.group()] if kind == "role" else "picture"
            roles.add(role)
        elif kind == "dotted":
            found.append(Name(start, position, match.group(), role))
        elif kind == "plain":
            lengths = _names(match.group())
            if lengths is None:
                return None
            if not role and lengths and _role_follows(text, position):
                continue  # 涪城融媒记者 张三: what is glued to the front of the first role is a body
            for length in lengths:
                found.append(Name(start, start + length, text[start : start + length], role))
                start += length
    joined = tuple(_joined(found, text))
    if any(len(name.name) < 2 for name in joined):
        return None
    if not joined and not roles:
        return None
    return Credit(joined, frozenset(roles))


def _role_follows(text: str, position: int) -> bool:
    match = _token().match(text, position)
    return match is not None and match.lastgroup == "role"


def _joined(found: list[Name], text: str) -> Iterator[Name]:
    """Close the blank that printers set into a name of two letters: 陈　芳 → 陈芳."""
    index = 0
    while index < len(found):
        one = found[index]
        other = found[index + 1] if index + 1 < len(found) else None
        if other and len(one.name) == len(other.name) == 1 and not text[one.end : other.start].strip():
            yield Name(one.start, other.end, one.name + other.name, one.role)
            index += 2
        else:
            yield one
            index += 1
