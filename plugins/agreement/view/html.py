"""A report as one page that needs nothing else: to read, to send, to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plugins.agreement.comparing.disagreements import Disagreement, Pair, disagreements
from plugins.agreement.comparing.report import Report, Result
from plugins.agreement.measures.by_event.events import linked_events
from plugins.agreement.measures.by_time.time_units import time_unit_percent
from vib.language import Language, Text, in_language
from vib.observation import Observation, RaterSet, as_codes
from vib.statistic import Question, Statistic

from . import texts
from .drawing import LEFT, STYLES, WIDTH, Names, clock, strips
from .formats import clock_tenths, decimal, figure, interval, label, others, rows, share, statistics_by_basis

MOST_CLIPS = 40
MOST_OBSERVATIONS = 20_000
"""Observations after which no further clip is drawn."""

MOST_DIFFERENCES = 100
"""Differences listed for one clip."""

MOST_CODES = 40
"""Codes in the legend."""

MOST_NAMED = 5
"""Codes named in one card of what went well."""

Page = dict[str, Any]


def to_html(report: Report, language: Language, labels: Mapping[str, Text] | None = None) -> str:
    """Return the page: first what the raters agree on, then the figures, then each clip."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(_Writer(report, language, labels or {}).page())


def _no_figure(statistic: Statistic) -> Page:
    """Return the cell of a statistic that is not asked about what the row is about."""
    return {"text": "", "note": "", "width": None, "basis": statistic.basis, "interval": "", "chance": ""}


