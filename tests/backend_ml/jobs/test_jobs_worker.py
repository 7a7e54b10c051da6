from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from jobs_material import SECRET, Receiver, Workers, begun, clip, gone, job_of, pids, state, submit, task, work_on

from backend_ml.cache import TurnsCache
from backend_ml.config import Config
from backend_ml.jobs import worker as worker_module
from backend_ml.jobs.delivering import deliver
from backend_ml.jobs.outcome import Problem
from backend_ml.jobs.sqlite_queue import SqliteQueue
from tests.waiting import until
from vib.segmenting import Segmentation

Settle = Callable[..., Config]


@pytest.mark.waits
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


@pytest.mark.parametrize("attempts", [1, pytest.param(2, marks=pytest.mark.nightly)])
def test_a_job_that_crashes_or_takes_too_much_costs_only_itself_and_ends_on_the_dead_letter_list(
    settle: Settle, workers: Workers, media: Path, log: Path, attempts: int
) -> None:
    queue = SqliteQueue(settle(attempts=attempts, job_seconds=2, job_bytes=150 * 1024**2, lease_seconds=30))
    awful = {
        "exit": "code 3",
        "sleep 60": "longer than 2 s",
        "grow 8": "more than 150 MB",
        "grow 2000": "more than 150 MB",
        "passing": "not now",
    }
    for number, command in enumerate(awful):
        submit(queue, clip(media, f"{number}.m4a", command))
    fine = clip(media, "fine.m4a")
    submit(queue, fine)
    workers.start()
    until(lambda: len(queue.listed(state="dead")) == len(awful))
    until(lambda: state(queue, fine) == "done")
    for job, says in zip(queue.listed(state="dead"), awful.values(), strict=True):
        assert job.reason is not None
        assert says in job.reason.en
        assert job.attempts == begun(log)[job.clip.removeprefix("F-0001/")] == attempts
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
    seconds = f"4242.{os.getpid()}"
    work = clip(media, "long.m4a", f"start sleep {seconds}", "sleep 60")
    submit(queue, work)
    workers.start()
    left = list[int]()
    try:
        until(lambda: state(queue, work) == "dead")
    finally:
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if entry.read_bytes() == f"sleep\x00{seconds}\x00".encode() and not gone(int(entry.parent.name)):
                    left.append(int(entry.parent.name))
                    os.kill(left[-1], signal.SIGKILL)
    assert left == []


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


@pytest.mark.waits
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
    until(lambda: gone(child))


def test_a_task_that_label_studio_refuses_is_shown_with_the_reason_and_cut_once(
    settle: Settle, workers: Workers, media: Path, receiver: Receiver, log: Path
) -> None:
    queue = SqliteQueue(settle(label_studio_url=receiver.url, secret=SECRET, push_attempts=2))
    refused = dict.fromkeys((401, 403, 409, 413, 422), "failed") | {302: "dead"}
    for status in refused:
        receiver.of_task[status] = status
        submit(queue, clip(media, f"{status}.m4a"), task(status))
    workers.start()
    until(lambda: {job.task: job.state for job in queue.listed()} == refused)
    assert all(job.reason is not None for job in queue.listed())
    receiver.of_task.clear()
    assert queue.retry(project=1) == len(refused)
    until(lambda: {job.state for job in queue.listed()} == {"done"})
    assert begun(log) == {f"{status}.m4a": 1 for status in refused}


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
    settle: Settle, workers: Workers, media: Path, log: Path, tmp_path: Path
) -> None:
    config = settle()
    queue = SqliteQueue(config)
    work = clip(media, "clip.m4a", f"wait {tmp_path / 'go'}")
    submit(queue, work)
    workers.start()
    until(lambda: begun(log)["clip.m4a"] == 1)
    clip(media, "clip.m4a")
    (tmp_path / "go").touch()
    until(lambda: state(queue, work) == "done")
    assert begun(log)["clip.m4a"] == 2
    assert len(list(config.cache.glob("*.json"))) == 1
    assert work_on(media, "clip.m4a").key != work.key
    assert TurnsCache(config.cache) is not None


@pytest.mark.waits
def test_a_worker_that_sleeps_with_its_machine_loses_its_clip_to_another(
    settle: Settle, workers: Workers, media: Path, log: Path, tmp_path: Path
) -> None:
    queue = SqliteQueue(settle(lease_seconds=5))
    work = clip(media, "clip.m4a", f"wait {tmp_path / 'go'}")
    submit(queue, work)
    first = workers.start()
    until(lambda: (found := job_of(queue, work)) and found.progress)
    asleep = (first.pid, *pids(log))
    try:
        for number in asleep:
            os.kill(number, signal.SIGSTOP)
        workers.start()
        until(lambda: begun(log)["clip.m4a"] == 2)
        (tmp_path / "go").touch()
        until(lambda: state(queue, work) == "done")
    finally:
        for number in asleep:
            os.kill(number, signal.SIGCONT)
    submit(queue, clip(media, "next.m4a"))
    until(lambda: queue.figures().states["done"] == 2)
    finished = queue.figures().totals["finished.done"]
    assert finished == 2
