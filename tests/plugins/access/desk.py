"""Hands out in a process of its own: ``python -m tests.plugins.access.desk``, on a prepared ``VIB_DATA``.

Reads lines of JSON, ``{"do": NAME, "with": [...], "and": {...}}``, and answers each with a line. What is
done stays until ``forget``. It begins with the people and rounds of `scenario`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import tests  # noqa: F401 - before Label Studio puts its own package of this name on the path
from vib.access_event import AccessEvent
from vib.actor import Actor
from vib.hookspecs import hookimpl
from vib.problem import InputProblem


class Log:
    """A plugin that keeps what it is told, and can be out of order."""

    def __init__(self) -> None:
        self.events: list[AccessEvent] = []
        self.broken = False

    @hookimpl
    def vib_access_event(self, event: AccessEvent) -> None:
        if self.broken:
            raise OSError("the log is full")
        self.events.append(event)


def state(email: str) -> dict[str, Any]:
    """Return what an account has in Django and in Label Studio."""
    from rest_framework.authtoken.models import Token
    from rest_framework_simplejwt.token_blacklist.models import OutstandingToken
    from users.models import User

    user = User.objects.get(email=email)
    return {
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "active": user.is_active,
        "staff": user.is_staff,
        "superuser": user.is_superuser,
        "tokens": Token.objects.filter(user=user).count(),
        "open tokens": OutstandingToken.objects.filter(user=user, blacklistedtoken=None).count(),
        "codes": user.annotations.count(),
        "families": list(user.vib_grants.values_list("family", flat=True)),
        "rounds": sorted(user.vib_rounds.values_list("round__name", flat=True)),
    }


def make_api_token(email: str) -> None:
    """Give an account a token of Label Studio's newer kind."""
    from jwt_auth.models import LSAPIToken
    from users.models import User

    LSAPIToken.for_user(User.objects.get(email=email))


def main() -> None:
    """Answer until there is nothing more to read."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "plugins.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from plugins.access import applying, granting, rounds, seeing
    from tests.plugins.access import scenario

    log = Log()
    settings.VIB_PLUGIN_HOST.manager.register(log)
    scenario.build()
    everything_since = transaction.atomic()
    everything_since.__enter__()
    reading: dict[str, Callable[..., Any]] = {
        "state": state,
        "api token": make_api_token,
        "break log": lambda: setattr(log, "broken", True),
        "accounts": lambda: {line.email: asdict(line) for line in seeing.accounts()},
        "rounds": lambda: {line.round: asdict(line) for line in seeing.rounds()},
        "who can see": lambda family: [[one.email, one.role, one.why.en] for one in seeing.who_can_see(family)],
    }
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        name, given, more = asked["do"], asked.get("with", []), asked.get("and", {})
        answer: dict[str, Any] = {}
        log.events.clear()
        try:
            if name == "forget":
                transaction.set_rollback(True)
                everything_since.__exit__(None, None, None)
                everything_since.__enter__()
                log.broken = False
            elif name in reading:
                answer["is"] = reading[name](*given)
            else:
                do = getattr(granting, name, None) or getattr(rounds, name, None)
                with granting.acting(Actor("console:test")) as by:
                    if name == "apply":
                        done = applying.carry_out(by, applying.Plan.model_validate(given[0]))
                    else:
                        done = do(by, *given, **more)
                answer["done"] = [[one.text.en, one.changed] for one in done]
        except InputProblem as problem:
            answer["problem"] = problem.message("en")
            answer["dutch"] = problem.message("nl")
        except OSError as error:
            answer["error"] = str(error)
        answer["events"] = [asdict(event) for event in log.events]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
