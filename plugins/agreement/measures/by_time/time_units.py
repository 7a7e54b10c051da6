"""Time-based agreement: during how much of the clip do raters say the same?

Nothing is sampled: the whole extent of every clip is cut where anybody's coding changes,
and each stretch counts by its exact duration. Instants have no duration, so they are left
out and counted in the components.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plugins.agreement.measures import texts
from plugins.agreement.measures.timelines.coded import coded_tier
from plugins.agreement.measures.timelines.grid import Grid, Together, grid
from plugins.agreement.measures.timelines.pairs import nothing_to_compare, remembered, remembered_by_code
from plugins.agreement.measures.timelines.tables import SMALLEST, Agreement, cohen, collapse, margins
from vib.language import Text
from vib.statistic import Additive, Estimate, Question

from .time_tolerance import tolerant_tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TIER_VARIANT = (
    "exact duration over the whole clip; categories are the codes and nothing; "
    "several codes at once are together one category"
)
CODE_VARIANT = "exact duration over the whole clip; this code present or absent"


class Seconds(NamedTuple):
    """What two raters said, in seconds.

    Parameters
    ----------
    together : Together
        The clips that both coded.
    tables : NDArray[np.float64], shape (clips, views, categories, categories)
        With a tolerance there are two views: as seen from each rater.
    """

    together: Together
    tables: Floats


class Compared(NamedTuple):
    """Two raters compared on a tier or code.

    Parameters
    ----------
    sums : NDArray[np.float64], shape (clips, views * (1 + 2 * categories))
        What adds up over clips.
    shape : tuple[int, int]
        Views, and parts of each.
    both : Agreement
        Of all clips, for each view.
    n_units : int
        Stretches in which neither rater changes.
    components : dict[str, float]
        What the figures were made of.
    """

    sums: Floats
    shape: tuple[int, int]
    both: Agreement
    n_units: int
    components: dict[str, float]


def time_unit_percent(question: Question) -> Estimate:
    r"""Share of the time during which two raters say the same.

    .. math:: p_o = \frac{1}{T} \sum_c t_{cc}

    where :math:`t_{cd}` is how long the first rater says c while the second says d, and T
    the duration of all clips that both coded. Without a code, the categories are the tier's
    codes and *nothing*; where a rater has several codes at once (turns that overlap), the
    set of codes at that moment is the category. With a code: it is present or absent.

    With `question.tolerance` a moment also counts as agreed when the other rater says the
    same at most that many seconds before or after, as in GSEQ; that is looked at from each
    of the two raters, and the value is the mean. With a code, its presence and absence are
    what is looked for nearby, so that its figure does not depend on what else is coded.

    References
    ----------
    Bakeman, Quera & Gnisci (2009), Observer agreement for timed-event sequential data,
    doi 10.3758/BRM.41.1.137.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(24, [Observation("turn", "kind", 2, 10), Observation("turn", "kind", 14, 20)])
    >>> bram = Timeline(24, [Observation("turn", "kind", 4, 8), Observation("turn", "kind", 15, 17)])
    >>> clips = (RaterSet("clip", 24, {"anna": anna, "bram": bram}),)
    >>> round(time_unit_percent(Question(clips, ("anna", "bram"), "turn")).value, 3)
    0.667
    """
    return _answer(question, "percent")


def time_unit_kappa(question: Question) -> Estimate:
    r"""Cohen's kappa with time as its unit: agreement of `time_unit_percent` beyond chance.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad
              p_e = \sum_c \frac{t_{c+}}{T} \frac{t_{+c}}{T}

    It is undefined when the raters together use one category only. With a tolerance, it is
    the mean of the two kappas that GSEQ gives, one as seen from each rater.

    References
    ----------
    Cohen (1960), doi 10.1177/001316446002000104; Bakeman, Quera & Gnisci (2009),
    doi 10.3758/BRM.41.1.137.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(24, [Observation("turn", "kind", 2, 10), Observation("turn", "kind", 14, 20)])
    >>> bram = Timeline(24, [Observation("turn", "kind", 4, 8), Observation("turn", "kind", 15, 17)])
    >>> clips = (RaterSet("clip", 24, {"anna": anna, "bram": bram}),)
    >>> round(time_unit_kappa(Question(clips, ("anna", "bram"), "turn")).value, 3)
    0.385
    """
    return _answer(question, "kappa")


def time_unit_percent_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where the figure is undefined."""
    return _parts(question, "percent")


