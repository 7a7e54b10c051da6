"""A place where the start page leads to."""

from __future__ import annotations

from pydantic.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartLink:
    """A card on the start page, in the reader's language.

    Parameters
    ----------
    heading : str
        What is there.
    about : str
        One sentence about what it is good for.
    label : str
        Of the link.
    address : str
        A path of this server, beginning with ``/``.
    """

    heading: str
    about: str
    label: str
    address: str
