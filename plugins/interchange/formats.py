"""Codes as an observations file, as a Label Studio export, and as a long CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from vib.exporting import Export, ExportFormat
from vib.language import Text
from vib.observation import RaterSet
from vib.observations_file import observations_content
from vib.spreadsheet import safe_cell

CSV_HEADER = ("clip", "duration", "rater", "tier", "code", "start", "end", "rating", "value")

Cell = str | float | None


def observations(export: Export) -> str:
    """Return an observations file (``vib-observations/1``)."""
    return json.dumps(observations_content(export.clips), ensure_ascii=False, indent=1) + "\n"


def labelstudio(export: Export) -> str:
    """Return the tasks with their annotations as Label Studio exports them."""
    return json.dumps(list(export.tasks), ensure_ascii=False, indent=1) + "\n"


def long_csv(export: Export) -> str:
    """Return one row an observation, attribute or rating.

    A rater who coded a clip and saw nothing has one row with nothing after the name.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    for clip in export.clips:
        writer.writerows([safe_cell(cell) for cell in row] for row in _rows(clip))
    return buffer.getvalue()


def _rows(clip: RaterSet) -> Iterator[tuple[Cell, ...]]:
    for rater in clip.raters:
        who = (clip.clip, clip.duration, rater)
        timeline = clip.timelines[rater]
        given = clip.ratings.get(rater, {})
        if not timeline and not given:
            yield (*who, None, None, None, None, None, None)
        for o in timeline:
            yield (*who, o.tier, o.code, o.start, o.end, None, None)
        for attribute in timeline.attribute_names:
            for o in timeline.described_by(attribute):
                yield (*who, o.tier, o.code, o.start, o.end, None, None)
        for rating, value in given.items():
            yield (*who, None, None, None, None, rating, value)


FORMATS = (
    ExportFormat("observations", Text(nl="Waarnemingen", en="Observations"), observations),
    ExportFormat("labelstudio", Text(nl="Label Studio", en="Label Studio"), labelstudio),
    ExportFormat("csv", Text(nl="Rekenblad (CSV)", en="Spreadsheet (CSV)"), long_csv),
)
