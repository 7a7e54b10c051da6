"""Reading YAML that others wrote: plain values only, and errors that name file, line and field."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from vib.language import Text
from vib.problem import InputProblem
from vib.unreadable import RefusedYaml, cannot_be_read, not_yaml
from vib.validation import errors_of, field_name, first_problem, place_in_file, sought_by

Place = tuple[str | int, ...]
"""Where something is: names of fields and positions in lists, from the outside in."""

LARGEST = 4 * 1024 * 1024
"""Bytes; a larger file is refused before it is read."""


class Checked(BaseModel):
    """A model with rules of its own, whose messages are in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def faults(self) -> Iterator[tuple[Place, Text]]:
        """Yield what breaks a rule that types cannot say, with its place."""
        yield from ()


Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, model: type[Model], *, largest: int = LARGEST) -> Model:
    """Read a YAML file into a pydantic model.

    Parameters
    ----------
    path : Path
    model : type
        What the file must look like; of a `Checked` model the rules are checked too.
    largest : int
        Bytes; a larger file is refused before it is read.

    Raises
    ------
    InputProblem
        The file cannot be read, is too large, is not plain YAML (see `plain_yaml`), or
        does not fit the model; names file, line and field.
    """
    return model_from(read_text(path, largest=largest), model, place=str(path))


def model_from(text: str, model: type[Model], *, place: str) -> Model:
    """Return what a YAML text says as a pydantic model, as `read_yaml` does a file.

    Parameters
    ----------
    text : str
    model : type
        What the text must look like; of a `Checked` model the rules are checked too.
    place : str
        What to call the text in errors.

    Raises
    ------
    InputProblem
        It is not plain YAML (see `plain_yaml`), or does not fit the model; names line and field.
    """
    content = plain_yaml(text, place=place)
    try:
        read = model.model_validate(content)
    except ValidationError as error:
        sought = place_of(text, sought_by(error))
        where = sought or place_in_file(errors_of(error)[0]["loc"])
        problem = first_problem(error, f"{place}:{line_of(text, where)}", show=True)
        if sought:
            problem = InputProblem(
                f"{place}:{line_of(text, sought)}: {field_name(sought)}", nl=problem.reason.nl, en=problem.reason.en
            )
        raise problem from error
    if isinstance(read, Checked):
        for where, reason in read.faults():
            raise InputProblem(f"{place}:{line_of(text, where)}: {field_name(where)}", nl=reason.nl, en=reason.en)
    return read


def plain_yaml(text: str, *, place: str) -> object:
    """Return the content of a YAML text of plain values; days stay texts.

    Parameters
    ----------
    text : str
    place : str
        What to call the text in errors.

    Raises
    ------
    InputProblem
        It is not YAML, or has a tag, an alias, or a key that is there twice; names the line.
    """
    try:
        _refuse_tags_and_aliases(text)
        loader = _PlainLoader(text)
        try:
            node = loader.get_single_node()
            _refuse_doubles(node)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise not_yaml(place, error) from error


def as_yaml(content: object) -> str:
    """Return the text of plain values, which `plain_yaml` reads the same."""
    return yaml.dump(content, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=110)


def read_plain_yaml(path: Path, *, largest: int = LARGEST) -> object:
    """Read a YAML file of plain values, as `plain_yaml` does a text."""
    return plain_yaml(read_text(path, largest=largest), place=str(path))


def in_one_line(content: object) -> str:
    """Return plain values as YAML on one line, which `plain_yaml` reads the same.

    Examples
    --------
    >>> in_one_line({"id": "kind", "born": "2022-05"})
    '{id: kind, born: 2022-05}'
    """
    written: str = yaml.dump(
        content, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=math.inf, default_flow_style=True
    )
    return written.rstrip("\n")


def composed(text: str) -> yaml.Node | None:
    """Return a YAML text as nodes, each with where it is in the text."""
    return yaml.compose(text, Loader=_PlainLoader)


def line_of(text: str, field: Place) -> int:
    """Return the line, from 1, of a field of a YAML text, or of its nearest parent.

    Examples
    --------
    >>> line_of("family: F-1\\nmembers:\\n  - {id: kind}\\n", ("members", 0, "id"))
    3
    """
    node = composed(text)
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


