"""The ONNX networks answer what torch answers."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest
from reference_inputs import FRAMES, HERE, SECONDS, features, samples

from backend_ml.weights import weights_file
from backend_ml.weights.graph import Graph

NEAR = 1e-4
REFERENCE = json.loads((HERE / "reference.json").read_text(encoding="utf-8"))


def run(content: bytes | str, **given: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(content, options).run(None, given)  # type: ignore[no-any-return]


@pytest.mark.parametrize("seconds", SECONDS)
def test_the_segmentation_network_answers_what_torch_answers(seconds: float) -> None:
    logprobs, hidden = run(str(weights_file("segmentation")), samples=samples(seconds))
    assert np.allclose(logprobs[:, ::10], REFERENCE["logprobs"][str(seconds)], atol=NEAR, rtol=0)
    assert np.allclose(hidden[:, ::20, ::16], REFERENCE["hidden"][str(seconds)], atol=NEAR, rtol=0)
    assert logprobs.shape == (2, hidden.shape[1], 7)
    assert hidden.shape[2] == 256


@pytest.mark.parametrize("frames", FRAMES)
def test_camplusplus_answers_what_torch_answers(frames: int) -> None:
    (embedding,) = run(str(weights_file("camplusplus")), features=features(frames))
    assert np.allclose(embedding, REFERENCE["embeddings"][str(frames)], atol=NEAR, rtol=0)


def test_a_written_graph_is_one_that_onnx_runtime_runs() -> None:
    graph = Graph("sum")
    value = graph.add("Transpose", graph.input("x", "rows", 3), perm=[1, 0])
    value = graph.add("LeakyRelu", graph.add("Add", value, graph.constant([[-2.0], [0], [2]])), alpha=0.5)
    graph.output("y", value, 3, "rows")
    x = np.arange(6, dtype=np.float32).reshape(2, 3) - 3
    (y,) = run(graph.content(), x=x)
    shifted = x.T + np.array([[-2.0], [0], [2]])
    assert np.allclose(y, np.where(shifted > 0, shifted, shifted / 2))
