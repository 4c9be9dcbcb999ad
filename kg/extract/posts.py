"""Posts: a scene goes in, the titles of its text come out in runs (区委副书记、区长), each in its full form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.bodies import body_edge, definitions
from kg.extract.gazetteer import gazetteer
from kg.extract.names import is_chinese_shape, is_transcribed
from kg.extract.scene import Scene
from kg.lexicon import either, rows, surfaces
from kg.model import Span

_LEVELS = "省市县区州旗盟镇乡村"
_AREA_HEAD = re.compile(rf"^[{_LEVELS}]长$")
_COMMITTEE = re.compile(r"(?:委|委员会|政府|人大常委会|人大|政协|纪委|监委|党委|党工委)$")
_PARTY_INSIDE = re.compile(r"(?:党委|党组|党总支|党支部|党工委|董事会|监事会|工会)$")
_OF_STATE = frozenset({
    "众议长", "参议长", "国家主席", "主席", "总统", "总理", "首相", "国王", "总书记", "议长", "外长", "防长", "财长", "王储", "总督",
    "国务卿", "外交部长", "国防部长", "埃米尔",
})  # fmt: skip
_OFFICE = re.compile(r"副?(?:总理|委员长|主席|书记|主任|秘书长|院长|检察长)$")
_LINK = re.compile(r"(?:[（(][^）)\n]{1,8}[）)])?(?:[、兼及和]|暨)")
_FORMER = re.compile(r"(?:原|前任|前|时任|曾任|离任|卸任|历任)$")
_PROPOSED = re.compile(r"(?:拟任|拟提名|候任|当选后拟任|拟)$")
_ALSO = re.compile(r".*[长任记员席理]兼(?=.)|兼(?=.)")
_PARTY_ABROAD = re.compile(r"(?:(?!中)[一-鿿]共|(?<![一-鿿])[一-鿿]党|老挝?人革党|劳动党)中央$")
_SEAT = re.compile(r"^(?:管委会|管理委员会|办事处|街道办事处)$")
_NOT_AFTER = re.compile(
    r"(?:部(?!署|长|门|队)|会议?(?!上)|制|团|人选|级|们|以上|办公|述|处(?!长)|馆|府|竞选|选举|座谈|培训|论坛|联席|例会|信箱|热线|接待|助理|委员会|委员长|辩论|候选|交班|会见厅|席位|单位|信函)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One title of a run: where its words stand, the body before the head as written, and how it is held."""

    start: int
    end: int
    body: str
    head: str
    implied: str | None
    former: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Titles that stand together before (or after) one name."""

    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        """Return where the first title begins."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Return where the last title ends."""
        return self.pieces[-1].end


@cache
def _heads() -> re.Pattern[str]:
    implied = {r.surface for r in rows("posts") if r.relation.startswith("implied:")}
    heads = {r.surface for r in rows("posts") if r.relation.split("/")[0] == "head"}
    mods, suffixes = surfaces("posts", "modifier"), surfaces("posts", "suffix")
    # the first character alone tells of most places that no title begins there
    first = re.escape("".join(sorted({word[0] for word in (*implied, *heads, *mods)})))
    return re.compile(
        rf"(?=[{first}])(?:(?P<implied>{either(implied)})(?=[^会团])|(?P<mod>(?:{either(mods)})*)(?P<head>{either(heads)})(?P<suffix>{either(suffixes)})?)"
    )


@cache
def _implied() -> dict[str, str]:
    return {row.surface: row.relation.removeprefix("implied:") for row in rows("posts") if row.relation.startswith("implied:")}


@cache
def hints() -> dict[str, re.Pattern[str]]:
    """Return for each head the ends of the bodies it goes with: 院长 → 法院, 学院, 医院 …."""
    found: dict[str, re.Pattern[str]] = {}
    for row in rows("posts"):
        if row.relation.startswith("head/"):
            found[row.surface] = re.compile(rf"(?:{row.relation.removeprefix('head/')})$")
    return found


@cache
def _departments() -> re.Pattern[str]:
    return re.compile(either(surfaces("organs", "department")))


