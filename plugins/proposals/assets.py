"""The style sheet and the scripts of the plugin."""

from __future__ import annotations

from pathlib import Path

from django.views.decorators.http import require_safe

from plugins.host.assets import Assets

ASSETS = Assets(
    "vib_turns:asset",
    Path(__file__).parent / "static" / "vib_turns",
    ("turns.css", "turns.js", "notice.css", "notice.js"),
)

address = ASSETS.address
serve = require_safe(ASSETS.serve)
