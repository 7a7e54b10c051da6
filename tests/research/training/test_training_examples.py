"""What is learnt from is what is heard at run time."""

from pathlib import Path

import numpy as np
import pytest
from training_material import bank, speakers

from backend_ml.turns.head import VoiceKernel, shipped_kernel
from backend_ml.turns.network import HEARD, Affine, Block, Scale, Stage
from backend_ml.turns.signals import FIRST_STEP, STEP
from research.training.conversations import converse
from research.training.examples import (
    TRUE,
    Examples,
    Heard,
    Listeners,
    examples_of,
    hear,
    heard_in,
    open_listeners,
    read_chunks,
    voices_along,
    with_true_voices,
    write_chunks,
)
from research.training.speech import FOLDS, folds_of
from research.training.windows import known_voices
from vib.language import Text

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def listeners() -> Listeners:
    return open_listeners()


def a_stage(signals: int) -> Stage:
    """Return a small stage with numbers of chance."""
    rng = np.random.default_rng(1)

    def affine(ins: int, outs: int) -> Affine:
        return Affine(*(rng.standard_normal(size).astype(np.float32) * 0.1 for size in ((ins, outs), (outs,))))

    def scale(size: int) -> Scale:
        return Scale(np.ones(size, dtype=np.float32), np.zeros(size, dtype=np.float32))

    blocks = tuple(Block(scale(4), affine(12, 4), scale(4), affine(4, 4), dilation) for dilation in (1, 4))
    return Stage(scale(signals), affine(signals, 4), blocks, scale(4), affine(4, HEARD))


def test_signals_that_were_kept_give_what_the_product_hears(listeners: Listeners) -> None:
    conversation = converse(bank(), np.random.default_rng(3), 12.0)
    heard = heard_in(conversation, 2, listeners)
    assert heard.signals.shape == (len(heard.acts), 440)
    assert heard.fold == 2
    stage = a_stage(440)
    evidence = hear(conversation.samples, listeners, stage)
    assert len(evidence.frames) == len(heard.signals)
    assert np.array_equal(evidence.voices, heard.voices)
    said = stage(heard.signals.astype(np.float32))
    assert np.allclose(said, evidence.frames[:, :HEARD].astype(np.float32), atol=2e-2)


def test_what_voices_say_lies_where_there_are_voices(listeners: Listeners) -> None:
    child = VoiceKernel(np.zeros((1, 192), dtype=np.float32), np.zeros(1, dtype=np.float32), 2.0, 3.0)
    heard = heard_in(converse(bank(), np.random.default_rng(5), 12.0), 0, listeners)
    voices = voices_along(heard, child)
    assert voices.shape == (len(heard.acts), 3)
    times = FIRST_STEP + STEP * np.arange(len(voices))
    within = np.array([((heard.starts <= time) & (time < heard.ends)).any() for time in times])
    assert within.any()
    assert np.array_equal(voices[:, 2] > 0.01, within)
    assert (voices[within, 0] > 0).all()


def test_conversations_in_which_the_voices_mislead_are_left_out() -> None:
    acts = np.zeros((3, 100, 2), dtype=np.float16)
    acts[:, :50, 0], acts[:, 50:, 1] = 1, 1
    voices = np.ones((3, 100, 3), dtype=np.float16)
    voices[:, 50:, 1] = -1
    misled = round(100 * (1 - TRUE)) + 1
    voices[0, :misled, 1] = -1
    # Where voices cover nothing, they do not mislead.
    voices[1, :misled, 1], voices[1, :misled, 2] = -1, 0
    examples = Examples(np.zeros((3, 100, 4), dtype=np.float16), voices, acts, np.arange(3))
    assert with_true_voices(examples).fold.tolist() == [1, 2]


def test_windows_are_known_where_one_role_acts_and_the_other_does_not() -> None:
    steps = 300
    times = FIRST_STEP + STEP * np.arange(steps)
    acts = np.stack([times < 4, (times > 3) & (times < 7)], axis=1).astype(np.float16)
    starts = np.array([1.0, 2.5, 5.0, 8.0], dtype=np.float32)
    voices = np.eye(4, 192, dtype=np.float16)
    heard = Heard(np.zeros((steps, 440), dtype=np.float16), acts, starts, starts + np.float32(1.2), voices, 3)
    known = known_voices([heard, heard], 1)
    assert known.child.tolist() == [True, False] * 2
    assert known.voices.argmax(axis=1).tolist() == [0, 2] * 2
    assert len(set(known.group.tolist())) == 4
    assert known.fold.tolist() == [3] * 4
    assert len(known_voices([heard, heard], 1, most=3).child) == 3


def test_a_run_that_was_broken_off_goes_on_as_if_it_was_not(listeners: Listeners, tmp_path: Path) -> None:
    told: list[Text] = []
    given = (bank(), folds_of(speakers(), 1), listeners)
    paths = write_chunks(tmp_path, *given, 2, 1, told.append, seconds=4.0)
    whole = read_chunks(paths)
    untouched = paths[0].stat().st_mtime_ns
    paths[1].unlink()
    assert write_chunks(tmp_path, *given, 2, 1, told.append, seconds=4.0) == paths
    assert paths[0].stat().st_mtime_ns == untouched
    assert len(told) == 3
    kernels = [shipped_kernel()] * FOLDS
    one, other = examples_of(whole, kernels), examples_of(read_chunks(paths), kernels)
    for name in ("signals", "voices", "acts", "fold"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
