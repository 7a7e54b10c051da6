"""What the plugin adds: it keeps every access event, and the command `vib audit`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from vib.access_event import AccessEvent
from vib.hookspecs import hookimpl

from .log import Log

if TYPE_CHECKING:
    import typer

    from vib.health import Health
    from vib.kept import Kept
    from vib.pluginhost import PluginHost


@hookimpl
def vib_commands(app: typer.Typer, host: PluginHost) -> None:
    """Add `vib audit`."""
    from .command import add_command

    add_command(app, host)


@hookimpl
def vib_access_event(event: AccessEvent) -> None:
    """Write the event down; what cannot be written may not happen."""
    _log(os.environ.get("VIB_DATA")).append(event)


@hookimpl
def vib_health() -> Sequence[Health]:
    """Say whether the log can be read."""
    from .condition import part

    return [part(_log(os.environ.get("VIB_DATA")))]


@hookimpl
def vib_kept(user: int) -> Sequence[Kept]:
    """Say what the log has of what somebody did."""
    from .kept import kept_of

    return [kept_of(user, _log(os.environ.get("VIB_DATA")))]


@cache
def _log(chosen: str | None) -> Log:
    """Return the log of the settings, which are read once for each data folder that is chosen."""
    from vib.settings import read_settings

    return Log(read_settings().data.absolute())
