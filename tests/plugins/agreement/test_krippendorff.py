"""Alpha: what was published, what must not change it, and where it has no value."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from plugins.agreement.measures.units.krippendorff import krippendorff_alpha
from plugins.agreement.measures.units.ratings import Ratings
from vib.problem import InputProblem
from vib.statistic import Estimate, Level

Floats = NDArray[np.float64]
Rows = Sequence[Sequence[float | str | None]]

ORACLES: Mapping[str, Mapping[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text())["oracles"]
}
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")


def ratings_of(data: Mapping[str, Any]) -> Ratings:
    """Read any of the shapes in which the publications have their ratings."""
    if "table" in data:
        return Ratings.of_table(data["table"], data.get("labels"))
    if "items_with_multiplicity" in data:
        return Ratings.of([row for times, row in data["items_with_multiplicity"] for _ in range(times)])
    if "counts_subject_by_category" in data:
        counts = data["counts_subject_by_category"]
        return Ratings.of([[place + 1 for place, many in enumerate(row) for _ in range(many)] for row in counts])
    if "coders_by_unit" in data:
        return Ratings.of(list(zip(*data["coders_by_unit"], strict=True)))
    units = data.get("units_by_coder") or data.get("units_by_rater") or data["ratings_subject_by_rater"]
    return Ratings.of(units)


def published(key: str) -> list[str]:
    return [name for name, oracle in ORACLES.items() if key in oracle["expected"]]


def value_of(estimate: Estimate) -> float:
    assert estimate.value is not None
    return estimate.value


class TestPublishedAlphas:
    @pytest.mark.parametrize(
        ("name", "level"), [(name, level) for level in LEVELS for name in published(f"alpha_{level}")]
    )
    def test_alpha_is_as_published(self, name: str, level: Level) -> None:
        oracle = ORACLES[name]
        estimate = krippendorff_alpha(ratings_of(oracle["data"]), level)
        expected = oracle["expected"][f"alpha_{level}"]
        value, se = expected if isinstance(expected, list) else (expected, None)
        assert estimate.value == pytest.approx(value, abs=oracle["tolerance"])
        if se is not None:
            assert estimate.se == pytest.approx(se, abs=oracle["tolerance"])

    def test_every_such_oracle_is_found(self) -> None:
        assert len(published("alpha_nominal")) >= 15


class TestKrippendorff2011:
    def test_disagreements_are_as_published(self) -> None:
        first = krippendorff_alpha(ratings_of(ORACLES["krippendorff2011_A"]["data"])).components
        assert first["observed_disagreement"] == pytest.approx(0.4, abs=1e-9)
        assert first["expected_disagreement"] == pytest.approx(0.442, abs=0.0005)
        oracle = ORACLES["krippendorff2011_C"]
        parts = krippendorff_alpha(ratings_of(oracle["data"])).components
        assert parts["observed_disagreement"] == pytest.approx(oracle["expected"]["Do_nominal"], abs=0.0005)
        assert parts["expected_disagreement"] == pytest.approx(oracle["expected"]["De_nominal"], abs=0.0005)

    def test_a_unit_rated_once_counts_as_a_unit_but_is_not_paired(self) -> None:
        estimate = krippendorff_alpha(ratings_of(ORACLES["krippendorff2011_C"]["data"]), "ordinal")
        assert (estimate.variant, estimate.n_units, estimate.n_raters) == ("ordinal", 12, 4)
        assert estimate.components["units_pairable"] == 11
        assert estimate.components["values_pairable"] == 40
        assert estimate.ci is not None
        assert estimate.ci[1] == 1.0

    def test_categories_have_their_share_of_what_is_paired(self) -> None:
        parts = krippendorff_alpha(ratings_of(ORACLES["krippendorff2011_C"]["data"])).components
        shares = [parts[f"prevalence[{category}]"] for category in range(1, 6)]
        assert shares == pytest.approx([9 / 40, 13 / 40, 10 / 40, 5 / 40, 3 / 40])


class TestHayesAndKrippendorff2007:
    def test_n_is_that_of_the_paper(self) -> None:
        estimate = krippendorff_alpha(ratings_of(ORACLES["hayes_krippendorff2007"]["data"]), "ordinal")
        assert (estimate.n_units, estimate.n_raters) == (40, 5)


class TestArtsteinAndPoesio2008:
    def test_own_distance(self) -> None:
        oracle = ORACLES["artstein_poesio2008_ex2"]
        ratings = ratings_of(oracle["data"])
        distance = 1.0 - np.eye(3)
        distance[2, :2] = distance[:2, 2] = 0.5
        estimate = krippendorff_alpha(ratings, distance=distance)
        assert estimate.value == pytest.approx(oracle["expected"]["alpha_custom_distance"], abs=oracle["tolerance"])
        assert estimate.variant == "custom distance"

    def test_the_scale_of_a_distance_does_not_matter(self) -> None:
        ratings = ratings_of(ORACLES["artstein_poesio2008_ex2"]["data"])
        once = krippendorff_alpha(ratings, distance=1.0 - np.eye(3))
        tenfold = krippendorff_alpha(ratings, distance=10.0 * (1.0 - np.eye(3)))
        nominal = krippendorff_alpha(ratings)
        assert once.value == pytest.approx(tenfold.value) == pytest.approx(nominal.value)
        assert once.se == pytest.approx(tenfold.se) == pytest.approx(nominal.se)


class TestKrippendorff1995:
    """Seconds of two raters as units: in a unit or not."""

    @staticmethod
    def seconds(pair: Mapping[str, Sequence[Sequence[int]]]) -> Ratings:
        return Ratings.of(
            [
                ["in" if any(start <= second < end for start, end in pair[rater]) else "out" for rater in ("r1", "r2")]
                for second in range(24)
            ]
        )

    @pytest.mark.parametrize("name", "ABC")
    def test_seconds_agree_as_published(self, name: str) -> None:
        oracle = ORACLES["krippendorff1995_time_units"]
        pair = next(pair for key, pair in oracle["data"]["pairs"].items() if key.startswith(name))
        assert krippendorff_alpha(self.seconds(pair)).value == pytest.approx(
            oracle["expected"][name]["alpha_nominal"], abs=oracle["tolerance"]
        )

    def test_one_category_only_is_undefined(self) -> None:
        pair = ORACLES["krippendorff1995_time_units"]["data"]["pairs"]["D_Heather_Hill"]
        estimate = krippendorff_alpha(self.seconds(pair))
        assert estimate.value is None
        assert estimate.undefined_because is not None
        assert "same" in estimate.undefined_because.en


def gwet_weights(name: str, size: int) -> Floats:
    """Weights of the numbers from 1, as R irrCAC has them."""
    one, other = np.meshgrid(np.arange(1.0, size + 1), np.arange(1.0, size + 1), indexing="ij")
    gap = np.abs(one - other)
    if name == "bipolar":
        below = (one + other - 2) * (2 * size - one - other)
        distance = np.divide(gap**2, below, out=np.zeros_like(gap), where=gap > 0)
    else:
        distance = {
            "unweighted": (gap > 0).astype(np.float64),
            "quadratic": gap**2,
            "ordinal": (gap + 1) * gap / 2,
            "linear": gap,
            "radical": np.sqrt(gap),
            "ratio": (gap / (one + other)) ** 2,
            "circular": np.sin(math.pi * gap / size) ** 2,
        }[name]
    return np.asarray(1.0 - distance / distance.max())


class TestGwet2014:
    @pytest.mark.parametrize("name", list(ORACLES["irrcac_raw4raters"]["expected"]))
    def test_weighted_alpha_and_its_error_are_those_of_irrcac(self, name: str) -> None:
        oracle = ORACLES["irrcac_raw4raters"]
        estimate = krippendorff_alpha(ratings_of(oracle["data"]), weights=gwet_weights(name, 5))
        value, se = oracle["expected"][name]["alpha"]
        assert estimate.value == pytest.approx(value, abs=oracle["tolerance"])
        assert estimate.se == pytest.approx(se, abs=oracle["tolerance"])

    @pytest.mark.parametrize(
        ("level", "weights"), [("nominal", "unweighted"), ("interval", "quadratic"), ("ratio", "ratio")]
    )
    def test_levels_are_the_weights_of_gwet_that_mean_the_same(self, level: Level, weights: str) -> None:
        ratings = ratings_of(ORACLES["irrcac_raw4raters"]["data"])
        one, other = krippendorff_alpha(ratings, level), krippendorff_alpha(ratings, weights=gwet_weights(weights, 5))
        assert one.value == pytest.approx(other.value, abs=1e-12)
        assert one.se == pytest.approx(other.se, abs=1e-12)
        assert one.ci == pytest.approx(other.ci, abs=1e-12)

    def test_ordinal_is_not_gwets_ordinal(self) -> None:
        ratings = ratings_of(ORACLES["irrcac_raw4raters"]["data"])
        assert krippendorff_alpha(ratings, "ordinal").value == pytest.approx(0.81539, abs=6e-6)
        assert krippendorff_alpha(ratings, weights=gwet_weights("ordinal", 5)).value == pytest.approx(0.83364, abs=6e-6)

    def test_the_interval_has_the_t_of_the_units_that_are_paired(self) -> None:
        estimate = krippendorff_alpha(ratings_of(ORACLES["irrcac_raw4raters"]["data"]))
        assert estimate.ci == pytest.approx((0.74342 - 2.228139 * 0.14557, 1.0), abs=2e-5)
        assert estimate.se == pytest.approx(0.146, abs=0.0005)
        assert estimate.ci_method is not None
        assert "Gwet" in estimate.ci_method

    def test_fleiss_diagnoses_have_the_published_error(self) -> None:
        oracle = ORACLES["fleiss1971"]
        estimate = krippendorff_alpha(ratings_of(oracle["data"]))
        value, se = oracle["expected"]["alpha_gwet_se"]
        assert estimate.value == pytest.approx(value, abs=oracle["tolerance"])
        assert estimate.se == pytest.approx(se, abs=oracle["tolerance"])

    def test_the_error_of_irrcac_for_counts_is_a_component(self) -> None:
        oracle = ORACLES["irrcac_distrib6raters"]
        estimate = krippendorff_alpha(ratings_of(oracle["data"]))
        value, of_counts = oracle["expected"]["alpha"]
        assert estimate.value == pytest.approx(value, abs=oracle["tolerance"])
        assert estimate.components["se_of_counts"] == pytest.approx(of_counts, abs=oracle["tolerance"])

    def test_the_error_of_ratings_is_that_of_fleiss_kappa_when_complete(self) -> None:
        oracle = ORACLES["irrcac_distrib6raters"]
        estimate = krippendorff_alpha(ratings_of(oracle["data"]))
        assert estimate.se == pytest.approx(oracle["expected"]["fleiss"][1], abs=oracle["tolerance"])

    def test_two_raters_of_all_units_have_the_error_of_a_table(self) -> None:
        table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
        complete = krippendorff_alpha(Ratings.of_table(table))
        assert complete.ci_method is not None
        assert "tables" in complete.ci_method
        places = Ratings.of_table(table).places
        lone = Ratings(np.vstack([places, [[0, -1]]]), (1, 2, 3))
        assert complete.se is not None
        assert krippendorff_alpha(lone).se == pytest.approx(complete.se * math.sqrt(100 / 99))


def plain_alpha(rows: Rows, level: Level) -> float | None:
    """Alpha as Krippendorff explains it: a table of coincidences, cell by cell."""
    kept = [[value for value in row if value is not None] for row in rows]
    kept = [row for row in kept if len(row) >= 2]
    values = sorted({value for row in kept for value in row})
    together = np.zeros((len(values), len(values)))
    for row in kept:
        for one, other in permutations(row, 2):
            together[values.index(one), values.index(other)] += 1 / (len(row) - 1)
    totals = together.sum(axis=1)
    observed = expected = 0.0
    for c in range(len(values)):
        for k in range(len(values)):
            low, high = min(c, k), max(c, k)
            one, other = values[c], values[k]
            if c == k:
                distance = 0.0
            elif level == "nominal":
                distance = 1.0
            elif level == "ordinal":
                distance = (totals[low : high + 1].sum() - (totals[c] + totals[k]) / 2) ** 2
            else:
                assert isinstance(one, (int, float))
                assert isinstance(other, (int, float))
                distance = (one - other) ** 2 if level == "interval" else ((one - other) / (one + other)) ** 2
            observed += together[c, k] * distance
            expected += totals[c] * totals[k] * distance
    return None if expected == 0 else 1 - (totals.sum() - 1) * observed / expected


def table_of(raters: int, values: st.SearchStrategy[float]) -> st.SearchStrategy[list[list[float | None]]]:
    return st.lists(st.lists(st.one_of(st.none(), values), min_size=raters, max_size=raters), min_size=1, max_size=12)


tables = st.integers(2, 5).flatmap(lambda raters: table_of(raters, st.sampled_from([0, 1, 2, 5, 9])))
crowds = st.integers(7, 9).flatmap(lambda raters: table_of(raters, st.sampled_from([0, 1, 5])))
levels = st.sampled_from(LEVELS)


def near(one: float | None, other: float | None) -> bool:
    return one is other is None or one == pytest.approx(other, abs=1e-7)


def same(one: Estimate, other: Estimate) -> bool:
    return near(one.value, other.value) and near(one.se, other.se)


class TestProperties:
    @settings(deadline=None)
    @given(st.one_of(tables, crowds), levels)
    def test_it_is_the_textbook(self, rows: list[list[float | None]], level: Level) -> None:
        assert near(krippendorff_alpha(Ratings.of(rows), level).value, plain_alpha(rows, level))

    @settings(deadline=None)
    @given(tables, levels, st.randoms(use_true_random=False))
    def test_raters_and_units_may_change_places(
        self, rows: list[list[float | None]], level: Level, random: Any
    ) -> None:
        columns: list[tuple[float | None, ...]] = list(zip(*rows, strict=True))
        random.shuffle(columns)
        other: list[tuple[float | None, ...]] = list(zip(*columns, strict=True))
        random.shuffle(other)
        assert same(krippendorff_alpha(Ratings.of(rows), level), krippendorff_alpha(Ratings.of(other), level))

    @settings(deadline=None)
    @given(tables, levels)
    def test_who_said_what_within_a_unit_does_not_matter(self, rows: list[list[float | None]], level: Level) -> None:
        shifted = [[*row[place % len(row) :], *row[: place % len(row)]] for place, row in enumerate(rows)]
        assume(len(rows[0]) > 2)
        assert near(
            krippendorff_alpha(Ratings.of(rows), level).value, krippendorff_alpha(Ratings.of(shifted), level).value
        )

    @settings(deadline=None)
    @given(tables)
    def test_nominal_categories_may_be_renamed(self, rows: list[list[float | None]]) -> None:
        names = {0: "z", 1: "y", 2: "a", 5: "b", 9: "m"}
        other = [[None if value is None else names[int(value)] for value in row] for row in rows]
        assert same(krippendorff_alpha(Ratings.of(rows)), krippendorff_alpha(Ratings.of(other)))

    @settings(deadline=None)
    @given(tables)
    def test_only_the_order_of_ordinal_values_matters(self, rows: list[list[float | None]]) -> None:
        other = [[None if value is None else math.exp(value) - 3 for value in row] for row in rows]
        assert same(krippendorff_alpha(Ratings.of(rows), "ordinal"), krippendorff_alpha(Ratings.of(other), "ordinal"))

    @settings(deadline=None)
    @given(tables, st.sampled_from([-7.0, 0.1, 3.0, 1e6]), st.sampled_from([0.0, -100.0, 1e6]))
    def test_intervals_may_be_shifted_and_scaled(
        self, rows: list[list[float | None]], factor: float, shift: float
    ) -> None:
        other = [[None if value is None else factor * value + shift for value in row] for row in rows]
        assert same(krippendorff_alpha(Ratings.of(rows), "interval"), krippendorff_alpha(Ratings.of(other), "interval"))

    @settings(deadline=None)
    @given(tables, st.sampled_from([0.1, 3.0, 1e6]))
    def test_ratios_may_be_scaled(self, rows: list[list[float | None]], factor: float) -> None:
        other = [[None if value is None else factor * value for value in row] for row in rows]
        assert same(krippendorff_alpha(Ratings.of(rows), "ratio"), krippendorff_alpha(Ratings.of(other), "ratio"))

    @settings(deadline=None)
    @given(tables, levels)
    def test_who_and_what_was_not_rated_does_not_matter(self, rows: list[list[float | None]], level: Level) -> None:
        more: Rows = [*[[*row, None] for row in rows], [None] * (len(rows[0]) + 1)]
        one, other = krippendorff_alpha(Ratings.of(rows), level), krippendorff_alpha(Ratings.of(more), level)
        assert same(one, other)
        assert (one.n_units, one.n_raters) == (other.n_units, other.n_raters)
        assert one.ci == (None if other.ci is None else pytest.approx(other.ci))

    @settings(deadline=None)
    @given(tables, levels)
    def test_categories_that_no_one_used_do_not_matter(self, rows: list[list[float | None]], level: Level) -> None:
        wide = Ratings.of(rows, categories=[0, 0.5, 1, 2, 3, 5, 9, 11])
        assert same(krippendorff_alpha(Ratings.of(rows), level), krippendorff_alpha(wide, level))

    @settings(deadline=None)
    @given(tables, levels)
    def test_twice_the_data_disagree_alike_and_leave_less_for_small_samples(
        self, rows: list[list[float | None]], level: Level
    ) -> None:
        assume(level != "ordinal")
        once, twice = krippendorff_alpha(Ratings.of(rows), level), krippendorff_alpha(Ratings.of(rows * 2), level)
        assume(once.value is not None)
        n = once.components["values_pairable"]
        assert twice.components["observed_disagreement"] == pytest.approx(once.components["observed_disagreement"])
        assert twice.components["expected_disagreement"] == pytest.approx(
            once.components["expected_disagreement"] * (n - 1) / n * 2 * n / (2 * n - 1)
        )

    @settings(deadline=None)
    @given(tables)
    def test_a_category_against_the_others_has_the_alpha_of_two_categories(
        self, rows: list[list[float | None]]
    ) -> None:
        parts = krippendorff_alpha(Ratings.of(rows)).components
        for category in (0, 1, 2, 5, 9):
            merged = [[None if value is None else float(value == category) for value in row] for row in rows]
            assert near(parts.get(f"alpha[{category}]"), krippendorff_alpha(Ratings.of(merged)).value)

    @settings(deadline=None)
    @given(crowds)
    def test_the_error_is_that_of_irrcac_in_weights(self, rows: list[list[float | None]]) -> None:
        ratings = Ratings.of(rows)
        estimate = krippendorff_alpha(ratings, "interval")
        assume(estimate.se is not None and estimate.n_raters > 2)
        values = np.array(ratings.categories, dtype=np.float64)
        weights = 1 - ((values[:, None] - values) / np.ptp(values)) ** 2
        counts = ratings.counts[ratings.counts.sum(axis=1) >= 2]
        sizes = counts.sum(axis=1)
        n, mean = len(counts), sizes.mean()
        agreed = (counts * (counts @ weights - 1)).sum(axis=1) / (mean * (sizes - 1))
        small = 1 / sizes.sum()
        observed = (1 - small) * agreed.mean() + small
        share = counts.mean(axis=0) / mean
        expected = float(share @ weights @ share)
        prime = (agreed.mean() - expected) / (1 - expected)
        of_units = (agreed - observed * (sizes - mean) / mean - expected) / (1 - expected)
        by_chance = counts @ weights @ share / mean - expected * (sizes - mean) / mean
        of_units -= 2 * (1 - prime) * (by_chance - expected) / (1 - expected)
        se = math.sqrt(((of_units - prime) ** 2).sum() / (n * (n - 1)))
        assert estimate.se == pytest.approx(se, abs=1e-9)


class TestManyDistinctValues:
    @pytest.mark.parametrize("spread", [1e-9, 1e-3, 1.0, 5.0])
    def test_ratios_without_a_table_are_those_with_one(self, spread: float) -> None:
        random = np.random.default_rng(3)
        units = np.exp(spread * random.standard_normal((300, 1)) + 0.3 * spread * random.standard_normal((300, 3)))
        numbers = np.where(random.random(units.shape) < 0.01, 0.0 if spread >= 1 else units, units)
        rows = [
            [None if missing else value for value, missing in zip(row, gone, strict=True)]
            for row, gone in zip(numbers.tolist(), (random.random(units.shape) < 0.1).tolist(), strict=True)
        ]
        ratings = Ratings.of(rows)
        assert len(ratings.categories) > 500
        values = np.array(ratings.categories, dtype=np.float64)
        total = values[:, None] + values
        distance = np.divide(values[:, None] - values, total, out=np.zeros_like(total), where=total > 0) ** 2
        quick, slow = (
            krippendorff_alpha(ratings, "ratio"),
            krippendorff_alpha(ratings, distance=distance / distance.max()),
        )
        assert quick.value == pytest.approx(slow.value, abs=1e-9 if spread > 1e-6 else 1e-5)
        assert quick.se == pytest.approx(slow.se, rel=1e-6 if spread > 1e-6 else 1e-3)

    @pytest.mark.parametrize("level", LEVELS)
    def test_three_raters_of_36000_units_with_100000_categories_are_no_trouble(self, level: Level) -> None:
        random = np.random.default_rng(4)
        true = random.integers(1, 108_000, (36_000, 1))
        places = np.where(random.random((36_000, 3)) < 0.7, true, random.integers(1, 108_000, (36_000, 3)))
        ratings = Ratings(places.astype(np.intp), tuple(float(number) for number in range(108_000)))
        assert 0.4 < value_of(krippendorff_alpha(ratings, level)) < 0.6


class TestUndefined:
    def test_nothing_to_pair(self) -> None:
        for rows in ([["a", None], [None, "b"]], [["a"], ["b"]], [[None, None]], []):
            estimate = krippendorff_alpha(Ratings.of(rows))
            assert estimate.value is None
            assert estimate.undefined_because is not None
            assert "two raters" in estimate.undefined_because.en

    @pytest.mark.parametrize("level", LEVELS)
    def test_one_value(self, level: Level) -> None:
        estimate = krippendorff_alpha(Ratings.of([[3, 3], [3, 3], [4, None]], categories=[1, 3, 4]), level)
        assert estimate.value is None
        assert estimate.ci is None
        assert estimate.n_units == 3

    @pytest.mark.parametrize("level", ["interval", "ratio"])
    def test_only_rounding_differs(self, level: Level) -> None:
        ratings = Ratings.of([[0.1 + 0.2, 0.3], [0.3, 0.3], [0.1 + 0.2, 0.1 + 0.2]])
        assert krippendorff_alpha(ratings, level).value is None

    def test_a_distance_of_nothing(self) -> None:
        assert krippendorff_alpha(Ratings.of([["a", "b"], ["b", "b"]]), distance=np.zeros((2, 2))).value is None


class TestByHand:
    def test_two_ratings_that_differ_agree_as_chance_does(self) -> None:
        estimate = krippendorff_alpha(Ratings.of([["a", "b"]]))
        assert estimate.value == 0.0
        assert (estimate.se, estimate.ci, estimate.ci_method) == (None, None, None)

    def test_raters_who_never_differ_agree_fully_and_have_no_interval(self) -> None:
        estimate = krippendorff_alpha(Ratings.of([[1, 1], [2, 2], [2, 2]]), "interval")
        assert (estimate.value, estimate.se, estimate.ci) == (1.0, None, None)

    def test_zero_and_zero_are_no_distance_apart_as_ratios(self) -> None:
        # Pairs (0, 0) and (0, 1) and (1, 1): n = 6, three 0 and three 1, o_01 = 1.
        estimate = krippendorff_alpha(Ratings.of([[0, 0], [0, 1], [1, 1]]), "ratio")
        assert estimate.value == pytest.approx(1 - 5 * 2 / 18)

    def test_text_has_the_order_that_was_given(self) -> None:
        rows = [["low", "low"], ["mid", "high"], ["high", "high"], ["low", "mid"]]
        known = krippendorff_alpha(Ratings.of(rows, categories=["low", "mid", "high"]), "ordinal")
        numbered = krippendorff_alpha(Ratings.of([[1, 1], [2, 3], [3, 3], [1, 2]]), "ordinal")
        assert known.value == pytest.approx(numbered.value)
        assert "prevalence[low]" in known.components

    def test_many_categories_are_not_listed(self) -> None:
        parts = krippendorff_alpha(Ratings.of([[place, place + 1] for place in range(60)]), "interval").components
        assert not any(name.startswith("prevalence") for name in parts)


class TestWrongInput:
    def test_text_has_no_intervals(self) -> None:
        with pytest.raises(InputProblem, match="not a number"):
            krippendorff_alpha(Ratings.of([["a", "b"], ["a", "a"]]), "interval")

    def test_ratios_are_not_negative(self) -> None:
        with pytest.raises(InputProblem, match="ratio scale"):
            krippendorff_alpha(Ratings.of([[-1, 1], [2, 2]]), "ratio")

    @pytest.mark.parametrize(
        "distance",
        [
            [[0, 1], [2, 0]],
            [[0, -1], [-1, 0]],
            [[1, 1], [1, 0]],
            [[0, math.nan], [math.nan, 0]],
            [[0, math.inf], [1, 0]],
            [[0, 1, 1], [1, 0, 1], [1, 1, 0]],
        ],
    )
    def test_what_is_no_distance_is_refused(self, distance: list[list[float]]) -> None:
        with pytest.raises(InputProblem, match="distance"):
            krippendorff_alpha(Ratings.of([["a", "b"], ["a", "a"]]), distance=np.array(distance))

    def test_a_distance_and_weights_are_too_much(self) -> None:
        with pytest.raises(ValueError, match="not both"):
            krippendorff_alpha(Ratings.of([["a", "b"]]), distance=np.eye(2), weights=np.eye(2))
