"""What the front door says of coding: where somebody was, and what is left in the rounds that they code in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from users.models import User

from plugins.host.accounts import role_of
from plugins.host.page_registry import REGISTRY
from plugins.host.pages import fragment
from plugins.host.rounds import coding_address
from vib.dates import written_day, written_moment
from vib.language import Language
from vib.panel import Panel
from vib.roles import Role

from . import texts_left as texts
from .left import Touched, last_touched, own_pace, portions_of
from .portion import Portion

MOST_SHOWN = 6
"""Rounds on the front door; the page of rounds has the others."""

ROUND, ROUNDS = "vib_rounds:round", "vib_rounds:index"
"""Routes of whatever plugin shows rounds."""


def panels_of(user: int, language: Language) -> list[Panel]:
    """Return the parts for an account."""
    portions, role = portions_of(user), role_of(User.objects.get(pk=user))
    touched = last_touched(user, role, portions)
    to_code = [one for one in portions if one.clips and not one.is_open and not one.leads]
    found = [_going_on(touched, language)] if touched else []
    return [*found, _left(user, role, to_code, touched is None, language)] if to_code else found


def line_of(portion: Portion, role: Role | None, pace: float | None, language: Language) -> dict[str, Any]:
    """Return what is said of clips: how many are done, until when, what is left, and the way to the next one."""
    left = portion.left
    due = portion.round.due if portion.round and not portion.is_open else None
    facts = [texts.COUNT.to(language).format(portion.done, len(portion.clips))]
    return {
        "name": portion.title,
        "address": REGISTRY.way(ROUND, role, round_name=portion.title) if portion.round else "",
        "done": portion.done,
        "all": len(portion.clips),
        "facts": [*facts, texts.UNTIL.to(language).format(written_day(due, language))] if due else facts,
        "left": texts.what_is_left(left, pace, language) if left else "",
        "next": {"name": left[0].name, "address": coding_address(portion.project, left[0].task)} if left else None,
    }


def _going_on(touched: Touched, language: Language) -> Panel:
    said = {
        "clip": touched.clip,
        "address": coding_address(touched.project, touched.task),
        "when": texts.LAST_AT.to(language).format(written_moment(timezone.localtime(touched.at), language)),
    }
    content = fragment("vib_coding/going_on.html", texts.WORDS, said, language)
    return Panel("going-on", texts.GOING_ON.to(language), content, order=5)


def _left(user: int, role: Role | None, portions: Sequence[Portion], first: bool, language: Language) -> Panel:
    """Say what is left; `first` where the way to the next clip is the first thing to do."""
    pace = own_pace(user)
    lines = [line_of(one, role, pace, language) for one in portions]
    complete = not any(line["next"] for line in lines)
    said = {
        "lines": lines[:MOST_SHOWN],
        "first": first,
        "complete": texts.WELL_DONE.to(language) if complete else "",
        "more": REGISTRY.way(ROUNDS, role) if len(lines) > MOST_SHOWN else "",
    }
    heading = (texts.ALL_IN if complete else texts.TO_CODE).to(language)
    return Panel("left", heading, fragment("vib_coding/left.html", texts.WORDS, said, language), order=7, wide=True)
