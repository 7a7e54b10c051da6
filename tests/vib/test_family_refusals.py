"""Whatever is wrong in ``family.yaml`` or a practice set: refused with file and line, in the reader's language."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from vib.family import FILE, read_family, read_practice
from vib.problem import InputProblem

SECOND = """
format: vib-family/2
family: F-1
method: vib-pleegzorg
version: 0.3.0
level: start
language: nl
labels: {a: b}
members:
  - {id: kind, role: kind, born: 2022-05, home: pleeggezin}
consent:
  - {person: kind, uses: [begeleiding], from: 2026-02-20, until: 2099-02-20, by: voogd}
clips:
  - {file: a.mp4, join: [b.mp4], recorded: 2026-02, situation: spel, kind: recording, sound: 1, uses: [begeleiding]}
  - {file: c.mp4, kind: review, discusses: [a]}
"""
FIRST = """
family: F-1
method: vib-pleegzorg
language: nl
members: [{id: kind, role: kind, born: 2022-05}]
consent: {given: 2026-02-20, until: 2099-02-20, uses: [begeleiding]}
clips: [{file: a.mp4, recorded: 2026-02, situation: spel, uses: [begeleiding]}]
"""
PRACTICE = """
practice: p
title: {nl: a, en: b}
method: vib-pleegzorg
language: nl
raters: 2
clips: [F-1/a]
"""
WRONG: tuple[object, ...] = (None, -1, 1.5, float("nan"), "x y!", "x" * 400, [], ["x", "x"], {"naam": 1}, "2026-02-30")

UNREADABLE = (
    "family: [",
    "a: b: c",
    "\tfamily: x",
    "- a\n- b",
    "x",
    "",
    "family: F\nfamily: G",
    "a: &x [*x]",
    "!!python/object:os.system x",
    "family: 'x",
    'a: "\\q"',
    "a: {b: c",
    "? [a]\n: b",
    "%YAML 3.0\n---\na: b",
    "a: b\n---\nc: d",
    "family: F-1 # \x00",
    "a: @x",
    "a: |x\n y",
    "a: !x y",
    "a: *x",
    "<<: 3\n",
    "<<: [3]\n",
    "a: !!binary xx",
    "family: \udc80",
)

ENGLISH = re.compile(r"\b(the|is not|should|must|expected|input|valid (string|dictionary)|Engels|field|value|found)\b")


def places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(value, (*at, key))


def changed(content: Any, at: tuple[Any, ...], change: Callable[[Any, Any], None]) -> str:
    """Return a text in which something is changed below a holder, by holder and key."""
    whole = [copy.deepcopy(content)]
    holder: Any = whole
    for key in (0, *at)[:-1]:
        holder = holder[key]
    change(holder, (0, *at)[-1])
    return yaml.safe_dump(whole[0] if whole else None, sort_keys=False, allow_unicode=True)


def mistakes(text: str) -> Iterator[str]:
    """Yield a text with each of its values changed into what it cannot be, left out, or with a name beside it."""
    content = yaml.safe_load(text)
    for at in places(content):
        for wrong in WRONG:
            yield changed(content, at, partial(put, wrong))
        yield changed(content, at, lambda holder, key: holder.__delitem__(key))
        yield changed(content, at, name)


def put(value: object, holder: Any, key: Any) -> None:
    holder[key] = value


def name(holder: Any, key: Any) -> None:
    """Say a name, for which there is no place."""
    if isinstance(holder[key], dict):
        holder[key]["naam"] = "x"


def refused(tmp_path: Path, text: str, read: Callable[[Path], object]) -> InputProblem | None:
    (tmp_path / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    try:
        read(tmp_path)
    except InputProblem as problem:
        return problem
    return None


@pytest.mark.parametrize(
    ("text", "read", "least"),
    [
        (SECOND, read_family, 300),
        (FIRST, read_family, 180),
        (PRACTICE, lambda folder: read_practice(folder / FILE), 80),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_in_dutch_without_english(
    text: str, read: Callable[[Path], object], least: int, tmp_path: Path
) -> None:
    assert refused(tmp_path, text, read) is None
    said = [problem for wrong in mistakes(text) if (problem := refused(tmp_path, wrong, read)) is not None]
    assert len(said) > least
    line = re.compile(rf"{re.escape(str(tmp_path / FILE))}(:\d+.*)?")
    assert [problem.place for problem in said if not line.fullmatch(problem.place)] == []
    assert [problem.reason.nl for problem in said if ENGLISH.search(problem.reason.nl)] == []
    assert [problem.reason.nl for problem in said if problem.reason.nl == problem.reason.en] == []


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_yaml_of_ours_is_said_in_dutch_without_english(text: str, tmp_path: Path) -> None:
    problem = refused(tmp_path, text, read_family)
    assert problem is not None
    assert ENGLISH.search(problem.reason.nl) is None, problem.reason.nl
    assert problem.reason.nl != problem.reason.en
