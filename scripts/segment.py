"""`vib segment`: media files, or the clips of a project -> turns."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table
from typer.core import TyperGroup

from scripts.console import AsJson, DataFolder, complain, exit_code, out, progress, say
from vib.chosen import load_plugins
from vib.invocation import VIB
from vib.job import Job, State
from vib.library import LIBRARY, Library, only_one, opened
from vib.problem import InputProblem
from vib.segmenting import Seen, Segmentation, Segmenter, at_version, version_for
from vib.settings import Settings, read_settings
from vib.terminal import print_json

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio


class FilesOrCommand(TyperGroup):
    """`vib segment train` is a command; any other first word is a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the words for files and options, unless the first is a command."""
        command = bool(args) and args[0] in self.commands
        # After files there may be options.
        ctx.allow_interspersed_args = not command
        super().parse_args(ctx, [] if command else args)
        if command:
            ctx._protected_args, ctx.args = args[:1], args[1:]
        return list(ctx.args)


def segment_app() -> typer.Typer:
    """Return `vib segment`, to which plugins may add commands."""
    app = typer.Typer(rich_markup_mode=None)
    app.callback(
        cls=FilesOrCommand, invoke_without_command=True, subcommand_metavar=say("| OPDRACHT ...", "| COMMAND ...")
    )(segment)
    return app


def segment(
    ctx: typer.Context,
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
    family: Annotated[
        str | None,
        typer.Option(
            help=say(
                "Met bestanden: knip zoals het voor dit gezin geleerd is, zoals F-0001.",
                "With files: cut as was learnt for this family, such as F-0001.",
            )
        ),
    ] = None,
    wait: Annotated[
        bool,
        typer.Option(
            help=say(
                "Wacht tot de beurten er zijn; anders gaat het werk door zonder ons.",
                "Wait until the turns are there; else the work goes on without us.",
            )
        ),
    ] = True,
    retry: Annotated[
        bool,
        typer.Option("--retry", help=say("Probeer opnieuw wat niet lukte.", "Try again what could not be done.")),
    ] = False,
    status: Annotated[
        bool,
        typer.Option("--status", help=say("Toon alleen hoe ver het is.", "Only show how far it is.")),
    ] = False,
    data: DataFolder = None,
    as_json: AsJson = False,
) -> None:
    if ctx.invoked_subcommand is not None:
        return
    if status:
        if files or family or retry or not wait:
            raise InputProblem("--status", nl="kan alleen samen met --project", en="goes with --project only")
        _status(project, read_settings(data), as_json)
        return
    if (project is None) == (not files):
        raise InputProblem("", nl="geef bestanden, of --project N", en="give files, or --project N")
    if files and (retry or not wait):
        raise InputProblem(
            "", nl="--retry en --no-wait gaan over een project", en="--retry and --no-wait need --project"
        )
    if family and not files:
        raise InputProblem(
            "--family",
            nl="gaat over bestanden; een project heeft zijn eigen gezin",
            en="needs files; a project has a family of its own",
        )
    settings = read_settings(data)
    if project is None:
        problems = _files(files or [], settings, as_json, family)
    else:
        problems = _project(project, settings, as_json, wait=wait, retry=retry)
    for problem in problems:
        complain(problem)
    if problems:
        raise typer.Exit(exit_code(problems))


segment.__doc__ = say(
    """Knip opnamen in beurten: wie handelt, van wanneer tot wanneer.

    Met bestanden: toont de beurten, zonder server. Met --project: geeft de clips van
    een project die nog geen beurten hebben hun beurten, als voorstel bij het coderen.
    Ctrl-C stopt het wachten, niet het werk; opnieuw uitvoeren is altijd veilig.
    Met --status: hoe ver de ML-backend is; het resultaat is 1 als er iets niet lukte.

    De beurten zijn een hulp en geen oordeel: kijk ze na. Bij een lage zekerheid staat
    er onbekend. Met --json: één regel per bestand, per project of per overzicht.
    """,
    """Cut recordings into turns: who acts, from when to when.

    With files: shows the turns, without a server. With --project: gives the clips of a
    project that have no turns yet their turns, as a proposal when coding. Ctrl-C stops
    the waiting, not the work; running it again is always safe. With --status: how far
    the ML backend is; exit code 1 when something could not be done.

    The turns are a help and no verdict: check them. Where it is not sure it says
    onbekend (unknown). With --json: one line a file, a project or an overview.
    """,
)


def segment_pending(
    client: LabelStudio, library: Library, settings: Settings, projects: Sequence[int], display: Progress
) -> list[InputProblem]:
    """Have the clips of these projects that have no turns cut into turns, and return what went wrong."""
    from scripts.backend import Backend
    from scripts.segmenting import ask_for_turns, wait_for_turns

    problems: list[InputProblem] = []
    pending = [number for number in projects if library.without_turns(number)]
    if not pending:
        return problems
    backend = Backend(settings)
    for asked in [ask_for_turns(client, library, backend, number) for number in pending]:
        bar = display.add_task(say("beurten", "turns"), total=None, visible=bool(asked.clips))

        def watch(clip: str, done: float, total: int, bar: Any = bar) -> None:
            label = say(f"beurten van {clip}", f"turns of {clip}") if clip else say("beurten", "turns")
            display.update(bar, description=label, completed=done, total=total)

        problems += wait_for_turns(client, library, backend, asked, watch).problems
        display.remove_task(bar)
    return problems


def chosen_segmenter(settings: Settings) -> Segmenter:
    """Return the segmenter that the settings name, made anew.

    Raises
    ------
    InputProblem
        No plugin offers it.
    """
    from backend_ml.choosing import choose_segmenter

    return choose_segmenter(load_plugins(settings), settings.segmenter)


def _files(files: Sequence[Path], settings: Settings, as_json: bool, family: str | None) -> list[InputProblem]:
    # A segmenter is made without arguments and reads the environment. Files that are shown, and not put
    # into an installation, leave nothing of their voices behind.
    os.environ.update({"VIB_DATA": str(settings.data), "VIB_ML_KEEP_EVIDENCE": "false"})
    made = chosen_segmenter(settings)
    segmenter = at_version(made, version_for(made, family))
    problems: list[InputProblem] = []
    with progress() as display:
        bar = display.add_task("", total=len(files))
        for number, file in enumerate(files):
            display.update(bar, description=file.name)

            def watch(part: float, done: int = number) -> None:
                display.update(bar, completed=done + part)

            try:
                found = segmenter.segment(file, watch)
            except InputProblem as problem:
                problems.append(problem)
            else:
                print_json(found.content()) if as_json else _show(found)
            watch(1.0)
    return problems


def _project(project: int, settings: Settings, as_json: bool, *, wait: bool, retry: bool) -> list[InputProblem]:
    from scripts.backend import Backend
    from scripts.segmenting import Segmented, ask_for_turns, wait_for_turns
    from scripts.server import connect

    with only_one(settings.data), progress() as display, opened(settings.data / LIBRARY) as library:
        if project not in library.projects().values():
            raise InputProblem(
                f"project {project}",
                nl="is niet door vib sync gemaakt",
                en="was not made by vib sync",
            )
        client, backend = connect(settings), Backend(settings)
        asked = ask_for_turns(client, library, backend, project, older=True)
        if retry:
            backend.retry(project)
        if wait:
            bar = display.add_task("", total=None)
            done = wait_for_turns(
                client,
                library,
                backend,
                asked,
                lambda clip, done, total: display.update(bar, description=clip, completed=done, total=total),
            )
        else:
            done = Segmented()
    if as_json:
        print_json({"project": project, "turns": done.turns, "asked": len(asked.clips)})
    elif not asked.clips:
        out.print(say("alle clips hadden al beurten", "all clips had turns already"))
    elif not wait:
        out.print(
            say(
                f"{len(asked.clips)} clips in de wachtrij; {VIB} segment --status toont hoe ver het is",
                f"{len(asked.clips)} clips in the queue; {VIB} segment --status shows how far it is",
            )
        )
    for clip, count in () if as_json else done.turns.items():
        out.print(say(f"{clip}: {count} beurten", f"{clip}: {count} turns"))
    return done.problems


def _status(project: int | None, settings: Settings, as_json: bool) -> None:
    """Show how far the backend is; exit code 1 when something failed."""
    from scripts.backend import Backend

    jobs = Backend(settings).jobs(project)
    counts = {state: sum(job.state == state for job in jobs) for state in STATES}
    if as_json:
        print_json({"jobs": [job.model_dump(mode="json") for job in jobs], "counts": counts})
    else:
        shown = jobs if project is not None else [job for job in jobs if job.state != "done"]
        if shown:
            out.print(_jobs_table(shown))
        said = [f"{count} {say(*STATES[state])}" for state, count in counts.items() if count]
        out.print(", ".join(said) or say("er is nergens om gevraagd", "nothing was asked for"))
    if any(job.gave_up for job in jobs):
        raise typer.Exit(1)


MOMENTS = 8
"""Of a film with many cuts, how many are named; JSON has all."""

STATES: Mapping[State, tuple[str, str]] = {
    "working": ("wordt geknipt", "being cut"),
    "queued": ("in de wachtrij", "waiting"),
    "done": ("klaar", "ready"),
    "failed": ("niet gelukt", "not possible"),
    "dead": ("opgegeven", "given up"),
}
"""The states of a clip, in Dutch and English."""


def _jobs_table(jobs: Sequence[Job]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(say("project", "project"), justify="right")
    table.add_column(say("clip", "clip"))
    table.add_column(say("hoe ver", "how far"))
    table.add_column(say("poging", "attempt"), justify="right")
    table.add_column(say("waarom", "why"), overflow="fold")
    for job in jobs:
        state = say(*STATES[job.state])
        if job.state == "working":
            state = f"{state}, {job.progress:.0%}"
        elif job.state == "queued" and job.position:
            state = f"{state}, {job.position}"
        why = "" if job.reason is None else say(job.reason.nl, job.reason.en)
        table.add_row(str(job.project or ""), job.clip, state, str(job.attempts or ""), why)
    return table


def _show(found: Segmentation) -> None:
    out.print(_table(found))
    if found.seen is not None:
        out.print(_about_picture(found.seen))


def _about_picture(seen: Seen) -> str:
    share = f"{seen.face:.0%}"
    said = say(f"een gezicht van voren in {share} van de tijd", f"a face from the front for {share} of the time")
    still = [f"{_clock(start)}-{_clock(end)}" for start, end in seen.still]
    if still:
        said += say("; staat stil ", "; stands still ") + _first(still)
    if seen.cuts:
        said += say("; een ander shot vanaf ", "; another shot from ") + _first([_clock(cut) for cut in seen.cuts])
    return say("beeld: ", "picture: ") + said


def _first(moments: Sequence[str]) -> str:
    shown, more = ", ".join(moments[:MOMENTS]), len(moments) - MOMENTS
    return shown if more <= 0 else shown + say(f" en nog {more} keer", f" and {more} more times")


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"


def _table(found: Segmentation) -> Table:
    table = Table(title=f"{found.clip} ({found.duration:.1f} s)", title_justify="left", box=None, pad_edge=False)
    for name in (say("begin", "start"), say("einde", "end"), say("zekerheid", "confidence")):
        table.add_column(name, justify="right")
    table.add_column(say("wie", "who"))
    for turn in found.turns:
        table.add_row(f"{turn.start:.2f}", f"{turn.end:.2f}", f"{turn.confidence:.0%}", turn.actor)
    return table
