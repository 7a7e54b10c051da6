"""`vib family show`: who is in a family, what was agreed to, and which clips there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rich.table import Table

from scripts.console import LANGUAGE, AsJson, out, say
from scripts.family.chosen import Folder
from vib.consent import USE_NAMES, USES, Use
from vib.consent_state import states_of
from vib.family import ClipEntry, Family, read_family
from vib.terminal import print_json


def show(folder: Folder, as_json: AsJson = False) -> None:
    family, today = read_family(folder), date.today()
    if as_json:
        print_json(_content(family, today))
        return
    about = (family.family, family.method, family.version, family.level, family.language)
    out.print("  ".join(filter(None, about)), highlight=False, markup=False)
    _print(
        (say("lid", "member"), say("rol", "role"), say("geboren", "born"), say("huis", "home")),
        ((member.id, member.role, member.born or "", member.home or "") for member in family.members),
    )
    heads = (say("toestemming", "consent"), say("waarvoor", "for"), say("van", "from"), say("tot en met", "until"))
    _print(
        (*heads, say("gegeven door", "given by")),
        ((one.person, _names(one.uses), str(one.given), str(one.until), one.by) for one in family.consent),
    )
    _print(
        (say("samen voor", "together for"), say("wanneer", "when")),
        ((_names([one.use]), one.said.to(LANGUAGE)) for one in states_of(family.consented(), today)),
    )
    if family.clips is not None:
        recording = (say("opname", "recording"), say("opgenomen", "recorded"), say("situatie", "situation"))
        _print((*recording, say("nu voor", "now for")), (_row(family, clip, today) for clip in family.clips))


show.__doc__ = say(
    """Toon een gezin: leden, toestemming van wie en tot wanneer, opnamen en waarvoor die nu te gebruiken zijn.""",
    """Show a family: members, whose consent until when, recordings and what they may be used for now.""",
)


def _row(family: Family, clip: ClipEntry, today: date) -> tuple[str, ...]:
    return " + ".join(clip.files), clip.recorded or "", clip.situation, _names(_uses(family, clip, today)) or "-"


def _uses(family: Family, clip: ClipEntry, today: date) -> list[Use]:
    allowed = family.uses_of(clip, today)
    return [use for use in USES if use in allowed]


def _names(uses: Iterable[Use]) -> str:
    return ", ".join(USE_NAMES[use].to(LANGUAGE) for use in uses)


def _content(family: Family, today: date) -> dict[str, Any]:
    """Return a family for programs: what its file says, and what is in force now."""
    content = family.model_dump(mode="json")
    uses = {
        one.use: {"state": one.state, "day": one.day and str(one.day)} for one in states_of(family.consented(), today)
    }
    now = {clip.file: _uses(family, clip, today) for clip in family.clips or ()}
    return {**content, "uses": uses, "clips_now": now}


def _print(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in heads:
        table.add_column(name)
    for row in rows:
        table.add_row(*row)
    out.print()
    out.print(table)
