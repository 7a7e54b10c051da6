"""A plugin by somebody who has the wheel and the documentation only: its page, statistic and format work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.plugins.host.failing import install_from_docs

WRITE = """
from vib.exporting import Export
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.pluginhost import PluginHost, by_name

clips = [RaterSet("F-0001/one", 60, {"anna": Timeline(60, [Observation("turn", "child", 0, 5)])})]
written = by_name(PluginHost(only=["often"]).hook.vib_export_formats())["counts"]
print(written.write(Export(clips, read_method("vib-pleegzorg"), [])), end="")
"""
WHERE = "import vib; print(vib.__file__)"


def program(folder: Path, *arguments: str | Path, path: str, **settings: str) -> str:
    """Run Python outside the repository; return what it wrote."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VIB_", "PYTHON", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env={**kept, "VIB_LANGUAGE": "en", "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **settings},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def check_figures(folder: Path, path: str) -> None:
    """See that the statistic has its rows and the format is written."""
    example = shutil.copy(ROOT / "plugins" / "agreement" / "example.json", folder)
    vib = ("-m", "scripts.cli")
    listed = {plugin["name"]: plugin for plugin in json.loads(program(folder, *vib, "plugins", "--json", path=path))}
    assert (listed["often"]["origin"], listed["often"]["error"]) == ("installed", None)
    figures = json.loads(program(folder, *vib, "agreement", example, "--measure", "same_count", "--json", path=path))
    rows = [row for row in figures["measures"] if row["measure"] == "same_count"]
    assert rows
    assert {row["tier"] for row in rows} >= {"turn"}
    assert program(folder, "-c", WRITE, path=path) == "clip,rater,events\nF-0001/one,anna,1\n"


def test_the_plugin_of_the_documentation_is_short_and_its_figures_are_there(tmp_path: Path) -> None:
    install_from_docs(tmp_path / "site")
    lines = [line for file in (tmp_path / "site" / "often").glob("*.py") for line in file.read_text().splitlines()]
    assert sum(bool(line) for line in lines) <= 60
    check_figures(tmp_path, str(tmp_path / "site"))


@pytest.mark.nightly
def test_it_works_with_the_wheel_alone(tmp_path: Path, template: Path) -> None:
    built = tmp_path / "built"
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", built, ROOT],
        capture_output=True,
        text=True,
        check=True,
    )
    [wheel] = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "wheel")
    install_from_docs(tmp_path / "site")
    path = f"{tmp_path / 'wheel'}{os.pathsep}{tmp_path / 'site'}"
    assert program(tmp_path, "-c", WHERE, path=path).startswith(str(tmp_path / "wheel"))
    check_figures(tmp_path, path)
    data = shutil.copytree(template, tmp_path / "data")
    inside = ROOT / "tests" / "plugins" / "host" / "asking_inside.py"
    said = program(tmp_path, inside, "/vib/often/", "/vib/", path=path, VIB_DATA=str(data)).splitlines()[-1]
    answers = json.loads(said)["answers"]
    assert {address: status for address, (status, *_) in answers.items()} == {
        f"{role} {address}": 200 for role in ("administrator", "counsellor") for address in ("/vib/often/", "/vib/")
    }
