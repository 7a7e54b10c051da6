"""The sentences that answer how far raters agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from plugins.agreement.comparing.answers import answers, of_ten
from plugins.agreement.comparing.choosing import Choice
from plugins.agreement.comparing.report import compare
from plugins.agreement.measures.catalogue import STATISTICS
from vib.language import Text
from vib.observation import Observation, RaterSet, Timeline

LABELS = {
    "initiative": Text(nl="Initiatief", en="Initiative"),
    "reception": Text(nl="Ontvangst", en="Reception"),
    "look": Text(nl="kijken", en="looking"),
}
EVERY = 5.0
MOMENTS = range(20)


def seen(moments: Iterable[int], received: Iterable[int] = (), code: str = "look", *, last: int = 20) -> Timeline:
    """One rater's initiatives, with a reception that is *yes* where it is said and else *no*."""
    yes = set(received)
    return Timeline(
        EVERY * last,
        [
            Observation("initiative", code, EVERY * n, EVERY * n + 3, {"reception": "yes" if n in yes else "no"})
            for n in moments
        ],
    )


def said(raters: dict[str, Timeline], choice: Choice | None = None) -> list[Text]:
    duration = next(iter(raters.values())).duration
    return list(
        answers(compare([RaterSet("clip", duration, raters)], STATISTICS, choice or Choice(bootstrap=0)), LABELS)
    )


def about(subject: str, sentences: list[Text]) -> list[str]:
    return [sentence.en.partition(": ")[2] for sentence in sentences if sentence.en.startswith(f"{subject}:")]


def subjects(sentences: list[Text]) -> list[str]:
    return [sentence.en.partition(":")[0] for sentence in sentences]


def test_of_ten_initiatives_of_one_rater_the_other_saw_eight_and_the_reception_was_named_alike_in_six() -> None:
    found = said({"anna": seen(MOMENTS, MOMENTS), "bram": seen(range(2, 18), range(8, 18))})
    initiative, time = about("Initiative", found)
    assert initiative.startswith("of every ten that one rater saw, the other saw nine")
    assert "named all ten alike" in initiative
    assert time.startswith("of every ten seconds they say the same in nine;")
    [reception] = about("Reception", found)
    assert "they named six alike" in reception


def test_several_attributes_are_said_in_one_sentence_the_best_first() -> None:
    def with_two(received: Iterable[int], shared: Iterable[int], described: int = 20) -> Timeline:
        same, other = set(received), set(shared)
        return Timeline(
            100,
            [
                Observation(
                    "initiative",
                    "look",
                    EVERY * n,
                    EVERY * n + 3,
                    {
                        "reception": "yes" if n in same else "no",
                        "effect": "yes" if n in other else "no",
                        **({"rare": "yes"} if n == 0 else {}),
                    },
                )
                for n in range(described)
            ],
        )

    found = said({"anna": with_two(MOMENTS, MOMENTS), "bram": with_two(range(12), range(18))})
    assert [sentence.en for sentence in found[-2:]] == [
        "Of every ten times that both described something, they named it alike this often: "
        "nine for effect; six for Reception.",
        "Described too little to say anything of: rare.",
    ]


def test_what_went_well_comes_first() -> None:
    found = said({"anna": seen(MOMENTS, MOMENTS), "bram": seen(MOMENTS, range(12))})
    assert found[0].nl == "Dit gaat goed: kijken."
    assert subjects(found) == ["This goes well", "Initiative", "Reception", "Initiative"]
    turned = said({"anna": seen(MOMENTS, code="look"), "bram": seen(MOMENTS, code="touch")})
    assert subjects(turned) == ["Reception", "Initiative", "Initiative"]


def test_a_code_that_is_to_be_looked_at_first_is_not_said_to_go_well() -> None:
    codes = [("look", MOMENTS), ("touch", range(20, 40))]
    one, other = (
        Timeline(
            200,
            [Observation("t", code, EVERY * n, EVERY * n + 3) for code, there in codes for n in there if n not in out],
        )
        for out in ([], [3, 25])
    )
    report = compare([RaterSet("clip", 200, {"anna": one, "bram": other})], STATISTICS, Choice(bootstrap=0))
    assert answers(report, {})[0].en == "This goes well: look and touch."
    [found] = report.attention
    named = [replace(code, named=code.name == "touch") for code in found.codes]
    looked_at = replace(report, attention=(replace(found, codes=tuple(named)),))
    assert answers(looked_at, {})[0].en == "This goes well: look."


