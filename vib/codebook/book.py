"""A codebook: what a method looks for, complete, as every other part of the product sees it.

Whatever its sources do not confirm names who is to confirm it, and says `te bevestigen` wherever it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from vib.codebook.entry import Code, Day, Entry, ParameterName, Polarity, Rating, Sourced, Words
from vib.codebook.keys import refuse_keys
from vib.codebook.rule import Rule
from vib.codebook.tier import Describes, Tier
from vib.derived.catalogue import wrong_with
from vib.identifiers import Id, Version
from vib.language import Text
from vib.made_with import MadeWith
from vib.validation import WrongValue

RESERVED = ("audio", "video")
"""Ids that the labelling interface uses for its media."""

EVIDENCE = "evidence"
"""Id of the tier that says on which moments ratings are based; it is there where a rating wants one."""

OutputLimit = Literal["team_only", "no_sums", "no_norms", "no_comparison_of_people"]
Category = Literal["vib", "signals", "programme"]


class Included(Entry):
    """A module that a codebook is made of."""

    module: Id
    version: Version


class ClipLength(Entry):
    """How long a clip should be, in seconds."""

    min_s: Annotated[float, Field(gt=0)]
    usual_s: tuple[float, float]
    max_s: Annotated[float, Field(gt=0)]


class Level(Entry):
    """What a coder is asked at one stage of learning.

    Attributes
    ----------
    tiers : tuple[str, ...]
        Ids of the tiers that are asked.
    advanced : bool
        Whether advanced codes are there too.
    ratings : bool
        Whether the clip as a whole is rated.
    """

    id: Id
    label: Words
    tiers: tuple[Id, ...] = Field(min_length=1)
    advanced: bool = False
    ratings: bool = False


class TrainingStep(Entry):
    """What is learnt in one step: tiers, or groups of codes of a tier."""

    label: Words
    tiers: tuple[Id, ...] = ()
    groups: tuple[Id, ...] = ()
    ratings: bool = False


class Derived(Sourced):
    """What is calculated from the codes, and never given by hand.

    Attributes
    ----------
    by : str
        Name of the calculation: one of `vib.derived.catalogue`.
    params : Mapping[str, float]
        Its windows and counts, in the unit that the name says.
    of : Mapping[str, tuple[str, ...]]
        Which tiers or codes stand for each part of it; a part that is not named is the tier of that name.
    """

    id: Id
    label: Words
    definition: Words
    by: Id
    params: Mapping[ParameterName, float] = Field(default_factory=dict)
    of: Mapping[ParameterName, tuple[Id, ...]] = Field(default_factory=dict)
    polarity: Polarity = "neutraal"


class Session(Sourced):
    """One visit of a programme: what is filmed, what is watched, and its theme."""

    number: str
    theme: Words
    films: Words | None = None
    watches: Words | None = None


class Change(Entry):
    """What a version changed.

    Attributes
    ----------
    becomes : Mapping[str, str or None]
        What stands now for codes of the version before; None where nothing does.
    incomparable : tuple[str, ...]
        Tiers whose codes mean something else now: codes of before and after are not compared.
    """

    version: Version
    date: Day
    changes: tuple[Words, ...] = Field(min_length=1)
    becomes: Mapping[Id, Id | None] = Field(default_factory=dict)
    incomparable: tuple[Id, ...] = ()


class Retired(Entry):
    """A code that is not given any more."""

    id: Id
    since: Version
    why: Words


class Heading(Entry):
    """What a codebook says of itself, apart from its tiers and what is built on them.

    Attributes
    ----------
    owner : str
        Whose method it is.
    approved : bool
        Whether the owner approved this rendering.
    requires : Text or None
        The training that who codes with it must have had.
    source_note : Text or None
        What of the method is protected, and not here.
    subject : {"family", "professional"}
        Whose behaviour is looked at above all.
    category : {"vib", "signals", "programme"}
        Among which methods it is listed: VIB and video-hometraining, learning to look, or other programmes.
    situations : tuple[Text, ...]
        What may go on in a clip; empty where anything may.
    """

    method: Id
    version: Version
    title: Words
    about: Words
    owner: str
    approved: bool = False
    requires: Words | None = None
    source_note: Words | None = None
    subject: Literal["family", "professional"] = "family"
    category: Category = "programme"
    includes: tuple[Included, ...] = ()
    situations: tuple[Words, ...] = ()
    clip: ClipLength | None = None
    levels: tuple[Level, ...] = ()
    training_order: tuple[TrainingStep, ...] = ()
    sessions: tuple[Session, ...] = ()
    output_limits: tuple[OutputLimit, ...] = ()
    changes: tuple[Change, ...] = ()
    retired: tuple[Retired, ...] = ()


class Codebook(Heading):
    """A method: its tiers, codes and ratings, and how to decide among them.

    See ``docs/reference/codebook.md`` for the format of ``codebook.yaml``; what it includes is part of it here.
    """

    tiers: tuple[Tier, ...] = Field(min_length=1)
    ratings: tuple[Rating, ...] = ()
    rules: tuple[Rule, ...] = ()
    derived: tuple[Derived, ...] = ()

    @cached_property
    def timeline_tiers(self) -> tuple[Tier, ...]:
        """Tiers that lie on the timeline."""
        return tuple(tier for tier in self.tiers if tier.describes is None)

    @cached_property
    def describing_tiers(self) -> tuple[Tier, ...]:
        """Tiers that describe the codes of another."""
        return tuple(tier for tier in self.tiers if tier.describes is not None)

    @cached_property
    def codes(self) -> Mapping[str, Code]:
        """All codes, by id."""
        return {code.id: code for tier in self.tiers for code in tier.codes}

    def tier(self, name: str) -> Tier:
        """Return a tier by id; KeyError when there is none."""
        return {tier.id: tier for tier in self.tiers}[name]

    def labels(self) -> Mapping[str, Text]:
        """Return the label of every tier, group, code, rating and calculated code by id."""
        found = {rating.id: rating.label for rating in self.ratings}
        found |= {derived.id: derived.label for derived in self.derived}
        for tier in self.tiers:
            found |= {group.id: group.label for group in tier.groups}
            found |= {code.id: code.label for code in tier.codes}
            found[tier.id] = tier.label
        return found

    def level(self, name: str) -> Level:
        """Return a level by id; KeyError when there is none."""
        return {level.id: level for level in self.levels}[name]

    def made(self, made_with: MadeWith | None) -> Codebook | None:
        """Return the part of this codebook with which codes were made; all of it where that is not said.

        None where it was another codebook, another version, or a level that is not there.
        """
        if made_with is None:
            return self
        if (made_with.method, made_with.version) != (self.method, self.version):
            return None
        if made_with.level is None:
            return self
        return next((self.at(level) for level in self.levels if level.id == made_with.level), None)

    def at(self, level: Level) -> Codebook:
        """Return the part of the codebook that is asked at a level; rules about what is not asked are not there."""
        asked = [tier for tier in self.tiers if tier.id in level.tiers or (level.ratings and tier.id == EVIDENCE)]
        kept = [_asked(tier, advanced=level.advanced) for tier in asked]
        there = {tier.id for tier in kept}
        return self.replacing(
            tiers=tuple(kept),
            ratings=self.ratings if level.ratings else (),
            rules=tuple(rule for rule in self.rules if tiers_of(rule) <= there),
        )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse_ids(self)
        refuse_unknown(self)
        refuse_calculations(self)
        refuse_keys(self.tiers)
        return self


def _asked(tier: Tier, *, advanced: bool) -> Tier:
    codes = tuple(code for code in tier.codes if advanced or not code.advanced)
    there = {code.id for code in codes}
    return tier.replacing(codes=codes, decision_order=tuple(s for s in tier.decision_order if s.code in there))


def tiers_of(rule: Rule) -> set[str]:
    """Return the tiers that a rule is about."""
    then = rule.then
    found = {rule.when.tier, *then.given, *then.empty, *(which.tier for which in then.earlier)}
    found |= {then.near.of.tier} if then.near else set()
    return found | ({then.again.tier} if then.again else set())


def moment_code(rating: str) -> str:
    """Return the code by which a coder says that a moment is one on which a rating is based."""
    return f"EV.{rating}"


def evidence_tier(ratings: tuple[Rating, ...], on: Tier) -> Tier:
    """Return the tier by which a coder says which moments a rating is based on.

    Parameters
    ----------
    ratings : tuple of Rating
        Those that want a moment.
    on : Tier
        The tier on the timeline whose stretches are the moments.
    """
    codes = tuple(
        Code(
            id=moment_code(rating.id),
            label=rating.label,
            actor=rating.actor,
            kind="tag",
            definition=rating.definition,
            example=rating.example,
            from_age_months=rating.from_age_months,
            sensitive=rating.sensitive,
            source=("own design",),
            certainty="medium",
        )
        for rating in ratings
    )
    return Tier(
        id=EVIDENCE,
        label=Text(nl="moment bij een oordeel", en="moment for a rating"),
        question=Text(
            nl="Is dit een moment waarop je een oordeel over de clip baseert?",
            en="Is this a moment on which you base a rating of the clip?",
        ),
        describes=Describes(tier=on.id, codes=tuple(code.id for code in on.codes)),
        several=True,
        optional=True,
        agreement=False,
        codes=codes,
    )


def refuse_ids(book: Codebook) -> None:
    """Refuse ids that are there twice, or that the labelling screen needs."""
    named = [r.id for r in book.ratings] + [t.id for t in book.tiers] + [d.id for d in book.derived]
    named += [code.id for t in book.tiers for code in t.codes]
    named += [group.id for t in book.tiers for group in t.groups]
    doubled = sorted(name for name, count in Counter(named).items() if count > 1)
    taken = sorted(set(named) & set(RESERVED))
    if taken:
        raise WrongValue(
            nl=f"het codeerscherm zelf gebruikt deze ids: {', '.join(taken)}",
            en=f"the labelling screen itself uses these ids: {', '.join(taken)}",
            sought=(taken[0],),
        )
    if doubled:
        raise WrongValue(
            nl=f"elk id mag er maar een keer zijn, deze zijn dubbel: {', '.join(doubled)}",
            en=f"ids must be unique, these are used twice: {', '.join(doubled)}",
            sought=(next(name for name in named if name in doubled),),
        )


def refuse_unknown(book: Codebook) -> None:
    """Refuse what names a tier, group or code that is not there."""
    for within, nl, en, unknown in _unknown(book):
        if unknown:
            missing = ", ".join(sorted(unknown))
            raise WrongValue(
                nl=f"{nl} noemt wat er niet is, of verborgen is: {missing}",
                en=f"{en} names what is not there, or is hidden: {missing}",
                sought=(*within, min(unknown)),
            )
    for tier in book.tiers:
        for group in tier.groups:
            outer, steps = group.within, 0
            while outer is not None and steps <= len(tier.groups):
                outer, steps = tier.group_of[outer], steps + 1
            if outer is not None:
                raise WrongValue(
                    nl=f"laag {tier.id}: groep {group.id} ligt in zichzelf",
                    en=f"tier {tier.id}: group {group.id} lies within itself",
                    sought=(group.id, "within"),
                )


def refuse_calculations(book: Codebook) -> None:
    """Refuse calculated codes that no calculation makes, or that lack what theirs needs."""
    tiers = {tier.id for tier in book.tiers}
    for derived in book.derived:
        for wrong in wrong_with(derived.by, derived.params, derived.of, tiers):
            nl, en = f"derived {derived.id}: {wrong.nl}", f"derived {derived.id}: {wrong.en}"
            raise WrongValue(nl=nl, en=en, sought=(derived.id,))


def _unknown(book: Codebook) -> Iterator[tuple[tuple[str, ...], str, str, set[str]]]:
    """Yield what names something (how to find it, Dutch, English), and which of the names are not there."""
    codes = {tier.id: {code.id for code in tier.codes} for tier in book.tiers}
    groups = {group.id for tier in book.tiers for group in tier.groups}
    on_timeline = {tier.id for tier in book.timeline_tiers}
    for tier in book.tiers:
        nl, en = f"laag {tier.id}", f"tier {tier.id}"
        there = {group.id for group in tier.groups}
        for name, group in tier.group_of.items():
            yield (name,), nl, en, {group} - there if group is not None else set()
        if tier.describes is not None:
            known = codes[tier.describes.tier] if tier.describes.tier in on_timeline else set()
            yield (tier.id, "describes"), nl, en, set(tier.describes.codes) - known
    for level in book.levels:
        yield (level.id, "tiers"), f"niveau {level.id}", f"level {level.id}", set(level.tiers) - set(codes)
    for step in book.training_order:
        unknown = (set(step.tiers) - set(codes)) | (set(step.groups) - groups)
        yield ("training_order",), f"training_order {step.label.nl}", f"training_order {step.label.en}", unknown
    for rule in book.rules:
        unknown = tiers_of(rule) - set(codes)
        near = (rule.then.near.of,) if rule.then.near else ()
        for which in (rule.when, *rule.then.earlier, *near):
            unknown |= {*which.codes, *which.without} - codes.get(which.tier, set())
        yield (rule.id,), f"regel {rule.id}", f"rule {rule.id}", unknown
    known = {*codes, *(code for tier in codes.values() for code in tier)}
    for derived in book.derived:
        named = {name for names in derived.of.values() for name in names}
        yield (derived.id,), f"derived {derived.id}", f"derived {derived.id}", named - known
