"""Figures: a scene goes in, its indicators (GDP 同比增长 6.5%) with value, unit, change, period and area come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.dates import dates
from kg.extract.gazetteer import gazetteer
from kg.extract.scene import Scene
from kg.lexicon import either, rows, surfaces
from kg.model import Evidence, Indicator, Mention, Sentence, Span, When

_TABLE = "indicators"
_LONGEST = 40
"""The longest name in characters, and how far left of a number its clause is looked at, six times as far."""

_GLANCE = re.compile(r"\d|百分之|[一二三四五六七八九十百][万亿]|[一二两三四五]个百分点")
_CLAUSE = re.compile(r"[，。；：！？,;:!?\n]|——")
_BRACKET = re.compile(r"（[^（）]*）?|\([^()]*\)?|[A-Z]{3,}(?=$|[一-鿿])(?<=[一-鿿]...)")
_RUN = re.compile(r"(?:、|和|以及|及|与)")
_LEFT_OVER = re.compile(r"^[、和及与“”\s的了，]+")
_RIGHT_OVER = re.compile(r"[的\s]+$")
_FROM = re.compile(r"(?:由|从)[^，]{1,24}$")
_SHARE = re.compile(r"^(?P<subject>[^占]*)(?<!抢)占(?!地|用|比)(?P<whole>[^占%％了过着]{1,24}?)(?:的)?(?:(?P<word>比重|比例|比率|份额|比)[^占]{0,12})?$")
_EACH = "分别"
_TOWARD = re.compile(r"(?<=[一-鿿]{2})[对向自](?=[一-鿿]{2})")
_LIST = re.compile(r"、|以及|(?<![参调中饱缓])和(?![平谐田睦])")
_NAME = re.compile(r"[一-鿿A-Za-z0-9“”·—+/～~、㎡-]+")
_SINCE = re.compile(r"[年月季届期日周天旬末初]|之前|此前|以往")
_FORECAST = re.compile(r"预计|预测|预估")
_FORECAST_OF = re.compile(r"(?:预计|预测)(?:\d{4}年|今年|明年|全年)[^，。]{0,2}，")
_WORLD = ("全球", "世界")
_NOW = re.compile(
    r"目前|当前|现在|如今|迄今|至今|[一二三四五六七八九十]+[多余]?年来|十[一二三四五]五”?以来"
    r"|元旦|春节|清明|劳动节|端午|中秋|国庆|假期|春运|暑运"
)
"""Words whose figures are of no period that a date tells."""
_MUST = re.compile(r"(?<![重主需必纪摘次])要(?![素求点件闻])")
_BASE = re.compile(r"(?P<plain>同比|环比|年均)(?:[上较]?[前一去上]*[年月日天周季](?:同期)?)?$")
_THAN = re.compile(r"(?<![占对同环可之百无好相参])(?:相比|[比较与])(?P<than>(?:(?![比较与])[一-鿿\d—－~～“”·]){1,12}?)(?:相比)?$")
_EARLIER_BASE = re.compile(r"^(?:与|和|同|跟|相比)(?P<than>[一-鿿\d]{1,10}?)(?:相比|比较)?$")
_MEASURED = re.compile(r"[，,](?:同比|环比|[比较]|增长|增幅)")
_POINTS = re.compile(r"(?:[、和]\d+(?:\.\d+)?)+个百分点")
_HALF = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with its unit, as a plain decimal."""

    start: int
    end: int
    value: str
    unit: str
    is_count: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words before a number say of it: whose figure it is, or which change."""

    name: str
    change: str | None
    sign: str
    start: int
    is_certain: bool
    is_each: bool = False
    period: When | None = None
    area: Mention | None = None
    subject: Mention | None = None
    is_works: bool = False
    is_carried: bool = False


class _Context:
    """What the figures of a paragraph hand on to those after them."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.period: When | None = None
        self.area: Mention | None = None
        self.subject: Mention | None = None
        self.base: str | None = None
        self.owner = ""
        self.is_moved = False
        self.start = 0


