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
    """Offer every coefficient of the catalogue."""
    from .catalogue import STATISTICS

    return STATISTICS
