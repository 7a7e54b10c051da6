"""Coefficients of units against the examples that their publications and reference programs print."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

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
from plugins.agreement.measures.units.distribution import Distribution
from plugins.agreement.measures.units.ratings import Ratings
from vib.statistic import Estimate

FILE = Path(__file__).parent / "oracles" / "oracles.json"
ORACLES: dict[str, dict[str, Any]] = {oracle["id"]: oracle for oracle in json.loads(FILE.read_text())["oracles"]}

Read = Callable[[Ratings], float | None]


def part(calculate: Callable[..., Estimate], name: str, *weights: Any) -> Read:
    return lambda said: calculate(said, *weights).components[name]


def value(calculate: Callable[..., Estimate], *weights: Any) -> Read:
    return lambda said: calculate(said, *weights).value


def error(calculate: Callable[..., Estimate], *weights: Any) -> Read:
    return lambda said: calculate(said, *weights).se


CHUNKS = [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]
"""Distances of Artstein & Poesio's three dialogue acts."""

OF_TWO: Mapping[str, Read] = {
    "po": value(percent_agreement),
    "pe": part(cohen_kappa, "expected"),
    "pe_kappa": part(cohen_kappa, "expected"),
    "pe_pi": part(scott_pi, "expected"),
    "kappa": value(cohen_kappa),
    "kappa_max": part(cohen_kappa, "kappa_max"),
    "ase": error(cohen_kappa),
    "kappa_ase": error(cohen_kappa),
    "kappa_se": error(cohen_kappa),
    "ase_null": part(cohen_kappa, "se_null"),
    "kappa_linear": value(weighted_kappa, "linear"),
    "kappa_quadratic": value(weighted_kappa, "quadratic"),
    "ase_linear": error(weighted_kappa, "linear"),
    "ase_quadratic": error(weighted_kappa, "quadratic"),
    "kappa_custom_distance": value(weighted_kappa, CHUNKS),
    "scott_pi": value(scott_pi),
    "bennett_s": value(bennett_s),
    "pabak": value(bennett_s),
    "gwet_ac1": value(gwet_ac1),
    "gwet_ac1_se": error(gwet_ac1),
    "gwet_ac2_quadratic": value(gwet_ac2, "quadratic"),
    "ac1": value(gwet_ac1),
    "ac1_pa": part(gwet_ac1, "observed"),
    "ac1_pe": part(gwet_ac1, "expected"),
    "ac2_quadratic": value(gwet_ac2, "quadratic"),
    "ac2_pa": part(gwet_ac2, "observed", "quadratic"),
    "ac2_pe": part(gwet_ac2, "expected", "quadratic"),
}

WITH_ERROR: Mapping[str, Callable[..., Estimate]] = {
    "kappa": cohen_kappa,
    "scott_pi": scott_pi,
    "gwet_ac1": gwet_ac1,
    "brennan_prediger": bennett_s,
    "percent": percent_agreement,
}

ELSEWHERE = {"alpha_nominal", "alpha_custom_distance"}
"""Expected values of Krippendorff's alpha, which has tests of its own."""

BY_HAND = {("cohen1960_p37", "ci95_normal"), ("agresti1992", "kappa_by_category")}
"""Expected values that are no single number: each has a test of its own."""

TABLES = (
    "cohen1960_p37",
    "fleiss1981_p222",
    "agresti1992",
    "artstein_poesio2008_ex1",
    "brennan_prediger1981_ex2",
    "zwick1988_ex2",
    "krippendorff2004_p246_4a",
    "artstein_poesio2008_ex2",
    "feinstein_cicchetti1990_a",
    "feinstein_cicchetti1990_c",
    "gwet2002_paradox",
    "gwet_fixture_01_paradox",
    "gwet_fixture_05_likert5",
)


def table(name: str) -> Ratings:
    return Ratings.of_table(ORACLES[name]["data"]["table"])


def near(number: float | Sequence[float], tolerance: float) -> Any:
    return pytest.approx(number, rel=0, abs=tolerance)