def time_unit_kappa_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where the figure is undefined."""
    return _parts(question, "kappa")


def _answer(question: Question, figure: str) -> Estimate:
    found = _compared(question)
    if not isinstance(found, Compared):
        reason, components = found
        return _estimate(question, None, reason, components=components)
    value = _figure(found.both, figure)
    return _estimate(
        question,
        None if np.isnan(value) else float(value),
        texts.ONE_CATEGORY,
        n_units=found.n_units,
        components=found.components,
    )


def tables_asked(question: Question) -> tuple[Floats, tuple[str, ...]]:
    """Return the seconds of each pair of categories that are asked about, and what the categories are called.

    The tables are those of `Seconds`; with a code there are two categories. That nothing is coded, or something else,
    is called nothing: an empty name.
    """
    chosen, names = _categories(question)
    return _tables(question, _seconds(question), chosen), names


@remembered_by_code
def _compared(question: Question) -> Compared | tuple[Text, dict[str, float]]:
    """Compare two raters, or say why that cannot be done; percent and kappa both ask it."""
    reason = nothing_to_compare(question)
    if reason is not None:
        return reason, {}
    tier = coded_tier(question.clips, question.tier)
    lasting, instants = tier.lasting_and_instants(question.raters, question.code)
    excluded = {"instants_excluded": float(instants)}
    if not lasting:
        return texts.ONLY_INSTANTS, excluded
    seconds = _seconds(question)
    chosen, names = _categories(question)
    tables = _tables(question, seconds, chosen)
    sums, pooled = margins(tables), tables.sum(0)
    both = cohen(margins(pooled))
    groups = np.arange(seconds.tables.shape[-1]) if chosen is None else chosen.astype(np.intp)
    n_units = seconds.together.stretches(groups)
    components = _components(both, pooled, names) | excluded
    _, views, width = sums.shape
    return Compared(sums.reshape(len(sums), -1), (views, width), both, n_units, components)


def _figure(both: Agreement, figure: str) -> Floats:
    """Return percent or kappa: the mean of the tables where there are two."""
    return np.asarray((both.observed if figure == "percent" else both.kappa).mean(-1))


def _estimate(
    question: Question,
    value: float | None,
    because: Text,
    *,
    n_units: int = 0,
    components: dict[str, float] | None = None,
) -> Estimate:
    variant = TIER_VARIANT if question.code is None else CODE_VARIANT
    if question.tolerance:
        variant = intern(f"{variant}; tolerance {question.tolerance:g} s as in GSEQ, mean of both raters' views")
    return Estimate(
        variant,
        value,
        n_units,
        2,
        undefined_because=because if value is None else None,
        components=components or {},
    )


def _parts(question: Question, figure: str) -> Additive | None:
    found = _compared(question)
    if not isinstance(found, Compared):
        return None
    return Additive(found.sums, lambda drawn: _figure(cohen(drawn.reshape(-1, *found.shape)), figure))


def _categories(question: Question) -> tuple[NDArray[np.bool_] | None, tuple[str, ...]]:
    """Return which categories have the code that was asked about, and what the categories are called."""
    cut = grid(coded_tier(question.clips, question.tier))
    if question.code is None:
        return None, tuple("+".join(sorted(codes)) for codes in cut.categories)
    return cut.with_code(question.code), (question.code, "")


def _tables(question: Question, seconds: Seconds, chosen: NDArray[np.bool_] | None) -> Floats:
    """Return the seconds of each pair of categories that are asked about, as in `Seconds.tables`."""
    if chosen is None or question.code is None:
        return seconds.tables
    if not question.tolerance:
        return collapse(seconds.tables, chosen)
    cut = grid(coded_tier(question.clips, question.tier))
    return _tolerant_of_code(cut, question.raters, question.code, question.tolerance)


def _tolerant_of_code(cut: Grid, raters: tuple[str, ...], code: str, tolerance: float) -> Floats:
    """Look for the presence and absence of one code nearby, whatever else is coded there."""
    others = (~cut.with_code(code)).astype(np.intp)
    common = (clip.of(raters).grouped(others) for clip in cut.common(raters))
    return np.array([tolerant_tables(clip, raters, 2, tolerance) for clip in common]).reshape(-1, 2, 2, 2)


@remembered
def _seconds(question: Question) -> Seconds:
    cut = grid(coded_tier(question.clips, question.tier))
    together, width = cut.together(question.raters), len(cut.categories)
    if not question.tolerance:
        return Seconds(together, together.tables(width)[:, None])
    common = (clip.of(question.raters) for clip in cut.common(question.raters))
    tables = [tolerant_tables(clip, question.raters, width, question.tolerance) for clip in common]
    return Seconds(together, np.array(tables).reshape(-1, 2, width, width))


def _components(both: Agreement, tables: Floats, names: tuple[str, ...]) -> dict[str, float]:
    """Return the parts of a figure: means where there are two tables."""
    table = tables.mean(0)
    rows, columns, total = table.sum(1), table.sum(0), table.sum()
    parts = {
        "observed": float(both.observed.mean()),
        "expected": float(both.expected.mean()),
        "seconds": float(total),
        "seconds_agreed": float(np.trace(table)),
        "categories": float(np.count_nonzero(rows + columns)),
    }
    if not np.isnan(both.kappa_max).any():
        parts["kappa_max"] = float(both.kappa_max.mean())
    nothing = names.index("")
    parts["seconds_first"], parts["seconds_second"] = (float(total - side[nothing]) for side in (rows, columns))
    prevalences, biases = ((rows + columns) / (2 * total)).tolist(), ((rows - columns) / total).tolist()
    for name, prevalence, bias in zip(names, prevalences, biases, strict=True):
        if name:
            parts[intern(f"prevalence[{name}]")], parts[intern(f"bias[{name}]")] = prevalence, bias
    if len(tables) > 1:
        for side, percent, kappa in zip(("first", "second"), both.observed, both.kappa, strict=True):
            parts[f"percent_seen_from_{side}"] = float(percent)
            if not np.isnan(kappa):
                parts[f"kappa_seen_from_{side}"] = float(kappa)
    return parts


def alpha_variant(question: Question) -> str:
    """Say what `time_unit_alpha` calculates."""
    what = TIER_VARIANT if question.code is None else CODE_VARIANT
    return f"nominal; a unit is one second; {what}"


def time_unit_alpha(question: Question) -> Estimate:
    r"""Krippendorff's alpha with time as its unit, for two or more raters.

    .. math:: \alpha = 1 - (n - 1) \frac{n - \sum_c o_{cc}}{n^2 - \sum_c n_c^2}, \quad
              o_{cd} = \int \frac{k_c(t) \, (k_d(t) - [c = d])}{m - 1} dt

    where :math:`k_c(t)` of the m raters of a clip say c at moment t, exactly by duration.
    Alpha corrects for the number of units, n: here seconds times raters. A clip counts when
    at least two of the raters coded it; a rater who did not code it is missing there.
    The component ``limit`` is the value for infinitely short units (for two raters: Scott's
    pi over time). Undefined when only one category is used.

    References
    ----------
    Krippendorff (1995), On the reliability of unitizing continuous data,
    doi 10.2307/271061; Krippendorff (2011), Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(24, [Observation("turn", "kind", 2, 10), Observation("turn", "kind", 14, 20)])
    >>> bram = Timeline(24, [Observation("turn", "kind", 4, 8), Observation("turn", "kind", 15, 17)])
    >>> clips = (RaterSet("clip", 24, {"anna": anna, "bram": bram}),)
    >>> round(time_unit_alpha(Question(clips, ("anna", "bram"), "turn")).value, 3)
    0.329
    """
    cut = grid(coded_tier(question.clips, question.tier))
    coincidences, n_units = _coincidences(question, cut)
    variant, n_raters = alpha_variant(question), len(question.raters)
    if not coincidences.size:
        because = texts.NO_COMMON_CLIP
        return Estimate(variant, None, 0, n_raters, undefined_because=because)
    pooled = coincidences.sum(0)
    totals = pooled.sum(1)
    n = totals.sum()
    value = _alpha(pooled[None])[0]
    if np.isnan(value):
        only_instants = len(cut.categories) == 1 and coded_tier(question.clips, question.tier).codes
        because = texts.ONLY_INSTANTS if only_instants else texts.ONE_CATEGORY
        return Estimate(variant, None, n_units, n_raters, undefined_because=because)
    parts = {
        "seconds_of_raters": float(n),
        "observed_disagreement": float(1 - np.trace(pooled) / n),
        "expected_disagreement": float((n**2 - (totals**2).sum()) / (n * (n - 1))),
        "limit": float(1 - (n * (n - np.trace(pooled))) / (n**2 - (totals**2).sum())),
    }
    return Estimate(variant, float(value), n_units, n_raters, components=parts)


def time_unit_alpha_parts(question: Question) -> Additive | None:
    """Return what adds up over clips, or None where nobody can be compared."""
    coincidences, _ = _coincidences(question, grid(coded_tier(question.clips, question.tier)))
    if not coincidences.size:
        return None
    shape = coincidences.shape[1:]
    return Additive(coincidences.reshape(len(coincidences), -1), lambda sums: _alpha(sums.reshape(-1, *shape)))


def _coincidences(question: Question, cut: Grid) -> tuple[Floats, int]:
    groups: NDArray[np.intp] = np.arange(len(cut.categories))
    if question.code is not None:
        groups = cut.with_code(question.code).astype(np.intp)
    width, found, n_units = int(groups.max()) + 1, [], 0
    for clip in cut.clips:
        raters = [rater for rater in question.raters if rater in clip.raters]
        if len(raters) > 1:
            cut_here = clip.of(raters)
            counts = np.zeros((len(cut_here.seconds), width))
            for says in cut_here.says.values():
                counts[np.arange(len(counts)), groups[says]] += 1
            weights = cut_here.seconds / (len(raters) - 1)
            found.append(counts.T @ (counts * weights[:, None]) - np.diag(weights @ counts))
            n_units += cut_here.stretches(groups)
    return np.array(found), n_units


def _alpha(coincidences: Floats) -> Floats:
    totals = coincidences.sum(-1)
    n = totals.sum(-1)
    expected = n**2 - (totals**2).sum(-1)
    defined = (expected > SMALLEST * n**2) & (n > 1)
    disagreed = n - np.trace(coincidences, axis1=-2, axis2=-1)
    return np.where(defined, 1 - (n - 1) * disagreed / np.where(defined, expected, 1.0), np.nan)
