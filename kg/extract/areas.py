"""Areas: a scene goes in, the areas that its text names on their own (not inside a post or a body) come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.gazetteer import Found, gazetteer, level_of, short_forms
from kg.extract.homes import BEFORE_ORGAN, is_district, is_no_area, short_names, suffixed
from kg.extract.names import occurrences
from kg.extract.renamings import renamed_areas
from kg.extract.scene import Scene
from kg.model import Mention, Span

_LONG = re.compile(r"[省市州区县盟旗]$")


def find_areas(scene: Scene) -> tuple[Found, ...]:
    """Return every stretch that may name an area, inside longer names too, in order, the longest at each place."""
    candidates = [found for found in gazetteer().find(scene.text) if _stands(scene, found)]
    candidates += suffixed(scene)
    candidates += _led_counties(scene)
    candidates += renamed_areas(scene)
    candidates = [found for found in candidates if not (found.name[0] in "代副原" and scene.text[found.end : found.end + 1] == "长")]  # 代县|长
    candidates = [found for found in candidates if found.name not in _COMMON or _is_led(scene.text, found)]
    candidates = [piece for found in candidates for piece in _pieces(scene, found)]
    candidates.sort(key=lambda found: (found.start, -found.end))
    chosen: list[Found] = []
    for found in candidates:
        if chosen and found.start < chosen[-1].end:
            if found.end > chosen[-1].end and found.start == chosen[-1].start:
                chosen[-1] = found
            continue
        chosen.append(found)
    scene.area_aliases.update(_aliases(chosen))
    return tuple(replace(found, name=scene.area_aliases.get(found.name, found.name)) for found in chosen)


def _aliases(found: Sequence[Found]) -> dict[str, str]:
    """Return the short names of autonomous areas that the story names in full too: 石林县 → 石林彝族自治县, 海南乡 → 海南朝鲜族乡."""
    known = gazetteer()
    full = {(short, area.level): area.name for area in found if "族" in area.name for short in short_forms(area.name)}
    aliases: dict[str, str] = {}
    for area in found:
        name = full.get((area.name[:-1], area.name[-1]))
        if name is not None and area.name not in known.names and area.name not in known.towns:
            aliases[area.name] = name
    return aliases


# 云州市|青岚区: a city that the gazetteer does not know, at the beginning of a clause or after a word that leads up to a place
_CITY = re.compile(r"(?:^|(?<=[^一-鿿])|(?<=[在到赴于来]))(?![在到赴于来全我本各该]|设立|成立|改设|新设|撤销)[一-鿿]{2,4}市$")


def _pieces(scene: Scene, found: Found) -> Iterator[Found]:
    """Yield a district with the unknown city written before it as two areas: 云州市青岚区, whether the tagger sees one word or two."""
    known = gazetteer()
    if found.level not in ("区", "县", "旗") or found.name in known.names:
        yield found
        return
    cut = found.name.find("市", 2, 5) + 1
    if cut and is_district(found.name[cut:]) and found.name[:cut] not in known.names and not is_no_area(found.name[:cut]):
        yield Found(found.start, found.start + cut, found.name[:cut], "市")
        yield Found(found.start + cut, found.end, found.name[cut:], found.level)
        return
    city = _CITY.search(scene.text[max(0, found.start - 7) : found.start])
    if city is not None and city.group() not in known.names and not is_no_area(city.group()) and is_district(found.name):
        yield Found(found.start - len(city.group()), found.start, city.group(), "市")
    yield found


def _led_counties(scene: Scene) -> Iterator[Found]:
    """浙江海宁, 广州南沙 — a county in its short form, which its province or prefecture leads in one word of the tagger."""
    known = gazetteer()
    for start, end, flag in scene.words:
        if flag != "LOC" or not 4 <= end - start <= 7:
            continue
        for cut in range(start + 2, end - 1):
            above, short = scene.text[start:cut], scene.text[cut:end]
            county = known.county(above, short)
            if county is not None:
                yield Found(start, cut, above, known.names[above])
                yield Found(cut, end, county, level_of(county))
                break


_COMMON = frozenset({
    "城区", "郊区", "矿区", "会同县", "白银", "和县",
    # former districts whose names are common words
    "新建县", "城北区", "北市区", "南市区", "东市区", "中市区", "西市区", "动力区", "红星区", "永新区", "开元区", "升平区", "友好区",
})  # fmt: skip


def _is_led(text: str, found: Found) -> bool:
    """Tell whether a district whose name is a common noun (城区) is named: an area leads it, or an organ follows."""
    return text[found.start - 1 : found.start] == "市" or BEFORE_ORGAN.match(text, found.end) is not None


def _stands(scene: Scene, found: Found) -> bool:
    """Tell whether a known name stands as a word: the tagger agrees at an end, or its suffix is unmistakable."""
    if _LONG.search(found.name) and len(found.name) >= 3:
        return True
    word = scene.word(found.start)
    if word is None:
        return True
    if word[2] in ("LOC", "ORG", "nz", "nt") and word[0] == found.start:
        return True
    if word[2] == "LOC" and word[1] == found.end and scene.text[word[0] : found.start] in gazetteer().names:
        return True  # 辽宁|沈阳
    return word[0] == found.start and (word[1] == found.end or (word[2] != "PER" and scene.is_cut(found.end)))


def areas(scene: Scene) -> Iterator[Mention]:
    """管城回族区, 河南, 法国, 杨家镇 — the areas that the text names, short forms with the full name of the story."""
    full = gazetteer().full
    shorts = short_names(scene)
    seen = {found.name for found in scene.areas}
    index = 0
    found_areas = scene.areas
    while index < len(found_areas):
        found = found_areas[index]
        last = index
        # 郑州市管城回族区: the lower area, in full form
        while (
            last + 1 < len(found_areas)
            and found_areas[last + 1].start == found_areas[last].end
            and found.level not in ("国", "域")
            and found_areas[last + 1].level not in ("镇", "乡", "街道", "村")
        ):
            last += 1
        final = found_areas[last]
        start, end = found.start, final.end
        index = last + 1
        if not scene.is_free(Span(start, end)):
            for single in found_areas[index - (last - index + 1) - 0 : last + 1]:
                if scene.is_free(Span(single.start, single.end)):
                    yield from _one(scene, single, full, seen)
            continue
        if start != final.start:
            yield scene.mention("Area", start, end, "areas/chain", name=final.name, confidence=0.9)
            continue
        yield from _one(scene, found, full, seen)
    yield from _short(scene, shorts)


_LIST = re.compile(
    r"(?<![一-鿿])?((?:[一-鿿]{2,4}[、和])+[一-鿿]{2,4})等(?:\d+个|[一二两三四五六七八九十]+个|多个|几个)?(?:乡镇|镇街|街镇|乡镇街道|街道|镇村|镇|乡|县区|区县|市县|县市区|县市|省份|省区市|省区)"
)


_NO_AREA = re.compile(r"\d|(?:企业|单位|部门|公司|群众|代表|农户|家庭|干部|地方)$")


def listed_areas(scene: Scene) -> Iterator[Mention]:
    """在三班、龙浔、浔中等乡镇 — names of a list that its tail calls areas."""
    for found in _LIST.finditer(scene.text) if "等" in scene.text else ():
        position = found.start(1)
        for name in re.split(r"[、和]", found.group(1)):
            start = position
            while len(name) > 2 and scene.word(start) is not None and scene.word(start)[2] in ("p", "v", "d", "u"):  # type: ignore[index]
                step = scene.word(start)[1] - start  # type: ignore[index]
                start, name = start + step, name[step:]
            if len(name) >= 2 and not _NO_AREA.search(name):
                yield scene.mention("Area", start, start + len(name), "areas/list", confidence=0.8)
            position = start + len(name) + 1


def nested(scene: Scene) -> Iterator[Mention]:
    """柯柯牙镇“石榴籽”幼儿园, 福州市三坊七巷 — areas with their suffix inside a longer name of a place, project or body."""
    for found in scene.areas:
        if found.level in ("国", "域", "村") or not (_LONG.search(found.name) or found.name.endswith(("镇", "乡", "街道"))):
            continue
        span = Span(found.start, found.end)
        outer = next(scene.within(span, partly=True), None)
        if outer is not None and outer.kind in ("Place", "Project", "Organization") and outer.span.covers(span) and outer.span != span:
            yield scene.mention("Area", found.start, found.end, "areas/nested", name=found.name, confidence=0.6)


def _one(scene: Scene, found: Found, full: dict[str, str], seen: set[str]) -> Iterator[Mention]:
    text = scene.text
    name = found.name
    long = full.get(name)
    if long is not None and long in seen:
        name = long
    before = text[max(0, found.start - 1) : found.start]
    after = text[found.end : found.end + 1]
    if after and after in "路街道大江河湖海港岛话语菜族籍" and not scene.is_cut(found.end):
        return
    if before and before in "驻对抗援" and found.level != "国":
        pass
    confidence = 0.7 if found.level == "村" else 0.9
    yield scene.mention("Area", found.start, found.end, f"areas/{'village' if found.level == '村' else 'known'}", name=name, confidence=confidence)


def _short(scene: Scene, shorts: dict[str, str]) -> Iterator[Mention]:
    """管城, 浔中 — the short form of an area that the story names in full."""
    text = scene.text
    for short, name in shorts.items():
        for start in occurrences(text, short):
            end = start + len(short)
            if text.startswith(name, start) or not scene.is_free(Span(start, end)):
                continue
            word = scene.word(start)
            if word is not None and not (word[0] == start and scene.is_cut(end)) and word[2] not in ("LOC", "ORG"):
                continue
            if word is not None and word[2] == "PER":
                continue
            yield scene.mention("Area", start, end, "areas/short", name=name, confidence=0.85)
