"""From what a form sends to a family, and what is wrong with it field by field; and from a family to a form.

A form's fields are named as the fields of ``family.yaml`` are: ``members-0-role``, ``consent-2-until``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, final

from pydantic import ValidationError

from vib.consent import USES
from vib.family import ClipEntry, Family
from vib.language import Text
from vib.validation import errors_of, reason_of
from vib.yaml_file import Place

MOST_ROWS = 100
"""Rows of a form that are looked at."""

MEMBER = ("id", "role", "born", "home")
CONSENT = ("person", "given", "until", "by")
CLIP = ("file", "recorded", "situation", "kind", "sound")
CLIP_TICKED = ("counts", "discusses", "uses")

FILL_IN = Text(nl="vul dit in", en="fill this in")

Row = dict[str, Any]
"""What a form has on one line of a list, by field; lists of what is ticked too."""


class Sent(Protocol):
    """What a form sent."""

    def get(self, name: str, otherwise: str, /) -> Any:
        """Return the value of a field."""

    def getlist(self, name: str, /) -> Sequence[Any]:
        """Return what is ticked under a name."""


@final
@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field of a form; with the whole of it where the name is empty."""

    field: str
    reason: Text


@final
class WrongForm(Exception):
    """A form that makes no family."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.reason}" for fault in faults))
        self.faults = tuple(faults)


def rows_of(sent: Sent, name: str, fields: Sequence[str], ticked: Sequence[str] = ()) -> list[Row]:
    """Return the rows that a form has of a list, in their order."""
    count = str(sent.get(f"{name}-count", "0"))
    found = []
    for number in range(min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 6 else 0):
        row: Row = {field: str(sent.get(f"{name}-{number}-{field}", "")).strip() for field in fields}
        found.append(row | {field: list(map(str, sent.getlist(f"{name}-{number}-{field}"))) for field in ticked})
    return found


def member_rows(family: Family) -> list[Row]:
    """Return the members of a family as rows of a form."""
    return [{"id": one.id, "role": one.role, "born": one.born or "", "home": one.home or ""} for one in family.members]


def consent_rows(family: Family) -> list[Row]:
    """Return what was consented to as rows of a form: one at least for each member."""
    found: list[Row] = []
    for member in family.members:
        own = [one for one in family.consent if one.person == member.id]
        found += [
            {"person": one.person, "uses": list(one.uses), "given": str(one.given), "until": str(one.until)}
            | {"by": one.by}
            for one in own
        ] or [empty_consent(member.id)]
    return found


def clip_rows(family: Family, files: Sequence[str]) -> list[Row]:
    """Return the recordings of a family as rows of a form: those it lists, and the others of which there are files."""
    listed = family.clips or ()
    joined = {file for clip in listed for file in clip.files}
    new = tuple(ClipEntry(file=file) for file in files if file not in joined)
    counted = set(files) if family.clips is None else {clip.file for clip in listed}
    return [
        {
            "file": clip.file,
            "join": list(clip.join),
            "counts": ["yes"] if clip.file in counted else [],
            "recorded": clip.recorded or "",
            "situation": clip.situation,
            "kind": clip.kind,
            "sound": "" if clip.sound is None else str(clip.sound),
            "discusses": list(clip.discusses),
            "uses": list(clip.uses or ()),
        }
        for clip in (*listed, *new)
    ]


def empty_consent(person: str) -> Row:
    """Return a row of a form in which nothing is consented to yet."""
    return {"person": person, "uses": [], "given": "", "until": "", "by": ""}


def family_made(sent: Sent, pseudonym: str, rows: Sequence[Row]) -> Family:
    """Return the family that a form makes, without consent yet.

    Raises
    ------
    WrongForm
        It makes none.
    """
    start: dict[str, Any] = {"family": pseudonym, "consent": (), "clips": None}
    return _checked(start | _plain(sent) | _members(rows), {"members": _numbers(rows)})


def with_members(sent: Sent, rows: Sequence[Row], before: Family) -> Family:
    """Return a family with the members, method and language of a form; who is gone takes their consent along.

    Raises
    ------
    WrongForm
        It makes no family.
    """
    left = {row["id"] for row in rows}
    consent = [one for one in before.consent if one.person in left]
    content = before.model_dump() | _plain(sent, before) | _members(rows) | {"consent": consent}
    return _checked(content, {"members": _numbers(rows)})


def with_consent(rows: Sequence[Row], before: Family) -> Family:
    """Return a family with what a form says of consent; a row in which nothing is ticked is no consent.

    Raises
    ------
    WrongForm
        It makes no family.
    """
    numbers = [number for number, row in enumerate(rows) if row["uses"]]
    consent = []
    for number in numbers:
        row = rows[number]
        given = [use for use in USES if use in row["uses"]] + [use for use in row["uses"] if use not in USES]
        consent.append({field: row[field] for field in CONSENT} | {"uses": given})
    return _checked(before.model_dump() | {"consent": consent}, {"consent": numbers})


def with_clips(rows: Sequence[Row], before: Family) -> Family:
    """Return a family with what a form says of its recordings; where that is nothing, all that lie there count.

    Raises
    ------
    WrongForm
        It makes no family.
    """
    joins = {clip.file: clip.join for clip in before.clips or ()}
    numbers = [number for number, row in enumerate(rows) if row["counts"]]
    clips = [
        {
            "file": row["file"],
            "join": joins.get(row["file"], ()),
            "recorded": row["recorded"] or None,
            "situation": row["situation"],
            "kind": row["kind"] or "recording",
            "sound": row["sound"] or None,
            "discusses": row["discusses"],
            "uses": row["uses"] or None,
        }
        for row in (rows[number] for number in numbers)
    ]
    after = _checked(before.model_dump() | {"clips": clips}, {"clips": numbers})
    plain = len(numbers) == len(rows) and all(clip == ClipEntry(file=clip.file) for clip in after.clips or ())
    return after.model_copy(update={"clips": None}) if before.clips is None and plain else after


def _plain(sent: Sent, before: Family | None = None) -> dict[str, Any]:
    method, _, level = str(sent.get("method", "")).partition("/")
    same = before is not None and (before.method, before.level) == (method, level or None)
    # A version belongs to its method.
    version = {} if same else {"version": None}
    return {"method": method, "level": level or None, "language": sent.get("language", ""), **version}


def _members(rows: Sequence[Row]) -> dict[str, Any]:
    kept = [rows[number] for number in _numbers(rows)]
    return {"members": [{field: row[field] or None for field in MEMBER} for row in kept]}


def _numbers(rows: Sequence[Row]) -> list[int]:
    return [number for number, row in enumerate(rows) if any(row[field] for field in MEMBER)]


def _checked(content: Mapping[str, Any], numbers: Mapping[str, Sequence[int]]) -> Family:
    """Return a family of what is said of it.

    Parameters
    ----------
    numbers : Mapping of str to Sequence of int
        Of a list, which row of the form each of its items was.

    Raises
    ------
    WrongForm
        It is wrong.
    """
    try:
        family = Family.model_validate(content)
    except ValidationError as error:
        found = errors_of(error)
        raise WrongForm([Fault(_field(one["loc"], numbers), _reason(one)) for one in found]) from error
    if faults := [Fault(_field(place, numbers), reason) for place, reason in family.faults()]:
        raise WrongForm(faults)
    return family


def _reason(found: Any) -> Text:
    return FILL_IN if found["input"] in (None, "", ()) or found["input"] == [] else reason_of(found)


def _field(place: Place, numbers: Mapping[str, Sequence[int]]) -> str:
    parts = [*place]
    if len(parts) > 1 and isinstance(parts[1], int) and str(parts[0]) in numbers:
        parts[1] = numbers[str(parts[0])][parts[1]]
    names = ["given" if part == "from" else str(part) for part in parts[:3]]
    return "-".join(names)


def faults_by_field(faults: Iterable[Fault]) -> dict[str, Text]:
    """Return the first that is wrong with each field."""
    found: dict[str, Text] = {}
    for fault in faults:
        found.setdefault(fault.field, fault.reason)
    return found
