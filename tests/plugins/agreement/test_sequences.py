"""What follows what: the table, its association, and the latency."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.measures.sequences.contingency import (
    CELLS,
    INITIATIVE_ANSWERED,
    Behaviour,
    Contingency,
    contingency_table,
    follow,
    log_odds,
    yules_q,
)
from plugins.agreement.measures.sequences.sequences import (
    contingency_log_odds,
    contingency_log_odds_parts,
    contingency_yules_q,
    contingency_yules_q_parts,
    latency_to_reception,
    median_se,
)
from vib.codebook import read_codebook
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.statistic import Estimate, Question

Measure = Callable[..., Estimate]

MEASURES: tuple[Measure, ...] = (contingency_yules_q, contingency_log_odds, latency_to_reception)
ASSOCIATIONS: tuple[Measure, ...] = (contingency_yules_q, contingency_log_odds)
NEED = {"initiative": "BC.INI.C.NEED"}


def child(start: float, end: float, **said: str) -> Observation:
    return Observation("turn", "kind", start, end, said)


def adult(start: float, end: float) -> Observation:
    return Observation("turn", "volwassene", start, end)


def coded(a: int, b: int, c: int, d: int) -> Timeline:
    """Make a timeline with this table: turns 10 s apart, answers 2 s after their onset."""
    turns: list[Observation] = []
    kinds = [(NEED, True)] * a + [(NEED, False)] * b + [({}, True)] * c + [({}, False)] * d
    for place, (said, answered) in enumerate(kinds):
        turns.append(child(10 * place, 10 * place + 1, **said))
        turns += [adult(10 * place + 2, 10 * place + 3)] if answered else []
    return Timeline(10.0 * len(kinds) + 10, turns)


def waiting(*latencies: float | None) -> Timeline:
    """Make a timeline of initiatives 100 s apart, each answered so long after its onset, or not."""
    turns: list[Observation] = []
    for place, wait in enumerate(latencies):
        turns.append(child(100 * place, 100 * place + 60, **NEED))
        turns += [] if wait is None else [adult(100 * place + wait, 100 * place + wait + 0.5)]
    return Timeline(100.0 * len(latencies), turns)


def asked(*timelines: Timeline) -> Question:
    """Ask about one clip of as many raters as there are timelines."""
    raters = tuple(("anna", "bram", "chris")[: len(timelines)])
    seen = dict(zip(raters, timelines, strict=True))
    return Question((RaterSet("clip", timelines[0].duration, seen),), raters, "turn")


class TestAgresti:
    """Aspirin and heart attacks, An Introduction to Categorical Data Analysis (2019), section 2.3."""

    table = (189, 10845, 104, 10933)

    def test_log_odds(self) -> None:
        assert log_odds(np.array(self.table, dtype=float)) == pytest.approx(0.605, abs=5e-4)
        assert math.exp(float(log_odds(np.array(self.table, dtype=float)))) == pytest.approx(1.832054, abs=5e-7)

    def test_standard_error_and_interval(self) -> None:
        estimate = contingency_log_odds(asked(coded(*self.table)))
        assert estimate.value == pytest.approx(0.605, abs=5e-4)
        assert estimate.se == pytest.approx(0.123, abs=5e-4)
        assert estimate.ci == pytest.approx((0.365, 0.846), abs=1e-3)


class TestPsych:
    """Yule's Q as in the documentation of R psych's Yule."""

    def test_table_and_coefficient(self) -> None:
        estimate = contingency_yules_q(asked(coded(40, 10, 20, 50)))
        assert estimate.value == pytest.approx(0.81818, abs=5e-6)
        assert [estimate.components[cell] for cell in CELLS] == [40, 10, 20, 50]
        assert estimate.n_units == 120

    def test_standard_error_and_interval(self) -> None:
        estimate = contingency_yules_q(asked(coded(40, 10, 20, 50)))
        spread = math.sqrt(1 / 40 + 1 / 10 + 1 / 20 + 1 / 50)
        assert estimate.se == pytest.approx((1 - (9 / 11) ** 2) / 2 * spread)
        ends = [math.exp(math.log(10) + sign * 1.959963985 * spread) for sign in (-1, 1)]
        assert estimate.ci == pytest.approx(tuple((odds - 1) / (odds + 1) for odds in ends))


class TestBakemanAndQuera:
    """Their sequence of 75 codes (2011, page 159), copied from R LagSequential's `sequential`; lag 1 is 1 s later."""

    codes = "214334342144541345322141252123314414133315211314123345523352544231552213333"

    @property
    def timeline(self) -> Timeline:
        last = len(self.codes) - 1
        # The last code has no successor: half a second later the clip ends.
        return Timeline(last + 0.5, [Observation("act", code, t, t + 0.5) for t, code in enumerate(self.codes)])

    def lag(self, given: str, target: str) -> Contingency:
        return Contingency(
            given=Behaviour("act", (given,)),
            target=Behaviour("act", (target,)),
            among=Behaviour("act"),
            within=1.0,
            closes="onset",
        )

    def test_the_sequence_is_theirs(self) -> None:
        assert len(self.codes) == 75
        assert Counter(self.codes) == {"1": 16, "2": 14, "3": 20, "4": 15, "5": 10}

    @pytest.mark.parametrize("given", "12345")
    @pytest.mark.parametrize("target", "12345")
    def test_every_cell_of_lag_one(self, given: str, target: str) -> None:
        pairs = list(zip(self.codes, self.codes[1:], strict=False))
        a = sum(pair == (given, target) for pair in pairs)
        b = sum(first == given for first, _ in pairs) - a
        c = sum(second == target for _, second in pairs) - a
        d = len(pairs) - a - b - c
        contingency = self.lag(given, target)
        assert contingency_table([self.timeline], contingency).tolist() == [[a, b, c, d]]
        estimate = contingency_yules_q(asked(self.timeline), contingency)
        assert estimate.value == pytest.approx(float(Fraction(a * d - b * c, a * d + b * c)))
        assert estimate.components["cut_off"] == 1
        assert estimate.components["share_given"] == pytest.approx(a / (a + b))


