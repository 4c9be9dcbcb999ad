"""Read a credit: 记者 甲 通讯员 乙 → the persons credited with the story, each with their place in the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.lexicon import either, words

Role = Literal["reporter", "editor", "picture", "hand", ""]
"""What a person is credited with: ``hand`` is 文 or 图 standing alone, ``picture`` is 摄; the empty role is none."""

_HAN = r"[㐀-鿿〇\U00020000-\U0003ffff]"
_DOT = r"[·•‧・．∙●]"
_PICTURE = ("摄影", "攝影", "供图", "供圖", "资料图", "资料图片", "摄制", "翻拍", "航拍", "供片")
_ALONE: dict[str, Role] = {
    "文/图": "hand", "图/文": "hand", "文/摄": "hand", "文、图": "hand", "图、文": "hand", "文并图": "hand",
    "文": "hand", "图": "hand", "圖": "hand", "摄": "picture", "攝": "picture",
}  # fmt: skip
_BULLETS = "□■◎○●◇◆★☆▲△※▪◉•·"
_BETWEEN = r"[\s　、，,;；/／|｜:：\\&＆+＋—\-]+"
_OPEN, _CLOSE = "（(", "）)"
_BRACKETED = re.compile(r"[（(]([^（）()]{2,100})[）)]\Z")
_GLUED = re.compile(
    rf"(?:本报|本報)?(?:记者|記者)[\s　]?((?![于从在向和对与]){_HAN}{{2,4}}?)(?=从|從|在|近日|日前|昨日|今日|获悉|獲悉|走进|来到|了解到|報道|报道)"
)
_ENDS = "。！？：，、；…”"  # no credit ends with one of these
_PERSONAL = re.compile("[者员員撰]|[实實见見]習?习?生|采写|採寫")
_STOP = re.compile(r"[。！？!?”」』）)]")


@dataclass(frozen=True, slots=True)
class Name:
    """A person in a credit: where the name stands in the words read, and the name without the blanks in it."""

    start: int
    end: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Credit:
    """The persons of a credit in reading order, those of editors included, and the roles it names."""

    names: tuple[Name, ...]
    roles: frozenset[Role]

    @property
    def is_picture(self) -> bool:
        """Tell whether it credits nothing but a photograph."""
        return "picture" in self.roles and "hand" not in self.roles

    @property
    def is_editors(self) -> bool:
        """Tell whether it credits only those who made the page."""
        return self.roles == {"editor"}

    @property
    def reporters(self) -> tuple[Name, ...]:
        """Return the persons who made the story."""
        return tuple(name for name in self.names if name.role != "editor")

    def moved(self, offset: int) -> Credit:
        """Return the credit as it stands ``offset`` characters further on."""
        if not offset:
            return self
        return replace(self, names=tuple(replace(name, start=name.start + offset, end=name.end + offset) for name in self.names))


@dataclass(frozen=True, slots=True)
class Place:
    """A credit inside a line: the stretch of the line that it takes, brackets included."""

    start: int
    end: int
    credit: Credit


@cache
def _roles() -> dict[str, Role]:
    found: dict[str, Role] = dict(_ALONE)
    found.update(dict.fromkeys(words("page-editors"), "editor"))
    found.update(dict.fromkeys(words("page-reporters"), "reporter"))
    found.update(dict.fromkeys(_PICTURE, "picture"))
    return found


@cache
def _token() -> re.Pattern[str]:
    inside = either(word for word in _roles() if word not in _ALONE)
    return re.compile(
        rf"(?P<between>{_BETWEEN})"
        rf"|(?P<role>{inside}|(?:(?<!{_HAN})(?:{either(_ALONE)})(?!{_HAN})))"
        rf"|(?P<dotted>{_HAN}{{1,10}}(?:{_DOT}{_HAN}{{1,10}})+)"
        rf"|(?P<plain>{_HAN}+?)(?=(?:{inside})|[摄攝](?!{_HAN})|(?!{_HAN}))"
        rf"|(?P<shot>[摄攝])"
    )


@cache
def _any_role() -> re.Pattern[str]:
    return re.compile(either(_roles()))


@cache
def _signature() -> re.Pattern[str]:
    role = either(word for word, kind in _roles().items() if kind == "reporter" and word not in _ALONE)
    return re.compile(rf"[{_BULLETS}]?[（(]?\s*{_HAN}{{0,8}}?(?:{role})")


@cache
def _no_names() -> re.Pattern[str]:
    return re.compile(either(words("page-no-names")))


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(words("page-bodies"))


@cache
def _surnames() -> frozenset[str]:
    return words("surnames") | words("surnames-traditional")


def has_surname(name: str) -> bool:
    """Tell whether words begin as a Chinese name does.

    >>> has_surname("欧阳秉正"), has_surname("综合")
    (True, False)
    """
    return name[:1] in _surnames() or name[:2] in _surnames()


def _is_name(name: Name) -> bool:
    return "·" in name.name or len(name.name) > 4 or (has_surname(name.name) and not _no_names().search(name.name))


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


def _lengths(run: str, role: Role) -> tuple[int, ...] | None:
    """Return the lengths of the names that make up a run of letters; () for a body, None for no name at all."""
    if run in words("page-bodies") or (len(run) > 2 and run.endswith(_bodies())):
        return ()
    if len(run) <= 3:
        return (len(run),)
    if len(run) == 4:
        if run[:2] not in _surnames() and has_surname(run) and has_surname(run[2:]):
            return (2, 2)
        return (4,) if role == "reporter" or has_surname(run) else None
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
            role = _roles()[match.group()]
            roles.add(role)
        elif kind == "dotted":
            found.append(Name(start, position, re.sub(_DOT, "·", match.group()), role))
        elif kind == "plain":
            lengths = _lengths(match.group(), role)
            if lengths is None:
                return None
            follows = token.match(text, position)
            if not role and follows is not None and follows.lastgroup == "role":
                continue  # 涪城融媒记者 张三: what is glued to the front of the first role is a body
            for length in lengths:
                found.append(Name(start, start + length, text[start : start + length], role))
                start += length
    names = tuple(_joined(found, text))
    if any(len(name.name) < 2 for name in names) or not (names or roles):
        return None
    return Credit(names, frozenset(roles))


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


# ------------------------------------------------------------ where credits stand


def is_signature(line: str) -> bool:
    """Tell whether a line begins as a credit does, whatever follows: （记者 甲 通.

    >>> is_signature("（记者 甲 通"), is_signature("甲区召开会议")
    (True, False)
    """
    return _signature().match(line) is not None


def line_credit(line: str) -> Credit | None:
    """Read a whole line as the credit of a story, brackets and bullets aside; None if it is none.

    >>> [name.name for name in line_credit("□本报记者 张三 李四").names], line_credit("（综合）")
    (['张三', '李四'], None)
    """
    if len(line) > 120 or line[-1] in _ENDS:
        return None
    bare = line.lstrip(_BULLETS + " 　")
    offset = len(line) - len(bare)
    bracketed = _BRACKETED.match(bare)
    if bracketed:
        offset += 1
        bare = bracketed[1]
    elif bare[:1] in _OPEN and is_signature(bare) and not any(mark in bare for mark in _CLOSE):
        offset += 1
        bare = bare[1:]
    elif any(mark in bare for mark in _OPEN) and is_signature(bare):
        bare = re.sub(r"[（()）]", " ", bare)
    if not offset and not _any_role().search(bare):
        return None
    if offset and not bracketed and bare.isalpha() and len(bare) > 4 and not _any_role().search(bare):
        return None  # ◆安全如何保障: a sub-heading
    found = credit(bare)
    if found is None or not found.names:
        return None
    if "reporter" in found.roles:
        return found.moved(offset)
    if all(map(_is_name, found.names)) and (found.roles - {""} or ((bracketed or offset) and len(found.names) <= 5)):
        return found.moved(offset)
    return None


def name_list(line: str) -> Credit | None:
    """Read a line as a list of names without role or brackets: 冉红政 姜璞; who calls must know that a credit may stand here.

    >>> [name.name for name in name_list("张三　李小四").names], name_list("高质量发展")
    (['张三', '李小四'], None)
    """
    if len(line) > 20 or not line[:1].isalpha() or (len(line) > 4 and line.isalpha()):  # names that nothing parts are too like a headline (丁一作动员)
        return None
    found = credit(line)
    if found is None or found.roles or not 1 <= len(found.names) <= 4:
        return None
    short = all(len(name.name) <= 3 or name.name[:2] in _surnames() or "·" in name.name for name in found.names)
    return found if short and all(map(_is_name, found.names)) else None


def trailing_credit(line: str) -> Place | None:
    """Return the credit with which a line of text ends, if it does: …参加会议。（记者 甲）

    >>> place = trailing_credit("图为会议现场。 本报记者 张三 摄")
    >>> place.start, place.credit.is_picture
    (8, True)
    """
    if line[-1] in _ENDS:
        return None
    tail = line[-110:]
    offset = len(line) - len(tail)
    if tail[-1:] in _CLOSE:
        start = max(tail.rfind(mark) for mark in _OPEN)
        found = line_credit(tail[start:]) if start >= 0 else None
        return Place(offset + start, len(line), found.moved(offset + start)) if found else None
    if not (tail[-1] in "摄攝图文圖道片员生" or "记者" in tail or "記者" in tail or "通讯员" in tail):
        return None
    stops = [match.end() for match in _STOP.finditer(tail)]
    start = stops[-1] if stops else 0
    if start == len(tail):
        return None
    if start == 0:
        # 会议现场 张三 摄: no stop before the credit of a photograph
        if tail[-1] not in "摄攝" and not tail.endswith(_PICTURE):
            return None
        starts = [0, *(match.end() for match in re.finditer(r"[\s　]+", tail))]
    else:
        starts = [start + len(tail[start:]) - len(tail[start:].lstrip(" 　"))]
    for begin in starts:
        found = credit(tail[begin:])
        if found is None or not found.names or not (found.roles - {""}):
            continue
        if "reporter" in found.roles or all(map(_is_name, found.names)):
            return Place(offset + begin, len(line), found.moved(offset + begin))
    return None


def opening_credit(line: str, start: int) -> Place | None:
    """Return the credit that stands at ``start``, after 本报讯 or where a paragraph begins.

    >>> [name.name for name in opening_credit("本报讯（记者 张三）5月1日，甲区……", 3).credit.names]
    ['张三']
    """
    begin = start
    if start == 0 and line[0] not in _OPEN and _PERSONAL.search(line, 0, 20) is None:
        return None
    while begin < len(line) and line[begin] in " 　\t:：|｜":
        begin += 1
    if line[begin : begin + 1] in ("（", "("):
        ends = [place for mark in _CLOSE if (place := line.find(mark, begin, begin + 110)) > 0]
        if not ends or min(ends) + 1 == len(line):
            return None
        found = credit(line[begin + 1 : min(ends)])
        if found and found.reporters and ("reporter" in found.roles or (start > 0 and all(map(_is_name, found.names)))):
            return Place(begin, min(ends) + 1, found.moved(begin + 1))
        return None
    rest = line[begin : begin + 80]
    if not is_signature(rest):
        return None
    for match in reversed(list(re.finditer(r"[\s　\d，。：:“（(]", rest))):
        words_before = rest[: match.start()]
        found = credit(words_before) if words_before else None
        if found and found.reporters and "reporter" in found.roles and all(map(_is_name, found.names)):
            return Place(begin, begin + match.start(), found.moved(begin))
    glued = _GLUED.match(rest) if start else None
    if glued and has_surname(glued[1]):
        name = Name(begin + glued.start(1), begin + glued.end(1), glued[1], "reporter")
        return Place(begin, begin + glued.end(1), Credit((name,), frozenset({"reporter"})))
    return None
