"""Against a reference rater: what is found, and how far off in time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.measures.by_event import reference as measured
from plugins.agreement.measures.by_event.events import event_percent
from plugins.agreement.measures.by_event.reference import (
    event_f1,
    event_f1_parts,
    event_precision,
    event_recall,
    offset_error_mean,
    offset_error_mean_parts,
    offset_error_median,
    offset_error_p90,
    onset_error_mean,
    onset_error_mean_parts,
    onset_error_median,
    onset_error_p90,
)
from plugins.agreement.measures.inference.intervals import quantile_interval, wilson
from plugins.agreement.measures.timelines.linking import HAIR
from plugins.agreement.measures.timelines.matching import match_within
from vib.observation import Observation, RaterSet, Timeline
from vib.statistic import Estimate, Question

Rows = list[tuple[float, float, str]]
Measure = Callable[[Question], Estimate]

ORACLES = {
    oracle["id"]: oracle
    for oracle in json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text())["oracles"]
}
SHARES: tuple[Measure, ...] = (event_precision, event_recall, event_f1)
ERRORS: tuple[Measure, ...] = (
    onset_error_median,
    onset_error_mean,
    onset_error_p90,
    offset_error_median,
    offset_error_mean,
    offset_error_p90,
)


def events(rows: Rows, tier: str = "turn") -> list[Observation]:
    return list(Timeline(1e6, [Observation(tier, code, start, end) for start, end, code in rows]))


def clip(reference: Rows, rater: Rows, *, name: str = "clip", duration: float = 1000.0) -> RaterSet:
    seen = {"expert": events(reference), "anna": events(rater)}
    return RaterSet(name, duration, {who: Timeline(duration, rows) for who, rows in seen.items()})


def asked(*clips: RaterSet, code: str | None = None, tolerance: float = 0.0) -> Question:
    return Question(clips, ("anna", "expert"), "turn", code, tolerance=tolerance, reference="expert")


class TestEasyDIAg:
    """The events of Rein & Holle's program, run in Octave: its diagonal is what is found."""

    oracle = ORACLES["easydiag_ex1"]
    tolerance = oracle["tolerance"]

    def question(self, code: str | None = None) -> Question:
        first, second = (
            [(start / 1000, end / 1000, str(kind)) for start, end, kind in self.oracle["data"]["raters"][rater]]
            for rater in ("r1", "r2")
        )
        return replace(asked(clip(first, second), code=code), overlap=self.oracle["expected"]["threshold"])

    def test_found_and_coded_are_read_off_its_table(self) -> None:
        table = np.array(self.oracle["expected"]["agreement_matrix_with_nomatch"], dtype=float)
        found, linked = np.trace(table[:-1, :-1]) / 2, table[:-1, :-1].sum() / 2
        known, coded = linked + table[:-1, -1].sum(), linked + table[-1, :-1].sum()
        precision, recall, f1 = (measure(self.question()) for measure in SHARES)
        assert precision.value == pytest.approx(found / coded, abs=self.tolerance)
        assert recall.value == pytest.approx(found / known, abs=self.tolerance)
        assert f1.value == pytest.approx(self.oracle["expected"]["raw_incl"], abs=self.tolerance)
        for estimate in (precision, recall, f1):
            assert estimate.components == {
                "found": found,
                "events_reference": known,
                "events_rater": coded,
                "linked_reference": linked,
                "linked_rater": linked,
            }
        assert 100 * precision.components["linked_rater"] / coded == pytest.approx(
            self.oracle["expected"]["percent_linked"], abs=self.tolerance * 100
        )

    @pytest.mark.parametrize("code", ["1", "2", "3"])
    def test_found_and_coded_of_a_code_are_read_off_its_table_of_two(self, code: str) -> None:
        (both, _), _ = self.oracle["expected"]["per_type"][code]["table"]
        known, coded = (
            sum(str(kind) == code for *_, kind in self.oracle["data"]["raters"][rater]) for rater in ("r1", "r2")
        )
        precision, recall, f1 = (measure(self.question(code)) for measure in SHARES)
        assert precision.value == pytest.approx(both / 2 / coded, abs=self.tolerance)
        assert recall.value == pytest.approx(both / 2 / known, abs=self.tolerance)
        assert f1.value == pytest.approx(both / (known + coded), abs=self.tolerance)