class TestStatpsych:
    """Medians as R statpsych documents ci.median and ci.median2."""

    one = (32.1, 39.8, 26.3, 35.0, 43.1, 27.0, 40.9, 37.4, 34.0, 29.2)
    other = (36.8, 44.0, 47.1, 42.7, 49.0, 39.6, 46.2, 31.6, 33.1, 48.4)
    third = (25, 29, 35, 36, 36, 40, 41, 43, 44, 54)

    def test_one_median(self) -> None:
        estimate = latency_to_reception(asked(waiting(*self.third)))
        assert estimate.value == 38
        assert estimate.se == pytest.approx(3.261774, abs=5e-7)
        assert estimate.ci == (29, 44)

    def test_difference_of_two_medians(self) -> None:
        estimate = latency_to_reception(asked(waiting(*self.one), waiting(*self.other)))
        assert estimate.components["value_first"] == pytest.approx(34.5)
        assert estimate.components["value_second"] == pytest.approx(43.35)
        assert estimate.value == pytest.approx(-8.85)
        assert estimate.se == pytest.approx(4.494993, abs=5e-7)

    def test_another_difference(self) -> None:
        one = [70, 394, 43, 95, 62, 128, 2, 203, 81, 436, 85, 35, 156, 1, 3, 27, 63, 181, 184, 18]
        other = [102, 120, 78, 78, 417, 124, 86, 171, 176, 129, 230, 194, 100, 157, 306, 411, 164, 103, 193, 312]
        first, second = (np.sort(np.array(values, dtype=float)) for values in (one, other))
        assert np.median(first) - np.median(second) == -85
        assert math.hypot(median_se(first) or 0, median_se(second) or 0) == pytest.approx(37.11502, abs=5e-6)

    def test_one_value_or_an_infinite_one_has_no_standard_error(self) -> None:
        assert median_se(np.array([3.0])) is None
        assert median_se(np.array([1.0, 2.0, math.inf])) is None


