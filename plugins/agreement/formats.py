"""A report as a table to read, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from vib.language import Language, Text
from vib.spreadsheet import safe_cell
from vib.statistic import Result, Statistic

from . import texts
from .report import Measure, Report

FORMAT = "vib-agreement/1"

Labels = Mapping[str, Text]

COLUMNS = (
    *("measure", "variant", "tier", "rating", "code", "raters", "scope", "clip"),
    *("value", "se", "ci_low", "ci_high", "ci_method", "n_units", "n_raters"),
    *("undefined_because", "components"),
)


def to_json(report: Report) -> str:
    """Return the report as JSON; shares are between 0 and 1, and what is undefined is null."""
    content = {
        "format": FORMAT,
        "raters": list(report.raters),
        "clips": [clip.clip for clip in report.clips],
        "measures": [_as_json(measure) for measure in report.measures],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(report: Report, language: Language) -> str:
    """Return one row a measure; text that a spreadsheet would run is prefixed with '."""
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    for measure in report.measures:
        row = _as_json(measure)
        ci, reason = row.pop("ci") or (None, None), measure.result.undefined_because
        row |= {
            "raters": "; ".join(row["raters"]),
            "clip": measure.clip,
            "ci_low": ci[0],
            "ci_high": ci[1],
            "undefined_because": reason and reason.to(language),
            "components": "; ".join(f"{name}={value!r}" for name, value in row["components"].items()),
        }
        writer.writerow({name: safe_cell(value) for name, value in row.items()})
    return written.getvalue()


def to_table(report: Report, language: Language, labels: Labels, width: int | None = None) -> str:
    """Return a table for a terminal: a row for each tier or code, time- and event-based side by side."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Styled

    word = texts.words(language)
    if not report.measures:
        return word["no_figures"] + "\n"
    table = Table(title=f"{word['agreement']}: {', '.join(map(_printable, report.raters))}")
    per_clip, many = any(m.clip for m in report.measures), len(report.pairs) > 1
    heads = [word["clip"]] * per_clip + [word["raters"]] * many + [word["tier"], word["code"]]
    for head in heads:
        table.add_column(head, overflow="fold")
    for statistic in report.statistics:
        table.add_column(statistic.label.to(language), justify="right")
    reasons: list[str] = []
    for row in rows(report):
        first = row[0]
        tier, code = first.result.tier, first.result.code
        cells = [first.clip or "*"] * per_clip + [" – ".join(first.result.raters)] * many
        cells += [label(labels, tier, language), label(labels, code, language) if code else "*"]
        figures = {m.result.measure: figure(m.result, language, reasons) for m in row}
        cells += [figures.get(statistic.name, "") for statistic in report.statistics]
        table.add_row(*(Styled(_printable(cell)) for cell in cells))
    console = Console(file=StringIO(), width=width or 120, no_color=True)
    console.print(table)
    for number, reason in enumerate(reasons, 1):
        console.print(Styled(f"[{number}] {reason}"))
    written = console.file
    assert isinstance(written, StringIO)
    return written.getvalue()


def rows(report: Report) -> list[list[Measure]]:
    """Return the measures that belong in one row: of one clip, pair, tier and code."""
    found: dict[tuple[object, ...], list[Measure]] = {}
    for measure in report.measures:
        r = measure.result
        found.setdefault((measure.clip, r.raters, r.tier, r.code), []).append(measure)
    return list(found.values())


def figure(result: Result, language: Language, reasons: list[str]) -> str:
    """Return a value as people write it, or a dash with the number of its reason in `reasons`."""
    if result.value is not None:
        return share(result.value, language) if is_share(result.measure) else decimal(result.value, language)
    reason = result.undefined_because.to(language) if result.undefined_because else ""
    if reason not in reasons:
        reasons.append(reason)
    return f"– [{reasons.index(reason) + 1}]"


def is_share(measure: str) -> bool:
    """Return whether a statistic is read as a percentage; by its name, as everywhere outside too."""
    return "percent" in measure


def share(value: float, language: Language, digits: int = 1) -> str:
    """Return a share as a percentage.

    Examples
    --------
    >>> share(2 / 3, "nl"), share(1, "en")
    ('66,7\\xa0%', '100.0%')
    """
    return decimal(100 * value, language, digits) + ("\u00a0%" if language == "nl" else "%")


def decimal(value: float, language: Language, digits: int = 2) -> str:
    """Return a number with the language's decimal sign, without a minus before zero.

    Examples
    --------
    >>> decimal(-0.0923, "nl"), decimal(-0.001, "en")
    ('-0,09', '0.00')
    """
    written = f"{round(value, digits) + 0.0:.{digits}f}"
    return written.replace(".", ",") if language == "nl" else written


def label(labels: Labels, name: str | None, language: Language) -> str:
    """Return what a tier or code is called, or its id where the codebook does not know it."""
    known = labels.get(name or "")
    return known.to(language) if known is not None else name or "–"


def statistics_by_basis(statistics: Sequence[Statistic]) -> list[Statistic]:
    """Return the statistics with the time-based ones first."""
    return sorted(statistics, key=lambda statistic: statistic.basis != "time")


def _as_json(measure: Measure) -> dict[str, Any]:
    r = measure.result
    row: dict[str, Any] = {
        "measure": r.measure,
        "variant": r.variant,
        "tier": r.tier,
        "rating": None,
        "code": r.code,
        "raters": list(r.raters),
        "scope": r.scope,
        "value": r.value,
        "se": None,
        "ci": None,
        "ci_method": None,
        "n_units": r.n_units,
        "n_raters": len(r.raters),
        "undefined_because": r.undefined_because.model_dump() if r.undefined_because else None,
        "components": dict(r.components),
    }
    return row if measure.clip is None else row | {"clip": measure.clip}


def _printable(text: str) -> str:
    """Replace control characters, which could steer a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else "\ufffd" for sign in text)
