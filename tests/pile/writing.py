"""Write the reports of the invented world as a newspaper would: occasions in, text pages and lines of JSON out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from world import DISTRICTS, OCCASIONS, TOPICS, Occasion, named, posts

PAGES = Path(__file__).parent / "pages"
LINES = "衡川晚报.jsonl"
"""The file of the paper that comes as lines of JSON; all other reports are pages of text."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is printed."""

    name: str
    published: str
    publisher: str
    headline: str
    body: str


def reports() -> Iterator[Report]:
    """Yield a report of each ordinary occasion, printed the day after."""
    for one in OCCASIONS:
        headline, body = _visit(one) if one.kind == "visit" else _meeting(one)
        printed = (date.fromisoformat(one.day) + timedelta(days=1)).isoformat()
        yield Report(f"{printed}-{one.paper}-{one.district}", printed, one.paper, headline, body)


def write(folder: Path) -> list[Path]:
    """Write the whole pile into a folder, the pages written by hand too, and return its files, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for report in reports():
        if f"{report.publisher}.jsonl" == LINES:
            told = {"title": report.headline, "published": report.published, "publisher": report.publisher, "text": report.body}
            lines.append(json.dumps(told, ensure_ascii=False))
        else:
            page = f"published: {report.published}\npublisher: {report.publisher}\n\n{report.headline}\n\n{report.body}\n"
            (folder / f"{report.name}.txt").write_text(page, encoding="utf-8")
    (folder / LINES).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for page in PAGES.glob("*.txt"):
        (folder / page.name).write_bytes(page.read_bytes())
    return sorted(folder.iterdir())


def short(post: str, district: str) -> str:
    """Return a post as the papers of the district write it: 青岚区委书记 → 区委书记, 青岚区区长 → 区长."""
    rest = post.removeprefix(district[:-1])
    return rest[1:] if rest.startswith(("区区长", "区副区长", "区代区长", "县县长", "县副县长")) else rest


def _titled(person: str, one: Occasion, *, full: bool = False) -> str:
    """Return a person with the posts of the day, with the district's name in front if ``full``."""
    district = DISTRICTS[one.district].name(one.day)
    held = sorted((short(post, district) for post in posts(person, one.day)), key=lambda post: not post.startswith(f"{district[-1]}委"))
    words = "、".join(held).replace("常委、区委组织部部长", "常委、组织部部长").replace("常委、区委宣传部部长", "常委、宣传部部长")
    if full:
        words = f"{district[:-1]}{words}" if words.startswith(district[-1]) and not words.startswith((f"{district[-1]}长",)) else f"{district}{words}"
    return words + named(person)


def _list(people: tuple[str, ...], one: Occasion) -> str:
    return "，".join(_titled(person, one) for person in people)


def _day(one: Occasion) -> str:
    return f"{int(one.day[5:7])}月{int(one.day[8:])}日"


def _visit(one: Occasion) -> tuple[str, str]:
    """区长张三来到某处，察看某事。他强调."""
    topic, lead, others = TOPICS[one.topic], one.people[0], one.people[1:]
    name, sites = named(lead), "、".join(one.sites)
    match one.pattern:
        case 0:
            company = f"{_list(others, one)}陪同调研。" if others else "区直有关部门负责人参加调研。".replace("区", DISTRICTS[one.district].name(one.day)[-1])
            headline = f"{name}到{one.sites[0]}调研{topic.work}工作"
            body = (
                f"本报讯（记者 {one.reporter}）{_day(one)}，{_titled(lead, one, full=True)}到{sites}调研{topic.work}工作。{company}\n\n"
                f"在{one.sites[-1]}，{name}实地察看现场，详细了解{topic.asked}。他强调，{topic.first}。{topic.second}。"
            )
        case 1:
            headline = f"{_titled(lead, one, full=True)}调研{topic.work}工作"
            company = f"{_list(others, one)}参加。" if others else ""
            body = (
                f"本报讯（记者 {one.reporter}）{_day(one)}上午，{_titled(lead, one, full=True)}来到{sites}，实地调研{topic.work}工作。{company}\n\n"
                f"每到一处，{name}都与干部群众亲切交谈，仔细询问{topic.asked}。\n\n{name}指出，{topic.second}。{name}要求，{topic.first}。"
            )
        case _:
            company = f"，{_list(others, one)}一同检查" if others else ""
            headline = f"{name}检查{topic.work}工作时强调 {topic.second}"
            body = (
                f"本报讯（记者 {one.reporter}）连日来，{topic.work}备受群众关注。"
                f"{_day(one)}，{_titled(lead, one, full=True)}深入{sites}检查{topic.work}工作{company}。\n\n"
                f"{name}先后听取有关负责人汇报，查看{topic.asked}，对取得的成绩给予肯定。他表示，{topic.first}。{topic.second}。"
            )
    return headline, body


def _meeting(one: Occasion) -> tuple[str, str]:
    """甲区召开会议，某某讲话，某某主持."""
    topic, lead, others = TOPICS[one.topic], one.people[0], one.people[1:]
    district, name = DISTRICTS[one.district].name(one.day), one.sites[0]
    company = f"{_titled(others[0], one)}主持会议。" if others else ""
    rest = f"{_list(others[1:], one)}参加会议。" if others[1:] else ""
    match one.pattern:
        case 0:
            headline = f"{district}召开{name}"
            body = (
                f"本报讯（记者 {one.reporter}）{_day(one)}，{district}召开{name}。{_titled(lead, one)}出席会议并讲话，{company}{rest}\n\n"
                f"会议指出，{topic.first}。会议强调，{topic.second}。\n\n{named(lead)}要求，各级各部门要提高认识、主动作为，确保各项任务落到实处。"
            )
        case 1:
            headline = f"{district}{name}召开"
            body = (
                f"本报讯（记者 {one.reporter}）{_day(one)}下午，{district}{name}在区会议中心召开。{_titled(lead, one)}讲话。{company}{rest}\n\n"
                f"{named(lead)}强调，{topic.second}；{topic.first}。"
            ).replace("区会议中心", f"{district[-1]}会议中心")
        case _:
            headline = f"{named(lead)}在全{district[-1]}{name}上强调 {topic.second}"
            body = (
                f"本报讯（记者 {one.reporter}）{_day(one)}，全{district[-1]}{name}召开，总结前一阶段工作，安排下一步任务。"
                f"{_titled(lead, one, full=True)}出席并讲话，{company}{rest}\n\n会议听取了有关部门的工作汇报。\n\n"
                f"{named(lead)}指出，{topic.first}。会议要求，{topic.second}。"
            )
    return headline, body
