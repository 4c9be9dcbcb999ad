"""The areas that a story speaks from: a scene goes in, its area of each level (省 市 区 县 镇 街道 …) comes out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from kg.extract.gazetteer import Found, gazetteer, level_of, short_forms
from kg.extract.scene import Scene

_SUFFIXED = re.compile(r"街道|[省市县区旗州镇乡村]")
_NOT_AREAS = re.compile(
    r"(?:[全我各本该两外跨市县省城郊灾片山库校战学辖街社园小景景老新矿牧林湖海港沿跨此外他这那某几多每双二三四五六七八九十\d]+|"
    r"[一-鿿]*(?:地区|社区|园区|小区|城区|景区|开发区|示范区|试验区|自贸区|保税区|功能区|保护区|服务区|实验区|度假区|风景区|产业区|工业区|商务区|历史文化区|片区|街区|安置区|城市|超市|都市|股市|楼市|夜市|集市|门市|上市|城镇|乡镇|集镇|重镇|家乡|同乡|故乡|水乡|异乡|侨乡|[一-鿿]之乡|瓷乡|茶乡|下乡|返乡|老乡|城乡|农村|乡村|全村|渔村|新村|驻村|入村|进村|到村))$"
)
_BEFORE_ORGAN = re.compile(r"委|人大|政协|政府|长(?!江|城)|召开|举行|举办|纪委|监委|法院|检察院")


def suffixed(scene: Scene) -> Iterator[Found]:
    """Yield areas by their last character: the known ones, and unknown ones whose beginning the tagger or grammar shows."""
    text, known = scene.text, gazetteer()
    for found in _SUFFIXED.finditer(text):
        end = found.end()
        name = known.ending(text, end)
        if name is not None:
            start = end - len(name)
            if len(name) > 2 or scene.is_cut(start):
                yield Found(start, end, name, level_of(name) if found.group() != "村" else "村")
                continue
        word = scene.word(end - 1)
        if word is None or text[end - 2 : end - 1] in ("副", "代", "原", "正", "老"):
            continue
        start = word[0]
        if word[1] > end and not _BEFORE_ORGAN.match(text, end):
            continue
        while start > 0 and end - start < 7:
            before = scene.word(start - 1)
            if before is None or before[2] not in ("LOC", "n", "nz", "a", "an", "PER", "f", "s") or before[1] != start:
                break
            if end - start > 1 and before[2] not in ("LOC", "nz", "PER"):
                break
            start = before[0]
        for cut in range(start + 2, end - 1):
            if text[cut - 1] in "省市县区州旗镇乡" and known.ending(text, cut) == text[start:cut]:
                start = cut
        name = text[start:end]
        if name[0] in "各该本我全沿跨两三多每某":
            continue
        if 3 <= len(name) <= 8 and re.fullmatch(r"[一-鿿]+", name) and not _NOT_AREAS.search(name):
            if word[2] in ("LOC", "ORG") or _BEFORE_ORGAN.match(text, end) or name[-1] in "镇乡村道":
                yield Found(start, end, name, "村" if name[-1] == "村" else level_of(name))


def find_homes(scene: Scene) -> dict[str, str]:
    """Return the story's own area of each level: the one named most, the headline and the lead counting more."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    body = scene.body.start if scene.body else 0
    lead = scene.paragraphs[0].end if scene.paragraphs else body
    for found in scene.areas:
        if found.level in ("国", "域") or found.name in gazetteer().full:
            continue
        told = _BEFORE_ORGAN.match(scene.text, found.end) is not None
        if not told and found.name not in gazetteer().names and found.name not in gazetteer().towns and found.level != "村":
            continue
        weight = 4 if found.start < body else 3 if found.start < lead else 1
        if told:
            weight *= 3
        votes[found.level][found.name] += weight
    homes = {level: max(names.items(), key=lambda item: (item[1], -scene.text.find(item[0])))[0] for level, names in votes.items()}
    if scene.article.page:
        for level, area in _page_homes(scene.article.page).items():
            homes.setdefault(level, area)
    return homes


def _page_homes(page: str) -> dict[str, str]:
    """Return the areas of county and city level that a page's titles and organs name, the most frequent of each level."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for found in gazetteer().find(page):
        if found.level in ("区", "县", "旗", "市") and found.name not in gazetteer().full:
            votes[found.level][found.name] += 5 if _BEFORE_ORGAN.match(page, found.end) else 1
    for match in re.finditer(r"(?:^|[，。、\n\s日])([一-鿿]{2,5}?[区县旗市])(?=委|人大|政协|政府|召开|举行)", page):
        if not _NOT_AREAS.search(match.group(1)):
            votes[match.group(1)[-1]][match.group(1)] += 2
    return {level: max(names.items(), key=lambda item: (item[1], -page.find(item[0])))[0] for level, names in votes.items()}


def short_names(scene: Scene) -> dict[str, str]:
    """Return the short forms of the areas that the story names in full: 管城 → 管城回族区."""
    shorts: dict[str, str] = {}
    for found in scene.areas:
        if found.level in ("国", "域"):
            continue
        for short in short_forms(found.name):
            shorts.setdefault(short, found.name)
    return shorts
