"""Krippendorff's alpha of unitizing of 1995: published examples, and a check by placing units everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.measures.unitizing.unitizing_1995 import alpha_u_1995
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.statistic import Estimate, Question

ORACLES: dict[str, dict[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text())["oracles"]
    if oracle["id"].startswith("alpha_u_")
}
PUBLISHED = ORACLES["alpha_u_krippendorff1995"]
EDGES = ORACLES["alpha_u_edge_cases"]
CODES = "ab"
LENGTH = 20

unhurried = settings(max_examples=60, deadline=None)

Unit = tuple[float, float, str]
Clip = Mapping[str, Sequence[Unit]]


def clip_of(length: float, units: Clip, name: str = "clip") -> RaterSet:
    return RaterSet(
        name,
        length,
        {
            rater: Timeline(length, [Observation("turn", code, start, end) for start, end, code in rows])
            for rater, rows in units.items()
        },
    )


def ask(*clips: RaterSet, code: str | None = None, raters: Sequence[str] = ()) -> Question:
    names = tuple(raters) or tuple(sorted({rater for clip in clips for rater in clip.timelines}))
    return Question(clips, names, "turn", code)


def reason(estimate: Estimate) -> str:
    assert estimate.value is None
    assert estimate.undefined_because is not None
    return estimate.undefined_because.en


def parts(estimate: Estimate, code: str) -> list[float]:
    names = ("alpha", "observed_disagreement", "expected_disagreement")
    return [estimate.components[f"{name}[{code}]"] for name in names]


def difference(one: Sequence[int], other: Sequence[int] | None, length: int = 500) -> float:
    """Return the squared difference of two units, given as (offset, length), or of a unit and a gap."""
    units = {
        "p": [(one[0], one[0] + one[1], "c")],
        "q": [(other[0], other[0] + other[1], "c")] if other else [],
    }
    return alpha_u_1995(ask(clip_of(length, units)), unit=1).components["observed_disagreement"] * length**2


class TestKrippendorff1995:
    @pytest.fixture
    def question(self) -> Question:
        coded = {
            rater: [
                (start, end, code) for code, by in PUBLISHED["data"]["by_category"].items() for start, end in by[rater]
            ]
            for rater in ("r1", "r2")
        }
        return ask(clip_of(PUBLISHED["data"]["length"], coded))

    @pytest.mark.parametrize("stretch", [1, 50, 50_000])
    @pytest.mark.parametrize("code", "ABCD")
    def test_equals_dkpro_at_every_unit_of_time(self, question: Question, stretch: int, code: str) -> None:
        expected = pytest.approx(PUBLISHED["expected"][f"stretch_{stretch}"][code], abs=PUBLISHED["tolerance"])
        assert parts(alpha_u_1995(question, unit=1 / stretch), code) == expected
        alone = alpha_u_1995(replace(question, code=code), unit=1 / stretch)
        assert [
            alone.value,
            alone.components["observed_disagreement"],
            alone.components["expected_disagreement"],
        ] == expected

    def test_equals_dkpro_over_all_codes(self, question: Question) -> None:
        found = alpha_u_1995(question, unit=1)
        assert found.value == pytest.approx(PUBLISHED["expected"]["stretch_1"]["all"], abs=PUBLISHED["tolerance"])
        assert "units of 1 s" in found.variant

    @pytest.mark.parametrize(("code", "near"), [("A", 0.0005), ("B", 0.003), ("C", 0.015), ("D", 0.0005)])
    def test_comes_near_the_printed_limits(self, question: Question, code: str, near: float) -> None:
        """B and C were printed with the expected disagreement that was corrected in 2004."""
        printed = PUBLISHED["expected"]["paper_limit_values"][code]
        assert alpha_u_1995(replace(question, code=code)).value == pytest.approx(printed, abs=near)

    def test_a_millisecond_is_the_default(self, question: Question) -> None:
        assert alpha_u_1995(question) == alpha_u_1995(question, unit=0.001)
        assert "units of 0.001 s" in alpha_u_1995(question).variant
        assert alpha_u_1995(question).value != pytest.approx(alpha_u_1995(question, unit=0.5).value)


class TestKrippendorff2004:
    """Content analysis, 2nd ed., p. 254, with the figures of DKPro Statistics: continuum from 150 to 450."""

    FIRST = ((225, 70, "c"), (370, 30, "c"), (180, 60, "k"), (300, 50, "k"))
    SECOND = ((220, 80, "c"), (355, 20, "c"), (400, 20, "c"), (180, 60, "k"), (300, 50, "k"))

    def test_equals_the_book_also_where_units_of_different_codes_overlap(self) -> None:
        coded = {
            rater: [(offset - 150, offset - 150 + length, code) for offset, length, code in rows]
            for rater, rows in (("i", self.FIRST), ("j", self.SECOND))
        }
        found = alpha_u_1995(ask(clip_of(300, coded)), unit=1)
        assert found.value == pytest.approx(0.8591, abs=0.0005)
        assert parts(found, "c") == pytest.approx([0.7286, 0.0144, 0.0532], abs=0.0001)
        assert parts(found, "k") == pytest.approx([1.0, 0.0, 0.0490], abs=0.0001)


class TestDkproEdgeCases:
    @staticmethod
    def found(at: int) -> Estimate:
        case = EDGES["data"]["cases"][at]
        raters = [str(rater) for rater in range(case["raters"])]
        coded = {
            rater: [(offset, offset + length, code) for offset, length, code in case["units"].get(rater, [])]
            for rater in raters
        }
        return alpha_u_1995(ask(clip_of(case["length"], coded)), unit=1)

    @pytest.mark.parametrize("at", [0, 1, 4])
    def test_equals_dkpro_where_there_is_a_value(self, at: int) -> None:
        assert self.found(at).value == pytest.approx(EDGES["expected"]["values"][at], abs=EDGES["tolerance"])

    def test_is_undefined_where_dkpro_has_no_number(self) -> None:
        assert EDGES["expected"]["values"][2] == "NaN"
        assert "none of the raters coded this" in reason(self.found(2))

    def test_is_undefined_where_dkpro_says_0_of_instants_only(self) -> None:
        assert EDGES["expected"]["values"][3] == 0.0
        assert "only instants" in reason(self.found(3))
        assert self.found(3).components == {"instants_excluded": 2.0}

    def test_an_instant_beside_units_is_left_out_and_counted(self) -> None:
        assert self.found(4).components["instants_excluded"] == 1.0
        assert self.found(4).n_units == 2

    @pytest.mark.parametrize(
        ("at", "one", "other"),
        [
            (0, (225, 70), (220, 80)),
            (1, (370, 30), (355, 20)),
            (2, (400, 20), None),
            (3, (5, 6), (4, 2)),
            (4, (5, 6), (7, 2)),
        ],
    )
    def test_differences_are_those_of_dkpro(self, at: int, one: tuple[int, int], other: tuple[int, int] | None) -> None:
        _, expected = EDGES["expected"]["distance_examples"][at]
        assert difference(one, other) == pytest.approx(expected, abs=EDGES["tolerance"])

    @pytest.mark.parametrize(
        ("other", "expected"),
        [((5, 2), 16), ((6, 2), 10), ((7, 2), 8), ((6, 4), 2), ((5, 6), 0), ((11, 3), 36 + 9), (None, 36)],
    )
    def test_differences_are_those_of_the_book(self, other: tuple[int, int] | None, expected: float) -> None:
        """Units that only touch each lie in a gap of the other."""
        assert difference((5, 6), other) == pytest.approx(expected)


def exactly(clips: Sequence[tuple[int, Clip]], code: str) -> tuple[Fraction, Fraction]:
    """Return observed and expected disagreement by comparing and placing everything, position by position."""
    counted = [
        (length, {rater: [(s, e) for s, e, c in rows if c == code] for rater, rows in coded.items()})
        for length, coded in clips
        if len(coded) > 1
    ]
    continuum = sum(length for length, _ in counted)
    watched = sum(length * len(coded) for length, coded in counted)
    observed = Fraction(0)
    lengths: list[int] = []
    gaps: list[int] = []
    for length, coded in counted:
        for one, other in combinations(coded.values(), 2):
            meeting = [(g, h) for g, h in product(one, other) if g[0] < h[1] and h[0] < g[1]]
            apart = sum((g[0] - h[0]) ** 2 + (g[1] - h[1]) ** 2 for g, h in meeting)
            apart += sum((e - s) ** 2 for s, e in one if not any(s < b and a < e for a, b in other))
            apart += sum((e - s) ** 2 for s, e in other if not any(s < b and a < e for a, b in one))
            observed += Fraction(apart, len(coded) - 1)
        for rows in coded.values():
            lengths += [end - start for start, end in rows]
            taken = [any(s <= at < e for s, e in rows) for at in range(length)]
            text = "".join("x" if one else "." for one in taken)
            gaps += [len(gap) for gap in text.split("x") if gap]
    chance = sum(
        offset**2 + (offset + first - second) ** 2
        for first, second in combinations(lengths, 2)
        for offset in range(-first + 1, second)
    )
    chance += sum(one**2 for one in lengths for gap in gaps for _ in range(gap - one + 1))
    pairs = watched * (watched - 1) - sum(one * (one - 1) for one in lengths)
    return 2 * observed / (watched * continuum), Fraction(2 * chance, continuum * pairs)


@st.composite
def laid(draw: st.DrawFn) -> list[Unit]:
    """Up to three units of each code, of one rater."""
    units: list[Unit] = []
    for code in CODES:
        now = 0
        for gap, length in draw(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 9)), max_size=3)):
            if now + gap + length <= LENGTH:
                units.append((now + gap, now + gap + length, code))
            now += gap + length
    return units


one_clip = st.fixed_dictionaries({rater: laid() for rater in "pqr"})
clips_coded = st.lists(st.dictionaries(st.sampled_from("pqrs"), laid(), max_size=4), min_size=1, max_size=3)


def question_of(clips: Sequence[Clip], raters: Sequence[str] = "pqrs") -> Question:
    return ask(*(clip_of(LENGTH, clip, f"clip {at}") for at, clip in enumerate(clips)), raters=raters)


def figures(question: Question, unit: float = 1.0) -> dict[str | None, float | None]:
    return {code: alpha_u_1995(replace(question, code=code), unit=unit).value for code in (None, *CODES)}


def same(one: Mapping[str | None, float | None], other: Mapping[str | None, float | None]) -> bool:
    return one == {name: value if value is None else pytest.approx(value, abs=1e-9) for name, value in other.items()}


class TestExactly:
    @unhurried
    @given(clips_coded)
    def test_equals_the_definition_position_by_position(self, clips: list[Clip]) -> None:
        counted = [clip for clip in clips if len(clip) > 1]
        used = [
            code
            for code in CODES
            if any(unit[2] == code for clip in counted for rows in clip.values() for unit in rows)
        ]
        found = alpha_u_1995(question_of(clips), unit=1)
        each = {code: exactly([(LENGTH, clip) for clip in clips], code) for code in used}
        for code, (observed, expected) in each.items():
            made = alpha_u_1995(replace(question_of(clips), code=code), unit=1)
            assert made.components["observed_disagreement"] == pytest.approx(float(observed), abs=1e-12)
            assert made.components["expected_disagreement"] == pytest.approx(float(expected), abs=1e-12)
            assert made.value == (pytest.approx(float(1 - observed / expected), abs=1e-9) if expected else None)
        observed, expected = (sum(one[at] for one in each.values()) for at in (0, 1))
        assert found.value == (pytest.approx(float(1 - observed / expected), abs=1e-9) if expected else None)


class TestWhatMayNeverMatter:
    @unhurried
    @given(one_clip, st.permutations("pqr"))
    def test_raters_may_change_places(self, clip: Clip, names: list[str]) -> None:
        other = {name: clip[rater] for name, rater in zip(names, clip, strict=True)}
        assert same(figures(question_of([clip], names)), figures(question_of([other])))

    @unhurried
    @given(one_clip)
    def test_codes_may_change_names(self, clip: Clip) -> None:
        name = {"a": "b", "b": "a"}
        renamed = {rater: [(start, end, name[code]) for start, end, code in rows] for rater, rows in clip.items()}
        after = figures(question_of([renamed]))
        assert same(figures(question_of([clip])), {None: after[None], "a": after["b"], "b": after["a"]})

    @unhurried
    @given(one_clip)
    def test_time_may_run_backwards(self, clip: Clip) -> None:
        turned = {
            rater: [(LENGTH - end, LENGTH - start, code) for start, end, code in rows] for rater, rows in clip.items()
        }
        assert same(figures(question_of([clip])), figures(question_of([turned])))

    @unhurried
    @given(one_clip, st.sampled_from([0.001, 0.04, 60.0]))
    def test_time_may_be_counted_in_something_else(self, clip: Clip, factor: float) -> None:
        scaled = {
            rater: [(start * factor, end * factor, code) for start, end, code in rows] for rater, rows in clip.items()
        }
        after = ask(clip_of(LENGTH * factor, scaled), raters="pqrs")
        assert same(figures(question_of([clip])), figures(after, unit=factor))

    @unhurried
    @given(one_clip, laid())
    def test_nobody_else_and_a_clip_of_one_rater_add_nothing(self, clip: Clip, alone: list[Unit]) -> None:
        with_more = question_of([{"p": alone}, clip, {}], "pqrsx")
        assert same(figures(question_of([clip], "pqr")), figures(with_more))

    @unhurried
    @given(one_clip, one_clip)
    def test_clips_may_change_places(self, first: Clip, second: Clip) -> None:
        assert same(figures(question_of([first, second])), figures(question_of([second, first])))

    def test_clips_are_laid_end_to_end_with_gaps_that_end_at_the_cut(self) -> None:
        first = {"p": [(0, 6, "a"), (12, 17, "b")], "q": [(1, 6, "a"), (12, 17, "b")]}
        second = {"p": [(0, 9, "a"), (10, 20, "b")], "q": [(0, 8, "a"), (11, 20, "b")]}
        joined = {
            rater: [*first[rater], *((s + LENGTH, e + LENGTH, c) for s, e, c in second[rater])] for rater in first
        }
        apart, together = question_of([first, second]), ask(clip_of(2 * LENGTH, joined))
        one, other = (alpha_u_1995(question, unit=1).components for question in (apart, together))
        assert one["observed_disagreement[a]"] == other["observed_disagreement[a]"]
        assert one["expected_disagreement[b]"] == pytest.approx(float(exactly([(20, first), (20, second)], "b")[1]))
        assert one["expected_disagreement[b]"] < other["expected_disagreement[b]"]


class TestUndefined:
    def test_with_fewer_than_two_raters_or_no_shared_clip(self) -> None:
        assert "two or more raters" in reason(alpha_u_1995(ask(clip_of(10, {"p": [(1, 2, "a")]}))))
        clips = (clip_of(10, {"p": [(1, 2, "a")]}, "one"), clip_of(10, {"q": [(1, 2, "a")]}, "other"))
        assert "no clip that two of these raters coded" in reason(alpha_u_1995(ask(*clips)))

    def test_where_units_of_one_code_overlap(self) -> None:
        question = ask(clip_of(10, {"p": [(1, 4, "a"), (2, 3, "b"), (3.5, 5, "a")], "q": [(1, 4, "a")]}, "maaltijd"))
        assert reason(alpha_u_1995(question)) == (
            "in clip maaltijd two units of p overlap: a (1.000-4.000 s) and a (3.500-5.000 s); "
            "this measure needs units that do not"
        )
        assert alpha_u_1995(replace(question, code="b")).value is not None

    def test_when_nothing_is_as_long_as_the_unit_of_time(self) -> None:
        question = ask(clip_of(10, {"p": [(1, 1.2, "a")], "q": [(1, 1.3, "a")]}))
        assert "as long as the unit of time" in reason(alpha_u_1995(question, unit=1))

    def test_when_chance_leaves_no_disagreement(self) -> None:
        units = [(0, 1, "a"), (1, 2, "a")]
        assert "no unit could lie anywhere else" in reason(
            alpha_u_1995(ask(clip_of(2, {"p": units, "q": units})), unit=1)
        )

    @pytest.mark.parametrize("unit", [0.0, -1.0, float("nan"), float("inf")])
    def test_a_unit_of_time_must_be_a_length(self, unit: float) -> None:
        with pytest.raises(InputProblem, match="unit of time"):
            alpha_u_1995(ask(clip_of(10, {"p": [(0, 2, "a")], "q": [(1, 4, "a")]})), unit=unit)


class TestWhatCounts:
    def test_times_are_rounded_to_whole_units_of_time(self) -> None:
        rough = {"p": [(0.9996, 4.0004, "a"), (4.0004, 4.0004, "a")], "q": [(2, 6.0003, "a"), (8, 8.0002, "a")]}
        neat = {"p": [(1, 4, "a")], "q": [(2, 6, "a")]}
        found = alpha_u_1995(ask(clip_of(10, rough)), unit=0.01)
        assert found.value == alpha_u_1995(ask(clip_of(10, neat)), unit=0.01).value
        assert (found.components["instants_excluded"], found.components["time_units"], found.n_units) == (
            2.0,
            1000.0,
            2,
        )

    def test_a_rater_who_saw_nothing_counts_and_one_who_did_not_code_does_not(self) -> None:
        both: dict[str, list[Unit]] = {"p": [(1, 4, "a")], "q": [(1, 4, "a")]}
        silent = alpha_u_1995(ask(clip_of(10, {**both, "r": []})))
        missing = alpha_u_1995(ask(clip_of(10, both), raters="pqr"))
        assert (missing.value, missing.n_raters) == (1.0, 2)
        assert silent.value is not None
        assert silent.value < 1.0
        assert silent.n_raters == 3

    def test_twenty_raters_with_three_hundred_units_of_chance_are_near_nought(self) -> None:
        chance = np.random.default_rng(1)

        def seen() -> list[Unit]:
            cuts = np.sort(chance.uniform(0, 600, (300, 2)).ravel()).reshape(-1, 2).tolist()
            return [
                (start, end, code) for (start, end), code in zip(cuts, chance.choice(list("abcde"), 300), strict=True)
            ]

        question = ask(clip_of(600, {f"rater {at}": seen() for at in range(20)}))
        value = alpha_u_1995(question).value
        assert value == pytest.approx(0, abs=0.02)
