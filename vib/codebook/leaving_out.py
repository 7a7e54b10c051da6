"""What codes, rules and calculations of a module become in a codebook that leaves out some of its codes."""

from __future__ import annotations

from collections.abc import Set

from vib.codebook.book import Derived
from vib.codebook.rule import Rule, Which
from vib.codebook.tier import Tier


def tier_without(tier: Tier, absent: Set[str]) -> Tier:
    """Return a tier none of whose codes is told from an absent one."""
    codes = tuple(
        code.model_copy(
            update={"not_to_be_confused_with": tuple(c for c in code.not_to_be_confused_with if c.code not in absent)}
        )
        for code in tier.codes
    )
    return tier.model_copy(update={"codes": codes})


def rule_without(rule: Rule, absent: Set[str]) -> Rule:
    """Return a rule that names none of the absent codes.

    Where all that it is about is absent it stays as it is: such a rule is not for this codebook, which is to be said.
    """
    then = rule.then
    earlier = tuple(_without(which, absent) for which in then.earlier if set(which.codes) - absent or not which.codes)
    near = then.near and then.near.model_copy(update={"of": _without(then.near.of, absent)})
    return rule.model_copy(
        update={
            "when": _without(rule.when, absent),
            "then": then.model_copy(update={"earlier": earlier or then.earlier, "near": near}),
        }
    )


def derived_without(derived: Derived, absent: Set[str]) -> Derived:
    """Return a calculation whose parts name none of the absent codes; a part without any is not there."""
    parts = {part: tuple(name for name in names if name not in absent) for part, names in derived.of.items()}
    return derived.model_copy(update={"of": {part: names for part, names in parts.items() if names}})


def _without(which: Which, absent: Set[str]) -> Which:
    kept = tuple(code for code in which.codes if code not in absent)
    without = tuple(code for code in which.without if code not in absent)
    return which.model_copy(update={"codes": kept or which.codes, "without": without})
