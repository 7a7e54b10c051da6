"""The network in numpy, and that it comes with the code."""

import numpy as np
import pytest

from backend_ml.turns import network
from backend_ml.turns.models import TRAINED
from backend_ml.turns.network import HEARD, read_network

NETWORK = read_network(TRAINED / "activity.npz")


def test_the_two_stages_fit_each_other() -> None:
    heard = NETWORK.hears(np.zeros((50, 440), dtype=np.float32))
    assert heard.shape == (50, HEARD)
    decided = NETWORK.decides(np.zeros((50, HEARD + 3), dtype=np.float32))
    assert decided.shape == (50, 2)
    assert np.isfinite(decided).all()


def test_a_step_depends_on_no_more_than_the_context_that_a_stage_names() -> None:
    signals = np.random.default_rng(1).standard_normal((400, 440)).astype(np.float32)
    other = signals.copy()
    other[: 200 - NETWORK.hears.context] += 5
    assert np.allclose(NETWORK.hears(signals)[200:], NETWORK.hears(other)[200:], atol=1e-4)
    assert not np.allclose(NETWORK.hears(signals)[:150], NETWORK.hears(other)[:150], atol=1e-2)


def test_working_in_portions_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    signals = np.random.default_rng(2).standard_normal((1000, HEARD + 3)).astype(np.float32)
    whole = NETWORK.decides(signals)
    monkeypatch.setattr(network, "PORTION", 170)
    assert np.allclose(NETWORK.decides.in_portions(signals), whole, atol=1e-4)
