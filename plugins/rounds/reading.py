"""From what somebody may see in the database to how far their rounds are.

Every query of tasks and codes is narrowed by the access rules to what the viewer may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from tasks.models import Annotation, Task

from plugins.host.accounts import rater_names
from plugins.host.consented import may_be_seen
from vib.coding_round import CodingRound
from vib.consent import TO_LEARN
from vib.roles import Part

from .progress import Coder, Progress


def progress_of(rounds: Sequence[CodingRound], user: int) -> list[Progress]:
    """Return how far rounds are, as somebody in them may know it; by three queries, whatever there is."""
    if not rounds:
        return []
    names = rater_names()
    projects = {one.project for one in rounds}
    tasks: dict[int, dict[str, int]] = defaultdict(dict)
    for task, project, clip in Task.objects.filter(project__in=projects).values_list("pk", "project", "data__clip"):
        tasks[project][str(clip)] = task
    submitted: dict[int, dict[int, datetime]] = defaultdict(dict)
    counted = Annotation.objects.filter(project__in=projects, was_cancelled=False).order_by("created_at")
    for task, by, at in counted.values_list("task", "completed_by", "created_at"):
        submitted[by][task] = at
    accounts = {name: number for number, name in names.items()}

    def progress(round_: CodingRound) -> Progress:
        there = tasks[round_.project]
        own = {clip: there[clip] for clip in sorted(round_.clips) if clip in there}

        def coder(account: int) -> Coder:
            given = submitted.get(account, {})
            return Coder(names[account], account, {clip: given[task] for clip, task in own.items() if task in given})

        coders = tuple(coder(accounts[name]) for name in sorted(round_.raters))
        closed = frozenset(clip for clip in round_.clips if not may_be_seen(clip, TO_LEARN))
        return Progress(round_, own, coders, coder(user) if round_.part is Part.SUPERVISOR else None, closed)

    return [progress(one) for one in rounds]
