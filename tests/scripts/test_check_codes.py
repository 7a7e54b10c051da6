"""`vib codebook check-codes`: every broken rule with its place, whatever the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from scripts.codebook import codebook_app
from vib.problem import InputProblem

WORDS = "{nl: x, en: x}"
SOURCED = "source: [own design], certainty: low"
CODE = f"label: {WORDS}, actor: kind, kind: event, definition: {WORDS}, example: {WORDS}, {SOURCED}"
BOOK = f"""\
format: vib-codebook/2
method: small
version: 1.0.0
title: {WORDS}
about: {WORDS}
owner: nobody
tiers:
  - id: turn
    label: {WORDS}
    question: {WORDS}
    codes: [{{id: kind, {CODE}}}]
  - id: initiative
    label: {WORDS}
    question: {WORDS}
    describes: {{tier: turn, codes: [kind]}}
    codes: [{{id: CONTACT, {CODE}}}]
  - id: reception
    label: {WORDS}
    question: {WORDS}
    describes: {{tier: turn, codes: [kind]}}
    codes: [{{id: SEEN, {CODE}}}]
rules:
  - id: R1
    when: {{tier: initiative}}
    then: {{given: [reception]}}
    say: {{nl: Nog geen ontvangst., en: No reception yet.}}
    blocks_submit: true
levels:
  - {{id: start, label: {WORDS}, tiers: [turn, initiative]}}
"""
CSV = "clip,duration_s,rater,tier,code,start_s,end_s,attributes\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that checks a file with the small codebook."""
    (tmp_path / "codebook.yaml").write_text(BOOK, encoding="utf-8")

    def call(file: Path, *more: str) -> Result:
        return CliRunner().invoke(
            codebook_app(), ["check-codes", str(file), "--method", str(tmp_path / "codebook.yaml"), *more]
        )

    return call


def observations(folder: Path, answers: dict[str, str], **more: Any) -> Path:
    turn = {"tier": "turn", "code": "kind", "start": 62.0407, "end": 63, "attributes": answers}
    clip = {"id": "F-0001/maaltijd", "duration": 90, "raters": {"anna": [turn]}, **more}
    path = folder / "codes.json"
    path.write_text(json.dumps({"format": "vib-observations/1", "clips": [clip]}), encoding="utf-8")
    return path


def test_what_blocks_is_told_with_clip_rater_and_place_and_fails(run: Run, tmp_path: Path) -> None:
    result = run(observations(tmp_path, {"initiative": "CONTACT"}))
    assert result.exit_code == 1
    assert "F-0001/maaltijd, anna, 01:02.041: No reception yet. (R1; blocks submitting)" in result.stdout
    assert "1 times a rule is broken, of which 1 times" in result.stdout


def test_what_is_pointed_out_fails_nothing(run: Run, tmp_path: Path) -> None:
    result = run(observations(tmp_path, {}))
    assert result.exit_code == 0
    assert "01:02.041: Not coded yet: x. (built-in:unanswered)" in result.stdout


def test_programs_get_every_field(run: Run, tmp_path: Path) -> None:
    (found,) = json.loads(run(observations(tmp_path, {"initiative": "CONTACT"}), "--json").stdout)
    assert found == {
        "clip": "F-0001/maaltijd",
        "rater": "anna",
        "rule": "R1",
        "words": {"nl": "Nog geen ontvangst.", "en": "No reception yet."},
        "tier": "reception",
        "code": "",
        "start": 62.0407,
        "end": 63,
        "blocks_submit": True,
        "distance_s": None,
    }


def test_rules_about_what_a_level_does_not_ask_are_not_broken_there(run: Run, tmp_path: Path) -> None:
    file = observations(tmp_path, {"initiative": "CONTACT"})
    assert run(file, "--level", "start").exit_code == 0
    result = run(file, "--level", "gone")
    assert result.exit_code == 2
    assert "no such level; these are: start" in result.stderr


def test_a_file_that_does_not_say_its_method_wants_to_be_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(codebook_app(), ["check-codes", str(observations(tmp_path, {}))])
    assert result.exit_code == 2
    assert "F-0001/maaltijd, anna" in result.stderr
    assert "give --method" in result.stderr


def test_codes_of_another_version_are_not_checked_by_this_one(tmp_path: Path) -> None:
    made_with = {"anna": {"method": "vib-pleegzorg", "version": "0.0.1"}}
    result = CliRunner().invoke(codebook_app(), ["check-codes", str(observations(tmp_path, {}, made_with=made_with))])
    assert result.exit_code == 2
    assert "coded with vib-pleegzorg 0.0.1" in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_no_file_with_codes_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "codes.json").write_text("{", encoding="utf-8")
    assert isinstance(run(tmp_path / "codes.json").exception, InputProblem)
