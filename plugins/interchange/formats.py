"""Codes as an observations file, as a Label Studio export, and as a long CSV; and what is calculated from them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from plugins.interchange.figures import figures
from vib.clip_time import ClipTime
from vib.exporting import Export, ExportFormat
from vib.language import Text
from vib.observation import RaterSet
from vib.observations_file import observations_content
from vib.spreadsheet import CALCULATED, LONG_CSV, MADE_WITH, RECORDING, cell_of, looks_like_number

Cell = str | float | None
Row = tuple[Cell, ...]


def observations(export: Export) -> str:
    """Return an observations file (``vib-observations/1``)."""
    return json.dumps(observations_content(export.clips), ensure_ascii=False, indent=1) + "\n"


def labelstudio(export: Export) -> str:
    """Return the tasks with their annotations as Label Studio exports them."""
    return json.dumps(list(export.tasks), ensure_ascii=False, indent=1) + "\n"


def long_csv(clips: Iterable[RaterSet], times: Mapping[str, ClipTime] = MappingProxyType({})) -> str:
    """Return clips as a long CSV: one row an observation, attribute or rating.

    Attributes are written as observations of their own, with the times of what they
    describe, as `Timeline.described_by` gives them; all else is read back as it was. A rater
    who coded a clip and saw nothing has one row with nothing after the name. Where it is known of anybody
    with what they coded, three columns say so in each row; where something was calculated, a last column says of
    each row whether it was. Where it is known how the time of a clip follows from that of its recordings, three more
    say of each observation when it was there.

    Raises
    ------
    InputProblem
        A name is empty or longer than 200 characters, has white space around it or a NUL.
    """
    written = io.StringIO()
    # With \n the writer would leave a \r within a name unquoted.
    writer = csv.writer(written, lineterminator="\r\n")
    there = tuple(clips)
    versioned, marked = any(clip.made_with for clip in there), any(clip.calculated for clip in there)
    writer.writerow(
        (*LONG_CSV, *(MADE_WITH if versioned else ()), *([CALCULATED] if marked else []), *(RECORDING if times else ()))
    )
    for clip in there:
        time = times.get(clip.clip)
        mark = {cell_of(tier) for tier in clip.calculated}
        for rater in sorted({*clip.timelines, *clip.ratings}):
            who = (cell_of(clip.clip), clip.duration, cell_of(rater))
            made = clip.made_with[rater].content() if rater in clip.made_with else {}
            said = [made.get(column) for column in MADE_WITH] if versioned else []
            for row in _rows(clip, rater):
                calculated = ["yes" if row[0] in mark else ""] if marked else []
                writer.writerow((*who, *row, *said, *calculated, *(_of_recording(row, time) if times else ())))
    return written.getvalue()


def _rows(clip: RaterSet, rater: str) -> Iterator[Row]:
    """Yield what one rater said, from the tier on."""
    timeline = clip.timelines.get(rater)
    if timeline is not None:
        if not timeline:
            yield (None,) * 6
        described = (o for name in timeline.attribute_names for o in timeline.described_by(name))
        for o in (*timeline, *described):
            yield cell_of(o.tier), cell_of(o.code), o.start, o.end, None, None
    for rating, value in clip.ratings.get(rater, {}).items():
        name = cell_of(rating)
        if isinstance(value, str) and looks_like_number(value):
            yield name, cell_of(value), None, None, None, None
        else:
            yield None, None, None, None, name, cell_of(value) if isinstance(value, str) else value


def _of_recording(row: Row, time: ClipTime | None) -> Row:
    """Return in which recording what a row says was, and from when to when; nothing where that is not known."""
    _, _, start, end, *_ = row
    if time is None or not isinstance(start, int | float) or not isinstance(end, int | float):
        return (None,) * len(RECORDING)
    first, last = time.original_span(start, end)
    return cell_of(first.file), first.seconds, last


FORMATS = (
    ExportFormat("observations", Text(nl="Waarnemingen", en="Observations"), observations),
    ExportFormat("labelstudio", Text(nl="Label Studio", en="Label Studio"), labelstudio),
    ExportFormat("figures", Text(nl="Berekende cijfers (CSV)", en="Calculated figures (CSV)"), figures),
    ExportFormat(
        "csv", Text(nl="Rekenblad (CSV)", en="Spreadsheet (CSV)"), lambda export: long_csv(export.clips, export.times)
    ),
)
