"""Areas and bodies that others take the place of: a scene goes in, what was renamed, abolished or merged into what comes out.

撤销青岚县，设立青岚区; 青岚县更名为青岚市; 将区文化局、区旅游局的职责整合，组建区文化和旅游局.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.gazetteer import Found, gazetteer, level_of
from kg.extract.homes import is_no_area
from kg.extract.scene import Scene
from kg.lexicon import either, surfaces
from kg.model import Evidence, Mention, Span, Triple

_NAME = r"(?:[一-鿿]{2,4}?市(?=[一-鿿]{2}))?[一-鿿]{1,7}?(?:自治县|自治州|自治旗|地区|[市县区旗])(?![市县区旗])"
_RANK = r"(?:原|县级|地级)?"
# what is only hoped for or under way has not happened
_HOPED = re.compile(r"(?:拟|申请|申报|争取|推动|推进|力争|筹备|建议|谋划|加快|有望|计划)[^，。；\n]{0,6}$")
_TO_CLAUSE = re.compile(r"[，,]?(?:同时|并|正式|依法|由此)?")
_WHOLE = re.compile(r"(?:[、，,和与及同]|以及|的?(?:全部|有关|相关|主要)?(?:职责|职能)|合并|整合|等|$)")
_TOGETHER = re.compile(r"合并|整合|[职责能]")
_STOP = re.compile(r"[。；;\n]")


@cache
def _words(relation: str) -> str:
    return either(surfaces("relations", relation))


@cache
def _areas() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of an area and the one in its place, each with the groups ``old`` and ``new``."""
    begins = r"(?:^|(?<=[，,。；;、：:\s“（(\n将把日和与])|(?<=同意|批准|决定))"
    abolished = rf"(?:{_words('replaced-abolish')}){_RANK}(?P<old>{_NAME}(?:[、和及与]{_RANK}{_NAME})*)"
    founded = rf"{_TO_CLAUSE.pattern}(?:{_words('replaced-found')})(?:新的)?{_RANK}(?P<new>{_NAME})"
    return (
        re.compile(abolished + founded),
        re.compile(rf"{begins}{_RANK}(?P<old>{_NAME})(?:正式|获批)?(?:{_words('replaced-change')}){founded}"),
        re.compile(rf"{begins}{_RANK}(?P<old>{_NAME})(?:正式)?(?:{_words('replaced-rename')}){_RANK}(?P<new>{_NAME})"),
    )


def _told(text: str) -> Iterator[tuple[re.Match[str], tuple[int, int], tuple[int, int]]]:
    """Yield each renaming of areas: where it stands, and where the old and the new name stand."""
    if not _mentioned().search(text):
        return
    for pattern in _areas():
        for found in pattern.finditer(text):
            if _HOPED.search(text, max(0, found.start() - 10), found.start()):
                continue
            for old in re.finditer(_NAME, found["old"]):
                start = found.start("old") + old.start()
                lead = re.match(r"(?:[、和及与])?" + _RANK, text[start:])
                start += lead.end() if lead is not None and old.start() else 0
                yield found, (start, found.start("old") + old.end()), found.span("new")


@cache
def _mentioned() -> re.Pattern[str]:
    return re.compile("|".join(_words(f"replaced-{how}") for how in ("abolish", "change", "rename")))


