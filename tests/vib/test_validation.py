"""What is wrong with a value is said in Dutch and English, never by a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from pydantic_core import core_schema

from tests.conftest import ROOT
from vib.family import Day, Month
from vib.language import LANGUAGES
from vib.validation import LONGEST_SHOWN, TEXTS, first_problem

ERROR_TYPES = {*get_args(core_schema.ErrorType), "path_type"}

BY_KIND: Mapping[str, str] = {
    "bool": "bool_.*",
    "date": "date_(type|parsing|from_.*)",
    "dict": "dict_type",
    "enum": "enum",
    "float": "float_.*",
    "int": "int_.*",
    "is-instance": "is_instance_of|path_type",
    "list": "list_type",
    "literal": "literal_error",
    "model": "model_.*|recursion_loop",
    "model-fields": "missing|invalid_key",
    "str": "string_(type|unicode)",
    "tuple": "tuple_type",
}
"""Which errors pydantic raises for each kind of its schema."""

PASSING_ON = {
    *("any", "default", "definition-ref", "definitions", "function-after", "function-before", "function-plain"),
    *("json-or-python", "lax-or-strict", "model-field", "no-info", "nullable", "tagged-union", "union"),
}
"""Kinds that raise nothing themselves: what a validator raises is its own."""

BY_BOUND: Mapping[str, str] = {
    "ge": "greater_than_equal",
    "gt": "greater_than",
    "le": "less_than_equal",
    "lt": "less_than",
    "allow_inf_nan": "finite_number",
    "pattern": "string_pattern_mismatch",
}


def models() -> Iterator[type[BaseModel]]:
    """Yield every model of the product."""
    for folder in ("vib", "plugins", "backend_ml", "scripts"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if re.search(r"^class .*\((BaseModel|BaseSettings|Checked)\)", path.read_text(encoding="utf-8"), re.M):
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    waiting: list[type[BaseModel]] = [BaseModel]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if model.__module__.startswith(("vib.", "plugins.", "backend_ml.", "scripts.")):
            yield model


def schemas(part: object) -> Iterator[dict[str, Any]]:
    """Yield every schema within a schema of pydantic."""
    if isinstance(part, dict):
        if isinstance(part.get("type"), str):
            yield part
        for name, value in part.items():
            if name not in ("metadata", "serialization"):
                yield from schemas(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from schemas(value)


def raised_by(schema: Mapping[str, Any]) -> set[str]:
    """Return the types of error that one schema can raise itself."""
    kind = schema["type"]
    if kind in PASSING_ON:
        return set()
    found = {name for name in ERROR_TYPES if re.fullmatch(BY_KIND[kind], name)}
    found |= {BY_BOUND[bound] for bound in BY_BOUND.keys() & schema.keys()}
    for bound, name in (("min_length", "too_short"), ("max_length", "too_long")):
        if bound in schema:
            found.add(f"string_{name}" if kind == "str" else name)
    if kind == "model" and schema["config"].get("extra_fields_behavior") == "forbid":
        found.add("extra_forbidden")
    return found


def test_every_error_that_a_model_of_ours_can_raise_has_a_dutch_and_an_english_text() -> None:
    found = {name for model in models() for part in schemas(model.__pydantic_core_schema__) for name in raised_by(part)}
    assert {"missing", "extra_forbidden", "literal_error", "greater_than_equal", "string_too_long"} <= found
    assert sorted(found - TEXTS.keys()) == []
    assert [name for name, text in TEXTS.items() if text.nl == text.en] == []


def test_every_error_that_has_a_text_is_one_of_pydantic() -> None:
    assert sorted(TEXTS.keys() - ERROR_TYPES) == []


def test_no_model_tells_a_form_by_a_regular_expression_alone() -> None:
    told = [
        model.__name__ for model in models() for part in schemas(model.__pydantic_core_schema__) if "pattern" in part
    ]
    assert told == []


class _Clip(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(min_length=2, max_length=90)] = "aa"
    seconds: FiniteFloat = Field(1.0, gt=0, le=100)
    raters: int = Field(1, ge=1, lt=50)
    born: Month | None = None
    given: Day | None = None
    language: Literal["nl", "en"] = "nl"
    asked: bool = False
    clips: Literal["all"] | tuple[str, ...] = ()
    places: tuple[str, ...] = Field((), max_length=1)


class _File(BaseModel):
    clips: list[_Clip]


@pytest.mark.parametrize(
    ("clip", "nl", "en"),
    [
        (
            {"born": "2022-13"},
            "born: '2022-13' is geen maand zoals 2022-05",
            "born: '2022-13' is not a month such as 2022-05",
        ),
        ({"id": 3}, "id: 3 moet tekst zijn, tussen aanhalingstekens", "id: 3 must be text, in quotes"),
        (
            {"id": "a"},
            "id: 'a' is te kort; minste aantal tekens: 2",
            "id: 'a' is too short; least number of characters: 2",
        ),
        ({"raters": "two"}, "raters: 'two' is geen geheel getal", "raters: 'two' is not a whole number"),
        ({"raters": 1.5}, "raters: 1.5 is geen geheel getal", "raters: 1.5 is not a whole number"),
        ({"raters": 0}, "raters: 0 moet minstens 1 zijn", "raters: 0 must be at least 1"),
        ({"raters": 50}, "raters: 50 moet kleiner zijn dan 50", "raters: 50 must be less than 50"),
        ({"seconds": 0}, "seconds: 0 moet groter zijn dan 0.0", "seconds: 0 must be more than 0.0"),
        ({"seconds": float("nan")}, "seconds: NaN is geen eindig getal", "seconds: NaN is not a finite number"),
        ({"language": "de"}, "language: 'de' moet 'nl' of 'en' zijn", "language: 'de' must be 'nl' or 'en'"),
        ({"asked": "maybe"}, "asked: 'maybe' moet true of false zijn", "asked: 'maybe' must be true or false"),
        ({"given": "2026-02-30"}, "given: '2026-02-30' is geen dag zoals", "given: '2026-02-30' is not a day such as"),
        ({"given": 3}, "given: 3 is geen dag zoals", "given: 3 is not a day such as"),
        ({"places": ["a", "b"]}, "places: heeft te veel; hoogstens 1", "places: has too many; at most 1"),
        (
            {"clips": "al"},
            "clips: 'al' moet 'all' zijn, of moet een lijst zijn",
            "clips: 'al' must be 'all', or must be a list",
        ),
        ({"clips": ["a", 2]}, "clips[1]: 2 moet tekst zijn", "clips[1]: 2 must be text"),
        ({"colour": "red"}, "colour: is hier niet bekend", "colour: is not known here"),
        ([], "moet een blok met namen en waarden zijn", "must be a block of names and values"),
    ],
)
def test_what_was_found_and_what_is_expected_are_said_with_the_place(clip: object, nl: str, en: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _File.model_validate({"clips": [{}, clip]})
    problem = first_problem(caught.value, "x", show=True)
    place = "x: clips[1]" + ("" if clip == [] else ".")
    assert problem.message("nl").startswith(f"{place}{': ' if clip == [] else ''}{nl}")
    assert problem.message("en").startswith(f"{place}{': ' if clip == [] else ''}{en}")


def test_how_many_more_mistakes_there_are_is_said() -> None:
    with pytest.raises(ValidationError) as caught:
        _File.model_validate({"clips": [{"raters": 0, "asked": "x"}, {"clips": 3}]})
    problem = first_problem(caught.value, "x")
    assert problem.message("nl") == "x: clips[0].raters: moet minstens 1 zijn (en nog 3)"
    assert problem.message("en") == "x: clips[0].raters: must be at least 1 (and 3 more)"


def test_a_value_is_repeated_only_where_that_is_asked_and_never_at_length() -> None:
    with pytest.raises(ValidationError) as caught:
        _File.model_validate({"clips": [{"id": "geheim" * 90}]})
    for language in LANGUAGES:
        assert "geheim" not in first_problem(caught.value, "x").message(language)
        shown = first_problem(caught.value, "x", show=True).message(language)
        assert "…" in shown
        assert len(shown) < LONGEST_SHOWN + 80
