"""Codes in use for which another labelling interface has no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from vib.controls import Control, Controls
from vib.language import Text
from vib.problem import InputProblem
from vib.stored_codes import check_result

MOST_NAMED = 8
"""Codes that are named when some would be lost; of the others there is a count."""

Use = tuple[str, str]
"""A control of an interface, and a code of it; without a code it is the control that goes, or becomes another kind."""


def keeps_all(before: Controls, after: Controls) -> bool:
    """Tell whether whatever fits one interface fits another, without looking at results."""
    return all(name in after and _holds(after[name], control) for name, control in before.items())


def lost(results: Iterable[Mapping[str, Any]], before: Controls, after: Controls) -> Iterator[Use]:
    """Yield each code of results that fit an interface for which another has no place.

    Examples
    --------
    >>> from vib.controls import controls_of
    >>> def interface(*codes):
    ...     choices = "".join(f'<Choice value="{code}"/>' for code in codes)
    ...     return controls_of(f'<View><Audio name="a"/><Choices name="q" toName="a">{choices}</Choices></View>')
    >>> answer = {"from_name": "q", "to_name": "a", "type": "choices", "value": {"choices": ["yes"]}}
    >>> list(lost([answer], interface("yes", "no"), interface("no")))
    [('q', 'yes')]
    """
    for result in results:
        # Anything fits an interface without controls, as projects have that are being made.
        if _fits(result, before) and not (after and _fits(result, after)):
            name = str(result["from_name"])
            control = after.get(name)
            known = frozenset() if control is None or control.codes is None else control.codes
            gone = [code for code in _codes(result) if code not in known] if control is not None else []
            yield from ((name, code) for code in gone or [""])


def said(uses: Mapping[Use, int]) -> Text:
    """Say how often which codes are in use, the most frequent first."""
    rows = sorted(uses.items(), key=lambda row: (-row[1], row[0]))
    named = ", ".join(f"{' '.join(filter(None, use))} ({count})" for use, count in rows[:MOST_NAMED])
    left = sum(count for _, count in rows[MOST_NAMED:])
    total = sum(uses.values())
    return Text(
        nl=f"neemt {total} codes weg die gebruikt zijn: {named}" + (f", en nog {left}" if left else ""),
        en=f"takes away {total} codes that are in use: {named}" + (f", and {left} more" if left else ""),
    )


def _holds(control: Control, other: Control) -> bool:
    return (
        (control.kind, control.nested, control.lowest, control.highest)
        == (other.kind, other.nested, other.lowest, other.highest)
        and control.objects >= other.objects
        and (control.codes is None or (other.codes is not None and control.codes >= other.codes))
    )


def _fits(result: object, controls: Controls) -> bool:
    try:
        check_result(result, controls)
    except InputProblem:
        return False
    return True


def _codes(result: Mapping[str, Any]) -> list[str]:
    """Return the codes of a result, each group on the way to one among them."""
    chosen = result["value"].get(result["type"])
    listed = chosen if isinstance(chosen, list) else []
    paths = (one if isinstance(one, list) else [one] for one in listed)
    return list(dict.fromkeys(code for code in chain.from_iterable(paths) if isinstance(code, str)))
