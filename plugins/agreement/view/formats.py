"""A report as a table to read, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from plugins.agreement.comparing.report import Report, Result
from vib.language import Language, Text, in_language
from vib.spreadsheet import safe_cell
from vib.statistic import Statistic

from . import texts
from .writing import between, decimal, figure, label, printable, share

if TYPE_CHECKING:
    from rich.table import Table

FORMAT = "vib-agreement/1"

Labels = Mapping[str, Text]

COLUMNS = (
    *("measure", "variant", "tier", "rating", "code", "raters", "scope", "clip"),
    *("value", "se", "ci_low", "ci_high", "ci_method", "n_units", "n_raters"),
    *("undefined_because", "pass_mark", "reaches_pass_mark", "components"),
)


def to_json(report: Report) -> str:
    """Return the report as JSON; shares are between 0 and 1, and what is undefined is null."""
    content = {
        "format": FORMAT,
        "raters": list(report.raters),
        "clips": [clip.clip for clip in report.clips],
        "notes": [{"nl": note.nl, "en": note.en} for note in (*report.noticed, *report.notes)],
        "measures": [_as_json(result, report.choice.pass_mark) for result in report.results],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(report: Report, language: Language) -> str:
    """Return one row a measure; text that a spreadsheet would run is prefixed with '."""
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    for result in report.results:
        row = _as_json(result, report.choice.pass_mark)
        ci, reason, mark = row.pop("ci") or (None, None), result.estimate.undefined_because, row.pop("pass_mark", None)
        row |= {
            "raters": "; ".join(row["raters"]),
            "clip": result.clip,
            "ci_low": ci[0],
            "ci_high": ci[1],
            "undefined_because": reason and reason.to(language),
            "pass_mark": mark and mark["at"],
            "reaches_pass_mark": mark and mark["probability"],
            "components": "; ".join(f"{name}={value!r}" for name, value in row["components"].items()),
        }
        writer.writerow({name: safe_cell(value) for name, value in row.items()})
    return written.getvalue()


def to_table(report: Report, language: Language, labels: Labels, width: int | None = None) -> str:
    """Return tables for a terminal: figures of pairs side by side, time with events, and what is about all raters."""
    from rich.console import Console
    from rich.text import Text as Styled

    word = in_language(texts.WORDS, language)
    if not report.results:
        return word["no_figures"] + "\n"
    console = Console(file=StringIO(), width=width or 120, no_color=True)
    reasons: list[str] = []
    for table in (_side_by_side(report, language, labels, reasons), _one_a_row(report, language, labels, reasons)):
        if table is not None:
            console.print(table)
    for number, reason in enumerate(reasons, 1):
        console.print(Styled(f"[{number}] {reason}"))
    for note in (*report.noticed, *report.notes):
        console.print(Styled(printable(note.to(language))))
    if report.choice.pass_mark is not None:
        console.print(Styled(word["chance"].format(mark=decimal(report.choice.pass_mark, language))))
    written = console.file
    assert isinstance(written, StringIO)
    return written.getvalue()


def _side_by_side(report: Report, language: Language, labels: Labels, reasons: list[str]) -> Table | None:
    """Return what compares two raters by time and by event: a row for each tier or code."""
    from rich.table import Table
    from rich.text import Text as Styled

    word = in_language(texts.WORDS, language)
    statistics = statistics_by_basis(report.statistics)
    found = rows(report, statistics)
    if not found:
        return None
    table = Table(title=f"{word['agreement']}: {', '.join(map(printable, report.raters))}")
    per_clip, many = any(row[0].clip for row in found), len(report.pairs) > 1
    heads = [word["clip"]] * per_clip + [word["raters"]] * many + [word["tier"], word["code"]]
    for head in heads:
        table.add_column(head, overflow="fold")
    for statistic in statistics:
        table.add_column(statistic.label.to(language), justify="right")
    for row in found:
        first = row[0]
        cells = [first.clip or "*"] * per_clip + [" – ".join(first.raters)] * many
        cells += [label(labels, first.subject, language), label(labels, first.code, language) if first.code else "*"]
        by_name = {result.measure: result for result in row}
        for statistic in statistics:
            result = by_name.get(statistic.name)
            cells.append("" if result is None else _with_chance(result, statistic, language, reasons))
        table.add_row(*(Styled(printable(cell)) for cell in cells))
    return table


