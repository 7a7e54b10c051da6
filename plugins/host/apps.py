"""The Django application of the host."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save


class HostConfig(AppConfig):
    """What has to be in place before Label Studio answers its first request."""

    name = "plugins.host"
    label = "vib_host"

    def ready(self) -> None:
        """Keep Label Studio from making a webhook for each ML backend.

        It would refuse a backend on this machine because of that webhook's address, unless
        its protection against requests to internal addresses were off for everything.
        """
        from ml.models import MLBackend, create_ml_webhook

        if not post_save.disconnect(create_ml_webhook, sender=MLBackend):
            raise RuntimeError("Label Studio has moved ml.models.create_ml_webhook: see plugins/host/apps.py")
