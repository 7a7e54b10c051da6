"""Against a reference rater: how much of it does a rater find, and how exactly in time?

An event counts as found when it is matched with one of the reference and has the same
code. Without a tolerance (`Question.tolerance`) events are matched as EasyDIAg links
them, by their overlap (see `linking.link`); with one, onset and offset must both lie within
it (see `match_within`). Every clip that both raters coded counts, and clips are pooled by
their events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from plugins.agreement.measures import texts
from plugins.agreement.measures.inference.intervals import ORDER, quantile_interval
from plugins.agreement.measures.timelines.coded import Lane, coded_tier
from plugins.agreement.measures.timelines.linking import link_lanes
from plugins.agreement.measures.timelines.matching import match_coded
from plugins.agreement.measures.timelines.pairs import remembered, remembered_by_code
from vib.language import Text
from vib.statistic import Additive, Estimate, Question

from .texts import NO_REFERENCE, NOTHING_FOUND, RATER_CODED_NOTHING, REFERENCE_CODED_NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

Edge = Literal["onset", "offset"]
Figure = Literal["median", "mean", "p90"]

COUNTED = ("found", "events_reference", "events_rater", "linked_reference", "linked_rater")
"""What is counted in each clip; *linked* leaves out whether the code is the same."""


class Matched(NamedTuple):
    """One tier of the clips that both coded, as the reference and the rater coded it, with what belongs together.

    Parameters
    ----------
    links : NDArray[np.intp], shape (links, 2)
        Places in `reference` and in `rater`.
    place : int or None
        Place of the code that was asked about, -1 when nobody used it; None for the whole tier.
    """

    reference: Lane
    rater: Lane
    links: Places
    place: int | None

    @property
    def clips(self) -> int:
        """How many clips there are."""
        return len(self.reference.first) - 1

    @property
    def found(self) -> Places:
        """The links of events with the same code, if that was asked about."""
        known, coded = (lane.coded.codes[side] for lane, side in zip(self[:2], self.links.T, strict=True))
        return np.asarray(self.links[(known == coded) & self.asked(known)])

    def asked(self, codes: Places) -> NDArray[np.bool_]:
        """Tell which of these codes were asked about."""
        return np.full(len(codes), True) if self.place is None else codes == self.place


def event_precision(question: Question) -> Estimate:
    r"""Share of the rater's events that the reference has too, with the same code.

    .. math:: P = \frac{TP}{n_\text{rater}}

    The component ``linked_rater`` counts the rater's events that are matched whatever their
    code. With a code: of the rater's events of this code. Undefined when the rater coded
    nothing of the kind. Events of one clip are not independent, so it comes without an interval:
    draw clips again, with `event_precision_parts`.

    References
    ----------
    Mesaros, Heittola & Virtanen (2016), Metrics for polyphonic sound event detection,
    doi 10.3390/app6060162.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> asked = Question(clips, ("anna", "expert"), "turn", reference="expert")
    >>> event_precision(asked).value, event_recall(asked).value, round(event_f1(asked).value, 3)
    (1.0, 0.5, 0.667)
    """
    return _share(question, "events_rater", RATER_CODED_NOTHING)


def event_recall(question: Question) -> Estimate:
    r"""Share of the reference's events that the rater has too, with the same code.

    .. math:: R = \frac{TP}{n_\text{reference}}

    The component ``linked_reference`` counts the reference's events that are matched whatever
    their code. With a code: of the reference's events of this code. Undefined when the
    reference coded nothing of the kind. It comes without an interval: draw clips again, with
    `event_recall_parts`.

    References
    ----------
    As `event_precision`.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> event_recall(Question(clips, ("anna", "expert"), "turn", reference="expert")).value
    0.5
    """
    return _share(question, "events_reference", REFERENCE_CODED_NOTHING)


def event_f1(question: Question) -> Estimate:
    r"""Precision and recall in one figure: their harmonic mean.

    .. math:: F_1 = \frac{2 TP}{n_\text{reference} + n_\text{rater}}

    It does not depend on which of the two is the reference. Of a whole tier, with linking by
    overlap, it equals `event_percent`. Undefined when neither coded anything of the kind. It
    comes without an interval: draw clips again, with `event_f1_parts`.

    References
    ----------
    Dice (1945), doi 10.2307/1932409; Mesaros, Heittola & Virtanen (2016),
    doi 10.3390/app6060162.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> event_f1(Question(clips, ("anna", "expert"), "turn", reference="expert")).value
    0.6666666666666666
    """
    variant = f"harmonic mean of precision and recall; {_matching(question)}"
    reason = _reason(question)
    components = {} if reason else _components(_counts(question))
    units = components.get("events_reference", 0.0) + components.get("events_rater", 0.0)
    if not units:
        reason, raters = reason or texts.NOTHING_CODED, len(question.raters)
        return Estimate(variant, None, 0, raters, undefined_because=reason, components=components)
    return Estimate(variant, 2 * components["found"] / units, int(units), 2, components=components)


def event_precision_parts(question: Question) -> Additive:
    """Return what of `event_precision` adds up over clips: events found, events of the rater."""
    return _share_parts(question, "events_rater")


def event_recall_parts(question: Question) -> Additive:
    """Return what of `event_recall` adds up over clips: events found, events of the reference."""
    return _share_parts(question, "events_reference")


def event_f1_parts(question: Question) -> Additive:
    """Return what of `event_f1` adds up over clips: events found, half of the events of both."""
    counts = _counts(question)
    return Additive(np.column_stack([counts[:, 0], (counts[:, 1] + counts[:, 2]) / 2]), _ratio)


def onset_error_median(question: Question) -> Estimate:
    r"""Median of how many seconds the onsets of found events are off.

    .. math:: \tilde{e} = \operatorname{median}_i |s_i - s_i^\text{reference}|

    Only events that are found count: matched, and of the same code. The components hold
    the ``mean``, ``median`` and ``p90`` (between order statistics by linear interpolation,
    R's type 7), the ``greatest`` error, and the ``bias``: the mean with its sign, above 0
    where the rater is later than the reference. Matching leaves out what is further off
    than it allows, so the errors of a stricter matching are smaller. Undefined when nothing
    is found.

    The interval of median and 90th percentile runs from one order statistic to another, and
    is left out where there are too few events to have one. For one of the mean, draw clips
    again, with `onset_error_mean_parts`.

    References
    ----------
    Interval: David & Nagaraja (2003), Order Statistics, section 7.1, doi 10.1002/0471722162.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "kind", 19.5, 30.25)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> onsets = onset_error_median(Question(clips, ("anna", "expert"), "turn", reference="expert"))
    >>> onsets.value, onsets.components["bias"]
    (0.75, 0.25)
    """
    return _error(question, "onset", "median")


def onset_error_mean(question: Question) -> Estimate:
    r"""Mean of how many seconds the onsets of found events are off.

    .. math:: \bar{e} = \frac{1}{n} \sum_i |s_i - s_i^\text{reference}|

    Which events count: see `onset_error_median`. It comes without an interval: draw clips
    again, with `onset_error_mean_parts`.

    References
    ----------
    Mesaros, Heittola & Virtanen (2016), doi 10.3390/app6060162 (what counts as found).

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "kind", 19.5, 30.25)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> onset_error_mean(Question(clips, ("anna", "expert"), "turn", reference="expert")).value
    0.75
    """
    return _error(question, "onset", "mean")


def onset_error_p90(question: Question) -> Estimate:
    r"""Seconds that 90 % of the onsets of found events are off at most.

    .. math:: e_{0.9} = \operatorname{quantile}_{0.9} |s_i - s_i^\text{reference}|

    Which events count, and the interval: see `onset_error_median`.

    References
    ----------
    David & Nagaraja (2003), Order Statistics, section 7.1, doi 10.1002/0471722162.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "kind", 19.5, 30.25)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> onset_error_p90(Question(clips, ("anna", "expert"), "turn", reference="expert")).value
    0.95
    """
    return _error(question, "onset", "p90")


def offset_error_median(question: Question) -> Estimate:
    r"""Median of how many seconds the offsets of found events are off.

    .. math:: \tilde{e} = \operatorname{median}_i |t_i - t_i^\text{reference}|

    Which events count, and the interval: see `onset_error_median`.

    References
    ----------
    David & Nagaraja (2003), Order Statistics, section 7.1, doi 10.1002/0471722162.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "kind", 19.5, 30.25)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> offset_error_median(Question(clips, ("anna", "expert"), "turn", reference="expert")).value
    0.125
    """
    return _error(question, "offset", "median")


def offset_error_mean(question: Question) -> Estimate:
    r"""Mean of how many seconds the offsets of found events are off.

    .. math:: \bar{e} = \frac{1}{n} \sum_i |t_i - t_i^\text{reference}|

    Which events count: see `onset_error_median`. It comes without an interval: draw clips
    again, with `offset_error_mean_parts`.

    References
    ----------
    Mesaros, Heittola & Virtanen (2016), doi 10.3390/app6060162 (what counts as found).

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "kind", 19.5, 30.25)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> offset_error_mean(Question(clips, ("anna", "expert"), "turn", reference="expert")).value
    0.125
    """
    return _error(question, "offset", "mean")


def offset_error_p90(question: Question) -> Estimate:
    r"""Seconds that 90 % of the offsets of found events are off at most.

    .. math:: e_{0.9} = \operatorname{quantile}_{0.9} |t_i - t_i^\text{reference}|

    Which events count, and the interval: see `onset_error_median`.

    References
    ----------
    David & Nagaraja (2003), Order Statistics, section 7.1, doi 10.1002/0471722162.

    Examples
    --------
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> expert = Timeline(40, [Observation("turn", "kind", 0, 10), Observation("turn", "kind", 20, 30)])
    >>> anna = Timeline(40, [Observation("turn", "kind", 1, 10), Observation("turn", "kind", 19.5, 30.25)])
    >>> clips = (RaterSet("clip", 40, {"anna": anna, "expert": expert}),)
    >>> offset_error_p90(Question(clips, ("anna", "expert"), "turn", reference="expert")).value
    0.225
    """
    return _error(question, "offset", "p90")


def onset_error_mean_parts(question: Question) -> Additive:
    """Return what of `onset_error_mean` adds up over clips: seconds off, and events found."""
    return _mean_parts(question, "onset")


def offset_error_mean_parts(question: Question) -> Additive:
    """Return what of `offset_error_mean` adds up over clips: seconds off, and events found."""
    return _mean_parts(question, "offset")


def _reason(question: Question) -> Text | None:
    """Return why there is nothing to compare at all, if so."""
    if len(question.raters) != 2:
        return texts.TWO_RATERS
    if question.reference not in question.raters:
        return NO_REFERENCE
    return None if coded_tier(question.clips, question.tier).common(question.raters) else texts.NO_COMMON_CLIP


def _matching(question: Question) -> str:
    """Say in words what counts as found."""
    code = "" if question.code is None else "; this code only"
    if question.tolerance:
        within = f"onset and offset both within {question.tolerance:g} s, best one-to-one matching"
        return f"found: {within}, same code{code}"
    return f"found: linked as in EasyDIAg, overlap of at least {question.overlap:g} of the longer, same code{code}"


def _matched(question: Question) -> Matched | None:
    """Return what belongs together, None where no clip is of both."""
    tier = coded_tier(question.clips, question.tier)
    lanes, links = tier.lanes(question.raters), _links(question)
    if not lanes:
        return None
    first, second = lanes
    place = None if question.code is None else tier.place_of(question.code)
    return Matched(second, first, links, place) if _turned(question) else Matched(first, second, links, place)


def _turned(question: Question) -> bool:
    """Tell whether the second of the two raters is the reference."""
    return question.reference == question.raters[1]


@remembered
def _links(question: Question) -> Places:
    """Return which events of the reference and of the rater belong together, shape (links, 2)."""
    lanes = coded_tier(question.clips, question.tier).lanes(question.raters)
    if not lanes:
        return np.empty((0, 2), dtype=np.intp)
    first, second = lanes
    if not question.tolerance:
        links = link_lanes(first, second, question.overlap)
        return links[:, ::-1] if _turned(question) else links
    known, rater = (second, first) if _turned(question) else (first, second)
    found = [np.empty((0, 2), dtype=np.intp)]
    for clip in range(len(known.first) - 1):
        own = (lane.part(clip, clip + 1).coded for lane in (known, rater))
        links = match_coded(next(own), next(own), question.tolerance)
        found.append(links + np.array([known.first[clip], rater.first[clip]]))
    return np.concatenate(found)


@remembered_by_code
def _counts(question: Question) -> Floats:
    """Count what `COUNTED` names, shape (clips, 5)."""
    matched = _matched(question)
    if matched is None:
        return np.zeros((0, len(COUNTED)))
    known, rater = matched.reference, matched.rater
    mine, theirs = matched.links.T
    places = (
        known.clip[matched.found[:, 0]],
        known.clip[matched.asked(known.coded.codes)],
        rater.clip[matched.asked(rater.coded.codes)],
        known.clip[mine[matched.asked(known.coded.codes[mine])]],
        rater.clip[theirs[matched.asked(rater.coded.codes[theirs])]],
    )
    return np.stack([np.bincount(one, minlength=matched.clips) for one in places], axis=1).astype(np.float64)


def _components(counts: Floats) -> dict[str, float]:
    return {name: float(total) for name, total in zip(COUNTED, counts.sum(axis=0), strict=True)}


def _share(question: Question, events: str, because: Text) -> Estimate:
    whose = "rater's" if events == "events_rater" else "reference's"
    variant = f"share of the {whose} events; {_matching(question)}"
    reason = _reason(question)
    components = {} if reason else _components(_counts(question))
    units = components.get(events, 0.0)
    if not units:
        raters = len(question.raters)
        return Estimate(variant, None, 0, raters, undefined_because=reason or because, components=components)
    return Estimate(variant, components["found"] / units, int(units), 2, components=components)


def _share_parts(question: Question, events: str) -> Additive:
    return Additive(_counts(question)[:, [0, COUNTED.index(events)]], _ratio)


def _errors(question: Question, edge: Edge) -> list[Floats]:
    """Return, for each clip, how many seconds later than the reference each found event starts or ends."""
    matched = _matched(question)
    if matched is None:
        return []
    i, j = matched.found.T
    known, rater = matched.reference.coded, matched.rater.coded
    late = rater.starts[j] - known.starts[i] if edge == "onset" else rater.ends[j] - known.ends[i]
    counts = np.bincount(matched.reference.clip[i], minlength=matched.clips)
    return np.split(late, np.cumsum(counts)[:-1])


def _error(question: Question, edge: Edge, figure: Figure) -> Estimate:
    variant = f"{figure} absolute error of the {edge} in seconds, over found events; {_matching(question)}"
    reason = _reason(question)
    signed = np.concatenate([np.empty(0), *([] if reason else _errors(question, edge))])
    if not signed.size:
        reason = reason or NOTHING_FOUND
        return Estimate(variant, None, 0, len(question.raters), undefined_because=reason)
    errors = np.sort(np.abs(signed))
    components = {
        "median": float(np.median(errors)),
        "mean": float(errors.mean()),
        "p90": float(np.quantile(errors, 0.9)),
        "greatest": float(errors[-1]),
        "bias": float(signed.mean()),
        "found": float(errors.size),
    }
    ci = None if figure == "mean" else quantile_interval(errors, 0.5 if figure == "median" else 0.9)
    method = None if ci is None else ORDER
    return Estimate(variant, components[figure], errors.size, 2, ci=ci, ci_method=method, components=components)


def _mean_parts(question: Question, edge: Edge) -> Additive:
    rows = [(np.abs(errors).sum(), errors.size) for errors in _errors(question, edge)]
    return Additive(np.array(rows, dtype=np.float64).reshape(-1, 2), _ratio)


def _ratio(sums: Floats) -> Floats:
    """Divide the first part by the second."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], np.nan)
