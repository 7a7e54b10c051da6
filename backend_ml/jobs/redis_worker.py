"""What RQ's workers run: cutting a clip, and giving turns to Label Studio."""

from __future__ import annotations

import math
import os
import time
from typing import Any, final

from rq import Worker, get_current_job
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from backend_ml.cache import TurnsCache
from backend_ml.config import Config, read_config
from backend_ml.jobs.claims import FORGET_SECONDS
from backend_ml.jobs.delivering import deliver
from backend_ml.jobs.job import Work
from backend_ml.jobs.outcome import Problem, tell
from backend_ml.jobs.process import end_with_parent
from backend_ml.jobs.redis_queue import BAD, RedisQueue
from backend_ml.jobs.runner import Runner

PROGRESS_SECONDS = 1.0

IDLE_SECONDS = 60
"""How long RQ believes in an idle worker that says nothing."""

WATCH_SECONDS = 10
"""How often RQ's worker says that a clip is still being worked on; a minute later it counts as lost."""


class Unfinished(Exception):
    """Another time it may work; RQ tries again or puts it with the failed."""


@final
class _Worker(Worker):
    """RQ's worker, which forgets once a day what we keep beside RQ."""

    forgot = -math.inf

    def handle_exception(self, job: RqJob, *exc_info: Any) -> None:
        """Leave out what RQ would log at each attempt: of what is tried again we log one line."""
        if exc_info[0] is not Unfinished:
            super().handle_exception(job, *exc_info)

    def run_maintenance_tasks(self) -> None:
        """Do what RQ does now and then, and what we do."""
        # RQ does not say what it returns.
        super().run_maintenance_tasks()  # type: ignore[no-untyped-call]  # RQ has no types there
        if time.monotonic() - self.forgot > FORGET_SECONDS:
            RedisQueue(read_config(), patient=True).forget()
            self.forgot = time.monotonic()


def work(config: Config) -> None:
    """Run one worker of RQ until it is told to stop."""
    queue = RedisQueue(config, patient=True)
    worker = _Worker(
        [queue.pushes, queue.open, queue.clips],
        connection=queue.redis,
        serializer=JSONSerializer,
        worker_ttl=IDLE_SECONDS,
        job_monitoring_interval=WATCH_SECONDS,
        maintenance_interval=IDLE_SECONDS,
        log_job_description=False,
    )
    worker.work(with_scheduler=True, logging_level="WARNING")


def cut(key: str, address: str, clip: str, version: str) -> None:
    """Cut one clip, in a process of its own as every worker does.

    Raises
    ------
    Unfinished
        It did not work out, but may another time.
    """
    # RQ runs this in a process of its own, which would go on if its worker were killed.
    end_with_parent(os.getppid())
    config = read_config()
    job, queue = _begun(), RedisQueue(config, patient=True)
    runner, noted = Runner(config), time.monotonic()

    def tick(progress: float) -> None:
        nonlocal noted
        if time.monotonic() - noted > PROGRESS_SECONDS:
            noted = time.monotonic()
            _note(job, progress=progress)

    try:
        outcome = runner.run(Work(key, address, clip, version), tick)
    finally:
        runner.close()
    if isinstance(outcome, Problem):
        _failed(job, queue, outcome, "finished", "cut")
        queue.redis.sadd(BAD, key)
        return
    _note(job, turns=outcome.turns, ready=True, reason=None)
    for name, amount in outcome.totals():
        queue.count(name, amount)
    queue.push_all(key)


def push(key: str, place: str) -> None:
    """Give turns that are ready to one task.

    Raises
    ------
    Unfinished
        Label Studio did not take them, but may another time.
    """
    config = read_config()
    job, queue = _begun(), RedisQueue(config, patient=True)
    destination = queue.destinations().get(place)
    source = RqJob.fetch_many([key], connection=queue.redis, serializer=JSONSerializer)[0]
    if destination is None or source is None or destination["job"] != key:
        return
    turns = TurnsCache(config.cache).get(str(source.meta.get("turns", "")))
    if turns is None:
        queue.again(key)
        return
    problem = deliver(config, destination["project"], destination["task"], queue.interface(destination), turns)
    if problem is None:
        _note(job, reason=None)
        queue.count("pushed.delivered")
    else:
        if problem.gone:
            queue.release(place)
        _failed(job, queue, problem, "pushed", "push")


def _begun() -> RqJob:
    job = get_current_job()
    assert job is not None
    _note(job, attempts=job.meta.get("attempts", 0) + 1, progress=0.0)
    return job


def _failed(job: RqJob, queue: RedisQueue, problem: Problem, family: str, what: str) -> None:
    _note(job, reason=problem.reason.model_dump(), bad=not problem.passing)
    again = problem.passing and job.should_retry
    if not problem.gone:
        tell(f"{what} {job.id}", problem, job.meta.get("attempts", 1), again=again)
    if problem.passing:
        queue.count(f"retries.{what}" if again else f"{family}.dead")
        raise Unfinished(problem.reason.en)
    queue.count(f"{family}.failed")


def _note(job: Any, **content: Any) -> None:
    job.meta.update(content)
    job.save_meta()
