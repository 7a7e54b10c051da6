"""`vib family`: what is said of families, whose consent ends, and that no wrong file is ever left."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from scripts.family import family_app
from vib.family import FORMAT, family_from, read_family
from vib.problem import InputProblem

FIRST = """\
family: F-0001  # of the demo
method: vib-pleegzorg
language: nl
members:
  - {id: kind, role: kind, born: 2022-05}
  - {id: pm, role: pleegmoeder}
consent: {given: 2026-02-20, until: 2031-02-20, uses: [begeleiding, opleiding]}
"""
SECOND = """\
format: vib-family/2
family: F-0002
method: vib-pleegzorg
language: nl
members:
  - {id: kind, role: kind, born: 2022-05}
  - {id: pm, role: pleegmoeder}
consent:
  - {person: kind, uses: [begeleiding, opleiding], from: 2026-02-20, until: 2031-02-20, by: voogd}
  - {person: pm, uses: [begeleiding], from: 2026-02-20, until: 2027-03-31, by: zelf}
clips:
  - {file: a.mp4, uses: [begeleiding, opleiding]}
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command of the group; there is no installation."""
    monkeypatch.setenv("VIB_DATA", str(tmp_path / "data"))
    app = family_app()

    def call(*words: str | Path, text: str = "") -> Result:
        return CliRunner().invoke(app, [*map(str, words)], input=text)

    return call


@pytest.fixture
def families(tmp_path: Path) -> Path:
    """Return a folder with two families."""
    for name, text in (("F-0001", FIRST), ("F-0002", SECOND)):
        folder = tmp_path / "families" / name
        folder.mkdir(parents=True)
        (folder / "family.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "families/F-0002/a.mp4").touch()
    return tmp_path / "families"


def says(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_family_is_shown_with_what_everybody_agrees_to(run: Run, families: Path) -> None:
    shown = run("show", families / "F-0002")
    assert shown.exit_code == 0
    for words in ("F-0002", "pleegmoeder", "voogd", "2031-02-20", "not everybody agreed", "a.mp4"):
        assert words in shown.stdout
    content = says(run("show", families / "F-0002", "--json"))
    assert content["uses"]["begeleiding"]["day"] == "2027-03-31"
    assert content["uses"]["opleiding"] == {"state": "none", "day": None}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-12-01", []),
        ("2027-02-10", ["guidance: ends soon: until 31 March 2027"]),
        ("2027-04-01", ["the consent ended on 2027-03-31; nothing was registered"]),
    ],
)
def test_the_end_of_a_consent_is_said_eight_weeks_ahead(day: str, said: list[str], run: Run, families: Path) -> None:
    checked = run("check", families, "--day", day, "--json")
    remarks = [one["remark"]["en"] for one in says(checked)["remarks"] if one["family"] == "F-0002"]
    assert (checked.exit_code, remarks[: len(said)]) == (0, said)
    assert remarks[len(said) :] == ["a.mp4: not everybody agreed to training; this recording is not used for it"]


def test_a_recording_that_is_listed_and_not_there_is_said(run: Run, families: Path) -> None:
    (families / "F-0002/a.mp4").unlink()
    assert "F-0002: a.mp4 is not in this folder" in run("check", families).stdout


def test_a_wrong_file_does_not_stop_the_check_of_the_others(run: Run, families: Path) -> None:
    (families / "F-0001/family.yaml").write_text(FIRST.replace("2022-05", "2022-13"), encoding="utf-8")
    (families / "F-0002/family.yaml").write_text(SECOND.replace("vib-pleegzorg", "vib-pleegzog"), encoding="utf-8")
    checked = run("check", families, "--json")
    assert checked.exit_code == 2
    places = [problem["place"].removeprefix(f"{families}/") for problem in says(checked)["problems"]]
    assert places == ["F-0001/family.yaml:5: members[0].born", "F-0002/family.yaml"]


def test_families_of_the_first_format_are_upgraded_and_kept_as_they_were(run: Run, families: Path) -> None:
    before = read_family(families / "F-0001")
    done = says(run("upgrade", families, "--json"))["upgraded"]
    assert [Path(one["written"]).parent.name for one in done] == ["F-0001"]
    text = (families / "F-0001/family.yaml").read_text(encoding="utf-8")
    assert text.startswith(f"format: {FORMAT}\nfamily: F-0001  # of the demo\n")
    assert read_family(families / "F-0001") == before
    assert (families / "F-0001/family.yaml.bak").read_text(encoding="utf-8") == FIRST
    assert f"all is {FORMAT} already" in run("upgrade", families).stdout


def editor(folder: Path, does: str) -> str:
    """Make an editor that does something with the file it is given."""
    program = folder / "editor.py"
    program.write_text(f"import sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n{does}\n", encoding="utf-8")
    return f"python3 '{program}' --wait"


def test_what_was_edited_is_written_and_what_was_there_is_kept(
    run: Run, families: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    does = "file.write_text(file.read_text().replace('until: 2027-03-31', 'until: 2028-03-31'))"
    monkeypatch.setenv("VISUAL", editor(tmp_path, does))
    assert run("edit", families / "F-0002").exit_code == 0
    assert str(read_family(families / "F-0002").ends("begeleiding")) == "2028-04-01"
    assert (families / "F-0002/family.yaml.bak").read_text(encoding="utf-8") == SECOND
    assert "nothing changed" in run("edit", families / "F-0002").stdout


@pytest.mark.parametrize("does", ["file.write_text('family: [')", "sys.exit(3)"])
def test_a_wrong_file_is_never_left(
    does: str, run: Run, families: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, does))
    monkeypatch.delenv("VISUAL", raising=False)
    assert isinstance(run("edit", families / "F-0002").exception, InputProblem)
    assert (families / "F-0002/family.yaml").read_text(encoding="utf-8") == SECOND
    assert not (families / "F-0002/family.yaml.bak").exists()


def test_a_text_is_taken_from_standard_input_for_a_new_family(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "F-0002"
    folder.mkdir()
    assert run("edit", folder, "--from", "-", text=SECOND).exit_code == 0
    assert read_family(folder) == family_from(SECOND, place="")
    assert stat.S_IMODE((folder / "family.yaml").stat().st_mode) == 0o600


def test_what_changed_is_in_the_audit_log_without_free_text(run: Run, families: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    changed = SECOND.replace("role: pleegmoeder", "role: tante Annie").replace("until: 2027-03-31", "until: 2026-12-31")
    assert run("edit", families / "F-0002", "--from", "-", text=changed).exit_code == 0
    log = (tmp_path / "data/audit/log.jsonl").read_text(encoding="utf-8")
    noted = [line["which"] for line in map(json.loads, log.splitlines()) if line.get("what") == "family edit"]
    assert noted == [
        "member pm role: changed",
        "consent pm begeleiding 2026-02-20..2027-03-31: gone",
        "consent pm begeleiding 2026-02-20..2026-12-31: new",
    ]
    assert "Annie" not in log


def test_a_day_that_is_none_is_said(run: Run, families: Path) -> None:
    assert isinstance(run("check", families, "--day", "morgen").exception, InputProblem)
    tomorrow = date.today() + timedelta(days=1)
    assert run("check", families, "--day", str(tomorrow)).exit_code == 0
