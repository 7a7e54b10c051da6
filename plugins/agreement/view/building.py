"""From a report to its view: what to look at first, then the figures, then the clips."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import get_args

from plugins.agreement.comparing.answers import answers
from plugins.agreement.comparing.attention import Attention, Standing
from plugins.agreement.comparing.report import Report, Result
from plugins.agreement.measures.by_event.events import linked_events
from plugins.agreement.measures.inference.bootstrap import FEWEST
from vib.language import LANGUAGES, Text
from vib.observation import Observation
from vib.statistic import Basis, Question, Statistic

from . import texts, writing
from .clips import clips_of
from .drawing import styles_of
from .model import (
    Confusion,
    Fact,
    Family,
    Figure,
    Matrix,
    Measured,
    Name,
    Order,
    Ranked,
    Row,
    Spread,
    Table,
    Todo,
    View,
)

MOST_IN_TITLE = 5
"""Raters who are named in the title; more are counted."""

IN_MATRIX = ("event_kappa", "time_unit_kappa")
"""What the first matrices are of, where it was calculated."""

Labels = Mapping[str, Text]


def view_of(
    report: Report, labels: Labels, *, title: str = "", to_confirm: Collection[str] = (), with_clips: bool = True
) -> View:
    """Return everything there is to show of a report.

    Parameters
    ----------
    labels : Mapping[str, Text]
        What tiers and codes are called; what is not there is called by its id.
    title : str
        Of the round or project; empty for the names of the raters.
    to_confirm : Collection[str]
        Codes that the codebook still has to confirm.
    with_clips : bool
        Whether the moments and timelines of the clips are shown too: with many clips these take longest.
    """
    return _Building(report, labels, to_confirm).view(title, with_clips=with_clips)


class _Building:
    def __init__(self, report: Report, labels: Labels, to_confirm: Collection[str]) -> None:
        self.report = report
        self.drawn = _drawn_codes(report)
        styles = styles_of(self.drawn)

        @cache
        def name(name: str) -> Name:
            return Name(name, labels.get(name) or Text(nl=name, en=name), styles.get(name), name in to_confirm)

        self.name = name
        self.labels = labels
        self.statistics = {statistic.name: statistic for statistic in report.statistics}
        self.common: dict[tuple[tuple[str, ...], bool], int] = {}
        self.figures = tuple(self._figure(result) for result in report.results)
        self.whole = tuple(figure for figure in self.figures if figure.result.clip is None)
        self.orders = tuple(self._order(attention) for attention in report.attention)

    def view(self, title: str, *, with_clips: bool) -> View:
        report = self.report
        clips, left = clips_of(report, self.name, self._order_of_clips()) if with_clips else ((), 0)
        return View(
            title=Text(nl=title, en=title) if title else self._title(),
            raters=report.raters,
            clip_names=tuple(clip.clip for clip in report.clips),
            pass_mark=report.choice.pass_mark,
            facts=tuple(self._facts()),
            answers=answers(report, self.labels),
            todo=tuple(todo for attention in report.attention for todo in self._todo(attention)),
            nobody=self._nobody(),
            noticed=report.noticed,
            notes=report.notes,
            orders=self.orders,
            matrices=tuple(self._first_matrices()),
            confusions=tuple(self._confusions()),
            tables=tuple(self._tables(self.whole)),
            clip_tables=self._clip_tables(),
            families=tuple(self._families()),
            figures=self.figures,
            statistics=report.statistics,
            names={known: self.name(known) for known in self._named()},
            legend={self.name(tier): tuple(map(self.name, codes)) for tier, codes in self.drawn.items()},
            clips=clips,
            clips_left=left,
        )

    def _title(self) -> Text:
        raters = self.report.raters
        if len(raters) > MOST_IN_TITLE:
            return texts.WORDS["many_raters"].filled(count=len(raters))
        return _listed(raters)

    def _figure(self, result: Result) -> Figure:
        rated = result.rating is not None
        key = (result.raters, rated)
        if key not in self.common:
            needed = set(result.raters)
            seen = [set(clip.ratings if rated else clip.timelines) for clip in self.report.clips]
            self.common[key] = sum(needed <= who if len(needed) == 2 else len(needed & who) > 1 for who in seen)
        return Figure(
            result,
            self.statistics[result.measure],
            None if result.subject is None else self.name(result.subject),
            None if result.code is None else self.name(result.code),
            1 if result.clip is not None else self.common[key],
        )

    def _named(self) -> list[str]:
        found = {name for r in self.report.results for name in (r.subject, r.code) if name is not None}
        return sorted(found | {name for tier, codes in self.drawn.items() for name in (tier, *codes)})

    def _facts(self) -> Iterable[Fact]:
        report, choice = self.report, self.report.choice
        seconds = sum(clip.duration for clip in report.clips)

        def number(written: Mapping[str, str]) -> Text:
            return Text(**written)

        overlap = number({language: writing.share(choice.overlap, language, 0) for language in LANGUAGES})
        tolerance = number({language: f"{writing.decimal(choice.boundary, language, 1)} s" for language in LANGUAGES})
        clips = f"{len(report.clips)} ({writing.clock(seconds)})"
        yield Fact(texts.WORDS["raters"], number({x: writing.listed(report.raters, x) for x in LANGUAGES}))
        yield Fact(texts.WORDS["clips"], Text(nl=clips, en=clips))
        if choice.reference is not None:
            yield Fact(texts.WORDS["reference"], Text(nl=choice.reference, en=choice.reference))
        yield Fact(texts.WORDS["same_event"], texts.WORDS["overlap"].filled(share=overlap))
        yield Fact(texts.WORDS["tolerance"], tolerance)
        if choice.pass_mark is not None:
            mark = choice.pass_mark
            yield Fact(texts.WORDS["pass_mark"], number({x: writing.decimal(mark, x) for x in LANGUAGES}))

    def _order(self, attention: Attention) -> Order:
        """Return the order of a tier: of two raters, one code or one clip there is none."""

        def ranked(found: Sequence[Standing], fewest: int) -> tuple[Ranked, ...]:
            because = [tuple(map(self.name, self._because(one, attention))) for one in found]
            ranks = tuple(Ranked(self.name(one.name), one, why) for one, why in zip(found, because, strict=True))
            return ranks if len(ranks) >= fewest else ()

        codes, raters, clips = ranked(attention.codes, 2), ranked(attention.raters, 3), ranked(attention.clips, 2)
        return Order(self.name(attention.tier), codes, raters, clips)

    def _because(self, one: Standing, attention: Attention) -> tuple[str, ...]:
        """Return on what something differs most; that it is on every code says nothing."""
        every = {code.name for code in attention.codes}
        return () if len(every) > 1 and set(one.because) == every else one.because

    def _todo(self, attention: Attention) -> Iterable[Todo]:
        """Return who and what clearly differs: codes first, as one that all read differently is nobody's."""
        tier = self.name(attention.tier).said
        for one in attention.codes:
            if one.named:
                said = texts.CODE_OF_SOME if one.because else texts.CODE_OF_ALL
                words = said.filled(code=self.name(one.name).said, tier=tier, raters=_listed(one.because))
                yield Todo("code", words, attention.tier, code=one.name)
        for one in attention.raters:
            if one.named:
                codes = [self.name(code).said for code in self._because(one, attention)]
                said = texts.RATER_IN if codes else texts.RATER
                words = said.filled(rater=one.name, tier=tier, codes=_listed_texts(codes))
                yield Todo("rater", words, attention.tier, rater=one.name)
        for one in attention.clips:
            if one.named:
                yield Todo("clip", texts.CLIP.filled(clip=one.name, tier=tier), attention.tier, clip=one.name)

    def _nobody(self) -> Text:
        """Return why nobody and nothing is named, where that is so."""
        if len(self.report.clips) < FEWEST:
            return texts.TOO_FEW_CLIPS
        return texts.NOBODY_DIFFERS if self.report.choice.bootstrap else texts.NO_INTERVALS

    def _order_of_clips(self) -> list[str]:
        """Return the clips, those in which most differs first."""
        of_first = [one.name.id for order in self.orders[:1] for one in order.clips]
        return list(dict.fromkeys([*of_first, *(clip.clip for clip in self.report.clips)]))

    def _order_of_raters(self, subject: str | None) -> tuple[str, ...]:
        found = [one.name.id for order in self.orders if order.tier.id == subject for one in order.raters]
        return tuple(dict.fromkeys([*found, *self.report.raters]))

    def _first_matrices(self) -> Iterable[Matrix]:
        there = [self.statistics[name] for name in IN_MATRIX if name in self.statistics]
        for statistic in there or [s for s in self.report.statistics if s.raters == "two"][:1]:
            yield from self._matrices(statistic)

    def _matrices(self, statistic: Statistic) -> Iterable[Matrix]:
        """Return a matrix for each tier, where there are more than two raters."""
        if statistic.raters == "many" or len(self.report.raters) < 3:
            return
        by_subject: dict[Name, dict[frozenset[str], Figure]] = {}
        code = self.report.choice.code
        for figure in self.whole:
            if figure.statistic.name == statistic.name and figure.subject and figure.result.code == code:
                by_subject.setdefault(figure.subject, {})[frozenset(figure.result.raters)] = figure
        for subject, figures in by_subject.items():
            yield Matrix(statistic, subject, self._order_of_raters(subject.id), figures)

    def _confusions(self) -> Iterable[Confusion]:
        """Return what two raters called the same event, or each rater and the reference."""
        reference, choice, pairs = self.report.choice.reference, self.report.choice, self.report.pairs
        if reference is None and len(pairs) > 1:
            return
        for tier in self.report.tiers:
            for pair in pairs:
                ordered = pair if reference in (None, pair[0]) else (pair[1], pair[0])
                question = Question(
                    self.report.clips, ordered, tier, overlap=choice.overlap, tolerance=choice.tolerance
                )
                found = linked_events(question)
                counts = found.pooled.copy()
                # A linked pair counts twice in the figures, once for each rater's event; here as one moment.
                counts[:-1, :-1] /= 2
                used = [n for n in range(len(found.codes)) if counts[n].any() or counts[:, n].any()]
                if used:
                    places = [*used, len(found.codes)]
                    codes = tuple(self.name(found.codes[n]) for n in used)
                    rows = tuple(tuple(int(counts[i, j]) for j in places) for i in places)
                    yield Confusion(self.name(tier), ordered, codes, rows)

    def _tables(self, figures: Sequence[Figure]) -> Iterable[Table]:
        """Return what compares two raters by time and by event, side by side: a table for each tier."""
        beside = [s for s in self.report.statistics if s.raters == "two" and s.basis in ("time", "event")]
        beside.sort(key=lambda statistic: statistic.basis != "time")
        names = {statistic.name for statistic in beside}
        rows = _rows([f for f in figures if f.result.measure in names and f.subject is not None], beside)
        for _, found in groupby(rows, key=lambda row: row.subject):
            yield Table(tuple(beside), tuple(found))

    def _clip_tables(self) -> dict[str, tuple[Table, ...]]:
        by_clip: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if figure.result.clip is not None:
                by_clip.setdefault(figure.result.clip, []).append(figure)
        return {clip: tuple(self._tables(figures)) for clip, figures in by_clip.items()}

    def _families(self) -> Iterable[Family]:
        by_statistic: dict[str, list[Figure]] = {}
        for figure in self.whole:
            by_statistic.setdefault(figure.result.measure, []).append(figure)
        for basis in get_args(Basis):
            found = tuple(
                Measured(
                    statistic,
                    tuple(_rows(by_statistic.get(statistic.name, ()), [statistic])),
                    tuple(self._matrices(statistic)),
                )
                for statistic in self.report.statistics
                if statistic.basis == basis
            )
            if found:
                yield Family(basis, texts.FAMILIES[basis], found)


