"""JSON that people give."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vib.json_file import parse_json
from vib.problem import InputProblem

names = st.text(max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(values, st.sampled_from([None, 1]))
def test_what_says_every_name_once_is_read_as_it_is(value: object, indent: int | None) -> None:
    assert parse_json(json.dumps(value, indent=indent), "x") == value


@given(values, values, names, st.booleans())
def test_a_name_that_stands_twice_is_found_wherever_it_is(before: object, after: object, name: str, deep: bool) -> None:
    block = (
        f"{{{json.dumps(name)}: {json.dumps(before)},\n{json.dumps(name, ensure_ascii=False)}\n: {json.dumps(after)}}}"
    )
    text = f'[{json.dumps(before)}, {{"a": {{}}, "b": {block}}}]' if deep else block
    with pytest.raises(InputProblem) as caught:
        parse_json(text, "x")
    first, second = re.findall(r"sign (\d+)", str(caught.value))
    line = text.count("\n", 0, text.index(",\n") + 2) + 1
    assert caught.value.place == f"x:{line}"
    assert int(second) == 1
    assert text.splitlines()[line - 2][int(first) - 1] == '"'


def test_the_same_name_in_two_blocks_is_no_name_twice() -> None:
    assert parse_json('[{"a": 1}, {"a": {"a": "a"}}]', "x") == [{"a": 1}, {"a": {"a": "a"}}]


@pytest.mark.parametrize(("text", "place"), [("{", "x:1"), ('{"a": 1,\n2}', "x:2"), ("[" * 100_000, "x")])
def test_what_is_no_json_is_refused_with_its_line(text: str, place: str) -> None:
    with pytest.raises(InputProblem) as caught:
        parse_json(text, "x")
    assert caught.value.place == place
    assert "not valid JSON" in str(caught.value)