def pieces(scene: Scene) -> Iterator[Piece]:
    """Yield the titles of the text one by one."""
    text = scene.text
    jumps = {span.end: span.start for span, _ in definitions(scene)}
    done = -1
    for found in _heads().finditer(text):
        start, end = found.span()
        is_candidate = text.startswith("人选", end) and not found.group("implied")
        if (_NOT_AFTER.match(text, end) and not is_candidate) or scene.is_credit(start) or text.startswith("主席国", end - 2):
            continue
        if found.group("implied"):
            abroad = _PARTY_ABROAD.search(text, max(0, start - 6), start)  # 越共中央总书记
            edge = body_edge(scene, start) if abroad is None else abroad.start()
            of_state = found.group("implied") in _OF_STATE or any(text[edge : edge + length] in gazetteer().foreign for length in range(2, start - edge + 1))
            if of_state and edge < start and not text[edge:start].endswith(("原", "前", "时任")):
                yield Piece(edge, end, text[edge:start], found.group("implied"), None, False, False)
                continue
            former = bool(_FORMER.search(text[max(0, start - 2) : start]))
            yield Piece(start, end, "", found.group("implied"), _implied()[found.group("implied")], former, False)
            continue
        head = found.group("mod") + found.group("head") + (found.group("suffix") or "")
        core = found.group("head")
        if start and text[start - 1] == "总" and core in ("书记", "经理"):
            continue
        anchor = jumps.get(start, start)
        hint = hints().get(core)
        edge = body_edge(scene, anchor, names=hint is not None and "公司" in hint.pattern)
        if core in _OF_STATE and is_chinese_shape(text[edge:anchor]) and not gazetteer().names.get(text[edge:anchor]):
            edge = anchor  # 习近平主席: a name, no body
        country = scene.area_ends.get(anchor)
        if core in _OF_STATE and country is None and (state := gazetteer().ending(text, anchor, 8)) in gazetteer().foreign:
            country = anchor - len(state or "")  # 在广州同|法国总统
        if core in _OF_STATE and country is not None and country > edge and gazetteer().names.get(text[country:anchor]) == "国":
            edge = country
        if core in _OF_STATE and edge == anchor and (state := gazetteer().ending(text, anchor, 8)) in gazetteer().foreign:
            edge = anchor - len(state or "")
        body = text[edge:anchor]
        if core in _OF_STATE and body not in gazetteer().names and is_transcribed(body):
            edge, body = anchor, ""  # 欧尔班总理: a name, no body
        former = proposed = False
        if match := _FORMER.search(body):
            former, body = True, body[: match.start()]
        elif match := _PROPOSED.search(body):
            proposed, body = True, body[: match.start()]
        if match := re.match(r"(?:原任|原|时任|前|历任|曾任)", body):
            if not gazetteer().names.get(body[:2]) and not body.startswith(("原州", "前进", "前锋", "前郭")):
                former, edge, body = True, edge + match.end(), body[match.end() :]
        elif match := re.match(r"(?:拟任|候任|拟)", body):
            proposed, edge, body = True, edge + match.end(), body[match.end() :]
        lead = text[max(0, edge - 3) : edge]
        if is_candidate:  # 副市长人选郎月
            proposed, end = True, end + 2
        former = former or (bool(_FORMER.search(lead)) and not scene.word_covers(edge - 1, edge + 1))
        proposed = proposed or bool(_PROPOSED.search(lead))
        if core in ("委员", "理事", "秘书", "专员", "代办", "总监", "主编", "检察官") and not body and not found.group("mod"):
            is_second = done == start - 1 and text[done] == "、"  # 副主任、委员: two titles of one person
            if not is_second:
                continue
        if match := _ALSO.match(body):
            edge, body = edge + match.end(), body[match.end() :]
        done = end
        yield Piece(edge, end, body, head, None, former, proposed)


def runs(scene: Scene) -> Iterator[Run]:
    """Yield the titles in runs: those joined by 、 兼 or nothing belong to one person."""
    current: list[Piece] = []
    for piece in pieces(scene):
        if current:
            last = current[-1]
            between = scene.text[last.end : piece.start]
            if piece.start < last.end:
                piece = replace(piece, start=last.end, body=piece.body[last.end - piece.start :])
                between = ""
            if between == "" and {piece.head, scene.text[piece.start : piece.end]} & set(surfaces("posts", "aide")):  # 总统特使: one post
                current[-1] = replace(piece, start=last.start, body=(last.implied or last.body + last.head) + piece.body)
                continue
            if between in ("和", "及") and _stands_after_name(scene, current[0]):  # 习近平主席和总统先生
                yield Run(tuple(current))
                current = [piece]
                continue
            if between == "" or _LINK.fullmatch(between):
                current.append(piece)
                continue
            yield Run(tuple(current))
        current = [piece]
    if current:
        yield Run(tuple(current))


