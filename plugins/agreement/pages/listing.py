"""The moments of a group as a CSV to take along, with what was settled of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plugins.agreement.comparing.moments import Moment
from vib.observation import RaterSet, as_codes
from vib.spreadsheet import safe_cell

from .asked import Asked, Known
from .moments import found_in
from .stretches import known_again

COLUMNS = (
    *("clip", "tier", "attribute", "start", "end", "seconds", "pairs", "said"),
    *("settled", "settled_by", "settled_at", "note"),
)

Settlings = Mapping[str, Sequence[Any]]
"""What was settled, by clip."""


def moments_csv(
    clips: Sequence[RaterSet], asked: Asked, known: Known, settlings: Settlings, people: Mapping[int, str]
) -> bytes:
    """Return a row for each moment, the heaviest of each clip first, in cells that no spreadsheet runs."""
    written = io.StringIO()
    rows = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for row in _rows(clips, asked, known, settlings, people):
        rows.writerow({name: safe_cell(value) for name, value in row.items()})
    return written.getvalue().encode()


def _rows(
    clips: Sequence[RaterSet], asked: Asked, known: Known, settlings: Settlings, people: Mapping[int, str]
) -> Iterator[dict[str, object]]:
    for clip in clips:
        found = found_in([clip], asked, known, asked.tier)
        last = known_again(settlings.get(clip.clip, ()), found)
        for place, moment in enumerate(found):
            settling = last.get(place)
            row: dict[str, object] = {
                "clip": moment.clip,
                "tier": moment.tier,
                "attribute": moment.attribute or "",
                "start": f"{moment.start:.3f}",
                "end": f"{moment.end:.3f}",
                "seconds": f"{moment.weight:.1f}",
                "pairs": moment.pairs,
                "said": "; ".join(f"{rater}: {_said(moment, rater)}" for rater in moment.said),
            }
            if settling is not None:
                row |= {
                    "settled": "yes" if settling.settled else "no",
                    "settled_by": people[settling.by_id],
                    "settled_at": settling.at.isoformat(timespec="seconds"),
                    "note": settling.note,
                }
            yield row


def _said(moment: Moment, rater: str) -> str:
    seen = moment.said[rater]
    if moment.attribute is None:
        return ", ".join(one.code for one in seen) or "-"
    return ", ".join(code for one in seen for code in as_codes(one.attributes.get(moment.attribute))) or "-"
