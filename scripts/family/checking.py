"""`vib family check`: whether what families say is right, and whose consent ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scripts.consenting import without_consent
from scripts.console import LANGUAGE, AsJson, complain, exit_code, out, say
from scripts.family.chosen import Folders, folders_of
from vib.consent import USE_NAMES, Use
from vib.consent_state import to_be_said
from vib.family import FILE, ClipEntry, Family, read_family
from vib.language import Text
from vib.methods import asked_at, read_method
from vib.problem import InputProblem
from vib.recordings import LeftOut
from vib.terminal import print_json


def check(
    families: Folders,
    day: Annotated[
        str | None,
        typer.Option(help=say("Alsof het deze dag is, zoals 2027-01-31.", "As if it were this day, as 2027-01-31.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    today = date.today() if day is None else _day(day)
    problems: list[InputProblem] = []
    said: list[tuple[str, Text]] = []
    checked = 0
    for folder in folders_of(families):
        try:
            if isinstance(folder, InputProblem):
                raise folder
            family = read_family(folder)
            _check_method(folder, family)
        except InputProblem as problem:
            if not isinstance(problem, LeftOut):
                problems.append(problem)
            continue
        checked += 1
        said += [(family.family, one) for one in _remarks(folder, family, today)]
    if as_json:
        print_json(
            {
                "checked": checked,
                "remarks": [{"family": name, "remark": one.model_dump()} for name, one in said],
                "problems": [problem.content() for problem in problems],
            }
        )
    else:
        for name, one in said:
            out.print(f"{name}: {one.to(LANGUAGE)}", highlight=False, markup=False)
        for found in problems:
            complain(found)
        out.print(say(f"{checked} in orde", f"{checked} in order"), highlight=False)
    if problems:
        raise typer.Exit(exit_code(problems))


check.__doc__ = say(
    """Controleer family.yaml van een gezin, of van alle gezinnen in een map.

    Wat niet klopt staat er met bestand, regel en reden; het resultaat is dan 2. Ook staat er welke toestemming
    binnen acht weken afloopt of al voorbij is, en wat er aan opnamen niet bij past.
    """,
    """Check the family.yaml of a family, or of all families in a folder.

    What is wrong is listed with file, line and reason; the exit code is 2 then. It also says which consent ends
    within eight weeks or is over already, and which recordings do not fit.
    """,
)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputProblem(text, nl="is geen dag zoals 2027-01-31", en="is not a day such as 2027-01-31") from None


def _check_method(folder: Path, family: Family) -> None:
    """See to it that the method is installed and has the level."""
    try:
        asked_at(read_method(family.method), family.level)
    except InputProblem as problem:
        raise problem.at(str(folder / FILE)) from problem


def _remarks(folder: Path, family: Family, today: date) -> Iterator[Text]:
    """Yield what is right as it is written, and is to be known."""
    if not family.uses_on(today):
        yield without_consent(folder, family, today).reason
    else:
        yield from (one.sentence for one in to_be_said(family.consented(), today))
    for clip in family.clips or ():
        yield from _of_clip(folder, family, clip)


def _of_clip(folder: Path, family: Family, clip: ClipEntry) -> Iterator[Text]:
    missing = [file for file in clip.files if not (folder / file).is_file()]
    if missing:
        names = ", ".join(missing)
        yield Text(nl=f"{names} staat niet in deze map", en=f"{names} is not in this folder")
    agreed = family.consented().periods
    beyond: list[Use] = [use for use in clip.uses or () if use not in agreed]
    if beyond:
        named = Text(
            nl=", ".join(USE_NAMES[use].nl for use in beyond), en=", ".join(USE_NAMES[use].en for use in beyond)
        )
        yield Text(
            nl="{0}: niet iedereen stemde toe in {1}; daarvoor wordt deze opname niet gebruikt",
            en="{0}: not everybody agreed to {1}; this recording is not used for it",
        ).filled(clip.file, named)
