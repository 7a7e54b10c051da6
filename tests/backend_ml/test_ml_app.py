from __future__ import annotations

import json
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from ml_material import LABELS, FakeSegmenter

from backend_ml.app import create_app
from backend_ml.config import Config
from vib.segmenting import Segmentation

CLIP = "/vib/media/F-0001/clip.m4a"
BAD = "/vib/media/F-0001/bad.m4a"
BUG = "/vib/media/F-0001/bug.m4a"
OUTSIDE = "/vib/media/../secret.m4a"

Ask = Callable[..., dict[str, Any]]


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
        "status": "UP",
        "model_class": "Predictor",
        "model_version": "fake-1",
    }
    assert client.post("/setup", json=setup).get_json() == {"model_version": "fake-1"}
    assert client.get("/versions").get_json() == {"versions": ["fake-1"]}
    assert b"VIB Studio" in client.get("/").data


def test_a_prediction_has_regions_a_score_and_a_version(client: FlaskClient, ask: Ask) -> None:
    answer = client.post("/predict", json=ask(CLIP))
    assert answer.status_code == 200
    (prediction,) = answer.get_json()["results"]
    assert prediction["score"] == 0.8
    assert prediction["model_version"] == "fake-1"
    (region,) = prediction["result"]
    assert region["from_name"] == "turn"
    assert region["to_name"] == "audio"
    assert region["value"] == {"start": 1.0, "end": 2.0, "channel": 0, "labels": ["kind"]}
    assert region["score"] == 0.8


def test_the_sound_track_is_read_rather_than_the_video(
    client: FlaskClient, ask: Ask, segmenter: FakeSegmenter, media: Path
) -> None:
    (media / "F-0001" / "clip.mp4").write_bytes(b"video")
    body = ask(CLIP)
    body["tasks"][0]["data"]["video"] = "/vib/media/F-0001/clip.mp4"
    client.post("/predict", json=body)
    body["tasks"][0]["data"]["audio"] = ""
    client.post("/predict", json=body)
    assert [p.name for p in segmenter.asked] == ["clip.m4a", "clip.mp4"]


def test_every_task_gets_an_answer_in_order_and_bad_media_spoils_no_other(client: FlaskClient, ask: Ask) -> None:
    answer = client.post("/predict", json=ask(CLIP, BAD, OUTSIDE, CLIP))
    first, bad, outside, last = answer.get_json()["results"]
    assert len(first["result"]) == len(last["result"]) == 1
    assert bad == {
        "result": [],
        "score": 0.0,
        "model_version": "fake-1",
        "problem": {"nl": "onleesbaar", "en": "unreadable"},
    }
    assert outside["result"] == []
    assert ".." in outside["problem"]["nl"]


def test_bad_media_alone_are_refused_with_the_reason_and_not_taken_for_silence(client: FlaskClient, ask: Ask) -> None:
    answer = client.post("/predict", json=ask(BAD))
    assert answer.status_code == 422
    assert answer.get_json() == {"error": {"nl": "onleesbaar", "en": "unreadable"}}


@pytest.mark.parametrize(
    ("address", "status"),
    [(OUTSIDE, 403), ("http://evil.example/x.mp4", 403), ("/vib/media/none.m4a", 404), (None, 400)],
)
def test_a_task_alone_that_may_not_have_its_file_is_refused(
    client: FlaskClient, ask: Ask, segmenter: FakeSegmenter, address: str | None, status: int
) -> None:
    answer = client.post("/predict", json=ask(address))
    assert answer.status_code == status
    assert set(answer.get_json()["error"]) == {"nl", "en"}
    assert segmenter.asked == []


