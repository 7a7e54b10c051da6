"""The models of the segmenter, loaded once in a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import final

from onnxruntime import InferenceSession, SessionOptions

from backend_ml.turns.network import ActivityNetwork, read_network
from backend_ml.weights import weights_file

TRAINED = Path(__file__).parent
"""Where `activity.npz` is, which `backend_ml.training` wrote: small, and kept with the code."""

THREADS = 2
"""More make the models no faster, as their layers are small."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """Everything that listens."""

    segmentation: InferenceSession
    camplusplus: InferenceSession
    activity: ActivityNetwork


@cache
def models() -> Models:
    """Return the models, read at the first call.

    Raises
    ------
    WeightsProblem
        Weights are missing or wrong.
    """
    return Models(_session("segmentation"), _session("camplusplus"), read_network(TRAINED / "activity.npz"))


def _session(name: str) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    return InferenceSession(weights_file(name), options, providers=["CPUExecutionProvider"])