class TestSedEvalAndMirEval:
    """A made scene of which sed_eval 0.2.1 (no percentage of length) and mir_eval 0.8.2 agree on every count."""

    reference = "0.3-2.3b 1.1-1.6a 2.6-3.6b 2.9-4.9a 3.7-4.7a 5.2-5.7c 6.0-8.0c 6.3-7.3a"
    rater = "0.5-2.6b 1.2-1.6a 2.3-3.0b 2.9-4.9b 4.15-5.4a 5.2-6.0c 5.9-7.4c 6.2-7.3a 9.0-9.9a"
    counts = ((0.25, 2), (0.35, 4), (0.65, 6), (0.75, 7))

    @staticmethod
    def rows(scene: str) -> Rows:
        return [(float(s), float(e[:-1]), e[-1]) for s, e in (event.split("-") for event in scene.split())]

    @pytest.mark.parametrize(("tolerance", "found"), counts)
    def test_as_many_are_found_as_there(self, tolerance: float, found: int) -> None:
        question = asked(clip(self.rows(self.reference), self.rows(self.rater)), tolerance=tolerance)
        assert event_precision(question).value == pytest.approx(found / 9)
        assert event_recall(question).value == pytest.approx(found / 8)
        assert event_f1(question).value == pytest.approx(2 * found / 17)


class TestWilson:
    @pytest.mark.parametrize(
        ("successes", "trials", "low", "high"),
        # The first four as in Newcombe (1998), recomputed with statsmodels 0.15.0 proportion_confint(method="wilson").
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_published_intervals(self, successes: int, trials: int, low: float, high: float) -> None:
        assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)

    def test_all_of_them_reaches_one_and_mirrors_none_of_them(self) -> None:
        low, high = wilson(20, 20)
        assert high == 1.0
        assert low == pytest.approx(1 - wilson(0, 20)[1])

    def test_precision_and_recall_draw_clips_again_instead(self) -> None:
        question = asked(clip([(0, 9, "k"), (20, 29, "k"), (40, 49, "k")], [(0, 9, "k"), (60, 69, "k")]))
        assert event_precision(question).ci is event_recall(question).ci is None
        assert measured.event_precision_parts(question).parts.tolist() == [[1, 2]]
        assert measured.event_recall_parts(question).parts.tolist() == [[1, 3]]


class TestStatpsych:
    """Intervals of a median as R statpsych's ci.median documents them."""

    @pytest.mark.parametrize(
        ("values", "interval"),
        [
            ([25, 29, 35, 36, 36, 40, 41, 43, 44, 54], (29, 44)),
            ([30, 20, 15, 10, 10, 60, 20, 25, 20, 30, 10, 5, 50, 40, 20, 10, 0, 20, 50], (10, 30)),
        ],
    )
    def test_published_intervals(self, values: list[float], interval: tuple[float, float]) -> None:
        assert quantile_interval(np.sort(np.array(values, dtype=float)), 0.5) == interval

    def test_five_values_are_too_few_for_a_median_and_six_are_not(self) -> None:
        assert quantile_interval(np.arange(5.0), 0.5) is None
        assert quantile_interval(np.arange(6.0), 0.5) == (0, 5)

    def test_ranks_cover_what_they_promise(self) -> None:
        from scipy.stats import binom

        for size in (40, 100, 333):
            low, high = quantile_interval(np.arange(1.0, size + 1), 0.9) or (0, 0)
            ranks = binom(size, 0.9)
            assert ranks.cdf(high - 1) - ranks.cdf(low - 1) >= 0.95
            assert ranks.cdf(low - 1) <= 0.025 < ranks.cdf(low)
            assert ranks.cdf(high - 1) >= 0.975 > ranks.cdf(high - 2)


