"""`vib codebook new`: a method to begin with, which works."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from scripts.codebook.rendering import rendered
from scripts.console import AsJson, out, say
from vib.atomic import write_text
from vib.codebook import FOLDER, read_codebook
from vib.codebook.reading import MODULES, read_module
from vib.invocation import VIB
from vib.problem import InputProblem
from vib.terminal import print_json

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 40

CODEBOOK = """\
format: vib-codebook/2
method: {name}
version: 0.1.0
title: {{nl: {name}, en: {name}}}
about:
  nl: Waar kijkt deze methode naar, en waarvoor is ze niet bedoeld?
  en: What does this method look at, and what is it not for?
owner: {owner}
includes:
  - {{module: turn, version: {turn}}}

tiers:
  - use: turn
  - id: {name}-answer
    label: {{nl: antwoord, en: answer}}
    question: {{nl: 'Hoe antwoordt de volwassene?', en: 'How does the adult answer?'}}
    describes: {{tier: turn, codes: [kind]}}
    codes:
      - id: {name}-looks-back
        label: {{nl: kijkt terug, en: looks back}}
        actor: volwassene
        kind: event
        polarity: ja
        exclusive_group: {name}-answer
        hotkey: a
        definition:
          nl: De volwassene kijkt naar het kind terwijl het iets laat zien of zegt.
          en: The adult looks at the child while it shows or says something.
        example: {{nl: kijkt op van het bord, en: looks up from the plate}}
        source: [own design]
        certainty: low
        confirm_by: {owner}
      - id: {name}-unclear
        label: {{nl: niet te zien, en: not to be seen}}
        actor: volwassene
        kind: tag
        exclusive_group: {name}-answer
        hotkey: x
        definition:
          nl: Het antwoord van de volwassene is niet in beeld of te horen.
          en: The answer of the adult is not in the picture and cannot be heard.
        example: {{nl: de volwassene staat buiten beeld, en: the adult stands outside the picture}}
        source: [own design]
        certainty: low
        confirm_by: {owner}
"""


def new(
    name: Annotated[str, typer.Argument(help=say("Naam van de methode.", "Name of the method."), show_default=False)],
    owner: Annotated[str, typer.Option(help=say("Van wie de methode is.", "Whose method it is."))] = "own design",
    folder: Annotated[
        Path | None,
        typer.Option(
            help=say("De map met methoden; anders label_configs.", "The folder of methods; else label_configs.")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    place = (folder or FOLDER) / name
    if not NAME.fullmatch(name) or len(name) > LONGEST or name == MODULES:
        raise InputProblem(
            name,
            nl=f"een naam heeft kleine letters, cijfers en losse -, begint met een letter, en is hoogstens {LONGEST}"
            " tekens lang",
            en=f"a name has small letters, digits and single -, begins with a letter, and is at most {LONGEST}"
            " characters long",
        )
    if place.exists():
        raise InputProblem(
            str(place), nl="bestaat al; er is niets geschreven", en="exists already; nothing was written"
        )
    turn = read_module(FOLDER / MODULES / "turn.yaml")
    path = place / "codebook.yaml"
    write_text(path, CODEBOOK.format(name=name, owner=json.dumps(owner), turn=turn.version))
    made = rendered(read_codebook(path), place)
    for file, text in made.items():
        write_text(file, text)
    if as_json:
        print_json([str(file) for file in (path, *made)])
        return
    for file in (path, *made):
        out.print(str(file), highlight=False, markup=False)
    named = name if folder is None else path
    out.print(
        say(
            f"Schrijf {path}; controleer het met {VIB} codebook check {named}, en maak de rest opnieuw met {VIB}"
            f" codebook render {named}.",
            f"Write {path}; check it with {VIB} codebook check {named}, and make the rest anew with {VIB} codebook"
            f" render {named}.",
        ),
        highlight=False,
        markup=False,
    )


new.__doc__ = say(
    """Maak een methode om mee te beginnen: een map met een codebook.yaml die klopt.

    Wie aan de beurt is, komt uit de module turn. Er wordt niets overschreven.
    """,
    """Make a method to begin with: a folder with a codebook.yaml that is right.

    Whose turn it is comes from the module turn. Nothing is overwritten.
    """,
)
