"""How a part of the installation is, as its administrator is told on the front door."""

from __future__ import annotations

from typing import Literal, final

from pydantic.dataclasses import dataclass

from vib.language import Text

Condition = Literal["good", "attention", "wrong"]
"""`attention` works, and somebody had better look; `wrong` does not work."""


@final
@dataclass(frozen=True, slots=True)
class Health:
    """One part of the installation.

    Parameters
    ----------
    name : Text
        What the part is called.
    said : Text
        How it is, in a sentence without the name: also what to do, where that is known.
    address : str
        Where there is more to see; empty where that is nowhere.
    order : int
        Its place: the lowest first.
    """

    name: Text
    condition: Condition
    said: Text
    address: str = ""
    order: int = 50
