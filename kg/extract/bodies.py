"""Organizations: a scene goes in, the named bodies of its text come out, each in its full form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.gazetteer import gazetteer
from kg.extract.names import is_transcribed
from kg.extract.scene import Scene
from kg.lexicon import either, surfaces
from kg.model import Mention, Span

_REACH = 30
_LEVELS = "省市县区州旗盟镇乡村"
_DEFINITION = re.compile(r"[（(]以下(?:统称|简称|称为|称)(?:为)?[:：]?[“\"「『《]?([^“”\"「」『』《》（）()]{2,16})[”\"」』》]?[）)]")
_HAN = re.compile(r"[一-鿿A-Za-z0-9〇○]")
_STOP_FLAGS = frozenset({"p", "c", "u", "r", "d", "TIME", "t", "PER", "xc", "w", "q", "v", "ad", "vd", "f"})
_STOP_CHARACTERS = frozenset("的了在由与及和同向被把将从给让对为以其等也都到是受请任")
_ORDINAL = re.compile(r"^(?:第[一二三四五六七八九十百\d]+.*|[一二三四五六七八九十]+届|\d+)$")


def definitions(scene: Scene) -> Iterator[tuple[Span, str]]:
    """Yield each （以下简称“区发改局”）: where it stands and the short form it gives to the words before it."""
    for found in _DEFINITION.finditer(scene.text):
        yield Span(*found.span()), found.group(1)


@cache
def _inside() -> frozenset[str]:
    return frozenset(surfaces("organs", "inside"))


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(either(surfaces("organs", "joint")))


def body_edge(scene: Scene, end: int, *, names: bool = True) -> int:
    """Return where the name of a body begins that ends at ``end``; ``end`` itself if nothing of a name stands before it.

    Walks back over the tagger's words; known areas and quoted or bracketed parts of a name are stepped over whole.
    ``names``: a transcribed name may be part of it (西门子公司), as it is not where a person may stand (马丁内斯主席).
    """
    text = scene.text
    low = max(0, end - _REACH)
    joints = [found.span() for found in _joint().finditer(text, low, end)]
    position = end
    closing = _closing(scene, low, end)
    if closing is not None:
        position = closing
    while position > low:
        area = scene.area_ends.get(position)
        if area is not None:
            position = max(area, low)
            continue
        step = _step(scene, position, low, joints, names)
        if step is None:
            break
        position = step
    return position


def _closing(scene: Scene, low: int, end: int) -> int | None:
    """Return where a suffix of two characters or more begins that ends at ``end`` and that the tagger cut up (传习/所)."""
    for found in _suffixes().finditer(scene.text, max(low, end - 6), end):
        if found.end() == end and found.end() - found.start() >= 2:
            return found.start()
    return None


def _step(scene: Scene, position: int, low: int, joints: list[tuple[int, int]], names: bool) -> int | None:
    text = scene.text
    character = text[position - 1]
    if character in "）)":
        opening = text.rfind("（" if character == "）" else "(", low, position)
        inner = text[opening + 1 : position - 1] if opening >= 0 else ""
        if opening > low and (_DEFINITION.match(text, opening) or (0 < len(inner) <= 8 and re.fullmatch(r"[一-鿿]+", inner))):
            return opening
        return None
    if character in "”」":
        opening = text.rfind("“" if character == "”" else "「", max(low, position - 12), position)
        return opening if opening > low and _HAN.match(text[opening - 1]) else None
    if not _HAN.match(character):
        return None
    if any(start < position <= stop for start, stop in joints):
        return max(low, next(start for start, stop in joints if start < position <= stop))
    word = scene.word(position - 1)
    if word is None:
        return None if character in _STOP_CHARACTERS else position - 1
    start, _, flag = word
    start = max(start, low)
    while start < position and not _HAN.match(text[start]):  # the tagger glues marks to words it does not know
        start += 1
    piece = text[start:position]
    if flag == "w":
        flag = "n"
    if names and flag == "PER" and len(piece) >= 3 and is_transcribed(piece):
        return start
    if flag in _STOP_FLAGS and piece not in _inside() and not (flag in ("v", "m") and len(piece) > 1 and _suffixes().fullmatch(piece)):
        return None
    if flag == "m" and (not _ORDINAL.match(piece) or piece[-1] in "名位个余多家所人"):
        return None
    return start


@cache
def _suffixes() -> re.Pattern[str]:
    return re.compile(either(surfaces("organs", "suffix")))


@cache
def _organs() -> re.Pattern[str]:
    organs = either(surfaces("organs", "organ"))
    return re.compile(rf"(?<=[{_LEVELS}道])(?:{organs})(?![长员书])")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(either(surfaces("organs", "known")))


@cache
def _generic() -> re.Pattern[str]:
    words = either(surfaces("organs", "generic"))
    return re.compile(rf"(?:(?:{words})+|[一二三四五六七八九十两几多数\d]+[家个所名支]?)(?:{words})*")


_AMBIGUOUS = frozenset({"部", "办", "党", "组织", "司", "署", "协会", "公司", "部队", "舰队"})
_VAGUE = re.compile(r"(?:型|类|级|性|式|化|流)$")


@cache
def _not_bodies() -> re.Pattern[str]:
    return re.compile("(?:" + either(surfaces("organs", "not-body")) + ")$")


# 区人大常委会、区政府领导班子成员: bodies that only tell whose people came
_GROUP = re.compile(
    r"(?:[、和及]?[一-鿿]{2,16}(?=[、和及]))*?[、和及]?[一-鿿]{0,16}?(?:等[一-鿿\d]{0,8})?(?:(?:主要|有关|相关|分管|部分|班子|党组|领导)*(?:负责人|负责同志|领导班子成员|班子成员|党组成员|领导同志|机关干部|干部职工))"
)
_TAIL = re.compile(r"^(?:[长员]|书记|成员|法(?!院|庭)|主席|主任|代表|委员(?!会)|[一二三四五六七八九十]次)")
_SESSION = re.compile(r"((?:第?[一二三四五六七八九十]+届))?(全国人大常委会|全国人大|全国政协|中央纪委|中央政治局|中央委员会|中央)")


def organizations(scene: Scene) -> Iterator[Mention]:
    """区发改局、国务院、德化县人民法院、涪江城投集团 — known bodies, organs of an area, names that end like a body."""
    for mention in _found(scene):
        start, end = mention.span.start, mention.span.end
        joined = _JOINTLY.search(scene.text, start + 2, end)
        if joined is not None:  # 县征兵办联合|县公安局
            yield scene.mention("Organization", joined.end(), end, mention.rule, name=full_name(scene, scene.text[joined.end() : end]))
            continue
        lead = _leading().match(scene.text, start, end)
        if lead is None or mention.rule == "bodies/known" or (len(lead.group()) == 1 and scene.area_at(start) is not None):  # 联合国 is not 联合 + 国
            yield mention
        elif not scene.text.startswith("街道", lead.end()) and end - lead.end() >= 3:
            words = scene.text[lead.end() : end]
            yield scene.mention("Organization", lead.end(), end, mention.rule, name=full_name(scene, words), confidence=mention.confidence)


_JOINTLY = re.compile(r"(?:联合|会同|携手)(?=[省市县区旗州镇乡])")


@cache
def _leading() -> re.Pattern[str]:
    """Return the words that lead up to a name without being part of it: 联合县司法局, 各街道办事处."""
    return re.compile("(?!联合国)(?:[各和与及同在向由]|" + either(surfaces("organs", "lead")) + ")")


def _found(scene: Scene) -> Iterator[Mention]:
    yield from _known_bodies(scene)
    yield from _area_organs(scene)
    yield from _suffixed(scene)
    yield from _tagged(scene)


def _tagged(scene: Scene) -> Iterator[Mention]:
    """环资委, 河长办, 专案组 — short forms of bodies that only the tagger sees."""
    for start, end, flag in scene.words:
        if flag == "ORG" and end - start >= 3 and scene.text[end - 1] in "委办组厅局署":
            yield scene.mention("Organization", start, end, "bodies/tagged", name=full_name(scene, scene.text[start:end]), confidence=0.75)
    for found in _SPEAKING.finditer(scene.text):
        name = full_name(scene, found.group())
        yield scene.mention("Organization", *found.span(), "bodies/speaking", name=name, confidence=0.75)


_SPEAKING = re.compile(r"(?<=[。，；\n])[一-鿿]{1,6}委(?=提出|建议|认为|指出|要求|介绍|强调|表示)")


def _known_bodies(scene: Scene) -> Iterator[Mention]:
    text = scene.text
    for found in _known().finditer(text):
        start, end = found.span()
        session = re.search(r"(?:十[一二三四五六七八九]?|二十[一二三四五]?)届$", text[max(0, start - 5) : start])
        if session:
            start -= len(session.group())
        state = scene.area_ends.get(start)
        if state is not None and text[start] == "国" and text[state:start] in gazetteer().foreign:
            start = state  # 美国国务院
        if not scene.is_cut(start) and not scene.is_cut(end):
            continue
        if (_suffixes().match(text, end) and not scene.is_cut(end)) or _TAIL.match(text[end : end + 3]):
            continue
        if _is_head(scene, start, end):
            continue
        yield scene.mention("Organization", start, end, "bodies/known", confidence=0.95)


def _is_head(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a known body only begins a longer one (联合国 in 联合国教科文组织): the tagger's word ends in a suffix."""
    word = scene.word(start)
    if word is None or word[2] != "ORG" or word[0] != start or word[1] <= end:
        return False
    return any(found.end() == word[1] for found in _suffixes().finditer(scene.text, end, word[1]))


