"""A report as PDF: to print, to put in a file, to read together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from plugins.agreement.comparing.disagreements import Disagreement, Pair, weight
from plugins.agreement.comparing.report import Report, Result
from plugins.agreement.view import texts as shared
from plugins.agreement.view.drawing import clock
from plugins.agreement.view.formats import (
    clock_tenths,
    decimal,
    figure,
    interval,
    label,
    others,
    rows,
    share,
    statistics_by_basis,
)
from vib.language import Language, Text, in_language
from vib.observation import Observation, RaterSet, as_codes
from vib.statistic import Statistic

from . import texts
from .charts import LIGHT_FROM
from .moments import found_in, weight_said
from .overview import KAPPAS
from .sheet import GOOD, INK, LINE, QUIET, Sheet, colour_of

MOST_MOMENTS = 60
"""Moments listed for one clip."""

MOST_MATRIX = 10
"""Raters up to whom a heat map fits on the page."""

MOST_BESIDE = 4
"""Raters up to whom the two heat maps fit beside each other."""

NAME, FLAT = 20.0, 0.62
"""Room for a name beside a heat map, in millimetres; height of a cell, as a share of its width."""

CUT = 60
"""Letters of a name in a cell."""


def to_pdf(report: Report, language: Language, labels: Mapping[str, Text], title: str) -> bytes:
    """Return the report as PDF: what went well, the pairs, the figures, the moments to talk about.

    Parameters
    ----------
    labels : Mapping[str, Text]
        What tiers and codes are called; what is not there is called by its id.
    title : str
        Of the round or project.
    """
    return _Writer(report, language, labels, title).written()


@final
class _Writer:
    def __init__(self, report: Report, language: Language, labels: Mapping[str, Text], title: str) -> None:
        self.report, self.language, self.labels = report, language, labels
        self.word = in_language(texts.WORDS, language) | {
            f"_{k}": v for k, v in in_language(shared.WORDS, language).items()
        }
        self.sheet = Sheet(title, self.word["page"])
        self.title = title
        self.by_name = {s.name: s for s in report.statistics}
        self.found = {(r.measure, r.raters, r.tier, r.code): r for r in report.results if r.clip is None}
        self.statistics = statistics_by_basis(report.statistics)
        self.rows: dict[tuple[str, ...], list[list[Result]]] = {}
        for row in rows(report, self.statistics):
            if row[0].clip is None and row[0].tier is not None:
                self.rows.setdefault(row[0].raters, []).append(row)

    def written(self) -> bytes:
        self._heading()
        self._well()
        if 2 < len(self.report.raters) <= MOST_MATRIX or len(self.report.pairs) == 1:
            for subject in self.report.tiers:
                self._matrix(subject)
        for pair in self.report.pairs:
            self._figures(pair)
        self._others()
        for clip in self.report.clips:
            self._moments(clip)
        self._sources()
        return bytes(self.sheet.output())

    def _label(self, name: str | None) -> str:
        return self.sheet.said(label(self.labels, name, self.language))[:CUT]

    def _heading(self) -> None:
        sheet = self.sheet
        self._line(self.word["_agreement"].upper(), 9, GOOD, bold=True)
        self._line(self.title, 20, INK, bold=True)
        seconds = sum(clip.duration for clip in self.report.clips)
        mark = self.report.choice.pass_mark
        facts = [
            (self.word["_raters"], ", ".join(self.report.raters)),
            (self.word["_clips"], f"{len(self.report.clips)} ({clock(seconds)})"),
            (
                self.word["_same_event"],
                self.word["_overlap"].format(share=share(self.report.choice.overlap, self.language, 0)),
            ),
        ]
        if mark is not None:
            facts.append((self.word["pass_mark"], decimal(mark, self.language)))
        for name, value in facts:
            self._line(f"{name}: {value}", 10, QUIET)
        for note in (*self.report.noticed, *self.report.notes):
            self._line(note.to(self.language), 10, QUIET)
        sheet.ln(2)

    def _line(self, text: str, size: float, colour: tuple[int, int, int], *, bold: bool = False) -> None:
        self.sheet.set_font(self.sheet.family, "B" if bold else "", size)
        self.sheet.set_text_color(*colour)
        self.sheet.multi_cell(0, size * 0.5, self.sheet.said(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def _section(self, text: str, height: float = 24) -> None:
        # A heading is never the last thing on a page.
        if self.sheet.will_page_break(12 + height):
            self.sheet.add_page()
        self.sheet.ln(5)
        self._line(text, 14, INK, bold=True)
        self.sheet.ln(1.5)

    def _well(self) -> None:
        self._section(self.word["went_well"])
        found = [
            (pair, tier, result.estimate.components)
            for pair in self.report.pairs
            for tier in self.report.tiers
            if (result := self.found.get(("event_percent", pair, tier, None))) is not None
        ]
        said = [
            self.word["pair_linked"].format(
                first=pair[0], second=pair[1], tier=self._label(tier), count=int(parts.get("events_linked", 0)) // 2
            )
            for pair, tier, parts in found
            if parts.get("events_linked", 0) >= 2
        ]
        for text in said or [self.word["_nothing_same"] if self.report.tiers else self.word["_no_codes"]]:
            self._line(f"✓ {text}" if said else text, 10, GOOD if said else INK)

    def _matrix(self, tier: str) -> None:
        """Draw the kappas of all pairs by event and by time: beside each other where there is room."""
        measures = [name for name in KAPPAS if name in self.by_name]
        raters = len(self.report.raters)
        beside = raters <= MOST_BESIDE
        width = self.sheet.epw / 2 - 4 if beside else self.sheet.epw
        side = min(23.0, (width - NAME) / raters)
        self._section(self._label(tier), 20 + side * FLAT * raters)
        top = self.sheet.get_y()
        for number, measure in enumerate(measures):
            if beside:
                self.sheet.set_y(top)
            elif self.sheet.will_page_break(16 + side * FLAT * raters):
                self.sheet.add_page()
            left = self.sheet.l_margin + (self.sheet.epw / 2 + 2) * (number if beside else 0)
            self._heat(tier, measure, left, side)

    def _heat(self, tier: str, measure: str, left: float, side: float) -> None:
        sheet, raters = self.sheet, self.report.raters
        height, top = side * FLAT, sheet.get_y()
        sheet.set_font(sheet.family, "B", 9)
        sheet.set_text_color(*QUIET)
        sheet.set_xy(left, top)
        sheet.cell(60, 5, sheet.said(self.by_name[measure].label.to(self.language)))
        sheet.set_font(sheet.family, size=8)
        for j, rater in enumerate(raters):
            sheet.set_xy(left + NAME + j * side, top + 5.5)
            sheet.cell(side, 5, self._fitting(rater, side), align="C")
        for i, first in enumerate(raters):
            y = top + 11 + i * height
            sheet.set_xy(left, y)
            sheet.set_text_color(*QUIET)
            sheet.set_font(sheet.family, size=8)
            sheet.cell(NAME - 1, height, self._fitting(first, NAME - 2), align="R")
            for j, second in enumerate(raters):
                if i != j:
                    pair = (min(first, second), max(first, second))
                    result = self.found.get((measure, pair, tier, None))
                    self._heat_cell(left + NAME + j * side, y, side, height, result)
        sheet.set_xy(sheet.l_margin, top + 13 + height * len(raters))

    def _heat_cell(self, x: float, y: float, width: float, height: float, result: Result | None) -> None:
        sheet = self.sheet
        value = result.estimate.value if result else None
        red, green, blue = (244, 240, 232) if value is None else colour_of(value)
        sheet.set_fill_color(red, green, blue)
        sheet.rect(x + 0.4, y + 0.4, width - 0.8, height - 0.8, style="F")
        light = value is not None and value >= LIGHT_FROM
        sheet.set_text_color(*((255, 255, 255) if light else INK))
        sheet.set_font(sheet.family, "B", 10)
        mark = self.report.choice.pass_mark
        tick = "✓ " if value is not None and mark is not None and value >= mark else ""
        sheet.set_xy(x, y + (1.5 if height > 9 else 0))
        sheet.cell(
            width, height / 2, sheet.said("–" if value is None else tick + decimal(value, self.language)), align="C"
        )
        if result is not None and result.estimate.ci is not None and width > 15:
            sheet.set_font(sheet.family, "", 6.5)
            sheet.set_xy(x, y + height / 2)
            sheet.cell(
                width,
                height / 2 - 1,
                sheet.said(interval(result, self.by_name[result.measure], self.language)),
                align="C",
            )

    def _fitting(self, text: str, width: float) -> str:
        said = self.sheet.said(text)
        while said and self.sheet.get_string_width(said + "..") > width:
            said = said[:-1]
        return said if said == self.sheet.said(text) else f"{said}.."

    def _figures(self, pair: Pair) -> None:
        statistics, found = self.statistics, self.rows.get(pair)
        if not found:
            return
        self._section(f"{self.word['_figures']}: {pair[0]} – {pair[1]}")
        reasons: list[str] = []
        heads = [f"{self.word['_tier']} / {self.word['_code']}", *(s.label.to(self.language) for s in statistics)]
        lines = []
        for row in found:
            tier, code = self._label(row[0].tier), row[0].code
            name = f"{tier} ({self.word['_whole_tier']})" if code is None else f"   {self._label(code)}"
            by_measure = {result.measure: result for result in row}
            cells = [self._cell(by_measure.get(s.name), s, reasons) for s in statistics]
            lines.append(([name, *cells], code is None))
        self._table(heads, lines, (3, *([1.6] * len(statistics))), heads[1:])
        self._reasons(reasons)

    def _cell(self, result: Result | None, statistic: Statistic, reasons: list[str]) -> str:
        if result is None:
            return ""
        between = interval(result, statistic, self.language)
        return figure(result, statistic, self.language, reasons) + (f"\n{between}" if between else "")

    def _reasons(self, reasons: Sequence[str]) -> None:
        for number, reason in enumerate(reasons, 1):
            self._line(f"[{number}] {self.word['_undefined']}: {reason}", 8, QUIET)

    def _table(
        self,
        heads: Sequence[str],
        rows: Sequence[tuple[Sequence[str], bool]],
        widths: Sequence[float],
        numbers: Sequence[str],
    ) -> None:
        sheet = self.sheet
        sheet.set_font(sheet.family, size=8)
        sheet.set_text_color(*INK)
        sheet.set_draw_color(*LINE)
        sheet.set_fill_color(255, 255, 255)
        align = tuple("RIGHT" if head in numbers else "LEFT" for head in heads)
        with sheet.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=tuple(widths),
            text_align=align,
            line_height=4.2,
            padding=(0.8, 1.2),
            headings_style=FontFace(emphasis="BOLD", color=QUIET, fill_color=(246, 242, 235)),
        ) as table:
            head = table.row()
            for text in heads:
                head.cell(sheet.said(text))
            for cells, strong in rows:
                row = table.row()
                for text in cells:
                    row.cell(sheet.said(text), style=FontFace(emphasis="BOLD") if strong else None)

    def _others(self) -> None:
        """Write what is about all raters, a reference, or ratings of whole clips."""
        found = [(r, statistic) for r, statistic in others(self.report) if r.clip is None]
        if not found:
            return
        self._section(self.word["other_figures"])
        reasons: list[str] = []
        heads = [self.word[name] for name in ("_raters", "_tier", "_measure", "_figure")]
        lines = []
        for r, statistic in found:
            everybody = r.raters == self.report.raters and len(r.raters) > 2
            who = self.word["_all_raters"] if everybody else " – ".join(r.raters)
            what, measure = self._label(r.code or r.subject), statistic.label.to(self.language)
            lines.append(([who[:CUT], what, measure, self._cell(r, statistic, reasons)], False))
        self._table(heads, lines, (2, 2, 2, 1.6), heads[-1:])
        self._reasons(reasons)

    def _moments(self, clip: RaterSet) -> None:
        choice = self.report.choice
        found = found_in(
            clip,
            [pair for pair in self.report.pairs if set(pair) <= set(clip.timelines)],
            tier=choice.tier,
            code=choice.code,
            overlap=choice.overlap,
            tolerance=choice.boundary,
        )
        self._section(f"{self.word['_differences']}: {clip.clip}")
        if not found:
            self._line(self.word["_no_differences"], 9, INK)
            return
        lines = []
        for d in found[:MOST_MOMENTS]:
            first, second = d.raters
            has = " / ".join(self._has(d, o) for o in (d.first, d.second))
            what = shared.KINDS[d.kind].to(self.language).format(first=first, second=second)
            when = f"{clock_tenths(d.start, self.language)} – {clock_tenths(d.end, self.language)}"
            lines.append(
                ([when, f"{first} – {second}"[:CUT], what[:CUT], has, weight_said(weight(d), self.language)], False)
            )
        heads = [self.word["_when"], self.word["_raters"], self.word["_what"], self.word["_code"], self.word["weight"]]
        self._table(heads, lines, (1.7, 1.6, 1.9, 3.4, 0.9), heads[-1:])
        if len(found) > MOST_MOMENTS:
            self._line(self.word["more_moments"].format(count=len(found) - MOST_MOMENTS), 8, QUIET)

    def _has(self, d: Disagreement, o: Observation | None) -> str:
        if o is None or d.attribute is None:
            return self._label(o.code) if o else "–"
        return ", ".join(map(self._label, as_codes(o.attributes.get(d.attribute)))) or "–"

    def _sources(self) -> None:
        self._section(self.word["_sources"])
        for s in self.report.statistics:
            self._line(f"{s.label.to(self.language)} ({s.name}): {s.source}", 8, QUIET)
        self.sheet.ln(2)
        self._line(self.word["no_verdict"], 9, INK)
