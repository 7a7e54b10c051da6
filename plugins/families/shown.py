"""What pages and panels say of families and clips, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from plugins.host.page_registry import REGISTRY
from plugins.host.rounds import coding_address
from vib.consent import USE_NAMES
from vib.consent_state import STATES, UseState
from vib.language import Language
from vib.library import Entry
from vib.roles import Role

from . import texts
from .clip import TO_CODE, Clip
from .reading import Family

GOOD, WRONG = "good", "halt"
"""Of the badges of the shell."""


def line_of(family: Family, role: Role | None, language: Language) -> dict[str, Any]:
    """Return a family as lists show it, with the ways on for a role; one without clips leads to sending some."""
    send = REGISTRY.way("vib_intake:send", role, family=family.name)
    return {
        "family": family,
        "address": reverse("vib_families:family", args=[family.project]) if family.project else send,
        "send": send,
        "count": texts.COUNT.to(language).format(family.submitted, family.clips) if family.clips else "",
    }


def clip_line(clip: Clip, language: Language) -> dict[str, Any]:
    """Return a clip as lists show it."""
    own = [texts.YOURSELF.to(language)] if clip.stage == "submitted" else []
    waits = (
        ""
        if clip.stage in ("submitted", "closed")
        else (texts.YOU if clip.stage in TO_CODE else texts.COMPUTER).to(language)
    )
    return {
        "clip": clip,
        "address": coding_address(clip.project, clip.task) if clip.stage != "closed" else "",
        "stage": texts.STAGES[clip.stage].to(language),
        "badge": {"submitted": GOOD, "failed": WRONG, "closed": WRONG}.get(clip.stage, ""),
        "waits": waits,
        "by": [*own, *clip.others],
        "why": clip.reason.to(language) if clip.reason else "",
        "look": clip.look.to(language) if clip.look else "",
    }


def refusals(entries: Sequence[Entry], language: Language) -> list[dict[str, str]]:
    """Return recordings that could not be used, each with why."""
    return [
        {"family": entry.family, "recording": entry.source, "why": entry.problem[0 if language == "nl" else 1]}
        for entry in entries
        if entry.problem is not None
    ]


def consent_line(found: UseState, language: Language) -> dict[str, str]:
    """Return how it is with a use of a family as lists show it."""
    return {
        "use": USE_NAMES[found.use].to(language),
        "said": found.said.to(language),
        "state": STATES[found.state].to(language),
        "days": found.days.to(language),
        "badge": {"in force": GOOD, "ending": WRONG, "over": WRONG}.get(found.state, ""),
        "means": found.means.to(language) if found.means else "",
    }
