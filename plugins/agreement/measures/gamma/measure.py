"""Gamma, gamma-cat and gamma-k: agreement of raters who mark units where they like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack, final

import numpy as np

from plugins.agreement.measures.timelines.coded import observations_of
from plugins.agreement.measures.timelines.tables import SMALLEST
from vib.language import Text
from vib.statistic import Estimate, Question

from . import texts
from .continuum import Marked
from .sampling import Disorders, disorders, precision_of
from .settings import Options, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SOURCE = "Mathet, Widlöcher & Métivier (2015), doi 10.1162/COLI_a_00227"
SOURCE_CAT = "Mathet (2017), doi 10.1162/COLI_a_00296"

CI_METHOD = (
    "Student interval of the mean disorder of the chance samples (as in section 5.3 of Mathet, "
    "Widlöcher & Métivier 2015): how far the figure would move with other chance samples; it says "
    "nothing about other clips or other raters"
)


def gamma(question: Question, **options: Unpack[Options]) -> Estimate:
    r"""Agreement on where units are and which code they have, beyond chance.

    .. math:: \gamma = 1 - \frac{\delta_o}{\delta_e}

    where :math:`\delta_o` is the disorder of the best alignment of what the raters marked (see
    `best_alignment`) and :math:`\delta_e` the mean disorder of the best alignments of chance
    samples (see `shifted`). Units of one rater may overlap and need not cover the clip; only
    what was marked counts, silence does not. With a code, only units with this code count.

    Several clips are as one long clip: the sums of their unitary disorders are divided by the
    sum of their units a rater, so that a clip weighs by its units; each is shuffled within
    itself. A clip that one of the raters did not code is left out. Instants are made to last
    (`Settings.instant`).

    It is undefined with fewer than two raters or two units, and when it would take too much
    work or memory: an answer is exact or there is none. Identical raters have 1; there
    is no lower limit.

    Parameters
    ----------
    question : Question
        Of two raters or more; its seed is that of the chance samples.
    **options
        See `Settings`.

    Returns
    -------
    Estimate
        With the components ``observed_disorder`` and ``expected_disorder``,
        ``unitary_alignments`` (the fewest that the least disorder can be had with),
        ``samples``, ``precision`` (1.96 standard errors of the expected disorder, as a share
        of it), ``units_per_rater``, ``clips``, ``instants``, and as far as they are defined
        ``gamma_cat`` and ``gamma_k[code]`` (see `gamma_cat`); the same with
        ``_with_unaligned`` count a unit that belongs with none as one of another code.

    References
    ----------
    Mathet, Widlöcher & Métivier (2015), The unified and holistic method gamma for
    inter-annotator agreement measure and alignment, doi 10.1162/COLI_a_00227.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 9), Observation("turn", "volwassene", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "volwassene", 22, 30)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> answer = gamma(Question(clips, ("anna", "bram"), "turn"))
    >>> round(answer.value, 1), round(answer.components["observed_disorder"], 3)
    (1.0, 0.037)
    """
    settings = Settings(**options)
    variant = f"gamma; {settings.words}"
    asked = _Asked.of(question, settings, question.code)
    if isinstance(asked, Text):
        return _undefined(question, variant, asked)
    found, units = asked.found, asked.n_units
    drawn = np.array([sums.mean for sums in found.drawn])
    against = _Against.of(found.observed.mean, drawn)
    if against is None:
        return _undefined(question, variant, texts.NO_CHANCE, units)
    precision = precision_of(drawn)
    components = {
        "observed_disorder": settings.delta_empty * against.observed,
        "expected_disorder": settings.delta_empty * against.expected,
        "unitary_alignments": float(found.observed.n_unitary),
        "samples": float(len(drawn)),
        **({} if precision is None else {"precision": precision}),
        "units_per_rater": found.observed.mean_units,
        "clips": float(asked.n_clips),
        "instants": float(asked.n_instants),
        **_of_codes(found),
    }
    return against.estimate(question, f"{variant}; {len(drawn)} samples, seed {question.seed}", units, components)


def gamma_cat(question: Question, **options: Unpack[Options]) -> Estimate:
    r"""Agreement beyond chance on the codes of units that belong together, wherever they are.

    .. math:: \gamma_{cat} = 1 - \frac{\delta_{cat, o}}{\delta_{cat, e}}

    with the mean dissimilarity of codes over the pairs that the best alignment of `gamma` puts
    together (see `code_sums`), and the same over its chance samples; a sample without such
    pairs has none and is left out. A unit that belongs with no other says nothing about codes
    and does not count, as a missing value does not in Krippendorff's alpha: for units given
    beforehand, the observed disorder is alpha's observed disagreement. The component
    ``with_unaligned`` counts it as one of another code instead, as pygamma-agreement 0.5.9 does.

    With a code it is gamma-k: over the pairs in which at least one unit has this code.

    It is undefined when no pair belongs together, or when codes would not differ by chance.

    Parameters
    ----------
    question : Question
        Of two raters or more; its seed is that of the chance samples.
    **options
        See `Settings`.

    References
    ----------
    Mathet (2017), The agreement measure gamma-cat, a complement to gamma focused on
    categorization of a continuum, doi 10.1162/COLI_a_00296.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(40, [Observation("turn", "kind", 0, 9), Observation("turn", "volwassene", 20, 30)])
    >>> bram = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "volwassene", 22, 30)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "bram": bram}),)
    >>> gamma_cat(Question(clips, ("anna", "bram"), "turn")).value
    1.0
    """
    settings = Settings(**options)
    what = "gamma-cat" if question.code is None else f"gamma-k of {question.code}"
    variant = f"{what}; {settings.words}"
    asked = _Asked.of(question, settings, None)
    if isinstance(asked, Text):
        return _undefined(question, variant, asked)
    found, units = asked.found, asked.n_units
    if question.code not in (None, *found.codes):
        return _undefined(question, variant, texts.NOTHING_CODED)
    place = (None, *found.codes).index(question.code)
    observed, drawn = _shares(found, with_missed=False)
    if np.isnan(observed[place]) or np.isnan(drawn[:, place]).all():
        return _undefined(question, variant, texts.NO_PAIRS, units)
    against = _Against.of(observed[place], drawn[:, place])
    if against is None:
        return _undefined(question, variant, texts.ONE_CODE, units)
    observed, drawn = _shares(found, with_missed=True)
    unaligned = _Against.of(observed[place], drawn[:, place])
    components = {
        "observed_disorder": against.observed,
        "expected_disorder": against.expected,
        "samples": float(len(drawn)),
        "samples_with_pairs": float(against.samples),
        **({} if unaligned is None else {"with_unaligned": unaligned.value}),
    }
    return against.estimate(question, f"{variant}; {len(drawn)} samples, seed {question.seed}", units, components)


@final
@dataclass(frozen=True, slots=True)
class _Asked:
    """The disorders that a question is about."""

    found: Disorders
    n_units: int
    n_instants: int
    n_clips: int

    @classmethod
    def of(cls, question: Question, settings: Settings, code: str | None) -> _Asked | Text:
        if len(set(question.raters)) < 2:
            return texts.TWO_OR_MORE
        common = [clip for clip in question.clips if set(question.raters) <= set(clip.timelines)]
        if not common:
            return texts.NO_COMMON_CLIP
        marked: list[tuple[str, Marked, float]] = []
        for clip in common:
            seen = (observations_of(clip.timelines[rater], question.tier) for rater in sorted(set(question.raters)))
            units = tuple(tuple((o.start, o.end, o.code) for o in own if code in (None, o.code)) for own in seen)
            if any(units):
                marked.append((clip.clip, units, clip.duration))
        every = [unit for _, clip, _ in marked for own in clip for unit in own]
        if len(every) < 2:
            return texts.ONE_UNIT if every else texts.NOTHING_CODED
        _, clips, durations = zip(*sorted(marked), strict=True)
        found = disorders(clips, durations, settings, question.seed)
        if isinstance(found, Text):
            return found
        return cls(found, len(every), sum(start == end for start, end, _ in every), len(marked))


@final
@dataclass(frozen=True, slots=True)
class _Against:
    """A disorder against those of chance."""

    observed: float
    expected: float
    spread: float
    samples: int

    @classmethod
    def of(cls, observed: float, drawn: Floats) -> _Against | None:
        """Compare with samples, NaN where there is none; None where nothing but rounding could differ by chance."""
        known = drawn[~np.isnan(drawn)]
        if np.isnan(observed) or not len(known) or known.mean() < SMALLEST:
            return None
        spread = float(known.std(ddof=1)) / len(known) ** 0.5 if len(known) > 1 else 0.0
        return cls(float(observed), float(known.mean()), spread, len(known))

    @property
    def value(self) -> float:
        return 1.0 - self.observed / self.expected

    @property
    def se(self) -> float:
        return self.observed / self.expected**2 * self.spread

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval; None without any spread, and where chance might have no disorder at all."""
        from scipy.special import stdtrit

        if self.se < SMALLEST:
            return None
        far = float(stdtrit(self.samples - 1, 0.975)) * self.spread
        if far >= self.expected:
            return None
        return 1.0 - self.observed / (self.expected - far), 1.0 - self.observed / (self.expected + far)

    def estimate(self, question: Question, variant: str, n_units: int, components: dict[str, float]) -> Estimate:
        interval = self.interval
        return Estimate(
            variant=variant,
            value=self.value,
            n_units=n_units,
            n_raters=len(set(question.raters)),
            se=None if interval is None else self.se,
            ci=interval,
            ci_method=None if interval is None else CI_METHOD,
            components=components,
        )


def _undefined(question: Question, variant: str, because: Text, n_units: int = 0) -> Estimate:
    raters = len(set(question.raters))
    return Estimate(variant=variant, value=None, n_units=n_units, n_raters=raters, undefined_because=because)


def _shares(found: Disorders, *, with_missed: bool) -> tuple[Floats, Floats]:
    """Return the mean dissimilarity of codes as observed, and of each sample."""
    observed = found.observed.codes.shares(with_missed=with_missed)
    return observed, np.array([sums.codes.shares(with_missed=with_missed) for sums in found.drawn])


def _of_codes(found: Disorders) -> dict[str, float]:
    """Return gamma-cat and gamma-k of each code, as far as they are defined."""
    components = {}
    for ending, with_missed in (("", False), ("_with_unaligned", True)):
        observed, drawn = _shares(found, with_missed=with_missed)
        names = [f"gamma_cat{ending}", *(f"gamma_k{ending}[{code}]" for code in found.codes)]
        for place, name in enumerate(names):
            against = _Against.of(observed[place], drawn[:, place])
            if against is not None:
                components[name] = against.value
    return components
