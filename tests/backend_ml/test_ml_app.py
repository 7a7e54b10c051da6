from __future__ import annotations

import json
import os
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from ml_material import LABELS, FakeSegmenter

from backend_ml.app import VERSION, create_app
from backend_ml.config import Config
from backend_ml.jobs.claims import Claims
from backend_ml.jobs.cutting import Cutter
from backend_ml.jobs.outcome import Problem
from backend_ml.jobs.process import this_process
from backend_ml.predicting import OPEN_TASKS
from backend_ml.protocol import TaskData
from backend_ml.refused import Refused
from backend_ml.turns.segmenter import TurnsSegmenter
from vib.language import Text
from vib.media import MediaProblem, PassingProblem
from vib.problem import InputProblem
from vib.segmenting import Segmentation, Watch

CLIP = "/vib/media/F-0001/clip.m4a"
BAD = "/vib/media/F-0001/bad.m4a"
BUG = "/vib/media/F-0001/bug.m4a"
OUTSIDE = "/vib/media/../secret.m4a"

Ask = Callable[..., dict[str, Any]]
Configured = Callable[..., Config]


class Tiny(FakeSegmenter):
    """Finds one turn in every file; its models have a hash."""

    models = {"ears": "0" * 64}  # noqa: RUF012

    def segment(self, path: Path, watch: Watch | None = None) -> Segmentation:
        return super().segment(path)


@pytest.fixture
def segmenter() -> Tiny:
    return Tiny()


@pytest.fixture
def configured(configured: Configured, tmp_path: Path) -> Configured:
    return lambda **options: configured(**{"queue": tmp_path / "queue.sqlite3", "attempts": 1, **options})


@pytest.fixture
def client(configured: Configured, segmenter: Tiny) -> FlaskClient:
    return create_app(configured(), segmenter).test_client()


def work_off(config: Config, segmenter: FakeSegmenter) -> int:
    """Do what a worker does, in this process; return how many clips were in the queue."""
    claims, cutter, number = Claims(config, this_process()), Cutter(segmenter, config), 0  # type: ignore[arg-type]
    while (work := claims.claim()) is not None:
        number += 1
        try:
            claims.finish(work.key, cutter.cut(work.address, work.version))
        except (Refused, MediaProblem) as problem:
            claims.fail(work.key, Problem(problem.reason, isinstance(problem, PassingProblem)))
        except RuntimeError:
            claims.fail(work.key, Problem(Text(nl="er ging iets mis", en="it failed"), passing=True))
    return number


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}


def test_health_setup_and_versions_name_one_model_version(client: FlaskClient) -> None:
    setup = {
        "project": "1.1700000000",
        "schema": LABELS,
        "hostname": "http://localhost:8080",
        "access_token": "abc",
        "extra_params": None,
    }
    assert client.get("/health").get_json() == {
        "status": "DEGRADED",
        "missing": ["worker"],
        "model_class": "Predictor",
        "version": VERSION,
        "model_version": "fake-1",
        "models": {"ears": "0" * 64},
        "queue": {"queued": 0, "working": 0, "done": 0, "failed": 0, "dead": 0},
        "workers": 0,
    }
    assert client.post("/setup", json=setup).get_json() == {"model_version": "fake-1"}
    for odd in ("x", ["family"], {"family": 5}, {"family": None}):
        assert client.post("/setup", json={"extra_params": odd}).get_json() == {"model_version": "fake-1"}
    assert client.get("/versions").get_json() == {"versions": ["fake-1"]}
    assert b"VIB Studio" in client.get("/").data


def test_a_clip_without_turns_is_queued_and_label_studio_is_given_nothing_that_it_would_keep(
    client: FlaskClient, ask: Ask, segmenter: Tiny
) -> None:
    for _ in range(2):
        answer = client.post("/predict", json=ask(CLIP))
        assert answer.status_code == 200
        assert answer.get_json() == {
            "results": [[]],
            "states": [{"state": "queued", "progress": 0.0, "position": 1, "reason": None}],
        }
    assert segmenter.asked == []
    assert client.get("/health").get_json()["queue"]["queued"] == 1


