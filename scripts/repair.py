"""`vib repair`: one project again for each family and practice set, where syncs beyond a hundred made more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.table import Table

from scripts.console import AsJson, DataFolder, notices, out, say, working
from scripts.database import ask_server, studio_environment
from vib.invocation import VIB
from vib.library import LIBRARY, only_one, opened
from vib.problem import InputProblem
from vib.project_key import ProjectKey
from vib.settings import Settings, read_settings
from vib.terminal import print_json

PROGRAM = "plugins.host.doubles"


def repair(
    apply: Annotated[
        bool,
        typer.Option(
            "--apply", help=say("Doe het ook; anders wordt het alleen gezegd.", "Do it; else it is only said.")
        ),
    ] = False,
    data: DataFolder = None,
    as_json: AsJson = False,
) -> None:
    settings = read_settings(data)
    if not settings.logins.exists():
        raise InputProblem(
            str(settings.data),
            nl="hier is nog geen server gestart; geef de map met --data, of begin met scripts/up",
            en="no server was started here yet; give the folder with --data, or begin with scripts/up",
        )
    with only_one(settings.data):
        with working(say("projecten bekijken", "looking at the projects")):
            text = say("de projecten bekijken lukt niet", "looking at the projects failed")
            found = ask_server(PROGRAM, text, studio_environment(settings), *(["--apply"] if apply else []))["doubles"]
        pointed = point(settings, found, apply)
    left = [copy for double in found for copy in double["copies"] if _stays(double, copy)]
    if as_json:
        print_json({"doubles": found, "pointed": pointed, "applied": apply})
    else:
        _show(found, pointed, apply, len(left))
    if left:
        raise typer.Exit(1)


repair.__doc__ = say(
    f"""Breng elk gezin en elke oefenset terug tot één project.

    Boven de honderd projecten maakte {VIB} sync vroeger van oudere een tweede. Zegt welke er
    meer dan eens zijn, wat er in elk gecodeerd is, en wat er zou gebeuren; met --apply gebeurt
    het. Een project waarin iemand iets deed wordt nooit verwijderd en codes worden nooit
    verplaatst. {VIB} sync gaat daarna verder met het oudste project waarin gecodeerd is.

    Klaar of niets te doen: 0. Blijven er meer over, omdat in elk gecodeerd is, dan 1.
    """,
    f"""Bring each family and practice set back to one project.

    Beyond a hundred projects {VIB} sync once made a second one of older ones. Says which there
    are more than once, what was coded in each, and what would be done; with --apply it is
    done. A project in which somebody did something is never deleted, and codes are never
    moved. {VIB} sync goes on with the oldest project in which there are codes.

    Exit code 0 when it is done or there is nothing to do. When more are left, because there
    is coding in each, it is 1.
    """,
)


def _stays(double: Mapping[str, Any], copy: Mapping[str, Any]) -> bool:
    """Tell whether a copy stays beside the one that is kept, because of what people made in it."""
    return bool(copy["number"] != double["kept"] and copy["holds"])


def point(settings: Settings, found: Sequence[Mapping[str, Any]], apply: bool) -> list[str]:
    """Have `vib sync` go on with the projects that are kept; return the keys for which that is another one."""
    pointed = []
    with opened(settings.data / LIBRARY) as library:
        for double in found:
            key = ProjectKey.parse(double["key"])
            if key is not None and library.project(key) != double["kept"]:
                pointed.append(double["key"])
                if apply:
                    library.put_project(key, double["kept"])
                    # It has tasks that the library does not know.
                    library.begin_import(key)
    return pointed


def _show(found: Sequence[Mapping[str, Any]], pointed: Sequence[str], apply: bool, left: int) -> None:
    if not found:
        out.print(
            say("van elk gezin en elke oefenset is er één project", "each family and practice set has one project")
        )
        return
    table = Table(box=None, pad_edge=False)
    for name in (say("voor", "for"), say("project", "project"), say("gemaakt", "made"), say("clips", "clips")):
        table.add_column(name)
    table.add_column(say("wat mensen erin maakten", "what people made in it"), overflow="fold")
    table.add_column(say("wat ermee gebeurt", "what is done with it"), overflow="fold")
    for double in found:
        for copy in double["copies"]:
            held = ", ".join(f"{count} {kind}" for kind, count in copy["holds"].items())
            cells = double["key"], str(copy["number"]), copy["made"], str(copy["tasks"]), held or "-"
            table.add_row(*cells, _done_with(double, copy, pointed, apply))
    out.print(table, highlight=False, markup=False)
    if left:
        notices.print(
            say(
                f"{left} blijven ernaast bestaan, want daarin is gewerkt: bekijk ze in Label Studio, bewaar de codes"
                f" met {VIB} export --project N, en verwijder daar wat niet meer nodig is.",
                f"{left} stay beside the others, as there is work in them: look at them in Label Studio, keep the codes"
                f" with {VIB} export --project N, and delete there what is no longer needed.",
            )
        )
    if not apply:
        notices.print(
            say(
                f"Er is niets veranderd; {VIB} repair --apply doet het.",
                f"Nothing was changed; {VIB} repair --apply does it.",
            )
        )


def _done_with(double: Mapping[str, Any], copy: Mapping[str, Any], pointed: Sequence[str], apply: bool) -> str:
    if copy["number"] == double["kept"]:
        if double["key"] in pointed:
            return say(f"blijft; {VIB} sync gaat hiermee verder", f"stays; {VIB} sync goes on with this one")
        return say("blijft", "stays")
    if copy["holds"]:
        return say("blijft ook: er is in gewerkt", "stays too: there is work in it")
    return say("is verwijderd", "was deleted") if apply else say("wordt verwijderd", "will be deleted")
