"""A report that says no more than it knows, and goes on when one figure cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import Result, compare
from plugins.agreement.plugin import vib_statistics
from plugins.agreement.reading.files import read_clips
from vib.language import Text
from vib.observation import RaterSet, RatingValue
from vib.problem import InputProblem

Coded = Callable[..., RaterSet]

CASES = Path(__file__).parent / "cases"


def rated(clip: RaterSet, **given: Mapping[str, RatingValue]) -> RaterSet:
    return replace(clip, ratings=given)


def results(clips: list[RaterSet], choice: Choice | None = None) -> list[Result]:
    return list(compare(clips, vib_statistics(), choice).results)


def only(found: list[Result], measure: str, code: str | None = None) -> Result:
    (result,) = [r for r in found if (r.measure, r.code) == (measure, code)]
    return result


@pytest.fixture
def clip(coded: Coded) -> RaterSet:
    return coded(40, {"anna": [(0, 10, "k"), (12, 20, "v")], "bram": [(1, 10, "k"), (12, 21, "v")]})


def test_a_rating_in_words_leaves_all_other_figures_as_they_are(clip: RaterSet) -> None:
    found = results([rated(clip, anna={"mood": "happy", "level": 3.0}, bram={"mood": "calm", "level": 4.0})])
    assert only(found, "time_unit_kappa").estimate.value is not None
    of_mood = {r.measure: r.estimate for r in found if r.rating == "mood"}
    assert of_mood["krippendorff_alpha"].variant == "nominal"
    reason = of_mood["icc_a_1"].undefined_because
    assert reason is not None
    assert "'calm' is not a number" in reason.en
    assert {r.measure for r in found if r.rating == "level"} == set(of_mood)


def test_words_have_no_order(clip: RaterSet) -> None:
    clips = [rated(clip, anna={"mood": "laag"}, bram={"mood": "hoog"})]
    for choice in (Choice(level="ordinal", tier="mood"), Choice(measures=("weighted_kappa",), tier="mood")):
        for result in results(clips, choice):
            assert result.estimate.undefined_because is not None
            assert (
                "no order" in result.estimate.undefined_because.en or "number" in result.estimate.undefined_because.en
            )


def test_a_rating_may_be_called_as_a_tier_is(clip: RaterSet) -> None:
    found = results([rated(clip, anna={"turn": 3.0}, bram={"turn": 4.0})])
    assert {(r.tier, r.rating) for r in found} == {("turn", None), (None, "turn")}


def test_no_tolerance_is_not_one_point(clip: RaterSet) -> None:
    clips = [replace(rated(clip, anna={"x": n}, bram={"x": n + 1.0}), clip=f"c{n}") for n in (1.0, 2.0, 3.0)]
    for tolerance, value in ((None, 1.0), (1.0, 1.0), (0.0, 0.0)):
        found = results(clips, Choice(measures=("within_tolerance",), tier="x", tolerance=tolerance))
        assert only(found, "within_tolerance").estimate.value == value


def test_what_is_the_same_in_every_draw_has_no_interval_and_no_chance(coded: Coded) -> None:
    same = {"anna": [(0, 10, "k"), (12, 20, "v")], "bram": [(0, 10, "k"), (12, 20, "v")]}
    clips = [coded(40, same, clip=f"c{n}") for n in range(4)]
    kappa = only(results(clips, Choice(pass_mark=0.6)), "event_kappa")
    assert (kappa.estimate.value, kappa.estimate.se, kappa.estimate.ci, kappa.reaches) == (1.0, None, None, None)
    assert "the same in every draw" in (kappa.estimate.ci_method or "")


def test_a_code_of_one_clip_only_has_no_interval(coded: Coded) -> None:
    with_stop = {"anna": [(0, 10, "k"), (12, 20, "stop")], "bram": [(0, 9, "k"), (12, 20.5, "stop")]}
    without = {"anna": [(0, 10, "k")], "bram": [(0, 9, "k")]}
    clips = [coded(40, with_stop, clip="c0"), *(coded(40, without, clip=f"c{n}") for n in range(1, 4))]
    stop = only(results(clips, Choice(pass_mark=0.6)), "event_kappa", "stop")
    assert stop.estimate.value == 1.0
    assert (stop.estimate.ci, stop.reaches) == (None, None)
    assert "too few clips" in (stop.estimate.ci_method or "")


def test_complete_agreement_on_ratings_is_not_certain(clip: RaterSet) -> None:
    clips = [replace(rated(clip, anna={"x": n}, bram={"x": n}), clip=f"c{n}") for n in (4.0, 5.0, 6.0)]
    icc = only(results(clips, Choice(measures=("icc_a_1",), tier="x", pass_mark=0.9)), "icc_a_1")
    assert (icc.estimate.value, icc.estimate.ci, icc.reaches) == (1.0, None, None)


def test_a_measure_that_was_named_always_has_a_line(clip: RaterSet, coded: Coded) -> None:
    assert only(results([clip], Choice(measures=("icc_a_1",))), "icc_a_1").estimate.undefined_because is not None
    nothing = coded(10, {"anna": [], "bram": []})
    alpha = only(results([nothing], Choice(measures=("krippendorff_alpha",))), "krippendorff_alpha")
    assert alpha.estimate.undefined_because is not None


def test_two_raters_without_a_clip_of_both_have_a_line_too(clip: RaterSet, coded: Coded) -> None:
    alone = coded(40, {"carla": [(0, 10, "k")]}, clip="alone")
    found = [r for r in results([clip, alone]) if "carla" in r.raters and len(r.raters) == 2]
    assert {r.raters for r in found} == {("anna", "carla"), ("bram", "carla")}
    assert all("no clip that both" in r.estimate.undefined_because.en for r in found if r.estimate.undefined_because)


def test_the_order_of_clips_in_a_file_changes_nothing(coded: Coded) -> None:
    clips = [
        coded(40, {"anna": [(0, 10, "k"), (12, 20, "v")], "bram": [(n, 10, "k"), (12 + n, 20, "v")]}, clip=f"c{n}")
        for n in range(4)
    ]
    choice = Choice(pass_mark=0.6)
    assert results(clips, choice) == results([clips[2], clips[0], clips[3], clips[1]], choice)


@pytest.mark.parametrize("draws", [1, 49, 100_001])
def test_a_few_draws_are_refused(clip: RaterSet, draws: int) -> None:
    with pytest.raises(InputProblem, match="must be 0, or between 50 and 100,000"):
        results([clip], Choice(bootstrap=draws))


def test_nobody_is_not_everybody(clip: RaterSet) -> None:
    with pytest.raises(InputProblem, match="at least two raters"):
        results([clip], Choice(raters=()))


def test_a_reference_without_a_clip_in_common_with_a_rater_takes_nothing_else_down(coded: Coded) -> None:
    saw = [(0, 10, "k")]
    clips = [coded(40, {"anna": saw, "ref": saw}, clip="one"), coded(40, {"anna": saw, "bram": saw}, clip="two")]
    found = [r for r in results(clips, Choice(reference="ref")) if r.code is None]
    alone = {r.measure: r.estimate for r in found if r.raters == ("bram", "ref")}
    assert {"event_precision", "event_f1", "onset_error_mean"} <= set(alone)
    for estimate in alone.values():
        assert estimate.undefined_because is not None
        assert estimate.undefined_because.en == "there is no clip that both raters coded"
    assert next(r for r in found if (r.measure, r.raters[1]) == ("event_f1", "ref")).estimate.value == 1.0


def test_ratings_too_large_to_calculate_with_are_refused_with_the_reason_and_others_are_not(clip: RaterSet) -> None:
    for size, fits in ((1e12, True), (1e13, False), (1e200, False)):
        pairs = [(size, size / 2), (size / 4, size / 4), (size / 3, size / 3)]
        clips = [
            replace(rated(clip, anna={"x": one}, bram={"x": other}), clip=str(number))
            for number, (one, other) in enumerate(pairs)
        ]
        for result in results(clips, Choice(tier="x", level="interval")):
            reason = result.estimate.undefined_because
            assert fits == (reason is None), (result.measure, size, reason)
            assert reason is None or "too large to calculate with; at most 1e+12" in reason.en


@pytest.mark.parametrize("measure", ["percent_agreement", "event_percent", "percent_linked"])
def test_an_interval_of_a_share_lies_between_none_and_all(clip: RaterSet, measure: str) -> None:
    clips = [replace(rated(clip, anna={"x": float(number)}, bram={"x": 1.0}), clip=f"c{number}") for number in range(3)]
    found = [r.estimate for r in results(clips, Choice(measures=(measure,))) if r.estimate.ci is not None]
    assert found
    for estimate in found:
        low, high = estimate.ci or (0.0, 0.0)
        assert 0 <= low <= (estimate.value or 0.0) <= high <= 1


def test_raters_who_agree_in_every_clip_have_an_interval_and_a_chance_to_reach_the_mark(coded: Coded) -> None:
    same = {"anna": [(0, 10, "k"), (12, 20, "v")], "bram": [(0, 10, "k"), (12, 20, "v")]}
    lows, chances = [], []
    for count in (3, 12):
        clips = [coded(40, same, clip=f"c{number}") for number in range(count)]
        found = only(results(clips, Choice(pass_mark=0.9)), "event_percent")
        assert found.estimate.value == 1.0
        assert found.estimate.ci is not None
        assert found.reaches is not None
        assert found.estimate.ci[1] == 1.0
        assert "Jeffreys" in (found.estimate.ci_method or "")
        lows.append(found.estimate.ci[0])
        chances.append(found.reaches)
    assert 0.4 < lows[0] < lows[1] < 0.95
    assert chances[0] < chances[1] < 1


def test_raters_who_agree_in_no_clip_have_an_interval_from_0(coded: Coded) -> None:
    apart = {"anna": [(0, 10, "k")], "bram": [(20, 30, "k")]}
    found = only(results([coded(40, apart, clip=f"c{n}") for n in range(6)], Choice(pass_mark=0.5)), "event_percent")
    assert found.estimate.ci is not None
    assert found.estimate.ci[0] == found.estimate.value == 0.0
    assert 0 < found.estimate.ci[1] < 0.5
    assert found.reaches is not None
    assert found.reaches < 0.05


@pytest.mark.parametrize("measure", ["cohen_kappa", "scott_pi", "weighted_kappa"])
def test_one_category_says_of_how_many_units_it_was_the_only_one(clip: RaterSet, measure: str) -> None:
    clips = [replace(rated(clip, anna={"x": 1.0}, bram={"x": 1.0}), clip=f"c{number}") for number in range(5)]
    found = only(results(clips, Choice(measures=(measure,), tier="x")), measure).estimate
    assert (found.value, found.n_units) == (None, 5)


def test_what_is_odd_in_the_data_is_said_once(coded: Coded) -> None:
    twice = coded(40, {"anna": [(0, 10, "k"), (0, 10, "k")], "bram": [(0, 10, "k")]})
    clips = [replace(rated(twice, anna={"x": "NA"}, bram={"x": "hoog"}), clip=f"c{number}") for number in range(5)]
    notes = [note.en for note in compare(clips, vib_statistics()).noticed]
    assert [note for note in notes if "two events" in note] == [
        "twice by one rater at exactly the same times, and counted as two events: "
        "c0, anna, turn: k, 0 s; c1, anna, turn: k, 0 s; c2, anna, turn: k, 0 s; … (5)"
    ]
    assert [note for note in notes if "'NA'" in note] == ["x: 'NA' was read as a category; leave empty what is missing"]


def test_what_was_odd_in_a_clip_that_only_one_rater_coded_is_said_too(coded: Coded) -> None:
    odd = Text(nl="vreemd", en="odd")
    alone = replace(coded(40, {"anna": [(0, 10, "k")]}, clip="alone"), noticed=(odd,))
    both = coded(40, {"anna": [(0, 10, "k")], "bram": [(0, 10, "k")]})
    assert odd in compare([alone, both], vib_statistics()).noticed


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("06b_duplicate_event.json", "twice by one rater at exactly the same times"),
        ("12b_text_NA.csv", "'NA' was read as a category"),
        ("18_unicode_nfc_nfd.json", "each letter written one way"),
        ("40d_ls_region_without_label.json", "without a label, and not counted: 1, user-1, 1 s"),
    ],
)
def test_nothing_odd_in_a_file_is_passed_over_in_silence(tmp_path: Path, name: str, said: str) -> None:
    interface = tmp_path / "interface.xml"
    interface.write_text(
        '<View><Audio name="au" value="$audio"/><Labels name="lab" toName="au"><Label value="kind"/></Labels></View>',
        encoding="utf-8",
    )
    clips = read_clips(CASES / name, str(interface) if name.startswith("40d") else None)
    assert [note.en for note in compare(clips, vib_statistics(), Choice(bootstrap=0)).noticed if said in note.en]
