"""What raters submitted in Label Studio, as `RaterSet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vib.interface import ratings_of, timeline_of
from vib.observation import RaterSet, RatingValue, Timeline
from vib.problem import InputProblem

Task = Mapping[str, Any]


def rater_sets(tasks: Sequence[Task], names: Mapping[int, str]) -> tuple[RaterSet, ...]:
    """Return what the raters submitted, one `RaterSet` a clip.

    Parameters
    ----------
    tasks : Sequence[Task]
        As Label Studio exports them: with `data` and `annotations`.
    names : Mapping[int, str]
        Name of a rater by user number.

    Raises
    ------
    InputProblem
        A task has no duration, or a result does not fit its clip; names the task.
    """
    clips = []
    for task in tasks:
        timelines: dict[str, Timeline] = {}
        ratings: dict[str, Mapping[str, RatingValue]] = {}
        data = task["data"]
        place = f"task {task.get('id')}"
        duration = data.get("duration")
        if not isinstance(duration, int | float):
            raise InputProblem(place, nl="heeft geen duur (data.duration)", en="has no data.duration")
        latest = sorted(task.get("annotations", []), key=lambda annotation: annotation["created_at"])
        for annotation in latest:
            if annotation.get("was_cancelled"):
                continue
            number = annotation["completed_by"]
            rater = names.get(number, f"user-{number}")
            try:
                timelines[rater] = timeline_of(annotation["result"], float(duration))
            except InputProblem as problem:
                raise problem.at(f"{place}, {rater}") from problem
            ratings[rater] = ratings_of(annotation["result"])
        given = {rater: found for rater, found in ratings.items() if found}
        clips.append(RaterSet(str(data.get("clip", task.get("id"))), float(duration), timelines, given))
    return tuple(clips)


def short_names(addresses: Mapping[int, str]) -> dict[int, str]:
    """Return a short, unique name for every account: the part of its address before the @.

    Examples
    --------
    >>> short_names({1: "anna@vib.example", 2: "bram@vib.example", 3: "bram@elders.example"})
    {1: 'anna', 2: 'bram@vib.example', 3: 'bram@elders.example'}
    """
    short = [address.partition("@")[0] for address in addresses.values()]
    return {
        number: name if short.count(name) == 1 else address
        for (number, address), name in zip(addresses.items(), short, strict=True)
    }
