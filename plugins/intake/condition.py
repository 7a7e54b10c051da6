"""How the worker of the intake is, and what waits for it, for the administrator."""

from __future__ import annotations

from collections import Counter

from django.conf import settings

from vib.health import Health
from vib.library import is_held
from vib.sending import FOLDER, on_their_way

from . import upload_texts as texts

ORDER = 22


def parts() -> list[Health]:
    """Return how the worker is; nothing where nobody sends anything and it works."""
    stages = Counter(one.outcome.stage for one in on_their_way(settings.VIB.data / FOLDER))
    works = is_held(settings.VIB.data, FOLDER)
    waiting = stages["arrived"] + stages["placed"] + stages["making"]
    if not works:
        return [Health(texts.RECORDINGS, "wrong", texts.NO_WORKER.filled(waiting), order=ORDER)]
    said = texts.WORKER_SAID.filled(stages["sending"], waiting, stages["held"])
    return [Health(texts.RECORDINGS, "attention" if stages["held"] else "good", said, order=ORDER)]
