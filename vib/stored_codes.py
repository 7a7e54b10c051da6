"""Codes as Label Studio keeps them, checked against the labelling interface and the clip before they are kept.

What fits here can be read by `vib.interface`. An interface of another kind of work (boxes, text) is
known by its controls too; of what only it has, no more is asked than that it can be kept at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from vib.controls import Control, Controls
from vib.interface import END_MARGIN, point_of
from vib.json_values import check_values
from vib.problem import InputProblem

MOST_RESULTS = 50_000
"""Results of one annotation; a clip of three hours with 20,000 turns and two answers to each."""

MOST_DEPTH = 24
"""Lists and blocks within one another in results."""

MOST_VALUES = 2_000_000
"""Numbers, texts, lists and blocks in the results of one annotation."""

LONGEST_NAME = 200
"""Characters of an id."""

OWN_TYPE = frozenset({"labels", "timelinelabels", "choices", "taxonomy", "rating", "number", "textarea", "datetime"})
"""Controls whose results have the type that is the name of their tag."""

OTHER_TYPES: Mapping[str, frozenset[str]] = {"magicwand": frozenset({"brush"})}
STARS = frozenset({"rating", "number"})
"""Types of ratings of before, when a scale was stars or a number; its points are chosen by their words now."""

VARIABLE = re.compile(r"\\\{\\\{\w{1,40}\\\}\\\}")
"""A number in the name of a control that is repeated for each of something, after `re.escape`."""


def check_results(results: object, controls: Controls, length: float | None = None, place: str = "result") -> None:
    """Check all results of an annotation, draft or prediction.

    Parameters
    ----------
    results : object
        What is to be kept.
    controls : Controls
        Of its labelling interface: `controls_of`.
    length : float or None
        Of the clip in seconds; None where it is not known.
    place : str
        What they are called in a problem.

    Raises
    ------
    InputProblem
        They are no list, are too many, do not fit the interface or the clip, or two have the same
        id and control; names the place, such as ``result[3].value.start``.

    Examples
    --------
    >>> from vib.controls import controls_of
    >>> audio = '<View><Audio name="a" value="$a"/><Labels name="turn" toName="a"><Label value="kind"/></Labels></View>'
    >>> turn = {"id": "t", "from_name": "turn", "to_name": "a", "type": "labels"}
    >>> check_results([{**turn, "value": {"start": -5, "end": 2, "labels": ["kind"]}}], controls_of(audio), 10.0)
    Traceback (most recent call last):
    vib.problem.InputProblem: result[0].value.start: -5 lies before the start of the clip
    """
    if not isinstance(results, list):
        raise InputProblem(place, nl="is geen lijst", en="is not a list")
    if len(results) > MOST_RESULTS:
        raise InputProblem(
            place,
            nl=f"heeft er {len(results)}; hoogstens {MOST_RESULTS}",
            en=f"has {len(results)}; at most {MOST_RESULTS}",
        )
    seen: set[tuple[str, str]] = set()
    check_values(results, place, most_depth=MOST_DEPTH, most_values=MOST_VALUES)
    for number, result in enumerate(results):
        here = f"{place}[{number}]"
        _check(result, controls, length, here)
        if result.get("id") is not None and "from_name" in result:
            key = (str(result["id"]), result["from_name"])
            if key in seen:
                raise InputProblem(
                    here,
                    nl=f"id {_shown(key[0])} is er al met {_shown(key[1])}",
                    en=f"id {_shown(key[0])} is there already with {_shown(key[1])}",
                )
            seen.add(key)


def as_points(results: Iterable[Any], controls: Controls) -> list[Any]:
    """Return results in which stars of before are the point of the scale that stands for them; all else as it is.

    Stars that were taken back are left out, and so are those over which a point was chosen.

    Examples
    --------
    >>> from vib.controls import controls_of
    >>> scale = '<Choice value="1 · little" alias="1"/><Choice value="2 · much" alias="2"/>'
    >>> controls = controls_of(f'<View><Audio name="a"/><Choices name="r" toName="a">{scale}</Choices></View>')
    >>> stars = {"id": "s", "from_name": "r", "to_name": "a", "type": "rating", "value": {"rating": 2}}
    >>> [(one["type"], one["value"]) for one in as_points([stars], controls)]
    [('choices', {'choices': ['2']})]
    """
    given, chosen = list(results), set[str]()
    for result in given:
        if isinstance(result, dict) and point_of(_value(result).get("choices")) is not None:
            chosen.add(str(result.get("from_name")))
    return [point for result in given for point in _as_point(result, controls, chosen)]


def has_stars(result: object) -> bool:
    """Tell whether a result is of a scale that was stars or a number."""
    said = result.get("type") if isinstance(result, Mapping) else None
    return isinstance(said, str) and said in STARS


def _as_point(result: Any, controls: Controls, chosen: Collection[str]) -> list[Any]:
    control = controls.get(str(result.get("from_name"))) if isinstance(result, dict) else None
    if control is None or control.kind != "choices" or control.lowest is None or not has_stars(result):
        return [result]
    value = _value(result)
    point = point_of(value.get("choices"))
    stars = value.get(result["type"]) if point is None else point
    if stars == 0 or (point is None and result["from_name"] in chosen):
        return []
    stored = f"{stars:g}" if isinstance(stars, int | float) else ""
    known = control.codes is not None and stored in control.codes
    return [{**result, "type": "choices", "value": {"choices": [stored]}} if known else result]


def _value(result: Mapping[str, Any]) -> Mapping[str, Any]:
    value = result.get("value")
    return value if isinstance(value, Mapping) else {}


def check_result(result: object, controls: Controls, length: float | None = None, place: str = "result") -> None:
    """Check one result; see `check_results`.

    Raises
    ------
    InputProblem
        It does not fit the interface or the clip; names the place.
    """
    check_values(result, place, most_depth=MOST_DEPTH)
    _check(result, controls, length, place)


def check_lead_time(seconds: object, place: str = "lead_time") -> None:
    """Check how long somebody says to have worked.

    Raises
    ------
    InputProblem
        It is not a finite number, and not None.
    """
    if seconds is not None:
        check_values(_number(seconds, place), place)


def length_of(data: object) -> float | None:
    """Return the length of a clip in seconds as the data of its task say it, None where they do not.

    Examples
    --------
    >>> length_of({"duration": 12.5}), length_of({"duration": -1}), length_of({"duration": "long"}), length_of({})
    (12.5, None, None, None)
    """
    found = data.get("duration") if isinstance(data, Mapping) else None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if 0 < found < 1e9 else None


def _check(result: object, controls: Controls, length: float | None, place: str) -> None:
    if not isinstance(result, dict):
        raise InputProblem(place, nl="is geen blok met namen en waarden", en="is not a block of names and values")
    if result.get("id") is not None and not isinstance(result["id"], int):
        _text(result["id"], f"{place}.id")
    if result.get("type") == "relation":
        for name in ("from_id", "to_id"):
            _text(result.get(name), f"{place}.{name}")
        return
    if not controls:
        # Tasks can be brought to a project before its interface is made.
        return
    control = _named_control(result.get("from_name"), controls, f"{place}.from_name")
    about = _text(result.get("to_name"), f"{place}.to_name").split(",")
    if not any("{{" in name for name in control.objects) and not control.objects.issuperset(map(str.strip, about)):
        raise _unknown(f"{place}.to_name", about[0], control.objects)
    types = _types(control)
    said = result.get("type")
    if not isinstance(said, str) or said not in types:
        raise _unknown(f"{place}.type", said, types)
    value = result.get("value")
    if not isinstance(value, dict):
        raise InputProblem(f"{place}.value", nl="is geen blok met waarden", en="is not a block of values")
    if control.kind == "choices" and said in STARS:
        _check_scale(value, control, said, f"{place}.value")
    else:
        _check_value(value, control, length, f"{place}.value")


def _check_value(value: Mapping[str, Any], control: Control, length: float | None, place: str) -> None:
    if control.on_sound and (control.kind == "labels" or "start" in value or "end" in value):
        _check_seconds(value, length, place)
    if control.kind == "timelinelabels" and "ranges" in value:
        _check_frames(value["ranges"], f"{place}.ranges")
    if control.kind in ("rating", "number"):
        _check_scale(value, control, control.kind, place)
    elif control.kind in ("choices", "taxonomy") or control.kind.endswith("labels"):
        _check_codes(value, control, place)


def _check_seconds(value: Mapping[str, Any], length: float | None, place: str) -> None:
    start, end = (_number(value.get(name), f"{place}.{name}") for name in ("start", "end"))
    for name, second in (("start", start), ("end", end)):
        if second < 0:
            raise InputProblem(
                f"{place}.{name}",
                nl=f"{second} ligt voor het begin van de clip",
                en=f"{second} lies before the start of the clip",
            )
        if length is not None and second > length + END_MARGIN:
            raise InputProblem(
                f"{place}.{name}",
                nl=f"{second} ligt na het einde van de clip ({length} s)",
                en=f"{second} lies after the end of the clip ({length} s)",
            )
    if end < start:
        raise InputProblem(
            f"{place}.end", nl=f"{end} ligt voor start ({start})", en=f"{end} lies before start ({start})"
        )


def _check_frames(ranges: object, place: str) -> None:
    if not isinstance(ranges, list) or not ranges:
        raise InputProblem(place, nl="is geen lijst van beelden", en="is not a list of frames")
    for number, found in enumerate(ranges):
        here = f"{place}[{number}]"
        if not isinstance(found, dict):
            raise InputProblem(here, nl="is geen blok met start en end", en="is not a block of start and end")
        first, last = (_number(found.get(name), f"{here}.{name}") for name in ("start", "end"))
        if not 1 <= first <= last:
            raise InputProblem(
                here,
                nl=f"beelden {first} tot {last} kloppen niet: 1 <= start <= end",
                en=f"frames {first} to {last} do not fit: 1 <= start <= end",
            )


def _check_scale(value: Mapping[str, Any], control: Control, kind: str, place: str) -> None:
    here = f"{place}.{kind}"
    number = _number(value.get(kind), here)
    lowest, highest = control.lowest, control.highest
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        scale = f"[{'' if lowest is None else f'{lowest:g}'}, {'' if highest is None else f'{highest:g}'}]"
        raise InputProblem(
            here, nl=f"{number} ligt buiten de schaal {scale}", en=f"{number} lies outside the scale {scale}"
        )


def _check_codes(value: Mapping[str, Any], control: Control, place: str) -> None:
    """Check what was chosen. A region that has no label yet, and a question without answer, say nothing."""
    if control.kind not in value:
        return
    here = f"{place}.{control.kind}"
    chosen = value[control.kind]
    if not isinstance(chosen, list):
        raise InputProblem(here, nl="is geen lijst", en="is not a list")
    if control.lowest is not None and len(chosen) > 1:
        raise InputProblem(here, nl="is meer dan een punt van de schaal", en="is more than one point of the scale")
    for number, one in enumerate(chosen):
        path = one if isinstance(one, list) and control.nested else [one]
        if not path or (control.kind == "taxonomy" and not isinstance(one, list)):
            raise InputProblem(f"{here}[{number}]", nl="is geen pad van codes", en="is not a path of codes")
        for code in path:
            if not isinstance(code, str):
                raise InputProblem(f"{here}[{number}]", nl="is geen tekst", en="is not text")
            if control.codes is not None and code not in control.codes:
                raise _unknown(f"{here}[{number}]", code, control.codes)


def _types(control: Control) -> frozenset[str]:
    kind = control.kind
    if kind == "choices" and control.lowest is not None:
        return STARS | {kind}
    if kind in OWN_TYPE:
        return frozenset({kind})
    # A box that has no label yet has the type of its form.
    return frozenset({kind, kind.removesuffix("labels")}) | OTHER_TYPES.get(kind, frozenset())


def _named_control(name: object, controls: Controls, place: str) -> Control:
    name = _text(name, place)
    found = controls.get(name)
    if found is None:
        repeated = (known for known in controls if "{{" in known)
        found = next((controls[known] for known in repeated if _is_repeated(name, known)), None)
    if found is None:
        raise _unknown(place, name, controls)
    return found


def _is_repeated(name: str, known: str) -> bool:
    return re.fullmatch(VARIABLE.sub(r"[0-9]{1,6}", re.escape(known)), name) is not None


def _number(found: object, place: str) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise InputProblem(place, nl="is geen getal", en="is not a number")
    return found


def _text(found: object, place: str) -> str:
    if not isinstance(found, str) or not found:
        raise InputProblem(place, nl="is geen tekst", en="is not text")
    if len(found) > LONGEST_NAME:
        raise InputProblem(
            place, nl=f"is langer dan {LONGEST_NAME} tekens", en=f"is longer than {LONGEST_NAME} characters"
        )
    return found


def _unknown(place: str, found: object, known: Iterable[str]) -> InputProblem:
    some = sorted(known)
    listed = ", ".join(map(_shown, some[:8])) + (", ..." if len(some) > 8 else "")
    return InputProblem(
        place,
        nl=f"{_shown(found)} is hier niet bekend; wel: {listed or '-'}",
        en=f"{_shown(found)} is not known here; these are: {listed or '-'}",
    )


def _shown(found: object) -> str:
    """Return something that was sent on one short line."""
    written = (found if isinstance(found, str) else repr(found))[:40]
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in written)
