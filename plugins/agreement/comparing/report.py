"""From who saw what to every figure there is about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, final

from plugins.agreement.measures.inference.bootstrap import FEW, Resampler
from plugins.agreement.measures.inference.pass_mark import reaches
from plugins.agreement.measures.texts import NO_COMMON_CLIP, NOTHING_CODED
from vib.failures import described
from vib.language import Text
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.statistic import Estimate, Question, Statistic
from vib.versions import without_tiers

from . import texts
from .answered import answered_notes
from .attention import Attention, attention
from .choosing import (
    Choice,
    Subject,
    check_numbers,
    check_order,
    chosen_codes,
    chosen_raters,
    chosen_statistics,
    codes_of,
    ratings_of,
    tiers_of,
)
from .disagreements import Pair, pairs_of
from .noticed import noticed
from .texts_together import LEFT_OUT, PICKED_FREELY
from .together import Codebooks, brought_together, calculated_note, not_compared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Scope = Literal["all", "pair", "clip"]

Progress = Callable[[int, int], None]
"""Is told how many figures have been made, and of how many."""


@final
@dataclass(frozen=True, slots=True)
class Result:
    """One figure, and what it is about.

    Parameters
    ----------
    tier, rating : str or None
        What was asked about: one of the two; neither when nobody coded anything.
    code : str or None
        One code, or None for the whole tier.
    scope : {"all", "pair", "clip"}
        All raters that were compared, two of them, or one clip.
    clip : str or None
        The clip, with scope ``clip``.
    reaches : float or None
        Probability that the true value is at or above the pass mark.
    """

    measure: str
    tier: str | None
    rating: str | None
    code: str | None
    raters: tuple[str, ...]
    scope: Scope
    clip: str | None
    estimate: Estimate
    reaches: float | None = None

    @property
    def subject(self) -> str | None:
        """The tier or the rating."""
        return self.tier if self.rating is None else self.rating


@final
@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was compared and what came out.

    Parameters
    ----------
    clips : tuple[RaterSet, ...]
        Clips that at least two of `raters` coded or rated.
    pairs : tuple[tuple[str, str], ...]
        Every two raters, by name; with a reference, each rater with it.
    tiers : tuple[str, ...]
        Tiers and attributes that were compared.
    attributes : frozenset[str]
        Which of `tiers` are attributes.
    ratings : tuple[str, ...]
        Ratings of whole clips that were compared.
    notes : tuple[Text, ...]
        What was done to compare them, what was left out, and how often questions that may stay empty were answered.
    unasked : Mapping[str, frozenset[str]]
        By clip, the tiers and ratings that not all of its raters were asked.
    noticed : tuple[Text, ...]
        What was odd in the data, and how it was taken.
    attention : tuple[Attention, ...]
        What to look at first in each tier and attribute.
    """

    raters: tuple[str, ...]
    pairs: tuple[Pair, ...]
    clips: tuple[RaterSet, ...]
    tiers: tuple[str, ...]
    attributes: frozenset[str]
    ratings: tuple[str, ...]
    statistics: tuple[Statistic, ...]
    results: tuple[Result, ...]
    choice: Choice
    notes: tuple[Text, ...] = ()
    unasked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    noticed: tuple[Text, ...] = ()
    attention: tuple[Attention, ...] = ()


