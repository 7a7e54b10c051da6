"""Small codebooks, written in one line a tier, for tests of rules and of calculations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vib.codebook import Codebook
from vib.observation import AttributeValue, Observation, Timeline

SOURCED = {"source": ["own design"], "certainty": "low"}


def words(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def code(name: str, **more: Any) -> dict[str, Any]:
    """Return a code; ``kind`` and ``child`` are of a child, ``onbekend`` of nobody who is known, others of adults."""
    actor = {"kind": "kind", "child": "kind", "onbekend": "onbekend"}.get(name, "volwassene")
    about = {key: words(f"{key} of {name}") for key in ("definition", "example")}
    return {"id": name, "label": words(name), "actor": actor, "kind": "event", **about, **SOURCED, **more}


def tier(name: str, codes: Sequence[str | dict[str, Any]], of: str = "", **more: Any) -> dict[str, Any]:
    """Return a tier; `of` names the codes of the tier ``turn`` that it describes, with spaces between."""
    given = [code(one) if isinstance(one, str) else one for one in codes]
    describes = {"describes": {"tier": "turn", "codes": of.split()}} if of else {}
    return {"id": name, "label": words(name), "question": words(name), "codes": given, **describes, **more}


def book(tiers: Sequence[dict[str, Any]], **more: Any) -> Codebook:
    heading = {"method": "small", "version": "1.0.0", "owner": "nobody", "title": words("x"), "about": words("x")}
    return Codebook.model_validate({**heading, "tiers": list(tiers), **more})


def ja(name: str) -> dict[str, Any]:
    return code(name, polarity="ja")


def nee(name: str) -> dict[str, Any]:
    return code(name, polarity="nee")


TURN = tier("turn", ["kind", "volwassene", "onbekend"])


def seen(*rows: tuple[Any, ...], duration: float = 100.0) -> Timeline:
    """Return a timeline from rows of code, onset, offset and answers; ``tier/code`` for another tier than turns."""
    found = []
    for name, start, end, *answers in rows:
        where, _, what = name.rpartition("/")
        given: dict[str, AttributeValue] = answers[0] if answers else {}
        found.append(Observation(where or "turn", what, start, end, given))
    return Timeline(duration, found)
