"""Starts Django with the plugins that are on the path, asks for pages, and prints the answers: a program of its own."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from typing import Any


def main() -> None:
    """Answer for each address of the arguments with its status and text, as an administrator and as a counsellor."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "plugins.settings"
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from users.models import User

    if apps.is_installed("works"):
        call_command("migrate", "works", verbosity=0)
    answers: dict[str, Any] = {}
    for role in ("administrator", "counsellor"):
        user = User.objects.filter(groups__name=role).first()
        signing_in = Client()
        signing_in.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = signing_in.session
        session["last_login"] = time.time()
        session.save()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        client = Client(raise_request_exception=False, headers={"Cookie": cookie, "Accept-Language": "en"})
        for address in sys.argv[1:]:
            found = client.get(address)
            answers[f"{role} {address}"] = [found.status_code, found.content.decode(), found.get("X-Works", "")]
    failures = [[one.plugin, one.hook, one.error] for one in settings.VIB_PLUGIN_HOST.failures.listed()]
    tables = connection.introspection.table_names()
    print(json.dumps({"answers": answers, "failures": failures, "tables": tables}))


if __name__ == "__main__":
    main()
