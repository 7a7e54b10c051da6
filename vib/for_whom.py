"""A codebook as those see it who may not see all of it, or who have names of their own for its codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from vib.codebook import Code, Codebook, Tier
from vib.codebook.book import tiers_of
from vib.codebook.leaving_out import derived_without, rule_without, tier_without
from vib.codebook.rule import Rule
from vib.language import Text
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.versions import without_codes, without_tiers


def without_sensitive(codebook: Codebook) -> Codebook:
    """Return a codebook without what only the team may see, and without the rules about what is not there then.

    Examples
    --------
    >>> from vib.methods import read_method
    >>> book = read_method("hechtingssignalen")
    >>> len(sensitive_in(book)) > 0, len(sensitive_in(without_sensitive(book)))
    (True, 0)
    """
    gone = sensitive_in(codebook)
    if not gone:
        return codebook
    left = (_without(tier, gone) for tier in codebook.tiers if any(code.id not in gone for code in tier.codes))
    # What described only codes that are gone has nothing left to describe.
    tiers = tuple(tier for tier in left if tier.describes is None or tier.describes.codes)
    there = {tier.id for tier in tiers}
    rules = (rule_without(rule, gone) for rule in codebook.rules if tiers_of(rule) <= there)
    return codebook.replacing(
        tiers=tiers,
        ratings=tuple(rating for rating in codebook.ratings if rating.id not in gone),
        rules=tuple(rule for rule in rules if not _names(rule) & gone),
        derived=tuple(derived_without(derived, gone) for derived in codebook.derived),
        levels=tuple(one.replacing(tiers=tuple(t for t in one.tiers if t in there)) for one in codebook.levels),
        training_order=tuple(
            one.replacing(tiers=tuple(t for t in one.tiers if t in there)) for one in codebook.training_order
        ),
    )


def sensitive_in(codebook: Codebook) -> frozenset[str]:
    """Return the ids of codes and ratings that only the team may see."""
    ratings = [rating.id for rating in codebook.ratings if rating.sensitive]
    return frozenset([*ratings, *(code.id for code in codebook.codes.values() if code.sensitive)])


def codes_without(clip: RaterSet, gone: frozenset[str]) -> RaterSet:
    """Return what raters said of a clip without some codes and ratings."""
    timelines = {rater: without_codes(seen, gone) for rater, seen in clip.timelines.items()}
    return without_tiers(replace(clip, timelines=timelines), gone)


def results_without(results: Iterable[Any], gone: Collection[str]) -> list[Any]:
    """Return results, as Label Studio stores them, without some codes and ratings.

    With the code of a stretch goes all that is said of it.

    Examples
    --------
    >>> turn = {"id": "t", "from_name": "turn", "type": "labels", "value": {"labels": ["kind"]}}
    >>> seen = {"id": "t", "from_name": "seen", "type": "taxonomy", "value": {"taxonomy": [["near"], ["group", "far"]]}}
    >>> [one["value"] for one in results_without([turn, seen], {"far"})]
    [{'labels': ['kind']}, {'taxonomy': [['near']]}]
    >>> results_without([turn, seen], {"kind"})
    []
    """
    kept, stretches = [], set()
    for result in results:
        left = _left_of(result, gone)
        if left is not None:
            kept.append(left)
        elif str(result.get("type")).endswith("labels"):
            stretches.add(result.get("id"))
    return [one for one in kept if not stretches & {one.get(name) for name in ("id", "from_id", "to_id")}]


def _left_of(result: Any, gone: Collection[str]) -> Any:
    """Return a result without some codes, None where nothing is left of it."""
    if result.get("from_name") in gone:
        return None
    kind, value = result.get("type"), result.get("value")
    chosen = value.get(kind) if isinstance(value, Mapping) else None
    if not isinstance(chosen, list):
        return result
    codes = [one[-1] if isinstance(one, list) and one else one for one in chosen]
    left = [one for one, code in zip(chosen, codes, strict=True) if not (isinstance(code, str) and code in gone)]
    if len(left) == len(chosen):
        return result
    return {**result, "value": {**value, kind: left}} if left else None


def with_labels(codebook: Codebook, labels: Mapping[str, str]) -> Codebook:
    """Return a codebook whose codes have the names that a family gives them.

    Raises
    ------
    InputProblem
        A code is named that is not there, or that has a name of its own.
    """
    named = {code.id for code in codebook.codes.values() if code.user_label}
    if unknown := sorted(labels.keys() - named):
        listed = ", ".join(sorted(named)) or "-"
        raise InputProblem(
            "labels",
            nl=f"deze codes van {codebook.method} krijgen geen eigen naam: {', '.join(unknown)}; wel: {listed}",
            en=f"these codes of {codebook.method} get no name of your own: {', '.join(unknown)}; these do: {listed}",
        )
    if not labels:
        return codebook
    return codebook.replacing(
        tiers=tuple(
            tier.replacing(codes=tuple(_called(code, labels.get(code.id)) for code in tier.codes))
            for tier in codebook.tiers
        )
    )


def _called(code: Code, name: str | None) -> Code:
    return code if name is None else code.replacing(label=Text(nl=name, en=name))


def _without(tier: Tier, gone: frozenset[str]) -> Tier:
    found = tier.replacing(
        codes=tuple(code for code in tier.codes if code.id not in gone),
        decision_order=tuple(step for step in tier.decision_order if step.code not in gone),
    )
    if tier.describes is not None:
        codes = tuple(name for name in tier.describes.codes if name not in gone)
        found = found.replacing(describes=tier.describes.replacing(codes=codes))
    return tier_without(found, gone)


def _names(rule: Rule) -> set[str]:
    near = (rule.then.near.of,) if rule.then.near else ()
    return {name for which in (rule.when, *rule.then.earlier, *near) for name in (*which.codes, *which.without)}