class _Writer:
    """Turns a report into what the template shows, in one language."""

    def __init__(self, report: Report, language: Language, labels: Mapping[str, Text]) -> None:
        self.report = report
        self.language = language
        self.labels = labels
        self.word = in_language(texts.WORDS, language)
        self.tiers = [tier for tier in report.tiers if tier not in report.attributes]
        self.drawn = sorted({o.tier for o in self._observations()})
        self.codes = sorted({(o.tier, o.code) for o in self._observations()})
        self.styles = {
            code: number % STYLES
            for tier in self.drawn
            for number, code in enumerate(code for its_tier, code in self.codes if its_tier == tier)
        }
        self.statistics = statistics_by_basis(report.statistics)
        self.rows: dict[tuple[str | None, tuple[str, ...]], list[list[Result]]] = {}
        for row in rows(report, self.statistics):
            self.rows.setdefault((row[0].clip, row[0].raters), []).append(row)

    def page(self) -> Page:
        report = self.report
        clips = self._drawn_clips()
        return {
            "language": self.language,
            "word": self.word,
            "title": self._listed(report.raters),
            "facts": self._facts(),
            "notes": [note.to(self.language) for note in (*report.noticed, *report.notes)],
            "cards": [card for pair in report.pairs for card in self._cards(pair)],
            "many": len(report.pairs) > 1,
            "nothing_coded": bool(report.clips) and not report.tiers,
            "heads": [(s.label.to(self.language), s.basis) for s in self.statistics],
            "tables": [self._table(None, pair) for pair in report.pairs],
            "others": self._others(),
            "pass_mark": report.choice.pass_mark and decimal(report.choice.pass_mark, self.language),
            "styles": range(STYLES),
            "legend": self._legend(),
            "legend_left": max(0, len(self.codes) - MOST_CODES),
            "clips": [self._clip(number, clip) for number, clip in enumerate(clips, 1)],
            "clips_left": len(report.clips) - len(clips),
            "sources": [self._source(s) for s in self.report.statistics],
            "width": WIDTH,
            "left": LEFT,
        }

    def _drawn_clips(self) -> list[RaterSet]:
        drawn: list[RaterSet] = []
        observations = 0
        for clip in self.report.clips[:MOST_CLIPS]:
            if observations > MOST_OBSERVATIONS:
                break
            observations += sum(len(clip.timelines[r]) for r in self.report.raters if r in clip.timelines)
            drawn.append(clip)
        return drawn

    def _observations(self) -> list[Observation]:
        choice = self.report.choice
        return [
            o
            for clip in self.report.clips
            for rater in self.report.raters
            if rater in clip.timelines
            for o in clip.timelines[rater]
            if choice.tier in (None, o.tier) or choice.tier in o.attributes
        ]

    def _facts(self) -> list[tuple[str, str]]:
        report, word = self.report, self.word
        overlap = share(report.choice.overlap, self.language, 0)
        seconds = sum(clip.duration for clip in report.clips)
        return [
            (word["raters"], ", ".join(report.raters)),
            (word["clips"], f"{len(report.clips)} ({clock(seconds)})"),
            (word["same_event"], word["overlap"].format(share=overlap)),
            (word["tolerance"], f"{decimal(report.choice.boundary, self.language, 1)} s"),
        ]

    def _cards(self, pair: Pair) -> list[Page]:
        choice = self.report.choice
        cards = []
        for tier in self.report.tiers:
            question = Question(self.report.clips, pair, tier, choice.code, choice.overlap)
            linked = linked_events(question)
            table = linked.pooled
            same = {
                code: int(table[place, place] // 2)
                for place, code in enumerate(linked.codes)
                if choice.code in (None, code) and table[place, place]
            }
            time = time_unit_percent(question).value
            if not table.any() and time is None:
                continue
            ordered = sorted(same.items(), key=lambda item: (-item[1], item[0]))
            named = [(self._label(code), n, self.styles.get(code)) for code, n in ordered[:MOST_NAMED]]
            cards.append(
                {
                    "pair": self._listed(pair),
                    "tier": self._label(tier),
                    "attribute": tier in self.report.attributes,
                    "same": sum(same.values()),
                    "codes": named,
                    "codes_left": len(ordered) - MOST_NAMED,
                    "time": None if time is None else share(time, self.language),
                    "time_width": 0 if time is None else round(100 * time, 1),
                }
            )
        return cards

    def _table(self, clip: str | None, pair: Pair) -> Page:
        notes: list[str] = []
        return {
            "raters": pair,
            "pair": self._listed(pair),
            "rows": [self._row(row, notes) for row in self.rows.get((clip, pair), ()) if row[0].tier is not None],
            "notes": notes,
        }

    def _row(self, row: list[Result], notes: list[str]) -> Page:
        first = row[0]
        by_name = {result.measure: result for result in row}
        figures = []
        for statistic in self.statistics:
            found = by_name.get(statistic.name)
            if found is None:
                figures.append(_no_figure(statistic))
                continue
            written = figure(found, statistic, self.language, notes)
            value = found.estimate.value if statistic.measured_in == "share" else None
            figures.append(
                {
                    "text": written.partition(" [")[0],
                    "note": written.partition(" [")[2].rstrip("]") if found.estimate.value is None else "",
                    "width": None if value is None else round(100 * value, 1),
                    "basis": statistic.basis,
                    "interval": interval(found, statistic, self.language),
                    "chance": self._chance(found),
                }
            )
        of_each = [result.estimate.components for result in row]
        parts = next((parts for parts in of_each if "events_first" in parts), None)
        return {
            "tier": self._label(first.tier or ""),
            "attribute": first.tier in self.report.attributes,
            "code": None if first.code is None else self._label(first.code),
            "style": None if first.code is None else self.styles.get(first.code),
            "figures": figures,
            "counts": parts and (int(parts["events_first"]), int(parts["events_second"])),
        }

    def _others(self) -> Page:
        """Return the figures that are not side by side, with the reasons of those that are undefined."""
        notes: list[str] = []
        found = [
            {
                "raters": self.word["all_raters"] if r.raters == self.report.raters else self._listed(r.raters),
                "subject": self._label(r.subject or ""),
                "code": "" if r.code is None else self._label(r.code),
                "measure": statistic.label.to(self.language),
                "figure": figure(r, statistic, self.language, notes),
                "interval": interval(r, statistic, self.language),
                "chance": self._chance(r),
                "n_units": r.estimate.n_units,
            }
            for r, statistic in others(self.report)
            if r.clip is None and r.subject is not None
        ]
        return {"rows": found, "notes": notes}

    def _chance(self, result: Result) -> str:
        mark = self.report.choice.pass_mark
        if result.reaches is None or mark is None:
            return ""
        words = {"share": share(result.reaches, self.language, 0), "mark": decimal(mark, self.language)}
        return self.word["chance_of"].format(**words)

    def _legend(self) -> list[Page]:
        groups: dict[str, list[tuple[str, int | None]]] = {}
        for tier, code in self.codes[:MOST_CODES]:
            groups.setdefault(tier, []).append((self._label(code), self.styles.get(code)))
        return [{"tier": self._label(tier), "codes": codes} for tier, codes in groups.items()]

    def _clip(self, number: int, clip: RaterSet) -> Page:
        coded = [rater for rater in self.report.raters if rater in clip.timelines]
        choice = self.report.choice
        found = [
            difference
            for pair in self.report.pairs
            for difference in disagreements(
                [clip],
                pair,
                tier=choice.tier,
                code=choice.code,
                overlap=choice.overlap,
                tolerance=choice.boundary,
            )
        ]
        found.sort(key=lambda d: d.start)
        names = Names(self._label, self._label, self._tooltip, self.styles)
        listed = found[:MOST_DIFFERENCES]
        here = [tier for tier in self.drawn if any(tier in clip.timelines[rater].tiers for rater in coded)]
        tables = [self._table(clip.clip, pair) for pair in self.report.pairs if self.report.choice.per_clip]
        return {
            "id": clip.clip,
            "number": number,
            "duration": clock(clip.duration),
            "absent": [rater for rater in self.report.raters if rater not in clip.timelines],
            "silent": [rater for rater in coded if not len(clip.timelines[rater])],
            "strips": strips(clip, coded, here, [d.start for d in found], names) if here else [],
            "differences": [self._difference(d) for d in listed],
            "listed": len(listed),
            "differences_left": len(found) - len(listed),
            "tables": [table for table in tables if table["rows"]],
        }

    def _difference(self, d: Disagreement) -> Page:
        first, second = d.raters
        return {
            "when": self._moment(d.start, d.end),
            "tier": self._label(d.tier) + (f" · {self._label(d.attribute)}" if d.attribute else ""),
            "kind": d.kind,
            "what": texts.KINDS[d.kind].to(self.language).format(first=first, second=second),
            "has": [self._has(first, d, d.first), self._has(second, d, d.second)],
        }

    def _has(self, rater: str, d: Disagreement, o: Observation | None) -> Page:
        if o is None:
            return {"rater": rater, "code": None, "times": "", "style": None}
        code = self._label(o.code)
        if d.attribute is not None:
            values = [self._label(value) for value in as_codes(o.attributes.get(d.attribute))]
            code = ", ".join(values) or self.word["not_seen"]
        style = None if d.attribute else self.styles.get(o.code)
        return {"rater": rater, "code": code, "times": self._moment(o.start, o.end), "style": style}

    def _tooltip(self, rater: str, o: Observation) -> str:
        described = "; ".join(
            f"{self._label(name)}: {', '.join(map(self._label, as_codes(value)))}"
            for name, value in sorted(o.attributes.items())
        )
        said = f"{rater}: {self._label(o.code)}, {self._moment(o.start, o.end)}"
        return f"{said} ({described})" if described else said

    def _moment(self, start: float, end: float) -> str:
        moments = (start,) if start == end else (start, end)
        return " – ".join(clock_tenths(moment, self.language) for moment in moments)

    def _source(self, statistic: Statistic) -> Page:
        said = texts.METHODS.get(statistic.name)
        return {
            "label": statistic.label.to(self.language),
            "name": statistic.name,
            "method": said.to(self.language) if said else "",
            "source": statistic.source,
        }

    def _label(self, name: str) -> str:
        return label(self.labels, name, self.language)

    def _listed(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.word['and']} {names[-1]}"
