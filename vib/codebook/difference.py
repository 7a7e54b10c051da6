"""What is different between two versions of a codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from vib.codebook.book import Codebook
from vib.codebook.entry import Entry

Part = Literal["tier", "group", "code", "rating", "rule", "derived"]

LEFT_OUT = ("id", "codes", "groups")
"""Fields that are the identity of a part, or parts of their own."""


@dataclass(frozen=True)
class Difference:
    """Something of a codebook that is not what it was.

    Attributes
    ----------
    part : str
        What kind of thing it is.
    id : str
    field : str
        What of it; empty where the whole is new or gone.
    before, after : object
        As JSON has it; None where there is none.
    """

    part: Part
    id: str
    field: str
    before: Any
    after: Any


def differences(before: Codebook, after: Codebook) -> tuple[Difference, ...]:
    """Return what is different, in the order of the codebooks: what is gone, what is new, what has changed.

    Parameters
    ----------
    before, after : Codebook
    """
    old, new = _parts(before), _parts(after)
    gone = [Difference(part, name, "", _name(old[part, name]), None) for part, name in old if (part, name) not in new]
    added = [Difference(part, name, "", None, _name(new[part, name])) for part, name in new if (part, name) not in old]
    changed = [
        Difference(part, name, field, was.get(field), now.get(field))
        for (part, name), now in new.items()
        if (was := old.get((part, name))) is not None
        for field in dict.fromkeys([*was, *now])
        if was.get(field) != now.get(field)
    ]
    return (*gone, *added, *changed)


def _parts(book: Codebook) -> Mapping[tuple[Part, str], Mapping[str, Any]]:
    return {(part, name): content for part, name, content in _content(book)}


def _content(book: Codebook) -> Iterator[tuple[Part, str, Mapping[str, Any]]]:
    for tier in book.tiers:
        yield "tier", tier.id, _fields(tier)
        yield from (("group", group.id, _fields(group)) for group in tier.groups)
        yield from (("code", code.id, {"tier": tier.id, **_fields(code)}) for code in tier.codes)
    yield from (("rating", rating.id, _fields(rating)) for rating in book.ratings)
    yield from (("rule", rule.id, _fields(rule)) for rule in book.rules)
    yield from (("derived", derived.id, _fields(derived)) for derived in book.derived)


def _fields(entry: Entry) -> Mapping[str, Any]:
    return {name: value for name, value in entry.model_dump(mode="json").items() if name not in LEFT_OUT}


def _name(content: Mapping[str, Any]) -> Any:
    return content.get("label") or content.get("say")
