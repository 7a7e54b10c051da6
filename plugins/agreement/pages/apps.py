"""The Django application of the agreement pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from django.apps import AppConfig

REPORT = "report.css"
PLOTLY = "plotly.min.js"


def _plotly() -> Path:
    # Without importing it: the package itself takes long to load, and only its script is wanted.
    found = find_spec("plotly")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return Path(found.origin).parent / "package_data" / PLOTLY


def _report_css() -> Path:
    return Path(__file__).parents[1] / "view" / "templates" / REPORT


class AgreementPagesConfig(AppConfig):
    """Has the pages, and what was settled of moments; forgets what was read of annotations that are deleted."""

    name = "plugins.agreement.pages"
    label = "vib_agreement"
    default_auto_field = "django.db.models.BigAutoField"
    static_elsewhere: Mapping[str, Callable[[], Path]] = {
        f"vib_agreement/{PLOTLY}": _plotly,
        f"vib_agreement/{REPORT}": _report_css,
    }

    def ready(self) -> None:
        """Listen."""
        from . import once

        once.listen()
