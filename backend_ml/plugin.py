"""Offers the segmenter of this package to the plugin host."""

from __future__ import annotations

from collections.abc import Mapping

from backend_ml.turns.pipeline import SileroF0Segmenter
from vib.hookspecs import hookimpl
from vib.segmenting import Segmenter


@hookimpl
def vib_segmenters() -> Mapping[str, type[Segmenter]]:
    """Offer silero for when and F0 for who."""
    return {"silero-f0": SileroF0Segmenter}
