"""`vib segment train`, `heads`, `use` and `forget`, with the head and guard set of the product."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from learning_material import key
from typer.testing import CliRunner

from backend_ml.cache import sha256_of
from backend_ml.learning.command import learning_app
from backend_ml.learning.shipped import guard_set
from backend_ml.learning.store import CorrectionStore
from backend_ml.learning.texts import COMMAND
from backend_ml.turns.evidence import Evidence, EvidenceStore
from vib.invocation import VIB
from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import observations_content
from vib.problem import InputProblem

TURNS, WINDOWS = 10, 3


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Five families with a clip each, whose voices mislead the shipped head.

    They are voices of the guard set, of anybody, to which one thing was added that tells children from adults.
    """
    watched = guard_set()
    drawn = np.random.default_rng(5)
    sign = drawn.normal(size=192)
    sign /= np.linalg.norm(sign)
    clips = []
    for number in range(5):
        file = tmp_path / "media" / f"F-000{number}" / "meal.m4a"
        file.parent.mkdir(parents=True)
        file.write_bytes(f"meal {number}".encode())
        heard, starts, seen = [], [], []
        for turn in range(TURNS):
            child = turn % 2 == 0
            windows = watched.voices[drawn.choice(len(watched), WINDOWS)] + (0.8 if child else -0.8) * sign
            heard.append(windows / np.linalg.norm(windows, axis=1, keepdims=True))
            starts += [5.0 * turn + 0.8 * window for window in range(WINDOWS)]
            seen.append(Observation("turn", "kind" if child else "volwassene", 5.0 * turn, 5.0 * turn + 4.0))
        at = np.array(starts, dtype=np.float32)
        EvidenceStore(tmp_path / "evidence").put(
            sha256_of(file),
            Evidence(60.0, np.zeros((0, 1), np.float16), at, at + np.float32(1.2), np.concatenate(heard).astype("f2")),
        )
        clips.append(RaterSet(f"F-000{number}/meal", 60.0, {"anna": Timeline(60.0, seen)}))
    (tmp_path / "observations.json").write_text(json.dumps(observations_content(clips)))
    return tmp_path


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_LANGUAGE", "en")


def run(*words: str, data: Path) -> str:
    done = CliRunner().invoke(learning_app(), [*words, "--data", str(data)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_learning_from_files_says_what_from_how_well_and_how_to_go_back(data: Path) -> None:
    said = run("train", "--observations", str(data / "observations.json"), data=data)
    assert "Learnt from 50 checked turns: 10 speakers in 5 families." in said
    assert "Right role for who was left out:" in said
    version = json.loads(run("heads", "--json", data=data))["in_use"]
    assert f"In use: version {version}. To go back: {VIB} segment use shipped" in said
    assert version in run("heads", data=data)
    assert "In use: shipped." in run("use", "shipped", data=data)
    assert json.loads(run("heads", "--json", data=data))["in_use"] == "shipped"
    assert f"In use: {version}." in run("use", version, data=data)


def test_learning_says_why_nothing_changed(data: Path) -> None:
    assert "Nothing changed: there are not yet 20 checked turns" in run("train", data=data)
    said = json.loads(run("train", "--json", data=data))
    assert (said["turns"], said["accepted"]) == (0, None)
    assert set(said["because"]) == {"nl", "en"}
    assert "Nothing was learnt yet; in use: shipped." in run("heads", data=data)


def test_what_was_heard_and_is_no_longer_kept_is_counted(data: Path) -> None:
    for file in list((data / "evidence").iterdir())[:4]:
        file.unlink()
    said = run("train", "--observations", str(data / "observations.json"), data=data)
    assert "4 checked clips do not count" in said


def test_a_family_is_forgotten_with_all_that_was_learnt_from_it(data: Path) -> None:
    run("train", "--observations", str(data / "observations.json"), data=data)
    assert "Erased: 1 checked clips and 1 learnt versions." in run("forget", "--family", "F-0001", data=data)
    clip = data / "media" / "F-0002" / "meal.m4a"
    assert "Erased: 1 checked clips and 0 learnt versions." in run("forget", "--clip", str(clip), data=data)
    assert len(CorrectionStore(data / "learning").corrections()) == 3


@pytest.mark.parametrize(
    "words",
    [("use", key(1)[:8]), ("use", "../x"), ("forget",), ("forget", "--clip", "none"), ("train", "--observations", "x")],
)
def test_wrong_input_is_said_as_such(data: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(InputProblem):
        CliRunner().invoke(learning_app(), [*words, "--data", str(data)], catch_exceptions=False)


def test_every_text_is_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in COMMAND.items():
        assert text.nl, name
        assert text.en, name
        assert text.nl.count("{") == text.en.count("{")
    monkeypatch.setenv("VIB_LANGUAGE", "nl")
    assert "nagekeken beurten" in CliRunner().invoke(learning_app(), ["train", "--help"]).stdout
