from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jobs_material import SECRET, Receiver, Workers, clip, submit, task

from backend_ml.config import Config
from backend_ml.jobs.redis_queue import RedisQueue
from tests.waiting import until

Settle = Callable[..., Config]


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
