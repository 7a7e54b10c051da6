"""``vib-codebook/1``, which is still read: a codebook in one piece, without modules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vib.codebook.book import Codebook
from vib.codebook.entry import Actor, Entry, Months, Rating, Sourced, Words
from vib.codebook.tier import Tier
from vib.identifiers import Id, Version


class FirstRating(Sourced):
    """A rating as the first format has it."""

    id: Id
    label: Words
    actor: Actor
    definition: Words
    example: Words
    lowest: Annotated[int, Field(ge=0, le=100)] = 1
    highest: Annotated[int, Field(ge=1, le=100)] = 5
    from_month: Months | None = None

    def upgraded(self) -> Rating:
        """Return it as the rating that it is."""
        said = {name: getattr(self, name) for name in FirstRating.model_fields}
        return Rating(from_age_months=said.pop("from_month"), **said)


class FirstCodebook(Entry):
    """The content of a ``codebook.yaml`` of the first format: tiers and codes are as in the second, with less."""

    format: Literal["vib-codebook/1"]
    method: Id
    version: Version
    title: Words
    about: Words
    owner: str
    tiers: tuple[Tier, ...] = Field(min_length=1)
    ratings: tuple[FirstRating, ...] = ()

    def upgraded(self) -> Codebook:
        """Return it as the codebook that it is.

        Raises
        ------
        ValidationError
            It is none.
        """
        said = {name: getattr(self, name) for name in FirstCodebook.model_fields if name not in ("format", "ratings")}
        return Codebook(ratings=tuple(rating.upgraded() for rating in self.ratings), **said)
