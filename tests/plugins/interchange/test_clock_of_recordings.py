"""Codes on the clock of the recording, in the CSV."""

from __future__ import annotations

import csv
from io import StringIO

from plugins.interchange.formats import long_csv
from vib.clip_time import ClipTime, Piece
from vib.observation import Observation, RaterSet, Timeline

KNOWN, UNKNOWN = "F-1/avond", "F-1/ochtend"
PIECES = (
    Piece(file="00000.MTS", clip=0, recording=2, timestamp=3.4, duration=10, frames_per_second=25),
    Piece(file="00001.MTS", clip=10, recording=0, timestamp=0, duration=10, frames_per_second=25),
)


def rows(clips: list[RaterSet], times: dict[str, ClipTime]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(long_csv(clips, times), newline="")))


def coded(clip: str) -> RaterSet:
    timeline = Timeline(20, [Observation("turn", "kind", 1, 3), Observation("turn", "kind", 9, 12)])
    return RaterSet(clip, 20, {"anna": timeline}, {"anna": {"warmth": 4.0}})


def test_each_observation_says_when_it_was_in_its_recording() -> None:
    first, second, rating = rows([coded(KNOWN)], {KNOWN: ClipTime(pieces=PIECES)})
    assert (first["start"], first["recording"], first["recording_start"], first["recording_end"]) == (
        *("1", "00000.MTS"),
        *("3.0", "5.0"),
    )
    assert (second["recording"], second["recording_start"], second["recording_end"]) == ("00000.MTS", "11.0", "14.0")
    assert rating["recording"] == rating["recording_start"] == ""


def test_the_columns_are_empty_for_a_clip_whose_clock_is_not_known_and_absent_where_nobody_asks() -> None:
    last = rows([coded(KNOWN), coded(UNKNOWN)], {KNOWN: ClipTime(pieces=PIECES)})[-2]
    assert (last["clip"], last["start"], last["recording"]) == (UNKNOWN, "9", "")
    assert "recording" not in rows([coded(KNOWN)], {})[0]
