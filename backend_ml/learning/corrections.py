"""What people made of the turns: from Label Studio's annotations and from files, to the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, final

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from backend_ml.cache import KnownContents, fingerprint_of_address, fingerprint_of_file, sha256_of
from backend_ml.config import Config
from backend_ml.learning.learner import train_aside
from backend_ml.learning.settings import LearningSettings
from backend_ml.learning.store import Correction, CorrectionStore, HumanTurn
from backend_ml.protocol import TaskData
from backend_ml.refused import Refused
from backend_ml.sources import LocalFile, source_of
from vib.interface import timeline_of
from vib.observation import RaterSet, Timeline
from vib.segmenting import Actor
from vib.validation import first_problem

ACTORS: Mapping[str, Actor] = {"kind": "kind", "volwassene": "volwassene", "onbekend": "onbekend"}
"""Codes that say who acts, in whatever tier they are."""

SUBMITTED = ("ANNOTATION_CREATED", "ANNOTATION_UPDATED")
DELETED = ("ANNOTATION_DELETED", "ANNOTATIONS_DELETED")

MOST_REGIONS = 20_000
"""Most results in one annotation."""

Identifier = Annotated[int | str, Field(union_mode="left_to_right")]


class _Annotation(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: Identifier
    result: list[dict[str, Any]] = Field(default=[], max_length=MOST_REGIONS)
    was_cancelled: bool = False
    family: str | None = Field(default=None, max_length=200)


class _Data(TaskData):
    duration: FiniteFloat | None = Field(default=None, gt=0)


class _Task(BaseModel):
    model_config = ConfigDict(frozen=True)

    data: _Data


class _Event(BaseModel):
    """What is read of a webhook. Who coded is not."""

    model_config = ConfigDict(frozen=True)

    action: str = Field(max_length=100)
    at: FiniteFloat | None = None
    annotation: _Annotation
    task: _Task | None = None


@final
@dataclass(frozen=True, slots=True)
class Taken:
    """What was done with an event, and with how many turns."""

    state: Literal["kept", "removed", "ignored"]
    turns: int = 0


def take(payload: object, config: Config, settings: LearningSettings | None = None) -> Taken:
    """Keep, replace or remove the corrected turns that an event of Label Studio tells of.

    When enough was corrected, the backend learns from it, in a thread.

    Parameters
    ----------
    payload : object
        Parsed JSON: ``{action, at, task: {data}, annotation: {id, result, family}}``; more is ignored. What
        is older, by ``at``, than what is known of the annotation is ignored too.
    config : Config
        Where media may come from.
    settings : LearningSettings or None
        Where to keep it; None reads the environment.

    Raises
    ------
    Refused
        The event is not of this shape, or names no media that may be read; with status 503 when
        the clip cannot be told by its content yet.
    InputProblem
        A result is not valid.
    """
    try:
        event = _Event.model_validate(payload)
    except ValidationError as error:
        problem = first_problem(error, "")
        raise Refused(400, problem.place, nl=problem.reason.nl, en=problem.reason.en) from error
    settings = settings or LearningSettings()
    store = CorrectionStore(settings.learning)
    source = f"annotation:{event.annotation.id}"
    if event.action in DELETED or event.annotation.was_cancelled:
        return Taken("removed" if store.remove(source, event.at) else "ignored")
    if event.action not in SUBMITTED:
        return Taken("ignored")
    address = None if event.task is None else event.task.data.media(sight=config.sight)
    if event.task is None or address is None:
        raise Refused(400, "task", nl="de taak noemt geen media", en="the task names no media")
    data = event.task.data
    turns = turns_in(timeline_of(event.annotation.result, data.duration or _last(event.annotation.result)))
    if not turns:
        store.remove(source, event.at)
        return Taken("ignored")
    clip = _content(address, config)
    family = family_of(store, event.annotation.family or data.family, clip)
    if not store.put(Correction(source, clip, family, turns), event.at):
        return Taken("ignored")
    train_aside(settings)
    return Taken("kept", len(turns))


def take_observations(sets: Iterable[RaterSet], media: Path, store: CorrectionStore) -> tuple[int, list[str]]:
    """Keep the turns of observations files; return how many turns, and the clips whose media are not there.

    Parameters
    ----------
    media : Path
        Folder in which the sound of clip ``F-0001/meal`` is ``F-0001/meal.m4a``, or ``.mp4``, ``.flac`` or
        ``.wav``. What comes before the first ``/`` is the family.
    """
    turns, missing = 0, []
    for clips in sets:
        file = _media_of(clips.clip, media)
        if file is None:
            missing.append(clips.clip)
            continue
        key = sha256_of(file)
        family, slash, _ = clips.clip.partition("/")
        for rater in clips.raters:
            human = turns_in(clips.timelines[rater])
            source = f"file:{store.pseudonym('source', clips.clip, rater)}"
            store.put(Correction(source, key, family_of(store, family if slash else None, key), human))
            turns += len(human)
    return turns, missing


def family_of(store: CorrectionStore, family: str | None, clip: str) -> str:
    """Return the pseudonym of a family; a clip of nobody in particular is a family of its own."""
    return store.pseudonym("family", family) if family else store.pseudonym("clip", clip)


def turns_in(timeline: Timeline) -> tuple[HumanTurn, ...]:
    """Return what a person said about who acts; instants say nothing of a voice."""
    return tuple(
        HumanTurn(seen.start, seen.end, ACTORS[seen.code])
        for seen in timeline
        if seen.code in ACTORS and seen.duration > 0
    )


def _content(address: str, config: Config) -> str:
    """Return which clip it is, without keeping whoever saves waiting for a file to be fetched."""
    source, known = source_of(address, config.media_root, config.label_studio_url), KnownContents(config.cache)
    if isinstance(source, LocalFile):
        try:
            return known.get(fingerprint_of_file(source.path)) or sha256_of(source.path)
        except OSError as error:
            raise Refused(503, "", nl="dit bestand is niet te lezen", en="this file cannot be read") from error
    content = known.get(fingerprint_of_address(source.url))
    if content is None:
        raise Refused(
            503,
            "",
            nl="deze clip is nog niet in beurten geknipt; probeer het straks opnieuw",
            en="this clip has not been cut into turns yet; try again later",
        )
    return content


def _last(regions: list[dict[str, Any]]) -> float:
    """Return the length that results name themselves; Label Studio writes it with each."""
    lengths = [region.get("original_length") for region in regions]
    return max((float(length) for length in lengths if isinstance(length, int | float) and length > 0), default=1.0)


def _media_of(clip: str, media: Path) -> Path | None:
    root = media.resolve()
    for ending in (".m4a", ".mp4", ".flac", ".wav"):
        file = (root / f"{clip}{ending}").resolve()
        if file.is_relative_to(root) and file.is_file():
            return file
    return None
