"""The observations file: what `vib agreement` and `vib export --format observations` share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from vib.made_with import MadeWith
from vib.observation import AttributeValue, Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.unreadable import cannot_be_read, not_json
from vib.validation import first_problem

FORMAT = "vib-observations/1"

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes; a larger file is refused before it is read."""

Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Observation(_Shape):
    tier: Name
    code: Name
    start: FiniteFloat
    end: FiniteFloat
    attributes: dict[Name, Name | list[Name]] = {}


class _Clip(_Shape):
    id: Name
    duration: Annotated[FiniteFloat, Field(gt=0)]
    raters: dict[Name, list[_Observation]]
    ratings: dict[Name, dict[Name, FiniteFloat | Name | None]] = {}
    made_with: dict[Name, MadeWith] = {}
    calculated: list[Name] = []


class _File(_Shape):
    format: Literal["vib-observations/1"]
    clips: list[_Clip]


def read_observations(path: Path) -> tuple[RaterSet, ...]:
    """Read an observations file.

    Raises
    ------
    InputProblem
        The file is missing, too large, no JSON, or not in the format; the message names
        the clip, rater and row.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputProblem(str(path), nl="groter dan 512 MB", en="larger than 512 MB")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise cannot_be_read(path, error) from error
    except UnicodeDecodeError as error:
        raise InputProblem(str(path), nl="geen UTF-8-tekst", en="not UTF-8 text") from error
    try:
        return parse_observations(json.loads(text), place=str(path))
    except (ValueError, RecursionError) as error:
        raise not_json(path, error) from error


def parse_observations(content: object, *, place: str) -> tuple[RaterSet, ...]:
    """Turn the parsed JSON of an observations file into one `RaterSet` a clip.

    Raises
    ------
    InputProblem
        As for `read_observations`.
    """
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        raise first_problem(error, place, show=True) from error
    seen: set[str] = set()
    for clip in file.clips:
        if clip.id in seen:
            raise InputProblem(place, nl=f"clip {clip.id} staat er twee keer in", en=f"clip {clip.id} is in it twice")
        seen.add(clip.id)
    return tuple(_rater_set(clip, place) for clip in file.clips)


def observations_content(clips: Iterable[RaterSet]) -> dict[str, Any]:
    """Return the JSON content of an observations file."""
    return {
        "format": FORMAT,
        "clips": [
            {
                "id": clip.clip,
                "duration": clip.duration,
                "raters": {rater: [_as_json(o) for o in clip.timelines[rater]] for rater in clip.raters},
                "ratings": {rater: dict(given) for rater, given in sorted(clip.ratings.items())},
                **_made_with(clip),
                **({"calculated": sorted(clip.calculated)} if clip.calculated else {}),
            }
            for clip in clips
        ],
    }


def _rater_set(clip: _Clip, place: str) -> RaterSet:
    timelines: dict[str, Timeline] = {}
    for rater, rows in clip.raters.items():
        where = f"{place}: clip {clip.id}, {rater}"
        seen = []
        for number, row in enumerate(rows):
            try:
                seen.append(Observation(row.tier, row.code, row.start, row.end, _attributes(row.attributes)))
            except InputProblem as problem:
                raise problem.at(f"{where}[{number}]") from problem
        try:
            timelines[rater] = Timeline(clip.duration, seen)
        except InputProblem as problem:
            raise problem.at(where) from problem
    return RaterSet(clip.id, clip.duration, timelines, clip.ratings, clip.made_with, frozenset(clip.calculated))


def _made_with(clip: RaterSet) -> dict[str, Any]:
    found = {rater: one.content() for rater, one in sorted(clip.made_with.items())}
    return {"made_with": found} if found else {}


def _attributes(row: Mapping[str, str | list[str]]) -> dict[str, AttributeValue]:
    return {name: value if isinstance(value, str) else tuple(value) for name, value in row.items()}


def _as_json(observation: Observation) -> dict[str, Any]:
    row: dict[str, Any] = {
        "tier": observation.tier,
        "code": observation.code,
        "start": observation.start,
        "end": observation.end,
    }
    if observation.attributes:
        row["attributes"] = {
            name: value if isinstance(value, str) else list(value)
            for name, value in sorted(observation.attributes.items())
        }
    return row