_CONGRESS = re.compile(
    r"([一-鿿]{0,8}[省市县区州旗])第?[一二三四五六七八九十]+届(人民代表大会常务委员会|人大常委会|人民代表大会|政协常委会|人大|政协)(?![一二三四五六七八九十代委第])"
)
_SHORT_ORGAN = {"人民代表大会常务委员会": "人大常委会", "人民代表大会": "人大"}


def _area_organs(scene: Scene) -> Iterator[Mention]:
    text = scene.text
    for found in _CONGRESS.finditer(text):
        area = scene.area_ends.get(found.end(1))
        start = found.end(1) - 1 if area is None else area
        name = scene.full(text[start : found.end(1)])
        organ = found.group(2)
        if len(name) == 1:
            name = scene.homes.get(name, name)
        yield scene.mention(
            "Organization", start, found.end(), "bodies/session", name=name + _SHORT_ORGAN.get(organ, organ), confidence=0.95
        )
    for found in _organs().finditer(text):
        start, end = found.start(), found.end()
        if _TAIL.match(text[end : end + 2]):
            continue
        area = scene.area_ends.get(start)
        if area is not None:
            begin = area
        elif text[start - 1] in _LEVELS and (start < 2 or not _HAN.match(text[start - 2]) or scene.is_cut(start - 1)):
            begin = start - 1
        elif text[start - 2 : start] in ("我区", "全区", "我市", "我县", "街道"):
            begin = body_edge(scene, start) if text[start - 2 : start] == "街道" else start - 1
        else:
            begin = body_edge(scene, start)
        if begin >= start:
            continue
        words = text[begin:end]
        if words.startswith("街道"):
            continue
        if found.group() == "委" and (end < len(text) and text[end] in "员会托派办" and not text.startswith("办公", end)):
            continue
        yield scene.mention("Organization", begin, end, "bodies/organ", name=full_name(scene, words))


