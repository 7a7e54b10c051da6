"""The Django application of the host."""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_save


class HostConfig(AppConfig):
    """What has to be in place before Label Studio answers its first request."""

    name = "plugins.host"
    label = "vib_host"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take things of Label Studio away, look at what is kept and read, have it ask less and tell after a commit."""
        from . import (
            after_commit,
            codes_in_use,
            counters,
            database,
            filters,
            made_with,
            mended,
            points,
            prefetching,
            stored_codes,
        )

        stored_codes.install()
        made_with.install()
        codes_in_use.install()
        mended.install()
        points.install()
        filters.install()
        _without_webhooks()
        _with_signals()
        prefetching.install()
        counters.install()
        after_commit.install()
        database.without_retries()


def _without_webhooks() -> None:
    """Keep Label Studio from making a webhook for each ML backend.

    It would refuse a backend on this machine because of that webhook's address, unless its
    protection against requests to internal addresses were off for everything.
    """
    from ml.models import MLBackend, create_ml_webhook

    if not post_save.disconnect(create_ml_webhook, sender=MLBackend):
        raise RuntimeError("Label Studio has moved ml.models.create_ml_webhook: see plugins/host/apps.py")


def _with_signals() -> None:
    """Keep Label Studio from silencing every signal of the process while a project is deleted.

    Nothing would hear what goes with the project, nor what other requests save and delete meanwhile.
    Django moreover remembers the silence afterwards for models that it had not looked up before.
    """
    module = import_module("projects.api")
    if not hasattr(module, "temporary_disconnect_all_signals"):
        raise RuntimeError("Label Studio has moved temporary_disconnect_all_signals: see plugins/host/apps.py")
    setattr(module, "temporary_disconnect_all_signals", nullcontext)  # noqa: B010 - replaced by name
