"""Reading the folder of recordings, and dividing its speakers."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_material import pitch_of, speakers, write_folder

from research.training.command import main
from research.training.loudness import FRAME, speaks, trimmed
from research.training.speech import FOLDS, Speaker, folds_of, read_corpus, read_sound
from tests.voices import speak, write_wav
from vib.media import MediaProblem
from vib.problem import InputProblem


def test_a_folder_is_read_with_its_speakers_and_their_recordings(tmp_path: Path) -> None:
    corpus = read_corpus(write_folder(tmp_path / "speech", utterances=2))
    assert corpus.speakers == speakers()
    assert [path.name for path in corpus.files["c0"]] == ["0.wav", "1.wav"]


def test_another_recording_gives_another_digest(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "speech")
    before = read_corpus(folder).digest
    assert read_corpus(folder).digest == before
    write_wav(folder / "c0" / "more.wav", speak(300, 1.0))
    assert read_corpus(folder).digest != before


def test_speakers_without_recordings_are_left_out(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "speech")
    about = json.loads((folder / "speakers.json").read_text())
    (folder / "speakers.json").write_text(json.dumps(about | {"../else": {"child": True}}))
    (folder / "v9").mkdir()
    assert list(read_corpus(folder).speakers) == sorted(speakers())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "speakers.json"),
        ('{"c0": {"child": "perhaps"}}', "c0.child"),
        ('{"c0": {"child": true, "gender": "z"}}', "c0.gender"),
        ("{}", "c0: nothing is said of this speaker"),
    ],
)
def test_a_wrong_list_of_speakers_is_refused_with_the_place(tmp_path: Path, content: str, said: str) -> None:
    folder = write_folder(tmp_path / "speech")
    (folder / "speakers.json").write_text(content)
    with pytest.raises(InputProblem, match=said):
        read_corpus(folder)


def test_too_few_children_are_refused_with_their_number(tmp_path: Path) -> None:
    some = {name: speaker for name, speaker in speakers().items() if name not in ("c0", "c1")}
    with pytest.raises(InputProblem, match="recordings of 2 children and 8 adults"):
        read_corpus(write_folder(tmp_path / "speech", some))


def test_the_command_says_what_is_wrong_with_a_folder_and_answers_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIB_LANGUAGE", "nl")
    assert main([str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "nowhere" in (said := capsys.readouterr().err)
    assert "niet te lezen" in said
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"no sound")
    with pytest.raises(MediaProblem, match=r"bad\.wav"):
        read_sound(tmp_path / "bad.wav")


def test_a_recording_is_heard_as_the_product_hears_it(tmp_path: Path) -> None:
    sound = speak(200, 1.0)
    samples = read_sound(write_wav(tmp_path / "a.wav", sound))
    assert samples.dtype == np.int16
    assert np.array_equal(samples, (sound * 32767).astype(np.int16))


@given(st.integers(4, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 2**31))
def test_folds_share_no_speaker_and_each_has_children_and_adults(
    children: int, women: int, men: int, seed: int
) -> None:
    people = {f"c{n}": Speaker(child=True) for n in range(children)}
    people |= {f"w{n}": Speaker(child=False, gender="f") for n in range(women)}
    people |= {f"m{n}": Speaker(child=False, gender="m") for n in range(men)}
    folds = folds_of(people, seed)
    assert folds == folds_of(people, seed)
    assert set(folds) == set(people)
    groups = [[name for name, fold in folds.items() if fold == number] for number in range(FOLDS)]
    for kind in ("c", "wm") if women + men >= FOLDS else ("c",):
        sizes = [sum(name[0] in kind for name in group) for group in groups]
        assert min(sizes) >= 1
        assert max(sizes) - min(sizes) <= 1


def test_a_voice_is_found_where_it_is() -> None:
    sound = np.pad(speak(pitch_of("v1"), 1.0), (4800, 8000)).astype(np.float32)
    found = np.flatnonzero(speaks(sound))
    assert abs(found[0] - 4800 / FRAME) <= 3
    assert abs(found[-1] - 20800 / FRAME) <= 3
    assert abs(len(trimmed(sound)) - 16000) <= 6 * FRAME


def test_there_is_no_voice_in_nothing() -> None:
    assert len(trimmed(np.zeros(0, dtype=np.float32))) == 0
    assert len(trimmed(np.zeros(500, dtype=np.float32))) == 0
