"""Intraclass correlations: what was published, what must not change them, and where they have no value."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from plugins.agreement.measures.inference.pass_mark import icc_at_least
from plugins.agreement.measures.units.icc import icc_1_1, icc_1_k, icc_a_1, icc_a_k, icc_c_1, icc_c_k
from plugins.agreement.measures.units.ratings import Ratings
from vib.problem import InputProblem
from vib.statistic import Estimate

Floats = NDArray[np.float64]
Rows = Sequence[Sequence[float | None]]

ORACLES: Mapping[str, Mapping[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text())["oracles"]
}
FORMS: Mapping[str, Callable[[Ratings], Estimate]] = {
    "ICC(1,1)": icc_1_1,
    "ICC(A,1)": icc_a_1,
    "ICC(C,1)": icc_c_1,
    "ICC(1,k)": icc_1_k,
    "ICC(A,k)": icc_a_k,
    "ICC(C,k)": icc_c_k,
}
SHROUT_FLEISS = {"ICC(2,1)": "ICC(A,1)", "ICC(3,1)": "ICC(C,1)", "ICC(2,k)": "ICC(A,k)", "ICC(3,k)": "ICC(C,k)"}
JUDGED = ORACLES["shrout_fleiss1979"]["data"]["targets_by_judge"]
ANXIETY = ORACLES["irr_anxiety"]["data"]["targets_by_judge"]


def of(form: str, rows: Rows) -> Estimate:
    return FORMS[SHROUT_FLEISS.get(form, form)](Ratings.of(rows))


def cases(name: str) -> list[tuple[str, str]]:
    return [(name, key) for key in ORACLES[name]["expected"] if key.startswith("ICC(")]


class TestPublished:
    @pytest.mark.parametrize(("name", "form"), [*cases("shrout_fleiss1979"), *cases("irr_anxiety")])
    def test_value_and_interval_are_as_published(self, name: str, form: str) -> None:
        oracle = ORACLES[name]
        estimate = of(form, oracle["data"]["targets_by_judge"])
        assert estimate.value == pytest.approx(oracle["expected"][form], abs=oracle["tolerance"])
        if form in oracle["expected"]["ci95"]:
            assert estimate.ci == pytest.approx(oracle["expected"]["ci95"][form], abs=oracle["tolerance"])
        assert estimate.ci_method == "F distribution (McGraw & Wong 1996)"
        assert estimate.variant == SHROUT_FLEISS.get(form, form)

    @pytest.mark.parametrize("name", ["shrout_fleiss1979", "irr_anxiety"])
    def test_the_interval_that_irr_prints_for_absolute_agreement_of_means_is_not_ours(self, name: str) -> None:
        oracle = ORACLES[name]
        theirs = next(value for key, value in oracle["expected"]["ci95"].items() if key.startswith("irr_irrNA"))
        estimate = of("ICC(A,k)", oracle["data"]["targets_by_judge"])
        assert estimate.ci != pytest.approx(theirs, abs=1e-4)


class TestShroutAndFleiss1979:
    expected = ORACLES["shrout_fleiss1979"]["expected"]

    @pytest.mark.parametrize("form", ["ICC(A,1)", "ICC(C,1)", "ICC(A,k)", "ICC(C,k)"])
    def test_two_way_mean_squares(self, form: str) -> None:
        parts = of(form, JUDGED).components
        names = {
            "MS_targets": "MS_rows", "MS_judges": "MS_columns", "MS_error": "MS_error",
            "BMS_df": "df1", "JMS_df": "df_columns", "EMS_df": "df2",
        }  # fmt: skip
        for published, ours in names.items():
            assert parts[ours] == pytest.approx(self.expected[published], abs=1e-8)
        test = [parts[part] for part in ("F", "df1", "df2", "p")]
        assert test == pytest.approx(self.expected["F_twoway"], abs=1e-8)

    @pytest.mark.parametrize("form", ["ICC(1,1)", "ICC(1,k)"])
    def test_one_way_mean_squares(self, form: str) -> None:
        parts = of(form, JUDGED).components
        test = [parts[part] for part in ("F", "df1", "df2", "p")]
        assert test == pytest.approx(self.expected["F_oneway"], abs=1e-8)
        assert parts["MS_within"] == pytest.approx(6.264, abs=0.0005)

    def test_units_and_raters_are_counted(self) -> None:
        estimate = of("ICC(A,1)", JUDGED)
        assert (estimate.n_units, estimate.n_raters, estimate.se) == (6, 4, None)
        assert (estimate.components["k"], estimate.components["n"]) == pytest.approx((4, 6))


class TestIrrAnxiety:
    def test_the_test_of_irr_for_absolute_agreement(self) -> None:
        oracle = ORACLES["irr_anxiety"]
        parts = of("ICC(A,1)", ANXIETY).components
        test = [parts[part] for part in ("F", "df1", "df_satterthwaite", "p_satterthwaite")]
        assert test == pytest.approx(oracle["expected"]["F_A1"], abs=oracle["tolerance"])


class TestCronbach1951:
    def test_consistency_of_means_is_alpha_of_the_raters(self) -> None:
        numbers = np.array(ANXIETY, dtype=np.float64)
        apart, together = numbers.var(axis=0, ddof=1).sum(), numbers.sum(axis=1).var(ddof=1)
        assert of("ICC(C,k)", ANXIETY).value == pytest.approx(3 / 2 * (1 - apart / together))


class TestEbel1951:
    def test_one_way_with_missing_ratings_by_hand(self) -> None:
        # Means 1, 4 and 6 of 2, 3 and 1 ratings; grand mean 20/6; within: 2 + 2 with 3 df.
        estimate = of("ICC(1,1)", [[0, 2, None], [3, 4, 5], [6, None, None]])
        between = (2 * (1 - 20 / 6) ** 2 + 3 * (4 - 20 / 6) ** 2 + (6 - 20 / 6) ** 2) / 2
        within, k = 4 / 3, (6 - 14 / 6) / 2
        assert estimate.components["MS_rows"] == pytest.approx(between)
        assert estimate.components["MS_within"] == pytest.approx(within)
        assert estimate.components["k"] == pytest.approx(k)
        assert estimate.value == pytest.approx((between - within) / (between + (k - 1) * within))
        assert of("ICC(1,k)", [[0, 2, None], [3, 4, 5], [6, None, None]]).value == pytest.approx(1 - within / between)


def missing(rows: Sequence[Sequence[float]], seed: int, share: float = 0.3) -> list[list[float | None]]:
    random = np.random.default_rng(seed)
    return [[None if random.random() < share else value for value in row] for row in rows]


def fitted(numbers: Floats, said: NDArray[np.bool_], effects: str) -> tuple[float, Floats, int]:
    """Fit units, raters or both by brute force: sum of squares, the projection, and its rank."""
    unit, rater = np.nonzero(said)
    columns: list[Floats] = [np.ones((len(unit), 1))]
    columns += [np.eye(said.shape[0])[unit]] if "u" in effects else []
    columns += [np.eye(said.shape[1])[rater]] if "r" in effects else []
    design = np.hstack(columns)
    onto = design @ np.linalg.pinv(design)
    values = numbers[said] - numbers[said].mean()
    return float(values @ onto @ values), onto, int(np.linalg.matrix_rank(design))


class TestHenderson1953:
    @pytest.mark.parametrize("seed", range(8))
    def test_mean_squares_with_missing_ratings_are_those_of_least_squares(self, seed: int) -> None:
        rows = missing(ANXIETY, seed)
        numbers = np.array(rows, dtype=np.float64)
        numbers = numbers[~np.isnan(numbers).all(axis=1)]
        said = ~np.isnan(numbers)
        parts = of("ICC(A,1)", rows).components
        both, onto_both, rank = fitted(numbers, said, "ur")
        units, onto_units, unit_rank = fitted(numbers, said, "u")
        raters, onto_raters, rater_rank = fitted(numbers, said, "r")
        total = float(((numbers[said] - numbers[said].mean()) ** 2).sum())
        assert parts["MS_error"] == pytest.approx((total - both) / (said.sum() - rank))
        assert parts["MS_rows"] == pytest.approx((both - raters) / (rank - rater_rank))
        assert parts["MS_columns"] == pytest.approx((both - units) / (rank - unit_rank))
        unit, rater = np.nonzero(said)
        alike_units = (unit[:, None] == unit).astype(np.float64)
        alike_raters = (rater[:, None] == rater).astype(np.float64)
        assert parts["k"] == pytest.approx(np.trace((onto_both - onto_raters) @ alike_units) / (rank - rater_rank))
        assert parts["n"] == pytest.approx(np.trace((onto_both - onto_units) @ alike_raters) / (rank - unit_rank))

    @pytest.mark.parametrize("form", FORMS)
    def test_ratings_missing_make_the_interval_approximate(self, form: str) -> None:
        estimate = of(form, missing(ANXIETY, 1))
        assert estimate.ci_method is not None
        assert "approximate" in estimate.ci_method

    def test_raters_who_differ_by_a_constant_are_consistent_whatever_is_missing(self) -> None:
        rows: Rows = [[1, 3, None], [2, None, 7], [None, 7, 10], [8, 10, 13]]
        consistent, agreeing = of("ICC(C,1)", rows), of("ICC(A,1)", rows)
        assert consistent.value == pytest.approx(1.0)
        assert agreeing.value is not None
        assert agreeing.value < 0.9

    def test_pairs_of_raters_with_units_of_their_own_are_compared_apart(self) -> None:
        first: list[list[float | None]] = [[1, 2, None, None], [4, 5, None, None], [9, 12, None, None]]
        second: list[list[float | None]] = [[None, None, 101, 103], [None, None, 104, 104], [None, None, 109, 110]]
        parts = of("ICC(C,1)", first + second).components
        halves = [of("ICC(C,1)", [row[:2] for row in first]), of("ICC(C,1)", [row[2:] for row in second])]
        for name, df in (("MS_rows", "df1"), ("MS_error", "df2"), ("MS_columns", "df_columns")):
            assert parts[df] == sum(half.components[df] for half in halves)
            assert parts[name] == pytest.approx(
                sum(half.components[name] * half.components[df] for half in halves) / parts[df]
            )

    @pytest.mark.parametrize("form", ["ICC(1,1)", "ICC(A,1)", "ICC(C,1)"])
    def test_with_a_third_missing_most_intervals_hold_the_truth(self, form: str) -> None:
        random = np.random.default_rng(6)
        held = []
        for _ in range(150):
            units, raters = 0.8 * random.standard_normal((30, 1)), 0.3 * random.standard_normal((1, 4))
            numbers = units + (raters if form != "ICC(1,1)" else 0) + 0.5 * random.standard_normal((30, 4))
            numbers[random.random(numbers.shape) < 0.33] = math.nan
            truth = 0.64 / (0.64 + 0.25 + (0.09 if form == "ICC(A,1)" else 0))
            ci = of(form, numbers.tolist()).ci
            assert ci is not None
            held.append(ci[0] <= truth <= ci[1])
        assert np.mean(held) > 0.88


numbers = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.0, 4.0, 7.0]))
tables = st.integers(2, 5).flatmap(
    lambda raters: st.lists(st.lists(numbers, min_size=raters, max_size=raters), min_size=2, max_size=10)
)
forms = st.sampled_from(sorted(FORMS))


def near(one: float | None, other: float | None, scale: float = 1e-7) -> bool:
    return one is other is None or one == pytest.approx(other, rel=scale, abs=scale)


def same(one: Estimate, other: Estimate) -> bool:
    if (one.ci is None) != (other.ci is None) or not near(one.value, other.value):
        return False
    return all(near(a, b, 1e-5) for a, b in zip(one.ci or (), other.ci or (), strict=True))


def steady(estimate: Estimate) -> bool:
    """Whether the value is far from dividing by nothing, where rounding decides."""
    return estimate.value is None or abs(estimate.value) < 1e6


class TestProperties:
    @settings(deadline=None)
    @given(tables, forms, st.randoms(use_true_random=False))
    def test_raters_and_units_may_change_places(self, rows: Rows, form: str, random: Any) -> None:
        columns: list[tuple[float | None, ...]] = list(zip(*rows, strict=True))
        random.shuffle(columns)
        other: list[tuple[float | None, ...]] = list(zip(*columns, strict=True))
        random.shuffle(other)
        one = of(form, rows)
        assume(steady(one))
        assert same(one, of(form, other))

    @settings(deadline=None)
    @given(tables, forms, st.sampled_from([-3.0, 0.1, 1e3]), st.sampled_from([0.0, -50.0, 1e4]))
    def test_numbers_may_be_shifted_and_scaled(self, rows: Rows, form: str, factor: float, shift: float) -> None:
        other = [[None if value is None else factor * value + shift for value in row] for row in rows]
        one = of(form, rows)
        assume(steady(one))
        assert same(one, of(form, other))

    @settings(deadline=None)
    @given(tables, forms)
    def test_who_and_what_was_not_rated_does_not_matter(self, rows: Rows, form: str) -> None:
        more: Rows = [*[[*row, None] for row in rows], [None] * (len(rows[0]) + 1)]
        one, other = of(form, rows), of(form, more)
        assert same(one, other)
        assert (one.n_units, one.n_raters) == (other.n_units, other.n_raters)

    @settings(deadline=None)
    @given(tables, st.sampled_from(["ICC(C,1)", "ICC(C,k)"]), st.sampled_from([-4.0, 9.5]))
    def test_a_rater_who_is_stricter_is_as_consistent(self, rows: Rows, form: str, stricter: float) -> None:
        other = [[None if row[0] is None else row[0] + stricter, *row[1:]] for row in rows]
        one, two = of(form, rows), of(form, other)
        assume(one.value is not None and two.value is not None)
        assert same(one, two)

    @settings(deadline=None)
    @given(tables, st.sampled_from(["1", "A", "C"]))
    def test_means_are_stepped_up_by_spearman_and_brown(self, rows: Rows, way: str) -> None:
        single, mean = of(f"ICC({way},1)", rows), of(f"ICC({way},k)", rows)
        assume(single.value is not None and mean.value is not None and steady(mean))
        assert single.value is not None
        k = single.components["k"]
        assert near(mean.value, k * single.value / (1 + (k - 1) * single.value))

    @settings(deadline=None)
    @given(tables, forms)
    def test_the_value_lies_in_its_interval_and_is_at_most_one(self, rows: Rows, form: str) -> None:
        estimate = of(form, rows)
        assume(estimate.ci is not None)
        assert estimate.ci is not None
        assert estimate.value is not None
        assert estimate.ci[0] <= estimate.value <= estimate.ci[1] <= 1

    @settings(deadline=None)
    @given(tables, forms)
    def test_the_limits_are_where_the_pass_mark_is_this_sure(self, rows: Rows, form: str) -> None:
        estimate = of(form, rows)
        assume(estimate.ci is not None and max(map(abs, estimate.ci)) < 1e6)
        assert estimate.ci is not None
        assume(estimate.components.get("df_satterthwaite", 1.0) > 0.5)
        assert icc_at_least(estimate, estimate.ci[0]) == pytest.approx(0.975, abs=1e-4)
        assert icc_at_least(estimate, estimate.ci[1]) == pytest.approx(0.025, abs=1e-4)


def reason(estimate: Estimate) -> str:
    assert estimate.value is None
    assert estimate.undefined_because is not None
    assert (estimate.ci, estimate.ci_method) == (None, None)
    return estimate.undefined_because.en


class TestUndefined:
    @pytest.mark.parametrize("form", FORMS)
    def test_without_what_it_compares(self, form: str) -> None:
        assert "two raters" in reason(of(form, [[1, None], [None, 2]]))
        assert "two raters" in reason(of(form, [[1], [2], [3]]))
        assert "two raters" in reason(of(form, []))
        assert "two units" in reason(of(form, [[1, 2, 3]]))
        assert "same" in reason(of(form, [[2, 2], [2, 2]]))
        assert "same" in reason(of(form, [[0.3, 0.1 + 0.2], [0.3, 0.3]]))

    @pytest.mark.parametrize("form", ["ICC(A,1)", "ICC(C,1)", "ICC(A,k)", "ICC(C,k)"])
    def test_too_few_ratings_to_leave_an_error(self, form: str) -> None:
        assert "too few ratings" in reason(of(form, [[1, 2], [3, None]]))

    def test_units_that_do_not_differ(self) -> None:
        for form in ("ICC(1,k)", "ICC(A,k)", "ICC(C,k)"):
            assert "do not differ" in reason(of(form, [[0, 1], [1, 0]]))
        constants = [[1, 5], [1, 5], [1, 5]]
        assert "do not differ" in reason(of("ICC(C,1)", constants))
        assert of("ICC(A,1)", constants).value == 0.0

    def test_single_ratings_of_units_that_do_not_differ_have_the_least_value(self) -> None:
        assert of("ICC(1,1)", [[0, 1], [1, 0], [0, 1]]).value == pytest.approx(-1.0)
        assert of("ICC(C,1)", [[0, 1], [1, 0]]).value == pytest.approx(-1.0)

    def test_raters_and_error_that_outweigh_each_other_leave_no_interval(self) -> None:
        estimate = of("ICC(A,1)", [[7, 0, 4], [7, 4, 0]])
        assert estimate.value is not None
        assert estimate.value < 0
        assert (estimate.ci, estimate.ci_method) == (None, None)
        assert "df_satterthwaite" not in estimate.components
        assert icc_at_least(estimate, 0.5) is None

    def test_units_with_the_same_mean_have_no_interval_either(self) -> None:
        estimate = of("ICC(1,1)", [[None, 1], [0, 2]])
        assert estimate.value == pytest.approx(-3.0)
        assert estimate.ci is None

    @pytest.mark.parametrize("form", FORMS)
    def test_raters_who_never_differ_have_one_and_no_interval(self, form: str) -> None:
        estimate = of(form, [[1, 1, 1], [2, 2, 2], [5, 5, None]])
        assert estimate.value == 1.0
        assert (estimate.ci, estimate.ci_method) == (None, None)
        assert "F" not in estimate.components

    def test_text_is_refused(self) -> None:
        with pytest.raises(InputProblem, match="not a number"):
            icc_c_1(Ratings.of([["a", "b"], ["b", "b"]]))
