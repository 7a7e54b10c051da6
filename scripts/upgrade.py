"""`vib upgrade`: what a newer version does to a data folder, doing it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from scripts.console import AsJson, DataFolder, Failure, complain, notices, out, say, working
from scripts.database import prepare, problem_of, studio_environment
from scripts.kept_files import differing
from vib.library import is_held, only_one
from vib.prepared import Prepared, installed, read_prepared
from vib.problem import InputProblem
from vib.settings import Settings, read_settings
from vib.terminal import print_json


def upgrade(
    check: Annotated[
        bool,
        typer.Option("--check", help=say("Zeg alleen wat er zou veranderen.", "Only say what would change.")),
    ] = False,
    restore: Annotated[
        str | None,
        typer.Option(
            metavar=say("NAAM", "NAME"),
            help=say(
                "Zet deze kopie uit backups/ terug; wat er staat wordt eerst zelf een kopie.",
                "Put this copy of backups/ back; what is there becomes a copy first.",
            ),
        ),
    ] = None,
    copied: Annotated[
        bool,
        typer.Option(
            "--copied",
            help=say("Ik heb zelf een kopie van de database gemaakt.", "I made a copy of the database myself."),
        ),
    ] = False,
    data: DataFolder = None,
    as_json: AsJson = False,
) -> None:
    if restore is not None and (check or copied):
        raise InputProblem("--restore", nl="staat alleen, met --data", en="stands alone, with --data")
    settings = read_settings(data)
    if not settings.logins.exists():
        raise InputProblem(
            str(settings.data),
            nl="hier is nog geen server gestart; geef de map met --data, of begin met scripts/up",
            en="no server was started here yet; give the folder with --data, or begin with scripts/up",
        )
    words = ["--copied"] if copied else []
    if check:
        _check(settings, words, as_json)
    elif restore is not None:
        _restore(settings, restore, as_json)
    else:
        _upgrade(settings, words, as_json)


upgrade.__doc__ = say(
    """Breng een gegevensmap bij de tijd na een nieuwe versie, of zeg wat dat zou doen.

    Maakt eerst een kopie van de database in backups/, en verandert hem dan. scripts/up doet
    hetzelfde bij het starten. De server mag niet lopen; bij --check wel: dat verandert niets.

    Klaar of niets te doen: 0. Kan het niet (te weinig ruimte, een map van een nieuwere versie,
    een migratie die mislukt), dan 1, met de reden.
    """,
    """Bring a data folder up to date after a new version, or say what that would do.

    First makes a copy of the database in backups/, then changes it. scripts/up does the same
    when it starts. The server may not run meanwhile; with --check it may: that changes nothing.

    Exit code 0 when it is done or there is nothing to do. When it cannot be done (too little
    room, a folder of a newer version, a migration that fails) it is 1, with the reason.
    """,
)


def _check(settings: Settings, words: list[str], as_json: bool) -> None:
    changes, problems = differing(settings.data)
    with working(say("kijken wat er zou veranderen", "looking at what would change")):
        plan = prepare(settings, studio_environment(settings), "--check", *words)
    problems = [*map(problem_of, plan.pop("problems")), *problems]
    before = read_prepared(settings.data)
    running = is_held(settings.data, "server")
    if as_json:
        shown = {
            "data": str(settings.data),
            "prepared_by": _content(before),
            "installed": _content(installed()),
            **plan,
            "files": changes,
            "server_runs": running,
            "problems": [problem.content() for problem in problems],
        }
        print_json(shown)
    else:
        rows = plan_rows(settings.data, plan, before, changes)
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            out.print(f"{name:<{width}}  {value}", highlight=False, markup=False)
        if running:
            notices.print(
                say("Er loopt een server op deze map: stop die eerst.", "A server runs on this folder: stop it first.")
            )
        for problem in problems:
            complain(problem)
    if problems:
        raise typer.Exit(1)


def _upgrade(settings: Settings, words: list[str], as_json: bool) -> None:
    _, problems = differing(settings.data)
    if problems:
        raise Failure(say(problems[0].message("nl"), problems[0].message("en")))
    with only_one(settings.data, "server"):
        logs = settings.data / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        with working(say("de database bijwerken", "upgrading the database")):
            done = prepare(settings, studio_environment(settings), *words, log=logs / "prepare.log")
    if as_json:
        print_json({"migrated": done["migrated"], "copy": done["copy"], "installed": _content(installed())})
        return
    count = sum(len(names) for names in done["migrated"].values())
    version = installed().version
    out.print(say(f"Bijgewerkt tot {version}: {count} migraties.", f"Up to date with {version}: {count} migrations."))
    if place := done["copy"]:
        out.print(say(f"De database van ervoor: {place}", f"The database of before: {place}"), highlight=False)


def _restore(settings: Settings, name: str, as_json: bool) -> None:
    with only_one(settings.data, "server"):
        done = prepare(settings, studio_environment(settings), "--restore", name)
    if as_json:
        print_json({"restored": name, "kept": done["kept"]})
        return
    out.print(
        say(
            f"Teruggezet: {name}. Wat er stond is nu {done['kept']}. Zet nu de versie van VIB Studio terug die erbij"
            " hoort, en start die.",
            f"Restored: {name}. What was there is now {done['kept']}. Now put back the version of VIB Studio that goes"
            " with it, and start that.",
        ),
        highlight=False,
    )


def plan_rows(
    data: Path, plan: Mapping[str, Any], before: Prepared | None, changes: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """Return what `--check` shows, each line with its name.

    Parameters
    ----------
    plan : Mapping
        What `plugins.host.prepare` answers to ``--check``.
    before : Prepared or None
        What the folder was prepared by.
    changes : Mapping of str to sequence of str
        What is added to other files, by file.
    """
    none = say("geen", "none")
    size, free = _megabytes(plan["size"]), _megabytes(plan["free"])
    copy = say(
        f"hooguit {size} naar {plan['backups']}; vrij is {free}", f"at most {size} to {plan['backups']}; {free} free"
    )
    return [
        (say("gegevensmap", "data folder"), str(data)),
        (say("klaargemaakt door", "prepared by"), _said(before)),
        (say("geïnstalleerd", "installed"), _said(installed())),
        (
            say("migraties", "migrations"),
            "; ".join(f"{app} {', '.join(names)}" for app, names in plan["pending"].items()) or none,
        ),
        (say("kopie", "copy"), copy if plan["needed"] else none),
        (
            say("bestanden die veranderen", "files that change"),
            "; ".join(f"{name} ({', '.join(columns)})" for name, columns in changes.items()) or none,
        ),
        (say("kopieën die er zijn", "copies that there are"), ", ".join(plan["copies"]) or none),
    ]


def _said(prepared: Prepared | None) -> str:
    if prepared is None or not prepared.version:
        return say("een eerdere versie, die dat niet opschreef", "an earlier version, which did not note it")
    return f"{prepared.version} (Label Studio {prepared.label_studio})"


def _content(prepared: Prepared | None) -> dict[str, str] | None:
    if prepared is None or not prepared.version:
        return None
    return {"version": prepared.version, "label_studio": prepared.label_studio}


def _megabytes(size: int) -> str:
    return f"{-(-size // 2**20)} MB"