class TestCodebook:
    codebook = read_codebook(Path(__file__).parents[3] / "label_configs" / "vib-pleegzorg" / "codebook.yaml")

    def test_the_default_asks_what_the_codebook_has(self) -> None:
        describes = self.codebook.tier(INITIATIVE_ANSWERED.given.tier).describes
        assert describes is not None
        assert (describes.tier, describes.codes) == (INITIATIVE_ANSWERED.among.tier, INITIATIVE_ANSWERED.among.codes)
        turns = {code.id for code in self.codebook.tier(INITIATIVE_ANSWERED.target.tier).codes}
        assert {*INITIATIVE_ANSWERED.target.codes, *INITIATIVE_ANSWERED.among.codes} <= turns

    def test_three_seconds_are_the_codebooks(self) -> None:
        windows = [code.params["after_s"] for code in self.codebook.tier("reception").codes if code.params]
        assert set(windows) == {INITIATIVE_ANSWERED.within}

    def test_its_reception_lies_on_the_childs_own_turn_and_so_cannot_follow(self) -> None:
        describes = self.codebook.tier("reception").describes
        assert describes is not None
        assert describes.codes == INITIATIVE_ANSWERED.among.codes
        received = Timeline(20, [child(1, 3, initiative="BC.INI.C.NEED", reception="BC.REC.V")])
        _, latency, _ = follow(received, replace(INITIATIVE_ANSWERED, target=Behaviour("reception")))
        assert latency.tolist() == [math.inf]


class TestWindow:
    turn = child(2, 4, **NEED)

    def latency(self, *others: Observation, **changes: object) -> float:
        contingency = replace(INITIATIVE_ANSWERED, **changes)
        return float(follow(Timeline(30, [self.turn, *others]), contingency).latency[0])

    @pytest.mark.parametrize(
        ("start", "latency"),
        [(1, math.inf), (2, math.inf), (2.1, 0.1), (4, 2), (7, 5), (7.001, math.inf)],
    )
    def test_by_default_it_runs_from_onset_until_three_seconds_after_the_offset(
        self, start: float, latency: float
    ) -> None:
        assert self.latency(adult(start, start + 1)) == pytest.approx(latency)

    @pytest.mark.parametrize(("start", "latency"), [(2.1, 0.1), (5, 3), (5.001, math.inf)])
    def test_from_the_onset_only(self, start: float, latency: float) -> None:
        assert self.latency(adult(start, start + 1), closes="onset") == pytest.approx(latency)

    @pytest.mark.parametrize(("start", "latency"), [(3.9, math.inf), (4, 0), (7, 3), (7.001, math.inf)])
    def test_from_the_offset_only(self, start: float, latency: float) -> None:
        assert self.latency(adult(start, start + 1), opens="offset") == pytest.approx(latency)

    def test_the_first_target_in_the_window_counts(self) -> None:
        assert self.latency(adult(0, 9), adult(3, 3.5), adult(5, 6)) == pytest.approx(1)

    def test_exactly_within_is_within_whatever_the_binary(self) -> None:
        contingency = Contingency(Behaviour("a"), Behaviour("b"), Behaviour("a"), within=1.0)
        seen = Timeline(9, [Observation("a", "x", 2.1, 2.1), Observation("b", "x", 3.1, 3.1)])
        assert np.isfinite(follow(seen, contingency).latency[0])

    def test_an_instant_does_not_follow_itself(self) -> None:
        same = Contingency(Behaviour("a"), Behaviour("a"), Behaviour("a"), within=1.0, opens="offset")
        seen = Timeline(9, [Observation("a", "x", t, t) for t in (1, 1, 1.5)])
        assert follow(seen, same).latency.tolist() == [0.5, 0.5, math.inf]

    def test_one_target_may_answer_several_events(self) -> None:
        seen = Timeline(30, [child(1, 2, **NEED), child(3, 4), adult(5, 6)])
        assert contingency_table([seen]).tolist() == [[1, 0, 1, 0]]

    @pytest.mark.parametrize(("duration", "watched"), [(7, True), (6.9, False)])
    def test_what_the_end_of_the_clip_cuts_off_is_left_out_even_if_answered(
        self, duration: float, watched: bool
    ) -> None:
        seen = Timeline(duration, [self.turn, adult(5, 6)])
        assert contingency_table([seen]).sum() == watched
        latency = latency_to_reception(asked(seen))
        assert (latency.n_units, latency.components["cut_off"]) == (int(watched), int(not watched))

    def test_a_window_that_ends_before_it_begins_is_refused(self) -> None:
        for changes in ({"opens": "offset", "closes": "onset"}, {"within": 0}, {"within": math.nan}):
            with pytest.raises(InputProblem):
                replace(INITIATIVE_ANSWERED, **changes)

    def test_behaviour_is_a_code_of_a_tier_or_an_attribute(self) -> None:
        turn = Observation("turn", "kind", 0, 1, {"elements": ("a", "b")})
        assert Behaviour("turn").seen_in(turn)
        assert Behaviour("elements", ("b", "c")).seen_in(turn)
        assert not Behaviour("elements", ("c",)).seen_in(turn)
        assert not Behaviour("initiative").seen_in(turn)
        assert not Behaviour("turn", ("volwassene",)).seen_in(turn)


