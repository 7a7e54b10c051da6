"""Rules of a codebook: what goes together in what one coder saw, and what does not."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from vib.codebook.entry import Entry, Words
from vib.identifiers import Id
from vib.validation import WrongValue

Seconds = Annotated[float, Field(ge=0, le=3600)]


class Which(Entry):
    """Observations of a timeline: those with one of some codes on a tier.

    Attributes
    ----------
    tier : str
        A tier on the timeline, or one that describes it: then the stretches that it describes.
    codes : tuple[str, ...]
        Empty for all codes of the tier.
    without : tuple[str, ...]
        Of these codes, which are not meant.
    """

    tier: Id
    codes: tuple[Id, ...] = ()
    without: tuple[Id, ...] = ()


class Near(Entry):
    """Whether something else lies around: from ``before_s`` before the onset to ``after_s`` after the offset.

    Attributes
    ----------
    of : Which
        What is looked for.
    there : bool
        Whether it must be there, or must not.
    """

    of: Which
    before_s: Seconds = 0.0
    after_s: Seconds = 0.0
    there: bool = True


class Again(Entry):
    """The next stretch with the same code on the timeline, within some seconds, has the same answer on a tier."""

    tier: Id
    within_s: Seconds


class Then(Entry):
    """What must hold; one of these.

    Attributes
    ----------
    given, empty : tuple[str, ...]
        Tiers that must have an answer at this stretch, or must have none.
    near : Near or None
        Something lies around it, or does not.
    earlier : Which or None
        Something of the kind came before it.
    again : Again or None
        It is repeated.
    """

    given: tuple[Id, ...] = ()
    empty: tuple[Id, ...] = ()
    near: Near | None = None
    earlier: tuple[Which, ...] = ()
    again: Again | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [name for name in type(self).model_fields if getattr(self, name)]
        if len(said) != 1:
            raise WrongValue(
                nl="moet één van given, empty, near, earlier en again hebben",
                en="must have one of given, empty, near, earlier and again",
            )
        return self


class Rule(Entry):
    """What must hold of observations of one kind, and what to say where it does not.

    Attributes
    ----------
    when : Which
        Of which observations.
    say : Text
        What a coder reads.
    blocks_submit : bool
        Whether codes that break it cannot be submitted; else it is pointed out.
    """

    id: Id
    when: Which
    then: Then
    say: Words
    blocks_submit: bool = False
