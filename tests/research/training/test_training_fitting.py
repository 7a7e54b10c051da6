"""What needs the packages of training: kernel, network, variants. Left out where those are not installed."""

from pathlib import Path

import numpy as np
import pytest

from backend_ml.learning.shipped import guard_set
from backend_ml.turns.head import VoiceKernel
from backend_ml.turns.network import HEARD, read_network
from research.training.examples import Examples
from research.training.keeping import kept
from research.training.kernel import fit_kernels, keep_guard, keep_kernel
from research.training.network import (
    DECIDES,
    HEARS,
    SHAPES,
    exported,
    keep_network,
    learn,
    new_state,
    run_stage,
)
from research.training.variants import Change, change_of, variants_of
from research.training.windows import KnownVoices
from tests.voices import speak


def known(speakers: int = 16, each: int = 12) -> KnownVoices:
    """Return voices of which children's lie together and adults' lie together."""
    rng = np.random.default_rng(2)
    child = np.repeat(np.arange(speakers) % 2 == 0, each)
    voices = rng.standard_normal((len(child), 192)) * 0.05
    voices[:, 0] += np.where(child, 0.6, -0.6)
    voices[:, 1] += 0.7
    voices /= np.linalg.norm(voices, axis=1, keepdims=True)
    group = np.repeat(np.arange(speakers), each)
    return KnownVoices(voices.astype(np.float16), child, group, group // 2 % 4)


def test_each_voice_is_judged_by_a_kernel_that_did_not_hear_its_speaker(tmp_path: Path) -> None:
    pytest.importorskip("sklearn.svm")
    voices = known()
    shipped, kernels, said = fit_kernels(voices)
    for number, kernel in enumerate(kernels):
        own = voices.fold == number
        assert np.allclose(said[own], kernel.logits(voices.voices[own]), atol=1e-3)
    assert ((said > 0) == voices.child).all()
    keep_kernel(tmp_path / "voices.npz", shipped)
    arrays = kept(tmp_path / "voices.npz")
    read = VoiceKernel(
        arrays["voices"].astype(np.float32), arrays["weights"], float(arrays["bias"]), float(arrays["width"])
    )
    assert np.allclose(read.logits(voices.voices), shipped.logits(voices.voices), atol=1e-2)
    keep_guard(tmp_path / "guard.npz", voices, said, 1)
    guard = guard_set(tmp_path / "guard.npz")
    assert guard.child.mean() == 0.5
    assert np.array_equal(guard.said > 0, guard.child)


def test_what_is_written_gives_the_same_in_numpy_as_in_torch(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(1)
    state = new_state(1)
    for name, tensor in state.items():
        # What is kept has matrices in half precision.
        if name.endswith(".matrix"):
            state[name] = tensor.half().float()
        elif name.endswith((".mean", ".shift")):
            state[name] = torch.randn(tensor.shape) * 0.1
        elif name.endswith((".variance", ".gain")):
            state[name] = torch.rand(tensor.shape) + 0.5
    keep_network(tmp_path / "activity.npz", exported(state))
    network = read_network(tmp_path / "activity.npz")
    rng = np.random.default_rng(1)
    for shape, stage in zip(SHAPES, (network.hears, network.decides), strict=True):
        signals = rng.standard_normal((150, shape.signals)).astype(np.float32)
        expected = run_stage(shape, state, torch.from_numpy(signals)[None], learning=False)[0].numpy()
        assert np.allclose(stage(signals), expected, atol=1e-4)
    assert (HEARS.answers, DECIDES.signals) == (HEARD, HEARD + 3)


def test_the_network_learns_what_there_is_to_learn_and_the_same_again(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    rng = np.random.default_rng(3)
    acts = np.repeat(rng.random((16, 6, 2)) < 0.5, 10, axis=1).astype(np.float16)
    signals = rng.standard_normal((16, 60, 440)).astype(np.float16)
    signals[..., :200] += 2 * acts[..., :1]
    signals[..., 200:400] += 2 * acts[..., 1:]
    examples = Examples(signals, np.zeros((16, 60, 3), dtype=np.float16), acts, np.arange(16) % 8)

    def learnt(steps: int) -> float:
        keep_network(tmp_path / "activity.npz", learn(examples, 0, lambda done: done / steps, 1, lambda _: None))
        network = read_network(tmp_path / "activity.npz")
        heard = network.hears(signals[0].astype(np.float32))
        said = network.decides(np.concatenate([heard, np.zeros((60, 3), dtype=np.float32)], axis=1))
        return float(np.mean(np.logaddexp(0, np.where(acts[0] > 0.5, -said, said))))

    early = learnt(2)
    assert learnt(30) < early - 0.1
    assert learnt(2) == early


def test_a_variant_lasts_as_long_and_has_another_pitch() -> None:
    world = pytest.importorskip("pyworld")
    samples = (speak(200, 1.0) * 32767).astype(np.int16)
    (higher,) = variants_of(samples, (Change(1.1, 1.5, 1.0),))
    assert higher.shape == samples.shape

    def pitch(sound: np.ndarray) -> float:
        found, _ = world.dio(sound.astype(np.float64) / 32768, 16_000, f0_ceil=600)
        return float(np.median(found[found > 0]))

    assert pitch(higher) / pitch(samples) == pytest.approx(1.5, rel=0.1)


def test_children_are_only_made_younger_and_large_changes_are_larger() -> None:
    rng = np.random.default_rng(4)
    small = [change_of(True, 1, rng) for _ in range(50)]
    large = [change_of(True, 2, rng) for _ in range(50)]
    assert min(change.formants for change in small) >= 0.98
    assert np.mean([change.pitch for change in large]) > np.mean([change.pitch for change in small])
