"""The Django application of this plugin: what is put in place before the first request.

What it rests on in Label Studio is named here, and raises an error at start when it has moved.
"""

from __future__ import annotations

import secrets
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import request_finished
from django.db.models.signals import post_migrate, post_save, pre_delete, pre_save

from plugins.access.texts_admin import APP
from plugins.host.administration import later

FIRST, LAST = 2**30, 2**31
"""Numbers of codes, tabs and remarks lie between these: above those that a database gives out in order."""


class AccessConfig(AppConfig):
    """Who may see what."""

    name = "plugins.access"
    label = "vib_access"
    verbose_name = later(APP)
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Narrow queries, number codes at random, keep the queue fair, register projects."""
        from data_manager.models import View
        from projects.models import Project
        from tasks.models import Annotation, AnnotationDraft
        from users.models import User

        from plugins.access import conversing, narrowing, people, queue, registering, visible

        narrowing.install(visible.RULES)
        people.install()
        request_finished.connect(lambda **_: narrowing.look_as(None), weak=False, dispatch_uid="vib_look")
        for model in (Annotation, AnnotationDraft, View, *conversing.install(settings.VIB_PLUGIN_HOST)):
            pre_save.connect(number_at_random, sender=model)
        pre_delete.connect(keep_account, sender=User)
        post_save.connect(registering.register_saved, sender=Project)
        post_migrate.connect(registering.register_all, sender=self)
        view = import_module("projects.api").ProjectListAPI
        if "perform_create" not in vars(view):
            raise RuntimeError("Label Studio has moved ProjectListAPI.perform_create: see plugins/access/apps.py")
        view.perform_create = registering.make_once(view.perform_create)
        for module in ("projects.api", "data_manager.actions.next_task"):
            if not hasattr(import_module(module), "get_next_task"):
                raise RuntimeError(f"Label Studio has moved {module}.get_next_task: see plugins/access/apps.py")
            setattr(import_module(module), "get_next_task", queue.next_task)  # noqa: B010 - replaced by name


def number_at_random(sender: type[Any], instance: Any, **_: Any) -> None:
    """Give new codes, a tab or a remark a number that tells nothing about how many others there are."""
    from plugins.access.narrowing import everything

    if instance.pk is None:
        with everything():
            while instance.pk is None or sender.objects.filter(pk=instance.pk).exists():
                instance.pk = FIRST + secrets.randbelow(LAST - FIRST)


def keep_account(sender: type[Any], instance: Any, **_: Any) -> None:
    """Let no page delete an account: its codes would go with it, or stay behind nameless."""
    from plugins.access.narrowing import looking

    if looking() is not None:
        raise PermissionDenied
