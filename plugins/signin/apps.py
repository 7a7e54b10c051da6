"""The Django application of the sign-in plugin."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import pre_save

from plugins.host.administration import later

from .texts import ADMIN


class SigninConfig(AppConfig):
    """Has the invitations, and sets right what Label Studio would do on its own."""

    name = "plugins.signin"
    label = "vib_signin"
    verbose_name = later(ADMIN["app"])
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Shorten sessions, and listen to who logs in."""
        from session_policy.models import SessionTimeoutPolicy

        from . import events, sessions

        sessions.check_defaults(SessionTimeoutPolicy)
        pre_save.connect(sessions.set_policy, sender=SessionTimeoutPolicy)
        events.listen()
