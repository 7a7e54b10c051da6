"""A view as JSON: every figure with its parts, and what to look at first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from vib.language import Text
from vib.statistic import Estimate, Statistic

from .model import Figure, Order, Ranked, Todo, View

FORMAT = "vib-agreement/2"


def to_json(view: View) -> str:
    """Return the report as JSON; shares are between 0 and 1, and what is undefined is null."""
    content = {
        "format": FORMAT,
        "raters": list(view.raters),
        "clips": list(view.clip_names),
        "answers": [said(answer) for answer in view.answers],
        "look_first": [_todo(todo) for todo in view.todo],
        "noticed": [said(noticed) for noticed in view.noticed],
        "notes": [said(note) for note in view.notes],
        "attention": [_order(order) for order in view.orders],
        "measures": [measure(figure, view.pass_mark) for figure in view.figures],
        "statistics": [_statistic(statistic) for statistic in view.statistics],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def measure(figure: Figure, pass_mark: float | None) -> dict[str, Any]:
    """Return one figure with all that is known of it."""
    result, e = figure.result, figure.estimate
    row: dict[str, Any] = {
        "measure": result.measure,
        "variant": e.variant,
        "tier": result.tier,
        "rating": result.rating,
        "code": result.code,
        "raters": list(result.raters),
        "scope": result.scope,
        "value": e.value,
        "se": e.se,
        "ci": e.ci and list(e.ci),
        "ci_method": e.ci_method,
        "n_units": e.n_units,
        "n_raters": e.n_raters,
        "n_clips": figure.clips,
        "undefined_because": e.undefined_because and said(e.undefined_because),
        "components": dict(e.components),
    }
    if result.clip is not None:
        row["clip"] = result.clip
    if pass_mark is not None:
        row["pass_mark"] = {"at": pass_mark, "probability": result.reaches}
    return row


def said(text: Text) -> dict[str, str]:
    """Return a text in both languages."""
    return {"nl": text.nl, "en": text.en}


def _todo(todo: Todo) -> dict[str, Any]:
    about = {"tier": todo.tier, "code": todo.code, "rater": todo.rater, "clip": todo.clip}
    return {"kind": todo.kind, "said": said(todo.said), **about}


def _order(order: Order) -> dict[str, Any]:
    def ranked(found: Sequence[Ranked]) -> list[dict[str, Any]]:
        return [_ranked(one) for one in found]

    return {
        "tier": order.tier.id,
        "codes": ranked(order.codes),
        "raters": ranked(order.raters),
        "clips": ranked(order.clips),
    }


def _ranked(one: Ranked) -> dict[str, Any]:
    standing = one.standing
    return {
        "name": one.name.id,
        "agreement": _estimate(standing.agreement),
        "others": standing.others and _estimate(standing.others),
        "difference": standing.difference and _estimate(standing.difference),
        "n_clips": standing.clips,
        "differs": standing.named,
        "because": [name.id for name in one.because],
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "value": estimate.value,
        "ci": estimate.ci and list(estimate.ci),
        "ci_method": estimate.ci_method,
        "n_units": estimate.n_units,
        "undefined_because": estimate.undefined_because and said(estimate.undefined_because),
    }


def _statistic(statistic: Statistic) -> dict[str, Any]:
    explained = statistic.explained
    return {
        "measure": statistic.name,
        "label": said(statistic.label),
        "basis": statistic.basis,
        "source": statistic.source,
        "explained": explained
        and {name: said(getattr(explained, name)) for name in ("formula", "parts", "good", "blind")},
    }
