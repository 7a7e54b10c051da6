"""`vib export`: the codes of a project -> a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scripts.consenting import consents_of, not_agreed_to
from scripts.console import LANGUAGE, AsJson, DataFolder, complain, notices, say
from vib.atomic import write_text
from vib.chosen import load_plugins
from vib.clip_time import ClipTime, read_clip_times
from vib.derived.calculating import with_calculated_tiers
from vib.exporting import Export, ExportFormat
from vib.failures import described
from vib.for_whom import codes_without, sensitive_in
from vib.invocation import VIB
from vib.observation import RaterSet
from vib.pluginhost import by_name
from vib.problem import InputProblem
from vib.settings import read_settings


def export(
    project: Annotated[int, typer.Option(help=say("Nummer van het project.", "Number of the project."))],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help=say("observations, csv, figures of labelstudio.", "observations, csv, figures or labelstudio."),
        ),
    ] = "observations",
    output: Annotated[
        Path | None,
        typer.Option(help=say("Bestand; anders naar het scherm.", "File; else to the screen.")),
    ] = None,
    calculated: Annotated[
        bool,
        typer.Option(
            "--calculated",
            help=say(
                "Ook wat het codeboek berekent, gemerkt als berekend.",
                "Also what the codebook calculates, marked as such.",
            ),
        ),
    ] = False,
    sensitive: Annotated[
        bool,
        typer.Option(
            "--sensitive",
            help=say(
                "Ook codes die alleen voor het team zijn.",
                "Also codes that are for the team only.",
            ),
        ),
    ] = False,
    original_clock: Annotated[
        bool,
        typer.Option(
            "--original-clock",
            help=say(
                "Met csv: ook in welke opname het was, en wanneer op de klok daarvan.",
                "With csv: also in which recording it was, and when by its clock.",
            ),
        ),
    ] = False,
    data: DataFolder = None,
    as_json: AsJson = False,
) -> None:
    from scripts.server import connect, project_codebook, rater_names, read_submitted, tasks_of

    if as_json and form != "observations":
        raise _not_together("--json", form)
    settings = read_settings(data)
    formats = by_name(load_plugins(settings).hook.vib_export_formats())
    if form not in formats:
        known = ", ".join(sorted(formats)) or "-"
        raise InputProblem(
            form,
            nl=f"dit formaat is er niet; wel: {known}",
            en=f"there is no such format; these are: {known}",
        )
    if output is not None and not output.parent.is_dir():
        raise InputProblem(str(output.parent), nl="deze map bestaat niet", en="there is no such folder")
    if calculated and form == "labelstudio":
        raise _not_together("--calculated", form)
    if original_clock and form != "csv":
        raise _not_together("--original-clock", form)
    client = connect(settings)
    tasks = tasks_of(client, project)
    clips, book = read_submitted(tasks, rater_names(client)), project_codebook(client, project)
    team_only = frozenset() if sensitive else sensitive_in(book)
    if team_only and form == "labelstudio":
        raise InputProblem(
            form,
            nl=f"bewaart alles zoals het is, ook wat bij {book.method} alleen voor het team is; zeg dat dat mag met"
            " --sensitive",
            en=f"keeps all as it is, also what in {book.method} is for the team only; say that this is meant with"
            " --sensitive",
        )
    if team_only:
        clips = [codes_without(clip, team_only) for clip in clips]
        notices.print(
            say(
                "Zonder de codes die alleen voor het team zijn; die komen mee met --sensitive.",
                "Without the codes that are for the team only; --sensitive takes them along.",
            )
        )
    for said in not_agreed_to([clip.clip for clip in clips], consents_of(settings), date.today()):
        notices.print(said.to(LANGUAGE), highlight=False, markup=False)
    times = _times(settings.media_root, clips) if original_clock else {}
    content = Export(with_calculated_tiers(clips, book.made) if calculated else clips, book, tasks, times)
    text = written(formats[form], content)
    if output is None:
        sys.stdout.write(text)
    else:
        write_text(output, text, mode=0o600)


def _times(media_root: Path, clips: Sequence[RaterSet]) -> dict[str, ClipTime]:
    """Return how the time of clips follows from that of their recordings, and say of how many that is not known."""
    times = read_clip_times(media_root, [clip.clip for clip in clips])
    if clips and not times:
        raise InputProblem(
            "--original-clock",
            nl=f"van geen clip is bewaard hoe de tijd uit die van de opname volgt; {VIB} sync doet dat bij clips die"
            " het maakt",
            en=f"of no clip it is kept how its time follows from that of the recording; {VIB} sync does so of clips"
            " that it makes",
        )
    if missing := len(clips) - len(times):
        notices.print(
            say(
                f"Van {missing} clips is de klok van de opname niet bekend; daar zijn die kolommen leeg.",
                f"Of {missing} clips the clock of the recording is not known; those columns are empty there.",
            )
        )
    return times


def _not_together(option: str, form: str) -> InputProblem:
    return InputProblem(option, nl=f"gaat niet samen met --format {form}", en=f"does not go with --format {form}")


def written(form: ExportFormat, content: Export) -> str:
    """Return what a format makes of a project; where its plugin fails, say so and end with exit code 1.

    Raises
    ------
    InputProblem
        The format cannot hold this.
    """
    try:
        return form.write(content)
    except InputProblem:
        raise
    except Exception as error:
        why = described(error)
        complain(InputProblem(form.name, nl=f"dit formaat gaf een fout: {why}", en=f"this format failed: {why}"))
        raise typer.Exit(1) from error


export.__doc__ = say(
    """Schrijf wat er in een project is gecodeerd.

    observations: alles per clip en codeur, om overeenstemming mee te berekenen.
    csv: één regel per waarneming, voor een rekenblad.
    figures: wat het codeboek uitrekent, hoeveel van hoeveel, voor een rekenblad.
    labelstudio: zoals Label Studio het zelf bewaart.

    In het bestand staan codes over kinderen: bewaar en deel het zoals de opnamen. Bij welke clips geen toestemming
    voor begeleiding of onderzoek (meer) is, staat erbij op het scherm.
    """,
    """Write what was coded in a project.

    observations: all of it by clip and rater, to calculate agreement with.
    csv: one row an observation, for a spreadsheet.
    figures: what the codebook calculates, how much of how much, for a spreadsheet.
    labelstudio: as Label Studio itself keeps it.

    The file holds codes about children: keep and share it as you do the recordings. With which clips there is no
    consent (any more) for guidance or research is said on the screen.
    """,
)
