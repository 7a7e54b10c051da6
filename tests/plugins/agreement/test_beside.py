"""Two dates or versions side by side: what changed, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from plugins.agreement.comparing.beside import Beside, Change, beside
from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.measures.catalogue import STATISTICS
from vib.language import Text
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem
from vib.statistic import Additive, Estimate, Question, Statistic

PERCENT = Choice(measures=("event_percent",), bootstrap=400)


def clips(
    names: Sequence[str], agreed: float, seed: int = 0, raters: Sequence[str] = ("anna", "bram")
) -> list[RaterSet]:
    """Return clips of which raters code a share alike: they see all the same, and name some of it otherwise."""
    random, made = Random(seed), []  # noqa: S311 - nothing is kept secret with it
    for name in names:
        seen: dict[str, list[Observation]] = {rater: [] for rater in raters}
        for place in range(20):
            code = random.choice("ab")
            for rater in raters:
                said = code if rater == raters[0] or random.random() < agreed else "c"
                seen[rater].append(Observation("turn", said, 3.0 * place, 3.0 * place + 2))
        made.append(RaterSet(name, 60, {rater: Timeline(60, found) for rater, found in seen.items()}))
    return made


def named(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


def change(found: Beside, measure: str = "event_percent", code: str | None = None) -> Change:
    (one,) = [one for one in found.changes if one.measure == measure and one.code == code]
    return one


def test_that_raters_agree_more_has_an_interval_above_zero() -> None:
    found = change(beside(clips(named("a", 12), 0.5), clips(named("b", 12), 0.9, seed=1), STATISTICS, PERCENT))
    assert found.before.value is not None
    assert found.after.value is not None
    assert found.difference.value == pytest.approx(found.after.value - found.before.value)
    assert found.difference.ci is not None
    assert 0 < found.difference.ci[0] <= found.difference.value <= found.difference.ci[1] < 1
    assert "drawn independently" in (found.difference.ci_method or "")


def test_figures_of_both_sides_are_those_of_their_own_reports() -> None:
    before, after = clips(named("a", 6), 0.5), clips(named("b", 6), 0.8)
    found = beside(before, after, STATISTICS, PERCENT)
    alone = [
        {(r.measure, r.code): r.estimate for r in compare(each, STATISTICS, PERCENT).results}
        for each in (before, after)
    ]
    assert found.changes
    for one in found.changes:
        assert (one.before, one.after) == tuple(side[one.measure, one.code] for side in alone)


def test_clips_of_both_dates_are_drawn_together() -> None:
    """What differs between clips and not between dates says nothing of the change, and is not in its interval."""
    easy, hard = clips(named("easy", 10), 0.95), clips(named("hard", 10), 0.2, seed=1)
    again = clips(named("easy", 10), 0.95, seed=2) + clips(named("hard", 10), 0.2, seed=3)
    others = [replace(clip, clip=f"new {clip.clip}") for clip in again]
    same, new = (change(beside([*easy, *hard], later, STATISTICS, PERCENT)).difference for later in (again, others))
    assert same.value == new.value
    assert same.se is not None
    assert new.se is not None
    assert same.se < new.se / 2
    assert same.components["clips_in_both"] == 20


def test_the_same_set_twice_differs_in_nothing_and_says_why_there_is_no_interval() -> None:
    once = clips(named("a", 5), 0.7)
    found = beside(once, once, STATISTICS, PERCENT)
    assert {one.difference.value for one in found.changes if one.difference.value is not None} == {0.0}
    assert "the same in every draw" in (change(found).difference.ci_method or "")


def test_two_clips_cannot_be_drawn_again() -> None:
    found = change(beside(clips(["a", "b"], 0.5), clips(["c", "d", "e"], 0.9), STATISTICS, PERCENT)).difference
    assert found.ci is None
    assert "fewer than 3 clips" in (found.ci_method or "")


def test_what_one_side_lacks_has_its_reason_in_the_difference() -> None:
    alike = Choice(measures=("event_kappa",), bootstrap=100)
    only_a = [
        RaterSet(name, 60, dict.fromkeys(("anna", "bram"), Timeline(60, [Observation("turn", "a", 1, 2)])))
        for name in named("x", 3)
    ]
    found = change(beside(only_a, clips(named("b", 3), 0.9), STATISTICS, alike), "event_kappa")
    assert found.before.value is None
    assert found.difference.value is None
    assert found.difference.undefined_because == found.before.undefined_because


def test_raters_who_are_in_one_set_only_are_left_out() -> None:
    before = clips(named("a", 3), 0.5, raters=("anna", "bram", "carla"))
    found = beside(before, clips(named("b", 3), 0.9), STATISTICS, PERCENT)
    assert found.before.raters == found.after.raters == ("anna", "bram")


def test_fewer_than_two_raters_in_both_is_refused_by_name() -> None:
    with pytest.raises(InputProblem, match=r"before: anna, bram; after: carla, dirk"):
        beside(clips(["a"], 1.0), clips(["b"], 1.0, raters=("carla", "dirk")), STATISTICS, PERCENT)


def test_a_problem_says_on_which_side_it_is() -> None:
    nothing = [
        RaterSet("b", 60, {rater: Timeline(60, [Observation("affect", "x", 1, 2)]) for rater in ("anna", "bram")})
    ]
    with pytest.raises(InputProblem, match=r"in what came after: turn is unknown"):
        beside(clips(["a"], 1.0), nothing, STATISTICS, replace(PERCENT, tier="turn"))


def test_a_figure_that_does_not_add_up_is_compared_by_its_intervals_only_without_common_clips() -> None:
    def ratings(names: Sequence[str], apart: float, seed: int) -> list[RaterSet]:
        random = Random(seed)  # noqa: S311 - nothing is kept secret with it
        made = []
        for name in names:
            true = random.uniform(1, 7)
            given = {rater: {"sensitivity": true + random.uniform(-apart, apart)} for rater in ("anna", "bram")}
            made.append(RaterSet(name, 60, {}, given))
        return made

    choice = Choice(measures=("icc_a_1",))
    before, after = ratings(named("a", 20), 3.0, 0), ratings(named("b", 20), 0.2, 1)
    apart = change(beside(before, after, STATISTICS, choice), "icc_a_1").difference
    assert apart.ci is not None
    assert 0 < apart.ci[0] < (apart.value or 0) < apart.ci[1]
    assert "Zou" in (apart.ci_method or "")
    again = [replace(clip, clip=other.clip) for clip, other in zip(after, before, strict=True)]
    assert change(beside(before, again, STATISTICS, choice), "icc_a_1").difference.ci is None


def test_what_adds_up_but_fails_costs_its_interval_only() -> None:
    def fails(question: Question) -> Additive:
        raise ZeroDivisionError

    def one(question: Question) -> Estimate:
        return Estimate("one", 1.0, 1, 2)

    broken = Statistic("broken", Text(nl="kapot", en="broken"), "event", "none", one, additive=fails)
    found = change(beside(clips(["a"], 1.0), clips(["b"], 1.0), [broken], Choice()), "broken")
    assert found.difference.value == 0.0
    assert found.difference.ci is None
