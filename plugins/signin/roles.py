"""The roles that somebody can be invited to: names of Django's groups."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody comes to do; `plugins/access`, where it is there, says what each may do."""

    trainee = "trainee"
    counsellor = "counsellor"
    supervisor = "supervisor"
    administrator = "administrator"


ROLES = tuple(Role)
