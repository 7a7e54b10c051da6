"""The observations file: what `vib agreement` and `vib export --format observations` share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    GetCoreSchemaHandler,
    ValidationError,
)
from pydantic_core import CoreSchema, core_schema

from vib.json_file import parse_json
from vib.language import Text
from vib.made_with import MadeWith
from vib.observation import AttributeValue, Observation, RaterSet, Timeline, shared_attributes
from vib.problem import InputProblem
from vib.spreadsheet import tidy
from vib.unreadable import cannot_be_read
from vib.validation import WrongValue, first_problem

FORMAT = "vib-observations/1"

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes; a larger file is refused before it is read."""


@lru_cache(maxsize=4096)
def _tidy(name: str) -> str:
    # A name that stands in ten thousand rows is one string in memory.
    if not (found := tidy(name)):
        raise WrongValue(nl="is alleen witruimte", en="is white space only")
    return found


def _apart(value: object) -> object:
    """Refuse a block in which two names are one when they are written alike."""
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        known: dict[str, str] = {}
        for name in value:
            if (first := known.setdefault(tidy(name), name)) is not name:
                raise WrongValue(
                    nl=f"heeft {first!a} en {name!a}, die er voor mensen hetzelfde uitzien",
                    en=f"has {first!a} and {name!a}, which look the same to people",
                )
    return value


MOST_NAMED = 5
"""Names that a notice repeats."""

Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_tidy)]
T = TypeVar("T")
ByName = Annotated[dict[Name, T], BeforeValidator(_apart)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Observation(_Shape):
    tier: Name
    code: Name
    start: FiniteFloat
    end: FiniteFloat
    attributes: ByName[Name | list[Name]] = {}


class _Row(NamedTuple):
    """An observation that has its shape; of half a million rows no models are kept."""

    tier: str
    code: str
    start: float
    end: float
    attributes: Mapping[str, AttributeValue]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic check a row as an observation, and keep what is in it."""
        return core_schema.no_info_after_validator_function(cls.of, handler(_Observation))

    @classmethod
    def of(cls, row: _Observation) -> _Row:
        """Keep what is in a row."""
        given = row.attributes.items()
        attributes = shared_attributes(tuple((name, v if isinstance(v, str) else tuple(v)) for name, v in given))
        return cls(row.tier, row.code, row.start, row.end, attributes)


class _Clip(_Shape):
    id: Name
    duration: Annotated[FiniteFloat, Field(gt=0)]
    raters: ByName[list[_Row]]
    ratings: ByName[ByName[FiniteFloat | Name | None]] = {}
    made_with: ByName[MadeWith] = {}
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
    return parse_observations(_content(path), place=str(path))


def _content(path: Path) -> object:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputProblem(str(path), nl="groter dan 512 MB", en="larger than 512 MB")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise cannot_be_read(path, error) from error
    except UnicodeDecodeError as error:
        raise InputProblem(str(path), nl="geen UTF-8-tekst", en="not UTF-8 text") from error
    return parse_json(text, path)


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
    untidy = sorted({tidy(name) for name in _written(content) if name != tidy(name)})
    del content
    clips = tuple(_rater_set(clip, place) for clip in file.clips)
    return (replace(clips[0], noticed=(_tidied(untidy),)), *clips[1:]) if untidy else clips


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
                seen.append(Observation(*row))
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


def _written(content: Any) -> set[str]:
    """Return the names of a file as they are written, once it is known to have its shape."""
    found: set[str] = set()
    for clip in content["clips"]:
        ratings = clip.get("ratings", {})
        found |= {clip["id"], *clip["raters"], *ratings, *(name for given in ratings.values() for name in given)}
        for rows in clip["raters"].values():
            found |= {name for row in rows for name in (row["tier"], row["code"])}
    return found


def _tidied(names: Sequence[str]) -> Text:
    shown = ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
    return Text(
        nl=f"zonder witruimte eromheen en met elke letter op één manier geschreven gelezen: {shown}",
        en=f"read without white space around it and with each letter written one way: {shown}",
    )


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
