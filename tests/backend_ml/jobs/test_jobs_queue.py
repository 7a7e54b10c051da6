from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jobs_material import SECRET, job_of, submit, task

from backend_ml.config import Config
from backend_ml.jobs.claims import Claims
from backend_ml.jobs.job import LONGEST_DELAY, Work, delay
from backend_ml.jobs.outcome import Cut, Problem
from backend_ml.jobs.process import this_process
from backend_ml.jobs.sqlite_queue import SqliteQueue
from vib.language import Text

Settle = Callable[..., Config]
CUT = Cut("turns", 60.0, 2.0)
PASSING = Problem(Text(nl="even niet", en="not now"), passing=True)
BAD = Problem(Text(nl="onleesbaar", en="unreadable"), passing=False)


def work(name: str) -> Work:
    return Work(f"key-{name}", f"/vib/media/{name}", name, "v1")


@pytest.fixture
def config(settle: Settle) -> Config:
    return settle(label_studio_url="http://127.0.0.1:1", secret=SECRET, retry_seconds=0)


@pytest.fixture
def queue(config: Config) -> SqliteQueue:
    return SqliteQueue(config)


@pytest.fixture
def claims(config: Config) -> Claims:
    return Claims(config, this_process())


def test_what_somebody_has_open_goes_first_and_else_it_is_first_come_first_served(
    queue: SqliteQueue, claims: Claims
) -> None:
    for name in "abc":
        submit(queue, work(name))
    submit(queue, work("open"), urgent=True)
    submit(queue, work("c"), urgent=True)
    assert [(job.clip, job.position) for job in queue.listed()] == [("a", 3), ("b", 4), ("c", 1), ("open", 2)]
    taken = [found.clip for _ in range(5) if (found := claims.claim())]
    assert taken == ["c", "open", "a", "b"]


def test_a_clip_is_one_job_however_often_and_for_however_many_tasks_it_is_asked(
    queue: SqliteQueue, claims: Claims
) -> None:
    for number in range(3):
        for _ in range(2):
            submit(queue, work("a"), task(number))
    assert queue.figures().states["queued"] == 1
    assert [job.task for job in queue.listed()] == [0, 1, 2]
    assert claims.claim() is not None
    assert claims.claim() is None
    submit(queue, work("a"), task(9))
    claims.finish("key-a", CUT)
    assert {claims.next_delivery().task for _ in range(4)} == {0, 1, 2, 9}  # type: ignore[union-attr]
    assert claims.next_delivery() is None


def test_a_task_that_names_another_clip_by_now_gets_the_turns_of_that_one(queue: SqliteQueue, claims: Claims) -> None:
    submit(queue, work("old"), task(1))
    submit(queue, work("new"), task(1))
    assert [job.clip for job in queue.listed()] == ["new"]
    assert job_of(queue, work("old")) is None
    assert queue.figures().states["queued"] == 1


def test_a_task_that_is_not_there_any_more_waits_for_nothing(queue: SqliteQueue, claims: Claims) -> None:
    for number in (1, 2):
        submit(queue, work("a"), task(number), turns="turns")
    delivery = claims.next_delivery()
    assert delivery is not None
    claims.delivered(delivery, replace(BAD, gone=True))
    assert [job.task for job in queue.listed()] == [3 - delivery.task]
    assert queue.figures().totals["pushed.failed"] == 1


def test_a_worker_that_lost_its_clip_can_say_nothing_of_it(config: Config, queue: SqliteQueue) -> None:
    submit(queue, work("a"))
    lost, other = Claims(config, "elsewhere:1:1"), Claims(config, this_process())
    assert lost.claim() is not None
    assert other.claim() is None
    other._tables.reading.execute("UPDATE jobs SET lease = 0")
    assert other.claim() is not None
    assert lost.hold("key-a", 0.5) is False
    for say in (lambda: lost.finish("key-a", CUT), lambda: lost.fail("key-a", BAD), lambda: lost.release("key-a")):
        say()
        assert job_of(queue, work("a")).state == "working"  # type: ignore[union-attr]
    other.finish("key-a", CUT)
    assert job_of(queue, work("a")).state == "done"  # type: ignore[union-attr]


def test_the_clip_of_a_process_of_this_machine_that_is_gone_is_taken_back_at_once(
    config: Config, queue: SqliteQueue, claims: Claims
) -> None:
    submit(queue, work("a"))
    host = this_process().split(":")[0]
    assert Claims(config, f"{host}:{2**22 + 1}:1").claim() is not None
    assert claims.claim() is not None


def test_a_clip_that_kills_its_workers_ends_on_the_dead_letter_list(config: Config, queue: SqliteQueue) -> None:
    submit(queue, work("a"))
    host = this_process().split(":")[0]
    for _ in range(config.attempts):
        assert Claims(config, f"{host}:{2**22 + 1}:1").claim() is not None
    assert Claims(config, this_process()).claim() is None
    (dead,) = queue.listed(state="dead")
    assert (dead.attempts, dead.reason is not None) == (config.attempts, True)