class TestByHand:
    question = asked(
        clip(
            [(0, 10, "k"), (20, 30, "v"), (40, 50, "k"), (60, 70, "k")],
            [(1, 10, "k"), (19.5, 30.25, "v"), (40, 50.5, "v"), (80, 90, "k"), (95, 99, "k")],
        )
    )

    def test_shares(self) -> None:
        precision, recall, f1 = (measure(self.question) for measure in SHARES)
        assert (precision.value, precision.n_units) == (2 / 5, 5)
        assert (recall.value, recall.n_units) == (2 / 4, 4)
        assert (f1.value, f1.n_units) == (pytest.approx(4 / 9), 9)
        assert precision.components["linked_rater"] == 3

    def test_shares_of_a_code(self) -> None:
        precision, recall, f1 = (measure(replace(self.question, code="k")) for measure in SHARES)
        assert (precision.value, recall.value, f1.value) == (1 / 3, 1 / 3, pytest.approx(1 / 3))
        # The reference's k at 40 s is linked with a v, so one more of its k is linked than of anna's.
        assert (recall.components["linked_reference"], precision.components["linked_rater"]) == (2, 1)

    def test_errors_are_of_found_events_only(self) -> None:
        onset = onset_error_median(self.question)
        assert (onset.value, onset.n_units) == (0.75, 2)
        assert onset.components == pytest.approx(
            {"median": 0.75, "mean": 0.75, "p90": 0.95, "greatest": 1, "bias": 0.25, "found": 2}
        )
        assert offset_error_median(self.question).components == pytest.approx(
            {"median": 0.125, "mean": 0.125, "p90": 0.225, "greatest": 0.25, "bias": 0.125, "found": 2}
        )

    def test_each_error_says_which_it_is(self) -> None:
        for measure in ERRORS:
            _, edge, _, figure = ("", *measure.__name__.split("_"))
            estimate = measure(self.question)
            assert estimate.value == estimate.components[figure]
            assert estimate.variant.startswith(f"{figure} absolute error of the {edge}")

    def test_bias_turns_with_the_reference_and_the_errors_do_not(self) -> None:
        other = replace(self.question, reference="anna")
        for measure in ERRORS:
            assert measure(other).value == measure(self.question).value
            assert measure(other).components["bias"] == -measure(self.question).components["bias"]

    def test_six_found_events_give_the_median_an_interval(self) -> None:
        late = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
        starts = [20.0 * place for place in range(6)]
        question = asked(
            clip(
                [(s, s + 10, "k") for s in starts],
                [(s + by, s + 10, "k") for s, by in zip(starts, late, strict=True)],
            )
        )
        assert onset_error_median(question).ci == pytest.approx((0.1, 0.6))
        assert "order statistics" in (onset_error_median(question).ci_method or "")
        assert onset_error_p90(question).ci is None
        assert onset_error_mean(question).ci is None

    def test_instants_are_found_too(self) -> None:
        question = asked(clip([(5, 5, "k")], [(5.25, 5.25, "k")]))
        assert event_f1(question).value == 1.0
        assert offset_error_mean(question).value == 0.25


class TestTolerance:
    def test_both_ends_must_be_within_and_the_variant_says_so(self) -> None:
        one = clip([(0, 10, "k"), (20, 30, "k"), (40, 50, "k")], [(1, 10.5, "k"), (20, 31.5, "k"), (42, 50, "k")])
        assert event_f1(asked(one)).value == 1.0
        assert event_f1(asked(one, tolerance=1.0)).value == pytest.approx(1 / 3)
        assert "within 1 s" in event_f1(asked(one, tolerance=1.0)).variant
        assert "EasyDIAg" in event_f1(asked(one)).variant

    @pytest.mark.parametrize("shift", [0, 0.1, 1.2, 7.7, 611.3])
    def test_exactly_the_tolerance_is_within_anywhere_in_the_clip(self, shift: float) -> None:
        late = events([(shift + 0.2, shift + 5.2, "k")])
        assert match_within(events([(shift, shift + 5, "k")]), late, 0.2) == ((0, 0),)
        assert match_within(events([(shift, shift + 5, "k")]), late, 0.1999) == ()

    def test_a_near_pair_does_not_cost_another(self) -> None:
        first, second = events([(0, 5, "k"), (1, 6, "k")]), events([(0.9, 5.9, "k"), (1.9, 6.9, "k")])
        assert match_within(first, second, 1.0) == ((0, 0), (1, 1))

    def test_the_same_code_goes_before_more_pairs_and_more_pairs_before_nearer_ones(self) -> None:
        first = events([(0, 5, "a"), (0.5, 5.5, "b")])
        assert match_within(first, events([(0, 5, "b")]), 1.0) == ((1, 0),)
        assert match_within(first, events([(0.1, 5.1, "c"), (0.4, 5.4, "c")]), 1.0) == ((0, 0), (1, 1))

    def test_of_equal_matchings_the_one_that_is_nearer_for_the_same_code_is_taken(self) -> None:
        first, second = events([(0, 5, "a"), (0, 5, "b")]), events([(0, 5, "b"), (0.1, 5.1, "b")])
        assert match_within(first, second, 1.0) == ((0, 1), (1, 0))

    def test_nothing_to_match(self) -> None:
        assert match_within([], [], 1.0) == ()
        assert match_within(events([(0, 1, "k")]), [], 1.0) == ()
        assert match_within(events([(0, 1, "k")]), events([(5, 6, "k")]), 1.0) == ()

    def test_two_thousand_events_that_all_compete_complete(self) -> None:
        chance = np.random.default_rng(1)
        first, second = (
            events([(chance.uniform(0, 1), chance.uniform(50, 51), "k") for _ in range(1000)]) for _ in range(2)
        )
        assert len(match_within(first, second, 1.0)) == 1000