class TestPublishedTablesOfTwoRaters:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            (name, key)
            for name in TABLES
            for key in ORACLES[name]["expected"]
            if key not in ELSEWHERE and (name, key) not in BY_HAND
        ],
    )
    def test_every_number_that_is_printed_comes_out(self, name: str, key: str) -> None:
        oracle = ORACLES[name]
        assert OF_TWO[key](table(name)) == near(oracle["expected"][key], oracle["tolerance"])

    def test_cohen_1960_has_its_normal_interval(self) -> None:
        oracle = ORACLES["cohen1960_p37"]
        assert cohen_kappa(table("cohen1960_p37")).ci == near(oracle["expected"]["ci95_normal"], oracle["tolerance"])

    @pytest.mark.parametrize("calculate", [scott_pi, fleiss_kappa])
    def test_agresti_1992_has_a_kappa_for_each_category(self, calculate: Callable[..., Estimate]) -> None:
        """They are dkpro's, whose chance of a category is both raters' together: .247, not Cohen's .266."""
        oracle = ORACLES["agresti1992"]
        parts = calculate(table("agresti1992")).components
        for category, kappa in oracle["expected"]["kappa_by_category"].items():
            assert parts[f"kappa[{category}]"] == near(kappa, oracle["tolerance"])

    def test_agresti_1992_has_cohens_kappas_of_the_collapsed_tables(self) -> None:
        parts = cohen_kappa(table("agresti1992")).components
        for category, both, first, second in (
            ("1", 22, 26, 27),
            ("2", 7, 26, 12),
            ("3", 36, 38, 69),
            ("4", 10, 28, 10),
        ):
            collapsed = [[both, first - both], [second - both, 118 - first - second + both]]
            assert parts[f"kappa[{category}]"] == near(cohen_kappa(Ratings.of_table(collapsed)).value or 0, 1e-12)


class TestIrrcacTableOfTwoAbstractors:
    @pytest.mark.parametrize("key", sorted(set(ORACLES["irrcac_cont3x3abstractors"]["expected"]) - ELSEWHERE))
    def test_coefficient_and_standard_error_are_those_for_tables(self, key: str) -> None:
        oracle = ORACLES["irrcac_cont3x3abstractors"]
        found = WITH_ERROR[key](table("irrcac_cont3x3abstractors"))
        assert (found.value, found.se) == near(oracle["expected"][key], oracle["tolerance"])


class TestFleiss1971:
    ORACLE = ORACLES["fleiss1971"]
    SAID = Ratings.of(ORACLE["data"]["ratings_subject_by_rater"])
    READ: Mapping[str, Read] = {
        "po": value(percent_agreement),
        "pe_fleiss": part(fleiss_kappa, "expected"),
        "fleiss_kappa": value(fleiss_kappa),
        "z_irr": part(fleiss_kappa, "z"),
        "se_null_fleiss1979": part(fleiss_kappa, "se_null"),
        "conger_exact_kappa": value(conger_kappa),
        "light_kappa": value(light_kappa),
        "randolph_free": value(bennett_s),
    }
    PAIRS: Mapping[str, Callable[..., Estimate]] = {
        "gwet_ac1": gwet_ac1,
        "fleiss_kappa_gwet_se": fleiss_kappa,
        "conger_gwet_se": conger_kappa,
        "brennan_prediger": bennett_s,
    }
    ROUNDED: Mapping[str, float] = {"kappa_by_category_irr_3dp": 5e-4, "kappa_by_category_paper_1971": 4e-3}

    def test_no_expected_value_is_forgotten(self) -> None:
        known = {*self.READ, *self.PAIRS, *self.ROUNDED, "alpha_nominal", "alpha_gwet_se"}
        assert set(self.ORACLE["expected"]) == known

    @pytest.mark.parametrize("key", READ)
    def test_every_number_that_is_printed_comes_out(self, key: str) -> None:
        assert self.READ[key](self.SAID) == near(self.ORACLE["expected"][key], self.ORACLE["tolerance"])

    @pytest.mark.parametrize("key", PAIRS)
    def test_coefficient_and_standard_error_are_irrcacs(self, key: str) -> None:
        found = self.PAIRS[key](self.SAID)
        assert (found.value, found.se) == near(self.ORACLE["expected"][key], self.ORACLE["tolerance"])

    @pytest.mark.parametrize("key", ROUNDED)
    def test_each_category_has_its_kappa(self, key: str) -> None:
        parts = fleiss_kappa(self.SAID).components
        for category, kappa in self.ORACLE["expected"][key].items():
            assert parts[f"kappa[{category}]"] == near(kappa, self.ROUNDED[key])

    def test_each_category_has_the_z_that_irr_prints(self) -> None:
        parts = fleiss_kappa(self.SAID).components
        printed = {"1": 5.192, "2": 5.192, "3": 11.031, "4": 9.994, "5": 12.009}
        assert {category: parts[f"z[{category}]"] for category in printed} == pytest.approx(printed, abs=5e-4)

    def test_a_distribution_gives_the_same_kappa(self) -> None:
        found = fleiss_kappa(Distribution.of(self.SAID.counts))
        assert found.value == pytest.approx(fleiss_kappa(self.SAID).value)
        assert found.components["z"] == near(self.ORACLE["expected"]["z_irr"], self.ORACLE["tolerance"])


