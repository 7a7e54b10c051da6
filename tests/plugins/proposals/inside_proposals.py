"""What the tests of this folder share that run inside the server: what the backend pushes, and who stands in for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.plugins.access.inside import Answer, World
from tests.plugins.proposals.standin import Backend, standing_in

SECRET = 'een geheim=van de test, ~"=='  # noqa: S105 - of the test
RESULTS = "/vib/turns/results"


def turns(*coded: tuple[str, float, float], score: float = 0.8) -> list[dict[str, Any]]:
    """Return turns as the backend makes them."""
    return [
        {
            "id": f"turn{number:05d}",
            "from_name": "turn",
            "to_name": "audio",
            "type": "labels",
            "original_length": 9.0,
            "score": score,
            "value": {"start": start, "end": end, "channel": 0, "labels": [code]},
        }
        for number, (code, start, end) in enumerate(coded)
    ]


def pushed(world: World, name: str = "bad", where: str = "eigen", /, **changed: Any) -> dict[str, Any]:
    """Return what the backend pushes for a task."""
    content = {"result": turns(("kind", 1.0, 2.5), ("volwassene", 3.0, 4.0)), "score": 0.8}
    numbers = {"task": world.task(name), "project": world.project(where)}
    return {**numbers, "model_version": "turns-2", **content, **changed}


def push(world: World, body: Any, secret: str = SECRET, kind: str = "Bearer") -> Answer:
    """Push as the backend does."""
    return world.ask("", "POST", RESULTS, body, by="", headers={"Authorization": f"{kind} {secret}"})


@contextmanager
def backend() -> Iterator[Backend]:
    """Stand in for the ML backend of the settings."""
    from django.conf import settings
    from django.test import override_settings

    from plugins.proposals.outbox import outbox

    # What tests before this one left to be sent is none of its business.
    with outbox._open() as database:
        database.execute("DELETE FROM message")
    outbox.start()
    with (
        standing_in() as (found, address),
        override_settings(VIB=settings.VIB.model_copy(update={"ml_url": address})),
    ):
        yield found


def job(world: World, task: str, state: str, **more: Any) -> dict[str, Any]:
    """Return a job as the backend tells it."""
    found = {"clip": f"x/{task}", "project": 0, "task": world.task(task), "state": state, "progress": 0.0}
    return {**found, "reason": None, "attempts": 1, "position": None, **more}
