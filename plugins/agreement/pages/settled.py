"""Which moments were settled: what is kept, and how a moment is known again.

Every query here is narrowed by the access rules to what the viewer may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.timezone import localtime
from tasks.models import Task
from users.models import User

from vib.dates import written_moment
from vib.language import Language

from . import texts_settled
from .models import Settling
from .sent import Sent


def settle(user: User, task: int, round_name: str, sent: Sent) -> Settling:
    """Keep that somebody settled a moment of a clip that they see, or opened it again."""
    made: Settling = Settling.objects.create(task_id=task, by=user, round=round_name, **sent.model_dump())
    return made


def tasks_of(project: int) -> Mapping[str, int]:
    """Return the task of each clip of a project, by what the clip is called."""
    rows = Task.objects.filter(project=project).values_list("pk", "data__clip")
    return {str(clip or task): task for task, clip in rows}


def settlings_of(tasks: Iterable[int], round_name: str) -> Mapping[int, Sequence[Settling]]:
    """Return what was said to be settled in a round, or outside rounds, by task; the newest first."""
    found: dict[int, list[Settling]] = defaultdict(list)
    rows = Settling.objects.filter(task__in=tasks, round=round_name).order_by("-at", "-pk")
    for row in rows:
        found[row.task_id].append(row)
    return found


def settlings_in(project: int, round_name: str, clips: Sequence[str]) -> Mapping[str, Sequence[Settling]]:
    """Return what was said to be settled of these clips, as far as who asks may see it; the newest first."""
    tasks = tasks_of(project)
    found = settlings_of([tasks[clip] for clip in clips if clip in tasks], round_name)
    return {clip: found.get(tasks[clip], ()) for clip in clips if clip in tasks}


def told(settling: Settling, people: Mapping[int, str], language: Language) -> dict[str, Any]:
    """Return what was said of a moment, as a page tells it."""
    said = texts_settled.WORDS["settled_by" if settling.settled else "opened_by"].to(language)
    at = written_moment(localtime(settling.at), language)
    return {"settled": settling.settled, "by": said.format(people[settling.by_id], at), "note": settling.note}
