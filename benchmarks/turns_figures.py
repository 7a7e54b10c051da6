"""What the counts of files come to: figures, calibration, and intervals over files that are drawn again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar, final

import numpy as np
from turns_scoring import (
    ROLES,
    Errors,
    Matches,
    Numbers,
    Turns,
    boundary_matches,
    detection_errors,
    of_actor,
    ratio,
    right_turns,
    role_errors,
    role_frames,
)

from vib.segmenting import Actor

COLLAR = 0.25
BAD_DER = 0.25
"""A file with more error than this, collar taken off, counts as failed."""

BINS = 10
SURE = 0.7
DRAWS = 2_000
FEW_FILES = 10
"""With fewer files than this an interval is rough."""

Counts = TypeVar("Counts", Errors, Matches)


@final
@dataclass(frozen=True, slots=True, eq=False)
class FileScore:
    """What is counted in one file.

    Parameters
    ----------
    duration, work, processor : float
        Length of the file, time it took by the clock, and time of processors.
    speech : Errors
        When somebody speaks, over frames.
    role, role_collar : Errors or None
        Who speaks, without and with a collar; None for a file whose truth has no roles, as
        are the others below.
    role_frames : Matches or None
        Frames in which one actor is due and one is given; `given` are those with a role.
    boundaries, turns : Matches or None
        Starts and ends; whole turns.
    by_role : dict of Matches
        Whole turns of each role.
    confidence, right : ndarray, shape (turns given,)
        How sure each turn was, and whether it is right.
    """

    duration: float
    work: float
    processor: float
    speech: Errors
    role: Errors | None
    role_collar: Errors | None
    role_frames: Matches | None
    boundaries: Matches | None
    turns: Matches | None
    by_role: dict[Actor, Matches]
    confidence: Numbers
    right: Numbers


def score(
    rows: Turns,
    due: Turns,
    found: Turns,
    duration: float,
    *,
    has_roles: bool = True,
    work: float = 0.0,
    processor: float = 0.0,
) -> FileScore:
    """Score one file.

    Parameters
    ----------
    rows : sequence of Turn
        Who speaks when, which speech and roles are compared with.
    due : sequence of Turn
        The turns of the truth, by `truth_turns`.
    found : sequence of Turn
        What the segmenter gave.
    duration, work, processor : float
        Seconds: of the file, and that it took.
    has_roles : bool
        Whether the truth says who is a child; without, only speech is scored.
    """
    speech = detection_errors(rows, found, duration)
    if not has_roles:
        none = np.empty(0)
        return FileScore(duration, work, processor, speech, None, None, None, None, None, {}, none, none)
    right = right_turns(due, found)
    by_role: dict[Actor, Matches] = {}
    for actor in ROLES:
        mine = [ok for turn, ok in zip(found, right, strict=True) if turn.actor == actor]
        by_role[actor] = Matches(len(of_actor(due, actor)), len(mine), sum(map(bool, mine)))
    return FileScore(
        duration=duration,
        work=work,
        processor=processor,
        speech=speech,
        role=role_errors(rows, found, duration),
        role_collar=role_errors(rows, found, duration, COLLAR),
        role_frames=role_frames(rows, found, duration),
        boundaries=boundary_matches(due, found),
        turns=Matches(len(due), len(found), int(right.sum())),
        by_role=by_role,
        confidence=np.array([turn.confidence for turn in found], dtype=float),
        right=right.astype(float),
    )


def figures(scores: Sequence[FileScore]) -> dict[str, float]:
    """Return every figure over some files by name; one that these files cannot have is not a number."""
    seconds = sum(each.duration for each in scores)
    speech = summed(Errors, (each.speech for each in scores))
    heard = speech.due - speech.missed
    role = summed(Errors, (each.role for each in scores))
    role_collar = summed(Errors, (each.role_collar for each in scores))
    frames = summed(Matches, (each.role_frames for each in scores))
    boundaries = summed(Matches, (each.boundaries for each in scores))
    turns = summed(Matches, (each.turns for each in scores))
    child, adult = (summed(Matches, (each.by_role.get(actor) for each in scores)) for actor in ROLES)
    confidence = np.concatenate([np.empty(0), *(each.confidence for each in scores)])
    right = np.concatenate([np.empty(0), *(each.right for each in scores)])
    # A file in which nothing is due has no rate, and cannot have failed by it.
    rates = [each.role_collar.rate for each in scores if each.role_collar and each.role_collar.due]
    return {
        "vad_miss": ratio(speech.missed, speech.due),
        "vad_false_alarm": ratio(speech.false_alarm, speech.due),
        "vad_f1": ratio(2 * heard, speech.due + heard + speech.false_alarm),
        "role_der": role.rate,
        "role_der_collar": role_collar.rate,
        "role_confusion": ratio(role.confused, role.due),
        "files_failed": ratio(sum(rate > BAD_DER for rate in rates), len(rates)),
        "boundary_f1": boundaries.f1,
        "turn_f1": turns.f1,
        "turn_recall": ratio(turns.right, turns.due),
        "turn_precision": ratio(turns.right, turns.given),
        "child_turn_recall": ratio(child.right, child.due),
        "adult_turn_recall": ratio(adult.right, adult.due),
        "role_frames": ratio(frames.right, frames.given),
        "role_frames_unknown": ratio(frames.due - frames.given, frames.due),
        "calibration_error": calibration_error(confidence, right),
        "sure_accuracy": sure_accuracy(confidence, right),
        "real_time_factor": ratio(sum(each.work for each in scores), seconds),
        "processor_factor": ratio(sum(each.processor for each in scores), seconds),
    }


def intervals(scores: Sequence[FileScore], draws: int = DRAWS, seed: int = 0) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of every figure over files that are drawn again, with replacement.

    One file has no interval.
    """
    if len(scores) < 2:
        return {}
    chance = np.random.default_rng(seed)
    drawn = [figures([scores[i] for i in chance.integers(len(scores), size=len(scores))]) for _ in range(draws)]
    found = {}
    for name in drawn[0]:
        values = np.array([each[name] for each in drawn])
        values = values[~np.isnan(values)]
        if len(values):
            low, high = np.percentile(values, [2.5, 97.5])
            found[name] = float(low), float(high)
    return found


