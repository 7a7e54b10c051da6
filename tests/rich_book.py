"""A small codebook in which every field of the format has something to say."""

from __future__ import annotations

from typing import Any

from vib.codebook import Codebook


def rich_book(words: str = "plain words", **more: Any) -> Codebook:
    """Return a codebook that says `words` wherever it may say anything.

    It has two tiers with a decision order each, groups within groups, codes of all three polarities, a rating with
    words at its points, levels, an order of learning, visits, a rule, a calculated code, changes and a retired code.
    """
    said = {"nl": words, "en": words}
    sourced = {"source": [words.ljust(3, ".")], "certainty": "low", "confirm_by": words}
    common = {**sourced, "label": said, "definition": said, "example": said, "counter_example": said}
    groups = [
        {"id": "outer", "label": said, **sourced},
        {"id": "inner", "label": said, "within": "outer", **sourced},
    ]
    confused = {"code": "wait", "difference": said}
    codes = [
        {"id": "look", "polarity": "nee", "group": "inner", "params": {"window_s": 3, "tries_count": 1}},
        {"id": "wait", "polarity": "ja", "note": said, "hotkey": "w", "colour": "#2e7d32"},
        {"id": "nod", "group": "outer", "advanced": True, "from_age_months": 6, "user_label": True},
    ]
    codes[0]["not_to_be_confused_with"] = [confused, {"code": "elsewhere", "difference": said}]
    every = [{"kind": "event", "actor": "kind", **common, **code} for code in codes]
    turn = {"id": "turn", "kind": "state", "actor": "kind", **common, "example": said}
    order = [{"code": name, "ask": said} for name in ("nod", "look", "wait")]
    tiers = [
        {"id": "turns", "label": said, "question": said, "codes": [turn]},
        {
            "id": "seen",
            "label": said,
            "question": said,
            "describes": {"tier": "turns", "codes": ["turn"]},
            "optional": True,
            "decision_order": order,
            "groups": groups,
            "codes": every,
        },
    ]
    rating = {**common, "id": "whole", "actor": "dyade", "anchors": {1: said, 5: said}, "requires": said}
    rule = {"id": "R1", "when": {"tier": "turns"}, "then": {"given": ["seen"]}, "say": said, "blocks_submit": True}
    chain = {"by": "chains", "params": {"within_s": 5}, "of": {"first": ["turns"], "then": ["seen"]}}
    derived = {**sourced, "id": "chain", "label": said, "definition": said, **chain}
    session = {**sourced, "number": "1-2", "theme": said, "films": said, "watches": said}
    return Codebook.model_validate(
        {
            "method": "rich",
            "version": "1.0.0",
            "title": said,
            "about": said,
            "owner": words,
            "requires": said,
            "source_note": said,
            "situations": [said],
            "clip": {"min_s": 60, "usual_s": [90, 600], "max_s": 900},
            "tiers": tiers,
            "ratings": [rating],
            "rules": [rule],
            "derived": [derived],
            "levels": [{"id": "begin", "label": said, "tiers": ["turns"], "advanced": True, "ratings": True}],
            "training_order": [{"label": said, "tiers": ["turns"], "groups": ["outer"], "ratings": True}],
            "sessions": [session],
            "output_limits": ["team_only", "no_sums", "no_norms", "no_comparison_of_people"],
            "changes": [{"version": "1.0.0", "date": "2026-11-29", "changes": [said]}],
            "retired": [{"id": "gone", "since": "1.0.0", "why": said}],
            **more,
        }
    )
