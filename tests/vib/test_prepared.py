"""Which version prepared a data folder, as the folder itself says."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from vib.prepared import Prepared, installed, note_prepared, read_prepared
from vib.settings import read_settings


def test_what_is_noted_is_read_again_and_names_both_versions(tmp_path: Path) -> None:
    note_prepared(tmp_path)
    assert read_prepared(tmp_path) == installed()
    content = json.loads((tmp_path / "prepared").read_text(encoding="utf-8"))
    assert (content["version"], content["label_studio"]) == (version("vib-studio"), version("label-studio"))
    assert stat.S_IMODE((tmp_path / "prepared").stat().st_mode) == 0o600


def test_a_folder_that_was_never_prepared_says_nothing(tmp_path: Path) -> None:
    assert read_prepared(tmp_path) is None
    assert read_prepared(tmp_path / "missing") is None


@pytest.mark.parametrize("text", ["", "{}", "0.1.0", '{"version": 1, "label_studio": "", "code": ""}', "0g" * 32])
def test_a_note_that_is_not_understood_counts_as_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "prepared").write_text(text, encoding="utf-8")
    assert read_prepared(tmp_path) is None


def test_a_note_of_before_versions_were_noted_is_known_as_such_and_is_not_of_this_version(tmp_path: Path) -> None:
    (tmp_path / "prepared").write_text("0f" * 32, encoding="utf-8")
    assert read_prepared(tmp_path) == Prepared("", "", "0f" * 32)
    assert read_prepared(tmp_path) != installed()


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [("0.2.0", "0.1.9", True), ("0.10.0", "0.9.0", True), ("0.1.0", "0.1.0", False), ("", "0.1.0", False)],
)
def test_versions_are_compared_by_number(one: str, other: str, newer: bool) -> None:
    assert replace(installed(), version=one).newer_than(replace(installed(), version=other)) is newer


def test_what_decides_about_the_database_is_in_the_note(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("vib.prepared.ROOT", tmp_path)
    codes = {installed().code}
    (tmp_path / "requirements.lock").write_text("a==1")
    codes.add(installed().code)
    migrations = tmp_path / "plugins" / "new" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("")
    (migrations / "0001_initial.py").write_text("operations = []")
    codes.add(installed().code)
    assert len(codes) == 3


def test_a_plugin_that_is_switched_on_or_off_is_in_the_note(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [installed().code]
    for name, value in (("VIB_PLUGINS", "guide"), ("VIB_PLUGINS", "audit,guide"), ("VIB_WITHOUT", "signin")):
        monkeypatch.setenv(name, value)
        codes.append(installed().code)
    assert len(set(codes)) == 4
    monkeypatch.setenv("VIB_PLUGINS", "guide, audit, guide")
    assert installed().code == codes[-1]
    settings = read_settings()
    monkeypatch.delenv("VIB_WITHOUT")
    assert installed(settings).code == codes[-1] != installed().code
