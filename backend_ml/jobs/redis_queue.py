"""The queue in Redis, through RQ: for several workers, on one machine or more.

RQ keeps clips, attempts and dead letters; what RQ has no place for (which task gets which
turns, totals) is beside them under `vib-ml:`. All of it is JSON, nothing is pickled.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Sequence
from typing import Any, final

from redis import Redis, RedisError
from rq import Queue, Retry, Worker
from rq.job import Job as RqJob
from rq.job import JobStatus
from rq.serializers import JSONSerializer

from backend_ml.config import Config
from backend_ml.jobs.claims import FORGET_SECONDS, KEEP_SECONDS, LOST
from backend_ml.jobs.job import Asked, Destination, Figures, Work, delay
from backend_ml.jobs.runner import START_SECONDS
from vib.job import GAVE_UP, Job, State
from vib.language import Text

OPEN, CLIPS, PUSH = "vib-open", "vib-clips", "vib-push"
"""Clips that somebody has open, other clips, and turns that are ready."""

DESTINATIONS, INTERFACES = "vib-ml:destinations", "vib-ml:interfaces"
ASKED, BAD, TOTALS = "vib-ml:asked", "vib-ml:bad", "vib-ml:totals"

ANSWER_SECONDS = 1.5
"""How long a request waits for Redis."""

LOCK_SECONDS = 10.0

_WAITING = (JobStatus.QUEUED, JobStatus.SCHEDULED, JobStatus.DEFERRED, JobStatus.STARTED)


@final
class RedisQueue:
    """A queue in Redis."""

    errors: tuple[type[Exception], ...] = (RedisError,)

    def __init__(self, config: Config, *, patient: bool = False) -> None:
        assert config.redis_url is not None
        self._config = config
        wait = None if patient else ANSWER_SECONDS
        # Typed as Any: redis describes what it returns for asyncio and without it at once.
        self.redis: Any = Redis.from_url(
            config.redis_url.get_secret_value(), socket_timeout=wait, socket_connect_timeout=wait
        )
        self.open, self.clips, self.pushes = (
            Queue(name, connection=self.redis, serializer=JSONSerializer) for name in (OPEN, CLIPS, PUSH)
        )

    def submit(self, asked: Sequence[Asked], *, urgent: bool = False) -> list[Job]:
        """Ask for the turns of clips; see `Queue`."""
        for one in asked:
            key = one.work.key
            with self.redis.lock(f"vib-ml:lock:{key}", timeout=LOCK_SECONDS, blocking_timeout=ANSWER_SECONDS):
                known = self._fetch(key)
                if known is None or not _stands(_state(known), one):
                    self._enqueue(one.work, urgent=urgent)
                elif urgent and known.origin == CLIPS and self.clips.remove(known):
                    self.open.enqueue_job(known)
                if one.destination is not None:
                    self._aim(key, one.destination)
        shown = self._shown([(one.work.key, _place(one.destination)) for one in asked])
        # A task that is named twice in one request gets the turns of the last clip.
        return [job or one.job for job, one in zip(shown, asked, strict=True)]

    def listed(self, project: int | None = None, clip: str | None = None, state: State | None = None) -> list[Job]:
        """List what was asked for; see `Queue`."""
        return [
            job
            for job in self._shown(self._rows())
            if job is not None
            and project in (None, job.project)
            and clip in (None, job.clip)
            and state in (None, job.state)
        ]

    def retry(self, project: int | None = None, clip: str | None = None) -> int:
        """Put what failed or was given up in the queue again; see `Queue`."""
        rows = self._rows()
        again: set[str] = set()
        for (key, place), job in zip(rows, self._shown(rows), strict=True):
            if job is not None and job.gave_up and project in (None, job.project) and clip in (None, job.clip):
                known = self._fetch(key)
                if known is not None and _state(known) != "done":
                    again.add(key)
                elif place is not None:
                    again.add(push_id(key, place))
                    self.push(key, place)
        for key in again:
            known = self._fetch(key)
            if known is not None and known.origin != PUSH:
                self._enqueue(Work(*known.args), urgent=False)
        return len(again)

    def figures(self) -> Figures:
        """Return the queue in numbers; see `Queue`."""
        both = (self.open, self.clips)
        bad = int(self.redis.scard(BAD))
        first = [job for queue in both for job in queue.get_jobs(0, 1)]
        waited = [time.time() - job.enqueued_at.timestamp() for job in first if job.enqueued_at is not None]
        ended = sum(queue.finished_job_registry.count for queue in both)
        states: dict[State, int] = {
            "queued": sum(queue.count + queue.scheduled_job_registry.count for queue in both),
            "working": sum(queue.started_job_registry.count for queue in both),
            "done": max(0, ended - bad),
            "failed": bad,
            "dead": sum(queue.failed_job_registry.count for queue in both),
        }
        return Figures(
            states=states,
            deliveries=self.pushes.count
            + self.pushes.scheduled_job_registry.count
            + self.pushes.started_job_registry.count,
            oldest=max([0.0, *waited]),
            workers=len(Worker.all(queue=self.clips)),
            totals={name.decode(): float(value) for name, value in self.redis.hgetall(TOTALS).items()},
        )

    def count(self, name: str, amount: float = 1.0) -> None:
        """Add to a total; see `Queue`."""
        self.redis.hincrbyfloat(TOTALS, name, amount)

    def again(self, key: str) -> None:
        """Begin the work of a key anew: its turns are gone."""
        known = self._fetch(key)
        if known is not None:
            self._enqueue(Work(*known.args), urgent=False)

    def push_all(self, key: str) -> None:
        """Have the turns of a clip, which are ready, given to every task that waits for them."""
        for place, destination in self.destinations().items():
            if destination["job"] == key:
                self.push(key, place)

    def push(self, key: str, place: str) -> None:
        """Have turns that are ready given to a task, unless that is about to happen."""
        if not self._config.pushes:
            return
        known = self._fetch(push_id(key, place))
        if known is not None:
            if known.get_status(refresh=False) in _WAITING:
                return
            known.delete()
        self.pushes.enqueue(
            "backend_ml.jobs.redis_worker.push",
            key,
            place,
            job_id=push_id(key, place),
            job_timeout=120,
            **self._lasting(self._config.push_attempts),
        )

    def destinations(self) -> dict[str, dict[str, Any]]:
        """Return which task waits for which clip."""
        return {place.decode(): json.loads(value) for place, value in self.redis.hgetall(DESTINATIONS).items()}

    def interface(self, destination: dict[str, Any]) -> str:
        """Return the labelling interface of a task's project."""
        content: bytes | None = self.redis.hget(INTERFACES, destination["interface"])
        return (content or b"").decode()

    def release(self, place: str) -> None:
        """Forget a task that is not there any more."""
        self.redis.hdel(DESTINATIONS, place)

    def forget(self) -> None:
        """Drop what is kept here of clips that RQ forgot."""
        asked = self.redis.zrangebyscore(ASKED, 0, time.time() - FORGET_SECONDS)
        gone = {key for key, job in self._fetched({key.decode() for key in asked}).items() if job is None}

        def trim(pipe: Any) -> None:
            known = {place: json.loads(value) for place, value in pipe.hgetall(DESTINATIONS).items()}
            kept = {place: to for place, to in known.items() if to["job"] not in gone}
            used = {to["interface"].encode() for to in kept.values()}
            unused = [name for name in pipe.hkeys(INTERFACES) if name not in used]
            pipe.multi()
            for table, names in ((DESTINATIONS, known.keys() - kept.keys()), (INTERFACES, unused)):
                if names:
                    pipe.hdel(table, *names)
            if gone:
                pipe.zrem(ASKED, *gone)
                pipe.srem(BAD, *gone)

        # Done anew when a task was noted meanwhile.
        self.redis.transaction(trim, DESTINATIONS)

    def _enqueue(self, work: Work, *, urgent: bool) -> None:
        # First, so that `forget` leaves alone what is asked for anew.
        self.redis.zadd(ASKED, {work.key: time.time()})
        known = self._fetch(work.key)
        if known is not None:
            known.delete()
        self.redis.srem(BAD, work.key)
        (self.open if urgent else self.clips).enqueue(
            "backend_ml.jobs.redis_worker.cut",
            work.key,
            work.address,
            work.clip,
            work.version,
            job_id=work.key,
            job_timeout=round(self._config.job_seconds + START_SECONDS + 60),
            **self._lasting(self._config.attempts),
        )

    def _lasting(self, attempts: int) -> dict[str, Any]:
        chance = random.random()  # noqa: S311 - no secret
        waits = [round(delay(attempt, self._config.retry_seconds, chance)) for attempt in range(1, attempts)]
        kept = round(KEEP_SECONDS)
        return {"retry": Retry(len(waits), waits) if waits else None, "result_ttl": kept, "failure_ttl": kept}

    def _aim(self, key: str, destination: Destination) -> None:
        place = f"{destination.project}/{destination.task}"
        interface = hashlib.sha256(destination.interface.encode()).hexdigest()
        before = self.redis.hget(DESTINATIONS, place)
        content = {
            "project": destination.project,
            "task": destination.task,
            "job": key,
            "interface": interface,
        }
        with self.redis.pipeline() as both:
            both.hset(INTERFACES, interface, destination.interface)
            both.hset(DESTINATIONS, place, json.dumps(content))
            both.execute()
        if before is not None:
            self._drop(json.loads(before)["job"], unless=key)
        # Read after the task was noted: either we see that the turns are ready, or who makes them sees the task.
        known = self._fetch(key)
        if known is not None and known.meta.get("ready"):
            self.push(key, place)

    def _drop(self, key: str, *, unless: str) -> None:
        """Forget a clip that is another by now, when nobody waits for it any more."""
        if key == unless or any(destination["job"] == key for destination in self.destinations().values()):
            return
        known = self._fetch(key)
        if known is not None and known.get_status() != JobStatus.STARTED:
            known.delete()
            self.redis.zrem(ASKED, key)
            self.redis.srem(BAD, key)

    def _rows(self) -> list[tuple[str, str | None]]:
        asked = [key.decode() for key in self.redis.zrange(ASKED, 0, -1)]
        places: dict[str, list[str]] = {}
        for place, destination in self.destinations().items():
            places.setdefault(destination["job"], []).append(place)
        rows = [(key, place) for key in asked for place in (*sorted(places.get(key, ())),) or (None,)]
        known = {key for key, job in self._fetched({key for key, _ in rows}).items() if job is not None}
        return [row for row in rows if row[0] in known]

    def _shown(self, rows: list[tuple[str, str | None]]) -> list[Job | None]:
        jobs = self._fetched({key for key, _ in rows})
        pushed = self._fetched({push_id(key, place) for key, place in rows if place is not None})
        line = {key: position for position, key in enumerate((*self.open.job_ids, *self.clips.job_ids), 1)}
        shown: list[Job | None] = []
        for key, place in rows:
            job, push = jobs[key], pushed.get(push_id(key, place)) if place else None
            shown.append(None if job is None else _shown(job, place, push, line.get(key)))
        return shown

    def _fetched(self, keys: set[str]) -> dict[str, RqJob | None]:
        ordered = sorted(keys)
        found = RqJob.fetch_many(ordered, connection=self.redis, serializer=JSONSerializer) if ordered else []
        return dict(zip(ordered, found, strict=True))

    def _fetch(self, key: str) -> RqJob | None:
        return self._fetched({key})[key]


