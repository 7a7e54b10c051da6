from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from jobs_material import SECRET, Receiver, Workers, clip, job_of, submit, task, work_on

from backend_ml.cache import TurnsCache
from backend_ml.config import Config
from backend_ml.jobs import worker as worker_module
from backend_ml.jobs.delivering import deliver
from backend_ml.jobs.job import Work
from backend_ml.jobs.outcome import Problem
from backend_ml.jobs.sqlite_queue import SqliteQueue
from tests.waiting import until
from vib.segmenting import Segmentation

Settle = Callable[..., Config]


def state(queue: SqliteQueue, work: Work) -> str:
    job = job_of(queue, work)
    assert job is not None
    return job.state


def begun(log: Path) -> Counter[str]:
    return Counter(line.split()[1] for line in log.read_text().splitlines() if line.startswith("begin"))


def pids(log: Path) -> list[int]:
    return [int(line.split()[2]) for line in log.read_text().splitlines() if line.startswith("begin")]


def test_a_worker_cuts_what_is_queued_and_says_how_far_it_is(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    queue = SqliteQueue(settle())
    slow, quick = clip(media, "slow.m4a", "print {not for the worker}", "sleep 4"), clip(media, "quick.m4a")
    submit(queue, slow)
    submit(queue, quick)
    workers.start()
    job = until(lambda: (found := job_of(queue, slow)) and found.progress > 0.2 and found)
    assert (job.state, job.attempts) == ("working", 1)
    assert state(queue, quick) == "queued"
    until(lambda: state(queue, quick) == "done")
    assert state(queue, slow) == "done"
    assert begun(log) == {"slow.m4a": 1, "quick.m4a": 1}
    assert queue.figures().workers == 1
    totals = queue.figures().totals
    assert (totals["finished.done"], totals["media_seconds"]) == (2.0, 18.0)


def test_the_job_of_a_killed_worker_is_taken_up_by_another_and_its_child_dies_with_it(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    queue = SqliteQueue(settle())
    work = clip(media, "long.m4a", "sleep 3")
    submit(queue, work)
    first = workers.start()
    until(lambda: begun(log)["long.m4a"] == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    (child,) = pids(log)
    until(lambda: not Path(f"/proc/{child}").exists() or _zombie(child))
    assert state(queue, work) == "working"
    workers.start()
    until(lambda: state(queue, work) == "done")
    assert begun(log)["long.m4a"] == 2
    job = job_of(queue, work)
    assert job is not None
    assert job.attempts == 2


def test_a_worker_that_is_told_to_stop_puts_its_clip_back_as_if_not_begun(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    queue = SqliteQueue(settle())
    work = clip(media, "long.m4a", "sleep 30")
    submit(queue, work)
    process = workers.start()
    until(lambda: begun(log)["long.m4a"] == 1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    job = job_of(queue, work)
    assert job is not None
    assert (job.state, job.attempts) == ("queued", 0)
    assert queue.figures().workers == 0


def test_bad_media_are_never_tried_again_by_themselves_and_a_bug_tells_no_folder(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    config = settle(attempts=2)
    queue = SqliteQueue(config)
    bad, bug = clip(media, "bad.m4a", "bad"), clip(media, "bug.m4a", "bug")
    submit(queue, bad)
    submit(queue, bug)
    workers.start()
    until(lambda: state(queue, bug) == "dead")
    job = job_of(queue, bad)
    assert job is not None
    assert job.reason is not None
    assert (job.state, job.attempts, job.reason.nl) == ("failed", 1, "onleesbaar")
    # Asked again, also by another process after a restart, it stays as it is.
    assert submit(SqliteQueue(config), bad, urgent=True).state == "failed"
    assert begun(log) == {"bad.m4a": 1, "bug.m4a": 2}
    assert not any(str(media) in str(job.content()) for job in queue.listed())
    assert [job.clip for job in queue.listed(state="dead")] == ["F-0001/bug.m4a"]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("abort", "SIGABRT"),
        ("exit", "code 3"),
        ("sleep 60", "longer than 2 s"),
        ("grow 8", "more than 150 MB"),
        ("grow 2000", "more than 150 MB"),
        ("passing", "not now"),
    ],
)
def test_a_job_that_crashes_or_takes_too_much_costs_only_itself_and_ends_on_the_dead_letter_list(
    settle: Settle, workers: Workers, media: Path, log: Path, command: str, says: str
) -> None:
    queue = SqliteQueue(settle(attempts=2, job_seconds=2, job_bytes=150 * 1024**2, lease_seconds=30))
    awful, fine = clip(media, "awful.m4a", command), clip(media, "fine.m4a")
    submit(queue, awful)
    submit(queue, fine)
    workers.start()
    until(lambda: state(queue, awful) == "dead")
    until(lambda: state(queue, fine) == "done")
    (dead,) = queue.listed(state="dead")
    assert dead.reason is not None
    assert (dead.clip, dead.attempts) == ("F-0001/awful.m4a", 2)
    assert says in dead.reason.en
    assert begun(log)["awful.m4a"] == 2
    assert workers.running[0].poll() is None


def test_an_installation_without_its_models_says_so_at_each_clip(
    settle: Settle, workers: Workers, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINY_WITHOUT_MODELS", "1")
    queue = SqliteQueue(settle(attempts=1))
    submit(queue, clip(media, "clip.m4a"))
    workers.start()
    until(lambda: queue.listed(state="dead"))
    (dead,) = queue.listed()
    assert dead.reason is not None
    assert dead.reason.en == "the models are missing"


def test_what_a_clip_started_ends_when_its_time_is_over(
    settle: Settle, workers: Workers, media: Path, log: Path, tmp_path: Path
) -> None:
    queue = SqliteQueue(settle(attempts=1, job_seconds=2))
    work = clip(media, "long.m4a", "start sleep 4242", "sleep 60")
    submit(queue, work)
    workers.start()
    until(lambda: state(queue, work) == "dead")
    assert not [
        entry
        for entry in Path("/proc").glob("[0-9]*/cmdline")
        if entry.read_bytes().startswith(b"sleep\x004242") and not _zombie(int(entry.parent.name))
    ]


def test_a_crash_that_does_not_come_back_is_forgotten(
    settle: Settle, workers: Workers, media: Path, tmp_path: Path
) -> None:
    queue = SqliteQueue(settle())
    work = clip(media, "once.m4a", f"once {tmp_path / 'crashed'}")
    submit(queue, work)
    workers.start()
    until(lambda: state(queue, work) == "done")
    job = job_of(queue, work)
    assert job is not None
    assert (job.attempts, job.reason) == (2, None)
    assert queue.figures().totals["retries.cut"] == 1


def test_several_workers_never_do_one_clip_twice_and_a_restart_keeps_the_queue(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    config = settle(workers=2)
    works = [clip(media, f"c{number}.m4a", "sleep 0.1") for number in range(12)]
    queue = SqliteQueue(config)
    for work in (*works, *works):
        submit(queue, work)
    del queue
    process = workers.start()
    queue = SqliteQueue(config)
    until(lambda: queue.figures().states["done"] >= 3)
    process.terminate()
    assert process.wait(60) == 0
    workers.start()
    until(lambda: queue.figures().states["done"] == len(works))
    finished = Counter(line.split()[1] for line in log.read_text().splitlines() if line.startswith("end"))
    assert set(finished.values()) == {1}
    assert len(set(pids(log))) >= 2
    assert queue.figures().totals["finished.done"] == len(works)


def test_a_process_of_a_killed_set_of_workers_does_not_stay_behind(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    queue = SqliteQueue(settle(workers=2))
    submit(queue, clip(media, "long.m4a", "sleep 60"))
    process = workers.start()
    until(lambda: begun(log)["long.m4a"] == 1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (child,) = pids(log)
    until(lambda: not Path(f"/proc/{child}").exists() or _zombie(child))


def test_turns_are_pushed_to_every_task_that_waits_also_when_label_studio_was_down(
    settle: Settle, workers: Workers, media: Path, receiver: Receiver, log: Path
) -> None:
    queue = SqliteQueue(settle(label_studio_url=receiver.url, secret=SECRET))
    receiver.status = 503
    work = clip(media, "clip.m4a")
    submit(queue, work, task(11))
    submit(queue, work, task(12, project=2))
    workers.start()
    until(lambda: len(receiver.asked) >= 3)
    (waiting,) = queue.listed(project=2)
    assert (waiting.state, waiting.progress) == ("working", 1.0)
    assert waiting.reason is not None
    assert "503" in waiting.reason.en
    receiver.status = 200
    until(lambda: {job.state for job in queue.listed()} == {"done"})
    assert sorted((got["project"], got["task"]) for got in receiver.got) == [(1, 11), (2, 12)]
    got = receiver.got[0]
    assert (got["model_version"], got["score"]) == ("tiny-1", 0.8)
    assert got["result"][0]["value"]["labels"] == ["kind"]
    assert set(receiver.asked) == {("/vib/turns/results", f"Bearer {SECRET}")}
    assert begun(log)["clip.m4a"] == 1


@pytest.mark.parametrize(
    ("status", "shown"),
    [(401, "failed"), (403, "failed"), (409, "failed"), (413, "failed"), (422, "failed"), (302, "dead")],
)
def test_a_task_that_label_studio_refuses_is_shown_with_the_reason_and_cut_once(
    settle: Settle, workers: Workers, media: Path, receiver: Receiver, log: Path, status: int, shown: str
) -> None:
    queue = SqliteQueue(settle(label_studio_url=receiver.url, secret=SECRET, push_attempts=2))
    receiver.status = status
    submit(queue, clip(media, "clip.m4a"), task(11))
    workers.start()
    until(lambda: queue.listed()[0].state == shown)
    assert queue.listed()[0].reason is not None
    receiver.status = 200
    assert queue.retry(project=1) == 1
    until(lambda: queue.listed()[0].state == "done")
    assert begun(log)["clip.m4a"] == 1


def test_a_task_that_label_studio_does_not_know_is_dropped(
    settle: Settle, workers: Workers, media: Path, receiver: Receiver
) -> None:
    queue = SqliteQueue(settle(label_studio_url=receiver.url, secret=SECRET))
    receiver.status = 404
    submit(queue, clip(media, "clip.m4a"), task(11))
    workers.start()
    until(lambda: queue.figures().totals.get("pushed.failed"))
    assert [(job.task, job.state) for job in queue.listed()] == [(None, "done")]


def test_a_fault_in_offering_is_a_failed_offer_and_others_are_brought(
    settle: Settle, media: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settle(label_studio_url=receiver.url, secret=SECRET, push_attempts=1)
    queue = SqliteQueue(config)
    broken, fine = clip(media, "broken.m4a"), clip(media, "fine.m4a")
    for number, work in enumerate((broken, fine), 1):
        submit(queue, work, task(number))

    def faulty(config: Config, project: int, number: int, interface: str, turns: Segmentation) -> Problem | None:
        if number == 1:
            raise RuntimeError("a fault")
        return deliver(config, project, number, interface, turns)

    monkeypatch.setattr(worker_module, "deliver", faulty)
    worker = worker_module.Worker(config)
    running = threading.Thread(target=worker.run)
    running.start()
    try:
        until(lambda: {job.task: job.state for job in queue.listed()} == {1: "dead", 2: "done"})
    finally:
        worker.stop()
        running.join()


def test_turns_that_were_thrown_away_before_they_were_pushed_are_made_again(
    settle: Settle, workers: Workers, media: Path, receiver: Receiver, log: Path
) -> None:
    config = settle(label_studio_url=receiver.url, secret=SECRET)
    queue = SqliteQueue(config)
    receiver.status = 500
    submit(queue, clip(media, "clip.m4a"), task(11))
    process = workers.start()
    until(lambda: len(receiver.asked) >= 1)
    process.terminate()
    process.wait()
    for kept in config.cache.iterdir():
        kept.unlink()
    receiver.status = 200
    workers.start()
    until(lambda: queue.listed()[0].state == "done")
    assert begun(log)["clip.m4a"] == 2
    assert len(receiver.got) == 1


def test_a_clip_that_changes_while_it_is_cut_is_cut_again(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    config = settle()
    queue = SqliteQueue(config)
    work = clip(media, "clip.m4a", "sleep 1")
    submit(queue, work)
    workers.start()
    until(lambda: begun(log)["clip.m4a"] == 1)
    clip(media, "clip.m4a", "sleep 0.1")
    until(lambda: state(queue, work) == "done")
    assert begun(log)["clip.m4a"] == 2
    assert len(list(config.cache.glob("*.json"))) == 1
    assert work_on(media, "clip.m4a").key != work.key
    assert TurnsCache(config.cache) is not None


def _zombie(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except OSError:
        return True


def test_a_worker_that_sleeps_with_its_machine_loses_its_clip_to_another(
    settle: Settle, workers: Workers, media: Path, log: Path
) -> None:
    queue = SqliteQueue(settle(lease_seconds=5))
    work = clip(media, "clip.m4a", "sleep 3")
    submit(queue, work)
    first = workers.start()
    until(lambda: begun(log)["clip.m4a"] == 1)
    time.sleep(0.3)
    first.send_signal(signal.SIGSTOP)
    for number in pids(log):
        os.kill(number, signal.SIGSTOP)
    workers.start()
    until(lambda: state(queue, work) == "done")
    for number in (first.pid, pids(log)[0]):
        os.kill(number, signal.SIGCONT)
    submit(queue, clip(media, "next.m4a"))
    until(lambda: queue.figures().states["done"] == 2)
    finished = queue.figures().totals["finished.done"]
    assert finished == 2
