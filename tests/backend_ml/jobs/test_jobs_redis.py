from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jobs_material import SECRET, Receiver, Workers, clip, job_of, submit, task
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer

from backend_ml.cache import TurnsCache, key_of_content, sha256_of
from backend_ml.config import Config
from backend_ml.jobs.job import Asked, Work
from backend_ml.jobs.redis_queue import RedisQueue
from tests.waiting import until
from vib.segmenting import Segmentation

Settle = Callable[..., Config]


def begun(log: Path) -> Counter[str]:
    return Counter(line.split()[1] for line in log.read_text().splitlines() if line.startswith("begin"))


def state(queue: RedisQueue, work: Work) -> str:
    job = job_of(queue, work)
    assert job is not None
    return job.state


def test_rq_cuts_pushes_and_tells_how_far_it_is(
    settle: Settle, redis: str, workers: Workers, media: Path, log: Path, receiver: Receiver
) -> None:
    queue = RedisQueue(settle(redis_url=redis, label_studio_url=receiver.url, secret=SECRET))
    receiver.status = 503
    slow, bulk, opened = clip(media, "slow.m4a", "sleep 6"), clip(media, "bulk.m4a"), clip(media, "opened.m4a")
    submit(queue, slow)
    job = submit(queue, bulk, task(11))
    assert (job.state, job.position, job.project, job.task) == ("queued", 2, 1, 11)
    for _ in range(2):
        assert submit(queue, opened, task(12, project=2)).state == "queued"
    assert submit(queue, opened, task(13, project=2), urgent=True).position == 1
    assert queue.figures().states["queued"] == 3
    workers.start()
    until(lambda: (found := job_of(queue, slow)) and found.progress > 0.2)
    assert queue.figures().workers == 1
    until(lambda: queue.listed(project=1)[0].progress == 1.0 and queue.listed(project=1)[0].reason)
    (waiting,) = queue.listed(project=1)
    assert waiting.state == "working"
    receiver.status = 200
    until(lambda: {job.state for job in queue.listed()} == {"done"})
    assert sorted((got["project"], got["task"]) for got in receiver.got) == [(1, 11), (2, 12), (2, 13)]
    assert begun(log) == {"slow.m4a": 1, "bulk.m4a": 1, "opened.m4a": 1}
    order = [line.split()[1] for line in log.read_text().splitlines() if line.startswith("begin")]
    assert order.index("opened.m4a") < order.index("bulk.m4a")
    figures = queue.figures()
    assert figures.states == {"queued": 0, "working": 0, "done": 3, "failed": 0, "dead": 0}
    assert (figures.totals["finished.done"], figures.totals["pushed.delivered"]) == (3.0, 3.0)


def test_with_rq_bad_media_fail_at_once_and_what_keeps_failing_is_a_dead_letter_until_it_is_retried(
    settle: Settle, redis: str, workers: Workers, media: Path, log: Path, tmp_path: Path
) -> None:
    queue = RedisQueue(settle(redis_url=redis, attempts=2))
    bad, crash = clip(media, "bad.m4a", "bad"), clip(media, "crash.m4a", f"once {tmp_path / 'a'}", "abort")
    submit(queue, bad, task(1))
    submit(queue, crash, task(2))
    workers.start()
    until(lambda: state(queue, crash) == "dead")
    until(lambda: state(queue, bad) == "failed")
    assert submit(queue, bad, task(1), urgent=True).state == "failed"
    assert begun(log) == {"bad.m4a": 1, "crash.m4a": 2}
    (dead,) = queue.listed(state="dead")
    assert dead.reason is not None
    assert (dead.clip, dead.attempts) == ("F-0001/crash.m4a", 2)
    assert "SIGABRT" in dead.reason.en
    assert queue.figures().states == {"queued": 0, "working": 0, "done": 0, "failed": 1, "dead": 1}
    assert queue.retry(project=5) == 0
    assert queue.retry(clip="F-0001/bad.m4a") == 1
    until(lambda: begun(log)["bad.m4a"] == 2 and state(queue, bad) == "failed")
    assert queue.figures().states["dead"] == 1