def indicators(scene: Scene) -> Iterator[Indicator]:
    """一季度,全区生产总值同比增长6.5% — yield the figures of a story that have a name.

    ``value`` is a plain decimal, negative for a fall; ``unit`` stands as in the text (亿元, %, 个百分点). ``change`` is
    what a change is measured against (同比, 环比, 较年初, 比上年, 比2019年), 增长 where the text does not say, and None for a
    level. Numbers without a named quantity (ages, ordinals, people attending), plans, limits and ranges are no figures.
    """
    if scene.body is None or _GLANCE.search(scene.text) is None:
        return
    for paragraph in scene.paragraphs:
        if _GLANCE.search(scene.text, paragraph.start, paragraph.end) is not None:
            yield from _Paragraph(scene, paragraph).indicators()


class _Paragraph:
    """One paragraph while its figures are read, left to right."""

    def __init__(self, scene: Scene, span: Span) -> None:
        self.scene = scene
        self.text = scene.text
        self.span = span
        self.context = _Context()
        self._dated: dict[int, tuple[When, ...]] = {}

    def indicators(self) -> Iterator[Indicator]:
        """Yield the figures; a run of numbers (15%、11%) is read as one."""
        sentence: Sentence | None = None
        done = self.span.start
        for run in _runs(self.text, _quantities(self.text, self.span)):
            here = self.scene.sentence(run[0].start)
            if here is None:
                continue
            if sentence is None or here.span != sentence.span:
                sentence = here
                self.context.names = self.context.names[-1:] if _leans(self.text, here.span) else []
                self.context.subject = None
                self.context.owner = ""
            yield from self._run(run, here, done)
            if _RUN.match(self.text, run[-1].end):
                done = run[-1].end

    def _run(self, run: list[_Quantity], sentence: Sentence, done: int) -> Iterator[Indicator]:
        first = run[0]
        start = max(sentence.span.start, done, first.start - 6 * _LONGEST)
        clause = start
        for mark in _CLAUSE.finditer(self.text, start, first.start):
            clause = mark.end()
        told = self._told(first, sentence, clause, run[-1].end)
        if told is None or self._is_planned(sentence, clause, first, told):
            return
        names = [told.name]
        if told.is_each:
            names = self.context.names[-len(run) :] if told.is_carried else _shared(told.name, len(run))
        if len(names) != len(run) or not all(names):
            return
        self._remember(told, names, clause)
        for quantity, name in zip(run, names, strict=True):
            yield self._indicator(told, quantity, name, sentence)

    def _indicator(self, told: _Told, quantity: _Quantity, name: str, sentence: Sentence) -> Indicator:
        rule = "indicators/change" if told.change else "indicators/level"
        sure = 0.9 if told.is_certain else 0.8
        evidence = Evidence(self.scene.article.id, Span(max(sentence.span.start, told.start), quantity.end), rule, sure)
        value = quantity.value if told.sign != "-" or quantity.value.startswith("-") else f"-{quantity.value}"
        return Indicator(name, value, quantity.unit, evidence, told.change, told.period, told.area, told.subject)

    def _remember(self, told: _Told, names: list[str], clause: int) -> None:
        context = self.context
        context.names += names if not told.is_carried else []
        context.period = told.period or context.period
        context.is_moved = told.change is not None
        context.area, context.subject, context.start = told.area, told.subject, told.start
        if told.change is not None and told.change != _GROWTH:
            context.base = told.change

    # ------------------------------------------------------------ the words before a number

    def _told(self, first: _Quantity, sentence: Sentence, clause: int, end: int) -> _Told | None:
        """Return what the clause before a number says of it."""
        left = _blanked(self.text[clause : first.start])
        bare = left.rstrip()
        if _ending(bare, "bound") or bare.endswith(("比", "较", "每", "第", "约合", "折合")):
            return None
        bare, is_each = _unlinked(bare)
        change: str | None = None
        sign = ""
        reach = _ending(bare, "reach")
        if reach:
            bare = bare[: -len(reach)]
            bare = _FROM.sub("", bare)
            bare, each = _unlinked(bare)
            is_each = is_each or each
        else:
            moved = _moved(bare)
            if moved is not None:
                if _pattern("effect").search(bare):
                    return None
                bare, sign, each = moved
                is_each = is_each or each
                based = _based(bare)
                if based is None:
                    return None
                bare, change = based
                bare, each = _unlinked(bare)
                is_each = is_each or each
                if _FROM.search(bare):
                    turned = re.search(r"(?:转为|转)$", bare)
                    if turned is None:
                        return None
                    bare = _FROM.sub("", bare)
                change = change or (self._earlier_base(sentence, clause) if first.unit in ("%", "个百分点") else None) or _GROWTH
            elif _FROM.search(bare):
                return None
        if first.unit in ("个百分点", "个基点", "倍") and change is None and not reach:
            return None
        mean = _ending(bare, "mean")
        told = self._named(bare.removesuffix(mean), sentence, clause, first, change, end)
        if told is None:
            return None
        return replace(told, name=told.name if told.is_carried else mean + told.name, change=change, sign=sign, is_each=is_each)

    def _earlier_base(self, sentence: Sentence, clause: int) -> str | None:
        """Return what an earlier clause compares with: 与上年同期相比，…; else the base of the figure before."""
        before = self.text[max(sentence.span.start, clause - 16) : clause - 1]
        found = _EARLIER_BASE.search(_CLAUSE.split(before)[-1]) if before else None
        if found and _SINCE.search(found["than"]):
            return _base(found["than"])
        return self.context.base

    def _named(self, bare: str, sentence: Sentence, clause: int, first: _Quantity, change: str | None, end: int) -> _Told | None:
        """Return the name that ends before a number, with its period, area and subject."""
        share = _SHARE.match(bare)
        words, begin = _stripped(bare, 0)
        if not words and change is None:
            return None
        if words and share is None and not change and not _has_name(words) and not self._is_measured(end):
            return None
        dated = self._dates(sentence)
        period, begin = self._period(dated, sentence, clause, clause + begin, clause + len(bare))
        words, shift = _stripped(self.text_of(bare, clause, begin), 0)
        begin += shift
        if not words:
            return self._carried(change, period, clause, first.unit) if change else None
        before = self._area(clause) if period is not None and period.span.start > clause else None
        area, subject, begin = self._owner(clause, begin, clause + len(bare))
        if subject is not None and subject.kind == "Place":
            over = _stripped(self.text_of(bare, clause, begin), 0)[0]
            if _known(over)[1] != over:  # 青海湖水鸟数量 is a name, and 塔里木河流域 no river
                begin, subject = subject.span.start, None
        words, shift = _stripped(self.text_of(bare, clause, begin), 0)
        begin += shift
        if not _has_name(words) and share is None and self.scene.starts_verb(begin, begin + 2) and not words.startswith("新"):
            return None
        forecast = "预计" if _FORECAST.search(self.text, clause, first.start) or self._is_forecast(sentence, clause) else ""
        words = _stripped(_FORECAST.sub("", words), 0)[0] if forecast else words
        name, is_certain, is_works = self._name(words, share is not None, change, first, end)
        if name is None:
            return self._carried(change, period, clause, first.unit) if change and not words else None
        if name.startswith(_WORLD):
            area = None
        elif area is None:
            named = before if before is not None and period is not None and before.span.end == period.span.start else None
            area = named or self._area_before(sentence, clause) or self.context.area
        if is_works and period is not None and period.span.start < clause:
            period = None  # how long a road is does not depend on the day
        if subject is None:
            subject = self._subject(sentence, clause, is_works)
        return _Told(forecast + name, change, "", clause, is_certain, period=period, area=area, subject=subject, is_works=is_works)

    @staticmethod
    def text_of(bare: str, clause: int, begin: int) -> str:
        return bare[begin - clause :] if begin > clause else bare

    def _carried(self, change: str | None, period: When | None, clause: int, unit: str) -> _Told | None:
        """Return the change of the figure before: 225万亿元，同比增长5.4%; what a growth gains in points is its rate's."""
        context = self.context
        if not context.names:
            return None
        begin = context.start or clause
        name = context.names[-1]
        if unit == "个百分点" and context.is_moved and _known(name)[0] != "rate":
            name += "增速"
        return _Told(name, change, "", begin, True, period=period or context.period, area=context.area, subject=context.subject, is_carried=True)

    def _name(self, words: str, is_share: bool, change: str | None, first: _Quantity, end: int) -> tuple[str | None, bool, bool]:
        """Return the name that words end with, whether the lexicon knows it, and whether it is that of a project."""
        words = _RIGHT_OVER.sub("", words)
        if is_share:
            found = _SHARE.match(words)
            if found is None or first.unit not in ("%", "个百分点") or _OF_SHARE.match(self.text, end):
                return None, False, False
            whole = _stripped(_cut(_RIGHT_OVER.sub("", found["whole"])), 0)[0]
            subject = _tidy(_cut(_subject_of(found["subject"]))) or (self.context.names[-1] if self.context.names else "")
            return (f"{subject}占{whole}的{_SHARES.get(found['word'] or '', found['word'])}", True, False) if subject and whole else (None, False, False)
        kind, known = _known(words)
        if kind is None:
            if first.is_count and not self._is_measured(end):
                return None, False, False
            is_open = change not in (None, _GROWTH) or self._is_measured(end)
            before, core = ("", words) if change else _split(words)
            name = _tidy(_subject_of(before) + core)
            return (name, False, False) if is_open and not _ending(words, "no-name") and _is_plain(name) and _cut(name) == name else (None, False, False)
        before, core = _split(words, len(words.rstrip()) - len(known))
        core = _cut(core)
        if kind == "works":
            core = _THE_WORKS.sub("", core)
        before = _tidy(_cut(_subject_of(before)))
        if before:
            self.context.owner = before
        elif _splits().match(words):
            before = self.context.owner  # 营业收入24万亿元，…；实现利润1.53万亿元
        name = _tidy(before + core + known)
        if name[:2] in _areas() and not _NO_AREA.match(name, 2):
            name = name[2:]
        if _POINTING.search(name):
            return None, False, False
        is_alone = name == known
        if kind == "rate" and (is_alone or core in ("同比", "环比")):
            if not self.context.names:
                return None, False, False
            name = self.context.names[-1] + name
        elif kind == "head" and is_alone:
            return None, False, False
        if not 2 <= len(name) <= _LONGEST or not _NAME.fullmatch(name):
            return None, False, False
        return name, True, kind == "works" and is_alone

    def _is_forecast(self, sentence: Sentence, clause: int) -> bool:
        """Tell whether a sentence forecasts a year: 预计2024年，…"""
        return _FORECAST_OF.search(self.text, sentence.span.start, clause) is not None

    def _is_measured(self, end: int) -> bool:
        """Tell whether a number is followed by its change (1245万户，同比增长4%), as only a statistic is."""
        tail = self.text[end : end + 24]
        found = _MEASURED.match(tail)
        return found is not None and re.search(r"\d|百分之", tail) is not None

    # ------------------------------------------------------------ when, where and of what

    def _dates(self, sentence: Sentence) -> tuple[When, ...]:
        start = sentence.span.start
        if start not in self._dated:
            found = dates(sentence.text, Span(0, len(sentence.text)), self.scene.article.published)
            self._dated[start] = tuple(
                replace(when, span=Span(when.span.start + start, when.span.end + start)) for when in found if self._is_period(when, start)
            )
        return self._dated[start]

    def _is_period(self, when: When, start: int) -> bool:
        """Tell whether a date is when something was measured, not what it is compared with or the day it was told."""
        before = self.text[max(0, start + when.span.start - 2) : start + when.span.start]
        tail = self.text[start + when.span.end : start + when.span.end + 24]
        if _NO_PERIOD_AFTER.match(tail):
            return False
        if before.endswith(_NO_PERIOD) and not before.endswith("截至到") and not (before.endswith("从") and _SEEN_FROM.match(tail)):
            return False
        if len(when.start) < 10 and not when.start.startswith("--"):
            return True
        clause = re.split(r"[，。；\n]", tail)
        said = _pattern("report")
        return said.search(clause[0]) is None and (len(clause) < 2 or bool(clause[0].strip("（）()日月0123456789")) or said.search(clause[1]) is None)

    def _period(self, dated: tuple[When, ...], sentence: Sentence, clause: int, begin: int, end: int) -> tuple[When | None, int]:
        """Return the period of a figure and where its name begins, after a period that stands in the same words."""
        period = None if _NOW.search(self.text, sentence.span.start, end) else self.context.period
        for when in dated:
            if when.span.end > end:
                break
            period = when
            if when.span.start >= clause:
                begin = max(begin, when.span.end)
        return period, begin

    def _owner(self, clause: int, begin: int, end: int) -> tuple[Mention | None, Mention | None, int]:
        """Return the area and the subject that the words before a name begin with, and where the name begins then."""
        area: Mention | None = None
        subject: Mention | None = None
        while begin < end:
            found = self._area(begin)
            if found is not None and not self.text.startswith(_LISTED, found.span.end) and found.span.end < end:
                area, begin = found, found.span.end
            elif self.text[begin : begin + 2] in _areas() and not _NO_AREA.match(self.text, begin + 2):
                begin += 2
            else:
                thing = self.scene.starting(begin, "Organization", "Project", "Place")
                if thing is None or thing.span.end >= end or subject is not None or self.text.startswith(_LISTED, thing.span.end):
                    break
                subject, begin = thing, thing.span.end
            over = re.compile(r"(?:项目|工程)?的?").match(self.text, begin, end)
            begin = over.end() if over else begin
        return area, subject, begin

    def _area(self, position: int) -> Mention | None:
        """Return the area named at a position: by name, or by 全区, 我国 …"""
        text, scene = self.text, self.scene
        named = scene.starting(position, "Area")
        if named is not None:
            return named if named.text.endswith(_SUFFIXES) or scene.is_cut(named.span.end) else None
        word = text[position : position + 2]
        level = _areas().get(word)
        if level is not None:
            if _NO_AREA.match(text, position + 2):
                return None
            name = scene.homes.get(level, "") if len(level) == 1 else level
            return scene.mention("Area", position, position + 2, "indicators/area", name=name) if name else None
        if scene.starting(position) is not None:
            return None
        found = scene.area_at(position)
        if found is None or not scene.is_free(Span(found.start, found.end)):
            return None
        return scene.mention("Area", found.start, found.end, "indicators/area", name=gazetteer().full.get(found.name, found.name))

    def _area_before(self, sentence: Sentence, clause: int) -> Mention | None:
        """Return the area that an earlier clause of the sentence begins with: 今年以来，青岚区聚焦项目，…"""
        start = sentence.span.start
        for mark in [None, *_CLAUSE.finditer(self.text, start, max(start, clause - 1))]:
            begin = mark.end() if mark else start
            if begin < clause and (found := self._area(begin)) is not None:
                return found
        return None

    def _subject(self, sentence: Sentence, clause: int, is_works: bool) -> Mention | None:
        """Return what a figure is of: the project before it, or the body that its clause begins with."""
        if is_works:
            for start, end in ((sentence.span.start, clause), (self.span.start, sentence.span.start), (0, self.scene.paragraphs[0].start)):
                named = list(self.scene.within(Span(start, end), "Project")) if start < end else []
                if named:
                    return named[-1] if len({mention.name for mention in named}) == 1 else None
            return None
        thing = self.scene.starting(clause, "Organization", "Project")
        if thing is not None and not self.text.startswith(_LISTED, thing.span.end):
            return thing
        return self.context.subject

    # ------------------------------------------------------------ what is no figure

    def _is_planned(self, sentence: Sentence, clause: int, first: _Quantity, told: _Told) -> bool:
        """Tell whether a number is aimed at, not reached."""
        if _pattern("aim").search(self.text, sentence.span.start, first.start):
            return True
        if _pattern("plan").search(self.text, clause, first.start) or _MUST.search(self.text, clause, first.start):
            return True
        published = self.scene.article.published
        if published is not None and any(found[1] > published[:4] for found in _BY_YEAR.finditer(self.text, sentence.span.start, first.start)):
            return True
        if told.period is None or published is None or told.period.start[:1] == "-" or told.is_works:
            return False
        return told.period.start[:7] > published[: len(told.period.start[:7])] or (told.period.end or "")[:4] > published[:4]


