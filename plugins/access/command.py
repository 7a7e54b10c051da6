"""The commands `vib access`."""

# Typer reads the options' help from the annotations, and these depend on the language that is
# known only when the command is added: so no postponed annotations in this module.

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from plugins.access import texts_command as texts
from plugins.access.applying import carry_out, read_plan
from plugins.access.console import change, print_table, start
from plugins.host.start import database
from vib.dates import read_day
from vib.language import Language, in_language, language_of
from vib.pluginhost import PluginHost
from vib.problem import InputProblem
from vib.terminal import print_json

NEVER = "none"
"""What takes the day back until which a round is to be coded."""


def add(app: typer.Typer, host: PluginHost) -> None:
    """Add `access` to the `vib` command, with help in the language of the environment."""
    spoken = language_of(os.environ)
    says = in_language(texts.COMMAND, spoken)
    access = typer.Typer(name="access", help=says["help"], no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(access)
    _add_people(access, spoken, says)
    _add_rounds(access, spoken, says)
    _add_reading(access, spoken, says)


def _add_people(access: typer.Typer, spoken: Language, says: dict[str, str]) -> None:
    Data = Annotated[Path | None, typer.Option("--data", help=says["data"])]
    Email = Annotated[str, typer.Argument(help=says["email"], metavar="EMAIL")]

    @access.command("grant", help=says["grant"])
    def _grant(
        email: Email,
        families: Annotated[list[str], typer.Argument(help=says["families"], metavar="FAMILY...")],
        data: Data = None,
    ) -> None:
        start(data)
        from plugins.access import granting

        change(spoken, lambda by: granting.grant(by, email, families))

    @access.command("revoke", help=says["revoke"])
    def _revoke(
        email: Email,
        families: Annotated[list[str] | None, typer.Argument(help=says["families"], metavar="[FAMILY]...")] = None,
        every: Annotated[bool, typer.Option("--all", help=says["all"])] = False,
        data: Data = None,
    ) -> None:
        if bool(families) is every:
            raise InputProblem("vib access revoke", nl=texts.WHICH_FAMILIES.nl, en=texts.WHICH_FAMILIES.en)
        start(data)
        from plugins.access import granting

        change(spoken, lambda by: granting.revoke(by, email, None if every else families))

    @access.command("role", help=says["role"])
    def _role(
        email: Email,
        role: Annotated[str, typer.Argument(help=says["new_role"], metavar="ROLE")],
        data: Data = None,
    ) -> None:
        start(data)
        from plugins.access import granting

        change(spoken, lambda by: granting.set_role(by, email, role))

    @access.command("leave", help=says["leave"])
    def _leave(email: Email, data: Data = None) -> None:
        start(data)
        from plugins.access import granting

        change(spoken, lambda by: granting.leave(by, email))

    @access.command("apply", help=says["apply"])
    def _apply(
        file: Annotated[Path, typer.Argument(help=says["file"], metavar="FILE.yaml")], data: Data = None
    ) -> None:
        plan = read_plan(file)
        start(data)
        try:
            change(spoken, lambda by: carry_out(by, plan))
        except InputProblem as problem:
            raise problem.at(str(file)) from problem


def _add_rounds(access: typer.Typer, spoken: Language, says: dict[str, str]) -> None:
    Data = Annotated[Path | None, typer.Option("--data", help=says["data"])]
    Name = Annotated[str, typer.Argument(help=says["name"], metavar="NAME")]

    @access.command("round", help=says["round"])
    def _round(
        name: Name,
        practice: Annotated[str | None, typer.Option(help=says["practice"], metavar="KEY")] = None,
        supervisor: Annotated[list[str] | None, typer.Option(help=says["supervisor"], metavar="EMAIL")] = None,
        rater: Annotated[list[str] | None, typer.Option(help=says["rater"], metavar="EMAIL")] = None,
        clip: Annotated[list[str] | None, typer.Option(help=says["clip"], metavar="CLIP")] = None,
        all_clips: Annotated[bool, typer.Option("--all-clips", help=says["all_clips"])] = False,
        hide: Annotated[
            bool | None, typer.Option("--hide-predictions/--show-predictions", help=says["predictions"])
        ] = None,
        level: Annotated[str | None, typer.Option(help=says["level"], metavar="LEVEL")] = None,
        until: Annotated[str | None, typer.Option(help=says["until"], metavar="DAY")] = None,
        remove: Annotated[list[str] | None, typer.Option(help=says["remove"], metavar="EMAIL")] = None,
        data: Data = None,
    ) -> None:
        if clip and all_clips:
            raise InputProblem("vib access round", nl=texts.WHICH_CLIPS.nl, en=texts.WHICH_CLIPS.en)
        due = None if until in (None, NEVER) else read_day(until, texts.NO_DAY)
        start(data)
        from plugins.access import rounds

        change(
            spoken,
            lambda by: [
                *rounds.make_round(
                    by,
                    name,
                    practice,
                    supervisors=supervisor or (),
                    raters=rater or (),
                    clips=None if all_clips else clip or (),
                    predictions_shown=None if hide is None else not hide,
                    level=level,
                ),
                *rounds.remove_members(by, name, remove or ()),
                *(rounds.set_due(by, name, due) if until else ()),
            ],
        )

    @access.command("open", help=says["open"])
    def _open(name: Name, data: Data = None) -> None:
        start(data)
        from plugins.access import rounds

        change(spoken, lambda by: rounds.open_round(by, name))

    @access.command("close", help=says["close"])
    def _close(name: Name, data: Data = None) -> None:
        start(data)
        from plugins.access import rounds

        change(spoken, lambda by: rounds.close_round(by, name))


def _add_reading(access: typer.Typer, spoken: Language, says: dict[str, str]) -> None:
    Data = Annotated[Path | None, typer.Option("--data", help=says["data"])]
    AsJson = Annotated[bool, typer.Option("--json", help=says["json"])]

    @access.command("list", help=says["list"])
    def _list(
        who: Annotated[str | None, typer.Option(help=says["who"], metavar="EMAIL")] = None,
        as_json: AsJson = False,
        data: Data = None,
    ) -> None:
        start(data)
        from plugins.access import granting, seeing

        with database():
            user = None if who is None else granting.account(who)
            accounts = seeing.accounts(None if user is None else [user])
            rounds = seeing.rounds(user)
        if as_json:
            print_json({"accounts": [asdict(line) for line in accounts], "rounds": [asdict(line) for line in rounds]})
            return
        rows = [(line.email, line.role, ", ".join(line.families), ", ".join(line.rounds)) for line in accounts]
        print_table(("account", "role", "families", "rounds"), rows, spoken)
        typer.echo("")
        if not rounds:
            typer.echo(texts.NO_ROUNDS.to(spoken))
            return
        heads = ("round", "practice", "supervisors", "raters", "clips", "predictions", "until", "opened")
        print_table(heads, [_round_row(line, spoken) for line in rounds], spoken)

    @access.command("who-can-see", help=says["who-can-see"])
    def _who_can_see(
        family: Annotated[str, typer.Argument(help=says["family"], metavar="FAMILY")],
        as_json: AsJson = False,
        data: Data = None,
    ) -> None:
        start(data)
        from plugins.access import seeing

        with database():
            found = seeing.who_can_see(family)
        if as_json:
            accounts = [{"email": one.email, "role": one.role, "why": one.why.to(spoken)} for one in found]
            print_json({"family": family, "accounts": accounts, "note": texts.OTHERS_TOO.to(spoken)})
            return
        rows = [(one.email, one.role, one.why.to(spoken)) for one in found]
        if rows:
            print_table(("account", "role", "why"), rows, spoken)
        else:
            typer.echo(texts.NOBODY.to(spoken))
        typer.echo(f"\n{texts.OTHERS_TOO.to(spoken)}")

    @access.command("routes", help=says["routes"])
    def _routes(new: Annotated[bool, typer.Option("--new", help=says["new"])] = False, data: Data = None) -> None:
        start(data)
        from plugins.access import seeing

        found = seeing.routes(new)
        if not found:
            typer.echo(texts.NO_NEW_ROUTES.to(spoken))
            return
        rows = [(line.route, " ".join(line.methods), "; ".join(text.to(spoken) for text in line.who)) for line in found]
        print_table(("route", "method", "who"), rows, spoken)


def _round_row(line: object, spoken: Language) -> tuple[str, ...]:
    from plugins.access.seeing import RoundLine

    assert isinstance(line, RoundLine)
    shown = (texts.YES if line.predictions_shown else texts.NO).to(spoken)
    opened = line.opened[:10] if line.opened else ""
    people = (", ".join(line.supervisors), ", ".join(line.raters))
    return line.round, line.practice, *people, str(len(line.clips)), shown, line.until or "", opened