class TestWarrensAndRandolph:
    READ: Mapping[str, Read] = {
        "po": value(percent_agreement),
        "fleiss_kappa": value(fleiss_kappa),
        "hubert_kappa": value(conger_kappa),
        "randolph": value(bennett_s),
        "kappa_raters_1_2": lambda said: cohen_kappa(Ratings(said.places[:, :2], said.categories)).value,
    }

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            (name, key)
            for name in ("warrens2012_ex1", "warrens2012_ex2b", "randolph2005_ex2")
            for key in ORACLES[name]["expected"]
            if key not in ELSEWHERE
        ],
    )
    def test_every_number_that_is_printed_comes_out(self, name: str, key: str) -> None:
        oracle = ORACLES[name]
        rows = [row for times, row in oracle["data"]["items_with_multiplicity"] for _ in range(times)]
        assert self.READ[key](Ratings.of(rows)) == near(oracle["expected"][key], oracle["tolerance"])


class TestIrrcacVignetteWithMissingRatings:
    ORACLE = ORACLES["irrcac_raw4raters"]
    SAID = Ratings.of(ORACLE["data"]["units_by_rater"])
    COEFFICIENTS: Mapping[str, Callable[..., Estimate]] = {
        "ac": gwet_ac2,
        "fleiss": fleiss_kappa,
        "conger": conger_kappa,
        "bp": bennett_s,
        "percent": percent_agreement,
    }

    @pytest.mark.parametrize(
        ("weights", "key"),
        [(weights, key) for weights, expected in ORACLE["expected"].items() for key in expected if key != "alpha"],
    )
    def test_coefficient_and_standard_error_of_every_weighting(self, weights: str, key: str) -> None:
        found = self.COEFFICIENTS[key](self.SAID, "identity" if weights == "unweighted" else weights)
        assert (found.value, found.se) == near(self.ORACLE["expected"][weights][key], self.ORACLE["tolerance"])

    def test_the_interval_of_ac1_is_cut_off_at_1(self) -> None:
        found = gwet_ac1(self.SAID)
        assert found.ci == near((0.461, 1.0), 5e-4)

    def test_weighted_kappa_of_four_raters_is_congers_and_says_so(self) -> None:
        found = weighted_kappa(self.SAID, "quadratic")
        assert found.value == near(self.ORACLE["expected"]["quadratic"]["conger"][0], self.ORACLE["tolerance"])
        assert found.variant.startswith("Conger's")


class TestIrrcacDistributionOfSixRaters:
    ORACLE = ORACLES["irrcac_distrib6raters"]

    @pytest.mark.parametrize("key", ["gwet_ac1", "fleiss", "bp"])
    def test_coefficient_and_standard_error_need_no_names(self, key: str) -> None:
        said = Distribution.of(self.ORACLE["data"]["counts_subject_by_category"])
        found = {"gwet_ac1": gwet_ac1, "fleiss": fleiss_kappa, "bp": bennett_s}[key](said)
        assert (found.value, found.se) == near(self.ORACLE["expected"][key], self.ORACLE["tolerance"])
        assert found.n_raters == 6


class TestKrippendorff2011WithMissingRatings:
    def test_conger_keeps_the_unit_with_one_rating_for_chance(self) -> None:
        oracle = ORACLES["krippendorff2011_C"]
        said = Ratings.of(list(zip(*oracle["data"]["coders_by_unit"], strict=True)))
        found = conger_kappa(said)
        assert found.value == near(oracle["expected"]["conger_kappa_missing"], oracle["tolerance"])
        assert (found.n_units, found.components["units_rated_once"]) == (11, 1.0)


class TestIrrAnxiety:
    @pytest.mark.parametrize("key", ORACLES["irr_anxiety"]["expected"]["kappa2_raters12"])
    def test_kappa_and_z_of_two_raters(self, key: str) -> None:
        oracle = ORACLES["irr_anxiety"]
        said = Ratings.of([row[:2] for row in oracle["data"]["targets_by_judge"]])
        found = weighted_kappa(said, "identity" if key == "unweighted" else key)
        expected = oracle["expected"]["kappa2_raters12"][key]
        assert (found.value, found.components["z"]) == near(expected, oracle["tolerance"])