def place_of(text: str, sought: Sequence[str]) -> Place | None:
    """Return where something is in a YAML text that is known by name; None where it is not there.

    Parameters
    ----------
    text : str
    sought : sequence of str
        Names, each within what the one before it names: the ``id`` or ``use`` of a block, else a field, else a
        value. Of several that bear a name, the first that has the rest within it.

    Examples
    --------
    >>> place_of("tiers: [{id: turn, codes: [{id: kind, hotkey: '1'}]}]", ("turn", "kind", "hotkey"))
    ('tiers', 0, 'codes', 0, 'hotkey')
    """
    return next(_places((), composed(text), tuple(sought)), None) if sought else None


def _places(place: Place, node: yaml.Node | None, sought: tuple[str, ...]) -> Iterator[Place]:
    if not sought:
        yield place
        return
    within = [*_all_within(place, node)]
    for bears in (_is_block, _is_field, _is_value):
        for inner, found in within:
            if bears(inner, found, sought[0]):
                yield from _places(inner, found, sought[1:])


def _all_within(place: Place, node: yaml.Node | None) -> Iterator[tuple[Place, yaml.Node]]:
    """Yield what lies in a node, with its place, in the order of the file."""
    parts: list[tuple[str | int, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        parts = [(str(key.value), value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        parts = [*enumerate(node.value)]
    for part, inner in parts:
        yield (*place, part), inner
        yield from _all_within((*place, part), inner)


def _is_block(place: Place, node: yaml.Node, name: str) -> bool:
    return isinstance(node, yaml.MappingNode) and any(
        key.value in ("id", "use") and value.value == name for key, value in node.value
    )


def _is_field(place: Place, node: yaml.Node, name: str) -> bool:
    return place[-1] == name


def _is_value(place: Place, node: yaml.Node, name: str) -> bool:
    return bool(node.value == name)


def _without_days(reads: Any) -> dict[str, list[tuple[str, Any]]]:
    """Return by what plain values are told apart, without days."""
    return {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in reads.yaml_implicit_resolvers.items()
    }


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_SafeLoader):  # type: ignore[misc]  # the C loader or the other, whichever there is
    """A safe loader that leaves days as texts, so that one that does not exist has a field."""

    yaml_implicit_resolvers: ClassVar = _without_days(_SafeLoader)


class _PlainDumper(yaml.SafeDumper):
    """Writes whole what is there more than once: `plain_yaml` reads no aliases; and days without quotes, as texts."""

    yaml_implicit_resolvers = _without_days(yaml.SafeDumper)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _written(dumper: _PlainDumper, text: str) -> yaml.Node:
    """Write a text; one with a break that YAML reads as another in double quotes, where it stays itself."""
    breaks = any(sign in text for sign in "\x85\u2028\u2029")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if breaks else None)


_PlainDumper.add_representer(str, _written)


def read_text(path: Path, *, largest: int = LARGEST) -> str:
    """Return the text of a file.

    Raises
    ------
    InputProblem
        It cannot be read, is larger than `largest` bytes, or is not UTF-8.
    """
    try:
        if path.stat().st_size > largest:
            raise InputProblem(str(path), nl=f"groter dan {largest} bytes", en=f"larger than {largest} bytes")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise cannot_be_read(path, error) from error
    except UnicodeDecodeError as error:
        raise InputProblem(str(path), nl="geen UTF-8-tekst", en="not UTF-8 text") from error


def _refuse_tags_and_aliases(text: str) -> None:
    """Refuse what makes more of a text than it says: an alias can unfold a small file into a large one."""
    for event in yaml.parse(text, Loader=_SafeLoader):
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent) or tag is not None:
            found = (
                ("verwijzingen zoals *naam", "aliases such as *name")
                if tag is None
                else (f"tags zoals {tag}", f"tags such as {tag}")
            )
            mark: Any = event.start_mark
            raise RefusedYaml(mark, Text(nl=f"{found[0]} mogen niet", en=f"{found[1]} are not allowed"))


def _refuse_doubles(node: yaml.Node | None) -> None:
    """Refuse a key that is there twice: the last would win, unseen."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            seen: set[object] = set()
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode) and key.value in seen:
                    twice = Text(nl=f"{key.value} staat er twee keer", en=f"{key.value} is there twice")
                    raise RefusedYaml(key.start_mark, twice)
                seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
