"""How far a round is, from who submitted what."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from plugins.rounds.progress import Coder, Progress
from vib.coding_round import CodingRound

TODAY = date(2026, 3, 10)
CLIPS = [f"F-0001/{letter}" for letter in "abcdef"]


def at(minute: int) -> datetime:
    return datetime(2026, 3, 1, 9, minute, tzinfo=UTC)


def progress(due: date | None = None, opened: datetime | None = None, **submitted: list[int]) -> Progress:
    """Return a round of six clips, of which each rater submitted those at some places, the first first."""
    coders = tuple(
        Coder(name, number, {CLIPS[place]: at(minute) for minute, place in enumerate(places)})
        for number, (name, places) in enumerate(submitted.items())
    )
    handed = CodingRound("voorjaar", 1, frozenset(CLIPS), frozenset(submitted), due=due, opened=opened)
    return Progress(handed, {}, coders)


def names(coders: list[Coder]) -> list[str]:
    return [coder.name for coder in coders]


def test_what_is_left_of_somebody_is_what_they_did_not_submit() -> None:
    found = progress(anna=[0, 2], bram=[])
    assert found.left(found.coders[0]) == [CLIPS[1], *CLIPS[3:]]
    assert found.coders[0].last == at(1)
    assert found.coders[1].last is None


def test_who_submitted_a_clip_comes_in_the_order_of_submitting() -> None:
    found = progress(anna=[1, 0], bram=[0])
    assert found.submitted_by(CLIPS[0]) == [("bram", at(0)), ("anna", at(1))]
    assert found.missing(CLIPS[1]) == ["bram"]
    assert found.comparable == 1


def test_a_round_without_raters_is_not_complete() -> None:
    assert not progress().complete
    assert progress(anna=list(range(6))).complete


def test_nobody_is_behind_while_all_are_about_as_far() -> None:
    assert progress(anna=[0, 1], bram=[0]).behind(TODAY) == []
    assert progress(anna=[0], bram=[]).behind(TODAY) == []


def test_who_did_less_than_half_of_the_furthest_is_behind() -> None:
    assert names(progress(anna=[0, 1, 2], bram=[0], carla=[0, 1]).behind(TODAY)) == ["bram"]


def test_after_the_last_day_everybody_with_clips_left_is_behind_and_on_it_nobody() -> None:
    done = {"anna": list(range(6)), "bram": list(range(5)), "carla": list(range(5))}
    assert progress(due=TODAY, **done).behind(TODAY) == []
    assert names(progress(due=date(2026, 3, 9), **done).behind(TODAY)) == ["bram", "carla"]


def test_in_a_round_that_was_opened_nobody_is_behind() -> None:
    assert progress(due=date(2026, 3, 1), opened=at(0), anna=[0], bram=[]).behind(TODAY) == []


@given(st.lists(st.sets(st.integers(0, 5)), max_size=5))
def test_what_is_done_and_what_is_left_are_all_there_is(done: list[set[int]]) -> None:
    found = progress(**{f"rater-{number}": sorted(places) for number, places in enumerate(done)})
    assert found.done + sum(len(found.left(coder)) for coder in found.coders) == found.all
    assert sum(len(found.submitted_by(clip)) for clip in found.clips) == found.done
    assert found.complete == (bool(done) and not found.unfinished())
