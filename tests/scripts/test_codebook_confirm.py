"""`vib codebook confirm`: a sheet goes out, is filled in, and comes back, whole or not at all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from scripts.codebook import codebook_app, confirming
from scripts.codebook.sheet import COLUMNS, LARGEST
from vib.codebook import read_codebook
from vib.problem import InputProblem

BOOK = """\
format: vib-codebook/2
method: {method}
version: 1.0.0
title: {{nl: Klein, en: Small}}
about: {{nl: Over, en: About}}
owner: AIT
includes: [{{module: looks, version: 1.0.0}}]
tiers:
  - use: look
{more}"""
MODULE = """\
format: vib-module/1
module: looks
version: 1.0.0
about: {nl: m, en: m}
tiers:
  - id: look
    label: {nl: blik, en: look}
    question: {nl: Wat?, en: What?}
    codes:
      - id: at
        label: {nl: naar, en: at}
        actor: kind
        kind: event
        definition: {nl: "=kijkt", en: "=1+1 <b>looks</b>"}
        example: {nl: vb, en: "first\\n second"}
        params: {window_s: 3}
        source: [own design]
        certainty: low
        confirm_by: AIT
      - id: away
        label: {nl: weg, en: away}
        actor: kind
        kind: event
        definition: {nl: kijkt weg, en: looks away}
        example: {nl: vb, en: ex}
        source: [own design]
        certainty: low
        confirm_by: AIT
      - id: sure
        label: {nl: zeker, en: sure}
        actor: kind
        kind: event
        definition: {nl: zeker, en: sure}
        example: {nl: vb, en: ex}
        source: [own design]
        certainty: high
"""
WARM = """\
ratings:
  - id: warm
    label: {nl: warm, en: warm}
    actor: dyade
    definition: {nl: hoe warm, en: how warm}
    example: {nl: vb, en: ex}
    source: [own design]
    certainty: low
    confirm_by: Leiden
"""
TODAY = datetime.datetime(2026, 11, 30)  # as a spreadsheet gives a day
Run = Callable[..., Result]


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return two codebooks that share a module, in a folder of methods of their own."""
    monkeypatch.setattr(confirming, "FOLDER", tmp_path)
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "looks.yaml").write_text(MODULE, encoding="utf-8")
    paths = [tmp_path / name / "codebook.yaml" for name in ("one", "two")]
    for path, more in zip(paths, ("", WARM), strict=True):
        path.parent.mkdir()
        path.write_text(BOOK.format(method=path.parent.name, more=more), encoding="utf-8")
    return paths


@pytest.fixture
def run(books: list[Path]) -> Run:
    """Return a function that runs `vib codebook confirm` for both codebooks."""

    def call(*words: str | Path) -> Result:
        return CliRunner().invoke(codebook_app(), ["confirm", *map(str, [*books, *words])])

    return call


@pytest.fixture
def sheet(run: Run, tmp_path: Path) -> Path:
    """Return the sheet for AIT."""
    path = tmp_path / "sheet.xlsx"
    assert run("--by", "ait", "--output", path).exit_code == 0
    return path


def fill(path: Path, **answers: dict[str, object]) -> None:
    """Fill in a sheet as somebody does in a spreadsheet: what columns hold, by id."""
    book = load_workbook(path)
    page: Any = book.worksheets[0]
    names = [*COLUMNS]
    for row in page.iter_rows(min_row=2):
        for name, value in answers.get(row[names.index("id")].value, {}).items():
            row[names.index(name)].value = value
    book.save(path)


def yes(**more: object) -> dict[str, object]:
    return {"answer": "Yes ", "name": "Anna Bakker", "date": TODAY, **more}


def problem(result: Result) -> str:
    return result.stderr if isinstance(result.exception, SystemExit) else str(result.exception)


def test_the_sheet_has_each_text_once_with_the_methods_that_use_it(sheet: Path) -> None:
    page: Any = load_workbook(sheet).worksheets[0]
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in page.iter_rows(values_only=True)]
    assert [(row["id"], row["methods"]) for row in rows[1:]] == [("at", "one, two"), ("away", "one, two")]
    assert (rows[1]["label"], rows[1]["numbers"], rows[1]["source"]) == ("at", "within 3 seconds", "own design")
    assert [rows[1][name] for name in ("answer", "remark", "name", "date")] == [None] * 4


def test_no_text_runs_as_a_formula_or_as_a_page(sheet: Path) -> None:
    page: Any = load_workbook(sheet).worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert "'=1+1 <b>looks</b>" in {cell.value for row in page.iter_rows() for cell in row}
    printed = sheet.with_suffix(".html").read_text(encoding="utf-8")
    assert "=1+1 &lt;b&gt;looks&lt;/b&gt;" in printed
    assert printed.count("<section>") == 2


