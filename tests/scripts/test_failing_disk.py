"""A disk that gives errors while families are synchronised: the rest is there, the next run completes it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.scripts.test_preparing import old
from vib.clip_files import PICTURE, clip_files
from vib.media import probe

MakeFamily = Callable[..., Path]
Recordings = Callable[[int], list[Path]]

PREPARE = """
import json, sys
from pathlib import Path
from scripts.preparing import prepare
from vib.family import read_family
from vib.library import LIBRARY, opened
from vib.problem import InputProblem

folder, data = map(Path, sys.argv[1:])
said = []
clips = []
try:
    with opened(data / LIBRARY) as library:
        made = prepare(folder, read_family(folder), library, data / "media", lambda *_: None)
        clips, said = sorted(made.clips), made.problems
except InputProblem as problem:
    said = [problem]
print(json.dumps([clips, [[one.place, one.reason.nl] for one in said]]))
"""


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the library that lets a disk fail where it is preloaded."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler here")
    made = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    source = ROOT / "tests" / "failing_disk.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def prepare(folder: Path, data: Path, disk: Path | None = None, **fails: Any) -> tuple[list[str], dict[str, str]]:
    """Prepare a family in a process of its own; return its clips, and what was wrong by name of the file."""
    failing = {f"FAIL_{name.upper()}": str(value) for name, value in fails.items()}
    environment = {**os.environ, **failing, **({"LD_PRELOAD": str(disk)} if disk else {})}
    run = subprocess.run(
        [sys.executable, "-c", PREPARE, folder, data],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    clips, problems = json.loads(run.stdout.splitlines()[-1])
    return clips, {Path(place).name: reason for place, reason in problems}


def check_whole(folder: Path, data: Path, count: int) -> None:
    """See to it that the next run has everything once, with whole files and nothing half made."""
    clips, said = prepare(folder, data)
    assert (len(clips), said) == (count, {})
    media = data / "media"
    known = {path for clip in clips for path in clip_files(media, clip)}
    assert {path for path in (media / folder.name).iterdir() if not path.name.startswith(".")} <= known
    assert all(probe(media / f"{clip}{PICTURE}").duration > 0.9 for clip in clips)


@pytest.fixture
def folder(make_family: MakeFamily, recordings: Recordings) -> Path:
    """Return a family with three recordings."""
    made = make_family()
    for path, name in zip(recordings(3), ("a.mp4", "stuk.mp4", "z.mp4"), strict=True):
        old(Path(shutil.copy(path, made / name)))
    return made


def test_a_recording_that_the_disk_does_not_give_is_named_and_the_others_are_taken(
    folder: Path, disk: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    clips, said = prepare(folder, data, disk, **{"in": "/stuk.mp4", "call": "read", "after": 0})
    assert clips == [f"{folder.name}/a", f"{folder.name}/z"]
    assert said == {"stuk.mp4": "niet te lezen (de schijf geeft een fout)"}
    check_whole(folder, data, 3)


@pytest.mark.nightly
def test_a_library_that_the_disk_does_not_take_is_named_and_nothing_is_lost(
    folder: Path, disk: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    _, said = prepare(folder, data, disk, **{"in": "library.sqlite3", "call": "write", "after": 12})
    assert "hier is niet bij te houden wat er klaar is" in said["library.sqlite3"]
    check_whole(folder, data, 3)


@pytest.mark.nightly
@pytest.mark.parametrize("part", ["/stuk.mp4", "library.sqlite3", "/media/", ".part", "/family.yaml"])
@pytest.mark.parametrize(
    ("call", "after", "number"),
    [("read", 0, errno.EIO), ("read", 5, errno.EIO), ("write", 0, errno.EDQUOT), ("write", 3, errno.ENOSPC)],
)
def test_whatever_the_disk_fails_at_the_next_run_completes_it(
    part: str, call: str, after: int, number: int, folder: Path, disk: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    clips, said = prepare(folder, data, disk, **{"in": part, "call": call, "after": after, "with": number})
    assert len(clips) + len(said) >= 1
    assert all(reason and "Traceback" not in reason for reason in said.values())
    check_whole(folder, data, 3)
