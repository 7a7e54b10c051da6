"""A server with plugins that fail in every way there is: it starts, names each, and the others work."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.plugins.host.failing import PACKAGES, install, install_from_docs

PAGES = (
    "/vib/often/",
    "/vib/lately/",
    "/vib/",
    "/vib/works/",
    "/vib/works/?no",
    "/vib/a-page/",
    "/vib/a-page/gone/",
    "/projects/",
    "/api/projects/",
)
HOOKS = {
    "a_importing": "import",
    **{name: "vib_django_apps" for name in PACKAGES if name.startswith("a_app")},
    **{name: "vib_pages" for name in PACKAGES if name.startswith("a_page")},
    **{name: "vib_django_settings" for name in PACKAGES if name.startswith(("a_settings", "a_middle"))},
}


def answers(data: Path, site: Path | None) -> Any:
    """Return what a server on a data folder says, with the packages of a folder installed or with none."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.plugins.host.asking_inside", *PAGES],
        cwd=ROOT,
        env={**os.environ, "VIB_DATA": str(data), "PYTHONPATH": str(site or "")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def said(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what a server with those plugins answered."""
    folder = tmp_path_factory.mktemp("failing")
    install(folder / "site")
    install_from_docs(folder / "site")
    return answers(shutil.copytree(template, folder / "data"), folder / "site")


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_each_failure_is_named_with_its_plugin_and_hook(said: Any, name: str) -> None:
    found = [(hook, error) for plugin, hook, error in said["failures"] if plugin == name]
    assert [hook for hook, _ in found] == [HOOKS[name]]
    status, page, _ = said["answers"]["administrator /vib/"]
    assert status == 200
    assert name in page


def test_nothing_else_is_said_to_have_failed(said: Any) -> None:
    assert {plugin for plugin, _, _ in said["failures"]} == set(HOOKS)


@pytest.mark.parametrize("role", ["administrator", "counsellor"])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        *((address, 200) for address in ("/vib/", "/vib/works/", "/projects/", "/api/projects/")),
        ("/vib/works/?no", 403),
    ],
)
def test_the_server_and_the_pages_of_others_work(said: Any, role: str, address: str, status: int) -> None:
    assert said["answers"][f"{role} {address}"][0] == status


def test_a_page_that_raises_is_an_error_for_itself_only(said: Any) -> None:
    assert said["answers"]["administrator /vib/a-page/"][0] == 500
    assert said["answers"]["administrator /vib/a-page/gone/"][0] == 404


def test_a_package_has_templates_models_and_middleware_as_a_folder_has(said: Any) -> None:
    assert said["answers"]["administrator /vib/works/"][1:] == ["asked 1 time", "yes"]
    assert "works_note" in said["tables"]
    assert "a_app_models_half" not in said["tables"]


def test_middleware_that_raises_on_the_way_back_does_not_run_the_view_twice(said: Any) -> None:
    assert said["answers"]["counsellor /vib/works/"][1] == "asked 2 time"


def test_the_page_of_the_package_that_write_a_plugin_shows_is_there(said: Any) -> None:
    status, text, _ = said["answers"]["counsellor /vib/often/"]
    assert status == 200
    assert "<h1>How often do people talk?</h1>" in text
    assert '<a href="/vib/often/" aria-current="page">How often</a>' in text


def test_the_page_that_write_a_page_shows_is_within_the_shell_in_its_menu_and_on_the_front_door(said: Any) -> None:
    status, text, _ = said["answers"]["counsellor /vib/lately/"]
    assert status == 200
    assert "<h1>Lately</h1>" in text
    assert '<a href="/vib/lately/" aria-current="page">Lately</a>' in text
    assert re.search(r'href="/vib/static/[^"]*lately/lately[^"]*\.css"', text)
    assert "How many clips there are for you." in said["answers"]["counsellor /vib/"][1]
    assert "/vib/lately/" not in said["answers"]["administrator /vib/"][1]


@pytest.mark.nightly
def test_plugins_that_are_taken_away_leave_nothing_behind_on_any_page(template: Path, tmp_path: Path) -> None:
    install_from_docs(tmp_path / "site")
    data = shutil.copytree(template, tmp_path / "data")
    before, there = answers(data, None), answers(data, tmp_path / "site")
    after = answers(data, None)
    assert "/vib/lately/" in there["answers"]["counsellor /vib/"][1]
    for who in ("administrator", "counsellor"):
        assert after["answers"][f"{who} /vib/lately/"][0] == 404
        for page in ("/vib/", "/projects/"):
            shown = after["answers"][f"{who} {page}"][1]
            assert not re.search("/vib/(lately|often)/|Lately|How often", shown), (who, page)
    assert (after["failures"], after["tables"]) == (before["failures"], before["tables"])
