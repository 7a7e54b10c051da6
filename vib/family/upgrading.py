"""The text of a ``family.yaml`` of the first format as one of the second: all else in it stays as it was written."""

from __future__ import annotations

import re

import yaml

from vib.family.model import FORMAT, Family
from vib.family.reading import family_from, is_first
from vib.family.writing import consent_content, family_text
from vib.problem import InputProblem
from vib.yaml_file import composed, in_one_line, plain_yaml


def upgraded(text: str, *, place: str = "") -> str:
    """Return the text of a ``family.yaml`` in the second format, with its comments and its layout.

    Parameters
    ----------
    text : str
        Of either format; one of the second stays as it is.
    place : str
        What to call the text in errors.

    Raises
    ------
    InputProblem
        It cannot be read; names line and field.
    """
    family = family_from(text, place=place)
    if not is_first(plain_yaml(text, place=place)):
        return text
    written = _with_second_consent(text, family)
    return written if _says(written, family) else family_text(family)


def _with_second_consent(text: str, family: Family) -> str:
    """Return the text with the format in front and the consent of each member on a line, where it is in block style."""
    root = composed(text)
    assert isinstance(root, yaml.MappingNode)
    key, value = next(field for field in root.value if field[0].value == "consent")
    start, end = key.end_mark.index, _last_of(value)
    comments = re.findall(r"#.*", text[start:end])
    lines = [f"  {comment}" for comment in comments]
    lines += [f"  - {in_one_line(consent_content(consent))}" for consent in family.consent]
    text = f"{text[:start]}:\n" + "\n".join(lines) + text[end:]
    first = root.start_mark.index if "---" in text[: root.start_mark.index] else 0
    return f"{text[:first]}format: {FORMAT}\n{text[first:]}"


def _last_of(node: yaml.Node) -> int:
    """Return where the last value in a node ends; where a node in block style ends, what follows it begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _says(text: str, family: Family) -> bool:
    try:
        return family_from(text, place="") == family
    except InputProblem:
        return False
