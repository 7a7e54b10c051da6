"""Write CAM++, which tells voices apart, as an ONNX network.

References
----------
Wang et al. (2023), CAM++, arXiv:2303.00332.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from backend_ml.weights.checkpoint import Tensors
from backend_ml.weights.graph import Graph

MELS: Final = 80
SIZE: Final = 192
BLOCKS: Final = ((12, 1), (24, 2), (16, 2))
SEGMENT: Final = 100
EPSILON: Final = 1e-5

Numbers = npt.NDArray[np.float64]


def camplusplus_network(tensors: Tensors) -> bytes:
    """Return the network as the content of an ONNX file.

    Input `features` is (batch, frames, 80): the logarithm of 80 mel bands every 10 ms less its mean over the
    frames, at least 4 frames. Output `embedding` is (batch, 192), not of length 1.
    """
    graph = Graph("camplusplus")
    value = _frames(graph, graph.input("features", "batch", "frames", MELS), tensors)
    graph.output("embedding", _embedding(graph, _mean_and_deviation(graph, value), tensors), "batch", SIZE)
    return graph.content()


def _frames(graph: Graph, value: str, tensors: Tensors) -> str:
    """Add all that goes before the embedding; (batch, frames, 80) becomes (batch, 512, frames / 2)."""
    value = _head(graph, value, tensors)
    value = _normalised_conv(graph, value, tensors, "xvector.tdnn.linear", "xvector.tdnn.nonlinear.batchnorm", 2, 1, 2)
    value = graph.add("Relu", value)
    segments = _segment_of_frames(graph, value)
    for block, (layers, dilation) in enumerate(BLOCKS, start=1):
        for layer in range(1, layers + 1):
            name = f"xvector.block{block}.tdnnd{layer}"
            added = _dense_layer(graph, value, tensors, name, dilation, segments)
            value = graph.add("Concat", value, added, axis=1)
        name = f"xvector.transit{block}"
        value = _scaled_relu(graph, value, tensors, f"{name}.nonlinear.batchnorm")
        value = graph.add("Conv", value, graph.constant(tensors[f"{name}.linear.weight"]))
    return _scaled_relu(graph, value, tensors, "xvector.out_nonlinear.batchnorm")


def _embedding(graph: Graph, value: str, tensors: Tensors) -> str:
    scale, shift = _batch_norm(tensors, "xvector.dense.nonlinear.batchnorm")
    weight = tensors["xvector.dense.linear.weight"][:, :, 0] * scale[:, np.newaxis]
    return graph.add("Add", graph.add("MatMul", value, graph.constant(weight.T)), graph.constant(shift))


def _batch_norm(tensors: Tensors, name: str) -> tuple[Numbers, Numbers]:
    """Return scale and shift, (channels,) each, of a batch normalisation."""
    mean = tensors[f"{name}.running_mean"].astype(np.float64)
    scale = 1 / np.sqrt(tensors[f"{name}.running_var"].astype(np.float64) + EPSILON)
    if f"{name}.weight" not in tensors:
        return scale, -mean * scale
    scale = scale * tensors[f"{name}.weight"]
    return scale, tensors[f"{name}.bias"] - mean * scale


def _head(graph: Graph, value: str, tensors: Tensors) -> str:
    """Add the convolutions over mel bands and time; (batch, frames, 80) becomes (batch, 320, frames)."""

    def conv(value: str, name: str, norm: str, stride: int) -> str:
        scale, shift = _batch_norm(tensors, f"head.{norm}")
        weight = tensors[f"head.{name}.weight"] * scale[:, np.newaxis, np.newaxis, np.newaxis]
        pad = weight.shape[-1] // 2
        return graph.add(
            "Conv", value, graph.constant(weight), graph.constant(shift), pads=[pad] * 4, strides=[stride, 1]
        )

    value = graph.add("Transpose", value, perm=[0, 2, 1])
    value = graph.add("Unsqueeze", value, graph.constant([1], np.int64))
    value = graph.add("Relu", conv(value, "conv1", "bn1", 1))
    for layer in ("layer1", "layer2"):
        for index, stride in ((0, 2), (1, 1)):
            place = f"{layer}.{index}"
            beside = conv(value, f"{place}.shortcut.0", f"{place}.shortcut.1", stride) if stride > 1 else value
            inner = graph.add("Relu", conv(value, f"{place}.conv1", f"{place}.bn1", stride))
            inner = conv(inner, f"{place}.conv2", f"{place}.bn2", 1)
            value = graph.add("Relu", graph.add("Add", inner, beside))
    value = graph.add("Relu", conv(value, "conv2", "bn2", 2))
    return graph.add("Reshape", value, graph.constant([0, 4 * MELS, -1], np.int64))


def _normalised_conv(
    graph: Graph, value: str, tensors: Tensors, name: str, norm: str, stride: int, dilation: int, pad: int
) -> str:
    """Add a convolution over time and the batch normalisation after it as one convolution."""
    scale, shift = _batch_norm(tensors, norm)
    weight = graph.constant(tensors[f"{name}.weight"] * scale[:, np.newaxis, np.newaxis])
    return graph.add(
        "Conv", value, weight, graph.constant(shift), strides=[stride], dilations=[dilation], pads=[pad, pad]
    )


def _scaled_relu(graph: Graph, value: str, tensors: Tensors, norm: str) -> str:
    scale, shift = _batch_norm(tensors, norm)
    value = graph.add("Mul", value, graph.constant(scale[:, np.newaxis]))
    return graph.add("Relu", graph.add("Add", value, graph.constant(shift[:, np.newaxis])))


def _segment_of_frames(graph: Graph, value: str) -> str:
    """Return for each frame the number of the segment that it lies in."""
    zero, one, last = (graph.constant(number, np.int64) for number in (0, 1, [2]))
    shape = graph.add("Gather", graph.add("Shape", value), last, axis=0)
    count = graph.add("Squeeze", shape, graph.constant([0], np.int64))
    return graph.add("Div", graph.add("Range", zero, count, one), graph.constant(SEGMENT, np.int64))


def _in_segments(graph: Graph, value: str) -> str:
    """Add what is heard around the frames of each segment: the segment's mean and that of the whole."""
    whole = graph.add("ReduceMean", value, axes=[2], keepdims=1)
    parts = graph.add("AveragePool", value, kernel_shape=[SEGMENT], strides=[SEGMENT], ceil_mode=1)
    return graph.add("Add", parts, whole)


