"""A recording on its way in: what arrived of it counts whatever happens, and it goes when nobody goes on with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vib.sending import (
    KEPT_SECONDS,
    InUse,
    Outcome,
    Sending,
    Sent,
    begin,
    find,
    forget_old,
    on_their_way,
    one_at_a_time,
)

BEGUN = 1_800_000_000.0


def sent(length: int = 10, **further: object) -> Sent:
    said = {"user": 3, "family": "F-1", "name": "a.mp4", "original": "a.mp4", "length": length, "begun": BEGUN}
    return Sent.model_validate(said | further)


def begun(intake: Path, content: bytes = b"", **further: object) -> Sending:
    with one_at_a_time(intake):
        one = begin(intake, sent(**further))  # type: ignore[arg-type]  # as pydantic has it
    one.body.write_bytes(content)
    return one


def test_how_much_arrived_is_the_size_of_what_is_there(tmp_path: Path) -> None:
    one = begun(tmp_path, b"12345")
    assert (one.offset, one.outcome.stage) == (5, "sending")
    one.body.write_bytes(b"1234567890")
    assert (one.offset, one.outcome.stage) == (10, "arrived")
    one.body.unlink()
    assert one.offset == 10


def test_it_is_found_by_its_name_and_by_no_other(tmp_path: Path) -> None:
    one = begun(tmp_path / "intake")
    assert find(tmp_path / "intake", one.id) == one
    for name in ("", ".", "..", f"../intake/{one.id}", one.id.upper(), f"{one.id}\n", "0" * 32):
        assert find(tmp_path / "intake", name) is None
    assert on_their_way(tmp_path / "gone") == []


def test_those_that_began_first_come_first_and_what_is_no_recording_is_passed_over(tmp_path: Path) -> None:
    later, earlier = begun(tmp_path, begun=BEGUN + 5), begun(tmp_path)
    (tmp_path / ("a" * 32)).mkdir()
    (tmp_path / ("b" * 32)).mkdir()
    (tmp_path / ("b" * 32) / "sent.json").write_text("{", encoding="utf-8")
    assert on_their_way(tmp_path) == [earlier, later]


def test_only_one_writes_it_and_nobody_once_it_is_thrown_away(tmp_path: Path) -> None:
    one = begun(tmp_path)
    with one.alone(), pytest.raises(InUse), one.alone():
        pass
    with one.alone():
        one.throw_away()
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
    with pytest.raises(FileNotFoundError), one.alone():
        pass


def test_what_nobody_goes_on_with_is_kept_for_days_and_then_goes(tmp_path: Path) -> None:
    left, whole, done = begun(tmp_path, b"1"), begun(tmp_path, b"1234567890"), begun(tmp_path)
    done.put(Outcome(stage="ready"))
    soon = max(one.touched for one in (left, whole, done)) + KEPT_SECONDS
    forget_old(tmp_path, soon - 60)
    assert len(on_their_way(tmp_path)) == 3
    forget_old(tmp_path, soon + 60)
    assert on_their_way(tmp_path) == [whole]


def test_what_was_half_thrown_away_goes_when_nobody_can_be_at_it(tmp_path: Path) -> None:
    half = tmp_path / f".{'a' * 32}"
    half.mkdir()
    forget_old(tmp_path, half.stat().st_mtime + 60)
    assert half.exists()
    forget_old(tmp_path, half.stat().st_mtime + 7200)
    assert not half.exists()
