"""The head that tells children's voices from adults'."""

import numpy as np

from backend_ml.turns.head import RoleHead, shipped_head, shipped_kernel


def unit(count: int, seed: int = 0) -> np.ndarray:
    voices = np.random.default_rng(seed).standard_normal((count, 192))
    return voices / np.linalg.norm(voices, axis=1, keepdims=True)


def test_the_kernel_says_of_a_voice_what_its_definition_says() -> None:
    kernel = shipped_kernel()
    voice = unit(1)[0]
    distances = ((kernel.voices - voice) ** 2).sum(axis=1)
    expected = (np.exp(-kernel.width * distances) * kernel.weights).sum() + kernel.bias
    assert np.isclose(kernel.logits(voice[None])[0], expected, atol=1e-3)


def test_the_shipped_head_is_the_kernel_and_portions_make_no_difference() -> None:
    voices = unit(1300)
    assert np.array_equal(shipped_head().logits(voices), shipped_kernel().logits(voices))
    assert np.allclose(shipped_kernel().logits(voices)[600:700], shipped_kernel().logits(voices[600:700]), atol=1e-4)
    assert shipped_kernel().logits(voices[:0]).shape == (0,)


def test_what_was_learnt_is_added_to_what_the_kernel_says() -> None:
    voices = unit(5)
    head = RoleHead(np.arange(192, dtype=np.float32), 2.0)
    added = voices.astype(np.float32) @ np.arange(192, dtype=np.float32) + 2
    assert np.allclose(head.logits(voices, np.ones(5)), 1 + added, atol=1e-3)
    assert np.allclose(head.logits(voices), shipped_kernel().logits(voices) + added, atol=1e-3)
