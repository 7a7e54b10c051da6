"""What every statistic of two raters starts from: one tier, in the clips that both coded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar, final

from plugins.agreement import texts
from vib.language import Text
from vib.observation import Observation, Timeline
from vib.statistic import Question, Result

Answer = TypeVar("Answer")


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    question: Question

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Asked):
            return NotImplemented
        mine, theirs = self.question, other.question
        return mine.clips is theirs.clips and self._key == other._key

    def __hash__(self) -> int:
        return hash((id(self.question.clips), self._key))

    @property
    def _key(self) -> tuple[tuple[str, ...], str, float]:
        return self.question.raters, self.question.tier, self.question.overlap


def remembered(calculate: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
    """Keep the last answers of a function that does not look at the question's code.

    Every code of a tier asks the same of the same clips. Clips are told apart by identity,
    as hashing ten thousand observations for each code would cost what this saves; only a
    tuple is remembered, as other sequences may change.
    """

    @lru_cache(maxsize=2)
    def kept(asked: _Asked) -> Answer:
        return calculate(asked.question)

    def answer(question: Question) -> Answer:
        return kept(_Asked(question)) if isinstance(question.clips, tuple) else calculate(question)

    return answer


class ClipPair(NamedTuple):
    """One tier of one clip, as two raters coded it."""

    clip: str
    duration: float
    first: tuple[Observation, ...]
    second: tuple[Observation, ...]


def observations_of(timeline: Timeline, tier: str) -> tuple[Observation, ...]:
    """Return a tier's observations, or an attribute's, with the times of what it describes."""
    described = timeline.described_by(tier).observations
    coded = timeline.tiers.get(tier, ())
    return Timeline(timeline.duration, (*coded, *described)).observations if described else coded


@remembered
def clip_pairs(question: Question) -> tuple[ClipPair, ...]:
    """Return the tier of every clip that both raters of the question coded."""
    first, second = question.raters
    return tuple(
        ClipPair(
            clip.clip,
            clip.duration,
            observations_of(clip.timelines[first], question.tier),
            observations_of(clip.timelines[second], question.tier),
        )
        for clip in question.clips
        if first in clip.timelines and second in clip.timelines
    )


def nothing_to_compare(question: Question) -> Text | None:
    """Return why two raters cannot be compared on this tier or code at all, if so."""
    if len(question.raters) != 2:
        return texts.TWO_RATERS
    pairs = clip_pairs(question)
    if not pairs:
        return texts.NO_COMMON_CLIP
    coded = (o for pair in pairs for o in (*pair.first, *pair.second))
    if not any(question.code in (None, o.code) for o in coded):
        return texts.NOTHING_CODED
    return None


def result(
    question: Question,
    measure: str,
    variant: str,
    value: float | None,
    *,
    because: Text,
    n_units: int = 0,
    components: Mapping[str, float] | None = None,
) -> Result:
    """Return the answer to a question; `because` counts only where there is no value."""
    return Result(
        measure=measure,
        variant=variant,
        tier=question.tier,
        code=question.code,
        raters=question.raters,
        scope="pair",
        value=value,
        n_units=n_units,
        undefined_because=because if value is None else None,
        components=components or {},
    )
