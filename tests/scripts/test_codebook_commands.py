"""`vib codebook`: what is said of methods, and what is written for who makes one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from scripts.codebook import codebook_app
from scripts.codebook.starting import CODEBOOK
from vib.codebook import FOLDER, read_codebook
from vib.methods import method_names, read_method
from vib.problem import InputProblem

FIRST = """\
# ours, with a comment
format: vib-codebook/1
method: small
version: 1.0.0
title: {nl: Kleín 😀, en: Small}
about: {nl: "from_month: vib-codebook/1", en: About}   # stays
owner: nobody
tiers:
  - id: look
    label: {nl: blik, en: look}
    question: {nl: Wat?, en: What?}
    codes:
      - id: at
        label: {nl: naar, en: at}
        actor: kind
        kind: event
        definition: {nl: kijkt, en: looks}
        example: {nl: vb, en: ex}
        source: [own design]
        certainty: high
ratings:
  - id: warm
    label: {nl: warm, en: warm}
    actor: dyade
    definition: {nl: hoe warm, en: how warm}
    example: {nl: vb, en: ex}
    from_month: 12   # from one year
    source: [own design]
    certainty: high
"""


@pytest.fixture
def run() -> Callable[..., Result]:
    """Return a function that runs a command of the group."""
    app = codebook_app()

    def call(*words: str | Path) -> Result:
        return CliRunner().invoke(app, [*map(str, words)])

    return call


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a codebook of the first format."""
    path = tmp_path / "small" / "codebook.yaml"
    path.parent.mkdir()
    path.write_text(FIRST, encoding="utf-8")
    return path


Run = Callable[..., Result]


