"""What every statistic of two raters starts from: whether there is anything to compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, final

from plugins.agreement.measures import texts
from vib.language import Text
from vib.statistic import Question

from .coded import coded_tier

Answer = TypeVar("Answer")


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    question: Question
    by_code: bool

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Asked):
            return NotImplemented
        return self.question.clips is other.question.clips and self._key == other._key

    def __hash__(self) -> int:
        return hash((id(self.question.clips), self._key))

    @property
    def _key(self) -> tuple[object, ...]:
        asked = self.question
        key = asked.raters, asked.tier, asked.overlap, asked.tolerance, asked.reference
        return (*key, asked.code) if self.by_code else key


def remembered(calculate: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
    """Keep the last answers of a function that does not look at the question's code.

    Every code of a tier asks the same of the same clips. Clips are told apart by identity,
    as hashing ten thousand observations for each code would cost what this saves; only a
    tuple is remembered, as other sequences may change.
    """
    return _remembered(calculate, by_code=False)


def remembered_by_code(calculate: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
    """Keep the last answers of a function that several statistics of a tier or code ask, as `remembered` does."""
    return _remembered(calculate, by_code=True)


def _remembered(calculate: Callable[[Question], Answer], *, by_code: bool) -> Callable[[Question], Answer]:
    @lru_cache(maxsize=2)
    def kept(asked: _Asked) -> Answer:
        return calculate(asked.question)

    def answer(question: Question) -> Answer:
        if not isinstance(question.clips, tuple):
            return calculate(question)
        return kept(_Asked(question, by_code))

    return answer


@remembered_by_code
def nothing_to_compare(question: Question) -> Text | None:
    """Return why two raters cannot be compared on this tier or code at all, if so."""
    if len(question.raters) != 2:
        return texts.TWO_RATERS
    tier = coded_tier(question.clips, question.tier)
    if not tier.common(question.raters):
        return texts.NO_COMMON_CLIP
    return None if any(tier.lasting_and_instants(question.raters, question.code)) else texts.NOTHING_CODED
