"""What is visited: a stretch of a telling comes in, the sites and the areas they lie in go out."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.scene import Scene
from kg.extract.tellings import AREA, SITE, Telling
from kg.extract.wording import plain
from kg.lexicon import either, surfaces
from kg.model import Kind, Mention

_TOWN = re.compile(r"(.{2,8}?(?:镇|乡|街道))(?=.{2,})(?!.{0,2}(?:政府|办事处))")
_VILLAGE = re.compile(r"(?:村|社区|屯|寨|社|嘎查|小区|居委会|组)$")
_ZONE = re.compile(r"(?:开发|发展|示范|试验|保税|工业|合作|产业|科技|物流|高新|高新技术产业)(?:园)?区$")
"""A zone is visited like a park, though it has a government of its own."""
_STAFF = re.compile(
    r"[^，、和]{0,6}(?:负责人|负责同志|干部|职工|工作人员|代表|群众|居民|学生|师生|员工|主任|书记|院长|经理|局长|同志|人员|客商|嘉宾|委员)"
    rf"|的(?!{SITE})[^，、和]{{0,8}}(?:人|员|者|家|生)"
)
"""What follows a body whose people are meant: 区财政局负责人."""
_OBLIQUE = re.compile(r"[向由与同][^，、]{0,4}$")
_MATTER = re.compile(r"“关于[^”]*$")
"""Where the words of a proposal stand: 督办“关于加强甲寨保护的建议”提案."""
_ENDS = re.compile(rf"$|[、和与及等，。]|{SITE}|以及|[调考视检督走慰]|进行|田间|沿线|辖区|现场|一线|工地|境内|部分|基层")


def goals(scene: Scene, telling: Telling, start: int, end: int) -> tuple[list[Mention], list[Mention]]:
    """Return what is visited between two places of the shape, and the areas it lies in.

    石桥镇柳树村 is a site in 石桥镇; an area from town upwards is where the sites lie, unless it only describes one.
    """
    sites: list[Mention] = []
    towns: list[Mention] = []
    for place, mention in telling.mentions(start, end, SITE):
        rest = telling.shape[place + 1 : end]
        if _STAFF.match(rest) or _OBLIQUE.search(telling.shape[start:place]) or _MATTER.search(telling.shape[start:place]):
            continue
        if (
            mention.kind == "Area"
            and _VILLAGE.search(mention.text) is None
            and (_ZONE.search(mention.text) is None or not _ENDS.match(rest) or (rest != "" and rest[0] in SITE))
        ):
            if _ENDS.match(rest):
                towns.append(mention)
            continue
        if mention.kind in ("Area", "Place") and (town := _TOWN.match(plain(mention.text))):
            towns.append(scene.mention("Area", mention.span.start, mention.span.start + town.end(1), "events/town"))
        sites.append(mention)
    for site in _unnamed(scene, telling, start, end):
        sites.append(site)
        first = scene.starting(site.span.start, "Area")
        if first is not None and _VILLAGE.search(first.text) is None and first.name.endswith(("镇", "乡", "街道", "苏木")):
            towns.append(first)
    return sites, towns


@cache
def _spot() -> re.Pattern[str]:
    """Return how an item of a list of sites goes on after its area that no other rule has named: 石桥镇飞云寨."""
    ends = either(surfaces("events-nouns", "spot"))
    name = rf"(?P<name>(?![县市区乡镇村])(?=[一-鿿]{{2}})[一-鿿]{{0,12}}?(?P<end>{ends}))"
    return re.compile(rf"{AREA}(?:[—·－-]{AREA})?{name}(?=$|[、和与及，。等调考视检督走慰进参])")


def _unnamed(scene: Scene, telling: Telling, start: int, end: int) -> list[Mention]:
    """Return the items of a list of sites that lean on an area and end like a site."""
    found: list[Mention] = []
    for item in _spot().finditer(telling.shape, start, end):
        if item.start() > start and telling.shape[item.start() - 1] not in "、和与及到来入进赴往看了对在向":
            continue
        if re.search(r"[的等各部]|多[家个]|有关|相关", item.group("name")):
            continue
        span = telling.span_of(item.start(), item.end("name"))
        last = item.group("end")
        kind: Kind = "Project" if last.endswith(("产业园", "园区", "项目", "基地")) else "Organization" if last.endswith("中心") else "Place"
        found.append(scene.mention(kind, span.start, span.end, "events/spot", confidence=0.7))
    return found
