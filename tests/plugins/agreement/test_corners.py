"""Small inputs on which software for agreement goes wrong, each with the right value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.measures.by_event.events import percent_linked
from plugins.agreement.measures.by_time.time_units import (
    time_unit_kappa,
    time_unit_kappa_parts,
    time_unit_percent,
    time_unit_percent_parts,
)
from plugins.agreement.measures.timelines import linking
from plugins.agreement.measures.timelines.linking import link
from plugins.agreement.measures.units.linked import ratings_asked
from vib.observation import Observation, RaterSet, Timeline
from vib.statistic import Question

Rows = Sequence[tuple[float, float, str]]
Coded = Callable[..., RaterSet]

PAIR = ("anna", "bram")

halves = st.integers(0, 39).map(lambda half: half / 2)
rows = st.lists(
    st.tuples(halves, st.integers(1, 8), st.sampled_from("AB")).map(lambda r: (r[0], min(20.0, r[0] + r[1] / 2), r[2])),
    max_size=6,
)

points = st.lists(st.integers(0, 80).map(lambda quarter: quarter / 4), max_size=8)


def instant(second: float) -> Observation:
    return Observation("t", "move", second, second)


def clip_of(raters: Mapping[str, Rows], *, name: str = "clip", duration: float = 20) -> RaterSet:
    lines = {
        rater: Timeline(duration, [Observation("t", code, start, end) for start, end, code in found])
        for rater, found in raters.items()
    }
    return RaterSet(name, duration, lines)


class TestToleranceOfOneCode:
    """Whether code A is agreed on does not depend on what else is coded."""

    @pytest.mark.parametrize(
        ("anna", "bram", "share"),
        [
            ([(2, 3, "B")], [(2, 2.2, "A")], 0.99),
            ([], [(2, 2.2, "A")], 0.99),
            ([(2, 3, "A")], [(2.2, 3.2, "A"), (2.2, 3.2, "B")], 1.0),
            ([(2, 3, "A")], [(2.2, 3.2, "A")], 1.0),
        ],
    )
    def test_other_codes_beside_it_change_nothing(self, anna: Rows, bram: Rows, share: float) -> None:
        clips = (clip_of({"anna": anna, "bram": bram}, duration=10),)
        assert time_unit_percent(Question(clips, PAIR, "t", "A", tolerance=0.3)).value == pytest.approx(share)

    @settings(deadline=None, max_examples=60)
    @given(rows, rows, st.sampled_from([None, 0.5, 2.0]))
    def test_the_figures_of_a_code_are_those_of_a_tier_with_that_code_alone(
        self, anna: Rows, bram: Rows, tolerance: float | None
    ) -> None:
        alone = [[row for row in found if row[2] == "A"] for found in (anna, bram)]
        every, only = ((clip_of({"anna": one, "bram": other}),) for one, other in ((anna, bram), (alone[0], alone[1])))
        for figure, parts in ((time_unit_percent, time_unit_percent_parts), (time_unit_kappa, time_unit_kappa_parts)):
            asked = [
                Question(clips, PAIR, "t", code, tolerance=tolerance)
                for clips, code in ((every, "A"), (only, "A"), (only, None))
            ]
            values = [figure(question).value for question in asked]
            assert values[1:] == pytest.approx(values[:2])
            if values[0] is not None:
                sums = [made for question in asked if (made := parts(question)) is not None]
                assert [one.value(one.parts)[0] for one in sums] == pytest.approx(values)


class TestInstantsWithinSeconds:
    """Points in time have no overlap: how far apart they may lie is said in seconds."""

    boris_228: ClassVar[Mapping[str, Rows]] = {
        "anna": [(moment, moment, "move") for moment in (155.105, 169.855, 264.855)],
        "bram": [(moment, moment, "move") for moment in (156.405, 170.852, 264.606)],
    }

    @pytest.mark.parametrize(
        ("tolerance", "share"), [(None, 1 / 3), (0.0, 1 / 3), (0.2, 0.0), (1.0, 2 / 3), (2.0, 1.0)]
    )
    def test_the_points_of_boris_issue_228_link_within_the_tolerance(
        self, tolerance: float | None, share: float
    ) -> None:
        clips = (clip_of(self.boris_228, duration=300),)
        asked = Question(clips, PAIR, "t", tolerance=tolerance)
        assert percent_linked(asked).value == pytest.approx(share)
        found = ratings_asked(Question(clips, PAIR, "t", tolerance=tolerance)).places
        assert (found >= 0).all(axis=1).sum() == round(3 * share)

    def test_exactly_the_tolerance_apart_is_within_it_anywhere_in_a_clip(self) -> None:
        for moment in (1.1, 3.1, 117.3):
            assert link([instant(moment)], [instant(moment + 2.0)], window=2.0) == ((0, 0),)
            assert link([instant(moment)], [instant(moment + 2.001)], window=2.0) == ()

    @pytest.mark.parametrize("overlap", [0.1, 0.6, 1.0])
    def test_the_nearest_are_linked_first_whatever_the_overlap(self, overlap: float) -> None:
        anna, bram = [instant(10), instant(12)], [instant(11.4), instant(13.8)]
        assert link(anna, bram, overlap, 2.0) == ((1, 0),)
        assert link(bram, anna, overlap, 2.0) == ((0, 1),)

    def test_an_instant_and_what_lasts_are_compared_as_without_a_window(self) -> None:
        lasting = Observation("t", "move", 10, 10.8)
        for window in (None, 0.1, 5.0):
            assert link([instant(10.4)], [lasting], window=window) == ((0, 0),)
            assert link([instant(14)], [lasting], window=window) == ()

    def test_three_raters_join_the_nearest_first(self) -> None:
        clips = (clip_of({name: [(at, at, "x") for at in found] for name, found in self.three.items()}),)
        found = ratings_asked(Question(clips, ("anna", "bram", "carla"), "t", tolerance=2.0)).places
        assert sorted((found >= 0).sum(axis=1).tolist()) == [1, 3]

    three: ClassVar[Mapping[str, Sequence[float]]] = {"anna": [5.0], "bram": [5.1, 6.5], "carla": [5.2]}

    @settings(deadline=None, max_examples=60)
    @given(points, points, st.sampled_from([0.5, 1.0, 3.0]))
    def test_with_many_at_once_the_same_are_linked_as_one_by_one(
        self, one: Sequence[float], other: Sequence[float], window: float
    ) -> None:
        first, second = ([instant(at) for at in sorted(found)] for found in (one, other))
        links = link(first, second, window=window)
        assert all(abs(first[i].start - second[j].start) <= window for i, j in links)
        assert sorted((j, i) for i, j in link(second, first, window=window)) == sorted(links)
        left = [o for place, o in enumerate(first) if place not in {i for i, _ in links}]
        right = [o for place, o in enumerate(second) if place not in {j for _, j in links}]
        assert not any(abs(a.start - b.start) <= window for a in left for b in right)
        monkey = pytest.MonkeyPatch()
        with monkey.context() as patched:
            patched.setattr(linking, "AT_ONCE", -1)
            assert link(first, second, window=window) == links
