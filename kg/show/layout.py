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
        points = _apart(_turned(_stress(len(part), pairs), size[part]), size[part])
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
    inverse = np.linalg.pinv(laplacian)
    pull = weight * wanted
    for _ in range(_STRESS_ROUNDS):
        apart = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
        ratio = np.zeros_like(apart)
        np.divide(pull, apart, out=ratio, where=apart > 1e-9)
        points = inverse @ (np.diag(ratio.sum(axis=1)) - ratio) @ points
    return points


def _scaled(wanted: Points) -> Points:
    """Return a first guess by classical scaling; a little spiral parts the points that would coincide."""
    import numpy as np

    count = len(wanted)
    squared = wanted**2
    centred = -0.5 * (squared - squared.mean(axis=0)[None, :] - squared.mean(axis=1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred)
    points = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0))
    for axis in range(points.shape[1]):  # an eigenvector has no sign of its own
        if points[np.abs(points[:, axis]).argmax(), axis] < 0:
            points[:, axis] *= -1
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
    return points * np.array([scale * 1.08, scale / 1.08])


def _apart(points: Points, size: Points) -> Points:
    """Push boxes that overlap away from each other, each along the shorter way."""
    import numpy as np

    points = points.copy()
    half = (size[:, None, :] + size[None, :, :]) / 2
    upper = np.triu(np.ones((len(points), len(points)), dtype=bool), 1)
    for turn in range(_PUSH_ROUNDS):
        way = points[None, :, :] - points[:, None, :]
        over = half - np.abs(way)
        crossing = upper & (over[:, :, 0] > 0.5) & (over[:, :, 1] > 0.5)
        first, second = np.nonzero(crossing)
        if not len(first):
            break
        depth = over[first, second]
        axis = (depth[:, 1] < depth[:, 0]).astype(int)
        rows = np.arange(len(first))
        sign = np.where(way[first, second][rows, axis] >= 0, 1.0, -1.0)
        move = np.zeros((len(first), 2))
        move[rows, axis] = sign * depth[rows, axis] * (0.5 if turn > 30 else 0.3)
        shift = np.zeros_like(points)
        np.add.at(shift, first, -move)
        np.add.at(shift, second, move)
        points += shift
    return points


def _gap(points: Points, size: Points, others: Points, other_size: Points) -> Points:
    """Return the shift that brings a part as near to the middle as the parts already there allow."""
    import numpy as np

    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    if not len(others):
        return -middle
    centre = (others.min(axis=0) + others.max(axis=0)) / 2
    half = (size[:, None, :] + other_size[None, :, :]) / 2 + 16
    for x, y in _spiral():
        shift = centre - middle + np.array([x * 1.1, y])
        way = np.abs((points + shift)[:, None, :] - others[None, :, :])
        if not ((way < half).all(axis=2)).any():
            return shift
    raise AssertionError("a spiral has no end")


def _spiral() -> Iterator[tuple[float, float]]:
    """Yield places further and further out."""
    step = 0
    while True:
        radius = 18 * math.sqrt(step)
        yield radius * math.cos(step * _GOLDEN), radius * math.sin(step * _GOLDEN)
        step += 1
