"""Codebook -> Label Studio labelling interface; Label Studio results <-> `Timeline`.

Every control is named after its tier or rating, and codes are stored by their id, so
that results do not depend on the language in which they were coded.
"""

from vib.interface.names import AGE, END_MARGIN, MEDIA, MENDED, WHO, Region
from vib.interface.rendering import render_interface
from vib.interface.results import point_of, ratings_of, results_of, timeline_of
from vib.interface.turns import predicted_regions

__all__ = [
    "AGE",
    "END_MARGIN",
    "MEDIA",
    "MENDED",
    "WHO",
    "Region",
    "point_of",
    "predicted_regions",
    "ratings_of",
    "render_interface",
    "results_of",
    "timeline_of",
]
