"""Which moments of the demo show a code, and in which order."""

from __future__ import annotations

from pathlib import Path

from plugins.guide.reference import RATER, REFERENCE, Moment, Reference, moments_of
from vib.observation import Observation, RaterSet, Timeline


def clip(name: str, *seen: Observation) -> RaterSet:
    return RaterSet(name, 60.0, {RATER: Timeline(60.0, seen), "anna": Timeline(60.0, [Observation("turn", "x", 1, 2)])})


def test_a_moment_begins_before_the_event_and_goes_on_after_it_longer_where_the_code_describes_it() -> None:
    seen = Observation("turn", "kind", 10.0, 12.0, {"reception": "V", "elements": ("A", "B")})
    found = moments_of([clip("one", seen)])
    assert found["kind"] == [Moment("one", 9.0, 12.7, 60.0)]
    assert found["V"] == found["A"] == found["B"] == [Moment("one", 9.0, 15.5, 60.0)]
    assert "x" not in found


def test_a_moment_stays_within_its_clip() -> None:
    found = moments_of([clip("one", Observation("turn", "kind", 0.0, 59.9))])
    assert found["kind"] == [Moment("one", 0.0, 60.0, 60.0)]


def test_each_clip_comes_once_before_a_second_moment_of_any_and_moments_of_a_good_length_come_first() -> None:
    one = clip("one", *(Observation("turn", "kind", start, start + 2) for start in (10.0, 20.0)))
    other = clip("other", Observation("turn", "kind", 5.0, 5.2), Observation("turn", "kind", 30.0, 32.0))
    starts = [(moment.clip, moment.start) for moment in moments_of([one, other])["kind"]]
    assert starts == [("one", 9.0), ("other", 29.0), ("one", 19.0), ("other", 4.0)]


def test_the_demo_of_this_installation_has_moments_and_a_missing_or_broken_file_has_none(tmp_path: Path) -> None:
    assert len(REFERENCE.moments()["kind"]) > 3
    assert Reference(tmp_path / "none.json").moments() == {}
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert Reference(tmp_path / "broken.json").moments() == {}
