"""The parts in which the tests run: every nightly test in one eighth, and what shares a server on one worker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.parts import PARTS, deal, eighth, groups

SHARED = """
import os
from pathlib import Path

import pytest

@pytest.fixture(scope="session")
def thing():
    with Path("started").open("a") as file:
        file.write("started\\n")
    yield
"""
USING = "def test_one(thing): pass\ndef test_other(thing): pass\n"
NIGHTLY = "import pytest\ndef test_quick(): pass\n@pytest.mark.nightly\ndef test_nightly(): pass\n"
ALONE = (
    "import pytest\n@pytest.mark.nightly(alone=True)\n@pytest.mark.parametrize('part', range(8))\n"
    "def test_long(part): pass\n"
)


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a folder as the suite runs, with no other plugins."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = nightly\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-p", "tests.parts", "-p", "tests.spent", *options]
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


class Collected:
    """Keeps which tests would run."""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep them."""
        self.items = list(session.items)


def collected(folder: Path, *options: str, files: Iterable[str] = (".",)) -> list[pytest.Item]:
    """Return which tests of a folder would run, of these files or of all."""
    kept = Collected()
    asked = [str(folder / file) for file in files]
    pytest.main(["--collect-only", "--quiet", "-p", "tests.parts", f"--rootdir={folder}", *options, *asked], [kept])
    return kept.items


def test_the_eighths_together_are_all_that_is_nightly_and_no_test_is_in_two(tmp_path: Path) -> None:
    for number in range(11):
        (tmp_path / f"test_{number:02d}_of_parts.py").write_text(NIGHTLY, encoding="utf-8")
    (tmp_path / "test_long_ones.py").write_text(ALONE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = nightly\n", encoding="utf-8")
    items = collected(tmp_path)
    eighths = [[item.nodeid for item in eighth(items, number)] for number in range(1, PARTS + 1)]
    nightly = [item.nodeid for item in items if item.get_closest_marker("nightly")]
    assert len(nightly) == 11 + PARTS
    assert Counter(chain(*eighths)) == Counter(nightly)
    # What stands alone is dealt out by the test, the others by the file.
    assert [sum("test_long" in name for name in names) for names in eighths] == [1] * PARTS
    chosen = collected(tmp_path, "--eighth", "3")
    assert Counter(item.nodeid for item in chosen) == Counter(eighths[2])


@pytest.mark.parametrize("count", [0, 1, 8, 21])
def test_no_part_has_more_than_one_thing_more_than_another(count: int) -> None:
    sizes = [len(part) for part in deal([str(number) for number in range(count)], PARTS)]
    assert sum(sizes) == count
    assert max(sizes) - min(sizes) <= 1


def test_modules_that_use_one_thing_are_together_through_others_too() -> None:
    found = groups({"a/test_a.py": {"x"}, "test_b.py": {"x", "y"}, "test_c.py": {"y"}, "test_d.py": set()})
    assert found["a/test_a.py"] == found["test_b.py"] == found["test_c.py"]
    assert found["test_d.py"] == "test_d"


def test_in_whatever_order_modules_are_asked_for_a_group_stays_together_and_runs_in_one_order(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "conftest.py").write_text(SHARED, encoding="utf-8")
    files = {"below/test_a.py": USING, "test_b.py": NIGHTLY, "below/test_c.py": USING, "test_d.py": NIGHTLY}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = nightly\n", encoding="utf-8")
    wanted = [f"below/test_{name}.py::test_{test}" for name in "ac" for test in ("one", "other")]
    for asked in (list(files), list(reversed(files))):
        names = [item.nodeid for item in collected(tmp_path, files=asked)]
        first = names.index(wanted[0])
        assert names[first : first + len(wanted)] == wanted
        assert len(names) == 8


def test_two_workers_start_what_lasts_for_the_session_once_and_say_what_they_took(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "conftest.py").write_text(SHARED, encoding="utf-8")
    for name in "abc":
        (tmp_path / "below" / f"test_{name}.py").write_text(USING, encoding="utf-8")
    done = run(tmp_path, "-n", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "started").read_text(encoding="utf-8") == "started\n"
    assert "6 tests, " in done.stdout
    assert done.stdout.count("test_a.py::test_one") == 1


def test_a_part_that_is_out_of_time_fails_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "import threading\ndef test_endless(): threading.Event().wait()\n", encoding="utf-8"
    )
    done = run(tmp_path, "--within", "0.005")
    assert done.returncode == 1
    assert "out of time: the tests did not end within 0.005 minutes" in done.stdout


def test_a_name_that_is_another_in_each_worker_is_refused(tmp_path: Path) -> None:
    content = "import pytest\n@pytest.mark.parametrize('thing', [object()], ids=repr)\ndef test_one(thing): pass\n"
    (tmp_path / "test_changing.py").write_text(content, encoding="utf-8")
    ran = run(tmp_path)
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "test_changing.py::test_one[<object object at 0x" in ran.stderr
