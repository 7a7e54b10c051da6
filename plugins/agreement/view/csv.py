"""A view as CSV: one row a figure, for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from vib.language import Language
from vib.spreadsheet import safe_cell

from .json import measure
from .model import View

COLUMNS = (
    *("measure", "variant", "tier", "rating", "code", "raters", "scope", "clip"),
    *("value", "se", "ci_low", "ci_high", "ci_method", "n_units", "n_raters", "n_clips"),
    *("undefined_because", "pass_mark", "reaches_pass_mark", "components"),
)


def to_csv(view: View, language: Language) -> str:
    """Return one row a figure; text that a spreadsheet would run is prefixed with '."""
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    for figure in view.figures:
        row = measure(figure, view.pass_mark)
        ci, mark, reason = row.pop("ci") or (None, None), row.pop("pass_mark", None), figure.estimate.undefined_because
        row |= {
            "raters": "; ".join(row["raters"]),
            "clip": figure.result.clip,
            "ci_low": ci[0],
            "ci_high": ci[1],
            "undefined_because": reason and reason.to(language),
            "pass_mark": mark and mark["at"],
            "reaches_pass_mark": mark and mark["probability"],
            "components": "; ".join(f"{name}={value!r}" for name, value in row["components"].items()),
        }
        writer.writerow({name: safe_cell(value) for name, value in row.items()})
    return written.getvalue()
