"""The Django application of preferences."""

from __future__ import annotations

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Has templates only: what somebody chose is kept by the host, which makes the pages."""

    name = "plugins.account"
    label = "vib_account"
