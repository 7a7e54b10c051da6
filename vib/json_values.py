"""Values that came as JSON, checked so that whatever is kept can be written, sorted and sent again.

Python reads more than JSON can say: ``1e400`` becomes infinity, ``"\\ud800"`` half a character. What
holds one of these can be stored, and then fails wherever it is read.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vib.problem import InputProblem

MOST_DEPTH = 64
"""Lists and blocks within one another."""

LARGEST_WHOLE = 2**63 - 1
"""The largest whole number that a database keeps."""

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and halves of characters: no database, file or page can hold them."""

SUSPECT_WHOLE = re.compile(rb"[0-9]{19}")
"""What a number that is too large has at least."""

Path = tuple[str | int, ...]


def check_values(
    value: object, place: str = "", *, most_depth: int = MOST_DEPTH, most_values: float = math.inf
) -> None:
    """Check that a value can be kept: its numbers are finite, its text is text, and it is not too deep or large.

    Parameters
    ----------
    value : object
        What a JSON parser made.
    place : str
        What it is called in a problem.
    most_depth : int
        Lists and blocks within one another.
    most_values : float
        Numbers, texts, lists and blocks together.

    Raises
    ------
    InputProblem
        It is not; names the place within it, such as ``result[3].value.start``.

    Examples
    --------
    >>> check_values({"start": [1, 2.5, None, "ja"]})
    >>> check_values({"value": {"start": [0, float("inf")]}}, "result[3]")
    Traceback (most recent call last):
    vib.problem.InputProblem: result[3].value.start[1]: is not a finite number
    """
    if _is_sound(value, most_depth, most_values):
        return
    count = 0
    waiting: list[tuple[object, Path]] = [(value, ())]
    while waiting:
        found, path = waiting.pop()
        count += 1
        if count > most_values:
            raise InputProblem(place, nl="is te groot: te veel waarden", en="is too large: too many values")
        if isinstance(found, str):
            _check_text(found, place, path)
        elif isinstance(found, float):
            if not math.isfinite(found):
                raise _at(place, path, nl="is geen eindig getal", en="is not a finite number")
        elif isinstance(found, int):
            if not -LARGEST_WHOLE <= found <= LARGEST_WHOLE:
                raise _at(place, path, nl="is een te groot getal", en="is too large a number")
        elif isinstance(found, Mapping | list | tuple):
            if len(path) >= most_depth:
                raise _at(place, path[:3], nl="is te diep genest", en="is nested too deeply")
            # The last one first: problems are found in the order in which it is written.
            waiting.extend((inner, (*path, name)) for name, inner in reversed(list(_within(found, place, path))))


def mended(value: Any) -> Any:
    """Return a value as it can be written: endless numbers and what is too deep are None, half characters U+FFFD.

    Examples
    --------
    >>> mended({"start": float("nan"), "labels": ["ki\\ud800nd"]})
    {'start': None, 'labels': ['ki\ufffdnd']}
    """
    return _mended(value, MOST_DEPTH)


def fits_depth(value: object, most: int = MOST_DEPTH) -> bool:
    """Tell whether no more than so many lists and blocks lie within one another."""
    return _counted(value, most) is not None


def _mended(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict | list | tuple):
        if depth == 0:
            return None
        if isinstance(value, dict):
            return {_mended(name, depth): _mended(inner, depth - 1) for name, inner in value.items()}
        return [_mended(inner, depth - 1) for inner in value]
    return value


def _counted(value: object, most_depth: int) -> int | None:
    """Count the values within one, level by level; None where it is too deep."""
    count, level = 0, [value]
    for _ in range(most_depth + 1):
        count += len(level)
        level = [
            one
            for found in level
            if isinstance(found, dict | list)
            for one in (found.values() if isinstance(found, dict) else found)
        ]
        if not level:
            return count
    return None


def _is_sound(value: object, most_depth: int, most_values: float) -> bool:
    """Tell whether there is nothing to look for, much faster than by looking; False says nothing."""
    count = _counted(value, most_depth)
    if count is None or count > most_values:
        return False
    try:
        written = json.dumps(value, allow_nan=False, ensure_ascii=False, check_circular=False).encode()
    except (TypeError, ValueError):
        return False
    return b"\\u0000" not in written and SUSPECT_WHOLE.search(written) is None


def named(place: str, path: Sequence[str | int]) -> str:
    """Return the name of what lies in something along a path.

    Examples
    --------
    >>> named("result", (3, "value", "start")), named("", ("data", 0))
    ('result[3].value.start', 'data[0]')
    """
    name = place
    for step in path:
        if isinstance(step, int):
            name += f"[{step}]"
        else:
            shown = step[:40].encode("ascii", "backslashreplace").decode()
            name += f".{shown}" if name else shown
    return name


def _within(found: object, place: str, path: Path) -> Iterator[tuple[str | int, object]]:
    if isinstance(found, Mapping):
        for name in found:
            _check_text(str(name), place, path)
        yield from ((str(name), inner) for name, inner in found.items())
    elif isinstance(found, list | tuple):
        yield from enumerate(found)


def _check_text(text: str, place: str, path: Path) -> None:
    if not text.isascii() or "\0" in text:
        unfit = UNWRITABLE.search(text)
        if unfit:
            sign = f"U+{ord(unfit.group()):04X}"
            raise _at(
                place,
                path,
                nl=f"bevat een teken dat geen tekst is ({sign})",
                en=f"has a character that is no text ({sign})",
            )


def _at(place: str, path: Path, *, nl: str, en: str) -> InputProblem:
    return InputProblem(named(place, path), nl=nl, en=en)
