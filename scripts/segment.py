"""`vib segment`: media files, or the clips of a project -> turns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from scripts.console import AsJson, DataFolder, complain, out, print_json, progress, say
from scripts.library import Library, only_one
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.segmenting import Segmentation, Segmenter
from vib.settings import Settings, read_settings

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio


def segment(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help=say("Video- of geluidsbestanden.", "Video or sound files.")),
    ] = None,
    project: Annotated[
        int | None,
        typer.Option(
            help=say(
                "Knip de clips van dit project, via de ML-backend.",
                "Cut the clips of this project, through the ML backend.",
            )
        ),
    ] = None,
    data: DataFolder = None,
    as_json: AsJson = False,
) -> None:
    if (project is None) == (not files):
        raise InputProblem("", nl="geef bestanden, of --project N", en="give files, or --project N")
    settings = read_settings(data)
    problems = _project(project, settings, as_json) if project is not None else _files(files or [], settings, as_json)
    for problem in problems:
        complain(problem)
    if problems:
        raise typer.Exit(2)


segment.__doc__ = say(
    """Knip opnamen in beurten: wie handelt, van wanneer tot wanneer.

    Met bestanden: toont de beurten, zonder server. Met --project: geeft de clips van
    een project die nog geen beurten hebben hun beurten, als voorstel bij het coderen.

    De beurten zijn een hulp en geen oordeel: kijk ze na. Bij een lage zekerheid staat
    er onbekend. Met --json: één regel per bestand.
    """,
    """Cut recordings into turns: who acts, from when to when.

    With files: shows the turns, without a server. With --project: gives the clips of a
    project that have no turns yet their turns, as a proposal when coding.

    The turns are a help and no verdict: check them. Where it is not sure it says
    onbekend (unknown). With --json: one line a file.
    """,
)


def segment_pending(
    client: LabelStudio, library: Library, settings: Settings, projects: Sequence[int], display: Progress
) -> list[InputProblem]:
    """Have the clips of these projects that have no turns cut into turns, and return what went wrong."""
    from scripts.backend import segment_project

    problems: list[InputProblem] = []
    for number in projects:
        bar = display.add_task(say("beurten", "turns"), total=None, visible=False)

        def watch(clip: str, done: int, total: int, bar: object = bar) -> None:
            label = say(f"beurten van {clip}", f"turns of {clip}")
            display.update(bar, description=label, completed=done, total=total, visible=bool(clip))  # type: ignore[arg-type]

        problems += segment_project(client, library, number, settings, watch).problems
        display.remove_task(bar)
    return problems


def chosen_segmenter(settings: Settings) -> Segmenter:
    """Return the segmenter that the settings name, made anew.

    Raises
    ------
    InputProblem
        No plugin offers it.
    """
    from backend_ml.predicting import choose_segmenter

    try:
        return choose_segmenter(PluginHost(), settings.segmenter)
    except ValueError as error:
        raise InputProblem("VIB_SEGMENTER", nl=str(error), en=str(error)) from error


def _files(files: Sequence[Path], settings: Settings, as_json: bool) -> list[InputProblem]:
    segmenter = chosen_segmenter(settings)
    problems: list[InputProblem] = []
    with progress() as display:
        bar = display.add_task("", total=len(files))
        for file in files:
            display.update(bar, description=file.name)
            try:
                found = segmenter.segment(file)
            except InputProblem as problem:
                problems.append(problem)
            else:
                print_json(found.content()) if as_json else out.print(_table(found))
            display.advance(bar)
    return problems


def _project(project: int, settings: Settings, as_json: bool) -> list[InputProblem]:
    from scripts.backend import segment_project
    from scripts.server import connect

    with only_one(settings.data), progress() as display:
        library = Library(settings.data / "library.sqlite3")
        if project not in library.projects().values():
            raise InputProblem(
                f"project {project}",
                nl="is niet door vib sync gemaakt",
                en="was not made by vib sync",
            )
        bar = display.add_task("", total=None)
        done = segment_project(
            connect(settings),
            library,
            project,
            settings,
            lambda clip, done, total: display.update(bar, description=clip, completed=done, total=total),
        )
    if as_json:
        print_json({"project": project, "turns": done.turns})
    else:
        for clip, count in done.turns.items():
            out.print(say(f"{clip}: {count} beurten", f"{clip}: {count} turns"))
        if not done.turns and not done.problems:
            out.print(say("alle clips hadden al beurten", "all clips had turns already"))
    return done.problems


def _table(found: Segmentation) -> Table:
    table = Table(title=f"{found.clip} ({found.duration:.1f} s)", title_justify="left", box=None, pad_edge=False)
    for name in (say("begin", "start"), say("einde", "end"), say("zekerheid", "confidence")):
        table.add_column(name, justify="right")
    table.add_column(say("wie", "who"))
    for turn in found.turns:
        table.add_row(f"{turn.start:.2f}", f"{turn.end:.2f}", f"{turn.confidence:.0%}", turn.actor)
    return table