def test_once_it_is_cut_a_prediction_has_regions_a_score_and_a_version(
    client: FlaskClient, ask: Ask, configured: Configured, segmenter: Tiny
) -> None:
    client.post("/predict", json=ask(CLIP))
    assert work_off(configured(), segmenter) == 1
    answer = client.post("/predict", json=ask(CLIP)).get_json()
    (prediction,) = answer["results"]
    assert answer["states"] == [{"state": "done", "progress": 1.0, "position": None, "reason": None}]
    assert prediction["score"] == 0.8
    assert prediction["model_version"] == "fake-1"
    (region,) = prediction["result"]
    assert region["from_name"] == "turn"
    assert region["to_name"] == "audio"
    assert region["value"] == {"start": 1.0, "end": 2.0, "channel": 0, "labels": ["kind"]}
    assert region["score"] == 0.8


def test_the_sound_track_is_read_rather_than_the_video(
    client: FlaskClient, ask: Ask, segmenter: Tiny, media: Path, configured: Configured
) -> None:
    (media / "F-0001" / "clip.mp4").write_bytes(b"video")
    body = ask(CLIP)
    body["tasks"][0]["data"]["video"] = "/vib/media/F-0001/clip.mp4"
    client.post("/predict", json=body)
    work_off(configured(), segmenter)
    body["tasks"][0]["data"]["audio"] = ""
    client.post("/predict", json=body)
    work_off(configured(), segmenter)
    assert [p.name for p in segmenter.asked] == ["clip.m4a", "clip.mp4"]


def test_every_task_gets_an_answer_in_order_and_bad_media_spoil_no_other(
    client: FlaskClient, ask: Ask, configured: Configured, segmenter: Tiny
) -> None:
    for _ in range(2):
        answer = client.post("/predict", json=ask(CLIP, BAD, OUTSIDE, CLIP)).get_json()
        work_off(configured(), segmenter)
    first, bad, outside, last = answer["results"]
    assert len(first["result"]) == len(last["result"]) == 1
    assert bad == outside == []
    assert [state["state"] for state in answer["states"]] == ["done", "failed", "failed", "done"]
    assert answer["states"][1]["reason"] == {"nl": "onleesbaar", "en": "unreadable"}
    assert ".." in answer["states"][2]["reason"]["nl"]


def test_bad_media_are_not_tried_again_until_the_file_changes_or_somebody_asks(
    configured: Configured, ask: Ask, media: Path, segmenter: Tiny
) -> None:
    for _ in range(3):
        client = create_app(configured(), segmenter).test_client()
        client.post("/predict", json=ask(BAD))
        work_off(configured(), segmenter)
    assert len(segmenter.asked) == 1
    assert client.post("/jobs/retry", json={"project": 1}).get_json() == {"retried": 1}
    assert work_off(configured(), segmenter) == 1
    (media / "F-0001" / "bad.m4a").write_bytes(b"good by now")
    assert client.post("/predict", json=ask(BAD)).get_json()["states"][0]["state"] == "queued"
    work_off(configured(), segmenter)
    assert len(client.post("/predict", json=ask(BAD)).get_json()["results"][0]["result"]) == 1


@pytest.mark.parametrize("address", [OUTSIDE, "http://evil.example/x.mp4", "/vib/media/none.m4a", None])
def test_a_task_that_may_not_have_its_file_is_told_why_and_does_not_enter_the_queue(
    client: FlaskClient, ask: Ask, configured: Configured, segmenter: Tiny, address: str | None
) -> None:
    answer = client.post("/predict", json=ask(address)).get_json()
    assert answer["results"] == [[]]
    assert answer["states"][0]["state"] == "failed"
    assert set(answer["states"][0]["reason"]) == {"nl", "en"}
    assert work_off(configured(), segmenter) == 0


