"""Place things on a plane: pairs of joined things in, whole-number positions out, the same for the same input."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

_GOLDEN = math.pi * (3 - math.sqrt(5))
_PAD = 9.0
_STRESS_ROUNDS = 160
_PUSH_ROUNDS = 400
_NEAR = 150.0  # pixels: how far apart two boxes may be and still be watched while boxes are pushed


def positions(boxes: Sequence[tuple[float, float]], joined: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a position for each box (width, height in pixels at full size) so that joined ones are near and none overlap.

    Each connected part is drawn on its own by stress majorization, where a hub's neighbours stand further out the
    more of them there are; then the parts are packed around the largest. Costs O(n³) in the size of a part:
    meant for up to some hundred boxes.
    """
    import numpy as np

    size = np.array(boxes, dtype=np.float64).reshape(len(boxes), 2) + _PAD
    place = np.zeros((len(boxes), 2))
    settled: list[int] = []
    for part in _parts(len(boxes), joined):
        local = {node: index for index, node in enumerate(part)}
        pairs = sorted({(local[a], local[b]) for a, b in joined if a in local and a != b})
        points = _raised(_apart(_turned(_stress(len(part), pairs), size[part]), size[part]))
        place[part] = points + _gap(points, size[part], place[settled], size[settled])
        settled += part
    if len(boxes):
        place -= (place.min(axis=0) + place.max(axis=0)) / 2
    return [(round(float(x)), round(float(y))) for x, y in place]


