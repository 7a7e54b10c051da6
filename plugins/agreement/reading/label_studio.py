"""A JSON export of Label Studio, read by the interface with which it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, final

from vib.interface import END_MARGIN, timeline_of
from vib.made_with import MadeWith, read_made_with
from vib.methods import method_names, read_method
from vib.observation import RaterSet, RatingValue, Timeline
from vib.problem import InputProblem

from . import texts
from .controls import Interface
from .long_csv import UNKNOWN_DURATION
from .opening import read_json
from .regions import number_of, said_of

Task = Mapping[str, Any]


@final
@dataclass(frozen=True, slots=True)
class _Annotation:
    """What one user submitted for a task."""

    number: object
    user: int | str
    made: datetime
    results: list[Any]
    made_with: MadeWith | None


def read_label_studio(path: Path, interface: Interface | None = None, fps: float | None = None) -> tuple[RaterSet, ...]:
    """Read a JSON export of Label Studio (a list of tasks with annotations), one `RaterSet` a task.

    ``Labels`` on ``Audio`` (seconds) and ``TimelineLabels`` on ``Video`` (frames) are tiers.
    ``Choices``, ``Taxonomy``, ``Rating`` and ``Number`` of one of their regions are attributes
    of it; of the whole task they are ratings, nominal ones for the first two. Several choices
    of a whole task are one category together. Other controls (notes, boxes) say nothing in
    time and are left out, and so are predictions, drafts, and annotations that were cancelled
    (skipped). A region without a label is left out too, and noticed. Of several annotations by
    one user on a task the one that was made last counts, as it does for
    ``vib agreement --project``.

    Frames count from 1 and both ends of a range belong to it: frames 1 to 25 at 25 frames a
    second are 0 to 1 s. A range of one frame, which one click makes, is an instant at the
    start of that frame.

    .. math:: start = (first - 1) / fps, \\qquad end = last / fps

    What our own server exports says of each annotation with which codebook it was made (``made_with``).

    Raters are called by the part of their e-mail address before the @ where that is unique,
    else by the whole address, or ``user-7`` where only a number is known. A clip is called by
    ``data.clip``, or else by the number of its task.

    Parameters
    ----------
    interface : Interface or None
        None for the method that the file states, or one that has every control in the file.
    fps : float or None
        Frames a second, for tasks whose ``data.fps`` does not say it. It also decides where
        the task and ``frameRate`` of the interface contradict each other. Without both, the
        interface's ``frameRate`` counts.

    Raises
    ------
    InputProblem
        The file is no such export; a result is of a control that the interface lacks or is
        not complete; a clip has no duration (in ``data.duration`` or ``original_length`` of
        its results) although its interface has a timeline. Names file and task, and the
        rater and result where there is one.
    """
    tasks = read_json(path)
    if not tasks or not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise texts.problem(str(path), texts.NO_TASKS)
    submitted = []
    for place, task in enumerate(tasks):
        try:
            submitted.append((task, _latest(task)))
        except InputProblem as problem:
            raise _at_task(path, task, place, problem) from problem
    if interface is None:
        interface = _method_of(path, [annotation for _, made in submitted for annotation in made])
    names = _names(tasks, submitted)
    clips: dict[str, tuple[str, RaterSet]] = {}
    unlabelled: list[str] = []
    for place, (task, made) in enumerate(submitted):
        try:
            clip, empty = _rater_set(task, made, interface, fps, names)
            if clip.clip in clips:
                other = clips[clip.clip][0]
                raise texts.problem("", texts.CLIP_TWICE, clip=texts.quoted(clip.clip), other=other)
        except InputProblem as problem:
            raise _at_task(path, task, place, problem) from problem
        clips[clip.clip] = (_task_name(task, place), clip)
        unlabelled += empty
    found = tuple(clip for _, clip in clips.values())
    if not unlabelled:
        return found
    noticed = texts.UNLABELLED.filled(places=texts.some(unlabelled))
    return (replace(found[0], noticed=(noticed,)), *found[1:])


def _task_name(task: Task, place: int) -> str:
    number = task.get("id")
    return f"task {number}" if isinstance(number, int) else f"task [{place}]"


def _at_task(path: Path, task: Task, place: int, problem: InputProblem) -> InputProblem:
    reason = texts.one_line(problem)
    return InputProblem(f"{path}: {_task_name(task, place)}", nl=reason.nl, en=reason.en)


def _latest(task: Task) -> list[_Annotation]:
    """Return the annotation of each user that counts."""
    found = task.get("annotations")
    if not isinstance(found, list):
        raise texts.problem("", texts.NO_ANNOTATIONS)
    if not isinstance(task.get("data"), dict):
        raise texts.problem("", texts.BROKEN_RESULT, field="data")
    latest: dict[int | str, _Annotation] = {}
    for place, raw in enumerate(found):
        if isinstance(raw, dict) and raw.get("was_cancelled"):
            continue
        annotation = _annotation(raw, place)
        known = latest.get(annotation.user)
        if known is None or _order(annotation) >= _order(known):
            latest[annotation.user] = annotation
    return list(latest.values())


def _annotation(raw: object, place: int) -> _Annotation:
    if not isinstance(raw, dict):
        raise texts.problem("", texts.BROKEN_ANNOTATION, number=f"[{place}]", field=texts.quoted(raw))
    number = raw.get("id", f"[{place}]")
    user = _user(raw.get("completed_by"))
    if user is None:
        raise texts.problem("", texts.BROKEN_ANNOTATION, number=texts.quoted(number), field="completed_by")
    if not isinstance(raw.get("result"), list):
        raise texts.problem("", texts.BROKEN_ANNOTATION, number=texts.quoted(number), field="result")
    try:
        made = datetime.fromisoformat(raw.get("created_at") or "0001-01-01")
    except (TypeError, ValueError) as error:
        raise texts.problem("", texts.BROKEN_ANNOTATION, number=texts.quoted(number), field="created_at") from error
    made_with = read_made_with(raw.get("made_with"), f"annotation {number}: made_with")
    return _Annotation(number, user, made if made.tzinfo else made.replace(tzinfo=UTC), raw["result"], made_with)


def _order(annotation: _Annotation) -> tuple[datetime, int]:
    return annotation.made, annotation.number if isinstance(annotation.number, int) else 0


def _user(completed_by: object) -> int | str | None:
    """Return the number of a user, or the address where there is no number."""
    if isinstance(completed_by, dict):
        return next((known for key in ("id", "email") if (known := _user(completed_by.get(key))) is not None), None)
    if isinstance(completed_by, bool) or not isinstance(completed_by, int | str) or completed_by == "":
        return None
    return completed_by


def _names(tasks: Iterable[Task], submitted: Iterable[tuple[Task, list[_Annotation]]]) -> dict[int | str, str]:
    """Return a short, unique name for every user."""
    users = {annotation.user for _, annotations in submitted for annotation in annotations}
    addresses: dict[int | str, str] = {user: user for user in users if isinstance(user, str)}
    for task in tasks:
        for raw in task["annotations"]:
            by = raw.get("completed_by")
            user = _user(by)
            if user is not None and isinstance(by, dict) and isinstance(by.get("email"), str) and by["email"]:
                addresses.setdefault(user, by["email"])
    full = {user: addresses.get(user, f"user-{user}") for user in users}
    doubled = Counter(full.values())
    full = {user: name if doubled[name] == 1 else f"{name} ({user})" for user, name in full.items()}
    short = {user: name.partition("@")[0] or name for user, name in full.items()}
    taken = Counter(short.values())
    return {user: name if taken[name] == 1 else full[user] for user, name in short.items()}


def _method_of(path: Path, annotations: Sequence[_Annotation]) -> Interface:
    """Return the interface of the method that is stated, or else of one that has every control that was used.

    Methods share questions: which of them it was does not matter where they ask the used ones alike.
    """
    stated = {annotation.made_with.method for annotation in annotations if annotation.made_with is not None}
    if len(stated) == 1 and stated <= set(method_names()):
        return Interface.of_method(read_method(min(stated)))
    used = {
        result["from_name"]
        for annotation in annotations
        for result in annotation.results
        if isinstance(result, dict) and isinstance(result.get("from_name"), str)
    }
    known = [Interface.of_method(read_method(name)) for name in method_names()]
    fitting = [interface for interface in known if used and used <= set(interface.controls)]
    if len({tuple(interface.controls[name] for name in sorted(used)) for interface in fitting}) != 1:
        raise texts.problem(str(path), texts.WHICH_INTERFACE, known=", ".join(method_names()))
    return fitting[0]


def _rater_set(
    task: Task,
    annotations: list[_Annotation],
    interface: Interface,
    fps: float | None,
    names: Mapping[int | str, str],
) -> tuple[RaterSet, list[str]]:
    """Return what raters of a task said, and where there are regions without a label."""
    data = task["data"]
    clip = data.get("clip") or task.get("id")
    if not isinstance(clip, str | int):
        raise texts.problem("", texts.NO_CLIP)
    duration = _duration(data, annotations, needed=interface.has_timeline)
    timelines: dict[str, Timeline] = {}
    ratings: dict[str, dict[str, RatingValue]] = {}
    unlabelled: list[str] = []
    for annotation in annotations:
        rater = names[annotation.user]
        try:
            said = said_of(annotation.results, interface, data, fps)
            if interface.has_timeline:
                timelines[rater] = timeline_of(said.regions, duration)
        except InputProblem as problem:
            raise problem.at(rater) from problem
        if said.ratings:
            ratings[rater] = said.ratings
        unlabelled += [f"{clip}, {rater}, {start:g} s" for start, _ in said.unlabelled]
    made_with = {names[one.user]: one.made_with for one in annotations if one.made_with is not None}
    return RaterSet(str(clip), duration, timelines, ratings, made_with), unlabelled


def _duration(data: Mapping[str, Any], annotations: list[_Annotation], *, needed: bool) -> float:
    stated = data.get("duration")
    if stated not in (None, ""):
        duration = number_of(stated)
        if duration is None or duration <= 0:
            raise texts.problem("data.duration", texts.BAD_DURATION, found=texts.quoted(stated))
        return duration
    lengths = [length for length in _lengths(annotations) if length is not None and length > 0]
    if lengths:
        if max(lengths) - min(lengths) > END_MARGIN:
            raise texts.problem("", texts.DURATIONS_DIFFER, low=min(lengths), high=max(lengths))
        return max(lengths)
    if needed:
        raise texts.problem("", texts.NO_TASK_DURATION)
    return UNKNOWN_DURATION


def _lengths(annotations: list[_Annotation]) -> Iterator[float | None]:
    for annotation in annotations:
        for result in annotation.results:
            if isinstance(result, dict):
                yield number_of(result.get("original_length"))
