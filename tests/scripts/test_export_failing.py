"""A format of a plugin that fails is said on one line."""

from __future__ import annotations

import pytest
import typer

from scripts.export import written
from vib.exporting import Export, ExportFormat
from vib.language import Text
from vib.methods import read_method
from vib.problem import InputProblem

LABEL = Text(nl="", en="")
NOTHING = Export([], read_method("vib-pleegzorg"), [])


def test_a_format_that_fails_ends_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(export: Export) -> str:
        raise KeyError("carla")

    with pytest.raises(typer.Exit) as ended:
        written(ExportFormat("notes", LABEL, fails), NOTHING)
    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert said.startswith("notes: ")
    assert "KeyError: 'carla'" in said
    assert said.count("\n") == 1


def test_what_a_format_cannot_hold_is_the_users_to_mend() -> None:
    def refuses(export: Export) -> str:
        raise InputProblem("clip", nl="nee", en="no")

    with pytest.raises(InputProblem):
        written(ExportFormat("notes", LABEL, refuses), NOTHING)
    assert written(ExportFormat("notes", LABEL, lambda export: "a\n"), NOTHING) == "a\n"
