r"""Krippendorff's alphas of unitizing (2016): do raters lay the same units in a continuum, with the same codes?

Four coefficients ask different things of the same units: `u_alpha` of units and codes
together, `bar_u_alpha` of coded against not coded, `cu_alpha` of the codes where units
coincide, and `k_u_alpha` of one code where units coincide. All count by exact duration.

Several clips are laid end to end: no unit or gap crosses from one clip into the next, and
lengths, squared lengths and coincidences add up over clips. Pairs of raters in a clip weigh
1 / (m - 1), with m the raters who coded that clip; a rater who did not is missing there, not
silent. Units of one rater may not overlap, or there is no value. Instants have no length: they
are left out and counted in the component `instants_excluded`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.language import Text
from vib.problem import InputProblem
from vib.statistic import Additive, Estimate, Question

from . import texts
from .unitizing_parts import Crossings, Units, crossings, units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SOURCE = "Krippendorff, Mathet, Bouvry & Widlöcher (2016), doi 10.1007/s11135-015-0266-1"

SECOND = 1.0
"""Default unit of time of `u_alpha` and `bar_u_alpha`, in seconds."""

K_U_VARIANT = f"(k)u-alpha, one code where units coincide; {SOURCE}"


def u_alpha(question: Question, unit: float = SECOND) -> Estimate:
    r"""Alpha of units and codes together: gaps are a category, and so is each code.

    .. math:: {}_u\alpha = 1 - \frac{\ell_{..} - \sum_c \ell_{cc}}{\ell_{..} - \sum_c \epsilon_{cc}}, \quad
              \epsilon_{cc} = \ell_{..} \frac{\ell_{c.}^2 - Q_c}{\ell_{..}^2 - \sum_k Q_k}

    where :math:`\ell_{ck}` is how long one rater says c while another says k, over all pairs of
    raters and divided by :math:`m - 1`, :math:`\ell_{c.}` how long all raters together say c, and
    :math:`Q_c` the sum of the squared lengths of the units of c: a unit is not compared with
    itself. A gap is no unit and has no structure: it counts as made of pieces of one unit of
    time, so :math:`Q` of gaps is their total length times `unit`. The value therefore depends,
    a little, on the unit of time.

    Parameters
    ----------
    question : Question
        Two or more raters. With a code, only the units of that code exist and all else is gap.
    unit : float
        Unit of time in seconds: what one character is in a text.

    Returns
    -------
    Estimate
        Undefined when units of one rater overlap, when nothing was coded, or when all raters
        use one category all the time. Components: `observed_disagreement` and
        `expected_disagreement` (shares of the time), `seconds_watched`, `seconds_gap`,
        `agreed_gap`, and `seconds[c]`, `agreed[c]` and `squares[c]` of each code.

    References
    ----------
    Krippendorff, Mathet, Bouvry & Widloecher (2016), On the reliability of unitizing textual
    continua: further developments, eqs 1, 4 and 5, doi 10.1007/s11135-015-0266-1.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(24, [Observation("turn", "kind", 2, 10), Observation("turn", "kind", 14, 20)])
    >>> bram = Timeline(24, [Observation("turn", "kind", 4, 8), Observation("turn", "kind", 15, 17)])
    >>> clips = (RaterSet("clip", 24, {"anna": anna, "bram": bram}),)
    >>> round(u_alpha(Question(clips, ("anna", "bram"), "turn")).value, 4)
    0.3583
    """
    return _estimate(question, _u(unit))


def bar_u_alpha(question: Question, unit: float = SECOND) -> Estimate:
    r"""Alpha of coded against not coded, whatever the code (written \|u-alpha).

    .. math:: {}_{|u}\alpha = 1 - \frac{\ell_{\phi.} - \ell_{\phi\phi}}{\epsilon_{\phi.} - \epsilon_{\phi\phi}}

    where :math:`\phi` is the gap, and observed and expected coincidences are those of `u_alpha`:
    units that touch stay apart in the squared lengths. Parameters, missing and undefined values
    and components are as for `u_alpha`; with a code, both are the same.

    References
    ----------
    Krippendorff, Mathet, Bouvry & Widloecher (2016), eq. 6, doi 10.1007/s11135-015-0266-1.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(20, [Observation("turn", "kind", 2, 5), Observation("turn", "ouder", 12, 20)])
    >>> bram = Timeline(20, [Observation("turn", "ouder", 2, 5), Observation("turn", "kind", 12, 20)])
    >>> clips = (RaterSet("clip", 20, {"anna": anna, "bram": bram}),)
    >>> bar_u_alpha(Question(clips, ("anna", "bram"), "turn")).value
    1.0
    """
    return _estimate(question, _bar_u(unit))


def cu_alpha(question: Question) -> Estimate:
    r"""Alpha of the codes, only where units of different raters coincide.

    .. math:: {}_{cu}\alpha = 1 - \frac{\ell^*_{..} - \sum_c \ell_{cc}}{\ell^*_{..} - \sum_c \epsilon^*_{cc}}, \quad
              \epsilon^*_{cc} = \frac{{\ell^*_{c.}}^2 - Q^*_c}{\ell^*_{..} - \sum_k Q^*_k / \ell^*_{..}}

    where :math:`\ell^*_{c.} = \ell_{c.} - \ell_{c\phi}` leaves out what coincides with gaps, and
    :math:`Q^*_c` is the sum, over the units of c and the other raters, of the squared length that
    the unit shares with units of that rater, divided by :math:`m - 1`. It does not depend on a
    unit of time.

    Parameters
    ----------
    question : Question
        Two or more raters, no code: with a code only that code exists, and there is no value.

    Returns
    -------
    Estimate
        Undefined when units of one rater overlap, when units coincide nowhere or with one code
        only, and when so few coincide that nothing is left to estimate chance from. Components:
        `coverage` (share of the time of all raters that coincides), `observed_disagreement`,
        `expected_disagreement`, `seconds_crossing`, and `crossing[c]`, `agreed[c]` and
        `crossing_squares[c]` of each code.

    Notes
    -----
    With three or more raters the R package quallmer squares what a unit shares with all other
    raters together; its values differ from those published, which are the ones given here. The
    published correction may exceed what is left to estimate chance from, when four or more
    raters hardly ever code at once: then there is no value.

    References
    ----------
    Krippendorff, Mathet, Bouvry & Widloecher (2016), eqs 10 and 11, doi 10.1007/s11135-015-0266-1.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(20, [Observation("turn", "kind", 2, 5), Observation("turn", "ouder", 12, 20)])
    >>> bram = Timeline(20, [Observation("turn", "kind", 1, 4), Observation("turn", "ouder", 10, 18)])
    >>> clips = (RaterSet("clip", 20, {"anna": anna, "bram": bram}),)
    >>> said = cu_alpha(Question(clips, ("anna", "bram"), "turn"))
    >>> said.value, said.components["coverage"]
    (1.0, 0.4)
    """
    return _estimate(question, _cu())


def k_u_alpha(question: Question) -> Estimate:
    r"""Alpha of one code, only where units of different raters coincide (written (k)u-alpha).

    .. math:: {}_{(k)u}\alpha = 1 - \frac{\epsilon^*_{.k}}{\ell^*_{.k}}
              \frac{\ell^*_{.k} - \ell_{kk}}{\epsilon^*_{.k} - \epsilon^*_{kk}}

    with the coincidences of `cu_alpha`: the other codes of the tier exist, gaps do not.

    Parameters
    ----------
    question : Question
        Two or more raters, and a code. Without a code there is no value, and the components
        `k_u_alpha[c]` and `coverage[c]` hold the figures of each code that has them.

    Returns
    -------
    Estimate
        Undefined as `cu_alpha` is, and when the code coincides with nothing. Components:
        `coverage` (share of the code's time that coincides with units of others),
        `observed_disagreement`, `expected_disagreement`, `crossing`, `agreed`,
        `crossing_squares` and `seconds_crossing`.

    References
    ----------
    Krippendorff, Mathet, Bouvry & Widloecher (2016), eq. 13b, doi 10.1007/s11135-015-0266-1.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(20, [Observation("turn", "kind", 2, 5), Observation("turn", "ouder", 12, 20)])
    >>> bram = Timeline(20, [Observation("turn", "kind", 1, 4), Observation("turn", "ouder", 10, 18)])
    >>> clips = (RaterSet("clip", 20, {"anna": anna, "bram": bram}),)
    >>> k_u_alpha(Question(clips, ("anna", "bram"), "turn", "kind")).value
    1.0
    """
    if question.code is not None:
        return _estimate(replace(question, code=None), _k_u(question.code))
    units, found = units_of(question), crossings(question)
    components: dict[str, float] = {"instants_excluded": float(units.instants.sum())}
    if isinstance(found, Crossings):
        components |= found.shares()
        each = {code: k_u_alpha(replace(question, code=code)).value for code in units.codes}
        components |= {f"k_u_alpha[{code}]": value for code, value in each.items() if value is not None}
    because = found if isinstance(found, Text) else texts.WHICH_CODE
    return _said(units, K_U_VARIANT, components, because)


def u_alpha_parts(question: Question, unit: float = SECOND) -> Additive | None:
    """Return what of `u_alpha` adds up over clips; None where units overlap or nothing was coded."""
    return _additive(question, _u(unit))


def bar_u_alpha_parts(question: Question, unit: float = SECOND) -> Additive | None:
    """Return what of `bar_u_alpha` adds up over clips; None where units overlap or nothing was coded."""
    return _additive(question, _bar_u(unit))


def cu_alpha_parts(question: Question) -> Additive | None:
    """Return what of `cu_alpha` adds up over clips; None where units overlap or nothing was coded."""
    return _additive(question, _cu())


def k_u_alpha_parts(question: Question) -> Additive | None:
    """Return what of `k_u_alpha` adds up over clips; None without a code, and as for `cu_alpha_parts`."""
    return None if question.code is None else _additive(replace(question, code=None), _k_u(question.code))


@final
@dataclass(frozen=True, slots=True)
class _Measure:
    """One member of the family.

    `parts` add up over clips, shape (clips, parts); of sums of them, `disagreement` is what was
    observed and expected, NaN where that cannot be said, and `why` a value is missing.
    """

    variant: str
    parts: Callable[[Crossings], Floats]
    disagreement: Callable[[Floats], tuple[Floats, Floats]]
    why: Callable[[Floats], Text]
    components: Callable[[Crossings], dict[str, float]]
    code: str | None = None

    def value(self, sums: Floats) -> Floats:
        observed, expected = self.disagreement(sums)
        return 1.0 - _over(observed, expected)


def _estimate(question: Question, measure: _Measure) -> Estimate:
    units = units_of(question).of(measure.code or question.code)
    variant = measure.variant if question.code is None else f"{measure.variant}; no units but those of this code"
    found = units.missing or crossings(question)
    if isinstance(found, Text):
        return _said(units, variant, units.left_out(), found)
    components = found.units.left_out()
    sums = measure.parts(found).sum(axis=0)[None]
    observed, expected = (float(one[0]) for one in measure.disagreement(sums))
    components |= measure.components(found)
    components |= {"observed_disagreement": observed, "expected_disagreement": expected}
    value = float(measure.value(sums)[0])
    return _said(units, variant, components, measure.why(sums) if math.isnan(value) else value)


def _said(units: Units, variant: str, components: dict[str, float], said: float | Text) -> Estimate:
    return Estimate(
        variant=variant,
        value=None if isinstance(said, Text) else said,
        n_units=len(units),
        n_raters=units.raters,
        undefined_because=said if isinstance(said, Text) else None,
        components={name: one for name, one in components.items() if math.isfinite(one)},
    )


def _additive(question: Question, measure: _Measure) -> Additive | None:
    found = units_of(question).of(measure.code or question.code).missing or crossings(question)
    return None if isinstance(found, Text) else Additive(measure.parts(found), measure.value)


def _u(unit: float) -> _Measure:
    def parts(found: Crossings) -> Floats:
        return np.column_stack([_apart(found.together), _squares(found, unit), found.together.sum(axis=2)])

    variant = f"u-alpha, units and codes, gaps in pieces of {_checked(unit):g} s; {SOURCE}"
    return _Measure(variant, parts, _disagreement, _one_category, Crossings.lengths)


def _bar_u(unit: float) -> _Measure:
    def parts(found: Crossings) -> Floats:
        seconds = found.together.sum(axis=2)
        crossed = found.together[:, 0, 1:].sum(axis=1)
        return np.column_stack([2 * crossed, _squares(found, unit), seconds[:, 0], seconds[:, 1:].sum(axis=1)])

    variant = f"|u-alpha, coded or not, gaps in pieces of {_checked(unit):g} s; {SOURCE}"
    return _Measure(variant, parts, _disagreement, _one_category, Crossings.lengths)


def _cu() -> _Measure:
    def parts(found: Crossings) -> Floats:
        coded = found.together[:, 1:, 1:]
        return np.column_stack([_apart(coded), found.crossing_squares.sum(axis=1), coded.sum(axis=2)])

    return _Measure(
        f"cu-alpha, codes where units coincide; {SOURCE}", parts, _disagreement, _few_codes, Crossings.shares
    )


def _k_u(code: str) -> _Measure:
    def parts(found: Crossings) -> Floats:
        at = found.units.codes.index(code)
        coded, squares = found.together[:, 1:, 1:], found.crossing_squares
        same, seconds = coded[:, at, at], coded.sum(axis=2)
        others = np.delete(seconds, at, axis=1).sum(axis=1)
        disagreed = np.delete(coded[:, at], at, axis=1).sum(axis=1)
        return np.column_stack([disagreed, squares[:, at], squares.sum(axis=1), same + disagreed, others])

    def components(found: Crossings) -> dict[str, float]:
        of_code, shares = f"[{code}]", found.shares()
        named = {name.removesuffix(of_code): one for name, one in shares.items() if name.endswith(of_code)}
        return {"seconds_crossing": shares["seconds_crossing"], **named}

    return _Measure(K_U_VARIANT, parts, _disagreement_on_code, _few_on_code, components, code)


def _checked(unit: float) -> float:
    if not (math.isfinite(unit) and unit > 0):
        raise InputProblem("unit", nl=f"{unit} is geen tijdseenheid in seconden", en=f"{unit} is no unit of time in s")
    return unit


def _apart(together: Floats) -> Floats:
    """Return the seconds in which raters differ, per clip: all that is off the diagonal."""
    different = ~np.eye(together.shape[1], dtype=np.bool_)
    return np.asarray(together.sum(axis=(1, 2), where=different), dtype=np.float64)


def _squares(found: Crossings, unit: float) -> Floats:
    return np.asarray(found.squares.sum(axis=1) + unit * found.together[:, 0].sum(axis=1), dtype=np.float64)


def _disagreement(sums: Floats) -> tuple[Floats, Floats]:
    """Take (disagreed, squares, seconds of each category...), of whatever categories."""
    disagreed, squares, seconds = sums[:, 0], sums[:, 1], sums[:, 2:]
    total = seconds.sum(axis=1)
    chance = _over(_exceeding(total**2, (seconds**2).sum(axis=1)), _exceeding(total**2, squares))
    return _over(disagreed, total), chance


def _disagreement_on_code(sums: Floats) -> tuple[Floats, Floats]:
    """Take (disagreed, squares of the code, of all codes, seconds of the code, of other codes)."""
    disagreed, squares, all_squares, seconds, others = sums.T
    total = seconds + others
    chance = _over(seconds * _exceeding(total, seconds), _exceeding(seconds * total, squares))
    return _over(disagreed, seconds), np.where(_exceeding(total**2, all_squares) > 0, chance, np.nan)


def _over(part: Floats, whole: Floats) -> Floats:
    """Divide, with NaN where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _exceeding(whole: Floats, part: Floats) -> Floats:
    """Subtract, with 0 where only rounding remains, or less."""
    return np.where(whole - part > SMALLEST * whole, whole - part, 0.0)


def _one_used(seconds: Floats) -> bool:
    """Whether the seconds of all but one category are nothing or rounding."""
    return not _exceeding(seconds.sum() ** 2, (seconds**2).sum()) > 0


def _one_category(sums: Floats) -> Text:
    return texts.ONE_CATEGORY if _one_used(sums[0, 2:]) else texts.SHORTER_THAN_UNIT


def _few_codes(sums: Floats) -> Text:
    crossing = sums[0, 2:]
    if not crossing.any():
        return texts.NOTHING_CROSSES
    return texts.ONE_CODE_CROSSES if _one_used(crossing) else texts.TOO_FEW_CROSS


def _few_on_code(sums: Floats) -> Text:
    return _few_codes(sums[:, 1:]) if sums[0, 3] > 0 or not sums[0, 4] > 0 else texts.CODE_NEVER_CROSSES
