"""JSON that people give: refused with the line where it is not JSON, or says the same name twice.

A parser keeps the last of two values with one name and says nothing: a rater whose name stands there twice would
lose what stands there first.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from vib.problem import InputProblem
from vib.unreadable import not_json

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)


def parse_json(text: str, place: Path | str) -> object:
    """Return what a JSON text says.

    Raises
    ------
    InputProblem
        It is not JSON, or a block has a name twice; says where, of the latter both places.

    Examples
    --------
    >>> parse_json('{"anna": [1]}', "codes.json")
    {'anna': [1]}
    >>> parse_json('{"a": 1,' + chr(10) + ' "a": 2}', "x")
    Traceback (most recent call last):
    vib.problem.InputProblem: x:2: the name "a" stands in one block twice: first on line 1, sign 2, and at sign 2
    """
    try:
        return json.loads(text, object_pairs_hook=_block)
    except _Twice:
        raise _where_twice(text, place) from None
    except (ValueError, RecursionError) as error:
        raise not_json(place, error) from error


class _Twice(Exception):
    """A block has a name twice."""


def _block(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _where_twice(text: str, place: Path | str) -> InputProblem:
    """Look up where a name stands twice in one block of a text that is JSON up to there."""
    blocks: list[dict[str, int] | None] = []
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in ("{", "["):
            blocks.append({} if sign == "{" else None)
        elif sign in ("}", "]"):
            blocks.pop()
        elif (names := blocks[-1]) is not None and _is_name(text, token.end()):
            name = json.loads(sign)
            if name in names:
                return _twice(text, place, sign, names[name], token.start())
            names[name] = token.start()
    raise AssertionError("no name stands twice")


def _is_name(text: str, end: int) -> bool:
    return text[end : end + 1000].lstrip().startswith(":")


def _twice(text: str, place: Path | str, name: str, first: int, second: int) -> InputProblem:
    (line, sign), (here, here_sign) = (_line_and_sign(text, offset) for offset in (first, second))
    return InputProblem(
        f"{place}:{here}",
        nl=f"de naam {name} staat twee keer in één blok: eerst op regel {line}, teken {sign}, en op teken {here_sign}",
        en=f"the name {name} stands in one block twice: first on line {line}, sign {sign}, and at sign {here_sign}",
    )


def _line_and_sign(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
