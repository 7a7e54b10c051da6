"""The list of seeded changes, and applying one of them to a copy of the tree."""

from __future__ import annotations

import shutil
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from vib.settings import ROOT
from vib.yaml_file import read_yaml

LIST = Path(__file__).with_name("seeds.yaml")

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".test-cache", ".mypy_cache", ".ruff_cache", "__pycache__", "data")


class Seed(BaseModel):
    """One change: in `file`, `old` becomes `new`.

    Parameters
    ----------
    tests : tuple of str
        Test modules, or tests of one, that are to fail.
    means : str
        What the mistake would do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = Field(min_length=1)
    means: str

    def changed(self, text: str) -> str | None:
        """Return the text of the file with the change in it; None when it fits not just once."""
        return text.replace(self.old, self.new) if text.count(self.old) == 1 else None


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid")

    seeds: tuple[Seed, ...]


def read_seeds() -> tuple[Seed, ...]:
    """Return every seeded change."""
    return read_yaml(LIST, _List).seeds


def copy_tree(folder: Path) -> Path:
    """Copy the repository without what is made here; what tests keep between runs is shared."""
    copy = Path(shutil.copytree(ROOT, folder / "vib", ignore=LEFT_OUT, symlinks=True))
    for shared in (".venv", ".test-cache"):
        if (ROOT / shared).exists():
            (copy / shared).symlink_to((ROOT / shared).resolve())
    return copy
