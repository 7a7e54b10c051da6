"""What holds for a queue in a file and for one in Redis alike."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from jobs_material import SECRET, Receiver, Workers, begun, clip, gone, job_of, pids, state, submit, task
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer

from backend_ml.cache import TurnsCache, key_of_content, sha256_of
from backend_ml.config import Config
from backend_ml.jobs.job import Asked
from backend_ml.jobs.queue import Queue, open_queue
from backend_ml.jobs.redis_queue import RedisQueue
from tests.waiting import until
from vib.segmenting import Segmentation

Opened = Callable[..., Queue]

EACH = pytest.mark.parametrize("where", ["a file", "Redis"])
REDIS_NIGHTLY = pytest.mark.parametrize("where", ["a file", pytest.param("Redis", marks=pytest.mark.nightly)])
"""Where workers on both would cost much; that they work on Redis, one test of the quick set shows."""


@pytest.fixture
def opened(settle: Callable[..., Config], where: str, request: pytest.FixtureRequest) -> Opened:
    """Open the queue that settings name."""
    place = {"redis_url": request.getfixturevalue("redis")} if where == "Redis" else {}
    return lambda **options: open_queue(settle(**place, **options))


@EACH
def test_what_is_open_is_cut_first_and_turns_are_pushed_also_when_label_studio_was_down(
    opened: Opened, workers: Workers, media: Path, log: Path, receiver: Receiver, tmp_path: Path
) -> None:
    queue = opened(label_studio_url=receiver.url, secret=SECRET)
    receiver.status = 503
    slow = clip(media, "slow.m4a", "print {not for the worker}", f"wait {tmp_path / 'go'}")
    bulk, open_now = clip(media, "bulk.m4a"), clip(media, "open.m4a")
    submit(queue, slow)
    job = submit(queue, bulk, task(11))
    assert (job.state, job.position, job.project, job.task) == ("queued", 2, 1, 11)
    for _ in range(2):
        assert submit(queue, open_now, task(12, project=2)).state == "queued"
    assert queue.figures().states["queued"] == 3
    workers.start()
    job = until(lambda: (found := job_of(queue, slow)) and found.progress > 0.2 and found)
    assert (job.state, job.attempts) == ("working", 1)
    assert queue.figures().workers == 1
    assert submit(queue, open_now, task(13, project=2), urgent=True).position == 1
    assert state(queue, bulk) == "queued"
    (tmp_path / "go").touch()
    until(lambda: queue.listed(project=1)[0].progress == 1.0 and queue.listed(project=1)[0].reason)
    (waiting,) = queue.listed(project=1)
    assert waiting.state == "working"
    assert waiting.reason is not None
    assert "503" in waiting.reason.en
    receiver.status = 200
    until(lambda: {job.state for job in queue.listed()} == {"done"})
    assert sorted((got["project"], got["task"]) for got in receiver.got) == [(1, 11), (2, 12), (2, 13)]
    got = receiver.got[0]
    assert (got["model_version"], got["score"]) == ("tiny-1", 0.8)
    assert got["result"][0]["value"]["labels"] == ["kind"]
    assert set(receiver.asked) == {("/vib/turns/results", f"Bearer {SECRET}")}
    assert [*begun(log).items()] == [("slow.m4a", 1), ("open.m4a", 1), ("bulk.m4a", 1)]
    figures = queue.figures()
    assert figures.states == {"queued": 0, "working": 0, "done": 3, "failed": 0, "dead": 0}
    totals = figures.totals
    assert (totals["finished.done"], totals["pushed.delivered"], totals["media_seconds"]) == (3.0, 3.0, 27.0)


@REDIS_NIGHTLY
def test_bad_media_fail_at_once_and_what_keeps_failing_is_a_dead_letter_until_it_is_retried(
    opened: Opened, workers: Workers, media: Path, log: Path
) -> None:
    queue = opened(attempts=2)
    bad, bug, crash = clip(media, "bad.m4a", "bad"), clip(media, "bug.m4a", "bug"), clip(media, "crash.m4a", "abort")
    for number, work in enumerate((bad, bug, crash), 1):
        submit(queue, work, task(number))
    workers.start()
    for work in (bug, crash):
        until(lambda work=work: state(queue, work) == "dead")
    until(lambda: state(queue, bad) == "failed")
    # Asked again, also by another process after a restart, it stays as it is.
    assert submit(opened(attempts=2), bad, task(1), urgent=True).state == "failed"
    assert begun(log) == {"bad.m4a": 1, "bug.m4a": 2, "crash.m4a": 2}
    refused, *dead = queue.listed()
    assert refused.reason is not None
    assert (refused.attempts, refused.reason.nl) == (1, "onleesbaar")
    assert [(job.clip, job.attempts) for job in dead] == [("F-0001/bug.m4a", 2), ("F-0001/crash.m4a", 2)]
    assert dead[1].reason is not None
    assert "SIGABRT" in dead[1].reason.en
    assert not any(str(media) in job.model_dump_json() for job in queue.listed())
    assert queue.figures().states == {"queued": 0, "working": 0, "done": 0, "failed": 1, "dead": 2}
    assert queue.retry(project=5) == 0
    assert queue.retry(clip="F-0001/bad.m4a") == 1
    until(lambda: begun(log)["bad.m4a"] == 2 and state(queue, bad) == "failed")
    assert queue.figures().states["dead"] == 2


@pytest.mark.waits
@REDIS_NIGHTLY
def test_the_job_of_a_killed_worker_is_taken_up_by_another_and_its_child_dies_with_it(
    opened: Opened, workers: Workers, media: Path, log: Path, tmp_path: Path
) -> None:
    queue = opened()
    work = clip(media, "long.m4a", f"wait {tmp_path / 'go'}")
    submit(queue, work)
    first = workers.start()
    until(lambda: begun(log)["long.m4a"] == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    if isinstance(queue, RedisQueue):
        # What RQ's own maintenance does a minute after the last sign of life.
        registry = StartedJobRegistry("vib-clips", connection=queue.redis, serializer=JSONSerializer)
        registry.cleanup(timestamp=2**40)
    else:
        assert state(queue, work) == "working"
    (child,) = pids(log)
    until(lambda: gone(child))
    workers.start()
    (tmp_path / "go").touch()
    until(lambda: state(queue, work) == "done")
    assert begun(log)["long.m4a"] == 2
    job = job_of(queue, work)
    assert job is not None
    assert job.attempts == 2


@EACH
def test_a_task_that_is_named_twice_in_one_request_gets_the_turns_of_the_last_clip(opened: Opened, media: Path) -> None:
    queue = opened()
    old, new = clip(media, "old.m4a"), clip(media, "new.m4a")
    jobs = queue.submit([Asked(old, task(1)), Asked(new, task(1))])
    assert [(job.clip, job.task, job.state) for job in jobs] == [
        ("F-0001/old.m4a", 1, "queued"),
        ("F-0001/new.m4a", 1, "queued"),
    ]
    assert [job.clip for job in queue.listed()] == ["F-0001/new.m4a"]


@REDIS_NIGHTLY
def test_what_failed_is_taken_up_when_its_turns_are_there_after_all(
    opened: Opened, settle: Callable[..., Config], workers: Workers, media: Path, receiver: Receiver
) -> None:
    queue = opened(label_studio_url=receiver.url, secret=SECRET)
    bad = clip(media, "bad.m4a", "bad")
    submit(queue, bad, task(1))
    workers.start()
    until(lambda: state(queue, bad) == "failed")
    path = (media / "F-0001" / "bad.m4a").resolve()
    turns = key_of_content(sha256_of(path), "tiny-1")
    TurnsCache(Config().cache).put(turns, Segmentation("", 9.0, "tiny-1", ()))
    submit(queue, bad, task(1), turns=turns)
    until(lambda: [job.state for job in queue.listed()] == ["done"])
    assert len(receiver.got) == 1


@pytest.mark.nightly
@EACH
def test_a_delivery_that_is_tried_again_is_one_line_in_the_log(
    opened: Opened, workers: Workers, media: Path, receiver: Receiver, tmp_path: Path
) -> None:
    queue = opened(label_studio_url=receiver.url, secret=SECRET, retry_seconds=0.05)
    receiver.status = 503
    submit(queue, clip(media, "clip.m4a"), task(1))
    workers.start(tmp_path / "said")
    until(lambda: len(receiver.asked) >= 3)
    receiver.status = 200
    until(lambda: [job.state for job in queue.listed()] == ["done"])
    lines = [line for line in (tmp_path / "said").read_text().splitlines() if "Label Studio" in line]
    assert len(lines) == 1, lines
    assert "it is tried again" in lines[0]
    assert "Traceback" not in (tmp_path / "said").read_text()
