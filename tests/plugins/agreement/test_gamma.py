"""Gamma against published examples, against the programs of others, and where it has no value."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from plugins.agreement.measures.gamma.alignment import best_alignment
from plugins.agreement.measures.gamma.continuum import Continuum
from plugins.agreement.measures.gamma.dissimilarity import Dissimilarity
from plugins.agreement.measures.gamma.measure import gamma, gamma_cat
from tests.conftest import ROOT
from vib.language import Text
from vib.observation import RaterSet
from vib.problem import InputProblem
from vib.statistic import Estimate, Question

Rows = Sequence[tuple[float, float, str]]
Coded = Callable[..., RaterSet]

ORACLES = Path(__file__).parent / "oracles"
FIXTURES = json.loads((ORACLES / "gamma-fixtures.json").read_text())
FIXTURE = FIXTURES[0]
SAMPLED = [fixture for fixture in FIXTURES if "chance_samples" in fixture]
ENTRIES = {entry["id"]: entry for entry in json.loads((ORACLES / "oracles.json").read_text())["oracles"]}
ENTRY = ENTRIES["gamma_alexpaulsuzan"]
RANGES = ENTRY["expected"]["published_test_ranges_alpha3_beta1"]
TOLERANCE = ENTRY["tolerance"]

MANY = 400
"""Chance samples, where a figure is compared with that of a program that drew others."""


Fixture = Mapping[str, Any]


def named(fixture: Fixture) -> str:
    return f"{fixture['name']}, alpha {fixture['alpha']}, beta {fixture['beta']}"


def disorder(units: Mapping[str, Rows], alpha: float, beta: float) -> float:
    codes = sorted({code for rows in units.values() for _, _, code in rows})
    return best_alignment(Continuum.of(list(units.values()), codes), Dissimilarity(alpha, beta)).disorder


def ask(coded: Coded, units: Mapping[str, Rows], *, duration: float = 60, **asked: Any) -> Question:
    return Question((coded(duration, units),), tuple(units), "turn", **asked)


def reason(answer: Estimate) -> Text:
    assert answer.value is None
    assert answer.undefined_because is not None
    assert answer.undefined_because.nl != answer.undefined_because.en
    return answer.undefined_because


class TestMathet2015:
    """The continuum of Alex, Paul and Suzan, with figures of pygamma-agreement 0.5.9 and of a program apart."""

    @pytest.mark.parametrize(
        ("name", "expected"), sorted(ENTRY["expected"]["best_alignment_disorder"].items()), ids=lambda name: str(name)
    )
    def test_the_best_alignment_has_the_published_disorder(self, coded: Coded, name: str, expected: float) -> None:
        alpha, beta = (float(part.strip("alphbet")) for part in name.split("_"))
        assert disorder(FIXTURE["units"], alpha, beta) == pytest.approx(expected, abs=TOLERANCE)
        answer = gamma(ask(coded, FIXTURE["units"]), alpha=alpha, beta=beta, samples=2)
        assert answer.components["observed_disorder"] == pytest.approx(expected, abs=TOLERANCE)

    @pytest.mark.parametrize("fixture", FIXTURES, ids=named)
    def test_continua_have_the_best_alignment_that_others_found(self, coded: Coded, fixture: Fixture) -> None:
        found = disorder(fixture["units"], fixture["alpha"], fixture["beta"])
        assert found == pytest.approx(fixture["best_alignment_disorder_independent_milp"], abs=1e-9)
        assert found == pytest.approx(fixture["best_alignment_disorder_pygamma"], abs=1e-6)
        weights = {name: fixture[name] for name in ("alpha", "beta", "delta_empty")}
        answer = gamma(ask(coded, fixture["units"], duration=70), samples=2, **weights)
        assert answer.components["observed_disorder"] == pytest.approx(found, abs=1e-12)
        # Of equal alignments, we take one with the fewest parts.
        fewest = min(fixture["n_unitary_pygamma"], fixture["n_unitary_independent"])
        assert answer.components["unitary_alignments"] == fewest

    @pytest.mark.parametrize("fixture", SAMPLED, ids=named)
    def test_chance_samples_have_the_disorders_and_gamma_that_others_found(self, fixture: Fixture) -> None:
        found = [disorder(sample, fixture["alpha"], fixture["beta"]) for sample in fixture["chance_samples"]]
        assert found == pytest.approx(fixture["chance_disorders_independent"], abs=1e-9)
        assert found == pytest.approx(fixture["chance_disorders_pygamma"], abs=1e-6)
        assert np.mean(found) == pytest.approx(fixture["expected_disorder"], abs=1e-6)
        observed = disorder(fixture["units"], fixture["alpha"], fixture["beta"])
        assert 1 - observed / np.mean(found) == pytest.approx(fixture["gamma"], abs=1e-6)

    def test_shifted_samples_put_every_figure_in_its_published_range(self, coded: Coded) -> None:
        answer = gamma(ask(coded, FIXTURE["units"]), samples=MANY)
        assert answer.value is not None
        assert RANGES["disorder"][0] <= answer.components["observed_disorder"] <= RANGES["disorder"][1]
        assert RANGES["gamma_shuffle_sampler"][0] <= answer.value <= RANGES["gamma_shuffle_sampler"][1]
        assert RANGES["gamma_cat"][0] <= answer.components["gamma_cat_with_unaligned"] <= RANGES["gamma_cat"][1]
        for code, expected in RANGES["gamma_k"].items():
            found = answer.components[f"gamma_k_with_unaligned[{code}]"]
            if expected == "<=0":
                assert found <= 1e-12
            else:
                assert found == pytest.approx(expected, abs=0.01)

    @pytest.mark.parametrize("spacing", [0.5, 1.0])
    @pytest.mark.parametrize("extent", ["coded", "clip"])
    def test_no_reading_of_the_sampler_leaves_the_range(self, coded: Coded, spacing: float, extent: Any) -> None:
        answer = gamma(ask(coded, FIXTURE["units"]), samples=MANY, spacing=spacing, extent=extent)
        assert answer.value is not None
        assert RANGES["gamma_shuffle_sampler"][0] <= answer.value <= RANGES["gamma_shuffle_sampler"][1]

    def test_half_of_the_samples_of_a_wished_precision_do_not_reach_it(self, coded: Coded) -> None:
        question = ask(coded, FIXTURE["units"])
        first = gamma(question).components
        again = gamma(question, precision=first["precision"] / 2).components
        assert first["samples"] == 30
        assert again["samples"] == 120
        assert again["precision"] == pytest.approx(first["precision"] / 2, rel=0.3)
        assert gamma(question, precision=0.9).components["samples"] == 30


class TestMathet2017:
    """Gamma-cat and gamma-k, where units that belong with none do not count."""

    def test_units_given_beforehand_have_the_disagreement_of_krippendorff_2011(self, coded: Coded) -> None:
        entry = ENTRIES["krippendorff2011_C"]
        rows = entry["data"]["coders_by_unit"]
        units = {
            f"r{rater}": [(10.0 * n, 10.0 * n + 5, str(said)) for n, said in enumerate(row) if said is not None]
            for rater, row in enumerate(rows)
        }
        answer = gamma_cat(ask(coded, units, duration=200))
        assert answer.components["observed_disorder"] == pytest.approx(entry["expected"]["Do_nominal"], abs=1e-12)

    def test_figures_are_those_of_pygamma_before_it_counted_units_that_belong_with_none(self, coded: Coded) -> None:
        question = ask(coded, FIXTURE["units"])
        shifted = gamma(question, samples=MANY)
        assert 0.67 <= shifted.components["gamma_cat"] <= 0.70
        assert [shifted.components[f"gamma_k[{code}]"] for code in "156"] == [1.0, 1.0, 1.0]
        assert all(shifted.components[f"gamma_k[{code}]"] <= 1e-12 for code in "234")
        invented = gamma(question, samples=MANY, chance="invented")
        assert invented.value is not None
        assert 0.41 <= invented.value <= 0.44
        assert 0.61 <= invented.components["gamma_cat"] <= 0.64

    def test_a_code_of_units_that_belong_with_none_is_undefined(self, coded: Coded) -> None:
        question = ask(coded, FIXTURE["units"], code="7")
        assert "belong together" in reason(gamma_cat(question)).en
        assert "gamma_k[7]" not in gamma(ask(coded, FIXTURE["units"])).components

    def test_the_component_and_the_function_agree(self, coded: Coded) -> None:
        components = gamma(ask(coded, FIXTURE["units"])).components
        assert gamma_cat(ask(coded, FIXTURE["units"])).value == components["gamma_cat"]
        for code in "123456":
            answer = gamma_cat(ask(coded, FIXTURE["units"], code=code))
            assert answer.value == components[f"gamma_k[{code}]"]
            assert answer.components["with_unaligned"] == components[f"gamma_k_with_unaligned[{code}]"]

    def test_a_pair_weighs_less_the_further_it_is_apart_in_time(self, coded: Coded) -> None:
        units = {"r1": [(0, 4, "a"), (20, 24, "a")], "r2": [(1, 5, "b"), (20, 24, "a")]}
        near = 1 - 3 * (2 / 8) ** 2
        answer = gamma_cat(ask(coded, units))
        assert answer.components["observed_disorder"] == pytest.approx(near / (near + 1))

    def test_a_unit_weighs_as_much_however_many_it_is_paired_with(self, coded: Coded) -> None:
        units: dict[str, Rows] = {
            "r1": [(0, 4, "a"), (20, 24, "b")],
            "r2": [(0, 4, "a"), (20, 24, "c")],
            "r3": [(0, 4, "b")],
        }
        answer = gamma_cat(ask(coded, units))
        assert answer.components["observed_disorder"] == pytest.approx((2 * 1 / 2 + 1) / (3 * 1 / 2 + 1))
        of_b = gamma_cat(ask(coded, units, code="b"))
        assert of_b.components["observed_disorder"] == 1.0
        of_a = gamma_cat(ask(coded, units, code="a"))
        assert of_a.components["observed_disorder"] == pytest.approx(2 / 3)

    def test_one_code_only_is_undefined(self, coded: Coded) -> None:
        units = {"r1": [(0, 4, "a"), (20, 24, "a")], "r2": [(1, 5, "a"), (30, 34, "a")]}
        assert "chance" in reason(gamma_cat(ask(coded, units))).en
        assert gamma(ask(coded, units)).value is not None
        assert "nobody coded" in reason(gamma_cat(ask(coded, units, code="b"))).en


class TestByHand:
    """Small continua whose best alignment can be seen."""

    def test_two_raters_pair_units_of_the_least_sum(self) -> None:
        units = {"r1": [(0, 4, "a"), (10, 14, "a")], "r2": [(1, 5, "a"), (11, 15, "b")]}
        near = 3 * (2 / 8) ** 2
        assert disorder(units, 3, 1) == pytest.approx((near + near + 1) / 2)

    def test_a_pair_as_far_apart_as_nothing_and_nothing_is_one_alignment(self) -> None:
        both = Continuum.of([[(0, 4, "a")], [(2, 6, "b")]], "ab")
        best = best_alignment(both, Dissimilarity(4, 1))
        assert (best.total, best.n_unitary) == (2.0, 1)
        assert best_alignment(both, Dissimilarity(4.001, 1)).n_unitary == 2

    @pytest.mark.parametrize("order", ["abc", "acb", "cab"])
    def test_units_far_apart_may_belong_together_through_a_third(self, order: str) -> None:
        units = {"a": [(0, 1, "x")], "b": [(3, 4, "x")], "c": [(0, 4, "x")]}
        apart, near = 0.47 * 9, 0.47 * (3 / 5) ** 2
        assert disorder({rater: units[rater] for rater in order}, 0.47, 1) == pytest.approx((apart + 2 * near) / 3)

    def test_a_rater_without_units_leaves_those_of_others_alone(self, coded: Coded) -> None:
        units: dict[str, Rows] = {"r1": [(0, 4, "a"), (10, 14, "b")], "r2": []}
        assert disorder(units, 3, 1) == 2.0
        answer = gamma(ask(coded, units))
        assert answer.value is not None
        assert answer.value <= 0

    def test_distances_of_codes_count_instead_of_one(self, coded: Coded) -> None:
        units: dict[str, Rows] = {"r1": [(0, 4, "a"), (10, 14, "b")], "r2": [(0, 4, "b"), (10, 14, "c")]}
        plain = gamma(ask(coded, units), samples=2)
        near = gamma(ask(coded, units), samples=2, distances={("a", "b"): 0.25, ("c", "b"): 0.5})
        assert plain.components["observed_disorder"] == 1.0
        assert near.components["observed_disorder"] == pytest.approx(0.375)
        assert "own distances" in near.variant

    def test_instants_belong_together_within_the_length_they_are_given(self, coded: Coded) -> None:
        units: dict[str, Rows] = {"r1": [(10, 10, "a"), (30, 30, "b")], "r2": [(10.5, 10.5, "a"), (30, 30, "b")]}
        answer = gamma(ask(coded, units))
        assert answer.components["observed_disorder"] == pytest.approx(3 * 0.5**2 / 2)
        assert answer.components["instants"] == 4
        assert gamma(ask(coded, units), instant=2.0).components["observed_disorder"] == pytest.approx(3 * 0.25**2 / 2)

    def test_instants_that_do_not_last_belong_together_at_the_same_moment_only(self, coded: Coded) -> None:
        units: dict[str, Rows] = {"r1": [(10, 10, "a"), (30, 30, "b")], "r2": [(10.5, 10.5, "a"), (30, 30, "b")]}
        answer = gamma(ask(coded, units), instant=0.0)
        assert answer.components["observed_disorder"] == 1.0
        assert answer.components["expected_disorder"] == 2.0
        alike = gamma(ask(coded, {"r1": [(10, 10, "a")], "r2": [(10, 10, "a")]}), instant=0.0)
        assert alike.value == 1.0

    def test_a_code_leaves_all_other_units_out(self, coded: Coded) -> None:
        units = {"r1": [(0, 4, "a"), (10, 14, "b")], "r2": [(0, 4, "a"), (11, 14, "c"), (30, 33, "a")]}
        only = {"r1": [(0, 4, "a")], "r2": [(0, 4, "a"), (30, 33, "a")]}
        asked = gamma(ask(coded, units, code="a"))
        assert asked == gamma(ask(coded, only))
        assert asked.n_units == 3

    def test_clips_weigh_by_their_units(self, coded: Coded) -> None:
        one = {"r1": [(0, 4, "a"), (10, 14, "a")], "r2": [(0, 4, "a"), (10, 14, "a")]}
        two = {"r1": [(0, 4, "a")], "r2": [(0, 4, "b")]}
        clips = (coded(60, one, clip="one"), coded(60, two, clip="two"), coded(60, {"r1": [], "r2": []}, clip="none"))
        answer = gamma(Question(clips, ("r1", "r2"), "turn"))
        assert answer.components["observed_disorder"] == pytest.approx((2 * 0 + 1 * 1) / 3)
        assert answer.components["clips"] == 2
        assert answer.n_units == 6

    def test_a_clip_that_one_rater_did_not_code_is_left_out(self, coded: Coded) -> None:
        one = {"r1": [(0, 4, "a"), (10, 14, "a")], "r2": [(0, 4, "a"), (20, 24, "a")]}
        both, missing = coded(60, one, clip="one"), coded(60, {"r1": [(0, 4, "a")]}, clip="two")
        assert gamma(Question((both, missing), ("r1", "r2"), "turn")) == gamma(Question((both,), ("r1", "r2"), "turn"))


class TestUncertainty:
    """What the interval covers: other chance samples, and nothing else."""

    UNITS: ClassVar[dict[str, Rows]] = {
        "r1": [(0, 4, "a"), (8, 14, "b"), (20, 26, "a")],
        "r2": [(1, 5, "a"), (8, 12, "a"), (31, 36, "b")],
    }

    def test_it_holds_the_figure_of_very_many_samples_as_often_as_it_says(self, coded: Coded) -> None:
        true = gamma(ask(coded, self.UNITS), samples=5000).value
        assert true is not None
        held = 0
        for seed in range(100):
            interval = gamma(ask(coded, self.UNITS, seed=seed + 1), samples=10).ci
            assert interval is not None
            held += interval[0] <= true <= interval[1]
        assert 88 <= held <= 100

    def test_it_is_narrower_with_more_samples(self, coded: Coded) -> None:
        few, many = (gamma(ask(coded, self.UNITS), samples=samples) for samples in (20, 2000))
        assert few.se is not None
        assert many.se is not None
        assert many.se == pytest.approx(few.se / 10, rel=0.5)
        assert many.ci_method is not None
        assert "chance samples" in many.ci_method

    def test_complete_agreement_has_none(self, coded: Coded) -> None:
        answer = gamma(ask(coded, {"r1": self.UNITS["r1"], "r2": self.UNITS["r1"]}))
        assert answer.value == 1.0
        assert (answer.se, answer.ci, answer.ci_method) == (None, None, None)


class TestUndefined:
    """There is a reason in place of a value."""

    UNITS: ClassVar[dict[str, Rows]] = {"r1": [(0, 4, "a"), (8, 14, "b")], "r2": [(1, 5, "a"), (8, 12, "a")]}

    def test_one_rater(self, coded: Coded) -> None:
        assert "two or more" in reason(gamma(Question((coded(60, self.UNITS),), ("r1",), "turn"))).en
        assert "two or more" in reason(gamma(Question((coded(60, self.UNITS),), ("r1", "r1"), "turn"))).en

    def test_no_clip_in_common(self, coded: Coded) -> None:
        apart = (coded(60, {"r1": self.UNITS["r1"]}, clip="one"), coded(60, {"r2": self.UNITS["r2"]}, clip="two"))
        assert "all these raters" in reason(gamma(Question(apart, ("r1", "r2"), "turn"))).en
        assert "all these raters" in reason(gamma(Question((), ("r1", "r2"), "turn"))).en

    def test_nothing_coded(self, coded: Coded) -> None:
        assert "nobody" in reason(gamma(ask(coded, {"r1": [], "r2": []}))).en
        assert "nobody" in reason(gamma(ask(coded, self.UNITS, code="z"))).en

    def test_one_unit(self, coded: Coded) -> None:
        assert "only one" in reason(gamma(ask(coded, {"r1": [(0, 4, "a")], "r2": []}))).en

    def test_nothing_that_chance_could_change(self, coded: Coded) -> None:
        units = {"r1": [(0, 4, "a"), (8, 14, "a")], "r2": [(1, 5, "a"), (8, 12, "a")]}
        assert "by chance" in reason(gamma(ask(coded, units), alpha=0.0)).en

    @pytest.mark.parametrize("raters", [2, 3])
    def test_too_many_candidates(self, coded: Coded, raters: int) -> None:
        units = {f"r{rater}": [(n, n + 30, "a") for n in range(20)] for rater in range(raters)}
        assert "more than 100 ways" in reason(gamma(ask(coded, units), most=100)).en
        assert gamma(ask(coded, units), samples=2).value is not None

    @pytest.mark.parametrize("raters", [2, 3])
    def test_too_much_work(self, coded: Coded, raters: int) -> None:
        units = {f"r{rater}": [(n, n + 30 + rater, "ab"[n % 2]) for n in range(8)] for rater in range(raters)}
        enough = self.fewest_steps(ask(coded, units))
        assert gamma(ask(coded, units), samples=2, steps=enough).value is not None
        answer = reason(gamma(ask(coded, units), samples=2, steps=enough - 1))
        assert f"more than the {enough - 1:,} steps" in answer.en
        assert f"meer stappen vragen dan de {enough - 1:,}".replace(",", ".") in answer.nl

    def fewest_steps(self, question: Question) -> int:
        """Find how many steps a figure takes, by halving."""
        low, high = 1, 2**24
        while low < high:
            middle = (low + high) // 2
            answer = gamma(question, samples=2, steps=middle)
            low, high = (low, middle) if answer.value is not None else (middle + 1, high)
        return low

    @pytest.mark.parametrize(
        "wrong",
        [
            {"alpha": -1.0},
            {"beta": float("nan")},
            {"delta_empty": 0.0},
            {"samples": 1},
            {"precision": 0.0},
            {"precision": 1.0},
            {"spacing": -0.1},
            {"instant": float("inf")},
            {"distances": {("a", "b"): 1.5}},
            {"distances": {("a", "b"): 0.5, ("b", "a"): 0.4}},
            {"distances": {("a", "a"): 0.5}},
        ],
        ids=str,
    )
    def test_settings_that_cannot_be_are_refused(self, coded: Coded, wrong: Any) -> None:
        with pytest.raises(InputProblem):
            gamma(ask(coded, self.UNITS), **wrong)


def test_importing_it_does_not_load_scipy() -> None:
    code = "import sys, plugins.agreement.measures.gamma.measure; sys.exit('scipy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
