"""The script of the labelling page."""

from __future__ import annotations

from pathlib import Path

from django.views.decorators.http import require_safe

from plugins.host.assets import Assets

FOLDER = Path(__file__).parent / "static" / "vib_coding"
ASSETS = Assets("vib_coding:asset", FOLDER, tuple(sorted(path.name for path in FOLDER.glob("*.js"))))

address = ASSETS.address
serve = require_safe(ASSETS.serve)
