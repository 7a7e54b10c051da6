"""`vib codebook upgrade`: a codebook of the first format as one of the second."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.codebook.chosen import Method, path_of
from scripts.console import AsJson, Failure, out, say
from vib.atomic import replacing, write_text
from vib.codebook import read_codebook
from vib.codebook.upgrading import SECOND, as_second_format
from vib.problem import InputProblem
from vib.terminal import print_json
from vib.yaml_file import read_plain_yaml


def upgrade(
    method: Method,
    output: Annotated[
        Path | None,
        typer.Option(help=say("Schrijf hierheen, en laat het bestand zelf.", "Write here, and leave the file itself.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    path = path_of(method)
    before = read_codebook(path)
    content = read_plain_yaml(path)
    if isinstance(content, dict) and content["format"] == SECOND:
        raise InputProblem(str(path), nl=f"is al {SECOND}", en=f"is {SECOND} already")
    written, kept = output or path, None
    if output is None:
        kept = path.with_name(f"{path.stem}.v1{path.suffix}")
    for taken in (output, kept):
        if taken is not None and taken.exists():
            raise InputProblem(
                str(taken), nl="bestaat al; er is niets geschreven", en="exists already; nothing written"
            )
    text = path.read_bytes().decode("utf-8")
    if kept is not None:
        write_text(kept, text)
    with replacing(written, suffix=".yaml") as temporary:
        temporary.chmod(0o644)
        temporary.write_bytes(as_second_format(text).encode("utf-8"))
        if read_codebook(temporary) != before:
            raise Failure(say(f"{path}: het zou een ander codeboek worden", f"{path}: it would be another codebook"))
    if as_json:
        print_json({"written": str(written), "kept": None if kept is None else str(kept)})
        return
    out.print(str(written), highlight=False, markup=False)
    if kept is not None:
        out.print(say(f"zoals het was: {kept}", f"as it was: {kept}"), highlight=False, markup=False)


upgrade.__doc__ = say(
    """Maak van een codeboek van vib-codebook/1 een van vib-codebook/2.

    Wat erin staat blijft, met opmerkingen en indeling. Zonder --output blijft het oude bestand ernaast staan, als
    codebook.v1.yaml.
    """,
    """Make a codebook of vib-codebook/1 one of vib-codebook/2.

    What is in it stays, comments and layout too. Without --output the old file stays beside it, as
    codebook.v1.yaml.
    """,
)
