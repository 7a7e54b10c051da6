"""Child processes that never outlive us, even when we are killed."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_PR_SET_PDEATHSIG = 1


def start(arguments: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own that the kernel ends when this process ends.

    Parameters
    ----------
    arguments : Sequence[str]
        Program and arguments; no shell is involved.
    **options
        As for `subprocess.Popen`.
    """
    return subprocess.Popen(list(arguments), start_new_session=True, preexec_fn=_end_with_parent, **options)


@contextmanager
def limited(process: subprocess.Popen[bytes], seconds: float) -> Iterator[Callable[[], bool]]:
    """End a process after so many seconds, and with the block; yield what tells whether it took longer."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    alarm = threading.Timer(seconds, stop)
    alarm.start()
    try:
        yield late.is_set
    finally:
        alarm.cancel()
        process.kill()
        process.wait()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
