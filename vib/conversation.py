"""What people say to each other about a moment of a clip, as far as who may see it goes."""

from __future__ import annotations

from enum import StrEnum
from typing import final

from pydantic.dataclasses import dataclass


class Audience(StrEnum):
    """For whom a remark is meant."""

    SELF = "self"
    SUPERVISOR = "supervisor"
    SHARED = "shared"


@final
@dataclass(frozen=True, slots=True)
class Conversation:
    """The models of a plugin in which people say something to each other about tasks.

    The access rules narrow every query of them. A remark is seen by who said it; one that is shared by who may
    see the codes of who said it, and by a supervisor who has the family or leads the round; one for the
    supervisor by the latter only. Who codes the task in a round that is not opened sees nothing of others, but
    what supervisors of that round attached to their own remarks. Numbers of rows tell nothing of how many there are.

    Parameters
    ----------
    remarks : str
        Label of the model of remarks, ``application.Model``. Its columns `task` and `by` (an account) are foreign
        keys, `audience` has a value of `Audience`.
    attached : tuple of str
        Labels of the models of what hangs on a remark, such as replies; with foreign keys `remark` and `by`.
    """

    remarks: str
    attached: tuple[str, ...] = ()
