"""From corrected turns to a head: learnt, compared on speakers it did not hear, and used only when better."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from backend_ml.learning.examples import EvidenceOf, Examples, Gathered, Hears, gather
from backend_ml.learning.fitting import fit
from backend_ml.learning.store import Correction
from backend_ml.learning.texts import (
    LEAST_TURNS,
    NOT_BETTER,
    NOTHING_HELPS,
    ONE_ACTOR,
    ONE_CLIP,
    SAME,
    TOO_FEW,
    WORSE_FOR_SOME,
    WORSE_ON_GUARD,
)
from backend_ml.learning.validating import ROUNDING, STRENGTHS, Comparison, compared, left_out_logits, search
from backend_ml.learning.versions import SHIPPED_HEAD, Figures, HeadStore, HeadVersion, name_of
from backend_ml.turns.head import RoleHead
from vib.language import Text


@final
@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a refit.

    Parameters
    ----------
    turns, families, speakers : int
        What it learnt from.
    unheard : int
        Corrected clips with nothing to learn from.
    figures : Figures or None
        None when it did not come to a comparison.
    accepted : HeadVersion or None
        The version that is in use from now on.
    because : Text or None
        Why none was accepted.
    """

    turns: int
    families: int
    speakers: int
    unheard: int
    figures: Figures | None = None
    accepted: HeadVersion | None = None
    because: Text | None = None


def refit(
    corrections: Sequence[Correction],
    evidence_of: EvidenceOf,
    shipped: Hears,
    heads: HeadStore,
    guard: Examples,
    *,
    family: str | None = None,
) -> Outcome:
    """Learn a head from corrections and put it in use if it is better for people it did not hear.

    The rule, over speakers that were left out (whole families; with one family, whole clips) and against
    the head in use: no speaker has fewer turns right, nor has anybody of the guard set; more turns are
    right in the mean over speakers; and the whole 90% interval of the gain in log loss is above 0.

    Parameters
    ----------
    corrections : sequence of Correction
        With `family`, only theirs.
    evidence_of : EvidenceOf
    shipped : Hears
        What is learnt is added to what this says.
    heads : HeadStore
    guard : Examples
        Voices of people who are in no family here and whom the shipped head did not learn from.
    family : str or None
        Pseudonym of the family that the head is to be for; None is everybody.
    """
    gathered = gather(corrections, evidence_of, shipped)
    examples = gathered.examples
    outcome = Outcome(examples.n_turns, examples.n_families, len(np.unique(examples.speakers)), gathered.unheard)
    if outcome.turns < LEAST_TURNS:
        return replace(outcome, because=TOO_FEW)
    if examples.child.all() or not examples.child.any():
        return replace(outcome, because=ONE_ACTOR)
    if len(gathered.clips) < 2:
        return replace(outcome, because=ONE_CLIP)
    found = search(examples, guard)
    best = found.best()
    if best == 0:
        return replace(outcome, because=NOTHING_HELPS)
    in_use = heads.current(family)
    made = found.heads[best - 1]
    if in_use is not None and in_use.version == name_of(made):
        return replace(outcome, because=SAME)
    in_use_without = _in_use_without(in_use, guard, gathered, family)
    before = left_out_logits(examples, found.parts, [in_use_without(~part) for part in found.parts])
    unheard = compared(before, found.unheard(), examples)
    guarded = compared(guard.logits(heads.head_for(family)[0]), guard.logits(made), guard)
    figures = _figures(unheard, guarded)
    outcome = replace(outcome, figures=figures)
    because = _objection(unheard, guarded)
    if because is not None:
        return replace(outcome, because=because)
    version = HeadVersion(
        version=name_of(made),
        upon=heads.upon,
        parent=None if in_use is None else in_use.version,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        family=family,
        strength=STRENGTHS[best - 1],
        turns=outcome.turns,
        speakers=outcome.speakers,
        clips=gathered.clips,
        families=gathered.families,
        figures=figures,
        weights=tuple(float(weight) for weight in made.weights),
        bias=made.bias,
    )
    heads.accept(version)
    return replace(outcome, accepted=version)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from learning, or changing what is in use, at the same time."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _in_use_without(
    in_use: HeadVersion | None, guard: Examples, gathered: Gathered, family: str | None
) -> Callable[[NDArray[np.bool_]], RoleHead]:
    """Return what gives the head in use as it would be without some of what it learnt from.

    A head that heard a speaker is no measure of how it does on speakers that it did not hear.
    """
    if in_use is None:
        return lambda rows: SHIPPED_HEAD
    if in_use.family != family:
        # Others are in it too, and what it heard of this family only makes it harder to beat.
        return lambda rows: in_use.head
    learnt = np.isin(gathered.examples.clips, [n for n, clip in enumerate(gathered.clips) if clip in in_use.clips])
    return lambda rows: fit(gathered.examples.where(rows & learnt), in_use.strength, guard)


def _objection(unheard: Comparison, guarded: Comparison) -> Text | None:
    if guarded.lowered:
        return WORSE_ON_GUARD
    if unheard.lowered:
        return WORSE_FOR_SOME
    return None if unheard.gain > ROUNDING and unheard.surer()[0] > 0 else NOT_BETTER


def _figures(unheard: Comparison, guarded: Comparison) -> Figures:
    low, high = unheard.interval()
    surer_low, surer_high = unheard.surer()
    return Figures(
        before=float(unheard.before.mean()),
        after=float(unheard.after.mean()),
        low=low,
        high=high,
        surer_low=surer_low,
        surer_high=surer_high,
        guard_before=float(guarded.before.mean()),
        guard_after=float(guarded.after.mean()),
    )
