"""What is wrong with a value, in Dutch and English: what pydantic finds, and what our own validators say.

Pydantic names each kind of error; `TEXTS` has a text for each kind that our models can raise. A form
that only a regular expression could tell is checked by `written_as`, which says it in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import takewhile

from pydantic import AfterValidator, ValidationError
from pydantic_core import ErrorDetails

from vib.language import Text
from vib.problem import InputProblem

LONGEST_SHOWN = 40
"""Characters of a value that an error repeats."""

_NO_BLOCK = Text(nl="moet een blok met namen en waarden zijn", en="must be a block of names and values")
_NO_LIST = Text(nl="moet een lijst zijn", en="must be a list")
_NO_NUMBER = Text(nl="is geen getal", en="is not a number")
_NOT_WHOLE = Text(nl="is geen geheel getal", en="is not a whole number")
_NO_DAY = Text(nl="is geen dag zoals 2026-02-20", en="is not a day such as 2026-02-20")
_NOT_YES_OR_NO = Text(nl="moet true of false zijn", en="must be true or false")
_ONE_OF = Text(nl="moet {expected} zijn", en="must be {expected}")
_TOO_DEEP = Text(nl="is te diep genest", en="is nested too deeply")
_NO_PATH = Text(nl="is geen pad van een bestand of map", en="is not the path of a file or folder")

TEXTS: Mapping[str, Text] = {
    "missing": Text(nl="ontbreekt", en="is missing"),
    "extra_forbidden": Text(
        nl="is hier niet bekend; is de naam goed gespeld?", en="is not known here; is the name spelt right?"
    ),
    "invalid_key": Text(nl="heeft een naam die geen tekst is", en="has a name that is not text"),
    "model_type": _NO_BLOCK,
    "model_attributes_type": _NO_BLOCK,
    "dict_type": _NO_BLOCK,
    "mapping_type": _NO_BLOCK,
    "list_type": _NO_LIST,
    "tuple_type": _NO_LIST,
    "too_short": Text(nl="heeft te weinig; minstens {min_length}", en="has too few; at least {min_length}"),
    "too_long": Text(nl="heeft te veel; hoogstens {max_length}", en="has too many; at most {max_length}"),
    "string_type": Text(nl="moet tekst zijn, tussen aanhalingstekens", en="must be text, in quotes"),
    "string_too_short": Text(
        nl="is te kort; minste aantal tekens: {min_length}", en="is too short; least number of characters: {min_length}"
    ),
    "string_too_long": Text(
        nl="is te lang; hoogste aantal tekens: {max_length}", en="is too long; most characters: {max_length}"
    ),
    "string_unicode": Text(nl="bevat tekens die geen tekst zijn", en="has characters that are no text"),
    "string_pattern_mismatch": Text(nl="heeft niet de vorm die hier hoort", en="is not of the form that belongs here"),
    "bool_type": _NOT_YES_OR_NO,
    "bool_parsing": _NOT_YES_OR_NO,
    "int_type": _NOT_WHOLE,
    "int_parsing": _NOT_WHOLE,
    "int_parsing_size": Text(nl="is een te groot getal", en="is too large a number"),
    "int_from_float": _NOT_WHOLE,
    "float_type": _NO_NUMBER,
    "float_parsing": _NO_NUMBER,
    "finite_number": Text(nl="is geen eindig getal", en="is not a finite number"),
    "greater_than": Text(nl="moet groter zijn dan {gt}", en="must be more than {gt}"),
    "greater_than_equal": Text(nl="moet minstens {ge} zijn", en="must be at least {ge}"),
    "less_than": Text(nl="moet kleiner zijn dan {lt}", en="must be less than {lt}"),
    "less_than_equal": Text(nl="mag hoogstens {le} zijn", en="must be at most {le}"),
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
    "date_type": _NO_DAY,
    "date_parsing": _NO_DAY,
    "date_from_datetime_parsing": _NO_DAY,
    "date_from_datetime_inexact": Text(nl="moet een dag zijn, zonder tijd", en="must be a day, without a time"),
    "path_type": _NO_PATH,
    "is_instance_of": Text(nl="is niet van de soort die hier hoort", en="is not of the kind that belongs here"),
    "json_invalid": Text(nl="is geen geldige JSON", en="is not valid JSON"),
    "json_type": Text(nl="is geen geldige JSON", en="is not valid JSON"),
    "recursion_loop": _TOO_DEEP,
    "recursion_depth_exceeded": _TOO_DEEP,
}
"""What each kind of error says of a value, by the name that pydantic gives the kind."""

_SAYS_NOTHING_OF_THE_VALUE = {"missing", "extra_forbidden"}

_Place = tuple[str | int, ...]


class WrongValue(ValueError):
    """What a validator of our own finds wrong with a value, said as `TEXTS` does.

    Parameters
    ----------
    nl, en : str
        What is wrong.
    sought : tuple[str, ...]
        By which names to find it in the file, as `vib.yaml_file.place_of` takes them: where several parts of a
        whole do not fit together, the place of the value is that of the whole.

    Examples
    --------
    >>> str(WrongValue(nl="is geen maand", en="is not a month"))
    'is not a month'
    """

    def __init__(self, *, nl: str, en: str, sought: tuple[str, ...] = ()) -> None:
        super().__init__(en)
        self.reason = Text(nl=nl, en=en)
        self.sought = sought


def written_as(pattern: str, *, nl: str, en: str) -> AfterValidator:
    """Return a validator of texts of one form.

    Parameters
    ----------
    pattern : str
        Regular expression of the whole text; it is never shown.
    nl, en : str
        What is wrong with a text that is not of this form, as "is not a month such as 2022-05".
    """

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise WrongValue(nl=nl, en=en)
        return value

    return AfterValidator(check)


def branch(name: str) -> str:
    """Return how to tag a branch of a union, so that no place of an error shows the tag.

    Pydantic puts the tag among the fields that lead to an error, where it would be taken for one.
    """
    return f"<{name}>"


def place_in_file(place: _Place) -> _Place:
    """Return the place of an error without the branches of unions that lead to it.

    Examples
    --------
    >>> place_in_file(("tiers", 0, branch("use"), "hide"))
    ('tiers', 0, 'hide')
    """
    return tuple(part for part in place if not (isinstance(part, str) and re.fullmatch("<[a-z]+>", part)))


def errors_of(error: ValidationError) -> list[ErrorDetails]:
    """Return what a pydantic model found wrong, with a name that is not known before the one that may be meant by it.

    Who spells a name wrong is told of what is there, and where.
    """
    found = error.errors()
    unknown = [one["loc"] for one in found if one["type"] == "extra_forbidden"]
    return sorted(found, key=lambda one: one["type"] == "missing" and _is_meant(one["loc"], unknown))


def _is_meant(missing: _Place, unknown: Sequence[_Place]) -> bool:
    beside = [str(place[-1]) for place in unknown if place[:-1] == missing[:-1]]
    return bool(get_close_matches(str(missing[-1]), beside))


def sought_by(error: ValidationError) -> tuple[str, ...]:
    """Return by which names to find the first thing that is wrong; none when its place is known."""
    raised = errors_of(error)[0].get("ctx", {}).get("error")
    return raised.sought if isinstance(raised, WrongValue) else ()


def first_problem(error: ValidationError, place: str, *, show: bool = False) -> InputProblem:
    """Say the first thing that a pydantic model found wrong, with the field's place.

    Parameters
    ----------
    error : ValidationError
    place : str
        What was read: a file, with a line when known.
    show : bool
        Whether to repeat the value that was found. Not where it may be a secret, or tell of a family.
    """
    errors = errors_of(error)
    first = errors[0]
    same = [first, *takewhile(lambda other: _other_branch(first["loc"], other["loc"]), errors[1:])]
    deepest = max(len(found["loc"]) for found in same)
    said = [found for found in same if len(found["loc"]) == deepest]
    reasons = [reason_of(found) for found in said]
    place_in = said[0]["loc"]
    if len(same) > 1:
        branch = _apart(same[0]["loc"], same[1]["loc"])
        place_in = place_in[:branch] + place_in[branch + 1 :]
    field, more = field_name(place_in_file(place_in)), len(errors) - len(same)
    shown = _shown(said[0]) if show else ""
    return InputProblem(
        f"{place}: {field}" if field else place,
        nl=shown + ", of ".join(_distinct(text.nl for text in reasons)) + (f" (en nog {more})" if more else ""),
        en=shown + ", or ".join(_distinct(text.en for text in reasons)) + (f" (and {more} more)" if more else ""),
    )


def reason_of(found: ErrorDetails) -> Text:
    """Return what is wrong, as a predicate of the value: "is not a whole number"."""
    values = found.get("ctx", {})
    raised = values.get("error")
    if isinstance(raised, WrongValue):
        return raised.reason
    text = TEXTS.get(found["type"])
    if text is None:
        said = str(raised) if isinstance(raised, Exception) else found["msg"]
        return Text(nl=said, en=said)
    dutch = {**values, "expected": " of ".join(str(values.get("expected", "")).rsplit(" or ", 1))}
    return Text(nl=text.nl.format(**dutch), en=text.en.format(**values))


def field_name(place: _Place) -> str:
    """Write where a field is as people read it.

    Examples
    --------
    >>> field_name(("clips", 0, "file"))
    'clips[0].file'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


def _shown(found: ErrorDetails) -> str:
    value, raised = found["input"], found.get("ctx", {}).get("error")
    spoken = isinstance(raised, Exception) and not isinstance(raised, WrongValue)
    if spoken or found["type"] in _SAYS_NOTHING_OF_THE_VALUE or not isinstance(value, str | int | float):
        return ""
    written = repr(value) if isinstance(value, str) else json.dumps(value)
    return (f"{written[:LONGEST_SHOWN]}…" if len(written) > LONGEST_SHOWN else written) + " "


_BRANCH = re.compile(r"(literal|tuple|list|dict|function-\w+)\[.*\]|(constrained-)?(str|int|float)|finite.*|nullable.*")
"""How pydantic names a branch of a union within the place of an error."""


def _other_branch(first: _Place, other: _Place) -> bool:
    """Whether two errors are about one value, which fits neither branch of a union."""
    apart = _apart(first, other)
    parts = (*first[apart : apart + 1], *other[apart : apart + 1])
    return len(parts) == 2 and all(isinstance(part, str) and _BRANCH.fullmatch(part) for part in parts)


def _apart(first: _Place, other: _Place) -> int:
    """Return from which part on two places differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, other, strict=False)))


def _distinct(texts: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(texts))