_GROWTH = "增长"
_LISTED = ("、", "和", "与", "等", "及")
_NO_PERIOD = ("比", "较", "与", "和", "同", "由", "从", "于", "到", "自")
_NO_PERIOD_AFTER = re.compile(r"同期|水平|元旦|春节|清明|“?五一|端午|中秋|国庆|[一-鿿]{0,3}假期|春运|暑运|暑期|[一-鿿]?季赛")
_SEEN_FROM = re.compile(r"[^，]{0,4}看|[^，]{0,6}平均")
_OF_SHARE = re.compile(r"的(?!比重|比例|份额|市场)")
_BY_YEAR = re.compile(r"到(\d{4})年")
_SUFFIXES = tuple("省市县区州旗镇乡盟村")
_SHARES = {"": "比重", "比": "比重"}
_NO_AREA = re.compile(r"场|民(?!营|间|航|生|用)|值|域|间|会|人大|政协|性|统一|公安|委|政府|级|内(?!地|需|河|贸|资)|外(?!贸|汇|资|商)")


def _leans(text: str, span: Span) -> bool:
    return text.startswith(("同比", "环比", "占", "比", "较"), span.start)


# ------------------------------------------------------------ numbers


@cache
def _quantity() -> re.Pattern[str]:
    """Return the pattern of a number with a unit of the lexicon."""
    units = either(row.surface for row in rows(_TABLE) if row.relation.startswith("unit/"))
    measures = rf"(?P<scale>万亿|千亿|百亿|亿|千万|百万|万|千|百)??(?:[余多]\s?)?(?P<unit>{units})(?!月|工作日|小时|百分之|分)"
    return re.compile(
        rf"(?<![\d.A-Za-z—–～~−第-])(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:[.．]\d+)?)[余多]?[ \u3000]?{measures}"
        r"|(?P<bare>\d+(?:\.\d+)?)(?=(?:、|和)\d+(?:\.\d+)?(?:[%％]|个百分点))"
        r"|百分之(?P<percent>[零〇一二两三四五六七八九十百点]+)"
        rf"|(?P<hanzi>[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千点]*)[余多]?(?P<many>万亿|亿|万)[余多]?(?P<measure>{units})"
        r"|(?P<points>[一二两三四五六七八九])个百分点)"
    )


