"""The style sheet and the scripts of the pages, Plotly's among them: the one in the installed package `plotly`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from django.views.decorators.http import require_safe

from plugins.host.assets import Assets

PLOTLY = "plotly.min.js"


def _plotly() -> Path:
    # Without importing it: the package itself takes long to load, and only its script is wanted.
    found = find_spec("plotly")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return Path(found.origin).parent / "package_data" / PLOTLY


ASSETS = Assets(
    "vib_agreement:asset",
    Path(__file__).parent / "static",
    ("agreement.css", "overview.js", "clip.js"),
    {PLOTLY: _plotly},
)

address = ASSETS.address
serve = require_safe(ASSETS.serve)
