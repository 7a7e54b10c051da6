"""The controls of a labelling interface: what each asks, and what may be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, final

from defusedxml.ElementTree import fromstring

from vib.interface import point_of

SOUND = frozenset({"audio", "audioplus"})
"""Objects on which regions last from a second to a second."""


@final
@dataclass(frozen=True, slots=True)
class Control:
    """One control of a labelling interface.

    Attributes
    ----------
    kind : str
        Its tag in lower case.
    objects : frozenset of str
        Names of what it is about.
    on_sound : bool
        Whether its regions last from a second to a second.
    codes : frozenset of str or None
        What can be chosen; None where that is not known from the interface.
    filled_from : str or None
        Field of a task that holds what can be chosen.
    nested : bool
        Whether what is chosen is a path of codes.
    lowest, highest : float or None
        Ends of its scale; also of one whose points are chosen by their words.
    """

    kind: str
    objects: frozenset[str]
    on_sound: bool = False
    nested: bool = False
    codes: frozenset[str] | None = None
    filled_from: str | None = None
    lowest: float | None = None
    highest: float | None = None


Controls = Mapping[str, Control]
"""The controls of a labelling interface, by name."""


@lru_cache(maxsize=256)
def controls_of(label_config: str) -> Controls:
    """Return the controls of a labelling interface, none of one that is not XML.

    Examples
    --------
    >>> controls_of('<View><Audio name="a" value="$a"/><Rating name="r" toName="a" maxRating="3"/></View>')["r"].highest
    3.0
    """
    try:
        root = fromstring(label_config)
    except Exception:
        return {}
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    objects = {element.get("name"): element.tag.lower() for element in elements if not element.get("toName")}
    return {
        str(element.get("name")): _control(element, objects)
        for element in elements
        if element.get("name") and element.get("toName") and element.tag != "Filter"
    }


def filled(controls: Controls, data: object) -> Controls:
    """Return the controls of a task: of those that it fills itself, with what it says can be chosen.

    Examples
    --------
    >>> config = '<View><Audio name="a" value="$a"/><Choices name="who" toName="a" value="$who"/></View>'
    >>> filled(controls_of(config), {"who": [{"value": "moeder", "alias": "m1"}]})["who"].codes
    frozenset({'m1'})
    """
    found = dict(controls)
    for name, control in controls.items():
        offered = data.get(control.filled_from) if control.filled_from and isinstance(data, Mapping) else None
        if isinstance(offered, list) and offered and all(isinstance(one, Mapping) for one in offered):
            codes = frozenset(str(one.get("alias") or one.get("value")) for one in offered)
            found[name] = replace(control, codes=codes)
    return found


def _control(element: Any, objects: Mapping[str | None, str]) -> Control:
    kind = element.tag.lower()
    about = frozenset(name.strip() for name in element.get("toName").split(","))
    lowest, highest = _ends(element, kind)
    value = element.get("value") or ""
    return Control(
        kind,
        about,
        on_sound=any(objects.get(name) in SOUND for name in about),
        nested=kind == "taxonomy" or element.get("allowNested") == "true",
        codes=_codes(element),
        filled_from=value[1:] if kind == "choices" and value.startswith("$") else None,
        lowest=lowest,
        highest=highest,
    )


def _ends(element: Any, kind: str) -> tuple[float | None, float | None]:
    if kind == "rating":
        # A rating that was taken back is 0 in Label Studio.
        return 0.0, _written_number(element.get("maxRating")) or 5.0
    if kind == "number":
        return _written_number(element.get("min")), _written_number(element.get("max"))
    if kind == "choices" and element.get("perRegion") != "true":
        points = [point_of([option.get("alias")]) for option in element.iter("Choice")]
        known = [point for point in points if point is not None]
        if known and len(known) == len(points):
            return float(min(known)), float(max(known))
    return None, None


def _codes(element: Any) -> frozenset[str] | None:
    if any(element.get(name) for name in ("value", "valueList", "apiUrl")):
        return None
    options = [option for option in element.iter() if option.tag in ("Label", "Choice")]
    codes = [option.get("alias") or option.get("value") or "" for option in options]
    # What begins with $ comes from the task; without options there is nothing to compare with.
    return None if not codes or any(code.startswith("$") for code in codes) else frozenset(codes)


def _written_number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
