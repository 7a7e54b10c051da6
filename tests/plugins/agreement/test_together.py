"""Codes of several versions, levels and methods are compared where that means something, and else refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from plugins.agreement.comparing.answered import both_answered
from plugins.agreement.comparing.beside import beside
from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import Report, compare
from plugins.agreement.comparing.together import NotTogether, what_fits
from plugins.agreement.plugin import vib_statistics
from tests.plugins.agreement.two_raters import ANNA, BRAM, example
from vib.codebook import Change, Codebook, Level
from vib.language import Text
from vib.made_with import MadeWith
from vib.methods import read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.problem import InputProblem

WORDS = Text(nl="anders", en="different")
PLAIN = read_method("vib-pleegzorg")
GONE = next(code.id for code in PLAIN.tier("effect").codes)
BOOK = PLAIN.replacing(
    version="9.1.0",
    changes=(
        Change(
            version="9.1.0", date="2026-01-01", changes=(WORDS,), becomes={"OLD": GONE}, incomparable=("reception",)
        ),
    ),
    levels=(
        Level(id="start", label=WORDS, tiers=("turn", "initiative")),
        Level(id="full", label=WORDS, tiers=tuple(tier.id for tier in PLAIN.tiers), advanced=True, ratings=True),
    ),
)
MEASURES = ("time_unit_percent", "event_kappa", "percent_agreement")


def coded(change: Callable[[MadeWith], MadeWith], seed: int = 0) -> RaterSet:
    """Return the example clip, of which the second rater coded with something else."""
    clip = example(BOOK, seed, level="full")
    return replace(clip, made_with={ANNA: clip.made_with[ANNA], BRAM: change(clip.made_with[BRAM])})


def other(**values: str | None) -> Callable[[MadeWith], MadeWith]:
    return lambda made_with: made_with.model_copy(update=values)


def report(
    *clips: RaterSet, tier: str | None = None, codebooks: Mapping[str, Codebook] | None = None, **more: object
) -> Report:
    choice = Choice(tier=tier, measures=MEASURES, bootstrap=0, **more)  # type: ignore[arg-type]  # what a test needs
    return compare(clips, vib_statistics(), choice, codebooks={BOOK.method: BOOK} if codebooks is None else codebooks)


def subjects(found: Report) -> set[str]:
    return {*found.tiers, *found.ratings}


def test_versions_between_which_what_is_compared_got_another_meaning_are_refused_with_who_and_which() -> None:
    clip = coded(other(version="9.0.0"))
    with pytest.raises(NotTogether) as refused:
        report(clip)
    said = str(refused.value)
    assert said.startswith(f"{clip.clip}: was coded with different versions")
    assert "anna: vib-pleegzorg 9.1.0 (full), bram: vib-pleegzorg 9.0.0 (full)" in said
    assert "reception got another meaning between them" in said
    assert "one by one (--tier): " in said
    assert "verschillende versies" in refused.value.message("nl")
    with pytest.raises(NotTogether):
        report(clip, tier="reception")


def test_what_kept_its_meaning_is_compared_as_the_newer_version_has_it_and_that_is_said() -> None:
    clip = coded(other(version="9.0.0"))
    old = Timeline(
        clip.duration,
        [
            replace(o, attributes={**o.attributes, "effect": "OLD"})
            for o in clip.timelines[BRAM]
            if "effect" in o.attributes
        ],
    )
    found = report(replace(clip, timelines={**clip.timelines, BRAM: old}), tier="effect")
    assert {o.attributes["effect"] for o in found.clips[0].timelines[BRAM]} == {GONE}
    (note,) = (note for note in found.notes if "versions" in note.en)
    assert "compared as 9.1.0 has them" in note.en


def test_versions_of_which_the_codebook_does_not_tell_are_refused() -> None:
    with pytest.raises(NotTogether, match=r"does not say what 9\.2\.0 changed"):
        report(coded(other(version="9.2.0")), tier="turn")


def test_other_methods_and_methods_that_are_not_installed_are_refused() -> None:
    with pytest.raises(NotTogether, match=r"different methods .*bram: micro"):
        report(coded(other(method="micro")))
    with pytest.raises(NotTogether, match="vib-pleegzorg is not installed here"):
        report(coded(other(version="9.0.0")), codebooks={})


def test_clips_that_are_each_of_one_version_and_raters_of_whom_it_is_not_known_are_compared() -> None:
    old = example(BOOK, 1)
    made_with = old.made_with[ANNA].model_copy(update={"version": "9.0.0"})
    old = replace(old, made_with={ANNA: made_with, BRAM: made_with})
    unknown = replace(example(BOOK, 2), made_with={ANNA: example(BOOK).made_with[ANNA]})
    assert "reception" in report(old, unknown, example(BOOK, 3)).tiers


def test_who_is_not_compared_keeps_nobody_from_being_compared() -> None:
    clip = example(BOOK)
    carla = replace(
        clip,
        timelines={**clip.timelines, "carla": Timeline(clip.duration)},
        made_with={**clip.made_with, "carla": MadeWith(method="micro", version="1.0.0")},
    )
    assert report(carla, raters=(ANNA, BRAM)).tiers
    with pytest.raises(NotTogether):
        report(carla)


def test_at_different_levels_only_what_both_were_asked_is_compared_and_that_is_said() -> None:
    found = report(coded(other(level="start")))
    assert subjects(found) == {"turn", "initiative"}
    (note,) = (note for note in found.notes if "levels" in note.en)
    assert "only what all were asked is compared (initiative, turn)" in note.en


def test_a_clip_counts_for_a_tier_only_where_both_were_asked_it() -> None:
    both, one = example(BOOK, 1, level="full"), coded(other(level="start"), 2)
    found = report(both, one)
    seconds = {
        result.tier: result.estimate.components["seconds"]
        for result in found.results
        if result.measure == "time_unit_percent" and result.code is None and result.tier
    }
    assert seconds["turn"] == pytest.approx(both.duration + one.duration)
    assert seconds["effect"] == pytest.approx(both.duration)


def test_a_code_that_one_of_them_was_not_offered_is_no_difference() -> None:
    tier = BOOK.tier("initiative")
    deep = tier.codes[-1].replacing(advanced=True)
    book = BOOK.replacing(
        tiers=tuple(
            one.replacing(codes=(*one.codes[:-1], deep), decision_order=()) if one.id == tier.id else one
            for one in BOOK.tiers
        )
    )
    found = report(coded(other(level="start")), codebooks={book.method: book})
    given = {o.attributes.get("initiative") for clip in found.clips for o in clip.timelines[ANNA]}
    assert deep.id not in given
    assert len(given) > 1


def test_a_level_that_is_not_in_the_codebook_any_more_is_refused() -> None:
    with pytest.raises(NotTogether, match="has no such level; these are: start, full"):
        report(coded(other(level="gone")))


def free_book() -> Codebook:
    tiers = [tier.replacing(agreement=tier.id != "effect", optional=tier.id == "reception") for tier in BOOK.tiers]
    return BOOK.replacing(tiers=tuple(tiers))


def test_a_tier_in_which_each_picks_freely_is_left_out_and_said_and_cannot_be_asked_for() -> None:
    books = {BOOK.method: free_book()}
    found = report(example(BOOK), codebooks=books)
    assert "effect" not in found.tiers
    assert not any("effect" in o.attributes for o in found.clips[0].timelines[ANNA])
    assert any("each may pick freely there: effect" in note.en for note in found.notes)
    with pytest.raises(InputProblem, match="each may pick freely here"):
        report(example(BOOK), tier="effect", codebooks=books)


def test_of_a_question_that_may_stay_empty_it_is_said_how_often_both_answered() -> None:
    tier = free_book().tier("reception")
    answers = [("V", "V"), ("V", None), (None, "V"), (None, None), ("V", "NV")]

    def timeline(place: int) -> Timeline:
        return Timeline(
            99,
            [
                Observation("turn", "kind", 10.0 * n, 10.0 * n + 5, {} if one[place] is None else {"reception": "x"})
                for n, one in enumerate(answers)
            ],
        )

    clip = RaterSet("c", 99, {ANNA: timeline(0), BRAM: timeline(1)}, {}, example(BOOK).made_with)
    assert both_answered([clip], (ANNA, BRAM), tier) == (2, 4)
    (note,) = (note for note in report(clip, codebooks={BOOK.method: free_book()}).notes if "may stay empty" in note.en)
    assert "either of two answered (4 times) both answered 2 times" in note.en


def test_of_a_clip_of_two_versions_what_fits_is_what_can_be_compared_tier_by_tier() -> None:
    clip = coded(other(version="9.0.0"))
    found = what_fits(clip, (ANNA, BRAM), {BOOK.method: BOOK})
    used = set(found.clips[0].timelines[ANNA].attribute_names)
    assert "reception" not in used
    assert "effect" in used
    assert any("Not shown" in note.en and "reception" in note.en for note in found.notes)
    with pytest.raises(NotTogether):
        what_fits(coded(other(method="micro")), (ANNA, BRAM), {BOOK.method: BOOK})


def dated(version: str, code: str, *, clip: str) -> RaterSet:
    """Return a clip of which both raters coded every effect as one code, with a version of the codebook."""
    made = example(BOOK, 1)
    timelines = {
        rater: Timeline(
            made.duration,
            [replace(o, attributes={**o.attributes, "effect": code}) for o in seen if "effect" in o.attributes],
        )
        for rater, seen in made.timelines.items()
    }
    made_with = {rater: one.model_copy(update={"version": version}) for rater, one in made.made_with.items()}
    return replace(made, clip=clip, timelines=timelines, made_with=made_with)


def test_an_earlier_version_beside_a_newer_one_has_the_codes_that_stand_for_its_own() -> None:
    before, after = dated("9.0.0", "OLD", clip="before"), dated("9.1.0", GONE, clip="after")
    choice = Choice(measures=("event_percent",), bootstrap=0)
    found = beside([before], [after], vib_statistics(), choice, codebooks={BOOK.method: BOOK})
    about = {(change.subject, change.code) for change in found.changes}
    assert ("effect", GONE) in about
    assert not any("reception" in key or "OLD" in key for key in about)
    assert [said.en for said in found.before.noticed if "9.0.0" in said.en] == [
        "codes of vib-pleegzorg 9.0.0 stand as 9.1.0 has them; not compared, as it got another meaning: reception"
    ]
    assert not any("9.0.0" in said.en for said in found.after.noticed)


def test_versions_of_a_codebook_that_is_not_installed_stand_side_by_side_as_they_are_which_is_said() -> None:
    before, after = dated("9.0.0", "OLD", clip="before"), dated("9.1.0", GONE, clip="after")
    choice = Choice(measures=("event_percent",), bootstrap=0)
    found = beside([before], [after], vib_statistics(), choice)
    assert ("effect", "OLD") not in {(change.subject, change.code) for change in found.changes}
    assert any("not installed here" in said.en for said in found.before.noticed)
