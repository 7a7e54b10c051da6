"""What an annotation or an observations file says becomes corrected turns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backend_ml.app import create_app
from backend_ml.cache import KnownContents, fingerprint_of_address, fingerprint_of_file, sha256_of
from backend_ml.config import Config
from backend_ml.learning.corrections import Taken, take, take_observations
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.store import CorrectionStore, HumanTurn
from backend_ml.refused import Refused
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.segmenting import Segmentation, Watch


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media" / "F-0001"
    folder.mkdir(parents=True)
    (folder / "meal.m4a").write_bytes(b"the sound of a meal")
    return folder.parent


@pytest.fixture
def config(media: Path, tmp_path: Path) -> Config:
    return Config(media_root=media, cache=tmp_path / "cache", queue=tmp_path / "queue.sqlite3", segmenter="x")


@pytest.fixture
def learning(tmp_path: Path) -> LearningSettings:
    return LearningSettings(learning=tmp_path / "learning", evidence=tmp_path / "evidence", learn_after=0)


@pytest.fixture
def store(learning: LearningSettings) -> CorrectionStore:
    return CorrectionStore(learning.learning)


def region(code: str, start: float, end: float, number: int = 0, tier: str = "turn") -> dict[str, Any]:
    value = {"start": start, "end": end, "channel": 0, "labels": [code]}
    return {
        "id": f"r{number}",
        "from_name": tier,
        "to_name": "audio",
        "type": "labels",
        "original_length": 30.0,
        "value": value,
    }


def event(*regions: dict[str, Any], action: str = "ANNOTATION_CREATED", **annotation: Any) -> dict[str, Any]:
    return {
        "action": action,
        "project": 1,
        "task": {"id": 5, "data": {"clip": "F-0001/meal", "family": "F-0001", "audio": "/vib/media/F-0001/meal.m4a"}},
        "annotation": {"id": 9, "result": list(regions), "completed_by": 3, **annotation},
    }


MEAL = (region("kind", 1.0, 2.0, 1), region("volwassene", 2.5, 4.0, 2), region("onbekend", 5.0, 6.0, 3))


def test_an_annotation_becomes_turns_by_content_without_names(
    config: Config, learning: LearningSettings, store: CorrectionStore, media: Path
) -> None:
    assert take(event(*MEAL), config, learning) == Taken("kept", 3)
    (kept,) = store.corrections()
    assert kept.clip == sha256_of(media / "F-0001" / "meal.m4a")
    assert kept.family == store.pseudonym("family", "F-0001")
    assert kept.turns == (
        HumanTurn(1.0, 2.0, "kind"),
        HumanTurn(2.5, 4.0, "volwassene"),
        HumanTurn(5.0, 6.0, "onbekend"),
    )
    for file in learning.learning.iterdir():
        assert b"F-0001" not in file.read_bytes()
        assert b"meal" not in file.read_bytes()


def test_an_update_replaces_and_a_deletion_removes(
    config: Config, learning: LearningSettings, store: CorrectionStore
) -> None:
    take(event(*MEAL), config, learning)
    assert take(event(MEAL[0], action="ANNOTATION_UPDATED"), config, learning) == Taken("kept", 1)
    (kept,) = store.corrections()
    assert len(kept.turns) == 1
    gone = {"action": "ANNOTATIONS_DELETED", "annotation": {"id": 9}}
    assert take(gone, config, learning) == Taken("removed")
    assert take(gone, config, learning) == Taken("ignored")
    assert store.corrections() == []


def test_a_creation_that_comes_after_the_deletion_of_the_same_codes_is_left(
    config: Config, learning: LearningSettings, store: CorrectionStore
) -> None:
    gone = {"action": "ANNOTATIONS_DELETED", "at": 2_000.5, "annotation": {"id": 9}}
    assert take(gone, config, learning) == Taken("ignored")
    assert take({**event(*MEAL), "at": 2_000.25}, config, learning) == Taken("ignored")
    assert store.corrections() == []
    assert take({**event(*MEAL), "at": 2_001.0}, config, learning) == Taken("kept", 3)


def test_a_skipped_task_teaches_nothing_any_more(
    config: Config, learning: LearningSettings, store: CorrectionStore
) -> None:
    take(event(*MEAL), config, learning)
    take(event(*MEAL, action="ANNOTATION_UPDATED", was_cancelled=True), config, learning)
    assert store.corrections() == []


def test_codes_that_do_not_say_who_acts_and_instants_are_left_out(
    config: Config, learning: LearningSettings, store: CorrectionStore
) -> None:
    others = (region("BC.REC.V", 1.0, 2.0, 1, "reception"), region("kind", 3.0, 3.0, 2))
    assert take(event(*others), config, learning) == Taken("ignored")
    assert take(event(*MEAL, action="TASK_CREATED"), config, learning) == Taken("ignored")
    assert store.corrections() == []


def test_a_clip_of_no_family_is_a_family_of_its_own(
    config: Config, learning: LearningSettings, store: CorrectionStore
) -> None:
    asked = event(*MEAL)
    del asked["task"]["data"]["family"]
    take(asked, config, learning)
    (kept,) = store.corrections()
    assert kept.family not in ("", store.pseudonym("family", "F-0001"))


@pytest.mark.parametrize(
    "address", ["/vib/media/../secret", "/vib/media/F-0001/none.m4a", "http://elsewhere.example/x.m4a", "/etc/passwd"]
)
def test_media_outside_the_media_folder_are_refused(config: Config, learning: LearningSettings, address: str) -> None:
    asked = event(*MEAL)
    asked["task"]["data"]["audio"] = address
    with pytest.raises(Refused):
        take(asked, config, learning)


def test_a_local_clip_that_was_cut_is_known_without_reading_it(
    config: Config, learning: LearningSettings, store: CorrectionStore, media: Path
) -> None:
    file = media.resolve() / "F-0001" / "meal.m4a"
    KnownContents(config.cache).put(fingerprint_of_file(file), "a" * 64)
    take(event(*MEAL), config, learning)
    assert [kept.clip for kept in store.corrections()] == ["a" * 64]


def test_an_upload_is_never_fetched_and_waits_until_it_was_cut(
    config: Config, learning: LearningSettings, store: CorrectionStore
) -> None:
    # Nothing listens there: a fetch would fail.
    address = "http://127.0.0.1:1"
    paired = config.model_copy(update={"label_studio_url": address})
    asked = event(*MEAL)
    asked["task"]["data"]["audio"] = "/data/upload/1/meal.m4a"
    with pytest.raises(Refused) as refused:
        take(asked, paired, learning)
    assert refused.value.status == 503
    KnownContents(paired.cache).put(fingerprint_of_address(f"{address}/data/upload/1/meal.m4a"), "b" * 64)
    assert take(asked, paired, learning) == Taken("kept", 3)
    assert [kept.clip for kept in store.corrections()] == ["b" * 64]


@pytest.mark.parametrize(
    "asked",
    [
        None,
        [],
        {},
        {"action": "ANNOTATION_CREATED"},
        {"action": "ANNOTATION_CREATED", "annotation": {"id": 1, "result": "x"}},
        {"action": "ANNOTATION_CREATED", "annotation": {"id": 1}},
        {"action": "x" * 200, "annotation": {"id": 1}},
    ],
)
def test_an_event_of_another_shape_is_refused(config: Config, learning: LearningSettings, asked: object) -> None:
    with pytest.raises(Refused):
        take(asked, config, learning)


@pytest.mark.parametrize(
    "wrong",
    [
        region("kind", 5.0, 2.0),
        region("kind", -1.0, 2.0),
        region("kind", 1.0, 500.0),
        region("kind", float("nan"), 2.0),
        {"id": "r", "from_name": "turn", "type": "labels", "value": {"labels": ["kind"]}},
    ],
)
def test_a_result_that_makes_no_sense_is_refused_and_nothing_is_kept(
    config: Config, learning: LearningSettings, store: CorrectionStore, wrong: dict[str, Any]
) -> None:
    with pytest.raises(InputProblem):
        take(event(*MEAL, wrong), config, learning)
    assert store.corrections() == []


def test_observations_files_are_taken_once_and_clips_without_sound_are_named(
    store: CorrectionStore, media: Path
) -> None:
    seen = Timeline(30.0, [Observation("turn", "kind", 1.0, 2.0), Observation("turn", "volwassene", 3.0, 4.0)])
    sets = [
        RaterSet("F-0001/meal", 30.0, {"anna": seen, "bram": seen}),
        RaterSet("F-0001/gone", 30.0, {"anna": seen}),
        RaterSet("../../etc/passwd", 30.0, {"anna": seen}),
    ]
    for _ in range(2):
        assert take_observations(sets, media, store) == (4, ["F-0001/gone", "../../etc/passwd"])
    assert len(store.corrections()) == 2
    assert {kept.family for kept in store.corrections()} == {store.pseudonym("family", "F-0001")}


class Nothing:
    """A segmenter that is never asked."""

    version = "nothing"

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        raise AssertionError(path)


def test_the_webhook_of_the_backend_keeps_a_correction(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIB_ML_LEARNING", str(tmp_path / "learning"))
    monkeypatch.setenv("VIB_ML_LEARN_AFTER", "0")
    client = create_app(config, Nothing()).test_client()
    assert client.post("/webhook", json=event(*MEAL)).status_code == 200
    (kept,) = CorrectionStore(tmp_path / "learning").corrections()
    assert len(kept.turns) == 3
    assert client.post("/webhook", json=event(region("kind", 5.0, 2.0))).status_code == 400
