"""Adding lines: by many at once, by some who are killed, and when the disk is full."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from audit_making import Event, contents, forged, lines_of, make_event, spoil, write_head
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plugins.audit import plugin
from plugins.audit.line import GENESIS, MAX_LINE, parse
from plugins.audit.log import SEARCHED, Log
from plugins.audit.verifying import verify
from vib.access_event import AccessEvent
from vib.pluginhost import PluginHost
from vib.problem import InputProblem

ROOT = Path(__file__).parents[3]

WRITER = r"""
import os, sys, threading
from pathlib import Path
from plugins.audit.log import Log
from vib.access_event import AccessEvent

log, name, count = Log(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])

def write(thread):
    for number in range(count):
        at = log.append(AccessEvent(who=f"{name}-{thread}", role="", what="x" * 500, allowed=True, which=str(number)))
        os.write(1, f"{at.number} {at.hash}\n".encode())

threads = [threading.Thread(target=write, args=(thread,)) for thread in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@contextmanager
def writers(log: Log, names: str, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Let a process for each name write; whoever still runs at the end is killed."""
    with ExitStack() as stack:
        running = []
        for name in names:
            command = [sys.executable, "-c", WRITER, log.data, name, str(count)]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            running.append(stack.enter_context(process))
            stack.callback(process.kill)
        yield running


# What is written


def test_a_line_has_what_happened_and_anyone_can_check_its_hash_by_hand(log: Log, event: Event) -> None:
    log.append(event(families=("F-0001", "F-0002"), which="task 12", where="10.0.0.1", allowed=False))
    [raw] = lines_of(log)
    content = json.loads(raw)
    assert content["previous"] == GENESIS
    assert hashlib.sha256(raw.partition(b',"hash"')[0] + b"}").hexdigest() == content["hash"]
    del content["when"], content["hash"], content["previous"]
    assert content == {
        "number": 1,
        "kind": "event",
        "who": "anna@praktijk.example",
        "role": "counsellor",
        "what": "GET api/tasks/",
        "allowed": False,
        "families": ["F-0001", "F-0002"],
        "which": "task 12",
        "where": "10.0.0.1",
    }


def test_each_line_has_the_hash_of_the_line_before_it_and_a_time_in_utc(five: Log) -> None:
    found = contents(five)
    assert [line["number"] for line in found] == [1, 2, 3, 4, 5]
    assert [line["previous"] for line in found] == [GENESIS, *(line["hash"] for line in found[:-1])]
    times = [str(line["when"]) for line in found]
    assert times == sorted(times)
    assert {time[10] + time[19] + time[23:] for time in times} == {"T.Z"}


def test_the_head_names_the_last_line(five: Log) -> None:
    last = contents(five)[-1]
    assert five.head_file.read_text() == f"{5:020d} {last['hash']}\n"


def test_only_the_owner_can_read_the_log(tmp_path: Path, event: Event) -> None:
    before = os.umask(0)
    try:
        Log(tmp_path).append(event())
    finally:
        os.umask(before)
    folder = tmp_path / "audit"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "log.jsonl": 0o600,
        "head": 0o600,
        "lock": 0o600,
    }


strange = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["\n", "\r\n", "a\u2028b", "\x00", "\x1b[2J", "\x7f", "\ud800", '","hash":"', "é\u202e"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.builds(make_event, who=strange, which=strange, where=strange, families=st.tuples(strange)))
def test_any_text_is_one_line_of_ascii_without_control_characters_and_is_read_back(
    log: Log, event: AccessEvent
) -> None:
    log.append(event)
    raw = lines_of(log)[-1]
    assert all(32 <= byte < 127 for byte in raw[:-1])
    line = parse(raw)
    assert line is not None
    assert line.event == event
    assert log.file.read_bytes().count(b"\n") == line.mark.number


def test_an_event_that_is_too_long_is_refused_and_leaves_nothing(five: Log, event: Event) -> None:
    before = five.file.read_bytes()
    with pytest.raises(ValueError, match="too long"):
        five.append(event(which="x" * MAX_LINE))
    assert five.file.read_bytes() == before


def test_a_long_line_is_followed_by_the_next(log: Log, event: Event) -> None:
    for _ in range(3):
        log.append(event(families=tuple(f"F-{number:04d}" for number in range(20_000))))
    assert verify(log).last.number == 3


# Many at once


@pytest.mark.waits
def test_processes_and_threads_that_write_at_once_make_one_whole_chain(log: Log) -> None:
    with writers(log, "abc", 50) as running:
        said = [line for process in running for line in process.communicate(timeout=60)[0].splitlines()]
    found = contents(log)
    assert {f"{line['number']} {line['hash']}" for line in found} == set(said)
    assert len({(line["who"], line["which"]) for line in found}) == len(found) == 300
    verdict = verify(log)
    assert (verdict.last.number, verdict.findings, verdict.torn) == (300, (), 0)


def test_processes_that_were_forked_after_the_first_line_do_not_share_a_lock(five: Log) -> None:
    fork = multiprocessing.get_context("fork")

    def write() -> None:
        for number in range(40):
            five.append(make_event(which=str(number)))

    children = [fork.Process(target=write) for _ in range(3)]
    try:
        for child in children:
            child.start()
        for child in children:
            child.join(60)
    finally:
        for child in children:
            child.kill()
    assert verify(five).last.number == 125
    assert verify(five).findings == ()


@pytest.mark.waits
def test_the_log_can_be_verified_while_it_is_written(five: Log) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            five.append(make_event())

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert [verify(five).findings for _ in range(20)] == [()] * 20
    finally:
        stop.set()
        thread.join()


# Killed


@pytest.mark.waits
def test_nothing_that_was_acknowledged_is_lost_when_writers_are_killed(log: Log, event: Event) -> None:
    said: list[str] = []
    for turn in range(4):
        with writers(log, "ab", 10**6) as running:
            for process in running:
                assert process.stdout is not None
                said += [process.stdout.readline() for _ in range(1 + 7 * turn)]
            for process in running:
                process.kill()
                # The last line of a killed process may be half said.
                said += [line for line in process.communicate()[0].splitlines(keepends=True) if line.endswith("\n")]
    log.append(event())
    written = {f"{line['number']} {line['hash']}" for line in contents(log)}
    acknowledged = {line.strip() for line in said if len(line.split()) == 2 and len(line.split()[1]) == 64}
    assert len(acknowledged) > 8
    assert acknowledged <= written
    assert verify(log).findings == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 340), st.integers(0, 700))
@example(kept=1, again=1)
@example(kept=1, again=378)
def test_a_half_line_stays_and_is_told_of_and_the_chain_goes_on(log: Log, kept: int, again: int) -> None:
    lines = forged(3)
    log.folder.mkdir(exist_ok=True)
    spoil(log, *lines[:2], lines[2][:kept])
    write_head(log, lines[1])
    assert verify(log).findings == ()
    assert verify(log).unfinished == len(lines[2][:kept])

    log.append(make_event(which="after"))
    whole = log.file.read_bytes()
    assert whole.startswith(b"".join(lines[:2]) + lines[2][:kept] + b"\n")
    assert [line["kind"] for line in contents(log)] == ["event", "event", "torn", "event"]
    verdict = verify(log)
    assert (verdict.findings, verdict.torn, verdict.unfinished) == ((), 1, 0)

    # Killed again, anywhere in what told of the half line.
    start = len(b"".join(lines[:2])) + kept
    log.file.write_bytes(whole[: start + again % (len(whole) - start)])
    write_head(log, lines[1])
    log.append(make_event(which="after all"))
    assert verify(log).findings == ()
    assert contents(log)[-1]["which"] == "after all"
    assert log.file.read_bytes().startswith(b"".join(lines[:2]) + lines[2][:kept])


def test_a_line_that_lacks_only_its_newline_is_finished(log: Log) -> None:
    lines = forged(3)
    log.folder.mkdir(exist_ok=True)
    spoil(log, *lines[:2], lines[2].rstrip(b"\n"))
    write_head(log, lines[1])
    log.append(make_event(which="after"))
    assert log.file.read_bytes().startswith(b"".join(lines))
    verdict = verify(log)
    assert (verdict.findings, verdict.torn, verdict.unfinished) == ((), 0, 0)


@pytest.mark.parametrize("behind", [1, 2, 3])
def test_a_head_that_a_killed_process_did_not_write_yet_is_no_finding(five: Log, event: Event, behind: int) -> None:
    write_head(five, lines_of(five)[-1 - behind])
    assert verify(five).findings == ()
    five.append(event())
    assert [line["kind"] for line in contents(five)] == ["event"] * 6
    assert verify(five).findings == ()


# What does not fit is kept, not written over


def test_an_end_that_was_cut_off_before_the_next_event_is_told_of_for_good(five: Log, event: Event) -> None:
    lines = lines_of(five)
    spoil(five, *lines[:3])
    five.append(event())
    five.append(event())
    assert [line["kind"] for line in contents(five)] == ["event", "event", "event", "cut", "event", "event"]
    [finding] = verify(five).findings
    assert "before line 4" in finding.en
    assert json.loads(lines[4])["hash"] in finding.en


@pytest.mark.parametrize("content", [b"", b"nonsense", b"0" * 20 + b" " + b"0" * 64 + b"\n"])
def test_a_head_that_was_spoiled_before_the_next_event_is_told_of(five: Log, event: Event, content: bytes) -> None:
    five.head_file.write_bytes(content)
    five.append(event())
    assert [finding.en[:13] for finding in verify(five).findings] == ["before line 6"]


def test_a_log_that_was_removed_is_told_of_when_it_begins_anew(five: Log, event: Event) -> None:
    five.file.unlink()
    five.append(event())
    assert [line["kind"] for line in contents(five)] == ["cut", "event"]
    assert len(verify(five).findings) == 1


def test_a_last_line_that_was_changed_is_not_built_upon(five: Log, event: Event) -> None:
    lines = lines_of(five)
    changed = lines[4].replace(b"anna", b"bram")
    spoil(five, *lines[:4], changed)
    five.append(event())
    assert changed in five.file.read_bytes()
    assert [line["kind"] for line in contents(five)][4:] == ["torn", "cut", "event"]
    assert verify(five).findings != ()


@pytest.mark.parametrize("rest", [b"x" * (SEARCHED + MAX_LINE + 2), b"\n" * (SEARCHED + 10)], ids=["long", "many"])
def test_an_end_that_no_killed_process_leaves_refuses_everything(five: Log, event: Event, rest: bytes) -> None:
    with five.file.open("ab") as file:
        file.write(rest)
    with pytest.raises(InputProblem, match="the end is damaged"):
        five.append(event())


# When it cannot be written

FULL = """
import resource, signal, sys
from pathlib import Path
from plugins.audit.log import Log
from vib.access_event import AccessEvent

log = Log(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (log.file.stat().st_size + 100, resource.RLIM_INFINITY))
for _ in range(3):
    try:
        log.append(AccessEvent(who="", role="", what="", allowed=True))
    except OSError:
        print("refused")
"""


def test_a_full_disk_refuses_the_event_and_the_log_goes_on_when_there_is_room(five: Log, event: Event) -> None:
    run = subprocess.run([sys.executable, "-c", FULL, five.data], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.splitlines() == ["refused"] * 3
    assert verify(five).findings == ()
    assert verify(five).unfinished == 100
    five.append(event())
    assert [line["kind"] for line in contents(five)][5:] == ["torn", "event"]
    assert verify(five).findings == ()


def test_a_log_that_cannot_be_opened_refuses_the_event(five: Log, event: Event) -> None:
    five.head_file.unlink()
    five.head_file.mkdir()
    with pytest.raises(OSError, match="head"):
        five.append(event())


def test_a_data_folder_that_is_not_there_is_not_made(tmp_path: Path, event: Event) -> None:
    with pytest.raises(FileNotFoundError):
        Log(tmp_path / "none").append(event())
    assert not (tmp_path / "none").exists()


# The hook


def test_the_hook_writes_to_the_data_folder_of_the_environment(
    tmp_path: Path, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = PluginHost(only=["audit"])
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv("VIB_DATA", str(tmp_path / name))
        host.hook.vib_access_event(event=event(which=name))
    assert [contents(Log(tmp_path / name))[0]["which"] for name in ("one", "other")] == ["one", "other"]


def test_the_hook_raises_when_the_log_cannot_be_written(
    tmp_path: Path, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIB_DATA", str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError):
        plugin.vib_access_event(event())
