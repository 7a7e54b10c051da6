"""Reading ``family.yaml`` of either format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vib.family.first import FirstFamily
from vib.family.model import FORMAT, Family
from vib.problem import InputProblem
from vib.yaml_file import model_from, plain_yaml, read_text

FILE = "family.yaml"

BACKUP = "family.yaml.bak"
"""What the file said before it was last written by a program."""


def read_family(folder: Path) -> Family:
    """Read the ``family.yaml`` of a folder, of either format.

    Raises
    ------
    InputProblem
        It is missing or wrong; names file, line and field.
    """
    path = folder / FILE
    return family_from(read_text(path), place=str(path))


def family_from(text: str, *, place: str) -> Family:
    """Return the family that the text of a ``family.yaml`` describes.

    Parameters
    ----------
    text : str
    place : str
        What to call the text in errors.

    Raises
    ------
    InputProblem
        It is wrong; names line and field.
    """
    content = plain_yaml(text, place=place)
    if not is_first(content):
        return model_from(text, Family, place=place)
    if isinstance(content, Mapping) and isinstance(content.get("consent"), list):
        raise InputProblem(
            f"{place}:1",
            nl=f"consent is een lijst, zoals in {FORMAT}; zet format: {FORMAT} op de eerste regel",
            en=f"consent is a list, as in {FORMAT}; put format: {FORMAT} on the first line",
        )
    return model_from(text, FirstFamily, place=place).upgraded()


def is_first(content: object) -> bool:
    """Tell whether the content of a ``family.yaml`` is of the first format, which has no name in the file."""
    return not (isinstance(content, Mapping) and "format" in content)
