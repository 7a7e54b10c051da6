"""Having the clips of a project cut into turns by the ML backend, and waiting for it.

The backend does the work, keeps what is to be done, and brings the turns to Label Studio. So whoever
waits here may stop at any moment, and may ask again: nothing is lost, and nothing is there twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.markup import escape

from scripts.backend import Backend, connect_backend
from scripts.console import NotRunning, say
from scripts.registering import task_data
from scripts.server import answering
from vib.job import Job
from vib.library import Library
from vib.problem import InputProblem

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

POLL = 0.5
"""Seconds between two looks at the queue."""

PATIENCE = 60.0
"""Seconds without a sign of life of any worker, after which waiting makes no sense. One that starts needs some."""

Watch = Callable[[str, float, int], None]
"""Called with the clip that is worked on (and what is wrong, if anything) for Rich, clips done, and clips in all."""


@dataclass
class Segmented:
    """What came of the clips of a project: turns by clip id, and what went wrong."""

    turns: dict[str, int] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the backend was asked for: clip by task, and the version of its model then."""

    project: int
    clips: Mapping[int, str]
    version: str


def ask_for_turns(
    client: LabelStudio, library: Library, backend: Backend, project: int, *, older: bool = False
) -> Asked:
    """Ask for the turns of the clips of a project that have none, without waiting.

    Parameters
    ----------
    older : bool
        Also those that have turns of another version of the model.

    Raises
    ------
    InputProblem
        The backend or the server does not answer.
    """
    pending = library.without_turns(project)
    if not (pending or older):
        return Asked(project, {}, "")
    family = library.family(project)
    version = backend.version_for(family)
    if older:
        pending = library.without_turns(project, version)
    if pending:
        with answering(f"project {project}"):
            config = client.projects.get(project).label_config or ""
        # First of all, as the turns come also when Label Studio cannot be connected.
        backend.ask_for([_task(library, project, clip, number, family) for clip, number in pending], config)
        connect_backend(client, project, backend, family)
    return Asked(project, {number: clip for clip, number in pending}, version)


def wait_for_turns(client: LabelStudio, library: Library, backend: Backend, asked: Asked, watch: Watch) -> Segmented:
    """Wait until Label Studio has the turns that were asked for, or it is known why not.

    Raises
    ------
    NotRunning
        The backend does not answer, has no queue, or has no worker. What was asked for stays in its queue.
    InputProblem
        The backend's answer is not understood.
    """
    segmented, waiting = Segmented(), dict(asked.clips)
    lived = time.monotonic()
    while waiting:
        jobs = {job.task: job for job in backend.jobs(asked.project) if job.task in waiting}
        for number, job in jobs.items():
            assert number is not None
            if job.state == "done":
                segmented.turns[waiting.pop(number)] = _count(client, number)
                library.put_turns(number, asked.version)
            elif job.gave_up:
                segmented.problems.append(problem_of(waiting.pop(number), job))
        lost = [(clip, number) for number, clip in waiting.items() if number not in jobs]
        if lost:
            # Its queue was emptied meanwhile.
            segmented.problems += [_lost(waiting.pop(number)) for _, number in lost]
        now = next((job for job in jobs.values() if job.state == "working"), None)
        parts = sum(job.progress for job in jobs.values() if job.state == "working")
        watch(_label(now), len(asked.clips) - len(waiting) + parts, len(asked.clips))
        if not waiting:
            break
        # What a worker had that died is being worked on until another one comes.
        if backend.workers():
            lived = time.monotonic()
        elif time.monotonic() - lived > PATIENCE:
            raise _no_worker(backend, len(waiting))
        time.sleep(POLL)
    return segmented


def _no_worker(backend: Backend, clips: int) -> NotRunning:
    return NotRunning(
        backend.address,
        nl=f"er draait geen werker die clips knipt (python -m backend_ml.jobs.worker, in Docker de service cutter);"
        f" {clips} clips blijven in de wachtrij en worden geknipt zodra hij draait: start alles met scripts/up,"
        " of met docker compose up -d cutter",
        en=f"no worker runs that cuts clips (python -m backend_ml.jobs.worker, in Docker the service cutter);"
        f" {clips} clips stay in the queue and are cut as soon as it runs: start all of it with scripts/up,"
        " or with docker compose up -d cutter",
    )


def problem_of(clip: str, job: Job) -> InputProblem:
    """Return what went wrong with a clip."""
    if job.reason is None:
        return InputProblem(clip, nl="niet gelukt", en="could not be done")
    return InputProblem(clip, nl=job.reason.nl, en=job.reason.en)


def _label(now: Job | None) -> str:
    """Name the clip that is worked on, and why that takes long when it is known."""
    if now is None:
        return ""
    said = "" if now.reason is None else f" ({say(now.reason.nl, now.reason.en)})"
    return escape(f"{now.clip}{said}")


def _lost(clip: str) -> InputProblem:
    return InputProblem(
        clip,
        nl="staat niet meer in de wachtrij van de ML-backend; voer dit opnieuw uit",
        en="is no longer in the queue of the ML backend; run this again",
    )


def _task(library: Library, project: int, clip: str, number: int, family: str | None) -> dict[str, object]:
    entry = library.entry(clip)
    assert entry is not None
    # A practice set has clips of several families and shows one version: that for all.
    return {"id": number, "project": project, "data": task_data(entry, {}) | {"family": family}}


def _count(client: LabelStudio, number: int) -> int:
    with answering(f"task {number}"):
        given = list(client.predictions.list(task=number))
    return len(given[-1].result or []) if given else 0
