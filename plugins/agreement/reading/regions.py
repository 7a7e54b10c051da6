"""Results of Label Studio, of any interface, as those that `vib.interface` reads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from vib.interface import Region, point_of
from vib.observation import RatingValue
from vib.problem import InputProblem

from . import texts
from .controls import Control, Interface

TOGETHER = " + "
"""Stands between the choices that make one category together."""

Stretch = tuple[float, float]


class Said(NamedTuple):
    """What an annotation says.

    Parameters
    ----------
    regions : list[Region]
        For `vib.interface.timeline_of`.
    ratings : dict[str, RatingValue]
        Of the whole clip.
    unlabelled : list[tuple[float, float]]
        From when to when regions last that have no label: they say nothing, and are not counted.
    """

    regions: list[Region]
    ratings: dict[str, RatingValue]
    unlabelled: list[Stretch]


def said_of(results: Sequence[object], interface: Interface, data: Mapping[str, Any], fps: float | None) -> Said:
    """Split the results of an annotation in regions and ratings.

    Frames become seconds. What is said of a region that has no label is a tier of its own.

    Parameters
    ----------
    data : Mapping[str, Any]
        Of the task: it may hold ``fps``.
    fps : float or None
        See `plugins.agreement.reading.label_studio.read_label_studio`.

    Raises
    ------
    InputProblem
        A result is of a control that the interface lacks, or not complete.
    """
    regions: list[Region] = []
    ratings: dict[str, RatingValue] = {}
    unlabelled: list[Stretch] = []
    answers: list[tuple[str, Region, Control]] = []
    for place, result in enumerate(results):
        name = _result_name(result, place)
        if isinstance(result, dict) and result.get("type") == "relation":
            continue
        try:
            found, control = _checked(result, interface)
            value = found["value"]
            # Label Studio writes a box on a video as a timeline label too (its issue 9744).
            if control.kind == "other" or (control.kind == "timelinelabels" and _is_box(value)):
                continue
            if control.kind in ("labels", "timelinelabels"):
                stretches = _stretches(value, frame_rate(value, control, data, fps))
                if value.get(control.kind) == []:
                    unlabelled += stretches
                else:
                    regions += _labelled(found, control, stretches)
            elif "start" in value or "ranges" in value:
                answers.append((name, found, control))
            else:
                ratings[found["from_name"]] = _rating(found, control)
        except InputProblem as problem:
            raise problem.at(name) from problem
    labelled = {region["id"] for region in regions}
    for name, found, control in answers:
        try:
            if found["id"] in labelled:
                regions.append(_attribute(found, control))
            else:
                rate = frame_rate(found["value"], control, data, fps)
                regions += _labelled(found, control, _stretches(found["value"], rate))
        except InputProblem as problem:
            raise problem.at(name) from problem
    return Said(regions, ratings, unlabelled)


def frame_rate(value: Mapping[str, Any], control: Control, data: Mapping[str, Any], fps: float | None) -> float:
    """Return how many frames a second a region was coded with; 1 for a region in seconds.

    Raises
    ------
    InputProblem
        Nothing says it, or the task and the interface contradict each other.
    """
    if "ranges" not in value:
        return 1.0
    written = control.frame_rate
    declared = _rate(data.get(written[1:]) if written and written.startswith("$") else written, "frameRate")
    stated = _rate(data.get("fps"), "data.fps")
    if stated is not None and declared is not None and stated != declared:
        if fps is None:
            raise texts.problem("", texts.RATES_DIFFER, task=stated, interface=declared)
        return fps
    rate = stated or fps or declared
    if rate is None:
        raise texts.problem("", texts.FRAMES_NEED_RATE)
    return rate


def number_of(found: object) -> float | None:
    """Return a finite number, also when it is written as text, as tasks from a CSV have it.

    Examples
    --------
    >>> number_of(25), number_of("12.5"), number_of(True), number_of("nan")
    (25.0, 12.5, None, None)
    """
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _rate(found: object, field: str) -> float | None:
    if found in (None, ""):
        return None
    rate = number_of(found)
    if rate is None or rate <= 0:
        raise texts.problem(field, texts.NO_FRAME_RATE, found=texts.quoted(found))
    return rate


def _result_name(result: object, place: int) -> str:
    number = result.get("id") if isinstance(result, dict) else None
    return f"result {number[: texts.LONGEST_QUOTE]}" if isinstance(number, str) else f"result [{place}]"


def _checked(result: object, interface: Interface) -> tuple[Region, Control]:
    if not isinstance(result, dict):
        raise texts.problem("", texts.BROKEN_RESULT, field=texts.quoted(result))
    name = result.get("from_name")
    control = interface.controls.get(name) if isinstance(name, str) else None
    if control is None:
        known = ", ".join(sorted(interface.controls))
        raise texts.problem("", texts.UNKNOWN_CONTROL, found=texts.quoted(name), known=known)
    if not isinstance(result.get("value"), dict):
        raise texts.problem("", texts.BROKEN_RESULT, field="value")
    return {**result, "id": str(result.get("id"))}, control


def _is_box(value: Mapping[str, Any]) -> bool:
    return "sequence" in value and "ranges" not in value


def _codes(found: Region, control: Control) -> list[str]:
    """Return what a result says, as ids of codes."""
    given = found["value"].get(control.kind)
    if control.kind in ("rating", "number"):
        number = number_of(given)
        codes: list[object] = [f"{number:g}"] if number is not None else [None]
    elif control.kind == "taxonomy" and isinstance(given, list):
        codes = [path[-1] if isinstance(path, list) and path else None for path in given]
    else:
        codes = given if isinstance(given, list) else [None]
    texts_only = [code for code in codes if isinstance(code, str) and code]
    if len(texts_only) < len(codes):
        raise texts.problem("", texts.BROKEN_RESULT, field=control.kind)
    return texts_only


def _stretches(value: Mapping[str, Any], rate: float) -> list[Stretch]:
    """Return from when to when a region lasts, in seconds."""
    if "ranges" not in value:
        start, end = number_of(value.get("start")), number_of(value.get("end"))
        if start is None or end is None:
            raise texts.problem("", texts.BROKEN_RESULT, field="start" if start is None else "end")
        return [(start, end)]
    ranges = value["ranges"]
    if not isinstance(ranges, list) or not ranges:
        raise texts.problem("", texts.BROKEN_RESULT, field="ranges")
    return [_seconds(found, rate) for found in ranges]


def _seconds(found: object, rate: float) -> Stretch:
    first, last = (number_of(found.get(end)) if isinstance(found, dict) else None for end in ("start", "end"))
    if first is None or last is None or not 1 <= first <= last:
        raise texts.problem("", texts.BROKEN_RESULT, field=f"ranges {texts.quoted(found)}")
    start = (first - 1) / rate
    return (start, start) if first == last else (start, last / rate)


def _labelled(found: Region, control: Control, stretches: Sequence[Stretch]) -> list[Region]:
    codes = _codes(found, control)
    common = {"id": found["id"], "from_name": found["from_name"], "type": "labels"}
    return [{**common, "value": {"start": start, "end": end, "labels": codes}} for start, end in stretches]


def _attribute(found: Region, control: Control) -> Region:
    kind = "taxonomy" if control.kind == "taxonomy" else "choices"
    codes = _codes(found, control)
    given = [[code] for code in codes] if kind == "taxonomy" else codes
    return {"id": found["id"], "from_name": found["from_name"], "type": kind, "value": {kind: given}}


def _rating(found: Region, control: Control) -> RatingValue:
    # Points of a scale that are chosen by their words; before, they were stars or a number.
    stored = found.get("type")
    kind = stored if control.scale and stored in ("rating", "number") else control.kind
    if kind == "choices" and control.scale:
        return point_of(found["value"].get(kind))
    if kind not in ("rating", "number"):
        return TOGETHER.join(sorted(_codes(found, control))) or None
    number = number_of(found["value"].get(kind))
    if number is None:
        raise texts.problem("", texts.BROKEN_RESULT, field=kind)
    return number
