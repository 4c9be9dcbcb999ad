"""Read and write ONNX files, as little of the format as our tagger needs: bytes come in, nodes and tensors go out, and back.

The format is Protocol Buffers; the numbers below are those of its fields in ``onnx.proto``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_TYPES: Mapping[np.dtype[Any], int] = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2, np.dtype(np.int8): 3, np.dtype(np.int64): 7}
_DTYPES = {number: dtype for dtype, number in _TYPES.items()}
_INT, _GRAPH, _INTS = 2, 5, 7  # types of attributes
_GRAPH_OF_MODEL, _NODE, _INITIALIZER = 7, 1, 5
_IR_VERSION, _OPSET = 9, 17


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a graph: an operator with the names of its inputs and outputs."""

    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def steps(model: bytes) -> list[Step]:
    """Return the nodes of a model, in order."""
    found = []
    for number, node in _fields(_graph(model)):
        if number == _NODE:
            parts = list(_fields(node))
            names = {wanted: tuple(bytes(value).decode() for field, value in parts if field == wanted) for wanted in (1, 2, 4)}
            found.append(Step(names[4][0], names[1], names[2]))
    return found


def tensors(model: bytes, names: Iterable[str]) -> dict[str, Array]:
    """Return the constant tensors of these names."""
    wanted = set(names)
    found: dict[str, Array] = {}
    for number, tensor in _fields(_graph(model)):
        if number == _INITIALIZER:
            parts = list(_fields(tensor))
            name = next(bytes(value).decode() for field, value in parts if field == 8)
            if name in wanted:
                dtype = next(_DTYPES[int(value)] for field, value in parts if field == 2)
                shape = [int(value) for field, value in parts if field == 1]
                found[name] = np.frombuffer(next(value for field, value in parts if field == 9), dtype).reshape(shape)
    return found


def _graph(model: bytes) -> memoryview:
    return next(value for number, value in _fields(memoryview(model)) if number == _GRAPH_OF_MODEL)


def _fields(message: memoryview) -> Iterator[tuple[int, Any]]:
    """Yield the fields of a message: numbers as int, all else as bytes."""
    position = 0

    def number() -> int:
        nonlocal position
        value = shift = 0
        while True:
            byte = message[position]
            position += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while position < len(message):
        key = number()
        if key & 7 == 0:
            yield key >> 3, number()
            continue
        length = {1: 8, 5: 4}.get(key & 7) or number()
        yield key >> 3, message[position : position + length]
        position += length


# ---------------------------------------------------------------- writing


def model(graph: bytes) -> bytes:
    """Return a model of one graph that may use ONNX Runtime's own operators too."""
    opsets = (_int(2, _OPSET), _bytes(1, b"com.microsoft") + _int(2, 1))
    return _int(1, _IR_VERSION) + b"".join(_bytes(8, opset) for opset in opsets) + _bytes(_GRAPH_OF_MODEL, graph)


def graph(nodes: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes], constants: Mapping[str, Array] | None = None) -> bytes:
    """Return a graph; what it does not compute itself it may take from the graph around it."""
    parts = [_bytes(_NODE, one) for one in nodes]
    parts.append(_bytes(2, b"graph"))
    parts += [_bytes(_INITIALIZER, _tensor(name, array)) for name, array in (constants or {}).items()]
    parts += [_bytes(11, one) for one in inputs] + [_bytes(12, one) for one in outputs]
    return b"".join(parts)


def node(operator: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **attributes: int | Sequence[int] | bytes) -> bytes:
    """Return a node; an attribute is a number, numbers, or a graph."""
    parts = [_bytes(1, name.encode()) for name in inputs] + [_bytes(2, name.encode()) for name in outputs]
    parts += [_bytes(4, operator.encode()), _bytes(7, domain.encode())]
    for name, value in attributes.items():
        if isinstance(value, int):
            told = _int(3, value) + _int(20, _INT)
        elif isinstance(value, bytes):
            told = _bytes(6, value) + _int(20, _GRAPH)
        else:
            told = b"".join(_int(8, one) for one in value) + _int(20, _INTS)
        parts.append(_bytes(5, _bytes(1, name.encode()) + told))
    return b"".join(parts)


def port(name: str, dtype: type[np.generic], *shape: int | str) -> bytes:
    """Return the description of an input or output; a length that is not known beforehand has a name."""
    sides = b"".join(_bytes(1, _int(1, side) if isinstance(side, int) else _bytes(2, side.encode())) for side in shape)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, _int(1, _TYPES[np.dtype(dtype)]) + _bytes(2, sides)))


def _tensor(name: str, array: Array) -> bytes:
    sides = b"".join(_int(1, side) for side in array.shape)
    return sides + _int(2, _TYPES[array.dtype]) + _bytes(8, name.encode()) + _bytes(9, np.ascontiguousarray(array).tobytes())


def _int(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _bytes(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
