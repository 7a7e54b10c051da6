"""One class a publication or reference program: what it has is what we have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pytest

from plugins.agreement.measures.by_event.events import (
    event_kappa,
    event_kappa_max,
    event_percent,
    linked_events,
    percent_linked,
)
from plugins.agreement.measures.by_time.time_units import time_unit_alpha, time_unit_kappa, time_unit_percent
from plugins.agreement.measures.timelines.tables import cohen, collapse, margins, with_no_match
from vib.observation import RaterSet
from vib.statistic import Question

PAIR = ("r1", "r2")

Coded = Callable[..., RaterSet]


def table(*rows: Sequence[float]) -> np.ndarray:
    return np.array(rows, dtype=np.float64)


class TestCohen1960:
    """Educational and Psychological Measurement 20, p. 37; .29, .35 and .85 are printed there."""

    def test_table(self) -> None:
        both = cohen(margins(table([25, 12, 3], [13, 2, 15], [12, 16, 2])))
        assert both.observed == pytest.approx(0.29)
        assert both.expected == pytest.approx(0.35)
        assert both.kappa == pytest.approx(-0.0923076923077, abs=1e-9)
        assert both.kappa_max == pytest.approx(0.846153846154, abs=1e-9)


class TestFleiss1981:
    """Statistical Methods for Rates and Proportions; .68 is printed, R vcd and irr confirm."""

    def test_table(self) -> None:
        both = cohen(margins(table([75, 1, 4], [5, 4, 1], [0, 0, 10])))
        assert (both.observed, both.expected) == pytest.approx((0.89, 0.66))
        assert both.kappa == pytest.approx(0.676470588235, abs=1e-9)


class TestAgresti1992:
    """Landis and Koch's slides, as in dkpro-statistics' Agresti1992Test and R vcd."""

    def test_table(self) -> None:
        both = cohen(margins(table([22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10])))
        assert both.observed == pytest.approx(0.635593220339, abs=1e-9)
        assert both.kappa == pytest.approx(0.493005595524, abs=1e-9)
        assert both.kappa_max == pytest.approx(0.622701838529, abs=1e-9)


class TestArtsteinPoesio2008:
    """Computational Linguistics 34, p. 558."""

    def test_example_1(self) -> None:
        both = cohen(margins(table([20, 10], [20, 50])))
        assert (both.observed, both.expected) == pytest.approx((0.7, 0.54))
        assert both.kappa == pytest.approx(0.347826086957, abs=1e-9)


class TestBrennanPrediger1981:
    """Example 2, as in dkpro-statistics."""

    def test_table(self) -> None:
        both = cohen(margins(table([50, 0, 10], [0, 10, 10], [10, 10, 0])))
        assert both.kappa == pytest.approx(0.285714285714, abs=1e-9)
        assert both.kappa_max == pytest.approx(1.0)


class TestGwet2002:
    """The paradox: 94 % agreement and a kappa below 0, reported as it is; R irrCAC confirms."""

    def test_table(self) -> None:
        both = cohen(margins(table([118, 5], [2, 0])))
        assert both.observed == pytest.approx(0.944)
        assert both.kappa == pytest.approx(-0.0233918128655, abs=1e-9)


class TestKrippendorff1995:
    """Sociological Methodology 25, p. 57, as digitised in dkpro-statistics; .385 and .314 are printed."""

    @pytest.mark.parametrize(
        ("first", "second", "kappa"),
        [
            ([(2, 10), (14, 20)], [(4, 8), (15, 17)], 0.384615384615),
            ([(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)], 0.384615384615),
            (
                [(2, 8), (10, 12), (14, 18), (20, 22)],
                [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)],
                0.314285714286,
            ),
        ],
        ids=["A", "B", "C"],
    )
    def test_pairs(
        self, coded: Coded, first: list[tuple[int, int]], second: list[tuple[int, int]], kappa: float
    ) -> None:
        seen = {"r1": [(*row, "x") for row in first], "r2": [(*row, "x") for row in second]}
        question = Question((coded(24, seen),), PAIR, "turn")
        assert time_unit_percent(question).value == pytest.approx(2 / 3)
        assert time_unit_kappa(question).value == pytest.approx(kappa, abs=1e-9)
        alpha = time_unit_alpha(question)
        assert alpha.value == pytest.approx(0.328571428571, abs=1e-9)
        assert alpha.components["limit"] == pytest.approx(0.314285714286, abs=1e-9), "Scott's pi"

    def test_pair_d_has_one_category_only(self, coded: Coded) -> None:
        first = [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)]
        second = [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)]
        seen = {"r1": [(*row, "x") for row in first], "r2": [(*row, "x") for row in second]}
        question = Question((coded(24, seen),), PAIR, "turn")
        kappa = time_unit_kappa(question)
        assert kappa.value is None
        assert kappa.undefined_because is not None
        assert kappa.undefined_because.nl != kappa.undefined_because.en
        assert time_unit_percent(question).value == 1.0
        assert time_unit_alpha(question).value is None


class TestBoris:
    """A tenth of a second in 200 s must not cost 60 % of kappa, as in BORIS 9.12's unweighted plugin."""

    def test_boundary_counts_by_its_duration(self, coded: Coded) -> None:
        seen = {"r1": [(0, 100, "A"), (100, 200, "B")], "r2": [(0, 100.1, "A"), (100.1, 200, "B")]}
        question = Question((coded(200, seen),), PAIR, "turn")
        assert time_unit_kappa(question).value == pytest.approx(0.999, abs=1e-6)


