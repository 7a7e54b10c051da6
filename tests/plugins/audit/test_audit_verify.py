"""Every change of what was written is found, and what cannot be found is known."""

from __future__ import annotations

import shutil
import tracemalloc
from pathlib import Path

import pytest
from audit_making import forged, lines_of, make_event, spoil, write_head
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.audit.line import GENESIS, MAX_LINE, START, parse, seal
from plugins.audit.log import Log
from plugins.audit.verifying import Verdict, verify
from vib.access_event import AccessEvent
from vib.problem import InputProblem

COUNT = 6
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """Return a log that every test spoils in its own way and the next one gets back."""
    log = Log(tmp_path_factory.mktemp("whole"))
    for number in range(1, COUNT + 1):
        log.append(make_event(which=f"task {number}"))
    shutil.copy(log.file, log.folder / "log.before")
    shutil.copy(log.head_file, log.folder / "head.before")
    return log


@pytest.fixture
def spoiled(whole: Log) -> Log:
    return whole


def lines_before(log: Log) -> list[bytes]:
    shutil.copy(log.folder / "log.before", log.file)
    shutil.copy(log.folder / "head.before", log.head_file)
    return lines_of(log)


def first_place(verdict: Verdict) -> int:
    """Return the line that the first finding names."""
    return int(verdict.findings[0].en.partition("line ")[2].split()[0])


def test_a_log_that_nobody_touched_is_whole(five: Log) -> None:
    verdict = verify(five)
    assert (verdict.last.number, verdict.findings, verdict.torn, verdict.unfinished) == (5, (), 0, 0)
    assert five.head_file.read_text().split()[1] == verdict.last.hash


@many
@given(st.data())
def test_a_change_of_any_byte_is_found(spoiled: Log, data: st.DataObject) -> None:
    raw = b"".join(lines_before(spoiled))
    place = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    spoil(spoiled, raw[:place] + bytes([byte]) + raw[place + 1 :])
    verdict = verify(spoiled)
    assert verdict.findings
    assert first_place(verdict) == raw[:place].count(b"\n") + 1


@many
@given(st.data())
def test_the_removal_of_any_bytes_is_found(spoiled: Log, data: st.DataObject) -> None:
    raw = b"".join(lines_before(spoiled))
    start = data.draw(st.integers(0, len(raw) - 1))
    stop = data.draw(st.integers(start + 1, len(raw)))
    spoil(spoiled, raw[:start] + raw[stop:])
    assert verify(spoiled).findings


@many
@given(st.data())
def test_the_insertion_of_any_bytes_is_found(spoiled: Log, data: st.DataObject) -> None:
    raw = b"".join(lines_before(spoiled))
    place = data.draw(st.integers(0, len(raw) - 1))
    put_in = data.draw(st.binary(min_size=1, max_size=20) | st.sampled_from([b"\n", b"{}\n", b" "]))
    changed = raw[:place] + put_in + raw[place:]
    spoil(spoiled, changed)
    verdict = verify(spoiled)
    # A newline before the last newline is the same as one after it.
    assert verdict.unfinished == len(put_in) if changed.startswith(raw) else verdict.findings


@given(st.binary(min_size=1, max_size=20))
@many
def test_bytes_after_the_last_line_are_told_of(spoiled: Log, rest: bytes) -> None:
    lines = lines_before(spoiled)
    spoil(spoiled, *lines, rest)
    assert verify(spoiled).unfinished == len(rest)


@given(st.permutations(range(COUNT)).filter(lambda order: order != list(range(COUNT))))
@many
def test_any_other_order_of_the_lines_is_found(spoiled: Log, order: list[int]) -> None:
    lines = lines_before(spoiled)
    spoil(spoiled, *(lines[number] for number in order))
    verdict = verify(spoiled)
    assert first_place(verdict) == next(place for place in range(COUNT) if order[place] != place) + 1


@given(st.sets(st.integers(0, COUNT - 1), max_size=COUNT - 1))
@many
def test_the_removal_of_any_lines_is_found(spoiled: Log, kept: set[int]) -> None:
    lines = lines_before(spoiled)
    spoil(spoiled, *(lines[number] for number in sorted(kept)))
    assert verify(spoiled).findings


@given(st.integers(0, COUNT), st.integers(0, COUNT - 1))
@many
def test_a_line_that_is_there_twice_is_found(spoiled: Log, place: int, number: int) -> None:
    lines = lines_before(spoiled)
    spoil(spoiled, *lines[:place], lines[number], *lines[place:])
    assert verify(spoiled).findings


def test_a_line_that_was_changed_and_sealed_anew_is_found_at_the_next(spoiled: Log) -> None:
    lines = lines_before(spoiled)
    before, line = parse(lines[1]), parse(lines[2])
    assert before is not None
    assert line is not None
    lines[2], _ = seal(before.mark, line.when, make_event(who="bram@praktijk.example"))
    spoil(spoiled, *lines)
    [finding] = verify(spoiled).findings
    assert "line 4 (number 4) does not follow number 3" in finding.en
    assert "regel 4 (nummer 4) volgt niet op nummer 3" in finding.nl


