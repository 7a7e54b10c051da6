"""`vib family upgrade`: families of the first format as families of the second."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from scripts.console import AsJson, complain, exit_code, out, say
from scripts.family.chosen import Folders, folders_of
from vib.family import BACKUP, FILE, FORMAT, upgraded
from vib.family.writing import write_family_text
from vib.problem import InputProblem
from vib.recordings import LeftOut
from vib.terminal import print_json
from vib.unreadable import cannot_be_written
from vib.yaml_file import read_text


def upgrade(families: Folders, as_json: AsJson = False) -> None:
    problems: list[InputProblem] = []
    done: list[dict[str, Any]] = []
    for folder in folders_of(families):
        try:
            if isinstance(folder, InputProblem):
                raise folder
            path = folder / FILE
            text = read_text(path)
            new = upgraded(text, place=str(path))
            if new != text:
                write_family_text(folder, new)
                done.append({"written": str(path), "kept": str(folder / BACKUP)})
        except InputProblem as problem:
            if not isinstance(problem, LeftOut):
                problems.append(problem)
        except OSError as error:
            problems.append(cannot_be_written(Path(str(error.filename or families)), error))
    if as_json:
        print_json({"upgraded": done, "problems": [problem.content() for problem in problems]})
    else:
        for one in done:
            was = say(f"zoals het was: {one['kept']}", f"as it was: {one['kept']}")
            out.print(f"{one['written']} ({was})", highlight=False, markup=False)
        if not done and not problems:
            out.print(say(f"alles is al {FORMAT}", f"all is {FORMAT} already"), highlight=False)
        for found in problems:
            complain(found)
    if problems:
        raise typer.Exit(exit_code(problems))


upgrade.__doc__ = say(
    """Maak van family.yaml van de eerste vorm een van vib-family/2, voor één gezin of alle in een map.

    Wat erin staat blijft, met opmerkingen en indeling; de toestemming van het gezin wordt die van elk lid. Zoals het
    was blijft het ernaast staan, als family.yaml.bak.
    """,
    """Make a family.yaml of the first format one of vib-family/2, for one family or all in a folder.

    What is in it stays, comments and layout too; the family's consent becomes that of each member. As it was it stays
    beside it, as family.yaml.bak.
    """,
)
