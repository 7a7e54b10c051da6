"""Offers the segmenters of this package to the plugin host."""

from __future__ import annotations

from collections.abc import Mapping

from vib.hookspecs import hookimpl
from vib.segmenting import Segmenter


@hookimpl
def vib_segmenters() -> Mapping[str, type[Segmenter]]:
    """Offer the segmenter of turns, and the simple one that it is measured against."""
    # Every command loads this module; only those that cut clips need the models' libraries.
    from backend_ml.turns.pipeline import SileroF0Segmenter
    from backend_ml.turns.segmenter import TurnsSegmenter

    return {"turns": TurnsSegmenter, "silero-f0": SileroF0Segmenter}
