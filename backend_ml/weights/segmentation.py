"""Write pyannote's segmentation-3.0, which hears who of at most three voices speaks, as an ONNX network."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from backend_ml.weights.checkpoint import Tensors
from backend_ml.weights.graph import Graph

SAMPLE_RATE: Final = 16_000
STRIDE: Final = 10
LAYERS: Final = 4
WIDTH: Final = 128
CLASSES: Final = 7
MIN_HZ: Final = np.float32(50)

Numbers = npt.NDArray[np.float32]


def segmentation_network(tensors: Tensors) -> bytes:
    """Return the network as the content of an ONNX file.

    Input `samples` is (batch, samples) at 16 kHz, from -1 to 1. Output `logprobs` is (batch, frames, 7), the
    natural logarithm of the probability of nobody, of each of three voices and of each of their pairs; output
    `hidden` is (batch, frames, 256), what the last recurrent layer knows of each frame. A frame is 270
    samples after the one before and hears 991 samples.
    """
    graph = Graph("segmentation-3.0")
    samples = graph.input("samples", "batch", "samples")
    value = graph.add("Unsqueeze", samples, graph.constant([1], np.int64))
    value = _normalised(graph, value, tensors, "sincnet.wav_norm1d")
    value = graph.add("Conv", value, graph.constant(_band_filters(tensors)), strides=[STRIDE])
    value = graph.add("Abs", value)
    value = _pooled(graph, value, tensors, "sincnet.norm1d.0")
    for index in (1, 2):
        weight = graph.constant(tensors[f"sincnet.conv1d.{index}.weight"])
        value = graph.add("Conv", value, weight, graph.constant(tensors[f"sincnet.conv1d.{index}.bias"]))
        value = _pooled(graph, value, tensors, f"sincnet.norm1d.{index}")

    value = graph.add("Transpose", value, perm=[2, 0, 1])
    for layer in range(LAYERS):
        value = _recurrent(graph, value, tensors, layer)
    hidden = graph.add("Transpose", value, perm=[1, 0, 2])

    value = hidden
    for name in ("linear.0", "linear.1"):
        value = graph.add("LeakyRelu", _linear(graph, value, tensors, name), alpha=0.01)
    value = graph.add("LogSoftmax", _linear(graph, value, tensors, "classifier"), axis=-1)
    graph.output("logprobs", value, "batch", "frames", CLASSES)
    graph.output("hidden", hidden, "batch", "frames", 2 * WIDTH)
    return graph.content()


def _normalised(graph: Graph, value: str, tensors: Tensors, name: str) -> str:
    scale, shift = graph.constant(tensors[f"{name}.weight"]), graph.constant(tensors[f"{name}.bias"])
    return graph.add("InstanceNormalization", value, scale, shift, epsilon=1e-5)


def _pooled(graph: Graph, value: str, tensors: Tensors, name: str) -> str:
    value = graph.add("MaxPool", value, kernel_shape=[3], strides=[3])
    return graph.add("LeakyRelu", _normalised(graph, value, tensors, name), alpha=0.01)


def _recurrent(graph: Graph, value: str, tensors: Tensors, layer: int) -> str:
    """Add one bidirectional LSTM over (frames, batch, features)."""

    def both(name: str) -> list[Numbers]:
        return [_as_onnx_gates(tensors[f"lstm.{name}_l{layer}{end}"]) for end in ("", "_reverse")]

    biases = [np.concatenate(pair) for pair in zip(both("bias_ih"), both("bias_hh"), strict=True)]
    value = graph.add(
        "LSTM",
        value,
        graph.constant(np.stack(both("weight_ih"))),
        graph.constant(np.stack(both("weight_hh"))),
        graph.constant(np.stack(biases)),
        direction="bidirectional",
        hidden_size=WIDTH,
    )
    value = graph.add("Transpose", value, perm=[0, 2, 1, 3])
    return graph.add("Reshape", value, graph.constant([0, 0, 2 * WIDTH], np.int64))


def _as_onnx_gates(tensor: Numbers) -> Numbers:
    into, forget, cell, out = np.split(tensor, 4)
    return np.concatenate([into, out, forget, cell])


def _linear(graph: Graph, value: str, tensors: Tensors, name: str) -> str:
    value = graph.add("MatMul", value, graph.constant(tensors[f"{name}.weight"].T))
    return graph.add("Add", value, graph.constant(tensors[f"{name}.bias"]))


def _band_filters(tensors: Tensors) -> Numbers:
    """Return the first layer's (80, 1, 251) filters: 40 even and 40 odd band filters, from their edges in Hz.

    References
    ----------
    Ravanelli & Bengio (2018), arXiv:1808.00158; the odd ones: Pariente et al. (2020), arXiv:1910.10400.
    """
    place = "sincnet.conv1d.0.filterbank"
    low_hz, band_hz, window, times = (tensors[f"{place}.{name}_"] for name in ("low_hz", "band_hz", "window", "n"))
    low = MIN_HZ + np.abs(low_hz)
    high = np.clip(low + MIN_HZ + np.abs(band_hz), MIN_HZ, np.float32(SAMPLE_RATE / 2))
    width = 2 * (high - low)
    half = times / 2
    # Angles go up to 400, of which float32 keeps four decimals: torch's filters are those of the rounded angles.
    even = (_each(math.sin, high * times) - _each(math.sin, low * times)) / half * window
    odd = (_each(math.cos, low * times) - _each(math.cos, high * times)) / half * window
    filters: Numbers = np.concatenate(
        [
            np.concatenate([even, width, even[:, ::-1]], axis=1) / width,
            np.concatenate([odd, np.zeros_like(width), -odd[:, ::-1]], axis=1) / width,
        ]
    )
    return filters[:, np.newaxis, :]


def _each(function: Callable[[float], float], values: Numbers) -> Numbers:
    """Apply a function of `math` to each value: numpy's own differ in the last digit between processors."""
    return np.array([[function(value) for value in row] for row in values.tolist()], dtype=np.float32)
