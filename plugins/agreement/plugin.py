"""What the plugin adds: the command `vib agreement` and its statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl

if TYPE_CHECKING:
    import typer

    from vib.pluginhost import PluginHost
    from vib.statistic import Statistic


@hookimpl
def vib_commands(app: typer.Typer, host: PluginHost) -> None:
    """Add `vib agreement`."""
    from .command import add_command

    add_command(app, host)


@hookimpl
def vib_statistics() -> Sequence[Statistic]:
    """Offer the coefficients, one module a family."""
    from .timelines import events, time_units

    return [*time_units.STATISTICS, *events.STATISTICS]