def _stands_after_name(scene: Scene, piece: Piece) -> bool:
    word = scene.word(piece.start - 1) if piece.start else None
    return word is not None and word[2] == "PER" and word[1] == piece.start


def full_names(scene: Scene, run: Run, bodies: Sequence[tuple[Span, str]]) -> list[str]:
    """Return the full form of each title of a run; ``bodies`` are the bodies named so far, for titles without one."""
    names: list[str] = []
    previous = ""
    for index, piece in enumerate(run.pieces):
        before = run.pieces[index - 1].implied if index else None
        if before is not None and piece.head.startswith("党组"):  # 国务院总理、党组书记
            previous = _OFFICE.sub("", before)
        name, body = _full_name(scene, piece, previous, index, bodies)
        if body:
            previous = body
        names.append(name)
    return names


def _full_name(scene: Scene, piece: Piece, previous: str, index: int, bodies: Sequence[tuple[Span, str]]) -> tuple[str, str]:
    """Return a title in full and the body it is in."""
    body, head = piece.body, piece.head
    core = _strip(head)
    if piece.implied is not None:
        return piece.implied, piece.implied[: -len(head)] if piece.implied.endswith(head) else ""
    if body in scene.aliases:
        body = scene.aliases[body]
    body = re.sub(r"[（(]以下.*?[）)]$", "", body)
    for inside in ("党组", "党委"):
        if body.endswith(inside) and head.startswith(inside):
            body = body[: -len(inside)]
    if body.startswith(("我", "全", "该")) and len(body) > 1 and body[1] in _LEVELS:
        body = body[1:]
    if body.startswith("街道") and "街道" in scene.homes:
        body = scene.homes["街道"] + body[2:]
        return body + head, body
    body = scene.spelled(body)
    if body.startswith("中国国家"):
        body = body[2:]
    if body in _bare_organs() and (area := _area_before(previous) or _county(scene)):
        return area + body + head, area + body
    longer = _longer(body, bodies)
    if longer is not None and body[0] not in _LEVELS and not scene.area_at(piece.start):
        return longer + head, longer
    if body and body[0] in _LEVELS and not _starts_with_area(scene, piece):
        area = _area_of_level(scene, body[0], previous)
        if area:
            body = area + body[1:]
        return body + head, body
    if body.startswith(_AUTONOMOUS) and not _starts_with_area(scene, piece):
        area = _autonomous(scene, piece)
        return area + body[3:] + head, area + body[3:]
    if body and re.match(r"(?:中央|全国)", body) is None and _departments().match(body) and previous and not scene.area_at(piece.start):
        parent = re.sub(r"(委).*$", r"\1", previous) if "委" in previous else previous
        return parent + body + head, parent + body
    if body and _SEAT.match(body) and previous and (seat := re.sub(r"(?:党工委|工委|党委)$", "", previous)) != previous:
        return seat + body + head, seat + body
    if body and body.startswith("党") and not previous and index == 0:
        previous = _latest(scene, piece, bodies)
    if body and body.startswith("党") and previous and not body.startswith(("党中央", "党史")):
        return previous + body + head, previous
    if body and core == "主任委员" and "人大" not in body and not scene.area_at(piece.start):
        body = _congress(scene) + body
    if body and index and previous and _INNER.search(body) and not scene.area_at(piece.start):  # 公安局党委委员、治安管理大队大队长
        return _PARTY_INSIDE.sub("", previous) + body + head, previous
    if body:
        return body + head, body
    if _AREA_HEAD.match(core):
        area = _area_of_level(scene, core[0], previous) or ""
        return area + head, area
    if head.startswith(("党组", "党委")) and previous:
        return _PARTY_INSIDE.sub("", previous) + head, previous
    if previous and index:
        inside = _PARTY_INSIDE.sub("", previous)
        return inside + head, previous
    carried = _carried_body(scene, piece, core, bodies)
    if not carried and index == 0 and head.startswith(("党委", "党组")):
        carried = _latest(scene, piece, bodies)
    if core == "主任委员" and carried and not carried.startswith("全国") and not gazetteer().ending(carried, min(len(carried), 3)):
        carried = _congress(scene) + carried
    return carried + head, carried


_FORM = re.compile(r"(?:股份|控股)?(?:有限)?(?:责任)?公司$")