def _dense_layer(graph: Graph, value: str, tensors: Tensors, name: str, dilation: int, segments: str) -> str:
    """Add a layer that weighs its 32 new channels by what is heard around each frame."""
    value = _scaled_relu(graph, value, tensors, f"{name}.nonlinear1.batchnorm")
    value = _normalised_conv(graph, value, tensors, f"{name}.linear1", f"{name}.nonlinear2.batchnorm", 1, 1, 0)
    value = graph.add("Relu", value)
    cam = f"{name}.cam_layer"
    local = graph.add(
        "Conv",
        value,
        graph.constant(tensors[f"{cam}.linear_local.weight"]),
        dilations=[dilation],
        pads=[dilation, dilation],
    )
    # Frames of one segment share their weights, so these are computed once a segment.
    weights = _in_segments(graph, value)
    for part, activation in (("linear1", "Relu"), ("linear2", "Sigmoid")):
        weight = graph.constant(tensors[f"{cam}.{part}.weight"])
        weights = graph.add("Conv", weights, weight, graph.constant(tensors[f"{cam}.{part}.bias"]))
        weights = graph.add(activation, weights)
    return graph.add("Mul", local, graph.add("Gather", weights, segments, axis=2))


def _mean_and_deviation(graph: Graph, value: str) -> str:
    """Add the mean and the (sample) standard deviation over time; (batch, 512, frames) becomes (batch, 1024)."""
    mean = graph.add("ReduceMean", value, axes=[2], keepdims=1)
    apart = graph.add("Sub", value, mean)
    total = graph.add("ReduceSum", graph.add("Mul", apart, apart), graph.constant([2], np.int64), keepdims=1)
    count = graph.add("Gather", graph.add("Shape", value), graph.constant([2], np.int64), axis=0)
    one = graph.constant([1], np.int64)
    fewer = graph.add("Cast", graph.add("Max", graph.add("Sub", count, one), one), to=1)
    deviation = graph.add("Sqrt", graph.add("Div", total, fewer))
    both = graph.add("Concat", mean, deviation, axis=1)
    return graph.add("Squeeze", both, graph.constant([2], np.int64))