def test_what_was_confirmed_holds_in_every_method_until_the_text_changes(
    run: Run, sheet: Path, books: list[Path], tmp_path: Path
) -> None:
    fill(sheet, at=yes(), away=yes(answer="other", remark="say: turns away"))
    done = run("--apply", sheet)
    assert done.exit_code == 0, done.output
    assert "confirmed: 1" in done.stdout
    assert "away (one, two): other: say: turns away (Anna Bakker, 2026-11-30)" in done.stdout
    for path in books:
        code = read_codebook(path).codes["at"]
        assert code.confirm_by is None
        assert code.confirmed is not None
        assert (code.confirmed.by, code.confirmed.party, code.confirmed.date) == ("Anna Bakker", "AIT", "2026-11-30")
        assert read_codebook(path).codes["away"].confirm_by == "AIT"
    again = tmp_path / "again.xlsx"
    assert json.loads(run("--by", "AIT", "--output", again, "--json").stdout)["rows"] == 1
    module = tmp_path / "modules" / "looks.yaml"
    module.write_text(MODULE.replace("window_s: 3", "window_s: 4"), encoding="utf-8")
    assert read_codebook(books[0]).codes["at"].confirm_by == "AIT"
    checked = CliRunner().invoke(codebook_app(), ["check", str(books[0])])
    assert checked.exit_code == 0
    assert "at: Anna Bakker (AIT) confirmed another text on 2026-11-30; that does not count any more" in checked.stdout


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"at": yes(answer="maybe")}, "sheet.xlsx: VIB: 2: answer 'maybe': must be yes, no or other"),
        ({"at": yes(answer=None)}, "VIB: 2: something was filled in, but no answer"),
        ({"at": yes(name=None)}, "VIB: 2: there is no name"),
        ({"away": yes(date="yesterday")}, "VIB: 3: date 'yesterday': is not a day"),
        ({"away": yes(date=None)}, "VIB: 3: date '': is not a day"),
        ({"away": yes(answer="no")}, "VIB: 3: no or other without a remark"),
        ({"away": yes(definition="looks aside")}, "VIB: 3: away: the text on the sheet is not that of the codebook"),
        ({"away": yes(id="gone")}, "VIB: 3: gone is in no codebook"),
        ({"away": yes(id="sure")}, "VIB: 3: sure is in no codebook, or nobody is to confirm it"),
    ],
)
def test_of_a_sheet_with_a_mistake_nothing_is_kept(
    run: Run, sheet: Path, tmp_path: Path, answers: dict[str, dict[str, object]], said: str
) -> None:
    fill(sheet, **{"at": yes(), **answers})
    done = run("--apply", sheet)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "confirmed.yaml").exists()


def test_every_mistake_of_a_sheet_is_said(run: Run, sheet: Path) -> None:
    fill(sheet, at=yes(answer="maybe"), away=yes(name=None))
    assert len(run("--apply", sheet).stderr.splitlines()) == 2


@pytest.mark.parametrize("date", ["2026-11-30", "30-11-2026", "30/11/2026", TODAY])
def test_a_day_is_read_as_people_and_spreadsheets_write_it(run: Run, sheet: Path, date: object) -> None:
    fill(sheet, at=yes(date=date), away=yes(date=date, answer="NO", remark="-"))
    found = json.loads(run("--apply", sheet, "--json").stdout)
    assert found["confirmed"] == ["at"]
    assert [(one["id"], one["answer"], one["date"]) for one in found["other"]] == [("away", "no", "2026-11-30")]


def test_a_sheet_that_nobody_filled_in_confirms_nothing(run: Run, sheet: Path, tmp_path: Path) -> None:
    assert "confirmed: 0" in run("--apply", sheet).stdout
    assert not (tmp_path / "confirmed.yaml").exists()


def test_what_is_no_sheet_of_ours_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("a,b", encoding="utf-8")
    assert "is not an .xlsx file that can be read" in problem(run("--apply", path))
    Workbook().save(path)
    assert "x.xlsx: Sheet: 1: these are not the columns" in problem(run("--apply", path))
    with path.open("ab") as file:
        file.write(b"\0" * LARGEST)
    assert isinstance(run("--apply", path).exception, InputProblem)
    assert isinstance(run("--apply", tmp_path / "gone.xlsx").exception, FileNotFoundError)


def test_a_sheet_that_may_hold_answers_is_not_overwritten(run: Run, sheet: Path) -> None:
    before = sheet.read_bytes()
    assert "exists already" in problem(run("--by", "AIT", "--output", sheet))
    assert sheet.read_bytes() == before


def test_who_may_confirm_is_said(run: Run) -> None:
    assert "still open: AIT (2), Leiden (1)" in problem(run())
    assert "Leidsn has nothing to confirm; still open: AIT (2), Leiden (1)" in problem(run("--by", "Leidsn"))


def test_a_rating_is_confirmed_as_a_code_is(run: Run, books: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "leiden.xlsx"
    assert run("--by", "Leiden", "--output", path).exit_code == 0
    fill(path, warm=yes())
    assert run("--apply", path).exit_code == 0
    (rating,) = read_codebook(books[1]).ratings
    assert rating.confirmed is not None
    assert rating.confirmed.party == "Leiden"
