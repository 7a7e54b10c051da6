"""Corrected turns and what was heard in them -> voices of which it is known whose they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, final

import numpy as np
from numpy.typing import NDArray

from backend_ml.learning.store import Correction, HumanTurn
from backend_ml.turns.evidence import Evidence
from backend_ml.turns.head import RoleHead

INSIDE = 0.6
"""Least part of a window that must lie in turns of one actor, and none in turns of another."""

PER_TURN = 3.0
"""Most that one turn counts, in windows: a long turn says little more than a short one."""

DIMENSIONS = 192

EvidenceOf = Callable[[str], Evidence | None]
"""Finds what was heard in a clip by the key of its content; None when it is not kept."""


class Hears(Protocol):
    """Says of voices how likely each is a child's, as the shipped head does."""

    def logits(self, voices: NDArray[np.floating]) -> NDArray[np.float32]:
        """Return log-odds, shape (windows,)."""
        ...


@final
@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Voices with the actor that a person gave them; one row a window.

    Parameters
    ----------
    voices : ndarray of float32, shape (windows, 192)
    said : ndarray of float64, shape (windows,)
        What the shipped head says of each, as log-odds that it is a child's.
    child : ndarray of bool, shape (windows,)
    weights : ndarray of float64, shape (windows,)
        How much each counts.
    turns, speakers, clips, families : ndarray of int, shape (windows,)
        Numbers of the turn, of the speaker (one actor in one family), of the clip and of the family.
    """

    voices: NDArray[np.float32]
    said: NDArray[np.float64]
    child: NDArray[np.bool_]
    weights: NDArray[np.float64]
    turns: NDArray[np.int64]
    speakers: NDArray[np.int64]
    clips: NDArray[np.int64]
    families: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.child)

    def where(self, chosen: NDArray[np.bool_]) -> Examples:
        """Return a part."""
        return Examples(
            self.voices[chosen],
            self.said[chosen],
            self.child[chosen],
            self.weights[chosen],
            self.turns[chosen],
            self.speakers[chosen],
            self.clips[chosen],
            self.families[chosen],
        )

    def logits(self, head: RoleHead) -> NDArray[np.float64]:
        """Return the log-odds that a head gives each; what the shipped head says is not calculated again."""
        return self.said + self.voices @ head.weights.astype(np.float64) + head.bias

    @property
    def n_turns(self) -> int:
        """How many turns are in it."""
        return len(np.unique(self.turns))

    @property
    def n_families(self) -> int:
        """How many families are in it."""
        return len(np.unique(self.families))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Examples, and what they are from.

    Parameters
    ----------
    examples : Examples
    clips : tuple of str
        Keys of the clips; the numbers in `examples.clips` count in this order.
    families : tuple of str
        Pseudonyms of the families, in the order of the numbers in `examples.families`.
    unheard : int
        How many corrected clips had nothing to learn from: what was heard in them is not kept, or no
        voice lies in a turn of theirs.
    """

    examples: Examples
    clips: tuple[str, ...]
    families: tuple[str, ...]
    unheard: int


def gather(corrections: Iterable[Correction], evidence_of: EvidenceOf, shipped: Hears) -> Gathered:
    """Return the examples in corrected turns.

    Turns of several people on one clip are put together: where they say different actors, nothing is
    learnt. A speaker is one actor in one family.
    """
    by_clip: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_clip.setdefault(correction.clip, []).append(correction)
    clips: list[str] = []
    families: dict[str, int] = {}
    parts: list[Examples] = []
    turns_before = 0
    for clip, several in sorted(by_clip.items()):
        evidence = evidence_of(clip)
        if evidence is None:
            continue
        family = families.get(several[0].family, len(families))
        human = [turn for correction in several for turn in correction.turns]
        found = _in_clip(evidence, human, shipped, number=len(clips), family=family, first_turn=turns_before)
        if len(found):
            families[several[0].family] = family
            clips.append(clip)
            parts.append(found)
            turns_before = int(found.turns.max()) + 1
    return Gathered(joined(parts), tuple(clips), tuple(families), len(by_clip) - len(clips))


def joined(parts: Sequence[Examples]) -> Examples:
    """Put examples together."""
    if not parts:
        nothing = np.empty(0, dtype=np.int64)
        voices, numbers = np.empty((0, DIMENSIONS), dtype=np.float32), nothing.astype(np.float64)
        return Examples(voices, numbers, nothing.astype(bool), numbers, nothing, nothing, nothing, nothing)
    return Examples(
        np.concatenate([part.voices for part in parts]),
        np.concatenate([part.said for part in parts]),
        np.concatenate([part.child for part in parts]),
        np.concatenate([part.weights for part in parts]),
        np.concatenate([part.turns for part in parts]),
        np.concatenate([part.speakers for part in parts]),
        np.concatenate([part.clips for part in parts]),
        np.concatenate([part.families for part in parts]),
    )


def _in_clip(
    evidence: Evidence, human: Sequence[HumanTurn], shipped: Hears, *, number: int, family: int, first_turn: int
) -> Examples:
    starts, ends = evidence.starts.astype(np.float64), evidence.ends.astype(np.float64)
    united = {actor: _united(t for t in human if t.actor == actor) for actor in ("kind", "volwassene", "onbekend")}
    # shape (turns of the actor, windows)
    shared = {actor: _overlaps(turns, starts, ends) for actor, turns in united.items()}
    in_actor = {actor: overlaps.sum(axis=0) for actor, overlaps in shared.items()}
    parts: list[Examples] = []
    for actor in ("kind", "volwassene"):
        others = sum(seconds for other, seconds in in_actor.items() if other != actor)
        taken = np.flatnonzero((in_actor[actor] >= INSIDE * (ends - starts)) & (others == 0.0) & (ends > starts))
        if not len(taken):
            continue
        turns = shared[actor][:, taken].argmax(axis=0)
        many = np.bincount(turns, minlength=len(united[actor]))[turns]
        child = actor == "kind"
        voices = evidence.voices[taken].astype(np.float32)
        parts.append(
            Examples(
                voices,
                shipped.logits(voices).astype(np.float64),
                np.full(len(taken), child),
                np.minimum(1.0, PER_TURN / many),
                first_turn + turns,
                np.full(len(taken), 2 * family + child),
                np.full(len(taken), number),
                np.full(len(taken), family),
            )
        )
        first_turn += len(united[actor])
    return joined(parts)


def _united(turns: Iterable[HumanTurn]) -> NDArray[np.float64]:
    """Return the stretches in which turns of one actor lie, shape (stretches, 2); those that overlap are one."""
    stretches: list[list[float]] = []
    for turn in sorted(turns, key=lambda t: (t.start, t.end)):
        if stretches and turn.start < stretches[-1][1]:
            stretches[-1][1] = max(stretches[-1][1], turn.end)
        elif turn.end > turn.start:
            stretches.append([turn.start, turn.end])
    return np.array(stretches, dtype=np.float64).reshape(-1, 2)


def _overlaps(
    turns: NDArray[np.float64], starts: NDArray[np.float64], ends: NDArray[np.float64]
) -> NDArray[np.float64]:
    last = np.minimum(turns[:, 1:], ends)
    shared: NDArray[np.float64] = np.maximum(0.0, last - np.maximum(turns[:, :1], starts))
    return shared