def _parts(count: int, joined: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the connected parts, the largest first."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in joined:
        near[a].append(b)
        near[b].append(a)
    seen = [False] * count
    parts: list[list[int]] = []
    for start in range(count):
        if seen[start]:
            continue
        seen[start] = True
        part = [start]
        for node in part:  # the list grows while it is walked
            for other in near[node]:
                if not seen[other]:
                    seen[other] = True
                    part.append(other)
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _stress(count: int, pairs: Sequence[tuple[int, int]]) -> Points:
    """Return points whose distances follow the distances in the graph."""
    import numpy as np

    if count == 1:
        return np.zeros((1, 2))
    joined = np.zeros((count, count))
    for a, b in pairs:
        joined[a, b] = joined[b, a] = 1
    degree = joined.sum(axis=1)
    shared = joined @ joined
    # An edge is long where its ends have many neighbours that they do not share: hubs get room, triangles stay tight.
    length = np.sqrt(np.maximum(degree[:, None] + degree[None, :] - shared - 1, 1.0))
    wanted = np.where(joined > 0, length, np.inf)
    np.fill_diagonal(wanted, 0)
    for middle in range(count):
        np.minimum(wanted, wanted[:, middle, None] + wanted[None, middle, :], out=wanted)

    points = _scaled(wanted)
    weight = np.zeros_like(wanted)
    np.divide(1.0, wanted**2, out=weight, where=wanted > 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(laplacian + 1 / count) - 1 / count  # of a graph in one part: its pseudoinverse
    pull = weight * wanted
    apart, ratio = np.empty_like(wanted), np.empty_like(wanted)  # written over in each round: new ones would cost more than the sums
    before = math.inf
    for _ in range(_STRESS_ROUNDS):
        np.subtract.outer(points[:, 0], points[:, 0], out=apart)
        np.subtract.outer(points[:, 1], points[:, 1], out=ratio)
        np.multiply(apart, apart, out=apart)
        np.multiply(ratio, ratio, out=ratio)
        np.sqrt(np.add(apart, ratio, out=apart), out=apart)
        np.subtract(apart, wanted, out=ratio)
        stress = float(np.einsum("ij,ij,ij->", weight, ratio, ratio))
        if before - stress < 1e-4 * stress:
            break
        before = stress
        np.divide(pull, np.maximum(apart, 1e-9, out=apart), out=ratio)
        points = inverse @ (ratio.sum(axis=1)[:, None] * points - ratio @ points)
    return points


def _scaled(wanted: Points) -> Points:
    """Return a first guess by classical scaling; a little spiral parts the points that would coincide."""
    import numpy as np

    count = len(wanted)
    squared = wanted**2
    centred = -0.5 * (squared - squared.mean(axis=0)[None, :] - squared.mean(axis=1)[:, None] + squared.mean())
    points = np.zeros((count, 2))
    for axis in range(2):  # the two strongest axes, by power iteration from a fixed start
        way = np.cos(np.arange(count) * (axis + 1.0)) + 0.01
        for _ in range(120):
            way = centred @ way
            way /= max(float(np.linalg.norm(way)), 1e-12)
        value = float(way @ centred @ way)
        points[:, axis] = way * math.sqrt(max(value, 0.0))
        centred = centred - value * np.outer(way, way)
    turn = np.arange(count) * _GOLDEN
    return points + 0.05 * np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt(np.arange(count) + 1)[:, None]


def _turned(points: Points, size: Points) -> Points:
    """Turn the longer way to lie flat and blow up until there is about room for the boxes."""
    import numpy as np

    if len(points) == 1:
        return points
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    axes = axes[:, ::-1]
    for axis in range(2):
        if axes[np.abs(axes[:, axis]).argmax(), axis] < 0:
            axes[:, axis] *= -1
    points = points @ axes
    extent = np.ptp(points, axis=0)
    room = 1.9 * float(size.prod(axis=1).sum())
    if extent[1] < 1e-6:
        return points * (1.25 * float(size[:, 0].sum()) / max(float(extent[0]), 1e-6) / 2)
    scale = math.sqrt(room / float(extent.prod()))
    return points * scale


def _apart(points: Points, size: Points) -> Points:
    """Push boxes that overlap away from each other, each along the shorter way."""
    import numpy as np

    points = points.copy()
    near, there = _near(points, size), points.copy()
    for turn in range(_PUSH_ROUNDS):
        if float(np.abs(points - there).max(initial=0.0)) >= _NEAR / 2:
            near, there = _near(points, size), points.copy()
        first, second = near
        over = (size[first] + size[second]) / 2 - np.abs(points[second] - points[first])
        touching = (over > 0.5).all(axis=1)
        if not touching.any():
            break
        first, second, depth = first[touching], second[touching], over[touching]
        axis = (depth[:, 1] < depth[:, 0]).astype(int)
        rows = np.arange(len(first))
        sign = np.where((points[second] - points[first])[rows, axis] >= 0, 1.0, -1.0)
        move = np.zeros((len(first), 2))
        move[rows, axis] = sign * depth[rows, axis] * (0.5 if turn > 30 else 0.3)
        np.add.at(points, first, -move)
        np.add.at(points, second, move)
    return points


def _near(points: Points, size: Points) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of boxes that may overlap before one of them has moved by half of ``_NEAR``, in reading order."""
    import numpy as np

    close = [np.abs(np.subtract.outer(points[:, axis], points[:, axis])) < np.add.outer(size[:, axis], size[:, axis]) / 2 + _NEAR for axis in range(2)]
    first, second = np.nonzero(np.triu(close[0] & close[1], 1))
    return first, second


def _raised(points: Points) -> Points:
    """Stretch what lies flat until it is nearly as high as wide: windows are, and labels part more easily upwards."""
    import numpy as np

    wide, high = (float(extent) for extent in np.ptp(points, axis=0))
    if len(points) < 8 or high < 1e-6:
        return points
    raised: Points = points * np.array([1.0, min(max(0.95 * wide / high, 1.0), 1.6)])
    return raised


def _gap(points: Points, size: Points, others: Points, other_size: Points) -> Points:
    """Return the shift that brings a part as near to the middle as the parts already there allow."""
    import numpy as np

    middle: Points = (points.min(axis=0) + points.max(axis=0)) / 2
    if not len(others):
        return -middle
    centre = (others.min(axis=0) + others.max(axis=0)) / 2
    half = (size[:, None, :] + other_size[None, :, :]) / 2 + 16
    for x, y in _spiral(max(18.0, 0.06 * float(np.ptp(others, axis=0).max()))):
        shift: Points = centre - middle + np.array([x * 1.1, y])
        way = np.abs((points + shift)[:, None, :] - others[None, :, :])
        if not ((way < half).all(axis=2)).any():
            return shift
    raise AssertionError("a spiral has no end")


def _spiral(pace: float) -> Iterator[tuple[float, float]]:
    """Yield places further and further out, about ``pace`` apart."""
    step = 0
    while True:
        radius = pace * math.sqrt(step)
        yield radius * math.cos(step * _GOLDEN), radius * math.sin(step * _GOLDEN)
        step += 1
