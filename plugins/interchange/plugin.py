"""Hooks of the interchange plugin."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.interchange import formats
from vib.exporting import ExportFormat
from vib.hookspecs import hookimpl


@hookimpl
def vib_export_formats() -> Sequence[ExportFormat]:
    """Offer observations, labelstudio, csv and figures."""
    return formats.FORMATS
