"""`vib repair`: sync goes on with the project that has codes, and nothing is done before somebody says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.repair import point, repair
from tests.conftest import ROOT, run_vib
from vib.library import Library
from vib.problem import InputProblem
from vib.project_key import ProjectKey
from vib.settings import Settings

KEY = ProjectKey("family", "F-DUBBEL")
FOUND: list[dict[str, Any]] = [{"key": str(KEY), "kept": 3, "copies": []}]


@pytest.mark.parametrize(("before", "pointed"), [(105, [str(KEY)]), (3, []), (None, [str(KEY)])])
def test_sync_is_pointed_at_the_project_that_is_kept_only_when_that_is_asked_for(
    tmp_path: Path, before: int | None, pointed: list[str]
) -> None:
    library = Library(tmp_path / "library.sqlite3")
    if before is not None:
        library.put_project(KEY, before)
    settings = Settings(data=tmp_path)
    assert point(settings, FOUND, apply=False) == pointed
    assert library.project(KEY) == before
    assert point(settings, FOUND, apply=True) == pointed
    assert library.project(KEY) == 3
    # Its tasks are to be read again before any is made.
    assert library.importing(KEY) is bool(pointed)
    library.close()


def test_where_no_server_was_started_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputProblem) as refused:
        repair(data=tmp_path)
    assert "no server was started here yet" in refused.value.message("en")


MAKE = """
from plugins.host.start import set_up
set_up()
from organizations.models import Organization
from projects.models import Project
from plugins.host.accounts import machine
from tasks.models import Annotation, Task

for number in range(4):
    project = Project.objects.create(
        title="F-DUBBEL", description="VIB Studio, family:F-DUBBEL, method: vib-pleegzorg",
        organization=Organization.objects.get(), created_by=machine(), label_config="<View></View>",
    )
    task = Task.objects.create(project=project, data={"clip": "F-DUBBEL/a"})
    if number in (1, 3):
        Annotation.objects.create(task=task, project=project, completed_by=machine(), result=[])
"""


@pytest.mark.nightly
def test_a_folder_where_it_happened_is_shown_first_and_then_put_right(template: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(template, tmp_path / "data"))
    environment = {**os.environ, "VIB_DATA": str(data), "DJANGO_SETTINGS_MODULE": "plugins.settings"}
    subprocess.run([sys.executable, "-c", MAKE], cwd=ROOT, env=environment, check=True, capture_output=True)
    shown = run_vib("repair", "--data", data)
    assert shown.returncode == 1, shown.stderr
    assert shown.stdout.count("will be deleted") == 2
    assert "Nothing was changed" in shown.stderr
    assert "1 stay beside the others" in shown.stderr
    done = run_vib("repair", "--data", data, "--apply", "--json")
    assert done.returncode == 1
    said = json.loads(done.stdout)
    (double,) = said["doubles"]
    assert [copy["deleted"] for copy in double["copies"]] == [True, False, True, False]
    assert double["kept"] == double["copies"][1]["number"]
    again = json.loads(run_vib("repair", "--data", data, "--json").stdout)
    assert [copy["number"] for copy in again["doubles"][0]["copies"]] == [
        copy["number"] for copy in double["copies"] if not copy["deleted"]
    ]
    library = Library(data / "library.sqlite3")
    assert library.project(KEY) == double["kept"]
    library.close()
    audit = run_vib("audit", "show", "--data", data)
    assert audit.stdout.count("empty double project") == 2
