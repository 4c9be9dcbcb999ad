"""Tell which articles are one text printed again: texts go in, what each gives way to comes out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Literal

from kg.lexicon import either, words
from kg.resolve.values import EditionProfile

Relation = Literal["reprint", "newer", "corrects"]

LIKE = 0.8
"""Two texts that share this much of their 5-grams (Jaccard) are nearly one.

Measured on three years of broadcasts: within a week no two reports share more than 0.72 (two sittings of one congress from one
mould), later ones from one mould up to 1.0, so that days, headlines and figures have to decide too.
"""

_GRAM = 5
_KEYS = 12
_UNIT = 8  # characters of the shortest sentence that tells a text
_FEW = 6  # a text with fewer sentences is told by its clauses too
_NEAR = 7  # days within which a text is printed again with small changes
_LATE = 31  # days after which only a long text is known again
_LONG = 400
_LEAST = 30  # characters of the shortest text that is known again: below are headlines without a report
_FIGURES = 0.2  # how many of its figures a text may change, and one put right on the same or the next day
_FIGURES_AT_ONCE = 0.5
_SHORTENED = 0.97
_NOTICE = 400  # characters of the longest notice

_SILENT = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[。！？；!?;\n]+")
_CLAUSE = re.compile(r"[。！？；!?;\n，,：:]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?|第[一二三四五六七八九十百〇零]+|[二一][〇零一二三四五六七八九]{3}年")
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """The article ``article`` gives way to ``kept``: its facts are not counted beside those of ``kept``.

    ``first`` is the one of the group that was printed first; every member of a group but ``kept`` has one ``Edition``.
    ``relation``: ``reprint`` — the article prints again what ``kept`` prints (``kept`` is mostly ``first``);
    ``newer`` — ``kept`` is a newer version of the article and replaces it; ``corrects`` — the same, and ``kept`` says that it
    puts something right. ``similarity`` is that of the two texts, ``reason`` says in Chinese what was seen.
    """

    article: str
    kept: str
    first: str
    relation: Relation
    similarity: float
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that puts something right: 本报3月5日第1版《…》一文中,“王磊”应为“王雷”。

    ``headline_quoted`` and ``day`` (ISO, the day of the paper that is put right) are None where the notice does not tell.
    ``corrections`` are pairs of wrong and right words, in reading order; ``wrong`` and ``right`` are those of the first.
    """

    article: str
    published: str | None
    publisher: str | None
    headline_quoted: str | None
    day: str | None
    corrections: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> str:
        """Return the words that are wrong."""
        return self.corrections[0][0]

    @property
    def right(self) -> str:
        """Return the words that should stand there."""
        return self.corrections[0][1]


def _normal(text: str) -> str:
    """Return a text without marks and spaces, in one width."""
    return _SILENT.sub("", unicodedata.normalize("NFKC", text))


def sketch(text: str) -> tuple[str, ...]:
    """Return the keys under which a text is looked up, sorted: articles that are nearly one share at least one.

    The keys are hashes of the smallest hashes of its sentences (bottom-k sketch: Broder 1997, On the resemblance and
    containment of documents) and one of the whole text. Empty for a text without letters or digits.
    """
    whole = _normal(text)
    if not whole:
        return ()
    folded = unicodedata.normalize("NFKC", text)
    units = _units(_SENTENCE, folded)
    if len(units) < _FEW:
        units |= _units(_CLAUSE, folded)
    keys = {_key(whole), *sorted(map(_key, units))[:_KEYS]}
    return tuple(sorted(keys))


def _units(cut: re.Pattern[str], text: str) -> set[str]:
    return {unit for part in cut.split(text) if len(unit := _SILENT.sub("", part)) >= _UNIT}


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