@pytest.mark.parametrize("left", range(COUNT))
def test_lines_that_were_cut_off_the_end_are_found_through_the_head(spoiled: Log, left: int) -> None:
    lines = lines_before(spoiled)
    spoil(spoiled, *lines[:left])
    [finding] = verify(spoiled).findings
    assert finding.en == f"the end is missing: the last line is number {left}, the file head says number {COUNT}"


def test_a_log_that_was_removed_is_found_through_the_head(five: Log) -> None:
    five.file.unlink()
    assert "the end is missing" in verify(five).findings[0].en


def test_a_head_that_was_removed_is_found(five: Log) -> None:
    five.head_file.unlink()
    assert "head is gone" in verify(five).findings[0].en


def test_an_end_that_was_rewritten_is_found_through_the_head(five: Log) -> None:
    spoil(five, *forged(5))
    assert "the file head says another line 5" in verify(five).findings[0].en


def test_a_log_that_was_rewritten_with_its_head_is_found_only_through_a_hash_that_was_kept(five: Log) -> None:
    kept = verify(five).last.hash
    assert verify(five, kept).findings == ()
    lines = forged(8)
    spoil(five, *lines)
    write_head(five, lines[-1])
    assert verify(five).findings == ()
    [finding] = verify(five, kept).findings
    assert "expected hash" in finding.en


def test_a_hash_that_was_kept_is_found_when_lines_came_after_it(five: Log) -> None:
    kept = verify(five).last.hash
    five.append(make_event())
    assert verify(five, kept).findings == ()


def test_the_hash_of_no_line_at_all_proves_nothing(five: Log) -> None:
    assert verify(five, GENESIS).findings != ()


def test_a_log_that_somebody_shortened_and_the_server_went_on_with_is_checked_to_the_end(five: Log) -> None:
    spoil(five, *lines_of(five)[:2])
    for _ in range(5):
        five.append(make_event())
    lines = lines_of(five)
    spoil(five, *lines[:6], *lines[7:])
    assert [first_place(Verdict(START, (finding,), 0, 0)) for finding in verify(five).findings] == [3, 7]


def test_a_half_line_that_the_log_tells_of_cannot_be_changed_or_removed(five: Log) -> None:
    half = b'{"number":6,"when"'
    with five.file.open("ab") as file:
        file.write(half)
    five.append(make_event())
    raw = five.file.read_bytes()
    assert verify(five).findings == ()
    for other in (b"", b"\n", half.replace(b"6", b"7") + b"\n", half + b"\n\n"):
        five.file.write_bytes(raw.replace(half + b"\n", other))
        assert first_place(verify(five)) == 6


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b'{"number":1}',
        b"[" * 100_000 + b"}",
        b'{"number":' + b"9" * 9_999 + b"}",
        b'{"a":"\x1b"}',
        b'{"a":"\xff"}',
        b"",
    ],
    ids=range(8),
)
def test_sealed_nonsense_is_no_line(five: Log, body: bytes) -> None:
    import hashlib

    digest = hashlib.sha256(body[:-1] + b"}").hexdigest().encode()
    spoil(five, body[:-1] + b',"hash":"' + digest + b'"}\n')
    assert "line 1 was changed" in verify(five).findings[0].en


def test_what_a_forged_line_says_is_told_without_control_characters(five: Log) -> None:
    note = AccessEvent(who="", role="", what="audit", allowed=True, which="\x1b[2Jnumber 1")
    raw, _ = seal(verify(five).last, "", note, "cut")
    spoil(five, *lines_of(five), raw)
    write_head(five, raw)
    [finding] = verify(five).findings
    assert "\x1b" not in finding.en + finding.nl


def test_where_there_is_no_log_there_is_nothing_to_verify_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="no audit log"):
        verify(Log(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_verifying_changes_nothing_and_needs_no_lock_file(five: Log) -> None:
    (five.folder / "lock").unlink()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in five.folder.iterdir()}
    verify(five)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in five.folder.iterdir()} == before


@pytest.mark.parametrize("rest", [b"", b"x" * 3 * MAX_LINE], ids=["lines", "no newline"])
def test_a_log_of_any_size_is_verified_in_little_memory(log: Log, rest: bytes) -> None:
    log.folder.mkdir()
    at = START
    with log.file.open("wb") as file:
        for _ in range(4_000):
            raw, at = seal(at, "", make_event(which="x" * 2_000))
            file.write(raw)
        file.write(rest)
    write_head(log, raw)
    told: list[int] = []
    tracemalloc.start()
    try:
        assert verify(log, advance=told.append).last.number == 4_000
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_LINE < log.file.stat().st_size
    finally:
        tracemalloc.stop()
    assert sum(told) == log.file.stat().st_size