class TestUndefined:
    def test_a_rater_who_coded_nothing_has_no_precision(self) -> None:
        precision, recall, f1 = (measure(asked(clip([(0, 9, "k")], []))) for measure in SHARES)
        assert precision.value is None
        assert "rater did not code" in str(precision.undefined_because)
        assert (recall.value, f1.value) == (0.0, 0.0)

    def test_a_reference_who_coded_nothing_gives_no_recall(self) -> None:
        precision, recall, f1 = (measure(asked(clip([], [(0, 9, "k")]))) for measure in SHARES)
        assert recall.value is None
        assert "reference did not code" in str(recall.undefined_because)
        assert (precision.value, f1.value) == (0.0, 0.0)

    def test_of_a_code_that_neither_used_there_is_no_f1(self) -> None:
        f1 = event_f1(asked(clip([(0, 9, "v")], [(0, 9, "v")]), code="k"))
        assert f1.value is None
        assert "neither" in str(f1.undefined_because)

    def test_without_found_events_there_are_no_errors(self) -> None:
        for measure in ERRORS:
            estimate = measure(asked(clip([(0, 9, "k")], [(0, 9, "v")])))
            assert estimate.value is None
            assert "no boundaries" in str(estimate.undefined_because)

    @pytest.mark.parametrize("measure", [*SHARES, *ERRORS])
    def test_a_reference_is_needed_among_exactly_two_raters_with_a_clip(self, measure: Measure) -> None:
        question = asked(clip([(0, 9, "k")], [(0, 9, "k")]))
        for change, reason in (
            ({"reference": None}, "none of the two raters"),
            ({"reference": "bram"}, "none of the two raters"),
            ({"raters": ("anna",)}, "exactly two raters"),
            ({"raters": ("anna", "bram", "expert")}, "exactly two raters"),
            ({"raters": ("bram", "expert")}, "no clip that both"),
        ):
            estimate = measure(replace(question, **change))
            assert estimate.value is None
            assert reason in str(estimate.undefined_because)
            assert estimate.n_raters == len(change.get("raters", "ab"))


@st.composite
def rows(draw: st.DrawFn, most: int = 6) -> Rows:
    """Events in tenths of seconds, close enough to compete."""
    starts = draw(st.lists(st.integers(0, 60), max_size=most))
    return [(s / 10, (s + draw(st.integers(0, 20))) / 10, draw(st.sampled_from("ab"))) for s in starts]


def figures(question: Question) -> list[float | None]:
    return [measure(question).value for measure in (*SHARES, *ERRORS)]


