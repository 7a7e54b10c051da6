"""From a report to what its page shows, in one language: first what went well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

from plugins.agreement.comparing.disagreements import Pair
from plugins.agreement.comparing.report import Report, Result
from plugins.agreement.measures.by_event.events import linked_events
from plugins.agreement.measures.inference.bootstrap import FEW
from plugins.agreement.view.writing import between, decimal, figure, label, share
from vib.codebook import TO_CONFIRM, Codebook
from vib.language import Language, Text
from vib.statistic import Question, Statistic

from . import texts
from .asked import AGAINST, Asked, Known, pair_name

Page = dict[str, Any]

KAPPAS = ("event_kappa", "time_unit_kappa")
MOST_CODES = 3
"""Codes that are named among what went well."""

SHADES = 5
"""Steps of shading in a confusion matrix."""


@final
@dataclass(frozen=True, slots=True)
class Names:
    """How tiers and codes are called in one language, and which are still to be confirmed."""

    labels: Mapping[str, Text]
    unconfirmed: frozenset[str]
    language: Language

    @classmethod
    def of(cls, codebook: Codebook | None, language: Language) -> Names:
        """Return the names of a codebook; without one, everything is called by its id."""
        if codebook is None:
            return cls({}, frozenset(), language)
        codes = [code for tier in codebook.tiers for code in tier.codes]
        return cls(codebook.labels(), frozenset(c.id for c in codes if c.confirm_by is not None), language)

    def __call__(self, name: str | None) -> str:
        """Return what something is called."""
        return label(self.labels, name, self.language)

    def code(self, name: str) -> Page:
        """Return a code as templates show it: label, id, and a badge where it is to be confirmed."""
        badge = TO_CONFIRM.to(self.language) if name in self.unconfirmed else ""
        return {"id": name, "label": self(name), "badge": badge}


@final
class Overview:
    """The figures of one tier, for a page.

    Parameters
    ----------
    report : Report
        Of all pairs and all codes of the tier that was asked for.
    addresses : Mapping[str, str]
        Where each pair leads, by its name.
    """

    def __init__(self, report: Report, asked: Asked, known: Known, names: Names, addresses: Mapping[str, str]) -> None:
        self.report = report
        self.addresses = addresses
        self.asked = asked
        self.known = known
        self.names = names
        self.language = names.language
        self.statistics: Mapping[str, Statistic] = {s.name: s for s in report.statistics}
        self.found = {(r.measure, r.raters, r.code): r for r in report.results if r.clip is None and r.tier}
        self.tier = asked.tier or ""
        self.codes = [code for code in known.codes.get(self.tier, ()) if asked.code in (None, code)]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs to show: the one asked for, else those with the reference, else all."""
        if self.asked.pair:
            return (self.asked.pair,)
        return tuple(p for p in self.report.pairs if self.asked.reference in (None, *p))

    def page(self) -> Page:
        """Return everything."""
        one = self.pairs[0] if len(self.pairs) == 1 else None
        return {
            "well": self._well(),
            "matrix": self._matrix(),
            "rows": [self._row(code, one) for code in (None, *self.codes) if code or self.asked.code is None],
            "one_pair": one,
            "confusion": self._confusion(one) if one else None,
            "against": self._against(),
            "also": self._also(),
            "remark": self._remark(),
            "mark": decimal(self.asked.mark, self.language),
            "matrix_about": self._say("matrix_about", decimal(self.asked.mark, self.language)),
        }

    def _remark(self) -> str:
        """Return how far the intervals can be trusted, or why there are none."""
        shown = [self.result(measure, pair, None) for measure in KAPPAS for pair in self.pairs]
        estimates = [r.estimate for r in shown if r is not None and r.estimate.value is not None]
        if estimates and all(e.ci is None for e in estimates):
            return texts.NO_INTERVAL.to(self.language)
        return self._say("few_clips") if len(self.report.clips) < FEW else ""

    def _say(self, name: str, *values: object) -> str:
        return texts.WORDS[name].to(self.language).format(*values)

    def result(self, measure: str, pair: Pair, code: str | None) -> Result | None:
        """Return one figure of two raters."""
        return self.found.get((measure, pair, code))

    def _well(self) -> Page:
        same = sorted((self._same(pair) for pair in self.pairs), key=lambda one: -one["count"])
        reached = sorted(
            (
                (min(values), code)
                for code in self.codes
                if (values := self._values("event_kappa", code)) and min(values) >= self.asked.mark
            ),
            reverse=True,
        )
        return {
            "pairs": same,
            "total": sum(one["count"] for one in same),
            "codes": [self.names.code(code) for _, code in reached[:MOST_CODES]],
            "codes_left": max(0, len(reached) - MOST_CODES),
        }

    def _same(self, pair: Pair) -> Page:
        table = self._table(pair)
        codes = self._all_codes(pair)
        count = sum(int(table[n][n]) for n, code in enumerate(codes) if self.asked.code in (None, code))
        time = self.result("time_unit_percent", pair, self.asked.code)
        value = time.estimate.value if time else None
        return {
            "pair": pair,
            "count": count,
            "time": "" if value is None else share(value, self.language, 0),
            "width": 0 if value is None else round(100 * value),
        }

    def _values(self, measure: str, code: str | None) -> list[float]:
        found = [self.result(measure, pair, code) for pair in self.pairs]
        return [r.estimate.value for r in found if r is not None and r.estimate.value is not None]

    def _matrix(self) -> Page:
        raters = self.report.raters
        rows = []
        for first in raters:
            cells: list[Page | None] = []
            for second in raters:
                pair = (min(first, second), max(first, second))
                cells.append(None if first == second else self._pair_cell(pair))
            rows.append({"rater": first, "cells": cells})
        return {"raters": raters, "rows": rows}

    def _pair_cell(self, pair: Pair) -> Page:
        return {
            "pair": pair,
            "address": self.addresses.get(pair_name(pair), ""),
            "chosen": pair == self.asked.pair,
            "figures": [self.cell(measure, pair, self.asked.code) for measure in KAPPAS],
        }

    def cell(self, measure: str, pair: Pair, code: str | None) -> Page:
        """Return one figure as a cell shows it: value, interval and probability, or why there is none."""
        result = self.result(measure, pair, code)
        basis = self._say("by_event" if measure.startswith("event") else "by_time")
        if result is None or result.estimate.value is None:
            reason = result.estimate.undefined_because if result else texts.NOT_CODED
            return {"basis": basis, "value": None, "reason": (reason or texts.NOT_CODED).to(self.language)}
        e = result.estimate
        value = e.value
        assert value is not None
        return {
            "basis": basis,
            "value": decimal(value, self.language),
            "number": value,
            "interval": between(e.ci, self.statistics[measure].measured_in, self.language),
            "low": e.ci[0] if e.ci else None,
            "high": e.ci[1] if e.ci else None,
            "reached": value >= self.asked.mark,
            "chance": "" if result.reaches is None else self._chance(result.reaches),
            "reason": "",
        }

    def _chance(self, probability: float) -> str:
        # Never as certain as 0 or 100: it is counted from a limited number of draws.
        if probability < 0.01:
            return "< " + share(0.01, self.language, 0)
        if probability > 0.99:
            return "> " + share(0.99, self.language, 0)
        return share(probability, self.language, 0)

    def _row(self, code: str | None, pair: Pair | None) -> Page:
        row: Page = {"code": None if code is None else self.names.code(code), "tier": self.names(self.tier)}
        if pair is not None:
            return row | {"cells": [self.cell(m, pair, code) for m in KAPPAS], **self._counts(pair, code)}
        return row | {"ranges": [self._range(measure, code) for measure in KAPPAS]}

    def _counts(self, pair: Pair, code: str | None) -> Page:
        """Return how often both gave a code, and whether one of them gives it more."""
        result = self.result("event_kappa", pair, code)
        parts = result.estimate.components if result else {}
        known = code is not None and f"prevalence[{code}]" in parts
        bias = parts.get(f"bias[{code}]", 0.0)
        return {
            "counts": (int(parts.get("events_first", 0)), int(parts.get("events_second", 0))),
            "prevalence": share(parts[f"prevalence[{code}]"], self.language) if known else "",
            "bias": ("+" if bias > 0 else "") + share(bias, self.language) if known else "",
            "more": (pair[0] if bias > 0 else pair[1]) if known and abs(bias) >= 0.0005 else "",
        }

    def _range(self, measure: str, code: str | None) -> Page:
        values = self._values(measure, code)
        reached = sum(value >= self.asked.mark for value in values)
        cells = [self.cell(measure, pair, code) for pair in self.pairs]
        return {
            "low": decimal(min(values), self.language) if values else None,
            "high": decimal(max(values), self.language) if values else None,
            "reached": reached,
            "defined": len(values),
            "missing": len(self.pairs) - len(values),
            "reason": next((cell["reason"] for cell in cells if cell["value"] is None), ""),
        }

    def _question(self, pair: Pair) -> Question:
        return Question(self.report.clips, pair, self.tier, None, self.asked.overlap)

    def _all_codes(self, pair: Pair) -> tuple[str, ...]:
        return linked_events(self._question(pair)).codes

    def _table(self, pair: Pair) -> list[list[int]]:
        """Return how often each two codes were given to the same event; last is what the other did not see."""
        table = linked_events(self._question(pair)).pooled.copy()
        # A linked pair counts twice in the figures, once for each rater's event; here as one moment.
        table[:-1, :-1] /= 2
        return [[int(count) for count in row] for row in table]

    def _confusion(self, pair: Pair) -> Page | None:
        codes, table = self._all_codes(pair), self._table(pair)
        order = {code: place for place, code in enumerate(self.known.codes.get(self.tier, ()))}
        used = [n for n in range(len(codes)) if any(table[n]) or any(row[n] for row in table)]
        used.sort(key=lambda n: order.get(codes[n], 999))
        if not used:
            return None
        places = [*used, len(codes)]
        most = max(table[i][j] for i in places for j in places) or 1

        def cell(i: int, j: int) -> Page:
            count = table[i][j]
            shade = -(-count * SHADES // most) if count else 0
            return {"count": count, "shade": shade, "same": i == j, "nobody": i == j == len(codes)}

        not_seen = {"id": "", "label": self._say("not_seen"), "badge": ""}
        heads = [*(self.names.code(codes[n]) for n in used), not_seen]
        return {
            "about": self._say("confusion_about", *pair),
            "heads": heads,
            "rows": [
                {"head": head, "cells": [cell(i, j) for j in places]} for head, i in zip(heads, places, strict=True)
            ],
        }

    def _against(self) -> Page | None:
        reference = self.asked.reference
        if reference is None:
            return None
        statistics = [self.statistics[name] for name in AGAINST if name in self.statistics]
        rows = []
        for pair in self.pairs:
            other = next(rater for rater in pair if rater != reference)
            cells = [self._plain(s, self.result(s.name, pair, self.asked.code)) for s in statistics]
            rows.append({"rater": other, "cells": cells})
        about = self._say("against_about", reference)
        return {
            "reference": reference,
            "about": about,
            "heads": [s.label.to(self.language) for s in statistics],
            "rows": rows,
        }

    def _also(self) -> Page | None:
        """Return the figures of the statistic that was chosen besides: of each pair, or of each code of one."""
        statistic = self.statistics.get(self.asked.also or "")
        if statistic is None:
            return None
        one = len(self.pairs) == 1 or statistic.raters == "many"
        codes = {self.asked.code} if self.asked.code or not one else {None, *self.codes}
        rows = [
            {
                "raters": " – ".join(r.raters),
                "code": None if r.code is None else self.names.code(r.code),
                "tier": self.names(self.tier),
                "cell": self._plain(statistic, r),
                "interval": between(r.estimate.ci, statistic.measured_in, self.language),
            }
            for r in self.report.results
            if r.measure == statistic.name and r.clip is None and r.code in codes
            if statistic.raters == "many" or r.raters in self.pairs
        ]
        return {"label": statistic.label.to(self.language), "source": statistic.source, "rows": rows}

    def _plain(self, statistic: Statistic, result: Result | None) -> Page:
        if result is None or result.estimate.value is None:
            reason = result.estimate.undefined_because if result else texts.NOT_CODED
            return {"value": None, "reason": (reason or texts.NOT_CODED).to(self.language)}
        return {"value": figure(result.estimate.value, statistic.measured_in, self.language), "reason": ""}
