"""A tier: the codes that answer one question, and how to choose among them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from vib.codebook.entry import Code, Entry, Group, Source, Words
from vib.identifiers import Id
from vib.validation import WrongValue


class Describes(Entry):
    """Which codes of which tier a tier describes."""

    tier: Id
    codes: tuple[Id, ...] = Field(min_length=1)


class DecisionStep(Entry):
    """One question on the way to a code: who answers yes has found it, who answers no goes on."""

    code: Id
    ask: Words


class TierHeading(Entry):
    """What a tier says of itself, apart from its codes.

    Attributes
    ----------
    describes : Describes or None
        None when the tier lies on the timeline itself.
    several : bool
        Whether a described observation may have more than one of the codes.
    optional : bool
        Whether no answer is no omission.
    agreement : bool
        Whether agreement between raters means anything here; not for what each may pick freely.
    fill_from : {"members"} or None
        Whether the choices are the people of the clip's family.
    decision_order : tuple[DecisionStep, ...]
        How to decide: the first that fits.
    """

    id: Id
    label: Words
    question: Words
    describes: Describes | None = None
    several: bool = False
    optional: bool = False
    agreement: bool = True
    fill_from: Literal["members"] | None = None
    decision_order: tuple[DecisionStep, ...] = ()
    decision_source: tuple[Source, ...] = ()
    groups: tuple[Group, ...] = ()


class Tier(TierHeading):
    """Codes that answer one question."""

    codes: tuple[Code, ...] = Field(min_length=1)

    @cached_property
    def group_of(self) -> Mapping[str, str | None]:
        """Group in which each code and each group lies, by id; None at the top."""
        return {code.id: code.group for code in self.codes} | {group.id: group.within for group in self.groups}

    @model_validator(mode="after")
    def _decides_among_its_codes(self) -> Self:
        unknown = {step.code for step in self.decision_order} - {code.id for code in self.codes}
        if unknown:
            missing = ", ".join(sorted(unknown))
            raise WrongValue(
                nl=f"laag {self.id}: decision_order noemt wat er niet is, of verborgen is: {missing}",
                en=f"tier {self.id}: decision_order names what is not there, or is hidden: {missing}",
                sought=(self.id, "decision_order", min(unknown)),
            )
        return self
