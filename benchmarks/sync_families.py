"""How long a sync of many families takes, the first time and again, and that each has one project."""

from __future__ import annotations

import pstats
import time
from collections import Counter
from pathlib import Path
from typing import Any

from reporting import Row, Spread
from workplace import METHOD, Bench, family_folder

from scripts.registering import Projects
from scripts.server import tasks_of

AGAIN = 15.0
"""Seconds that a sync may take that has nothing to do, of as many families as the goal is for."""

GOAL_FAMILIES = 250
PER_PRACTICE = 5
FAMILIES_PER_PRACTICE = 25

PRACTICE = """practice: {name}
title: {{nl: {name}, en: {name}}}
method: {method}
language: nl
raters: 2
clips: [{clips}]
"""

REQUESTS = ("_client.py", "send")
"""What each request goes through, and by which requests are counted."""


def families(bench: Bench, count: int) -> list[Row]:
    """Sync families of one clip and practice sets three times, and check that nothing is there twice.

    Raises
    ------
    RuntimeError
        Something is there twice, is not there, or was new when nothing was.
    """
    folder = _folder(bench, count)
    expected = count + len(list(folder.glob("*.practice.yaml")))
    took, profile = [], bench.folder / "profile-families"
    numbers: list[dict[str, int]] = []
    for run in range(3):
        began = time.perf_counter()
        said = bench.sync(folder, profile=profile if run == 2 else None)
        took.append(time.perf_counter() - began)
        added = sum(len(project["added"]) for project in said["projects"])
        if len(said["projects"]) != expected or bool(added) != (run == 0):
            raise RuntimeError(f"sync {run + 1}: {len(said['projects'])} projects of {expected}, {added} new clips")
        numbers.append({project["title"]: project["number"] for project in said["projects"]})
    _check(bench, numbers, expected)
    name = f"{count} families and {expected - count} practice sets"
    first = Row("families", f"{name}, first sync", {"vib sync": Spread.of(took[:1])})
    figures = {"requests": float(_requests(profile))}
    again, most = Spread.of(took[1:]), max(took[1:])
    if count > GOAL_FAMILIES:
        return [first, Row("families", f"{name}, again", {"vib sync": again}, figures=figures)]
    goal = Row("families", f"{name}, again", {"vib sync": again}, None, f"< {AGAIN:g} s", most < AGAIN, figures)
    return [first, goal]


def _folder(bench: Bench, count: int) -> Path:
    parent = bench.folder / "many"
    for number in range(count):
        family_folder(parent, f"M-{number:04d}", bench.base, [number])
    for first in range(0, count, FAMILIES_PER_PRACTICE):
        clips = [f"M-{n:04d}/clip-{n:05d}" for n in range(first, min(first + PER_PRACTICE, count))]
        name = f"set-{first:04d}"
        text = PRACTICE.format(name=name, method=METHOD, clips=", ".join(clips))
        (parent / f"{name}.practice.yaml").write_text(text, encoding="utf-8")
    return parent


def _check(bench: Bench, numbers: list[dict[str, int]], expected: int) -> None:
    """See to it that each family and practice set has one project, the same each time, and each clip one task."""
    projects = Projects(bench.client, bench.library)
    known = bench.library.projects()
    if projects.doubles() or len(known) < expected or numbers.count(numbers[0]) != len(numbers):
        raise RuntimeError(f"{len(projects.doubles())} families have more than one project, or another each time")
    for number in list(numbers[0].values())[:: max(1, expected // 20)]:
        tasks: list[dict[str, Any]] = tasks_of(bench.client, number)
        if not tasks or max(Counter(task["data"]["clip"] for task in tasks).values()) != 1:
            raise RuntimeError(f"project {number} has a clip twice, or none")


def _requests(profile: Path) -> int:
    rows: dict[tuple[str, int, str], Any] = pstats.Stats(str(profile)).stats  # type: ignore[attr-defined]
    return sum(calls for (file, _, function), (calls, *_) in rows.items() if (Path(file).name, function) == REQUESTS)