def _rows(figures: Iterable[Figure], statistics: Sequence[Statistic]) -> Iterable[Row]:
    """Return a row for each tier or rating and each of its codes, in the order of the report."""
    found: dict[tuple[Name | None, Name | None], dict[str, list[Figure]]] = {}
    for figure in figures:
        of_this = found.setdefault((figure.subject, figure.code), {})
        of_this.setdefault(figure.result.measure, []).append(figure)
    for (subject, code), by_name in found.items():
        cells = tuple(_spread(by_name[s.name]) if s.name in by_name else None for s in statistics)
        yield Row(subject, code, cells, _counts(cells))


def _spread(figures: Sequence[Figure]) -> Spread:
    defined = sorted(
        (f for f in figures if f.estimate.value is not None), key=lambda f: (f.estimate.value, f.result.raters)
    )
    return Spread(tuple(defined), tuple(f for f in figures if f.estimate.value is None))


def _counts(cells: Iterable[Spread | None]) -> tuple[int, int] | None:
    """Return how many events each of two raters has, where a figure by event says so."""
    for cell in cells:
        parts = cell.only.estimate.components if cell is not None and cell.only is not None else {}
        if "events_first" in parts and "events_second" in parts:
            return int(parts["events_first"]), int(parts["events_second"])
    return None


def _drawn_codes(report: Report) -> dict[str, list[str]]:
    """Return the codes on the timelines, by tier."""
    found: dict[str, set[str]] = {}
    for clip in report.clips:
        for rater in report.raters:
            for seen in clip.timelines.get(rater, ()):
                if _asked_for(seen, report.choice.tier):
                    found.setdefault(seen.tier, set()).add(seen.code)
    return {tier: sorted(codes) for tier, codes in sorted(found.items())}


def _asked_for(seen: Observation, tier: str | None) -> bool:
    return tier in (None, seen.tier) or tier in seen.attributes


def _listed(names: Sequence[str]) -> Text:
    return _listed_texts([Text(nl=name, en=name) for name in names])


def _listed_texts(names: Sequence[Text]) -> Text:
    return Text(**{x: writing.listed([name.to(x) for name in names], x) for x in LANGUAGES})
