"""The figures that a codebook calculates, as a CSV."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from plugins.interchange.figures import COLUMNS, figures
from vib.exporting import Export
from vib.made_with import MadeWith
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem

BOOK = read_method("vib-pleegzorg")
NOW = MadeWith(method=BOOK.method, version=BOOK.version)
COMMON = {"initiative": "BC.INI.C.CONTACT", "effect": "BC.EFF.CONTINUE"}
SEEN = Timeline(
    20.0,
    [
        Observation("turn", "kind", 1.0, 2.0, {**COMMON, "reception": "BC.REC.V"}),
        Observation("turn", "volwassene", 2.5, 4.0, {"adult_move": "BC.P.FOLLOW"}),
        Observation("turn", "kind", 9.0, 10.0, {**COMMON, "reception": "BC.REC.MISSED"}),
    ],
)


def written(made_with: dict[str, MadeWith]) -> list[dict[str, str]]:
    clip = RaterSet("=F-1/a", 20.0, dict.fromkeys(made_with, SEEN), {}, made_with)
    return list(csv.DictReader(StringIO(figures(Export([clip], BOOK, [])), newline="")))


def test_each_figure_says_how_much_of_how_much_and_what_was_measured() -> None:
    rows = {(row["calculation"], row["of"], row["unit"]): row for row in written({"anna": NOW})}
    assert {(row["clip"], row["rater"]) for row in rows.values()} == {("'=F-1/a", "anna")}
    share, latency = rows["BC.SHARE.RECEIVED", "", "times"], rows["BC.REC.LATENCY", "", "times"]
    assert (share["count"], share["total"], share["values"]) == ("1", "2", "")
    assert (latency["count"], latency["total"], latency["values"]) == ("1", "1", "0.500")
    assert rows["BC.2.EQUAL", "volwassene", "seconds"]["total"] == "3.5"


def test_what_a_level_does_not_ask_and_codes_of_another_version_have_no_figures() -> None:
    start = NOW.model_copy(update={"level": "start"})
    rows = written({"anna": NOW, "bram": start, "carla": NOW.model_copy(update={"version": "0.1.0"})})
    calculations = {rater: {row["calculation"] for row in rows if row["rater"] == rater} for rater in ("bram", "carla")}
    assert "BC.SHARE.RECEIVED" in calculations["bram"]
    assert "BC.RATIO.FOLLOW" not in calculations["bram"]
    assert calculations["carla"] == set()


@pytest.mark.parametrize("method", ["bezoekregeling", "hechtingssignalen"])
def test_of_visits_and_signals_no_sums_are_made(method: str) -> None:
    with pytest.raises(InputProblem, match="no sums are made of these codes"):
        figures(Export([], read_method(method), []))


def test_without_codes_there_is_the_header() -> None:
    assert figures(Export([], BOOK, [])) == ",".join(COLUMNS) + "\r\n"
