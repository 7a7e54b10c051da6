"""Checkpoints are read, never run."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_inputs import HERE

from backend_ml.weights.checkpoint import MAX_PICKLE_BYTES, CheckpointProblem, read_checkpoint

TINY = (HERE / "tiny.pt").read_bytes()


def checkpoint(content: bytes, **tensors: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", content)
        for key, numbers in tensors.items():
            archive.writestr(f"archive/data/{key.removeprefix('_')}", numbers)
    return file.getvalue()


class Runs:
    """What a hostile checkpoint holds: to unpickle it is to call something."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> Any:
        return self.call


def test_a_checkpoint_of_torch_gives_its_tensors_and_what_stands_beside_them() -> None:
    found = read_checkpoint(TINY)
    assert found["state_dict"]["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["state_dict"]["b"].tolist() == [3, 4, 5]
    assert found["state_dict"]["a"].dtype == np.float32
    assert found["state_dict"]["c"].shape == ()
    assert found["state_dict"]["c"] == 7
    assert found["names"] == ["x"]
    assert found["mixed"] == (0.5, True, None)


def test_a_checkpoint_that_would_run_something_is_refused_and_runs_nothing(tmp_path: Path) -> None:
    sign = tmp_path / "ran"
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for hostile in (Runs(os.system, f"touch {sign}"), Runs(eval, "1"), Runs(os.mkdir, str(sign))):
            with pytest.raises(CheckpointProblem):
                read_checkpoint(checkpoint(pickle.dumps({"state_dict": hostile}, protocol)))
    assert not sign.exists()


@pytest.mark.parametrize("name", ["os system", "builtins eval", "torch._utils _rebuild_parameter", "torch load"])
def test_only_tensors_can_be_made(name: str) -> None:
    call = b"\x80\x02c" + name.replace(" ", "\n").encode() + b"\n)R."
    with pytest.raises(CheckpointProblem, match="not for tensors"):
        read_checkpoint(checkpoint(call))


def test_a_tensor_that_is_a_view_of_another_is_refused() -> None:
    with pytest.raises(CheckpointProblem, match="not whole"):
        read_checkpoint((HERE / "turned.pt").read_bytes())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(CheckpointProblem, match="larger"):
        read_checkpoint(checkpoint(b"\x80\x02" + b"]0" * MAX_PICKLE_BYTES + b"."))


def test_a_tower_of_tuples_is_no_key() -> None:
    tower = b"\x80\x02}" + b")" + b"q\x00h\x00\x86" * 200 + b"K\x01s."
    with pytest.raises(CheckpointProblem, match="key"):
        read_checkpoint(checkpoint(tower))


@given(st.binary(max_size=200))
def test_nonsense_is_refused_or_holds_nothing_dangerous(content: bytes) -> None:
    for file in (content, checkpoint(content), checkpoint(b"\x80\x02" + content + b".", _0=content)):
        with suppress(CheckpointProblem):
            read_checkpoint(file)


@given(st.integers(0, len(TINY) - 1), st.integers(0, 255))
def test_a_damaged_checkpoint_gives_a_checkpoint_problem_at_worst(place: int, value: int) -> None:
    damaged = bytearray(TINY)
    damaged[place] = value
    with suppress(CheckpointProblem):
        read_checkpoint(bytes(damaged))
