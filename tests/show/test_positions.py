from __future__ import annotations

from itertools import combinations

from kg.show.layout import positions


def _star(leaves: int) -> tuple[list[tuple[float, float]], list[tuple[int, int]]]:
    return [(80.0, 40.0)] * (leaves + 1), [(0, leaf) for leaf in range(1, leaves + 1)]


def test_no_two_boxes_overlap() -> None:
    boxes, joined = _star(24)
    placed = positions(boxes, [*joined, (1, 2), (3, 4)])
    for (ax, ay), (bx, by) in combinations(placed, 2):
        assert abs(ax - bx) >= 80 or abs(ay - by) >= 40


def test_parts_that_do_not_touch_do_not_overlap() -> None:
    placed = positions([(60.0, 30.0)] * 9, [(0, 1), (1, 2), (3, 4), (5, 6)])
    assert len(set(placed)) == 9
    for (ax, ay), (bx, by) in combinations(placed, 2):
        assert abs(ax - bx) >= 60 or abs(ay - by) >= 30


def test_joined_things_stand_nearer_than_others() -> None:
    chain = [(index, index + 1) for index in range(11)]
    placed = positions([(40.0, 30.0)] * 12, chain)

    def apart(a: int, b: int) -> float:
        return ((placed[a][0] - placed[b][0]) ** 2 + (placed[a][1] - placed[b][1]) ** 2) ** 0.5

    assert all(apart(a, b) < apart(0, 11) / 3 for a, b in chain)


def test_the_same_graph_lies_the_same_way() -> None:
    boxes, joined = _star(12)
    assert positions(boxes, joined) == positions(boxes, joined)


def test_nothing_and_a_single_thing_have_a_place() -> None:
    assert positions([], []) == []
    assert positions([(10.0, 10.0)], []) == [(0, 0)]


def test_a_thing_joined_with_itself_is_no_trouble() -> None:
    assert len(positions([(10.0, 10.0)] * 2, [(0, 0), (0, 1), (0, 1)])) == 2
