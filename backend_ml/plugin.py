"""Offers the segmenter of this package to the plugin host, and what teaches it to the commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vib.hookspecs import hookimpl
from vib.pluginhost import PluginHost
from vib.segmenting import Segmenter

if TYPE_CHECKING:
    import typer


@hookimpl
def vib_segmenters() -> Mapping[str, type[Segmenter]]:
    """Offer the segmenter of turns."""
    # Every command loads this module; only those that cut clips need the models' libraries.
    from backend_ml.turns.segmenter import TurnsSegmenter

    return {"turns": TurnsSegmenter}


@hookimpl
def vib_commands(app: typer.Typer, host: PluginHost) -> None:
    """Put `train`, `heads`, `use` and `forget` under `vib segment`."""
    from backend_ml.learning.command import learning_app

    segment = next(group.typer_instance for group in app.registered_groups if group.name == "segment")
    if segment is not None:
        segment.registered_commands.extend(learning_app().registered_commands)
