"""Ratings within some points of each other: what was published, and what must not change it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.measures.units.ratings import Ratings
from plugins.agreement.measures.units.tolerance import within_tolerance
from vib.problem import InputProblem

Rows = Sequence[Sequence[float | None]]

VIDEO: Mapping[str, Any] = next(
    oracle
    for oracle in json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text())["oracles"]
    if oracle["id"] == "irr_video_tolerance"
)
RATINGS = Ratings.of(VIDEO["data"]["targets_by_judge"])

numbers = st.one_of(st.none(), st.integers(0, 6).map(float))
tables = st.integers(2, 5).flatmap(
    lambda raters: st.lists(st.lists(numbers, min_size=raters, max_size=raters), min_size=1, max_size=12)
)
points = st.sampled_from([0.0, 1.0, 2.5])


class TestIrrVideo:
    @pytest.mark.parametrize(("name", "points"), [("percent_exact", 0.0), ("percent_within_1", 1.0)])
    def test_the_share_of_videos_is_as_published(self, name: str, points: float) -> None:
        estimate = within_tolerance(RATINGS, points)
        assert estimate.value is not None
        assert 100 * estimate.value == pytest.approx(VIDEO["expected"][name], abs=VIDEO["tolerance"])

    def test_its_parts_can_be_checked_by_hand(self) -> None:
        estimate = within_tolerance(RATINGS)
        assert (estimate.n_units, estimate.n_raters) == (20, 4)
        assert estimate.components["units_within"] == 18
        assert estimate.components["units_pairable"] == estimate.components["units_complete"] == 20
        assert estimate.components["pairwise"] == pytest.approx(1 - (1 / 20) * (2 + 3) / 6)
        assert estimate.se == pytest.approx(math.sqrt(0.9 * 0.1 / 20))


class TestWilson1927:
    @pytest.mark.parametrize(
        ("agreed", "units", "low", "high"),
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_intervals_are_those_of_newcombe_1998_table_1(
        self, agreed: int, units: int, low: float, high: float
    ) -> None:
        rows = [[1, 1]] * agreed + [[1, 9]] * (units - agreed)
        assert within_tolerance(Ratings.of(rows)).ci == pytest.approx((low, high), abs=5e-5)

    def test_where_all_agree_the_interval_still_has_width_but_no_standard_error(self) -> None:
        estimate = within_tolerance(Ratings.of([[1, 2], [3, 3]]))
        assert estimate.ci is not None
        assert (estimate.value, estimate.se, estimate.ci[1]) == (1.0, None, 1.0)
        assert estimate.ci[0] < 0.5


class TestByHand:
    def test_ratings_that_are_missing_and_units_with_one_are_left_out(self) -> None:
        estimate = within_tolerance(Ratings.of([[1, 2, None], [1, 3, 2], [5, None, None], [None, None, None]]))
        assert estimate.value == 0.5
        assert (estimate.n_units, estimate.components["units_pairable"]) == (3, 2)
        assert estimate.components["units_complete"] == 1
        assert estimate.components["pairwise"] == pytest.approx((1 + 2 / 3) / 2)

    def test_tenths_of_points_are_not_lost_to_rounding(self) -> None:
        assert within_tolerance(Ratings.of([[0.3, 0.4], [0.7, 0.8], [3.3, 3.4]]), 0.1).value == 1.0
        assert within_tolerance(Ratings.of([[0.3, 0.4001]]), 0.1).value == 0.0

    def test_text_can_be_the_same_but_not_near(self) -> None:
        ratings = Ratings.of([["a", "a"], ["a", "b"]])
        assert within_tolerance(ratings, 0).value == 0.5
        with pytest.raises(InputProblem, match="not a number"):
            within_tolerance(ratings, 1)

    def test_nothing_to_compare_is_undefined(self) -> None:
        for rows in ([[1, None], [None, 2]], [[1], [2]], []):
            estimate = within_tolerance(Ratings.of(rows))
            assert estimate.value is None
            assert estimate.undefined_because is not None
            assert (estimate.se, estimate.ci) == (None, None)

    @pytest.mark.parametrize("points", [-1.0, math.nan, math.inf])
    def test_what_is_no_number_of_points_is_refused(self, points: float) -> None:
        with pytest.raises(InputProblem, match="points"):
            within_tolerance(RATINGS, points)


class TestProperties:
    @settings(deadline=None)
    @given(tables, points)
    def test_it_counts_what_it_says(self, rows: Rows, points: float) -> None:
        kept = [[value for value in row if value is not None] for row in rows]
        kept = [row for row in kept if len(row) >= 2]
        estimate = within_tolerance(Ratings.of(rows), points)
        if not kept:
            assert estimate.value is None
            return
        assert estimate.value == pytest.approx(sum(max(row) - min(row) <= points for row in kept) / len(kept))
        near = [[abs(one - other) <= points for one, other in combinations(row, 2)] for row in kept]
        assert estimate.components["pairwise"] == pytest.approx(sum(sum(row) / len(row) for row in near) / len(kept))

    @settings(deadline=None)
    @given(tables, points, st.randoms(use_true_random=False), st.sampled_from([-5.0, 100.0]))
    def test_raters_may_change_places_and_scales_may_shift(
        self, rows: Rows, points: float, random: Any, shift: float
    ) -> None:
        columns: list[tuple[float | None, ...]] = list(zip(*rows, strict=True))
        random.shuffle(columns)
        other = [[None if value is None else value + shift for value in row] for row in zip(*columns, strict=True)]
        assert within_tolerance(Ratings.of(rows), points) == within_tolerance(Ratings.of(other), points)

    @settings(deadline=None)
    @given(tables, points)
    def test_who_and_what_was_not_rated_does_not_matter(self, rows: Rows, points: float) -> None:
        more: Rows = [*[[*row, None] for row in rows], [None] * (len(rows[0]) + 1)]
        assert within_tolerance(Ratings.of(rows), points) == within_tolerance(Ratings.of(more), points)

    @settings(deadline=None)
    @given(tables)
    def test_more_points_are_never_harder(self, rows: Rows) -> None:
        narrow, wide = (within_tolerance(Ratings.of(rows), points).value for points in (1.0, 2.0))
        assert (narrow is None and wide is None) or (narrow or 0.0) <= (wide or 0.0)
