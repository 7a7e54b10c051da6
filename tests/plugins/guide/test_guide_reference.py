"""Which moments of the demo show a code, and in which order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.guide.reference import RATER, REFERENCE, Moment, Reference, moments_of
from vib.codebook import EVIDENCE
from vib.codebook.book import moment_code
from vib.methods import method_names, read_method
from vib.observation import Observation, RaterSet, Timeline
from vib.observations_file import observations_content
from vib.wording import written_tiers


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


def test_a_moment_on_which_a_rating_is_based_is_one_of_the_rating() -> None:
    found = moments_of([clip("one", Observation("turn", "kind", 10.0, 12.0, {EVIDENCE: (moment_code("BS.1"),)}))])
    assert found["BS.1"] == [Moment("one", 9.0, 15.5, 60.0)]
    assert {rating.id for rating in read_method("vib-pleegzorg").ratings} <= REFERENCE.moments().keys()


def test_the_same_moment_in_two_methods_is_one() -> None:
    seen = Observation("turn", "kind", 10.0, 12.0, {"reception": "V"})
    assert len(moments_of([clip("one", seen), clip("one", seen)])["kind"]) == 1


def test_what_is_missing_or_broken_has_no_moments_and_the_other_files_have_theirs(tmp_path: Path) -> None:
    assert Reference(tmp_path).moments() == {}
    there = Reference(tmp_path)
    (tmp_path / "observations.json").write_text("{", encoding="utf-8")
    assert there.moments() == {}
    (tmp_path / "methods" / "references").mkdir(parents=True)
    content = observations_content([clip("one", Observation("turn", "kind", 10.0, 12.0))])
    (tmp_path / "methods" / "references" / "micro.json").write_text(json.dumps(content), encoding="utf-8")
    assert there.moments()["kind"] == [Moment("one", 9.0, 12.7, 60.0)]


@pytest.mark.parametrize("method", method_names())
def test_at_least_half_of_the_codes_of_every_method_have_a_moment_of_the_demo(method: str) -> None:
    codes = [code.id for tier in written_tiers(read_method(method)) for code in tier.codes]
    assert 2 * sum(code in REFERENCE.moments() for code in codes) >= len(codes)