def test_no_tasks_are_no_results(client: FlaskClient, ask: Ask) -> None:
    assert client.post("/predict", json=ask()).get_json() == {"results": []}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"tasks": 3, "label_config": ""}',
        b'{"tasks": [{"data": {"audio": ["/vib/media/x"]}}], "label_config": "<View/>"}',
        b'{"tasks": [{}], "label_config": "<View/>"}',
        b'{"tasks": []}',
        b'{"tasks": [], "label_config": "<View"}',
        b'{"tasks": [], "label_config": "<View/>"}',
        json.dumps(
            {"tasks": [], "label_config": '<!DOCTYPE x [<!ENTITY a "b">]><View><Labels name="&a;"/></View>'}
        ).encode(),
        json.dumps({"tasks": [{"data": {"audio": "/" * 5000}}], "label_config": LABELS}).encode(),
    ],
)
def test_a_body_of_another_shape_is_refused_in_both_languages(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/predict", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.get_json()["error"]) == {"nl", "en"}


def test_too_many_tasks_and_too_large_a_body_are_refused(
    configured: Callable[..., Config], segmenter: FakeSegmenter, ask: Ask
) -> None:
    client = create_app(configured(max_tasks=2, max_request_bytes=5000), segmenter).test_client()
    assert client.post("/predict", json=ask(CLIP, CLIP)).status_code == 200
    for body in (ask(CLIP, CLIP, CLIP), ask(CLIP, label_config=LABELS + " " * 5000)):
        answer = client.post("/predict", json=body)
        assert answer.status_code == 413
        assert set(answer.get_json()["error"]) == {"nl", "en"}


def test_asking_again_does_no_work_until_the_file_changes(
    configured: Callable[..., Config], ask: Ask, media: Path
) -> None:
    first, second = FakeSegmenter(), FakeSegmenter()
    answers = [
        create_app(configured(), segmenter).test_client().post("/predict", json=ask(CLIP)).get_json()
        for segmenter in (first, second)
    ]
    assert answers[0] == answers[1]
    assert (len(first.asked), len(second.asked)) == (1, 0)
    (media / "F-0001" / "clip.m4a").write_bytes(b"other sound")
    create_app(configured(), second).test_client().post("/predict", json=ask(CLIP))
    assert len(second.asked) == 1


def test_two_requests_for_one_clip_at_once_do_the_work_once(configured: Callable[..., Config], ask: Ask) -> None:
    class Slow(FakeSegmenter):
        def segment(self, path: Path) -> Segmentation:
            time.sleep(0.3)
            return super().segment(path)

    segmenter = Slow()
    app = create_app(configured(), segmenter)
    threads = [threading.Thread(target=lambda: app.test_client().post("/predict", json=ask(CLIP))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(segmenter.asked) == 1


def test_an_error_inside_tells_the_caller_nothing(client: FlaskClient, ask: Ask, media: Path) -> None:
    answer = client.post("/predict", json=ask(BUG))
    assert answer.status_code == 500
    assert str(media) not in answer.text
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text


def test_no_answer_names_a_folder_of_this_machine(client: FlaskClient, ask: Ask, media: Path) -> None:
    for address in (BAD, OUTSIDE, "/vib/media/none.m4a", "/vib/media/%00"):
        assert str(media) not in client.post("/predict", json=ask(address)).text


def test_an_address_or_method_that_does_not_exist_is_told_in_json(client: FlaskClient) -> None:
    for answer, status in ((client.get("/x"), 404), (client.get("/predict"), 405)):
        assert answer.status_code == status
        assert set(answer.get_json()["error"]) == {"nl", "en"}


def test_a_webhook_is_acknowledged_and_nothing_is_said_to_be_learnt(client: FlaskClient) -> None:
    answer = client.post("/webhook", json={"action": "ANNOTATION_CREATED", "annotation": {}}).get_json()
    assert answer["learnt"] is False
    assert "leert nog niet" in answer["message"]["nl"]


def test_with_a_secret_only_health_is_open(
    configured: Callable[..., Config], segmenter: FakeSegmenter, ask: Ask
) -> None:
    client = create_app(configured(secret="s3cret"), segmenter).test_client()  # noqa: S106
    assert client.get("/health").status_code == 200
    wrong = [
        {},
        basic("vib", "nope"),
        basic("other", "s3cret"),
        basic("vib", ""),
        {"Authorization": "Token x"},
    ]
    for headers in wrong:
        for answer in (
            client.post("/predict", json=ask(CLIP), headers=headers),
            client.post("/setup", json={}, headers=headers),
            client.post("/webhook", json={}, headers=headers),
            client.get("/", headers=headers),
            client.get("/nothing", headers=headers),
        ):
            assert answer.status_code == 401
            assert set(answer.get_json()["error"]) == {"nl", "en"}
    assert client.post("/predict", json=ask(CLIP), headers=basic("vib", "s3cret")).status_code == 200


def test_the_plugins_offer_the_segmenter(configured: Callable[..., Config]) -> None:
    client = create_app(configured()).test_client()
    assert client.get("/health").get_json()["model_version"] == "turns-0.1.0"


def test_a_segmenter_that_nobody_offers_stops_the_start(configured: Callable[..., Config]) -> None:
    with pytest.raises(ValueError, match="silero-f0"):
        create_app(configured(segmenter="nonsense"))