def _longer(body: str, bodies: Sequence[tuple[Span, str]]) -> str | None:
    """Return the latest body whose name ends with the words of a title: 集团 → 云溪水务集团有限公司, 传习所 → 云溪艺术传习所."""
    if len(body) < 2:
        return None
    short = _FORM.sub("", body)
    for _, name in reversed(bodies):
        if len(name) > len(body) and (name.endswith(body) or (body in _BARE_FIRMS and _FORM.sub("", name).endswith(short))):
            return name
    return None


_INNER = re.compile(r"(?:大队|支队|中队|科|股|室|庭|处|执行局|政治部)$")
_BARE_FIRMS = frozenset({"集团", "公司", "集团公司", "总公司"})


@cache
def _bare_organs() -> frozenset[str]:
    """Return the organs of an area that a title names without it: 纪委, 监委, 人武部, 法院."""
    return frozenset(word for word in surfaces("organs", "organ") if len(word) > 1 and not word.startswith(("委", "党", "工委", "办事")))


_AREA_BEFORE = re.compile(rf"^[一-鿿]{{1,14}}?[{_LEVELS}](?=[省市县区]?委|政府|人民政府|人大|政协|纪委|监委|法院|检察院|人民)")


def _area_before(previous: str) -> str | None:
    """Return the area that the body of the title before belongs to."""
    found = _AREA_BEFORE.match(previous)
    return found.group() if found else None


def _county(scene: Scene) -> str | None:
    """Return the story's own county, or the city if it has none."""
    return next((scene.homes[level] for level in "县区旗市州" if level in scene.homes), None)
_AUTONOMOUS = ("自治区", "自治州", "自治县")


def _autonomous(scene: Scene, piece: Piece) -> str:
    """Return the area that a bare 自治区 means: the one of its kind that the story has named last before, else any."""
    kind = piece.body[:3]
    named = [found for found in scene.areas if found.name.endswith(kind)]
    before = [found.name for found in named if found.end <= piece.start]
    return before[-1] if before else named[0].name if named else kind


def _strip(head: str) -> str:
    mods = surfaces("posts", "modifier")
    changed = True
    while changed:
        changed = False
        for mod in mods:
            if head.startswith(mod) and len(head) > len(mod):
                head, changed = head[len(mod) :], True
                break
    return head


def _starts_with_area(scene: Scene, piece: Piece) -> bool:
    return scene.area_at(piece.start) is not None


def _area_of_level(scene: Scene, level: str, previous: str) -> str | None:
    """Return the area that a bare 区 or 市 means: the one of the title before it in the run, or the story's own."""
    if previous and (_COMMITTEE.search(previous) or gazetteer().names.get(previous) or previous[-1:] in _LEVELS):
        match = re.match(rf"[一-鿿]{{1,10}}?{level}(?=[省市县区]?委|政府|人民|人大|政协|纪委|监委|$)", previous)
        if match:
            return match.group()
    return scene.homes.get(level)


def _latest(scene: Scene, piece: Piece, bodies: Sequence[tuple[Span, str]]) -> str:
    """甲集团董事长张三，党委副书记李四 — the body that the sentence has named last, without its party committee."""
    sentence = scene.sentence(piece.start)
    before = [(span.start, name) for span, name in bodies if sentence is not None and sentence.span.start <= span.start and span.end <= piece.start]
    return _PARTY_INSIDE.sub("", max(before)[1]) if before else ""


def _congress(scene: Scene) -> str:
    """Return the people's congress that the story's committees belong to."""
    if "全国人大" in scene.text:
        return "全国人大"
    found = re.search(rf"([一-鿿]{{1,8}}[{_LEVELS}])(?:第?[一二三四五六七八九十]+届)?人大", scene.text)
    return scene.full(found.group(1)) + "人大" if found else ""


def _carried_body(scene: Scene, piece: Piece, core: str, bodies: Sequence[tuple[Span, str]]) -> str:
    """Return the body that a bare title leans on: the latest one of its paragraph, or story, that the head goes with."""
    hint = hints().get(core)
    sentence = scene.sentence(piece.start)
    paragraph = scene.paragraph(piece.start)
    before = sorted(((span.start, name) for span, name in bodies if span.end <= piece.start), reverse=True)
    fitting = [(start, name) for start, name in before if hint is not None and hint.search(name)]
    for place in (sentence.span if sentence else None, paragraph):
        if place is not None:
            for start, name in fitting:
                if start >= place.start:
                    return name
    return fitting[0][1] if fitting else ""
