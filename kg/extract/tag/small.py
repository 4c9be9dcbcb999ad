"""Make LAC's network small: its ONNX file comes in, one that does the same with whole numbers of eight bits comes out.

The network reads a sentence twice in both directions (two layers of gated recurrent units). What a layer remembers lies
between -1 and 1, so that eight bits hold it at a fixed scale, and what a sentence yields still does not depend on its
neighbours; each column of weights has a scale of its own. What the first layer makes of a character alone is
computed once for all characters. Half the time of the original; of a thousand words two are cut or tagged otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kg.extract.tag.onnx import Array, graph, model, node, port, steps, tensors

_MOST = 127  # the largest whole number of eight bits with a sign
_SIDES = ("f", "b")  # forward and backward


def small(original: bytes, characters: Sequence[int]) -> bytes:
    """Return the small network; its ids count the ``characters``, which are ids of the original.

    It takes ``ids`` (steps × rows) and ``zero`` (rows × the size of a layer) and gives ``scores`` (steps × rows × tags).
    """
    found = steps(original)
    (vectors,) = (step.inputs[0] for step in found if step.operator == "Gather")
    layers = [step.inputs[1:4] for step in found if step.operator == "GRU"]
    (weights,) = (step.inputs[1] for step in found if step.operator == "MatMul")
    (bias,) = (step.inputs[1] for step in found if step.operator == "Add")
    known = tensors(original, [vectors, weights, bias, *(name for layer in layers for name in layer)])
    first, second = (tuple(known[name] for name in layer) for layer in layers)
    size = first[1].shape[-1]

    alone = known[vectors][np.asarray(characters)] @ _both(first[0]).T + _inward(first[2], size)
    constants: dict[str, Array] = {
        "alone": alone.astype(np.float32), "weights": known[weights], "bias": known[bias],
        "one": np.array(1, np.float32), "scale": np.array(1 / _MOST, np.float32), "middle": np.array(_MOST + 1, np.uint8),
        "halves": np.array([size, size], np.int64), "parts": np.array([2 * size, size] * 2, np.int64),
    }  # fmt: skip
    nodes = [node("Gather", ["alone", "ids"], ["x1"], axis=0)]
    nodes += _layer("1", first, constants)
    nodes.append(node("QuantizeLinear", ["h1", "scale", "middle"], ["q1"]))
    nodes.append(_product("q1", "x2", _both(second[0]).T, constants, _inward(second[2], size)))
    nodes += _layer("2", second, constants)
    nodes += [node("MatMul", ["h2", "weights"], ["raw"]), node("Add", ["raw", "bias"], ["scores"])]
    tags = known[bias].shape[0]
    return model(
        graph(
            nodes,
            [port("ids", np.int64, "steps", "rows"), port("zero", np.float32, "rows", size)],
            [port("scores", np.float32, "steps", "rows", tags)],
            constants,
        )
    )


def _both(weights: Array) -> Array:
    """Return the weights of both directions, one below the other."""
    return weights.reshape(-1, weights.shape[-1])


def _inward(bias: Array, size: int) -> Array:
    """Return what is added to the input of both directions: all biases but that of the new memory, which a gate damps."""
    found = bias[:, : 3 * size].copy()
    found[:, : 2 * size] += bias[:, 3 * size : 5 * size]
    return found.reshape(-1)


def _layer(name: str, layer: Sequence[Array], constants: dict[str, Array]) -> Iterator[bytes]:
    """Yield the nodes of a layer: from ``x`` (gates and new memory of both directions) to ``h`` (what both remember)."""
    _, recurrent, bias = layer
    size = recurrent.shape[-1]
    ways = [f"{part}{name}{side}" for side in _SIDES for part in ("gates", "new")]
    yield node("Split", [f"x{name}", "parts"], ways, axis=2)
    inner = [one for number, side in enumerate(_SIDES) for one in _unit(name + side, recurrent[number].T, bias[number, 5 * size :], constants)]
    step = graph(
        inner,
        [port(f"past{name}{side}", np.float32, "rows", size) for side in _SIDES]
        + [port(f"in{way}", np.float32, "rows", size * (2 if way.startswith("gates") else 1)) for way in ways],
        [port(f"{part}{name}{side}", np.float32, "rows", size) for part in ("now", "out") for side in _SIDES],
    )
    kept = [f"h{name}{side}" for side in _SIDES]
    yield node(
        "Scan", ["zero", "zero", *ways], [f"last{name}f", f"last{name}b", *kept],
        body=step, num_scan_inputs=4, scan_input_directions=[0, 0, 1, 1], scan_output_directions=[0, 1],
    )  # fmt: skip
    yield node("Concat", kept, [f"h{name}"], axis=2)


def _unit(name: str, weights: Array, bias: Array, constants: dict[str, Array]) -> Iterator[bytes]:
    """Yield the nodes of one step of a gated recurrent unit in one direction."""
    size = len(weights)
    past, now = f"past{name}", f"now{name}"
    yield node("QuantizeLinear", [past, "scale", "middle"], [f"q{name}"])
    yield _product(f"q{name}", f"g{name}", weights[:, : 2 * size], constants)
    yield _product(f"q{name}", f"n{name}", weights[:, 2 * size :], constants, bias)
    yield node("Add", [f"ingates{name}", f"g{name}"], [f"sum{name}"])
    yield node("Sigmoid", [f"sum{name}"], [f"open{name}"])
    yield node("Split", [f"open{name}", "halves"], [f"keep{name}", f"reset{name}"], axis=1)
    yield node("Mul", [f"reset{name}", f"n{name}"], [f"damped{name}"])
    yield node("Add", [f"innew{name}", f"damped{name}"], [f"both{name}"])
    yield node("Tanh", [f"both{name}"], [f"fresh{name}"])
    # keep · past + (1 - keep) · fresh
    yield node("Sub", [past, f"fresh{name}"], [f"apart{name}"])
    yield node("Mul", [f"keep{name}", f"apart{name}"], [f"kept{name}"])
    yield node("Add", [f"fresh{name}", f"kept{name}"], [now])
    yield node("Identity", [now], [f"out{name}"])


def _product(left: str, out: str, weights: Array, constants: dict[str, Array], bias: Array | None = None) -> bytes:
    """Return the node that multiplies whole numbers with weights, which it makes whole numbers too."""
    # Processors without VNNI add two products in sixteen bits: their weights together must not exceed half of what eight bits hold.
    pairs = np.abs(weights[0::2] + weights[1::2]).max(axis=0) / _MOST
    scale = np.maximum(np.abs(weights).max(axis=0) / _MOST, pairs)
    constants[f"w{out}"] = np.round(weights / scale).astype(np.int8)
    constants[f"s{out}"] = (scale / _MOST).astype(np.float32)
    constants[f"z{out}"] = np.zeros(len(scale), np.int8)
    inputs = [left, f"w{out}", "one", f"s{out}", "middle", f"z{out}"]
    if bias is not None:
        constants[f"b{out}"] = bias.astype(np.float32)
        inputs.append(f"b{out}")
    return node("MatMulIntegerToFloat", inputs, [out], "com.microsoft")
