"""Codes on which raters of a round differ most, for who leads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True)
class HardCode:
    """How often two raters gave a code to the same moment.

    Parameters
    ----------
    code : str
        Its id.
    given : int
        Moments to which at least one of two raters gave it, over all pairs of raters.
    agreed : int
        Of these, moments to which both did.
    instead : tuple[tuple[str, int], ...]
        What the other gave, with how often; the most frequent first. What one did not answer is not in it.
    """

    code: str
    given: int
    agreed: int
    instead: tuple[tuple[str, int], ...] = ()

    @property
    def share(self) -> float:
        """Share of the moments on which they agreed."""
        return self.agreed / self.given if self.given else 0.0


@final
@dataclass(frozen=True, slots=True)
class HardCodes:
    """The codes of a round, the hardest first.

    Parameters
    ----------
    round : str
        Name of the round.
    clips, raters : int
        Clips that at least two raters coded, and how many raters coded them.
    families : tuple[str, ...]
        Pseudonyms of the families whose clips these are.
    """

    round: str
    clips: int
    raters: int
    families: tuple[str, ...]
    codes: tuple[HardCode, ...]
