"""Codebooks: what a method looks for. A method is data: one folder of ``label_configs/``.

A codebook has tiers of codes, and ratings of the whole clip. A tier either lies on the
timeline (who acts, from when to when) or *describes* the codes of such a tier (how the
initiative in this turn was received). Whatever its sources do not confirm names who is to
confirm it, and says `te bevestigen` wherever it is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from vib.language import Text
from vib.validation import WrongValue, written_as
from vib.yaml_file import read_yaml

RESERVED = ("audio", "video")
"""Ids that the labelling interface uses for its media."""

Id = Annotated[
    str,
    written_as(
        r"[A-Za-z][A-Za-z0-9._-]{0,63}",
        nl="is geen id: hoogstens 64 letters, cijfers, punten, - en _, met een letter voorop",
        en="is not an id: at most 64 letters, digits, dots, - and _, with a letter first",
    ),
]
Hotkey = Annotated[
    str, written_as(r"[a-z0-9]", nl="is geen kleine letter of cijfer", en="is not one small letter or digit")
]
Colour = Annotated[
    str, written_as(r"#[0-9a-f]{6}", nl="is geen kleur zoals #2e7d32", en="is not a colour such as #2e7d32")
]
Version = Annotated[
    str, written_as(r"\d+\.\d+\.\d+", nl="is geen versie zoals 1.0.0", en="is not a version such as 1.0.0")
]
CodeKind = Literal["state", "event", "rating", "tag"]
Actor = Literal["kind", "volwassene", "onbekend", "dyade", "groep", "gezin", "professional"]
Polarity = Literal["ja", "nee", "neutraal"]
Certainty = Literal["high", "medium", "low"]
Source = Annotated[str, Field(min_length=3)]


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


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(_Entry):
    """Something that a source says, with how sure it is.

    Attributes
    ----------
    source : tuple[str, ...]
        Where it comes from: publications, pages, or ``own design``.
    certainty : {"high", "medium", "low"}
        How sure the sources make it.
    confirm_by : str or None
        Who is to confirm it before it may be used for decisions; None when nobody needs to.
    """

    source: tuple[Source, ...] = Field(min_length=1)
    certainty: Certainty
    confirm_by: str | None = None


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
        Whether contact grows (ja), breaks down (nee), or neither.
    exclusive_group : str or None
        Of the codes that share a group, one holds at a time.
    group : str or None
        Id of the group (pattern) of its tier that it belongs to.
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
    hotkey: Hotkey | None = None
    colour: Colour | None = None


class Group(Sourced):
    """A cluster of codes, or a pattern within a cluster."""

    id: Id
    label: Words
    within: Id | None = None


class Describes(_Entry):
    """Which codes of which tier a tier describes."""

    tier: Id
    codes: tuple[Id, ...] = Field(min_length=1)


class Tier(_Entry):
    """Codes that answer one question.

    Attributes
    ----------
    describes : Describes or None
        None when the tier lies on the timeline itself.
    several : bool
        Whether a described observation may have more than one of the codes.
    """

    id: Id
    label: Words
    question: Words
    describes: Describes | None = None
    several: bool = False
    groups: tuple[Group, ...] = ()
    codes: tuple[Code, ...] = Field(min_length=1)

    @cached_property
    def group_of(self) -> Mapping[str, str | None]:
        """Group in which each code and each group lies, by id; None at the top."""
        return {code.id: code.group for code in self.codes} | {group.id: group.within for group in self.groups}

    @model_validator(mode="after")
    def _keys_choose_one(self) -> Self:
        keys = [code.hotkey for code in self.codes if code.hotkey]
        if len(keys) != len(set(keys)):
            raise WrongValue(
                nl=f"laag {self.id}: twee codes hebben dezelfde sneltoets",
                en=f"tier {self.id}: two codes have the same hotkey",
            )
        return self


class Rating(Sourced):
    """A judgement of the whole clip on a scale of whole numbers.

    Attributes
    ----------
    lowest, highest : int
        Ends of the scale.
    from_month : int or None
        Age of the child in months from which it is asked.
    """

    id: Id
    label: Words
    actor: Actor
    definition: Words
    example: Words
    lowest: Annotated[int, Field(ge=0, le=100)] = 1
    highest: Annotated[int, Field(ge=1, le=100)] = 5
    from_month: Annotated[int, Field(ge=0, le=300)] | None = None

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        if self.lowest >= self.highest:
            raise WrongValue(
                nl=f"oordeel {self.id}: lowest ligt niet onder highest",
                en=f"rating {self.id}: lowest is not below highest",
            )
        return self


class Codebook(_Entry):
    """A method: its tiers, codes and ratings.

    See ``docs/reference/codebook.md`` for the format of ``codebook.yaml``.
    """

    format: Literal["vib-codebook/1"]
    method: Id
    version: Version
    title: Words
    about: Words
    owner: str
    tiers: tuple[Tier, ...] = Field(min_length=1)
    ratings: tuple[Rating, ...] = ()

    @cached_property
    def timeline_tiers(self) -> tuple[Tier, ...]:
        """Tiers that lie on the timeline."""
        return tuple(tier for tier in self.tiers if tier.describes is None)

    @cached_property
    def describing_tiers(self) -> tuple[Tier, ...]:
        """Tiers that describe the codes of another."""
        return tuple(tier for tier in self.tiers if tier.describes is not None)

    def tier(self, name: str) -> Tier:
        """Return a tier by id; KeyError when there is none."""
        return {tier.id: tier for tier in self.tiers}[name]

    def labels(self) -> Mapping[str, Text]:
        """Return the label of every tier, group, code and rating by id."""
        found = {rating.id: rating.label for rating in self.ratings}
        for tier in self.tiers:
            found |= {group.id: group.label for group in tier.groups}
            found |= {code.id: code.label for code in tier.codes}
            found[tier.id] = tier.label
        return found

    @model_validator(mode="after")
    def _ids_are_unique_and_resolve(self) -> Self:
        named = [r.id for r in self.ratings] + [t.id for t in self.tiers]
        named += [code.id for t in self.tiers for code in t.codes]
        named += [group.id for t in self.tiers for group in t.groups]
        doubled = sorted(name for name, count in Counter(named).items() if count > 1)
        taken = sorted(set(named) & set(RESERVED))
        if taken:
            raise WrongValue(
                nl=f"het codeerscherm zelf gebruikt deze ids: {', '.join(taken)}",
                en=f"the labelling screen itself uses these ids: {', '.join(taken)}",
            )
        if doubled:
            raise WrongValue(
                nl=f"elk id mag er maar een keer zijn, deze zijn dubbel: {', '.join(doubled)}",
                en=f"ids must be unique, these are used twice: {', '.join(doubled)}",
            )
        on_timeline = {tier.id: {code.id for code in tier.codes} for tier in self.timeline_tiers}
        for tier in self.tiers:
            groups = {group.id for group in tier.groups}
            used = {c.group for c in tier.codes} | {g.within for g in tier.groups}
            unknown = {name for name in used if name is not None} - groups
            if tier.describes is not None:
                known = on_timeline.get(tier.describes.tier, set())
                unknown |= set(tier.describes.codes) - known
            if unknown:
                absent = ", ".join(sorted(unknown))
                raise WrongValue(
                    nl=f"laag {tier.id} noemt wat er niet is: {absent}",
                    en=f"tier {tier.id} names what is not there: {absent}",
                )
            for group in tier.groups:
                outer, steps = group.within, 0
                while outer is not None and steps <= len(tier.groups):
                    outer, steps = tier.group_of[outer], steps + 1
                if outer is not None:
                    raise WrongValue(
                        nl=f"laag {tier.id}: groep {group.id} ligt in zichzelf",
                        en=f"tier {tier.id}: group {group.id} lies within itself",
                    )
        return self


def read_codebook(path: Path) -> Codebook:
    """Read a ``codebook.yaml``.

    Raises
    ------
    InputProblem
        The file cannot be read, is no YAML, or is no codebook; names line and field.
    """
    return read_yaml(path, Codebook)
