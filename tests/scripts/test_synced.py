"""What a sync did: what is left out is told and is no problem, and nothing stops the rest."""

from __future__ import annotations

import pytest

from scripts.synced import Registered, Summary
from vib.problem import InputProblem
from vib.recordings import LeftOut


def test_what_is_left_out_is_no_problem_and_neither_stops_the_rest() -> None:
    summary = Summary()
    for raised in (
        LeftOut("F-1", nl="weg", en="away"),
        InputProblem("F-2", nl="mis", en="wrong"),
        PermissionError(13, "Permission denied", "F-3"),
    ):
        with summary.collecting():
            raise raised
    said = summary.content()
    assert [problem["place"] for problem in said["problems"]] == ["F-2", "F-3"]
    assert said["problems"][1]["nl"] == "niet te lezen (geen toestemming)"
    assert said["left_out"] == [{"place": "F-1", "nl": "weg", "en": "away"}]


def test_projects_are_a_table_and_the_rest_are_lines_of_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary([Registered(7, "F-1", 2, ["F-1/a"], 1)])
    summary.note(LeftOut("F-1", nl="weg", en="away"))
    summary.note(InputProblem("F-2", nl="mis", en="wrong"))
    summary.tell()
    out, err = capsys.readouterr()
    assert out.splitlines()[1].split() == ["7", "F-1", "2", "1"]
    assert err.splitlines()[:2] == ["F-1: away", "F-2: wrong"]