def _suffixed(scene: Scene) -> Iterator[Mention]:
    text = scene.text
    for found in _suffixes().finditer(text):
        head, end = found.span()
        longer = _suffixes().match(text, end)
        if longer is not None and not scene.is_cut(end):
            continue
        if found.group() == "组织" and scene.is_act(head):
            continue
        if text[end : end + 1] == "生" and found.group() == "大学":
            continue
        if _TAIL.match(text[end : end + 2]) or not (scene.is_cut(end) or (end - head > 1 and scene.is_cut(head))):
            continue
        if _not_bodies().search(text, max(0, end - 4), end):
            continue
        start = body_edge(scene, head)
        word = scene.word(head)
        if word is not None and word[2] == "ORG" and (word[0] < start or not (_leads(scene, word[0], start) or _is_joint(text, word[0], start))):
            start = word[0]
        if scene.starts_verb(start, head) or (text[end : end + 1] in ("了", "着", "过") and scene.starts_verb(head, end)):  # 学会 is a verb too
            continue
        before = text[start:head]
        if len(before) < 1 or (len(before) == 1 and before not in _LEVELS):
            continue
        if re.search(r"[愿将]", before):
            start += re.search(r".*[愿将](?:同|与|向|和)?", before).end()  # type: ignore[union-attr]
            before = text[start:head]
        if (_VAGUE.search(before) and not _is_joint(text, head - 1, start)) or text.startswith("新时代", start) or not before:
            continue
        if _generic().fullmatch(before) or (found.group() in _AMBIGUOUS and not _is_named(scene, start, head, end)):
            continue
        yield scene.mention("Organization", start, end, "bodies/suffix", name=full_name(scene, text[start:end]), confidence=0.8)


def _leads(scene: Scene, position: int, start: int) -> bool:
    """Tell whether the words from ``start`` to ``position`` may lead a name that the tagger begins at ``position``."""
    while position > start:
        if position in scene.area_ends:
            return True
        word = scene.word(position - 1)
        if word is None or word[2] not in ("LOC", "ORG", "nz", "m"):
            return False
        position = word[0]
    return True


def _is_joint(text: str, position: int, start: int) -> bool:
    """Tell whether a position stands inside words that belong together (卫生和健康)."""
    return any(found.start() < position < found.end() for found in _joint().finditer(text, start, position + 8))


def in_group(scene: Scene, mention: Mention) -> bool:
    """Tell whether a body only says whose people came: 区法院、区检察院主要负责同志."""
    found = _GROUP.match(scene.text, mention.span.end)
    return found is not None and _telling().match(scene.text, found.end()) is None


@cache
def _telling() -> re.Pattern[str]:
    """Return the verbs after which the body of an unnamed 负责人 is heard after all."""
    return re.compile("(?:今天|昨天|近日|还)?(?:" + either(surfaces("speech")) + ")")


def _is_named(scene: Scene, start: int, head: int, end: int) -> bool:
    """Tell whether a short, ambiguous suffix (部 办 党) closes a name: the tagger sees a body, or an area leads it."""
    text = scene.text
    if text[start] in _LEVELS and end - start >= 3:
        return True
    word = scene.word(head)
    if word is not None and word[2] == "ORG" and word[1] >= end:
        return True
    return any(start <= begin < head for begin in scene.area_ends.values())


def full_name(scene: Scene, words: str) -> str:
    """Return a body's name in full: a defined short form spelled out, the story's own area put in front of 区 县 市."""
    words = scene.aliases.get(words, words)
    return scene.full(words)
