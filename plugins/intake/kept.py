"""What is kept of somebody here: what they sent, as long as it is on its way, and for some days what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from vib.kept import Kept
from vib.sending import FOLDER, KEPT_SECONDS, on_their_way

from . import upload_texts as texts


def kept_of(user: int) -> list[Kept]:
    """Return what an account sends."""
    found = [one for one in reversed(on_their_way(settings.VIB.data / FOLDER)) if one.sent.user == user]

    def records(first: int, last: int | None) -> Iterator[dict[str, Any]]:
        for one in found[first:last]:
            begun = datetime.fromtimestamp(one.sent.begun, UTC)
            yield {
                "recording": one.sent.original,
                "family": one.sent.family,
                "begun": begun,
                "stage": one.outcome.stage,
            }

    words = {**texts.KEPT, "how_long": texts.HOW_LONG.filled(days=round(KEPT_SECONDS / 86400))}
    return [Kept.of_texts("recordings", words, records, len(found), words=texts.STAGES, order=44)]
