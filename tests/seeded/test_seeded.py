"""Every seeded change still fits the code it is a change of; that tests notice it is tried each night."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.seeded.__main__ import UNNOTICED, judge, main
from tests.seeded.seeds import Seed, copy_tree, read_seeds
from vib.settings import ROOT

SEEDS = read_seeds()
PARTS = 8


def test_there_are_sixty_changes_each_with_a_name_of_its_own() -> None:
    assert len(SEEDS) == 60
    assert [name for name, count in Counter(seed.id for seed in SEEDS).items() if count > 1] == []
    assert UNNOTICED == 5


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.id)
def test_a_change_applies_once_and_is_python(seed: Seed) -> None:
    changed = seed.changed((ROOT / seed.file).read_text(encoding="utf-8"))
    assert changed is not None, f"{seed.file} no longer has, just once: {seed.old}"
    compile(changed, seed.file, "exec")
    assert [test for test in seed.tests if not (ROOT / test.partition("::")[0]).is_file()] == []


@pytest.mark.nightly
def test_only_a_test_that_fails_with_the_change_and_passes_without_it_notices_it(tmp_path: Path) -> None:
    (tmp_path / "halves.py").write_text("def half(x):\n    return x / 2\n")
    (tmp_path / "test_halves.py").write_text("from halves import half\n\n\ndef test_half():\n    assert half(2) == 1\n")
    seed = Seed(id="x", file="halves.py", old="x / 2", new="x / 3", tests=("test_halves.py",), means="a third")
    assert judge(seed, tmp_path).what == "noticed"
    assert judge(seed.model_copy(update={"new": "2 * x / 4"}), tmp_path).what == "not noticed"
    assert judge(seed.model_copy(update={"old": "x / 4"}), tmp_path).what == "does not apply"
    assert (tmp_path / "halves.py").read_text() == "def half(x):\n    return x / 2\n"
    (tmp_path / "test_halves.py").write_text("def test_it():\n    assert False\n")
    assert judge(seed, tmp_path).what == "fails without it"


@pytest.mark.nightly
def test_the_tests_of_a_copy_import_the_copy(tmp_path: Path) -> None:
    copy = copy_tree(tmp_path)
    (copy / "test_where.py").write_text(
        f"import vib\n\n\ndef test_where():\n    assert vib.__file__.startswith({str(copy)!r})\n"
    )
    seed = Seed(id="x", file="test_where.py", old=str(copy), new="/elsewhere", tests=("test_where.py",), means="")
    assert judge(seed, copy).what == "noticed"


@pytest.mark.nightly(alone=True)
@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_tests_notice_the_changes(part: int) -> None:
    assert main(["--part", f"{part}/{PARTS}", "--unnoticed", "0"]) == 0
