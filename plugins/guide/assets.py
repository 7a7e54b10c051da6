"""The style sheet and the script of the pages."""

from __future__ import annotations

from pathlib import Path

from django.views.decorators.http import require_safe

from plugins.host.assets import Assets

ASSETS = Assets(
    "vib_guide:asset",
    Path(__file__).parent / "static" / "vib_guide",
    ("guide.css", "print.css", "guide.js", "moment.js"),
)

address = ASSETS.address
serve = require_safe(ASSETS.serve)
