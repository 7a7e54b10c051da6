"""The alphas of unitizing of 2016: published examples, an exact check by fractions, and what may never matter."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agreement.measures.unitizing.unitizing import (
    bar_u_alpha,
    bar_u_alpha_parts,
    cu_alpha,
    cu_alpha_parts,
    k_u_alpha,
    k_u_alpha_parts,
    u_alpha,
    u_alpha_parts,
)
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.statistic import Additive, Estimate, Question

ORACLES: dict[str, dict[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads((Path(__file__).parent / "oracles" / "oracles.json").read_text())["oracles"]
    if oracle["id"].startswith("u_alpha_2016")
}
CODES = "abc"
LENGTH = 40

unhurried = settings(max_examples=60, deadline=None)

Unit = tuple[float, float, str]
Clip = Mapping[str, Sequence[Unit]]
Value = Fraction | None

MEASURES: dict[str, Callable[[Question], Estimate]] = {"u": u_alpha, "bar": bar_u_alpha, "cu": cu_alpha, "k": k_u_alpha}
PARTS: dict[str, Callable[[Question], Additive | None]] = {
    "u": u_alpha_parts,
    "bar": bar_u_alpha_parts,
    "cu": cu_alpha_parts,
    "k": k_u_alpha_parts,
}


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


def figures(question: Question) -> dict[str, float | None]:
    """Return every figure of the family, of the tier and of each code."""
    whole = {name: measure(question).value for name, measure in MEASURES.items()}
    return whole | {
        f"{name}[{code}]": measure(replace(question, code=code)).value
        for code, (name, measure) in product(CODES, MEASURES.items())
    }


def same(one: Mapping[str, float | None], other: Mapping[str, float | None]) -> bool:
    return one == {name: value if value is None else pytest.approx(value, abs=1e-9) for name, value in other.items()}


def reason(estimate: Estimate) -> str:
    assert estimate.value is None
    assert estimate.undefined_because is not None
    return estimate.undefined_because.en


@dataclass
class Exact:
    """The family as published, slowly, by segments and pairs of raters, in fractions."""

    clips: Sequence[tuple[int, Clip]]
    unit: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        self.together: dict[tuple[str, str], Fraction] = {}
        self.squares: dict[str, Fraction] = {}
        self.crossing_squares: dict[str, Fraction] = {}
        for length, coded in self.clips:
            if len(coded) > 1:
                self.count({rater: self.segments(length, units) for rater, units in coded.items()})
        self.codes = sorted({code for pair in self.together for code in pair if code})

    def segments(self, length: int, units: Sequence[Unit]) -> list[tuple[Fraction, Fraction, str]]:
        """Return units and gaps; the code of a gap is empty."""
        made, now = [], Fraction(0)
        for start, end, code in sorted((Fraction(start), Fraction(end), code) for start, end, code in units):
            made += [(now, start, "")] if start > now else []
            made.append((start, end, code))
            now = end
        return [*made, (now, Fraction(length), "")] if now < length else made

    def count(self, raters: Mapping[str, Sequence[tuple[Fraction, Fraction, str]]]) -> None:
        for seen in raters.values():
            for start, end, code in seen:
                square = (end - start) ** 2 if code else (end - start) * self.unit
                self.squares[code] = self.squares.get(code, Fraction(0)) + square
        for one, other in permutations(raters, 2):
            for start, end, code in raters[one]:
                shared = Fraction(0)
                for begin, stop, second in raters[other]:
                    met = max(Fraction(0), min(end, stop) - max(start, begin)) / (len(raters) - 1)
                    self.together[code, second] = self.together.get((code, second), Fraction(0)) + met
                    shared += met * (len(raters) - 1) if second else 0
                if code:
                    before = self.crossing_squares.get(code, Fraction(0))
                    self.crossing_squares[code] = before + shared**2 / (len(raters) - 1)

    def sum(self, rows: Sequence[str], columns: Sequence[str]) -> Fraction:
        return sum((self.together.get(pair, Fraction(0)) for pair in product(rows, columns)), Fraction(0))

    def expected(self, categories: Sequence[str], squares: Mapping[str, Fraction]) -> dict[tuple[str, str], Fraction]:
        """Return expected coincidences, equations 4 and 10; empty where they are not defined."""
        margin = {one: self.sum([one], categories) for one in categories}
        total = sum(margin.values(), Fraction(0))
        left = total**2 - sum((squares.get(one, Fraction(0)) for one in categories), Fraction(0))
        if left <= 0:
            return {}
        return {
            (one, other): total
            * (margin[one] * margin[other] - (squares.get(one, Fraction(0)) if one == other else 0))
            / left
            for one, other in product(categories, categories)
        }

    def alpha(self, categories: Sequence[str], squares: Mapping[str, Fraction]) -> Value:
        expected = self.expected(categories, squares)
        total = self.sum(categories, categories)
        by_chance = total - sum((expected[one, one] for one in categories), Fraction(0)) if expected else 0
        return 1 - (total - sum(self.sum([one], [one]) for one in categories)) / by_chance if by_chance else None

    def value(self, measure: str, code: str | None = None) -> Value:
        if code is not None and measure != "k":
            only = [
                (length, {rater: [unit for unit in units if unit[2] == code] for rater, units in coded.items()})
                for length, coded in self.clips
            ]
            return Exact(only, self.unit).value(measure)
        if not self.codes:
            return None
        everything = ["", *self.codes]
        if measure == "u":
            return self.alpha(everything, self.squares)
        if measure == "cu":
            return self.alpha(self.codes, self.crossing_squares)
        if measure == "bar":
            expected = self.expected(everything, self.squares)
            crossed = sum((expected["", one] for one in self.codes), Fraction(0)) if expected else 0
            return 1 - self.sum([""], self.codes) / crossed if crossed else None
        return None if code is None else self.of_code(code)

    def of_code(self, code: str) -> Value:
        if code not in self.codes:
            return None
        expected = self.expected(self.codes, self.crossing_squares)
        others = [one for one in self.codes if one != code]
        seconds = self.sum([code], self.codes)
        by_chance = sum((expected[one, code] for one in others), Fraction(0)) if expected else 0
        if not seconds or not by_chance:
            return None
        margin = by_chance + expected[code, code]
        return 1 - margin / seconds * self.sum([code], others) / by_chance if margin > 0 else None

    @property
    def figures(self) -> dict[str, float | None]:
        asked = [(name, name, None) for name in MEASURES]
        asked += [(f"{name}[{code}]", name, code) for code in CODES for name in MEASURES]
        values = {named: self.value(name, code) for named, name, code in asked}
        return {named: None if value is None else float(value) for named, value in values.items()}


@st.composite
def laid(draw: st.DrawFn) -> list[Unit]:
    """Up to four units of one rater, some touching, in eighths of seconds."""
    units: list[Unit] = []
    now = 0
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 90)), max_size=4)):
        start, end = now + gap, now + gap + length
        if end <= 8 * LENGTH:
            units.append((start / 8, end / 8, draw(st.sampled_from(CODES))))
        now = end
    return units


clips_coded = st.lists(st.dictionaries(st.sampled_from("pqrs"), laid(), max_size=4), min_size=1, max_size=3)
one_clip = st.fixed_dictionaries({rater: laid() for rater in "pqr"})


def question_of(clips: Sequence[Clip], raters: Sequence[str] = "pqrs") -> Question:
    return ask(*(clip_of(LENGTH, clip, f"clip {at}") for at, clip in enumerate(clips)), raters=raters)


class TestKrippendorffMathetBouvryWidloecher2016:
    @pytest.fixture(params=ORACLES)
    def oracle(self, request: pytest.FixtureRequest) -> dict[str, Any]:
        return ORACLES[request.param]

    @pytest.fixture
    def question(self, oracle: dict[str, Any]) -> Question:
        return ask(clip_of(oracle["data"]["length"], oracle["data"]["units"]))

    @pytest.mark.parametrize(
        ("named", "measure"), [("u_alpha", u_alpha), ("bar_u_alpha", bar_u_alpha), ("cu_alpha", cu_alpha)]
    )
    def test_equals_the_published_value(
        self, oracle: dict[str, Any], question: Question, named: str, measure: Callable[[Question], Estimate]
    ) -> None:
        expected, exact = oracle["expected"][named], oracle["expected"][f"{named}_exact"]
        found = measure(question).value
        if expected is None:
            assert found is None
            assert exact is None
        else:
            assert found == pytest.approx(expected, abs=oracle["tolerance"])
            assert found == pytest.approx(float(Fraction(exact)), abs=oracle["tolerance"])

    def test_equals_the_published_value_of_each_code(self, oracle: dict[str, Any], question: Question) -> None:
        codes = {unit[2] for units in oracle["data"]["units"].values() for unit in units}
        components = k_u_alpha(question).components
        for code in codes:
            expected = oracle["expected"]["k_u_alpha"].get(code)
            found = k_u_alpha(replace(question, code=code)).value
            assert found == components.get(f"k_u_alpha[{code}]")
            assert found == (expected and pytest.approx(expected, abs=oracle["tolerance"]))
            exact = oracle["expected"]["k_u_alpha_exact"].get(code)
            assert found == (exact and pytest.approx(float(Fraction(exact)), abs=oracle["tolerance"]))

    def test_tells_how_much_of_the_time_codes_are_compared(self, oracle: dict[str, Any], question: Question) -> None:
        coverage = cu_alpha(question).components["coverage"]
        assert coverage == pytest.approx(oracle["expected"]["coverage_cu"], abs=oracle["tolerance"])

    def test_the_value_can_be_made_from_its_components_by_hand(self, question: Question) -> None:
        found = u_alpha(question)
        part = found.components
        codes = [name[8:-1] for name in part if name.startswith("seconds[")]
        watched, gap = part["seconds_watched"], part["seconds_gap"]
        agreed = part["agreed_gap"] + sum(part[f"agreed[{code}]"] for code in codes)
        left = watched**2 - gap - sum(part[f"squares[{code}]"] for code in codes)
        alike = gap**2 - gap + sum(part[f"seconds[{code}]"] ** 2 - part[f"squares[{code}]"] for code in codes)
        assert found.value == pytest.approx(1 - (watched - agreed) / (watched - watched * alike / left))
        assert found.value == pytest.approx(1 - part["observed_disagreement"] / part["expected_disagreement"])

    def test_equals_another_port_of_u_alpha(self) -> None:
        """The example of zeljkobekcic/KrippendorffUnitizedAlpha: 0.56, with inclusive ends made exclusive."""
        coded = {"1": [(3, 15, "key"), (22, 53, "key")], "2": [(3, 10, "key"), (22, 53, "key")], "3": [(22, 46, "key")]}
        assert u_alpha(ask(clip_of(56, coded))).value == pytest.approx(0.56, abs=0.01)


class TestExactly:
    @unhurried
    @given(clips_coded)
    def test_equals_the_definition_in_fractions(self, clips: list[Clip]) -> None:
        question = question_of(clips)
        assert same(figures(question), Exact([(LENGTH, clip) for clip in clips]).figures)

    @unhurried
    @given(one_clip, st.sampled_from([Fraction(1, 8), Fraction(1, 1000), Fraction(2)]))
    def test_gaps_are_made_of_pieces_of_the_unit_of_time(self, clip: Clip, unit: Fraction) -> None:
        question, exact = question_of([clip]), Exact([(LENGTH, clip)], unit)
        found = {"u": u_alpha(question, unit=float(unit)).value, "bar": bar_u_alpha(question, unit=float(unit)).value}
        expected = {name: exact.value(name) for name in found}
        assert same(found, {name: None if value is None else float(value) for name, value in expected.items()})

    def test_raters_who_agree_on_everything_have_exactly_one(self) -> None:
        units = [(0.1, 3.7, "a"), (3.7, 11.3, "b"), (20.9, 31.1, "a")]
        found = figures(ask(clip_of(LENGTH, {"p": units, "q": units, "r": units})))
        assert {found[name] for name in ("u", "bar", "cu", "k[a]", "k[b]", "u[a]", "bar[b]")} == {1.0}

    def test_missing_is_not_silent(self) -> None:
        first = {"p": [(0, 10, "a"), (20, 30, "b")], "q": [(0, 10, "a"), (21, 30, "b")]}
        second = {"p": [(5, 15, "b")], "q": [(5, 14, "b")]}
        missing = question_of([{**first, "r": [(0, 9, "a")]}, second])
        silent = question_of([{**first, "r": [(0, 9, "a")]}, {**second, "r": []}])
        assert u_alpha(missing).value > u_alpha(silent).value
        assert u_alpha(missing).components["seconds_watched"] == 5 * LENGTH

    def test_a_code_of_its_own_makes_bar_and_u_alike(self) -> None:
        question = question_of([{"p": [(0, 9, "a"), (9, 20, "b")], "q": [(2, 11, "a"), (11, 15, "c")]}])
        of_code = replace(question, code="a")
        assert u_alpha(of_code).value == pytest.approx(bar_u_alpha(of_code).value)
        assert u_alpha(of_code).value != pytest.approx(bar_u_alpha(question).value)
        assert "no units but those of this code" in u_alpha(of_code).variant


class TestWhatMayNeverMatter:
    @unhurried
    @given(one_clip, st.permutations("pqr"))
    def test_raters_may_change_places(self, clip: Clip, names: list[str]) -> None:
        other = {name: clip[rater] for name, rater in zip(names, clip, strict=True)}
        assert same(figures(question_of([clip], names)), figures(question_of([other])))

    @unhurried
    @given(one_clip, st.permutations(CODES))
    def test_codes_may_be_renamed(self, clip: Clip, names: list[str]) -> None:
        name = dict(zip(CODES, names, strict=True))
        renamed = {rater: [(start, end, name[code]) for start, end, code in rows] for rater, rows in clip.items()}
        before, after = figures(question_of([clip])), figures(question_of([renamed]))
        moved = {f"{which}[{code}]": after[f"{which}[{name[code]}]"] for which, code in product(MEASURES, CODES)}
        assert same(before, {**after, **moved})

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
        before, after = question_of([clip]), ask(clip_of(LENGTH * factor, scaled), raters="pqrs")
        for measure in (u_alpha, bar_u_alpha):
            assert same({"": measure(before).value}, {"": measure(after, unit=factor).value})
        assert same({"": cu_alpha(before).value}, {"": cu_alpha(after).value})
        for code in CODES:
            one, other = (k_u_alpha(replace(question, code=code)).value for question in (before, after))
            assert same({"": one}, {"": other})

    @unhurried
    @given(one_clip, one_clip)
    def test_two_clips_may_be_one_where_nothing_reaches_over_the_cut(self, first: Clip, second: Clip) -> None:
        joined = {
            rater: [*first[rater], *((start + LENGTH, end + LENGTH, code) for start, end, code in second[rater])]
            for rater in first
        }
        both = ask(clip_of(2 * LENGTH, joined), raters="pqrs")
        assert same(figures(question_of([first, second])), figures(both))
        assert same(figures(question_of([second, first])), figures(both))

    @unhurried
    @given(one_clip, laid())
    def test_nobody_else_and_a_clip_of_one_rater_add_nothing(self, clip: Clip, alone: list[Unit]) -> None:
        with_more = question_of([{"p": alone}, clip, {}], "pqrsx")
        assert same(figures(question_of([clip], "pqr")), figures(with_more))
        if any(clip.values()):
            assert u_alpha(with_more).n_raters == 3
            assert u_alpha(with_more).n_units == sum(map(len, clip.values()))


class TestAddingUpOverClips:
    @unhurried
    @given(clips_coded)
    def test_sums_of_parts_have_the_value_of_all_clips(self, clips: list[Clip]) -> None:
        question = question_of(clips)
        for code, name in product((None, *CODES), MEASURES):
            additive = PARTS[name](replace(question, code=code))
            found = MEASURES[name](replace(question, code=code)).value
            if additive is None:
                assert found is None
                continue
            assert len(additive.parts) == len(clips)
            again = additive.value(np.stack([additive.parts.sum(axis=0), np.zeros(additive.parts.shape[1])]))
            assert np.isnan(again[1])
            assert np.isnan(again[0]) if found is None else again[0] == pytest.approx(found, abs=1e-12)

    def test_a_clip_drawn_twice_counts_twice(self) -> None:
        clips = [
            {"p": [(0, 10, "a"), (20, 30, "b")], "q": [(2, 10, "a"), (21, 35, "a")]},
            {"p": [(5, 9, "b")], "q": []},
        ]
        for name, code in (("u", None), ("bar", None), ("cu", None), ("k", "a")):
            additive = PARTS[name](replace(question_of(clips), code=code))
            assert additive is not None
            drawn = additive.value(additive.parts[[0, 0, 1]].sum(axis=0)[None])
            expected = MEASURES[name](replace(question_of([clips[0], *clips]), code=code)).value
            assert drawn[0] == pytest.approx(expected)

    def test_without_a_code_the_alpha_of_a_code_does_not_add_up(self) -> None:
        assert k_u_alpha_parts(question_of([{"p": [(0, 10, "a")], "q": [(0, 10, "a")]}])) is None


OVERLAPPING: Clip = {"p": [(1, 4, "a"), (3, 5.5, "b"), (8, 9, "a")], "q": [(1, 4, "a")]}


class TestOverlap:
    @pytest.mark.parametrize("measure", MEASURES)
    def test_is_refused_in_words_that_say_where(self, measure: str) -> None:
        found = MEASURES[measure](ask(clip_of(10, OVERLAPPING, "maaltijd")))
        assert reason(found) == (
            "in clip maaltijd two units of p overlap: a (1.000-4.000 s) and b (3.000-5.500 s); "
            "this measure needs units that do not"
        )
        assert found.undefined_because is not None
        assert "in clip maaltijd overlappen twee eenheden van p elkaar: a (1.000-4.000 s)" in found.undefined_because.nl
        assert PARTS[measure](ask(clip_of(10, OVERLAPPING))) is None

    def test_of_different_codes_does_not_keep_one_code_from_a_value(self) -> None:
        question = ask(clip_of(10, OVERLAPPING), code="a")
        assert u_alpha(question).value is not None
        assert "overlap" in reason(k_u_alpha(question))

    def test_of_one_code_keeps_that_code_from_a_value(self) -> None:
        clip = clip_of(10, {"p": [(1, 4, "a"), (3, 5, "a")], "q": [(1, 4, "b")]})
        assert "overlap" in reason(u_alpha(ask(clip, code="a")))
        assert u_alpha(ask(clip, code="b")).value is not None

    def test_by_rounding_is_none(self) -> None:
        units = {"p": [(0, 1.2000000002, "a"), (1.2, 3, "b")], "q": [(0, 1.2, "a"), (1.2, 3, "b")]}
        assert u_alpha(ask(clip_of(10, units))).value == pytest.approx(1.0)

    def test_of_two_raters_or_two_clips_is_none(self) -> None:
        clips = [{"p": [(30, 40, "a")], "q": [(30, 40, "a")]}, {"p": [(0, 5, "b")], "q": [(0, 5, "b")]}]
        assert u_alpha(question_of(clips)).value == 1.0


class TestUndefined:
    @pytest.mark.parametrize("measure", MEASURES)
    def test_with_fewer_than_two_raters(self, measure: str) -> None:
        found = MEASURES[measure](ask(clip_of(10, {"p": [(1, 2, "a")]})))
        assert "two or more raters" in reason(found)

    @pytest.mark.parametrize("measure", MEASURES)
    def test_without_a_clip_that_two_raters_coded(self, measure: str) -> None:
        clips = (clip_of(10, {"p": [(1, 2, "a")]}, "one"), clip_of(10, {"q": [(1, 2, "a")]}, "other"))
        assert "no clip that two of these raters coded" in reason(MEASURES[measure](ask(*clips)))
        assert "no clip" in reason(MEASURES[measure](Question((), ("p", "q"), "turn")))

    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize("code", [None, "a"])
    def test_when_nobody_coded_this(self, measure: str, code: str | None) -> None:
        units: Clip = {"p": [], "q": [] if code is None else [(1, 2, "b")]}
        assert "none of the raters coded this" in reason(MEASURES[measure](ask(clip_of(10, units), code=code)))

    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize("code", [None, "a"])
    def test_when_there_are_only_instants(self, measure: str, code: str | None) -> None:
        found = MEASURES[measure](ask(clip_of(10, {"p": [(1, 1, "a")], "q": [(1, 1, "a"), (2, 2, "a")]}), code=code))
        assert "only instants" in reason(found)
        assert found.components == {"instants_excluded": 3.0}

    @pytest.mark.parametrize("measure", [u_alpha, bar_u_alpha])
    def test_when_everything_is_one_category(self, measure: Callable[[Question], Estimate]) -> None:
        whole = {"p": [(0, 0.1, "a"), (0.1, 0.7, "a")], "q": [(0, 0.3, "a"), (0.3, 0.7, "a")]}
        assert "one and the same category" in reason(measure(ask(clip_of(0.7, whole))))

    def test_when_clips_are_shorter_than_the_unit_of_time(self) -> None:
        question = ask(clip_of(0.4, {"p": [(0.1, 0.15, "a")], "q": [(0.1, 0.2, "a")]}))
        assert "less than the unit of time" in reason(u_alpha(question))
        assert u_alpha(question, unit=0.001).value is not None

    def test_where_units_coincide_nowhere(self) -> None:
        question = ask(clip_of(10, {"p": [(0, 2, "a")], "q": [(2, 4, "b")]}))
        assert "nowhere do two raters" in reason(cu_alpha(question))
        assert "nowhere do two raters" in reason(k_u_alpha(replace(question, code="a")))
        assert cu_alpha(question).components["coverage"] == 0.0
        assert k_u_alpha(question).components["coverage[b]"] == 0.0

    def test_where_only_one_code_coincides(self) -> None:
        question = ask(clip_of(10, {"p": [(0, 2, "a"), (5, 6, "b")], "q": [(1, 4, "a")]}))
        assert "only one code" in reason(cu_alpha(question))
        assert "only one code" in reason(k_u_alpha(replace(question, code="a")))
        assert "nobody else coded" in reason(k_u_alpha(replace(question, code="b")))
        assert "only one code" in reason(cu_alpha(replace(question, code="a")))

    def test_where_too_few_of_many_raters_coincide_to_tell_chance(self) -> None:
        question = ask(clip_of(10, {"p": [(0, 2, "a")], "q": [(0, 2, "b")], "r": [], "s": []}))
        assert "too few units" in reason(cu_alpha(question))
        assert "too few units" in reason(k_u_alpha(replace(question, code="a")))
        assert u_alpha(question).value is not None

    def test_of_a_code_where_too_few_of_all_codes_coincide(self) -> None:
        units = {"p": [(0, 1, "a"), (1, 10, "b")], "q": [(0, 10, "b")], "r": [], "s": []}
        assert "too few units" in reason(k_u_alpha(ask(clip_of(20, units), code="a")))

    def test_for_no_code_in_particular(self) -> None:
        question = ask(clip_of(10, {"p": [(0, 2, "a"), (5, 6, "b")], "q": [(1, 4, "a"), (5, 7, "b")]}))
        found = k_u_alpha(question)
        assert "about one code" in reason(found)
        assert found.components["k_u_alpha[a]"] == k_u_alpha(replace(question, code="a")).value

    @pytest.mark.parametrize("unit", [0.0, -1.0, float("nan"), float("inf")])
    def test_a_unit_of_time_must_be_a_length(self, unit: float) -> None:
        question = ask(clip_of(10, {"p": [(0, 2, "a")], "q": [(1, 4, "a")]}))
        for measure in (u_alpha, bar_u_alpha):
            with pytest.raises(InputProblem, match="unit of time"):
                measure(question, unit=unit)


class TestWhatCounts:
    def test_instants_are_left_out_and_counted(self) -> None:
        units = {"p": [(0, 2, "a"), (1, 1, "b")], "q": [(1, 4, "a"), (9, 9, "a")]}
        without = {"p": [(0, 2, "a")], "q": [(1, 4, "a")]}
        found = u_alpha(ask(clip_of(10, units)))
        assert found.value == u_alpha(ask(clip_of(10, without))).value
        assert (found.components["instants_excluded"], found.n_units, found.n_raters) == (2.0, 2, 2)
        assert u_alpha(ask(clip_of(10, units), code="a")).components["instants_excluded"] == 1.0

    def test_an_attribute_is_asked_about_as_a_tier(self) -> None:
        def seen(*rows: Unit) -> Timeline:
            return Timeline(10, [Observation("turn", "x", start, end, {"tone": code}) for start, end, code in rows])

        first, second = [(0, 2, "a"), (5, 6, "b")], [(1, 4, "a"), (5, 7, "b")]
        clip = RaterSet("clip", 10, {"p": seen(*first), "q": seen(*second)})
        found = u_alpha(Question((clip,), ("p", "q"), "tone")).value
        assert found == u_alpha(ask(clip_of(10, {"p": first, "q": second}))).value

    def test_what_ends_after_the_clip_by_rounding_ends_with_it(self) -> None:
        late = {"p": [(5, 10.0004, "a")], "q": [(5, 10, "a"), (10.0001, 10.0004, "b")]}
        found = u_alpha(ask(clip_of(10, late)))
        assert found.value == pytest.approx(1.0)
        assert found.components["seconds_watched"] == pytest.approx(20.0)

    def test_the_whole_family_of_a_large_project_of_chance_is_near_nought(self) -> None:
        chance = np.random.default_rng(1)

        def seen() -> list[Unit]:
            cuts = np.sort(chance.uniform(0, 600, (300, 2)).ravel()).reshape(-1, 2).tolist()
            codes = chance.choice(list("abcdefghij"), 300).tolist()
            return [(start, end, code) for (start, end), code in zip(cuts, codes, strict=True)]

        raters = [f"rater {at}" for at in range(20)]
        question = ask(*(clip_of(600, {rater: seen() for rater in raters}, str(at)) for at in range(20)))
        values = [measure(question).value for measure in MEASURES.values()]
        assert values[0] == pytest.approx(0, abs=0.01)
