"""A worker: takes clips out of the queue, has them cut, and gives the turns to Label Studio.

``python -m backend_ml.jobs.worker`` runs as many as `VIB_ML_WORKERS` says, on the queue that
the settings name, until it gets SIGTERM or SIGINT. A clip that was not finished goes back.
"""

from __future__ import annotations

import logging
import math
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import NoReturn, final

from backend_ml.cache import TurnsCache
from backend_ml.config import Config, ending_with, read_config
from backend_ml.jobs.claims import FORGET_SECONDS, Claims, Delivery
from backend_ml.jobs.delivering import deliver
from backend_ml.jobs.outcome import Problem
from backend_ml.jobs.process import end_with_parent, this_process
from backend_ml.jobs.runner import Runner
from vib.language import Text

POLL_SECONDS = 0.5
SIGN_SECONDS = 5.0
PROGRESS_SECONDS = 1.0
"""How often at most it is written down how far a clip is."""

TROUBLE_SECONDS = 5.0
"""How long to leave a queue alone that could not be reached."""

FAILED = Problem(
    Text(
        nl="er ging iets mis bij het aanbieden aan Label Studio; zie het logboek",
        en="offering to Label Studio failed; see the log",
    ),
    passing=True,
)

log = logging.getLogger(__name__)


class _Stopped(Exception):
    """We were told to stop, or another worker has the clip by now."""


@final
class Worker:
    """Empties the queue in a file until it is told to stop."""

    def __init__(self, config: Config) -> None:
        self._claims = Claims(config, this_process())
        self._courier = _Courier(config)
        self._runner = Runner(config)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Finish soon; a clip that is being cut goes back into the queue."""
        self._stop.set()

    def run(self) -> None:
        """Work until `stop`."""
        self._courier.start()
        signed = forgot = -math.inf
        try:
            while not self._stop.is_set():
                try:
                    if time.monotonic() - signed > SIGN_SECONDS:
                        self._claims.sign()
                        signed = time.monotonic()
                    if time.monotonic() - forgot > FORGET_SECONDS:
                        self._claims.forget()
                        forgot = time.monotonic()
                    if not self._one():
                        self._stop.wait(POLL_SECONDS)
                except sqlite3.Error as error:
                    log.warning("the queue cannot be used: %s", error)
                    self._stop.wait(TROUBLE_SECONDS)
        finally:
            self._runner.close()
            self._courier.stop()
            self._claims.leave()

    def _one(self) -> bool:
        work = self._claims.claim()
        if work is None:
            return False
        noted = 0.0

        def tick(progress: float) -> None:
            nonlocal noted
            if self._stop.is_set():
                raise _Stopped
            if time.monotonic() - noted > PROGRESS_SECONDS:
                noted = time.monotonic()
                if not self._claims.hold(work.key, progress):
                    raise _Stopped

        try:
            outcome = self._runner.run(work, tick)
        except _Stopped:
            self._claims.release(work.key)
            return True
        self._claims.conclude(work.key, outcome)
        return True


@final
class _Courier(threading.Thread):
    """Gives turns to Label Studio, also while a long clip is being cut."""

    def __init__(self, config: Config) -> None:
        super().__init__(name="courier", daemon=True)
        self._config = config
        self._claims = Claims(config, this_process())
        self._cache = TurnsCache(config.cache)
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Deliver until `stop`."""
        while not self._stop_asked.is_set():
            try:
                delivery = self._claims.next_delivery()
                if delivery is None:
                    self._stop_asked.wait(POLL_SECONDS)
                else:
                    self._bring(delivery)
            except Exception:
                # Whatever it is, the worker would go on and nobody would bring its turns.
                log.exception("turns cannot be brought")
                self._stop_asked.wait(TROUBLE_SECONDS)

    def stop(self) -> None:
        """Finish soon."""
        self._stop_asked.set()
        self.join(TROUBLE_SECONDS)

    def _bring(self, delivery: Delivery) -> None:
        turns = self._cache.get(delivery.turns)
        if turns is None:
            self._claims.cut_again(delivery.job)
            return
        try:
            problem = deliver(self._config, delivery.project, delivery.task, delivery.interface, turns)
        except Exception:
            if not delivery.attempts:
                log.exception("turns could not be offered")
            problem = FAILED
        self._claims.delivered(delivery, problem)


def several(number: int) -> NoReturn:
    """Run workers as processes of their own; one that dies is replaced."""
    running: list[subprocess.Popen[bytes]] = []
    command = [sys.executable, "-m", "backend_ml.jobs.worker", "--one", str(os.getpid())]
    try:
        while True:
            running = [process for process in running if process.poll() is None]
            running += [subprocess.Popen(command) for _ in range(number - len(running))]
            time.sleep(1.0)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def main() -> None:
    """Run the workers that the settings ask for."""
    logging.basicConfig(level=logging.WARNING)
    with ending_with():
        config = read_config()
    if "--one" in sys.argv:
        end_with_parent(int(sys.argv[-1]))
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    if config.workers > 1 and "--one" not in sys.argv:
        several(config.workers)
    if config.redis_url is not None:
        from backend_ml.jobs.redis_worker import work

        work(config)
        return
    worker = Worker(config)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    main()
