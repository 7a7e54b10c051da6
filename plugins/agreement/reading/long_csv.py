"""Codes and ratings as a long CSV: one row an observation or a rating."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from vib.made_with import MadeWith, read_made_with
from vib.observation import ROUNDING, Observation, RaterSet, RatingValue, Timeline
from vib.problem import InputProblem
from vib.spreadsheet import CALCULATED, LONG_CSV, MADE_WITH, RECORDING, name_in

from . import texts
from .cells import number_in, rating_in
from .rows import Row, at_row, opened

UNKNOWN_DURATION = 1.0
"""Seconds that stand for the duration of a clip with ratings only, of which no row names one."""


def read_long_csv(path: Path) -> tuple[RaterSet, ...]:
    """Read a long CSV.

    The columns are those of `vib.spreadsheet.LONG_CSV` and `vib.spreadsheet.MADE_WITH`, in any order; those that are
    not needed may be left out, and one that says what was calculated is passed over. Commas, semicolons or tabs
    separate the cells; with the last two, ``1,5`` is a number too. White space around a cell does not count, and
    neither does the ``'`` by which `vib.spreadsheet.safe_cell` keeps a text from being run.

    What a row says depends on the cells that are filled:

    ========================= ===============================================================
    tier, code, start, end    an observation; without end an instant
    rating, value             a rating of the clip: a number, or text for a nominal rating;
                              missing when the value is empty
    tier, code                a code for the clip as a whole: a nominal rating named after
                              the tier; the code is text, also when it looks like a number
    (nothing more)            the rater coded the clip and saw nothing
    ========================= ===============================================================

    A rater of whom a clip has ratings only did not code its timeline, and is not in
    `RaterSet.timelines`. The duration may be left empty in some rows of a clip. A clip with
    ratings only may lack it altogether; then it is `UNKNOWN_DURATION`, which no statistic of
    ratings looks at.

    Returns
    -------
    tuple of RaterSet
        In the order in which the file first names the clips.

    Raises
    ------
    InputProblem
        Names the file, the row as a spreadsheet numbers it, and the reason.
    """
    with opened(path, (*LONG_CSV, *MADE_WITH, CALCULATED, *RECORDING)) as table:
        for needed in ("clip", "rater"):
            if needed not in table.columns:
                raise texts.problem(str(path), texts.NO_COLUMN, found=needed)
        if not {"rating", "code", "duration"} & set(table.columns):
            raise texts.problem(str(path), texts.NOTHING_SAID)
        said = _Said(path, comma=table.separator != ",")
        said.take(table.rows, table.columns)
    if not said.clips:
        raise texts.problem(str(path), texts.HEADER_ONLY)
    return tuple(said.rater_set(clip) for clip in said.clips.values())


@dataclass(slots=True)
class _Clip:
    """What the rows so far say of one clip."""

    name: str
    duration: float | None = None
    duration_row: int = 0
    timed_row: int = 0
    latest: float = 0.0
    latest_row: int = 0
    observations: dict[str, list[Observation]] = field(default_factory=dict)
    ratings: dict[str, dict[str, RatingValue]] = field(default_factory=dict)
    made_with: dict[str, MadeWith] = field(default_factory=dict)


class _Said:
    """Gathers what rows say, by clip."""

    def __init__(self, path: Path, *, comma: bool) -> None:
        self.path = path
        self.comma = comma
        self.clips: dict[str, _Clip] = {}
        self.names: dict[str, str] = {}
        self.kinds: dict[str, tuple[bool, int]] = {}

    def take(self, rows: Iterable[Row], columns: tuple[str, ...]) -> None:
        """Take in every row.

        Cells of whom and what repeat from row to row: each different one is looked at once.
        """
        at = {column: place for place, column in enumerate(columns)}
        pick = itemgetter(*(at.get(column, len(columns)) for column in (*LONG_CSV, *MADE_WITH)))
        known: dict[tuple[str, str, str, tuple[str, ...]], tuple[_Clip, str]] = {}
        names = self.names
        for number, cells in rows:
            cells.append("")
            clip_cell, length, rater_cell, tier, code, start, end, rating, value, *made = pick(cells)
            made_with = tuple(made)
            try:
                found = known.get((clip_cell, length, rater_cell, made_with))
                if found is None:
                    if not clip_cell.strip() and not any(cell.strip() for cell in cells):
                        continue
                    found = self.whose(clip_cell, length, rater_cell, number)
                    self.coded_with(*found, made_with)
                    known[clip_cell, length, rater_cell, made_with] = found
                clip, rater = found
                tier = names[tier] if tier in names else self.name(tier)
                code = names[code] if code in names else self.name(code)
                if tier and code and start and not rating and not value:
                    self.observe(clip, rater, tier, code, start, end, number)
                else:
                    self.rest(clip, rater, (tier, code, start, end), self.name(rating), value, number)
            except InputProblem as problem:
                raise at_row(self.path, number, problem) from problem

    def whose(self, clip_cell: str, length: str, rater_cell: str, row: int) -> tuple[_Clip, str]:
        """Return of which clip and rater a row is, after a look at the clip's duration."""
        name, rater = self.name(clip_cell), self.name(rater_cell)
        for column, filled in (("clip", name), ("rater", rater)):
            if not filled:
                raise texts.problem("", texts.EMPTY_CELL, column=column)
        clip = self.clips.setdefault(name, _Clip(name))
        duration = number_in(length, "duration", comma=self.comma) if length else None
        if duration is not None and duration <= 0:
            raise texts.problem("", texts.BAD_DURATION, found=duration)
        if clip.duration is None:
            clip.duration, clip.duration_row = duration, row
        elif duration not in (None, clip.duration):
            words = {"found": duration, "known": clip.duration, "row": clip.duration_row}
            raise texts.problem("", texts.OTHER_DURATION, clip=texts.quoted(name), **words)
        return clip, rater

    def coded_with(self, clip: _Clip, rater: str, cells: tuple[str, ...]) -> None:
        """Take in with what a rater coded a clip: one thing, of which each row says the same or nothing."""
        said = {column: name for column, cell in zip(MADE_WITH, cells, strict=True) if (name := self.name(cell))}
        made_with = read_made_with(said or None)
        known = clip.made_with.get(rater)
        if made_with is not None and known not in (None, made_with):
            raise texts.problem("", texts.OTHER_MADE_WITH, rater=texts.quoted(rater), found=made_with, known=known)
        if made_with is not None:
            clip.made_with[rater] = made_with

    def name(self, cell: str) -> str:
        """Return the name in a cell, and remember it."""
        name = self.names.get(cell)
        if name is None:
            name = self.names[cell] = name_in(cell)
        return name

    def observe(self, clip: _Clip, rater: str, tier: str, code: str, start: str, end: str, row: int) -> None:
        """Take in an observation."""
        try:
            onset, offset = float(start), float(end)
            plain = "_" not in start and "_" not in end
        except ValueError:
            plain = False
        if not plain:
            onset, offset = self.times(start, end)
        if offset > clip.latest:
            clip.latest, clip.latest_row = offset, row
        seen = Observation(tier, code, onset, offset)
        if rater in clip.observations:
            clip.observations[rater].append(seen)
        else:
            clip.observations[rater] = [seen]
            clip.timed_row = clip.timed_row or row

    def times(self, start: str, end: str) -> tuple[float, float]:
        """Return onset and offset of cells that are not written plainly; without an offset, an instant."""
        onset = number_in(start, "start", comma=self.comma)
        offset = number_in(end, "end", comma=self.comma)
        if onset is None:
            raise texts.problem("", texts.NO_START)
        return onset, onset if offset is None else offset

    def rest(self, clip: _Clip, rater: str, what: tuple[str, str, str, str], rating: str, value: str, row: int) -> None:
        """Take in a row that is no plain observation."""
        tier, code, start, end = what[0], what[1], what[2].strip(), what[3].strip()
        if rating:
            if tier or code or start or end:
                raise texts.problem("", texts.BOTH)
            self.rate(clip, rater, rating, rating_in(value, comma=self.comma), row)
        elif value.strip():
            raise texts.problem("", texts.BOTH if tier or code else texts.LOOSE_VALUE)
        elif tier or code:
            if not (tier and code):
                raise texts.problem("", texts.EMPTY_CELL, column="code" if tier else "tier")
            if start or end:
                self.observe(clip, rater, tier, code, start, end, row)
            else:
                self.rate(clip, rater, tier, code, row)
        elif start or end:
            raise texts.problem("", texts.LOOSE_TIMES)
        else:
            clip.observations.setdefault(rater, [])
            clip.timed_row = clip.timed_row or row

    def rate(self, clip: _Clip, rater: str, rating: str, value: RatingValue, row: int) -> None:
        """Take in a rating: one of each kind from a rater, and numbers and text never mixed."""
        given = clip.ratings.setdefault(rater, {})
        if rating in given:
            words = {"rater": texts.quoted(rater), "rating": texts.quoted(rating), "clip": texts.quoted(clip.name)}
            raise texts.problem("", texts.TWICE, **words)
        if value is not None:
            is_text, first = self.kinds.setdefault(rating, (isinstance(value, str), row))
            if is_text != isinstance(value, str):
                here, there = (texts.A_NUMBER, texts.A_TEXT) if is_text else (texts.A_TEXT, texts.A_NUMBER)
                raise texts.problem("", texts.MIXED, rating=texts.quoted(rating), here=here, there=there, row=first)
        given[rating] = value

    def rater_set(self, clip: _Clip) -> RaterSet:
        """Return everything that was said of a clip."""
        name = texts.quoted(clip.name)
        duration = clip.duration
        if duration is None:
            if clip.timed_row:
                reason = texts.problem("", texts.NO_DURATION, clip=name)
                raise at_row(self.path, clip.timed_row, reason)
            duration = UNKNOWN_DURATION
        if clip.latest > duration + ROUNDING:
            reason = texts.problem("", texts.AFTER_THE_END, end=clip.latest, clip=name, duration=duration)
            raise at_row(self.path, clip.latest_row, reason)
        timelines = {rater: Timeline(duration, seen) for rater, seen in clip.observations.items()}
        return RaterSet(clip.name, duration, timelines, clip.ratings, clip.made_with)
