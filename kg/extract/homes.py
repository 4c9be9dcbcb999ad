"""The areas that a story speaks from: a scene goes in, its area of each level (省 市 区 县 镇 街道 …) comes out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from kg.extract.gazetteer import Found, gazetteer, level_of, short_forms
from kg.extract.names import occurrences
from kg.extract.scene import Scene

_SUFFIXED = re.compile(r"街道|苏木|嘎查|[省市县区旗州镇乡村]")
_LEVELS = "省市县区州旗盟镇乡村"
_NOT_AREAS = re.compile(
    r"^(?:(?:特别)?行政区|[一-鿿]*(?:合作区|贸易区|海区|会旗|国旗|党旗|军旗|锦旗)|[全我各本该两外跨市县省城郊灾片山库校战学辖街社园小景老新矿牧林湖海港沿此他这那某几多每双邻二三四五六七八九十\d]+(?:街道|[省市县区州旗镇乡村])?|"
    r"[一-鿿]*(?:地区|社区|园区|小区|城区|景区|开发区|示范区|试验区|自贸区|保税区|功能区|保护区|服务区|实验区|度假区|风景区|产业区|工业区|商务区|历史文化区|片区|街区|安置区|城市|超市|都市|股市|楼市|夜市|集市|门市|上市|城镇|乡镇|集镇|重镇|家乡|同乡|故乡|水乡|异乡|侨乡|[一-鿿]之乡|瓷乡|茶乡|下乡|返乡|老乡|城乡|农村|乡村|全村|渔村|新村|驻村|入村|进村|到村|级市|直辖市|[大强穷富一二三四五六七八九十两几]省|花市|专业村|文明村|富裕村|贫困村|移民村|空心村|明星村|小康村|行政村|自然村|重点村|样板村|省市|党[省市县]|[大强穷富百邻贫]县|贫困县|示范[县市镇]|试点[省市县区]|强市|兄弟[省市县]|周边[省市县]|菜市|早市|闹市))$"
)

_DISTRICT = re.compile(r"(?!高新|经开|[一-鿿]*(?:新区|开发区|园区|合作区))[一-鿿]{2,6}(?:自治县|[区县旗])")


def is_district(name: str) -> bool:
    """Tell whether a name looks like that of a district or county: 青岚区, and not 高新区 or 东湖新区."""
    return _DISTRICT.fullmatch(name) is not None and not is_no_area(name)


def is_no_area(name: str) -> bool:
    """Tell whether a word that ends like the name of an area is none: 开发区, 社区, 城市, 全县."""
    return _NOT_AREAS.search(name) is not None


BEFORE_ORGAN = re.compile(r"委|人大|政协|政府|长(?!江|城)|副?[省市县区州旗盟镇乡]长|领导(?!的)|召开|举行|举办|纪委|监委|法院|检察院")


def suffixed(scene: Scene) -> Iterator[Found]:
    """Yield areas by their last character: the known ones, and unknown ones whose beginning the tagger or grammar shows."""
    text, known = scene.text, gazetteer()
    for found in _SUFFIXED.finditer(text):
        end = found.end()
        name = known.ending(text, end)
        if name is not None:
            start = end - len(name)
            word = scene.word(start)
            is_word = word is not None and word[0] == start and word[2] in ("LOC", "ORG", "nz", "ns")
            if len(name) > 2 or is_word or (start > 0 and not "一" <= text[start - 1] <= "鿿"):
                yield Found(start, end, name, level_of(name) if found.group() != "村" else "村")
                continue
        if found.group() == "村" and text[end : end + 1] in "级民居里集务":
            continue
        word = scene.word(end - 1)
        if word is None or text[end - 2 : end - 1] in ("副", "代", "原", "正", "老") or (found.group() == "乡" and text.startswith("村", end)):
            continue
        if word[0] == end - 1 and text[end - 2 : end - 1] in _LEVELS:  # 甲区区长: the second 区 begins a title
            continue
        start = word[0]
        if word[1] > end and not BEFORE_ORGAN.match(text, end) and not (word[2] == "ORG" and end - start >= 3 and found.group() in "区县旗"):
            continue
        if word[2] == "LOC" and text[start] in "同与和向" and end - start >= 4:  # the tagger glues 同 to names it does not know
            start += 1
        while start > 0 and end - start < 7:
            before = scene.word(start - 1)
            if before is None or before[2] not in ("LOC", "n", "nz", "a", "an", "PER", "f", "s") or before[1] != start:
                break
            if end - start > 1 and before[2] not in ("LOC", "nz"):
                break
            start = before[0]
        for cut in range(start + 2, end - 1):
            is_known = text[cut - 1] in "省市县区州旗镇乡" and known.ending(text, cut) == text[start:cut]
            if is_known or (text[cut - 1] in "省市州县" and cut - start >= 3 and end - cut >= 3 and scene.is_cut(cut)):
                start = cut
        if text.startswith("中共", start) and end - start > 4:
            start += 2
        for country in range(start + 2, min(end - 2, start + 8)):
            if known.names.get(text[start:country]) == "国":
                start = country
                break
        name = text[start:end]
        if name[0] in "各该本我全沿跨两三多每某":
            continue
        if name[:-1] in known.names and level_of(name[:-1]) == name[-1]:  # 歙县县|委
            continue
        if 3 <= len(name) <= 8 and re.fullmatch(r"[一-鿿]+", name) and not is_no_area(name):
            led = scene.word(start)  # 松陵|县委书记: the tagger knows the name and takes its 县 for the title
            is_led = led is not None and led[:2] == (start, end - 1) and led[2] == "LOC" and name[:-1] not in known.names and name[:-1] not in known.full
            if name[-1] in "省市县" and (end - word[0] < 3 or word[2] not in ("LOC", "ORG")) and not is_led:
                continue  # 代表|县委, 报告|市人大: only the tagger shows where an unknown one begins
            if word[2] in ("LOC", "ORG") or BEFORE_ORGAN.match(text, end) or name[-1] in "镇乡村道":
                yield Found(start, end, name, "村" if name[-1] == "村" else level_of(name))


def find_homes(scene: Scene) -> dict[str, str]:
    """Return the story's own area of each level: the one named most, the headline and the lead counting more."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    body = scene.body.start if scene.body else 0
    lead = scene.paragraphs[0].end if scene.paragraphs else body
    for found in scene.areas:
        if found.level in ("国", "域") or found.name in gazetteer().full:
            continue
        # 来甲区考察: the story is told in 甲区; 甲市乙区: what leads an area is one
        is_host = scene.text[found.start - 1 : found.start] == "来"
        told = is_host or scene.area_at(found.end) is not None or BEFORE_ORGAN.match(scene.text, found.end) is not None
        is_known = found.name in gazetteer().names or found.name in gazetteer().towns or found.level == "村"
        if not told and not is_known and scene.text.count(found.name) < 2:
            continue
        weight = 4 if found.start < body else 3 if found.start < lead else 1
        if told:
            weight *= 3
        if is_host:
            weight *= 2
        votes[found.level][found.name] += weight
    for names in votes.values():
        if len(names) > 1:
            _count_short_names(scene, names, lead)
    homes = {level: max(names.items(), key=lambda item: (item[1], -scene.text.find(item[0])))[0] for level, names in votes.items()}
    if scene.article.page:
        for level, area in _page_homes(scene.article.page).items():
            homes.setdefault(level, area)
    return homes


def _count_short_names(scene: Scene, names: Counter[str], lead: int) -> None:
    """平湖与日和精密签约 — a headline or lead that says 平湖 speaks of 平湖市, not of the city above it."""
    text = scene.text
    for name in list(names):
        for short in short_forms(name):
            names[name] += sum(4 for start in occurrences(text, short) if start < lead and not text.startswith(name, start))


def _page_homes(page: str) -> dict[str, str]:
    """Return the areas of county and city level that a page's titles and organs name, the most frequent of each level."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for found in gazetteer().find(page):
        if found.level in ("区", "县", "旗", "市") and found.name not in gazetteer().full:
            votes[found.level][found.name] += 5 if BEFORE_ORGAN.match(page, found.end) else 1
    for match in re.finditer(r"(?:^|[，。、\n\s日])([一-鿿]{2,5}?[区县旗市])(?=委|人大|政协|政府|召开|举行)", page):
        if not is_no_area(match.group(1)):
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
