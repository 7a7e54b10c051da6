"""Who can be chosen as the one whose turn it is: the members of a clip's family, or the roles of the codebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from vib.age_gate import age_in_months, ages_in_words
from vib.codebook import Codebook
from vib.family import Member
from vib.interface import AGE, WHO
from vib.language import Language

AGE_MONTHS = "age_months"
"""Name of the field of a task that says how many months old the first child of the family is in the clip."""

ACTORS = ("kind", "volwassene")
"""Whose turns are told apart; whoever else there is may be either."""

Choice = Mapping[str, Any]


def members_offered(codebook: Codebook, members: Sequence[Member]) -> list[Choice]:
    """Return the members of a family as choices: children first, then adults, each group as family.yaml has it.

    Each has the next digit as key that the codebook leaves free, as long as there are any, and says at whose
    turns it is offered: a child at those of children, an adult at all others.

    Examples
    --------
    >>> from vib.methods import read_method
    >>> family = [Member(id="pm", role="pleegmoeder"), Member(id="k1", role="pleegkind")]
    >>> [(one["alias"], one["value"]) for one in members_offered(read_method("vib-pleegzorg"), family)]
    [('k1', 'pleegkind (k1)'), ('pm', 'pleegmoeder (pm)')]
    """
    filled = {tier.id for tier in codebook.tiers if tier.fill_from is not None}
    taken = {code.hotkey for tier in codebook.tiers if tier.id not in filled for code in tier.codes}
    free = [digit for digit in "1234567890" if digit not in taken]
    described = {code: codebook.codes[code].actor == "kind" for code in _described(codebook)}
    found: list[Choice] = []
    for number, member in enumerate(sorted(members, key=lambda one: not one.is_child)):
        key = {"hotkey": free[number]} if number < len(free) else {}
        of = [code for code, is_child in described.items() if is_child == member.is_child]
        found.append({"value": f"{member.role} ({member.id})", "alias": member.id, "of": of, **key})
    return found


def _described(codebook: Codebook) -> list[str]:
    tiers = (tier for tier in codebook.tiers if tier.fill_from is not None and tier.describes is not None)
    return [code for tier in tiers if tier.describes for code in tier.describes.codes]


def roles_offered(codebook: Codebook, language: Language) -> list[Choice]:
    """Return the roles that a codebook knows as choices, for clips of several families."""
    described = {code: codebook.codes[code].actor for code in _described(codebook)}
    return [
        {
            "value": code.label.to(language),
            "alias": code.id,
            "of": [name for name, actor in described.items() if actor == code.actor or code.actor not in ACTORS],
            "hint": code.definition.to(language),
            **({"hotkey": code.hotkey} if code.hotkey else {}),
        }
        for tier in codebook.tiers
        if tier.fill_from is not None
        for code in tier.codes
    ]


def ages_of(members: Sequence[Member], recorded: date | str | None, language: Language) -> dict[str, Any]:
    """Return what a task says of the age of the children in its clip: in words, and of the first in months.

    Examples
    --------
    >>> ages_of([Member(id="k1", role="kind", born="2022-05")], "2026-03", "nl")
    {'age': 'kind (k1): 3 jaar en 10 maanden', 'age_months': 46}
    """
    ages = {f"{one.role} ({one.id})": age_in_months(one.born, recorded) for one in members if one.is_child}
    return {AGE: ages_in_words(ages, language), AGE_MONTHS: next(iter(ages.values()), None)}


def merged(data: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a task with what is to be in it; who could be chosen before still can, without a key.

    Examples
    --------
    >>> merged({"who": [{"value": "oma", "alias": "o", "hotkey": "4"}]}, {"who": [{"value": "kind", "alias": "k"}]})
    {'who': [{'value': 'kind', 'alias': 'k'}, {'value': 'oma', 'alias': 'o'}]}
    """
    found = {**data, **wanted}
    if WHO in wanted:
        there = {one["alias"] for one in wanted[WHO]}
        before = [one for one in data.get(WHO) or () if one.get("alias") not in there]
        gone = [{name: value for name, value in one.items() if name != "hotkey"} for one in before]
        found[WHO] = [*wanted[WHO], *gone]
    return found
