"""``codebook.yaml`` as it is written: modules that are included, and how this codebook reads their codes.

A module holds tiers, ratings, rules and calculated codes that several codebooks share, each text once. A codebook takes
over whole tiers of it, or single codes in tiers of its own, and gives them its own reading: polarity, keys, colours,
groups, order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Literal, TypeVar

from pydantic import Discriminator, Field, Tag

from vib.codebook.book import Codebook, Derived, Heading, evidence_tier
from vib.codebook.entry import Code, Colour, Confusion, Entry, Group, Hotkey, Months, Polarity, Rating, Words
from vib.codebook.leaving_out import derived_without, rule_without, tier_without
from vib.codebook.rule import Rule
from vib.codebook.tier import DecisionStep, Describes, Tier, TierHeading
from vib.identifiers import Id, Version
from vib.language import Text
from vib.validation import WrongValue, branch

SUGGESTED = 12
"""How many names an error shows of which none looks like the one that is not there."""


class Module(Entry):
    """``label_configs/modules/NAME.yaml``: what several codebooks share."""

    format: Literal["vib-module/1"]
    module: Id
    version: Version
    about: Words
    tiers: tuple[Tier, ...] = ()
    ratings: tuple[Rating, ...] = ()
    rules: tuple[Rule, ...] = ()
    derived: tuple[Derived, ...] = ()


class Reading(Entry):
    """How a codebook reads a code of a module; what is not said stays as the module has it."""

    use: Id
    label: Words | None = None
    polarity: Polarity | None = None
    exclusive_group: Id | None = None
    group: Id | None = None
    example: Words | None = None
    not_to_be_confused_with: tuple[Confusion, ...] | None = None
    advanced: bool | None = None
    from_age_months: Months | None = None
    sensitive: bool | None = None
    equivalent_to: tuple[Id, ...] | None = None
    hotkey: Hotkey | Literal["none"] | None = None
    colour: Colour | None = None


_OWN, _USED = Tag(branch("own")), Tag(branch("use"))


def _used_or_own(value: object) -> str:
    used = "use" in value if isinstance(value, Mapping) else hasattr(value, "use")
    return (_USED if used else _OWN).tag


CodeOrReading = Annotated[Annotated[Code, _OWN] | Annotated[Reading, _USED], Discriminator(_used_or_own)]


class OwnTier(TierHeading):
    """A tier of the codebook itself; its codes may be those of modules."""

    codes: tuple[CodeOrReading, ...] = Field(min_length=1)


class Used(Entry):
    """A rating, rule, calculated code or step of a decision order of a module."""

    use: Id


StepOrUsed = Annotated[Annotated[DecisionStep, _OWN] | Annotated[Used, _USED], Discriminator(_used_or_own)]


class UsedTier(Entry):
    """A tier of a module, as this codebook wants it.

    Attributes
    ----------
    decision_order : tuple[DecisionStep or Used, ...]
        Its own steps, and those of the module by their code.
    only, hide : tuple[str, ...]
        Codes and groups (with all within them) that are taken over, or left out.
    order : tuple[str, ...]
        Codes that come first, in this order.
    readings : tuple[Reading, ...]
        How this codebook reads codes that are there.
    groups, codes : tuple
        What this codebook adds.
    """

    use: Id
    label: Words | None = None
    question: Words | None = None
    describes: Describes | None = None
    several: bool | None = None
    optional: bool | None = None
    agreement: bool | None = None
    fill_from: Literal["members"] | None = None
    decision_order: tuple[StepOrUsed, ...] | None = None
    only: tuple[Id, ...] = ()
    hide: tuple[Id, ...] = ()
    order: tuple[Id, ...] = ()
    readings: tuple[Reading, ...] = ()
    groups: tuple[Group, ...] = ()
    codes: tuple[CodeOrReading, ...] = ()


TierOrUsed = Annotated[Annotated[OwnTier, _OWN] | Annotated[UsedTier, _USED], Discriminator(_used_or_own)]
RatingOrUsed = Annotated[Annotated[Rating, _OWN] | Annotated[Used, _USED], Discriminator(_used_or_own)]
RuleOrUsed = Annotated[Annotated[Rule, _OWN] | Annotated[Used, _USED], Discriminator(_used_or_own)]
DerivedOrUsed = Annotated[Annotated[Derived, _OWN] | Annotated[Used, _USED], Discriminator(_used_or_own)]


class CodebookSource(Heading):
    """The content of a ``codebook.yaml`` of ``vib-codebook/2``."""

    format: Literal["vib-codebook/2"]
    tiers: tuple[TierOrUsed, ...] = Field(min_length=1)
    ratings: tuple[RatingOrUsed, ...] = ()
    rules: tuple[RuleOrUsed, ...] = ()
    derived: tuple[DerivedOrUsed, ...] = ()


def put_together(source: CodebookSource, modules: Sequence[Module]) -> Codebook:
    """Return a codebook with all that it includes in its place.

    Parameters
    ----------
    source : CodebookSource
    modules : sequence of Module
        Those that it includes.

    Raises
    ------
    WrongValue
        It uses what no module has, or two modules have something of one name.
    ValidationError
        What comes out is no codebook.
    """
    _refuse_doubles(modules)
    tiers = {tier.id: tier for module in modules for tier in module.tiers}
    codes = {code.id: code for tier in tiers.values() for code in tier.codes}
    made = [_tier(tier, tiers, codes) for tier in source.tiers]
    absent = codes.keys() - {code.id for tier in made for code in tier.codes}
    found = [tier_without(tier, absent) for tier in made]
    ratings = tuple(_taken(rating, [r for module in modules for r in module.ratings]) for rating in source.ratings)
    wanting = tuple(rating for rating in ratings if rating.evidence_required)
    on_timeline = [tier for tier in found if tier.describes is None]
    if wanting and on_timeline:
        found.append(evidence_tier(wanting, on_timeline[0]))
    heading = {name: getattr(source, name) for name in Heading.model_fields}
    rules = [rule_without(rule, absent) for module in modules for rule in module.rules]
    derived = [derived_without(one, absent) for module in modules for one in module.derived]
    return Codebook(
        **heading,
        tiers=tuple(found),
        ratings=ratings,
        rules=tuple(_taken(rule, rules) for rule in source.rules),
        derived=tuple(_taken(one, derived) for one in source.derived),
    )


def _refuse_doubles(modules: Sequence[Module]) -> None:
    """Refuse what two modules have: which of them is meant would depend on their order, unseen."""
    named = [(name, module.module) for module in modules for name in sorted(_ids(module))]
    doubled = sorted(name for name, count in Counter(name for name, _ in named).items() if count > 1)
    if doubled:
        both = ", ".join(module for name, module in named if name == doubled[0])
        raise WrongValue(
            nl=f"{doubled[0]} is er in meer dan één module ({both}); één tekst staat op één plaats",
            en=f"{doubled[0]} is in more than one module ({both}); one text has one place",
            sought=(doubled[0],),
        )


def _ids(module: Module) -> set[str]:
    found = {tier.id for tier in module.tiers} | {name for tier in module.tiers for name in tier.group_of}
    found |= {rating.id for rating in module.ratings} | {rule.id for rule in module.rules}
    return found | {derived.id for derived in module.derived}


def _tier(tier: OwnTier | UsedTier, tiers: Mapping[str, Tier], codes: Mapping[str, Code]) -> Tier:
    if isinstance(tier, OwnTier):
        own = {name: getattr(tier, name) for name in OwnTier.model_fields}
        return Tier(**{**own, "codes": tuple(_code(code, codes) for code in tier.codes)})
    base = tiers.get(tier.use)
    if base is None:
        raise _absent(tier.use, tiers)
    groups = (*base.groups, *tier.groups)
    within = {code.id: code.group for code in base.codes} | {group.id: group.within for group in groups}
    _refuse_unknown_names(tier, within)
    kept = {name for name in within if _is_kept(name, within, tier)}
    readings = {reading.use: reading for reading in tier.readings}
    found = [_read(code, readings[code.id]) if code.id in readings else code for code in base.codes if code.id in kept]
    found += [_code(code, codes) for code in tier.codes]
    place = {name: number for number, name in enumerate(tier.order)}
    found.sort(key=lambda code: place.get(code.id, len(place)))
    if not found:
        raise WrongValue(
            nl=f"laag {tier.use}: er blijft geen code over",
            en=f"tier {tier.use}: no code is left",
            sought=(tier.use,),
        )
    there = {code.id for code in found}
    said = {name: getattr(tier, name) for name in OwnTier.model_fields if hasattr(tier, name)}
    steps = tuple(step for step in base.decision_order if step.code in there)
    if tier.decision_order is not None:
        steps = tuple(_step(step, base) for step in tier.decision_order)
    given = {name: value for name, value in said.items() if value is not None and name in UsedTier.model_fields}
    return Tier(
        **{
            **{name: getattr(base, name) for name in Tier.model_fields},
            **given,
            "decision_order": steps,
            "groups": tuple(group for group in groups if group.id in kept or group in tier.groups),
            "codes": tuple(found),
        }
    )


def _step(step: DecisionStep | Used, base: Tier) -> DecisionStep:
    if isinstance(step, DecisionStep):
        return step
    known = {own.code: own for own in base.decision_order}
    if step.use not in known:
        raise _absent(step.use, known)
    return known[step.use]


def _refuse_unknown_names(tier: UsedTier, within: Mapping[str, str | None]) -> None:
    times = Counter(reading.use for reading in tier.readings)
    if twice := sorted(name for name, count in times.items() if count > 1):
        raise WrongValue(
            nl=f"laag {tier.use}: readings leest {twice[0]} meer dan eens",
            en=f"tier {tier.use}: readings reads {twice[0]} more than once",
            sought=(tier.use, "readings", twice[0]),
        )
    added = {code.use if isinstance(code, Reading) else code.id for code in tier.codes}
    named = {*tier.only, *tier.hide, *(reading.use for reading in tier.readings)} - within.keys()
    if unknown := sorted(named | ({*tier.order} - within.keys() - added)):
        missing, meant = ", ".join(unknown), _meant(unknown, within)
        raise WrongValue(
            nl=f"laag {tier.use}: deze codes of groepen zijn er niet: {missing}{meant.nl}",
            en=f"tier {tier.use}: these codes or groups are not there: {missing}{meant.en}",
            sought=(tier.use, unknown[0]),
        )


def _is_kept(name: str, within: Mapping[str, str | None], tier: UsedTier) -> bool:
    """Tell whether a code or group stays: it is not hidden, and is among or leads to those that are wanted."""
    around = set(_around(name, within))
    if around & set(tier.hide):
        return False
    return not tier.only or bool(around & set(tier.only)) or any(name in _around(other, within) for other in tier.only)


def _around(name: str, within: Mapping[str, str | None]) -> list[str]:
    """Return a code or group and all groups around it, the innermost first."""
    found: list[str] = []
    here: str | None = name
    while here is not None and here not in found:
        found.append(here)
        here = within.get(here)
    return found


def _code(code: Code | Reading, codes: Mapping[str, Code]) -> Code:
    if isinstance(code, Code):
        return code
    if code.use not in codes:
        raise _absent(code.use, codes)
    # Key, colour and group are those of a tier, and do not go to another with the code.
    return _read(codes[code.use].model_copy(update={"group": None, "hotkey": None, "colour": None}), code)


def _read(code: Code, reading: Reading) -> Code:
    said = {name: value for name in type(reading).model_fields if (value := getattr(reading, name)) is not None}
    del said["use"]
    if said.get("hotkey") == "none":
        said["hotkey"] = None
    return code.model_copy(update=said)


Part = TypeVar("Part", Rating, Rule, Derived)


def _taken(part: Part | Used, there: Sequence[Part]) -> Part:
    if not isinstance(part, Used):
        return part
    found = {one.id: one for one in there}
    if part.use not in found:
        raise _absent(part.use, found)
    return found[part.use]


def _absent(name: str, known: Iterable[str]) -> WrongValue:
    """Return what is wrong with naming what no module has, with what may have been meant."""
    meant = _meant([name], known)
    return WrongValue(
        nl=f"geen van de modules in includes heeft {name}{meant.nl}",
        en=f"none of the modules in includes has {name}{meant.en}",
        sought=(name,),
    )


def _meant(names: Iterable[str], known: Iterable[str]) -> Text:
    known = sorted(known)
    near = [other for name in names for other in get_close_matches(name, known)] or known[:SUGGESTED]
    found = ", ".join(dict.fromkeys(near))
    return Text(nl=f"; bedoel je: {found}?", en=f"; do you mean: {found}?") if found else Text(nl="", en="")
