"""What a page says of a recording on its way."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from plugins.host.rounds import coding_address
from vib.language import Language
from vib.sending import Sending


def said_of(one: Sending, language: Language) -> dict[str, Any]:
    """Return how far a recording is, for the script of the page."""
    outcome = one.outcome
    sent = one.sent
    return {
        "address": reverse("vib_intake:upload", args=[sent.family, one.id]),
        "name": outcome.name or sent.name,
        "original": sent.original,
        "modified": sent.modified,
        "length": sent.length,
        "offset": one.offset,
        "stage": outcome.stage,
        "part": outcome.done / outcome.total if outcome.total else 0.0,
        "seconds": outcome.seconds,
        "reason": outcome.reason.to(language) if outcome.reason else "",
        "remarks": [remark.to(language) for remark in outcome.remarks],
        "coding": coding_address(outcome.project, outcome.task) if outcome.task else "",
    }
