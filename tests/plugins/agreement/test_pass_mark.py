"""How sure a pass is: what was published, and how it must move."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import truncnorm  # type: ignore[import-untyped]

from plugins.agreement.measures.inference.pass_mark import (
    Scale,
    benchmark,
    icc_at_least,
    probability_at_least,
    share_at_least,
)
from plugins.agreement.measures.units.icc import icc_1_1, icc_1_k, icc_a_1, icc_a_k, icc_c_1, icc_c_k
from plugins.agreement.measures.units.ratings import Ratings
from plugins.agreement.measures.units.tables import cohen_kappa_of_tables
from vib.statistic import Estimate

ORACLES: Mapping[str, Mapping[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text())["oracles"]
}
GWET = ORACLES["gwet_benchmark_probability"]
JUDGED = ORACLES["shrout_fleiss1979"]["data"]["targets_by_judge"]
FORMS: list[Callable[[Ratings], Estimate]] = [icc_1_1, icc_1_k, icc_a_1, icc_a_k, icc_c_1, icc_c_k]

values = st.floats(-1, 1)
errors = st.floats(0, 2)
cuts = st.floats(-1.5, 1.5)


class TestGwet2014:
    @pytest.mark.parametrize(
        ("scale", "band", "probability"),
        [(scale, band, p) for scale, bands in GWET["expected"].items() for band, p in bands.items()],
    )
    def test_bands_have_the_probability_that_irrcac_prints(self, scale: Scale, band: str, probability: float) -> None:
        found = benchmark(GWET["data"]["coefficient"], GWET["data"]["se"], scale)
        assert found[band] == pytest.approx(probability, abs=GWET["tolerance"])

    def test_every_scale_is_published(self) -> None:
        assert set(GWET["expected"]) == set(get_args(Scale))

    def test_bands_go_from_the_best_to_the_worst_but_one(self) -> None:
        assert list(benchmark(0.5, 0.1, "landis_koch")) == [
            "almost_perfect",
            "substantial_or_better",
            "moderate_or_better",
            "fair_or_better",
            "slight_or_better",
        ]


class TestProbability:
    @settings(deadline=None)
    @given(values, st.floats(1e-3, 2), cuts)
    def test_it_is_a_normal_distribution_cut_off(self, value: float, se: float, cut: float) -> None:
        theirs = truncnorm.sf(cut, (-1 - value) / se, (1 - value) / se, loc=value, scale=se)
        assert probability_at_least(value, se, cut) == pytest.approx(float(theirs), abs=1e-9)

    @settings(deadline=None)
    @given(values, errors, cuts, st.floats(0, 1))
    def test_a_higher_cut_is_reached_less_surely(self, value: float, se: float, cut: float, more: float) -> None:
        lower, higher = probability_at_least(value, se, cut), probability_at_least(value, se, cut + more)
        assert 0 <= higher <= lower + 1e-12 <= 1 + 1e-12

    def test_without_bounds_it_is_the_normal_distribution(self) -> None:
        found = probability_at_least(0.7, 0.1, 0.6, lowest=-math.inf, highest=math.inf)
        assert found == pytest.approx(0.841344746, abs=1e-9)

    def test_the_estimate_itself_is_reached_half_surely_far_from_the_bounds(self) -> None:
        assert probability_at_least(0.1, 0.05, 0.1) == pytest.approx(0.5)

    def test_without_error_it_is_yes_or_no(self) -> None:
        assert probability_at_least(0.8, 0.0, 0.8) == 1.0
        assert probability_at_least(0.7999999999999999, 0.0, 0.8) == 1.0
        assert probability_at_least(0.79, 0.0, 0.8) == 0.0
        assert probability_at_least(1.0, 0.0, 1.0) == 1.0

    def test_beyond_the_bounds_nothing_can_be(self) -> None:
        assert probability_at_least(0.9, 0.3, 1.0) == 0.0
        assert probability_at_least(-0.9, 0.3, -1.0) == 1.0
        assert probability_at_least(-40.0, 0.1, 0.0) == 0.0
        assert probability_at_least(40.0, 0.1, 0.9) == 1.0

    @pytest.mark.parametrize(("value", "se"), [(0.5, -0.1), (0.5, math.nan), (math.nan, 0.1)])
    def test_what_is_no_estimate_is_refused(self, value: float, se: float) -> None:
        with pytest.raises(ValueError, match="no estimate"):
            probability_at_least(value, se, 0.6)


class TestDraws:
    def test_draws_without_value_are_left_out(self) -> None:
        assert share_at_least(np.array([0.1, 0.6, np.nan, 0.9, 0.2]), 0.6) == 0.5
        assert share_at_least(np.array([np.nan, np.nan]), 0.6) is None
        assert share_at_least(np.array([]), 0.6) is None

    def test_a_draw_that_rounding_keeps_from_the_cut_reaches_it(self) -> None:
        assert share_at_least(np.array([0.1 + 0.7]), 0.8) == 1.0

    def test_draws_of_units_come_near_the_normal_distribution(self) -> None:
        random = np.random.default_rng(5)
        true = random.integers(0, 3, (200, 1))
        said = np.where(random.random((200, 2)) < 0.8, true, random.integers(0, 3, (200, 2)))
        each = (said[:, :1] * 3 + said[:, 1:] == np.arange(9)).astype(np.float64)
        drawn = random.multinomial(200, np.full(200, 1 / 200), size=2000) @ each
        draws = cohen_kappa_of_tables(drawn.reshape(-1, 3, 3))
        value, se = float(np.mean(draws)), float(np.std(draws))
        assert share_at_least(draws, value - se) == pytest.approx(probability_at_least(value, se, value - se), abs=0.04)


class TestIntraclassCorrelation:
    @pytest.mark.parametrize("icc", FORMS)
    def test_it_is_sure_of_the_limits_of_the_interval(self, icc: Callable[[Ratings], Estimate]) -> None:
        for rows in (JUDGED, ORACLES["irr_anxiety"]["data"]["targets_by_judge"], [[*row[:3], None] for row in JUDGED]):
            estimate = icc(Ratings.of(rows))
            assert estimate.ci is not None
            assert icc_at_least(estimate, estimate.ci[0]) == pytest.approx(0.975, abs=1e-9)
            assert icc_at_least(estimate, estimate.ci[1]) == pytest.approx(0.025, abs=1e-9)

    @pytest.mark.parametrize("icc", [icc_1_1, icc_c_1])
    def test_of_more_than_nothing_it_is_as_sure_as_the_test_of_zero(self, icc: Callable[[Ratings], Estimate]) -> None:
        estimate = icc(Ratings.of(JUDGED))
        assert icc_at_least(estimate, 0.0) == pytest.approx(1 - estimate.components["p"])

    @pytest.mark.parametrize(("single", "mean"), [(icc_1_1, icc_1_k), (icc_a_1, icc_a_k), (icc_c_1, icc_c_k)])
    def test_a_cut_for_means_is_stepped_down(
        self, single: Callable[[Ratings], Estimate], mean: Callable[[Ratings], Estimate]
    ) -> None:
        ratings = Ratings.of(JUDGED)
        assert icc_at_least(mean(ratings), 4 * 0.5 / (1 + 3 * 0.5)) == pytest.approx(icc_at_least(single(ratings), 0.5))

    @pytest.mark.parametrize("icc", FORMS)
    def test_a_higher_cut_is_reached_less_surely(self, icc: Callable[[Ratings], Estimate]) -> None:
        estimate = icc(Ratings.of(JUDGED))
        sure = [icc_at_least(estimate, cut) or 0.0 for cut in np.linspace(-0.2, 1.0, 25)]
        assert sure == sorted(sure, reverse=True)
        assert sure[-1] == 0.0

    def test_below_the_least_it_can_be_it_is_certain(self) -> None:
        assert icc_at_least(icc_c_1(Ratings.of(JUDGED)), -0.9) == 1.0

    @pytest.mark.parametrize("icc", FORMS)
    def test_raters_who_never_differ_have_no_interval_and_so_no_certainty(
        self, icc: Callable[[Ratings], Estimate]
    ) -> None:
        assert icc_at_least(icc(Ratings.of([[1, 1], [2, 2], [3, 3]])), 0.9) is None

    def test_what_is_undefined_has_no_answer(self) -> None:
        assert icc_at_least(icc_c_1(Ratings.of([[1, 1], [1, 1]])), 0.6) is None
