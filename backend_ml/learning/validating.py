"""Would a refit do better on voices that it has not heard? Asked by leaving whole families out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from backend_ml.learning.examples import Examples
from backend_ml.learning.fitting import fit
from backend_ml.turns.head import RoleHead

STRENGTHS = (1000.0, 300.0, 100.0)
"""How firmly a refit may be held to the shipped head, the firmest first.

With 30 and less there is more to gain, and now and then somebody who was not heard loses a turn.
"""

FOLDS = 5
"""In how many parts families are divided at most."""

DRAWS = 2_000
"""How often speakers are drawn again for an interval."""

ROUNDING = 1e-9
"""Differences below it are those of rounding."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How well two heads do on each of some speakers.

    Parameters
    ----------
    before, after : ndarray of float64, shape (speakers,)
        Share of each speaker's turns that got the right actor.
    loss_before, loss_after : ndarray of float64, shape (speakers,)
        Log loss of each speaker's windows.
    """

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    loss_before: NDArray[np.float64]
    loss_after: NDArray[np.float64]

    @property
    def gain(self) -> float:
        """Mean over speakers of the difference in share."""
        return float(np.mean(self.after - self.before))

    @property
    def lowered(self) -> int:
        """For how many speakers the second head has a lower share."""
        return int(np.sum(self.after < self.before - ROUNDING))

    def interval(self) -> tuple[float, float]:
        """Return the 90% interval of the mean gain in share."""
        return _interval(self.after - self.before)

    def surer(self) -> tuple[float, float]:
        """Return the 90% interval of the mean gain in log loss; above 0 is better."""
        return _interval(self.loss_before - self.loss_after)


def compared(before: NDArray[np.floating], after: NDArray[np.floating], examples: Examples) -> Comparison:
    """Compare what two heads say of examples that neither heard; each of shape (rows,), log-odds."""
    return Comparison(
        accuracies(before, examples), accuracies(after, examples), losses(before, examples), losses(after, examples)
    )


def accuracies(logits: NDArray[np.floating], examples: Examples) -> NDArray[np.float64]:
    """Return the share of turns that got the right actor per speaker, in the order of their numbers.

    A turn gets the actor that its windows say together, as in a clip.
    """
    _, first, of_row = np.unique(examples.turns, return_index=True, return_inverse=True)
    said = np.bincount(of_row, logits) > 0
    return _per_speaker((said == examples.child[first]).astype(np.float64), examples.speakers[first])


def losses(logits: NDArray[np.floating], examples: Examples) -> NDArray[np.float64]:
    """Return the log loss of a window per speaker, in the order of their numbers."""
    sign = np.where(examples.child, -1.0, 1.0)
    return _per_speaker(np.logaddexp(0.0, sign * logits.astype(np.float64)), examples.speakers, examples.weights)


def folds(examples: Examples) -> Iterator[NDArray[np.bool_]]:
    """Yield which rows are left out together: whole families, or with one family whole clips.

    Families are dealt out by size, so that folds are about as large. With one clip there are none.
    """
    groups = examples.families if examples.n_families > 1 else examples.clips
    names, sizes = np.unique(groups, return_counts=True)
    many = min(FOLDS, len(names))
    if many < 2:
        return
    fold_of = np.empty(len(names), dtype=np.int64)
    fold_of[np.lexsort((names, -sizes))] = np.arange(len(names)) % many
    of_row = fold_of[np.searchsorted(names, groups)]
    for number in range(many):
        yield of_row == number


@final
@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Refits of several strengths, and what each says of who was left out of it.

    Parameters
    ----------
    examples : Examples
    parts : tuple of ndarray of bool
        The folds.
    heads : tuple of RoleHead
        For each strength that nobody of the guard set is worse off with, the head learnt from all.
    logits : ndarray, shape (strengths + 1, rows)
        What the shipped head says, and for each strength what a head that was learnt without a row's
        fold says of it.
    """

    examples: Examples
    parts: tuple[NDArray[np.bool_], ...]
    heads: tuple[RoleHead, ...]
    logits: NDArray[np.float64]

    def best(self, judged: NDArray[np.bool_] | None = None) -> int:
        """Return which row of `logits` serves left-out speakers best; 0 is the shipped head.

        Best is the lowest mean log loss over speakers, from firm to loose as far as nobody is worse off.

        Parameters
        ----------
        judged : ndarray of bool or None
            By which rows; None is all.
        """
        chosen = slice(None) if judged is None else judged
        examples = self.examples if judged is None else self.examples.where(judged)
        best, lowest = 0, np.inf
        for number, logits in enumerate(self.logits[:, chosen]):
            compares = compared(self.logits[0, chosen], logits, examples)
            if compares.lowered:
                break
            loss = float(compares.loss_after.mean())
            if loss < lowest:
                best, lowest = number, loss
        return best

    def unheard(self) -> NDArray[np.float64]:
        """Return what refits say of each row, whose strength too was chosen without its fold."""
        said = np.empty(len(self.examples))
        for part in self.parts:
            said[part] = self.logits[self.best(~part), part]
        return said


def search(examples: Examples, guard: Examples) -> Search:
    """Refit with each strength, from firm to loose as far as nobody of the guard set is worse off."""
    parts = tuple(folds(examples))
    heads, said = [], [examples.said]
    for strength in STRENGTHS:
        whole = fit(examples, strength, guard)
        if compared(guard.said, guard.logits(whole), guard).lowered:
            break
        heads.append(whole)
        left_out = [fit(examples.where(~part), strength, guard) for part in parts]
        said.append(left_out_logits(examples, parts, left_out))
    return Search(examples, parts, tuple(heads), np.stack(said))


def left_out_logits(
    examples: Examples, parts: Sequence[NDArray[np.bool_]], heads: Sequence[RoleHead]
) -> NDArray[np.float64]:
    logits = np.empty(len(examples))
    for part, head in zip(parts, heads, strict=True):
        logits[part] = examples.where(part).logits(head)
    return logits


def _per_speaker(
    values: NDArray[np.float64], speakers: NDArray[np.int64], weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    counts = np.ones(len(values)) if weights is None else weights
    _, of_row = np.unique(speakers, return_inverse=True)
    return np.bincount(of_row, values * counts) / np.bincount(of_row, counts)


def _interval(gains: NDArray[np.float64]) -> tuple[float, float]:
    drawn = np.random.default_rng(0).integers(len(gains), size=(DRAWS, len(gains)))
    low, high = np.quantile(gains[drawn].mean(axis=1), (0.05, 0.95))
    return float(low), float(high)