def _pieces(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield 云州市 and 青岚区 of 云州市青岚区."""
    city = re.match(r"[一-鿿]{2,4}?市(?=[一-鿿]{2,}[县区旗市]$)", text[start:end])
    if city is not None and not is_no_area(city.group()):
        yield Found(start, start + city.end(), city.group(), "市")
        start += city.end()
    yield Found(start, end, text[start:end], level_of(text[start:end]))


def renamed_areas(scene: Scene) -> Iterator[Found]:
    """Yield the areas that the words of a renaming stand around, known or not."""
    for _, old, new in _told(scene.text):
        for start, end in (old, new):
            if scene.text[start:end].endswith("地区") or not is_no_area(scene.text[start:end]):
                yield from _pieces(scene.text, start, end)


def renamings(scene: Scene) -> Iterator[Triple]:
    """Yield which area or body of the story took the place of which."""
    yield from _renamed(scene)
    if re.search(_words("replaced-form") + "|" + _words("replaced-rename"), scene.text):
        yield from _bodies(scene)


def _renamed(scene: Scene) -> Iterator[Triple]:
    for found, old, new in _told(scene.text):
        before, after = _area(scene, old[1]), _area(scene, new[1])
        if before is not None and after is not None and before.name != after.name:
            yield _triple(scene, before, "replacedBy", after, Span(*found.span()), "relations/area-renamed", 0.9)


def _area(scene: Scene, end: int) -> Mention | None:
    return scene.ending(end, "Area")


def _triple(scene: Scene, one: Mention, relation: str, other: Mention, span: Span, rule: str, confidence: float) -> Triple:
    return Triple(one, relation, other, Evidence(scene.article.id, span, rule, confidence))


def _bodies(scene: Scene) -> Iterator[Triple]:
    text = scene.text
    renamed = re.compile(rf"(?:正式|统一)?(?:{_words('replaced-rename')})(?:了|新的)?")
    formed = re.compile(rf"(?:{_words('replaced-form')})(?:了|新的)?")
    for mention in scene.mentions:
        if mention.kind == "Organization" and (word := renamed.match(text, mention.span.end)) is not None:
            new = scene.starting(word.end(), "Organization")
            if new is not None and new.name != mention.name:
                yield _triple(scene, mention, "replacedBy", new, Span(mention.span.start, new.span.end), "relations/body-renamed", 0.9)
    done = 0
    for word in formed.finditer(text):
        new = scene.starting(word.end(), "Organization")
        if new is None or not scene.in_body(word.start()) or _HOPED.search(text, max(0, word.start() - 10), word.start()):
            continue
        low = max([done, *(stop.end() for stop in _STOP.finditer(text, done, word.start()))])
        done = new.span.end
        if word.start() <= low or not _TOGETHER.search(text, low, word.end()):
            continue
        olds = [mention for mention in scene.within(Span(low, word.start()), "Organization") if mention.name != new.name]
        gone = _gone(scene, new.span.end)
        for old in olds:
            if _WHOLE.match(text, old.span.end) or old.name in gone:
                yield _triple(scene, old, "replacedBy", new, Span(old.span.start, new.span.end), "relations/bodies-merged", 0.85)


def _gone(scene: Scene, position: int) -> frozenset[str]:
    """Return the names of the bodies that the words after ``position`` say are kept no longer."""
    found = re.compile(_words("replaced-gone")).search(scene.text, position, position + 20)
    if found is None:
        return frozenset()
    stop = _STOP.search(scene.text, found.end())
    end = len(scene.text) if stop is None else stop.start()
    return frozenset(mention.name for mention in scene.within(Span(found.end(), max(end, found.end() + 1)), "Organization"))


def areas_above(scene: Scene) -> Iterator[Triple]:
    """云州市青岚区 — an area written right behind another lies in it; said only of those that the gazetteer does not know."""
    known, areas = gazetteer(), {mention.name: mention for mention in reversed(scene.mentions) if mention.kind == "Area"}
    done: set[tuple[str, str]] = set()
    for upper, lower in zip(scene.areas, scene.areas[1:], strict=False):
        if upper.end != lower.start or lower.level not in ("区", "县", "旗", "市") or upper.level not in ("省", "市", "州", "盟"):
            continue
        part, pair = areas.get(lower.name), (lower.name, upper.name)
        if part is None or lower.name in known.names or pair in done:
            continue
        done.add(pair)
        whole = areas.get(upper.name) or scene.mention("Area", upper.start, upper.end, "areas/above", name=upper.name)
        yield _triple(scene, part, "partOf", whole, Span(upper.start, lower.end), "relations/area-above", 0.9)
