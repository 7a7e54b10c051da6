"""The models of the segmenter, loaded once in a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import final

from onnxruntime import (
    InferenceSession,
    OrtAllocatorType,
    OrtArenaCfg,
    OrtMemoryInfo,
    OrtMemType,
    SessionOptions,
    create_and_register_allocator,
)

from backend_ml.turns.network import ActivityNetwork, read_network
from backend_ml.weights import weights_file

TRAINED = Path(__file__).parent
"""Where `activity.npz` is, which `research.training` wrote: small, and kept with the code."""

THREADS = 1
"""Of one run. Their layers are small: two runs beside each other get more out of two cores than one on both."""


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
    _share_memory()
    return Models(_session("segmentation"), _session("camplusplus"), read_network(TRAINED / "activity.npz"))


def _share_memory() -> None:
    """Let the models work in the same memory, which grows by what is asked and not by doubling."""
    place = OrtMemoryInfo("Cpu", OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, OrtMemType.DEFAULT)
    create_and_register_allocator(place, OrtArenaCfg({"arena_extend_strategy": 1}))


def _session(name: str) -> InferenceSession:
    options = SessionOptions()
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    return InferenceSession(weights_file(name), options, providers=["CPUExecutionProvider"])
