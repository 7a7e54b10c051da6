"""Which turn on the screen a broken rule is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from vib.codebook import Codebook
from vib.interface import END_MARGIN
from vib.observation import ROUNDING
from vib.rules import Violation


def turns_of(results: Iterable[Any], broken: Sequence[Violation], book: Codebook | None) -> list[str | None]:
    """Return for each violation the id of the turn that it is about; None where it is about the whole clip.

    Of several turns at the same place it is one at which the question is asked.

    Parameters
    ----------
    results : iterable
        What was checked: results of Label Studio that fit their interface.
    book : Codebook or None
        By which it was checked.
    """
    turns = [one for one in results if one.get("type") == "labels" and "labels" in one.get("value", {})]
    asked = {tier.id: tier.describes.codes for tier in book.describing_tiers if tier.describes} if book else {}
    return [_turn(turns, one, asked.get(one.tier, (one.code,))) for one in broken]


def _turn(turns: Sequence[Any], one: Violation, wanted: Sequence[str]) -> str | None:
    there = [turn for turn in turns if _lies_at(turn["value"], one)]
    there.sort(key=lambda turn: not set(wanted) & set(turn["value"]["labels"]))
    return str(there[0]["id"]) if there and there[0].get("id") is not None else None


def _lies_at(value: Any, one: Violation) -> bool:
    # Players let a turn pass the end of the clip; there the timeline cuts it off.
    return bool(abs(value["start"] - one.start) <= ROUNDING and -ROUNDING <= value["end"] - one.end <= END_MARGIN)
