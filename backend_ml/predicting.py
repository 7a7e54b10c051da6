"""From tasks to predictions: turns that are there are given, others are put in the queue."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import final

from backend_ml.cache import (
    REMOTE_SECONDS,
    KnownContents,
    TurnsCache,
    fingerprint_of_address,
    fingerprint_of_file,
    key_of_content,
    key_of_job,
)
from backend_ml.config import Config
from backend_ml.jobs.job import Asked, Destination, Work
from backend_ml.jobs.queue import Queue
from backend_ml.protocol import Answer, JobsRequest, Prediction, PredictRequest, Task, TaskData, TaskState
from backend_ml.refused import Refused, reasons
from backend_ml.sources import LocalFile, source_of
from vib.interface import predicted_regions
from vib.job import GAVE_UP, Job, State
from vib.segmenting import Segmentation, Segmenter, version_for

OPEN_TASKS = 5
"""A request of at most so many tasks is of somebody who opens a clip; more is a batch."""

_DONE: TaskState = {"state": "done", "progress": 1.0, "position": None, "reason": None}
_KINDS: Mapping[State, str] = {"done": "cache", **dict.fromkeys(GAVE_UP, "problem")}

log = logging.getLogger(__name__)


@final
class Predictor:
    """Answers at once, whatever the clips: no sound is read and no file is hashed here.

    Parameters
    ----------
    segmenter : Segmenter
        What workers cut with; asked for its versions only.
    config : Config
        Where files may come from.
    queue : Queue
        Where clips go that have no turns yet.
    """

    def __init__(self, segmenter: Segmenter, config: Config, queue: Queue) -> None:
        self._segmenter = segmenter
        self._config = config
        self._queue = queue
        self._cache = TurnsCache(config.cache)
        self._contents = KnownContents(config.cache)

    @property
    def version(self) -> str:
        """Version of the model, which changes when it has learnt."""
        return self._segmenter.version

    def version_for(self, family: str | None) -> str:
        """Return the version of the model for a family, or for clips of none."""
        return version_for(self._segmenter, family)

    def predict(self, request: PredictRequest) -> Answer:
        """Return the turns that are there, and put the other clips in the queue.

        Raises
        ------
        Refused
            There are too many tasks.
        InputProblem
            The labelling interface has no place for turns.
        """
        versions = self._versions(request)
        found: list[Segmentation | None] = []
        states: list[TaskState] = []
        waiting: dict[int, Asked] = {}
        for place, task in enumerate(request.tasks):
            turns, state = None, _DONE
            try:
                asked = self._asked(task, request.label_config, versions[task.data.family])
            except Refused as problem:
                state = _failed(problem)
            else:
                turns = None if asked.turns is None else self._cache.get(asked.turns)
                if turns is None:
                    waiting[place] = replace(asked, turns=None)
            found.append(turns)
            states.append(state)
        if waiting:
            jobs = self._queue.submit(list(waiting.values()), urgent=len(request.tasks) <= OPEN_TASKS)
            for place, job in zip(waiting, jobs, strict=True):
                states[place] = _state(job)
        self._count(states)
        return Answer(
            [[] if turns is None else prediction_of(turns, request.label_config) for turns in found],
            states,
        )

    def enqueue(self, request: JobsRequest) -> list[Job]:
        """Put the clips of tasks in the queue; what cannot be read is found out there.

        Raises
        ------
        Refused
            There are too many tasks.
        InputProblem
            The labelling interface has no place for turns.
        """
        versions = self._versions(request)
        asked = []
        for task in request.tasks:
            version = versions[task.data.family]
            try:
                one = self._asked(task, request.label_config, version)
            except Refused:
                address = task.data.media(sight=self._config.sight) or ""
                key = key_of_job(fingerprint_of_address(address), version)
                work = Work(key, address, _name(task.data, address), version)
                one = Asked(work, _destination(task, request.label_config))
            ready = one.turns is not None and self._cache.get(one.turns) is not None
            asked.append(one if ready else replace(one, turns=None))
        return self._queue.submit(asked)

    def _versions(self, request: PredictRequest | JobsRequest) -> dict[str | None, str]:
        """Return the version for each family in a request that can be answered."""
        if len(request.tasks) > self._config.max_tasks:
            raise Refused(
                413,
                "tasks",
                nl=f"meer dan {self._config.max_tasks} taken in één aanvraag",
                en=f"more than {self._config.max_tasks} tasks in one request",
            )
        # An interface without a place for turns fails before the work, not after it.
        predicted_regions(Segmentation("", 0.0, "", ()), request.label_config)
        return {family: self.version_for(family) for family in {task.data.family for task in request.tasks}}

    def _asked(self, task: Task, label_config: str, version: str) -> Asked:
        """Return what is to be done for a task, with the key of its turns when the content is known."""
        address = task.data.media(sight=self._config.sight)
        if address is None:
            raise Refused(
                400,
                "data",
                nl="de taak heeft geen 'audio' of 'video'",
                en="the task has no 'audio' or 'video'",
            )
        source = source_of(address, self._config.media_root, self._config.label_studio_url)
        if isinstance(source, LocalFile):
            try:
                fingerprint = fingerprint_of_file(source.path)
            except OSError as error:
                raise Refused(404, "", nl="dit bestand is niet te lezen", en="this file cannot be read") from error
            content = self._contents.get(fingerprint)
        else:
            fingerprint = fingerprint_of_address(source.url)
            content = self._contents.get(fingerprint, within=REMOTE_SECONDS)
        work = Work(key_of_job(fingerprint, version), address, _name(task.data, address), version)
        turns = None if content is None else key_of_content(content, version)
        return Asked(work, _destination(task, label_config), turns)

    def _count(self, states: Sequence[TaskState]) -> None:
        kinds = Counter(_KINDS.get(state["state"], "queued") for state in states)
        try:
            for kind, number in kinds.items():
                self._queue.count(f"predictions.{kind}", number)
        except self._queue.errors as error:
            log.warning("predictions are not counted: %s", error)


def prediction_of(segmentation: Segmentation, label_config: str) -> Prediction:
    """Return turns as Label Studio keeps them.

    Raises
    ------
    InputProblem
        The labelling interface has no place for turns.
    """
    sure = [turn.confidence for turn in segmentation.turns]
    return {
        "result": predicted_regions(segmentation, label_config),
        "score": round(fmean(sure), 4) if sure else 0.0,
        "model_version": segmentation.model_version,
    }


def _name(data: TaskData, address: str) -> str:
    """Name a clip for people: never by a folder of this machine."""
    return data.clip or address.rsplit("/", 1)[-1]


def _destination(task: Task, label_config: str) -> Destination | None:
    if task.id is None or task.project is None:
        return None
    return Destination(task.project, task.id, label_config)


def _state(job: Job) -> TaskState:
    reason = None if job.reason is None else {"nl": job.reason.nl, "en": job.reason.en}
    return {"state": job.state, "progress": job.progress, "position": job.position, "reason": reason}


def _failed(problem: Refused) -> TaskState:
    return {"state": "failed", "progress": 0.0, "position": None, "reason": reasons(problem)}