@cache
def _counts() -> frozenset[str]:
    return frozenset(surfaces(_TABLE, "unit/count"))


def _quantities(text: str, span: Span) -> Iterator[_Quantity]:
    """Yield the numbers with a unit; a range (3—4亿元) is none."""
    for found in _quantity().finditer(text, span.start, span.end):
        after = text[found.end() : found.end() + 2]
        if after[:1] in ("—", "–", "～", "~", "-", "−") or (after[:1] == "至" and after[1:].isdigit()) or text.startswith(("以内", "以下"), found.end()):
            continue
        if found["bare"]:
            value, unit = found["bare"].translate(_HALF), "个百分点" if _POINTS.match(text, found.end()) else "%"
        elif found["digits"]:
            value, unit = found["digits"].replace(",", "").translate(_HALF), (found["scale"] or "") + found["unit"].translate(_HALF)
        elif found["percent"]:
            value, unit = _decimal(found["percent"]), "%"
        elif found["points"]:
            value, unit = _decimal(found["points"]), "个百分点"
        else:
            value, unit = _decimal(found["hanzi"]), found["many"] + found["measure"]
        if value:
            unit = "个百分点" if unit == "百分点" else unit
            end = found.end() + (3 if text.startswith("人民币", found.end()) else 0)
            yield _Quantity(found.start(), end, value, unit, (found["unit"] or found["measure"]) in _counts())


