"""What a codebook calculates of each rater in each clip and that is no tier: how much of how much, as a CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from vib.derived.calculating import calculated
from vib.exporting import Export
from vib.problem import InputProblem
from vib.spreadsheet import cell_of

COLUMNS = ("clip", "rater", "calculation", "of", "count", "total", "unit", "values")


def figures(export: Export) -> str:
    """Return the figures of a project: one row each.

    Of codes that were made with another version of the codebook there are none.

    Raises
    ------
    InputProblem
        The codebook says that no sums are made of its codes, or a name does not fit in a CSV.
    """
    if "no_sums" in export.codebook.output_limits:
        raise InputProblem(
            export.codebook.method,
            nl="van deze codes worden geen sommen gemaakt (output_limits: no_sums); kies een ander formaat",
            en="no sums are made of these codes (output_limits: no_sums); choose another format",
        )
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(export))
    return written.getvalue()


def _rows(export: Export) -> Iterator[tuple[object, ...]]:
    for clip in export.clips:
        for rater, timeline in sorted(clip.timelines.items()):
            book = export.codebook.made(clip.made_with.get(rater))
            found = {} if book is None else calculated(timeline, book).figures
            for name, one in ((name, one) for name, several in found.items() for one in several):
                who = (cell_of(clip.clip), cell_of(rater), name, cell_of(one.of) if one.of else "")
                yield (
                    *who,
                    f"{one.count:g}",
                    f"{one.total:g}",
                    one.unit,
                    " ".join(f"{value:.3f}" for value in one.values),
                )
