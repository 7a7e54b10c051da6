"""Hooks of the sign-in plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    import typer

    from vib.kept import Kept


@hookimpl
def vib_django_apps() -> Sequence[str]:
    """Load what counts failed logins, and this folder with its invitations."""
    return ["axes", "plugins.signin"]


@hookimpl
def vib_django_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make Label Studio's sign-in strict, and keep every page to this server."""
    from .settings import stricter

    return stricter(settings)


@hookimpl
def vib_commands(app: typer.Typer) -> None:
    """Add `vib invite`."""
    from .command import add_command

    add_command(app)


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say what is kept of how somebody came in: invitations, and passwords that were wrong."""
    from .kept import kept_of

    return kept_of(user)