class TestZeroCells:
    def test_halves_are_added_and_the_components_say_so(self) -> None:
        estimate = contingency_log_odds(asked(coded(5, 0, 2, 6)))
        assert estimate.value == pytest.approx(math.log(5.5 * 6.5 / (0.5 * 2.5)))
        assert estimate.se == pytest.approx(math.sqrt(1 / 5.5 + 1 / 0.5 + 1 / 2.5 + 1 / 6.5))
        assert estimate.components["added"] == 0.5
        assert contingency_log_odds(asked(coded(5, 1, 2, 6))).components["added"] == 0

    @pytest.mark.parametrize(("table", "q"), [((5, 0, 2, 6), 1.0), ((0, 5, 2, 6), -1.0)])
    def test_q_is_complete_without_a_standard_error_and_within_its_interval(
        self, table: tuple[int, int, int, int], q: float
    ) -> None:
        estimate = contingency_yules_q(asked(coded(*table)))
        low, high = estimate.ci or (0, 0)
        assert (estimate.value, estimate.se) == (q, None)
        assert -1 <= low < high <= 1
        assert low <= q <= high


class TestUndefined:
    @pytest.mark.parametrize(
        ("table", "reason"),
        [
            ((0, 0, 3, 4), "anna coded no initiative"),
            ((3, 4, 0, 0), "anna coded no turn/kind without initiative"),
            ((0, 3, 0, 4), "anna has no turn/volwassene that follows"),
            ((3, 0, 4, 0), "anna has turn/volwassene following within the window everywhere"),
            ((0, 0, 0, 0), "anna coded no initiative"),
        ],
    )
    def test_an_empty_row_or_column_leaves_nothing_to_compare(
        self, table: tuple[int, int, int, int], reason: str
    ) -> None:
        assert np.isnan(yules_q(np.array(table)))
        assert np.isnan(log_odds(np.array(table)))
        for measure in ASSOCIATIONS:
            estimate = measure(asked(coded(*table)))
            assert estimate.value is None
            assert reason in str(estimate.undefined_because)
            assert [estimate.components[cell] for cell in CELLS] == list(table)

    def test_no_median_when_at_most_half_are_answered(self) -> None:
        estimate = latency_to_reception(asked(waiting(1, 2, None, None)))
        assert estimate.value is None
        assert "at most half" in str(estimate.undefined_because)
        assert (estimate.components["followed"], estimate.components["not_followed"]) == (2, 2)
        assert estimate.components["median_followed"] == 1.5

    def test_no_latency_without_initiatives(self) -> None:
        estimate = latency_to_reception(asked(Timeline(30, [child(1, 2), adult(3, 4)])))
        assert estimate.value is None
        assert "anna coded no initiative" in str(estimate.undefined_because)

    @pytest.mark.parametrize("measure", MEASURES)
    def test_one_or_two_raters_who_share_a_clip_are_needed(self, measure: Measure) -> None:
        table = coded(3, 2, 1, 4)
        three = asked(table, table, table)
        assert "exactly two" in str(measure(three).undefined_because)
        assert "exactly two" in str(measure(replace(three, raters=())).undefined_because)
        nobody = measure(replace(three, raters=("dana",)))
        assert "no clip" in str(nobody.undefined_because)

    @pytest.mark.parametrize("measure", MEASURES)
    def test_a_difference_needs_both_and_keeps_the_one_there_is(self, measure: Measure) -> None:
        estimate = measure(asked(coded(3, 2, 1, 4), coded(0, 0, 0, 4)))
        assert estimate.value is None
        assert "bram coded no initiative" in str(estimate.undefined_because)
        assert "value_first" in estimate.components
        assert "value_second" not in estimate.components


