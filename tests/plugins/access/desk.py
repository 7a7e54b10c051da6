"""Where tests give and take families, roles and rounds: the functions of the plugin, with what it records."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import wraps
from typing import Any

from tests.plugins.access.inside import World, inside
from vib.access_event import AccessEvent
from vib.actor import Actor
from vib.hookspecs import hookimpl
from vib.problem import InputProblem


@dataclass
class Answer:
    """What was said, with whether anything changed, what was wrong, and what was recorded."""

    done: list[tuple[str, bool]] = field(default_factory=list)
    problem: InputProblem | OSError | None = None
    events: list[AccessEvent] = field(default_factory=list)


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
    from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
    from users.models import User

    user = User.objects.get(email=email)
    return {
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "active": user.is_active,
        "staff": user.is_staff,
        "superuser": user.is_superuser,
        "tokens": Token.objects.filter(user=user).count(),
        "open tokens": OutstandingToken.objects.filter(user=user, blacklistedtoken=None).count(),
        "refused tokens": BlacklistedToken.objects.filter(token__user=user).count(),
        "codes": user.annotations.count(),
        "families": list(user.vib_grants.values_list("family", flat=True)),
        "rounds": sorted(user.vib_rounds.values_list("round__name", flat=True)),
    }


def make_api_token(email: str) -> None:
    """Give an account a token of Label Studio's newer kind."""
    from jwt_auth.models import LSAPIToken
    from users.models import User

    LSAPIToken.for_user(User.objects.get(email=email))


class Desk:
    """Where families, roles and rounds are given and taken, as on the console."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def ask(self, what: str, *given: Any, **more: Any) -> Answer:
        """Do something; return what came of it."""
        from plugins.access import applying, granting, rounds

        answer = Answer()
        self.log.events.clear()
        try:
            with granting.acting(Actor("console:test")) as by:
                if what == "apply":
                    done = applying.carry_out(by, applying.Plan.model_validate(given[0]))
                else:
                    done = (getattr(granting, what, None) or getattr(rounds, what))(by, *given, **more)
            answer.done = [(one.text.en, one.changed) for one in done]
        except (InputProblem, OSError) as problem:
            answer.problem = problem
        answer.events = list(self.log.events)
        return answer

    def do(self, what: str, *given: Any, **more: Any) -> list[tuple[str, bool]]:
        """Do something that can be done; return what was said, and whether anything changed."""
        answer = self.ask(what, *given, **more)
        assert answer.problem is None, answer.problem
        return answer.done

    def refused(self, what: str, *given: Any, **more: Any) -> str:
        """Ask for what cannot be done; return why not. Nothing is recorded of it."""
        answer = self.ask(what, *given, **more)
        assert isinstance(answer.problem, InputProblem)
        assert answer.events == []
        assert answer.problem.message("nl") != answer.problem.message("en")
        return answer.problem.message("en")

    def events(self, what: str, *given: Any, **more: Any) -> list[tuple[str, str, list[str]]]:
        """Do something; return what was recorded: what, of which object, of which families."""
        found = self.ask(what, *given, **more).events
        assert all(event.who == "console:test" and event.allowed for event in found)
        return [(event.what, event.which, list(event.families)) for event in found]

    def see(self, what: str, *given: Any) -> Any:
        """Return what the database says, as a command writes it."""
        from plugins.access import seeing

        reading: dict[str, Callable[..., Any]] = {
            "state": state,
            "accounts": lambda: {line.email: asdict(line) for line in seeing.accounts()},
            "rounds": lambda: {line.round: asdict(line) for line in seeing.rounds()},
            "who can see": lambda family: [(one.email, one.role, one.why.en) for one in seeing.who_can_see(family)],
        }
        return json.loads(json.dumps(reading[what](*given)))


def at_desk(check: Callable[[Desk], None]) -> Callable[..., None]:
    """Make a function that takes a `Desk` a test that runs where Django is."""

    @wraps(check)
    def with_desk(world: World) -> None:
        from django.conf import settings

        log = Log()
        settings.VIB_PLUGIN_HOST.add("log", log)
        try:
            check(Desk(log))
        finally:
            settings.VIB_PLUGIN_HOST.remove("log")

    return inside(with_desk)
