"""A family with a head of its own: asked for through the application, cut by real workers, pushed with its version."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jobs_material import SECRET, Receiver, Workers
from ml_material import LABELS, learnt

from backend_ml.app import create_app
from backend_ml.config import Config
from backend_ml.learning.learner import Learner
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.texts import SHIPPED
from backend_ml.turns.segmenter import TurnsSegmenter
from tests.voices import run_ffmpeg
from tests.waiting import until

Settle = Callable[..., Config]
Ask = Callable[..., dict[str, Any]]

DEMO = Path(__file__).parents[3] / "demo" / "families" / "F-0001" / "2026-03-01-maaltijd.mp4"
OWN, OTHER = "GEZIN-7", "GEZIN-8"
"""Families, whose names are in no address here."""


@pytest.fixture(scope="session")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip of twenty seconds with a child and an adult, and what is heard in it."""
    folder = tmp_path_factory.mktemp("heard")
    run_ffmpeg("-i", DEMO, "-vn", "-t", "20", folder / "talk.wav")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VIB_DATA", str(folder))
        TurnsSegmenter().segment(folder / "talk.wav")
    return folder


@pytest.fixture
def client(settle: Settle, media: Path, heard: Path, tmp_path: Path, receiver: Receiver) -> FlaskClient:
    """The application on a queue in a file, with the same clip in two places."""
    for name in ("one", "two"):
        shutil.copy(heard / "talk.wav", media / "F-0001" / f"{name}.wav")
    shutil.copytree(heard / "evidence", tmp_path / "evidence")
    return create_app(settle(segmenter="turns", label_studio_url=receiver.url, secret=SECRET)).test_client()


def learner() -> Learner:
    return Learner(LearningSettings())


def task(number: int, family: str | None, name: str) -> dict[str, Any]:
    """Return a task; each has a project of its own."""
    data = {"clip": f"clip {name}", "audio": f"/vib/media/F-0001/{name}.wav"}
    return {"id": number, "project": number, "data": data if family is None else {**data, "family": family}}


def send(client: FlaskClient, path: str, *tasks: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(
        path, json={"tasks": list(tasks), "label_config": LABELS}, headers={"Authorization": f"Bearer {SECRET}"}
    )
    assert answer.status_code in (200, 202), answer.get_json()
    return dict(answer.get_json())


def version_for(client: FlaskClient, family: str | None) -> str:
    body = {"project": "1.17", "extra_params": None if family is None else {"family": family}}
    answer = client.post("/setup", json=body, headers={"Authorization": f"Bearer {SECRET}"})
    return str(answer.get_json()["model_version"])


def actors(prediction: dict[str, Any]) -> set[str]:
    return {region["value"]["labels"][0] for region in prediction["result"]}


def pushed(receiver: Receiver, number: int) -> list[dict[str, Any]]:
    return until(lambda: len(receiver.got) >= number and receiver.got)


@pytest.mark.parametrize("where", ["a file", pytest.param("Redis", marks=pytest.mark.nightly)])
def test_a_family_is_cut_with_its_own_head_and_the_same_clip_of_others_with_that_of_everybody(
    client: FlaskClient,
    settle: Settle,
    workers: Workers,
    receiver: Receiver,
    tmp_path: Path,
    where: str,
    request: pytest.FixtureRequest,
) -> None:
    if where == "Redis":
        client = create_app(settle(redis_url=request.getfixturevalue("redis"), segmenter="turns")).test_client()
    own, everybody = learnt(OWN), version_for(client, None)
    assert version_for(client, OWN) == f"{everybody}+{own}"
    assert version_for(client, OTHER) == everybody
    tasks = [task(1, OWN, "one"), task(2, OTHER, "one"), task(3, None, "two"), task(4, OWN, "two")]
    send(client, "/jobs", *tasks)
    workers.start()
    got = {one["task"]: one for one in pushed(receiver, 4)}
    assert {number: one["model_version"] for number, one in got.items()} == {
        1: f"{everybody}+{own}",
        2: everybody,
        3: everybody,
        4: f"{everybody}+{own}",
    }
    assert actors(got[1]) == actors(got[4]) == {"kind"}
    assert "volwassene" in actors(got[2])
    assert got[2]["result"] == got[3]["result"]
    answer = send(client, "/predict", *tasks)
    assert [found["model_version"] for found in answer["results"]] == [got[n]["model_version"] for n in (1, 2, 3, 4)]
    # The same content of the same version is kept once.
    assert len(list((tmp_path / "turns").glob("*.json"))) == 2
    whose = learner().pseudonym(OWN)
    assert whose is not None
    for word in (OWN, whose):
        told = [file for file in tmp_path.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]
        assert {file.parent.name for file in told} <= {"learning", "heads"}, told
        assert word not in client.get("/metrics", headers={"Authorization": f"Bearer {SECRET}"}).text


def test_a_family_whose_head_is_put_aside_or_forgotten_has_that_of_everybody_again(
    client: FlaskClient, workers: Workers, receiver: Receiver
) -> None:
    own, everybody = learnt(OWN), version_for(client, None)
    send(client, "/jobs", task(1, OWN, "one"), task(2, None, "one"))
    workers.start()
    pushed(receiver, 2)
    workers.end()

    def shown() -> str:
        (found,) = send(client, "/predict", task(1, OWN, "one"))["results"]
        return str(found["model_version"])

    assert shown() == f"{everybody}+{own}"
    learner().use(SHIPPED, OWN)
    assert shown() == everybody
    learner().use(own, OWN)
    assert shown() == f"{everybody}+{own}"
    assert learner().forget(family=OWN) == (0, 1)
    assert shown() == version_for(client, OWN) == everybody


def test_what_was_queued_before_a_family_had_a_head_or_is_cut_after_it_was_forgotten_is_as_for_everybody(
    client: FlaskClient, workers: Workers, receiver: Receiver
) -> None:
    everybody = version_for(client, None)
    send(client, "/jobs", task(1, OWN, "one"))
    learnt(OTHER, bias=19.0)
    send(client, "/jobs", task(2, OTHER, "one"))
    learner().forget(family=OTHER)
    own = learnt(OWN)
    workers.start()
    assert {(one["task"], one["model_version"]) for one in pushed(receiver, 2)} == {(1, everybody), (2, everybody)}
    # Asked for again, as with any other head.
    send(client, "/jobs", task(1, OWN, "one"))
    assert pushed(receiver, 3)[-1]["model_version"] == f"{everybody}+{own}"
