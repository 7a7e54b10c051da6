"""The rounds of blind coding that somebody is in, of whatever plugin hands out clips; and where a clip is coded."""

from __future__ import annotations

from django.conf import settings

from vib.coding_round import CodingRound


def offered(user: int) -> list[CodingRound]:
    """Return the rounds that an account is told of, in the order in which it is."""
    return [one for rounds in settings.VIB_PLUGIN_HOST.hook.vib_rounds(user=user) for one in rounds]


def rounds_of(user: int) -> list[CodingRound]:
    """Return the rounds that an account is in: those that still go on first, and of these what is due first."""
    found = [one for one in offered(user) if one.part is not None]
    return sorted(found, key=lambda one: (one.opened is not None, one.due is None, one.due))


def coding_address(project: int, task: int) -> str:
    """Return the address at which a clip is coded."""
    return f"/projects/{project}/data?task={task}"
