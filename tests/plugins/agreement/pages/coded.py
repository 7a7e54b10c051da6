"""What the tests of the pages begin with: the people and rounds of the access tests, and real codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from unittest import mock

from tests.plugins.access import inside as any_inside
from tests.plugins.access.inside import World

CODES = {
    "anna": [("volwassene", 0.0, 2.0), ("kind", 3.0, 4.0), ("kind", 6.0, 8.5)],
    "bram": [("volwassene", 0.1, 2.0), ("volwassene", 3.0, 4.0)],
    "opleider": [("volwassene", 0.0, 2.0), ("kind", 3.0, 4.0), ("kind", 6.0, 7.0)],
}
"""What each coded of the clip `toren`: a code that differs, one that was missed, an end that differs."""


def regions(coded: list[tuple[str, float, float]]) -> list[dict[str, Any]]:
    """Return codes as Label Studio keeps them."""
    return [
        {
            "id": f"r{number}",
            "from_name": "turn",
            "to_name": "audio",
            "type": "labels",
            "value": {"start": start, "end": end, "channel": 0, "labels": [code]},
        }
        for number, (code, start, end) in enumerate(coded)
    ]


def recode(world: World, who: str, clip: str, coded: list[tuple[str, float, float]]) -> None:
    """Give somebody other codes of a clip, in the database only: tests share the rest of the world."""
    from django.utils import timezone
    from tasks.models import Annotation

    found = Annotation.objects.filter(pk=world.code(who, clip))
    found.update(result=regions(coded), updated_at=timezone.now())


def retask(world: World, task: str, /, **data: Any) -> None:
    """Change the data of a clip's task; None takes something out."""
    from django.utils import timezone
    from tasks.models import Task

    changed = {**Task.objects.get(pk=world.task(task)).data, **data}
    kept = {name: value for name, value in changed.items() if value is not None}
    Task.objects.filter(pk=world.task(task)).update(data=kept, updated_at=timezone.now())


def inside(check: Callable[[World], None]) -> Callable[..., None]:
    """Make a function a test that runs where Django is, after everybody got their codes of the clip `toren`.

    A page is answered when its figures are there, however busy the machine is.
    """

    @wraps(check)
    def coded(world: World) -> None:
        from plugins.agreement.pages import clip, figures, taking

        for who, codes in CODES.items():
            recode(world, who, "toren", codes)
        with (
            mock.patch.multiple(figures, PATIENCE=600.0, SOON=600.0),
            mock.patch.object(taking, "PATIENCE", 600.0),
            mock.patch.object(clip, "PATIENCE", 600.0),
        ):
            check(world)

    return any_inside.inside(coded)