def test_no_tasks_are_no_results(client: FlaskClient, ask: Ask) -> None:
    assert client.post("/predict", json=ask()).get_json() == {"results": [], "states": []}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"tasks": 3, "label_config": ""}',
        b'{"tasks": [{"data": ["/vib/media/x"]}], "label_config": "<View/>"}',
        b'{"tasks": [{}], "label_config": "<View/>"}',
        b'{"tasks": []}',
        b'{"tasks": [], "label_config": "<View"}',
        b'{"tasks": [], "label_config": "<View/>"}',
        json.dumps(
            {"tasks": [], "label_config": '<!DOCTYPE x [<!ENTITY a "b">]><View><Labels name="&a;"/></View>'}
        ).encode(),
        json.dumps({"tasks": [{"id": 2**63, "data": {"audio": CLIP}}], "label_config": LABELS}).encode(),
    ],
)
def test_a_body_of_another_shape_is_refused_in_both_languages(client: FlaskClient, body: bytes) -> None:
    for path in ("/predict", "/jobs"):
        answer = client.post(path, data=body, content_type="application/json")
        assert answer.status_code == 400
        assert set(answer.get_json()["error"]) == {"nl", "en"}


@pytest.mark.parametrize("odd", [{"video": 5}, {"audio": ["/vib/media/x"]}, {"video": {}, "audio": True}])
def test_media_of_a_wrong_type_spoil_no_other_task(client: FlaskClient, ask: Ask, odd: dict[str, Any]) -> None:
    body = ask(CLIP, CLIP)
    body["tasks"][0]["data"] = odd
    answer = client.post("/predict", json=body)
    assert [state["state"] for state in answer.get_json()["states"]] == ["failed", "queued"]
    assert client.post("/jobs", json=body).status_code == 202


def test_an_address_that_is_too_long_costs_its_own_task_only_and_is_told(
    client: FlaskClient, ask: Ask, configured: Configured, segmenter: Tiny
) -> None:
    body = ask(f"/vib/media/{'x' * 1_000_000}.m4a", CLIP)
    states = client.post("/predict", json=body).get_json()["states"]
    assert [state["state"] for state in states] == ["failed", "queued"]
    assert "4096" in states[0]["reason"]["nl"]
    assert "4096" in states[0]["reason"]["en"]
    assert client.post("/jobs", json=body).status_code == 202
    work_off(configured(), segmenter)
    answer = client.get("/jobs")
    reasons = {job["task"]: job["reason"] for job in answer.get_json()["jobs"]}
    assert "4096" in reasons[0]["en"]
    assert reasons[1] is None
    assert len(answer.data) < 20_000


def test_a_task_that_is_named_twice_gets_the_turns_of_the_last_clip(client: FlaskClient, ask: Ask) -> None:
    body = ask(CLIP, BAD)
    body["tasks"][1]["id"] = body["tasks"][0]["id"]
    for path in ("/predict", "/jobs"):
        assert client.post(path, json=body).status_code in (200, 202)
    assert [job["clip"] for job in client.get("/jobs").get_json()["jobs"]] == ["F-0001/1"]


def test_too_many_tasks_and_too_large_a_body_are_refused(configured: Configured, segmenter: Tiny, ask: Ask) -> None:
    client = create_app(configured(max_tasks=2, max_request_bytes=5000), segmenter).test_client()
    assert client.post("/predict", json=ask(CLIP, CLIP)).status_code == 200
    for path in ("/predict", "/jobs"):
        for body in (ask(CLIP, CLIP, CLIP), ask(CLIP, label_config=LABELS + " " * 5000)):
            answer = client.post(path, json=body)
            assert answer.status_code == 413
            assert set(answer.get_json()["error"]) == {"nl", "en"}


