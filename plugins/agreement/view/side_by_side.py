"""Two reports side by side: what was, what is, and the difference, as a table, as a file, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, final

from plugins.agreement.comparing.beside import Beside, Change
from plugins.agreement.comparing.report import Report
from vib.language import LANGUAGES, Language, Text, in_language
from vib.spreadsheet import safe_cell
from vib.statistic import Estimate

from . import texts, writing
from .model import Fact
from .writing import MeasuredIn, label, printable

if TYPE_CHECKING:
    from rich.table import Table

FORMAT = "vib-agreement-beside/1"

Labels = Mapping[str, Text]

NUMBERS = ("value", "se", "ci_low", "ci_high", "ci_method", "n_units", "undefined_because")

NUMBERED = 4
"""Columns of a table that hold figures: before, after, the difference and its interval."""

COLUMNS = (
    *("measure", "subject", "code", "raters"),
    *(f"{side}_{name}" for side in ("before", "after", "difference") for name in NUMBERS),
)


def to_json(found: Beside) -> str:
    """Return both reports' figures and their differences as JSON; what is undefined is null."""
    content = {
        "format": FORMAT,
        "raters": list(found.after.raters),
        "before": _side(found.before),
        "after": _side(found.after),
        "changes": [
            {
                "measure": change.measure,
                "subject": change.subject,
                "code": change.code,
                "raters": list(change.raters),
                **{name: _as_json(estimate) for name, estimate in _sides(change)},
            }
            for change in found.changes
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(found: Beside, language: Language) -> str:
    """Return one row a figure; text that a spreadsheet would run is prefixed with '."""
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    for change in found.changes:
        row: dict[str, Any] = {"measure": change.measure, "subject": change.subject, "code": change.code}
        row["raters"] = "; ".join(change.raters)
        for side, e in _sides(change):
            low, high = e.ci or (None, None)
            reason = e.undefined_because and e.undefined_because.to(language)
            numbers = (e.value, e.se, low, high, e.ci_method, e.n_units, reason)
            row |= {f"{side}_{name}": value for name, value in zip(NUMBERS, numbers, strict=True)}
        writer.writerow({name: safe_cell(value) for name, value in row.items()})
    return written.getvalue()


def to_table(found: Beside, language: Language, labels: Labels, width: int | None = None) -> str:
    """Return for a terminal what clearly changed, and a row for each figure."""
    from rich.console import Console
    from rich.text import Text as Styled

    word = in_language(texts.BESIDE, language)
    console = Console(file=StringIO(), width=width or 120, no_color=True)
    console.print(Styled(printable(_who(found).to(language))))
    for said in clear_changes(found, labels):
        console.print(Styled(printable(said.to(language))))
    reasons: list[str] = []
    if found.changes:
        console.print(_table(found, language, labels, reasons))
    else:
        console.print(Styled(word["nothing"]))
    for number, reason in enumerate(reasons, 1):
        console.print(Styled(printable(f"[{number}] {reason}")))
    for note in notes(found):
        console.print(Styled(printable(note.to(language))))
    written = console.file
    assert isinstance(written, StringIO)
    return written.getvalue()


def to_html(found: Beside, language: Language, labels: Labels) -> str:
    """Return one file that needs nothing else: what clearly changed, and a row for each figure."""
    from .html import environment, in_a_file

    reasons: list[str] = []
    body = (
        environment(language)
        .get_template("beside.html.j2")
        .render(
            word={**in_language(texts.WORDS, language), **in_language(texts.BESIDE, language)},
            changed=clear_changes(found, labels) or (texts.BESIDE["nothing"],),
            heads=_heads(found, language),
            named=len(_heads(found, language)) - NUMBERED,
            rows=[
                _Row(change.code is None, _cells(found, change, language, labels, reasons)) for change in found.changes
            ],
            reasons=reasons,
            notes=notes(found),
        )
    )
    return in_a_file(_Head(texts.BESIDE["side_by_side"], (Fact(texts.WORDS["raters"], _who(found)),)), body, language)


@final
@dataclass(frozen=True, slots=True)
class _Head:
    title: Text
    facts: tuple[Fact, ...]


@final
@dataclass(frozen=True, slots=True)
class _Row:
    whole: bool
    cells: list[str]


def clear_changes(found: Beside, labels: Labels) -> tuple[Text, ...]:
    """Return which figures of a whole tier or rating changed by more than other clips would explain.

    Those are figures whose difference has a 95 % interval without zero in it. One in twenty has that by chance.
    """
    whole = [change for change in found.changes if change.code is None]
    drawn = [change for change in whole if change.difference.ci is not None]
    if not drawn:
        return (texts.BESIDE["no_intervals"],) if whole else ()
    said = []
    for name, clear in (
        ("higher", [one for one in drawn if one.difference.ci is not None and one.difference.ci[0] > 0]),
        ("lower", [one for one in drawn if one.difference.ci is not None and one.difference.ci[1] < 0]),
    ):
        if clear:
            nl, en = ("; ".join(_said(found, one, labels, language) for one in clear) for language in LANGUAGES)
            said.append(Text(nl=texts.BESIDE[name].nl.format(figures=nl), en=texts.BESIDE[name].en.format(figures=en)))
    return (*(said or [texts.BESIDE["no_change"]]), texts.BESIDE["by_chance"].filled(count=len(drawn)))


def notes(found: Beside) -> tuple[Text, ...]:
    """Return what is said of either report, each once."""
    said = (note for report in (found.before, found.after) for note in (*report.noticed, *report.notes))
    return tuple({note.en: note for note in said}.values())


def _said(found: Beside, change: Change, labels: Labels, language: Language) -> str:
    statistic = next(one for one in found.after.statistics if one.name == change.measure)
    who = f" ({' – '.join(change.raters)})" if len(found.after.pairs) > 1 and statistic.raters != "many" else ""
    figures = [_figure(estimate, statistic.measured_in, language) for _, estimate in _sides(change)[:2]]
    return f"{label(labels, change.subject, language)}{who}: {statistic.label.to(language)} {' → '.join(figures)}"


def _who(found: Beside) -> Text:
    nl, en = (writing.listed(found.after.raters, language) for language in LANGUAGES)
    counts = {"before": len(found.before.clips), "after": len(found.after.clips)}
    common = len({clip.clip for clip in found.before.clips} & {clip.clip for clip in found.after.clips})
    return texts.BESIDE["title"].filled(raters=Text(nl=nl, en=en), **counts, common=common)


def _table(found: Beside, language: Language, labels: Labels, reasons: list[str]) -> Table:
    from rich.table import Table
    from rich.text import Text as Styled

    table, heads = Table(), _heads(found, language)
    for head in heads[:-NUMBERED]:
        table.add_column(head, overflow="fold")
    for head in heads[-NUMBERED:]:
        table.add_column(head, justify="right")
    for change in found.changes:
        table.add_row(*(Styled(printable(cell)) for cell in _cells(found, change, language, labels, reasons)))
    return table


def _heads(found: Beside, language: Language) -> list[str]:
    """Return the heads of the columns: what a row is about, and `NUMBERED` figures."""
    word = {**in_language(texts.WORDS, language), **in_language(texts.BESIDE, language)}
    of_whom = [word["raters"]] * (len(found.after.raters) > 2)
    figures = [word["before"], word["after"], word["difference"], word["interval"]]
    return [*of_whom, word["tier"], word["code"], word["measure"], *figures]


def _cells(found: Beside, change: Change, language: Language, labels: Labels, reasons: list[str]) -> list[str]:
    statistic = next(one for one in found.after.statistics if one.name == change.measure)
    many = len(found.after.raters) > 2
    everybody = many and change.raters == found.after.raters
    whom = texts.WORDS["all_raters"].to(language) if everybody else " – ".join(change.raters)
    return [
        *([whom] if many else []),
        label(labels, change.subject, language),
        label(labels, change.code, language) if change.code else "*",
        statistic.label.to(language),
        *(_numbered(estimate, statistic.measured_in, language, reasons) for _, estimate in _sides(change)[:2]),
        _signed(change.difference, statistic.measured_in, language),
        writing.between(change.difference.ci, statistic.measured_in, language),
    ]


def _sides(change: Change) -> list[tuple[str, Estimate]]:
    return [("before", change.before), ("after", change.after), ("difference", change.difference)]


def _figure(estimate: Estimate, measured_in: MeasuredIn, language: Language) -> str:
    return "–" if estimate.value is None else writing.figure(estimate.value, measured_in, language)


def _numbered(estimate: Estimate, measured_in: MeasuredIn, language: Language, reasons: list[str]) -> str:
    if estimate.undefined_because is None:
        return _figure(estimate, measured_in, language)
    reason = estimate.undefined_because.to(language)
    if reason not in reasons:
        reasons.append(reason)
    return f"– [{reasons.index(reason) + 1}]"


def _signed(difference: Estimate, measured_in: MeasuredIn, language: Language) -> str:
    written = _figure(difference, measured_in, language)
    return f"+{written}" if difference.value is not None and difference.value > 0 else written


def _side(report: Report) -> dict[str, Any]:
    said = (*report.noticed, *report.notes)
    return {"clips": [clip.clip for clip in report.clips], "notes": [note.model_dump() for note in said]}


def _as_json(e: Estimate) -> dict[str, Any]:
    return {
        "value": e.value,
        "se": e.se,
        "ci": e.ci and list(e.ci),
        "ci_method": e.ci_method,
        "n_units": e.n_units,
        "variant": e.variant,
        "undefined_because": e.undefined_because.model_dump() if e.undefined_because else None,
        "components": dict(e.components),
    }