def said(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_methods_are_listed(run: Run) -> None:
    assert tuple(one["method"] for one in said(run("list", "--json"))) == method_names()
    shown = run("list").stdout
    assert all(name in shown for name in method_names())


def test_a_method_that_is_off_says_so_in_the_list(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIB_METHODS_OFF", "vib-pleegzorg")
    assert [one["method"] for one in said(run("list", "--json")) if one["off"]] == ["vib-pleegzorg"]
    assert "(off)" in run("list").stdout
    monkeypatch.setenv("VIB_METHODS_OFF", "gone")
    assert "there is no method gone" in str(run("list").exception)


def test_a_method_is_shown_by_name_and_by_file(run: Run, small: Path) -> None:
    book = read_codebook(small)
    assert said(run("show", small, "--json")) == book.model_dump(mode="json")
    assert "Small (small 1.0.0)" in run("show", small).stdout
    assert "BC.REC.V" in run("show", "vib-pleegzorg").stdout
    assert "ex" in run("show", small, "--guide").stdout


def test_what_is_right_says_so_and_what_is_wrong_names_its_place(run: Run, small: Path) -> None:
    assert "small 1.0.0 is right" in run("check", small).stdout
    small.write_text(FIRST.replace("kind: event", "kind: mooi"), encoding="utf-8")
    wrong = run("check", small)
    assert wrong.exit_code == 2
    assert f"{small}:16: tiers[0].codes[0].kind: 'mooi' must be" in wrong.stderr
    found = json.loads(run("check", small, "--json").stdout)
    assert [one["place"] for one in found[0]["problems"]] == [f"{small}:16: tiers[0].codes[0].kind"]


def test_everything_that_is_installed_is_checked_and_was_made_anew(run: Run) -> None:
    found = said(run("check", "--json"))
    modules = {f"module {path.stem}" for path in (FOLDER / "modules").glob("*.yaml")}
    assert {one["name"] for one in found} == {*method_names()} | modules
    assert [one["remarks"] for one in found if one["remarks"]] == []


def test_a_module_is_checked_by_its_path(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("format: vib-module/1\nmodule: m\nversion: 1.0.0\nabout: {nl: m, en: m}\n", encoding="utf-8")
    assert "module m 1.0.0 is right" in run("check", path).stdout
    path.write_text(path.read_text(encoding="utf-8") + "tiers: gone\n", encoding="utf-8")
    assert f"{path}:5: tiers: 'gone' must be a list" in run("check", path).stderr


def test_what_is_made_from_a_codebook_goes_beside_it(run: Run, small: Path) -> None:
    paths = [Path(path) for path in said(run("render", small, "--json"))]
    assert {path.name for path in paths} == {"interface.xml", "interface.en.xml", "guide.nl.md", "guide.en.md"}
    assert all(path.parent == small.parent and path.stat().st_size for path in paths)
    assert "kleín" in (small.parent / "guide.nl.md").read_text(encoding="utf-8").lower()


def test_a_guide_that_is_behind_its_codebook_is_said_and_is_no_failure(run: Run, small: Path) -> None:
    run("render", small)
    small.write_text(FIRST.replace("en: looks}", "en: looks hard}"), encoding="utf-8")
    checked = run("check", small)
    assert checked.exit_code == 0
    assert "no longer what codebook.yaml says: interface.en.xml, guide.en.md" in checked.stdout
    run("render", small)
    assert "no longer" not in run("check", small).stdout


def test_a_code_that_is_confused_with_what_no_method_has_is_said(run: Run, small: Path) -> None:
    confused = (
        "        not_to_be_confused_with: [{code: attt, difference: {nl: x, en: x}}]\n        equivalent_to: [kind]\n"
    )
    small.write_text(FIRST.replace("ratings:\n", confused + "ratings:\n"), encoding="utf-8")
    assert "at: names codes that no method has: attt\n" in run("check", small).stdout


@pytest.mark.parametrize("words", [("render",), ("render", "vib-pleegzorg", "--all")])
def test_what_to_render_is_said_once(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(InputProblem, match="name a method, or say --all"):
        raise run(*words).exception or AssertionError("it did something")


def test_of_two_codebooks_nothing_is_written_when_one_is_wrong(run: Run, small: Path) -> None:
    other = small.parent / "other.yaml"
    other.write_text("format: x\n", encoding="utf-8")
    assert isinstance(run("render", small, other).exception, InputProblem)
    assert not (small.parent / "guide.nl.md").exists()


def test_what_changed_is_said_part_by_part(run: Run, small: Path) -> None:
    after = small.parent / "after.yaml"
    changed = FIRST.replace("id: warm", "id: warmth").replace("{nl: naar, en: at}", "{nl: aan, en: upon}")
    changed = changed.replace("        kind: event\n", "        kind: event\n        polarity: ja\n        hotkey: a\n")
    changed = changed.replace("certainty: high\nratings", "certainty: high\n        params: {window_s: 3}\nratings")
    after.write_text(changed, encoding="utf-8")
    shown = run("diff", small, after).stdout.splitlines()
    assert shown == [
        "small 1.0.0 -> small 1.0.0",
        "- rating warm: warm",
        "+ rating warmth: warm",
        "  code at: label: at -> upon",
        "  code at: polarity: neutraal -> ja",
        '  code at: params: {} -> {"window_s": 3.0}',
        "  code at: hotkey: - -> a",
    ]
    found = said(run("diff", small, after, "--json"))
    assert [(one["part"], one["id"], one["field"]) for one in found][:2] == [
        ("rating", "warm", ""),
        ("rating", "warmth", ""),
    ]
    assert said(run("diff", small, small, "--json")) == []


def test_what_stands_for_a_code_that_is_gone_is_said(run: Run, small: Path) -> None:
    after = small.parent / "after.yaml"
    change = "changes: [{version: 2.0.0, date: 2026-12-01, changes: [{nl: x, en: x}], becomes: {at: towards}}]\n"
    after.write_text(
        FIRST.replace("codebook/1\nm", "codebook/2\nm")
        .replace("from_month: 12", "from_age_months: 12")
        .replace("id: at", "id: towards")
        .replace("1.0.0", "2.0.0")
        + change,
        encoding="utf-8",
    )
    assert "- code at: at, now towards" in run("diff", small, after).stdout


def test_an_upgrade_changes_the_format_and_nothing_else(run: Run, small: Path) -> None:
    before = read_codebook(small)
    written = said(run("upgrade", small, "--json"))
    assert written == {"written": str(small), "kept": str(small.parent / "codebook.v1.yaml")}
    assert (small.parent / "codebook.v1.yaml").read_text(encoding="utf-8") == FIRST
    expected = FIRST.replace("format: vib-codebook/1", "format: vib-codebook/2", 1)
    assert small.read_text(encoding="utf-8") == expected.replace("    from_month: 12", "    from_age_months: 12")
    assert read_codebook(small) == before


def test_an_upgrade_overwrites_nothing_and_is_done_once(run: Run, small: Path) -> None:
    beside = small.parent / "second.yaml"
    run("upgrade", small, "--output", beside)
    assert small.read_text(encoding="utf-8") == FIRST
    assert read_codebook(beside) == read_codebook(small)
    assert "exists already" in str(run("upgrade", small, "--output", beside).exception)
    assert "is vib-codebook/2 already" in str(run("upgrade", beside).exception)
    (small.parent / "codebook.v1.yaml").write_text("mine", encoding="utf-8")
    assert "exists already" in str(run("upgrade", small).exception)
    assert small.read_text(encoding="utf-8") == FIRST


def test_a_new_method_is_right_and_has_all_that_is_made_from_it(run: Run, tmp_path: Path) -> None:
    files = [
        Path(path) for path in said(run("new", "glimlach", "--folder", tmp_path, "--owner", "AIT: 'wij'", "--json"))
    ]
    assert {path.name for path in files} == {
        *("codebook.yaml", "interface.xml", "interface.en.xml", "guide.nl.md", "guide.en.md")
    }
    checked = said(run("check", files[0], "--json"))
    assert (checked[0]["problems"], checked[0]["remarks"]) == ([], [])
    made = read_method("glimlach", tmp_path)
    assert made.owner == "AIT: 'wij'"
    assert "kind" in made.codes
    assert "exists already" in str(run("new", "glimlach", "--folder", tmp_path).exception)


@pytest.mark.parametrize("name", ["", "Smile", "../x", "a--b", "modules", "9", "x" * 41])
def test_a_new_method_has_a_plain_name(run: Run, tmp_path: Path, name: str) -> None:
    assert isinstance(run("new", name, "--folder", tmp_path).exception, InputProblem)
    assert [*tmp_path.iterdir()] == []


def test_what_a_new_method_begins_with_is_to_be_confirmed() -> None:
    assert CODEBOOK.count("certainty: low") == CODEBOOK.count("confirm_by: ")