def compare(
    clips: Sequence[RaterSet],
    statistics: Iterable[Statistic],
    choice: Choice | None = None,
    progress: Progress | None = None,
    codebooks: Codebooks | None = None,
) -> Report:
    """Calculate statistics for each tier, attribute and rating, whole and per code.

    A statistic of two raters is calculated for each pair: with two raters the figures have
    scope ``all``, with more each pair has scope ``pair``, as what is true of pairs is not
    averaged into a figure for all; with a reference these are the pairs with it. A statistic of
    many raters is calculated once, for all. A clip counts for a pair when both coded it, even if one saw nothing.

    With the codebooks by which they were coded, codes of several versions and levels are brought together, and
    tiers in which each may pick freely are left out; see `brought_together`.

    Raises
    ------
    InputProblem
        Fewer than two raters, codes that cannot be compared, or a choice that the clips or statistics do not have.
    """
    books = codebooks or {}
    chosen = choice or Choice()
    check_numbers(chosen)
    asked = chosen_statistics({statistic.name: statistic for statistic in statistics}, chosen)
    raters = chosen_raters(clips, chosen)
    free = not_compared(books.values())
    if chosen.tier in free:
        raise InputProblem(chosen.tier, nl=PICKED_FREELY.nl, en=PICKED_FREELY.en)
    left_out = sorted(free & {name for pair in tiers_of(clips, raters) for name in pair})
    together = brought_together(
        [without_tiers(clip, frozenset(left_out)) for clip in clips], raters, chosen.tier, books
    )
    shared = tuple(clip for clip in together.clips if _common(clip, raters))
    tiers, attributes = tiers_of(shared, raters)
    ratings = ratings_of(shared, raters)
    # Drawn again in one order, whatever the order in the file.
    in_order = tuple(sorted(shared, key=lambda clip: clip.clip))
    codes = {tier: codes_of(in_order, raters, tier) for tier in (*tiers, *attributes)}
    check_order(chosen.order or (), shared, codes)
    wanted = chosen_codes(codes, ratings, chosen)
    resampler = Resampler(chosen.bootstrap, chosen.seed)
    asking = _Asking(in_order, raters, asked, chosen, together.unasked, resampler)
    results = list(asking.results(wanted, progress))
    made = {result.measure for result in results}
    pairs = pairs_of(raters, chosen.reference)
    notes = [*together.notes]
    if left_out and chosen.tier is None:
        notes.append(LEFT_OUT.filled(tiers=", ".join(left_out)))
    compared = [subject.name for subject in wanted if not subject.rating]
    if chosen.bootstrap and 1 < len(shared) < FEW:
        notes.append(texts.FEW_CLIPS.filled(clips=len(shared)))
    notes += calculated_note(shared, compared, books)
    notes += answered_notes(shared, pairs, compared, books.values(), chosen.overlap, chosen.tolerance)
    return Report(
        raters=raters,
        pairs=pairs,
        clips=shared,
        tiers=tuple(compared),
        attributes=frozenset(attributes) - frozenset(tiers),
        ratings=tuple(subject.name for subject in wanted if subject.rating),
        statistics=tuple(s for s in asked if s.name in made),
        results=tuple(results),
        choice=chosen,
        notes=tuple(notes),
        unasked=together.unasked,
        noticed=noticed(shared, raters, clips),
        attention=tuple(asking.attention(subject, pairs) for subject in wanted if not subject.rating),
    )


def question_of(report: Report, result: Result) -> Question:
    """Return what was asked for a figure of a report."""
    clips = tuple(
        sorted(
            (
                clip
                for clip in _coded_by(report.clips, result.raters, rating=result.rating is not None)
                if result.clip in (None, clip.clip) and result.subject not in report.unasked.get(clip.clip, ())
            ),
            key=lambda clip: clip.clip,
        )
    )
    return _question(
        clips, result.raters, Subject(result.subject or "", result.rating is not None), result.code, report.choice
    )


def _question(
    clips: tuple[RaterSet, ...], raters: tuple[str, ...], subject: Subject, code: str | None, choice: Choice
) -> Question:
    return Question(
        clips,
        raters,
        "" if subject.rating else subject.name,
        code,
        overlap=choice.overlap,
        tolerance=choice.tolerance,
        rating=subject.name if subject.rating else None,
        level=choice.level,
        weights=choice.weights,
        reference=choice.reference,
        seed=choice.seed,
        order=choice.order or (),
    )


def _common(clip: RaterSet, raters: Sequence[str]) -> bool:
    """Tell whether at least two raters coded, or two rated, a clip."""
    return any(sum(rater in seen for rater in raters) > 1 for seen in (clip.timelines, clip.ratings))