def _one_a_row(report: Report, language: Language, labels: Labels, reasons: list[str]) -> Table | None:
    """Return all other figures, each with its interval."""
    from rich.table import Table
    from rich.text import Text as Styled

    word = in_language(texts.WORDS, language)
    found = others(report)
    if not found:
        return None
    per_clip = any(result.clip for result, _ in found)
    heads = [word["clip"]] * per_clip + [word["raters"], word["tier"], word["code"], word["measure"]]
    table = Table()
    for head in heads:
        table.add_column(head, overflow="fold")
    for head in (word["figure"], word["interval"], word["n_units"]):
        table.add_column(head, justify="right")
    for result, statistic in found:
        everybody = result.raters == report.raters and len(report.raters) > 2
        cells = [result.clip or "*"] * per_clip + [word["all_raters"] if everybody else " – ".join(result.raters)]
        cells += [label(labels, result.subject, language), label(labels, result.code, language) if result.code else "*"]
        cells += [statistic.label.to(language), _with_chance(result, statistic, language, reasons)]
        cells += [between(result.estimate.ci, statistic.measured_in, language), str(result.estimate.n_units)]
        table.add_row(*(Styled(printable(cell)) for cell in cells))
    return table


def rows(report: Report, statistics: Sequence[Statistic]) -> list[list[Result]]:
    """Return the results that belong in one row: of one clip, pair, tier and code."""
    names = {statistic.name for statistic in statistics}
    found: dict[tuple[object, ...], list[Result]] = {}
    for r in report.results:
        if r.measure in names:
            found.setdefault((r.clip, r.raters, r.subject, r.code), []).append(r)
    return list(found.values())


def others(report: Report) -> list[tuple[Result, Statistic]]:
    """Return what is not side by side: figures of all raters, of ratings, and against a reference."""
    beside = {statistic.name for statistic in statistics_by_basis(report.statistics)}
    by_name = {statistic.name: statistic for statistic in report.statistics}
    return [(result, by_name[result.measure]) for result in report.results if result.measure not in beside]


def shown(result: Result, statistic: Statistic, language: Language, reasons: list[str]) -> str:
    """Return a value as people write it, or a dash with the number of its reason in `reasons`."""
    estimate = result.estimate
    if estimate.value is not None:
        return figure(estimate.value, statistic.measured_in, language)
    reason = estimate.undefined_because.to(language) if estimate.undefined_because else ""
    if reason not in reasons:
        reasons.append(reason)
    return f"– [{reasons.index(reason) + 1}]"


def _with_chance(result: Result, statistic: Statistic, language: Language, reasons: list[str]) -> str:
    """Return a value, and how sure it is that the pass mark is reached."""
    chance = "" if result.reaches is None else f" ({share(result.reaches, language, 0)})"
    return shown(result, statistic, language, reasons) + chance


def statistics_by_basis(statistics: Sequence[Statistic]) -> list[Statistic]:
    """Return the statistics of two raters that belong side by side: by time, then by event."""
    beside = [s for s in statistics if s.raters == "two" and s.basis in ("time", "event")]
    return sorted(beside, key=lambda statistic: statistic.basis != "time")


def _as_json(result: Result, pass_mark: float | None) -> dict[str, Any]:
    e = result.estimate
    row: dict[str, Any] = {
        "measure": result.measure,
        "variant": e.variant,
        "tier": result.tier,
        "rating": result.rating,
        "code": result.code,
        "raters": list(result.raters),
        "scope": result.scope,
        "value": e.value,
        "se": e.se,
        "ci": e.ci and list(e.ci),
        "ci_method": e.ci_method,
        "n_units": e.n_units,
        "n_raters": e.n_raters,
        "undefined_because": e.undefined_because.model_dump() if e.undefined_because else None,
        "components": dict(e.components),
    }
    if result.clip is not None:
        row["clip"] = result.clip
    if pass_mark is not None:
        row["pass_mark"] = {"at": pass_mark, "probability": result.reaches}
    return row