def test_asking_again_does_no_work_until_the_content_changes(
    configured: Configured, ask: Ask, media: Path, segmenter: Tiny
) -> None:
    def answer() -> Any:
        app = create_app(configured(), segmenter)
        app.test_client().post("/predict", json=ask(CLIP))
        work_off(configured(), segmenter)
        return app.test_client().post("/predict", json=ask(CLIP)).get_json()["results"]

    first = answer()
    assert answer() == first
    os.utime(media / "F-0001" / "clip.m4a", ns=(0, 1))
    # Another time, the same sound: read again, not cut again.
    assert answer() == first
    assert len(segmenter.asked) == 1
    (media / "F-0001" / "clip.m4a").write_bytes(b"other sound")
    answer()
    assert len(segmenter.asked) == 2


def test_turns_of_another_model_are_none_and_what_is_learnt_shows_at_once(
    configured: Configured, ask: Ask, segmenter: Tiny
) -> None:
    client = create_app(configured(), segmenter).test_client()
    client.post("/predict", json=ask(CLIP))
    work_off(configured(), segmenter)
    segmenter.version = "fake-2"
    assert client.post("/setup", json={}).get_json() == {"model_version": "fake-2"}
    assert client.post("/predict", json=ask(CLIP)).get_json()["states"][0]["state"] == "queued"
    work_off(configured(), segmenter)
    assert client.post("/predict", json=ask(CLIP)).get_json()["results"][0]["model_version"] == "fake-2"


def test_a_clip_that_somebody_opens_goes_before_a_batch(client: FlaskClient, ask: Ask, media: Path) -> None:
    paths = []
    for number in range(OPEN_TASKS + 2):
        path = f"/vib/media/F-0001/{number}.m4a"
        (media / "F-0001" / f"{number}.m4a").write_bytes(str(number).encode())
        paths.append(path)
    client.post("/predict", json=ask(*paths[:-1]))
    assert client.post("/predict", json=ask(paths[-1])).get_json()["states"][0]["position"] == 1
    assert client.post("/predict", json=ask(paths[3])).get_json()["states"][0]["position"] in (1, 2)


def test_an_error_inside_tells_the_caller_nothing(
    client: FlaskClient, ask: Ask, media: Path, configured: Configured, segmenter: Tiny
) -> None:
    client.post("/predict", json=ask(BUG))
    work_off(configured(), segmenter)
    for answer in (client.post("/predict", json=ask(BUG)), client.get("/jobs")):
        assert "dead" in answer.text
        assert str(media) not in answer.text
        assert "secret" not in answer.text


def test_no_answer_names_a_folder_of_this_machine(client: FlaskClient, ask: Ask, media: Path) -> None:
    for address in (BAD, OUTSIDE, "/vib/media/none.m4a", "/vib/media/%00", str(media / "F-0001" / "clip.m4a")):
        body = ask(address)
        del body["tasks"][0]["data"]["clip"]
        assert str(media) not in client.post("/predict", json=body).text
        assert str(media) not in client.post("/jobs", json=body).text
    assert str(media) not in client.get("/jobs").text


def test_a_batch_is_queued_without_waiting_and_listed_by_project_clip_and_state(
    client: FlaskClient, ask: Ask, configured: Configured, segmenter: Tiny
) -> None:
    body = ask(CLIP, BAD, OUTSIDE)
    body["tasks"][1]["project"] = 2
    answer = client.post("/jobs", json=body)
    assert answer.status_code == 202
    queued = answer.get_json()["jobs"]
    assert queued[0] == {
        "clip": "F-0001/0",
        "project": 1,
        "task": 0,
        "state": "queued",
        "progress": 0.0,
        "reason": None,
        "attempts": 0,
        "position": 1,
    }
    assert work_off(configured(), segmenter) == 3
    shown = client.get("/jobs").get_json()
    assert shown["counts"] == {"queued": 0, "working": 0, "done": 1, "failed": 2, "dead": 0}
    assert ".." in shown["jobs"][2]["reason"]["en"]
    assert [job["clip"] for job in client.get("/jobs?project=2").get_json()["jobs"]] == ["F-0001/1"]
    assert [job["task"] for job in client.get("/jobs?clip=F-0001/0").get_json()["jobs"]] == [0]
    assert len(client.get("/jobs?state=failed").get_json()["jobs"]) == 2
    assert client.get("/jobs?project=x").status_code == 400
    assert client.get("/jobs?stat=dead").status_code == 400
    # Asked for once more: done is done, and bad stays bad.
    assert {job["state"] for job in client.post("/jobs", json=body).get_json()["jobs"]} == {"done", "failed"}
    assert work_off(configured(), segmenter) == 0


