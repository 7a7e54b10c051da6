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


def by_frames(frames: int) -> npt.NDArray[np.float32]:
    """Return the embeddings of whole stretches, by the network for stretches."""
    (voices,) = run(str(weights_file("camplusplus_frames")), features=features(frames))
    assert voices.shape == (2, 512, (frames + 1) // 2)
    statistics = np.concatenate([voices.mean(axis=2), voices.std(axis=2, ddof=1)], axis=1)
    (embedding,) = run(str(weights_file("camplusplus_pool")), statistics=statistics)
    return embedding


@pytest.mark.parametrize("frames", [4, 23, 50])
def test_a_stretch_of_which_all_is_around_each_frame_sounds_as_a_window(frames: int) -> None:
    (embedding,) = run(str(weights_file("camplusplus")), features=features(frames))
    assert np.allclose(by_frames(frames), embedding, atol=NEAR, rtol=0)


@pytest.mark.parametrize("frames", [51, 118, 121, 999])
def test_a_longer_stretch_sounds_almost_as_a_window(frames: int) -> None:
    (window,) = run(str(weights_file("camplusplus")), features=features(frames))
    stretch = by_frames(frames)
    cosine = (window * stretch).sum(axis=1) / np.linalg.norm(window, axis=1) / np.linalg.norm(stretch, axis=1)
    assert (cosine > 0.95).all()


def test_the_two_silero_files_hear_the_same() -> None:
    sound = samples(2.048)[0].reshape(-1, 512)
    before = np.concatenate([np.zeros((1, 64), np.float32), sound[:-1, -64:]])
    frames = np.concatenate([before, sound], axis=1)
    zeros = np.zeros((1, 1, 128), np.float32)
    at_once = run(str(weights_file("silero_sequence")), input=frames, h=zeros, c=zeros)[0]

    session = onnxruntime.InferenceSession(str(weights_file("silero")))
    state, one_by_one = np.zeros((2, 1, 128), np.float32), []
    for frame in frames:
        probability, state = session.run(
            None, {"input": frame[np.newaxis], "state": state, "sr": np.array(16_000, np.int64)}
        )
        one_by_one.append(probability[0, 0])
    assert np.allclose(at_once, one_by_one, atol=1e-6)


def test_a_written_graph_is_one_that_onnx_runtime_runs() -> None:
    graph = Graph("sum")
    value = graph.add("Transpose", graph.input("x", "rows", 3), perm=[1, 0])
    value = graph.add("LeakyRelu", graph.add("Add", value, graph.constant([[-2.0], [0], [2]])), alpha=0.5)
    graph.output("y", value, 3, "rows")
    x = np.arange(6, dtype=np.float32).reshape(2, 3) - 3
    (y,) = run(graph.content(), x=x)
    shifted = x.T + np.array([[-2.0], [0], [2]])
    assert np.allclose(y, np.where(shifted > 0, shifted, shifted / 2))