class TestLatency:
    def test_who_got_no_answer_counts_as_latest(self) -> None:
        estimate = latency_to_reception(asked(waiting(1, 2, 4, None)))
        assert estimate.value == 3
        assert estimate.n_units == 4
        assert estimate.components == pytest.approx(
            {
                "followed": 3,
                "not_followed": 1,
                "cut_off": 0,
                "median_followed": 2,
                "mean_followed": 7 / 3,
                "p90_followed": 3.6,
            }
        )

    def test_ninety_percent_where_it_lies_within_the_window(self) -> None:
        estimate = latency_to_reception(asked(waiting(*range(1, 12))))
        assert estimate.components["p90"] == estimate.components["p90_followed"] == 10
        assert "p90" not in latency_to_reception(asked(waiting(*range(1, 6), None))).components

    def test_an_interval_that_reaches_beyond_the_window_is_left_out(self) -> None:
        assert latency_to_reception(asked(waiting(*range(1, 11)))).ci == (2, 9)
        assert latency_to_reception(asked(waiting(*range(1, 8), None, None, None))).ci is None


class TestTwoRaters:
    def test_difference_with_both_values_and_a_propagated_error(self) -> None:
        one, other = coded(8, 2, 3, 7), coded(6, 4, 5, 5)
        for measure in ASSOCIATIONS:
            first, second, both = measure(asked(one)), measure(asked(other)), measure(asked(one, other))
            assert both.value == pytest.approx((first.value or 0) - (second.value or 0))
            assert both.components["value_first"] == first.value
            assert both.components["value_second"] == second.value
            assert both.se == pytest.approx(math.hypot(first.se or 0, second.se or 0))
            assert both.components["followed_second"] == 6
            assert (both.n_units, both.n_raters) == (40, 2)
            assert both.variant.startswith("first rater minus second")

    def test_interval_of_a_difference_of_log_odds_is_walds(self) -> None:
        both = contingency_log_odds(asked(coded(8, 2, 3, 7), coded(6, 4, 5, 5)))
        reach = 1.959963985 * (both.se or 0)
        assert both.ci == pytest.approx(((both.value or 0) - reach, (both.value or 0) + reach))

    def test_interval_of_a_difference_of_q_stays_between_minus_two_and_two(self) -> None:
        both = contingency_yules_q(asked(coded(5, 0, 1, 6), coded(0, 5, 6, 1)))
        low, high = both.ci or (-9, 9)
        assert both.value == 2
        assert -2 <= low < high <= 2
        assert both.se is None

    def test_zou_and_donner_by_hand(self) -> None:
        one, other = (contingency_yules_q(asked(coded(*table))) for table in ((8, 2, 3, 7), (6, 4, 5, 5)))
        both = contingency_yules_q(asked(coded(8, 2, 3, 7), coded(6, 4, 5, 5)))
        assert one.ci
        assert other.ci
        below = math.sqrt(((one.value or 0) - one.ci[0]) ** 2 + (other.ci[1] - (other.value or 0)) ** 2)
        assert both.ci
        assert both.ci[0] == pytest.approx((both.value or 0) - below)

    def test_only_clips_that_both_coded_count(self) -> None:
        one, other = coded(8, 2, 3, 7), coded(6, 4, 5, 5)
        shared = asked(one, other)
        alone = RaterSet("alone", one.duration, {"anna": one})
        wider = replace(shared, clips=(*shared.clips, alone))
        assert contingency_yules_q(wider) == contingency_yules_q(shared)
        assert contingency_yules_q(replace(wider, raters=("anna",))).n_units == 40


@st.composite
def timelines(draw: st.DrawFn, length: int = 40) -> Timeline:
    turns = []
    for start in draw(st.lists(st.integers(0, 10 * length - 60), max_size=14)):
        code = draw(st.sampled_from(("kind", "kind", "volwassene", "onbekend")))
        said = NEED if code == "kind" and draw(st.booleans()) else {}
        turns.append(Observation("turn", code, start / 10, (start + draw(st.integers(0, 40))) / 10, said))
    return Timeline(length, turns)


