"""Every calculation by name: what a codebook may write as ``by``, with its parts and its windows."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import final

from vib.derived import attention, cycles, initiatives, sequences, turns
from vib.derived.seen import Figure, Span
from vib.language import Text

Function = Callable[..., Iterator[Span]] | Callable[..., Iterator[Figure]]


@final
@dataclass(frozen=True)
class Calculation:
    """One calculation.

    Attributes
    ----------
    function : callable
        Of a `Seen`, with its windows as keywords.
    needs, may : tuple of str
        Parts that must be there, and others that are used where they are.
    figures : bool
        Whether it gives figures; else it gives stretches or instants, which become a tier.
    """

    function: Function
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    figures: bool = False

    @cached_property
    def windows(self) -> Mapping[str, float]:
        """Its windows and counts, with what they are when nobody says so."""
        given = list(inspect.signature(self.function).parameters.values())[1:]
        return {window.name: window.default for window in given}


CALCULATIONS: Mapping[str, Calculation] = {
    "turn_transitions": Calculation(turns.turn_transitions, ("turn",)),
    "taking_turn": Calculation(turns.taking_turn, ("turn",)),
    "balanced_turns": Calculation(turns.balanced_turns, ("turn",), figures=True),
    "spread_of_turns": Calculation(turns.spread_of_turns, ("turn",), figures=True),
    "first_turn_after": Calculation(turns.first_turn_after, ("turn", "picture"), figures=True),
    "reception_latency": Calculation(initiatives.reception_latency, ("turn", "reception"), figures=True),
    "received_share": Calculation(initiatives.received_share, ("reception",), figures=True),
    "follow_ratio": Calculation(initiatives.follow_ratio, ("adult_move",), figures=True),
    "repaired": Calculation(initiatives.repaired, ("turn", "reception", "effect", "repair")),
    "sensitivity_chain": Calculation(
        initiatives.sensitivity_chain, ("turn", "reception", "effect"), ("initiative", "understanding")
    ),
    "peer_share": Calculation(initiatives.peer_share, ("initiative", "peer"), ("peer_reception",), figures=True),
    "yes_cycle": Calculation(cycles.yes_cycle, ("turn", "reception", "effect")),
    "no_cycle": Calculation(cycles.no_cycle, ("turn", "reception", "faltering"), ("repair",)),
    "mutual_gaze": Calculation(attention.mutual_gaze, ("adult_at_child", "child_at_adult")),
    "joint_attention": Calculation(
        attention.joint_attention, ("adult_at_object", "child_at_object", "adult_at_child", "child_at_adult")
    ),
    "checking_back": Calculation(attention.checking_back, ("child_at_adult", "child_at_object")),
    "attentive": Calculation(
        attention.attentive, ("turn", "signs"), ("against", "turned_away", "looking_away", "unseen")
    ),
    "compliance": Calculation(sequences.compliance, ("command", "complied", "not_complied"), figures=True),
    "chains": Calculation(sequences.chains, ("first", "then"), ("last",)),
    "what_follows": Calculation(sequences.what_follows, ("first", "then"), figures=True),
    "share": Calculation(sequences.share, ("counted", "among"), figures=True),
    "rate": Calculation(sequences.rate, ("counted",), ("unseen",), figures=True),
}


def wrong_with(by: str, params: Collection[str], of: Collection[str], tiers: Collection[str]) -> Iterator[Text]:
    """Yield what is wrong with how a codebook asks for a calculation.

    Parameters
    ----------
    by : str
        Name of the calculation.
    params, of : collection of str
        The windows and the parts that the codebook names.
    tiers : collection of str
        Ids of the codebook's tiers.
    """
    found = CALCULATIONS.get(by)
    if found is None:
        known = ", ".join(sorted(CALCULATIONS))
        yield Text(
            nl=f"er is geen berekening {by}; wel: {known}", en=f"there is no calculation {by}; these are: {known}"
        )
        return
    for nl, en, named, known_names in (
        ("params", "params", params, tuple(found.windows)),
        ("of", "of", of, (*found.needs, *found.may)),
    ):
        if unknown := sorted(set(named) - set(known_names)):
            listed = ", ".join(known_names) or "-"
            yield Text(
                nl=f"{by} kent {', '.join(unknown)} niet in {nl}; wel: {listed}",
                en=f"{by} has no {', '.join(unknown)} in {en}; these are there: {listed}",
            )
    if lacking := [part for part in found.needs if part not in of and part not in tiers]:
        yield Text(
            nl=f"{by} wil weten welke codes {', '.join(lacking)} zijn; noem die in of",
            en=f"{by} wants to know which codes are {', '.join(lacking)}; name them in of",
        )