def test_what_may_pass_is_tried_a_bounded_number_of_times_and_retry_begins_anew(
    config: Config, queue: SqliteQueue, claims: Claims
) -> None:
    submit(queue, work("a"), task(1))
    tries = 0
    while claims.claim() is not None:
        tries += 1
        claims.fail("key-a", PASSING)
    assert tries == config.attempts
    assert submit(queue, work("a"), task(1), urgent=True).state == "dead"
    assert (queue.retry(project=2), queue.retry(clip="b"), queue.retry(project=1, clip="a"), queue.retry()) == (
        0,
        0,
        1,
        0,
    )
    (job,) = queue.listed()
    assert (job.state, job.attempts, job.reason) == ("queued", 0, None)


def test_bad_media_stay_bad_whoever_asks(config: Config, queue: SqliteQueue, claims: Claims) -> None:
    submit(queue, work("a"))
    claims.claim()
    claims.fail("key-a", BAD)
    job = submit(SqliteQueue(config), work("a"), task(1), urgent=True)
    assert (job.state, job.reason) == ("failed", BAD.reason)
    assert claims.claim() is None


def test_back_off_keeps_a_clip_from_being_taken(settle: Settle) -> None:
    config = settle(retry_seconds=1000)
    queue, claims = SqliteQueue(config), Claims(config, this_process())
    submit(queue, work("a"))
    claims.claim()
    claims.fail("key-a", PASSING)
    (job,) = queue.listed()
    assert (job.state, job.reason, job.attempts) == ("queued", PASSING.reason, 1)
    assert claims.claim() is None


def test_turns_that_are_ready_count_as_done_only_when_label_studio_has_them(queue: SqliteQueue, claims: Claims) -> None:
    submit(queue, work("a"), task(1))
    claims.claim()
    claims.finish("key-a", CUT)
    assert [job.state for job in queue.listed()] == ["working"]
    assert queue.figures().deliveries == 1
    delivery = claims.next_delivery()
    assert delivery is not None
    claims.delivered(delivery, PASSING)
    (job,) = queue.listed()
    assert (job.state, job.reason) == ("working", PASSING.reason)
    delivery = claims.next_delivery()
    assert delivery is not None
    claims.delivered(delivery, None)
    assert [job.state for job in queue.listed()] == ["done"]
    # Asked for once more, with the turns there: offered once more, cut no more.
    submit(queue, work("a"), task(1), turns="turns")
    assert claims.next_delivery() is not None
    assert claims.claim() is None


def test_a_delivery_is_one_line_in_the_log_however_often_it_is_tried_and_one_when_it_is_given_up(
    settle: Settle, caplog: pytest.LogCaptureFixture
) -> None:
    config = settle(label_studio_url="http://127.0.0.1:1", secret=SECRET, retry_seconds=0, push_attempts=4)
    queue, claims = SqliteQueue(config), Claims(config, this_process())
    submit(queue, work("a"), task(1), turns="turns")
    for _ in range(4):
        delivery = claims.next_delivery()
        assert delivery is not None
        claims.delivered(delivery, PASSING)
    assert [record.getMessage() for record in caplog.records] == [
        "turns for task 1 of project 1: not now; it is tried again",
        "turns for task 1 of project 1: not now; given up after 4 attempts",
    ]


def test_a_delivery_that_came_too_late_changes_nothing_of_the_clip_the_task_has_now(
    queue: SqliteQueue, claims: Claims
) -> None:
    submit(queue, work("a"), task(1), turns="turns")
    delivery = claims.next_delivery()
    assert delivery is not None
    submit(queue, work("b"), task(1))
    claims.delivered(delivery, None)
    assert [(job.clip, job.state) for job in queue.listed()] == [("b", "queued")]


def test_turns_that_were_thrown_away_are_made_again_when_asked(queue: SqliteQueue, claims: Claims) -> None:
    submit(queue, work("a"), turns="turns")
    assert claims.claim() is None
    assert submit(queue, work("a")).state == "queued"
    assert claims.claim() is not None


@pytest.mark.waits
def test_several_that_open_and_fill_the_queue_at_once_do_not_trip_over_each_other(config: Config) -> None:
    def fill(number: int) -> None:
        queue = SqliteQueue(config)
        for name in range(20):
            submit(queue, work(str(name)), task(number))
            queue.count("predictions.cache")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fill, range(8)))
    figures = SqliteQueue(config).figures()
    assert figures.totals == {"predictions.cache": 160.0}
    assert figures.states["queued"] <= 20


def test_only_its_owner_can_read_the_queue(config: Config, queue: SqliteQueue) -> None:
    submit(queue, work("a"))
    for file in config.queue.parent.glob(f"{config.queue.name}*"):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_what_nobody_asked_for_in_a_long_time_is_forgotten(queue: SqliteQueue, claims: Claims) -> None:
    submit(queue, work("old"), turns="turns")
    submit(queue, work("new"), turns="turns")
    claims._tables.reading.execute("UPDATE jobs SET ended = 1 WHERE clip = 'old'")
    claims.forget()
    assert [job.clip for job in queue.listed()] == ["new"]


@given(some.integers(1, 10_000), some.floats(0, 1e6), some.floats(0, 1))
def test_a_delay_is_never_negative_and_bounded(attempt: int, base: float, chance: float) -> None:
    assert 0 <= delay(attempt, base, chance) <= 1.25 * LONGEST_DELAY
    assert delay(attempt, base, chance) <= delay(attempt + 1, base, chance)
