"""Files on which software for agreement went wrong, as `vib agreement` takes them, with the right answer to each."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import Report, compare
from plugins.agreement.measures.catalogue import STATISTICS
from plugins.agreement.reading.files import read_clips
from vib.problem import InputProblem
from vib.statistic import Estimate

CASES = Path(__file__).parent / "cases"


def report(name: str, *measures: str, **chosen: object) -> Report:
    choice = Choice(measures=measures, bootstrap=200, **chosen)  # type: ignore[arg-type]  # what a case needs
    return compare(read_clips(CASES / name), STATISTICS, choice)


def estimate(name: str, measure: str, **chosen: object) -> Estimate:
    """Return a figure of the whole tier or rating, or of the code that was asked about."""
    found = [r.estimate for r in report(name, measure, **chosen).results if r.measure == measure]
    return found[0]


def because(found: Estimate) -> str:
    assert found.undefined_because is not None
    return found.undefined_because.en


@pytest.mark.parametrize("measure", ["cohen_kappa", "scott_pi", "weighted_kappa", "krippendorff_alpha"])
def test_units_are_counted_where_all_are_alike(measure: str) -> None:
    chosen = {"weights": "identity"} if measure == "weighted_kappa" else {}
    found = estimate("01_one_category.json", measure, **chosen)
    assert found.value is None
    assert found.n_units == 5


@pytest.mark.parametrize("tolerance", [2.0, 1.3])
def test_instants_link_within_the_seconds_that_were_given(tolerance: float) -> None:
    assert estimate("07_boris228_points.json", "percent_linked", tolerance=tolerance).value == 1.0
    assert estimate("07_boris228_points.json", "percent_linked").value == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("name", "twice"), [("09_duplicate_rater_key.json", "anna"), ("10b_duplicate_rating.json", "x")]
)
def test_a_name_that_stands_twice_is_refused_with_both_places(name: str, twice: str) -> None:
    with pytest.raises(InputProblem, match=rf'"{twice}" stands in one block twice: first on line 1, sign \d+, and at'):
        read_clips(CASES / name)


@pytest.mark.parametrize(
    ("name", "measure"), [("17d_bool.json", "within_tolerance"), ("12b_text_NA.csv", "percent_agreement")]
)
def test_the_interval_of_a_share_lies_where_a_share_can(name: str, measure: str) -> None:
    found = estimate(name, measure)
    assert found.ci is not None
    assert 0 <= found.ci[0] <= (found.value or 0) <= found.ci[1] <= 1


@pytest.mark.parametrize(("name", "code"), [("18_unicode_nfc_nfd.json", "café"), ("18c_trailing_space.json", "X")])
def test_codes_that_look_the_same_are_one_which_is_said_once(name: str, code: str) -> None:
    found = report(name, "event_percent")
    assert {r.code for r in found.results} == {None, code}
    assert [said.en for said in found.noticed] == [
        f"read without white space around it and with each letter written one way: {code}"
    ]


def test_words_have_the_order_that_is_given_and_none_without() -> None:
    order = ("laag", "midden", "hoog")
    found = estimate("24_words_ordinal.csv", "weighted_kappa", order=order)
    assert found.value == pytest.approx(0.25)
    assert "have no order" in because(estimate("24_words_ordinal.csv", "weighted_kappa"))


def test_complete_agreement_in_twelve_clips_has_an_interval_and_a_probability() -> None:
    found = [r for r in report("28_perfect_12_clips.json", "event_percent", pass_mark=0.7).results if r.code is None]
    (whole,) = [r for r in found if r.measure == "event_percent"]
    assert whole.estimate.value == 1.0
    assert whole.estimate.ci is not None
    assert 0.7 < whole.estimate.ci[0] < whole.estimate.ci[1] == 1.0
    assert whole.reaches is not None
    assert whole.reaches > 0.95


@pytest.mark.parametrize(("name", "share"), [("a", 0.99), ("b", 0.99), ("c", 1.0), ("d", 1.0)])
def test_a_tolerance_leaves_a_code_what_it_is_whatever_else_is_coded(name: str, share: float) -> None:
    found = estimate(f"30_tolerance_code_{name}.json", "time_unit_percent", code="A", tolerance=0.3)
    assert found.value == pytest.approx(share)


def test_two_raters_without_a_common_clip_say_so_and_leave_the_others_their_figures() -> None:
    found = report("31_reference_no_common_clip.json", reference="ref").results
    by_pair = {r.raters: r.estimate for r in found if r.measure == "event_precision" and r.code is None}
    assert by_pair["a", "ref"].value == 1.0
    assert "no clip that both" in because(by_pair["b", "ref"])


@pytest.mark.parametrize("measure", ["icc_a_1", "within_tolerance"])
def test_ratings_that_no_scale_has_are_refused_with_the_reason(measure: str) -> None:
    assert "too large to calculate with" in because(estimate("32_huge_ratings.json", measure))


def test_an_overlap_of_a_millisecond_is_cut_and_counted() -> None:
    found = estimate("33b_overlap_1ms.json", "u_alpha")
    assert found.value == 1.0
    assert found.components["overlaps_cut"] == 1
