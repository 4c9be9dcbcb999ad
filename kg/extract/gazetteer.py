"""The areas of the world that the lexicon knows: a text goes in, the stretches that may name one come out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|新区|林区|矿区|省|市|盟|州|县|区|旗)$"
)
_TOWN = re.compile(r"(?:街道|镇|乡|苏木)$")
_PEOPLE = (
    "蒙古族|蒙古|回族|藏族|维吾尔|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|"
    "水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|乌孜别克族|"
    "俄罗斯族|鄂温克族|鄂温克|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|鄂伦春|赫哲族|门巴族|珞巴族|基诺族|各族|多民族|民族"
)
_PEOPLES = re.compile(rf"(?:{_PEOPLE})+$")
_PROVINCES = {"内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆"}
_NOT_SHORT = frozenset({"城", "东", "西", "南", "北", "中", "郊", "市中", "城关", "矿", "新", "郊区", "城中", "城区"})


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text that may name an area; ``level`` is its kind: 省 市 区 县 旗 州 镇 乡 街道 国 域."""

    start: int
    end: int
    name: str
    level: str


class Gazetteer:
    """The administrative areas of China, today's and those of the last twenty years, the countries, and regions, with their short forms.

    ``former`` gives the codes of names that no area bears any more; an area that was only renamed has its code still.
    ``successors`` leads from a code that is no more to that of the area in its place, None where none can be told.
    """

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.towns: set[str] = set()
        self.codes: dict[str, list[str]] = defaultdict(list)
        self.full: dict[str, str] = {}
        self.foreign: set[str] = set()
        parents: dict[str, str] = {}
        self._by_code: dict[str, str] = {}
        for line in _lines("areas.txt"):
            code, name, parent = line.split("\t")
            parents[code] = parent
            if len(code) == 6:
                self._by_code[code] = name
            self.codes[name].append(code)
            if len(code) > 6:
                self.towns.add(name)
                continue
            self.names.setdefault(name, _level(name))
            if parent == "-" or code.endswith("00"):
                short = _short(name)
                if len(short) >= 2:
                    self.names.setdefault(short, _level(name))
                    self.full.setdefault(short, name)
        for line in _lines("countries.txt"):
            _, name, others = line.split("\t")
            for word in (name, *(others.split("、") if others != "-" else ())):
                self.names.setdefault(word, "国")
                self.foreign.add(word)
                if word != name:
                    self.full.setdefault(word, name)
        self.foreign.discard("中国")
        self.former: dict[str, list[str]] = defaultdict(list)
        self.successors: dict[str, str | None] = {}
        self._former_names: dict[str, str] = {}
        self._read_former()
        for word in _lines("regions.txt"):
            self.names.setdefault(word, "域")
        self.parents = parents
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.names, key=lambda word: (-len(word), word)):
            if len(name) >= 2:
                self._by_head[name[:2]].append(name)
        self._lasts = frozenset(name[-1] for names in (self.names, self.towns) for name in names)
        self._firsts = re.compile("[" + "".join(sorted({head[0] for head in self._by_head})) + "](?=.)")

    def _read_former(self) -> None:
        """Read the areas of former years; a name that an area of today or several former ones bear is none by which a text is read."""
        years: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for line in _lines("areas-former.txt"):
            code, name, year, successor = line.split("\t")
            if code not in self._by_code:
                self.successors[code] = None if successor == "-" else successor
                self._former_names[code] = name
            if name not in self.codes and name not in self.names:
                years[name].append((year, code))
        for name, found in years.items():
            latest: dict[str, str] = {}
            for _, code in sorted(found):
                latest[self.successors.get(code) or code] = code
            self.former[name] = list(latest.values())
            # 召开|县委, 新任|县长: names of two characters stand in other words too often
            if len(latest) == 1 and len(name) >= 3:
                self.names[name] = _level(name)

    def name_of(self, code: str) -> str:
        """Return the name of the province, prefecture or county with this code, of today or of former years; KeyError if there is none."""
        return self._by_code.get(code) or self._former_names[code]

    def county(self, above: str, short: str) -> str | None:
        """Return the county whose short form this is in the province or prefecture ``above`` (浙江, 海宁 → 海宁市)."""
        if above not in self.names or above in self.foreign:
            return None
        leads = [code for code in self.codes.get(self.full.get(above, above), ()) if len(code) == 6]
        for code in leads:
            start = code[:2] if code.endswith("0000") else code[:4]
            for suffix in ("市", "县", "区", "旗"):
                if any(len(found) == 6 and found.startswith(start) for found in self.codes.get(short + suffix, ())):
                    return short + suffix
        return None

    def find(self, text: str) -> Iterator[Found]:
        """Yield the longest known names (provinces, prefectures, counties, countries, regions), left to right."""
        done = 0
        by_head = self._by_head
        for first in self._firsts.finditer(text):
            position = first.start()
            if position < done:
                continue
            for name in by_head.get(text[position : position + 2], ()):
                if text.startswith(name, position):
                    done = position + len(name)
                    yield Found(position, done, name, self.names[name])
                    break

    def ending(self, text: str, end: int, most: int = 12) -> str | None:
        """Return the longest known area, townships included, whose full name ends at ``end``."""
        if text[end - 1 : end] not in self._lasts:
            return None
        for length in range(min(most, end), 1, -1):
            word = text[end - length : end]
            if word in self.names or word in self.towns:
                return word
        return None


def _lines(name: str) -> Iterator[str]:
    text = (files("kg.ontology") / "lexicon" / name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line


def _level(name: str) -> str:
    if name.endswith("街道"):
        return "街道"
    if name.endswith(("自治区", "特别行政区")):
        return "省"
    if name.endswith("自治县"):
        return "县"
    if name.endswith(("自治州", "地区")):
        return "州"
    return name[-1] if name[-1] in "省市区县旗州盟镇乡" else "域"


def level_of(name: str) -> str:
    """Return the level of an area by its last characters (管城回族区 → 区); 域 where they do not tell."""
    return _level(name)


def _short(name: str) -> str:
    """Return the short form of a province or prefecture: 河南省 → 河南, 延边朝鲜族自治州 → 延边."""
    if name in _PROVINCES:
        return _PROVINCES[name]
    bare = _SUFFIX.sub("", name)
    return _PEOPLES.sub("", bare) or bare


def short_forms(name: str) -> tuple[str, ...]:
    """Return the forms under which a text names an area it has named in full: 管城回族区 → 管城; 浔中镇 → 浔中."""
    bare = _TOWN.sub("", name) if _TOWN.search(name) else _SUFFIX.sub("", name)
    if bare == name or bare in _NOT_SHORT:
        return ()
    forms = [bare]
    peoples = _PEOPLES.sub("", bare)
    if peoples != bare:
        forms.append(peoples)
    return tuple(form for form in forms if len(form) >= 2 and form not in _NOT_SHORT)


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once."""
    return Gazetteer()
