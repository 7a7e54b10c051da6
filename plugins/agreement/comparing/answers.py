"""How far raters agree, in sentences: of every ten that one of them saw, how many did the other see?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, final

from plugins.agreement.measures.units.asked import POINTS
from vib.language import Text

from . import texts_answers as texts
from .report import Report

FEWEST_EVENTS = 20
"""Events, of all raters together, below which a share of them misleads; docs/explanation/agreement.md says why."""

WORTH_SAYING = 0.15
"""How far pairs differ in a share before the least and the most are said: less is lost in whole tenths."""

WELL = 0.8
"""Share of a code that both saw from which it is named among what goes well."""

MOST_CODES = 3
"""Codes that are named there."""

Labels = Mapping[str, Text]


class Share(NamedTuple):
    """A part of a whole, such as the events that both saw among all events."""

    part: float
    whole: float

    @property
    def value(self) -> float:
        """The part as a fraction, 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0


@final
@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted of a tier, attribute or code, of each pair of raters.

    Parameters
    ----------
    seen, alike : tuple[Share, ...]
        Of the events of both raters those that both saw; of what both saw, what they named alike.
    whole : tuple[Share, ...]
        Of the events of both raters, those that both saw and named alike.
    """

    seen: tuple[Share, ...]
    alike: tuple[Share, ...]
    whole: tuple[Share, ...]
    raters: int

    @classmethod
    def of(cls, pairs: Mapping[tuple[str, ...], Mapping[str, float]], code: str | None) -> _Counted:
        found = list(pairs.values())
        if code is None:
            whole = [Share(parts["observed"] * parts["events"], parts["events"]) for parts in found]
        else:
            # A linked pair counts two in these tables, one for the event of each rater.
            whole = [Share(parts["both"], parts["events"]) for parts in found]
        seen = [Share(parts["events_linked"], parts["events"]) for parts in found]
        alike = [Share(same.part, both.part) for same, both in zip(whole, seen, strict=True)]
        return cls(tuple(seen), tuple(alike), tuple(whole), len({rater for pair in pairs for rater in pair}))

    @property
    def enough(self) -> bool:
        """Whether there are events enough: one of a rater is counted with each other rater."""
        return _sum(self.whole).whole / (self.raters - 1) >= FEWEST_EVENTS


Counted = Mapping[tuple[str, str | None], _Counted]


def answers(report: Report, labels: Labels) -> tuple[Text, ...]:
    """Say how far the raters of a report agree, what went well first.

    Sentences count what the figures by event and by time rest on, added up over all pairs of raters; where pairs
    differ, the least and the most are said too. Nobody is named but the reference, and who alone is measured against
    it. What was not calculated is not said.

    Parameters
    ----------
    report : Report
        What was compared.
    labels : Mapping[str, Text]
        What tiers, attributes, ratings and codes are called; others are called by their id.

    Examples
    --------
    >>> from plugins.agreement.comparing.report import compare
    >>> from plugins.agreement.measures.catalogue import STATISTICS
    >>> from vib.observation import Observation, RaterSet, Timeline
    >>> anna = Timeline(90, [Observation("turn", "kind", start, start + 2) for start in range(0, 75, 5)])
    >>> bram = Timeline(90, [Observation("turn", "kind", start, start + 2) for start in range(0, 60, 5)])
    >>> report = compare([RaterSet("clip", 90, {"anna": anna, "bram": bram})], STATISTICS)
    >>> for said in answers(report, {"turn": Text(nl="Beurt", en="Turn")}):
    ...     print(said.en)
    This goes well: kind.
    Turn: of every ten that one rater saw, the other saw nine; of every ten that both saw, they named all ten alike.
    Turn: of every ten seconds they say the same in nine; where nobody coded anything counts too.
    """
    counted = _counted(report)
    asked = [(subject, found) for (subject, code), found in counted.items() if code == report.choice.code]
    asked.sort(key=lambda one: (not one[1].enough, -_sum(one[1].whole).value))
    attributes = {subject: found for subject, found in asked if subject in report.attributes}
    if report.choice.code is not None or len(attributes) == 1:
        attributes = {}
    return (
        *_going_well(report, counted, labels),
        *(_of_subject(report, subject, found, labels) for subject, found in asked if subject not in attributes),
        *_over_time(report, labels),
        *_described(attributes, labels),
        *_rated(report, labels),
    )


def of_ten(share: float) -> Text:
    """Return a share in words, as so many of ten; only what is none or all is called so.

    Examples
    --------
    >>> [of_ten(share).en for share in (0.0, 0.02, 0.8, 0.99, 1.0)]
    ['none', 'fewer than one', 'eight', 'more than nine', 'all ten']
    """
    tenths = round(10 * share)
    if tenths == 0 and share > 0:
        return texts.HARDLY_ANY
    return texts.NEARLY_ALL if tenths == 10 and share < 1 else texts.OF_TEN[tenths]


def _counted(report: Report) -> Counted:
    """Return what the figures by event of each tier, attribute and code rest on."""
    found: dict[tuple[str, str | None], dict[tuple[str, ...], Mapping[str, float]]] = defaultdict(dict)
    for result in report.results:
        parts = result.estimate.components
        if result.scope != "clip" and result.tier is not None and {"events_linked", "observed"} <= parts.keys():
            found[result.tier, result.code][result.raters] = parts
    return {asked: _Counted.of(pairs, asked[1]) for asked, pairs in found.items()}


def _going_well(report: Report, counted: Counted, labels: Labels) -> Iterator[Text]:
    """Name the codes on the timeline that both nearly always see, none of which is to be looked at first."""
    differing = {(one.tier, code.name) for one in report.attention for code in one.codes if code.named}
    well = sorted(
        (-_sum(found.whole).value, code)
        for (tier, code), found in counted.items()
        if code is not None and tier not in report.attributes and (tier, code) not in differing
        if found.enough and _sum(found.whole).value >= WELL
    )
    if well:
        codes = list(dict.fromkeys(code for _, code in well))[:MOST_CODES]
        yield texts.GOES_WELL.filled(codes=_listed([_called(labels, code) for code in codes]))


def _of_subject(report: Report, subject: str, found: _Counted, labels: Labels) -> Text:
    """Say of a tier, attribute or code how much of it both saw and named alike."""
    code, reference = report.choice.code, report.choice.reference
    name = _at_start(labels, subject)
    if code is not None:
        name = texts.CODE_OF.filled(code=_at_start(labels, code), tier=_called(labels, subject))
    if not found.enough:
        return _few(name, found)
    if reference is not None and (against := _against(report, subject)) is not None:
        others = [rater for rater in report.raters if rater != reference]
        said = texts.ONE_AGAINST if len(others) == 1 else texts.MORE_AGAINST
        recall, precision = (_said(shares) for shares in against)
        return said.filled(subject=name, reference=reference, rater=others[0], recall=recall, precision=precision)
    if code is not None:
        return texts.ONE_CODE.filled(subject=name, seen=_said(found.whole))
    said = texts.DESCRIBED if subject in report.attributes else texts.SEEN
    return said.filled(subject=name, seen=_said(found.seen), alike=_said(found.alike))


def _few(name: Text, found: _Counted) -> Text:
    """Count events in place of a share of them."""
    seen, whole = _sum(found.seen), _sum(found.whole)
    moments, linked, alike = (round(number) for number in (seen.whole - seen.part / 2, seen.part / 2, whole.part / 2))
    events = texts.ONE_EVENT if moments == 1 else texts.EVENTS.filled(count=moments)
    said = texts.FEW if len(found.seen) == 1 else texts.FEW_OF_PAIRS
    return said.filled(subject=name, events=events, linked=linked, alike=alike)


def _against(report: Report, subject: str) -> tuple[tuple[Share, ...], tuple[Share, ...]] | None:
    """Return what each found of the events of the reference, and what of theirs the reference has too."""
    counted = {
        result.raters: result.estimate.components
        for result in report.results
        if result.measure in ("event_recall", "event_precision", "event_f1")
        if result.scope != "clip" and (result.tier, result.code) == (subject, report.choice.code)
        if "found" in result.estimate.components
    }
    if not counted:
        return None
    recall = tuple(Share(parts["found"], parts["events_reference"]) for parts in counted.values())
    return recall, tuple(Share(parts["found"], parts["events_rater"]) for parts in counted.values())


def _over_time(report: Report, labels: Labels) -> Iterator[Text]:
    """Say how much of the time raters say the same, of each tier on the timeline."""
    counted: dict[str, dict[tuple[str, ...], Share]] = {
        tier: {} for tier in report.tiers if tier not in report.attributes
    }
    for result in report.results:
        parts = result.estimate.components
        if result.code is None and result.tier in counted and result.scope != "clip" and "seconds_agreed" in parts:
            counted[result.tier][result.raters] = Share(parts["seconds_agreed"], parts["seconds"])
    for tier, shares in counted.items():
        if shares:
            yield texts.TIME.filled(subject=_at_start(labels, tier), same=_said(list(shares.values())))


def _described(attributes: Mapping[str, _Counted], labels: Labels) -> Iterator[Text]:
    """Say of several attributes in one sentence how much of what both described they named alike."""
    by_share: dict[Text, list[Text]] = defaultdict(list)
    enough = {subject: _sum(found.alike).value for subject, found in attributes.items() if found.enough}
    for subject, share in sorted(enough.items(), key=lambda one: -one[1]):
        by_share[of_ten(share)].append(_called(labels, subject))
    if by_share:
        said = [texts.AT.filled(share=share, names=_listed(names)) for share, names in by_share.items()]
        yield texts.ATTRIBUTES.filled(attributes=_apart(said))
    few = [_called(labels, subject) for subject in attributes if subject not in enough]
    if few:
        yield texts.FEW_ATTRIBUTES.filled(attributes=_listed(few))


def _rated(report: Report, labels: Labels) -> Iterator[Text]:
    """Say in how many clips ratings lie close, in one sentence."""
    close = {
        result.rating: result.estimate.components
        for result in report.results
        if result.measure == "within_tolerance" and result.rating and "units_within" in result.estimate.components
    }
    if close:
        points = POINTS if report.choice.tolerance is None else report.choice.tolerance
        said = [
            texts.IN_CLIPS.filled(
                name=_called(labels, rating), within=f"{parts['units_within']:g}", clips=f"{parts['units_pairable']:g}"
            )
            for rating, parts in sorted(close.items(), key=lambda one: -_share_within(one[1]))
        ]
        yield texts.RATINGS.filled(points=f"{points:g}", ratings=_apart(said))


def _share_within(parts: Mapping[str, float]) -> float:
    return parts["units_within"] / parts["units_pairable"]


def _said(shares: Sequence[Share]) -> Text:
    """Return the share of all pairs together in words, with the least and the most where pairs differ in it."""
    said = of_ten(_sum(shares).value)
    values = [share.value for share in shares if share.whole >= FEWEST_EVENTS]
    if not values or max(values) - min(values) < WORTH_SAYING:
        return said
    return texts.BETWEEN.filled(said=said, least=of_ten(min(values)), most=of_ten(max(values)))


def _sum(shares: Iterable[Share]) -> Share:
    parts, wholes = zip(*shares, strict=True)
    return Share(sum(parts), sum(wholes))


def _called(labels: Labels, name: str) -> Text:
    return labels.get(name, Text(nl=name, en=name))


def _at_start(labels: Labels, name: str) -> Text:
    """Return what something is called, as a sentence begins; an id stays as it is."""
    called = _called(labels, name)
    if name not in labels:
        return called
    return Text(nl=called.nl[:1].upper() + called.nl[1:], en=called.en[:1].upper() + called.en[1:])


def _listed(names: Sequence[Text]) -> Text:
    listed = names[0]
    for name in names[1:-1]:
        listed = texts.COMMA.filled(listed, name)
    return listed if len(names) < 2 else texts.AND.filled(listed, names[-1])


def _apart(parts: Sequence[Text]) -> Text:
    return Text(nl="; ".join(part.nl for part in parts), en="; ".join(part.en for part in parts))