class _Text:
    """An article as it is compared; what it takes long to find is found once, when it is asked for."""

    def __init__(self, profile: EditionProfile) -> None:
        self.profile = profile
        self.house = _house(profile.publisher)
        self.published = _date(profile.published)
        marks = _marks().findall(f"{profile.headline}\n{profile.text}")
        self.corrects = any(one in words("edition-corrections") for one in map(_bare_mark, marks))
        self.is_marked = bool(marks)

    @property
    def order(self) -> tuple[str, str]:
        """Return its place in the order of printing; what is not dated stands last."""
        return self.profile.published or "9999", self.profile.article

    @cached_property
    def headline(self) -> str:
        """Return the headline without the mark of a newer version."""
        return _normal(_marks().sub("", self.profile.headline))

    @cached_property
    def body(self) -> str:
        """Return the running text without headline, credits and marks of newer versions."""
        text = _credits().sub("", _marks().sub("", self.profile.text))
        lines = [normal for line in text.split("\n") if (normal := _normal(line))]
        start = 0
        while start < len(lines) and lines[start] in self.headline:
            start += 1
        return "".join(lines[start:])

    @cached_property
    def grams(self) -> frozenset[str]:
        """Return the 5-grams of the running text."""
        return frozenset(self.body[at : at + _GRAM] for at in range(max(1, len(self.body) - _GRAM + 1)))

    @cached_property
    def figures(self) -> Counter[str]:
        """Return the figures of the running text."""
        return Counter(_FIGURE.findall(self.body))

    @cached_property
    def days(self) -> frozenset[tuple[str, str]]:
        """Return the days that the running text names."""
        return frozenset((found[2].lstrip("0"), found[3].lstrip("0")) for found in _DAY.finditer(self.body))

    def says(self, headline: str, other: str) -> bool:
        """Tell whether the text says words of its headline that another headline and another text do not."""
        pairs = (self.headline[at : at + 2] for at in range(len(self.headline) - 1))
        return any(pair not in headline and pair not in other and pair in self.body for pair in pairs)


@cache
def _marks() -> re.Pattern[str]:
    """Return the pattern of the marks of a newer text: （更正）, 【更新】, 更正： at the beginning of a line."""
    mark = either(words("edition-corrections") | words("edition-updates"))
    return re.compile(
        rf"[（(\[【〔](?:{mark})(?:版|稿)?[）)\]】〕]|[（(\[【](?:本文|此稿|本稿|本报道|内容)(?:有|已|内容)*(?:{mark})[^（()）\]】\n]{{0,40}}[）)\]】]"
        rf"|^(?:{mark})(?:版|稿)?\s*[：:|｜]",
        re.MULTILINE,
    )


def _bare_mark(mark: str) -> str:
    found = re.search(either(words("edition-corrections")), mark)
    return found.group() if found else mark


@cache
def _credits() -> re.Pattern[str]:
    """Return the pattern of credits in brackets, and of the words with which a paper begins a report of its own (本报讯, 新华社电)."""
    signed = either(words("page-reporters") | words("page-editors") | {"来源", "來源", "转载", "轉載", "原载", "原載"})
    credit = rf"[（(【][^（()）】\n]{{0,30}}(?:{signed})[^（()）】\n]{{0,40}}[）)】]"
    return re.compile(rf"{credit}|^\s*(?:本[报報台网網]|[一-鿿]{{2,8}}[社网網报報])[讯訊电電](?=[\s（(，,])", re.MULTILINE)


@cache
def _channel() -> re.Pattern[str]:
    return re.compile(f"(?:{either(words('edition-channels'))})+$", re.IGNORECASE)


def _house(publisher: str | None) -> str | None:
    """Return the house of a publisher: 青岚日报客户端 is 青岚日报."""
    if publisher is None:
        return None
    name = _normal(publisher)
    return _channel().sub("", name) or name or None