def _decimal(words: str) -> str:
    """Return Chinese numerals as a plain decimal: 八点三 → 8.3, 一百二十 → 120; an empty string for what is no number."""
    whole, _, rest = words.partition("点")
    total = digit = 0
    for character in whole:
        if character in _STEPS:
            total += (digit or 1) * _STEPS[character]
            digit = 0
        elif character in _NUMERALS:
            digit = _NUMERALS[character]
        else:
            return ""
    if any(character not in _NUMERALS for character in rest) or not whole:
        return ""
    return str(total + digit) + ("." + "".join(str(_NUMERALS[c]) for c in rest) if rest else "")


def _runs(text: str, found: Iterable[_Quantity]) -> Iterator[list[_Quantity]]:
    """Yield the numbers that follow one another directly (15%、11%和9%) together."""
    run: list[_Quantity] = []
    for quantity in found:
        if run and not _RUN.fullmatch(text, run[-1].end, quantity.start):
            yield run
            run = []
        run.append(quantity)
    if run:
        yield run


# ------------------------------------------------------------ words


_GUARDED = {
    "将": "将(?![近军])", "使": "使(?!用)", "让": "(?<![转出])让",
    "因": "(?<![原基])因(?!素)", "受": "(?<![接享承])受(?!益|理|灾)", "拟": "(?<!虚)拟", "计划": "计划(?!总?投资|单列)",
}
"""Words that are parts of other words, with what may not stand around them."""


