"""A part of the front door: what somebody has to do, is waiting for, or should know, as one plugin says it."""

from __future__ import annotations

from typing import final

from pydantic.dataclasses import dataclass


@final
@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the page on which somebody lands.

    Parameters
    ----------
    name : str
        Of the part, for its heading's address: small letters, digits, hyphens.
    heading : str
        In the reader's language.
    content : str
        HTML, made by the plugin's own template, in which whatever people typed is escaped.
    order : int
        Its place: the lowest first. What was done well and where to go on come before what went wrong.
    wide : bool
        Whether it takes the whole width.
    """

    name: str
    heading: str
    content: str
    order: int = 50
    wide: bool = False