def _date(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:  # a month or a year only
        return None


def editions(articles: Sequence[EditionProfile], *, together: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()) -> tuple[Edition, ...]:
    """Return what gives way to what among some articles, sorted: one ``Edition`` for each that another one stands for.

    ``articles`` are candidates that share keys of ``sketch``, directly or through others; more do no harm, and their order
    never matters. ``together`` and ``apart`` are pairs of article ids that somebody decided by hand; apart wins.
    """
    texts = sorted({profile.article: _Text(profile) for profile in articles}.values(), key=lambda text: text.order)
    known = {text.profile.article: text for text in texts}
    parted = {frozenset(pair) for pair in apart}
    bound = _bound(known, together)
    groups: list[list[_Text]] = []
    for text in texts:
        fitting = (group for group in groups if not _is_parted(text, group, parted) and (_is_bound(text, group, bound) or _fits(text, group)))
        hands = sorted(fitting, key=lambda group: not _is_bound(text, group, bound))
        if hands:
            hands[0].append(text)
        else:
            groups.append([text])
    return tuple(sorted(edition for group in groups for edition in _given_way(group)))


def _bound(known: Iterable[str], together: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each article the smallest of those that it is bound to by hand."""
    least = {article: article for article in known}
    pairs = sorted(pair for pair in together if pair[0] in least and pair[1] in least)
    for _ in pairs:  # as often as a chain can be long
        for one, other in pairs:
            least[one] = least[other] = min(least[one], least[other])
    return least


def _is_parted(text: _Text, group: Iterable[_Text], parted: set[frozenset[str]]) -> bool:
    return any(frozenset((text.profile.article, other.profile.article)) in parted for other in group)


def _is_bound(text: _Text, group: Iterable[_Text], bound: dict[str, str]) -> bool:
    return any(bound[text.profile.article] == bound[other.profile.article] for other in group)


def _fits(text: _Text, group: Sequence[_Text]) -> bool:
    """Tell whether a text is that of a group, by its first or by what stands for it now."""
    return is_again(group[0], text) or (len(group) > 1 and is_again(_kept(group), text))


def is_again(first: _Text, again: _Text) -> bool:
    """Tell whether the later of two articles prints the text of the first again, as it is or nearly."""
    gap = abs((again.published - first.published).days) if again.published and first.published else 0
    if min(len(first.body), len(again.body)) < _LEAST:
        return False
    if first.body == again.body:  # a short text comes again every year (烈士纪念日), a long one is known for ever
        return gap <= _LATE or len(first.body) >= _LONG
    marked = again.is_marked and not first.is_marked
    if gap > (_LATE if marked else _NEAR) or not (similarity(first, again) >= LIKE or _is_shortened(first, again)):
        return False
    if marked:
        return True
    if first.days and again.days and not first.days & again.days:
        return False
    if first.says(again.headline, again.body) and again.says(first.headline, first.body):
        return False
    at_once = gap <= 1 and first.headline == again.headline
    return _changed(first.figures, again.figures) <= (_FIGURES_AT_ONCE if at_once else _FIGURES)


def similarity(first: _Text, again: _Text) -> float:
    """Return how much of their 5-grams two texts share (Jaccard), 0 to 1."""
    shared = len(first.grams & again.grams)
    return shared / (len(first.grams) + len(again.grams) - shared)


def _is_shortened(former: _Text, text: _Text) -> bool:
    """Tell whether a text is another one with something left out, up to the half."""
    is_shorter = 0.5 * len(former.body) <= len(text.body) < 0.95 * len(former.body)
    return is_shorter and len(text.grams & former.grams) >= _SHORTENED * len(text.grams)


def _changed(figures: Counter[str], others: Counter[str]) -> float:
    """Return the share of the figures of one text that are others in the other; what is left out or added is not changed."""
    least = min(figures.total(), others.total())
    return (least - (figures & others).total()) / least if least else 0.0


def _kept(group: Sequence[_Text]) -> _Text:
    """Return the text that stands for a group: the first, until a newer version replaces it."""
    kept = group[0]
    for text in group[1:]:
        if _replaces(kept, text):
            kept = text
    return kept


def _replaces(former: _Text, text: _Text) -> bool:
    """Tell whether a text is a newer version of one printed before: marked so, or changed and of one house and later.

    A text that only leaves something out replaces nothing.
    """
    if text.is_marked != former.is_marked:
        return text.is_marked
    if former.body == text.body or (former.house and text.house and former.house != text.house):
        return False
    is_later = former.published is not None and text.published is not None and former.published < text.published
    return is_later and not _is_shortened(former, text)


def _given_way(group: Sequence[_Text]) -> Iterator[Edition]:
    kept = _kept(group)
    first = group[0].profile.article
    for text in group:
        if text is not kept:
            relation: Relation = "reprint"
            if (text.order < kept.order and text.body != kept.body) or (kept.is_marked and not text.is_marked):
                relation = "corrects" if kept.corrects else "newer"
            likeness = round(similarity(text, kept), 4)
            yield Edition(text.profile.article, kept.profile.article, first, relation, likeness, _reason(text, kept, relation, likeness))


def _reason(text: _Text, kept: _Text, relation: Relation, likeness: float) -> str:
    same = "正文相同" if text.body == kept.body else f"正文相似度{likeness:.2f}"
    if relation == "reprint":
        return f"{same}，与{_called(kept)}为同一稿"
    said = "标明更正" if relation == "corrects" else "标明更新" if kept.is_marked else "刊发在后"
    return f"{same}，{_called(kept)}{said}，代替{_called(text)}"


def _called(text: _Text) -> str:
    printed = (text.profile.publisher, text.profile.published or "日期不详")
    return f"《{text.profile.headline}》（{'，'.join(filter(None, printed))}）"


# ------------------------------------------------------------ notices that put something right

_QUOTED = r"[“「『\"]([^“”「」『』\"\n]{1,60})[”」』\"]"
_HEADLINE = re.compile(r"《([^《》\n]{2,80})》")
_LINK = r"[^“”「」『』\"。！？\n]{0,12}?"
# “甲”应为“乙”: the wrong words first; 将“乙”误写为“甲”, 误将“乙”写成“甲”: the right ones first.
_WRONG_FIRST = re.compile(
    rf"{_QUOTED}{_LINK}(?:(?<![误誤])(?:应|應)(?:当|當)?(?:更正|改|是|为|為|作|系)(?:为|為|成)?|(?:更正|订正|訂正|改正|修改|更改|改)(?:为|為|成)|(?:有误|有誤)[，,]\s*(?:应|應)(?:为|為|是|作)){_LINK}{_QUOTED}"
)
_OUGHT = re.compile(rf"{_QUOTED}(?:系|係|是|为|為){_QUOTED}(?:之误|之誤|的误写|的誤寫|的笔误)")
_RIGHT_FIRST = re.compile(
    rf"(?:(?:误|誤)(?:将|將|把){_LINK}{_QUOTED}{_LINK}(?:写|寫|印|排|刊|登|标|標|称|稱|作)?(?:为|為|成|作)"
    rf"|{_QUOTED}{_LINK}(?:被)?(?<!有)(?:误|誤|错|錯)(?:写|寫|印|排|刊|登|标|標|称|稱|作)*(?:为|為|成|作)?){_LINK}{_QUOTED}"
)
_AGO = {"今日": 0, "今天": 0, "昨日": 1, "昨天": 1, "前日": 2, "前天": 2}


def notice(profile: EditionProfile) -> Notice | None:
    """Return what a short notice puts right; None for an article that is no such notice."""
    text = f"{profile.headline}\n{profile.text}"
    if len(profile.text) > _NOTICE or not any(word in text for word in words("edition-corrections")):
        return None
    body = profile.text
    found = sorted({*_corrections(body)})
    if not found:
        return None
    quoted, day = _HEADLINE.search(body), _told_day(body, profile.published)
    return Notice(profile.article, profile.published, profile.publisher, quoted[1] if quoted else None, day, tuple(pair for _, pair in found))


def _corrections(text: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield where a pair of wrong and right words stands, and the pair."""
    taken: list[tuple[int, int]] = []
    for pattern, is_turned in ((_RIGHT_FIRST, True), (_OUGHT, False), (_WRONG_FIRST, False)):
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            one, other = (group for group in found.groups() if group is not None)
            if one != other:
                yield found.start(), (other, one) if is_turned else (one, other)


def _told_day(text: str, published: str | None) -> str | None:
    """Return the day of the paper that a notice names: the last such day before the notice, --03-05 where that cannot be told."""
    printed = _date(published)
    named = _DAY.search(text)
    if named is None:
        ago = next((days for word, days in _AGO.items() if word in text), None)
        return (printed - timedelta(days=ago)).isoformat() if printed and ago is not None else None
    month, day = int(named[2]), int(named[3])
    if named[1] is None and printed is None:
        return f"--{month:02}-{day:02}"
    year = int(named[1]) if named[1] else printed.year if printed else 0
    try:
        told = date(year, month, day)
        if named[1] is None and printed and told > printed:
            told = told.replace(year=year - 1)
    except ValueError:
        return None
    return told.isoformat()


def corrects(notice: Notice, articles: Iterable[EditionProfile]) -> str | None:
    """Return the id of the article that a notice puts right; None where none fits, or several that nothing tells apart.

    It bears the headline that is quoted, or says the wrong words where none is; it was printed on the day that is named,
    not after the notice, and by the same house, as far as all these are known.
    """
    house, printed = _house(notice.publisher), notice.published
    fitting: list[EditionProfile] = []
    for article in articles:
        its_house = _house(article.publisher)
        if article.article == notice.article or (house and its_house and house != its_house):
            continue
        if article.published and ((notice.day and not _is_day(notice.day, article.published)) or (printed and article.published > printed)):
            continue
        if _is_headline(notice.headline_quoted, article.headline) if notice.headline_quoted else _says(article, notice) and notice.day and article.published:
            fitting.append(article)
    saying = [article for article in fitting if _says(article, notice)] or fitting
    if len({_normal(article.text) for article in saying}) != 1:
        return None
    return min((article.published or "9999", article.article) for article in saying)[1]


def _is_headline(quoted: str, headline: str) -> bool:
    """Tell whether a headline is the one that is quoted, or that with more lines."""
    one, other = _normal(quoted), _normal(headline)
    return bool(one and other) and (one in other or (other in one and len(other) >= _UNIT))


def _is_day(day: str, published: str) -> bool:
    return published.endswith(day.removeprefix("-")) if day.startswith("--") else published == day


def _says(article: EditionProfile, notice: Notice) -> bool:
    return any(_normal(wrong) in _normal(article.text) for wrong, _ in notice.corrections)
