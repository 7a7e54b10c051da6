"""Small inputs on which software for agreement goes wrong, each with the right value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.measures.by_event.events import percent_linked
from plugins.agreement.measures.by_time.time_units import (
    time_unit_kappa,
    time_unit_kappa_parts,
    time_unit_percent,
    time_unit_percent_parts,
)
from plugins.agreement.measures.catalogue import STATISTICS
from plugins.agreement.measures.timelines import linking
from plugins.agreement.measures.timelines.linking import link
from plugins.agreement.measures.unitizing.unitizing import bar_u_alpha, cu_alpha, u_alpha
from plugins.agreement.measures.unitizing.unitizing_1995 import alpha_u_1995
from plugins.agreement.measures.units.linked import ratings_asked
from vib.observation import Observation, RaterSet, RatingValue, Timeline
from vib.problem import InputProblem
from vib.statistic import Estimate, Question

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

    @pytest.mark.parametrize("window", [30.0, 1e6, 1e308])
    def test_a_wide_window_does_not_reach_into_another_clip(self, window: float) -> None:
        clips = (
            clip_of({"anna": [(19, 19, "move")], "bram": []}, name="c0"),
            clip_of({"anna": [], "bram": [(1, 1, "move")]}, name="c1"),
            clip_of({"anna": [(2, 2, "move")], "bram": [(18, 18, "move")]}, name="c2"),
        )
        assert percent_linked(Question(clips, PAIR, "t", tolerance=window)).value == 0.5
        found = ratings_asked(Question(clips, PAIR, "t", tolerance=window)).places
        assert (found >= 0).all(axis=1).sum() == 1

    @pytest.mark.filterwarnings("error")
    def test_next_to_no_seconds_and_next_to_no_overlap_are_numbers_too(self) -> None:
        assert link([instant(3)], [instant(3)], 1e-320, 1e-320) == ((0, 0),)
        assert link([instant(3)], [instant(3.5)], 1e-320, 1e-320) == ()

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


WORDS = ("laag", "midden", "hoog")
SAID = (
    ("laag", "midden"),
    ("midden", "hoog"),
    ("hoog", "hoog"),
    ("laag", "laag"),
    ("midden", "midden"),
    ("hoog", "laag"),
    ("hoog", "laag"),
)
ORDERED = Choice(measures=("krippendorff_alpha", "weighted_kappa", "gwet_ac2"), order=WORDS)


def rated(said: Sequence[tuple[RatingValue, RatingValue]], name: str = "x") -> list[RaterSet]:
    return [
        RaterSet(f"c{place}", 1.0, {}, {"anna": {name: one}, "bram": {name: other}})
        for place, (one, other) in enumerate(said)
    ]


def by_measure(clips: Sequence[RaterSet], choice: Choice, rating: str = "x") -> dict[str, Estimate]:
    return {r.measure: r.estimate for r in compare(clips, STATISTICS, choice).results if r.rating == rating}


class TestOrderOfCategories:
    """Words have an order when somebody says which."""

    def test_words_in_an_order_have_the_figures_of_their_places(self) -> None:
        numbers = [(WORDS.index(one) + 1.0, WORDS.index(other) + 1.0) for one, other in SAID]
        by_words, by_numbers = (
            by_measure(rated(SAID), ORDERED),
            by_measure(rated(numbers), replace(ORDERED, order=None)),
        )
        for name in ORDERED.measures:
            assert by_words[name].value == pytest.approx(by_numbers[name].value)
            assert by_words[name].ci == pytest.approx(by_numbers[name].ci)
            assert "order laag < midden < hoog" in by_words[name].variant

    def test_an_order_from_high_to_low_says_the_same(self) -> None:
        up, down = (by_measure(rated(SAID), replace(ORDERED, order=order)) for order in (WORDS, WORDS[::-1]))
        assert [up[name].value for name in ORDERED.measures] == pytest.approx(
            [down[name].value for name in ORDERED.measures]
        )

    def test_another_order_is_another_figure(self) -> None:
        other = by_measure(rated(SAID), replace(ORDERED, order=("midden", "laag", "hoog")))
        assert other["weighted_kappa"].value != pytest.approx(by_measure(rated(SAID), ORDERED)["weighted_kappa"].value)

    def test_words_still_are_no_numbers(self) -> None:
        icc = by_measure(rated(SAID), replace(ORDERED, measures=("icc_a_1",)))["icc_a_1"]
        assert icc.undefined_because is not None
        assert "not a number" in icc.undefined_because.en

    def test_a_word_that_the_order_leaves_out_is_named_in_its_row(self) -> None:
        found = by_measure(rated([*SAID, ("NA", "hoog")]), ORDERED)
        assert all(
            one.undefined_because and "'NA' is not in the order" in one.undefined_because.en for one in found.values()
        )

    def test_a_rating_of_other_words_is_nominal_as_before(self) -> None:
        moods = [("calm", "calm"), ("calm", "sad"), ("sad", "sad")]
        clips = [
            replace(
                clip, ratings={who: {**clip.ratings[who], "mood": mood} for who, mood in zip(PAIR, said, strict=True)}
            )
            for clip, said in zip(rated(SAID[:3]), moods, strict=True)
        ]
        choice = replace(ORDERED, measures=("krippendorff_alpha",))
        assert by_measure(clips, choice, "mood")["krippendorff_alpha"].variant == "nominal"
        assert by_measure(clips, choice)["krippendorff_alpha"].variant.startswith("ordinal")

    def test_codes_of_a_tier_can_have_an_order_too(self) -> None:
        coded = {
            who: [(3.0 * n, 3.0 * n + 2, said[place]) for n, said in enumerate(SAID)] for place, who in enumerate(PAIR)
        }
        found = compare([clip_of(coded)], STATISTICS, replace(ORDERED, measures=("weighted_kappa",))).results
        values = {r.code: r.estimate for r in found if r.measure == "weighted_kappa"}
        assert values[None].value == pytest.approx(by_measure(rated(SAID), ORDERED)["weighted_kappa"].value)
        assert "order" not in values["laag"].variant

    @pytest.mark.parametrize(
        ("order", "reason"),
        [
            (("low", "high"), "low, high is unknown; known: hoog, laag, midden"),
            (("laag",), "at least two"),
            (("laag", "hoog", "laag"), "each once"),
        ],
    )
    def test_an_order_that_means_nothing_is_refused(self, order: tuple[str, ...], reason: str) -> None:
        with pytest.raises(InputProblem, match=reason):
            compare(rated(SAID), STATISTICS, replace(ORDERED, order=order))


class TestShortOverlaps:
    """Where a unit ends a frame after the next one starts, its alphas are not lost."""

    ms_over: ClassVar[Mapping[str, Rows]] = {
        "anna": [(1, 2.001, "X"), (2, 3, "Y")],
        "bram": [(1, 2, "X"), (2, 3, "Y")],
    }

    @pytest.mark.parametrize("measure", [u_alpha, bar_u_alpha, cu_alpha])
    def test_a_millisecond_is_cut_and_counted(self, measure: Callable[[Question], Estimate]) -> None:
        found = measure(Question((clip_of(self.ms_over),), PAIR, "t"))
        assert found.value == 1.0
        assert found.components["overlaps_cut"] == 1
        assert found.components["seconds_cut"] == pytest.approx(0.001)

    def test_without_an_overlap_nothing_is_said_of_cutting(self) -> None:
        touching = clip_of({"anna": self.ms_over["bram"], "bram": self.ms_over["bram"]})
        assert "overlaps_cut" not in u_alpha(Question((touching,), PAIR, "t")).components

    @pytest.mark.parametrize(("over", "defined"), [(0.04, True), (0.041, False), (0.2, False)])
    @pytest.mark.parametrize("start", [0.1, 7.3])
    def test_more_than_a_frame_has_its_reason(self, over: float, defined: bool, start: float) -> None:
        rows = [(start, start + 2 + over, "X"), (start + 2, start + 3, "Y")]
        found = u_alpha(Question((clip_of({"anna": rows, "bram": self.ms_over["bram"]}),), PAIR, "t"))
        assert (found.value is not None) == defined
        assert defined or (found.undefined_because is not None and "overlap" in found.undefined_because.en)

    def test_a_short_unit_is_not_cut_to_nothing(self) -> None:
        rows = [(2, 2.03, "X"), (2, 3, "Y")]
        found = u_alpha(Question((clip_of({"anna": rows, "bram": self.ms_over["bram"]}),), PAIR, "t"))
        assert found.undefined_because is not None

    def test_the_older_alpha_cuts_units_of_one_code(self) -> None:
        rows = [(1, 2.001, "X"), (2, 3, "X")]
        found = alpha_u_1995(Question((clip_of({"anna": rows, "bram": self.ms_over["bram"]}),), PAIR, "t"))
        assert found.value is not None
        assert found.components["overlaps_cut"] == 1


@pytest.mark.parametrize("measure", ["event_precision", "event_recall", "event_f1"])
def test_what_a_reference_has_gets_its_interval_from_clips_and_not_from_events(measure: str) -> None:
    """Where a rater finds all in one clip and nothing in the next, fifty events a clip make nothing more certain."""
    clips = []
    for number in range(8):
        expert = [(4.0 * place, 4.0 * place + 2, "X") for place in range(50)]
        anna = [(start, end, "X" if number % 2 else "Y") for start, end, _ in expert]
        clips.append(clip_of({"anna": anna, "expert": expert}, name=f"c{number}", duration=200))
    choice = Choice(measures=(measure,), reference="expert", bootstrap=1_000)
    (found,) = [
        r.estimate for r in compare(clips, STATISTICS, choice).results if r.measure == measure and r.code is None
    ]
    assert found.value == 0.5
    assert found.ci is not None
    assert found.ci[1] - found.ci[0] > 0.4
    assert "8 clips" in (found.ci_method or "")