@final
@dataclass(frozen=True, slots=True)
class _Asking:
    clips: tuple[RaterSet, ...]
    raters: tuple[str, ...]
    statistics: tuple[Statistic, ...]
    choice: Choice
    unasked: Mapping[str, frozenset[str]]
    resampler: Resampler

    def results(self, wanted: Mapping[Subject, tuple[str | None, ...]], progress: Progress | None) -> Iterator[Result]:
        """Yield every figure; the same tables are asked for one after the other."""
        made: set[str] = set()
        for result in self._figures(wanted, progress):
            made.add(result.measure)
            yield result
        nothing = texts.NOTHING_OF_THIS if wanted else NOTHING_CODED if self.clips else NO_COMMON_CLIP
        for statistic in self.statistics:
            named = statistic.name in self.choice.measures
            if statistic.name not in made and (named or (not wanted and statistic.basis not in ("unit", "rating"))):
                yield from self._nothing(statistic, nothing)

    def attention(self, subject: Subject, pairs: Sequence[Pair]) -> Attention:
        """Return what to look at first in a tier or attribute."""
        return attention(
            self._asked(self.clips, subject),
            subject.name,
            pairs,
            self.resampler,
            code=self.choice.code,
            overlap=self.choice.overlap,
            window=self.choice.tolerance,
            reference=self.choice.reference,
        )

    def _figures(self, wanted: Mapping[Subject, tuple[str | None, ...]], progress: Progress | None) -> Iterator[Result]:
        sets: list[tuple[tuple[RaterSet, ...], str | None]] = [(self.clips, None)]
        if self.choice.per_clip:
            sets += [((clip,), clip.clip) for clip in self.clips if len(clip.timelines) > 1]
        work = [
            (clips, clip, group, subject)
            for clips, clip in sets
            for group in self._groups(clips)
            for subject in wanted
            if clip is None or not subject.rating
        ]
        asked = {statistic.name: frozenset(self._asked_of(statistic)) for statistic in self.statistics}
        common = {
            (clip, group, rating): _coded_by(clips, group, rating=rating)
            for clips, clip in sets
            for group in self._groups(clips)
            for rating in (False, True)
        }
        for done, (_, clip, group, subject) in enumerate(work):
            if progress:
                progress(done, len(work))
            clips = self._asked(common[clip, group, subject.rating], subject)
            for code in wanted[subject]:
                for statistic in self.statistics:
                    if group in asked[statistic.name] and self._fits(statistic, subject, code):
                        yield self._result(clips, clip, group, subject, code, statistic)
        if progress:
            progress(len(work), len(work))

    def _groups(self, clips: tuple[RaterSet, ...]) -> list[tuple[str, ...]]:
        """Return the raters to compare: all together, and each two of them."""
        there = self.raters
        if clips is not self.clips:
            there = tuple(rater for rater in self.raters if rater in clips[0].timelines)
        groups = [self.raters, *pairs_of(there, self.choice.reference)] if len(self.raters) > 2 else [self.raters]
        return list(dict.fromkeys(groups))

    def _asked_of(self, statistic: Statistic) -> list[tuple[str, ...]]:
        """Return the groups of raters for which a statistic is calculated."""
        if statistic.raters == "many":
            return [self.raters]
        return list(pairs_of(self.raters, self.choice.reference))

    def _asked(self, clips: tuple[RaterSet, ...], subject: Subject) -> tuple[RaterSet, ...]:
        """Return the clips of which all raters were asked about a tier or rating."""
        found = tuple(clip for clip in clips if subject.name not in self.unasked.get(clip.clip, ()))
        # The very same clips are the same object, so that tables of them are made once.
        return clips if len(found) == len(clips) else found

    def _fits(self, statistic: Statistic, subject: Subject, code: str | None) -> bool:
        """Tell whether a statistic says something of a tier, rating or code."""
        if code is not None and not statistic.per_code:
            return False
        if subject.rating:
            return statistic.basis in ("unit", "rating")
        named = statistic.name in self.choice.measures
        return statistic.basis != "rating" and (statistic.basis != "unit" or named)

    def _result(
        self,
        clips: tuple[RaterSet, ...],
        clip: str | None,
        group: tuple[str, ...],
        subject: Subject,
        code: str | None,
        statistic: Statistic,
    ) -> Result:
        question = _question(clips, group, subject, code, self.choice)
        estimate, draws = _calculated(statistic, question), None
        if estimate.se is None and estimate.ci is None and statistic.additive is not None:
            try:
                additive = statistic.additive(question)
                if additive is not None:
                    is_share = statistic.measured_in == "share"
                    estimate, draws = self.resampler.interval(estimate, additive, is_share=is_share)
            except Exception as error:
                estimate = replace(estimate, ci_method=f"none: {described(error)}")
        return Result(
            measure=statistic.name,
            tier=question.tier or None,
            rating=question.rating,
            code=code,
            raters=group,
            scope="clip" if clip else "all" if group == self.raters else "pair",
            clip=clip,
            estimate=estimate,
            reaches=self._reaches(statistic, estimate, draws),
        )

    def _reaches(self, statistic: Statistic, estimate: Estimate, draws: Floats | None) -> float | None:
        """Return how sure it is that the pass mark is reached, None where it means nothing."""
        lowest = {"share": 0.0, "coefficient": -1.0}.get(statistic.measured_in)
        # The interval of gamma is about its chance samples, not about other clips or raters.
        by_chance = statistic.basis == "unitizing" and draws is None
        if self.choice.pass_mark is None or lowest is None or by_chance:
            return None
        return reaches(estimate, self.choice.pass_mark, draws, lowest=lowest)

    def _nothing(self, statistic: Statistic, because: Text) -> Iterator[Result]:
        """Yield why there is no figure at all."""
        for group in self._asked_of(statistic):
            estimate = Estimate("", None, 0, len(group), undefined_because=because)
            scope: Scope = "all" if group == self.raters else "pair"
            yield Result(statistic.name, None, None, None, group, scope, None, estimate)


def _calculated(statistic: Statistic, question: Question) -> Estimate:
    """Return the answer; that a statistic cannot take these ratings, or fails, is a reason in its own row."""
    try:
        return statistic.calculate(question)
    except InputProblem as problem:
        because = problem.reason
    except Exception as error:
        # Noted with its plugin where the host watches it; the figures of others stand.
        because = texts.failed(described(error))
    return Estimate("", None, 0, len(question.raters), undefined_because=because)


def _coded_by(clips: tuple[RaterSet, ...], raters: tuple[str, ...], *, rating: bool) -> tuple[RaterSet, ...]:
    """Return the clips that two raters both coded, or rated; those of more than two as they are."""
    if len(raters) > 2:
        return clips
    found = tuple(clip for clip in clips if set(raters) <= set(clip.ratings if rating else clip.timelines))
    # The very same clips are the same object, so that tables of them are made once.
    return clips if len(found) == len(clips) else found
