"""`vib family edit`: change ``family.yaml`` in an editor or from a file, and never leave one that is wrong."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from scripts.auditing import record
from scripts.console import LANGUAGE, DataFolder, complain, out, say
from scripts.family.chosen import Folder
from vib.family import FILE, FORMAT, Family, differences, family_from, read_family
from vib.family.writing import write_family_text
from vib.problem import InputProblem
from vib.settings import read_settings
from vib.yaml_file import read_text

EDITORS = ("sensible-editor", "nano", "vi")
"""What is looked for where the environment names no editor."""

STANDARD_INPUT = "-"


def edit(
    folder: Folder,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            help=say(
                "Neem de tekst uit dit bestand (- is standaardinvoer) in plaats van een editor te openen.",
                "Take the text of this file (- is standard input) in place of opening an editor.",
            ),
            metavar="FILE",
        ),
    ] = None,
    data: DataFolder = None,
) -> None:
    settings = read_settings(data)
    path = folder / FILE
    if not folder.is_dir():
        raise InputProblem(str(folder), nl="deze map bestaat niet", en="there is no such folder")
    text = read_text(path) if path.exists() else _new(folder)
    changed = _edited(text, path) if source is None else _given(source)
    after = family_from(changed, place=str(path) if source is None else source)
    if path.exists() and changed == text:
        out.print(say("niets veranderd", "nothing changed"))
        return
    record(settings, "family edit", after.family, differences(_before(folder), after))
    write_family_text(folder, changed)
    out.print(str(path), highlight=False, markup=False)


edit.__doc__ = say(
    f"""Verander family.yaml van een gezin in je editor (VISUAL of EDITOR), of maak het.

    Wat je bewaart wordt eerst gecontroleerd: klopt het niet, dan staat er wat, en kun je verder. Zoals het was
    blijft het ernaast staan, als family.yaml.bak. Zet in {FORMAT} de toestemming van elk lid op een eigen regel.
    """,
    f"""Change the family.yaml of a family in your editor (VISUAL or EDITOR), or make it.

    What you save is checked first: if it is wrong, it says what, and you can go on. As it was it stays beside it,
    as family.yaml.bak. In {FORMAT} the consent of each member is on a line of its own.
    """,
)


def _before(folder: Path) -> Family | None:
    """Return what the family was; None where the file is new or was wrong."""
    try:
        return read_family(folder)
    except InputProblem:
        return None


def _given(source: str) -> str:
    if source != STANDARD_INPUT:
        return read_text(Path(source))
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise InputProblem(source, nl="geen UTF-8-tekst", en="not UTF-8 text") from error


def _edited(text: str, path: Path) -> str:
    """Return what somebody makes of a text in their editor: one that can be read, or as it was."""
    editor = _editor()
    with tempfile.TemporaryDirectory(prefix="vib-family-") as folder:
        copy = Path(folder) / FILE
        copy.write_text(text, encoding="utf-8")
        while True:
            if subprocess.run([*editor, str(copy)], check=False).returncode:
                raise InputProblem(
                    shlex.join(editor),
                    nl="de editor gaf een fout; er is niets veranderd",
                    en="the editor failed; nothing was changed",
                )
            changed = read_text(copy)
            try:
                family_from(changed, place=str(path))
            except InputProblem as problem:
                if not sys.stdin.isatty():
                    raise
                complain(problem)
                if not typer.confirm(say("Verder wijzigen?", "Go on editing?"), default=True, err=True):
                    raise
                continue
            return changed


def _editor() -> list[str]:
    """Return the command of the editor.

    Raises
    ------
    InputProblem
        There is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if asked := os.environ.get(name):
            return shlex.split(asked)
    found = next((path for name in EDITORS if (path := shutil.which(name))), None)
    if found is None:
        raise InputProblem(
            "EDITOR",
            nl="er is geen editor gevonden; noem er een in EDITOR, of geef de tekst met --from",
            en="no editor was found; name one in EDITOR, or give the text with --from",
        )
    return [found]


def _new(folder: Path) -> str:
    """Return a text to begin with, which is wrong until it is filled in."""
    hint = say("vul aan", "fill in")
    return (
        f"format: {FORMAT}\nfamily: {folder.resolve().name}\nmethod: vib-pleegzorg\nlanguage: {LANGUAGE}\n"
        f"members:\n  # - {{id: kind, role: kind, born: 2022-05}}  # {hint}\n"
        "consent:\n  # - {person: kind, uses: [begeleiding], from: 2026-02-20, until: 2027-02-20, by: voogd}\n"
    )
