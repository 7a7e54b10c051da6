"""The Django application of the agreement pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from django.apps import AppConfig

REPORT = "report.css"


def _report_css() -> Path:
    return Path(__file__).parents[1] / "view" / "templates" / REPORT


class AgreementPagesConfig(AppConfig):
    """Has the pages, and what was settled of moments; forgets what was read of annotations that are deleted."""

    name = "plugins.agreement.pages"
    label = "vib_agreement"
    default_auto_field = "django.db.models.BigAutoField"
    static_elsewhere: Mapping[str, Callable[[], Path]] = {
        f"vib_agreement/{REPORT}": _report_css,
    }

    def ready(self) -> None:
        """Listen."""
        from . import once

        once.listen()
