"""From clips to every figure, and the list of what differs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.disagreements import disagreements
from plugins.agreement.comparing.report import Report, compare
from plugins.agreement.plugin import vib_statistics
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.statistic import Estimate

Coded = Callable[..., RaterSet]

USUAL = {"time_unit_percent", "time_unit_kappa", "event_percent", "percent_linked", "event_kappa"}
"""What is in a report on tiers for which no measures were named."""


def only(report: Report, measure: str, tier: str | None = "turn", code: str | None = None) -> Estimate:
    found = [r.estimate for r in report.results if (r.clip, r.measure, r.tier, r.code) == (None, measure, tier, code)]
    assert len(found) == 1
    return found[0]


def test_several_codes_at_once_are_one_category(coded: Coded) -> None:
    clip = coded(10, {"anna": [(0, 6, "k"), (4, 8, "v")], "bram": [(0, 4, "k"), (4, 8, "v")]})
    report = compare([clip], vib_statistics())
    # 0-4 k/k, 4-6 kv/v, 6-8 v/v, 8-10 nothing.
    assert only(report, "time_unit_percent").value == pytest.approx(0.8)
    expected = Fraction(4 * 4 + 2 * 4 + 2 * 2, 100)
    exact = (Fraction(8, 10) - expected) / (1 - expected)
    kappa = only(report, "time_unit_kappa")
    assert kappa.value == pytest.approx(float(exact))
    assert kappa.n_units == 4
    assert kappa.components["expected"] == pytest.approx(float(expected))
    assert only(report, "time_unit_percent", code="k").value == pytest.approx(0.8)
    assert only(report, "time_unit_percent", code="v").value == 1.0


def test_clips_are_pooled_by_duration(coded: Coded) -> None:
    short = coded(10, {"anna": [(0, 10, "k")], "bram": []}, clip="short")
    long = coded(90, {"anna": [(0, 45, "k")], "bram": [(0, 45, "k")]}, clip="long")
    report = compare([short, long], vib_statistics(), Choice(per_clip=True))
    assert only(report, "time_unit_percent").value == pytest.approx(0.9)
    apart = {r.clip: r.estimate.value for r in report.results if r.clip and r.measure == "time_unit_percent"}
    assert apart == {"short": 0.0, "long": 1.0}


def test_who_saw_nothing_coded_and_who_is_not_listed_did_not(coded: Coded) -> None:
    nothing = coded(10, {"anna": [(0, 5, "k")], "bram": []}, clip="nothing")
    absent = coded(10, {"anna": [(0, 5, "k")]}, clip="absent")
    both = coded(10, {"anna": [(0, 5, "k")], "bram": [(0, 5, "k")]}, clip="both")
    report = compare([nothing, absent, both], vib_statistics())
    assert [clip.clip for clip in report.clips] == ["nothing", "both"]
    assert only(report, "time_unit_percent").components["seconds"] == 20
    assert only(report, "time_unit_percent").value == pytest.approx(0.75)
    assert only(report, "percent_linked").value == pytest.approx(2 / 3)


def test_both_saw_nothing_anywhere(coded: Coded) -> None:
    report = compare([coded(10, {"anna": [], "bram": []})], vib_statistics())
    assert {r.measure for r in report.results} == USUAL
    assert all(r.estimate.value is None and r.tier is None for r in report.results)


def test_no_common_clip(coded: Coded) -> None:
    one = coded(10, {"anna": [(0, 5, "k")]}, clip="one")
    two = coded(10, {"bram": [(0, 5, "k")]}, clip="two")
    report = compare([one, two], vib_statistics())
    assert {r.measure for r in report.results} == USUAL
    for result in report.results:
        assert result.estimate.value is None
        assert result.estimate.undefined_because is not None
        assert "no clip that both" in result.estimate.undefined_because.en


def test_instants_have_no_duration_and_are_counted(coded: Coded) -> None:
    mixed = {"anna": [(0, 5, "k"), (7, 7, "k")], "bram": [(0, 5, "k")]}
    assert only(compare([coded(10, mixed)], vib_statistics()), "time_unit_percent").components["instants_excluded"] == 1
    instants = compare([coded(10, {"anna": [(7, 7, "k")], "bram": [(7.2, 7.2, "k")]})], vib_statistics())
    assert only(instants, "time_unit_percent").value is None
    assert only(instants, "event_percent").value == 1.0


def test_three_raters_are_compared_two_by_two(coded: Coded) -> None:
    clip = coded(10, {name: [(0, 5, "k"), (6, 9, "v")] for name in ("anna", "bram", "carla")})
    report = compare([clip], vib_statistics())
    assert {r.scope for r in report.results} == {"pair"}
    assert {r.raters for r in report.results} == {
        ("anna", "bram"),
        ("anna", "carla"),
        ("bram", "carla"),
    }
    two = compare([clip], vib_statistics(), Choice(raters=("anna", "bram")))
    assert {r.scope for r in two.results} == {"all"}


def test_an_attribute_is_a_tier_of_its_own() -> None:
    def seen(kind: str) -> Timeline:
        return Timeline(10, [Observation("turn", "k", 0, 5, {"soort": kind})])

    clip = RaterSet("clip", 10, {"anna": seen("contact"), "bram": seen("handeling")})
    report = compare([clip], vib_statistics())
    assert report.tiers == ("turn", "soort")
    assert report.attributes == {"soort"}
    assert only(report, "time_unit_percent").value == 1.0
    assert only(report, "time_unit_percent", "soort").value == 0.5
    assert only(report, "event_percent", "soort").value == 0.0
    assert only(report, "percent_linked", "soort").value == 1.0


@pytest.mark.parametrize(
    ("choice", "place", "known"),
    [
        (Choice(tier="beurt"), "tier", "turn"),
        (Choice(code="x"), "code", "k, v"),
        (Choice(raters=("anna", "piet")), "rater", "anna, bram"),
        (Choice(raters=("anna",)), "raters", "at least two"),
        (Choice(measures=("kappa",)), "measure", "time_unit_kappa"),
        (Choice(overlap=0), "overlap", "above 0"),
        (Choice(tolerance=-1), "tolerance", "not a number of seconds"),
    ],
)
def test_what_does_not_exist_names_what_does(coded: Coded, choice: Choice, place: str, known: str) -> None:
    clip = coded(10, {"anna": [(0, 5, "k")], "bram": [(5, 9, "v")]})
    with pytest.raises(InputProblem) as problem:
        compare([clip], vib_statistics(), choice)
    assert problem.value.place == place
    assert known in str(problem.value)


class TestDisagreements:
    def test_every_kind_in_order_of_time(self) -> None:
        anna = [
            Observation("turn", "k", 1, 4),
            Observation("turn", "k", 10, 14),
            Observation("turn", "v", 20, 30),
            Observation("turn", "v", 40, 45, {"soort": ("a", "b")}),
        ]
        bram = [
            Observation("turn", "v", 1, 4),
            Observation("turn", "v", 20, 28.5),
            Observation("turn", "v", 40, 45, {"soort": "a"}),
            Observation("turn", "k", 50, 51),
        ]
        clip = RaterSet("clip", 60, {"anna": Timeline(60, anna), "bram": Timeline(60, bram)})
        found = disagreements([clip], ("anna", "bram"))
        assert [(d.start, d.end, d.kind) for d in found] == [
            (1, 4, "other_code"),
            (10, 14, "missed"),
            (20, 30, "boundary"),
            (40, 45, "attribute"),
            (50, 51, "added"),
        ]
        assert found[1].second is None
        assert found[3].attribute == "soort"
        assert [d.kind for d in disagreements([clip], ("anna", "bram"), tolerance=1.5)].count("boundary") == 0
        assert [d.kind for d in disagreements([clip], ("anna", "bram"), tier="soort")] == ["attribute"]
        assert [d.start for d in disagreements([clip], ("anna", "bram"), code="k")] == [1, 10, 50]

    def test_values_in_another_order_are_the_same(self) -> None:
        clip = RaterSet(
            "clip",
            10,
            {
                rater: Timeline(10, [Observation("turn", "k", 0, 5, {"soort": values})])
                for rater, values in (("anna", ("a", "b")), ("bram", ("b", "a")))
            },
        )
        assert disagreements([clip], ("anna", "bram")) == []

    def test_exactly_the_tolerance_is_no_disagreement(self, coded: Coded) -> None:
        clip = coded(20, {"anna": [(2.1, 12.1, "k")], "bram": [(3.1, 12.1, "k")]})
        assert disagreements([clip], ("anna", "bram")) == []

    def test_too_little_overlap_to_be_linked_is_still_one_moment_with_another_boundary(self, coded: Coded) -> None:
        clip = coded(20, {"anna": [(2, 6, "k"), (10, 12, "v")], "bram": [(4.5, 8, "k"), (11, 14, "k")]})
        found = disagreements([clip], ("anna", "bram"))
        assert [(d.start, d.end, d.kind) for d in found] == [
            (2, 8, "boundary"),
            (10, 12, "missed"),
            (11, 14, "added"),
        ]
