"""What a codebook is made of: codes, groups of codes, and ratings, each with its sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from vib.identifiers import Id
from vib.language import Language, Text
from vib.validation import WrongValue, written_as

ParameterName = Annotated[
    str,
    written_as(
        r"[a-z][a-z0-9_]{0,39}",
        nl="is geen naam van een getal: kleine letters, cijfers en _, zoals window_s",
        en="is not the name of a number: small letters, digits and _, such as window_s",
    ),
]
Hotkey = Annotated[
    str, written_as(r"[a-z0-9]", nl="is geen kleine letter of cijfer", en="is not one small letter or digit")
]
Colour = Annotated[
    str, written_as(r"#[0-9a-f]{6}", nl="is geen kleur zoals #2e7d32", en="is not a colour such as #2e7d32")
]
Day = Annotated[
    str,
    written_as(r"\d{4}-\d{2}-\d{2}", nl="is geen dag zoals 2026-02-20", en="is not a day such as 2026-02-20"),
]
Digest = Annotated[str, written_as("[0-9a-f]{64}", nl="is geen SHA-256", en="is not a SHA-256")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
CodeKind = Literal["state", "event", "rating", "tag"]
Actor = Literal["kind", "volwassene", "onbekend", "dyade", "groep", "gezin", "professional"]
Polarity = Literal["ja", "nee", "neutraal"]
Certainty = Literal["high", "medium", "low"]
Source = Annotated[str, Field(min_length=3)]
Months = Annotated[int, Field(ge=0, le=300)]


def _printable(text: Text) -> Text:
    """Refuse what no XML can hold."""
    for written in (text.nl, text.en):
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", written):
            raise WrongValue(
                nl="heeft een teken dat niet getoond kan worden", en="has a character that cannot be shown"
            )
    return text


Words = Annotated[Text, AfterValidator(_printable)]

TO_CONFIRM = Text(nl="te bevestigen", en="to be confirmed (te bevestigen)")


class Entry(BaseModel):
    """A part of a codebook: what is not in its format is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def replacing(self, **values: object) -> Self:
        """Return it with other values, which are not checked; what it computed of the old ones does not go along."""
        found = self.model_copy(update=values)
        for name in found.__dict__.keys() - type(self).model_fields.keys():
            del found.__dict__[name]
        return found


class Confirmed(Entry):
    """That somebody confirmed a text that they read.

    Attributes
    ----------
    by : str
        Their name.
    party : str
        For whom: what ``confirm_by`` says.
    date : str
        Day, such as ``2026-11-30``.
    language : {"nl", "en"}
        In which language they read it.
    digest : str
        SHA-256 of what they read, as `vib.codebook.confirmation.digest_of` makes it.
    """

    by: Name
    party: Name
    date: Day
    language: Language
    digest: Digest


class Sourced(Entry):
    """Something that a source says, with how sure it is.

    Attributes
    ----------
    source : tuple[str, ...]
        Where it comes from: publications, pages, or ``own design``.
    certainty : {"high", "medium", "low"}
        How sure the sources make it.
    confirm_by : str or None
        Who is to confirm it before it may be used for decisions; None when nobody needs to, or has done so.
    """

    source: tuple[Source, ...] = Field(min_length=1)
    certainty: Certainty
    confirm_by: str | None = None
    _confirmed: Confirmed | None = PrivateAttr(default=None)

    @property
    def confirmed(self) -> Confirmed | None:
        """Who confirmed it; None as long as nobody did."""
        return self._confirmed

    def with_confirmation(self, confirmed: Confirmed) -> Self:
        """Return it as somebody confirmed it: nobody needs to do so any more."""
        found = self.model_copy(update={"confirm_by": None})
        found._confirmed = confirmed
        return found


class Confusion(Entry):
    """A code that is easily taken for this one, and what tells them apart."""

    code: Id
    difference: Words


class Code(Sourced):
    """One thing that can be seen.

    Attributes
    ----------
    id : str
        Stable over languages and versions: what is stored.
    actor : str
        Whose behaviour it is.
    kind : {"state", "event", "rating", "tag"}
        Whether it lasts, happens, is judged, or is noted.
    polarity : {"ja", "nee", "neutraal"}
        Whether contact grows (ja), breaks down (nee), or neither, as this codebook reads it.
    exclusive_group : str or None
        Of the codes that share a group, one holds at a time.
    group : str or None
        Id of the group (pattern) of its tier that it belongs to.
    counter_example : Text or None
        What looks like it and is not.
    params : Mapping[str, float]
        The numbers of the definition, such as ``window_s``, in the unit that the name says.
    advanced : bool
        Whether only levels for advanced coders ask it.
    from_age_months : int or None
        Age of the child in months from which it is asked.
    sensitive : bool
        Whether only the team may see it.
    user_label : bool
        Whether whoever sets up the project names it.
    equivalent_to : tuple[str, ...]
        Codes of other methods that name the same.
    hotkey, colour : str or None
        How it is chosen and drawn in the labelling screen.
    """

    id: Id
    label: Words
    actor: Actor
    kind: CodeKind
    polarity: Polarity = "neutraal"
    exclusive_group: Id | None = None
    group: Id | None = None
    definition: Words
    example: Words
    counter_example: Words | None = None
    not_to_be_confused_with: tuple[Confusion, ...] = ()
    note: Words | None = None
    params: Mapping[ParameterName, float] = Field(default_factory=dict)
    advanced: bool = False
    from_age_months: Months | None = None
    sensitive: bool = False
    user_label: bool = False
    equivalent_to: tuple[Id, ...] = ()
    hotkey: Hotkey | None = None
    colour: Colour | None = None


class Group(Sourced):
    """A cluster of codes, or a pattern within a cluster."""

    id: Id
    label: Words
    within: Id | None = None


class Rating(Sourced):
    """A judgement of the whole clip on a scale of whole numbers, whose points are shown in words.

    Attributes
    ----------
    lowest, highest : int
        Ends of the scale.
    anchors : Mapping[int, Text]
        What points of the scale mean.
    evidence_required : bool
        Whether it wants a moment of the clip on which it is based.
    requires : Text or None
        A training or certificate without which nobody may give it.
    from_age_months : int or None
        Age of the child in months from which it is asked.
    """

    id: Id
    label: Words
    actor: Actor
    definition: Words
    example: Words
    counter_example: Words | None = None
    lowest: Annotated[int, Field(ge=0, le=100)] = 1
    highest: Annotated[int, Field(ge=1, le=100)] = 5
    anchors: Mapping[int, Words] = Field(default_factory=dict)
    evidence_required: bool = False
    requires: Words | None = None
    from_age_months: Months | None = None
    sensitive: bool = False

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        if self.lowest >= self.highest:
            raise WrongValue(
                nl=f"oordeel {self.id}: lowest ligt niet onder highest",
                en=f"rating {self.id}: lowest is not below highest",
                sought=(self.id, "lowest"),
            )
        beyond = [point for point in self.anchors if not self.lowest <= point <= self.highest]
        if beyond:
            raise WrongValue(
                nl=f"oordeel {self.id}: {beyond[0]} ligt niet op de schaal",
                en=f"rating {self.id}: {beyond[0]} is not on the scale",
                sought=(self.id, "anchors", str(beyond[0])),
            )
        return self