def figures(question: Question) -> list[float | None]:
    return [measure(question).value for measure in MEASURES]


def near(values: list[float | None]) -> list[object]:
    return [value if value is None else pytest.approx(value, abs=1e-9) for value in values]


class TestWhateverIsCoded:
    @settings(deadline=None)
    @given(timelines())
    def test_the_table_is_what_looking_at_each_turn_gives(self, seen: Timeline) -> None:
        counted = dict.fromkeys(CELLS, 0)
        for turn in seen:
            closes = turn.end + 3
            if turn.code == "kind" and closes <= seen.duration + 1e-6:
                came = any(o.code == "volwassene" and turn.start < o.start <= closes + 1e-6 for o in seen)
                counted[CELLS[2 * (not turn.attributes) + (not came)]] += 1
        assert contingency_table([seen]).tolist() == [list(counted.values())]

    @settings(deadline=None)
    @given(timelines(), timelines())
    def test_turning_the_raters_turns_the_sign(self, one: Timeline, other: Timeline) -> None:
        both = asked(one, other)
        turned = [None if value is None else -value for value in figures(replace(both, raters=("bram", "anna")))]
        assert figures(both) == near(turned)
        assert all(value in (None, 0) for value in figures(asked(one, one)))

    @settings(deadline=None)
    @given(timelines(), st.integers(1, 20))
    def test_time_may_shift(self, seen: Timeline, seconds: int) -> None:
        later = Timeline(
            seen.duration + seconds,
            [Observation(o.tier, o.code, o.start + seconds, o.end + seconds, o.attributes) for o in seen],
        )
        assert figures(asked(later)) == near(figures(asked(seen)))

    @settings(deadline=None)
    @given(timelines())
    def test_time_may_be_scaled_with_the_window(self, seen: Timeline) -> None:
        slower = Timeline(
            2 * seen.duration, [Observation(o.tier, o.code, 2 * o.start, 2 * o.end, o.attributes) for o in seen]
        )
        wider = replace(INITIATIVE_ANSWERED, within=6.0)
        q, odds, latency = figures(asked(seen))
        assert contingency_yules_q(asked(slower), wider).value == q
        assert contingency_log_odds(asked(slower), wider).value == odds
        twice = latency_to_reception(asked(slower), wider).value
        assert twice == (None if latency is None else pytest.approx(2 * latency))

    @settings(deadline=None)
    @given(timelines())
    def test_every_clip_twice_keeps_q_and_median(self, seen: Timeline) -> None:
        once = asked(seen)
        twice = replace(once, clips=(*once.clips, RaterSet("again", seen.duration, {"anna": seen})))
        assert contingency_yules_q(twice).value == contingency_yules_q(once).value
        assert latency_to_reception(twice).value == near([latency_to_reception(once).value])[0]

    @settings(deadline=None)
    @given(timelines())
    def test_what_is_not_asked_about_changes_nothing(self, seen: Timeline) -> None:
        wider = Timeline(seen.duration, [*seen, Observation("gaze", "volwassene", 0, 40), adult(0, 0.1)])
        more = Timeline(seen.duration, [*wider, Observation("turn", "onbekend", 1, 2)])
        question = replace(asked(more), tier="gaze", code="x", overlap=0.1, tolerance=9)
        assert figures(question) == figures(asked(seen))

    @settings(deadline=None)
    @given(st.lists(st.tuples(timelines(), timelines()), min_size=1, max_size=3), st.booleans())
    def test_parts_add_up_to_the_figure(self, pairs: list[tuple[Timeline, Timeline]], two: bool) -> None:
        clips = tuple(
            RaterSet(str(place), 40, dict(zip(("anna", "bram"), pair, strict=True))) for place, pair in enumerate(pairs)
        )
        question = Question(clips, ("anna", "bram") if two else ("anna",), "turn")
        for measure, parts in (
            (contingency_yules_q, contingency_yules_q_parts),
            (contingency_log_odds, contingency_log_odds_parts),
        ):
            additive, value = parts(question), measure(question).value
            assert additive.parts.shape == (len(pairs), 8 if two else 4)
            sums = np.vstack([additive.parts.sum(axis=0)] * 2)
            for again in additive.value(sums):
                assert np.isnan(again) if value is None else again == pytest.approx(value)