def test_with_rq_the_job_of_a_killed_worker_is_taken_up_again(
    settle: Settle, redis: str, workers: Workers, media: Path, log: Path
) -> None:
    queue = RedisQueue(settle(redis_url=redis))
    work = clip(media, "long.m4a", "sleep 4")
    submit(queue, work)
    first = workers.start()
    until(lambda: begun(log)["long.m4a"] == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    # What RQ's own maintenance does a minute after the last sign of life.
    registry = StartedJobRegistry("vib-clips", connection=queue.redis, serializer=JSONSerializer)
    registry.cleanup(timestamp=2**40)
    workers.start()
    until(lambda: state(queue, work) == "done")
    assert begun(log)["long.m4a"] == 2


def test_with_rq_a_task_that_is_named_twice_in_one_request_gets_the_turns_of_the_last_clip(
    settle: Settle, redis: str, media: Path
) -> None:
    queue = RedisQueue(settle(redis_url=redis))
    old, new = clip(media, "old.m4a"), clip(media, "new.m4a")
    jobs = queue.submit([Asked(old, task(1)), Asked(new, task(1))])
    assert [(job.clip, job.state) for job in jobs] == [("F-0001/old.m4a", "queued"), ("F-0001/new.m4a", "queued")]
    assert [job.clip for job in queue.listed()] == ["F-0001/new.m4a"]


def test_with_rq_what_failed_is_taken_up_when_its_turns_are_there_after_all(
    settle: Settle, redis: str, workers: Workers, media: Path, receiver: Receiver
) -> None:
    config = settle(redis_url=redis, label_studio_url=receiver.url, secret=SECRET)
    queue, bad = RedisQueue(config), clip(media, "bad.m4a", "bad")
    submit(queue, bad, task(1))
    workers.start()
    until(lambda: state(queue, bad) == "failed")
    path = (media / "F-0001" / "bad.m4a").resolve()
    turns = key_of_content(sha256_of(path), "tiny-1")
    TurnsCache(config.cache).put(turns, Segmentation("", 9.0, "tiny-1", ()))
    submit(queue, bad, task(1), turns=turns)
    until(lambda: [job.state for job in queue.listed()] == ["done"])
    assert len(receiver.got) == 1


def test_with_rq_nothing_is_kept_of_clips_that_rq_forgot_nor_of_tasks_that_are_gone(
    settle: Settle, redis: str, workers: Workers, media: Path, receiver: Receiver
) -> None:
    queue = RedisQueue(settle(redis_url=redis, label_studio_url=receiver.url, secret=SECRET))
    old, new, removed = (clip(media, name) for name in ("old.m4a", "new.m4a", "removed.m4a"))
    submit(queue, old, replace(task(1), interface="<View/>"))
    for number, work in ((2, new), (3, removed)):
        submit(queue, work, task(number))
    queue.redis.zadd("vib-ml:asked", {old.key: 1, new.key: 1})
    queue.redis.delete(f"rq:job:{old.key}", f"rq:job:{removed.key}")
    queue.forget()
    # What was asked for a moment ago stays, whatever RQ knows of it.
    assert sorted(queue.destinations()) == ["1/2", "1/3"]
    assert (queue.redis.hlen("vib-ml:interfaces"), queue.redis.zcard("vib-ml:asked")) == (1, 2)
    receiver.status = 404
    workers.start()
    until(lambda: sorted(queue.destinations()) == ["1/3"])
    assert [(job.task, job.state) for job in queue.listed()] == [(None, "done")]


def test_a_redis_that_is_away_is_an_error_that_callers_know(settle: Settle) -> None:
    queue = RedisQueue(settle(redis_url="redis://127.0.0.1:1/0"))
    with pytest.raises(queue.errors):
        queue.figures()