class TestKrippendorff1995InUnitsOfASecond:
    ORACLE = ORACLES["krippendorff1995_time_units"]

    @staticmethod
    def said(name: str) -> Ratings:
        data = TestKrippendorff1995InUnitsOfASecond.ORACLE["data"]
        pair = next(pair for key, pair in data["pairs"].items() if key.startswith(name))
        rows = [
            [any(start <= second < end for start, end in pair[rater]) for rater in ("r1", "r2")]
            for second in range(data["length"])
        ]
        return Ratings.of([["on" if here else "off" for here in row] for row in rows], ("off", "on"))

    @pytest.mark.parametrize("name", ["A", "B", "C"])
    def test_kappa_and_pi_of_each_pair(self, name: str) -> None:
        expected, tolerance = self.ORACLE["expected"][name], self.ORACLE["tolerance"]
        for key in ("po", "kappa", "scott_pi"):
            assert OF_TWO[key](self.said(name)) == near(expected[key], tolerance)

    def test_one_category_in_use_is_no_kappa_of_0_or_1(self) -> None:
        found = cohen_kappa(self.said("D"))
        assert found.value is None
        assert found.components["observed"] == 1.0


class TestCohen1968:
    SAID = Ratings.of_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])

    @pytest.mark.parametrize(
        ("distances", "printed"),
        [
            ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], 0.492),
            ([[0, 1, 3], [1, 0, 6], [3, 6, 0]], 0.348),
            ([[0, 1, 4], [1, 0, 6], [2, 2, 0]], 0.353),
        ],
    )
    def test_weighted_kappa_also_of_distances_that_depend_on_the_rater(
        self, distances: Sequence[Sequence[float]], printed: float
    ) -> None:
        assert weighted_kappa(self.SAID, distances).value == near(printed, 5e-4)


class TestFleissCohenEveritt1969:
    SAID = Ratings.of_table([[106, 10, 4], [22, 28, 10], [2, 12, 6]])
    WEIGHTS = ((1, 0, 0.4444), (0, 1, 0.6667), (0.4444, 0.6667, 1))

    def test_kappa_and_its_two_variances(self) -> None:
        found = cohen_kappa(self.SAID)
        assert found.se is not None
        assert found.value == near(0.429, 5e-4)
        assert (found.se**2, found.components["se_null"] ** 2) == near((0.002885, 0.003082), 5e-7)

    def test_weighted_kappa_and_its_two_variances(self) -> None:
        found = weighted_kappa(self.SAID, self.WEIGHTS)
        assert found.se is not None
        assert found.value == near(0.507, 5e-4)
        assert (found.se**2, found.components["se_null"] ** 2) == near((0.003248, 0.004269), 5e-7)


class TestFleissAndCuzick1979:
    """The 25 subjects of Fleiss, Levin & Paik (2003), ch. 18, with 2 to 5 raters; Stata prints .5415 and 5.28."""

    RATED = (2, 2, 3, 4, 3, 4, 3, 5, 2, 4, 5, 3, 4, 4, 2, 2, 3, 2, 4, 5, 3, 4, 3, 3, 2)
    POSITIVE = (2, 0, 2, 3, 3, 1, 0, 0, 0, 4, 5, 3, 4, 3, 0, 2, 1, 1, 1, 4, 2, 0, 0, 3, 2)
    SAID = Distribution.of([[yes, of - yes] for yes, of in zip(POSITIVE, RATED, strict=True)])

    def test_kappa_and_z_of_unequal_numbers_of_raters_are_components(self) -> None:
        parts = fleiss_kappa(self.SAID).components
        assert parts["kappa_fleiss_cuzick"] == near(0.5415, 5e-5)
        assert parts["z_fleiss_cuzick"] == near(5.28, 5e-3)

    def test_with_equal_numbers_it_would_be_fleiss_kappa_and_is_left_out(self) -> None:
        parts = fleiss_kappa(TestFleiss1971.SAID).components
        assert "kappa_fleiss_cuzick" not in parts


class TestByrtBishopCarlin1993:
    @pytest.mark.parametrize("name", ["feinstein_cicchetti1990_a", "feinstein_cicchetti1990_c", "gwet2002_paradox"])
    def test_kappa_follows_from_pabak_prevalence_and_bias(self, name: str) -> None:
        found = cohen_kappa(table(name))
        pabak = bennett_s(table(name)).value
        assert pabak is not None
        prevalence, bias = found.components["prevalence_index"], found.components["bias_index"]
        assert prevalence > 0
        assert found.value == pytest.approx((pabak - prevalence**2 + bias**2) / (1 - prevalence**2 + bias**2))