@cache
def _pattern(relation: str) -> re.Pattern[str]:
    return re.compile("|".join(_GUARDED.get(word, re.escape(word)) for word in surfaces(_TABLE, relation)))


@cache
def _areas() -> dict[str, str]:
    return {row.surface: row.relation.removeprefix("area:") for row in rows(_TABLE) if row.relation.startswith("area:")}


@cache
def _bases() -> dict[str, str]:
    return {row.surface: row.relation.removeprefix("base:") for row in rows(_TABLE) if row.relation.startswith("base:")}


@cache
def _by_last(relation: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a class by their last character, longest first."""
    listed: dict[str, tuple[str, ...]] = {}
    for word in surfaces(_TABLE, relation):
        listed[word[-1]] = (*listed.get(word[-1], ()), word)
    return listed


def _ending(words: str, relation: str) -> str:
    """Return the longest word of a class that words end with."""
    for word in _by_last(relation).get(words[-1:], ()):
        if words.endswith(word):
            return word
    return ""


def _blanked(words: str) -> str:
    """Return words in which what stands in brackets is blank, so that every character keeps its position."""
    if "（" in words or "(" in words:
        words = _BRACKET.sub(lambda found: " " * len(found.group()), words)
    return words


def _unlinked(words: str) -> tuple[str, bool]:
    """Return words without what links a name and a number (达到, 约), and whether 分别 stands there."""
    is_each = False
    words = words.rstrip()
    while words:
        if _ending(words, "reach"):
            break
        link = _ending(words, "link")
        if link == "了" and not (_ending(words[:-1], "link") or _ending(words[:-1], "reach")):
            break
        if not link or _ending(words, "mean") or _known(words)[1].endswith(link):
            break
        is_each = is_each or link == _EACH
        words = words[: -len(link)].rstrip()
    return words, is_each


def _moved(words: str) -> tuple[str, str, bool] | None:
    """Return words without a verb of rising or falling at their end, its sign, and whether 分别 stands before it."""
    for relation, sign in (("up", ""), ("down", "-")):
        verb = _ending(words, relation)
        if verb and not _known(words)[1].endswith(verb):
            bare = words[: -len(verb)]
            adverb = _adverbs().search(bare)
            if adverb is not None:
                bare = bare[: adverb.start()]
            return bare.rstrip(), sign, adverb is not None and _EACH in adverb.group()
    return None


@cache
def _adverbs() -> re.Pattern[str]:
    """Return the pattern of adverbs before a verb of rising or falling; 均 is none in 年均."""
    listed = "|".join(word if word != "均" else "(?<![年月日户人亩])均" for word in surfaces(_TABLE, "adverb"))
    return re.compile(f"(?:{listed})+$")


def _based(words: str) -> tuple[str, str | None] | None:
    """Return words without 同比 or 比上年同期 at their end, and its normal form; None if they compare with no time."""
    found = _BASE.search(words)
    if found is not None:
        return words[: found.start()].rstrip(), found["plain"]
    found = _THAN.search(words)
    if found is None:
        return words, None
    rest = words[: found.start()].rstrip()
    if not _SINCE.search(found["than"]):
        return None
    return rest, _base(found["than"])


def _base(than: str) -> str:
    """Return the normal form of what a change is measured against: 去年同期 → 同比, 2019年同期 → 比2019年."""
    than = than.removesuffix("相比")
    return _bases().get(than) or "比" + (than.removesuffix("同期") or than)


def _stripped(words: str, begin: int) -> tuple[str, int]:
    """Return words without what may lead a name (其中, 全年), and how many characters were left out."""
    length = len(words)
    while words:
        rest = _LEFT_OVER.sub("", words)
        lead = next((word for word in _by_first("lead").get(rest[:1], ()) if rest.startswith(word)), "")
        if lead and _known(rest)[1] == rest:
            lead = ""
        rest = rest[len(lead) :]
        if rest == words:
            break
        words = rest
    return words, begin + length - len(words)


@cache
def _by_first(relation: str) -> dict[str, tuple[str, ...]]:
    listed: dict[str, tuple[str, ...]] = {}
    for word in surfaces(_TABLE, relation):
        listed[word[0]] = (*listed.get(word[0], ()), word)
    return listed


def _has_name(words: str) -> bool:
    return _known(words)[0] is not None


def _known(words: str) -> tuple[str | None, str]:
    """Return the class (name, works, rate, head) of the lexicon's word that words end with, and that word."""
    words = words.replace(" ", "")
    if _ending(words, "no-name"):
        return None, ""
    best: tuple[str | None, str] = (None, "")
    for kind in ("name", "works", "rate", "head"):
        word = _ending(words, kind)
        if len(word) > len(best[1]):
            best = kind, word
    if best[0] is None:
        for row in _wholes():
            if words.endswith(row):
                return "head", row
    return best


@cache
def _wholes() -> dict[str, tuple[str, ...]]:
    """Return the words that stand for two names: 产销量 → 产量, 销量."""
    return {row.surface: tuple(row.relation.removeprefix("whole:").split("、")) for row in rows(_TABLE) if row.relation.startswith("whole:")}


@cache
def _splits() -> re.Pattern[str]:
    guard = {"已": "已(?!经|故)", "共": "(?<!公)共(?![建同享和产有青计识通])", "完成": "完成(?!额|率|量)", "实现": "实现(?!率)", "拥有": "拥有(?!量|率)"}
    return re.compile("|".join(guard.get(word, re.escape(word)) for word in surfaces(_TABLE, "split")))


def _split(words: str, end: int | None = None) -> tuple[str, str]:
    """Return what stands before and after the last verb between a subject and its name: 文化企业 实现 营业收入; only up to ``end``."""
    end = len(words) if end is None else end
    cut = None
    for found in _splits().finditer(words):
        if found.start() < end and not any(words.startswith(word, found.start()) for word in _by_first("name").get(found.group()[0], ())):
            cut = found
    return (words[: cut.start()], words[cut.end() : end]) if cut is not None else ("", words[:end])


def _subject_of(words: str) -> str:
    """Return words without the verbs and adverbs they end with."""
    while (verb := _ending(words, "split")) or (verb := _ending(words, "link")):
        words = words[: -len(verb)]
    return _stripped(_RIGHT_OVER.sub("", words), 0)[0]


def _cut(words: str) -> str:
    """Return what follows the last verb or preposition that cannot be part of a name (带动, 显示)."""
    cut = 0
    for found in _pattern("cut").finditer(words):
        cut = found.end()
    return _stripped(words[cut:], 0)[0] if cut else words


_THE_WORKS = re.compile(r"^(?:[这那][条座个项处]|该|本|此|其|整个)?(?:项目|工程|线路|园区|基地|大桥|隧道|铁路|公路|全线)?(?:的|全部)?$")
_POINTING = re.compile(r"[该这那]|一[台条个座家批项]|[了着]")
_OVER = re.compile(r"(?<=[一-鿿])[A-Z]{3,}$")


def _tidy(words: str) -> str:
    """Return a name without blanks, stray marks, and the Latin letters that repeat it (居民消费价格指数CPI)."""
    words = _RIGHT_OVER.sub("", _LEFT_OVER.sub("", words.replace(" ", "") if words.count("“") == words.count("”") else words.replace("“", "").replace("”", "")))
    return _OVER.sub("", words)


_NO_NAME = re.compile(r"[的了着过是在于对把被将让使并也]|[\d.]+$|^[\d.]+")


def _is_plain(words: str) -> bool:
    """Tell whether words that the lexicon does not know can name a figure."""
    return 2 <= len(words) <= _LONGEST and _NAME.fullmatch(words) is not None and _NO_NAME.search(words) is None


def _shared(words: str, number: int) -> list[str]:
    """Return the names of a list with a shared tail: 汽车、船舶出口 → 汽车出口, 船舶出口; 产销量 → 产量, 销量."""
    for whole, parts in _wholes().items():
        if words.endswith(whole) and len(parts) == number:
            return [words.removesuffix(whole) + part for part in parts]
    pieces = _LIST.split(words)
    if len(pieces) != number:
        pieces = words.split("、")
    if len(pieces) != number or not all(pieces):
        return []
    kind, tail = _known(pieces[-1])
    toward = _TOWARD.search(pieces[-1])
    if toward is not None and kind is not None:
        tail = pieces[-1][toward.start() :]
    elif len(tail) == 1:
        tail = pieces[-1][-3:]  # 出口量
    if kind is None:
        return pieces
    return [piece if _has_name(piece) else piece + tail for piece in pieces]