def push_id(key: str, place: str) -> str:
    """Return RQ's name for giving the turns of a clip to a task."""
    return f"push-{place.replace('/', '-')}-{key[:16]}"


def _place(destination: Destination | None) -> str | None:
    return None if destination is None else f"{destination.project}/{destination.task}"


def _stands(state: State, asked: Asked) -> bool:
    """Tell whether a job stays as it is: not when its turns were thrown away, or are there after all."""
    if state == "done":
        return asked.turns is not None
    return state not in GAVE_UP or asked.turns is None


def _state(job: RqJob) -> State:
    status = job.get_status(refresh=False)
    if status == JobStatus.FINISHED:
        return "failed" if job.meta.get("bad") else "done"
    if status == JobStatus.STARTED:
        return "working"
    return "queued" if status in _WAITING else "dead"


def _shown(job: RqJob, place: str | None, push: RqJob | None, position: int | None) -> Job:
    """Put a clip and a task together: turns that are ready but not pushed are worked on, to those who wait."""
    state, told = _state(job), job
    progress = 1.0 if state == "done" else float(job.meta.get("progress", 0.0))
    if state == "done" and push is not None:
        told, state = push, _state(push)
        state = "working" if state == "queued" else state
    reason = told.meta.get("reason") if state != "done" else None
    if reason is None and state == "dead":
        reason = LOST.model_dump()
    project, task = (None, None) if place is None else map(int, place.split("/"))
    return Job(
        clip=str(job.args[2]),
        project=project,
        task=task,
        state=state,
        progress=progress,
        reason=None if reason is None else Text(**reason),
        attempts=int(told.meta.get("attempts", 0)),
        position=position,
    )