def test_retry_takes_a_project_a_clip_or_everything(
    client: FlaskClient, ask: Ask, configured: Configured, segmenter: Tiny
) -> None:
    client.post("/jobs", json=ask(BAD, BUG))
    work_off(configured(), segmenter)
    assert client.post("/jobs/retry", json={"project": 7}).get_json() == {"retried": 0}
    assert client.post("/jobs/retry", json={"clip": "F-0001/1"}).get_json() == {"retried": 1}
    assert client.post("/jobs/retry").get_json() == {"retried": 1}
    assert client.post("/jobs/retry", json={"projct": 7}).status_code == 400


def test_a_queue_that_cannot_be_reached_is_said_and_health_names_it(
    configured: Configured, segmenter: Tiny, ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(configured(), segmenter).test_client()
    with sqlite3.connect(configured().queue) as database:
        database.execute("DROP TABLE jobs")
    answer = client.post("/predict", json=ask(CLIP))
    assert answer.status_code == 503
    assert set(answer.get_json()["error"]) == {"nl", "en"}
    health = client.get("/health")
    said = health.get_json()
    assert (health.status_code, said["status"], said["missing"], said["queue"]) == (503, "DOWN", ["queue"], None)
    assert said["error"] == answer.get_json()["error"]
    # Whoever watches asks all the time.
    assert [record.getMessage() for record in caplog.records if "the queue" in record.getMessage()] == [
        "the queue cannot be reached: no such table: jobs"
    ]


def test_health_is_up_while_a_worker_gives_signs_of_life(client: FlaskClient, configured: Configured) -> None:
    claims = Claims(configured(), this_process())
    claims.sign()
    said = client.get("/health").get_json()
    assert (said["status"], said["missing"], said["workers"]) == ("UP", [], 1)
    claims.leave()
    health = client.get("/health")
    # Label Studio may connect: what it asks for is queued.
    assert (health.status_code, health.get_json()["status"], health.get_json()["missing"]) == (
        200,
        "DEGRADED",
        ["worker"],
    )


def test_metrics_count_what_was_asked_and_done_in_the_form_of_prometheus(
    client: FlaskClient, ask: Ask, configured: Configured, segmenter: Tiny
) -> None:
    client.post("/predict", json=ask(CLIP, OUTSIDE))
    work_off(configured(), segmenter)
    client.post("/predict", json=ask(CLIP))
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    for line in (
        f'vib_ml_info{{version="{VERSION}",model_version="fake-1"}} 1.0',
        'vib_ml_jobs{state="done"} 1.0',
        'vib_ml_jobs_finished_total{outcome="done"} 1.0',
        'vib_ml_predictions_total{answer="cache"} 1.0',
        'vib_ml_predictions_total{answer="queued"} 1.0',
        'vib_ml_predictions_total{answer="problem"} 1.0',
        "vib_ml_media_seconds_total 9.0",
        'vib_ml_work_seconds_bucket{le="+Inf"} 1',
        "vib_ml_work_seconds_count 1",
    ):
        assert line in lines


def test_an_address_or_method_that_does_not_exist_is_told_in_json(client: FlaskClient) -> None:
    for answer, status in ((client.get("/x"), 404), (client.get("/predict"), 405)):
        assert answer.status_code == status
        assert set(answer.get_json()["error"]) == {"nl", "en"}


def correction(**options: Any) -> dict[str, Any]:
    task = {"id": 7, "data": {"clip": "F-0001/1", "audio": CLIP}}
    annotation = {"id": 3, "result": [], "completed_by": 2, "family": "F-0001"}
    return {"action": "ANNOTATION_CREATED", "project": 1, "task": task, "annotation": annotation, **options}


def test_a_correction_is_taken_and_one_of_another_shape_refused(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VIB_ML_LEARNING", str(tmp_path / "learning"))
    monkeypatch.setenv("VIB_ML_EVIDENCE", str(tmp_path / "evidence"))
    assert client.post("/webhook", json=correction()).get_json() == {"status": "taken"}
    for wrong in ({"task": None}, {"annotation": {"id": "x"}}, {"action": "a" * 101}, {"project": -1}):
        assert client.post("/webhook", json=correction(**wrong)).status_code == 400


def test_with_a_secret_only_health_is_open(configured: Configured, segmenter: Tiny, ask: Ask) -> None:
    client = create_app(configured(secret="s3cret"), segmenter).test_client()  # noqa: S106
    assert client.get("/health").status_code == 200
    wrong = [
        {},
        basic("vib", "nope"),
        basic("other", "s3cret"),
        basic("vib", ""),
        {"Authorization": "Token x"},
        {"Authorization": "Bearer x"},
        {"Authorization": "Bearer"},
    ]
    for headers in wrong:
        for answer in (
            client.post("/predict", json=ask(CLIP), headers=headers),
            client.post("/setup", json={}, headers=headers),
            client.post("/webhook", json={}, headers=headers),
            client.post("/jobs", json=ask(CLIP), headers=headers),
            client.post("/jobs/retry", json={}, headers=headers),
            client.get("/jobs", headers=headers),
            client.get("/metrics", headers=headers),
            client.get("/", headers=headers),
            client.get("/nothing", headers=headers),
        ):
            assert answer.status_code == 401
            assert set(answer.get_json()["error"]) == {"nl", "en"}
    for right in (basic("vib", "s3cret"), {"Authorization": "Bearer s3cret"}):
        assert client.post("/predict", json=ask(CLIP), headers=right).status_code == 200
        assert client.get("/metrics", headers=right).status_code == 200


@pytest.mark.parametrize("secret", ["a=b", "YWJj==", 'user="x", realm', "with spaces", "co:lon"])
def test_a_secret_may_hold_what_a_header_may(configured: Configured, segmenter: Tiny, secret: str) -> None:
    client = create_app(configured(secret=secret), segmenter).test_client()
    for right in (basic("vib", secret), {"Authorization": f"Bearer {secret}"}):
        assert client.get("/metrics", headers=right).status_code == 200
    for wrong in (basic("vib", secret[:-1]), {"Authorization": f"Bearer {secret}="}, {"Authorization": secret}):
        assert client.get("/metrics", headers=wrong).status_code == 401


def test_the_plugins_offer_the_segmenter(configured: Configured) -> None:
    client = create_app(configured()).test_client()
    assert client.get("/health").get_json()["model_version"] == TurnsSegmenter().version


def test_a_segmenter_that_nobody_offers_stops_the_start(configured: Configured) -> None:
    with pytest.raises(InputProblem, match="turns"):
        create_app(configured(segmenter="nonsense"))


def test_the_sound_by_itself_is_cut_unless_the_picture_counts() -> None:
    data = TaskData(video="een.mp4", audio="een.m4a")
    assert data.media(sight=False) == "een.m4a"
    assert TaskData(video="een.mp4").media(sight=False) == "een.mp4"
    assert data.media(sight=True) == "een.mp4"
    assert TaskData(audio="een.m4a").media(sight=True) == "een.m4a"