def calibration_bins(confidence: Numbers, right: Numbers, bins: int = BINS) -> list[tuple[int, float, float]]:
    """Return turns, mean confidence and share right in bins of equally many turns, from unsure to sure.

    Turns with the same confidence are in the same bin, so that their order does not matter;
    there may then be fewer bins.
    """
    if not len(confidence):
        return []
    place = np.searchsorted(np.sort(confidence), confidence) * bins // len(confidence)
    return [
        (int((place == at).sum()), float(confidence[place == at].mean()), float(right[place == at].mean()))
        for at in np.unique(place)
    ]


def calibration_error(confidence: Numbers, right: Numbers) -> float:
    """Return the expected calibration error: how far confidence is from the share right, by bin."""
    off = sum(turns * abs(sure - share) for turns, sure, share in calibration_bins(confidence, right))
    return ratio(off, len(confidence))


def sure_accuracy(confidence: Numbers, right: Numbers, part: float = SURE) -> float:
    """Return the share right among the most confident part of the turns.

    Turns that are as sure as the last one taken count by their mean, as any of them might
    have been it.
    """
    if not len(confidence):
        return math.nan
    taken = math.ceil(round(part * len(confidence), 6))
    cut = np.sort(confidence)[-taken]
    surer, tied = right[confidence > cut], right[confidence == cut]
    return float(surer.sum() + (taken - len(surer)) * tied.mean()) / taken


def summed(kind: type[Counts], parts: Iterable[Counts | None]) -> Counts:
    """Add up errors or matches; None counts for nothing."""
    kept = [part for part in parts if part is not None]
    return kind(*(sum(getattr(part, field.name) for part in kept) for field in fields(kind)))
