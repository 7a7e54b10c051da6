"""How the ML backend and its queue are, for the administrator."""

from __future__ import annotations

from django.urls import reverse

from vib.health import Health
from vib.job import GAVE_UP

from . import texts
from .backend import NoBackend, health

ORDER = 20


def parts() -> list[Health]:
    """Return how the backend is, and its queue where it answers."""
    try:
        found = health()
    except NoBackend:
        return [Health(texts.BACKEND, "wrong", texts.BACKEND_GONE, order=ORDER)]
    gave_up = sum(found.queue.get(state, 0) for state in GAVE_UP)
    counts = (found.queue.get("queued", 0), found.queue.get("working", 0), found.queue.get("done", 0), gave_up)
    works = bool(found.workers)
    return [
        Health(
            texts.BACKEND,
            "good" if works else "wrong",
            (texts.BACKEND_WORKS if works else texts.NO_WORKER).filled(found.version),
            order=ORDER,
        ),
        Health(
            texts.QUEUE,
            "attention" if gave_up else "good",
            (texts.QUEUE_STUCK if gave_up else texts.QUEUE_SAID).filled(*counts),
            reverse("vib_proposals:index"),
            ORDER + 1,
        ),
    ]