@pytest.mark.parametrize("reference", [None, "carla"])
def test_the_sentences_are_the_same_in_any_order_of_raters_and_clips_and_whatever_raters_are_called(
    reference: str | None,
) -> None:
    def clip(number: int, raters: Sequence[str]) -> RaterSet:
        timelines = (seen(MOMENTS, MOMENTS), seen(range(number, 18), range(8, 18)), seen(range(14), [1, 2]))
        return RaterSet(f"c{number}", 100, dict(zip(raters, timelines, strict=True)))

    def about_clips(clips: Sequence[RaterSet], against: str | None) -> list[str]:
        found = answers(compare(clips, STATISTICS, Choice(bootstrap=0, reference=against)), LABELS)
        return [sentence.en.replace(str(against), "R") for sentence in found]

    raters = ("anna", "bram", "carla")
    clips = [clip(number, raters) for number in range(3)]
    turned = [replace(one, timelines=dict(reversed(list(one.timelines.items())))) for one in reversed(clips)]
    called = {name: f"z{9 - place}" for place, name in enumerate(raters)}
    renamed = [replace(one, timelines={called[rater]: seen for rater, seen in one.timelines.items()}) for one in clips]
    expected = about_clips(clips, reference)
    assert about_clips(turned, reference) == expected
    assert about_clips(renamed, called.get(reference or "")) == expected


def test_few_events_are_counted_and_not_called_so_many_of_ten() -> None:
    found = said({"anna": seen(range(4)), "bram": seen(range(1, 5))})
    assert about("Initiative", found)[0].startswith("5 events; both saw 3, and named 3 alike.")
    assert "goes well" not in found[0].en
    assert about("Initiative", said({"anna": seen([0]), "bram": seen([])}))[0].startswith("1 event; both saw 0")


def test_with_more_raters_it_is_said_between_what_pairs_lie_and_nobody_is_named() -> None:
    found = said({"anna": seen(MOMENTS), "bram": seen(MOMENTS), "carla": seen(range(6))})
    [sentence, _] = about("Initiative", found)
    assert "the other saw seven (five to all ten, depending on the pair)" in sentence
    assert not any(name in sentence.en for name in ("anna", "bram", "carla") for sentence in found)


def test_ten_raters_with_few_events_each_are_not_taken_for_many_events() -> None:
    found = said({f"r{number}": seen([0]) for number in range(10)})
    assert "over all pairs together 45 events" in about("Initiative", found)[0] + found[0].en


def test_against_a_reference_it_is_said_what_was_found_of_it() -> None:
    choice = Choice(bootstrap=0, reference="expert")
    found = said({"expert": seen(MOMENTS), "anna": seen(range(16))}, choice)
    assert about("Initiative", found)[0] == (
        "of every ten that expert has, anna has eight too, with the same code; "
        "of every ten that anna has, expert has all ten too."
    )
    more = said({"expert": seen(MOMENTS), "anna": seen(range(16)), "bram": seen(range(12))}, choice)
    assert "the others have seven (six to eight, depending on the pair) too" in about("Initiative", more)[0]


def test_of_one_code_it_is_said_how_often_both_saw_that_code() -> None:
    choice = Choice(bootstrap=0, tier="initiative", code="look")
    found = said({"anna": seen(MOMENTS), "bram": seen(range(16))}, choice)
    assert about("Looking (Initiative)", found) == [
        "of every ten that one rater calls so, the other calls nine so too."
    ]


def test_of_ratings_it_is_said_in_how_many_clips_they_lie_close() -> None:
    sets = [
        RaterSet(
            f"c{n}",
            9,
            {},
            {
                "anna": {"warmth": 3.0, "calm": 2.0},
                "bram": {"warmth": 3.0 if n % 2 else 5.0, "calm": 1.0},
            },
        )
        for n in range(4)
    ]
    [found] = answers(compare(sets, STATISTICS), {"calm": Text(nl="rust", en="calmness")})
    assert found.nl == "Oordelen hoogstens 1 uit elkaar: rust in 4 van 4 clips; warmth in 2 van 4 clips."
    [close] = answers(compare(sets, STATISTICS, Choice(tolerance=0.0)), {})
    assert close.en == "Ratings at most 0 apart: warmth in 2 of 4 clips; calm in 0 of 4 clips."


def test_what_was_not_calculated_is_not_said() -> None:
    assert said({"anna": seen(MOMENTS), "bram": seen(MOMENTS)}, Choice(bootstrap=0, measures=("cu_alpha",))) == []
    assert said({"anna": seen([]), "bram": seen([])}) == []


@pytest.mark.parametrize("share", [0.0, 0.001, 0.04, 0.05, 0.5, 0.949, 0.96, 0.999, 1.0])
def test_none_and_all_are_said_of_nothing_else(share: float) -> None:
    said = of_ten(share)
    assert (said.en == "none") == (share == 0)
    assert (said.en == "all ten") == (share == 1)
