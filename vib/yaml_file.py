"""Reading YAML that others wrote: plain values only, and errors that name file, line and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from vib.problem import InputProblem, first_problem

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, model: type[Model], *, largest: int = 4 * 1024 * 1024) -> Model:
    """Read a YAML file into a pydantic model.

    Parameters
    ----------
    path : Path
    model : type
        What the file must look like.
    largest : int
        Bytes; a larger file is refused before it is read.

    Raises
    ------
    InputProblem
        The file cannot be read, is too large, is not plain YAML (tags and aliases are
        refused), or does not fit the model; names file, line and field.
    """
    try:
        if path.stat().st_size > largest:
            raise InputProblem(str(path), nl=f"groter dan {largest} bytes", en=f"larger than {largest} bytes")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputProblem(
            str(path), nl=f"niet te lezen ({error.strerror})", en=f"cannot be read ({error.strerror})"
        ) from error
    except UnicodeDecodeError as error:
        raise InputProblem(str(path), nl="geen UTF-8-tekst", en="not UTF-8 text") from error
    try:
        _refuse_aliases(text)
        content = yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        reason = getattr(error, "problem", None) or str(error) or type(error).__name__
        raise InputProblem(
            f"{path}{line}", nl=f"geen geldige YAML ({reason})", en=f"not valid YAML ({reason})"
        ) from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        field_line = line_of(text, error.errors()[0]["loc"])
        raise first_problem(error, f"{path}:{field_line}") from error


def line_of(text: str, field: tuple[str | int, ...]) -> int:
    """Return the line, from 1, of a field of a YAML text, or of its nearest parent.

    Examples
    --------
    >>> line_of("family: F-1\\nmembers:\\n  - {id: kind}\\n", ("members", 0, "id"))
    3
    """
    node = yaml.compose(text, Loader=Loader)
    line = 1
    for part in field:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _refuse_aliases(text: str) -> None:
    """Refuse aliases, with which a small file can unfold into a large one."""
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise yaml.YAMLError(f"aliases such as *name are not allowed, line {line}")
