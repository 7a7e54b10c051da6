"""The command `vib invite`."""

# Typer reads the options' help from the annotations, and these depend on the language that is
# known only when the command is added: so no postponed annotations in this module.

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from plugins.host.start import database, start_django
from vib import actor
from vib.language import Language, in_language, language_of
from vib.problem import InputProblem
from vib.roles import Role
from vib.settings import Settings, read_settings

from .texts import COMMAND, NO_MAIL, STATES, invitation_mail, not_mailed, withdrawn

TABLE = "vib_signin_invitation"
"""What the database of an older version does not have."""


def add_command(app: typer.Typer) -> None:
    """Add `invite` to the `vib` command, with help in the language of the environment."""
    spoken = language_of(os.environ)
    says = in_language(COMMAND, spoken)

    @app.command("invite", help=says["help"])
    def invite(
        email: Annotated[str | None, typer.Argument(help=says["email"])] = None,
        role: Annotated[Role | None, typer.Option(help=says["role"])] = None,
        days: Annotated[int, typer.Option(min=1, max=90, help=says["days"])] = 7,
        every: Annotated[bool, typer.Option("--list", help=says["list"])] = False,
        withdraw: Annotated[bool, typer.Option("--withdraw", help=says["withdraw"])] = False,
        mail: Annotated[bool, typer.Option("--mail", help=says["mail"])] = False,
        data: Annotated[Path | None, typer.Option(help=says["data"])] = None,
    ) -> None:
        if every and (email or role or withdraw or mail):
            raise InputProblem("--list", nl="staat alleen", en="stands alone")
        if not every and email is None:
            raise InputProblem("EMAIL", nl="ontbreekt", en="is missing")
        if not every and (role is None) is not withdraw:
            raise InputProblem("--role", nl="of --withdraw is nodig, één van beide", en="or --withdraw, one of the two")
        if mail and withdraw:
            raise InputProblem("--mail", nl="gaat niet samen met --withdraw", en="does not go with --withdraw")
        start_django(data, TABLE)
        with database():
            if every:
                _print_all(spoken)
            elif withdraw:
                _withdraw(str(email), spoken)
            else:
                assert role is not None
                _invite(str(email), role, days, read_settings(data), mail, spoken)


def _invite(email: str, role: Role, days: int, settings: Settings, mail: bool, language: Language) -> None:
    from plugins.host import mailing

    from . import invitations

    if mail and not mailing.is_configured():
        raise InputProblem("--mail", nl=NO_MAIL.nl, en=NO_MAIL.en)
    invitation, token = invitations.invite(email, role, days, actor.command())
    known = json.loads(settings.logins.read_text(encoding="utf-8"))["url"]
    link = f"{(os.environ.get('LABEL_STUDIO_HOST') or known).rstrip('/')}/user/signup/?token={token}"
    typer.echo(link)
    if mail:
        try:
            mailing.send_now(invitation.email, *invitation_mail(role, link, invitation.expires.date()))
        except OSError as error:
            typer.echo(not_mailed(type(error).__name__).to(language), err=True)
            raise typer.Exit(1) from error


def _withdraw(email: str, language: Language) -> None:
    from . import invitations

    if not invitations.withdraw(email, actor.command()):
        raise InputProblem(email, nl="heeft geen open uitnodiging", en="has no open invitation")
    typer.echo(withdrawn(email).to(language))


def _print_all(language: Language) -> None:
    from .invitations import state
    from .models import Invitation

    for invitation in Invitation.objects.all():
        how = STATES[state(invitation)].to(language)
        typer.echo(f"{invitation.email}  {invitation.role}  {how}  {invitation.expires:%Y-%m-%d}")
