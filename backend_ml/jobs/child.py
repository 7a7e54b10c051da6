"""The process that cuts clips for a worker, one after the other; when it dies, only its clip suffers.

It is told on standard input what to cut and says on standard output how it goes, one JSON
object a line. Run by `backend_ml.jobs.runner` as ``python -m backend_ml.jobs.child PARENT``.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
from typing import IO, Any, final

from backend_ml.choosing import choose_segmenter
from backend_ml.config import ending_with, read_config
from backend_ml.jobs.cutting import Cutter
from backend_ml.jobs.process import end_with_parent
from backend_ml.refused import reasons
from vib.chosen import load_plugins
from vib.failures import start_of
from vib.media import PassingProblem
from vib.problem import InputProblem
from vib.settings import read_settings

PROGRESS_SECONDS = 0.5
"""How often at most it says how far it is."""

ROOM = 2
"""How much more than the limit a process may ask of the system; what it uses, the worker watches."""

log = logging.getLogger(__name__)


@final
class _Progress:
    """Says how far the work is, not too often."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._said = 0.0

    def __call__(self, fraction: float) -> None:
        now = time.monotonic()
        if now - self._said >= PROGRESS_SECONDS:
            self._said = now
            _say(self._out, progress=min(1.0, max(0.0, fraction)))


def main() -> None:
    """Cut what is asked for until standard input ends."""
    end_with_parent(int(sys.argv[1]))
    # Libraries that print would break the line that the worker reads.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with ending_with():
        config = read_config()
    bound_memory(config.job_bytes * ROOM)
    try:
        settings = read_settings()
        plugins = load_plugins(settings)
        plugins.failures.keep_in(settings.failed / "worker", start_of(os.getppid()))
        cutter = Cutter(choose_segmenter(plugins, config.segmenter), config)
    except InputProblem as problem:
        log.error("%s", problem)
        _say(out, problem=reasons(problem), passing=True)
        sys.exit(1)
    for line in sys.stdin:
        answer(cutter, json.loads(line), out)


def answer(cutter: Cutter, asked: dict[str, str], out: IO[str]) -> None:
    """Cut one clip and say what came of it."""
    _say(out, begun=True)
    try:
        cut = cutter.cut(asked["address"], asked["version"], _Progress(out))
        _say(out, turns=cut.turns, media_seconds=cut.media_seconds, work_seconds=cut.work_seconds)
    except InputProblem as problem:
        _say(out, problem=reasons(problem), passing=isinstance(problem, PassingProblem))
    except MemoryError:
        _say(out, memory=True)
    except Exception:
        # The cause goes to the log only: an exception may name files.
        log.exception("a clip could not be cut")
        _say(out, error=True)


def bound_memory(most: int) -> None:
    """Have the system refuse this process and each that it starts more than `most` bytes of data."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _say(out: IO[str], **content: Any) -> None:
    out.write(json.dumps(content) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
