"""The Django application of the agreement pages."""

from __future__ import annotations

from django.apps import AppConfig


class AgreementPagesConfig(AppConfig):
    """Has templates only: no models, no signals."""

    name = "plugins.agreement.pages"
    label = "vib_agreement"
