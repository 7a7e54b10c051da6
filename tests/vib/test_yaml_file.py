"""YAML of others: plain values only, and every mistake has its file, line and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, model_validator
from yaml import YAMLError

from vib.problem import InputProblem
from vib.yaml_file import line_of, read_yaml


class Person(BaseModel):
    """Somebody."""

    model_config = ConfigDict(extra="forbid")

    id: str
    born: date | None = None

    @model_validator(mode="after")
    def _no_nobody(self) -> Person:
        if self.id == "nobody":
            raise ValueError("nobody is nobody")
        return self


class People(BaseModel):
    """What the file must look like."""

    model_config = ConfigDict(extra="forbid")

    name: str
    people: list[Person] = []


def read(tmp_path: Path, content: str | bytes, *, largest: int = 10_000) -> People:
    path = tmp_path / "people.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(path, People, largest=largest)


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{after}: &{after} [*{name}, *{name}]\n" for name, after in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "content",
    ["name: A\n", "name: A # comment\n", "\ufeffname: A\n", "name: A\r\n", '{"name": "A"}', "name: &x A\n"],
)
def test_plain_yaml_is_read(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == People(name="A")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("name: A\ncolour: red\n", ":2: colour: "),
        ("people: []\n", ":1: name: "),
        ("name: A\npeople:\n  - id: a\n  - {id: b, born: soon}\n", r":4: people\[1\].born"),
        ("name: A\npeople:\n  - id: a\n\n  - born: 2020-01-01\n", r":5: people\[1\].id"),
        ("name: A\npeople:\n  - {id: nobody}\n", r":3: people\[0\]: "),
        ("name: 12\npeople: 3\n", r":1: name: .*\(and 1 more\)"),
        ("", ":1: "),
        ("- a\n", ":1: "),
        ("name: [1\n", ":2: not valid YAML"),
        ("name: A\n\tb: c\n", ":2: not valid YAML"),
        ("name: A\n---\nname: B\n", ":2: not valid YAML"),
        ("name: A\n? [a]\n: b\n", ":2: not valid YAML"),
        ("name: !!python/name:os.system\n", ":1: not valid YAML"),
        ("name: !person A\n", ":1: not valid YAML"),
        (LAUGHS, ":2: not valid YAML .*aliases"),
        ("name: A\n<<: *a\n", ":2: not valid YAML .*aliases"),
        ("name: \0\n", "not valid YAML"),
        (b"name: \xff\n", "not UTF-8"),
        ("[" * 9_000, "not valid YAML"),
        ("name: " + "1" * 9_000, "name|not valid YAML"),
        ("name: A #" + "x" * 10_000, "larger than 10000 bytes"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_mistake_is_named(tmp_path: Path, content: str | bytes, named: str) -> None:
    with pytest.raises(InputProblem, match=named) as caught:
        read(tmp_path, content)
    assert caught.value.place.startswith(str(tmp_path / "people.yaml"))


@pytest.mark.parametrize("value", ['!!int ""', '!!float ""', "!!bool x", "!!timestamp x", "!!str x", "!!binary eA=="])
def test_tags_are_refused_those_of_yaml_itself_too(tmp_path: Path, value: str) -> None:
    with pytest.raises(InputProblem):
        read(tmp_path, f"name: {value}\n")


def test_a_day_that_does_not_exist_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"people.yaml:3"):
        read(tmp_path, "name: A\npeople:\n  - {id: a, born: 2026-02-30}\n")


def test_a_field_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    """The last would win, unseen; in a family.yaml that is the consent."""
    with pytest.raises(InputProblem, match="name"):
        read(tmp_path, "name: A\nname: B\n")


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="cannot be read") as caught:
        read_yaml(tmp_path / "gone.yaml", People)
    assert "niet te lezen" in caught.value.message("nl")
    with pytest.raises(InputProblem, match="cannot be read"):
        read_yaml(tmp_path, People)


@pytest.mark.parametrize(
    ("field", "line"),
    [
        (("a",), 1),
        (("b",), 2),
        (("b", 0), 3),
        (("b", 1, "d"), 5),
        (("b", 1, "gone"), 4),
        (("b", 9, "d"), 2),
        (("gone", "d"), 1),
        ((), 1),
    ],
)
def test_the_line_of_a_field_is_its_own_or_its_nearest_parents(field: tuple[str | int, ...], line: int) -> None:
    assert line_of("a: 1\nb:\n  - c: 2\n  - c: 3\n    d: 4\n", field) == line


def test_line_of_wants_yaml() -> None:
    with pytest.raises(YAMLError):
        line_of("[", ("a",))
