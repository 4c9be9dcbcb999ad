"""Demands in their short form: verb and object, the same name for the same demand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.scene import Scene
from kg.extract.tasks import LONGEST, SHORTEST, tasks
from kg.model import Span

Names = Callable[[str], list[str]]


@pytest.fixture
def names(scene_of: Callable[[str], Scene]) -> Names:
    def found(words: str) -> list[str]:
        scene = scene_of(words)
        assert scene.body is not None
        return [task.name for task in tasks(scene, Span(scene.body.start, scene.body.end - 1))]

    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("要提升服务效率，优化营商环境。", ["提升服务效率", "优化营商环境"]),
        ("要进一步优化营商环境。", ["优化营商环境"]),
        ("各部门要切实着力优化营商环境。", ["优化营商环境"]),
        ("必须全面从严优化营商环境。", ["优化营商环境"]),
        ("优化营商环境，激发市场活力。", ["优化营商环境", "激发市场活力"]),
        ("要加强领导、强化保障。", ["加强领导", "强化保障"]),
        ("要坚持目标导向、问题导向。", ["坚持目标导向"]),
        ("要完善学校、道路、医院等配套设施。", []),
        ("要加快完善各项设施。", []),
        ("要加快施工进度。", ["加快施工进度"]),
        ("要加快完善配套设施。", ["完善配套设施"]),
        ("要加快发展新质生产力。", ["发展新质生产力"]),
        ("要加快发展步伐。", ["加快发展步伐"]),
        ("要推动深化经贸合作。", ["深化经贸合作"]),
        ("要推行“链长制”。", ["推行“链长制”"]),
        ("项目事关群众利益，要提升工作站位。", ["提升工作站位"]),
        ("一是压实责任；二是改进作风。", ["压实责任", "改进作风"]),
        ("要让实干的干部有位置。", []),
        ("要对屡审屡犯的追根溯源。", []),
        ("要各司其职。", []),
        ("要优化优化优化优化优化优化优化优化环境。", []),
        ("要落实。", []),
    ],
)
def test_a_demand_has_tasks(words: str, expected: list[str], names: Names) -> None:
    assert names(words) == expected


def test_the_same_demand_has_one_name_and_one_mention(names: Names) -> None:
    assert names("要优化营商环境，持续优化营商环境。") == ["优化营商环境"]


def test_a_task_is_words_of_the_story_and_of_moderate_length(scene_of: Callable[[str], Scene]) -> None:
    scene = scene_of("要提升服务效率，优化营商环境，推行“链长制”，加强领导。")
    assert scene.body is not None
    found = list(tasks(scene, Span(scene.body.start, scene.body.end)))
    assert [task.kind for task in found] == ["Policy"] * 4
    for task in found:
        assert task.span.of(scene.text) == task.text == task.name
        assert task.rule.startswith("tasks/")
        assert SHORTEST <= len(task.name.replace("“", "").replace("”", "")) <= LONGEST
