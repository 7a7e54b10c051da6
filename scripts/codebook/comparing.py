"""`vib codebook diff`: what is different between two versions of a codebook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from scripts.codebook.chosen import METHOD, book_of
from scripts.console import LANGUAGE, AsJson, out, say
from vib.codebook.difference import Difference, Part, differences
from vib.terminal import print_json

PARTS: Mapping[Part, str] = {
    "tier": say("laag", "tier"),
    "group": say("groep", "group"),
    "code": say("code", "code"),
    "rating": say("oordeel", "rating"),
    "rule": say("regel", "rule"),
    "derived": say("berekend", "calculated"),
}
LONGEST = 72
"""Characters of a text that are shown."""

Earlier = Annotated[str, typer.Argument(metavar=say("ERVOOR", "BEFORE"), help=METHOD, show_default=False)]
Later = Annotated[str, typer.Argument(metavar=say("ERNA", "AFTER"), help=METHOD, show_default=False)]


def diff(before: Earlier, after: Later, as_json: AsJson = False) -> None:
    old, new = book_of(before), book_of(after)
    found = differences(old, new)
    becomes = {name: now for change in new.changes for name, now in change.becomes.items()}
    if as_json:
        print_json([{**asdict(one), "becomes": becomes.get(one.id)} for one in found])
        return
    names = [f"{book.method} {book.version}" for book in (old, new)]
    out.print(" -> ".join(names), highlight=False)
    for line in _lines(found, becomes):
        out.print(line, highlight=False, markup=False)


diff.__doc__ = say(
    """Zeg wat er anders is tussen twee codeboeken, of twee versies van een codeboek.

    Wat weg is en wat nieuw is, en van de rest elk veld dat anders is: naam, definitie, tijden (params), ja of nee,
    toets.
    """,
    """Say what is different between two codebooks, or two versions of one.

    What is gone and what is new, and of the rest every field that is different: label, definition, windows
    (params), ja or nee, key.
    """,
)


def _lines(found: Iterable[Difference], becomes: Mapping[str, str | None]) -> Iterator[str]:
    for one in found:
        if one.after is None and not one.field:
            now = becomes.get(one.id)
            stands = say(f", nu {now}", f", now {now}") if now else ""
            yield f"- {PARTS[one.part]} {one.id}: {_shown(one.before)}{stands}"
        elif one.before is None and not one.field:
            yield f"+ {PARTS[one.part]} {one.id}: {_shown(one.after)}"
        else:
            yield f"  {PARTS[one.part]} {one.id}: {one.field}: {_shown(one.before)} -> {_shown(one.after)}"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping) and set(value) == {"nl", "en"}:
        value = value[LANGUAGE]
    written = value if isinstance(value, str) else "-" if value is None else json.dumps(value, ensure_ascii=False)
    written = " ".join(written.split())
    return f"{written[:LONGEST]}…" if len(written) > LONGEST else written
