"""Under which terms the product and what it brings may be passed on."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")

COPYLEFT = r"(?<!L)GPL|Affero|(?<!Lesser )(?<!Library )General Public License"
EXCEPTION = r"GPL-[\d.]+(-or-later|-only)? WITH GCC-exception-3\.1"
WEAK = r"LGPL|Lesser General Public License|MPL|Mozilla"
FREE = r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|CNRI-Python|TCL|ZPL|Zope|" + WEAK

ELSEWHERE = {
    "async-timeout": "Apache-2.0",
    "brotlicffi": "MIT",
    "label-studio-sdk": "Apache-2.0",
}
"""Where the metadata says nothing here: not installed on a Python as new as this, or only a file LICENSE."""

CHOSEN = {"pyphen": "MPL 1.1"}
"""Under which of the terms that its maker lets others choose from a package is used and passed on."""

OF_OTHERS = tuple(
    ".jpg .png .npz .pt .mp4 .m4a .wav .onnx .tflite .ttf .woff .woff2 .sqlite3 .zip .gz .xz .LICENSE".split()
)
"""How files end that somebody may have brought from elsewhere."""

FETCHED = ROOT / "backend_ml" / "weights" / "files"


@cache
def locked(lock: str) -> tuple[Requirement, ...]:
    lines = re.findall(r"^([A-Za-z0-9][^\s\\]*==[^\\\n]*)", (ROOT / lock).read_text(encoding="utf-8"), flags=re.M)
    return tuple(Requirement(line) for line in lines)


def installed(lock: str) -> set[str]:
    """Return the packages of a lock that are for this Python and system."""
    return {package.name for package in locked(lock) if package.marker is None or package.marker.evaluate()}


@cache
def terms(package: str) -> tuple[str, ...]:
    """Return what the metadata of an installed package says of its licence; a text of many lines says no name."""
    if package in CHOSEN:
        return (CHOSEN[package],)
    return offered(package)


@cache
def offered(package: str) -> tuple[str, ...]:
    said = metadata.metadata(package)
    for expression in said.get_all("License-Expression") or ():
        return tuple(re.split(r"\s+(?:AND|OR)\s+", expression.strip("() ")))
    (line,) = said.get_all("License") or [""]
    names = [line] if line and "\n" not in line and line != "UNKNOWN" else []
    classifiers = said.get_all("Classifier") or []
    return (*names, *(name.split(" :: ")[-1] for name in classifiers if name.startswith("License :: OSI Approved :: ")))


def is_copyleft(name: str) -> bool:
    return re.search(COPYLEFT, re.sub(EXCEPTION, "", name)) is not None


@pytest.mark.parametrize(
    "name",
    [
        "GPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "GNU General Public License v2 or later (GPLv2+)",
        "AGPL-3.0-or-later",
        "GNU Affero General Public License v3",
    ],
)
def test_what_asks_the_whole_to_be_passed_on_is_known_by_its_name(name: str) -> None:
    assert is_copyleft(name)


@pytest.mark.parametrize(
    "name",
    [
        "LGPL-3.0-only",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "GNU Library General Public License v2 (LGPLv2)",
        "Mozilla Public License 2.0 (MPL 2.0)",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
    ],
)
def test_what_asks_no_more_than_itself_to_be_passed_on_may_stand(name: str) -> None:
    assert not is_copyleft(name)


@pytest.mark.parametrize("lock", LOCKS)
def test_no_package_of_a_lock_is_under_the_gpl_or_agpl(lock: str) -> None:
    assert {name: terms(name) for name in installed(lock) if any(map(is_copyleft, terms(name)))} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_licence_of_each_package_of_a_lock_is_known(lock: str) -> None:
    known = {name for name in installed(lock) if any(re.search(FREE, term) for term in terms(name))}
    assert {package.name for package in locked(lock)} - known - set(ELSEWHERE) == set()


def test_no_licence_is_told_in_the_table_that_the_package_tells_itself() -> None:
    assert set(ELSEWHERE) <= {package.name for package in locked(LOCKS[0])}
    assert [name for name in ELSEWHERE if name in installed(LOCKS[0]) and terms(name)] == []


def test_what_was_chosen_is_offered_and_was_a_choice() -> None:
    for package, chosen in CHOSEN.items():
        assert any(chosen in term for term in offered(package))
        assert len(offered(package)) > 1


def test_the_notices_name_each_package_that_asks_more_when_it_is_changed() -> None:
    said = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    table = said.partition("| package | terms | for what |\n")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert named == {name for name in installed(LOCKS[0]) if any(re.search(WEAK, term) for term in terms(name))}


def test_the_notices_look_into_packages_that_are_in_the_lock() -> None:
    said = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    table = said.partition("| what | in which package | terms |\n")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() for name in re.findall(r"`([^`]+)`", row.split("|")[2])}
    assert len(named) > 5
    assert named - {package.name for package in locked(LOCKS[0])} == set()


def test_the_notices_name_each_picture_network_and_recording_in_the_repository() -> None:
    named = set(re.findall(r"`([^`\s]+)`", (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")))
    folders = tuple(name for name in named if name.endswith("/"))
    files = {
        path.relative_to(ROOT).as_posix()
        for part in (
            "backend_ml",
            "demo",
            "deploy",
            "docs",
            "label_configs",
            "plugins",
            "research",
            "scripts",
            "tests",
            "vib",
        )
        for path in (ROOT / part).rglob("*")
        if path.name.endswith(OF_OTHERS) and FETCHED not in path.parents
    }
    assert len(files) > 10
    assert [name for name in sorted(files) if name not in named and not name.startswith(folders)] == []


def test_the_notices_name_no_file_that_is_gone() -> None:
    said = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").partition("## Fetched")[0]
    named = re.findall(r"`((?:backend_ml|demo|docs|label_configs|tests)/[^`\s]+)`", said)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_package_says_its_licence_and_brings_the_notices() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert {"LICENSE", "NOTICE", "THIRD_PARTY.md"} <= set(project["license-files"])
    assert all((ROOT / name).is_file() for name in project["license-files"])
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text(encoding="utf-8")
