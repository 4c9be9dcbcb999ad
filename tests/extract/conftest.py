"""Invented stories in which every name is known, for the rules that need no tagger."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kg.extract.scene import Scene
from kg.model import Anchor, Article, Kind, Span

NAMES: tuple[tuple[Kind, str], ...] = (
    ("Person", "张建国"), ("Person", "李志远"), ("Person", "王秀兰"), ("Person", "卡尔·伯格曼"), ("Person", "張建國"),
    ("Organization", "青岚区财政局"), ("Organization", "青岚区住建局"), ("Organization", "国家标准局"), ("Organization", "蓝海公司"),
    ("Area", "青岚区"), ("Project", "青岚科技园"), ("Policy", "“链长制”"), ("Document", "若干措施"),
)  # fmt: skip


@pytest.fixture(scope="session")
def scene_of() -> Callable[[str], Scene]:
    """Make the scene of a story in which the names above are known."""
    return known


def known(text: str) -> Scene:
    """Make a scene of a headline and ``text`` in which the names above are known."""
    headline = "青岚区工作动态"
    whole = f"{headline}\n{text}\n"
    article = Article("a1", headline, whole, (Span(0, len(headline)),), Span(len(headline) + 1, len(whole)), (), (), None, (Anchor(0, 0),), "a.txt")
    scene = Scene(article)
    for kind, name in NAMES:
        scene.add(scene.mention(kind, *found.span(), "test") for found in re.finditer(name, whole))
    return scene
