"""Practice sets: clips of several families that trainees are to code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from vib.codebook import Id, Version
from vib.family.model import Pseudonym
from vib.language import Language, Text
from vib.validation import written_as
from vib.yaml_file import Checked, read_yaml

PRACTICE = "*.practice.yaml"

ClipOfFamily = Annotated[
    str,
    written_as(
        r"[^/]+/[^/]+",
        nl="is geen gezin en clip zoals F-1/2026-03-01-maaltijd",
        en="is not a family and a clip such as F-1/2026-03-01-maaltijd",
    ),
]


class Practice(Checked):
    """The content of a ``*.practice.yaml``: clips that several raters are to code; see `Family`."""

    practice: Pseudonym
    title: Text
    method: str
    version: Version | None = None
    level: Id | None = None
    language: Language
    raters: Annotated[int, Field(ge=1, le=50)]
    clips: tuple[ClipOfFamily, ...] = Field(min_length=1)


def read_practice(path: Path) -> Practice:
    """Read a practice set.

    Raises
    ------
    InputProblem
        It is missing or wrong; names file, line and field.
    """
    return read_yaml(path, Practice)
