"""What commands read from Label Studio."""

from __future__ import annotations

import pytest

from scripts.server import read_submitted


def test_a_command_reads_the_others_and_says_whom_it_leaves_out_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    turn = {"id": "t", "from_name": "turn", "type": "labels", "value": {"start": -5, "end": 2, "labels": ["kind"]}}
    made = [
        {"completed_by": number, "created_at": "2026-01-01", "result": result}
        for number, result in ((1, [turn]), (2, []))
    ]
    tasks = [{"id": 5, "data": {"clip": "F-1/bad", "duration": 9.0}, "annotations": made}]
    (clip,) = read_submitted(tasks, {1: "anna", 2: "bram"})
    assert clip.raters == ("bram",)
    said = capsys.readouterr()
    assert said.out == ""
    assert "F-1/bad, anna: turn/kind: " in said.err