class TestHolleRein2015:
    """EasyDIAg (doi 10.3758/s13428-014-0506-7): figures of the authors' MATLAB code, run in Octave."""

    FIRST = (
        (0, 100, "1"),
        (150, 250, "2"),
        (300, 400, "1"),
        (450, 500, "3"),
        (600, 700, "2"),
        (800, 900, "1"),
    )
    SECOND = (
        (5, 95, "1"),
        (140, 255, "2"),
        (300, 340, "1"),
        (455, 505, "1"),
        (605, 700, "2"),
        (950, 990, "3"),
    )

    def question(self, coded: Coded, code: str | None = None) -> Question:
        return Question((coded(1000, {"r1": self.FIRST, "r2": self.SECOND}),), PAIR, "turn", code)

    def test_table(self, coded: Coded) -> None:
        linked = linked_events(self.question(coded))
        assert linked.codes == ("1", "2", "3")
        assert linked.pooled.tolist() == [[2, 0, 0, 2], [0, 4, 0, 0], [2, 0, 0, 0], [1, 0, 1, 0]]

    def test_whole_tier(self, coded: Coded) -> None:
        question = self.question(coded)
        assert percent_linked(question).value == pytest.approx(0.666666666667, abs=1e-9)
        assert event_percent(question).value == pytest.approx(0.5)
        kappa = event_kappa(question)
        assert kappa.value == pytest.approx(0.330357142857, abs=1e-9)
        assert kappa.components["kappa_max"] == pytest.approx(0.888392857143, abs=1e-9)
        assert event_kappa_max(question).value == pytest.approx(0.888392857143, abs=1e-9)

    def test_linked_events_only(self, coded: Coded) -> None:
        both = cohen(margins(linked_events(self.question(coded)).pooled[:-1, :-1]))
        assert both.observed == pytest.approx(0.75)
        assert both.kappa == pytest.approx(0.6)

    @pytest.mark.parametrize(
        ("code", "table", "kappa", "raw", "positive"),
        [
            ("1", [[2, 2], [3, 5]], 0.117647058824, 0.583333333333, 0.444444444444),
            ("2", [[4, 0], [0, 8]], 1.0, 1.0, 1.0),
            ("3", [[0, 2], [1, 9]], 0.0, 0.75, 0.0),
        ],
    )
    def test_per_code(
        self, coded: Coded, code: str, table: list[list[int]], kappa: float, raw: float, positive: float
    ) -> None:
        question = self.question(coded, code)
        cells = collapse(linked_events(question).pooled, np.array([code == one for one in ("1", "2", "3", None)]))
        assert cells.tolist() == table
        parts = event_kappa(question).components
        assert [[parts["both"], parts["only_first"]], [parts["only_second"], parts["neither"]]] == table
        value = event_kappa(question).value
        assert value is not None
        assert max(0.0, value) == pytest.approx(kappa, abs=1e-9), "EasyDIAg cuts kappa off at 0"
        answer = event_percent(question)
        assert answer.value == pytest.approx(raw, abs=1e-9)
        assert answer.components["positive_agreement"] == pytest.approx(positive, abs=1e-9)

    def test_below_chance_is_reported(self, coded: Coded) -> None:
        observed, expected = Fraction(9, 12), Fraction(2 * 1 + 10 * 11, 144)
        exact = (observed - expected) / (1 - expected)
        assert exact == Fraction(-1, 8)
        assert event_kappa(self.question(coded, "3")).value == pytest.approx(float(exact))

    @pytest.mark.parametrize(
        ("rows", "kappa", "kappa_max", "raw"),
        [
            ([[20, 2, 3], [1, 14, 2], [4, 3, 0]], 0.500324464633, 0.933376595284, 0.69387755102),
            (
                [[10, 1, 0, 2], [2, 8, 1, 1], [0, 0, 6, 3], [3, 2, 1, 0]],
                0.472567582982,
                0.934070947873,
                0.6,
            ),
        ],
    )
    def test_ckappa(self, rows: list[list[int]], kappa: float, kappa_max: float, raw: float) -> None:
        both = with_no_match(margins(table(*rows)))
        assert both.kappa == pytest.approx(kappa, abs=1e-8)
        assert both.kappa_max == pytest.approx(kappa_max, abs=1e-8)
        assert both.observed == pytest.approx(raw, abs=1e-8)

    def test_closed_form_is_where_proportional_fitting_ends(self) -> None:
        chance = np.random.default_rng(7)
        for _ in range(20):
            rows = chance.integers(1, 30, size=(5, 5)).astype(float)
            rows[-1, -1] = 0
            fitted = np.ones((5, 5))
            fitted[-1, -1] = 0
            for _ in range(500):
                fitted *= (rows.sum(axis=1) / fitted.sum(axis=1))[:, None]
                fitted *= rows.sum(axis=0) / fitted.sum(axis=0)
            both = with_no_match(margins(rows))
            assert both.expected == pytest.approx(np.trace(fitted) / rows.sum(), abs=1e-9)
