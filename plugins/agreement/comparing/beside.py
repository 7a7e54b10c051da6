"""The figures of two dates, or of two versions of a codebook, side by side: did they change, and how sure is that?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import final

from plugins.agreement.measures.inference.differences import Differences, Side
from vib.language import Text
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.statistic import Additive, Estimate, Question, Statistic
from vib.versions import mapped, mapped_ratings, numbers_of, passage, without_tiers

from . import texts_beside as texts
from .choosing import Choice
from .report import Progress, Report, Result, compare, question_of
from .together import Codebooks


@final
@dataclass(frozen=True, slots=True)
class Change:
    """One figure of two dates or versions side by side.

    Parameters
    ----------
    subject : str
        Tier, attribute or rating.
    code : str or None
        One code, or None for the whole tier.
    difference : Estimate
        `after` less `before`, with the interval that it has when clips are drawn again.
    """

    measure: str
    subject: str
    code: str | None
    raters: tuple[str, ...]
    before: Estimate
    after: Estimate
    difference: Estimate


@final
@dataclass(frozen=True, slots=True)
class Beside:
    """Two reports of the same raters, and every figure that both have."""

    before: Report
    after: Report
    changes: tuple[Change, ...]


def beside(
    before: Sequence[RaterSet],
    after: Sequence[RaterSet],
    statistics: Iterable[Statistic],
    choice: Choice | None = None,
    progress: Progress | None = None,
    codebooks: Codebooks | None = None,
) -> Beside:
    """Calculate the same figures of two sets of clips, and how they differ.

    The raters are those that are in both sets, unless the choice names others. Codes of earlier versions of a
    codebook become those that stand for them in the newest version of both sets; a tier whose codes got another
    meaning in between is left out of the set before, so that it is not put beside another thing of the same name.

    Raises
    ------
    InputProblem
        As for `compare`, of either set; or fewer than two raters are in both.
    """
    chosen, books = choice or Choice(), codebooks or {}
    offered = tuple(statistics)
    chosen = replace(chosen, raters=_in_both(before, after, chosen), per_clip=False)
    earlier, later = _of_the_newest(before, after, books)
    reports = []
    for name, clips in (("before", earlier), ("after", later)):
        try:
            reports.append(compare(clips, offered, chosen, progress, books))
        except InputProblem as problem:
            said = texts.SIDES[name]
            raise InputProblem(
                problem.place, nl=f"{said.nl}: {problem.reason.nl}", en=f"{said.en}: {problem.reason.en}"
            ) from problem
    return Beside(reports[0], reports[1], tuple(_changes(reports[0], reports[1])))


def _in_both(before: Sequence[RaterSet], after: Sequence[RaterSet], choice: Choice) -> tuple[str, ...]:
    there, here = ({rater for clip in clips for rater in (*clip.timelines, *clip.ratings)} for clips in (before, after))
    if choice.raters is not None:
        return choice.raters
    common = tuple(sorted(there & here))
    if len(common) < 2:
        said = texts.FEW_IN_BOTH.filled(before=_listed(there), after=_listed(here))
        raise InputProblem("raters", nl=said.nl, en=said.en)
    return common


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "-"


def _of_the_newest(
    before: Sequence[RaterSet], after: Sequence[RaterSet], codebooks: Codebooks
) -> tuple[tuple[RaterSet, ...], tuple[RaterSet, ...]]:
    """Return both sets with codes as the newest version of their codebook has them."""
    newest: dict[str, str] = {}
    for one in (made for clip in (*before, *after) for made in clip.made_with.values()):
        newest[one.method] = max(newest.get(one.method, one.version), one.version, key=numbers_of)
    earlier, later = (tuple(_newer(clip, newest, codebooks) for clip in clips) for clips in (before, after))
    return earlier, later


def _newer(clip: RaterSet, newest: Mapping[str, str], codebooks: Codebooks) -> RaterSet:
    """Return a clip with the codes that stand for those of its raters in the newest version, which is noticed."""
    gone, noticed = set[str](), dict[Text, None]()
    made_with, timelines, ratings = dict(clip.made_with), dict(clip.timelines), dict(clip.ratings)
    for rater, one in clip.made_with.items():
        until = newest[one.method]
        if one.version == until:
            continue
        words = {"method": one.method, "since": one.version, "until": until}
        if one.method not in codebooks:
            noticed[texts.AS_THEY_ARE.filled(**words)] = None
            continue
        book = codebooks[one.method]
        way = passage(book, one.version, until)
        gone |= way.incomparable
        made_with[rater] = one.model_copy(update={"version": until})
        if rater in timelines:
            timelines[rater] = mapped(timelines[rater], way.becomes, book)
        if rater in ratings:
            ratings[rater] = mapped_ratings(ratings[rater], way.becomes)
        said = texts.MEANT_ANOTHER if way.incomparable else texts.AS_THE_NEWEST
        noticed[said.filled(tiers=", ".join(sorted(way.incomparable)), **words)] = None
    if not noticed:
        return clip
    now = replace(clip, timelines=timelines, ratings=ratings, made_with=made_with, noticed=(*clip.noticed, *noticed))
    return without_tiers(now, frozenset(gone))


def _changes(before: Report, after: Report) -> Iterable[Change]:
    """Yield every figure that both reports have, in the order of the later one."""
    differences = Differences(after.choice.bootstrap, after.choice.seed)
    by_name = {statistic.name: statistic for statistic in after.statistics}
    earlier = {_key(result): result for result in before.results}
    asked_before, asked_after = _Asked(before), _Asked(after)
    for result in after.results:
        known, statistic = earlier.get(_key(result)), by_name.get(result.measure)
        if known is None or statistic is None or result.subject is None:
            continue
        sides = asked_before.side(known, statistic), asked_after.side(result, statistic)
        # The interval of gamma is about its chance samples, not about other clips or raters.
        by_clips = statistic.basis != "unitizing" or statistic.additive is not None
        difference = differences.between(*sides, from_intervals=by_clips)
        yield Change(
            result.measure, result.subject, result.code, result.raters, known.estimate, result.estimate, difference
        )


def _key(result: Result) -> tuple[object, ...]:
    return result.measure, result.tier, result.rating, result.code, result.raters, result.clip


@final
@dataclass(slots=True)
class _Asked:
    """Asks anew what of the figures of a report adds up over clips."""

    report: Report
    _about: tuple[object, ...] = ()
    _question: Question | None = None

    def side(self, result: Result, statistic: Statistic) -> Side:
        about = (result.raters, result.tier, result.rating)
        if self._question is None or self._about != about:
            # The very same clips are the same object for each code, so that tables of them are made once.
            question = question_of(self.report, result)
            there = tuple(clip for clip in question.clips if _compared(clip, result))
            self._about, self._question = about, replace(question, clips=there)
        question = replace(self._question, code=result.code)
        additive = _tried(statistic.additive, question) if statistic.additive else None
        return Side(result.estimate, additive, tuple(clip.clip for clip in question.clips))


def _compared(clip: RaterSet, result: Result) -> bool:
    seen = clip.ratings if result.rating is not None else clip.timelines
    return sum(rater in seen for rater in result.raters) > 1


def _tried(ask: Callable[[Question], Additive | None], question: Question) -> Additive | None:
    """Return the answer; of a statistic that fails, what adds up is not known."""
    try:
        return ask(question)
    except Exception:
        return None
