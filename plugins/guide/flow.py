"""The order in which a coder decides, as a chart to follow with a finger: yes leads aside, no leads down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vib.codebook import Polarity, Tier
from vib.language import Language


@dataclass(frozen=True)
class Question:
    """One question of a flow.

    Attributes
    ----------
    code, label : str
        What was found when the answer is yes.
    here : bool
        Whether it leads to the code that a page is about.
    """

    number: int
    ask: str
    code: str
    label: str
    polarity: Polarity
    colour: str | None
    here: bool = False


def flow_of(tier: Tier, language: Language, here: str = "") -> Sequence[Question]:
    """Return the questions of a tier in the order in which they are asked; none where it has no order.

    Parameters
    ----------
    here : str
        Id of the code that a page is about.
    """
    codes = {code.id: code for code in tier.codes}
    return [
        Question(
            number=number,
            ask=step.ask.to(language),
            code=step.code,
            label=codes[step.code].label.to(language),
            polarity=codes[step.code].polarity,
            colour=codes[step.code].colour,
            here=step.code == here,
        )
        for number, step in enumerate(tier.decision_order, start=1)
    ]
