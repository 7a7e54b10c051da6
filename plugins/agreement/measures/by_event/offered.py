"""What is offered by event, of two raters and against a reference: each statistic with its source and explanation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from plugins.agreement.measures.sources import CICCHETTI_FEINSTEIN, COHEN
from vib.language import Text
from vib.statistic import Additive, Estimate, Explanation, Question, Statistic

from . import events, explained, positive, reference

EVENTS = (
    Statistic(
        "event_percent",
        Text(nl="Momenten gelijk", en="Events agreed"),
        "event",
        events.HOLLE_REIN,
        events.event_percent,
        additive=events.event_percent_parts,
        measured_in="share",
        explained=explained.PERCENT,
    ),
    Statistic(
        "percent_linked",
        Text(nl="Beiden gezien", en="Seen by both"),
        "event",
        events.HOLLE_REIN,
        events.percent_linked,
        additive=events.percent_linked_parts,
        measured_in="share",
        explained=explained.LINKED_SHARE,
    ),
    Statistic(
        "event_positive_agreement",
        Text(nl="Zo genoemd door beiden", en="Called so by both"),
        "event",
        f"{CICCHETTI_FEINSTEIN}; {events.HOLLE_REIN}",
        positive.event_positive_agreement,
        usual=False,
        additive=positive.event_positive_agreement_parts,
        measured_in="share",
        explained=explained.POSITIVE,
    ),
    Statistic(
        "event_kappa",
        Text(nl="Kappa op momenten", en="Event kappa"),
        "event",
        events.HOLLE_REIN,
        events.event_kappa,
        additive=events.event_kappa_parts,
        explained=explained.KAPPA,
    ),
    Statistic(
        "event_kappa_max",
        Text(nl="Hoogst mogelijke kappa op momenten", en="Largest possible event kappa"),
        "event",
        f"{events.HOLLE_REIN}; {COHEN}",
        events.event_kappa_max,
        usual=False,
        additive=events.event_kappa_max_parts,
        explained=explained.KAPPA_MAX,
    ),
)


def _against(
    name: str,
    label: Text,
    calculate: Callable[[Question], Estimate],
    additive: Callable[[Question], Additive | None] | None,
    said: Explanation,
) -> Statistic:
    """Return a statistic of a rater against the reference: a share, or how many seconds a boundary is off."""
    measured_in: Literal["seconds", "share"] = "seconds" if name.startswith(("onset", "offset")) else "share"
    return Statistic(
        name,
        label,
        "event",
        events.HOLLE_REIN,
        calculate,
        raters="reference",
        usual=False,
        additive=additive,
        measured_in=measured_in,
        explained=said,
    )


AGAINST_REFERENCE = (
    _against(
        "event_precision",
        Text(nl="Precisie", en="Precision"),
        reference.event_precision,
        reference.event_precision_parts,
        explained.PRECISION,
    ),
    _against(
        "event_recall",
        Text(nl="Gevonden van de referentie", en="Recall"),
        reference.event_recall,
        reference.event_recall_parts,
        explained.RECALL,
    ),
    _against("event_f1", Text(nl="F1", en="F1"), reference.event_f1, reference.event_f1_parts, explained.F1),
    _against(
        "onset_error_median",
        Text(nl="Begin: mediaan", en="Onset: median"),
        reference.onset_error_median,
        None,
        explained.ONSET_MEDIAN,
    ),
    _against(
        "onset_error_mean",
        Text(nl="Begin: gemiddeld", en="Onset: mean"),
        reference.onset_error_mean,
        reference.onset_error_mean_parts,
        explained.ONSET_MEAN,
    ),
    _against(
        "onset_error_p90",
        Text(nl="Begin: 90 %", en="Onset: 90 %"),
        reference.onset_error_p90,
        None,
        explained.ONSET_P90,
    ),
    _against(
        "offset_error_median",
        Text(nl="Einde: mediaan", en="Offset: median"),
        reference.offset_error_median,
        None,
        explained.OFFSET_MEDIAN,
    ),
    _against(
        "offset_error_mean",
        Text(nl="Einde: gemiddeld", en="Offset: mean"),
        reference.offset_error_mean,
        reference.offset_error_mean_parts,
        explained.OFFSET_MEAN,
    ),
    _against(
        "offset_error_p90",
        Text(nl="Einde: 90 %", en="Offset: 90 %"),
        reference.offset_error_p90,
        None,
        explained.OFFSET_P90,
    ),
)