class TestWhateverIsCoded:
    @given(rows(5), rows(5), st.sampled_from([0.2, 0.5, 1.0]))
    @settings(max_examples=150, deadline=None)
    def test_no_matching_within_the_tolerance_is_better(self, one: Rows, other: Rows, tolerance: float) -> None:
        first, second = events(one), events(other)

        def worth(links: tuple[tuple[int, int], ...]) -> tuple[int, int, float]:
            pairs = [(first[i], second[j]) for i, j in links]
            squares = sum(
                ((a.start - b.start) ** 2 + (a.end - b.end) ** 2) * (1 if a.code == b.code else 0.5) for a, b in pairs
            )
            return sum(a.code == b.code for a, b in pairs), len(pairs), -round(squares, 6)

        def near(a: Observation, b: Observation) -> bool:
            return max(abs(a.start - b.start), abs(a.end - b.end)) <= tolerance + HAIR

        places = [*range(len(second)), *[-1] * len(first)]
        every = (
            {
                tuple((i, j) for i, j in enumerate(chosen) if j >= 0 and near(first[i], second[j]))
                for chosen in permutations(places, len(first))
            }
            if len(first) <= 3
            else set()
        )
        found = match_within(first, second, tolerance)
        assert all(near(first[i], second[j]) for i, j in found)
        assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
        assert worth(found) >= max(map(worth, every), default=worth(found))

    @settings(deadline=None)
    @given(rows(), rows(), st.sampled_from([0.0, 0.5]), st.sampled_from([None, "a"]))
    def test_precision_is_the_recall_of_the_other_and_f1_is_mutual(
        self, one: Rows, other: Rows, tolerance: float, code: str | None
    ) -> None:
        question = asked(clip(one, other), code=code, tolerance=tolerance)
        turned = replace(question, reference="anna")
        assert event_precision(question).value == event_recall(turned).value
        assert event_f1(question).value == event_f1(turned).value
        assert figures(question) == figures(replace(question, raters=("expert", "anna")))

    @settings(deadline=None)
    @given(rows(), rows())
    def test_f1_by_overlap_is_the_share_of_events_agreed(self, one: Rows, other: Rows) -> None:
        whole = asked(clip(one, other))
        assert event_f1(whole).value == (
            None if event_percent(whole).value is None else pytest.approx(event_percent(whole).value)
        )

    @settings(deadline=None)
    @given(rows(), rows(), st.integers(1, 50), st.sampled_from([0.0, 0.5]))
    def test_time_may_shift_and_codes_may_be_renamed(
        self, one: Rows, other: Rows, seconds: int, tolerance: float
    ) -> None:
        def moved(coded: Rows) -> Rows:
            return [(start + seconds, end + seconds, {"a": "x", "b": "y"}[code]) for start, end, code in coded]

        before = figures(asked(clip(one, other), tolerance=tolerance))
        after = figures(asked(clip(moved(one), moved(other)), tolerance=tolerance))
        assert after[:3] == before[:3]
        assert after[3:] == (before[3:] if before[3] is None else pytest.approx(before[3:]))

    @settings(deadline=None)
    @given(rows(), rows(), st.sampled_from([0.0, 0.5]))
    def test_every_clip_twice_and_a_clip_without_events_change_nothing(
        self, one: Rows, other: Rows, tolerance: float
    ) -> None:
        once = asked(clip(one, other), tolerance=tolerance)
        twice = asked(clip(one, other), clip(one, other, name="again"), clip([], [], name="empty"), tolerance=tolerance)
        assert [measure(twice).value for measure in SHARES] == [measure(once).value for measure in SHARES]
        assert onset_error_mean(twice).value == pytest.approx(onset_error_mean(once).value)

    @settings(deadline=None)
    @given(st.lists(st.tuples(rows(), rows()), min_size=1, max_size=3), st.sampled_from([0.0, 0.5]))
    def test_parts_add_up_to_the_figure(self, pairs: list[tuple[Rows, Rows]], tolerance: float) -> None:
        question = asked(
            *(clip(one, other, name=str(place)) for place, (one, other) in enumerate(pairs)), tolerance=tolerance
        )
        for measure, parts in (
            (event_f1, event_f1_parts),
            (onset_error_mean, onset_error_mean_parts),
            (offset_error_mean, offset_error_mean_parts),
        ):
            additive, value = parts(question), measure(question).value
            assert len(additive.parts) == len(pairs)
            again = float(additive.value(additive.parts.sum(axis=0, keepdims=True))[0])
            assert np.isnan(again) if value is None else again == pytest.approx(value)

    @settings(deadline=None)
    @given(rows())
    def test_who_codes_as_the_reference_finds_all_of_it_exactly(self, one: Rows) -> None:
        for tolerance in (0.0, 0.5):
            question = asked(clip(one, one), tolerance=tolerance)
            assert figures(question) == ([1.0] * 3 + [0.0] * 6 if one else [None] * 9)


def test_every_public_measure_is_tested_here() -> None:
    public = {name for name in vars(measured) if name.startswith(("event_", "onset_", "offset_"))}
    assert public == {m.__name__ for m in (*SHARES, *ERRORS)} | {
        "event_precision_parts",
        "event_recall_parts",
        "event_f1_parts",
        "onset_error_mean_parts",
        "offset_error_mean_parts",
    }
