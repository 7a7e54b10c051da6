"""Coefficients of units by hand: weights, what is missing, what is undefined, and many tables at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from plugins.agreement.measures.units import coefficients, tables
from plugins.agreement.measures.units.coefficients import (
    bennett_s,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    light_kappa,
    percent_agreement,
    scott_pi,
    weighted_kappa,
)
from plugins.agreement.measures.units.distribution import LISTED, Distribution
from plugins.agreement.measures.units.ratings import Ratings
from plugins.agreement.measures.units.weights import DISTANCES, weight_matrix
from vib.problem import InputProblem
from vib.statistic import Estimate

Coefficient = Callable[..., Estimate]

ALL: dict[str, Coefficient] = {name: getattr(coefficients, name) for name in coefficients.__all__}
CORRECTED = {name: calculate for name, calculate in ALL.items() if name != "percent_agreement"}
KAPPAS = {name: calculate for name, calculate in CORRECTED.items() if not name.startswith(("gwet", "bennett"))}
NAMELESS = {"percent_agreement", "bennett_s", "fleiss_kappa", "gwet_ac1", "gwet_ac2"}


def reason(found: Estimate) -> str:
    assert found.value is None
    assert found.undefined_because is not None
    assert (found.se, found.ci) == (None, None)
    return found.undefined_because.en


class TestWeights:
    def test_linear_quadratic_and_radical_go_by_value_not_by_place(self) -> None:
        scale = (1, 2, 5)
        assert weight_matrix("linear", scale)[0].tolist() == [1.0, 0.75, 0.0]
        assert weight_matrix("quadratic", scale)[0].tolist() == [1.0, 1 - 1 / 16, 0.0]
        assert weight_matrix("radical", scale)[0].tolist() == [1.0, 0.5, 0.0]

    def test_ordinal_goes_by_place(self) -> None:
        assert weight_matrix("ordinal", (1, 2, 50)).tolist() == weight_matrix("ordinal", (1, 2, 3)).tolist()
        assert weight_matrix("ordinal", (1, 2, 3))[0] == pytest.approx([1, 2 / 3, 0])

    def test_ordinal_ranks_numbers_that_are_out_of_order(self) -> None:
        assert weight_matrix("ordinal", (3, 1, 2))[1] == pytest.approx([0, 1, 2 / 3])

    def test_circular_makes_the_ends_neighbours(self) -> None:
        around = weight_matrix("circular", (1, 2, 3, 4))
        assert around[0] == pytest.approx([1, 0.5, 0, 0.5])

    def test_bipolar_makes_a_step_in_the_middle_smaller_than_at_an_end(self) -> None:
        bipolar = weight_matrix("bipolar", (1, 2, 3, 4, 5))
        assert bipolar[0, 1] == pytest.approx(1 - 1 / 7)
        assert bipolar[1, 2] == pytest.approx(1 - 1 / 15)
        assert bipolar[0, 4] == 0

    def test_ratio_knows_the_distance_from_zero(self) -> None:
        assert weight_matrix("ratio", (0, 1, 3)).tolist() == [[1, 0, 0], [0, 1, 0.75], [0, 0.75, 1]]

    def test_text_goes_by_its_place_in_the_given_order(self) -> None:
        for name in DISTANCES:
            text = weight_matrix(name, ("never", "at times", "often", "always"))
            assert text.tolist() == weight_matrix(name, (1, 2, 3, 4)).tolist()

    def test_two_categories_have_no_weights_between(self) -> None:
        for name in DISTANCES:
            assert weight_matrix(name, (1, 2)) == pytest.approx(np.eye(2))

    def test_no_category_and_one_category_have_weights(self) -> None:
        for name in DISTANCES:
            assert weight_matrix(name, ()).shape == (0, 0)
            assert weight_matrix(name, (0,)).tolist() == [[1.0]]

    def test_a_matrix_of_weights_stays_as_it_is(self) -> None:
        given = np.array([[1.0, 0.3], [0.1, 1.0]])
        assert weight_matrix(given, ("a", "b")).tolist() == given.tolist()

    @pytest.mark.parametrize(
        "wrong",
        [
            "squared",
            [[1.0]],
            [[1, 0], [0, 1], [0, 0]],
            [[1, 2], [2, 1]],
            [[0, -1], [-1, 0]],
            [[0, 1], [1, 1]],
            [[0.5, 0], [0, 0.5]],
            [[1, math.nan], [0, 1]],
            [[1, 0], [0]],
            [["a", "b"], ["c", "d"]],
        ],
    )
    def test_anything_else_is_refused_with_the_place(self, wrong: Any) -> None:
        with pytest.raises(InputProblem) as problem:
            weight_matrix(wrong, (1, 2))
        assert problem.value.place == "weights"

    def test_ratio_refuses_numbers_below_zero(self) -> None:
        with pytest.raises(InputProblem, match="from 0"):
            weight_matrix("ratio", (-1, 1))

    @pytest.mark.parametrize("name", ["percent_agreement", "bennett_s", "fleiss_kappa", "gwet_ac2", "conger_kappa"])
    def test_where_raters_have_no_order_a_matrix_is_averaged_with_its_transpose(self, name: str) -> None:
        said = Ratings.of([[1, 2, 3], [2, 2, 2], [3, 1, 3], [1, 1, 2], [3, 3, 3]])
        given = np.array([[1, 0.2, 0.0], [0.6, 1, 0.5], [0.4, 0.1, 1]])
        found, same = ALL[name](said, given), ALL[name](said, (given + given.T) / 2)
        assert (found.value, found.se) == pytest.approx((same.value, same.se))

    def test_scotts_raters_have_no_order_either(self) -> None:
        one, other = Ratings.of([[1, 2], [2, 2], [3, 1], [1, 1]]), Ratings.of([[2, 1], [2, 2], [1, 3], [1, 1]])
        given = [[1, 0.2, 0.0], [0.6, 1, 0.5], [0.3, 0.1, 1]]
        assert scott_pi(one, given).value == pytest.approx(scott_pi(other, given).value)
        assert cohen_kappa(one, given).value != pytest.approx(cohen_kappa(other, given).value)

    def test_distances_that_are_all_zero_leave_no_disagreement(self) -> None:
        said = Ratings.of([["a", "b"], ["b", "a"]])
        assert "chance then explains" in reason(weighted_kappa(said, [[0, 0], [0, 0]]))


class TestByHand:
    """Three raters, five units: aab aaa bbb abb bba."""

    SAID = Ratings.of(["aab", "aaa", "bbb", "abb", "bba"])

    def test_observed_agreement_counts_pairs(self) -> None:
        assert percent_agreement(self.SAID).value == pytest.approx((1 / 3 + 1 + 1 + 1 / 3 + 1 / 3) / 5)

    def test_fleiss_pools_the_raters(self) -> None:
        share = 7 / 15
        chance = share**2 + (1 - share) ** 2
        assert fleiss_kappa(self.SAID).value == pytest.approx((0.6 - chance) / (1 - chance))

    def test_conger_takes_pairs_of_raters(self) -> None:
        first, second, third = 0.6, 0.4, 0.4
        pairs = ((first, second), (first, third), (second, third))
        chance = sum(one * other + (1 - one) * (1 - other) for one, other in pairs) / 3
        assert conger_kappa(self.SAID).value == pytest.approx((0.6 - chance) / (1 - chance))

    def test_light_takes_the_mean_of_kappas(self) -> None:
        found = light_kappa(self.SAID)
        kappas = (0.32 / 0.52, -0.08 / 0.52, 0.08 / 0.48)
        assert found.value == pytest.approx(sum(kappas) / 3)
        assert [found.components[f"pair[{pair}]"] for pair in ("1,2", "1,3", "2,3")] == pytest.approx(kappas)

    def test_ac1_takes_the_chance_of_a_guess(self) -> None:
        chance = 2 * (7 / 15) * (8 / 15)
        assert gwet_ac1(self.SAID).value == pytest.approx((0.6 - chance) / (1 - chance))

    def test_agreement_on_one_category_leaves_the_others_out(self) -> None:
        parts = percent_agreement(Ratings.of_table([[20, 10], [20, 50]], ("a", "b"))).components
        assert (parts["agreement[a]"], parts["agreement[b]"]) == pytest.approx((40 / 70, 100 / 130))

    def test_prevalence_and_bias_of_each_category(self) -> None:
        parts = cohen_kappa(Ratings.of_table([[20, 10], [30, 40]], ("a", "b"))).components
        assert (parts["prevalence[a]"], parts["bias[a]"], parts["bias[b]"]) == pytest.approx((0.4, -0.2, 0.2))
        assert (parts["prevalence_index"], parts["bias_index"]) == pytest.approx((0.2, 0.2))

    def test_with_two_categories_each_has_the_kappa_of_all(self) -> None:
        for calculate in (fleiss_kappa, conger_kappa, light_kappa):
            found = calculate(self.SAID)
            assert [found.components["kappa[a]"], found.components["kappa[b]"]] == pytest.approx([found.value] * 2)

    def test_one_category_against_others_is_the_coefficient_of_merged_categories(self) -> None:
        rows = ["aab", "cca", "bbb", "acb", "cba", "aaa", "ccc"]
        said, merged = Ratings.of(rows), Ratings.of([row.replace("b", "c") for row in rows])
        for calculate, name in (
            (fleiss_kappa, "kappa[a]"),
            (conger_kappa, "kappa[a]"),
            (light_kappa, "kappa[a]"),
            (gwet_ac1, "ac1[a]"),
            (bennett_s, "s[a]"),
        ):
            assert calculate(said).components[name] == pytest.approx(calculate(merged).value)

    def test_light_has_the_mean_over_the_pairs_that_used_a_category(self) -> None:
        said = Ratings.of([["a", "a", None], ["b", "b", None], ["c", None, "c"], ["a", None, "a"], ["b", None, "a"]])
        parts = light_kappa(said).components
        assert parts["pairs"] == 2
        assert parts["kappa[c]"] == pytest.approx(1)
        assert parts["kappa[b]"] == pytest.approx((1 + 0) / 2)

    def test_with_very_many_categories_they_are_not_listed(self) -> None:
        said = Ratings.of([[n, n + n % 2] for n in range(LISTED + 1)])
        assert not any("[" in name for name in fleiss_kappa(said).components)


class TestMissing:
    def test_kappas_of_two_raters_use_the_units_that_both_rated(self) -> None:
        whole = Ratings.of(["aa", "ab", "bb", "bb", "ba"])
        holes = Ratings(np.vstack([whole.places, [[0, -1], [-1, 1]]]), whole.categories)
        for calculate in (cohen_kappa, scott_pi, light_kappa, weighted_kappa):
            assert calculate(holes).value == pytest.approx(calculate(whole).value)
            assert calculate(holes).se == pytest.approx(calculate(whole).se)
            assert calculate(holes).n_units == 5

    def test_a_single_rating_counts_for_chance_elsewhere(self) -> None:
        whole, holes = Ratings.of(["aa", "ab", "bb"]), Ratings.of([["a", "a"], ["a", "b"], ["b", "b"], ["b", None]])
        for calculate in (fleiss_kappa, conger_kappa, gwet_ac1):
            assert calculate(holes).components["expected"] != calculate(whole).components["expected"]
            assert calculate(holes).components["observed"] == calculate(whole).components["observed"]
            assert (calculate(holes).n_units, calculate(holes).components["units_rated_once"]) == (3, 1)

    def test_light_leaves_out_a_pair_that_never_met(self) -> None:
        said = Ratings.of([["a", "a", None], ["b", "a", None], ["b", "b", None], [None, "a", "a"], [None, "b", "b"]])
        found = light_kappa(said)
        assert (found.components["pairs"], found.components["pairs_left_out"]) == (2, 1)
        assert found.value == pytest.approx((found.components["pair[1,2]"] + 1) / 2)

    def test_light_leaves_out_a_pair_without_a_kappa(self) -> None:
        found = light_kappa(Ratings.of(["aaa", "aab", "aaa", "aab"]))
        assert found.components["pairs_left_out"] == 1
        assert found.components["pairs"] == 2

    def test_pairs_are_named_by_their_columns_also_beside_an_empty_one(self) -> None:
        found = light_kappa(Ratings.of([["a", None, "a"], ["b", None, "b"], ["b", None, "a"]]))
        assert "pair[1,3]" in found.components
        assert (found.n_raters, found.components["pairs_left_out"]) == (2, 0)


class TestUndefined:
    @pytest.mark.parametrize("name", ["cohen_kappa", "scott_pi"])
    def test_a_coefficient_of_two_raters_says_what_to_use_for_more(self, name: str) -> None:
        found = ALL[name](Ratings.of(["aba", "bbb"]))
        assert "two raters" in reason(found)
        assert found.n_raters == 3

    @pytest.mark.parametrize("name", ALL)
    def test_fewer_than_two_raters(self, name: str) -> None:
        for said in (Ratings.of([["a"], ["b"]]), Ratings.of([["a", None], ["b", None]]), Ratings.of([])):
            assert "fewer than two raters" in reason(ALL[name](said))

    @pytest.mark.parametrize("name", ALL)
    def test_nobody_rated_the_same_unit(self, name: str) -> None:
        found = ALL[name](Ratings.of([["a", None], [None, "b"]]))
        assert "no unit was rated by two" in reason(found)
        assert found.n_units == 0

    @pytest.mark.parametrize("name", CORRECTED)
    def test_one_category_to_choose_from(self, name: str) -> None:
        assert "only one category" in reason(CORRECTED[name](Ratings.of(["aa", "aa"])))

    @pytest.mark.parametrize("name", KAPPAS)
    def test_one_category_in_use(self, name: str) -> None:
        said = Ratings.of(["aa", "aa"], "ab")
        expected = "no pair of raters" if name == "light_kappa" else "one category only"
        assert expected in reason(KAPPAS[name](said))

    def test_one_category_in_use_of_two_is_agreement_for_ac1_and_s(self) -> None:
        said = Ratings.of(["aa", "aa"], "ab")
        assert (gwet_ac1(said).value, bennett_s(said).value, percent_agreement(said).value) == (1, 1, 1)

    def test_percent_agreement_needs_no_second_category(self) -> None:
        assert percent_agreement(Ratings.of(["aa", "aa"])).value == 1

    @pytest.mark.parametrize("name", sorted(set(ALL) - NAMELESS))
    def test_a_distribution_has_no_raters_to_tell_apart(self, name: str) -> None:
        found = ALL[name](Distribution.of([[2, 0], [1, 1]]))
        assert "who said what" in reason(found)

    @pytest.mark.parametrize("name", sorted(NAMELESS))
    def test_a_distribution_will_do_for_the_others(self, name: str) -> None:
        rows: list[list[int | None]] = [[1, 2, 1], [2, 2, None], [3, 1, 1], [3, 3, 3], [None, None, 2]]
        said = Ratings.of(rows)
        found, same = ALL[name](Distribution.of(said.counts)), ALL[name](said)
        assert (found.value, found.se) == pytest.approx((same.value, same.se))

    def test_raters_who_use_one_category_each_have_a_kappa_of_0(self) -> None:
        found = cohen_kappa(Ratings.of(["ab", "ab", "ab"]))
        assert (found.value, found.components["expected"]) == (0, 0)

    def test_chance_that_leaves_next_to_nothing_is_still_a_chance(self) -> None:
        found = cohen_kappa(Ratings.of_table([[10**6, 1], [0, 1]]))
        assert found.value == pytest.approx(2 / 3, abs=1e-5)


class TestUncertainty:
    def test_full_agreement_has_no_standard_error(self) -> None:
        said = Ratings.of(["aa", "bb", "cc", "aa", "bb", "cc"])
        for calculate in ALL.values():
            found = calculate(said)
            assert (found.value, found.se, found.ci, found.ci_method) == (1, None, None, None)

    def test_one_unit_has_no_standard_error(self) -> None:
        for calculate in (percent_agreement, bennett_s, fleiss_kappa, conger_kappa, gwet_ac1, cohen_kappa, scott_pi):
            found = calculate(Ratings.of([[1, 2]]))
            assert found.value is not None
            assert found.se is None

    def test_two_raters_who_rated_everything_get_the_error_for_tables(self) -> None:
        said = Ratings.of(["aa", "ab", "bb", "ca", "cc", "bb"])
        for calculate in (percent_agreement, bennett_s, gwet_ac1, cohen_kappa, scott_pi):
            found = calculate(said)
            assert found.se == pytest.approx(found.components["se_gwet"] * math.sqrt(5 / 6))
        for calculate in (fleiss_kappa, conger_kappa):
            assert calculate(said).se == calculate(said).components["se_gwet"]

    def test_every_interval_names_its_publication(self) -> None:
        said = Ratings.of(["aa", "ab", "bb", "ca", "cc", "bb"])
        methods = {name: calculate(said).ci_method for name, calculate in ALL.items()}
        assert all(method and ("19" in method or "20" in method) for method in methods.values())
        assert "Everitt" in (methods["cohen_kappa"] or "")

    @pytest.mark.parametrize("name", ALL)
    @pytest.mark.parametrize("missing", [0.0, 0.2])
    def test_the_standard_error_is_near_that_of_the_jackknife(self, name: str, missing: float) -> None:
        random = np.random.default_rng(4)
        raters = 2 if name in ("cohen_kappa", "scott_pi") else 4
        truth = random.choice(3, size=(150, 1), p=(0.5, 0.3, 0.2))
        places = np.where(random.random((150, raters)) < 0.6, truth, random.integers(0, 3, (150, raters)))
        places[random.random(places.shape) < missing] = -1
        calculate, units = ALL[name], len(places)
        found = calculate(Ratings(places.astype(np.intp), (1, 2, 3)))
        without = [calculate(Ratings(np.delete(places, unit, 0), (1, 2, 3))).value for unit in range(units)]
        jackknife = math.sqrt((units - 1) * np.var(np.array(without, dtype=np.float64)))
        assert found.se == pytest.approx(jackknife, rel=0.06)


class TestDistribution:
    @pytest.mark.parametrize("wrong", [[[1, 2], [3]], [[-1, 2]], [[0.5, 1]], [[math.nan, 1]], [1, 2], [["x", "y"]]])
    def test_only_whole_numbers_from_zero_are_counts(self, wrong: Any) -> None:
        with pytest.raises(InputProblem, match="whole numbers"):
            Distribution.of(wrong)

    def test_there_is_a_category_for_each_column(self) -> None:
        with pytest.raises(InputProblem, match="3 categories for 2 columns"):
            Distribution.of([[1, 1]], ("a", "b", "c"))

    def test_weights_go_by_the_given_categories(self) -> None:
        said = Distribution.of([[2, 1, 0], [0, 2, 1], [1, 1, 1]], (1, 2, 10))
        assert gwet_ac2(said, "linear").value != gwet_ac2(Distribution.of(said.counts), "linear").value


class TestManyTables:
    TABLES = np.random.default_rng(3).integers(0, 12, (40, 4, 4)).astype(np.float64)
    SAME: tuple[tuple[Callable[..., Any], Coefficient], ...] = (
        (tables.scott_pi_of_tables, scott_pi),
        (tables.cohen_kappa_of_tables, cohen_kappa),
    )

    @pytest.mark.parametrize(("of_tables", "calculate"), SAME)
    @pytest.mark.parametrize("weights", [None, "quadratic"])
    def test_each_table_has_the_coefficient_of_its_ratings(
        self, of_tables: Callable[..., Any], calculate: Coefficient, weights: str | None
    ) -> None:
        matrix = None if weights is None else weight_matrix(weights, (1, 2, 3, 4))
        found = of_tables(self.TABLES, matrix)
        alone = [calculate(Ratings.of_table(one), weights or "identity").value for one in self.TABLES]
        assert found == pytest.approx(alone)

    def test_weights_of_cohen_have_the_first_raters_rows(self) -> None:
        distances = [[0, 1, 4], [1, 0, 6], [2, 2, 0]]
        said = [[88.0, 14, 18], [10, 40, 10], [2, 6, 12]]
        matrix = weight_matrix(distances, (1, 2, 3))
        assert tables.cohen_kappa_of_tables(np.array(said), matrix) == pytest.approx(0.353, abs=5e-4)

    @pytest.mark.parametrize(("of_tables", "_calculate"), SAME)
    def test_an_empty_table_is_nan(self, of_tables: Callable[..., Any], _calculate: Coefficient) -> None:
        assert np.isnan(of_tables(np.zeros((1, 2, 2)))).all()

    def test_one_category_in_use_is_nan(self) -> None:
        one = np.array([[0.0, 0.0], [0.0, 7.3]])
        assert np.isnan(tables.cohen_kappa_of_tables(one))
        assert np.isnan(tables.scott_pi_of_tables(one))

    def test_what_is_left_by_rounding_only_is_nan(self) -> None:
        almost_one = np.array([[1.0, 1e-14], [0.0, 0.0]])
        assert np.isnan(tables.cohen_kappa_of_tables(almost_one))

    @pytest.mark.filterwarnings("error")
    def test_one_category_to_choose_from_is_nan(self) -> None:
        one = np.array([[[5.0]]])
        for of_tables, _ in self.SAME:
            assert np.isnan(of_tables(one)).all()

    def test_seconds_will_do_for_counts(self) -> None:
        assert tables.cohen_kappa_of_tables(self.TABLES * 0.037) == pytest.approx(
            tables.cohen_kappa_of_tables(self.TABLES)
        )
