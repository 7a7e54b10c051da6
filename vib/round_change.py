"""What the supervisor of a round may ask to be different in it, and what can be added to it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import final

from pydantic.dataclasses import dataclass


class Doing(StrEnum):
    """What is to be done with a round."""

    ADD_RATER = "add-rater"
    REMOVE_RATER = "remove-rater"
    HAND_OUT = "hand-out"
    TAKE_BACK = "take-back"
    SET_DUE = "set-due"
    OPEN = "open"
    CLOSE = "close"


@final
@dataclass(frozen=True, slots=True)
class RoundChange:
    """One change of a round.

    Parameters
    ----------
    round : str
        Its name.
    which : str
        The address of a rater, or the id of a clip, where it is about one.
    due : datetime.date or None
        The last day on which it is to be coded; None takes that away.
    """

    round: str
    doing: Doing
    which: str = ""
    due: date | None = None


@final
@dataclass(frozen=True, slots=True)
class RoundOffer:
    """What its supervisor could add to a round.

    Parameters
    ----------
    raters : tuple of str
        Addresses of who codes in another round of the same supervisor, and not in this one.
    clips : tuple of str
        Clips of the practice set that are not handed out in it, and for which there is consent.
    """

    raters: tuple[str, ...] = ()
    clips: tuple[str, ...] = ()
