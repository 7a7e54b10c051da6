"""Has clips cut by a process of their own, and stops it when it takes too long or too much memory.

One process cuts many clips, as making it takes a second or two; after anything but an ordinary
end it is replaced, with its ffmpeg. Memory is what the whole group of processes uses, looked
at twice a second; a leap in between is refused by the system (RLIMIT_DATA).
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, final

from backend_ml.config import Config
from backend_ml.jobs.job import Work
from backend_ml.jobs.outcome import Cut, Problem
from backend_ml.jobs.process import group_bytes
from vib.language import Text

MOST_CLIPS = 100
"""After how many clips a process is replaced, whatever it may have leaked."""

START_SECONDS = 300.0
"""How long a process may take to load its models, on a machine that is busy."""

LOOK_SECONDS = 0.2
MEMORY_SECONDS = 0.5
"""How often to look at how much memory it takes."""

MOST_SAID = 65_536
"""The longest line that a process may say."""

Tick = Callable[[float], None]
"""Called several times a second with the part done; may raise to stop the work."""


@final
class Runner:
    """Cuts clips, one at a time."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None
        self._clips = 0
        self._version = ""

    def run(self, work: Work, tick: Tick) -> Cut | Problem:
        """Cut a clip, within the limits of time and memory.

        Raises whatever `tick` raises, after stopping the work.
        """
        if self._process is not None and (
            self._process.poll() is not None or self._clips >= MOST_CLIPS or work.version != self._version
        ):
            self.close()
        if self._process is None:
            self._process = self._start()
            self._clips = 0
            self._version = work.version
        self._clips += 1
        whole = False
        try:
            outcome = self._watched(self._process, work, tick)
            whole = not isinstance(outcome, _Broken)
        finally:
            if not whole:
                self.close()
        return outcome.problem if isinstance(outcome, _Broken) else outcome

    def close(self) -> None:
        """End the process and all that it started."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "backend_ml.jobs.child", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def _watched(self, process: subprocess.Popen[bytes], work: Work, tick: Tick) -> Cut | Problem | _Broken:
        assert process.stdin is not None
        deadline = time.monotonic() + START_SECONDS
        progress, looked = 0.0, 0.0
        with suppress(OSError):
            asked = {"address": work.address, "version": work.version}
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
        for said in _lines(process):
            tick(progress)
            if said is _Ended:
                return _crashed(process)
            if isinstance(said, dict):
                if "begun" in said:
                    deadline = time.monotonic() + self._config.job_seconds
                elif "progress" in said:
                    progress = float(said["progress"])
                else:
                    return self._ended(said)
            if time.monotonic() > deadline:
                return self._too_long()
            if time.monotonic() - looked > MEMORY_SECONDS:
                looked = time.monotonic()
                if group_bytes(process.pid) > self._config.job_bytes:
                    return self._too_much()
        raise AssertionError("the lines of a process do not end")

    def _ended(self, said: dict[str, Any]) -> Cut | Problem | _Broken:
        if "turns" in said:
            return Cut(str(said["turns"]), float(said["media_seconds"]), float(said["work_seconds"]))
        if "problem" in said:
            return Problem(Text(**said["problem"]), passing=bool(said["passing"]))
        if "memory" in said:
            return self._too_much()
        return _Broken(
            Text(nl="er ging iets mis; zie het logboek van de ML-backend", en="it failed; see the ML backend's log")
        )

    def _too_long(self) -> _Broken:
        seconds = f"{self._config.job_seconds:.0f}"
        return _Broken(Text(nl=f"het werk duurt langer dan {seconds} s", en=f"the work takes longer than {seconds} s"))

    def _too_much(self) -> _Broken:
        megabytes = self._config.job_bytes // 1024**2
        return _Broken(
            Text(nl=f"het werk vraagt meer dan {megabytes} MB", en=f"the work takes more than {megabytes} MB")
        )


@final
class _Broken:
    """The process is not to be used any more."""

    def __init__(self, reason: Text) -> None:
        self.problem = Problem(reason, passing=True)


@final
class _Ended:
    """The process said all that it will ever say."""


def _crashed(process: subprocess.Popen[bytes]) -> _Broken:
    try:
        code = process.wait(1.0)
    except subprocess.TimeoutExpired:
        code = 0
    how = signal.Signals(-code).name if code < 0 else f"code {code}"
    return _Broken(Text(nl=f"het werk brak af ({how})", en=f"the work broke off ({how})"))


def _lines(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any] | type[_Ended] | None]:
    """Yield what a process says, or None where it said nothing for a moment."""
    assert process.stdout is not None
    pipe, kept = process.stdout.fileno(), b""
    while True:
        ready, _, _ = select.select([pipe], [], [], LOOK_SECONDS)
        if not ready:
            yield None
            continue
        read = os.read(pipe, 4096)
        kept += read
        if not read or len(kept) > MOST_SAID:
            yield _Ended
            return
        *lines, kept = kept.split(b"\n")
        for line in lines:
            said = json.loads(line)
            yield said if isinstance(said, dict) else _Ended
